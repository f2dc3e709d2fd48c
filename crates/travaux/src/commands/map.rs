//! `travaux map`: where delegations stand on one line, inferred from votes or from a record.
//!
//! The line is found by `travaux-stats`; what of a record informs it, by `travaux-negotiation`.

mod room;
mod votes;

use std::path::PathBuf;
use std::thread;

use serde_json::{Value, json};
use travaux_stats::ideal_point::{Chain, Data, Diagnostics, Frame, Posterior, Settings};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::ViewArgs;
use crate::streams::Streams;

/// Puts delegations on one line, by what they voted or by their positions on record, with intervals.
///
/// This is analysis, not a secretariat document: the figures are inferred by a statistical model, and
/// nobody declared them. An ordinal item-response model with one dimension is drawn by Gibbs sampling, two chains side by
/// side; `low` and `high` hold the middle nine tenths of the draws. Absence counts as no answer. The same votes, seed and
/// sweeps give the same bytes. docs/map.md says what is assumed and how it was checked.
///
/// With --votes no record is read. The table of votes has the columns rcid, iso3 and vote (yes, no,
/// abstain, absent) and, for --by year, date; that of roll calls has rcid and session. Both may be compressed by gzip. Roll calls
/// marked `para` or `amend` (on a paragraph, on an amendment) are left out from session 45 on, as in the published estimates.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux map                                       # the shipped case, at the day it opens on
  travaux map --as-of 2024-08-08 --json
  travaux map --without-source gitoc-2023           # without what one analysis says of the room
  travaux map --votes votes.csv --roll-calls roll_calls.csv --sweeps 200 --json

The JSON has `points` (participant, period, mean, low, high, items), `diagnostics` (whether the chains agree), `anchors`, `method`,
and, of a record, `items` (what defines the line) and `not_placeable`.")]
pub(crate) struct Args {
    /// A table of votes (CSV), instead of a record.
    #[arg(long, value_name = "FILE", requires = "roll_calls", conflicts_with_all = ["record", "practice", "with"])]
    votes: Option<PathBuf>,
    /// The table of the roll calls that were voted on (CSV).
    #[arg(long, value_name = "FILE", requires = "votes")]
    roll_calls: Option<PathBuf>,
    /// What a period is.
    #[arg(long, value_enum, default_value_t = By::Session, requires = "votes")]
    by: By,
    /// Keep roll calls on paragraphs and amendments of all sessions.
    #[arg(long, requires = "votes")]
    all: bool,
    /// Who stands at the upper end and who at the lower: UPPER,LOWER. Without it, two of opposite records, who are named.
    #[arg(long, value_name = "UPPER,LOWER")]
    anchors: Option<String>,
    /// Leave out positions that rest on this source alone, by its key. May be given several times.
    #[arg(long, value_name = "SOURCE", conflicts_with = "votes")]
    without_source: Vec<String>,
    /// Sweeps of each chain; the first fifth is not counted.
    #[arg(long, value_name = "N", default_value_t = 1_500, value_parser = clap::value_parser!(u32).range(50..=100_000))]
    sweeps: u32,
    /// The seed of the draws.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// What a period is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum By {
    /// The session of the roll call.
    Session,
    /// The year of the vote.
    Year,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match (&args.votes, &args.roll_calls) {
        (Some(votes), Some(roll_calls)) => votes::run(args, (votes, roll_calls), streams),
        _ => room::run(args, streams),
    }
}

/// What is said beside every map.
const METHOD: &str = "Ordinal probit item-response model with one dimension, drawn by Gibbs sampling; each point is informed by the items \
its participant answered, and by its own points before and after. Absence and silence are no answer; the scale is standardised over all points.";

const MARK: &str = "analysis, not a secretariat document";

/// Draws the posterior, two chains side by side.
fn drawn(data: &Data, settings: &Settings) -> Result<(Frame, Posterior), CommandError> {
    let frame = Frame::new(data)
        .map_err(|error| CommandError::input(format!("cannot draw a map: {error}")))?;
    if frame.points().is_empty() {
        return Err(CommandError::input(
            "cannot draw a map: no item on which participants differ is on record",
        )
        .hint("a map needs at least one question that was answered in two ways"));
    }
    let runs = thread::scope(|scope| {
        let frame = &frame;
        let chains =
            [0, 1].map(|number| scope.spawn(move || Chain::new(frame, settings, number).run()));
        chains.map(|chain| chain.join().expect("a chain does not panic"))
    });
    let posterior = Posterior::new(&frame, runs.to_vec());
    Ok((frame, posterior))
}

