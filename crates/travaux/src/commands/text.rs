//! `travaux text`: the whole text as of a date: with its brackets, or as one side would have it.
//!
//! The brackets and the sides are those of `travaux-text`; this sets them in lines.

use std::path::PathBuf;

use serde_json::{Value, json};
use travaux_negotiation::draft::{Base, Proposal};
use travaux_negotiation::{ReadSide, SideError, Whose};
use travaux_record::ProposalId;
use travaux_text::{
    Merge, Merged, Origin, Position, ProposalKey, ProvisionId, RollingProvision, RollingText, Side,
    TextState,
};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;

/// Prints the whole text: with its brackets, or as one side would have it.
///
/// Alternatives stand side by side in square brackets, each with those who tabled it, in English
/// alphabetical order; words that nobody tabled carry their label ("Alternative 2"). With the words
/// of the text before the body only those are named who ask that nothing change. Alternatives to the
/// whole of a provision stand one after the other as options. Three states are never confused:
/// bracketed, clean but not agreed, and agreed ad referendum, which is marked; so is what was
/// approved or adopted as a whole.
///
/// With --side, only the open proposals of one side are taken: one proposal, or all that a
/// participant sponsors. With --plain they are taken up, and the text stands without brackets;
/// where they do not compose, the earlier prevails in the text, and after it every reading of the
/// provisions concerned is given, with the reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux text                                  # the shipped case on 21 April 2023
  travaux text --as-of 2024-05-31               # the same a year later
  travaux text --practice --side SVL --plain    # how a delegation would have the text read
  travaux text --plain                          # the text before the body, no proposal taken up
  travaux text --json                           # all of it as data
  travaux text draft.md --reprint               # a draft as read, back to the byte

With --reprint, a bracketed draft is read from a file into the tree of its brackets, and the tree is
printed: whatever the file holds, its bytes come back.")]
pub(crate) struct Args {
    /// A draft to read instead of a record, plain text or Markdown, or - for standard input.
    #[arg(value_name = "FILE", requires = "reprint", conflicts_with_all = ["record", "practice", "with", "side", "plain", "json"])]
    file: Option<PathBuf>,
    /// Print the tree of the draft in FILE back.
    #[arg(long, requires = "file")]
    reprint: bool,
    #[command(flatten)]
    view: ViewArgs,
    /// Whose text: a proposal by its key, or a participant by its key or name.
    #[arg(long, value_name = "PROPOSAL|PARTICIPANT")]
    side: Option<String>,
    /// Without brackets: what the side asks is taken up.
    #[arg(long)]
    plain: bool,
    /// The text before the body in another official language, by code or name: ar, zh, en, fr, ru, es.
    /// What has no version stands in the language of drafting, and what lags says so.
    #[arg(long, value_name = "LANGUAGE", conflicts_with_all = ["side", "plain", "file"])]
    language: Option<String>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    if let Some(file) = args.file.as_ref().filter(|_| args.reprint) {
        let input = Input::from(file.as_path());
        let source = input.draft()?;
        streams.print(super::counts::read(&input, &source)?.reprint())?;
        return Ok(Outcome::Done);
    }
    let seen = args.view.see()?;
    streams.remark(&seen);
    let draft = &seen.negotiation.draft;
    let Some(base) = draft.base() else {
        return Err(CommandError::input(format!(
            "cannot show the text: {} has no text before the body on this date",
            seen.opened.name
        ))
        .hint("name a later date with --as-of; `travaux record list` shows what was issued when"));
    };
    caution(&seen, base, streams);
    if let Some(written) = &args.language {
        let language = super::language::language(&seen, written, streams)?;
        if args.json {
            super::print_json(streams, &super::language::text_json(&seen, language))?;
        } else {
            streams.print(super::language::text(&seen, language))?;
        }
        return Ok(Outcome::Done);
    }
    open_ends(&seen, base, streams);
    official(base, streams);
    match &args.side {
        None if args.plain && !args.json && base.official.is_some() => {
            streams.print(draft.text_read().side([]).preferring([]).plain())?;
        }
        None if args.plain => plain(args, &seen, &draft.text().side([]), None, streams)?,
        None => bracketed(args, &seen, &draft.text_read(), streams)?,
        Some(written) => one_side(args, &seen, written, streams)?,
    }
    Ok(Outcome::Done)
}

/// Says what the text is, and what it is not.
fn caution(seen: &Seen, base: &Base, streams: &Streams) {
    streams.remark(format_args!("text: {} ({})", base.symbol, base.title));
    if let Some(standing) = naming::standing(base.standing) {
        streams.remark(format_args!("note: {standing}"));
    }
    let opened = seen.negotiation.process.opened();
    if let Some(caution) = opened.and_then(|opened| opened.fact.caution.as_ref()) {
        streams.remark(format_args!("note: {caution}"));
    }
}

