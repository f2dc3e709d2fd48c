//! When two words count as the same for a search: in any letter case, with any apostrophe.
//!
//! What is shown is never folded; this decides only what is found.

use std::borrow::Cow;
use std::ops::Range;

use crate::token::{TokenKind, tokens};

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    pub(super) folded: Cow<'a, str>,
}

/// Returns the words of `text`, without the number that it may begin with: the same paragraph
/// stands as 2 in one treaty and as 3 in another.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = number(text);
    tokens(&text[at..]).filter_map(move |token| {
        let from = at;
        at += token.len();
        let is_word = TokenKind::of(token) == TokenKind::Word;
        is_word.then(|| Word { at: from..at, folded: fold(token) })
    })
}

fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
}

/// Longest number of a paragraph, in letters or digits: "xviii".
const NUMBER_MAX: usize = 5;

/// Returns how many bytes the number that a paragraph begins with takes, with what surrounds it.
pub(super) fn number(text: &str) -> usize {
    let mut at = 0;
    // "1. (a)" is a number twice over.
    for _ in 0..2 {
        let rest =
            text[at..].trim_start_matches(|c: char| c.is_whitespace() || "*-\u{2022}".contains(c));
        let open = rest.strip_prefix('(').unwrap_or(rest);
        let len = open.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (mark, behind) = open.split_at(len);
        let closes = match behind.chars().next() {
            Some(')') => true,
            Some('.') => open.len() == rest.len() && mark.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        let is_end = behind.chars().nth(1).is_none_or(char::is_whitespace);
        let is_number = is_ordinal(mark) || mark.bytes().all(|b| b.is_ascii_digit());
        if len == 0 || len > NUMBER_MAX || !closes || !is_end || !is_number {
            break;
        }
        at = text.len() - behind.len() + 1;
    }
    at
}

/// A letter, a letter doubled ("bb") or a Roman number.
fn is_ordinal(mark: &str) -> bool {
    let bytes = mark.as_bytes();
    let letters = bytes.iter().all(u8::is_ascii_alphabetic);
    let one = bytes.iter().all(|byte| *byte == bytes[0]) && bytes.len() <= 2;
    letters && (one || bytes.iter().all(|byte| b"ivxlIVXL".contains(byte)))
}
