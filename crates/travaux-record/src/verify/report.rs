//! What was found in a file, in words.
//!
//! It does not decide anything: see [`super::verify`].

use std::fmt;

use super::Slot;
use crate::{Checkpoint, EntryId, Head, Leaf, Origin, Tree};

/// What was done to a file, as far as it can be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum What {
    /// A line can't be read; the text says what was expected.
    Unreadable(String),
    /// An entry, or its salt, isn't what was recorded.
    Changed,
    /// An entry is as recorded, but the link its line carries is not.
    LinkAltered,
    /// An entry is as recorded, but the place its line states is not.
    PlaceAltered,
    /// This many entries are missing from this place on.
    Dropped {
        /// The last missing place.
        until: u64,
    },
    /// This many entries are missing at the end.
    TailCut {
        /// The last missing place.
        until: u64,
    },
    /// An entry stands elsewhere than it was recorded.
    Moved,
    /// An entry stands there a second time.
    Repeated,
    /// An entry was never recorded there.
    Inserted,
    /// The lines belong together, but are not what was signed.
    Rewritten,
    /// The file is a list of entries, not a sealed record.
    Unsealed,
    /// There is no header.
    NoHeader,
    /// The header is not the first line.
    HeaderNotFirst,
    /// There is another header.
    SecondHeader,
    /// The file doesn't end in a checkpoint.
    NoCheckpoint,
    /// There is another checkpoint.
    SecondCheckpoint,
    /// Something follows the checkpoint.
    BehindCheckpoint,
    /// The last line has no line break.
    Unterminated,
    /// The signature doesn't fit the checkpoint, but does fit the entries.
    CheckpointAltered,
    /// The signature fits nothing.
    BadSignature,
    /// The checkpoint is signed, but not with a key the reader trusts.
    UnknownKey,
    /// The header names another key than the one that signed.
    OtherKey,
}

/// One finding, with where it is as far as that can be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// What was done.
    pub what: What,
    /// The line of the file, counted from one.
    pub line: Option<usize>,
    /// The place in the log, counted from one.
    pub place: Option<u64>,
    /// The entry, where it is shown.
    pub id: Option<EntryId>,
}

/// What the signature on the checkpoint is worth.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SignatureState {
    /// There is nothing to check it with, or nothing to check.
    #[default]
    Unchecked,
    /// It is by a key the reader trusts.
    Known,
    /// It is by the key that the file itself names.
    OfTheFile,
    /// It is by the key that the file names, which the reader doesn't trust.
    Foreign,
    /// It doesn't hold.
    Bad,
}

/// The outcome of a check.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// The log, by its header.
    pub origin: Option<Origin>,
    /// How many entries are shown.
    pub shown: usize,
    /// How many are withheld.
    pub withheld: usize,
    /// The checkpoint, as far as it can be read.
    pub checkpoint: Option<Checkpoint>,
    /// What its signature is worth.
    pub signature: SignatureState,
    /// How many signatures stand beside the one that holds, by other keys. The form of a checkpoint
    /// allows them; they were not checked and say nothing.
    pub signatures_beside: usize,
    /// What was done to the file: nothing, if it is empty.
    pub findings: Vec<Finding>,
    tree: Tree,
}

impl VerifyReport {
    /// Reports whether the file is exactly what was sealed.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }

    /// Returns the leaves of the file, in order.
    pub fn leaves(&self) -> &[Leaf] {
        self.tree.leaves()
    }

    /// Says in words that signatures by other keys were left aside; nothing where there are none.
    pub fn beside(&self) -> Option<String> {
        match self.signatures_beside {
            0 => None,
            1 => Some("a signature by another key stands beside it and was not checked".to_owned()),
            many => Some(format!(
                "{many} signatures by other keys stand beside it and were not checked"
            )),
        }
    }

    /// Compares two copies, whatever either withholds: says whether they are of one record, and if
    /// not, where they part. Both must be intact for the answer to mean anything.
    pub fn compare(&self, other: &Self) -> Comparison {
        let common = self.leaves().len().min(other.leaves().len());
        let parting = (0..common).find(|&place| self.leaves()[place] != other.leaves()[place]);
        match parting {
            Some(place) => Comparison::Part { place: place as u64 + 1 },
            None if self.leaves().len() < other.leaves().len() => Comparison::Earlier,
            None if self.leaves().len() > other.leaves().len() => Comparison::Later,
            None => Comparison::Same,
        }
    }

    /// Reports whether the file extends the log that an earlier head stands for.
    pub fn extends(&self, earlier: &Head) -> bool {
        self.tree.head_at(earlier.size).is_some_and(|head| head == *earlier)
    }

    pub(super) fn find(&mut self, what: What, line: Option<usize>) {
        self.findings.push(Finding { what, line, place: None, id: None });
    }

    pub(super) fn find_at(&mut self, what: What, slot: &Slot, place: u64) {
        let (line, id) = (Some(slot.line), slot.stated.id);
        self.findings.push(Finding { what, line, place: Some(place), id });
    }

