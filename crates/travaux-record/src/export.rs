//! A sealed record as a file: JSON Lines, documented in `docs/record-format.md`.
//!
//! A header, one line a place of the log, a checkpoint. An entry that the reader may not see is
//! replaced by its leaf, so that every copy has the same places and the same seal. A line has one
//! written form only: what differs from it in a byte is not this line. Whether the lines belong
//! together is asked by [`verify`](crate::verify()).

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::seal::Link;
use crate::{Audience, Checkpoint, EntryId, Key, Leaf, Read, Record, Salt, Viewer, decode};

/// The version of the file format that this program writes and reads.
pub const FORMAT: u32 = 1;

/// One place of a sealed log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Sealed {
    /// An entry with its salt.
    Whole {
        /// The salt.
        salt: Salt,
        /// The entry's bytes as first written.
        bytes: Box<str>,
    },
    /// The leaf of an entry that this copy doesn't show.
    Withheld(Leaf),
}

impl Sealed {
    /// Seals an entry's bytes; see [`crate::encode`].
    pub fn new(salt: Salt, bytes: impl Into<Box<str>>) -> Self {
        Self::Whole { salt, bytes: bytes.into() }
    }

    /// Returns the data of its leaf.
    pub fn leaf(&self) -> Leaf {
        match self {
            Self::Whole { salt, bytes } => Leaf::of(salt, bytes.as_bytes()),
            Self::Withheld(leaf) => *leaf,
        }
    }

    /// Returns the entry's bytes, where it is shown.
    pub fn bytes(&self) -> Option<&str> {
        match self {
            Self::Whole { bytes, .. } => Some(bytes),
            Self::Withheld(_) => None,
        }
    }

    /// Returns the same place as `viewer` may see it. What `record` can't tell the audience of is
    /// withheld from everybody.
    #[must_use]
    pub fn shown_to(&self, viewer: &Viewer, record: &Record) -> Self {
        let is_seen = |audience: &Audience| audience.admits(viewer, &|id| record.class_of(id));
        let is_seen = self.bytes().is_some_and(|bytes| match decode(bytes.as_bytes()) {
            Ok(Read::Known(entry)) => is_seen(&entry.audience),
            Ok(Read::Newer(newer)) => newer.audience.as_ref().is_some_and(is_seen),
            Err(_) => false,
        });
        if is_seen { self.clone() } else { Self::Withheld(self.leaf()) }
    }
}

/// Writes a sealed log as a file. The same log gives the same bytes.
pub fn write<'s>(
    key: &Key,
    places: impl IntoIterator<Item = &'s Sealed>,
    checkpoint: &Checkpoint,
) -> String {
    let kept = places.into_iter().zip(1..);
    write_kept(key, kept.map(|(sealed, place)| (place, sealed.leaf(), sealed)), checkpoint)
}

/// Writes what a keeper holds for a check: places as it numbers them, counted from one, with the
/// links of the leaves it keeps, whether or not they are those of the entries beside them.
pub fn write_kept<'s>(
    key: &Key,
    places: impl IntoIterator<Item = (u64, Leaf, &'s Sealed)>,
    checkpoint: &Checkpoint,
) -> String {
    let mut file = header_line(key) + "\n";
    let mut link = Link::default();
    let mut expected = 1;
    for (place, leaf, sealed) in places {
        if place != expected {
            // What was there is not kept: what comes behind follows on something unknown.
            link = link.then(&Leaf::from_bytes([0; 32]));
        }
        expected = place.saturating_add(1);
        link = link.then(&leaf);
        file.push_str(&place_line(place, link, sealed));
        file.push('\n');
    }
    file.push_str(&checkpoint_line(checkpoint));
    file.push('\n');
    file
}

fn header_line(key: &Key) -> String {
    format!(
        r#"{{"travaux":"record","format":{FORMAT},"origin":{},"key":{}}}"#,
        quoted(key.origin().as_str()),
        quoted(&key.to_string())
    )
}

