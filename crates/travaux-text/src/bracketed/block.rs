//! Blocks of a bracketed draft: headings, options, numbered paragraphs, notes.
//!
//! A block is a maximal run of lines between blank lines; a line that opens an option or carries a
//! number of its own begins another. What a block is shows in its first words, behind indentation,
//! emphasis and brackets, which stay where they are.

use std::ops::Range;

/// A run of lines that belong together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Block {
    /// Its first line, counted from one.
    pub line: usize,
    /// Its bytes, the last line's end mark left out.
    pub bytes: Range<usize>,
    /// The number of white-space characters before its first word: nesting as printed.
    pub indent: usize,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum BlockKind {
    /// A heading: `## Article 3`, with its level.
    Heading(usize),
    /// The head of an option: `Option 2:`, `Alt 1`, with its label as printed.
    Option(Range<usize>),
    /// A paragraph with a printed number: `2.`, `(a)`, `3.3 bis`; the number as printed.
    Numbered(Range<usize>),
    /// "No text", "No provision on …": the option to say nothing.
    NoText,
    /// The text of a footnote.
    Footnote,
    /// Anything else.
    Paragraph,
}

/// Cuts `source` into its blocks.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for (index, line) in source.split('\n').enumerate() {
        let bytes = at..at + line.len();
        at = bytes.end + 1;
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let kind = kind_of(source, &bytes);
        let begins = !open || kind != BlockKind::Paragraph;
        match blocks.last_mut() {
            Some(block) if !begins => block.bytes.end = bytes.end,
            _ => {
                let indent = line.chars().take_while(|c| c.is_whitespace()).count();
                blocks.push(Block { line: index + 1, bytes, indent, kind });
            }
        }
        open = true;
    }
    blocks
}

fn kind_of(source: &str, line: &Range<usize>) -> BlockKind {
    let text = &source[line.clone()];
    let trimmed = text.trim_start();
    if trimmed.starts_with('#') {
        return BlockKind::Heading(trimmed.chars().take_while(|&c| c == '#').count());
    }
    if trimmed.starts_with("[^") && trimmed.contains("]:") {
        return BlockKind::Footnote;
    }
    let words = text.trim_start_matches(|c: char| c.is_whitespace() || "*_[>-".contains(c));
    let from = line.end - words.len();
    if let Some(len) = option_label(words) {
        return BlockKind::Option(from..from + len);
    }
    if is_no_text(words) {
        return BlockKind::NoText;
    }
    match number(words) {
        Some(len) => BlockKind::Numbered(from..from + len),
        None => BlockKind::Paragraph,
    }
}

/// Returns the length of the option label that `words` begin with.
fn option_label(words: &str) -> Option<usize> {
    let mut rest = words;
    for name in ["option", "alternative", "alt"] {
        let head = words.get(..name.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(name)) {
            rest = words[name.len()..].trim_start_matches('.');
            break;
        }
    }
    let spaced = rest.strip_prefix([' ', '\u{a0}']).filter(|_| rest.len() < words.len())?;
    let label = spaced.find(|c: char| !c.is_alphanumeric()).unwrap_or(spaced.len());
    let (label, behind) = spaced.split_at(label);
    let numbered = label.len() <= 4
        && (label.starts_with(|c: char| c.is_ascii_digit())
            || label.chars().all(|c| "IVXivx".contains(c))
            || label.chars().count() == 1);
    let ends = behind.is_empty() || behind.starts_with([':', '.', ')', '*', ']', '-', '–', ' ']);
    (numbered && !label.is_empty() && ends).then(|| words.len() - behind.len())
}

/// Reports whether `words` are the option to say nothing.
fn is_no_text(words: &str) -> bool {
    ["no text", "no provision"].iter().any(|phrase| {
        words.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase))
    })
}

/// Latin ordinals of inserted provisions (UN Editorial Manual), and what drafts use beside them.
const SUFFIXES: [&str; 8] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "alt"];

/// Returns the length of the printed number that `words` begin with: `2.`, `(a)`, `3.3 bis`.
fn number(words: &str) -> Option<usize> {
    if let Some(inner) = words.strip_prefix('(') {
        let len = inner.find(')')?;
        let mark = &inner[..len];
        let plain = (1..=5).contains(&len) && mark.bytes().all(|b| b.is_ascii_alphanumeric());
        return plain.then_some(len + 2);
    }
    let digits = words.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(words.len());
    if !words.starts_with(|c: char| c.is_ascii_digit()) || digits > 12 {
        return None;
    }
    let rest = &words[digits..];
    let spaced = rest.trim_start_matches([' ', '*', '_']);
    let suffix = SUFFIXES.iter().find(|suffix| {
        let (head, behind) = (spaced.get(..suffix.len()), spaced.get(suffix.len()..));
        head.is_some_and(|head| head.eq_ignore_ascii_case(suffix))
            && behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    });
    let end = match suffix {
        Some(suffix) => words.len() - spaced.len() + suffix.len(),
        None => digits,
    };
    let dotted = words[..digits].ends_with('.');
    let closed = words[end..].starts_with([')', ':', '.']);
    let inner_dot = words[..digits].trim_end_matches('.').contains('.');
    (dotted || closed || suffix.is_some() || inner_dot).then_some(end + usize::from(closed))
}
