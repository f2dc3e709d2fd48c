//! `travaux counts`: what is open in drafts as files, or in the texts of a record over time.
//!
//! What is counted is decided by `travaux-text` and `travaux-negotiation`; this sets it in lines.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use travaux_negotiation::draft::{ChapterState, DraftCount, over_time};
use travaux_text::{BracketCounts, BracketedDraft};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Counts what is open: brackets, options, alternatives, words inside brackets, by chapter.
///
/// With files, each is read as a bracketed draft as it is found; nothing in it is refused. Brackets
/// are counted as characters: every [ and every ] there is, those of footnote marks and links
/// included. Words are counted by what they stand in: bracketed (inside brackets of text, or in an
/// option), clean, or in a paragraph that the draft itself marks "agreed ad ref.". What is clean is
/// never counted as agreed.
///
/// Without files, the texts of a record are counted, each as it stood on its last day before the
/// body: a chair's clean text counts as clean, and as agreed only what the record says was agreed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux counts draft.md
  travaux counts draft.md --json               # with the lines of brackets without a partner
  travaux counts first.md second.md --json     # {\"files\": [...]}, each as for one file
  travaux counts                               # the texts of the shipped case, one after the other
  travaux counts --record paris.travaux --json   # the same of another record

The JSON of one file has at its top `brackets_open`, `brackets_close`, `depth_max`, `options`,
`unbalanced` (the lines of brackets without a partner), further counts, `share`, `chapters` (one for each
heading, with the same counts) and `diagnostics`.")]
pub(crate) struct Args {
    /// The drafts, plain text or Markdown, or - for standard input; none counts over a record.
    #[arg(value_name = "FILE", conflicts_with_all = ["record", "practice", "with"])]
    files: Vec<PathBuf>,
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    if args.files.is_empty() {
        return of_record(args, streams);
    }
    let mut all = Vec::new();
    for file in &args.files {
        let input = Input::from(file.as_path());
        let source = input.draft()?;
        let draft = read(&input, &source)?;
        if args.json {
            all.push(json_of_file(&input, &draft));
        } else {
            streams.print(in_words(&input, &draft))?;
        }
    }
    match (args.json, all.len()) {
        (false, _) => {}
        (true, 1) => super::print_json(streams, &all.remove(0))?,
        (true, _) => super::print_json(streams, &json!({ "files": all }))?,
    }
    Ok(Outcome::Done)
}

/// Reads a draft; [`Input::draft`] has bounded its size.
pub(super) fn read<'t>(input: &Input, source: &'t str) -> Result<BracketedDraft<'t>, CommandError> {
    BracketedDraft::read(source)
        .map_err(|error| CommandError::input(format!("cannot read {input}: {error}")))
}

/// A share of a whole, to four places; nothing of nothing is nothing.
fn share(part: u64, whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^53")]
    let share = part as f64 / whole.max(1) as f64;
    (share * 10_000.0).round() / 10_000.0
}

fn json_of_counts(counts: &BracketCounts) -> Value {
    let mut value = serde_json::to_value(counts).expect("counts have string keys only");
    value["share"] = json!({
        "bracketed": share(counts.words_bracketed, counts.words),
        "clean_not_agreed": share(counts.words_clean, counts.words),
        "agreed": share(counts.words_agreed, counts.words),
    });
    value
}

fn json_of_file(input: &Input, draft: &BracketedDraft<'_>) -> Value {
    let mut value = json_of_counts(&draft.counts());
    let chapters = draft.chapters().into_iter().map(|chapter| {
        let mut value = json_of_counts(&chapter.counts);
        value["heading"] = json!(chapter.heading);
        value["level"] = json!(chapter.level);
        value["line"] = json!(chapter.line);
        value
    });
    value["file"] = json!(input.to_string());
    value["chapters"] = chapters.collect();
    value["diagnostics"] = draft
        .diagnostics()
        .iter()
        .take(DIAGNOSTICS_MAX)
        .map(|fault| json!({ "line": fault.line, "what": fault.to_string() }))
        .collect();
    value
}

/// How many faults are told in words in the JSON; `unbalanced` has every line.
const DIAGNOSTICS_MAX: usize = 10_000;
/// How many faults are listed; more are in the JSON.
const FAULTS_MAX: usize = 20;
/// How many chapters are listed; all are in the JSON.
const CHAPTERS_MAX: usize = 200;

