//! `travaux forecast passage`: what a vote would give.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use travaux_stats::distribution::Distribution;
use travaux_stats::passage::{
    Chances, Passage, Pivot, Rule, Switch, Vote, passage, pivots, shaken, smallest_switches,
};

use super::table::Table;
use super::{ANALYSIS, on_record, percent};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Gives the exact distribution of a vote's count, and what would turn it.
///
/// The table has one row a delegation and the columns participant, yes, no, abstain, absent: the probability of
/// each, adding up to 1. Votes are independent unless --shock says how much moves all of them together; the
/// chances of each delegation stay what they are, only the count spreads. Nothing is sampled.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux forecast passage --probabilities P.csv --majority two-thirds
  travaux forecast passage --probabilities P.csv --majority two-thirds --shock 0.7 --quorum 97
  travaux forecast passage --probabilities P.csv --majority absolute --members 193 --json
  travaux forecast passage --issue safeguards_24 --option strong --majority two-thirds")]
pub(crate) struct Args {
    /// The table of probabilities: a CSV file, or - for standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["issue", "option"])]
    probabilities: Option<PathBuf>,
    #[command(flatten)]
    view: ViewArgs,
    /// Without a table: the issue whose option is put to the vote, on the record.
    #[arg(long, value_name = "ISSUE", requires = "option")]
    issue: Option<String>,
    /// The option of that issue.
    #[arg(long, value_name = "OPTION", requires = "issue")]
    option: Option<String>,
    /// What the vote needs.
    #[arg(long, value_enum)]
    majority: Majority,
    /// How many members the body has, for majorities of all members; without it, the rows of the table.
    #[arg(long, value_name = "N")]
    members: Option<u32>,
    /// How many must be present, voting or abstaining.
    #[arg(long, value_name = "N", default_value_t = 0)]
    quorum: u32,
    /// How much is shared by all delegations: in standard deviations of each one's own part. At 1, half
    /// of the variance is shared.
    #[arg(long, value_name = "SD", default_value_t = 0.0)]
    shock: f64,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// What a vote needs.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Majority {
    /// More in favour than against.
    Simple,
    /// Two thirds of those present and voting.
    TwoThirds,
    /// More than half of all members.
    Absolute,
    /// Two thirds of all members.
    TwoThirdsOfMembers,
}

impl Args {
    fn rule(&self, delegations: u32) -> Rule {
        let members = self.members.unwrap_or(delegations);
        let rule = match self.majority {
            Majority::Simple => Rule::SIMPLE,
            Majority::TwoThirds => Rule::TWO_THIRDS,
            Majority::Absolute => Rule::absolute(members),
            Majority::TwoThirdsOfMembers => Rule::two_thirds_of_members(members),
        };
        rule.with_quorum(self.quorum)
    }
}

/// Points of the shared shock: enough that more change no digit that is shown.
const POINTS: usize = 40;

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    if !(0.0..=10.0).contains(&args.shock) {
        return Err(CommandError::usage(format!(
            "cannot use --shock {}: it must lie between 0 and 10",
            args.shock
        )));
    }
    let Some(probabilities) = &args.probabilities else {
        let (Some(issue), Some(option)) = (&args.issue, &args.option) else {
            return Err(CommandError::usage("cannot forecast a vote: it is not said on what")
                .hint("give --probabilities, or --issue with --option for a vote on the record"));
        };
        let seen = args.view.see()?;
        let states = u32::try_from(seen.negotiation.process.states().len()).unwrap_or(u32::MAX);
        let forecast = on_record::vote(&seen, issue, option, args.rule(states))?;
        return on_record::passage(&seen, &forecast, streams, args.json.then_some(()));
    };
    let (names, room) = read(probabilities)?;
    let rule = args.rule(u32::try_from(names.len()).unwrap_or(u32::MAX));
    let rooms = if args.shock > 0.0 {
        shaken(&room, &vec![args.shock; room.len()], POINTS)
    } else {
        vec![(1.0, room.clone())]
    };
    let votes: Vec<Vote> = room.iter().map(Chances::likeliest).collect();
    let answer = Answer {
        rule,
        passage: passage(rule, &rooms).map_err(CommandError::input)?,
        pivots: pivots(rule, &rooms).map_err(CommandError::input)?,
        switches: smallest_switches(rule, &votes, &room),
        names,
    };
    if args.json {
        super::super::print_json(streams, &answer.json())?;
    } else {
        streams.say(&answer.lines())?;
    }
    Ok(Outcome::Done)
}

