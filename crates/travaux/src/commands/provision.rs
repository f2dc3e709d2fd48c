//! `travaux provision`: one provision with all that is said about it, and how that is known.
//!
//! It lists what the projections hold; who is on record for an option is decided there.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_negotiation::draft::{Proposal, ProvisionState, Tabling};
use travaux_negotiation::positions::{OnRecord, Position as TakenPosition, Route};
use travaux_negotiation::wording::{capital, count, in_words};
use travaux_negotiation::{Became, HistoryLine};
use travaux_record::{Evidence, Moment, OptionNamed, ParticipantId};
use travaux_text::{Position, ProvisionId, RollingProvision};

use self::sources::Sources;
use super::text::{json_of, with_context};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::{Streams, readable};

mod sources;

/// Shows one provision: its brackets, its alternatives, who is on record for what, and its history.
///
/// In the brackets, those who tabled words are named with them; with the words of the text before
/// the body, only those who ask that nothing change. Each alternative is printed as the provision
/// would read with it, those who ask for no change included, and what stands under it is printed
/// too.
///
/// Who sponsors an alternative is named as such; who took a position on the option that it embodies
/// is listed as on record for that option, from when, and by which route: its own statement, a joint
/// one, or a group that speaks for it. Numbers in square brackets lead to the sources at the end.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux provision safeguards.chapeau
  travaux provision safeguards.chapeau --as-of 2024-05-31
  travaux provision \"article 5\" --json
  travaux provision harm.2 --practice")]
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
    /// The open proposals that ask anything of it, no change included, in order of tabling.
    sides: Vec<&'a Proposal>,
    /// The options that they embody, each once.
    options: Vec<&'a OptionNamed>,
    history: Vec<HistoryLine<'a>>,
    /// The day on which positions are read.
    on: Date,
}

impl<'a> Shown<'a> {
    fn of(seen: &'a Seen, id: &'a ProvisionId) -> Self {
        let negotiation = &seen.negotiation;
        let asking = |proposal: &&Proposal| proposal.acts_on(id).next().is_some();
        let sides: Vec<&Proposal> = negotiation.draft.open_proposals().filter(asking).collect();
        let mut options: Vec<&OptionNamed> = Vec::new();
        for option in sides.iter().filter_map(|side| side.option.as_ref()) {
            if !options.contains(&option) {
                options.push(option);
            }
        }
        let on = seen.view.as_of.or_else(|| negotiation.changes.last_day()).unwrap_or(Date::MAX);
        Self { seen, id, sides, options, history: negotiation.history(id), on }
    }

    fn on_record(&self, option: &OptionNamed) -> Vec<OnRecord<'a>> {
        let negotiation = &self.seen.negotiation;
        negotiation.positions.on_record(option, &negotiation.process, self.on)
    }

    /// Returns what stands under it, in the order of the text.
    fn beneath(&self) -> Vec<RollingProvision<'a>> {
        let mut within: BTreeSet<&ProvisionId> = BTreeSet::from([self.id]);
        let mut beneath = Vec::new();
        for met in self.seen.negotiation.draft.text().provisions() {
            if met.position() == Position::Standing
                && met.parent().is_some_and(|parent| within.contains(parent))
            {
                within.insert(met.id());
                beneath.push(met);
            }
        }
        beneath
    }

    /// Returns the sources of an entry.
    fn evidence(&self, entry: travaux_record::EntryId) -> &'a [Evidence] {
        let happening = self.seen.negotiation.changes.entry(entry);
        happening.map_or(&[], |happening| &happening.evidence)
    }
}

