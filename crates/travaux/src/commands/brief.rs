//! `travaux brief`: a small delegation's morning.
//!
//! It asks the projections what concerns one delegation's lines, and sets the answers in order; what a line is
//! worth is stated in one place here. Nothing leaves this machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_negotiation::positions::{Leaning, Stance, Within};
use travaux_negotiation::{Negotiation, Part};
use travaux_record::{MandateForce, MandateSubject, OptionNamed, ParticipantId, Viewer};
use travaux_stats::agreement::Paired;
use travaux_text::ProvisionId;

use super::positions::verb;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Seen, ViewArgs, date};
use crate::streams::Streams;

/// Prepares a delegation's day: where to send its people, what moved, where it is alone, who is near.
///
/// Meetings that are running or to come are ranked by what of the delegation's lines is on their programme: a red line counts 4,
/// an objective or a proposal of its own 2, what is flexible or a position on record 1. With --with, its own mandate is laid over the record,
/// and stays on this machine. Ends with a cable to edit and send: what happened since, on its lines, each sentence with its entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux brief --practice --as ORW --since 2024-10-01 --as-of 2024-10-09 --seats 1
  travaux brief --as FJI --since 2024-07-01 --as-of 2024-08-01 --seats 2")]
pub(crate) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    /// From when on things are news: YYYY-MM-DD, YYYY-MM or YYYY.
    #[arg(long, value_name = "DATE")]
    since: String,
    /// How many people there are to send to meetings.
    #[arg(long, value_name = "N", default_value_t = 2)]
    seats: usize,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let since = date("--since", &args.since)?;
    let seen = args.view.see()?;
    let Viewer::Participant(own) = &seen.view.viewer else {
        return Err(CommandError::usage("cannot brief the public: a brief is for one delegation")
            .hint("name it by --as, for instance --as FJI"));
    };
    let last = seen.negotiation.changes.last_day();
    let day = seen.view.as_of.or(last).unwrap_or(Date::MAX);
    if since > day {
        return Err(CommandError::usage(format!(
            "cannot brief on what happened since {since}: the day shown is {day}"
        )));
    }
    let brief =
        Brief { negotiation: &seen.negotiation, own, since, day, stakes: stakes(&seen, own, day) };
    streams.remark(&seen);
    let (value, words) = brief.written(args.seats);
    if args.json {
        super::print_json(streams, &value)?;
    } else {
        streams.say(&words)?;
    }
    Ok(Outcome::Done)
}

/// What each provision is worth to a delegation, and why.
type Stakes = BTreeMap<ProvisionId, (u32, Vec<String>)>;

fn stakes(seen: &Seen, own: &ParticipantId, day: Date) -> Stakes {
    let negotiation = &seen.negotiation;
    let mut stakes = Stakes::new();
    let mut add = |provisions: &[ProvisionId], worth: u32, why: String| {
        for provision in provisions {
            let stake = stakes.entry(provision.clone()).or_default();
            stake.0 += worth;
            stake.1.push(why.clone());
        }
    };
    for mandate in negotiation.positions.mandates_of(own) {
        let (worth, force) = match mandate.fact.force {
            MandateForce::RedLine => (4, "red line"),
            MandateForce::Objective => (2, "objective"),
            MandateForce::Flexible => (1, "flexible"),
        };
        let provisions = match &mandate.fact.subject {
            MandateSubject::Provision(provision) => vec![provision.clone()],
            MandateSubject::Issue(issue) => negotiation
                .positions
                .issue(issue)
                .map(|framed| framed.fact.provisions.clone())
                .unwrap_or_default(),
            MandateSubject::Proposal(proposal) => negotiation
                .draft
                .proposal(proposal)
                .map(travaux_negotiation::draft::Proposal::targets)
                .unwrap_or_default(),
        };
        add(&provisions, worth, format!("{force}: {}", mandate.fact.text));
    }
    for proposal in negotiation.draft.sponsored_by(own) {
        add(&proposal.targets(), 2, format!("our proposal {}", proposal.label));
    }
    for stance in negotiation.positions.stances_everywhere(own, &negotiation.process, day) {
        let option = &stance.position.taken.option;
        if let Some(framed) = negotiation.positions.issue(&option.issue) {
            let name = negotiation.name(&Part::Option(option.clone())).into_owned();
            let why = format!("on record: {} {name}", verb(stance.position.taken.strength));
            add(&framed.fact.provisions, 1, why);
        }
    }
    stakes
}

