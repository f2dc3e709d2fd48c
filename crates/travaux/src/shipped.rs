//! The negotiations that ship inside the program.
//!
//! They are lists of entries and are read like any other. How they are built from their
//! sources is the business of `examples/`.

use sha2::{Digest as _, Sha256};
use travaux_record::{
    Head, Imported, Journal as _, MemoryJournal, Origin, Record, Salt, Sealed, Signer, encode,
};

use crate::command_error::CommandError;
use crate::opened::{Opened, record_of_lines};

/// A negotiation that ships with the program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shipped {
    /// The United Nations convention against cybercrime.
    Case,
    /// An invented conference.
    Practice,
}

impl Shipped {
    /// Returns its record as it ships.
    pub(crate) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Case => include_bytes!("../../../examples/ahc/record.jsonl"),
            Self::Practice => include_bytes!("../../../examples/practice/record.jsonl"),
        }
    }

    /// Returns what it is called in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Case => "the shipped case (the cybercrime convention)",
            Self::Practice => "the shipped practice conference",
        }
    }

    /// Seals it, the same way each time, so that two copies can be compared.
    ///
    /// The key is in this program for all to see: it shows how a seal works and proves nothing.
    ///
    /// # Errors
    /// Never, unless the program was built wrongly.
    pub(crate) fn seal(self, record: &Record) -> Result<Imported, CommandError> {
        let broken = |error: String| CommandError::input(format!("{}: {error}", self.name()));
        let origin = match self {
            Self::Case => "travaux.example/ahc",
            Self::Practice => "travaux.example/practice",
        };
        let origin = Origin::new(origin).map_err(|error| broken(error.to_string()))?;
        let seed: [u8; 32] = Sha256::digest(format!("the open key of {origin}")).into();
        let mut journal = MemoryJournal::new(Signer::from_seed(origin, &seed));
        let places: Vec<Sealed> = record
            .entries()
            .map(|entry| {
                let salt: [u8; 32] =
                    Sha256::digest(format!("the open salt of {}", entry.id)).into();
                Sealed::new(Salt::from_random(salt), encode(entry))
            })
            .collect();
        let checkpoint =
            journal.append(Head::empty(), &places).map_err(|error| broken(error.to_string()))?;
        let key = journal.key().map_err(|error| broken(error.to_string()))?;
        Ok(Imported { key, places, checkpoint })
    }

    /// Opens it.
    ///
    /// # Errors
    /// Never, unless the program was built wrongly.
    pub(crate) fn open(self) -> Result<Opened, CommandError> {
        let record = record_of_lines(self.bytes(), self.name())?;
        Ok(Opened { record, name: self.name().to_owned(), sealed: None })
    }
}
