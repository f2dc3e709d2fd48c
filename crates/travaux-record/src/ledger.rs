//! A record with its keeper: what is admitted is sealed and kept, what is kept is admitted.
//!
//! This is what a program holds that adds to a record. It knows no clock and no randomness: ids,
//! times and salts come with the entries.

use crate::{
    AppendError, Checkpoint, Entry, Head, Journal, JournalError, Read, Record, Refusal,
    ReplayError, Salt, Sealed, Tree, Viewer, decode, encode,
};

/// How often an append is tried again when others come in between.
const TRIES_MAX: usize = 8;

/// A record, and the journal that keeps it.
#[derive(Clone, Debug)]
pub struct Ledger<J> {
    journal: J,
    record: Record,
    /// Over what has been read of the journal.
    tree: Tree,
}

/// Why entries were not recorded.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError<E> {
    /// A rule of admission refuses one of them.
    #[error(transparent)]
    Refused(#[from] AppendError),
    /// Something that the author sees came in since the author last looked.
    #[error(
        "can't record it yet: {} since this was decided on",
        came_in(between.len())
    )]
    Overtaken {
        /// What came in and the author sees, in order.
        between: Vec<Entry>,
    },
    /// The log holds what no program that keeps the rules has written.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The keeper refuses or fails.
    #[error(transparent)]
    Journal(JournalError<E>),
}

fn came_in(count: usize) -> String {
    if count == 1 { "an entry came in".to_owned() } else { format!("{count} entries came in") }
}

impl<J: Journal> Ledger<J> {
    /// Reads all that a journal keeps.
    ///
    /// # Errors
    /// When the journal fails, or holds what can't be a record.
    pub fn open(journal: J) -> Result<Self, LedgerError<J::Error>> {
        let mut ledger = Self { journal, record: Record::new(), tree: Tree::default() };
        ledger.catch_up()?;
        Ok(ledger)
    }

    /// Returns the record as last read.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Returns the keeper.
    pub fn journal(&self) -> &J {
        &self.journal
    }

    /// Returns the head as last read.
    pub fn head(&self) -> Head {
        self.tree.head()
    }

    /// Takes in what others have appended since; returns how many entries that were.
    ///
    /// # Errors
    /// When the journal fails, or holds what can't be a record.
    pub fn catch_up(&mut self) -> Result<usize, LedgerError<J::Error>> {
        let places = self
            .journal
            .read(self.head().size)
            .map_err(|error| LedgerError::Journal(JournalError::Keeper(error)))?;
        self.take_in(&places)?;
        Ok(places.len())
    }

    /// Records entries, all or none; when this returns, they are kept for good.
    ///
    /// What others have recorded meanwhile is taken in first. If the author of one of the entries
    /// sees any of it, nothing is recorded, so that it can be shown: what was decided without
    /// knowing it may be decided otherwise. Else the append is tried again on top of it.
    ///
    /// # Errors
    /// When a rule of admission refuses an entry, when something came in between, or when the
    /// journal fails. The record then holds what is kept, and nothing of the batch.
    pub fn append(&mut self, batch: &[(Entry, Salt)]) -> Result<Checkpoint, LedgerError<J::Error>> {
        if let Some((index, (entry, _))) =
            batch.iter().enumerate().find(|(_, (entry, _))| entry.fact.is_local())
        {
            let (id, kind, reason) = (entry.id, entry.fact.kind(), Box::new(Refusal::LocalOnly));
            return Err(AppendError { id, kind, index, reason }.into());
        }
        let sealed: Vec<Sealed> =
            batch.iter().map(|(entry, salt)| Sealed::new(*salt, encode(entry))).collect();
        let mut tries = TRIES_MAX;
        loop {
            let before = self.record.len();
            self.record.append_all(batch.iter().map(|(entry, _)| entry.clone()))?;
            let refused = match self.journal.append(self.head(), &sealed) {
                Ok(checkpoint) => {
                    for sealed in &sealed {
                        self.tree.push(sealed.leaf());
                    }
                    return Ok(checkpoint);
                }
                Err(refused) => refused,
            };
            self.record.truncate(before);
            tries -= 1;
            match refused {
                JournalError::Stale { between, .. } if tries > 0 => {
                    self.take_in(&between)?;
                    let between = self.seen_by_authors(&between, batch);
                    if !between.is_empty() {
                        return Err(LedgerError::Overtaken { between });
                    }
                }
                refused => return Err(LedgerError::Journal(refused)),
            }
        }
    }

    fn take_in(&mut self, places: &[Sealed]) -> Result<(), ReplayError> {
        self.record.extend(places, self.head().size + 1)?;
        for place in places {
            self.tree.push(place.leaf());
        }
        Ok(())
    }

    fn seen_by_authors(&self, between: &[Sealed], batch: &[(Entry, Salt)]) -> Vec<Entry> {
        let is_seen = |entry: &Entry| {
            batch
                .iter()
                .any(|(mine, _)| self.record.sees(&Viewer::Participant(mine.by.clone()), entry))
        };
        between
            .iter()
            .filter_map(|place| match decode(place.bytes()?.as_bytes()) {
                Ok(Read::Known(entry)) if is_seen(&entry) => Some(*entry),
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
