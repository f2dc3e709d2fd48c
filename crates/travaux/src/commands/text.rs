//! `travaux text`: the whole text as of a date: with its brackets, or as one side would have it.
//!
//! The brackets and the sides are those of `travaux-text`; this sets them in lines.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use travaux_negotiation::Negotiation;
use travaux_negotiation::draft::{Base, Proposal};
use travaux_record::ProposalId;
use travaux_text::{
    IssuedText, Merge, Merged, Origin, Position, ProposalKey, Provision, ProvisionId,
    ProvisionKind, RollingProvision, RollingText, Side, SideProvision, TextState, Wording,
};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming::{self, Whose};
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;

/// Prints the whole text: with its brackets, or as one side would have it.
///
/// Alternatives stand side by side in square brackets, each with those in whose name it stands;
/// words that nobody tabled carry their label ("Alternative 2"). Three states are never confused:
/// bracketed, clean but not agreed, and agreed ad referendum, which is marked.
///
/// With --side, only the open proposals of one side are taken: one proposal, or all that a
/// participant sponsors. With --plain they are taken up, and the text stands without brackets;
/// where they do not compose, every reading is given, each under a line that says whose it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux text                                    the shipped case on 21 April 2023
  travaux text --as-of 2024-05-31                 the same a year later
  travaux text --practice --side SOL --plain      how a delegation would have the text read
  travaux text --plain                            the text before the body, no proposal taken up
  travaux text --json                             all of it as data")]
pub(crate) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    /// Whose text: a proposal by its key, or a participant by its key or name.
    #[arg(long, value_name = "PROPOSAL|PARTICIPANT")]
    side: Option<String>,
    /// Without brackets: what the side asks is taken up.
    #[arg(long)]
    plain: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
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
    let side = match &args.side {
        Some(written) => Some(side_of(&seen, written, streams)?),
        None if args.plain => Some((Cow::Borrowed(draft.text()), Vec::new())),
        None => None,
    };
    match (side, args.plain) {
        (Some((rolling, keys)), true) => plain(args, &seen, &rolling.side(&keys), streams)?,
        (Some((rolling, keys)), false) => {
            // Only this side's proposals on the text: its brackets are what it would change.
            let own = rolling.proposals().filter(|(key, _)| keys.contains(key));
            let own = RollingText::with_proposals(
                rolling.base().clone(),
                own.map(|(key, proposal)| (key.clone(), proposal.clone())),
            );
            bracketed(args, &seen, &own, streams)?;
        }
        (None, _) => bracketed(args, &seen, draft.text(), streams)?,
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

/// The text that a side is a side of, and the proposals it consists of.
type SideOf<'a> = (Cow<'a, RollingText>, Vec<ProposalKey>);

/// Finds the open proposals of a side, and says what is remarkable about them.
fn side_of<'a>(
    seen: &'a Seen,
    written: &str,
    streams: &Streams,
) -> Result<SideOf<'a>, CommandError> {
    let draft = &seen.negotiation.draft;
    let key = |id: &ProposalId| ProposalKey::new(id.as_str());
    match naming::whose(&seen.negotiation, written)? {
        Whose::Proposal(proposal) => {
            if let Some(standing) = naming::standing(proposal.standing) {
                streams.remark(format_args!("note: {}: {standing}", proposal.label));
            }
            let key = key(&proposal.id)?;
            if draft.is_on_the_table(proposal) {
                return Ok((Cow::Borrowed(draft.text()), vec![key]));
            }
            let base = fell_at_once(proposal).then(|| draft.base_of(&proposal.document)).flatten();
            let Some(base) = base else { return Err(not_open(seen, proposal)) };
            streams.remark(format_args!(
                "note: {} was tabled and decided on one day; it is shown on the text it was made on, {}",
                proposal.label, base.symbol
            ));
            let side = travaux_text::Proposal::new(0, proposal.changes.to_vec());
            let rolling = RollingText::with_proposals(base.text.clone(), [(key.clone(), side)]);
            Ok((Cow::Owned(rolling), vec![key]))
        }
        Whose::Participant(participant) => {
            let keys = draft
                .sponsored_by(participant)
                .map(|proposal| key(&proposal.id))
                .collect::<Result<Vec<_>, _>>()?;
            if keys.is_empty() {
                streams.remark(format_args!(
                    "note: {} sponsors no proposal that is open on this date, so this is the text \
                     before the body",
                    seen.negotiation.process.name(participant)
                ));
            }
            Ok((Cow::Borrowed(draft.text()), keys))
        }
    }
}

