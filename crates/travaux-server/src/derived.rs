//! What is worked out of the text of one snapshot, once, for whoever asks first and all who follow.
//!
//! The readings are those of `travaux-text`; nothing here decides what a page shows of them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use travaux_negotiation::draft::Draft;
use travaux_text::coverage::{Catalogue, Coverage};
use travaux_text::references::References;
use travaux_text::terms::{Competing, Families, Vocabulary};

/// The readings of a draft that pages ask for.
#[derive(Default)]
pub(crate) struct Derived {
    references: OnceLock<References>,
    coverage: OnceLock<Coverage>,
    vocabulary: OnceLock<Vocabulary>,
    competing: OnceLock<Vec<Competing>>,
}

impl Derived {
    /// Returns what names what, on every side.
    pub(crate) fn references(&self, draft: &Draft) -> &References {
        self.references.get_or_init(|| References::of_rolling(draft.text()))
    }

    /// Returns which powers stand under which safeguards in the text before the body.
    pub(crate) fn coverage(&self, draft: &Draft) -> &Coverage {
        self.coverage.get_or_init(|| Coverage::of(draft.present(), &Catalogue::shipped()))
    }

    /// Returns the terms of the text before the body, with those that any text issued so far
    /// defines.
    pub(crate) fn vocabulary(&self, draft: &Draft) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let known: BTreeSet<String> = draft
                .bases()
                .flat_map(|base| Vocabulary::of(&base.text, []).definitions)
                .map(|one| one.term)
                .collect();
            Vocabulary::of(draft.present(), known.iter().map(String::as_str))
        })
    }

    /// Returns the terms that compete for one thing, on every side.
    pub(crate) fn competing(&self, draft: &Draft) -> &[Competing] {
        self.competing.get_or_init(|| Families::shipped().count(draft.text()))
    }
}
