//! What the smallest piece of a text is: words, marks and white space, which concatenate to it.
//!
//! **Invariant:** a token never normalizes, trims or changes a byte, and how a stretch without
//! white space is cut depends on that stretch alone. This module knows nothing of base and side.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

/// What a token is, which decides what it weighs (DESIGN section 5).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum TokenKind {
    /// A Unicode word: it holds a letter or a number. A Han character is a word of its own.
    Word,
    /// Anything else that is printed: a punctuation mark, a symbol, an emoji.
    Mark,
    /// A maximal run of white space.
    Space,
}

impl TokenKind {
    /// Returns the kind of a token that [`tokens`] gave.
    pub fn of(token: &str) -> Self {
        match token.chars().next() {
            Some(first) if first.is_whitespace() => Self::Space,
            _ if token.chars().any(char::is_alphanumeric) => Self::Word,
            _ => Self::Mark,
        }
    }
}

/// Returns the tokens of `text`; concatenated they are `text`.
///
/// White space is the Unicode property `White_Space`; between two runs of it the word boundaries
/// of Unicode Standard Annex 29 hold.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text, words: None }
}

/// Counts the words that a reader meets in `text`: the unit of the reading cost.
pub fn words(text: &str) -> u64 {
    tokens(text).map(|token| u64::from(TokenKind::of(token) == TokenKind::Word)).sum()
}

/// Returns the words that hyphens join ("thirty-six"), each as a range of tokens, in order.
///
/// A word alone is none: every range holds at least three tokens.
pub fn compounds(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_hyphen = |token: &&str| matches!(*token, "-" | "\u{2010}" | "\u{2011}");
    let is_word = |token: &&str| TokenKind::of(token) == TokenKind::Word;
    let tokens: Vec<&str> = tokens(text).collect();
    let mut compounds = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at + 1;
        while is_word(&tokens[end - 1])
            && tokens.get(end).is_some_and(is_hyphen)
            && tokens.get(end + 1).is_some_and(is_word)
        {
            end += 2;
        }
        if at + 1 < end {
            compounds.push(at..end);
        }
        at = end;
    }
    compounds
}

/// Returns a fixed hash of `token` (multiply and rotate over eight bytes at a time); never 0.
pub(crate) fn fingerprint(token: &str) -> u64 {
    let mut hash = token.len() as u64;
    for chunk in token.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    hash.max(1)
}

/// Iterates over the tokens of a text; made by [`tokens`].
#[derive(Clone)]
pub struct Tokens<'a> {
    /// What has not been handed out, without what `words` still holds.
    rest: &'a str,
    /// The tokens of the stretch being cut, when it is not plain ASCII.
    words: Option<unicode_segmentation::UWordBounds<'a>>,
}

impl fmt::Debug for Tokens<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("rest", &self.rest).finish_non_exhaustive()
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if let Some(words) = &mut self.words {
            if let Some(word) = words.next() {
                return Some(word);
            }
            self.words = None;
        }
        let first = *self.rest.as_bytes().first()?;
        if first.is_ascii_alphanumeric() || first.is_ascii_punctuation() {
            return Some(self.ascii(first));
        }
        let space = space_len(self.rest);
        if space > 0 {
            return Some(self.take(space));
        }
        self.cut_stretch()
    }
}

impl<'a> Tokens<'a> {
    fn take(&mut self, len: usize) -> &'a str {
        let (token, rest) = self.rest.split_at(len);
        self.rest = rest;
        token
    }

    /// Takes a token off a stretch that opens with an ASCII letter, digit or mark.
    ///
    /// Almost all of an English text passes here. Only two shapes are decided: a word with nothing
    /// but marks after it in its stretch, and a mark that no word precedes and no mark beyond ASCII
    /// follows. Annex 29 has no rule that could join them; all else is left to its tables.
    fn ascii(&mut self, first: u8) -> &'a str {
        let bytes = self.rest.as_bytes();
        if first.is_ascii_alphanumeric() {
            let word = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let marks = bytes[word..].iter().take_while(|&&byte| is_plain_mark(byte)).count();
            if self.rest[word + marks..].chars().next().is_none_or(char::is_whitespace) {
                return self.take(word);
            }
        } else if is_plain_mark(first) && bytes.get(1).is_none_or(u8::is_ascii) {
            return self.take(1);
        }
        self.cut_stretch().unwrap_or_default()
    }

    fn cut_stretch(&mut self) -> Option<&'a str> {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let stretch = self.take(end);
        let mut words = stretch.split_word_bounds();
        let first = words.next();
        self.words = Some(words);
        first
    }
}

/// The low line is no plain mark: it joins the words beside it.
fn is_plain_mark(byte: u8) -> bool {
    byte.is_ascii_punctuation() && byte != b'_'
}

fn space_len(text: &str) -> usize {
    text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len())
}

/// Says that bytes are not UTF-8 text, and from which byte on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TextError {
    /// Offset in bytes of the first byte that belongs to no character.
    pub offset: usize,
}

impl TextError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        "save the text as UTF-8 and try again; other encodings are never guessed"
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read text: the byte at offset {} is not UTF-8", self.offset)
    }
}

impl std::error::Error for TextError {}

/// Reads bytes as text, changing nothing.
///
/// # Errors
///
/// Text is UTF-8 and never normalized (DESIGN section 5): other input is refused with its offset.
pub fn text_from_bytes(bytes: &[u8]) -> Result<&str, TextError> {
    std::str::from_utf8(bytes).map_err(|error| TextError { offset: error.valid_up_to() })
}
