//! Patterns over words: "judicial ... review", "dual criminality".

use std::ops::Range;

use crate::references::{Lexeme, lexemes};

/// How many words `...` stands for at most.
const BETWEEN_MAX: usize = 8;

/// A sequence of words to be found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pattern(Vec<Piece>);

#[derive(Clone, Debug, Eq, PartialEq)]
enum Piece {
    Word(String),
    Beginning(String),
    Between,
}

impl Pattern {
    /// Reads a pattern: `word*` is any word that begins so, `...` up to eight words between.
    pub fn read(written: &str) -> Self {
        let pieces = written.split_whitespace().map(|word| match word.strip_suffix('*') {
            _ if word == "..." => Piece::Between,
            Some(beginning) => Piece::Beginning(beginning.to_lowercase()),
            None => Piece::Word(word.to_lowercase()),
        });
        Self(pieces.collect())
    }
}

/// Returns how many words from the first the pieces cover, if they fit there.
fn fits(words: &[Lexeme<'_>], pieces: &[Piece]) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(0) };
    if *piece == Piece::Between {
        return (0..=BETWEEN_MAX.min(words.len()))
            .find_map(|skip| fits(&words[skip..], rest).map(|covered| covered + skip));
    }
    let word = words.first()?;
    let is_it = match piece {
        Piece::Word(wanted) => word.lower == *wanted,
        Piece::Beginning(beginning) => word.lower.starts_with(beginning.as_str()),
        Piece::Between => false,
    };
    if !is_it {
        return None;
    }
    fits(&words[1..], rest).map(|covered| covered + 1)
}

/// Cuts a text into the words that patterns are looked for in: no marks, no white space.
pub(super) fn searched(text: &str) -> Vec<Lexeme<'_>> {
    let mut words = lexemes(text);
    words.retain(|word| word.text.contains(char::is_alphanumeric));
    words
}

/// Patterns of which any will do.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Patterns(Vec<Pattern>);

impl Patterns {
    /// Reads patterns that are set apart by semicolons.
    pub fn read(written: &str) -> Self {
        let each = written.split(';').map(str::trim).filter(|one| !one.is_empty());
        Self(each.map(Pattern::read).collect())
    }

    /// Reports whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Finds all places where one of the patterns fits, as bytes, in the order of the text; of
    /// places that overlap the first and longest.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.find_among(&searched(text))
    }

    /// Does the same in words that were cut before.
    pub(super) fn find_among(&self, words: &[Lexeme<'_>]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let covered = self.0.iter().filter_map(|one| fits(&words[at..], &one.0)).max();
            match covered.filter(|covered| 0 < *covered) {
                Some(covered) => {
                    found.push(words[at].range.start..words[at + covered - 1].range.end);
                    at += covered;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Reports whether one of the patterns fits anywhere.
    pub fn is_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }
}