/// For people.
impl Shown<'_> {
    fn lines(&self) -> String {
        let negotiation = &self.seen.negotiation;
        let mut sources = Sources::new(&negotiation.process);
        let mut lines = self.heading();
        if let Some(met) = negotiation.draft.text().provision(self.id) {
            self.words(&met, &mut lines);
            if let Some((official, words)) = negotiation.draft.official(self.id) {
                let from = &official.source;
                _ = write!(lines, "\nOfficial words, from {from}:\n  {}\n", words.text);
            }
            lines.push_str(&super::language::versions(negotiation, self.id));
            for met in self.beneath() {
                let state = negotiation.draft.state(met.id()).map_or("", ProvisionState::words);
                let cited = capital(&negotiation.draft.citation(met.id()).words);
                _ = writeln!(lines, "\n{cited} [{}], {state}", met.id());
                self.words(&met, &mut lines);
            }
            for side in &self.sides {
                self.side(side, &met, &mut sources, &mut lines);
            }
        }
        for option in &self.options {
            self.option(option, &mut sources, &mut lines);
        }
        if !self.history.is_empty() {
            lines.push_str("\nHistory\n");
        }
        for line in &self.history {
            let happening = line.happening;
            let sentence = negotiation.words(&happening.description.sentence);
            let became = line.became.map(|became| format!(": {}", became.words()));
            let (at, became) = (in_words(happening.basis.at), became.unwrap_or_default());
            let cited = sources.cite(&happening.evidence);
            _ = writeln!(lines, "  {at:>17}  {sentence}{became}.{cited}");
        }
        lines.push_str(&sources.listed());
        lines
    }

    fn heading(&self) -> String {
        let negotiation = &self.seen.negotiation;
        let draft = &negotiation.draft;
        let citation = draft.citation(self.id);
        let heading = match citation.heading.as_str() {
            "" => String::new(),
            heading => format!(" \u{2014} {heading}"),
        };
        let mut lines = format!("{}{heading} [{}]\n", capital(&citation.words), self.id);
        if let Some(base) = draft.base() {
            let standing = naming::standing(base.standing).map(|said| format!("; {said}"));
            _ = writeln!(lines, "{} ({}{})", base.symbol, base.title, standing.unwrap_or_default());
        }
        let notes = negotiation.notes(self.id).map(|notes| format!(" ({notes})"));
        let (notes, day) = (notes.unwrap_or_default(), in_words(Moment::Day(self.on)));
        match draft.state(self.id) {
            Some(state) => {
                _ = writeln!(lines, "{}{notes} on {day}.", capital(state.words()));
            }
            None => _ = writeln!(lines, "Not in the text before the body on {day}{notes}."),
        }
        lines
    }

    /// Prints the words of a provision with their brackets; nothing where it has no words.
    fn words(&self, met: &RollingProvision<'_>, lines: &mut String) {
        let negotiation = &self.seen.negotiation;
        let words = met.un_text(&negotiation.labels());
        if !words.is_empty() {
            let asked = negotiation.askers(met.id());
            let asked = asked.map_or_else(String::new, |who| format!(" (brackets: {who})"));
            _ = writeln!(lines, "\n{words}{asked}");
        }
    }

    /// Prints one side: whose it is, how it reads, and where its words come from.
    fn side(
        &self,
        side: &Proposal,
        met: &RollingProvision<'_>,
        sources: &mut Sources<'_>,
        lines: &mut String,
    ) {
        let negotiation = &self.seen.negotiation;
        let label = negotiation.short_attribution(&side.id);
        let tabled = in_words(side.tabled().at);
        _ = write!(lines, "\n{label} ({}), {tabled}", side.id);
        if let Some(standing) = naming::standing(side.standing) {
            _ = write!(lines, "; {standing}");
        }
        if side.tabling == Tabling::Drafted {
            lines.push_str("; drafted, not tabled");
        }
        let cited = sources.cite(self.evidence(side.tabled().entry));
        _ = writeln!(lines, "{cited}");
        let merge = met.text();
        let key = merge.sides().find(|key| key.as_str() == side.id.as_str());
        match key.and_then(|key| merge.side(key)) {
            Some(text) if !text.is_empty() => _ = writeln!(lines, "  {text}"),
            _ => _ = writeln!(lines, "  {}", negotiation.asks(side, self.id)),
        }
        if let Some(option) = &side.option {
            let holders = self.on_record(option).len();
            let holders = count(holders, "participant is", "participants are");
            _ = writeln!(
                lines,
                "  embodies the option \"{}\"; {holders} on record for the option",
                self.label(option)
            );
        }
    }

    fn label<'b>(&'b self, option: &'b OptionNamed) -> &'b str {
        let label = self.seen.negotiation.positions.option_label(&option.issue, &option.option);
        label.unwrap_or(option.option.as_str())
    }

    /// Lists who is on record for an option: who spoke for itself, then those a group speaks for.
    fn option(&self, option: &OptionNamed, sources: &mut Sources<'_>, lines: &mut String) {
        let on_record = self.on_record(option);
        if on_record.is_empty() {
            return;
        }
        let negotiation = &self.seen.negotiation;
        let issue = negotiation.positions.issue(&option.issue);
        let issue = issue.map_or(option.issue.as_str(), |issue| &issue.fact.title);
        _ = writeln!(lines, "\nOn record for the option \"{}\" ({issue})", self.label(option));
        let process = &negotiation.process;
        let mut spoken_for: Vec<(Spoken<'_>, Vec<ParticipantId>)> = Vec::new();
        for OnRecord { stance, .. } in &on_record {
            let signed = match &stance.route {
                Route::Own => String::new(),
                Route::Signed(group) => format!(", signing {}", process.name(group)),
                Route::SpokenFor(group) => {
                    let spoken = Spoken { group: group.clone(), first: stance.first };
                    let member = stance.participant.clone();
                    match spoken_for.iter_mut().find(|(known, _)| *known == spoken) {
                        Some((_, members)) => members.push(member),
                        None => spoken_for.push((spoken, vec![member])),
                    }
                    continue;
                }
            };
            let disputed = if stance.is_disputed() { "; disputed by the delegation" } else { "" };
            let (name, since) = (process.name(&stance.participant), in_words(stance.since()));
            let cited = sources.cite(self.evidence(stance.first.basis.entry));
            _ = writeln!(lines, "  {name} since {since}{signed}{disputed}{cited}");
        }
        for (spoken, mut members) in spoken_for {
            process.sort(&mut members);
            let names: Vec<&str> = members.iter().map(|id| process.name(id)).collect();
            let (group, since) = (process.name(&spoken.group), in_words(spoken.first.basis.at));
            let cited = sources.cite(self.evidence(spoken.first.basis.entry));
            let names = names.join(", ");
            _ = writeln!(lines, "  {group} since {since}, speaking for {names}{cited}");
        }
    }
}

