//! The practice negotiation: from the logs and texts in `examples/practice` to its entries.
//!
//! Everything in it is invented, so the words are the invented delegations' own. It reads files
//! and nothing else: what follows from the entries is asked of the projections.

mod act;
mod edit;
mod fact;
mod log;
#[cfg(test)]
mod tests;
mod text;

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use travaux_record::ParticipantId;

use crate::Mint;
use log::SourceError;

/// Who enters what the whole room may see.
const SECRETARIAT: &str = "SECR";

/// The logs, in the order in which acts of one day are entered.
const LOGS: [&str; 12] = [
    "cast.md",
    "issues.md",
    "session-1.md",
    "between.md",
    "session-2.md",
    "session-3.md",
    "after.md",
    "meeting.md",
    "languages.md",
    "positions.md",
    "capitals.md",
    "late.md",
];

/// Builds the record from the logs and texts in `folder`.
///
/// # Errors
/// At the first line that can't be read, refers to what is not there, or contradicts the draft;
/// the error names the file and the line.
pub(crate) fn build(folder: &Path) -> anyhow::Result<Mint> {
    let mut items = Vec::new();
    for name in LOGS {
        let file = folder.join(name);
        items.extend(log::read(&file, &content(&file)?)?);
    }
    // Stable: acts of one day keep the order of the logs and of their lines.
    items.sort_by_key(|item| item.date);
    let text_named = |name: &str| {
        let file = folder.join(name);
        text::read(&file, &content(&file)?)
    };
    // Each entry carries the time of its own day instead.
    let by = ParticipantId::new(SECRETARIAT);
    let mint = Mint::new("travaux/practice/1", by, jiff::Timestamp::UNIX_EPOCH);
    let mut desk = act::Desk::new(mint, &text_named);
    for item in &items {
        desk.enter(item).context("the practice negotiation can't be built")?;
    }
    Ok(desk.finish())
}

fn content(file: &Path) -> Result<String, SourceError> {
    fs::read_to_string(file).map_err(|error| SourceError {
        file: file.to_owned(),
        line: 0,
        reason: format!("can't be read: {error}"),
    })
}
