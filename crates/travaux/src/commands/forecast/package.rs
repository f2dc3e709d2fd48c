//! `travaux forecast package`: which package of options would carry the room.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Value, json};
use travaux_stats::package::{
    Budget, Choice, Condition, Delegation, Found, Need, Objective, Open, Outcome, Problem,
    ProblemError, Refusal, solve,
};
use travaux_stats::passage::Rule;

use super::{ANALYSIS, on_record, percent};
use crate::Outcome as Done;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Finds the packages, one option for each open issue, that carry the room, and proves the best.
///
/// The problem is a JSON file; docs/forecast.md has its form with an example. A delegation accepts a package
/// that crosses none of its red lines, meets its conditions, and is worth at least its threshold to it. Where the
/// best cannot be proved with the work allowed, it is said how much better another could be.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux forecast package --problem P.json
  travaux forecast package --problem P.json --objective fewest-touched --best 5
  travaux forecast package --problem P.json --lock scope=narrow --json
  travaux forecast package --issue crim_scope --issue coop_scope --as-of 2023-07-01")]
pub(crate) struct Args {
    /// The problem: a JSON file, or - for standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "issue")]
    problem: Option<PathBuf>,
    #[command(flatten)]
    view: ViewArgs,
    /// Without a problem: an issue of the record to decide. May be given several times.
    #[arg(long, value_name = "ISSUE")]
    issue: Vec<String>,
    /// What a package of the record needs.
    #[arg(long, value_enum, default_value = "consensus")]
    rule: NeedArg,
    /// What packages are compared by.
    #[arg(long, value_enum, default_value = "acceptances")]
    objective: Wanted,
    /// How many of the best packages to give.
    #[arg(long, value_name = "N", default_value_t = 3)]
    best: usize,
    /// Take this option whatever else. May be given several times.
    #[arg(long, value_name = "ISSUE=OPTION")]
    lock: Vec<String>,
    /// How much work may be done, in millions of units; 2,000 take about a second.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    work: u64,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// What a package of the record needs.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum NeedArg {
    /// Nobody on record may stand in the way.
    Consensus,
    /// Two thirds of those on record.
    TwoThirds,
    /// More of those on record for it than against.
    Simple,
}

/// What packages are compared by.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Wanted {
    /// As many acceptances as can be.
    Acceptances,
    /// The delegation that gains least is to gain as much as can be.
    WorstOff,
    /// As few issues as can be are decided otherwise than the text has them now.
    FewestTouched,
}