fn in_words(input: &Input, draft: &BracketedDraft<'_>) -> String {
    let counts = draft.counts();
    let mut out = format!(
        "{input}\n  {} brackets open, {} close, {} deep; {} sets of alternatives, {} slashes\n  {} \
         options in {} sets, {} of them to say nothing; {} placeholders, {} attributions\n  {} words: \
         {} bracketed, {} clean and not agreed, {} marked as agreed\n",
        counts.brackets_open,
        counts.brackets_close,
        counts.depth_max,
        counts.alternatives,
        counts.slashes,
        counts.options,
        counts.option_sets,
        counts.no_text,
        counts.placeholders,
        counts.attributions,
        counts.words,
        counts.words_bracketed,
        counts.words_clean,
        counts.words_agreed,
    );
    let faults = draft.diagnostics();
    for fault in faults.iter().take(FAULTS_MAX) {
        writeln!(out, "  {fault}").expect("a string takes what is written");
    }
    if faults.len() > FAULTS_MAX {
        writeln!(out, "  and {} more (--json)", faults.len() - FAULTS_MAX)
            .expect("a string takes what is written");
    }
    let chapters = draft.chapters();
    if chapters.len() > 1 {
        let heads = ["brackets", "options", "bracketed", "clean", "agreed"];
        let rows = chapters.iter().take(CHAPTERS_MAX).map(|chapter| {
            let counts = &chapter.counts;
            let figures = [
                counts.brackets_open as u64,
                counts.options as u64,
                counts.words_bracketed,
                counts.words_clean,
                counts.words_agreed,
            ];
            let heading = if chapter.level == 0 { "(before)" } else { &chapter.heading };
            (heading.to_owned(), figures)
        });
        table(&mut out, heads, rows);
    }
    out
}

/// How wide the first column is, in characters.
const LABEL_WIDTH: usize = 44;

fn table(out: &mut String, heads: [&str; 5], rows: impl Iterator<Item = (String, [u64; 5])>) {
    let line = |out: &mut String, label: &str, cells: [String; 5]| {
        let mut label: String = label.chars().take(LABEL_WIDTH).collect();
        let pad = LABEL_WIDTH.saturating_sub(label.chars().count());
        label.extend(std::iter::repeat_n(' ', pad));
        write!(out, "  {label}").expect("a string takes what is written");
        for cell in cells {
            write!(out, "{cell:>11}").expect("a string takes what is written");
        }
        out.push('\n');
    };
    line(out, "", heads.map(str::to_owned));
    for (label, figures) in rows {
        line(out, &label, figures.map(|figure| figure.to_string()));
    }
}

fn of_record(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let counts = over_time(&seen.opened.record, &seen.view)
        .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
    if args.json {
        let drafts: Vec<Value> = counts.iter().map(json_of_draft).collect();
        let value = super::text::with_context(&seen, json!({ "drafts": drafts }));
        super::print_json(streams, &value)?;
        return Ok(Outcome::Done);
    }
    for count in &counts {
        let on = count.on.map_or_else(|| "as last recorded".to_owned(), |day| format!("on {day}"));
        let mut out = format!("{}, {}, {on}\n", count.symbol, count.title);
        if let Some(printed) = &count.printed {
            writeln!(
                out,
                "  as printed: {} brackets open, {} close, {} deep; {} options",
                printed.brackets_open, printed.brackets_close, printed.depth_max, printed.options
            )
            .expect("a string takes what is written");
        }
        let whole = ("the whole text".to_owned(), figures(&count.total));
        let parts = count.parts.iter().map(|part| {
            let label = if part.label.is_empty() { "title and preamble" } else { &part.label };
            (label.to_owned(), figures(&part.state))
        });
        let heads = ["brackets", "proposals", "bracketed", "clean", "agreed"];
        table(&mut out, heads, parts.chain([whole]));
        streams.print(out)?;
    }
    Ok(Outcome::Done)
}

fn figures(state: &ChapterState) -> [u64; 5] {
    [
        state.brackets as u64,
        state.proposals.len() as u64,
        state.words.bracketed,
        state.words.clean,
        state.words.agreed,
    ]
}

fn json_of_draft(count: &DraftCount) -> Value {
    let parts = count.parts.iter().map(|part| {
        let mut value = json_of_state(&part.state);
        value["heading"] = json!(part.label);
        value["provision"] = json!(part.state.chapter.as_ref().map(ToString::to_string));
        value
    });
    let mut value = json_of_state(&count.total);
    value["document"] = json!(count.document.as_str());
    value["symbol"] = json!(count.symbol);
    value["title"] = json!(count.title);
    value["issued"] = json!(count.basis.at.to_string());
    value["on"] = json!(count.on.map(|day| day.to_string()));
    value["adopted"] = json!(count.adopted);
    value["printed"] = json!(count.printed.as_ref().map(json_of_counts));
    value["chapters"] = parts.collect();
    value
}

fn json_of_state(state: &ChapterState) -> Value {
    let (words, provisions) = (&state.words, &state.provisions);
    let whole = words.bracketed + words.clean + words.agreed;
    json!({
        "brackets": state.brackets,
        "proposals": state.proposals.len(),
        "words": { "bracketed": words.bracketed, "clean_not_agreed": words.clean, "agreed": words.agreed },
        "provisions": {
            "bracketed": provisions.bracketed,
            "clean_not_agreed": provisions.clean,
            "agreed": provisions.agreed,
        },
        "share": {
            "bracketed": share(words.bracketed, whole),
            "clean_not_agreed": share(words.clean, whole),
            "agreed": share(words.agreed, whole),
        },
    })
}
