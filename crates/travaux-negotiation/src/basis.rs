//! What a shown figure rests on, and what was irregular about an act.
//!
//! A projection drops nothing: an act that breaks a rule is recorded like any other, has the
//! effect it can have, and is returned here with the rule it breaks. Nothing here judges whether
//! the body minded.

use travaux_record::{EntryId, Moment, Occurrence};

use crate::Sentence;

/// The entry that a figure rests on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Basis {
    /// The entry.
    pub entry: EntryId,
    /// When what it states happened.
    pub at: Moment,
    /// The correction that applies to it, if any; the figure rests on that too.
    pub corrected_by: Option<EntryId>,
}

impl Basis {
    /// Returns the basis that an occurrence gives.
    pub fn of(occurrence: &Occurrence<'_>) -> Self {
        Self {
            entry: occurrence.entry.id,
            at: occurrence.at,
            corrected_by: occurrence.corrected_by,
        }
    }

    /// Returns the ids of the entries: the original, then the correction if one applies.
    pub fn entries(self) -> impl Iterator<Item = EntryId> {
        std::iter::once(self.entry).chain(self.corrected_by)
    }
}

/// An act that was recorded although a rule speaks against it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Irregularity {
    /// The act.
    pub basis: Basis,
    /// What was irregular, in one sentence.
    pub what: Sentence,
    /// The rule it breaks, or the law of the record, with its source.
    pub rule: &'static str,
    /// What would set it right.
    pub hint: &'static str,
}
