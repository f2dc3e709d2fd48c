//! `travaux align`: which provision of one draft became which of the next.
//!
//! How passages are matched and named is decided by `travaux-text`.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use travaux_text::{
    BracketedDraft, Correspondence, CorrespondenceKind, Passage, correspond_passages,
    draft_passages, issued_passages,
};

use super::redline::{caution, document, is_file};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Tells which provision of one draft became which of the next.
///
/// The drafts are two files (plain text or Markdown), or two documents of a record, by symbol. A
/// name that is no file is looked up in the record. Provisions of a record are paired by their
/// stable id where both drafts know it, all others by their words and order.
///
/// A passage is named by its printed number, with those above it: 3(2)(a) is subparagraph (a) of
/// paragraph 2 of article 3. What bears no number is named by its place among the passages: ¶7.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux align old.md new.md                               # two files
  travaux align A/AC.291/22 A/AC.291/22/Rev.3               # two documents of the shipped case
  travaux align A/AC.291/22 A/AC.291/22/Rev.3 --by-words    # the same without the stable ids
  travaux align old.md new.md --json                        # as data

The JSON is {\"pairs\": [{\"old\": [\"2\"], \"new\": [\"2\", \"3\"], \"kind\": \"split\", \"confidence\": 0.93}, ...]}. The kind is
same, changed, renumbered, moved, split, merged, new or gone; `old_lines` and `new_lines`, or `old_ids` and `new_ids`,
say where the passages are.")]
pub(crate) struct Args {
    /// The old draft: a file, - for standard input, or the symbol of a document.
    old: String,
    /// The new draft.
    new: String,
    #[command(flatten)]
    view: ViewArgs,
    /// Do not use stable ids: match by words and order alone.
    #[arg(long)]
    by_words: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    if is_file(&args.old) || is_file(&args.new) {
        let old = Input::from(Path::new(&args.old)).draft()?;
        let new = Input::from(Path::new(&args.new)).draft()?;
        let read = |text| BracketedDraft::read(text).map_err(CommandError::input);
        print(args, &draft_passages(&read(&old)?), &draft_passages(&read(&new)?), streams)?;
    } else {
        let seen = args.view.see_to_the_end()?;
        streams.remark(&seen);
        let (old, new) = (document(&seen, &args.old)?, document(&seen, &args.new)?);
        caution([old, new], streams);
        print(args, &issued_passages(&old.text), &issued_passages(&new.text), streams)?;
    }
    Ok(Outcome::Done)
}

fn print(
    args: &Args,
    old: &[Passage<'_>],
    new: &[Passage<'_>],
    streams: &mut Streams,
) -> Result<(), CommandError> {
    let found = if args.by_words {
        let hidden = |passages: &[Passage<'_>]| -> Vec<Passage<'static>> {
            let hide = |one: &Passage<'_>| Passage {
                name: one.name.clone(),
                line: one.line,
                id: None,
                words: one.words.clone(),
            };
            passages.iter().map(hide).collect()
        };
        correspond_passages(&hidden(old), &hidden(new))
    } else {
        correspond_passages(old, new)
    };
    if args.json {
        let pairs: Vec<Value> = found.iter().map(|one| json_of(one, old, new)).collect();
        return super::print_json(streams, &json!({ "pairs": pairs }));
    }
    let mut text = String::new();
    for one in &found {
        let (from, to) = (names(&one.old, old), names(&one.new, new));
        let kind = kind(one, old, new);
        let sure = one.confidence * 100.0;
        writeln!(text, "{:<20} {:<20} {kind:<11} {sure:>3.0} %", from.join(", "), to.join(", "))
            .expect("a string takes all");
    }
    streams.print(text)
}

fn names<'p>(places: &[usize], passages: &'p [Passage<'_>]) -> Vec<&'p str> {
    places.iter().map(|&at| passages[at].name.as_str()).collect()
}

/// Says what became of a passage in one word, the most telling first.
fn kind(one: &Correspondence, old: &[Passage<'_>], new: &[Passage<'_>]) -> &'static str {
    match one.kind {
        CorrespondenceKind::Same | CorrespondenceKind::Changed if one.is_moved => "moved",
        CorrespondenceKind::Same | CorrespondenceKind::Changed
            if is_renumbered(&names(&one.old, old), &names(&one.new, new)) =>
        {
            "renumbered"
        }
        kind => kind.name(),
    }
}

/// A name by place tells no number.
fn is_renumbered(old: &[&str], new: &[&str]) -> bool {
    old != new && old.iter().chain(new).all(|name| !name.starts_with('¶'))
}

fn json_of(one: &Correspondence, old: &[Passage<'_>], new: &[Passage<'_>]) -> Value {
    let mut value = json!({
        "old": names(&one.old, old),
        "new": names(&one.new, new),
        "kind": kind(one, old, new),
        "words": if one.kind == CorrespondenceKind::Same { "same" } else { "changed" },
        "moved": one.is_moved,
        "confidence": (one.confidence * 1000.0).round() / 1000.0,
    });
    let mut add = |key: &str, places: &[usize], passages: &[Passage<'_>]| {
        let lines: Vec<usize> = places.iter().filter_map(|&at| passages[at].line).collect();
        let ids: Vec<&str> = places
            .iter()
            .filter_map(|&at| passages[at].id.map(travaux_text::ProvisionId::as_str))
            .collect();
        let what = if ids.is_empty() { ("lines", json!(lines)) } else { ("ids", json!(ids)) };
        value[format!("{key}_{}", what.0)] = what.1;
    };
    add("old", &one.old, old);
    add("new", &one.new, new);
    value
}
