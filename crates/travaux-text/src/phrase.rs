//! Where a phrase stands in a text: the same words in the same order, or nearly.
//!
//! White space between words and marks is all alike, so that a phrase is found over the end of a
//! line. It finds words; when and by whom they were written is not known here.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use crate::token::{TokenKind, tokens};

/// How like a phrase the words of a text have to be.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Likeness {
    /// To the letter.
    #[default]
    Exact,
    /// In capital or small letters.
    AnyCase,
    /// In any inflected form of English, in capital or small letters: "State" is found in "States",
    /// "to exchange" not in "the exchange".
    AnyForm,
}

/// Words to look for.
pub struct Phrase {
    words: Vec<String>,
    likeness: Likeness,
    stemmer: Stemmer,
}

impl std::fmt::Debug for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrase").field("words", &self.words).finish_non_exhaustive()
    }
}

impl Phrase {
    /// Reads what to look for; nothing where there is no word in it, since a mark alone is no
    /// phrase.
    pub fn new(written: &str, likeness: Likeness) -> Option<Self> {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut phrase = Self { words: Vec::new(), likeness, stemmer };
        let printed = || tokens(written).filter(|token| TokenKind::of(token) != TokenKind::Space);
        phrase.words = printed().map(|token| phrase.form(token)).collect();
        printed().any(|token| TokenKind::of(token) == TokenKind::Word).then_some(phrase)
    }

    /// Returns where the phrase stands in `text`, in bytes, in order; no two overlap.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut at = 0;
        let printed: Vec<(Range<usize>, String)> = tokens(text)
            .filter_map(|token| {
                let range = at..at + token.len();
                at = range.end;
                let is_printed = TokenKind::of(token) != TokenKind::Space;
                is_printed.then(|| (range, self.form(token)))
            })
            .collect();
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(window) = printed.get(from..from + self.words.len()) {
            if window.iter().map(|(_, form)| form).eq(&self.words) {
                found.push(window[0].0.start..window[window.len() - 1].0.end);
                from += self.words.len();
            } else {
                from += 1;
            }
        }
        found
    }

    /// Reports whether the phrase stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    fn form(&self, token: &str) -> String {
        match self.likeness {
            Likeness::Exact => token.to_owned(),
            Likeness::AnyCase => token.to_lowercase(),
            Likeness::AnyForm => self.stemmer.stem(&token.to_lowercase()).into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, likeness: Likeness, text: &str, expected: &[&str]) {
        let phrase = Phrase::new(phrase, likeness).expect("a phrase");
        let found: Vec<&str> = phrase.find(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_found_whole_and_to_the_letter() {
        let text = "The marshalled Parties shall act; each Party shall.";
        check("shall", Likeness::Exact, text, &["shall", "shall"]);
        check("parties", Likeness::Exact, text, &[]);
        check("Parties shall act", Likeness::Exact, text, &["Parties shall act"]);
    }

    #[test]
    fn capitals_and_inflections_are_passed_over_where_asked() {
        let text = "States Parties shall cooperate; a State Party cooperates.";
        check("state party", Likeness::AnyCase, text, &["State Party"]);
        check("state party", Likeness::AnyForm, text, &["States Parties", "State Party"]);
        check("cooperating", Likeness::AnyForm, text, &["cooperate", "cooperates"]);
    }

    #[test]
    fn a_phrase_is_found_over_the_end_of_a_line_and_with_its_marks() {
        check(
            "shall, if asked",
            Likeness::Exact,
            "It shall,\n  if asked, act.",
            &["shall,\n  if asked"],
        );
        check("shall if", Likeness::Exact, "It shall, if asked, act.", &[]);
    }

    #[test]
    fn what_is_found_does_not_overlap() {
        check("a a", Likeness::Exact, "a a a a a", &["a a", "a a"]);
    }

    #[test]
    fn marks_alone_are_no_phrase() {
        for written in ["", "  ", ",", "[ ]"] {
            assert!(Phrase::new(written, Likeness::Exact).is_none(), "{written:?}");
        }
    }

    #[test]
    fn other_scripts_are_found() {
        check("缔约国应", Likeness::Exact, "各缔约国应合作。", &["缔约国应"]);
        check("الدول", Likeness::AnyForm, "تتعاون الدول الأطراف", &["الدول"]);
    }
}
