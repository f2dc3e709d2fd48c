//! Sources and citations.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::ensure;
use serde::Deserialize;
use travaux_record::{Confidence, Evidence, Fact, Moment, SourceDescribed, SourceId};

use super::FIRST_DAY;
use super::rows::{self, Provenance};
use crate::Mint;

/// The sources described so far, so that nothing is cited that is not.
pub(super) struct Sources(BTreeSet<String>);

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
    note: String,
}

impl Sources {
    /// Reads `sources.json` and describes each source in the record.
    pub(super) fn read(folder: &Path, mint: &mut Mint) -> anyhow::Result<Self> {
        let mut known = BTreeSet::new();
        for row in rows::read::<Row>(folder, "sources.json")? {
            ensure!(known.insert(row.id.clone()), "source {} is described twice", row.id);
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
        ensure!(self.0.contains(source), "source {source} is cited but not described");
        Ok(Evidence {
            source: SourceId::new(source),
            place: None,
            quotation: None,
            published: None,
            coder: None,
            confidence,
        })
    }

    /// Cites a source for a fact of the given provenance.
    pub(super) fn known(&self, source: &str, prov: &Provenance) -> anyhow::Result<Vec<Evidence>> {
        let mut evidence = self.cite(source, prov.confidence())?;
        evidence.place = prov.remark();
        Ok(vec![evidence])
    }
}
