//! `travaux instruct`: an instruction becomes a proposal, and a proposal or an edit an instruction.
//!
//! What an instruction means is decided by `travaux-text`; this says it, and writes the entry.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use travaux_negotiation::draft::Proposal as Tabled;
use travaux_record::ProposalId;
use travaux_text::instruct::{Instructed, edited, instruction, understand};
use travaux_text::{
    Act, BracketedDraft, Change, IssuedText, Passage, Place, Proposal, ProposalKey, Provision,
    ProvisionId, RollingText, correspond_passages, issued_passages, redline,
};

use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::naming;
use crate::opened::{Seen, participant};
use crate::streams::Streams;
use crate::taken::{TextArgs, before_the_body};

/// Turns an instruction into a proposal, and a proposal or an edited text into the instruction.
///
/// An instruction is read in the wording of conference room papers: replace, insert, delete, move, merge,
/// add a new paragraph, with the place it is about. What was understood is said again in words that
/// leave no doubt, with a redline; for a record, the entry of the proposal is printed, ready for
/// `travaux record append`. Words that stand twice, or nowhere, are refused with the places that could
/// be meant; nothing is guessed and nothing is recorded.
///
/// The other way, --from writes the shortest instruction for a proposal on record, and --from-edit for
/// what changed from one file to another. Read again, it asks for the same, to the byte.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux instruct --practice 'In article 5, paragraph 2, replace \"state\" by \"specify\"'
  travaux instruct --practice --by SVL --key SVL-9 'Delete article 6, paragraph 3'
  travaux instruct --practice --at notice.1 'replace \"affected\" by \"concerned\"'
  travaux instruct --text draft.md 'In article 1, paragraph 2, replace \"annually\" by \"every year\"'
  travaux instruct --practice --from S2-16           # the instruction for a proposal on record
  travaux instruct --from-edit old.md new.md         # the instruction for an edit
  travaux instruct --record conference.travaux --entry 'In article 1, delete \"to the Parties\"' \\
    | travaux record append - --record conference.travaux --by SEC

The JSON is {\"understood\", \"notes\", \"changes\", \"redline\", \"entries\"}; with --from and --from-edit it has
\"instruction\" as well.")]
pub(crate) struct Args {
    /// The instruction, or - to read it from standard input.
    #[arg(required_unless_present_any = ["from", "from_edit"])]
    instruction: Option<String>,
    /// Write the instruction for this proposal, by its key.
    #[arg(long, value_name = "PROPOSAL", conflicts_with_all = ["instruction", "text", "at", "side", "by"])]
    from: Option<String>,
    /// Write the instruction for what changed from one file to another.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"],
        conflicts_with_all = ["instruction", "from", "text", "at", "side", "by", "record", "practice"])]
    from_edit: Option<Vec<PathBuf>>,
    /// Read the instruction against this draft instead of a record, plain text or Markdown.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "practice", "with", "side"])]
    text: Option<PathBuf>,
    /// The provision spoken of where the instruction names none: its id or its citation.
    #[arg(long, value_name = "PROVISION")]
    at: Option<String>,
    #[command(flatten)]
    taken: TextArgs,
    /// In whose name the proposal is made: a participant by key or name.
    #[arg(long, value_name = "PARTICIPANT", conflicts_with = "text")]
    by: Option<String>,
    /// The key of the proposal.
    #[arg(long, value_name = "KEY", default_value = "P-1")]
    key: String,
    /// Print nothing but the entries of the proposal, one a line.
    #[arg(long, conflicts_with_all = ["json", "text", "from", "from_edit"])]
    entry: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let key = ProposalKey::new(&args.key)?;
    if let Some(files) = &args.from_edit {
        return from_edit(args, &key, files, streams);
    }
    if let Some(proposal) = &args.from {
        return from_proposal(args, proposal, streams);
    }
    let written = match args.instruction.as_deref() {
        Some("-") => Input::Standard.text()?,
        Some(written) => written.to_owned(),
        None => String::new(),
    };
    if let Some(file) = &args.text {
        let text = text_of(&Input::from(file.as_path()))?;
        let at = match &args.at {
            Some(at) => Some(named_in(&text, at)?),
            None => None,
        };
        let read = read(&text, &key, at.as_ref(), &written)?;
        report(args, &Made { text, read, seen: None, entries: Vec::new() }, streams)?;
        return Ok(Outcome::Done);
    }
    let (seen, text) = args.taken.open(None, streams)?;
    let at = match &args.at {
        Some(at) => Some(naming::provision(&seen.negotiation, at)?),
        None => None,
    };
    let read = read(&text, &key, at.as_ref(), &written)?;
    let entries = entries(args, &seen, &read.changes)?;
    for id in agreed(&seen, &read.changes) {
        let cited = seen.negotiation.draft.citation(&id).words;
        streams.remark(format_args!("note: {cited} was agreed; the body would have to reopen it"));
    }
    report(args, &Made { text, read, seen: Some(&seen), entries }, streams)?;
    Ok(Outcome::Done)
}

