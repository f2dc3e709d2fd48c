//! Marks that stand in a draft: attributions, placeholders, "agreed ad ref.", slashes.
//!
//! A mark says something about the text around it; its bytes stay where they are. Whether a name
//! is that of a participant is not known here: an attribution is recognized by its form.

use std::ops::Range;

use super::{Bracket, BracketRole, BracketedDraft, names};

/// A mark in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DraftMark {
    /// Its bytes, without the parentheses, dash or brackets that set it off.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: DraftMarkKind,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DraftMarkKind {
    /// Whose words a bracket holds: `[shall – EU, USA]`, `[shall (CHN)]`, `[shall] (CHN)`,
    /// `[EU: shall]`.
    Attribution,
    /// Words that are still to come: `[X]`, `[to be elaborated]`, `[…]`.
    Placeholder,
    /// "agreed ad ref.": the block it stands in is marked as agreed ad referendum.
    Agreed,
    /// The slash between two wordings: `commitment / contribution`.
    Slash,
}

impl BracketedDraft<'_> {
    /// Returns the names in an attribution, as printed; nothing for any other mark.
    pub fn attributed_to(&self, mark: &DraftMark) -> Vec<&str> {
        match mark.kind {
            DraftMarkKind::Attribution => names::split(&self.source()[mark.bytes.clone()]),
            DraftMarkKind::Placeholder | DraftMarkKind::Agreed | DraftMarkKind::Slash => Vec::new(),
        }
    }
}

/// Finds the marks.
pub(super) fn marks(source: &str, brackets: &[Bracket]) -> Vec<DraftMark> {
    let mut marks = Vec::new();
    let text = brackets.iter().filter(|bracket| bracket.role == BracketRole::Text);
    for bracket in text {
        let (Some(open), Some(close)) = (bracket.open(), bracket.close()) else { continue };
        if let Some(bytes) = placeholder(source, open, close) {
            marks.push(DraftMark { bytes, kind: DraftMarkKind::Placeholder });
        } else if let Some(bytes) = attribution(source, open, close) {
            marks.push(DraftMark { bytes, kind: DraftMarkKind::Attribution });
        }
    }
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            b'a' | b'A' => marks.extend(agreed(source, at)),
            b'/' => marks.extend(slash(source, at)),
            _ => {}
        }
    }
    marks.sort_by_key(|mark| (mark.bytes.start, mark.bytes.end, mark.kind));
    marks
}

/// How much of a bracket is looked at for a mark, in bytes.
const LOOK_BYTES: usize = 160;

/// Cuts at the last boundary of a character on or before `at`.
fn floor(source: &str, at: usize) -> usize {
    (0..=at.min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0)
}

fn placeholder(source: &str, open: usize, close: usize) -> Option<Range<usize>> {
    let inside = &source[open + 1..floor(source, close.min(open + 1 + LOOK_BYTES))];
    let whole = close <= open + 1 + LOOK_BYTES && !inside.contains('[');
    let words = inside.trim_matches(|c: char| c.is_whitespace() || "*_\"“”".contains(c));
    let lower = words.to_lowercase();
    let stands_for = ["placeholder", "to be ", "text to be "];
    let is_blank = |c: char| "xX.…_ ".contains(c);
    let named = stands_for.iter().any(|start| lower.starts_with(start));
    let unnamed = whole
        && ((lower.chars().count() <= 8 && lower.chars().all(is_blank))
            || ["tbd", "tbc", "tba", "n", "y", "z", "number", "date", "figure"]
                .contains(&lower.as_str()));
    (unnamed || (named && (whole || lower.starts_with(stands_for[0])))).then_some(open + 1..close)
}

/// Finds whose words a bracket holds, in the forms in use.
fn attribution(source: &str, open: usize, close: usize) -> Option<Range<usize>> {
    let from = floor(source, close.saturating_sub(LOOK_BYTES)).max(open + 1);
    let tail = &source[from..close];
    // What stands behind the last bracket inside belongs to this one.
    let own = tail.rfind(']').map_or(tail, |at| &tail[at + 1..]);
    let own_from = close - own.len();
    at_end(own, own_from)
        .or_else(|| behind(source, close))
        .or_else(|| ahead(&source[open + 1..close], open + 1))
}