/// The problem as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: WrittenRule,
    #[serde(default)]
    quorum: u32,
    issues: Vec<WrittenIssue>,
    delegations: Vec<WrittenDelegation>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenRule {
    Consensus,
    TwoThirds,
    Simple,
    Absolute,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIssue {
    issue: String,
    options: Vec<String>,
    current: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDelegation {
    participant: String,
    worth: BTreeMap<String, BTreeMap<String, f64>>,
    #[serde(default)]
    threshold: f64,
    #[serde(default)]
    red_lines: Vec<WrittenChoice>,
    #[serde(default)]
    conditions: Vec<WrittenCondition>,
    #[serde(default)]
    otherwise: WrittenRefusal,
    #[serde(default)]
    unsure: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChoice {
    issue: String,
    option: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    #[serde(default, rename = "if")]
    when: Vec<WrittenChoice>,
    then: Vec<WrittenChoice>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenRefusal {
    #[default]
    Against,
    Abstains,
}

/// Problems with so few packages get their whole front of packages that no other beats.
const FRONT: u64 = 60_000;

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Done, CommandError> {
    let objective = match args.objective {
        Wanted::Acceptances => Objective::Acceptances,
        Wanted::WorstOff => Objective::WorstOff,
        Wanted::FewestTouched => Objective::FewestTouched,
    };
    let Some(problem) = &args.problem else {
        if args.issue.is_empty() {
            return Err(CommandError::usage("cannot look for packages: it is not said of what")
                .hint("give --problem, or --issue several times for a package of the record"));
        }
        let need = match args.rule {
            NeedArg::Consensus => Need::Consensus,
            NeedArg::TwoThirds => Need::Vote(Rule::TWO_THIRDS),
            NeedArg::Simple => Need::Vote(Rule::SIMPLE),
        };
        let asked = (need, objective, args.best);
        return on_record::packages(
            &args.view,
            &args.issue,
            asked,
            streams,
            args.json.then_some(()),
        );
    };
    let input = Input::from(problem.as_path());
    let written: Written = serde_json::from_str(&input.text()?).map_err(|error| {
        CommandError::input(format!("cannot read {input} as a problem: {error}"))
            .hint("docs/forecast.md has the form with an example")
    })?;
    let named = Named { name: input.to_string(), written };
    let problem = named.problem(&args.lock)?;
    let budget = Budget(args.work.saturating_mul(1_000_000));
    let found = solve(&problem, objective, args.best, budget)
        .map_err(|error| named.contradiction(&error))?;
    let answer = Answer { named: &named, problem: &problem, objective, found };
    if args.json {
        super::super::print_json(streams, &answer.json())?;
    } else {
        streams.say(&answer.lines())?;
    }
    Ok(Done::Done)
}

struct Named {
    name: String,
    written: Written,
}

impl Named {
    fn refused(&self, why: impl std::fmt::Display) -> CommandError {
        CommandError::input(format!("cannot use {}: {why}", self.name))
    }

    fn issue(&self, written: &str) -> Result<usize, CommandError> {
        let place = self.written.issues.iter().position(|known| known.issue == written);
        place.ok_or_else(|| self.refused(format!("there is no issue {written:?}")))
    }

    fn option(&self, issue: usize, written: &str) -> Result<usize, CommandError> {
        let known = &self.written.issues[issue];
        let place = known.options.iter().position(|option| option == written);
        place.ok_or_else(|| {
            self.refused(format!("issue {:?} has no option {written:?}", known.issue))
                .hint(format!("its options are {}", known.options.join(", ")))
        })
    }

    fn choice(&self, written: &WrittenChoice) -> Result<Choice, CommandError> {
        let issue = self.issue(&written.issue)?;
        Ok(Choice { issue, option: self.option(issue, &written.option)? })
    }

    fn choices(&self, written: &[WrittenChoice]) -> Result<Vec<Choice>, CommandError> {
        written.iter().map(|choice| self.choice(choice)).collect()
    }

    fn problem(&self, locks: &[String]) -> Result<Problem, CommandError> {
        let mut issues = Vec::new();
        for (place, issue) in self.written.issues.iter().enumerate() {
            if self.issue(&issue.issue)? != place {
                return Err(self.refused(format!("issue {:?} stands there twice", issue.issue)));
            }
            let current = issue.current.as_deref();
            let current = current.map(|option| self.option(place, option)).transpose()?;
            issues.push(Open { options: issue.options.len(), current, locked: None });
        }
        for lock in locks {
            let (issue, option) = lock.split_once('=').ok_or_else(|| {
                CommandError::usage(format!("cannot use --lock {lock}: write ISSUE=OPTION"))
            })?;
            let issue = self.issue(issue)?;
            issues[issue].locked = Some(self.option(issue, option)?);
        }
        let delegations = self.written.delegations.iter().map(|one| self.delegation(one));
        let delegations: Vec<Delegation> = delegations.collect::<Result<_, _>>()?;
        let members = u32::try_from(delegations.len()).unwrap_or(u32::MAX);
        let vote = |rule: Rule| Need::Vote(rule.with_quorum(self.written.quorum));
        let need = match self.written.rule {
            WrittenRule::Consensus => Need::Consensus,
            WrittenRule::TwoThirds => vote(Rule::TWO_THIRDS),
            WrittenRule::Simple => vote(Rule::SIMPLE),
            WrittenRule::Absolute => vote(Rule::absolute(members)),
        };
        Ok(Problem { issues, delegations, need })
    }

    fn delegation(&self, written: &WrittenDelegation) -> Result<Delegation, CommandError> {
        let who = &written.participant;
        for (issue, worth) in &written.worth {
            let place = self.issue(issue)?;
            for option in worth.keys() {
                self.option(place, option)?;
            }
        }
        let mut worth = Vec::new();
        for issue in &self.written.issues {
            // An issue that a delegation does not name is worth nothing to it, whatever is taken.
            let named = written.worth.get(&issue.issue);
            let one = |option: &String| match named {
                None => Ok(0.0),
                Some(named) => named.get(option).copied().ok_or_else(|| {
                    self.refused(format!(
                        "{who} does not say what {option:?} of {:?} is worth",
                        issue.issue
                    ))
                }),
            };
            worth.push(issue.options.iter().map(one).collect::<Result<_, _>>()?);
        }
        let conditions = written.conditions.iter().map(|one| {
            Ok(Condition { when: self.choices(&one.when)?, then: self.choices(&one.then)? })
        });
        if !(written.unsure.is_finite() && written.unsure >= 0.0 && written.threshold.is_finite()) {
            return Err(self.refused(format!(
                "the threshold and unsureness of {who} must be numbers, the latter at least 0"
            )));
        }
        Ok(Delegation {
            worth,
            threshold: written.threshold,
            red_lines: self.choices(&written.red_lines)?,
            conditions: conditions.collect::<Result<_, CommandError>>()?,
            refusal: match written.otherwise {
                WrittenRefusal::Against => Refusal::Against,
                WrittenRefusal::Abstains => Refusal::Abstains,
            },
            unsure: written.unsure,
        })
    }

    /// Says in names why a problem makes no sense.
    fn contradiction(&self, error: &ProblemError) -> CommandError {
        match error {
            ProblemError::RedLines { issue, crossed } => {
                let issue = &self.written.issues[*issue];
                let lines = issue.options.iter().zip(crossed).map(|(option, who)| {
                    format!("{option}: {}", self.written.delegations[*who].participant)
                });
                self.refused(format!(
                    "no package can have consensus: every option of {:?} crosses a red line ({})",
                    issue.issue,
                    lines.collect::<Vec<_>>().join("; ")
                ))
                .hint("look at one red line less, or at what a vote would give")
            }
            error => self.refused(error),
        }
    }
}

struct Answer<'a> {
    named: &'a Named,
    problem: &'a Problem,
    objective: Objective,
    found: Found,
}

impl Answer<'_> {
    fn package(&self, package: &[usize]) -> Vec<(&str, &str)> {
        let issues = self.named.written.issues.iter().zip(package);
        issues
            .map(|(issue, option)| (issue.issue.as_str(), issue.options[*option].as_str()))
            .collect()
    }

    fn refusing(&self, outcome: &Outcome) -> Vec<&str> {
        let all = self.named.written.delegations.iter().zip(&outcome.accepts);
        all.filter(|(_, accepts)| !**accepts).map(|(one, _)| one.participant.as_str()).collect()
    }

    fn package_json(&self, package: &[usize], outcome: &Outcome) -> Value {
        let options: BTreeMap<&str, &str> = self.package(package).into_iter().collect();
        let gains = self.named.written.delegations.iter().zip(&outcome.gains);
        let gains: BTreeMap<&str, f64> =
            gains.map(|(one, gain)| (one.participant.as_str(), *gain)).collect();
        json!({
            "options": options,
            "value": outcome.value(self.objective),
            "acceptances": outcome.acceptances,
            "worst_gain": outcome.worst,
            "touched": outcome.touched,
            "gains": gains,
            "refusing": self.refusing(outcome),
            "carries_with_chance": self.problem.robustness(package).ok(),
        })
    }

    fn bound(&self) -> Option<f64> {
        Some(self.found.bound).filter(|bound| bound.is_finite())
    }

    fn json(&self) -> Value {
        let packages = self.found.best.iter();
        let packages = packages.map(|(package, outcome)| self.package_json(package, outcome));
        let front = self.problem.pareto(FRONT).map(|front| {
            let each = front.iter().map(|(package, outcome)| self.package_json(package, outcome));
            each.collect::<Vec<_>>()
        });
        json!({
            "packages": packages.collect::<Vec<_>>(),
            "optimum": self.found.best.first().map(|(_, outcome)| outcome.value(self.objective)),
            "proved": self.found.proved,
            "bound": self.bound(),
            "points": self.found.points,
            "front": front,
            "standing": ANALYSIS,
        })
    }

    fn lines(&self) -> String {
        let mut lines = format!("{ANALYSIS}\n");
        if self.found.best.is_empty() {
            lines.push_str(if self.found.proved {
                "\nNo package carries. This is certain.\n"
            } else {
                "\nNo package that carries was found; whether there is one is not known.\n"
            });
            return lines;
        }
        for (place, (package, outcome)) in self.found.best.iter().enumerate() {
            _ = writeln!(
                lines,
                "\nPackage {}: {} of {} accept; the least gain is {:.2}; touched: {}",
                place + 1,
                outcome.acceptances,
                self.problem.delegations.len(),
                outcome.worst,
                outcome.touched
            );
            for (issue, option) in self.package(package) {
                _ = writeln!(lines, "  {issue}: {option}");
            }
            let refusing = self.refusing(outcome);
            if !refusing.is_empty() {
                _ = writeln!(lines, "  not accepting: {}", refusing.join(", "));
            }
            if let Ok(chance) = self.problem.robustness(package) {
                _ = writeln!(lines, "  carries with probability {}", percent(chance));
            }
        }
        _ = match (self.found.proved, self.bound()) {
            (true, _) => writeln!(lines, "\nProved: no other package is better."),
            (false, Some(bound)) => {
                writeln!(lines, "\nNot proved: another could be worth up to {bound:.2}.")
            }
            (false, None) => writeln!(lines, "\nNot proved, and no bound is known."),
        };
        lines
    }
}
