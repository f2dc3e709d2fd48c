//! Reads a source file: a list of rows, each on a line of its own.

use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use travaux_record::{Confidence, Moment};

#[derive(Deserialize)]
struct Table<R> {
    rows: Vec<R>,
}

/// Reads the rows of `folder/name`.
pub(super) fn read<R: DeserializeOwned>(folder: &Path, name: &str) -> anyhow::Result<Vec<R>> {
    Ok(file::<Table<R>>(folder, name)?.rows)
}

/// Reads the file `folder/name` whole.
pub(super) fn file<T: DeserializeOwned>(folder: &Path, name: &str) -> anyhow::Result<T> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("can't read the source file {}", path.display()))?;
    serde_json::from_str(&text)
        .with_context(|| format!("can't understand the source file {}", path.display()))
}

/// How a fact is known, as the source files write it: seen, recalled, computed; a remark may follow.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Provenance(String);

impl Provenance {
    /// Returns how sure that makes us. What is recalled, if only in part, has yet to be checked;
    /// what is seen in an official source is certain, in another probable.
    pub(super) fn confidence(&self, seen_in: Seen) -> Confidence {
        let is_recalled = self.0.split(' ').any(|word| word == "R");
        match (is_recalled, self.0.starts_with('C'), seen_in) {
            (true, _, _) => Confidence::Low,
            (false, false, Seen::InOfficialSource) => Confidence::High,
            (false, true, _) | (false, false, Seen::InOwnWords | Seen::Elsewhere) => {
                Confidence::Medium
            }
        }
    }

    /// Returns the remark to show where a fact, or part of it, is recalled.
    pub(super) fn remark(&self) -> Option<String> {
        match self.0.as_str() {
            "S" | "" => None,
            "R" => Some("recalled, to be checked".to_owned()),
            "C" => Some("computed".to_owned()),
            other => Some(
                other
                    .replace("S ", "seen: ")
                    .replace("R ", "recalled: ")
                    .replace("C ", "computed: "),
            ),
        }
    }
}

/// Where a fact was seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Seen {
    /// On the body's own page, in its release or a roll call, or with the depositary.
    InOfficialSource,
    /// In a participant's own statement, briefing or interview.
    InOwnWords,
    /// In a report, an analysis or the press.
    Elsewhere,
}

impl Seen {
    /// Returns how sure a position or an act can be that was seen there and nowhere else.
    pub(super) fn bears(self) -> Confidence {
        match self {
            Self::InOfficialSource | Self::InOwnWords => Confidence::High,
            Self::Elsewhere => Confidence::Medium,
        }
    }
}

/// A date as written: a day, a month or a year.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Dated(pub(super) Moment);
