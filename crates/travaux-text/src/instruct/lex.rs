//! The words, marks and quoted passages of an instruction.
//!
//! What stands in quotation marks, between asterisks, in backticks or in a fence is one piece and is
//! kept to the byte. A single quotation mark is also an apostrophe: where both readings are possible
//! nothing is chosen.

use std::ops::Range;

use super::error::InstructError;
use crate::references::{Lexeme, lexemes};

/// An instruction cut into pieces.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'t> {
    pub(super) written: &'t str,
    /// The pieces; a quoted passage is one, and its text is its opening mark.
    pub(super) words: Vec<Lexeme<'t>>,
    /// For each piece the bytes of what it quotes, if it is a quoted passage.
    quoted: Vec<Option<Range<usize>>>,
    /// For each piece, whether it is the first on its line.
    opens_line: Vec<bool>,
}

impl<'t> Pieces<'t> {
    /// Cuts an instruction.
    pub(super) fn cut(written: &'t str) -> Result<Self, InstructError> {
        let mut pieces =
            Self { written, words: Vec::new(), quoted: Vec::new(), opens_line: Vec::new() };
        let mut plain_from = 0;
        let mut at = 0;
        let mut behind_text = false;
        while let Some(c) = written[at..].chars().next() {
            let before = if behind_text { Before::Text } else { Before::Space };
            let opened = if is_opener(c) { open(written, at, c, before)? } else { None };
            let Some((content, end)) = opened else {
                behind_text = !(c.is_whitespace() || "([{\u{2014}/".contains(c));
                at += c.len_utf8();
                continue;
            };
            pieces.plain(plain_from..at);
            pieces.push(at..end, Some(content));
            (at, plain_from, behind_text) = (end, end, true);
        }
        pieces.plain(plain_from..written.len());
        Ok(pieces)
    }

    fn plain(&mut self, range: Range<usize>) {
        for word in lexemes(&self.written[range.clone()]) {
            let bytes = range.start + word.range.start..range.start + word.range.end;
            self.push(bytes, None);
        }
    }

    fn push(&mut self, range: Range<usize>, quoted: Option<Range<usize>>) {
        let from = self.words.last().map_or(0, |last| last.range.end);
        let opens = self.words.is_empty() || self.written[from..range.start].contains('\n');
        let text = &self.written[range.clone()];
        // A quoted passage is never a word of the instruction.
        let text = match (&quoted, text.chars().next()) {
            (Some(_), Some(mark)) => &text[..mark.len_utf8()],
            _ => text,
        };
        let lower = if quoted.is_some() { "\u{201c}".to_owned() } else { text.to_lowercase() };
        self.words.push(Lexeme { text, lower, range });
        self.quoted.push(quoted);
        self.opens_line.push(opens);
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns a piece in small letters; nothing behind the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// Returns what a piece quotes, if it is a quoted passage.
    pub(super) fn quote(&self, at: usize) -> Option<&'t str> {
        let range = self.quoted.get(at)?.clone()?;
        Some(&self.written[range])
    }

    /// Reports whether a piece is the first on its line; the end is, too.
    pub(super) fn opens_line(&self, at: usize) -> bool {
        self.opens_line.get(at).copied().unwrap_or(true)
    }

    /// Returns where a piece begins; the end of all behind the last.
    pub(super) fn start(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.written.len(), |word| word.range.start)
    }

    /// Returns the words from one piece up to another, as written.
    pub(super) fn between(&self, from: usize, to: usize) -> &'t str {
        if to <= from {
            return "";
        }
        let end = self.words.get(to - 1).map_or(self.written.len(), |word| word.range.end);
        &self.written[self.start(from)..end]
    }
}

fn is_opener(c: char) -> bool {
    matches!(c, '\u{201c}' | '"' | '\u{ab}' | '\u{2018}' | '\'' | '*' | '_' | '`')
}

/// What stands before a mark: behind a word it opens nothing, or ends a word.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Before {
    Text,
    Space,
}

/// What is quoted, and the byte behind it.
type Quoted = Option<(Range<usize>, usize)>;

/// Reads a quoted passage that opens with `mark` at `at`, if it is one.
fn open(written: &str, at: usize, mark: char, before: Before) -> Result<Quoted, InstructError> {
    match mark {
        '\u{201c}' => nested(written, at, '\u{201c}', '\u{201d}').map(Some),
        '\u{ab}' => nested(written, at, '\u{ab}', '\u{bb}').map(Some),
        '"' => match written[at + 1..].find('"') {
            Some(len) => Ok(Some((at + 1..at + 1 + len, at + len + 2))),
            None => Err(never_closed(written, at)),
        },
        '`' => Ok(ticks(written, at)),
        '*' | '_' if before == Before::Space => Ok(emphasis(written, at, mark)),
        '\u{2018}' => single(written, at, mark, '\u{2019}'),
        '\'' if before == Before::Space => single(written, at, mark, '\''),
        _ => Ok(None),
    }
}

