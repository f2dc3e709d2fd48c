//! How a text falls into passages: paragraphs, and the heading under which each stands.
//!
//! It goes by blank lines and by lines that look like headings, and reads no structure into what
//! stands between them. A paragraph of many clauses stays one passage: a search finds the clause in it.

use std::ops::Range;

use super::fold;
use crate::token::{TokenKind, tokens};

/// A paragraph longer than this is cut, at the end of a line or of a sentence where there is one.
const WORDS_MAX: usize = 1000;
/// Fewer words are no language that could be agreed.
const WORDS_MIN: usize = 4;
/// A line of more words is no heading.
const HEADING_WORDS_MAX: usize = 14;
/// Characters of a heading or title that are kept.
const HEADING_CHARS_MAX: usize = 160;

/// A paragraph of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Passage {
    /// Its bytes in the text, without white space around.
    pub(super) at: Range<usize>,
    /// The line it begins in, from 1.
    pub(super) line: u32,
    /// Place of its heading in [`Cut::headings`].
    pub(super) heading: usize,
}

/// A text, cut.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Cut {
    pub(super) title: String,
    /// The headings in their order; the first is none.
    pub(super) headings: Vec<String>,
    pub(super) passages: Vec<Passage>,
}

/// Cuts `text` into passages.
pub(super) fn cut(text: &str) -> Cut {
    let mut cutter = Cutter { text, cut: Cut::default(), open: None, below: Below::Text };
    cutter.cut.headings.push(String::new());
    let (mut at, mut number) = (0, 1);
    for line in text.split_inclusive('\n') {
        cutter.line(at..at + line.len(), number);
        at += line.len();
        number += 1;
    }
    cutter.close();
    cutter.cut
}

/// What the last lines were.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Below {
    Text,
    /// A heading that numbers a division: what it is called may come next.
    Division,
}

struct Cutter<'a> {
    text: &'a str,
    cut: Cut,
    /// The paragraph being gathered and the line it began in.
    open: Option<(Range<usize>, u32)>,
    below: Below,
}

impl Cutter<'_> {
    fn line(&mut self, at: Range<usize>, number: u32) {
        let line = &self.text[at.clone()];
        let bare = line.trim_matches(|c: char| c.is_whitespace() || "#*_".contains(c));
        if bare.is_empty() {
            self.close();
            return;
        }
        if self.cut.title.is_empty() && !is_tag(bare) {
            self.cut.title = tidy(bare);
        }
        let is_marked = line.trim_start().starts_with('#');
        let is_short = short(bare);
        if is_short && is_division(bare) {
            self.close();
            self.cut.headings.push(tidy(bare));
            self.below = Below::Division;
        } else if is_marked && is_short {
            self.close();
            self.heading(bare);
            self.below = Below::Text;
        } else {
            match &mut self.open {
                Some((open, _)) => open.end = at.end,
                None => self.open = Some((at, number)),
            }
        }
    }

    /// Takes up a heading without number: it names the division above it, or stands for itself.
    fn heading(&mut self, bare: &str) {
        match self.cut.headings.last_mut() {
            Some(division) if self.below == Below::Division => {
                division.push_str(", ");
                division.push_str(&tidy(bare));
            }
            _ => self.cut.headings.push(tidy(bare)),
        }
    }

    fn close(&mut self) {
        let Some((at, line)) = self.open.take() else { return };
        self.below = Below::Text;
        let heading = self.cut.headings.len() - 1;
        for part in parts(self.text, at.clone()) {
            let text = &self.text[part.clone()];
            if is_tag(text.trim()) || fold::words(text).nth(WORDS_MIN - 1).is_none() {
                continue;
            }
            let lines_before = self.text[at.start..part.start].matches('\n').count();
            let line = line.saturating_add(u32::try_from(lines_before).unwrap_or(u32::MAX));
            self.cut.passages.push(Passage { at: part, line, heading });
        }
    }
}

/// Cuts what is too long, and trims.
fn parts(text: &str, at: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = at.start;
    let (mut end, mut count) = (at.start, 0);
    // The last place to cut at since `from`: behind a line, or behind a sentence.
    let (mut line, mut sentence) = (None, None);
    let mut last = "";
    for token in tokens(&text[at.clone()]) {
        if TokenKind::of(token) == TokenKind::Space && token.contains('\n') {
            line = Some(end);
        } else if TokenKind::of(token) == TokenKind::Space && matches!(last, "." | ";") {
            sentence = Some(end);
        }
        end += token.len();
        last = token;
        count += usize::from(TokenKind::of(token) == TokenKind::Word);
        if count == WORDS_MAX {
            let cut = line.or(sentence).unwrap_or(end);
            parts.push(trim(text, from..cut));
            count = tokens(&text[cut..end]).filter(|t| TokenKind::of(t) == TokenKind::Word).count();
            (from, line, sentence) = (cut, None, None);
        }
    }
    parts.push(trim(text, from..at.end));
    parts
}

fn trim(text: &str, at: Range<usize>) -> Range<usize> {
    let part = &text[at.clone()];
    let start = at.start + part.len() - part.trim_start().len();
    start..start.max(at.start + part.trim_end().len())
}

fn short(line: &str) -> bool {
    tokens(line)
        .filter(|token| TokenKind::of(token) == TokenKind::Word)
        .nth(HEADING_WORDS_MAX)
        .is_none()
}

/// Reports whether a line is a heading like "Article 5", "CHAPTER IV. General" or "Annex".
fn is_division(line: &str) -> bool {
    const NOUNS: [&str; 11] = [
        "annex",
        "appendix",
        "article",
        "articles",
        "chapter",
        "part",
        "preamble",
        "protocol",
        "regulation",
        "rule",
        "section",
    ];
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let Some(second) = words.next() else {
        return matches!(first.as_str(), "annex" | "appendix" | "preamble");
    };
    let mark = second.trim_end_matches(['.', ':', ')', '-']);
    let is_number = mark.starts_with(|c: char| c.is_ascii_digit())
        || mark.chars().all(|c| "IVXLCDM".contains(c)) && !mark.is_empty()
        || mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_uppercase());
    // "Article 5 applies to" begins a sentence.
    let ends_open = line.ends_with([',', ';', ':']);
    let goes_on = words.next().is_some_and(|third| third.starts_with(char::is_lowercase));
    NOUNS.contains(&first.as_str()) && is_number && !ends_open && !goes_on
}

/// Reports whether a paragraph is nothing but one tag of a page.
fn is_tag(text: &str) -> bool {
    text.starts_with('<') && text.ends_with('>') && !text[1..text.len() - 1].contains(['<', '>'])
}

/// Puts one space between words and bounds the length.
fn tidy(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ").chars().take(HEADING_CHARS_MAX).collect()
}
