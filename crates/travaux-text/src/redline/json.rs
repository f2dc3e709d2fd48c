//! How a redline is written as JSON.
//!
//! ```json
//! {"fragments": 4, "moves": 1, "deleted_words": 1, "inserted_words": 1, "moved_words": 9,
//!  "pieces": [{"same": "…"}, {"deleted": "…"}, {"inserted": "…"},
//!             {"moved_away": {"mark": 1, "text": "…"}},
//!             {"moved_here": {"mark": 1, "pieces": [{"same": "…"}]}}]}
//! ```

use serde::Serialize;
use serde::ser::SerializeMap as _;

use super::{Redline, RedlinePiece};

#[derive(Serialize)]
struct Away<'t> {
    mark: usize,
    text: &'t str,
}

#[derive(Serialize)]
struct Here<'t, 'p> {
    mark: usize,
    pieces: &'p [RedlinePiece<'t>],
}

impl Serialize for RedlinePiece<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Same(text) => map.serialize_entry("same", text)?,
            Self::Deleted(text) => map.serialize_entry("deleted", text)?,
            Self::Inserted(text) => map.serialize_entry("inserted", text)?,
            Self::MovedAway { mark, text } => {
                map.serialize_entry("moved_away", &Away { mark: *mark, text })?;
            }
            Self::MovedHere { mark, pieces } => {
                map.serialize_entry("moved_here", &Here { mark: *mark, pieces })?;
            }
        }
        map.end()
    }
}

impl Serialize for Redline<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = self.counts();
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("fragments", &counts.fragments)?;
        map.serialize_entry("moves", &counts.moves)?;
        map.serialize_entry("deleted_words", &counts.deleted_words)?;
        map.serialize_entry("inserted_words", &counts.inserted_words)?;
        map.serialize_entry("moved_words", &counts.moved_words)?;
        map.serialize_entry("pieces", &self.pieces)?;
        map.end()
    }
}