/// A proposal made of an instruction, and the text it is about.
struct Made<'s> {
    text: IssuedText,
    read: Instructed,
    seen: Option<&'s Seen>,
    entries: Vec<Value>,
}

fn read(
    text: &IssuedText,
    key: &ProposalKey,
    at: Option<&ProvisionId>,
    written: &str,
) -> Result<Instructed, CommandError> {
    understand(text, key, at, written)
        .map_err(|error| CommandError::input(&error).hints(error.hints()))
}

/// Reads a draft as a text.
fn text_of(input: &Input) -> Result<IssuedText, CommandError> {
    let source = input.draft()?;
    let draft = BracketedDraft::read(&source).map_err(CommandError::input)?;
    let provisions = draft.provisions().into_iter().map(|one| {
        // A draft prints "2."; the number is 2.
        let number = one.provision.number.trim_end_matches('.').to_owned();
        Provision { number, ..one.provision }
    });
    let provisions = provisions.collect();
    IssuedText::new(provisions).map_err(|error| CommandError::input(&error).hint(error.hint()))
}

fn named_in(text: &IssuedText, id: &str) -> Result<ProvisionId, CommandError> {
    let found = text.provisions().iter().find(|one| one.id.as_str() == id);
    found.map(|one| one.id.clone()).ok_or_else(|| {
        let names = text.provisions().iter().map(|one| one.id.as_str());
        let error =
            CommandError::input(format!("cannot find {id:?}: the draft has none of that id"));
        crate::nearest::hint(error, id, "provisions", names)
    })
}

/// Lists the provisions touched that the body had agreed.
fn agreed(seen: &Seen, changes: &[Change]) -> BTreeSet<ProvisionId> {
    let touched = changes.iter().filter(|change| !matches!(change.act, Act::Add { .. }));
    touched
        .map(|change| change.target.clone())
        .filter(|id| seen.negotiation.draft.agreement(id).is_some())
        .collect()
}

/// Writes the entries that table the proposal, and name its sponsor.
fn entries(args: &Args, seen: &Seen, changes: &[Change]) -> Result<Vec<Value>, CommandError> {
    let base = before_the_body(seen)?;
    let known = seen.negotiation.draft.proposal(&ProposalId::new(&args.key));
    if let Some(known) = known {
        return Err(CommandError::input(format!(
            "cannot call the proposal {:?}: {} is called so",
            args.key, known.label
        ))
        .hint("give it a key of its own: --key KEY"));
    }
    let day = seen.view.as_of.or_else(|| seen.negotiation.changes.last_day());
    let day = day.unwrap_or_else(|| base.basis.at.counts_from()).to_string();
    let mut entries = vec![json!({
        "at": day,
        "fact": {
            "kind": "proposal_tabled",
            "proposal": args.key,
            "document": base.document,
            "label": args.key,
            "changes": changes,
            "standing": "authentic",
        },
    })];
    if let Some(by) = &args.by {
        let by = participant(&seen.opened.record, by, "propose in the name of")?;
        entries.push(json!({
            "at": day,
            "fact": { "kind": "sponsor_joined", "proposal": args.key, "participant": by },
        }));
    }
    Ok(entries)
}

fn report(args: &Args, made: &Made<'_>, streams: &mut Streams) -> Result<(), CommandError> {
    if args.entry {
        for entry in &made.entries {
            streams.print(format!("{entry}\n"))?;
        }
        return Ok(());
    }
    if args.json {
        return super::print_json(streams, &json_of(made));
    }
    let mut lines = String::from("Understood\n");
    for line in &made.read.understood {
        _ = writeln!(lines, "  {line}");
    }
    lines.push_str("\nRedline\n");
    for (cited, marked) in redlines(made) {
        _ = writeln!(lines, "  {cited}\n    {}", marked.replace('\n', "\n    "));
    }
    if !made.entries.is_empty() {
        lines.push_str("\nEntries for `travaux record append`\n");
    }
    streams.say(&lines)?;
    for entry in &made.entries {
        streams.print(format!("{entry}\n"))?;
    }
    for note in &made.read.notes {
        streams.remark(format_args!("note: {note}"));
    }
    if made.seen.is_some() {
        streams.remark("nothing is recorded");
    }
    Ok(())
}

