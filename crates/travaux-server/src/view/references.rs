//! The references of a text: who names whom, what leans on a provision, the picture.

use serde::Serialize;

use super::{Link, Phrase};

/// The references.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ReferencesPage {
    /// How many there are, in a sentence.
    pub lead: Phrase,
    /// What the form was asked about; may be empty.
    pub on: String,
    /// What leans on the provision asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaning: Option<LeaningView>,
    /// The graph.
    pub picture: PictureView,
    /// The references, in document order.
    pub rows: Vec<ReferenceRow>,
}

/// What leans on a provision, and what is left without it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LeaningView {
    /// The provision.
    pub provision: Link,
    /// Its heading.
    pub heading: String,
    /// Those that name it.
    pub straight: Vec<LeanRow>,
    /// Those that name one which leans on it.
    pub through: Vec<LeanRow>,
    /// References that point at nothing without it.
    pub dangling: Vec<ReferenceRow>,
    /// The coverage of the text without it.
    pub coverage: Link,
}

/// A provision that leans on another.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LeanRow {
    /// The provision.
    pub provision: Link,
    /// The heading of its article.
    pub heading: String,
    /// The words by which it leans, step by step.
    pub path: Phrase,
}

/// One reference.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ReferenceRow {
    /// Where it stands.
    pub at: Link,
    /// The words.
    pub words: String,
    /// Where in the text they stand, as bytes.
    pub bytes: (usize, usize),
    /// What they point at.
    pub points_at: Vec<Link>,
    /// What else is to be said: another instrument, the whole text.
    pub note: String,
    /// Whether they point at something that is not there.
    pub is_dangling: bool,
    /// On which sides it does not stand; empty where everybody reads it.
    pub sides: String,
}

/// The graph as a picture.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PictureView {
    /// The width, in pixels.
    pub width: i32,
    /// The height, in pixels.
    pub height: i32,
    /// Where labels begin.
    pub left: i32,
    /// The rows.
    pub rows: Vec<PictureLine>,
    /// The arcs.
    pub arcs: Vec<ArcView>,
}

/// One row of the picture.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PictureLine {
    /// What leans on it.
    pub link: Link,
    /// Whether it is the heading of a chapter.
    pub is_heading: bool,
    /// From the top.
    pub y: i32,
    /// Whether it is the provision asked about.
    pub is_asked: bool,
}

/// One arc of the picture.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ArcView {
    /// Who names whom, how often.
    pub title: String,
    /// The curve.
    pub curve: String,
    /// The point of the arrow.
    pub head: String,
    /// How wide it is drawn.
    pub width: usize,
    /// Whether it stands on a side only.
    pub is_proposed: bool,
    /// Whether it begins or ends at the provision asked about.
    pub is_asked: bool,
}
