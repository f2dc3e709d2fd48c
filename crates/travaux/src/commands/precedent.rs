//! `travaux precedent`: an index of earlier treaties, and the nearest language in it.
//!
//! It reads and writes files and prints; what a passage is and what is near is decided by
//! `travaux-text`. Whether a text is a treaty, and was ever agreed, it does not know.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use travaux_text::{
    AlignedPiece, Formula, PassagePlace, Precedents, PrecedentsBuilder, SOURCE_BYTES_MAX,
    text_from_bytes, text_of_html,
};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Where the index lies unless another file is named.
const INDEX: &str = "precedents.index";
/// Places listed for one formula in print; all are in the JSON.
const PLACES_SHOWN: usize = 8;

/// Finds the nearest language in earlier treaties, verbatim.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Build(BuildArgs),
    Find(FindArgs),
}

/// Makes an index of a folder of treaties: every .txt, .md and .html file in it and below.
///
/// A file that is empty, too large, not UTF-8 or otherwise unreadable is left out and named with the
/// reason; the others are taken. The index holds the texts themselves, so it can be searched where
/// the folder is not. It is written whole or not at all.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux precedent build treaties
  travaux precedent build treaties --index un.index --json")]
pub(crate) struct BuildArgs {
    /// The folder.
    folder: PathBuf,
    /// Where to write the index.
    #[arg(long, value_name = "FILE", default_value = INDEX)]
    index: PathBuf,
    /// Print what was done as JSON.
    #[arg(long)]
    json: bool,
}

/// Finds where language like this stands in the treaties of an index.
///
/// Each result is a paragraph of a treaty, to the byte, with every place where the same words recur
/// and the wordings that differ little from it. Beside it, word by word: {+only there+}, [-only in
/// the words asked for-]. How like it is counts a rare word for more than boilerplate.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux precedent find \"each Party shall afford one another mutual legal assistance\"
  travaux precedent find --provision \"article 5, paragraph 1\" --json")]
pub(crate) struct FindArgs {
    /// The words.
    #[arg(required_unless_present = "provision", conflicts_with = "provision")]
    words: Option<String>,
    /// The words of this provision on the table, by its id or as it is cited.
    #[arg(long, value_name = "PROVISION")]
    provision: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    /// The index to search.
    #[arg(long, value_name = "FILE", default_value = INDEX)]
    index: PathBuf,
    /// How many results to give at most.
    #[arg(long, value_name = "N", default_value_t = 5)]
    most: usize,
    /// Print them as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Command, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match command {
        Command::Build(args) => build(args, streams),
        Command::Find(args) => find(args, streams),
    }
}

/// A file that was left out, and why.
struct LeftOut {
    name: String,
    why: String,
}

fn build(args: &BuildArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let mut files = Vec::new();
    let mut left_out = Vec::new();
    let listed = fs::read_dir(&args.folder)
        .map_err(|error| CommandError::reading(args.folder.display(), &error))?;
    list(listed, &mut files, &mut left_out);
    files.sort();
    let mut builder = PrecedentsBuilder::new();
    for path in &files {
        let name = path.strip_prefix(&args.folder).unwrap_or(path).display().to_string();
        let added =
            text(path).and_then(|text| builder.add(&name, &text).map_err(|full| full.to_string()));
        match added {
            Ok(0) => left_out.push(LeftOut { name, why: "it holds no paragraph".to_owned() }),
            Ok(_) => {}
            Err(why) => left_out.push(LeftOut { name, why }),
        }
    }
    let index = builder.finish();
    let counts = index.counts();
    for LeftOut { name, why } in &left_out {
        streams.remark(format_args!("left out {name}: {why}"));
    }
    if counts.sources == 0 {
        return Err(CommandError::input(format!(
            "cannot make an index of {}: no text in it could be read",
            args.folder.display()
        ))
        .hint("name a folder that holds .txt, .md or .html files in UTF-8"));
    }
    let bytes = index.to_bytes();
    write_whole(&args.index, &bytes)
        .map_err(|error| CommandError::writing(args.index.display(), &error))?;
    if args.json {
        let left_out: Vec<Value> =
            left_out.iter().map(|left| json!({"name": left.name, "why": left.why})).collect();
        super::print_json(
            streams,
            &json!({
                "index": args.index.display().to_string(),
                "bytes": bytes.len(),
                "texts": counts.sources,
                "passages": counts.passages,
                "formulas": counts.formulas,
                "words": counts.words,
                "left_out": left_out,
            }),
        )?;
    } else {
        streams.print_lines(&format!(
            "{}: {} texts, {} passages, {} of them different; {} bytes; {} files left out",
            args.index.display(),
            counts.sources,
            counts.passages,
            counts.formulas,
            bytes.len(),
            left_out.len()
        ))?;
    }
    Ok(Outcome::Done)
}

/// Lists the texts of a folder and of those below it; links to folders are not followed.
fn list(folder: fs::ReadDir, files: &mut Vec<PathBuf>, left_out: &mut Vec<LeftOut>) {
    for entry in folder {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                left_out.push(LeftOut { name: "a file".to_owned(), why: error.to_string() });
                continue;
            }
        };
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            match fs::read_dir(&path) {
                Ok(below) => list(below, files, left_out),
                Err(error) => left_out
                    .push(LeftOut { name: path.display().to_string(), why: error.to_string() }),
            }
        } else if ending(&path).is_some_and(|e| ["md", "txt", "html", "htm"].contains(&e.as_str()))
        {
            files.push(path);
        }
    }
}

fn ending(path: &Path) -> Option<String> {
    path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase)
}