fn json_of(made: &Made<'_>) -> Value {
    let redlines = redlines(made).into_iter();
    let value = json!({
        "understood": made.read.understood,
        "notes": made.read.notes,
        "changes": made.read.changes,
        "redline": redlines
            .map(|(cited, marked)| json!({ "cited": cited, "redline": marked }))
            .collect::<Vec<_>>(),
        "entries": made.entries,
    });
    match made.seen {
        Some(seen) => with_context(seen, value),
        None => value,
    }
}

/// Shows what each change does, by citation.
fn redlines(made: &Made<'_>) -> Vec<(String, String)> {
    let cite = |id: &ProvisionId| match made.seen {
        Some(seen) => seen.negotiation.draft.citation(id).words,
        None => cited_in(&made.text, id),
    };
    let mut rows = Vec::new();
    for change in &made.read.changes {
        let own = made.text.provision(&change.target);
        let cited = cite(&change.target);
        let marked = |old: &str, new: &str| redline(old, new).notation();
        rows.push(match &change.act {
            Act::Replace { text } | Act::Editorial { text } => {
                (cited, marked(own.map_or("", |own| &own.text), text))
            }
            Act::Retitle { heading } => {
                let old = own.map_or("", |own| &own.heading);
                (format!("the title of {cited}"), marked(old, heading))
            }
            Act::Suppress => {
                let below = made.text.subtree(&change.target);
                let text: Vec<String> =
                    below.iter().map(set).filter(|set| !set.is_empty()).collect();
                (cited, marked(&text.join("\n"), ""))
            }
            Act::NoChange => (cited, "(no change)".to_owned()),
            Act::Transfer { place } => (cited, format!("(to stand {})", placed(place, cite))),
            Act::Add { place, kind, number, heading, text } => {
                let words: Vec<&str> = [number, heading, text]
                    .into_iter()
                    .map(String::as_str)
                    .filter(|words| !words.is_empty())
                    .collect();
                let cited = format!("new {kind} {number}, {}", placed(place, cite));
                (cited.replace(" ,", ","), marked("", &words.join(" ")))
            }
        });
    }
    rows
}

fn placed(place: &Place, cite: impl Fn(&ProvisionId) -> String) -> String {
    match place {
        Place::After(id) => format!("after {}", cite(id)),
        Place::FirstUnder(id) => format!("first under {}", cite(id)),
    }
}

