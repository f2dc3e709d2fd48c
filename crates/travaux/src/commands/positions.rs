//! `travaux positions` and `travaux compare`: who stands where, since when, on what evidence.
//!
//! What follows from the record is asked of `travaux-negotiation`; this sets it in lines.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_negotiation::positions::{Leaning, Position, Route, Stance};
use travaux_negotiation::{Negotiation, Part};
use travaux_record::{IssueFramed, IssueId, OptionNamed, ParticipantId, Strength};
use travaux_stats::agreement::Paired;

use crate::Outcome;
use crate::command_error::CommandError;
use crate::nearest;
use crate::opened::{Seen, ViewArgs, participant};
use crate::streams::Streams;

/// Says who stands where on the issues: strength, conditions, since when, and whose word it is.
///
/// A mandated group speaks for its members until one speaks for itself; a joint statement counts for its signatories; an
/// electoral group and an analyst's label pass nothing on (docs/positions.md). Who is silent is not listed. With --issue, all who are on
/// record on it; with --participant, all that it said, in order; with neither, the issues, the most divided first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux positions                                  # which issues divide the room
  travaux positions --practice --issue deadline      # who stands where on one issue
  travaux positions --practice --participant KHE     # what one said, in order, with its entries
  travaux positions --practice --moved               # who changed its attitude, and when
  travaux positions --practice --between             # who straddles, who departs")]
pub(crate) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    /// One issue, by its key.
    #[arg(long, value_name = "ISSUE", conflicts_with_all = ["participant", "moved", "between"])]
    issue: Option<String>,
    /// One participant, by key or name.
    #[arg(long, value_name = "PARTICIPANT", conflicts_with_all = ["moved", "between"])]
    participant: Option<String>,
    /// Who moved, in order of date.
    #[arg(long, conflicts_with = "between")]
    moved: bool,
    /// Who is on record for several options, whose groups contradict each other, and who departs from its group.
    #[arg(long)]
    between: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// Compares two participants: where they agree and differ, issue by issue, and how far beyond chance.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux compare --practice KHE VDM
  travaux compare CHN RUS --as-of latest --json")]
pub(crate) struct CompareArgs {
    /// The one, by key or name.
    #[arg(value_name = "A")]
    one: String,
    /// The other.
    #[arg(value_name = "B")]
    other: String,
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    let room = Room { seen: &seen, day: seen.view.as_of.unwrap_or(Date::MAX) };
    let (value, mut words) = if let Some(issue) = &args.issue {
        room.issue(issue)?
    } else if let Some(written) = &args.participant {
        room.participant(&participant(&seen.opened.record, written, "show the positions of")?)
    } else if args.moved {
        room.moved()
    } else if args.between {
        room.between()
    } else {
        room.issues()
    };
    if args.json {
        words = format!("{value:#}\n");
    }
    print(&words, &seen, streams)
}

pub(super) fn compare(args: &CompareArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    let room = Room { seen: &seen, day: seen.view.as_of.unwrap_or(Date::MAX) };
    let find = |written: &str| participant(&seen.opened.record, written, "compare");
    let (value, mut words) = room.compare(&find(&args.one)?, &find(&args.other)?);
    if args.json {
        words = format!("{value:#}\n");
    }
    print(&words, &seen, streams)
}

fn print(words: &str, seen: &Seen, streams: &mut Streams) -> Result<Outcome, CommandError> {
    streams.remark(seen);
    streams.say(words)?;
    Ok(Outcome::Done)
}

/// A strength in words, as a verb.
pub(super) fn verb(strength: Strength) -> &'static str {
    match strength {
        Strength::Sponsors => "sponsors",
        Strength::Supports => "supports",
        Strength::CanAccept => "can accept",
        Strength::ReservesPosition => "reserves its position on",
        Strength::Abstained => "abstained on",
        Strength::Opposes => "opposes",
    }
}

/// What a viewer sees of a room on a day.
struct Room<'a> {
    seen: &'a Seen,
    day: Date,
}

