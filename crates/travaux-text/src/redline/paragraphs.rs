//! Where one paragraph ends and the next begins.
//!
//! A blank line ends a paragraph. A single line break ends it where the line ends as a sentence or
//! a clause of a list does, or where the next opens with a heading, a bullet or a number; any other
//! is taken for a wrapped line. Nothing here changes a byte: white space belongs to the paragraph
//! it follows.

use std::ops::Range;

use crate::lexed::{Lexed, Vocabulary};

/// A text with its paragraphs.
#[derive(Debug)]
pub(super) struct Paragraphs<'t> {
    pub(super) text: Lexed<'t>,
    /// The tokens of each paragraph; they follow each other without gap.
    pub(super) ranges: Vec<Range<usize>>,
}

/// Cuts the paragraphs of two texts into tokens, all but those that have a twin: such a paragraph is one
/// token of a class that only the twin shares, and the white space at its ends.
pub(super) fn lex<'t>(
    vocabulary: &mut Vocabulary<'t>,
    (old_text, olds): (&'t str, &[Range<usize>]),
    (new_text, news): (&'t str, &[Range<usize>]),
    twins: &[Option<usize>],
) -> (Paragraphs<'t>, Paragraphs<'t>) {
    let mut class = vec![None; news.len()];
    let mut old = Paragraphs { text: Lexed::new(old_text), ranges: Vec::with_capacity(olds.len()) };
    for (range, twin) in olds.iter().zip(twins) {
        let passage = twin.map(|twin| {
            let passage = vocabulary.passage(old_text[range.clone()].trim());
            class[twin] = Some(passage);
            passage
        });
        old.add(vocabulary, range.clone(), passage);
    }
    let mut new = Paragraphs { text: Lexed::new(new_text), ranges: Vec::with_capacity(news.len()) };
    for (range, passage) in news.iter().zip(class) {
        new.add(vocabulary, range.clone(), passage);
    }
    (old, new)
}

impl<'t> Paragraphs<'t> {
    fn add(&mut self, vocabulary: &mut Vocabulary<'t>, bytes: Range<usize>, passage: Option<u32>) {
        let from = self.text.class.len();
        if let Some(passage) = passage {
            let held = &self.text.text[bytes.clone()];
            vocabulary.lex_up_to(bytes.end - held.trim_start().len(), &mut self.text);
            self.text.take_up_to(bytes.start + held.trim_end().len(), passage);
        }
        vocabulary.lex_up_to(bytes.end, &mut self.text);
        self.ranges.push(from..self.text.class.len());
    }

    /// Returns the classes of the tokens of some paragraphs.
    pub(super) fn classes(&self, at: usize) -> &[u32] {
        &self.text.class[self.ranges[at].clone()]
    }
}

/// Cuts a text into its paragraphs, as ranges of bytes that follow each other without gap.
pub(super) fn cut(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let (mut from, mut seen) = (0, 0);
    while let Some(line) = text[seen..].find('\n') {
        let at = seen + line;
        let start = text[..at].trim_end().len();
        let end = text.len() - text[at..].trim_start().len();
        if end < text.len() && ends(text, start..end) {
            cuts.push(from..end);
            from = end;
        }
        seen = end;
    }
    if from < text.len() {
        cuts.push(from..text.len());
    }
    cuts
}

/// Reports whether white space that does not end the text ends a paragraph.
fn ends(text: &str, space: Range<usize>) -> bool {
    let mut breaks = text.as_bytes()[space.clone()].iter().filter(|&&byte| byte == b'\n');
    match (breaks.next(), breaks.next()) {
        (None, _) => false,
        (Some(_), Some(_)) => true,
        (Some(_), None) => {
            let before = text[..space.start].chars().next_back();
            before.is_none_or(|last| ".;:!?|。；：！？؛؟".contains(last))
                || opens(&text[space.end..])
        }
    }
}

/// Reports whether what begins like `rest` looks like the beginning of a paragraph.
fn opens(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return rest[digits..].starts_with(['.', ')']);
    }
    rest.starts_with(['#', '|', '•', '–']) || rest.starts_with("* ") || rest.starts_with("- ") || {
        let inner = rest.strip_prefix('(').unwrap_or_default();
        let close = inner.bytes().take(6).position(|byte| byte == b')');
        close.is_some_and(|at| at > 0)
    }
}
