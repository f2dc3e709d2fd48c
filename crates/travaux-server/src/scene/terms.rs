//! The Terms page: what `travaux-text` finds, with links.

use std::collections::BTreeSet;

use travaux_text::ProvisionId;
use travaux_text::terms::Competing;

use super::{Scene, words};
use crate::view::{DefinedRow, FamilyView, Link, Phrase, TermRow, TermsPage};

impl Scene<'_> {
    /// Returns the terms.
    pub(crate) fn terms(&self) -> TermsPage {
        let draft = &self.negotiation().draft;
        let vocabulary = self.snapshot.derived.vocabulary(draft);
        let competing = self.snapshot.derived.competing(draft);
        let open: Vec<&Competing> = competing.iter().filter(|one| one.is_open()).collect();
        let lead = Phrase::default()
            .strong(words::capital(&words::count(
                vocabulary.definitions.len(),
                "term is defined",
                "terms are defined",
            )))
            .then(format!(
                ", {} used without a definition here that another text gives, and {} compete.",
                vocabulary.undefined.len(),
                words::count(open.len(), "group of terms", "groups of terms")
            ));
        let defined = vocabulary.definitions.iter().map(|one| DefinedRow {
            term: one.term.clone(),
            at: self.provision(&one.at),
            uses: one.uses.len(),
            note: match (one.uses.len(), one.is_used_in_definitions_only) {
                (0, _) => "not used".to_owned(),
                (_, true) => "in definitions only".to_owned(),
                (_, false) => String::new(),
            },
        });
        let undefined = vocabulary.undefined.iter().map(|one| TermRow {
            term: one.term.clone(),
            uses: one.uses.len(),
            provisions: self.each_once(one.uses.iter().map(|(at, _)| at)),
            sides: Vec::new(),
        });
        TermsPage {
            lead,
            defined: defined.collect(),
            undefined: undefined.collect(),
            families: open.into_iter().map(|one| self.family(one)).collect(),
        }
    }

    fn each_once<'p>(&self, ids: impl Iterator<Item = &'p ProvisionId>) -> Vec<Link> {
        let mut seen: BTreeSet<&ProvisionId> = BTreeSet::new();
        ids.filter(|id| seen.insert(id)).map(|id| self.provision(id)).collect()
    }

    fn family(&self, one: &Competing) -> FamilyView {
        let counts = one.in_base();
        let terms = one.family.terms.iter().enumerate().filter_map(|(term, words)| {
            let own = || one.uses.iter().filter(move |found| found.term == term);
            let mut known = BTreeSet::new();
            let sides = own().filter_map(|found| match &found.reader {
                travaux_text::Reader::Base => None,
                travaux_text::Reader::Side(key) => known.insert(key.as_str()).then(|| Link {
                    to: self.links.alternative(&found.at, key.as_str()),
                    label: key.to_string(),
                }),
            });
            let sides: Vec<Link> = sides.collect();
            let row = TermRow {
                term: words.clone(),
                uses: counts[term],
                provisions: self.each_once(one.provisions(term).into_iter()),
                sides,
            };
            (0 < row.uses || !row.sides.is_empty()).then_some(row)
        });
        FamilyView {
            why: one.family.why.clone(),
            terms: terms.collect(),
            most: counts.iter().copied().max().unwrap_or_default(),
        }
    }
}
