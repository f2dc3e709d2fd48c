//! Acts in words: one line a secretary types while the room moves, read into facts.
//!
//! One language for the scenarios, the command line and the workbench (docs/procedure.md lists it).
//! Who or what is named need not exist: admission to the record judges that. Nothing is recorded
//! here, and nothing judged by the rules.

mod own;
mod verbs;
mod words;

pub use own::acts_as;
pub(in crate::procedure) use verbs::asked;

use travaux_record::Fact;

use super::Floor;

/// A line that could not be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("can't read {line:?}: expected {expected}, found {found}")]
pub struct ActError {
    /// The line.
    pub line: String,
    /// What could stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// An act as read: the facts it states.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Spoken {
    /// The facts, in order: one act may be several, as when three delegations vote.
    pub facts: Vec<Fact>,
}

/// Reads one line as an act on the floor. Majorities and effects that the line leaves out are
/// those that the rules ask for.
///
/// # Errors
/// When the line is no act: what was expected, and what was found.
pub fn speak(floor: &Floor<'_>, line: &str) -> Result<Spoken, ActError> {
    let mut words = words::Words::new(line)?;
    let facts = verbs::act(floor, &mut words)?;
    words.end()?;
    Ok(Spoken { facts })
}

#[cfg(test)]
mod tests;
