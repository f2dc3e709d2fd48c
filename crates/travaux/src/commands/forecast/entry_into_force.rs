//! `travaux forecast entry-into-force`: when enough instruments will be deposited.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_stats::legal_lag::LegalLag;
use travaux_stats::survival::{Case, Knows, Model, Wait, constant_hazard, members};

use super::table::Table;
use super::{ANALYSIS, on_record, percent};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Says when a treaty would enter into force, for each number of instruments asked for.
///
/// The table of deposits has the columns participant and date, one row an instrument that counts: leave out those of
/// organizations where the clause does. What is dated after --as-of is not looked at. The model was fitted to
/// treaties deposited with the Secretary-General (parameters/); its 80 % interval held the answer in about 8
/// cases of 10 in a rolling test, see docs/forecast.md. It knows how many signed only if --signatures says so,
/// and is much the better for it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux forecast entry-into-force --deposits D.csv --opened 2000-12-12 --as-of 2002-12-12 \\
    --thresholds 30,40,50,70 --lag days:90
  travaux forecast entry-into-force --deposits D.csv --signatures S.csv --opened 2000-12-12 \\
    --as-of 2002-12-12 --thresholds 40 --json")]
pub(crate) struct Args {
    /// The deposits: a CSV file, or - for standard input.
    ///
    /// Without it, what the record has of signatures and deposits.
    #[arg(long, value_name = "FILE", requires = "opened")]
    deposits: Option<PathBuf>,
    #[command(flatten)]
    view: ViewArgs,
    /// The signatures, in the same form.
    #[arg(long, value_name = "FILE")]
    signatures: Option<PathBuf>,
    /// When the treaty was opened for signature, or adopted.
    #[arg(long, value_name = "DATE", requires = "deposits")]
    opened: Option<Date>,
    /// The numbers of instruments to forecast.
    #[arg(long, value_name = "N,N", value_delimiter = ',', default_value = "30,40,50,60,70")]
    thresholds: Vec<u32>,
    /// How long after the last of these the treaty enters into force: days:90 (the ninetieth day),
    /// months:3, first-of-month-after-day:60 (the first day of the month after the sixtieth day), or
    /// first-of-month:6 (the first day of the sixth month after that of the deposit).
    #[arg(long, value_name = "LAG", default_value = "days:0", value_parser = lag)]
    lag: LegalLag,
    /// How many States may deposit; without it, the members of the United Nations on that day.
    #[arg(long, value_name = "N")]
    members: Option<u32>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

fn lag(written: &str) -> Result<LegalLag, String> {
    let (form, count) = written.split_once(':').ok_or("write for instance days:90")?;
    let count: u32 =
        count.parse().map_err(|error: std::num::ParseIntError| format!("{count:?}: {error}"))?;
    match form {
        "days" => Ok(LegalLag::Days(count)),
        "months" => Ok(LegalLag::Months(count)),
        "first-of-month-after-day" => Ok(LegalLag::FirstOfMonthAfterDay(count)),
        "first-of-month" => Ok(LegalLag::FirstOfMonth(count)),
        _ => Err(format!(
            "{form:?} is none of days, months, first-of-month-after-day, first-of-month"
        )),
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let (Some(deposits), Some(opened)) = (&args.deposits, args.opened) else {
        let as_json = args.json.then_some(());
        return on_record::entry_into_force(&args.view, &args.thresholds, streams, as_json);
    };
    let as_of = args.view.day_written()?;
    if as_of < opened {
        return Err(CommandError::usage(format!(
            "cannot forecast as of {as_of}: the treaty was opened later, on {opened}"
        )));
    }
    let (deposits, later) = dated(deposits, as_of)?;
    if later > 0 {
        streams.remark(format!("{later} deposits after {as_of} were not looked at"));
    }
    let signed = args.signatures.as_ref().map(|path| dated(path, as_of)).transpose()?;
    let pending = signed.map(|(signed, _)| {
        let pending = signed.keys().filter(|name| !deposits.contains_key(*name)).count();
        u32::try_from(pending).unwrap_or(u32::MAX)
    });
    let mut days: Vec<Date> = deposits.into_values().collect();
    days.sort_unstable();
    let knows = if pending.is_some() { Knows::DepositsAndSignatures } else { Knows::Deposits };
    let answer = Answer {
        known: Known {
            days,
            pending,
            opened,
            as_of,
            members: args.members.unwrap_or_else(|| members(years(as_of))),
        },
        model: Model::shipped(knows).map_err(CommandError::input)?,
        lag: args.lag,
    };
    let lines: Vec<Line> = args.thresholds.iter().map(|needed| answer.line(*needed)).collect();
    if args.json {
        super::super::print_json(streams, &answer.json(&lines))?;
    } else {
        streams.say(&answer.table(&lines))?;
    }
    Ok(Outcome::Done)
}

/// Reads participants with dates up to a day; how many came later.
fn dated(path: &Path, as_of: Date) -> Result<(BTreeMap<String, Date>, usize), CommandError> {
    let table = Table::read(path, &["participant", "date"])?;
    let mut dates = BTreeMap::new();
    for row in table.rows() {
        let name = row.text("participant");
        if name.is_empty() {
            return Err(row.refused("the participant has no name"));
        }
        if dates.insert(name.to_owned(), row.date("date")?).is_some() {
            return Err(row.refused(format!("{name} stands here a second time")));
        }
    }
    let all = dates.len();
    dates.retain(|_, date| *date <= as_of);
    let later = all - dates.len();
    Ok((dates, later))
}

/// A date in years of the calendar.
pub(super) fn years(date: Date) -> f64 {
    f64::from(date.year()) + f64::from(date.day_of_year() - 1) / f64::from(date.days_in_year())
}

/// What is known on the day of the forecast.
struct Known {
    days: Vec<Date>,
    pending: Option<u32>,
    opened: Date,
    as_of: Date,
    members: u32,
}

struct Answer {
    known: Known,
    model: Model,
    lag: LegalLag,
}

/// What is said of one number of instruments.
enum Line {
    Reached { needed: u32, deposit: Date, in_force: Option<Date> },
    OutOfReach { needed: u32 },
    Ahead { needed: u32, wait: Wait, case: Case },
}

const HORIZONS: [f64; 4] = [2.0, 5.0, 10.0, 20.0];

impl Answer {
    fn line(&self, needed: u32) -> Line {
        let known = &self.known;
        if let Some(day) = known.days.get((needed.max(1) - 1) as usize) {
            return Line::Reached { needed, deposit: *day, in_force: self.lag.after(*day) };
        }
        if needed > known.members {
            return Line::OutOfReach { needed };
        }
        let year_ago = known.as_of.saturating_sub(1.year());
        let recent = known.days.iter().filter(|day| **day > year_ago).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let age = f64::from((known.as_of - known.opened).get_days().max(1)) / 365.25;
        let case = Case {
            needed,
            deposited: count(known.days.len()),
            in_last_year: count(recent),
            pending: known.pending,
            age,
            members: known.members,
        };
        Line::Ahead { needed, wait: self.model.wait(&case), case }
    }

    /// The day that so many years after the forecast is; none beyond the calendar.
    fn day(&self, years: f64) -> Option<Date> {
        // Days are counted; the calendar has fewer than four million.
        let days = libm_round(years * 365.25).filter(|days| *days < 4_000_000)?;
        self.known.as_of.checked_add(days.days()).ok()
    }

    fn quantile(&self, wait: &Wait, p: f64) -> [Option<Date>; 2] {
        let deposit = self.day(wait.quantile(p));
        [deposit, deposit.and_then(|day| self.lag.after(day))]
    }

    fn json(&self, lines: &[Line]) -> Value {
        let known = &self.known;
        json!({
            "opened": known.opened,
            "as_of": known.as_of,
            "deposited": known.days.len(),
            "signed_not_deposited": known.pending,
            "members": known.members,
            "thresholds": lines.iter().map(|line| self.line_json(line)).collect::<Vec<_>>(),
            "model": {
                "name": "censored log-normal accelerated failure time",
                "parameters": if known.pending.is_some() {
                    "parameters/deposits-and-signatures.txt"
                } else {
                    "parameters/deposits.txt"
                },
            },
            "standing": ANALYSIS,
        })
    }

    fn line_json(&self, line: &Line) -> Value {
        let entry =
            |days: [Option<Date>; 3]| json!({ "p10": days[0], "p50": days[1], "p90": days[2] });
        match line {
            Line::Reached { needed, deposit, in_force } => {
                let mut json = entry([*in_force; 3]);
                json["threshold"] = json!(needed);
                json["reached"] = json!(deposit);
                json["deposit"] = entry([Some(*deposit); 3]);
                json["within_20_years"] = json!(1.0);
                json
            }
            Line::OutOfReach { needed } => json!({
                "threshold": needed,
                "reached": null,
                "p10": null, "p50": null, "p90": null,
                "within_20_years": 0.0,
                "impossible": format!("{needed} are needed of {} States", self.known.members),
            }),
            Line::Ahead { needed, wait, case } => {
                let days = [0.1, 0.5, 0.9].map(|p| self.quantile(wait, p));
                let mut json = entry(days.map(|[_, in_force]| in_force));
                json["threshold"] = json!(needed);
                json["reached"] = Value::Null;
                json["deposit"] = entry(days.map(|[deposit, _]| deposit));
                for horizon in HORIZONS {
                    json[format!("within_{horizon}_years")] = json!(wait.within(horizon));
                }
                let plain = HORIZONS.map(|years| constant_hazard(case, years));
                json["constant_pace"] = json!({
                    "within_2_years": plain[0], "within_5_years": plain[1],
                    "within_10_years": plain[2], "within_20_years": plain[3],
                });
                json
            }
        }
    }

    fn table(&self, lines: &[Line]) -> String {
        let known = &self.known;
        let mut text = format!(
            "{ANALYSIS}\n\nAs of {}: {} deposited since {}",
            known.as_of,
            known.days.len(),
            known.opened
        );
        match known.pending {
            Some(pending) => _ = writeln!(text, ", {pending} signed and not deposited."),
            None => text.push_str("; who signed is not known to this forecast.\n"),
        }
        text.push_str(
            "\nneeded  1 in 10 by   half by      9 in 10 by   within 5 years  within 20 years\n",
        );
        for line in lines {
            _ = match line {
                Line::Reached { needed, deposit, in_force } => writeln!(
                    text,
                    "{needed:>6}  reached on {deposit}; in force on {}",
                    shown(*in_force)
                ),
                Line::OutOfReach { needed } => {
                    writeln!(
                        text,
                        "{needed:>6}  cannot be reached: there are {} States",
                        known.members
                    )
                }
                Line::Ahead { needed, wait, .. } => {
                    let days = [0.1, 0.5, 0.9].map(|p| shown(self.quantile(wait, p)[1]));
                    writeln!(
                        text,
                        "{needed:>6}  {:11}  {:11}  {:11}  {:>14}  {:>15}",
                        days[0],
                        days[1],
                        days[2],
                        percent(wait.within(5.0)),
                        percent(wait.within(20.0))
                    )
                }
            };
        }
        text
    }
}

/// A day, or that it lies further off than dates are worth writing.
pub(super) fn shown(day: Option<Date>) -> String {
    match day {
        Some(day) if day.year() < 2_500 => day.to_string(),
        _ => "beyond 2500".to_owned(),
    }
}

/// Rounds to a whole number of days, where there is one.
#[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
fn libm_round(days: f64) -> Option<i64> {
    (days.is_finite() && days.abs() < 1e15).then(|| days.round() as i64)
}