impl Room<'_> {
    fn negotiation(&self) -> &Negotiation {
        &self.seen.negotiation
    }

    fn name<'b>(&'b self, id: &'b ParticipantId) -> &'b str {
        self.negotiation().process.name(id)
    }

    fn option(&self, option: &OptionNamed) -> String {
        self.negotiation().name(&Part::Option(option.clone())).into_owned()
    }

    /// Whose word a stance is.
    fn route(&self, route: &Route) -> String {
        match route {
            Route::Own => "own".to_owned(),
            Route::Signed(group) => format!("signed: {}", self.name(group)),
            Route::SpokenFor(group) => format!("spoken for by {}", self.name(group)),
        }
    }

    fn stance(&self, stance: &Stance<'_>) -> (Value, String) {
        let taken = &stance.position.taken;
        let mut words = format!(
            "{} {} {} since {} ({})",
            self.name(&stance.participant),
            verb(taken.strength),
            self.option(&taken.option),
            stance.since(),
            self.route(&stance.route)
        );
        if !taken.condition.is_empty() {
            write!(words, ", condition: {}", taken.condition)
                .expect("a string takes what is written");
        }
        if let Some(disputed) = &stance.position.disputed {
            write!(words, "; disputed by the delegation: {}", disputed.fact.reason)
                .expect("a string takes what is written");
        }
        let value = json!({
            "participant": stance.participant.as_str(),
            "name": self.name(&stance.participant),
            "issue": taken.option.issue.as_str(),
            "option": stance.option.as_str(),
            "strength": taken.strength,
            "condition": taken.condition,
            "note": taken.note,
            "form": taken.form,
            "since": stance.since().to_string(),
            "at": stance.position.basis.at.to_string(),
            "route": self.route(&stance.route),
            "disputed": stance.position.disputed.as_ref().map(|one| one.fact.reason.clone()),
            "confidence": stance.position.confidence,
            "entries": stance.entries.iter().map(ToString::to_string).collect::<Vec<String>>(),
        });
        (value, words)
    }

    fn find_issue(&self, written: &str) -> Result<&IssueFramed, CommandError> {
        let all = || self.negotiation().positions.issues().map(|stated| &stated.fact);
        let found = all().find(|issue| {
            issue.issue.as_str() == written || issue.title.eq_ignore_ascii_case(written)
        });
        found.ok_or_else(|| {
            nearest::hint(
                CommandError::input(format!("cannot show who stands where on {written:?}: no issue of that key was framed by that day")),
                written,
                "issues",
                all().map(|issue| issue.issue.as_str()),
            )
        })
    }

    fn issue(&self, written: &str) -> Result<(Value, String), CommandError> {
        let issue = self.find_issue(written)?;
        let negotiation = self.negotiation();
        let mut stances =
            negotiation.positions.stances(&issue.issue, &negotiation.process, self.day);
        let place = |stance: &Stance<'_>| {
            issue.options.iter().position(|known| known.option == stance.option)
        };
        stances.sort_by_key(|stance| (place(stance), stance.position.taken.strength));
        let mut words = format!(
            "{} ({})\n",
            issue.title,
            if issue.ordered { "options in order" } else { "options without order" }
        );
        let mut all = Vec::new();
        for option in &issue.options {
            writeln!(words, "  {}", option.label).expect("a string takes what is written");
            for stance in stances.iter().filter(|stance| stance.option == option.option) {
                let (value, line) = self.stance(stance);
                writeln!(words, "    {line}").expect("a string takes what is written");
                all.push(value);
            }
        }
        let options: Vec<Value> = issue
            .options
            .iter()
            .map(|option| json!({ "option": option.option.as_str(), "label": option.label }))
            .collect();
        let value = json!({
            "issue": issue.issue.as_str(), "title": issue.title, "ordered": issue.ordered,
            "in_hindsight": issue.in_hindsight, "options": options, "stances": all,
        });
        Ok((value, words))
    }

    fn participant(&self, id: &ParticipantId) -> (Value, String) {
        let negotiation = self.negotiation();
        let mut words = format!("{}: what it said, in order\n", self.name(id));
        let said: Vec<Value> = negotiation
            .positions
            .of_participant(id)
            .map(|position| {
                let (value, line) = self.position(position);
                writeln!(words, "  {line}").expect("a string takes what is written");
                value
            })
            .collect();
        words.push_str("where it stands on this day\n");
        let stands: Vec<Value> = negotiation
            .positions
            .stances_everywhere(id, &negotiation.process, self.day)
            .iter()
            .map(|stance| {
                let (value, line) = self.stance(stance);
                writeln!(words, "  {line}").expect("a string takes what is written");
                value
            })
            .collect();
        if said.is_empty() && stands.is_empty() {
            words.push_str("  nothing is on record: not placeable\n");
        }
        (
            json!({ "participant": id.as_str(), "name": self.name(id), "said": said, "stands": stands }),
            words,
        )
    }

    fn position(&self, position: &Position) -> (Value, String) {
        let taken = &position.taken;
        let note = if taken.note.is_empty() { String::new() } else { format!(": {}", taken.note) };
        let line = format!(
            "{}  {} {}{note}",
            position.basis.at,
            verb(taken.strength),
            self.option(&taken.option)
        );
        let value = json!({
            "at": position.basis.at.to_string(),
            "issue": taken.option.issue.as_str(),
            "option": taken.option.option.as_str(),
            "strength": taken.strength,
            "form": taken.form,
            "session": taken.session.as_ref().map(travaux_record::SessionId::as_str),
            "condition": taken.condition,
            "note": taken.note,
            "confidence": position.confidence,
            "sources": position.cited.iter().map(|(source, _)| source.as_str()).collect::<Vec<&str>>(),
            "disputed": position.disputed.as_ref().map(|one| one.fact.reason.clone()),
            "entries": position.basis.entries().map(|entry| entry.to_string()).collect::<Vec<String>>(),
        });
        (value, line)
    }

    fn issues(&self) -> (Value, String) {
        let negotiation = self.negotiation();
        let mut words = String::from(
            "the issues, the most divided first (0: all for one option; 1: spread evenly)\n",
        );
        let found = negotiation.positions.divisions(&negotiation.process, self.day);
        let all: Vec<Value> = found
            .iter()
            .filter_map(|division| {
                let issue = &negotiation.positions.issue(&division.issue)?.fact;
                writeln!(words, "  {:.2}  {} ({} on record)", division.spread, issue.title, division.on_record)
                    .expect("a string takes what is written");
                let each = issue.options.iter().zip(&division.each).map(|(option, count)| {
                    writeln!(words, "        {count:>3}  {}", option.label).expect("a string takes what is written");
                    json!({ "option": option.option.as_str(), "label": option.label, "for": count })
                });
                let each: Vec<Value> = each.collect();
                Some(json!({
                    "issue": issue.issue.as_str(), "title": issue.title, "on_record": division.on_record,
                    "spread": (division.spread * 1e4).round() / 1e4, "options": each,
                }))
            })
            .collect();
        (json!({ "issues": all }), words)
    }

    fn moved(&self) -> (Value, String) {
        let mut words = String::from("who changed its attitude, in order of date\n");
        let movements = self.negotiation().positions.movements();
        let all: Vec<Value> = movements
            .iter()
            .map(|moved| {
                let option = OptionNamed { issue: moved.issue.clone(), option: moved.option.clone() };
                let (from, to) = (verb(moved.from), verb(moved.to));
                writeln!(words, "  {}  {}: from \"{from}\" to \"{to}\", {}", moved.at, self.name(&moved.participant), self.option(&option))
                    .expect("a string takes what is written");
                json!({
                    "participant": moved.participant.as_str(), "issue": moved.issue.as_str(), "option": moved.option.as_str(),
                    "from": moved.from, "to": moved.to, "at": moved.at.to_string(),
                    "session": moved.session.as_ref().map(travaux_record::SessionId::as_str),
                    "entries": moved.entries.iter().map(ToString::to_string).collect::<Vec<String>>(),
                })
            })
            .collect();
        if all.is_empty() {
            words.push_str("  nobody, on record\n");
        }
        (json!({ "moved": all }), words)
    }

    fn between(&self) -> (Value, String) {
        let negotiation = self.negotiation();
        let (positions, process) = (&negotiation.positions, &negotiation.process);
        let title = |issue: &IssueId| negotiation.name(&Part::Issue(issue.clone())).into_owned();
        let mut words = String::from(
            "on record for several options (and how many others are for that one alone)\n",
        );
        let mut line =
            |text: String| writeln!(words, "  {text}").expect("a string takes what is written");
        let mut between = Vec::new();
        for one in positions.between(process, self.day) {
            let options = one.options.iter().zip(&one.joins).map(|(option, joins)| {
                let named = OptionNamed { issue: one.issue.clone(), option: option.clone() };
                format!("{} ({joins})", self.option(&named))
            });
            line(format!(
                "{}, {}: {}",
                self.name(&one.participant),
                title(&one.issue),
                options.collect::<Vec<_>>().join(", ")
            ));
            let options: Vec<&str> =
                one.options.iter().map(travaux_record::OptionId::as_str).collect();
            between.push(json!({ "participant": one.participant.as_str(), "issue": one.issue.as_str(), "options": options, "joins": one.joins }));
        }
        let mut deviations = Vec::new();
        for one in positions.deviations(process, self.day) {
            line(format!(
                "{} departs from {} on {}",
                self.name(&one.participant),
                self.name(&one.group),
                title(&one.issue)
            ));
            deviations.push(json!({ "participant": one.participant.as_str(), "group": one.group.as_str(), "issue": one.issue.as_str() }));
        }
        let mut conflicts = Vec::new();
        for one in positions.conflicts(process, self.day) {
            let groups: Vec<&str> = one.groups.iter().map(|(group, _)| self.name(group)).collect();
            line(format!(
                "{} is spoken for by groups that contradict each other on {}: {}",
                self.name(&one.participant),
                title(&one.issue),
                groups.join(", ")
            ));
            let groups: Vec<&str> = one.groups.iter().map(|(group, _)| group.as_str()).collect();
            conflicts.push(json!({ "participant": one.participant.as_str(), "issue": one.issue.as_str(), "option": one.option.as_str(), "groups": groups }));
        }
        (json!({ "between": between, "deviations": deviations, "conflicts": conflicts }), words)
    }

    fn compare(&self, one: &ParticipantId, other: &ParticipantId) -> (Value, String) {
        let negotiation = self.negotiation();
        let of = |who: &ParticipantId| {
            negotiation.positions.stances_everywhere(who, &negotiation.process, self.day)
        };
        let (first, second) = (of(one), of(other));
        let mut words = format!("{} and {}\n", self.name(one), self.name(other));
        let (mut pairs, mut issues) = (Vec::new(), Vec::new());
        for stated in negotiation.positions.issues() {
            let on = |list: &'_ [Stance<'_>]| -> Vec<(Value, String)> {
                let these = list
                    .iter()
                    .filter(|stance| stance.position.taken.option.issue == stated.fact.issue);
                these.map(|stance| self.stance(stance)).collect()
            };
            let (mine, theirs) = (on(&first), on(&second));
            if mine.is_empty() && theirs.is_empty() {
                continue;
            }
            let shared: Vec<(usize, usize)> = first
                .iter()
                .filter(|stance| stance.position.taken.option.issue == stated.fact.issue)
                .filter_map(|a| {
                    let b = second
                        .iter()
                        .find(|b| b.position.taken.option == a.position.taken.option)?;
                    Some((side(a), side(b)))
                })
                .collect();
            let verdict = match (mine.is_empty() || theirs.is_empty(), shared.is_empty()) {
                (true, _) => "only one is on record",
                (false, true) => "on record for different options",
                (false, false) if shared.iter().all(|(a, b)| a == b) => "agree",
                (false, false) => "differ",
            };
            pairs.extend(shared);
            writeln!(words, "  {} ({verdict})", stated.fact.title)
                .expect("a string takes what is written");
            for (_, line) in mine.iter().chain(&theirs) {
                writeln!(words, "    {line}").expect("a string takes what is written");
            }
            let values = |list: Vec<(Value, String)>| {
                list.into_iter().map(|(value, _)| value).collect::<Vec<Value>>()
            };
            issues.push(json!({ "issue": stated.fact.issue.as_str(), "title": stated.fact.title, "verdict": verdict, "one": values(mine), "other": values(theirs) }));
        }
        let paired = Paired::new(3, pairs);
        match (paired.observed(), paired.kappa()) {
            (None, _) => words.push_str("no option on which both are on record\n"),
            (Some(observed), Some(kappa)) => writeln!(words, "{} options both are on record on: {:.0} % alike, {kappa:.2} beyond chance (kappa)", paired.count(), observed * 100.0)
                .expect("a string takes what is written"),
            (Some(observed), None) => writeln!(words, "{} options both are on record on: {:.0} % alike; beyond chance cannot be said, both answer alike throughout", paired.count(), observed * 100.0)
                .expect("a string takes what is written"),
        }
        let value = json!({
            "one": one.as_str(), "other": other.as_str(), "issues": issues,
            "options_shared": paired.count(), "alike": paired.observed(), "kappa": paired.kappa(), "pi": paired.pi(),
        });
        (value, words)
    }
}

fn side(stance: &Stance<'_>) -> usize {
    match stance.leaning() {
        Leaning::For => 2,
        Leaning::Neither => 1,
        Leaning::Against => 0,
    }
}
