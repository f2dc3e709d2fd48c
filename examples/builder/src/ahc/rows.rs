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
    /// Returns how sure that makes us: what is recalled has yet to be checked.
    pub(super) fn confidence(&self) -> Confidence {
        match self.0.chars().next() {
            Some('R') => Confidence::Low,
            Some('C') => Confidence::Medium,
            _ => Confidence::High,
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

/// A date as written: a day, a month or a year.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Dated(pub(super) Moment);
