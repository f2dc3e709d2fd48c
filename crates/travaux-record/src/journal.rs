//! Where a sealed log is kept: what every keeper can do, and one that keeps it in memory.
//!
//! A keeper stores bytes as they come and signs what it stores; whether an entry may be recorded
//! was decided before, by [`crate::Record`], on a head that the append names. Keepers that last
//! (files, databases) are other crates' business.

use crate::{
    AppendError, Checkpoint, Head, Key, Read, ReadError, Record, Sealed, Signer, Tree,
    VerifyReport, decode, export, verify,
};

/// Why a keeper didn't append.
#[derive(Debug, thiserror::Error)]
pub enum JournalError<E> {
    /// Something came in between the head that was named and now.
    #[error(
        "can't append: {} came in since the record was read",
        entries(between.len())
    )]
    Stale {
        /// The head now.
        head: Head,
        /// What came in between, in order.
        between: Vec<Sealed>,
    },
    /// The head named is not one this log ever had.
    #[error("can't append: the record was read from another log than this one")]
    Foreign,
    /// The log is a copy of another's, without the key to sign with.
    #[error(
        "can't append: this is a copy of the record {origin}, without the key it is signed with"
    )]
    Unsigned {
        /// The log.
        origin: crate::Origin,
    },
    /// The keeper failed.
    #[error(transparent)]
    Keeper(#[from] E),
}

fn entries(count: usize) -> String {
    if count == 1 { "one entry".to_owned() } else { format!("{count} entries") }
}

/// A keeper of one sealed log.
pub trait Journal {
    /// How keeping can fail.
    type Error: std::error::Error;

    /// Returns the key that the log is signed with.
    ///
    /// # Errors
    /// When the keeper fails.
    fn key(&self) -> Result<Key, Self::Error>;

    /// Returns the latest checkpoint.
    ///
    /// # Errors
    /// When the keeper fails.
    fn checkpoint(&self) -> Result<Checkpoint, Self::Error>;

    /// Returns the places from `from` on, counted from zero.
    ///
    /// # Errors
    /// When the keeper fails.
    fn read(&self, from: u64) -> Result<Vec<Sealed>, Self::Error>;

    /// Adds `batch` at the end, all or nothing, if nothing came in since `on`; returns the
    /// checkpoint that covers it. When this returns, the batch is kept for good.
    ///
    /// # Errors
    /// When something came in, when there is no key, or when the keeper fails.
    fn append(
        &mut self,
        on: Head,
        batch: &[Sealed],
    ) -> Result<Checkpoint, JournalError<Self::Error>>;

    /// Writes the log as a file; see [`crate::Sealed::shown_to`] for copies that withhold.
    ///
    /// # Errors
    /// When the keeper fails.
    fn export(&self) -> Result<String, Self::Error> {
        Ok(export::write(&self.key()?, &self.read(0)?, &self.checkpoint()?))
    }
}

/// A keeper in memory.
#[derive(Clone, Debug)]
pub struct MemoryJournal {
    key: Key,
    signer: Option<Signer>,
    places: Vec<Sealed>,
    tree: Tree,
    checkpoint: Checkpoint,
}

/// The in-memory keeper can't fail.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Never {}

impl MemoryJournal {
    /// Makes an empty log that `signer` signs.
    pub fn new(signer: Signer) -> Self {
        let checkpoint = signer.sign(Head::empty());
        Self {
            key: signer.key(),
            signer: Some(signer),
            places: Vec::new(),
            tree: Tree::default(),
            checkpoint,
        }
    }

    /// Makes the log of a file, which can be read and exported but not added to.
    pub fn of(copy: Imported) -> Self {
        Self {
            key: copy.key,
            signer: None,
            tree: copy.places.iter().map(Sealed::leaf).collect(),
            places: copy.places,
            checkpoint: copy.checkpoint,
        }
    }

    /// Returns the tree, for proofs.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }
}

impl Journal for MemoryJournal {
    type Error = Never;