/// Everything for one delegation's day.
struct Brief<'a> {
    negotiation: &'a Negotiation,
    own: &'a ParticipantId,
    since: Date,
    day: Date,
    stakes: Stakes,
}

impl Brief<'_> {
    fn written(&self, seats: usize) -> (Value, String) {
        let name = self.negotiation.process.name(self.own);
        let mut words = format!("{name}: {}, what is new since {}\n", self.day, self.since);
        let parts = [
            ("meetings", "Where to be", self.meetings(seats)),
            ("moved", "What moved", self.moved()),
            ("alone", "Where we are alone", self.alone()),
            ("near", "Who is nearest", self.near()),
            ("lines", "Our lines", self.lines()),
            ("cable", "Cable, to edit and send", self.cable()),
        ];
        let mut value = json!({ "participant": self.own.as_str(), "day": self.day.to_string(), "since": self.since.to_string() });
        for (key, heading, rows) in parts {
            writeln!(words, "\n{heading}").expect("a string takes what is written");
            if rows.is_empty() {
                words.push_str("  nothing on record\n");
            }
            for (_, line) in &rows {
                writeln!(words, "  {line}").expect("a string takes what is written");
            }
            value[key] = rows.into_iter().map(|(value, _)| value).collect();
        }
        (value, words)
    }

    /// What of our lines lies within a provision, or has it within.
    fn worth(&self, provision: &ProvisionId) -> u32 {
        let within = |a: &str, b: &str| {
            a == b || a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'))
        };
        let touched = self.stakes.iter().filter(|(one, _)| {
            within(one.as_str(), provision.as_str()) || within(provision.as_str(), one.as_str())
        });
        touched.map(|(_, (worth, _))| worth).sum()
    }

    fn meetings(&self, seats: usize) -> Vec<(Value, String)> {
        let sessions = self.negotiation.process.sessions();
        let mut ranked: Vec<_> = sessions
            .iter()
            .map(|session| &session.fact)
            .filter(|session| session.until >= self.day)
            .map(|session| {
                (
                    session.programme.iter().map(|provision| self.worth(provision)).sum::<u32>(),
                    session,
                )
            })
            .collect();
        ranked.sort_by_key(|(worth, session)| {
            (session.from > self.day, std::cmp::Reverse(*worth), session.from)
        });
        let mut seated = 0;
        ranked
            .into_iter()
            .map(|(worth, session)| {
                let now = session.from <= self.day;
                let go = now && seated < seats;
                seated += usize::from(go);
                let programme: Vec<String> = session
                    .programme
                    .iter()
                    .map(|provision| self.negotiation.name(&Part::Provision(provision.clone())).into_owned())
                    .collect();
                let what = if programme.is_empty() { "no programme on record".to_owned() } else { programme.join(", ") };
                let advice = match (now, go) {
                    (true, true) => "be there",
                    (true, false) => "no seat left: ask for the report",
                    (false, _) => "to come",
                };
                let line = format!("{}, {} to {}: {what} (our lines at stake: {worth}; {advice})", session.name, session.from, session.until);
                (json!({ "session": session.session.as_str(), "name": session.name, "worth": worth, "advice": advice, "programme": programme }), line)
            })
            .collect()
    }

    fn moved(&self) -> Vec<(Value, String)> {
        let positions = &self.negotiation.positions;
        let own = positions.stances_everywhere(self.own, &self.negotiation.process, self.day);
        let movements = positions.movements();
        let recent = movements
            .iter()
            .filter(|one| one.at.counts_from() >= self.since && one.participant != *self.own);
        recent
            .map(|one| {
                let option = OptionNamed { issue: one.issue.clone(), option: one.option.clone() };
                let ours = own.iter().find(|stance| stance.position.taken.option == option).map(Stance::leaning);
                let towards = match ours {
                    Some(ours) if ours == Leaning::of(one.to) => ", towards us",
                    Some(ours) if ours == Leaning::of(one.from) => ", away from us",
                    _ => "",
                };
                let who = self.negotiation.process.name(&one.participant);
                let line = format!(
                    "{}  {who}: from \"{}\" to \"{}\", {}{towards}",
                    one.at,
                    verb(one.from),
                    verb(one.to),
                    self.negotiation.name(&Part::Option(option))
                );
                let entries: Vec<String> = one.entries.iter().map(ToString::to_string).collect();
                (json!({ "participant": one.participant.as_str(), "issue": one.issue.as_str(), "option": one.option.as_str(),
                    "from": one.from, "to": one.to, "at": one.at.to_string(), "towards": towards.trim_start_matches(", "), "entries": entries }), line)
            })
            .collect()
    }

    fn alone(&self) -> Vec<(Value, String)> {
        let found = self.negotiation.positions.alone(self.own, &self.negotiation.process, self.day);
        found
            .into_iter()
            .map(|one| {
                let option = OptionNamed { issue: one.issue.clone(), option: one.option.clone() };
                let within = match &one.within {
                    Within::TheRoom => "in the room".to_owned(),
                    Within::Group(group) => format!("within {}", self.negotiation.process.name(group)),
                };
                let line = format!(
                    "for {} on \"{}\", {within}; {} others are for something else",
                    self.negotiation.name(&Part::Option(option)),
                    self.negotiation.name(&Part::Issue(one.issue.clone())),
                    one.others
                );
                (json!({ "issue": one.issue.as_str(), "option": one.option.as_str(), "within": within, "others": one.others }), line)
            })
            .collect()
    }

    fn near(&self) -> Vec<(Value, String)> {
        const SHOWN: usize = 6;
        const SHARED_MIN: u32 = 2;
        let (positions, process) = (&self.negotiation.positions, &self.negotiation.process);
        let own = positions.stances_everywhere(self.own, process, self.day);
        let mut found: Vec<(f64, u32, ParticipantId)> = Vec::new();
        for state in process.states() {
            if state.participant == *self.own {
                continue;
            }
            let theirs = positions.stances_everywhere(&state.participant, process, self.day);
            let pairs = own.iter().filter_map(|a| {
                let b =
                    theirs.iter().find(|b| b.position.taken.option == a.position.taken.option)?;
                Some((a.leaning() as usize, b.leaning() as usize))
            });
            let paired = Paired::new(3, pairs);
            if let (Some(alike), true) = (paired.observed(), paired.count() >= SHARED_MIN) {
                found.push((alike, paired.count(), state.participant.clone()));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then_with(|| a.2.cmp(&b.2)));
        found
            .into_iter()
            .take(SHOWN)
            .map(|(alike, shared, who)| {
                let line = format!("{}: {:.0} % alike on {shared} options", process.name(&who), alike * 100.0);
                (json!({ "participant": who.as_str(), "alike": alike, "options_shared": shared }), line)
            })
            .collect()
    }

    fn lines(&self) -> Vec<(Value, String)> {
        let mut ranked: Vec<_> = self.stakes.iter().collect();
        ranked.sort_by_key(|(provision, (worth, _))| {
            (std::cmp::Reverse(*worth), (*provision).clone())
        });
        ranked
            .into_iter()
            .map(|(provision, (worth, why))| {
                let citation = self.negotiation.name(&Part::Provision(provision.clone())).into_owned();
                let line = format!("{citation}: {} (words on the table: travaux provision {provision})", why.join("; "));
                (json!({ "provision": provision.as_str(), "citation": citation, "worth": worth, "why": why }), line)
            })
            .collect()
    }

    /// What happened since on our lines, in the words of the record.
    fn cable(&self) -> Vec<(Value, String)> {
        let parts: Vec<Part> =
            self.stakes.keys().map(|provision| Part::Provision(provision.clone())).collect();
        let news = self.negotiation.changes.between(self.since, self.day);
        let ours = news.filter(|one| parts.iter().any(|part| one.is_about(part)));
        ours.map(|one| {
            let sentence = self.negotiation.words(&one.description.sentence);
            let line = format!("{}  {sentence}. [{}]", one.basis.at, one.basis.entry.short());
            (json!({ "at": one.basis.at.to_string(), "what": sentence, "entry": one.basis.entry.to_string() }), line)
        })
        .collect()
    }
}
