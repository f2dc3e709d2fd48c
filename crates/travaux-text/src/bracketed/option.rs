//! Options: which belong together, and how far each reaches.
//!
//! Drafts print whole paragraphs as "Option 1", "Option 2", or within one of them as "Option (a)",
//! "Option (b)"; where an option ends is told by indentation alone, if at all. An option reaches to
//! the next of its set, to a block less indented, or to a heading. The last of a set, and one
//! without another, is its block and what is set deeper if its words stand behind its label: what
//! follows is then not known to be of the option.

use std::ops::Range;

use super::{Block, BlockKind};

/// One option of a set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DraftOption {
    /// The block that opens it, as an index into [`super::BracketedDraft::blocks`].
    pub block: usize,
    /// Its label as printed: "Option 2".
    pub label: Range<usize>,
    /// Its bytes, with all that belongs to it.
    pub bytes: Range<usize>,
    /// Which set it belongs to, counted from zero.
    pub set: usize,
}

/// How an option is numbered; only options of one style are alternatives of each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Style {
    Figures,
    Roman,
    Letter,
    Parenthesis,
}

/// An option that has not ended.
struct Open {
    option: usize,
    indent: usize,
    style: Style,
    number: u32,
    /// Whether its words stand behind its label.
    is_worded: bool,
    /// Whether it stands behind a number of its own: the others of its set are then set in.
    is_numbered: bool,
    /// Where it ends unless another of its set follows.
    ends: Option<usize>,
}

/// Finds the options.
pub(super) fn options(source: &str, blocks: &[Block]) -> Vec<DraftOption> {
    let mut options: Vec<DraftOption> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut sets = 0;
    let mut reached = 0;
    for (index, block) in blocks.iter().enumerate() {
        let numbered = block.option.as_ref().map(|label| numbered(&source[label.clone()]));
        let mut set = None;
        if let Some(first) = open.iter().position(|open| ends(open, block, numbered)) {
            let sibling = &mut open[first];
            let follows = sibling.indent <= block.indent
                && numbered.is_some_and(|(style, number)| {
                    sibling.style == style && sibling.number < number
                });
            if follows {
                set = Some(options[sibling.option].set);
                sibling.ends = None;
            }
            for ended in open.drain(first..) {
                options[ended.option].bytes.end = ended.ends.unwrap_or(reached);
            }
        }
        for open in open.iter_mut().rev().take_while(|open| open.indent == block.indent) {
            if open.is_worded && open.ends.is_none() {
                open.ends = Some(reached);
            }
        }
        reached = block.bytes.end;
        let (Some(label), Some((style, number))) = (block.option.clone(), numbered) else {
            continue;
        };
        let set = set.unwrap_or_else(|| {
            sets += 1;
            sets - 1
        });
        let behind = &source[label.end..block.bytes.end];
        let is_worded = behind.contains(char::is_alphanumeric);
        let option = options.len();
        let is_numbered = matches!(block.kind, BlockKind::Numbered(_));
        open.push(Open {
            option,
            indent: block.indent,
            style,
            number,
            is_worded,
            is_numbered,
            ends: None,
        });
        options.push(DraftOption { block: index, label, bytes: block.bytes.clone(), set });
    }
    for ended in open {
        options[ended.option].bytes.end = ended.ends.unwrap_or(reached);
    }
    options
}

fn ends(open: &Open, block: &Block, numbered: Option<(Style, u32)>) -> bool {
    let divides =
        matches!(block.kind, BlockKind::Heading(_) | BlockKind::Footnote | BlockKind::Matter);
    let is_like = numbered.is_some_and(|(style, _)| style == open.style);
    let counts_on = numbered.is_some_and(|(_, number)| number > open.number);
    divides
        || block.indent < open.indent
        || (block.indent == open.indent && is_like)
        || (block.indent > open.indent && is_like && counts_on && open.is_numbered)
}

/// Reads the number of an option from its label.
fn numbered(label: &str) -> (Style, u32) {
    let name =
        label.find([' ', '\u{a0}', '.']).or_else(|| label.find(|c: char| c.is_ascii_digit()));
    let number = label[name.unwrap_or(0)..].trim_start_matches([' ', '\u{a0}', '.']);
    let inner = number.trim_matches(['(', ')']);
    let figures: String = inner.chars().take_while(char::is_ascii_digit).collect();
    let value = figures.parse().unwrap_or_else(|_| match inner.len() {
        1 if number.starts_with('(') => u32::from(inner.as_bytes()[0].to_ascii_lowercase()),
        _ => roman(inner).unwrap_or_else(|| inner.chars().next().map_or(0, u32::from)),
    });
    let style = if number.starts_with('(') {
        Style::Parenthesis
    } else if !figures.is_empty() {
        Style::Figures
    } else if roman(inner).is_some() {
        Style::Roman
    } else {
        Style::Letter
    };
    (style, value)
}

fn roman(number: &str) -> Option<u32> {
    let mut value = 0;
    let mut above = 0;
    for c in number.chars().rev() {
        let digit = match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        };
        value = if digit < above { value - digit.min(value) } else { value + digit };
        above = digit.max(above);
    }
    (value > 0).then_some(value)
}

/// Returns where options stand that have no other beside them.
pub(super) fn alone(options: &[DraftOption]) -> impl Iterator<Item = usize> {
    let sets = options.iter().map(|option| option.set + 1).max().unwrap_or(0);
    let mut sizes = vec![0_u32; sets];
    for option in options {
        sizes[option.set] += 1;
    }
    options.iter().filter(move |option| sizes[option.set] == 1).map(|option| option.label.start)
}
