//! `travaux merge`: many sides over one base, as one bracketed text or as JSON.
//!
//! Needs no record. What a merge is, and what its JSON looks like, is decided by `travaux-text`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use travaux_text::{Merge, Merged, SideName, un_text};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::streams::{Streams, readable};

/// Merges any number of sides over one base text.
///
/// Each side is the whole text as somebody wants it to read. The output is one text in which every
/// difference is a choice in brackets, and from which each side can be read back to the byte. The
/// order in which sides are given changes nothing.
///
/// In brackets, a name in parentheses says whose words these are. A side that leaves the words of
/// the base alone is not named for them, unless it is the base to the byte.
///
/// Texts are UTF-8 and never changed: no normalization, no line endings converted.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux merge base.txt A=averne.txt B=belisar.txt          # the bracketed text
  travaux merge base.txt A=averne.txt B=belisar.txt --json   # the same as data
  travaux merge base.txt A=averne.txt --json > merged.json && travaux side A merged.json

The JSON is {\"base\", \"sides\", \"nodes\", \"printed\", \"cost\"}: `nodes` is the normal form, in which each
word of the base stands once; `printed` is the easiest form to read, and `cost` what reading it costs.
A node is {\"text\"} or {\"choice\": [{\"by\": [...], \"nodes\": [...]}]}; `by` names sides and \"base\".")]
pub(crate) struct Args {
    /// The text on the table, a file, or - for standard input.
    base: PathBuf,
    /// A side: its name, an equals sign, and its file. The name `base` is taken.
    #[arg(value_name = "NAME=FILE")]
    sides: Vec<String>,
    /// Print the merge as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    // All names are judged before any file is opened: a mistake on the command line is said first.
    let named = args.sides.iter().map(|side| parse_side(side)).collect::<Result<Vec<_>, _>>()?;
    let mut merge = Merge::new(&Input::from(args.base.as_path()).draft()?);
    for (name, file) in named {
        merge.table(name, &file.draft()?)?;
    }
    if args.json {
        streams.print_lines(&Merged::of(&merge).to_json())?;
    } else {
        streams.print_lines(&readable(&bracketed(&merge)))?;
    }
    Ok(Outcome::Done)
}

/// Writes the printed form as a United Nations draft sets it.
///
/// Departures from the base are attributed to their sides. The base's own words are attributed
/// only to sides that are the base to the byte: silence on a point is not consent to it.
fn bracketed(merge: &Merge) -> String {
    let no_change: BTreeSet<&SideName> =
        merge.changes().filter(|(_, change)| change.is_none()).map(|(name, _)| name).collect();
    un_text(&merge.printed().nodes, &|alternative| {
        let names: Vec<&str> = alternative
            .by
            .sides()
            .filter(|name| !alternative.by.has_base() || no_change.contains(name))
            .map(SideName::as_str)
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    })
}

fn parse_side(argument: &str) -> Result<(SideName, Input), CommandError> {
    let Some((name, file)) = argument.split_once('=') else {
        return Err(CommandError::usage(format!(
            "cannot tell which side {argument:?} is: expected NAME=FILE"
        ))
        .hint(format!("give it a name, for instance A={argument}")));
    };
    let name = SideName::new(name)?;
    if file.is_empty() {
        return Err(CommandError::usage(format!("cannot read side `{name}`: no file is named"))
            .hint(format!("write the file after the equals sign: {name}=side.txt")));
    }
    Ok((name, Input::from(Path::new(file))))
}
