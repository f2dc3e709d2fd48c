//! The shortest instruction against every instruction of its family, and the rules of spacing.

use std::ops::Range;

use proptest::prelude::*;

use super::shortest::{clauses, length};
use super::understand;
use super::words::{deletion, insertion_after, insertion_at_end, insertion_before, sentences};
use super::write::quoted;
use crate::issued::IssuedText;
use crate::provision::{Act, Provision, ProvisionId, ProvisionKind};
use crate::rolling::ProposalKey;
use crate::token::{TokenKind, tokens};

fn text_of(words: &str) -> IssuedText {
    let provision = Provision {
        id: ProvisionId::new("it"),
        parent: None,
        kind: ProvisionKind::Paragraph,
        number: "1".to_owned(),
        heading: String::new(),
        text: words.to_owned(),
    };
    IssuedText::new(vec![provision]).expect("one provision is a text")
}

/// Carries out an instruction on one paragraph.
fn carried_out(base: &str, written: &str) -> Option<String> {
    let key = ProposalKey::new("P").expect("a key");
    let read = understand(&text_of(base), &key, None, written).ok()?;
    match &read.changes[..] {
        [change] => match &change.act {
            Act::Replace { text } => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Lists every way to name some words of a text, with and without their occurrence.
fn names(base: &str, words: &str) -> Vec<String> {
    let quote = quoted(words);
    let ordinals = ["first", "second", "third", "last"];
    let counted = ordinals.iter().map(|nth| format!("the {nth} occurrence of {quote}"));
    let is_there = base.contains(words);
    if is_there { std::iter::once(quote.clone()).chain(counted).collect() } else { Vec::new() }
}

/// Lists every clause of the family on a short text, with new words taken from the wanted text.
fn every_clause(base: &str, wanted: &str) -> Vec<String> {
    let pieces = |text: &str| -> Vec<String> {
        let all: Vec<&str> = tokens(text).collect();
        let is_space = |at: usize| TokenKind::of(all[at]) == TokenKind::Space;
        let ranges = (0..all.len()).flat_map(|from| (from + 1..=all.len()).map(move |to| from..to));
        let worded = |range: &Range<usize>| !is_space(range.start) && !is_space(range.end - 1);
        let mut pieces: Vec<String> =
            ranges.filter(worded).map(|range| all[range].concat()).collect();
        pieces.sort();
        pieces.dedup();
        pieces
    };
    let (olds, news) = (pieces(base), pieces(wanted));
    let mut all = Vec::new();
    for new in &news {
        let quote = quoted(new);
        all.push(format!("add {quote} at the end"));
        all.push(format!("add {quote} at the beginning"));
    }
    let is_word = |token: Option<&str>| token.map(TokenKind::of) == Some(TokenKind::Word);
    for old in &olds {
        let is_anchor = is_word(tokens(old).next()) && is_word(tokens(old).last());
        for name in names(base, old) {
            all.push(format!("delete {name}"));
            for new in &news {
                let quote = quoted(new);
                all.push(format!("replace {name} by {quote}"));
                if is_anchor {
                    all.push(format!("after {name}, insert {quote}"));
                    all.push(format!("before {name}, insert {quote}"));
                }
            }
        }
        all.push(format!("delete {} wherever it occurs", quoted(old)));
        for new in &news {
            all.push(format!("replace {} by {} wherever it occurs", quoted(old), quoted(new)));
        }
    }
    all
}

fn check_shortest(base: &str, wanted: &str) {
    if base == wanted {
        return;
    }
    let found = clauses(base, wanted);
    let own = found.as_ref().map(|clauses| length(clauses));
    if let Some(clauses) = &found {
        let written = format!("In paragraph 1, {}.", clauses.join("; "));
        assert_eq!(carried_out(base, &written).as_deref(), Some(wanted), "{base:?}: {written}");
    }
    for clause in every_clause(base, wanted) {
        if own.is_some_and(|own| own <= clause.chars().count()) {
            continue;
        }
        let written = format!("In paragraph 1, {clause}.");
        let is_it = carried_out(base, &written).as_deref() == Some(wanted);
        assert!(!is_it, "{base:?} to {wanted:?}: {found:?} is longer than {clause}");
    }
}

/// As [`check_shortest`], over two clauses.
fn check_shortest_of_two(base: &str, wanted: &str) {
    if base == wanted {
        return;
    }
    let found = clauses(base, wanted);
    let own = found.as_ref().map_or(usize::MAX, |clauses| length(clauses));
    let all = every_clause(base, wanted);
    for first in &all {
        for second in &all {
            let both = [first.clone(), second.clone()];
            if own <= length(&both) {
                continue;
            }
            let written = format!("In paragraph 1, {}.", both.join("; "));
            let is_it = carried_out(base, &written).as_deref() == Some(wanted);
            assert!(!is_it, "{base:?} to {wanted:?}: {found:?} is longer than {written}");
        }
    }
}

fn some_words(most: usize) -> impl Strategy<Value = String> {
    let words = vec!["shall", "may", "a", "act", "a", "b"];
    let joints = vec![" ", " ", ", ", " (", "; "];
    let pieces = (proptest::sample::select(words), proptest::sample::select(joints));
    proptest::collection::vec(pieces, 1..=most).prop_map(|pieces| {
        let mut text = String::new();
        for (at, (word, joint)) in pieces.iter().enumerate() {
            if at > 0 {
                text.push_str(joint);
            }
            text.push_str(word);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn no_clause_is_shorter_than_the_instruction(base in some_words(4), wanted in some_words(4)) {
        check_shortest(&base, &wanted);
    }
}

#[test]
fn no_two_clauses_are_shorter_than_the_instruction() {
    for (base, wanted) in [
        ("a b a", "b b a b"),
        ("a, b a", "a b a a"),
        ("shall a b", "may a c b"),
        ("a b c", "x b y"),
        ("a a", "b a b"),
    ] {
        check_shortest_of_two(base, wanted);
    }
}

#[test]
fn an_instruction_on_a_long_paragraph_names_few_words() {
    let base = "Each Party shall, in accordance with its domestic law, take such measures as may be \
                necessary to ensure that its pilots are trained and shall inform the other Parties.";
    let wanted = base.replace("are trained and shall", "are trained and licensed and may");
    let found = clauses(base, &wanted).expect("clauses");
    assert_eq!(found, ["replace “and shall” by “and licensed and may”"]);
    let wanted = base.replace("Each", "A").replace("the other", "all other");
    let found = clauses(base, &wanted).expect("clauses");
    assert_eq!(found, ["replace “Each” by “A”", "replace “the” by “all”"]);
}

#[test]
fn words_go_with_the_space_that_would_be_left_over() {
    let gone = |text: &str, words: &str| {
        let from = text.find(words).expect("they stand there");
        let range = deletion(text, &(from..from + words.len()));
        [&text[..range.start], &text[range.end..]].concat()
    };
    assert_eq!(gone("a b c", "b"), "a c");
    assert_eq!(gone("a b, c", "b"), "a, c");
    assert_eq!(gone("a b c", "a"), "b c");
    assert_eq!(gone("a b c", "c"), "a b");
    assert_eq!(gone("a, b, c", ", b"), "a, c");
    assert_eq!(gone("a (b c)", "b"), "a (c)");
    assert_eq!(gone("a b/c", "b"), "a /c");
}

#[test]
fn words_come_in_set_apart_as_the_text_around_them_needs() {
    let behind = |text: &str, at: usize, words: &str| {
        let (at, words) = insertion_after(text, at, words);
        [&text[..at], &words, &text[at..]].concat()
    };
    let ahead = |text: &str, at: usize, words: &str| {
        let (at, words) = insertion_before(text, at, words);
        [&text[..at], &words, &text[at..]].concat()
    };
    assert_eq!(behind("a b", 1, "x"), "a x b");
    assert_eq!(behind("a b", 1, ", x,"), "a, x, b");
    assert_eq!(behind("a b", 1, " x"), "a x b");
    assert_eq!(behind("a b", 1, "x "), "a x b");
    assert_eq!(behind("(b)", 1, "x"), "(x b)");
    assert_eq!(behind("a, b", 1, "x"), "a x, b");
    assert_eq!(ahead("a b", 2, "x"), "a x b");
    assert_eq!(ahead("a b", 2, ", x,"), "a, x, b");
    assert_eq!(ahead("a b", 2, "x "), "a x b");
    assert_eq!(ahead("a b", 2, " x"), "a x b");
    assert_eq!(ahead("b", 0, "x"), "x b");
}

#[test]
fn words_at_the_end_go_before_its_mark_and_sentences_behind_it() {
    let end = |text: &str, words: &str| {
        let (at, words) = insertion_at_end(text, words);
        [&text[..at], &words, &text[at..]].concat()
    };
    assert_eq!(end("They act.", ", if need be"), "They act, if need be.");
    assert_eq!(end("They act.", "with care"), "They act with care.");
    assert_eq!(end("They act.", "They consult."), "They act. They consult.");
    assert_eq!(end("Ships;", "and"), "Ships; and");
    assert_eq!(end("Ships", "and crews"), "Ships and crews");
}

#[test]
fn a_full_stop_of_an_abbreviation_ends_no_sentence() {
    let cut = |text: &str| -> Vec<String> {
        sentences(text).into_iter().map(|range| text[range].to_owned()).collect()
    };
    assert_eq!(cut("They act. They do!  So"), ["They act.", "They do!", "So"]);
    assert_eq!(cut("See art. 5 and para. 3. They act."), ["See art. 5 and para. 3.", "They act."]);
    assert_eq!(cut("They pay 3.5 per cent."), ["They pay 3.5 per cent."]);
}

#[test]
fn what_is_quoted_is_read_back_whatever_it_holds() {
    for words in
        ["", "a", "“a”", "a”", "“", "”“\"", "”\"»`", "`` ”\"» ``", "a\nb”\"«", "\u{301}”\"«"]
    {
        let form = quoted(words);
        let pieces = super::lex::Pieces::cut(&form).expect("it is cut");
        assert_eq!((pieces.len(), pieces.quote(0)), (1, Some(words)), "{form}");
    }
}