fn settings(args: &Args, anchors: (usize, usize)) -> Settings {
    Settings { anchors: Some(anchors), ..Settings::new(args.sweeps as usize, args.seed) }
}

/// Finds the anchors asked for among the names of participants.
fn anchors(args: &Args, names: &[String], data: &Data) -> Result<(usize, usize), CommandError> {
    let Some(asked) = &args.anchors else { return Ok(opposed(names, data)) };
    let place = |name: &str| {
        names.iter().position(|known| known == name.trim()).ok_or_else(|| {
            crate::nearest::hint(
                CommandError::input(format!(
                    "cannot anchor the line at {name:?}: it has no vote or position here"
                )),
                name,
                "participants",
                names.iter().map(String::as_str),
            )
        })
    };
    match asked.split_once(',') {
        Some((upper, lower)) if upper.trim() != lower.trim() => Ok((place(upper)?, place(lower)?)),
        _ => Err(CommandError::usage(format!(
            "--anchors {asked}: name two participants, UPPER,LOWER"
        ))),
    }
}

/// Returns two participants of opposite records: the customary pair of the General Assembly where both are there, else the pair
/// that differed most in categories over the items both answered.
fn opposed(names: &[String], data: &Data) -> (usize, usize) {
    let place = |name: &str| names.iter().position(|known| known == name);
    if let (Some(upper), Some(lower)) = (place("USA"), place("RUS")) {
        return (upper, lower);
    }
    let mut apart = vec![0_i64; names.len() * names.len()];
    for item in &data.items {
        for a in &item.answers {
            for b in &item.answers {
                if a.participant < b.participant && a.period == b.period {
                    let (a_middle, b_middle) = (a.lowest + a.highest, b.lowest + b.highest);
                    apart[a.participant * names.len() + b.participant] +=
                        i64::from(a_middle.abs_diff(b_middle));
                }
            }
        }
    }
    let most = (0..apart.len()).max_by_key(|place| (apart[*place], std::cmp::Reverse(*place)));
    let most = most.unwrap_or_default();
    (most / names.len().max(1), most % names.len().max(1))
}

fn json_of_diagnostics(diagnostics: &Diagnostics, args: &Args) -> Value {
    json!({
        "chains": diagnostics.chains,
        "sweeps": args.sweeps,
        "sweeps_counted": diagnostics.sweeps,
        "draws_kept": diagnostics.kept,
        "seed": args.seed,
        "r_hat_max": rounded(diagnostics.r_hat_max),
        "r_hat_above_1_05": rounded(diagnostics.r_hat_above),
        "effective_draws_min": rounded(diagnostics.effective_min),
        "effective_draws_median": rounded(diagnostics.effective_median),
        "accepted": rounded(diagnostics.accepted),
        "items": diagnostics.items,
        "items_telling": diagnostics.items_telling,
        "answers": diagnostics.answers,
        "converged": diagnostics.r_hat_max < 1.05,
    })
}

/// Says whether the chains agree, in a sentence.
fn in_words(diagnostics: &Diagnostics) -> String {
    let agree = if diagnostics.r_hat_max < 1.05 {
        "the chains agree".to_owned()
    } else {
        format!(
            "the chains do not agree everywhere: split R-hat is up to {:.2}, and above 1.05 for {:.0} % of points; run longer before \
             quoting a figure",
            diagnostics.r_hat_max,
            100.0 * diagnostics.r_hat_above
        )
    };
    format!(
        "{} answers to {} items that tell participants apart (of {}); {agree}\n",
        diagnostics.answers, diagnostics.items_telling, diagnostics.items
    )
}

/// A figure as it is shown: more digits would only pretend.
fn rounded(figure: f64) -> f64 {
    (figure * 1e5).round() / 1e5
}
