//! Projections: whatever follows from a record, as a fold over what a viewer may see.
//!
//! `view = project(record, as_of, viewer)`. A projection never sees an entry outside its viewer's
//! audience, behind its moment or unknown at its date of knowledge, so it can't leak one.

use crate::{Entry, EntryId, Fact, Moment};

/// An entry as it stands after the latest correction known.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'r> {
    /// The entry as first written: its id, recorder, audience and evidence.
    pub entry: &'r Entry,
    /// The fact, corrected where a correction is known.
    pub fact: &'r Fact,
    /// When it happened, corrected where a correction is known.
    pub at: Moment,
    /// The correction that applies, if any; a figure that rests on the entry rests on it too.
    pub corrected_by: Option<EntryId>,
}

/// A fold over the occurrences a viewer may see, in the order (`at`, place in the log).
///
/// The same occurrences give the same value. A projection that cites evidence cites entry ids.
pub trait Projection: Clone + Default {
    /// Takes the next occurrence into account.
    fn apply(&mut self, occurrence: Occurrence<'_>);
}