/// `… – EU, USA]` and `… (CHN)]`.
fn at_end(own: &str, from: usize) -> Option<Range<usize>> {
    if own.contains('[') {
        return None;
    }
    let words = own.trim_end();
    if let Some(inner) = words.strip_suffix(')') {
        let at = inner.rfind('(')?;
        let before = &inner[..at];
        let is_list =
            names::is_list(&inner[at + 1..]) && !names::abbreviates(before, &inner[at + 1..]);
        // An abbreviation alone, behind nothing, is text and no attribution.
        return (is_list && before.contains(char::is_alphanumeric))
            .then(|| from + at + 1..from + inner.len());
    }
    let dash = ["\u{2013}", "\u{2014}", " - "];
    let (at, len) = dash.iter().filter_map(|dash| Some((words.rfind(dash)?, dash.len()))).max()?;
    let spaced = words[..at].ends_with(char::is_whitespace)
        || words[at + len..].starts_with(char::is_whitespace)
        || len == " - ".len();
    let named = words[at + len..].trim_start();
    let start = from + words.len() - named.len();
    (spaced && names::is_list(named)).then(|| start..from + words.len())
}

/// `…] (CHN)`.
fn behind(source: &str, close: usize) -> Option<Range<usize>> {
    let rest = &source[close + 1..floor(source, close + 1 + LOOK_BYTES)];
    let inner = rest.trim_start_matches(super::is_blank).strip_prefix('(')?;
    let named = &inner[..inner.find(')')?];
    let from = close + 1 + (rest.len() - inner.len());
    let look = close.saturating_sub(4 * LOOK_BYTES);
    let before = &source[floor(source, look)..close];
    (names::is_list(named) && !names::abbreviates(before, named)).then(|| from..from + named.len())
}

/// `[EU, USA: …`. A single name is believed only where it is an abbreviation.
fn ahead(inside: &str, from: usize) -> Option<Range<usize>> {
    let head = &inside[..floor(inside, LOOK_BYTES / 2)];
    let named = &head[..head.find(':')?];
    let many = named.contains(',') || names::is_code(named);
    let follows = inside[named.len() + 1..].starts_with(char::is_whitespace);
    (many && follows && names::is_list(named)).then(|| from..from + named.len())
}

const AGREED: &str = "agreed ad ref";

fn agreed(source: &str, at: usize) -> Option<DraftMark> {
    let words = source.get(at..at + AGREED.len())?;
    let starts = !source[..at].ends_with(char::is_alphanumeric);
    if !starts || !words.eq_ignore_ascii_case(AGREED) {
        return None;
    }
    let rest = &source[at + AGREED.len()..];
    let more = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let end = at + AGREED.len() + more;
    let end = end + usize::from(source[end..].starts_with('.'));
    // "not agreed ad referendum" says the contrary.
    let before = source[..at].trim_end();
    let last = before.len().checked_sub(3).and_then(|from| before.get(from..));
    let denied = last.is_some_and(|last| last.eq_ignore_ascii_case("not"));
    (!denied).then_some(DraftMark { bytes: at..end, kind: DraftMarkKind::Agreed })
}

/// A slash with a blank on both sides, between words of one line.
fn slash(source: &str, at: usize) -> Option<DraftMark> {
    let before = source[..at].strip_suffix(' ')?.chars().next_back()?;
    let after = source[at + 1..].strip_prefix(' ')?.chars().next()?;
    let is_side = |c: char| c.is_alphanumeric() || "[]()\"*_,.’'“”".contains(c);
    (is_side(before) && is_side(after))
        .then_some(DraftMark { bytes: at..at + 1, kind: DraftMarkKind::Slash })
}