    fn key(&self) -> Result<Key, Never> {
        Ok(self.key.clone())
    }

    fn checkpoint(&self) -> Result<Checkpoint, Never> {
        Ok(self.checkpoint.clone())
    }

    fn read(&self, from: u64) -> Result<Vec<Sealed>, Never> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        Ok(self.places.get(from..).unwrap_or_default().to_vec())
    }

    fn append(&mut self, on: Head, batch: &[Sealed]) -> Result<Checkpoint, JournalError<Never>> {
        let Some(signer) = &self.signer else {
            return Err(JournalError::Unsigned { origin: self.key.origin().clone() });
        };
        let head = self.tree.head();
        if head != on {
            if self.tree.head_at(on.size) != Some(on) {
                return Err(JournalError::Foreign);
            }
            return Err(JournalError::Stale { head, between: self.read(on.size)? });
        }
        for sealed in batch {
            self.tree.push(sealed.leaf());
        }
        self.places.extend_from_slice(batch);
        self.checkpoint = signer.sign(self.tree.head());
        Ok(self.checkpoint.clone())
    }
}

/// A sealed log read from a file.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The key it is signed with.
    pub key: Key,
    /// Its places in order.
    pub places: Vec<Sealed>,
    /// The checkpoint it ends in.
    pub checkpoint: Checkpoint,
}

/// A file that can't be taken over.
#[derive(Clone, Debug, thiserror::Error)]
#[error("can't import the record, and nothing was: {0}")]
pub struct ImportError(pub Box<VerifyReport>);

/// Reads a sealed file, if it is intact. `known` are the keys the reader trusts, as in [`verify()`].
///
/// # Errors
/// With the full report when it is not.
pub fn import(file: &[u8], known: &[Key]) -> Result<Imported, ImportError> {
    let (parts, report) = verify::verified(file, known);
    match (parts.key, parts.checkpoint) {
        (Some(key), Some(checkpoint)) if report.is_intact() => {
            let places = parts.places.into_iter().map(|line| line.sealed).collect();
            Ok(Imported { key, places, checkpoint })
        }
        _ => Err(ImportError(Box::new(report))),
    }
}

/// An entry of a log that can't be taken into a record.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ReplayError {
    /// Its bytes are no entry.
    #[error("entry {place} of the log can't be read: {error}")]
    Read {
        /// Its place, counted from one.
        place: u64,
        /// Why.
        error: ReadError,
    },
    /// It breaks a rule of admission.
    #[error("entry {place} of the log: {error}")]
    Append {
        /// Its place, counted from one.
        place: u64,
        /// Why.
        error: AppendError,
    },
}

impl Record {
    /// Makes the record of a sealed log; what is withheld is not in it.
    ///
    /// # Errors
    /// At the first entry that can't be read or would not have been admitted: it was not recorded
    /// by a program that keeps the rules.
    pub fn of_log<'s>(places: impl IntoIterator<Item = &'s Sealed>) -> Result<Self, ReplayError> {
        let mut record = Self::new();
        record.extend(places, 1)?;
        Ok(record)
    }

    /// Adds what a log holds beyond what this record was made of; `from` is the place of the first,
    /// counted from one.
    ///
    /// # Errors
    /// As [`Record::of_log`]; what stands before the entry refused is then in the record.
    pub fn extend<'s>(
        &mut self,
        places: impl IntoIterator<Item = &'s Sealed>,
        from: u64,
    ) -> Result<(), ReplayError> {
        for (sealed, place) in places.into_iter().zip(from..) {
            let Some(bytes) = sealed.bytes() else { continue };
            match decode(bytes.as_bytes()) {
                Ok(Read::Known(entry)) => {
                    self.replay(*entry).map_err(|error| ReplayError::Append { place, error })?;
                }
                Ok(Read::Newer(newer)) => self.append_newer(newer),
                Err(error) => return Err(ReplayError::Read { place, error }),
            }
        }
        Ok(())
    }
}
