//! Reads references from words: "article 24", "articles 23 to 40", "paragraph 1 (b) of this article".
//!
//! Nothing here knows which provisions there are: a mention says what the words point at, and where
//! every number of it stands, so that one number can be corrected by itself. "The Convention" without
//! more is taken to be this one; an instrument with a name of its own is another.

mod instrument;
mod list;

use std::ops::Range;

use super::lexeme::{Lexeme, lexemes};
use crate::provision::ProvisionKind;

/// A number as written, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Numeral {
    /// The number, without brackets: "24", "42 bis", "b".
    pub number: String,
    /// The bytes of it.
    pub range: Range<usize>,
}

/// Which of the provisions of one rank is meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Pick {
    /// The one of this number.
    Number(Numeral),
    /// All from one number to another, both included.
    Span(Numeral, Numeral),
    /// The one in which the words stand.
    This,
    /// The one before that.
    Preceding,
    /// All before that.
    AllPreceding,
    /// The one behind that.
    Following,
}

/// One step of a path: a rank, and which of that rank.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Level {
    /// The rank.
    pub kind: ProvisionKind,
    /// Which of them.
    pub pick: Pick,
}

/// One thing pointed at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pointer {
    /// The bytes that are this pointer's own, for instance "9" in "articles 6, 7 and 9".
    pub range: Range<usize>,
    /// The path to it, the highest rank first; empty for the whole instrument.
    pub path: Vec<Level>,
}

/// The instrument whose provisions are meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Instrument {
    /// The text itself.
    Own,
    /// Another, by the name it is given.
    Other(String),
}

/// One reference as it stands in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mention {
    /// The bytes of the whole of it.
    pub range: Range<usize>,
    /// What it points at, in the order of the words.
    pub pointers: Vec<Pointer>,
    /// Whose provisions these are.
    pub instrument: Instrument,
}

impl Mention {
    /// Reports whether another instrument is meant.
    pub fn is_external(&self) -> bool {
        matches!(self.instrument, Instrument::Other(_))
    }
}