fn read(probabilities: &Path) -> Result<(Vec<String>, Vec<Chances>), CommandError> {
    let columns = ["participant", "yes", "no", "abstain", "absent"];
    let table = Table::read(probabilities, &columns)?;
    let (mut names, mut room) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for row in table.rows() {
        let name = row.text("participant");
        if name.is_empty() {
            return Err(row.refused("the participant has no name"));
        }
        if !known.insert(name.to_owned()) {
            return Err(row.refused(format!("{name} stands here a second time")));
        }
        let mut parts = [0.0; 4];
        for (part, column) in parts.iter_mut().zip(&columns[1..]) {
            *part = row.number(column)?;
        }
        names.push(name.to_owned());
        room.push(Chances::new(parts).map_err(|error| row.refused(error))?);
    }
    Ok((names, room))
}

struct Answer {
    names: Vec<String>,
    rule: Rule,
    passage: Passage,
    pivots: Vec<Pivot>,
    switches: Option<Vec<Switch>>,
}

fn word(vote: Vote) -> &'static str {
    match vote {
        Vote::Yes => "yes",
        Vote::No => "no",
        Vote::Abstain => "abstain",
        Vote::Absent => "absent",
    }
}

impl Answer {
    fn impossible(&self) -> Option<String> {
        self.rule.out_of_reach(u32::try_from(self.names.len()).unwrap_or(u32::MAX))
    }

    /// The delegations by how much their vote decides, those that decide most first.
    fn by_swing(&self) -> Vec<(&str, Pivot)> {
        let names = self.names.iter().map(String::as_str);
        let mut ranked: Vec<_> = names.zip(self.pivots.iter().copied()).collect();
        ranked.sort_by(|one, other| other.1.swing().total_cmp(&one.1.swing()));
        ranked
    }

    fn json(&self) -> Value {
        let counts = |distribution: &Distribution| {
            let (low, high) = distribution.band(0.8);
            json!({
                "mean": distribution.mean(),
                "band_80": [low, high],
                "lowest": distribution.lowest(),
                "distribution": distribution.mass(),
            })
        };
        let pivots = self.by_swing().into_iter().map(|(name, pivot)| {
            json!({
                "participant": name,
                "passes_if_yes": pivot.if_yes,
                "passes_if_no": pivot.if_no,
                "swing": pivot.swing(),
            })
        });
        let switches = self.switches.as_ref().map(|switches| {
            let one = |switch: &Switch| {
                let (from, to) = (word(switch.from), word(switch.to));
                json!({ "participant": self.names[switch.delegation], "from": from, "to": to })
            };
            switches.iter().map(one).collect::<Vec<_>>()
        });
        json!({
            "passes": self.passage.passes,
            "rule": self.rule.to_string(),
            "impossible": self.impossible(),
            "delegations": self.names.len(),
            "quorum_met": self.passage.quorum,
            "yes": counts(&self.passage.yes),
            "no": counts(&self.passage.no),
            "abstain": counts(&self.passage.abstain),
            "absent": counts(&self.passage.absent),
            "margin": counts(&self.passage.margin),
            "pivotal": pivots.collect::<Vec<_>>(),
            "turned_by": switches,
            "standing": ANALYSIS,
        })
    }

    fn lines(&self) -> String {
        let mut lines = format!("{ANALYSIS}\n\nNeeded: {}.\n", self.rule);
        if let Some(why) = self.impossible() {
            _ = writeln!(lines, "It cannot pass: {why}.");
        } else {
            _ = writeln!(lines, "Passes with probability {}.", percent(self.passage.passes));
        }
        _ = writeln!(lines, "\n{:10}{:>8}  in 8 cases of 10", "", "mean");
        let rows = [
            ("in favour", &self.passage.yes),
            ("against", &self.passage.no),
            ("abstaining", &self.passage.abstain),
            ("absent", &self.passage.absent),
        ];
        for (name, distribution) in rows {
            let (low, high) = distribution.band(0.8);
            _ = writeln!(lines, "{name:10}{:>8.1}  {low} to {high}", distribution.mean());
        }
        lines.push_str("\nWhose vote decides most often\n");
        for (name, pivot) in self.by_swing().into_iter().take(10) {
            _ = writeln!(
                lines,
                "  {name}: {} if in favour, {} if against",
                percent(pivot.if_yes),
                percent(pivot.if_no)
            );
        }
        match &self.switches {
            None => lines.push_str("\nNo change of votes would turn the likeliest result.\n"),
            Some(switches) => {
                _ = writeln!(
                    lines,
                    "\nThe fewest that would turn the likeliest result, and of these the likeliest: {}",
                    switches.len()
                );
                for switch in switches {
                    let (from, to) = (word(switch.from), word(switch.to));
                    _ = writeln!(lines, "  {} from {from} to {to}", self.names[switch.delegation]);
                }
            }
        }
        lines
    }
}
