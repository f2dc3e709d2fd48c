//! Word files: what stands in one, and how it reads when all or some tracked changes are accepted.
//!
//! A [`WordDocument`] is flat: paragraphs in document order, those in tables with their cell. What a
//! file holds besides words is not kept; each such feature is reported with its place. Nothing here
//! knows what a treaty is.
//!
//! **Invariant:** a file that can be read is read; what is not understood is said.

mod numbering;
mod read;
mod view;
mod write;

use std::collections::BTreeMap;
use std::fmt;

pub use self::view::{Keep, WordLine, WordSpan};
pub use self::write::{Column, ColumnTable, WordWriter};

use crate::archive::ArchiveError;
use crate::xml::XmlError;
use numbering::Numbering;

/// What stands in a Word file.
#[derive(Clone, Debug, Default)]
pub struct WordDocument {
    /// The paragraphs of its body, in order; those of tables and text boxes where these stand.
    pub paragraphs: Vec<WordParagraph>,
    /// Footnotes and endnotes, by their kind and id.
    pub notes: BTreeMap<String, Vec<WordParagraph>>,
    /// Comments, in the order of the file.
    pub comments: Vec<WordComment>,
    /// What was met and not taken over, in order of place.
    pub ignored: Vec<Ignored>,
    numbering: Numbering,
}

/// A paragraph as it stands in the file, with all its tracked changes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WordParagraph {
    /// The name of its style; empty for the default.
    pub style: String,
    /// Its rank as a heading, from 1; none for body text.
    pub heading: Option<u8>,
    /// Its words in order.
    pub runs: Vec<WordRun>,
    /// Where it stands in a list: the list and the level, from 0.
    pub list: Option<(String, u8)>,
    /// Tracked changes to its end: a paragraph inserted, deleted or moved.
    pub mark: Vec<Revision>,
    /// The table cell it stands in.
    pub cell: Option<WordCell>,
    /// The names of bookmarks that begin in it, and the tags of content controls around it.
    pub names: Vec<String>,
}

/// A place in a table, each counted from one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct WordCell {
    /// Which table of the document.
    pub table: usize,
    /// Which row.
    pub row: usize,
    /// Which cell of the row.
    pub column: usize,
}

/// Words that were entered in one way.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WordRun {
    /// The words; tabs and line breaks are characters.
    pub text: String,
    /// How they are marked by hand.
    pub look: Look,
    /// The tracked changes it stands in, the outermost first.
    pub changes: Vec<Revision>,
    /// The note that is anchored here, as a key of [`WordDocument::notes`].
    pub note: Option<String>,
    /// The comments that are about it, by number in [`WordDocument::comments`].
    pub comments: Vec<usize>,
}

/// What is set by hand, not by a style.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Look(u8);

impl Look {
    /// Bold letters.
    pub const BOLD: Self = Self(1);
    /// Struck through.
    pub const STRUCK: Self = Self(2);
    /// Underlined.
    pub const UNDERLINED: Self = Self(4);
    /// Italic letters.
    pub const ITALIC: Self = Self(8);
    /// Not shown.
    pub const HIDDEN: Self = Self(16);
    /// Coloured or highlighted.
    pub const COLOURED: Self = Self(32);

    /// Reports whether all of `other` is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns it without `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// A tracked change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Revision {
    /// What was done.
    pub kind: RevisionKind,
    /// Who did it, as the file says; empty where it does not.
    pub author: String,
    /// When, as the file says; empty where it does not.
    pub date: String,
}

/// What a tracked change does.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum RevisionKind {
    /// Words put in.
    Inserted,
    /// Words taken out.
    Deleted,
    /// Words put in that were taken out elsewhere.
    MovedHere,
    /// Words taken out that were put in elsewhere.
    MovedAway,
}

impl RevisionKind {
    /// Reports whether accepting the change takes the words out.
    pub const fn takes_out(self) -> bool {
        matches!(self, Self::Deleted | Self::MovedAway)
    }
}

/// A comment in the margin.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WordComment {
    /// Its id in the file.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When, as the file says.
    pub date: String,
    /// Its words, its paragraphs parted by line breaks.
    pub text: String,
    /// The words it is about; empty where it stands at a point.
    pub about: String,
    /// The paragraph where it begins, counted from one; 0 where it is not anchored in the text.
    pub paragraph: usize,
}

/// Something in a file that was not taken over.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Ignored {
    /// The paragraph where it stands, counted from one; 0 where it stands in none.
    pub paragraph: usize,
    /// What it is, in words: "a picture".
    pub feature: String,
    /// The words that stand there, so that the place can be found; may be empty.
    pub words: String,
}

/// Why a Word file cannot be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum WordError {
    /// It is not a Word file, or cannot be unpacked.
    Archive(ArchiveError),
    /// Its document is no XML that can be read.
    Xml {
        /// The part of the archive.
        part: String,
        /// What is wrong.
        error: XmlError,
    },
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot read a Word document: ")?;
        match self {
            Self::Archive(error) => write!(f, "{error}"),
            Self::Xml { part, error } => write!(f, "its part {part}: {error}"),
        }
    }
}

impl std::error::Error for WordError {}

impl WordError {
    /// Says what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Archive(error) => error.hint(),
            Self::Xml { .. } => "open it in Word, save it again, and send the new copy",
        }
    }
}

impl From<ArchiveError> for WordError {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl WordDocument {
    /// Reads a Word file (DOCX: ECMA-376, transitional or strict).
    ///
    /// # Errors
    /// Only where there is no document in it that can be read: it is something else, encrypted,
    /// damaged, or a bomb.
    pub fn read(bytes: &[u8]) -> Result<Self, WordError> {
        read::document(bytes)
    }

    /// Returns every author of tracked changes, each once, in order of first appearance.
    pub fn authors(&self) -> Vec<&str> {
        let mut authors: Vec<&str> = Vec::new();
        for paragraph in &self.paragraphs {
            let runs = paragraph.runs.iter().flat_map(|run| &run.changes);
            for revision in runs.chain(&paragraph.mark) {
                if !authors.contains(&revision.author.as_str()) {
                    authors.push(&revision.author);
                }
            }
        }
        authors
    }

    /// Reports whether anything in it is a tracked change of words.
    pub fn is_tracked(&self) -> bool {
        self.paragraphs.iter().any(|paragraph| {
            !paragraph.mark.is_empty() || paragraph.runs.iter().any(|run| !run.changes.is_empty())
        })
    }
}
