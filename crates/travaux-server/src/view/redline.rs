//! The Redline page: what changed between two documents or sides.

use serde::Serialize;

use super::{Link, Mark, Phrase, SideOption};

/// What changed from one text to another.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RedlinePage {
    /// How much there is to read, in a sentence.
    pub lead: Phrase,
    /// The texts that can be compared.
    pub options: Vec<SideOption>,
    /// The key of the old one.
    pub old: String,
    /// The key of the new one.
    pub new: String,
    /// The old one in words, with the marks of its words.
    pub old_text: (Phrase, Vec<Mark>),
    /// The new one in words, with the marks of its words.
    pub new_text: (Phrase, Vec<Mark>),
    /// The parts that can be read by themselves: their keys and headings.
    pub parts: Vec<(String, String)>,
    /// The key of the part shown; empty where all is.
    pub part: String,
    /// Whether what did not change is shown in full.
    pub whole: bool,
    /// What else is to be said: what does not compose, what is left out.
    pub notes: Vec<String>,
    /// The same with the texts changed over.
    pub turned: Link,
    /// Words struck out, added and moved, passages moved, and stretches to read.
    pub counts: RedlineCountsView,
    /// The text, in the order of reading.
    pub runs: Vec<RedlineRun>,
}

/// How much there is to read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct RedlineCountsView {
    /// Words struck out.
    pub deleted_words: u64,
    /// Words added.
    pub inserted_words: u64,
    /// Words moved.
    pub moved_words: u64,
    /// Passages moved.
    pub moves: usize,
    /// Stretches struck out, added or moved.
    pub fragments: usize,
}

/// A stretch of a redline.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RedlineRun {
    /// Both have it.
    Same(String),
    /// Both have so many words more here, which are left out.
    Folded(u64),
    /// The old one alone has it.
    Deleted(String),
    /// The new one alone has it.
    Inserted(String),
    /// The old one has it here, the new one elsewhere.
    MovedAway {
        /// Which move, from one.
        mark: usize,
        /// The words.
        text: String,
    },
    /// The new one has it here, the old one elsewhere.
    MovedHere {
        /// Which move.
        mark: usize,
        /// The words, with what changed on the way.
        runs: Vec<Self>,
    },
}
