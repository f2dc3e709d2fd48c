//! `travaux record …`: what is done with a record itself: begin it, add to it, look through it,
//! copy it, check a copy.
//!
//! What may be recorded is decided by `travaux-record`, how it is kept by `travaux-store`.

use serde_json::json;

use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::ViewArgs;
use crate::streams::Streams;

pub(crate) mod copy;
pub(crate) mod write;

/// Begins a record, adds to it, looks through it, copies it, checks a copy.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Init(write::InitArgs),
    Import(write::ImportArgs),
    Append(write::AppendArgs),
    List(ListArgs),
    Export(copy::ExportArgs),
    Verify(copy::VerifyArgs),
}

/// Lists what happened, one line an entry: date, entry and a sentence.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux record list --as-of latest
  travaux record list --practice --as SVL      # with what only that delegation sees
  travaux record list --json                   # with sources and confidence")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Command, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match command {
        Command::Init(args) => write::init(args, streams),
        Command::Import(args) => write::take_in(args, streams),
        Command::Append(args) => write::append(args, streams),
        Command::List(args) => list(args, streams),
        Command::Export(args) => copy::export(args, streams),
        Command::Verify(args) => copy::verify_copy(args, streams),
    }
}

fn list(args: &ListArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let negotiation = &seen.negotiation;
    for happening in negotiation.changes.all() {
        let (entry, at) = (happening.basis.entry, happening.basis.at);
        let sentence = negotiation.words(&happening.description.sentence);
        if args.json {
            let line = json!({
                "entry": entry,
                "at": at.to_string(),
                "recorded_at": happening.recorded_at.to_string(),
                "by": happening.by,
                "audience": happening.audience,
                "kind": happening.description.kind,
                "what": sentence,
                "evidence": happening.evidence,
            });
            streams.print(format!("{line}\n"))?;
        } else {
            streams.say(&format!("{at:<10}  {}  {sentence}\n", entry.short()))?;
        }
    }
    Ok(Outcome::Done)
}
