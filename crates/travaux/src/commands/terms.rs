//! `travaux terms`: what a text defines and uses, which terms compete, and one proposal to settle them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use travaux_text::IssuedText;
use travaux_text::terms::{Competing, Families, Vocabulary, resolve_term};

use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::Seen;
use crate::streams::Streams;
use crate::taken::{TextArgs, before_the_body};

/// Lists the terms of a text: defined, used without definition, and competing for one thing.
///
/// Terms that compete are data (catalogue/terms.md); they are counted in the text before the body and on
/// every side that words a provision otherwise. With --resolve and --to, one proposal that puts the second
/// term for the first everywhere is printed as an entry for `travaux record append`; nothing is recorded.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux terms                                     # the shipped case on 21 April 2023
  travaux terms --as-of latest
  travaux terms draft.md                            # a draft in a file
  travaux terms --resolve \"computer data\" --to \"electronic data\" --key TERMS-1
  travaux terms --record conference.travaux --resolve bank --to shore \\
    | travaux record append - --record conference.travaux --by SEC")]
pub(crate) struct Args {
    /// A draft to read instead of a record, plain text or Markdown, or - for standard input.
    #[arg(value_name = "FILE", conflicts_with_all = ["record", "practice", "with", "side"])]
    file: Option<PathBuf>,
    #[command(flatten)]
    text: TextArgs,
    /// The term to be replaced wherever it stands.
    #[arg(long, value_name = "TERM", requires = "to")]
    resolve: Option<String>,
    /// The term to stand in its place.
    #[arg(long, value_name = "TERM", requires = "resolve")]
    to: Option<String>,
    /// The key of the proposal that is printed.
    #[arg(long, default_value = "TERMS-1", requires = "resolve")]
    key: String,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let (seen, text) = args.text.open(args.file.as_deref(), streams)?;
    if let (Some(from), Some(to)) = (&args.resolve, &args.to) {
        return resolve(args, &seen, &text, (from, to), streams);
    }
    let vocabulary = vocabulary(&seen, &text);
    let mut competing = Families::shipped().count(seen.negotiation.draft.text());
    competing.retain(|one| !one.uses.is_empty());
    if args.json {
        let json = with_context(&seen, json_of(&vocabulary, &competing));
        super::print_json(streams, &json)?;
    } else {
        streams.print_lines(&lines(&seen, &vocabulary, &competing))?;
    }
    Ok(Outcome::Done)
}

/// Reads the terms of a text, asking also for those that any text issued so far defines.
fn vocabulary(seen: &Seen, text: &IssuedText) -> Vocabulary {
    let defined: BTreeSet<String> = seen
        .negotiation
        .draft
        .bases()
        .flat_map(|base| Vocabulary::of(&base.text, []).definitions)
        .map(|one| one.term)
        .collect();
    Vocabulary::of(text, defined.iter().map(String::as_str))
}

/// Prints one proposal with all the changes.
fn resolve(
    args: &Args,
    seen: &Seen,
    text: &IssuedText,
    (from, to): (&str, &str),
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let changed = resolve_term(text, from, to);
    if changed.changes.is_empty() {
        return Err(CommandError::input(format!(
            "cannot resolve {from:?}: it stands nowhere in this text"
        ))
        .hint("`travaux terms` lists the terms in use"));
    }
    let draft = &seen.negotiation.draft;
    for at in &changed.definitions {
        let cited = draft.citation(at).words;
        streams
            .remark(format_args!("note: {cited} defines the term, and is changed with the rest"));
    }
    let touched: BTreeSet<_> = changed.changes.iter().map(|change| &change.target).collect();
    for id in touched.iter().filter(|id| draft.agreement(id).is_some()) {
        let cited = draft.citation(id).words;
        streams.remark(format_args!("note: {cited} was agreed; the body would have to reopen it"));
    }
    streams.remark(format_args!(
        "replaces it {} times in {} provisions; nothing is recorded",
        changed.count,
        touched.len()
    ));
    let base = before_the_body(seen)?;
    let day = seen.view.as_of.or_else(|| seen.negotiation.changes.last_day());
    let day = day.unwrap_or_else(|| base.basis.at.counts_from());
    let entry = json!({
        "at": day.to_string(),
        "fact": {
            "kind": "proposal_tabled",
            "proposal": args.key,
            "document": base.document,
            "label": args.key,
            "changes": changed.changes,
            "standing": "authentic",
            "note": format!("Puts \"{to}\" for \"{from}\" throughout."),
        },
    });
    streams.print(format!("{entry}\n"))?;
    Ok(Outcome::Done)
}

