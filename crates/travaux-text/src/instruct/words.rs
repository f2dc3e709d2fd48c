//! Where words stand in a text, and how words go out of it and come into it.
//!
//! People quote words without the space beside them: what is inserted is set apart as the text
//! around it needs, and what is deleted takes one space with it. The rules are fixed, and the
//! instruction that is written is chosen by them, so that it gives the wanted text to the byte.

use std::ops::Range;

use crate::token::{TokenKind, tokens};

/// Marks that follow a word without a space.
const CLOSING: &str = ".,;:!?)]}\u{201d}\u{2019}\u{bb}%\u{2026}";
/// Marks that a word follows without a space.
const OPENING: &str = "([{\u{201c}\u{2018}\u{ab}";

fn closes(text: &str) -> bool {
    text.chars().next().is_some_and(|c| CLOSING.contains(c))
}

fn opens(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| OPENING.contains(c))
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn trailing_space(text: &str) -> usize {
    text.len() - text.trim_end().len()
}

/// A text with the places at which its tokens begin and end.
#[derive(Clone, Debug)]
pub(super) struct Worded<'t> {
    pub(super) text: &'t str,
    /// Where each token begins, and the end.
    pub(super) cuts: Vec<usize>,
}

impl<'t> Worded<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut cuts = vec![0];
        for token in tokens(text) {
            cuts.push(cuts.last().unwrap_or(&0) + token.len());
        }
        Self { text, cuts }
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> usize {
        self.cuts.len() - 1
    }

    pub(super) fn is_space(&self, token: usize) -> bool {
        let text = &self.text[self.cuts[token]..self.cuts[token + 1]];
        TokenKind::of(text) == TokenKind::Space
    }

    /// Returns the text of a range of tokens.
    pub(super) fn of(&self, range: Range<usize>) -> &'t str {
        &self.text[self.cuts[range.start]..self.cuts[range.end]]
    }

    /// Returns every place where words stand as whole tokens, in order; they may overlap.
    pub(super) fn places(&self, words: &str) -> Vec<Range<usize>> {
        let Some(first) = words.chars().next() else { return Vec::new() };
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text[from..].find(words) {
            let range = from + at..from + at + words.len();
            if self.is_cut(range.start) && self.is_cut(range.end) {
                found.push(range.clone());
            }
            from = range.start + first.len_utf8();
        }
        found
    }

    fn is_cut(&self, byte: usize) -> bool {
        self.cuts.binary_search(&byte).is_ok()
    }

    /// Returns the places of words that differ in the form of quotation marks, dashes and spaces
    /// only.
    pub(super) fn places_alike(&self, words: &str) -> Vec<Range<usize>> {
        let (text, wanted) = (Folded::new(self.text), Folded::new(words));
        if wanted.letters.is_empty() {
            return Vec::new();
        }
        let starts = 0..=text.letters.len().saturating_sub(wanted.letters.len());
        starts
            .filter(|from| text.letters[*from..].starts_with(&wanted.letters))
            .map(|from| text.at[from]..text.at[from + wanted.letters.len()])
            .filter(|range| self.is_cut(range.start) && self.is_cut(range.end))
            .collect()
    }

    /// Returns the likest words that stand here, if some are alike: they differ in capitals only, or
    /// begin or end as the words do.
    pub(super) fn near(&self, words: &str) -> Option<&'t str> {
        let wanted: Vec<String> = tokens(words).map(str::to_lowercase).collect();
        let own: Vec<String> =
            (0..self.len()).map(|at| self.of(at..at + 1).to_lowercase()).collect();
        if wanted.is_empty() || own.len() < wanted.len() {
            return None;
        }
        let is_word = |token: &String| TokenKind::of(token) == TokenKind::Word;
        let of_words = wanted.iter().filter(|token| is_word(token)).count();
        let alike = |from: usize| {
            let pairs = own[from..].iter().zip(&wanted);
            pairs.filter(|(own, wanted)| own == wanted && is_word(own)).count()
        };
        let starts = 0..=own.len() - wanted.len();
        let best = starts.max_by_key(|from| (alike(*from), std::cmp::Reverse(*from)))?;
        (alike(best) * 2 >= of_words && alike(best) > 0)
            .then(|| self.of(best..best + wanted.len()).trim())
    }
}

/// A text with quotation marks, dashes and spaces of one form each, and where each letter stood.
struct Folded {
    letters: Vec<char>,
    at: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self { letters: Vec::new(), at: Vec::new() };
        for (at, c) in text.char_indices() {
            let letter = match c {
                '\u{2018}' | '\u{2019}' | '\u{201b}' => '\'',
                '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => '"',
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if letter == ' ' && folded.letters.last() == Some(&' ') {
                continue;
            }
            folded.letters.push(letter);
            folded.at.push(at);
        }
        folded.at.push(text.len());
        folded
    }
}

