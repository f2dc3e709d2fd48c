//! `travaux forecast backtest` and `fit`: how forecasts would have done, and models fitted anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use travaux_stats::score::{self, Coverage, Reliability};
use travaux_stats::survival::{Knows, Model, Rolled, constant_hazard, roll};

use super::{ANALYSIS, assembly, ratifications, scorecard};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::streams::Streams;

/// Makes the forecasts of the past as they would have been made, and scores them.
///
/// Without tables, the shipped case: what would have been said on 21 April 2023, what came, and the score.
///
/// With --ratifications, every year the model of entry into force is fitted to what had happened by then, and asked about the treaties of that year; the table
/// is as for `travaux forecast fit`. It is scored beside the plain alternatives.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux forecast backtest                   # the shipped case
  travaux forecast backtest --ratifications ratifications.csv
  travaux forecast backtest --ratifications ratifications.csv --without-signatures --json
  travaux forecast backtest --votes votes.csv --roll-calls roll_calls.csv --train-to 65 --test-to 70")]
pub(crate) struct BacktestArgs {
    /// Signatures and deposits of many treaties: a CSV file, also compressed by gzip.
    #[arg(long, value_name = "FILE")]
    ratifications: Option<PathBuf>,
    /// Votes of the General Assembly (columns rcid, iso3, vote), to forecast tallies instead.
    #[arg(long, value_name = "FILE", requires = "roll_calls", conflicts_with = "ratifications")]
    votes: Option<PathBuf>,
    /// The roll calls of these votes (columns rcid, session, amend, para, issues, short, descr).
    #[arg(long, value_name = "FILE", requires = "votes")]
    roll_calls: Option<PathBuf>,
    /// The last session to learn from.
    #[arg(long, value_name = "SESSION", default_value_t = 65)]
    train_to: u16,
    /// The last session to score.
    #[arg(long, value_name = "SESSION", default_value_t = 70)]
    test_to: u16,
    /// As if it were not known who signed.
    #[arg(long)]
    without_signatures: bool,
    /// The first year whose forecasts are scored.
    #[arg(long, value_name = "YEAR", default_value_t = 1975)]
    from: u16,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// Fits the model of entry into force to a table of signatures and deposits, and prints its parameters.
///
/// The table needs the columns `treaty_key`, treaty, opened, `as_of` (the day on which it was taken), iso3 (empty for
/// organizations), `signature_date`, `consent_type` and `consent_date`, one row a participant of a treaty. Amendments,
/// successions and what has no day are left out. What is printed is the form in which parameters ship with
/// the program (parameters/).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux forecast fit ratifications.csv > deposits-and-signatures.txt
  travaux forecast fit ratifications.csv --without-signatures > deposits.txt")]
pub(crate) struct FitArgs {
    /// The table: a CSV file, also compressed by gzip.
    #[arg(value_name = "FILE")]
    ratifications: PathBuf,
    /// As if it were not known who signed.
    #[arg(long)]
    without_signatures: bool,
}

/// What a forecast may know.
#[expect(clippy::fn_params_excessive_bools, reason = "a switch of the command line")]
fn knows(without_signatures: bool) -> Knows {
    if without_signatures { Knows::Deposits } else { Knows::DepositsAndSignatures }
}

/// The first year in which a forecast is made; there is little to learn from before.
const FIRST_YEAR: u16 = 1965;

pub(super) fn fit(args: &FitArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let treaties = ratifications::read(&args.ratifications)?;
    let (rolled, model) = roll(&treaties.histories, knows(args.without_signatures), FIRST_YEAR)
        .map_err(|error| refused(&args.ratifications, error))?;
    let knows = if args.without_signatures { "deposits" } else { "deposits and signatures" };
    let observed = treaties.observed.map_or_else(String::new, |day| format!(" up to {day}"));
    let mut text = format!(
        "# When so many instruments will be deposited: a censored log-normal model knowing {knows}.\n\
         # Fitted by `travaux forecast fit` to {} treaties{observed}, recalibrated on {} forecasts made\n\
         # year by year from {FIRST_YEAR}. What the names mean stands in docs/forecast.md.\n",
        treaties.histories.len(),
        rolled.len(),
    );
    for (why, count) in &treaties.left_out {
        _ = writeln!(text, "# Left out: {count} treaties ({why}).");
    }
    text.push_str(&model.written());
    streams.print(text)?;
    Ok(Outcome::Done)
}

fn refused(path: &std::path::Path, error: impl std::fmt::Display) -> CommandError {
    CommandError::input(format!("cannot fit a model to {}: {error}", path.display()))
}

pub(super) fn backtest(
    args: &BacktestArgs,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    if let (Some(votes), Some(roll_calls)) = (&args.votes, &args.roll_calls) {
        let scored = assembly::scored(votes, roll_calls, args.train_to, args.test_to)?;
        if args.json {
            super::super::print_json(streams, &scored.json())?;
        } else {
            streams.say(&scored.lines())?;
        }
        return Ok(Outcome::Done);
    }
    let Some(path) = &args.ratifications else {
        let shown = scorecard::shipped()?;
        if args.json {
            super::super::print_json(streams, &shown.json())?;
        } else {
            streams.say(&shown.lines())?;
        }
        return Ok(Outcome::Done);
    };
    let treaties = ratifications::read(path)?;
    let (rolled, model) = roll(&treaties.histories, knows(args.without_signatures), FIRST_YEAR)
        .map_err(|error| refused(path, error))?;
    let scored: Vec<Rolled> =
        rolled.into_iter().filter(|one| one.origin.at >= f64::from(args.from)).collect();
    let answer = Report { treaties: treaties.names.len(), from: args.from, scored, model };
    if args.json {
        super::super::print_json(streams, &answer.json())?;
    } else {
        streams.say(&answer.lines())?;
    }
    Ok(Outcome::Done)
}

struct Report {
    treaties: usize,
    from: u16,
    scored: Vec<Rolled>,
    model: Model,
}

/// The scores at one horizon.
struct Horizon {
    years: f64,
    forecasts: usize,
    model: f64,
    constant: f64,
    base_rate: f64,
    reliability: Vec<Reliability>,
}

impl Report {
    /// Whether the number was reached within so many years, where that is known.
    fn known(&self, years: f64) -> impl Iterator<Item = (&Rolled, bool)> {
        let known = self.scored.iter().filter(move |one| one.origin.observed_for >= years);
        known.map(move |one| (one, one.origin.reached_after.is_some_and(|after| after <= years)))
    }

