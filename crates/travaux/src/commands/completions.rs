//! `travaux completions`: a script that lets a shell complete our commands.
//!
//! The script is made from the command line's own definition and installs nothing.

use std::io::Write;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::Outcome;
use crate::cli::Cli;
use crate::command_error::CommandError;

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

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "travaux", &mut script);
    super::print(out, script)?;
    Ok(Outcome::Done)
}
