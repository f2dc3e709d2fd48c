//! Sources and citations.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::ensure;
use serde::Deserialize;
use travaux_record::{Confidence, Evidence, Fact, Moment, SourceDescribed, SourceId};

use super::FIRST_DAY;
use super::rows::{self, Provenance, Seen};
use crate::Mint;

/// Who read the sources and coded what they say.
const CODERS: &str = "compilers";

/// The kinds of source in which a participant speaks for itself.
const OWN_WORDS: [&str; 4] = ["statement", "briefing", "interview", "press release"];

/// The sources described so far, so that nothing is cited that is not.
pub(super) struct Sources(BTreeMap<String, Seen>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    title: String,
    publisher: String,
    published: Option<Moment>,
    url: Option<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    machine_made: bool,
    #[serde(default)]
    official: bool,
    #[serde(default)]
    note: String,
}

impl Sources {
    /// Reads `sources.json` and describes each source in the record.
    pub(super) fn read(folder: &Path, mint: &mut Mint) -> anyhow::Result<Self> {
        let mut known = BTreeMap::new();
        for row in rows::read::<Row>(folder, "sources.json")? {
            let is_own = OWN_WORDS.contains(&row.kind.as_str()) && !row.machine_made;
            let seen = match (row.official, is_own) {
                (true, _) => Seen::InOfficialSource,
                (false, true) => Seen::InOwnWords,
                (false, false) => Seen::Elsewhere,
            };
            let is_new = known.insert(row.id.clone(), seen).is_none();
            ensure!(is_new, "source {} is described twice", row.id);
            let described = SourceDescribed {
                source: SourceId::new(&row.id),
                title: row.title,
                publisher: row.publisher,
                published: row.published,
                locator: row.url,
                machine_made: row.machine_made,
                note: [row.kind, row.note]
                    .into_iter()
                    .filter(|s| !s.is_empty())
                    .collect::<Vec<_>>()
                    .join("; "),
            };
            let key = format!("source/{}", row.id);
            mint.enter(&key, FIRST_DAY.into(), vec![], Fact::SourceDescribed(described));
        }
        Ok(Self(known))
    }

    /// Cites a source.
    pub(super) fn cite(&self, source: &str, confidence: Confidence) -> anyhow::Result<Evidence> {
        ensure!(self.0.contains_key(source), "source {source} is cited but not described");
        Ok(Evidence {
            source: SourceId::new(source),
            place: None,
            quotation: None,
            published: None,
            coder: Some(CODERS.to_owned()),
            confidence,
        })
    }

    /// Cites a source for a position or an act, as sure as its row says.
    ///
    /// # Errors
    /// When the row claims more than such a source bears.
    pub(super) fn stated(&self, source: &str, confidence: Confidence) -> anyhow::Result<Evidence> {
        let seen = self.0.get(source).copied().unwrap_or(Seen::Elsewhere);
        ensure!(
            confidence <= seen.bears(),
            "{confidence:?} confidence rests on {source} alone, which is neither official nor a \
             participant's own words: medium at most"
        );
        self.cite(source, confidence)
    }

    /// Cites a source for a fact of the given provenance.
    pub(super) fn known(&self, source: &str, prov: &Provenance) -> anyhow::Result<Vec<Evidence>> {
        let seen = self.0.get(source).copied().unwrap_or(Seen::Elsewhere);
        Ok(vec![remarked(self.cite(source, prov.confidence(seen))?, prov)])
    }
}

/// Adds how the coders know it, where it is not simply seen.
pub(super) fn remarked(mut evidence: Evidence, prov: &Provenance) -> Evidence {
    if let Some(remark) = prov.remark() {
        evidence.coder = Some(format!("{CODERS}; {remark}"));
    }
    evidence
}