/// Reports whether a proposal was decided on the day it was tabled: it is open at the end of none.
fn fell_at_once(proposal: &Proposal) -> bool {
    let tabled = proposal.tabled().at.counts_from();
    proposal.life.iter().all(|event| event.basis.at.counts_from() == tabled)
}

fn not_open(seen: &Seen, proposal: &Proposal) -> CommandError {
    let base = seen.negotiation.draft.base().map_or("the text", |base| &base.symbol);
    let tabled = proposal.tabled().at;
    CommandError::input(format!(
        "cannot take up the proposal {}: it is not open on {base} on this date",
        proposal.id
    ))
    .hint(format!("it was tabled on {tabled}; name a date on which it was open: --as-of {tabled}"))
}

fn plain(
    args: &Args,
    seen: &Seen,
    side: &Side<'_>,
    streams: &mut Streams,
) -> Result<(), CommandError> {
    for clash in side.clashes() {
        let (one, other) = clash.proposals;
        streams.remark(format_args!(
            "note: {} do not compose on {}: every reading is given",
            naming::list(&seen.negotiation, &[one, other]),
            seen.negotiation.draft.citation(&clash.provision).words,
        ));
    }
    if args.json {
        return super::print_json(streams, &json_of_side(seen, side));
    }
    let text = match side.text() {
        Some(text) => text,
        None => with_readings(&seen.negotiation, side.provisions()),
    };
    streams.print(text.plain())
}

/// Sets a text in which some provisions have several readings: each stands under a line that says
/// whose it is.
fn with_readings(negotiation: &Negotiation, provisions: Vec<SideProvision>) -> IssuedText {
    let mut desk = Desk::default();
    for mut provision in provisions {
        let count = provision.readings.len();
        if provision.readings.iter().all(|reading| reading.wording.is_none()) {
            continue;
        }
        // What stands under the provision follows its last reading, so that has to be one in which
        // it stands.
        provision.readings.sort_by_key(|reading| reading.wording.is_some());
        for (at, reading) in std::mem::take(&mut provision.readings).into_iter().enumerate() {
            let whose = match &reading.by[..] {
                [] => "no proposal".to_owned(),
                by => naming::list(negotiation, by),
            };
            let head = format!("Reading {} of {count}, with {whose}:", at + 1);
            let Some(wording) = reading.wording else {
                desk.line(&provision, format!("{head} this provision is deleted."));
                continue;
            };
            if count > 1 {
                desk.line(&provision, head);
            }
            desk.words(&provision, wording);
        }
    }
    IssuedText::new(desk.set)
        .expect("provisions come in document order, and each id is made unique")
}

/// A text under construction in which one provision may stand several times.
#[derive(Default)]
struct Desk {
    set: Vec<Provision>,
    /// The id under which each provision stands last.
    last: BTreeMap<ProvisionId, ProvisionId>,
}

impl Desk {
    /// Puts a provision where `of` stands; its id is only its place.
    fn put(&mut self, of: &SideProvision, kind: ProvisionKind, number: &str, words: Wording) {
        let id = ProvisionId::new(self.set.len().to_string());
        let parent = of.parent.as_ref().and_then(|parent| self.last.get(parent)).cloned();
        let (number, Wording { heading, text }) = (number.to_owned(), words);
        self.set.push(Provision { id, parent, kind, number, heading, text });
    }

    /// Puts a line of ours beside a provision.
    fn line(&mut self, beside: &SideProvision, text: String) {
        let words = Wording { heading: String::new(), text };
        self.put(beside, ProvisionKind::Paragraph, "", words);
    }

    fn words(&mut self, provision: &SideProvision, words: Wording) {
        self.put(provision, provision.kind, &provision.number, words);
        let id = self.set.last().map(|put| put.id.clone());
        self.last.extend(id.map(|id| (provision.id.clone(), id)));
    }
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
    streams.print(rolling.un_text(&seen.negotiation.labels()))
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
    let state = state.map(|state| match state.standing.state {
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

/// A merge as `travaux merge --json` prints it.
fn merged(merge: &Merge) -> Value {
    serde_json::from_str(&Merged::of(merge).to_json()).expect("a merge is written as JSON")
}

fn names(keys: &[ProposalKey]) -> Vec<&str> {
    keys.iter().map(ProposalKey::as_str).collect()
}
