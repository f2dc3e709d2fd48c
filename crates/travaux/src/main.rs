//! The program `travaux`: it reads the command line, hands over to one command, and says how it went.
//!
//! This crate wires the others together and computes nothing of its own: what a command prints, a
//! test of the crate that computed it could see.

mod cli;
mod command_error;
mod commands;
mod drafted;
mod input;
mod naming;
mod nearest;
mod opened;
mod shipped;
mod streams;
mod taken;

use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::Cli;
use crate::streams::Streams;

/// What a command that did its work has to say to the caller's shell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    /// It is done, or the answer is yes.
    Done,
    /// The question was understood and the answer is no: a verification found a fault, say.
    No,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut streams = Streams::new();
    let outcome = commands::run(&cli.command, &mut streams)
        .and_then(|outcome| streams.flush().map(|()| outcome));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is closed too there is nobody left to tell.
            drop(error.print(&mut io::stderr().lock()));
            ExitCode::from(error.kind().exit_code())
        }
    }
}
