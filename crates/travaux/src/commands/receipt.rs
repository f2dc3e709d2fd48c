//! `travaux receipt`: is mine in? What the record holds of a participant's proposals, and where.
//!
//! It reads the record alone: what it shows is what everybody else is shown.

use serde_json::{Value, json};
use travaux_negotiation::draft::Proposal;
use travaux_record::Viewer;

use super::submissions::{Ground, cited, said};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Seen, ViewArgs, participant};
use crate::streams::Streams;

/// Shows what the record holds of a participant's proposals: is mine in, and as I meant it?
///
/// For each proposal it sponsors that is open: what it asks of which provision, as the record has it, when it was tabled,
/// and what was said when it was read from a file. Nothing here but the record is read.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux receipt SVL --practice --as-of 2025-02-14
  travaux receipt Norway --record conference.travaux     # by name, at the end of the record")]
pub(crate) struct Args {
    /// The participant, by key or name.
    participant: String,
    #[command(flatten)]
    view: ViewArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see_to_the_end()?;
    streams.remark(&seen);
    let who = participant(&seen.opened.record, &args.participant, "give a receipt to")?;
    let ground = ground(&seen)?;
    let proposals: Vec<&Proposal> = seen.negotiation.draft.sponsored_by(&who).collect();
    if args.json {
        let all: Vec<Value> = proposals.iter().map(|proposal| data(&ground, proposal)).collect();
        super::print_json(streams, &json!({ "participant": who.as_str(), "proposals": all }))?;
        return Ok(Outcome::Done);
    }
    let name = seen.negotiation.process.name(&who);
    streams.say(&format!(
        "{name}: {} open on {}\n",
        match proposals.len() {
            0 => "no proposal".to_owned(),
            1 => "1 proposal".to_owned(),
            count => format!("{count} proposals"),
        },
        ground.symbol
    ))?;
    for proposal in proposals {
        streams.say(&format!(
            "\n{} ({}), tabled {}\n",
            proposal.label,
            proposal.id,
            proposal.tabled().at
        ))?;
        for change in proposal.changes.iter() {
            let citation = cited(&ground, change, &change.target);
            streams.say(&format!("  {citation}: {}\n", said(ground.base(), change)))?;
        }
        if !proposal.note.is_empty() {
            streams.say(&format!("  note: {}\n", proposal.note))?;
        }
    }
    Ok(Outcome::Done)
}

fn ground(seen: &Seen) -> Result<Ground, CommandError> {
    let viewer: Viewer = seen.view.viewer.clone();
    let mut ground = Ground::of(&seen.opened.record, viewer, &seen.opened.name)?;
    if let Some(base) = seen.negotiation.draft.base() {
        (ground.document, ground.symbol) = (base.document.clone(), base.symbol.clone());
    }
    ground.negotiation = seen.negotiation.clone();
    Ok(ground)
}

fn data(ground: &Ground, proposal: &Proposal) -> Value {
    let changes = proposal.changes.iter().map(|change| {
        json!({
            "citation": cited(ground, change, &change.target),
            "change": change,
            "in_words": said(ground.base(), change),
        })
    });
    json!({
        "proposal": proposal.id.as_str(),
        "label": proposal.label,
        "tabled": proposal.tabled().at.to_string(),
        "note": proposal.note,
        "changes": changes.collect::<Vec<_>>(),
    })
}
