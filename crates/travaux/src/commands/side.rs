//! `travaux side`: one side back from a merge, to the byte.
//!
//! Reads what `travaux merge --json` wrote and nothing else.

use std::path::PathBuf;

use travaux_text::{Merged, SideName};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::nearest;
use crate::streams::Streams;

/// Writes one side of a merge, exactly as it was given.
///
/// Not a byte is added, a newline at the end included. `base` gives the base text back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  travaux merge base.txt A=a.txt B=b.txt --json | travaux side B -")]
pub(crate) struct Args {
    /// The name of the side.
    name: String,
    /// What `travaux merge --json` wrote, a file, or - for standard input.
    merged: PathBuf,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let input = Input::from(args.merged.as_path());
    let merged = Merged::from_json(&input.text()?)
        .map_err(|error| CommandError::input(format!("{input}: {error}")).hint(error.hint()))?;
    let text = match args.name.as_str() {
        "base" => Some(merged.base.clone()),
        name => merged.sides.iter().find(|side| side.as_str() == name).and_then(|n| merged.side(n)),
    };
    let Some(text) = text else {
        let names = merged.sides.iter().map(SideName::as_str).chain(["base"]);
        return Err(nearest::hint(
            CommandError::input(format!("cannot read side `{}`: {input} holds none", args.name)),
            &args.name,
            "sides",
            names,
        ));
    };
    streams.print(text)?;
    Ok(Outcome::Done)
}