fn place_line(place: u64, link: Link, sealed: &Sealed) -> String {
    match sealed {
        Sealed::Whole { salt, bytes } => {
            format!(r#"{{"place":{place},"link":"{link}","salt":"{salt}","entry":{bytes}}}"#)
        }
        Sealed::Withheld(leaf) => {
            format!(r#"{{"place":{place},"link":"{link}","withheld":"{leaf}"}}"#)
        }
    }
}

fn checkpoint_line(checkpoint: &Checkpoint) -> String {
    format!(r#"{{"checkpoint":{}}}"#, quoted(&checkpoint.to_string()))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// One line as read.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    Header(Key),
    Place(PlaceLine),
    Checkpoint(Checkpoint),
}

/// A line of the log: what it states of its place, and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct PlaceLine {
    pub(crate) place: u64,
    pub(crate) link: Link,
    pub(crate) sealed: Sealed,
    /// The entry's id, where it is shown and has one.
    pub(crate) id: Option<EntryId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderForm {
    travaux: String,
    format: u32,
    origin: String,
    key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceForm<'j> {
    place: u64,
    link: String,
    salt: Option<String>,
    #[serde(borrow)]
    entry: Option<&'j RawValue>,
    withheld: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckpointForm {
    checkpoint: String,
}

/// Returns the entry on a line of a sealed file, if it shows one; nothing for a line of another
/// kind of file. The seal is not looked at.
pub(crate) fn entry_of_line(line: &str) -> Option<Result<Option<Box<str>>, String>> {
    let openings = [r#"{"travaux""#, r#"{"place""#, r#"{"checkpoint""#];
    openings.iter().any(|opening| line.starts_with(opening)).then(|| {
        read_line(line).map(|read| match read {
            Line::Place(place) => place.sealed.bytes().map(Box::from),
            Line::Header(_) | Line::Checkpoint(_) => None,
        })
    })
}

/// Reads one line without its line break.
///
/// The error says what was expected, and found where that helps.
pub(crate) fn read_line(line: &str) -> Result<Line, String> {
    let read = if line.starts_with(r#"{"travaux""#) {
        read_header(line).map(Line::Header)
    } else if line.starts_with(r#"{"checkpoint""#) {
        read_checkpoint(line).map(Line::Checkpoint)
    } else {
        read_place(line).map(Line::Place)
    }?;
    let written = match &read {
        Line::Header(key) => header_line(key),
        Line::Place(place) => place_line(place.place, place.link, &place.sealed),
        Line::Checkpoint(checkpoint) => checkpoint_line(checkpoint),
    };
    if written != line {
        return Err("expected the line exactly as it was written, to the byte".to_owned());
    }
    Ok(read)
}

fn read_header(line: &str) -> Result<Key, String> {
    let form: HeaderForm = serde_json::from_str(line).map_err(expected)?;
    if form.travaux != "record" {
        return Err(format!("expected a record, found {:?}", form.travaux));
    }
    if form.format != FORMAT {
        return Err(format!("expected format {FORMAT}, found format {}", form.format));
    }
    let key = Key::parse(&form.key).map_err(|error| error.to_string())?;
    if key.origin().as_str() != form.origin {
        return Err(format!("expected a key of {:?}, found one of {}", form.origin, key.origin()));
    }
    Ok(key)
}

fn read_place(line: &str) -> Result<PlaceLine, String> {
    let form: PlaceForm<'_> = serde_json::from_str(line).map_err(expected)?;
    let sealed = match (form.salt, form.entry, form.withheld) {
        (Some(salt), Some(entry), None) => {
            let salt = Salt::parse(&salt).ok_or("expected a salt of 64 hexadecimal digits")?;
            Sealed::new(salt, entry.get())
        }
        (None, None, Some(leaf)) => Sealed::Withheld(
            Leaf::parse(&leaf).ok_or("expected a withheld leaf of 64 hexadecimal digits")?,
        ),
        _ => return Err("expected either \"salt\" and \"entry\", or \"withheld\"".to_owned()),
    };
    Ok(PlaceLine {
        place: form.place,
        link: Link::parse(&form.link).ok_or("expected a link of 32 hexadecimal digits")?,
        id: sealed.bytes().and_then(entry_id),
        sealed,
    })
}

fn read_checkpoint(line: &str) -> Result<Checkpoint, String> {
    let form: CheckpointForm = serde_json::from_str(line).map_err(expected)?;
    Checkpoint::parse(&form.checkpoint).map_err(|expected| format!("expected {expected}"))
}

/// Reads the id of any entry, also one that is otherwise not understood.
fn entry_id(bytes: &str) -> Option<EntryId> {
    #[derive(Deserialize)]
    struct Identified {
        id: EntryId,
    }
    serde_json::from_str::<Identified>(bytes).ok().map(|entry| entry.id)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed over by map_err")]
fn expected(error: serde_json::Error) -> String {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    format!("{reason} at column {}", error.column())
}
