//! Blocks of a bracketed draft: headings, options, numbered paragraphs, notes.
//!
//! A block is a maximal run of lines between blank lines; a line that opens an option or carries a
//! number of its own begins another. What a block is shows in its first words, behind indentation,
//! emphasis and brackets, which stay where they are.

use std::ops::Range;

use super::role;

/// A run of lines that belong together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Block {
    /// Its first line, counted from one.
    pub line: usize,
    /// Its bytes, the last line's end mark left out.
    pub bytes: Range<usize>,
    /// The number of white-space characters before its first word, a tab for four: nesting as
    /// printed.
    pub indent: usize,
    /// What it is.
    pub kind: BlockKind,
    /// The label of the option that it opens, as printed; also behind a number of its own.
    pub option: Option<Range<usize>>,
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
    /// What belongs to the file and not to the draft: front matter, definitions of links.
    Matter,
    /// Anything else.
    Paragraph,
}

/// Cuts `source` into its blocks.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut place = Place::First;
    let matter = front_matter(source);
    for (index, line) in source.split('\n').enumerate() {
        let bytes = at..at + line.len();
        at = bytes.end + 1;
        let in_front = bytes.start < matter;
        if line.trim().is_empty() {
            if !in_front {
                place = Place::First;
            }
            continue;
        }
        let (kind, option) =
            if in_front { (BlockKind::Matter, None) } else { kind_of(source, &bytes, place) };
        let goes_on = place == Place::Behind
            && blocks.last().is_some_and(|last| match kind {
                BlockKind::Paragraph => last.kind != BlockKind::Matter,
                BlockKind::Matter => last.kind == BlockKind::Matter,
                _ => false,
            });
        match blocks.last_mut() {
            Some(block) if goes_on => block.bytes.end = bytes.end,
            _ => {
                let blanks = line.chars().take_while(|c| c.is_whitespace());
                let indent = blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum();
                blocks.push(Block { line: index + 1, bytes, indent, kind, option });
            }
        }
        place = Place::Behind;
    }
    blocks
}

/// Where a line stands among those of its block.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Behind a blank line, or at the start.
    First,
    /// Directly behind another.
    Behind,
}

/// How many lines of front matter there may be.
const FRONT_LINES_MAX: usize = 100;

/// Returns where the front matter ends: between two lines of three hyphens, at the very start.
fn front_matter(source: &str) -> usize {
    let mut at = 0;
    for (index, line) in source.split_inclusive('\n').take(FRONT_LINES_MAX).enumerate() {
        let fence = line.trim_end() == "---";
        at += line.len();
        match (index, fence) {
            (0, false) => return 0,
            (0, true) | (_, false) => {}
            (_, true) => return at,
        }
    }
    0
}

/// Says what a line opens.
fn kind_of(source: &str, line: &Range<usize>, place: Place) -> (BlockKind, Option<Range<usize>>) {
    let text = &source[line.clone()];
    let trimmed = text.trim_start();
    if trimmed.starts_with('#') {
        let level = trimmed.chars().take_while(|&c| c == '#').count();
        return (BlockKind::Heading(level), None);
    }
    if trimmed.starts_with("[^")
        && trimmed.split_once(']').is_some_and(|(_, to)| to.starts_with(':'))
    {
        return (BlockKind::Footnote, None);
    }
    if role::defined(text).is_some() || trimmed.starts_with("{:") || trimmed.trim_end() == "* TOC" {
        return (BlockKind::Matter, None);
    }
    let words = skip_marks(text);
    let from = line.end - words.len();
    if let Some(len) = option_label(words) {
        let label = from..from + len;
        return (BlockKind::Option(label.clone()), Some(label));
    }
    if is_no_text(words) {
        return (BlockKind::NoText, None);
    }
    if let Some(level) = plain_heading(words).filter(|_| place == Place::First) {
        return (BlockKind::Heading(level), None);
    }
    let Some(len) = number(words) else { return (BlockKind::Paragraph, None) };
    let behind = skip_marks(&words[len..]);
    let label = line.end - behind.len();
    let option = option_label(behind).map(|len| label..label + len);
    (BlockKind::Numbered(from..from + len), option)
}

/// Skips indentation, emphasis, list marks and opening brackets.
fn skip_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || "*_[>-".contains(c))
}