/// Finds the references in a text, in their order.
pub fn mentions(text: &str) -> Vec<Mention> {
    let words = lexemes(text);
    let reader = Reader { words: &words };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.words.len() {
        match reader.mention(at) {
            Some((mention, next)) => {
                found.push(mention);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads a rank with its numbers that begins at a word: "articles 6 and 7", "paragraph 2 (b)".
pub(crate) fn numbered_at(words: &[Lexeme<'_>], at: usize) -> Option<(Vec<Pointer>, usize)> {
    Reader { words }.list(at)
}

/// Reads the word for a rank at a word; says whether it is a plural, and where it ends.
pub(crate) fn rank_at(words: &[Lexeme<'_>], at: usize) -> Option<(ProvisionKind, bool, usize)> {
    Reader { words }.unit(at)
}

/// How deep in a text a rank stands.
pub(crate) fn depth(kind: ProvisionKind) -> u8 {
    match kind {
        ProvisionKind::Title | ProvisionKind::Preamble | ProvisionKind::Chapter => 0,
        ProvisionKind::Section => 1,
        ProvisionKind::Article | ProvisionKind::Annex => 2,
        ProvisionKind::Paragraph => 3,
        ProvisionKind::Subparagraph => 4,
    }
}

/// Reads from words. Each method takes the place to read at, and gives what it read and the place
/// behind it.
struct Reader<'w, 't> {
    words: &'w [Lexeme<'t>],
}

impl Reader<'_, '_> {
    fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    fn bytes(&self, from: usize, behind: usize) -> Range<usize> {
        self.words[from].range.start..self.words[behind - 1].range.end
    }

    fn mention(&self, at: usize) -> Option<(Mention, usize)> {
        if let Some(next) = self.own_instrument(at) {
            let range = self.bytes(at, next);
            let pointers = vec![Pointer { range: range.clone(), path: Vec::new() }];
            return Some((Mention { range, pointers, instrument: Instrument::Own }, next));
        }
        let (pointers, next) = self.pointed(at)?;
        let (instrument, next) = self.of_instrument(next);
        Some((Mention { range: self.bytes(at, next), pointers, instrument }, next))
    }

    /// Reads pointers with what they stand in: "paragraph 2 of article 5".
    fn pointed(&self, at: usize) -> Option<(Vec<Pointer>, usize)> {
        let (mut pointers, mut next) = self.relative(at).or_else(|| self.list(at))?;
        if ["above", "below", "hereof"].contains(&self.lower(next)) {
            next += 1;
        }
        let highest = |pointer: &Pointer| pointer.path.first().map(|level| depth(level.kind));
        let highest = pointers.iter().filter_map(highest).min();
        let of = next + usize::from(self.lower(next) == "," && self.lower(next + 1) == "of");
        if ["of", "in", "under"].contains(&self.lower(of))
            && let Some((containers, behind)) = self.pointed(of + 1)
            && containers.iter().all(|one| one.path.last().map(|level| depth(level.kind)) < highest)
        {
            pointers = containers
                .iter()
                .flat_map(|container| {
                    pointers.iter().map(|pointer| Pointer {
                        range: pointer.range.clone(),
                        path: container.path.iter().chain(&pointer.path).cloned().collect(),
                    })
                })
                .collect();
            next = behind;
        }
        Some((pointers, next))
    }

    /// Reads "this article", "the present chapter", "the preceding paragraph".
    fn relative(&self, at: usize) -> Option<(Vec<Pointer>, usize)> {
        let after_the = at + usize::from(self.lower(at) == "the");
        let pick = match self.lower(after_the) {
            "this" if after_the == at => Pick::This,
            "present" => Pick::This,
            "preceding" | "previous" | "foregoing" => Pick::Preceding,
            "following" | "next" => Pick::Following,
            _ => return None,
        };
        let (kind, plural, next) = self.unit(after_the + 1)?;
        let pick = match (pick, plural) {
            (Pick::Preceding, true) => Pick::AllPreceding,
            (_, true) => return None,
            (pick, false) => pick,
        };
        // "The following paragraph 4 bis" gives a paragraph its number; it refers to none.
        if self.item(next, kind).is_some() {
            return None;
        }
        let range = self.bytes(at, next);
        Some((vec![Pointer { range, path: vec![Level { kind, pick }] }], next))
    }

    /// Reads the word for a rank; says whether it is a plural.
    fn unit(&self, at: usize) -> Option<(ProvisionKind, bool, usize)> {
        let (word, next) = match (self.lower(at), self.lower(at + 1), self.lower(at + 2)) {
            ("sub", "-", "paragraph") => ("subparagraph", at + 3),
            ("sub", "-", "paragraphs") => ("subparagraphs", at + 3),
            (word @ ("art" | "arts" | "para" | "paras"), ".", _) => (word, at + 2),
            (word, ..) => (word, at + 1),
        };
        let (kind, plural) = match word {
            "article" | "art" => (ProvisionKind::Article, false),
            "articles" | "arts" => (ProvisionKind::Article, true),
            "paragraph" | "para" => (ProvisionKind::Paragraph, false),
            "paragraphs" | "paras" => (ProvisionKind::Paragraph, true),
            "subparagraph" => (ProvisionKind::Subparagraph, false),
            "subparagraphs" => (ProvisionKind::Subparagraph, true),
            "chapter" | "part" => (ProvisionKind::Chapter, false),
            "chapters" | "parts" => (ProvisionKind::Chapter, true),
            "section" => (ProvisionKind::Section, false),
            "sections" => (ProvisionKind::Section, true),
            "annex" => (ProvisionKind::Annex, false),
            "annexes" => (ProvisionKind::Annex, true),
            _ => return None,
        };
        Some((kind, plural, next))
    }
}
