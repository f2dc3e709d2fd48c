//! The commands, one file each: what it takes, and what it prints.
//!
//! A command reads, asks the crates below, and prints; it computes nothing itself.

use std::io::Write;

use crate::Outcome;
use crate::cli::Command;
use crate::command_error::CommandError;

pub(crate) mod completions;
pub(crate) mod merge;
pub(crate) mod side;

/// Runs `command`; its output goes to `out`.
///
/// # Errors
/// When it could not do its work.
pub(crate) fn run(command: Command, out: &mut dyn Write) -> Result<Outcome, CommandError> {
    match command {
        Command::Merge(args) => merge::run(&args, out),
        Command::Side(args) => side::run(&args, out),
        Command::Completions(args) => completions::run(&args, out),
    }
}

/// Writes to standard output.
fn print(out: &mut dyn Write, bytes: impl AsRef<[u8]>) -> Result<(), CommandError> {
    out.write_all(bytes.as_ref()).map_err(|error| CommandError::writing("standard output", &error))
}