/// Returns the words behind one of `names`, whatever its case.
fn behind<'w>(words: &'w str, names: &[&str]) -> Option<&'w str> {
    names.iter().find_map(|name| {
        let head = words.get(..name.len())?;
        head.eq_ignore_ascii_case(name).then(|| &words[name.len()..])
    })
}

/// Returns the length of the option label that `words` begin with.
fn option_label(words: &str) -> Option<usize> {
    let rest = behind(words, &["option", "alternative", "alt"])?.trim_start_matches('.');
    let spaced = rest.strip_prefix([' ', '\u{a0}']);
    // "Option3", but no other word that begins so.
    let label = match spaced {
        Some(spaced) => spaced,
        None if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        None => return None,
    };
    let inner = label.strip_prefix('(').unwrap_or(label);
    let len = inner.find(|c: char| !c.is_alphanumeric()).unwrap_or(inner.len());
    let (number, mut after) = inner.split_at(len);
    if label.len() != inner.len() {
        after = after.strip_prefix(')')?;
    }
    let numbered = number.len() <= 4
        && (number.starts_with(|c: char| c.is_ascii_digit())
            || number.chars().all(|c| "IVXivx".contains(c))
            || number.chars().count() == 1);
    let ends = after.is_empty()
        || after.starts_with([':', '.', ')', '*', ']', '[', '-', '–', '—', ' ', '\r']);
    (numbered && !number.is_empty() && ends).then(|| words.len() - after.len())
}

/// Reports whether `words` are the option to say nothing.
fn is_no_text(words: &str) -> bool {
    ["no text", "no provision"].iter().any(|phrase| behind(words, &[*phrase]).is_some())
}

/// How many words a heading without marks of its own may have.
const HEADING_WORDS_MAX: usize = 15;

/// Returns the level of the heading that a line by itself is: "Article 3. Scope", "CHAPTER II".
fn plain_heading(words: &str) -> Option<usize> {
    let line = words.trim_end().trim_end_matches(['*', '_', ']']);
    let short = line.split_whitespace().nth(HEADING_WORDS_MAX).is_none();
    if !short || line.ends_with([';', ',']) {
        return None;
    }
    if line.eq_ignore_ascii_case("preamble") {
        return Some(1);
    }
    let levels: [(&[&str], usize); 3] =
        [(&["chapter ", "part ", "annex "], 1), (&["section "], 2), (&["article "], 3)];
    levels.iter().find_map(|(names, level)| {
        let rest = behind(line, names)?.trim_start_matches(['[', ' ']);
        let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(len);
        let numbered = !number.is_empty()
            && (number.starts_with(|c: char| c.is_ascii_digit())
                || number.chars().all(|c| "IVXLCivxlc".contains(c))
                || (number.len() == 1 && number.chars().all(|c| c.is_ascii_uppercase())));
        let after = after.trim_start_matches(' ');
        let suffixed = behind(after, &SUFFIXES).unwrap_or(after).trim_start();
        let ends = suffixed.is_empty()
            || suffixed.starts_with(['.', ':', '-', '–', '—', '(', '*', ']', '['])
            || suffixed.starts_with(|c: char| c.is_uppercase());
        (numbered && ends).then_some(*level)
    })
}

/// Latin ordinals of inserted provisions (UN Editorial Manual), and what drafts use beside them.
pub(super) const SUFFIXES: [&str; 8] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "alt"];

/// Returns the length of the printed number that `words` begin with: `2.`, `(a)`, `b)`, `3.3 bis`.
fn number(words: &str) -> Option<usize> {
    if let Some(inner) = words.strip_prefix('(') {
        let len = inner.find(')')?;
        let mark = &inner[..len];
        let plain = (1..=5).contains(&len) && mark.bytes().all(|b| b.is_ascii_alphanumeric());
        return plain.then_some(len + 2);
    }
    let letters = words.bytes().take_while(u8::is_ascii_lowercase).count();
    if letters > 0 {
        let mark = &words[..letters];
        let plain = letters == 1 || (letters <= 5 && mark.chars().all(|c| "ivx".contains(c)));
        let closed = words[letters..].starts_with(") ") || words[letters..].starts_with(")\t");
        return (plain && closed).then_some(letters + 1);
    }
    let digits = words.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(words.len());
    if !words.starts_with(|c: char| c.is_ascii_digit()) || digits > 12 {
        return None;
    }
    // A year that a line happens to begin with is no number of a paragraph.
    if words[..digits].split('.').any(|part| part.len() > 3) {
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
