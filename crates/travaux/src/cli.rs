//! The command line: what can be asked for, in the words of the help pages.
//!
//! The doc comments here *are* the help pages. What a command does is in `commands`.

use clap::{Parser, Subcommand};

use crate::commands::{
    align, attach, blame, brief, compile, completions, counts, coverage, export, floor, forecast,
    import, instruct, map, merge, phrase, positions, precedent, provision, rebase, receipt, record,
    redline, references, serve, side, streamline, terms, text,
};

/// Keeps the record of a treaty negotiation, and shows everything that follows from it.
///
/// The record is append-only: who proposed what, who said what, what was decided, each with its source. The bracketed
/// text, the positions and the history are computed from it, as of any date and for any viewer.
#[derive(Debug, Parser)]
#[command(name = "travaux", version, max_term_width = 100, after_help = EXIT_CODES)]
#[command(disable_help_subcommand = false, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What `travaux` can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(serve::DemoArgs),
    Serve(serve::ServeArgs),
    Text(text::Args),
    Provision(provision::Args),
    Blame(blame::Args),
    Phrase(phrase::Args),
    Attach(attach::Args),
    Redline(redline::Args),
    Align(align::Args),
    Instruct(instruct::Args),
    Rebase(rebase::Args),
    Streamline(streamline::Args),
    Counts(counts::Args),
    Import(import::Args),
    Compile(compile::Args),
    Receipt(receipt::Args),
    Export(export::Args),
    References(references::Args),
    Coverage(coverage::Args),
    Terms(terms::Args),
    Positions(positions::Args),
    Compare(positions::CompareArgs),
    Map(map::Args),
    Brief(brief::Args),
    #[command(subcommand)]
    Precedent(precedent::Command),
    Floor(floor::Args),
    #[command(subcommand)]
    Forecast(forecast::Command),
    #[command(subcommand)]
    Record(record::Command),
    Merge(merge::Args),
    Side(side::Args),
    Completions(completions::Args),
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or the answer is yes
  1  the answer is no (for instance: the record was changed after it was sealed)
  2  the command line makes no sense
  3  what was read is malformed, is refused by a rule, or holds no such thing
  4  the machine refused: a file, a port, a permission

Errors go to standard error: what was attempted, on what and why, then hints, one a line. Remarks on
what is printed (which record, as of when) go there too, so that a pipe carries only what was asked for.";
