//! Where one paragraph ends and the next begins.
//!
//! A blank line ends a paragraph. A single line break ends it where the line ends as a sentence or
//! a clause of a list does, or where the next opens with a heading, a bullet or a number; any other
//! is taken for a wrapped line. Nothing here changes a byte: white space belongs to the paragraph
//! it follows.

use std::ops::Range;

use crate::lexed::{Lexed, Vocabulary};
use crate::token::TokenKind;

/// Cuts a text into its paragraphs, as ranges of tokens that follow each other without gap.
pub(super) fn cut(vocabulary: &Vocabulary<'_>, text: &Lexed<'_>) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut from = 0;
    for at in 1..text.len() {
        if vocabulary.kind(text.class[at - 1]) == TokenKind::Space && ends(text, at - 1) {
            cuts.push(from..at);
            from = at;
        }
    }
    if from < text.len() {
        cuts.push(from..text.len());
    }
    cuts
}

/// Reports whether the white space at `at`, which does not end the text, ends a paragraph.
fn ends(text: &Lexed<'_>, at: usize) -> bool {
    let space = text.slice(at..at + 1);
    let mut breaks = space.bytes().filter(|&byte| byte == b'\n');
    match (breaks.next(), breaks.next()) {
        (None, _) => false,
        (Some(_), Some(_)) => true,
        (Some(_), None) => {
            let before = text.text[..text.start[at]].chars().next_back();
            before.is_none_or(|last| ".;:!?|。；：！？؛؟".contains(last)) || opens(text, at + 1)
        }
    }
}

/// Reports whether what begins at the token `at` looks like the beginning of a paragraph.
fn opens(text: &Lexed<'_>, at: usize) -> bool {
    let rest = &text.text[text.start[at]..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return rest[digits..].starts_with(['.', ')']);
    }
    rest.starts_with(['#', '|', '•', '–']) || rest.starts_with("* ") || rest.starts_with("- ") || {
        let mark = rest.strip_prefix('(').and_then(|inner| inner.find(')'));
        mark.is_some_and(|len| (1..=5).contains(&len))
    }
}
