//! Which text a command looks at: the one before the body, or that with some sides taken up.

use std::path::Path;

use travaux_text::{IssuedText, ProposalKey};

use crate::command_error::CommandError;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;

/// Which text to look at: of which record, when, and with which sides taken up.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct TextArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Take up a side: a proposal by its key, or a participant by its key or name. May be given
    /// several times; what does not compose is said, and the earlier tabled prevails.
    #[arg(long, value_name = "PROPOSAL|PARTICIPANT")]
    pub(crate) side: Vec<String>,
}

impl TextArgs {
    /// Opens the record, or the draft in a file, and returns with it the text with the sides taken
    /// up, or the text before the body.
    ///
    /// # Errors
    /// As [`ViewArgs::see_draft`]; or when there is no text on this date, or a side is not on the table.
    pub(crate) fn open(
        &self,
        draft: Option<&Path>,
        streams: &Streams,
    ) -> Result<(Seen, IssuedText), CommandError> {
        let seen = self.view.see_draft(draft)?;
        streams.remark(&seen);
        let text = self.text(&seen, streams)?;
        Ok((seen, text))
    }

    /// Reports whether neither a record nor a side is named.
    pub(crate) fn reads_no_record(&self) -> bool {
        self.side.is_empty() && self.view.reads_no_record()
    }

    fn text(&self, seen: &Seen, streams: &Streams) -> Result<IssuedText, CommandError> {
        let draft = &seen.negotiation.draft;
        let base = before_the_body(seen)?;
        streams.remark(format_args!("text: {} ({})", base.symbol, base.title));
        if let Some(standing) = naming::standing(base.standing) {
            streams.remark(format_args!("note: {standing}"));
        }
        let mut keys: Vec<(u32, ProposalKey)> = Vec::new();
        for written in &self.side {
            let read = seen.negotiation.side(written);
            let read =
                read.map_err(|error| naming::unknown_side(&seen.negotiation, written, &error))?;
            if read.proposals.is_empty() {
                streams.remark(format_args!("note: {written} has no proposal on this text"));
            }
            for proposal in read.proposals {
                let key = ProposalKey::new(proposal.id.as_str())?;
                let tabled = draft.text().proposal(&key).map_or(0, |known| known.tabled);
                keys.push((tabled, key));
            }
        }
        keys.sort();
        keys.dedup();
        let order: Vec<ProposalKey> = keys.into_iter().map(|(_, key)| key).collect();
        let side = draft.text().side(&order);
        if !side.composes() {
            streams.remark("note: these proposals do not compose: the earlier tabled prevails");
        }
        Ok(side.preferring(&order))
    }
}

/// Returns the base before the body.
///
/// # Errors
/// When there is none on this date.
pub(crate) fn before_the_body(
    seen: &Seen,
) -> Result<&travaux_negotiation::draft::Base, CommandError> {
    seen.negotiation.draft.base().ok_or_else(|| {
        CommandError::input(format!(
            "cannot show the text: {} has no text before the body on this date",
            seen.opened.name
        ))
        .hint("name a later date with --as-of; `travaux record list` shows what was issued when")
    })
}