/// Returns what goes if words are deleted: with them a space that would be left over.
pub(super) fn deletion(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    if words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace) {
        return range.clone();
    }
    let (space_before, space_after) = (trailing_space(before), leading_space(after));
    if space_before > 0 && (after.is_empty() || space_after > 0 || closes(after)) {
        range.start - space_before..range.end
    } else if space_after > 0 && (before.is_empty() || opens(before)) {
        range.start..range.end + space_after
    } else {
        range.clone()
    }
}

/// Returns words without a comma at their end where a mark follows that makes it needless: of
/// ", if need be," before another comma one comma is enough.
fn without_second_mark<'w>(words: &'w str, after: &str) -> &'w str {
    match words.strip_suffix(',') {
        Some(rest) if after.starts_with([',', '.', ';', ':']) && !rest.is_empty() => rest,
        _ => words,
    }
}

/// Returns where words come to stand behind the byte `at`, and with what around them.
pub(super) fn insertion_after(text: &str, at: usize, words: &str) -> (usize, String) {
    let (before, after) = (&text[..at], &text[at..]);
    let (starts, ends) =
        (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    if starts || ends {
        let shift = if starts { 0 } else { leading_space(after) };
        return (at + shift, words.to_owned());
    }
    let words = without_second_mark(words, after);
    let is_apart = before.is_empty() || before.ends_with(char::is_whitespace) || opens(before);
    let lead = if is_apart || closes(words) { "" } else { " " };
    let is_followed = after.is_empty() || after.starts_with(char::is_whitespace) || closes(after);
    let trail = if is_followed || opens(words) || !is_apart { "" } else { " " };
    (at, format!("{lead}{words}{trail}"))
}

/// Returns where words come to stand before the byte `at`, and with what around them.
pub(super) fn insertion_before(text: &str, at: usize, words: &str) -> (usize, String) {
    let (before, after) = (&text[..at], &text[at..]);
    let (starts, ends) =
        (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    let space = trailing_space(before);
    if starts || ends {
        let shift = if ends { 0 } else { space };
        return (at - shift, words.to_owned());
    }
    if closes(words) && space > 0 {
        return (at - space, words.to_owned());
    }
    let is_apart = before.is_empty() || space > 0 || opens(before) || closes(words);
    let lead = if is_apart { "" } else { " " };
    let is_followed = after.is_empty() || after.starts_with(char::is_whitespace) || closes(after);
    let trail = if is_followed || opens(words) { "" } else { " " };
    (at, format!("{lead}{words}{trail}"))
}

/// Returns where words come to stand at the end of a text, and with what around them.
///
/// Words that begin like the middle of a sentence go before the mark that ends it; "and" and "or"
/// behind a semicolon, and whole sentences, go behind it.
pub(super) fn insertion_at_end(text: &str, words: &str) -> (usize, String) {
    let end = text.trim_end().len();
    let mark = text[..end].chars().next_back().filter(|c| ".;:,".contains(*c));
    let is_link = ["and", "or", "and/or", "but"].contains(&words.trim());
    let goes_on = words
        .trim_start()
        .starts_with(|c: char| c.is_lowercase() || "(,;:\u{2014}\u{2013}[".contains(c));
    match mark {
        Some(mark) if goes_on && !is_link && !words.trim_end().ends_with(['.', ';', mark]) => {
            insertion_after(text, end - mark.len_utf8(), words)
        }
        // A list mark that ends the words takes the place of none: it stands behind the sentence.
        _ => insertion_after(text, text.len(), words),
    }
}

/// Returns where words come to stand at the beginning of a text.
pub(super) fn insertion_at_start(text: &str, words: &str) -> (usize, String) {
    insertion_before(text, leading_space(text), words)
}

/// Returns the sentences of a text, in bytes, without the space between them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = leading_space(text);
    let ends = text.char_indices().filter(|(_, c)| ".?!".contains(*c)).map(|(at, _)| at + 1);
    for end in ends {
        let behind = &text[end..];
        let marks = behind.len()
            - behind.trim_start_matches(['\u{201d}', '\u{2019}', ')', '"', '\u{bb}']).len();
        let end = end + marks;
        let next = text[end..].trim_start();
        let is_apart = next.is_empty() || leading_space(&text[end..]) > 0;
        let begins = next.chars().find(|c| !OPENING.contains(*c) && *c != '"');
        let is_new = begins.is_none_or(|c| c.is_uppercase() || c.is_numeric());
        let last =
            text[from.min(end)..end].trim_end_matches('.').rsplit(char::is_whitespace).next();
        // A full stop behind an initial, or an abbreviation, ends no sentence.
        let is_initial = |word: &str| word.len() == 1 && word.starts_with(char::is_alphabetic);
        let is_short = last.is_some_and(|word| ABBREVIATIONS.contains(&word) || is_initial(word));
        if from < end && is_apart && is_new && (!is_short || next.is_empty()) {
            found.push(from..end);
            from = end + leading_space(&text[end..]);
        }
    }
    if from < text.trim_end().len() {
        found.push(from..text.trim_end().len());
    }
    found
}

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 8] = ["art", "arts", "para", "paras", "No", "Nos", "e.g", "i.e"];
