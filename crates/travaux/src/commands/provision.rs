//! `travaux provision`: one provision with all that is said about it, and how that is known.
//!
//! It lists what the projections hold; who is on record for an option is decided there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_negotiation::changes::Happening;
use travaux_negotiation::draft::{Proposal, Tabling};
use travaux_negotiation::positions::{OnRecord, Route};
use travaux_negotiation::{Attribution, Became, HistoryLine};
use travaux_record::{Confidence, ParticipantId, ProposalId};
use travaux_text::{Merge, ProvisionId};

use super::text::{json_of, with_context};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::{Streams, readable};

/// Shows one provision: its brackets, its alternatives, who is on record for what, and its history.
///
/// In the brackets, those who tabled words are named with them; with the words of the text before
/// the body, only those who ask that nothing change. Each alternative is printed as the provision
/// would read with it. Who sponsors it is named as such; who took a position on the option that it embodies is listed as on record for that
/// option, from when, and by which route: its own statement, a joint one, or a group that speaks
/// for it. Each line of the history cites its sources.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux provision safeguards.chapeau
  travaux provision safeguards.chapeau --as-of 2024-05-31
  travaux provision \"article 5\" --json")]
pub(crate) struct Args {
    /// The provision, by its id or as it is cited ("article 5, paragraph 2").
    provision: String,
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let id = naming::provision(&seen.negotiation, &args.provision)?;
    let shown = Shown::of(&seen, &id);
    if args.json {
        super::print_json(streams, &shown.json())?;
    } else {
        let lines = shown.lines();
        streams.print_lines(&readable(&lines))?;
    }
    Ok(Outcome::Done)
}

/// What is shown of one provision.
struct Shown<'a> {
    seen: &'a Seen,
    id: &'a ProvisionId,
    alternatives: Vec<&'a Proposal>,
    history: Vec<HistoryLine<'a>>,
    /// The day on which positions are read.
    on: Date,
}

impl<'a> Shown<'a> {
    fn of(seen: &'a Seen, id: &'a ProvisionId) -> Self {
        let negotiation = &seen.negotiation;
        let state = negotiation.draft.state(id);
        let keys: &[ProposalId] = state.map_or(&[], |state| &state.alternatives);
        let alternatives =
            negotiation.draft.open_proposals().filter(|p| keys.contains(&p.id)).collect();
        let on = seen.view.as_of.or_else(|| negotiation.changes.last_day()).unwrap_or(Date::MAX);
        let history = negotiation.history(id);
        Self { seen, id, alternatives, history, on }
    }

