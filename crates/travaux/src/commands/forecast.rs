//! `travaux forecast …`: what is likely to happen, as probabilities, with what they rest on.
//!
//! Everything printed here is analysis, not a secretariat document, and says so. The methods are those
//! of `travaux-stats`; docs/forecast.md has their limits.

mod assembly;
mod backtest;
mod entry_into_force;
mod on_record;
mod package;
mod passage;
mod ratifications;
mod scorecard;
mod table;

use crate::Outcome;
use crate::command_error::CommandError;
use crate::streams::Streams;

/// Says what is likely: what would pass, and why. Analysis, not a secretariat document.
///
/// Methods, data and limits: docs/forecast.md.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Passage(passage::Args),
    Consensus(on_record::ConsensusArgs),
    Outcome(on_record::OutcomeArgs),
    Package(package::Args),
    Calendar(on_record::CalendarArgs),
    EntryIntoForce(entry_into_force::Args),
    Backtest(backtest::BacktestArgs),
    Fit(backtest::FitArgs),
}

pub(super) fn run(command: &Command, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match command {
        Command::Passage(args) => passage::run(args, streams),
        Command::Consensus(args) => on_record::consensus(args, streams),
        Command::Outcome(args) => on_record::outcome(args, streams),
        Command::Calendar(args) => on_record::calendar(args, streams),
        Command::Package(args) => package::run(args, streams),
        Command::EntryIntoForce(args) => entry_into_force::run(args, streams),
        Command::Backtest(args) => backtest::backtest(args, streams),
        Command::Fit(args) => backtest::fit(args, streams),
    }
}

/// What stands on everything this command prints.
const ANALYSIS: &str = "analysis, not a secretariat document";

/// Writes a probability for people: in per cent, and never as certain unless it is.
fn percent(chance: f64) -> String {
    let text = format!("{:.1} %", 100.0 * chance);
    match text.as_str() {
        "100.0 %" if chance < 1.0 => "over 99.9 %".to_owned(),
        "0.0 %" if chance > 0.0 => "under 0.1 %".to_owned(),
        _ => text,
    }
}
