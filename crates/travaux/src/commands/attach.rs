//! `travaux attach`: the official words of a document, laid over the text on record.
//!
//! Which passage is which provision is decided by `travaux-text`. What is written is a local record:
//! it is laid over with `--with`, and no record that is kept takes it in.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};
use travaux_negotiation::draft::Base;
use travaux_record::{Entry, Fact, MatchedBy, OfficialWords, ParticipantId, TextAttached, encode};
use travaux_store::random;
use travaux_text::{AttachedBy, Attachment, IssuedText, attach};

use super::redline::document;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::{Seen, ViewArgs};
use crate::streams::{Streams, readable};

/// Lays the official words of a document over the text on record, on this machine alone.
///
/// FILE is the document as plain text or Markdown. Its articles are matched by number and heading,
/// their paragraphs by number, those without a number by place or by their words. What cannot be
/// matched is listed and left out. The result is a local record: lay it over with --with, and the
/// commands and pages show the official words in the place of a paraphrase. Brackets are still
/// measured against the words on record; there the official words stand beside them. A record that
/// is kept or shared never takes such a file in.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux attach A/AC.291/22 zero-draft.txt
  travaux text --with official-A-AC.291-22.jsonl
  travaux attach CMR/1/3 words.md --practice --into words.jsonl
  travaux attach A/AC.291/22 zero-draft.txt --dry-run --json")]
pub(crate) struct Args {
    /// The document, by symbol or key.
    document: String,
    /// Its official text, plain or Markdown, or - for standard input.
    file: PathBuf,
    #[command(flatten)]
    view: ViewArgs,
    /// The local record to write. Without it, one named after the document, in this folder.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Say what would be matched, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see_to_the_end()?;
    streams.remark(&seen);
    let base = document(&seen, &args.document)?;
    let input = Input::from(args.file.as_path());
    let source = input.draft()?;
    let draft = super::counts::read(&input, &source)?;
    let provisions = draft.provisions().into_iter().map(|read| read.provision).collect();
    let from = IssuedText::new(provisions)
        .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
    let found = attach(&base.text, &from);
    if found.attached.is_empty() {
        return Err(CommandError::input(format!(
            "cannot lay {input} over {}: none of its {} passages could be matched with a provision",
            base.symbol,
            from.len()
        ))
        .hint("is this the text of that document, with its article numbers and headings?"));
    }
    let into = if args.dry_run { None } else { Some(write(args, base, &found)?) };
    if args.json {
        super::print_json(streams, &json_of(base, &found, into.as_ref()))?;
    } else {
        streams.print_lines(&readable(&lines(&seen, base, &found, into.as_ref())))?;
    }
    Ok(Outcome::Done)
}

/// Writes the local record; a file that is there already is left alone.
fn write(args: &Args, base: &Base, found: &Attachment) -> Result<PathBuf, CommandError> {
    let named = || {
        let symbol = base.symbol.chars();
        let name: String = symbol
            .map(|letter| if letter.is_alphanumeric() || letter == '.' { letter } else { '-' })
            .collect();
        PathBuf::from(format!("official-{name}.jsonl"))
    };
    let into = args.into.clone().unwrap_or_else(named);
    let file = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    let source = if file == "-" { "standard input".to_owned() } else { file };
    let provisions = found.attached.iter().map(|one| OfficialWords {
        provision: one.provision.clone(),
        heading: one.heading.clone(),
        text: one.text.clone(),
        matched: match one.by {
            AttachedBy::Number => MatchedBy::Number,
            AttachedBy::Place => MatchedBy::Place,
            AttachedBy::Words => MatchedBy::Words,
        },
    });
    let fact = Fact::TextAttached(TextAttached {
        document: base.document.clone(),
        source,
        provisions: provisions.collect(),
        unmatched: found.unmatched.clone(),
    });
    // The words are those the document had from the day of its issue.
    let by = ParticipantId::new(Entry::LOCAL);
    let entry = Entry::new(random::entry_id()?, base.basis.at, Timestamp::now(), by, fact);
    let line = format!("{}\n", encode(&entry));
    let mut made =
        OpenOptions::new().write(true).create_new(true).open(&into).map_err(|error| {
            CommandError::writing(into.display(), &error)
                .hint("name another file with --into; what is there is left alone")
        })?;
    made.write_all(line.as_bytes())
        .map_err(|error| CommandError::writing(into.display(), &error))?;
    Ok(into)
}

fn lines(seen: &Seen, base: &Base, found: &Attachment, into: Option<&PathBuf>) -> String {
    let with_words = |by: Option<AttachedBy>| {
        let words = found.attached.iter().filter(|one| !one.text.is_empty());
        words.filter(|one| by.is_none_or(|by| one.by == by)).count()
    };
    let all = with_words(None) + found.missing.len();
    let mut lines = format!(
        "{}: {} of {all} provisions with words have their official words: {} by number, {} by place, \
         {} by their words.\n",
        base.symbol,
        with_words(None),
        with_words(Some(AttachedBy::Number)),
        with_words(Some(AttachedBy::Place)),
        with_words(Some(AttachedBy::Words)),
    );
    if !found.unmatched.is_empty() {
        _ = writeln!(lines, "\nIn the file alone, and left out ({}):", found.unmatched.len());
    }
    for words in &found.unmatched {
        _ = writeln!(lines, "  {}", shortened(words));
    }
    if !found.missing.is_empty() {
        _ = writeln!(lines, "\nWithout official words ({}):", found.missing.len());
    }
    for id in &found.missing {
        _ = writeln!(lines, "  {} [{id}]", seen.negotiation.draft.citation(id).words);
    }
    if let Some(into) = into {
        _ = writeln!(lines, "\nWritten to {0}. Lay it over: --with {0}", into.display());
    }
    lines
}

/// How much of a passage is shown to recognize it by.
const SHOWN_MAX: usize = 100;

fn shortened(words: &str) -> String {
    match words.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{} \u{2026}", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

fn json_of(base: &Base, found: &Attachment, into: Option<&PathBuf>) -> Value {
    let attached = found.attached.iter().map(|one| {
        let by = match one.by {
            AttachedBy::Number => "number",
            AttachedBy::Place => "place",
            AttachedBy::Words => "words",
        };
        json!({
            "provision": one.provision.as_str(), "by": by, "heading": one.heading, "text": one.text,
        })
    });
    let missing: Vec<&str> = found.missing.iter().map(travaux_text::ProvisionId::as_str).collect();
    json!({
        "document": base.document.as_str(),
        "attached": attached.collect::<Vec<_>>(),
        "unmatched": found.unmatched,
        "missing": missing,
        "into": into.map(|into| into.display().to_string()),
    })
}
