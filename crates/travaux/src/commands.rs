//! The commands, one file each: what it takes, and what it prints.
//!
//! A command reads, asks the crates below, and prints; it computes nothing itself.

use crate::Outcome;
use crate::cli::Command;
use crate::command_error::CommandError;
use crate::streams::Streams;

pub(crate) mod align;
pub(crate) mod attach;
pub(crate) mod blame;
pub(crate) mod brief;
pub(crate) mod compile;
pub(crate) mod completions;
pub(crate) mod counts;
pub(crate) mod coverage;
pub(crate) mod export;
pub(crate) mod floor;
pub(crate) mod forecast;
pub(crate) mod import;
pub(crate) mod instruct;
pub(crate) mod language;
pub(crate) mod map;
pub(crate) mod merge;
pub(crate) mod phrase;
pub(crate) mod positions;
pub(crate) mod precedent;
pub(crate) mod provision;
pub(crate) mod rebase;
pub(crate) mod receipt;
pub(crate) mod record;
pub(crate) mod redline;
pub(crate) mod references;
pub(crate) mod serve;
pub(crate) mod side;
pub(crate) mod streamline;
mod submissions;
pub(crate) mod terms;
pub(crate) mod text;

/// Runs `command`.
///
/// # Errors
/// When it could not do its work.
pub(crate) fn run(command: &Command, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match command {
        Command::Demo(args) => serve::demo(args, streams),
        Command::Serve(args) => serve::run_serve(args, streams),
        Command::Text(args) => text::run(args, streams),
        Command::Provision(args) => provision::run(args, streams),
        Command::Blame(args) => blame::run(args, streams),
        Command::Attach(args) => attach::run(args, streams),
        Command::Phrase(args) => phrase::run(args, streams),
        Command::Redline(args) => redline::run(args, streams),
        Command::Align(args) => align::run(args, streams),
        Command::Instruct(args) => instruct::run(args, streams),
        Command::Rebase(args) => rebase::run(args, streams),
        Command::Streamline(args) => streamline::run(args, streams),
        Command::Positions(args) => positions::run(args, streams),
        Command::Compare(args) => positions::compare(args, streams),
        Command::Map(args) => map::run(args, streams),
        Command::Brief(args) => brief::run(args, streams),
        Command::Precedent(command) => precedent::run(command, streams),
        Command::Counts(args) => counts::run(args, streams),
        Command::Import(args) => import::run(args, streams),
        Command::Compile(args) => compile::run(args, streams),
        Command::Receipt(args) => receipt::run(args, streams),
        Command::Export(args) => export::run(args, streams),
        Command::References(args) => references::run(args, streams),
        Command::Coverage(args) => coverage::run(args, streams),
        Command::Terms(args) => terms::run(args, streams),
        Command::Floor(args) => floor::run(args, streams),
        Command::Forecast(command) => forecast::run(command, streams),
        Command::Record(command) => record::run(command, streams),
        Command::Merge(args) => merge::run(args, streams),
        Command::Side(args) => side::run(args, streams),
        Command::Completions(args) => completions::run(args, streams),
    }
}

/// Prints a value as JSON, indented.
fn print_json(streams: &mut Streams, value: &serde_json::Value) -> Result<(), CommandError> {
    streams.print(format!("{value:#}\n"))
}
