//! Amending as people do: an instruction becomes a proposal, and a proposal an instruction.
//!
//! "In paragraph 2, replace “shall” by “may”" is read in the wording of conference room papers, against
//! a text. What could mean several places, or stands nowhere, is refused with the places that are meant;
//! nothing is guessed. The other way, changes are written as the shortest instruction (see
//! `shortest` for what that means) that cannot be read otherwise. It is not known here who proposes.

mod apply;
mod edited;
mod error;
mod find;
mod lex;
mod locus;
mod read;
mod shortest;
#[cfg(test)]
mod tests;
mod words;
mod write;

use crate::issued::IssuedText;
use crate::provision::{Act, Change, ProvisionId};
use crate::rolling::ProposalKey;

use apply::Applied;
use find::Ground;
use lex::Pieces;

pub use edited::edited;
pub use error::InstructError;
pub use write::{Unwritable, instruction};

/// What an instruction asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Instructed {
    /// The changes of a proposal that asks for it.
    pub changes: Vec<Change>,
    /// What was understood, a line for each change, in words that leave no doubt.
    pub understood: Vec<String>,
    /// What should be known of how it was read.
    pub notes: Vec<String>,
}

/// Reads an instruction about a text as the changes of the proposal `key`.
///
/// `at` is the provision that is spoken of where the instruction names none.
///
/// # Errors
/// When it cannot be read, or what it asks for is not there, or could be several places.
pub fn understand(
    text: &IssuedText,
    key: &ProposalKey,
    at: Option<&ProvisionId>,
    written: &str,
) -> Result<Instructed, InstructError> {
    let spoken = at.and_then(|at| text.position(at));
    let mut read = carried_out(Applied::new(Ground { text }, key, spoken), written)?;
    // A line that cannot be written again says nothing that the changes do not show.
    read.understood = write::lines(text, key, &read.changes).unwrap_or_default();
    Ok(read)
}

/// Reads a line that follows changes already asked for by the same proposal.
fn understand_after(
    text: &IssuedText,
    key: &ProposalKey,
    earlier: &[Change],
    written: &str,
) -> Result<Instructed, InstructError> {
    let mut applied = Applied::new(Ground { text }, key, None);
    for change in earlier {
        if let Act::Add { kind, number, .. } = &change.act {
            applied.has_added(*kind, number);
        }
    }
    carried_out(applied, written)
}

fn carried_out(mut applied: Applied<'_>, written: &str) -> Result<Instructed, InstructError> {
    let pieces = Pieces::cut(written)?;
    for statement in read::read(&pieces)? {
        applied.carry_out(&statement)?;
    }
    let (changes, notes) = applied.finish()?;
    if changes.is_empty() {
        return Err(InstructError::Empty);
    }
    Ok(Instructed { changes, understood: Vec::new(), notes })
}
