//! Entries as bytes: the JSON in which an entry is written, and lists of entries one a line.
//!
//! An entry is written once; its bytes are kept from then on and never written anew. This module
//! does not know seals: see [`crate::export`] for the sealed form.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{Audience, Entry, EntryId, Fact, Moment, NewerEntry, export};

/// An entry as read from its bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Read {
    /// An entry this program understands.
    Known(Box<Entry>),
    /// One of a newer program.
    Newer(NewerEntry),
}

/// Why bytes are no entry.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ReadError {
    /// They are no text.
    #[error("line {line}: not UTF-8 at byte {offset} of the input")]
    NotUtf8 {
        /// The line, counted from one.
        line: usize,
        /// The offset of the first bad byte in the input.
        offset: usize,
    },
    /// They are no JSON, or not an entry's.
    #[error("line {line}{}: {reason}", at(*column))]
    Malformed {
        /// The line, counted from one.
        line: usize,
        /// The column in bytes, counted from one; zero where it can't be said.
        column: usize,
        /// What was found and what was expected.
        reason: String,
    },
}

fn at(column: usize) -> String {
    if column == 0 { String::new() } else { format!(", column {column}") }
}

impl ReadError {
    /// Returns what the author can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::NotUtf8 { .. } => "save the file as UTF-8; nothing was recorded".to_owned(),
            Self::Malformed { .. } => {
                "each line is one JSON object; docs/record-format.md lists the members of each kind \
                 of entry; nothing was recorded"
                    .to_owned()
            }
        }
    }

    /// The same error on another line of a longer input.
    #[must_use]
    pub(crate) fn on_line(self, line: usize, offset_before: usize) -> Self {
        match self {
            Self::NotUtf8 { offset, .. } => Self::NotUtf8 { line, offset: offset + offset_before },
            Self::Malformed { column, reason, .. } => Self::Malformed { line, column, reason },
        }
    }

    pub(crate) fn of_json(error: &serde_json::Error) -> Self {
        // The parser's own "at line 1 column 9" speaks of the line alone.
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        Self::Malformed { line: error.line(), column: error.column(), reason }
    }
}

/// Writes an entry as its line, without the line break. These are the bytes that are sealed.
///
/// # Panics
/// Never: an entry holds nothing that JSON can't.
pub fn encode(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry has only string keys and no failing serializer")
}

/// Reads an entry from its bytes.
///
/// # Errors
/// When they are no entry of any version.
pub fn decode(bytes: &[u8]) -> Result<Read, ReadError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ReadError::NotUtf8 { line: 1, offset: error.valid_up_to() })?;
    // The parser would take a list of the members for an object.
    if !text.trim_ascii_start().starts_with('{') {
        let reason = "expected an entry, which is a JSON object".to_owned();
        return Err(ReadError::Malformed { line: 1, column: 1, reason });
    }
    match serde_json::from_str::<Entry>(text) {
        Ok(entry) if entry.version == Entry::VERSION => Ok(Read::Known(Box::new(entry))),
        Ok(entry) => Ok(Read::Newer(NewerEntry {
            id: entry.id,
            version: entry.version,
            kind: entry.fact.kind().to_owned(),
            at: Some(entry.at),
            recorded_at: Some(entry.recorded_at),
            audience: Some(entry.audience),
        })),
        Err(error) => newer(text).map(Read::Newer).ok_or_else(|| ReadError::of_json(&error)),
    }
}

/// Reads entries one a line; blank lines are skipped.
///
/// The lines may be those of a sealed file: then the entries that it shows are read, without asking
/// whether the seal holds; that is for [`crate::import`] and [`verify`](crate::verify()).
///
/// # Errors
/// At the first line that is no entry, with its number; nothing is returned then.
pub fn decode_lines(bytes: &[u8]) -> Result<Vec<Read>, ReadError> {
    let mut entries = Vec::new();
    let mut offset = 0;
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let read = if line.trim_ascii().is_empty() { Ok(None) } else { decode_line(line) };
        entries.extend(read.map_err(|error| error.on_line(index + 1, offset))?);
        offset += line.len() + 1;
    }
    Ok(entries)
}

/// Reads a line of a list of entries or of a sealed file, which also has lines that hold none.
fn decode_line(line: &[u8]) -> Result<Option<Read>, ReadError> {
    match std::str::from_utf8(line).ok().and_then(export::entry_of_line) {
        Some(Ok(Some(entry))) => decode(entry.as_bytes()).map(Some),
        Some(Ok(None)) => Ok(None),
        Some(Err(reason)) => Err(ReadError::Malformed { line: 1, column: 0, reason }),
        None => decode(line).map(Some),
    }
}

/// Reads entries that are to be recorded, one a line; blank lines are skipped. Unlike those on
/// record already they carry no seal, and must be of kinds that this program knows.
///
/// # Errors
/// At the first line that is no such entry, with its number; nothing is returned then.
pub fn decode_new(bytes: &[u8]) -> Result<Vec<Entry>, ReadError> {
    let mut entries = Vec::new();
    let mut offset = 0;
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if !line.trim_ascii().is_empty() {
            let read = decode(line).and_then(of_known_kind);
            entries.push(read.map_err(|error| error.on_line(index + 1, offset))?);
        }
        offset += line.len() + 1;
    }
    Ok(entries)
}

fn of_known_kind(read: Read) -> Result<Entry, ReadError> {
    match read {
        Read::Known(entry) => Ok(*entry),
        Read::Newer(NewerEntry { kind, version, .. }) => {
            let reason = format!(
                "there is no fact of the kind {kind:?} in version {version} of the format, as far \
                 as this program (version {}) knows",
                Entry::VERSION
            );
            Err(ReadError::Malformed { line: 1, column: 0, reason })
        }
    }
}

/// Writes entries one a line.
pub fn encode_lines<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> String {
    entries.into_iter().flat_map(|entry| [encode(entry), "\n".to_owned()]).collect()
}

/// What can be told of an entry without knowing its fact.
#[derive(Deserialize)]
struct Envelope<'j> {
    #[serde(rename = "v")]
    version: u32,
    id: EntryId,
    #[serde(borrow)]
    at: Option<&'j RawValue>,
    #[serde(borrow)]
    recorded_at: Option<&'j RawValue>,
    #[serde(borrow)]
    audience: Option<&'j RawValue>,
    fact: FactKind,
}

#[derive(Deserialize)]
struct FactKind {
    kind: String,
}

/// Reads an entry that this program can't understand because a newer one wrote it; a mistake in an
/// entry of our own version and of a known kind is no such thing.
fn newer(text: &str) -> Option<NewerEntry> {
    let envelope: Envelope<'_> = serde_json::from_str(text).ok()?;
    let is_known_kind = Fact::KINDS.contains(&envelope.fact.kind.as_str());
    if envelope.version < Entry::VERSION || (envelope.version == Entry::VERSION && is_known_kind) {
        return None;
    }
    Some(NewerEntry {
        id: envelope.id,
        version: envelope.version,
        kind: envelope.fact.kind,
        at: read::<Moment>(envelope.at),
        recorded_at: read::<Timestamp>(envelope.recorded_at),
        audience: match envelope.audience {
            None => Some(Audience::Public),
            Some(raw) => read(Some(raw)),
        },
    })
}

fn read<'j, T: Deserialize<'j>>(raw: Option<&'j RawValue>) -> Option<T> {
    serde_json::from_str(raw?.get()).ok()
}

#[cfg(test)]
mod tests;