/// Reads a file as plain text, or says why not.
fn text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let limit = SOURCE_BYTES_MAX as u64 + 1;
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(limit).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > SOURCE_BYTES_MAX {
        return Err(format!("it has more than {SOURCE_BYTES_MAX} bytes"));
    }
    if bytes.contains(&0) {
        return Err("it is binary, not text".to_owned());
    }
    let text = text_from_bytes(&bytes)
        .map_err(|error| format!("the byte at offset {} is not UTF-8", error.offset))?;
    let is_page = ending(path).is_some_and(|ending| ending.starts_with("htm"));
    Ok(if is_page { text_of_html(text) } else { text.to_owned() })
}

/// Writes a file beside its place and moves it there, so that no reader ever finds half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What could not be written is of no use; that it cannot be removed either changes nothing.
        drop(fs::remove_file(&part));
    }
    written
}

fn find(args: &FindArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let words = match (&args.words, &args.provision) {
        (Some(words), _) => words.clone(),
        (None, Some(provision)) => of_provision(args, provision, streams)?,
        (None, None) => return Err(CommandError::usage("cannot search: no words are given")),
    };
    let name = args.index.display();
    let bytes = fs::read(&args.index).map_err(|error| {
        CommandError::reading(format!("the index of precedents {name}"), &error)
            .hint("make one first: travaux precedent build FOLDER")
    })?;
    let index = Precedents::from_bytes(&bytes).map_err(|error| {
        CommandError::input(format!("cannot read {name}: {error}")).hint(error.hint())
    })?;
    let found = index.find(&words, args.most);
    if args.json {
        let results: Vec<Value> = found.iter().map(json_of).collect();
        super::print_json(streams, &json!({"asked": words, "results": results}))?;
    } else if found.is_empty() {
        streams.print_lines("Nothing like it stands in the index.")?;
    } else {
        for (number, formula) in (1..).zip(&found) {
            streams.print_lines(&lines(number, formula))?;
        }
    }
    Ok(if found.is_empty() { Outcome::No } else { Outcome::Done })
}

/// Returns the words of a provision on the table, as the viewer sees it.
fn of_provision(args: &FindArgs, written: &str, streams: &Streams) -> Result<String, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let id = naming::provision(&seen.negotiation, written)?;
    let draft = &seen.negotiation.draft;
    if let Some(said) = draft.base().and_then(|base| naming::standing(base.standing)) {
        streams.remark(format_args!("the words asked for: {said}"));
    }
    let words = draft.text().provision(&id).map(|met| met.text().base().to_owned());
    words.filter(|words| !words.trim().is_empty()).ok_or_else(|| {
        CommandError::input(format!("cannot search for the words of {written:?}: it has none"))
            .hint("give the words themselves")
    })
}

fn lines(number: usize, formula: &Formula<'_>) -> String {
    let mut lines = format!(
        "{number}. {} % alike; {} of {} words; these words stand in {}\n",
        formula.likeness / 10,
        formula.shared,
        formula.asked,
        count(formula.places.len())
    );
    list_places(&formula.places, &mut lines);
    if formula.stretch != (0..formula.text.len()) {
        lines.push_str("   part of a longer paragraph:\n");
    }
    lines.push_str("   ");
    for piece in &formula.pieces {
        match piece {
            AlignedPiece::Both(text) => lines.push_str(text),
            AlignedPiece::Precedent(text) => {
                let space = text.len() - text.trim_start().len();
                _ = write!(lines, "{}{{+{}+}}", &text[..space], &text[space..]);
            }
            AlignedPiece::Asked(text) => {
                let gap = if lines.ends_with(char::is_whitespace) { "" } else { " " };
                _ = write!(lines, "{gap}[-{text}-]");
            }
        }
    }
    lines.push('\n');
    if !formula.near.is_empty() {
        let places = formula.near.iter().map(|near| near.places.len()).sum();
        _ = writeln!(
            lines,
            "   {} differing little, in {}, among them:",
            plural(formula.near.len(), "wording"),
            count(places)
        );
        let first: Vec<PassagePlace<'_>> =
            formula.near.iter().filter_map(|near| near.places.first().copied()).collect();
        list_places(&first, &mut lines);
    }
    lines
}

fn list_places(places: &[PassagePlace<'_>], lines: &mut String) {
    for PassagePlace { source, title, heading, line } in places.iter().take(PLACES_SHOWN) {
        let under = if heading.is_empty() { String::new() } else { format!(", {heading}") };
        _ = writeln!(lines, "   - {title}{under} ({source}, line {line})");
    }
    if places.len() > PLACES_SHOWN {
        _ = writeln!(lines, "   - and {} more", places.len() - PLACES_SHOWN);
    }
}

fn count(places: usize) -> String {
    plural(places, "place")
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn json_of(formula: &Formula<'_>) -> Value {
    let places = |places: &[PassagePlace<'_>]| -> Vec<Value> {
        let place = |at: &PassagePlace<'_>| json!({"source": at.source, "title": at.title, "heading": at.heading, "line": at.line});
        places.iter().map(place).collect()
    };
    let pieces = formula.pieces.iter().map(|piece| match piece {
        AlignedPiece::Both(text) => json!({"both": text}),
        AlignedPiece::Precedent(text) => json!({"precedent": text}),
        AlignedPiece::Asked(text) => json!({"asked": text}),
    });
    let near = formula.near.iter().map(|near| {
        json!({"likeness": near.likeness, "text": near.text, "places": places(&near.places)})
    });
    json!({
        "likeness": formula.likeness,
        "words_shared": formula.shared,
        "words_asked": formula.asked,
        "text": formula.text,
        "stretch": &formula.text[formula.stretch.clone()],
        "pieces": pieces.collect::<Vec<_>>(),
        "count": formula.places.len(),
        "places": places(&formula.places),
        "near": near.collect::<Vec<_>>(),
    })
}
