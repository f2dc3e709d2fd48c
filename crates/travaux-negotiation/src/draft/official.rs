//! The official words of a document, where a reader has laid them over a paraphrase.
//!
//! They are shown in its place and change nothing else: what is proposed is measured against the
//! words on record, and so are brackets and counts. An agreement on a provision puts its own words
//! into the text, and the official words of the document before it are then no longer shown.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use travaux_record::{DocumentId, OfficialWords, TextAttached};
use travaux_text::{IssuedText, Provision, ProvisionId, RollingText};

use super::{Base, Draft};
use crate::{Basis, Sentence};

/// The official words of a document, as far as they could be matched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Official {
    /// The document.
    pub document: DocumentId,
    /// What they were read from.
    pub source: String,
    /// The words, by provision.
    pub words: BTreeMap<ProvisionId, OfficialWords>,
    /// What was read and is no provision of the text on record.
    pub unmatched: Vec<String>,
    /// The provisions with words for which none were found, in the order of the text.
    pub missing: Vec<ProvisionId>,
    /// The local entry.
    pub basis: Basis,
}

impl Draft {
    pub(super) fn attach(&mut self, fact: &TextAttached, basis: Basis) {
        let place = self.bases.iter().rposition(|base| base.document == fact.document);
        let Some(place) = place else {
            self.irregular(
                basis,
                Sentence::new("official words are laid over ")
                    .then(&fact.document)
                    .then(", which brought no text"),
                "official words are laid over the text of a document (DESIGN, section 2)",
                "name a document with a text; they are not shown meanwhile",
            );
            return;
        };
        let base = Arc::make_mut(&mut self.bases[place]);
        let words: BTreeMap<ProvisionId, OfficialWords> =
            fact.provisions.iter().map(|one| (one.provision.clone(), one.clone())).collect();
        let found: BTreeSet<&ProvisionId> =
            words.values().filter(|one| !one.text.is_empty()).map(|one| &one.provision).collect();
        let all = base.text.provisions().iter();
        let missing = all
            .filter(|provision| !provision.text.is_empty() && !found.contains(&provision.id))
            .map(|provision| provision.id.clone())
            .collect();
        base.official = Some(Arc::new(Official {
            document: fact.document.clone(),
            source: fact.source.clone(),
            words,
            unmatched: fact.unmatched.clone(),
            missing,
            basis,
        }));
    }

    /// Returns the official words of a provision of the text before the body, with where they are
    /// from; none where a reader has laid none over it, or an agreement since has words of its own.
    pub fn official(&self, provision: &ProvisionId) -> Option<(&Official, &OfficialWords)> {
        let base = self.base()?;
        let official = base.official.as_deref()?;
        let words = official.words.get(provision)?;
        let issued = base.text.provision(provision)?;
        let now = self.present().provision(provision)?;
        (issued.text == now.text).then_some((official, words))
    }
}

/// The rolling text to read.
impl Draft {
    /// Returns the rolling text with official words in the place of a paraphrase, wherever nothing is
    /// open on it: elsewhere brackets are measured against the words on record.
    ///
    /// # Panics
    /// Never: other words leave a text a text.
    pub fn text_read(&self) -> Cow<'_, RollingText> {
        if self.base().is_none_or(|base| base.official.is_none()) {
            return Cow::Borrowed(self.text());
        }
        let open: BTreeSet<&ProvisionId> = self
            .text()
            .provisions()
            .filter(|met| met.touched_by().next().is_some() || met.is_bracketed())
            .map(|met| met.id())
            .collect();
        let provisions = self.present().provisions().iter().map(|provision| {
            match self.official(&provision.id).filter(|_| !open.contains(&provision.id)) {
                Some((_, words)) => worded(provision, words),
                None => provision.clone(),
            }
        });
        let text = IssuedText::new(provisions.collect()).expect("other words leave a text a text");
        let proposals = self.text().proposals();
        let mut read = RollingText::with_proposals(
            text,
            proposals.map(|(key, proposal)| (key.clone(), proposal.clone())),
        );
        for provision in open {
            let asked = self.requests(provision).map(|request| request.words.clone());
            read.bracket(provision, asked.collect::<Vec<_>>());
        }
        Cow::Owned(read)
    }
}

fn worded(provision: &Provision, words: &OfficialWords) -> Provision {
    let official = |found: &str, known: &str| {
        if found.is_empty() { known.to_owned() } else { found.to_owned() }
    };
    Provision {
        heading: official(&words.heading, &provision.heading),
        text: official(&words.text, &provision.text),
        ..provision.clone()
    }
}

impl Base {
    /// Returns the text with the official words in the place of a paraphrase, as far as a reader has
    /// laid them over it.
    ///
    /// # Panics
    /// Never: other words leave a text a text.
    pub fn read(&self) -> IssuedText {
        let Some(official) = &self.official else { return self.text.clone() };
        let provisions = self.text.provisions().iter().map(|provision| {
            let words = official.words.get(&provision.id);
            words.map_or_else(|| provision.clone(), |words| worded(provision, words))
        });
        IssuedText::new(provisions.collect()).expect("other words leave a text a text")
    }
}
