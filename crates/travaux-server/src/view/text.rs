//! The rolling text.

use serde::Serialize;

use super::{Link, Mark, Phrase, StateChip, TextState};

/// The rolling text, or a part of it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TextPage {
    /// The base in a line.
    pub base: Phrase,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// The contents.
    pub contents: Vec<ContentsLine>,
    /// Which part is shown, where not all of it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What the page is narrowed to, in words; none where the whole text is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrowed: Option<Phrase>,
    /// The words searched for.
    pub search: String,
    /// Whether only what is bracketed is shown.
    pub only_bracketed: bool,
    /// The key of the side read; empty for the bracketed text.
    pub side: String,
    /// What reading that side means, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side_words: Option<Phrase>,
    /// The sides that can be read.
    pub sides: Vec<SideOption>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The part before and the part behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
    /// The part behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
}

/// A line of the contents.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ContentsLine {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Where it leads.
    pub link: Link,
    /// How many bracketed provisions stand under it.
    pub bracketed: usize,
    /// How many provisions with words stand under it.
    pub provisions: usize,
}

/// A side that can be read.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SideOption {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What kind of side it is: a participant's or a proposal's.
    pub group: String,
}

/// A provision in the text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Block {
    /// Its id.
    pub id: String,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Its rank: "chapter", "article", "paragraph".
    pub kind: String,
    /// Its number as printed before its words.
    pub caption: String,
    /// Its heading.
    pub heading: Vec<Run>,
    /// Its words.
    pub runs: Vec<Run>,
    /// Where its own page is.
    pub to: String,
    /// How it stands; none where it has no words of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateChip>,
    /// What is asked of it as a whole: deleted, added, moved, brackets requested, awaited.
    pub asked: Vec<Phrase>,
    /// The alternatives, each as one line.
    pub alternatives: Vec<AlternativeNote>,
}

impl Block {
    /// Reports whether something of it stands in brackets.
    pub fn is_bracketed(&self) -> bool {
        self.state.as_ref().is_some_and(|chip| chip.state == TextState::Bracketed)
    }
}

/// A piece of a bracketed text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// Words that all read alike.
    Text(String),
    /// A bracket.
    Choice(Vec<RunAlternative>),
    /// Words that only the side read has, where a side is read.
    Own(String),
    /// Words of the base that the side read leaves out.
    Left(String),
}

/// One alternative of a bracket.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RunAlternative {
    /// Whether the base reads so.
    pub base: bool,
    /// The numbers of the alternatives that read so (see [`AlternativeNote::number`]).
    pub by: Vec<usize>,
    /// What they read; nothing where they read nothing here.
    pub runs: Vec<Run>,
}

/// An alternative, as the margin of the text shows it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AlternativeNote {
    /// Its number within the provision, from 1.
    pub number: usize,
    /// What marks its words in the text: "2", "del", "a".
    pub mark: String,
    /// The proposal's key.
    pub proposal: String,
    /// What it is called: "Alternative 2", "CRP.4".
    pub label: String,
    /// What it embodies or who sponsors it, in a few words.
    pub gist: String,
    /// Who stands behind it, in a few words: "14 on record since 11 January 2023".
    pub behind: String,
    /// Its marks, as words.
    pub marks: Vec<Mark>,
}