/// Says whose words are shown where a reader has laid official words over a paraphrase.
fn official(base: &Base, streams: &Streams) {
    let Some(official) = &base.official else { return };
    let with_words = official.words.values().filter(|words| !words.text.is_empty()).count();
    streams.remark(format_args!(
        "note: {with_words} provisions have the official words of {}, laid over the text on this \
         machine from {}; {} have none, and {} passages were not matched (`travaux attach` lists them)",
        base.symbol,
        official.source,
        official.missing.len(),
        official.unmatched.len()
    ));
}

/// Says what the new text leaves open: proposals on earlier ones, and what it dropped unasked.
fn open_ends(seen: &Seen, base: &Base, streams: &Streams) {
    let draft = &seen.negotiation.draft;
    let awaiting: Vec<&str> =
        draft.undecided_proposals().map(|proposal| proposal.label.as_str()).collect();
    if !awaiting.is_empty() {
        streams.remark(format_args!(
            "note: made on an earlier text and awaiting a decision: {}",
            some_of(&awaiting)
        ));
    }
    let dropped: Vec<String> = base.dropped_unasked().map(|id| draft.citation(id).words).collect();
    if !dropped.is_empty() {
        let dropped: Vec<&str> = dropped.iter().map(String::as_str).collect();
        streams.remark(format_args!(
            "note: in the text before this one and not in it, though no proposal or decision on \
             record asks for that: {}",
            some_of(&dropped)
        ));
    }
}