    pub(super) fn count(&mut self, slots: &[Slot], tree: Tree) {
        self.shown = slots.iter().filter(|slot| slot.stated.sealed.bytes().is_some()).count();
        self.withheld = slots.len() - self.shown;
        self.tree = tree;
        self.findings.sort_by_key(|finding| (finding.line.is_none(), finding.line, finding.place));
    }
}

/// How two copies relate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparison {
    /// They are of one record at one moment.
    Same,
    /// The first is an earlier copy of the record of the second.
    Earlier,
    /// The first is a later copy of the record of the second.
    Later,
    /// They are of different records, or one was rewritten: they part at this place.
    Part {
        /// The first place, counted from one, where they differ.
        place: u64,
    },
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("both are copies of one record at the same moment"),
            Self::Earlier => f.write_str("the second continues the record of the first"),
            Self::Later => f.write_str("the first continues the record of the second"),
            Self::Part { place } => write!(
                f,
                "they are not copies of one record: they part at entry {place}, so one of them was \
                 rewritten from there on"
            ),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        let entry = self.entry();
        match &self.what {
            What::Unreadable(reason) if self.place.is_some() => {
                write!(f, "{entry} was damaged and can't be read: {reason}")
            }
            What::Unreadable(reason) => write!(f, "can't be read: {reason}"),
            What::Changed => write!(
                f,
                "{entry} was changed: neither it nor its salt may differ from what was sealed"
            ),
            What::LinkAltered => {
                write!(f, "{entry} is as recorded, but the link on its line was changed")
            }
            What::PlaceAltered => {
                write!(f, "{entry} is as recorded, but the place its line states was changed")
            }
            What::Dropped { until } => match self.place {
                Some(place) if place < *until => {
                    write!(f, "entries {place} to {until} were dropped")
                }
                _ => write!(f, "entry {until} was dropped"),
            },
            What::TailCut { until } => match self.place {
                Some(place) if place < *until => {
                    write!(f, "the tail was cut off: entries {place} to {until} are missing")
                }
                _ => write!(f, "the tail was cut off: entry {until} is missing"),
            },
            What::Moved => write!(f, "{entry} was moved here from its place"),
            What::Repeated => write!(f, "{entry} stands here a second time"),
            What::Inserted => write!(f, "{entry} was inserted: nothing like it was sealed there"),
            What::Rewritten => f.write_str(
                "the entries agree with one another, but are not those the checkpoint was signed \
                 for: the record was rewritten without its key; compare it with an earlier copy to \
                 see from where",
            ),
            other => f.write_str(framing(other)),
        }
    }
}

/// The words for what is wrong around the entries.
fn framing(what: &What) -> &'static str {
    match what {
        What::Unsealed => {
            "these are entries without seals, so there is nothing to verify; `travaux record \
             append` takes them in"
        }
        What::NoHeader => "the header is missing: a record begins with {\"travaux\":\"record\"…",
        What::HeaderNotFirst => "the header was moved here from the first line",
        What::SecondHeader => "a second header was inserted",
        What::NoCheckpoint => "the tail was cut off: a record ends in a checkpoint",
        What::SecondCheckpoint => "a checkpoint was inserted before the last one",
        What::BehindCheckpoint => "this stands behind the checkpoint, which is the last line",
        What::Unterminated => "the tail was cut off: the last line has no line break",
        What::CheckpointAltered => {
            "the checkpoint was changed; the entries are those it was signed for"
        }
        What::BadSignature => {
            "the signature doesn't hold: the checkpoint, or the key in the header, was changed or \
             forged"
        }
        What::UnknownKey => "the checkpoint is signed, but by none of the keys given",
        What::OtherKey => "the header names another key than the one that signed the checkpoint",
        What::Unreadable(_)
        | What::Changed
        | What::LinkAltered
        | What::PlaceAltered
        | What::Dropped { .. }
        | What::TailCut { .. }
        | What::Moved
        | What::Repeated
        | What::Inserted
        | What::Rewritten => "",
    }
}

impl Finding {
    fn entry(&self) -> String {
        match (self.place, self.id) {
            (Some(place), Some(id)) => format!("entry {place} ({id})"),
            (Some(place), None) => format!("entry {place}"),
            (None, Some(id)) => format!("the entry {id}"),
            (None, None) => "the entry".to_owned(),
        }
    }
}

impl fmt::Display for VerifyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(origin) => write!(f, "record {origin}: ")?,
            None => write!(f, "record: ")?,
        }
        let total = self.shown + self.withheld;
        if self.is_intact() {
            write!(f, "intact, {total} entries")?;
            if self.withheld > 0 {
                write!(f, ", {} of them withheld", self.withheld)?;
            }
        } else {
            write!(f, "not intact")?;
        }
        f.write_str(match self.signature {
            SignatureState::Unchecked => "; no signature could be checked",
            SignatureState::Known => "; signed with a key you gave",
            SignatureState::OfTheFile => {
                "; signed with the key named in the file (compare it with the one you know)"
            }
            SignatureState::Foreign => "; signed, but with none of the keys you gave",
            SignatureState::Bad => "; the signature doesn't hold",
        })?;
        if let Some(beside) = self.beside() {
            write!(f, "; {beside}")?;
        }
        self.findings.iter().try_for_each(|finding| write!(f, "\n  {finding}"))
    }
}
