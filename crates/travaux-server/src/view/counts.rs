//! The page that counts what was open over successive drafts.

use serde::Serialize;

use super::{Link, Phrase};

/// What was open, draft after draft.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CountsPage {
    /// What became of it, in a sentence or two.
    pub lead: Phrase,
    /// The drafts, in order of issue.
    pub drafts: Vec<DraftRow>,
    /// The chapters, in document order, each with a figure for every draft of `chapter_drafts`.
    pub chapters: Vec<ChapterLine>,
    /// The drafts that the chapters are counted for, as places in `drafts`.
    pub chapter_drafts: Vec<usize>,
}

/// Words by state. What is clean is never counted as agreed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct WordCount {
    /// In brackets, or in an option.
    pub bracketed: usize,
    /// Clean, and not agreed.
    pub clean: usize,
    /// Agreed ad referendum.
    pub agreed: usize,
}

impl WordCount {
    /// Returns how many there are in all.
    pub const fn total(self) -> usize {
        self.bracketed + self.clean + self.agreed
    }
}

/// How one draft stood.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DraftRow {
    /// The draft: its symbol, leading to the text on the day counted.
    pub draft: Link,
    /// Its title.
    pub title: String,
    /// When it was issued.
    pub issued: String,
    /// The day it is counted on.
    pub on: String,
    /// Whether the body adopted it.
    pub adopted: bool,
    /// Its words by state.
    pub words: WordCount,
    /// Brackets and sets of alternatives as shown in the text.
    pub brackets: usize,
    /// The open proposals on it.
    pub proposals: usize,
    /// What is printed in the document, where it came with brackets of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintedCount>,
}

/// What is printed in a document, counted as characters and heads.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct PrintedCount {
    /// Opening brackets.
    pub open: usize,
    /// Closing brackets.
    pub close: usize,
    /// The deepest nesting.
    pub depth: usize,
    /// Options.
    pub options: usize,
    /// Brackets without a partner.
    pub unbalanced: usize,
}

/// A chapter through the drafts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ChapterLine {
    /// Its number and heading, as in the latest draft that has it.
    pub chapter: String,
    /// How it stood in each draft; none where the draft has no such chapter.
    pub drafts: Vec<Option<ChapterCell>>,
}

/// How a chapter stood in one draft.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct ChapterCell {
    /// Its words by state.
    pub words: WordCount,
    /// Its brackets and sets of alternatives.
    pub brackets: usize,
}
