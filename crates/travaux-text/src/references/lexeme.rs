//! The words and marks of a text with where they stand.
//!
//! White space is passed over: what is read here is never written back.

use std::ops::Range;

use crate::token::{TokenKind, tokens};

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme<'t> {
    pub(crate) text: &'t str,
    /// The word in small letters.
    pub(crate) lower: String,
    pub(crate) range: Range<usize>,
}

impl Lexeme<'_> {
    pub(crate) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// Cuts a text into words and marks.
pub(crate) fn lexemes(text: &str) -> Vec<Lexeme<'_>> {
    let mut at = 0;
    let mut all = Vec::new();
    for token in tokens(text) {
        let range = at..at + token.len();
        at = range.end;
        if TokenKind::of(token) != TokenKind::Space {
            all.push(Lexeme { text: token, lower: token.to_lowercase(), range });
        }
    }
    all
}
