//! `travaux completions`: a script that lets a shell complete our commands.
//!
//! The script is made from the command line's own definition and installs nothing.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::Outcome;
use crate::cli::Cli;
use crate::command_error::CommandError;
use crate::streams::Streams;

/// Prints a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux completions bash > ~/.local/share/bash-completion/completions/travaux
  travaux completions fish > ~/.config/fish/completions/travaux.fish")]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "travaux", &mut script);
    streams.print(script)?;
    Ok(Outcome::Done)
}