    fn attribution(&self, proposal: &Proposal) -> Attribution<'a> {
        let found = self.seen.negotiation.attribution(&proposal.id, self.on);
        found.expect("an alternative is a proposal on record")
    }

    fn lines(&self) -> String {
        let negotiation = &self.seen.negotiation;
        let draft = &negotiation.draft;
        let citation = draft.citation(self.id);
        let mut lines = format!("{} [{}]\n", capital(&citation.words), self.id);
        if !citation.heading.is_empty() {
            lines = format!("{} — {} [{}]\n", capital(&citation.words), citation.heading, self.id);
        }
        if let Some(base) = draft.base() {
            let standing = naming::standing(base.standing).map(|said| format!("; {said}"));
            _ = writeln!(lines, "{} ({}{})", base.symbol, base.title, standing.unwrap_or_default());
        }
        if let Some(state) = draft.state(self.id) {
            let notes = negotiation.notes(self.id).map(|notes| format!(" ({notes})"));
            _ = writeln!(lines, "{}{}.", capital(state.words()), notes.unwrap_or_default());
        } else if let Some(notes) = negotiation.notes(self.id) {
            _ = writeln!(lines, "Not in this text ({notes}).");
        }
        if let Some(met) = draft.text().provision(self.id) {
            let asked = negotiation.askers(self.id);
            let asked = asked.map(|askers| format!(" (brackets: {askers})"));
            let words = met.un_text(&negotiation.labels());
            _ = write!(lines, "\n{words}{}\n", asked.unwrap_or_default());
            for alternative in &self.alternatives {
                self.alternative(alternative, met.text(), &mut lines);
            }
        }
        if !self.history.is_empty() {
            lines.push_str("\nHistory\n");
        }
        for line in &self.history {
            let happening = line.happening;
            let sentence = self.seen.negotiation.words(&happening.description.sentence);
            let became = line.became.map(|became| format!(": {}", became.words()));
            let (at, cited) = (happening.basis.at, self.cited(happening));
            _ = writeln!(lines, "  {at}  {sentence}{}.{cited}", became.unwrap_or_default());
        }
        lines
    }

    fn alternative(&self, proposal: &Proposal, merge: &Merge, lines: &mut String) {
        let negotiation = &self.seen.negotiation;
        let label = negotiation.short_attribution(&proposal.id);
        _ = write!(lines, "\n{label} ({}), {}", proposal.id, proposal.tabled().at);
        if let Some(standing) = naming::standing(proposal.standing) {
            _ = write!(lines, "; {standing}");
        }
        if proposal.tabling == Tabling::Drafted {
            lines.push_str("; drafted, not tabled");
        }
        lines.push('\n');
        let side = merge.sides().find(|key| key.as_str() == proposal.id.as_str());
        match side.and_then(|key| merge.side(key)) {
            Some(text) => _ = writeln!(lines, "  {text}"),
            None => _ = writeln!(lines, "  asks for its deletion, its transfer or another heading"),
        }
        let on_record = self.attribution(proposal).on_record;
        if let (Some(option), false) = (&proposal.option, on_record.is_empty()) {
            let label = negotiation.positions.option_label(&option.issue, &option.option);
            let label = label.unwrap_or(option.option.as_str());
            _ = writeln!(lines, "  On record for the option \"{label}\":");
        }
        self.on_record(&on_record, lines);
    }

    /// Lists who is on record: who spoke for itself, then for each group those it speaks for.
    fn on_record(&self, on_record: &[OnRecord<'_>], lines: &mut String) {
        let process = &self.seen.negotiation.process;
        let mut spoken_for: BTreeMap<&ParticipantId, Vec<ParticipantId>> = BTreeMap::new();
        for OnRecord { stance, .. } in on_record {
            let signed = match &stance.route {
                Route::Own => String::new(),
                Route::Signed(group) => format!(", signing {}", process.name(group)),
                Route::SpokenFor(group) => {
                    spoken_for.entry(group).or_default().push(stance.participant.clone());
                    continue;
                }
            };
            let disputed = if stance.is_disputed() { "; disputed by the delegation" } else { "" };
            let sure = confidence(stance.position.confidence);
            let (name, since) = (process.name(&stance.participant), stance.since);
            _ = writeln!(lines, "    {name} since {since}{signed} ({sure}{disputed})");
        }
        for (group, mut members) in spoken_for {
            process.sort(&mut members);
            let names: Vec<&str> = members.iter().map(|id| process.name(id)).collect();
            let group = process.name(group);
            _ = writeln!(lines, "    {group} speaks for {}", names.join(", "));
        }
    }

    /// Returns the sources of a happening in brackets, or nothing.
    fn cited(&self, happening: &Happening) -> String {
        let cited: Vec<String> = happening
            .evidence
            .iter()
            .map(|evidence| {
                let source = self.seen.negotiation.process.source(&evidence.source);
                let title =
                    source.map_or(evidence.source.as_str(), |source| source.fact.title.as_str());
                let place = evidence.place.as_ref().map(|place| format!(", {place}"));
                format!(
                    "{title}{}; {}",
                    place.unwrap_or_default(),
                    confidence(Some(evidence.confidence))
                )
            })
            .collect();
        if cited.is_empty() { String::new() } else { format!(" [{}]", cited.join(" | ")) }
    }

    fn json(&self) -> Value {
        let negotiation = &self.seen.negotiation;
        let met = negotiation.draft.text().provision(self.id);
        let alternatives: Vec<Value> = self
            .alternatives
            .iter()
            .map(|proposal| {
                let on_record: Vec<Value> = self
                    .attribution(proposal)
                    .on_record
                    .iter()
                    .map(|record| {
                        json!({
                            "participant": record.stance.participant.as_str(),
                            "since": record.stance.since.to_string(),
                            "strength": record.stance.position.taken.strength,
                            "disputed": record.stance.is_disputed(),
                            "entries": record.stance.entries,
                        })
                    })
                    .collect();
                let sponsors = negotiation.sponsors(proposal).into_iter();
                let sponsors: Vec<&str> =
                    sponsors.map(|spell| spell.participant.as_str()).collect();
                json!({
                    "proposal": proposal.id.as_str(),
                    "label": proposal.label,
                    "standing": proposal.standing,
                    "tabled": proposal.tabled().at.to_string(),
                    "sponsors": sponsors,
                    "drafted": proposal.tabling == Tabling::Drafted,
                    "option": proposal.option,
                    "on_record": on_record,
                })
            })
            .collect();
        let history: Vec<Value> = self
            .history
            .iter()
            .map(|line| {
                let happening = line.happening;
                json!({
                    "became": line.became.map(Became::words),
                    "entry": happening.basis.entry,
                    "at": happening.basis.at.to_string(),
                    "what": negotiation.words(&happening.description.sentence),
                    "evidence": happening.evidence,
                })
            })
            .collect();
        with_context(
            self.seen,
            json!({
                "citation": negotiation.draft.citation(self.id).words,
                "provision": met.map(|met| json_of(self.seen, &met)),
                "alternatives": alternatives,
                "history": history,
            }),
        )
    }
}

fn confidence(confidence: Option<Confidence>) -> &'static str {
    match confidence {
        Some(Confidence::High) => "high confidence",
        Some(Confidence::Medium) => "medium confidence",
        Some(Confidence::Low) => "low confidence",
        None => "no source",
    }
}

pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