/// Lists the first few, and how many there are besides.
fn some_of(all: &[&str]) -> String {
    const NAMED_MAX: usize = 5;
    let named = all[..all.len().min(NAMED_MAX)].join(", ");
    match all.len().saturating_sub(NAMED_MAX) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// Prints the text as one side would have it, or with its brackets alone.
fn one_side(
    args: &Args,
    seen: &Seen,
    written: &str,
    streams: &mut Streams,
) -> Result<(), CommandError> {
    let draft = &seen.negotiation.draft;
    let read = match seen.negotiation.side(written) {
        Ok(read) => read,
        Err(SideError::NotOnTheTable { proposal, status }) => {
            let error = SideError::NotOnTheTable { proposal: proposal.clone(), status };
            let proposal = draft.proposal(&proposal).filter(|proposal| fell_at_once(proposal));
            return match proposal.and_then(|p| Some((p, draft.base_of(&p.document)?))) {
                Some((proposal, base)) => at_its_time(args, seen, (proposal, base), streams),
                None => Err(not_open(seen, written, &error)),
            };
        }
        Err(error) => return Err(naming::unknown_side(&seen.negotiation, written, &error)),
    };
    for proposal in &read.proposals {
        if let Some(standing) = naming::standing(proposal.standing) {
            streams.remark(format_args!("note: {}: {standing}", proposal.label));
        }
    }
    if let (Whose::Participant(participant), []) = (&read.whose, &read.proposals[..]) {
        streams.remark(format_args!(
            "note: {} sponsors no proposal that is open on this date, so this is the text before \
             the body",
            seen.negotiation.process.name(participant)
        ));
    }
    if args.plain {
        return plain(args, seen, &read.side, Some(&read), streams);
    }
    // Only this side's proposals on the text: its brackets are what it would change.
    let is_own = |key: &ProposalKey| read.proposals.iter().any(|p| p.id.as_str() == key.as_str());
    let own = draft.text().proposals().filter(|(key, _)| is_own(key));
    let own = RollingText::with_proposals(
        draft.text().base().clone(),
        own.map(|(key, proposal)| (key.clone(), proposal.clone())),
    );
    bracketed(args, seen, &own, streams)
}

/// Reports whether a proposal was decided on the day it was tabled: it is open at the end of none.
fn fell_at_once(proposal: &Proposal) -> bool {
    let tabled = proposal.tabled().at.counts_from();
    proposal.life.iter().all(|event| event.basis.at.counts_from() == tabled)
}

/// Prints the side of a proposal that is open at the end of no day, on the text it was made on.
fn at_its_time(
    args: &Args,
    seen: &Seen,
    (proposal, base): (&Proposal, &Base),
    streams: &mut Streams,
) -> Result<(), CommandError> {
    streams.remark(format_args!(
        "note: {} was tabled and decided on one day; it is shown on the text it was made on, {}",
        proposal.label, base.symbol
    ));
    let key = ProposalKey::new(proposal.id.as_str())?;
    let side = travaux_text::Proposal::new(0, proposal.changes.to_vec());
    let rolling = RollingText::with_proposals(base.text.clone(), [(key.clone(), side)]);
    if args.plain {
        plain(args, seen, &rolling.side([&key]), None, streams)
    } else {
        bracketed(args, seen, &rolling, streams)
    }
}

fn not_open(seen: &Seen, written: &str, error: &SideError) -> CommandError {
    let proposal = seen.negotiation.draft.proposal(&ProposalId::new(written));
    let tabled = proposal.map(|proposal| proposal.tabled().at);
    CommandError::input(error)
        .hint(error.hint())
        .hints(tabled.map(|at| format!("it was tabled on {at}: --as-of {at}")))
}

/// Prints a side without brackets. `read` says more of it where somebody's is meant.
fn plain(
    args: &Args,
    seen: &Seen,
    side: &Side<'_>,
    read: Option<&ReadSide<'_>>,
    streams: &mut Streams,
) -> Result<(), CommandError> {
    for said in read.iter().flat_map(|read| read.clashes().into_iter().chain(read.left_out())) {
        streams.remark(format_args!("note: {said}"));
    }
    if !side.composes() {
        streams.remark("note: these proposals do not compose: every reading is given");
    }
    if args.json {
        return super::print_json(streams, &json_of_side(seen, side));
    }
    let text = match (read, side.text()) {
        (Some(read), _) => read.plain(),
        (None, Some(text)) => text.plain(),
        (None, None) => side.preferring([]).plain(),
    };
    streams.print(text)
}

fn json_of_side(seen: &Seen, side: &Side<'_>) -> Value {
    let provisions = side.provisions();
    let provisions: Vec<Value> = provisions
        .iter()
        .map(|provision| {
            let readings = provision.readings.iter().map(|reading| match &reading.wording {
                Some(words) => json!({
                    "by": names(&reading.by), "heading": words.heading, "text": words.text,
                }),
                None => json!({ "by": names(&reading.by), "deleted": true }),
            });
            json!({
                "id": provision.id.as_str(),
                "kind": provision.kind,
                "number": provision.number,
                "readings": readings.collect::<Vec<_>>(),
            })
        })
        .collect();
    with_context(
        seen,
        json!({
                "composes": side.composes(),
            "provisions": provisions,
        }),
    )
}

fn bracketed(
    args: &Args,
    seen: &Seen,
    rolling: &RollingText,
    streams: &mut Streams,
) -> Result<(), CommandError> {
    for diagnosis in rolling.diagnoses() {
        streams.remark(format_args!("note: {diagnosis} ({})", diagnosis.hint()));
    }
    if args.json {
        let provisions: Vec<Value> = rolling
            .provisions()
            .filter(|met| met.position() == Position::Standing)
            .map(|met| json_of(seen, &met))
            .collect();
        return super::print_json(
            streams,
            &with_context(seen, json!({ "provisions": provisions })),
        );
    }
    streams.say(&rolling.un_text(&seen.negotiation.labels()))
}

/// Adds to what is printed which record it comes from, and who saw it when.
pub(super) fn with_context(seen: &Seen, mut value: Value) -> Value {
    let base = seen.negotiation.draft.base();
    let opened = seen.negotiation.process.opened();
    value["record"] = json!(seen.opened.name);
    value["as_of"] = json!(seen.view.as_of.map(|day| day.to_string()));
    value["document"] = json!(base.map(|base| &base.symbol));
    value["standing"] = json!(base.map(|base| base.standing));
    value["caution"] = json!(opened.and_then(|opened| opened.fact.caution.clone()));
    value
}

/// A provision with all that is asked of it.
pub(super) fn json_of(seen: &Seen, met: &RollingProvision<'_>) -> Value {
    let state = seen.negotiation.draft.state(met.id());
    let decided = state.map(travaux_negotiation::draft::ProvisionState::words);
    let state = state.map(|state| match state.status.state {
        TextState::Bracketed => "bracketed",
        TextState::CleanNotAgreed => "clean_not_agreed",
        TextState::AgreedAdReferendum => "agreed_ad_referendum",
    });
    json!({
        "id": met.id().as_str(),
        "parent": met.parent().map(ProvisionId::as_str),
        "kind": met.kind(),
        "number": met.number(),
        "state": state,
        "state_in_words": decided,
        "note": seen.negotiation.notes(met.id()),
        "brackets_asked_by": brackets_asked_by(seen, met.id()),
        "heading": merged(met.heading()),
        "text": merged(met.text()),
        "added_by": match met.origin() {
            Origin::Base => None,
            Origin::Added { by, .. } => Some(by.as_str()),
        },
        "suppressed_by": met.suppressed_by().map(ProposalKey::as_str).collect::<Vec<_>>(),
        "no_change_by": met.no_change_by().map(ProposalKey::as_str).collect::<Vec<_>>(),
        "transferred_by": met.transfers().map(|(key, _)| key.as_str()).collect::<Vec<_>>(),
    })
}

/// Who asked for brackets that stand on a provision, each once, in order of date.
fn brackets_asked_by<'a>(seen: &'a Seen, id: &'a ProvisionId) -> Vec<&'a str> {
    let requests = seen.negotiation.draft.requests(id);
    let mut asked: Vec<&str> = Vec::new();
    for who in requests.flat_map(|request| &request.participants) {
        if !asked.contains(&who.as_str()) {
            asked.push(who.as_str());
        }
    }
    asked
}

/// A merge as `travaux merge --json` prints it.
fn merged(merge: &Merge) -> Value {
    serde_json::from_str(&Merged::of(merge).to_json()).expect("a merge is written as JSON")
}

fn names(keys: &[ProposalKey]) -> Vec<&str> {
    keys.iter().map(ProposalKey::as_str).collect()
}