/// A group with the position by which it speaks for members.
#[derive(PartialEq)]
struct Spoken<'a> {
    group: ParticipantId,
    first: &'a TakenPosition,
}

/// For programs.
impl Shown<'_> {
    fn json(&self) -> Value {
        let negotiation = &self.seen.negotiation;
        let met = negotiation.draft.text().provision(self.id);
        let sides: Vec<Value> = self.sides.iter().map(|side| self.side_json(side)).collect();
        let beneath = self.beneath();
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
                "beneath": beneath.iter().map(|met| json_of(self.seen, met)).collect::<Vec<_>>(),
                "alternatives": sides,
                "official": negotiation.draft.official(self.id).map(|(_, words)| words),
                "versions": super::language::versions_json(negotiation, self.id),
                "history": history,
            }),
        )
    }

    fn side_json(&self, side: &Proposal) -> Value {
        let on_record = side.option.as_ref().map(|option| self.on_record(option));
        let on_record: Vec<Value> = on_record
            .iter()
            .flatten()
            .map(|record| {
                let stance = &record.stance;
                json!({
                    "participant": stance.participant.as_str(),
                    "since": stance.since().to_string(),
                    "strength": stance.position.taken.strength,
                    "disputed": stance.is_disputed(),
                    "entries": stance.entries,
                    "evidence": self.evidence(stance.first.basis.entry),
                })
            })
            .collect();
        let negotiation = &self.seen.negotiation;
        let sponsors = negotiation.sponsors(side).into_iter();
        let sponsors: Vec<&str> = sponsors.map(|spell| spell.participant.as_str()).collect();
        json!({
            "proposal": side.id.as_str(),
            "label": side.label,
            "asks": negotiation.asks(side, self.id),
            "standing": side.standing,
            "tabled": side.tabled().at.to_string(),
            "sponsors": sponsors,
            "drafted": side.tabling == Tabling::Drafted,
            "option": side.option,
            "on_record": on_record,
        })
    }
}
