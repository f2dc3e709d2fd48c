//! `travaux redline`: what changed between two drafts, as text, HTML or JSON.
//!
//! What a redline is and how it is written is decided by `travaux-text`.

use std::path::Path;

use travaux_negotiation::draft::Base;
use travaux_text::{IssuedText, Passages, Redline, redline, redline_provisions};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;
use crate::{naming, nearest};

/// Shows what changed from one draft to another, word by word, with what was moved.
///
/// The drafts are two files (plain text or Markdown), or two documents of a record, by symbol. A
/// name that is no file is looked up in the record. With --side the text before the body is
/// compared with one side, or one side with another. Provisions of a record are paired by their
/// stable id, those of files by their words.
///
/// In the text, {--words--} are struck out and {++words++} added; {>>1:words>>} were moved away and
/// {<<1:words<<} moved here, with what changed in them. A brace or a backslash of the draft has a
/// backslash before it. Both drafts can be read back from each form, to the byte.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux redline old.md new.md                       # two files
  travaux redline old.md new.md --html > redline.html   # a page for the browser
  travaux redline A/AC.291/22 A/AC.291/22/Rev.3       # two documents of the shipped case
  travaux redline --practice --side SVL               # what a delegation would change
  travaux redline --practice --side SVL --side VDM    # two sides

The JSON is {\"fragments\", \"moves\", \"deleted_words\", \"inserted_words\", \"moved_words\", \"pieces\"}. A piece
is {\"same\"}, {\"deleted\"}, {\"inserted\"}, {\"moved_away\": {\"mark\", \"text\"}} or {\"moved_here\": {\"mark\", \"pieces\"}}.")]
pub(crate) struct Args {
    /// The old draft: a file, - for standard input, or the symbol of a document.
    #[arg(required_unless_present = "side", conflicts_with = "side")]
    old: Option<String>,
    /// The new draft.
    #[arg(required_unless_present = "side", conflicts_with = "side")]
    new: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    /// A side: a proposal by its key, or a participant by its key or name. Given twice, the second
    /// is compared with the first.
    #[arg(long, value_name = "PROPOSAL|PARTICIPANT", num_args = 1)]
    side: Vec<String>,
    /// Print it as JSON.
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Print it as a page of HTML.
    #[arg(long)]
    html: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match (&args.old, &args.new) {
        (Some(old), Some(new)) if is_file(old) || is_file(new) => {
            let (old, new) = (file(old)?, file(new)?);
            print(args, &redline(&old, &new), streams)?;
        }
        (Some(old), Some(new)) => {
            let seen = args.view.see_to_the_end()?;
            streams.remark(&seen);
            let (old, new) = (document(&seen, old)?, document(&seen, new)?);
            caution([old, new], streams);
            provisions(args, &old.read(), &new.read(), streams)?;
        }
        _ => sides(args, streams)?,
    }
    Ok(Outcome::Done)
}

/// Reports whether a name is that of a file; `-` is standard input.
pub(super) fn is_file(name: &str) -> bool {
    name == "-" || Path::new(name).exists()
}

fn file(name: &str) -> Result<String, CommandError> {
    Input::from(Path::new(name)).draft()
}

/// Finds a document that brought a text, by symbol or key.
pub(super) fn document<'s>(seen: &'s Seen, written: &str) -> Result<&'s Base, CommandError> {
    let mut bases = seen.negotiation.draft.bases();
    let found = bases.find(|base| {
        base.symbol.eq_ignore_ascii_case(written) || base.document.as_str() == written
    });
    found.ok_or_else(|| {
        let error = CommandError::input(format!(
            "cannot compare {written:?}: it is no file, and no document with a text is called so \
             in {} up to this date",
            seen.opened.name
        ));
        let names = seen.negotiation.draft.bases().map(|base| base.symbol.as_str());
        nearest::hint(error, written, "documents with a text", names)
    })
}

/// Says where the words are not the document's own.
pub(super) fn caution(bases: [&Base; 2], streams: &Streams) {
    for base in bases {
        streams.remark(format_args!("text: {} ({})", base.symbol, base.title));
        if let Some(official) = &base.official {
            streams.remark(format_args!(
                "note: official words where `travaux attach` laid them over it, from {}",
                official.source
            ));
        } else if let Some(standing) = naming::standing(base.standing) {
            streams.remark(format_args!("note: {standing}"));
        }
    }
}

fn sides(args: &Args, streams: &mut Streams) -> Result<(), CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let side = |written: &String| -> Result<IssuedText, CommandError> {
        let read = seen
            .negotiation
            .side(written)
            .map_err(|error| naming::unknown_side(&seen.negotiation, written, &error))?;
        for said in read.clashes().into_iter().chain(read.left_out()) {
            streams.remark(format_args!("note: {said}"));
        }
        Ok(read.side.text().unwrap_or_else(|| read.side.preferring([])))
    };
    let (old, new) = match &args.side[..] {
        [one] => (seen.negotiation.draft.text().side([]).preferring([]), side(one)?),
        [one, other] => (side(one)?, side(other)?),
        _ => {
            return Err(CommandError::usage("cannot compare more than two sides at once")
                .hint("`travaux text` shows all of them in brackets"));
        }
    };
    provisions(args, &old, &new, streams)
}

fn provisions(
    args: &Args,
    old: &IssuedText,
    new: &IssuedText,
    streams: &mut Streams,
) -> Result<(), CommandError> {
    let (old, new): (Passages, Passages) = (old.passages(), new.passages());
    print(args, &redline_provisions(&old, &new), streams)
}

fn print(args: &Args, redline: &Redline<'_>, streams: &mut Streams) -> Result<(), CommandError> {
    if args.json {
        let json = serde_json::to_string(redline).expect("a redline is written as JSON");
        streams.print_lines(&json)
    } else if args.html {
        streams.print(PAGE)?;
        streams.print(redline.html())?;
        streams.print("</main>\n")
    } else {
        streams.print(redline.notation())
    }
}

/// What stands before the redline on a page of its own. What is struck out and added is told by
/// line and by hidden words, never by colour alone.
const PAGE: &str = "<!DOCTYPE html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>Redline</title>
<style>
main { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 serif; white-space: pre-wrap }
del { color: #8b0000; text-decoration: line-through }
ins { color: #00457c; text-decoration: underline }
.moved { background: #f2f2e6; text-decoration-style: double }
.mark { font: 0.75rem sans-serif; margin-right: 0.5em }
del::before, ins::before, del::after, ins::after { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
del::before { content: ' [struck out: ' }
ins::before { content: ' [added: ' }
del::after, ins::after { content: '] ' }
</style>
<main>";
