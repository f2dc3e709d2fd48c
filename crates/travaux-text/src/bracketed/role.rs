//! What a square bracket is for: text in brackets, or a mark of the way the file is written.
//!
//! Markdown writes footnote marks and links with square brackets too. They count as brackets where
//! characters are counted, and never where words in brackets are. A bracket is taken for a link only
//! where its address stands beside it or its label is defined in the file: `[a](b)` may well be
//! treaty text.

use std::collections::BTreeMap;

use super::{Block, BlockKind, Bracket, DraftFault};

/// What a bracket is for.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum BracketRole {
    /// It brackets text of the draft.
    #[default]
    Text,
    /// It is the mark of a footnote: `[^3]`.
    Footnote,
    /// It is part of a link, or defines one: `[text](https://…)`, `[text][label]`, `[label]: …`.
    Link,
}

/// How long the mark of a footnote or the label of a link may be, in bytes.
const LABEL_BYTES_MAX: usize = 200;

/// Gives each bracket its role.
pub(super) fn assign(source: &str, blocks: &[Block], brackets: &mut [Bracket]) {
    let labels = labels(source, blocks);
    for index in 0..brackets.len() {
        let Some((open, close)) = ends(&brackets[index]) else { continue };
        if is_note_mark(source, open, close) {
            brackets[index].role = BracketRole::Footnote;
            continue;
        }
        let behind = &source[close + 1..];
        let addressed = behind.strip_prefix('(').is_some_and(is_address)
            || behind.strip_prefix(':').is_some_and(|to| {
                begins_line(source, open) && is_address(to.trim_start_matches(' '))
            });
        if addressed {
            brackets[index].role = BracketRole::Link;
        }
        if !behind.starts_with('[') {
            continue;
        }
        let Some(beside) = brackets[index].alternative() else { continue };
        let label = ends(&brackets[beside]).and_then(|(open, close)| label(source, open, close));
        if label.is_some_and(|label| labels.contains_key(label)) {
            brackets[index].role = BracketRole::Link;
            brackets[beside].role = BracketRole::Link;
        }
    }
}

fn ends(bracket: &Bracket) -> Option<(usize, usize)> {
    Some((bracket.open()?, bracket.close()?))
}

/// Returns the labels that the draft defines, each with the place of its definition.
fn labels<'t>(source: &'t str, blocks: &[Block]) -> BTreeMap<&'t str, usize> {
    let mut labels = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Matter) {
        for line in source[block.bytes.clone()].lines() {
            if let Some(label) = defined(line) {
                labels.entry(label).or_insert(block.bytes.start);
            }
        }
    }
    labels
}

/// Returns the label that a line defines: `[label]: https://…`.
pub(super) fn defined(line: &str) -> Option<&str> {
    let (label, to) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let is_label = !label.is_empty()
        && label.len() <= LABEL_BYTES_MAX
        && !label.starts_with('^')
        && !label.contains(['[', ']']);
    (is_label && is_address(to.trim_start())).then_some(label)
}

fn is_address(words: &str) -> bool {
    ["http://", "https://", "mailto:", "#", "/"].iter().any(|start| words.starts_with(start))
}

fn begins_line(source: &str, at: usize) -> bool {
    source[..at].chars().rev().find(|c| !super::is_blank(*c)).is_none_or(|before| before == '\n')
}

fn label(source: &str, open: usize, close: usize) -> Option<&str> {
    (close - open - 1 <= LABEL_BYTES_MAX).then(|| &source[open + 1..close])
}

fn is_note_mark(source: &str, open: usize, close: usize) -> bool {
    label(source, open, close).and_then(|label| label.strip_prefix('^')).is_some_and(|mark| {
        !mark.is_empty() && !mark.contains(|c: char| c.is_whitespace() || "[]^".contains(c))
    })
}

/// Returns the footnote marks without a note, and the notes that repeat a mark.
pub(super) fn notes_amiss(
    source: &str,
    blocks: &[Block],
    brackets: &[Bracket],
) -> Vec<(usize, DraftFault)> {
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut amiss = Vec::new();
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Footnote) {
        let words = source[block.bytes.clone()].trim_start();
        let Some((mark, _)) = words.strip_prefix("[^").and_then(|rest| rest.split_once(']')) else {
            continue;
        };
        if notes.insert(mark, block.bytes.start).is_some() {
            amiss.push((block.bytes.start, DraftFault::NoteRepeated));
        }
    }
    for bracket in brackets.iter().filter(|bracket| bracket.role == BracketRole::Footnote) {
        let Some((open, close)) = ends(bracket) else { continue };
        if !notes.contains_key(&source[open + 2..close]) {
            amiss.push((open, DraftFault::NoteMissing));
        }
    }
    amiss
}