    fn horizon(&self, years: f64) -> Option<Horizon> {
        let model: Vec<_> =
            self.known(years).map(|(one, reached)| (one.wait.within(years), reached)).collect();
        let constant: Vec<_> = self
            .known(years)
            .map(|(one, reached)| (constant_hazard(&one.origin.case, years), reached))
            .collect();
        let base: Vec<_> = self
            .known(years)
            .filter_map(|(one, reached)| self.base_rate(one, years).map(|rate| (rate, reached)))
            .collect();
        Some(Horizon {
            years,
            forecasts: model.len(),
            model: score::brier(&model)?,
            constant: score::brier(&constant)?,
            base_rate: score::brier(&base)?,
            reliability: score::reliability(&model, 5),
        })
    }

    /// How many of the earlier forecasts of the same number at the same age had come true by then.
    fn base_rate(&self, of: &Rolled, years: f64) -> Option<f64> {
        let alike = self.scored.iter().filter(|one| {
            one.origin.case.needed == of.origin.case.needed
                && (one.origin.case.age - of.origin.case.age).abs() < 0.01
                && one.origin.at + years < of.origin.at
        });
        score::mean(alike.map(|one| {
            f64::from(u8::from(one.origin.reached_after.is_some_and(|after| after <= years)))
        }))
    }

    fn coverage(&self) -> Option<Coverage> {
        let places: Vec<(f64, bool)> = self
            .scored
            .iter()
            .map(|one| match one.origin.reached_after {
                Some(after) => (one.wait.within(after), true),
                None => (one.wait.within(one.origin.observed_for), false),
            })
            .collect();
        score::coverage(&places, 0.8)
    }

    fn horizons(&self) -> Vec<Horizon> {
        [2.0, 5.0, 10.0].into_iter().filter_map(|years| self.horizon(years)).collect()
    }

    fn json(&self) -> Value {
        let horizons = self.horizons().into_iter().map(|one| {
            json!({
                "years": one.years,
                "forecasts": one.forecasts,
                "brier": one.model,
                "brier_constant_pace": one.constant,
                "brier_base_rate": one.base_rate,
                "better_than_constant_pace": 1.0 - one.model / one.constant,
                "reliability": one.reliability.iter().map(|class| {
                    json!({ "forecasts": class.forecasts, "said": class.said, "happened": class.happened })
                }).collect::<Vec<_>>(),
            })
        });
        json!({
            "treaties": self.treaties,
            "from": self.from,
            "forecasts": self.scored.len(),
            "horizons": horizons.collect::<Vec<_>>(),
            "interval_80": self.coverage().map(|coverage| json!({
                "below": coverage.below, "within": coverage.within, "above": coverage.above,
            })),
            "parameters": self.model.written(),
            "standing": ANALYSIS,
        })
    }

    fn lines(&self) -> String {
        let mut text = format!(
            "{ANALYSIS}\n\nForecasts of the 30th, 40th, 50th and 70th deposit, made at ages of 0.5 to 5 years from {}\n\
             on, each with what was known by then: {} forecasts of {} treaties.\n\n\
             Brier score (lower is better)\n\
             horizon    forecasts   model  constant pace  base rate  better than constant pace\n",
            self.from,
            self.scored.len(),
            self.treaties
        );
        for one in self.horizons() {
            _ = writeln!(
                text,
                "{:>2} years   {:>9}  {:.4}  {:>13.4}  {:>9.4}  {:>24.0} %",
                one.years,
                one.forecasts,
                one.model,
                one.constant,
                one.base_rate,
                100.0 * (1.0 - one.model / one.constant)
            );
        }
        if let Some(coverage) = self.coverage() {
            _ = writeln!(
                text,
                "\nThe 80 % interval held the answer in {:.1} % (below it {:.1} %, above it {:.1} %), answers not\n\
                 yet known counted as such (Kaplan and Meier).",
                100.0 * coverage.within,
                100.0 * coverage.below,
                100.0 * coverage.above
            );
        }
        for one in self.horizons() {
            _ = writeln!(text, "\nWithin {} years: said, happened, forecasts", one.years);
            for class in &one.reliability {
                _ = writeln!(
                    text,
                    "  {:>5.1} %  {:>5.1} %  {:>5}",
                    100.0 * class.said,
                    100.0 * class.happened,
                    class.forecasts
                );
            }
        }
        text
    }
}
