//! Finds terms in words: longer before shorter, singular and plural.

use std::ops::Range;

use crate::references::{Lexeme, lexemes};

/// Where a term stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TermUse {
    /// The number of the term in the list that was looked for.
    pub term: usize,
    /// The bytes.
    pub range: Range<usize>,
    /// Whether it stands in the plural.
    pub is_plural: bool,
}

/// Terms to be looked for together.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Terms {
    /// The words of each term, with its number; the longest first.
    terms: Vec<(usize, Vec<String>)>,
}

impl Terms {
    /// Takes terms; their numbers are their places.
    pub fn new<'t>(terms: impl IntoIterator<Item = &'t str>) -> Self {
        let words = |term: &str| -> Vec<String> {
            let all = lexemes(term).into_iter().map(|word| word.lower);
            all.filter(|word| word.contains(char::is_alphanumeric)).collect()
        };
        let mut terms: Vec<(usize, Vec<String>)> = terms
            .into_iter()
            .map(words)
            .enumerate()
            .filter(|(_, words)| !words.is_empty())
            .collect();
        terms.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
        Self { terms }
    }

    /// Finds the terms in a text, in order; none overlaps another.
    pub fn find(&self, text: &str) -> Vec<TermUse> {
        let all = lexemes(text);
        let words: Vec<&Lexeme<'_>> =
            all.iter().filter(|word| word.text.contains(char::is_alphanumeric)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let fit = self.terms.iter().find_map(|(term, wanted)| {
                let is_plural = fits(&words[at..], wanted)?;
                Some((*term, wanted.len(), is_plural))
            });
            match fit {
                Some((term, length, is_plural)) => {
                    let range = words[at].range.start..words[at + length - 1].range.end;
                    found.push(TermUse { term, range, is_plural });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Reports whether the words begin with those wanted, and if so whether in the plural.
fn fits(words: &[&Lexeme<'_>], wanted: &[String]) -> Option<bool> {
    let (last, before) = wanted.split_last()?;
    let is_before = before.iter().zip(words).all(|(wanted, word)| word.lower == *wanted);
    let word = words.get(before.len()).filter(|_| is_before)?;
    if word.lower == *last {
        return Some(false);
    }
    (word.lower == plural(last)).then_some(true)
}

/// Puts a word in the plural, by the rules that hold for the words of treaties.
pub(super) fn plural(word: &str) -> String {
    let before_y = word.chars().rev().nth(1);
    match word.strip_suffix('y') {
        Some(stem) if before_y.is_some_and(|c| !"aeiou".contains(c)) => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x']) || word.ends_with("ch") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}
