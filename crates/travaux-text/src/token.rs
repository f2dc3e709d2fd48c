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
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let (chunks, rest) = token.as_bytes().as_chunks::<8>();
    let hash =
        chunks.iter().fold(token.len() as u64, |hash, chunk| mix(hash, u64::from_le_bytes(*chunk)));
    let hash = if rest.is_empty() { hash } else { mix(hash, padded(rest)) };
    hash.max(1)
}

/// Returns one to seven bytes as a number, the first the lowest.
fn padded(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    // Two reads that overlap where there are fewer bytes than they take, which changes nothing.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (len - 4));
    }
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    byte(0) | byte(len / 2) | byte(len - 1)
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
        let bytes = self.rest.as_bytes();
        match ascii_kind(*bytes.first()?) {
            AsciiKind::Beyond => {}
            AsciiKind::Space => {
                if bytes.get(1).is_some_and(u8::is_ascii_graphic) {
                    return Some(self.take(1));
                }
            }
            kind => return Some(self.ascii(kind)),
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
    /// Almost all of an English text passes here. Only two shapes are decided: a word behind which
    /// stands nothing that could join it to what follows, and a mark that no word precedes and no mark
    /// beyond ASCII follows. Annex 29 has no rule that could join them; all else is left to its tables.
    fn ascii(&mut self, first: AsciiKind) -> &'a str {
        let bytes = self.rest.as_bytes();
        if first == AsciiKind::Word {
            let is_word = |byte: &&u8| ascii_kind(**byte) == AsciiKind::Word;
            let word = bytes.iter().take_while(is_word).count();
            let ends = match bytes.get(word).map_or(AsciiKind::Space, |&byte| ascii_kind(byte)) {
                AsciiKind::Space | AsciiKind::Mark => true,
                AsciiKind::Joining => bytes.get(word + 1).is_none_or(|&behind| {
                    behind.is_ascii() && ascii_kind(behind) != AsciiKind::Word
                }),
                AsciiKind::LowLine | AsciiKind::Word => false,
                AsciiKind::Beyond => self.rest[word..].starts_with(char::is_whitespace),
            };
            if ends {
                return self.take(word);
            }
        } else if first != AsciiKind::LowLine && bytes.get(1).is_none_or(u8::is_ascii) {
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

/// What a byte means to the rules of Annex 29, as far as [`Tokens::ascii`] knows them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum AsciiKind {
    /// A letter or a digit.
    Word,
    /// A mark that joins the letters or the digits on both its sides (`MidLetter`, `MidNum`, `MidNumLet`).
    Joining,
    /// The low line, which joins the words beside it.
    LowLine,
    /// Any other mark.
    Mark,
    /// A blank or the end of a line.
    Space,
    /// A control character, or part of a character beyond ASCII.
    Beyond,
}

/// The kind of each byte.
const ASCII_KINDS: [AsciiKind; 256] = {
    let mut kinds = [AsciiKind::Beyond; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'.' | b':' | b',' | b';' | b'\'' => AsciiKind::Joining,
            b'_' => AsciiKind::LowLine,
            b' ' | b'\n' => AsciiKind::Space,
            _ if byte.is_ascii_alphanumeric() => AsciiKind::Word,
            _ if byte.is_ascii_punctuation() => AsciiKind::Mark,
            _ => AsciiKind::Beyond,
        };
        byte += 1;
    }
    kinds
};

fn ascii_kind(byte: u8) -> AsciiKind {
    ASCII_KINDS[usize::from(byte)]
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