fn never_closed(written: &str, at: usize) -> InstructError {
    InstructError::QuoteOpen { words: snippet(&written[at..]) }
}

/// Returns the beginning of some words, for a message.
pub(super) fn snippet(words: &str) -> String {
    const SHOWN_MAX: usize = 48;
    let words = words.trim();
    match words.char_indices().nth(SHOWN_MAX) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

fn nested(
    written: &str,
    at: usize,
    open: char,
    close: char,
) -> Result<(Range<usize>, usize), InstructError> {
    let mut depth = 0_usize;
    for (place, c) in written[at..].char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                let from = at + open.len_utf8();
                return Ok((from..at + place, at + place + close.len_utf8()));
            }
        }
    }
    Err(never_closed(written, at))
}

/// Reads *words* or _words_; a mark that does not close on its line is none.
fn emphasis(written: &str, at: usize, mark: char) -> Quoted {
    let rest = &written[at..];
    let run = rest.len() - rest.trim_start_matches(mark).len();
    let inside = &rest[run..];
    if inside.starts_with(char::is_whitespace) || run > 3 {
        return None;
    }
    let line = inside.find('\n').map_or(inside, |end| &inside[..end]);
    let close = line.find(mark)?;
    let closes = line[close..].len() - line[close..].trim_start_matches(mark).len();
    let words = &line[..close];
    let is_closed = closes == run && !words.is_empty() && !words.ends_with(char::is_whitespace);
    is_closed.then(|| (at + run..at + run + close, at + run + close + run))
}

/// Reads `words`, or a fence of three and more backticks with whole lines in it.
fn ticks(written: &str, at: usize) -> Quoted {
    let rest = &written[at..];
    let run = rest.len() - rest.trim_start_matches('`').len();
    if run >= 3
        && let Some(line) = rest.find('\n')
    {
        let from = at + line + 1;
        let fence = "`".repeat(run);
        let close = if written[from..].starts_with(&fence) {
            // Nothing at all stands in the fence.
            Some((from..from, from + run))
        } else {
            let close = written[from..].find(&format!("\n{fence}"))?;
            Some((from..from + close, from + close + 1 + run))
        };
        return close;
    }
    let mut from = at + run;
    let mut search = from;
    let start = from;
    while let Some(found) = written[search..].find('`') {
        let close = search + found;
        let tail = &written[close..];
        let closes = tail.len() - tail.trim_start_matches('`').len();
        if closes == run {
            let mut end = close;
            // As in Markdown, one space inside sets backticks of the words apart from the marks.
            if written[from..end].starts_with(" `") || written[from..end].ends_with("` ") {
                from += usize::from(written[from..end].starts_with(' '));
                end -= usize::from(written[from..end].ends_with(' '));
            }
            debug_assert!(start <= from);
            return Some((from..end, close + run));
        }
        search = close + closes;
    }
    None
}

/// Reads words in single quotation marks, of which the closing one is an apostrophe, too.
fn single(written: &str, at: usize, mark: char, close: char) -> Result<Quoted, InstructError> {
    let from = at + mark.len_utf8();
    if written[from..].starts_with(char::is_whitespace) {
        return Ok(None);
    }
    let mut behind_space = false;
    let mut ends = Vec::new();
    for (place, c) in written[from..].char_indices() {
        let here = from + place;
        let behind = &written[here + c.len_utf8()..];
        let next = behind.chars().next();
        if behind_space && c == mark && next.is_some_and(|next| !next.is_whitespace()) {
            break;
        }
        if c == close && !behind_space && place > 0 && follows_a_quote(behind) {
            ends.push(here);
        }
        behind_space = c.is_whitespace();
    }
    match ends[..] {
        [end] => Ok(Some((from..end, end + close.len_utf8()))),
        [] if mark == '\'' => Ok(None),
        [] => Err(never_closed(written, at)),
        _ => Err(InstructError::QuoteUnclear { words: snippet(&written[at..]) }),
    }
}

/// Reports whether what stands behind a mark can follow a quoted passage in an instruction.
fn follows_a_quote(behind: &str) -> bool {
    const FOLLOWERS: [&str; 22] = [
        "by",
        "with",
        "and",
        "after",
        "before",
        "in",
        "at",
        "to",
        "from",
        "for",
        "should",
        "shall",
        "be",
        "is",
        "wherever",
        "throughout",
        "insert",
        "add",
        "read",
        "of",
        "as",
        "where",
    ];
    let Some(next) = behind.chars().next() else { return true };
    if ".,;:)]!?\n".contains(next) {
        return true;
    }
    if !next.is_whitespace() {
        return false;
    }
    let rest = behind.trim_start();
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    rest.is_empty()
        || rest.starts_with(['(', '-', '\u{2013}', '\u{2014}', ';', ',', '.'])
        || FOLLOWERS.contains(&word.to_lowercase().as_str())
}
