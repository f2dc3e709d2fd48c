//! The program `travaux`: it reads the command line, hands over to one command, and says how it went.
//!
//! This crate wires the others together and computes nothing of its own: what a command prints, a
//! test of the crate that computed it could see.

mod cli;
mod command_error;
mod commands;
mod input;
mod nearest;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::Cli;
use crate::command_error::CommandError;

/// What a command that did its work has to say to the caller's shell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    /// It is done, or the answer is yes.
    Done,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let outcome = commands::run(cli.command, &mut out).and_then(|outcome| match out.flush() {
        Ok(()) => Ok(outcome),
        Err(error) => Err(CommandError::writing("standard output", &error)),
    });
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is closed too there is nobody left to tell.
            drop(error.print(&mut io::stderr().lock()));
            ExitCode::from(error.kind().exit_code())
        }
    }
}