fn lines(seen: &Seen, vocabulary: &Vocabulary, competing: &[Competing]) -> String {
    let cite = |id| seen.negotiation.draft.citation(id).words;
    let mut lines = String::from("Defined\n");
    for one in &vocabulary.definitions {
        let used = match one.uses.len() {
            0 => "NOT USED".to_owned(),
            count if one.is_used_in_definitions_only => {
                format!("used {count} times, in definitions only")
            }
            count => format!("used {count} times"),
        };
        _ = writeln!(lines, "  {} ({}): {used}", one.term, cite(&one.at));
    }
    if vocabulary.definitions.is_empty() {
        lines.push_str("  nothing\n");
    }
    lines.push_str("\nUsed and not defined here, though defined in another text or quoted\n");
    for one in &vocabulary.undefined {
        let first = one.uses.first().map(|(at, _)| cite(at)).unwrap_or_default();
        _ = writeln!(lines, "  {}: {} times, first in {first}", one.term, one.uses.len());
    }
    if vocabulary.undefined.is_empty() {
        lines.push_str("  nothing\n");
    }
    lines.push_str("\nCompeting\n");
    for one in competing {
        _ = writeln!(lines, "  {} ({})", one.family.key, one.family.why);
        for (term, count) in one.in_base().into_iter().enumerate() {
            let provisions = one.provisions(term).len();
            let sides: BTreeSet<&str> = one
                .uses
                .iter()
                .filter(|found| found.term == term && found.reader.as_str() != "base")
                .map(|found| found.reader.as_str())
                .collect();
            if count == 0 && sides.is_empty() {
                continue;
            }
            let term = &one.family.terms[term];
            _ = write!(lines, "    {term}: {count} times in {provisions} provisions");
            if !sides.is_empty() {
                let sides: Vec<&str> = sides.into_iter().collect();
                _ = write!(lines, "; also on the sides of {}", sides.join(", "));
            }
            lines.push('\n');
        }
    }
    lines
}

fn json_of(vocabulary: &Vocabulary, competing: &[Competing]) -> Value {
    let uses = |uses: &[(travaux_text::ProvisionId, std::ops::Range<usize>)]| -> Vec<Value> {
        uses.iter()
            .map(|(at, range)| json!({ "at": at, "bytes": [range.start, range.end] }))
            .collect()
    };
    let defined = vocabulary.definitions.iter().map(|one| {
        json!({
            "term": one.term,
            "at": one.at,
            "bytes": [one.range.start, one.range.end],
            "uses": uses(&one.uses),
            "in_definitions_only": one.is_used_in_definitions_only,
        })
    });
    let undefined =
        vocabulary.undefined.iter().map(|one| json!({ "term": one.term, "uses": uses(&one.uses) }));
    let families = competing.iter().map(|one| {
        let found = one.uses.iter().map(|found| {
            let bytes: Vec<[usize; 2]> =
                found.ranges.iter().map(|range| [range.start, range.end]).collect();
            json!({
                "at": found.at,
                "term": one.family.terms[found.term],
                "reader": found.reader.as_str(),
                "bytes": bytes,
            })
        });
        json!({
            "family": one.family.key,
            "why": one.family.why,
            "terms": one.family.terms,
            "in_base": one.in_base(),
            "uses": found.collect::<Vec<_>>(),
        })
    });
    json!({
        "defined": defined.collect::<Vec<_>>(),
        "undefined": undefined.collect::<Vec<_>>(),
        "unused": vocabulary.unused().map(|one| &one.term).collect::<Vec<_>>(),
        "competing": families.collect::<Vec<_>>(),
    })
}
