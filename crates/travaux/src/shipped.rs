//! The negotiations that ship inside the program.
//!
//! They are exports like any other, sealed with a key that is published with their sources: it
//! shows how a seal works and proves nothing. How they are built from their
//! sources is the business of `examples/`.

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

    /// Opens it.
    ///
    /// # Errors
    /// Never, unless the program was built wrongly.
    pub(crate) fn open(self) -> Result<Opened, CommandError> {
        let record = record_of_lines(self.bytes(), self.name())?;
        Ok(Opened {
            record,
            name: self.name().to_owned(),
            export: Some(self.bytes().into()),
            database: None,
        })
    }
}
