//! Forecasts on a record: what `travaux-negotiation` says, in words and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::forecast::{
    ANALYSIS, Deadline, Deposits, Forecast, IssueForecast, Known, PackageTable, VoteForecast,
};
use travaux_record::{IssueId, OptionId};
use travaux_stats::package::{Budget, Found, Need, Objective, solve};
use travaux_stats::passage::Rule;
use travaux_stats::survival::Wait;

use super::percent;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;

/// Forecasts how disputed issues end: which option comes, with what it rests on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux forecast outcome                    # every issue framed by the day
  travaux forecast outcome --issue title --json")]
pub(crate) struct OutcomeArgs {
    #[command(flatten)]
    view: ViewArgs,
    /// This issue alone. May be given several times.
    #[arg(long, value_name = "ISSUE")]
    issue: Vec<String>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// Forecasts whether the next decision is taken without a vote, and who could stand in the way.
///
/// With --issue and --option, the chance that nobody on record against it blocks consensus on that option.
#[derive(Debug, clap::Args)]
pub(crate) struct ConsensusArgs {
    #[command(flatten)]
    view: ViewArgs,
    /// An issue.
    #[arg(long, value_name = "ISSUE", requires = "option")]
    issue: Option<String>,
    /// An option of it.
    #[arg(long, value_name = "OPTION", requires = "issue")]
    option: Option<String>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// Forecasts whether the dates that the body has set itself hold, from the dates it set before.
#[derive(Debug, clap::Args)]
pub(crate) struct CalendarArgs {
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// A forecast with its framing, its basis and its answer, as JSON.
fn framed<A>(seen: &Seen, forecast: &Forecast<A>, answer: impl Fn(&A) -> Value) -> Value {
    let silence = forecast.answer.as_ref().err();
    json!({
        "question": forecast.question,
        "answer": forecast.answer.as_ref().ok().map(answer),
        "silence": silence.map(|silence| json!({ "why": silence.why, "missing": silence.missing })),
        "method": forecast.method,
        "known": forecast.known,
        "framed_in_hindsight": forecast.in_hindsight,
        "past_score": forecast.past_score.words(),
        "inputs": forecast.inputs,
        "viewer": match &seen.view.viewer {
            travaux_record::Viewer::Participant(id) => json!(id),
            travaux_record::Viewer::Public => json!("public"),
        },
        "standing": ANALYSIS,
    })
}

/// The same in words, with the answer between.
fn told<A>(forecast: &Forecast<A>, answer: impl Fn(&A) -> String) -> String {
    let mut lines = format!("{}\n", forecast.question);
    match &forecast.answer {
        Ok(said) => lines.push_str(&answer(said)),
        Err(silence) => {
            _ = writeln!(
                lines,
                "  Nothing is said: {}. Missing: {}.",
                silence.why, silence.missing
            );
        }
    }
    let hindsight =
        if forecast.in_hindsight { "; the question was framed in hindsight" } else { "" };
    _ = writeln!(
        lines,
        "  Rests on {} entries known by {}{hindsight}. Method: {}. Past score: {}.\n",
        forecast.inputs.len(),
        forecast.known,
        forecast.method,
        forecast.past_score.words()
    );
    lines
}

fn known(seen: &Seen) -> Known<'_> {
    let latest = || {
        let days = seen.opened.record.entries().map(|entry| entry.at.counts_from());
        days.max().unwrap_or(jiff::civil::Date::MIN)
    };
    Known { negotiation: &seen.negotiation, on: seen.view.as_of.unwrap_or_else(latest) }
}

fn unknown_issue(seen: &Seen, written: &str) -> CommandError {
    let keys: Vec<&str> =
        seen.negotiation.positions.issues().map(|issue| issue.fact.issue.as_str()).collect();
    let hint = if keys.is_empty() {
        "no issue had been framed by that day".to_owned()
    } else {
        format!("the issues framed by that day are {}", keys.join(", "))
    };
    CommandError::input(format!(
        "cannot forecast the issue {written:?}: the record has none of that key"
    ))
    .hint(hint)
}

pub(super) fn outcome(args: &OutcomeArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let known = known(&seen);
    let all =
        || seen.negotiation.positions.issues().map(|one| one.fact.issue.to_string()).collect();
    let issues: Vec<String> = if args.issue.is_empty() { all() } else { args.issue.clone() };
    let mut forecasts = Vec::new();
    for issue in issues {
        let forecast = travaux_negotiation::forecast::issue(&known, &IssueId::new(&issue));
        forecasts.push(forecast.ok_or_else(|| unknown_issue(&seen, &issue))?);
    }
    if args.json {
        let each = forecasts.iter().map(|one| framed(&seen, one, issue_json));
        super::super::print_json(streams, &json!({ "forecasts": each.collect::<Vec<_>>() }))?;
    } else {
        let told = forecasts.iter().map(|one| told(one, |answer| issue_lines(&seen, answer)));
        streams.say(&format!("{ANALYSIS}\n\n{}", told.collect::<String>()))?;
    }
    Ok(Outcome::Done)
}

fn issue_json(answer: &IssueForecast) -> Value {
    let options = answer.options.chances.iter().zip(&answer.support);
    let options = options.map(|((option, chance), (for_it, against))| {
        json!({ "option": option, "chance": chance, "for": for_it, "against": against })
    });
    json!({
        "options": options.collect::<Vec<_>>(),
        "speakers": answer.speakers,
        "compromise": answer.compromise.as_ref().map(|one| json!({
            "compromise": one.said.compromise, "spread": one.spread,
            "median": one.said.median, "mean": one.said.mean,
        })),
    })
}

fn issue_lines(seen: &Seen, answer: &IssueForecast) -> String {
    let mut lines = String::new();
    for ((option, chance), (for_it, against)) in answer.options.chances.iter().zip(&answer.support)
    {
        let label = seen.negotiation.positions.option_label(&answer.options.issue, option);
        _ = writeln!(
            lines,
            "  {:>12}  {} (States for: {for_it}, against: {against})",
            percent(*chance),
            label.unwrap_or(option.as_str())
        );
    }
    if let Some(one) = &answer.compromise {
        _ = writeln!(
            lines,
            "  compromise at {:.2} (give or take {:.2}) of the options counted from 0; median {:.2}, mean {:.2}",
            one.said.compromise, one.spread, one.said.median, one.said.mean
        );
    }
    lines
}

pub(super) fn consensus(
    args: &ConsensusArgs,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let known = known(&seen);
    if let (Some(issue), Some(option)) = (&args.issue, &args.option) {
        let forecast = vote(&seen, issue, option, Rule::TWO_THIRDS)?;
        let chance = |answer: &VoteForecast| answer.consensus.as_ref().map(|one| one.holds);
        if args.json {
            let json = framed(
                &seen,
                &forecast,
                |answer| json!({ "holds": chance(answer), "against": answer.on_record[1], "silent": answer.silent }),
            );
            super::super::print_json(streams, &json)?;
        } else {
            let told = told(&forecast, |answer| match chance(answer) {
                Some(holds) => format!(
                    "  Nobody on record blocks consensus with probability {}: {} are against it, and how readily they would \
                     block is unknown. The {} silent are taken not to.\n",
                    percent(holds),
                    answer.on_record[1],
                    answer.silent
                ),
                None => "  Nothing is said of consensus.\n".to_owned(),
            });
            streams.say(&format!("{ANALYSIS}\n\n{told}"))?;
        }
        return Ok(Outcome::Done);
    }
    let forecast = travaux_negotiation::forecast::consensus_or_vote(&known);
    if args.json {
        super::super::print_json(
            streams,
            &framed(&seen, &forecast, |holds| json!({ "without_a_vote": holds })),
        )?;
    } else {
        let told = told(&forecast, |holds| {
            format!("  Without a vote with probability {}.\n", percent(*holds))
        });
        streams.say(&format!("{ANALYSIS}\n\n{told}"))?;
    }
    Ok(Outcome::Done)
}

pub(super) fn calendar(
    args: &CalendarArgs,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let known = known(&seen);
    let ahead = seen.negotiation.process.milestones().into_iter().filter(|one| !one.is_reached());
    let forecasts: Vec<Forecast<Deadline>> =
        ahead.map(|one| travaux_negotiation::forecast::deadline(&known, one)).collect();
    if args.json {
        let each = forecasts.iter().map(|one| framed(&seen, one, deadline_json));
        super::super::print_json(streams, &json!({ "forecasts": each.collect::<Vec<_>>() }))?;
    } else if forecasts.is_empty() {
        streams.say(&format!("{ANALYSIS}\n\nNo date is ahead on record on this day.\n"))?;
    } else {
        let told = forecasts.iter().map(|one| told(one, deadline_lines));
        streams.say(&format!("{ANALYSIS}\n\n{}", told.collect::<String>()))?;
    }
    Ok(Outcome::Done)
}

fn deadline_json(answer: &Deadline) -> Value {
    let more = answer
        .with_more
        .iter()
        .map(|(days, chance)| json!({ "days_more": days, "chance": chance }));
    json!({
        "milestone": answer.milestone, "due": answer.due, "holds": answer.holds,
        "with_an_extension": more.collect::<Vec<_>>(), "median": answer.median, "slips": answer.class,
    })
}

fn deadline_lines(answer: &Deadline) -> String {
    let mut lines = format!("  It holds with probability {}.\n", percent(answer.holds));
    for (days, chance) in &answer.with_more {
        _ = writeln!(lines, "  With {days:>3} days more: {}", percent(*chance));
    }
    let slips: Vec<String> = answer.class.iter().map(|days| format!("{days:.0}")).collect();
    _ = writeln!(
        lines,
        "  Earlier dates of this body slipped by so many days: {}",
        slips.join(", ")
    );
    lines
        .push_str("  What more informal meetings would do is not said: nothing on record tells.\n");
    lines
}

/// Forecasts a vote on an option of the record.
pub(super) fn vote(
    seen: &Seen,
    issue: &str,
    option: &str,
    rule: Rule,
) -> Result<Forecast<VoteForecast>, CommandError> {
    let known = known(seen);
    let id = IssueId::new(issue);
    let framed =
        known.negotiation.positions.issue(&id).ok_or_else(|| unknown_issue(seen, issue))?;
    let options: Vec<&str> = framed.fact.options.iter().map(|one| one.option.as_str()).collect();
    let forecast = travaux_negotiation::forecast::vote(&known, &id, &OptionId::new(option), rule);
    forecast.ok_or_else(|| {
        CommandError::input(format!(
            "cannot forecast a vote: the issue {issue:?} has no option {option:?}"
        ))
        .hint(format!("its options are {}", options.join(", ")))
    })
}

/// Prints the forecast of a vote on the record.
pub(super) fn passage(
    seen: &Seen,
    forecast: &Forecast<VoteForecast>,
    streams: &mut Streams,
    as_json: Option<()>,
) -> Result<Outcome, CommandError> {
    streams.remark(seen);
    let name = |place: usize, answer: &VoteForecast| {
        seen.negotiation.process.name(&answer.states[place]).to_owned()
    };
    if as_json.is_some() {
        let json = framed(seen, forecast, |answer| {
            let (low, high) = answer.passage.yes.band(0.8);
            json!({
                "passes": answer.passage.passes, "rule": answer.rule.to_string(),
                "yes": { "mean": answer.passage.yes.mean(), "band_80": [low, high], "distribution": answer.passage.yes.mass() },
                "no": { "mean": answer.passage.no.mean(), "band_80": answer.passage.no.band(0.8) },
                "on_record": { "for": answer.on_record[0], "against": answer.on_record[1], "neither": answer.on_record[2] },
                "silent": answer.silent,
                "consensus_holds": answer.consensus.as_ref().map(|one| one.holds),
                "turned_by": answer.switches.as_ref().map(|switches| {
                    switches.iter().map(|one| name(one.delegation, answer)).collect::<Vec<_>>()
                }),
            })
        });
        super::super::print_json(streams, &json)?;
        return Ok(Outcome::Done);
    }
    let told = told(forecast, |answer| {
        let (low, high) = answer.passage.yes.band(0.8);
        let mut lines = format!(
            "  Carried with probability {}; in favour {:.0}, in 8 cases of 10 between {low} and {high}.\n  \
             On record: {} for, {} against, {} neither; {} silent.\n",
            percent(answer.passage.passes),
            answer.passage.yes.mean(),
            answer.on_record[0],
            answer.on_record[1],
            answer.on_record[2],
            answer.silent
        );
        if let Some(switches) = &answer.switches {
            _ = writeln!(
                lines,
                "  {} voting otherwise would turn the likeliest result.",
                switches.len()
            );
        }
        lines
    });
    streams.say(&format!("{ANALYSIS}\n\n{told}"))?;
    Ok(Outcome::Done)
}

/// Prints the forecast of entry into force on the record.
pub(super) fn entry_into_force(
    view: &ViewArgs,
    thresholds: &[u32],
    streams: &mut Streams,
    as_json: Option<()>,
) -> Result<Outcome, CommandError> {
    let seen = view.see()?;
    streams.remark(&seen);
    let known = known(&seen);
    let forecast = travaux_negotiation::forecast::deposits(&known, thresholds);
    let day = |answer: &Deposits, wait: &Wait, chance: f64| answer.day(known.on, wait, chance);
    if as_json.is_some() {
        let json = framed(&seen, &forecast, |answer| {
            let lines = answer.waits.iter().map(|(needed, wait)| match wait {
                None => json!({ "threshold": needed, "reached": true, "within_20_years": 1.0 }),
                Some(wait) => json!({
                    "threshold": needed, "reached": false,
                    "p10": day(answer, wait, 0.1), "p50": day(answer, wait, 0.5), "p90": day(answer, wait, 0.9),
                    "within_5_years": wait.within(5.0), "within_20_years": wait.within(20.0),
                    "constant_pace_within_20_years": answer.at_constant_pace(*needed, 20.0),
                }),
            });
            json!({
                "deposited": answer.case.deposited, "signed_not_deposited": answer.case.pending,
                "needed_by_clause": answer.needed_by_clause, "thresholds": lines.collect::<Vec<_>>(),
            })
        });
        super::super::print_json(streams, &json)?;
        return Ok(Outcome::Done);
    }
    let told = told(&forecast, |answer| {
        let mut lines = format!(
            "  {} deposited, {} signed and not deposited; the clause asks for {}.\n",
            answer.case.deposited,
            answer.case.pending.unwrap_or(0),
            answer.needed_by_clause
        );
        for (needed, wait) in &answer.waits {
            _ = match wait {
                None => writeln!(lines, "  {needed:>3}: reached"),
                Some(wait) => writeln!(
                    lines,
                    "  {needed:>3}: 1 in 10 by {}, half by {}, 9 in 10 by {}; within 20 years {}",
                    super::entry_into_force::shown(day(answer, wait, 0.1)),
                    super::entry_into_force::shown(day(answer, wait, 0.5)),
                    super::entry_into_force::shown(day(answer, wait, 0.9)),
                    percent(wait.within(20.0))
                ),
            };
        }
        lines
    });
    streams.say(&format!("{ANALYSIS}\n\n{told}"))?;
    Ok(Outcome::Done)
}

/// Prints the packages of some issues of the record.
pub(super) fn packages(
    view: &ViewArgs,
    issues: &[String],
    (need, objective, best): (Need, Objective, usize),
    streams: &mut Streams,
    as_json: Option<()>,
) -> Result<Outcome, CommandError> {
    let seen = view.see()?;
    streams.remark(&seen);
    let ids: Vec<IssueId> = issues.iter().map(IssueId::new).collect();
    if let Some(place) = ids.iter().position(|id| seen.negotiation.positions.issue(id).is_none()) {
        return Err(unknown_issue(&seen, &issues[place]));
    }
    let known = known(&seen);
    let table = travaux_negotiation::forecast::packages(&known, &ids, need).map_err(|silence| {
        CommandError::input(format!("cannot look for packages: {}", silence.why))
            .hint(format!("missing: {}", silence.missing))
    })?;
    let found =
        solve(&table.problem, objective, best, Budget::default()).map_err(CommandError::input)?;
    if as_json.is_some() {
        super::super::print_json(streams, &packages_json(&seen, &table, &found, objective))?;
    } else {
        streams.say(&packages_lines(&seen, &table, &found))?;
    }
    Ok(Outcome::Done)
}

fn label(table: &PackageTable, issue: usize, option: usize) -> &str {
    &table.issues[issue].options[option].1
}

fn packages_json(seen: &Seen, table: &PackageTable, found: &Found, objective: Objective) -> Value {
    let packages = found.best.iter().map(|(package, outcome)| {
        let options = table.issues.iter().zip(package).map(|(issue, option)| {
            json!({ "issue": issue.issue, "option": issue.options[*option].0, "label": issue.options[*option].1 })
        });
        let refusing = table.actors.iter().zip(&outcome.accepts).filter(|(_, accepts)| !**accepts);
        json!({
            "options": options.collect::<Vec<_>>(),
            "acceptances": outcome.acceptances, "worst_gain": outcome.worst,
            "value": outcome.value(objective),
            "refusing": refusing.map(|(actor, _)| actor).collect::<Vec<_>>(),
            "carries_with_chance": table.problem.robustness(package).ok(),
        })
    });
    let conditions = table.conditions.iter().map(|one| {
        json!({
            "actor": one.actor, "words": one.words,
            "on": label(table, one.on.issue, one.on.option),
            "read_as": one.asks.map(|asks| label(table, asks.issue, asks.option)),
        })
    });
    json!({
        "packages": packages.collect::<Vec<_>>(),
        "proved": found.proved,
        "bound": Some(found.bound).filter(|bound| bound.is_finite()),
        "actors": table.actors, "silent": table.silent,
        "conditions": conditions.collect::<Vec<_>>(),
        "red_lines_not_read": table.unread_red_lines,
        "framed_in_hindsight": table.issues.iter().any(|issue| issue.in_hindsight),
        "known": known(seen).on, "inputs": table.inputs,
        "salience": "not on record: all issues count equal",
        "standing": ANALYSIS,
    })
}

fn packages_lines(seen: &Seen, table: &PackageTable, found: &Found) -> String {
    let mut lines = format!(
        "{ANALYSIS}\n\n{} States and labels are on record on these issues; {} States said nothing on them and are left out.\n\
         Salience is not on record: all issues count equal.\n",
        table.actors.len(),
        table.silent
    );
    for one in &table.conditions {
        let name = seen.negotiation.process.name(&one.actor);
        let on = label(table, one.on.issue, one.on.option);
        let read = one.asks.map_or("not read by the search".to_owned(), |asks| {
            format!("read as \"{}\"", label(table, asks.issue, asks.option))
        });
        _ = writeln!(lines, "Condition of {name} on \"{on}\": {} ({read}).", one.words);
    }
    for (who, words) in &table.unread_red_lines {
        let name = seen.negotiation.process.name(who);
        _ = writeln!(
            lines,
            "Red line of {name}, not read since no position of its own tells which option: {words}"
        );
    }
    for (place, (package, outcome)) in found.best.iter().enumerate() {
        _ = writeln!(
            lines,
            "\nPackage {}: {} of {} accept; least gain {:.1}",
            place + 1,
            outcome.acceptances,
            table.actors.len(),
            outcome.worst
        );
        for (issue, option) in table.issues.iter().zip(package) {
            _ = writeln!(lines, "  {}: {}", issue.title, issue.options[*option].1);
        }
        if let Ok(chance) = table.problem.robustness(package) {
            _ = writeln!(lines, "  the rule is met with probability {}", percent(chance));
        }
    }
    lines.push_str(match (found.best.is_empty(), found.proved) {
        (true, true) => {
            "\nNo package carries. This is certain, as far as positions are on record.\n"
        }
        (true, false) => "\nNo package that carries was found.\n",
        (false, true) => "\nProved: no other package is better.\n",
        (false, false) => "\nNot proved to be the best.\n",
    });
    lines
}