fn set(provision: &Provision) -> String {
    let words = [&provision.number, &provision.heading, &provision.text];
    let words: Vec<&str> =
        words.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

/// Cites a provision of a draft by rank and number.
fn cited_in(text: &IssuedText, id: &ProvisionId) -> String {
    let Some(own) = text.provision(id) else { return format!("`{id}`") };
    let chain: Vec<&Provision> = std::iter::once(own).chain(text.ancestors(id)).collect();
    let named = chain.iter().rev().filter(|one| !one.number.is_empty());
    let named: Vec<String> = named.map(|one| format!("{} {}", one.kind, one.number)).collect();
    if own.number.is_empty() { format!("`{id}`") } else { named.join(", ") }
}

fn from_proposal(
    args: &Args,
    written: &str,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let seen = args.taken.view.see()?;
    streams.remark(&seen);
    let draft = &seen.negotiation.draft;
    let Some(proposal) = draft.proposal(&ProposalId::new(written)) else {
        let names = draft.proposals().map(|proposal| proposal.id.as_str());
        let error = CommandError::input(format!(
            "cannot write an instruction for {written:?}: no proposal of that key was tabled in {} \
             up to this date",
            seen.opened.name
        ));
        return Err(crate::nearest::hint(error, written, "proposals", names));
    };
    if let Some(standing) = naming::standing(proposal.standing) {
        streams.remark(format_args!("note: {}: {standing}", proposal.label));
    }
    let text = text_under(&seen, proposal)?;
    let key = ProposalKey::new(proposal.id.as_str())?;
    let written = instruction(&text, &key, &proposal.changes);
    let written = written.map_err(|error| {
        CommandError::input(error)
            .hint("name a date on which the proposal was before the body: --as-of DATE")
    })?;
    print_instruction(args, &written, &proposal.changes, streams)
}

/// Returns the text that a proposal is made on, with what others add to it.
fn text_under(seen: &Seen, proposal: &Tabled) -> Result<IssuedText, CommandError> {
    let draft = &seen.negotiation.draft;
    let Some(base) = draft.base_of(&proposal.document) else {
        return Ok(before_the_body(seen)?.text.clone());
    };
    let mut text = RollingText::new(base.text.clone());
    let mut keys = Vec::new();
    for (order, other) in (0..).zip(draft.proposals()) {
        let additions = other.changes.iter().filter(|change| matches!(change.act, Act::Add { .. }));
        let additions: Vec<Change> = additions.cloned().collect();
        let is_beside = other.id != proposal.id && other.document == proposal.document;
        if is_beside && !additions.is_empty() {
            let key = ProposalKey::new(other.id.as_str())?;
            text.table(key.clone(), Proposal::new(order, additions));
            keys.push(key);
        }
    }
    Ok(text.side(&keys).preferring(&keys))
}

fn from_edit(
    args: &Args,
    key: &ProposalKey,
    files: &[PathBuf],
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let [old, new] = files else {
        return Err(CommandError::usage("cannot compare files: two are needed"));
    };
    let (old, new) = (text_of(&Input::from(old.as_path()))?, text_of(&Input::from(new.as_path()))?);
    let new = followed(&old, &new)?;
    let changes = edited(&old, &new, key);
    if changes.is_empty() {
        streams.remark("the files do not differ but in numbers and layout");
    }
    let written = instruction(&old, key, &changes).map_err(CommandError::input)?;
    print_instruction(args, &written, &changes, streams)
}

/// Returns the edited text with the ids of the provisions that its own became of.
fn followed(old: &IssuedText, new: &IssuedText) -> Result<IssuedText, CommandError> {
    let passages = (issued_passages(old), issued_passages(new));
    // What stands in the same words once in each is the same; the rest is told by likeness.
    let mut became: BTreeMap<&ProvisionId, &ProvisionId> = BTreeMap::new();
    let once = |all: &[Passage<'_>], words: &str| {
        all.iter().filter(|passage| passage.words == words).count() == 1
    };
    for own in &passages.0 {
        let twin = passages.1.iter().find(|its| its.words == own.words);
        let is_one = once(&passages.0, &own.words) && once(&passages.1, &own.words);
        if let Some((its, id)) = twin.filter(|_| is_one).and_then(|its| its.id.zip(own.id)) {
            became.insert(its, id);
        }
    }
    for one in correspond_passages(&passages.0, &passages.1) {
        if let ([old], [new]) = (&one.old[..], &one.new[..])
            && let (Some(own), Some(its)) = (passages.0[*old].id, passages.1[*new].id)
            && !became.contains_key(its)
            && !became.values().any(|id| **id == *own)
        {
            became.insert(its, own);
        }
    }
    // What has no words of its own, as an article without a title, is known by its number alone.
    let is_wordless = |id: &ProvisionId| {
        let is_empty = |one: &Provision| one.text.is_empty() && one.heading.is_empty();
        new.provision(id).is_some_and(is_empty) && old.provision(id).is_some_and(is_empty)
    };
    let name = |id: &ProvisionId| match became.get(id) {
        Some(own) => (*own).clone(),
        None if is_wordless(id) => id.clone(),
        None => ProvisionId::new(format!("new:{id}")),
    };
    let provisions = new.provisions().iter().map(|one| Provision {
        id: name(&one.id),
        parent: one.parent.as_ref().map(name),
        ..one.clone()
    });
    IssuedText::new(provisions.collect())
        .map_err(|error| CommandError::input(&error).hint(error.hint()))
}

fn print_instruction(
    args: &Args,
    written: &str,
    changes: &[Change],
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    if args.json {
        let lines: Vec<&str> = written.lines().collect();
        let value = json!({ "instruction": written, "understood": lines, "changes": changes });
        super::print_json(streams, &value)?;
    } else {
        streams.print_lines(written)?;
    }
    Ok(Outcome::Done)
}
