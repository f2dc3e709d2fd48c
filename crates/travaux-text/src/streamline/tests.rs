//! What is lossless and what is not, and the best decisions against trying every set.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::compromise::Compromise;
use super::decisions::solve;
use super::edits;
use super::fold::{FormDifference, difference_of_form};
use crate::merge::Merge;
use crate::node::SideName;
use crate::token::{TokenKind, tokens};

fn names(kept: &str, merged: &str) -> Option<Vec<String>> {
    let found = difference_of_form(kept, merged)?;
    Some(found.iter().map(ToString::to_string).collect())
}

#[track_caller]
fn lossless(kept: &str, merged: &str, expected: &[&str]) {
    assert_eq!(names(kept, merged).unwrap_or_default(), expected, "{kept} / {merged}");
}

#[track_caller]
fn needs_consent(kept: &str, merged: &str) {
    assert_eq!(names(kept, merged), None, "{kept} / {merged}");
}

#[test]
fn marks_spelling_and_the_order_of_lists_are_form() {
    lossless("They shall, as needed, act.", "They shall as needed act.", &["marks and spaces"]);
    lossless("to organize", "to organise", &["spelling: “organize”, “organise”"]);
    lossless("in favour of it", "in favor of it", &["spelling: “favour”, “favor”"]);
    lossless("The Parties", "the Parties", &["capitals"]);
    lossless(
        "search, seizure and interception of data",
        "interception, search and seizure of data",
        &[
            "order of a list: “search, seizure and interception”, “interception, search and seizure”",
        ],
    );
    lossless(
        "shall protect and respect rights",
        "shall respect and protect rights",
        &["order of a list: “protect and respect”, “respect and protect”"],
    );
}

#[test]
fn what_may_be_substance_is_not_form() {
    needs_consent("shall", "may");
    needs_consent("search and seizure", "search or seizure");
    needs_consent("search and seizure", "seizure or search");
    needs_consent("laws of the State and the Party", "laws of the Party and the State");
    needs_consent("the State may ask the Party", "the Party may ask the State");
    needs_consent("States", "states");
    needs_consent("5 per cent", "5% per cent");
    needs_consent("and/or", "and or");
    needs_consent("four Parties", "for Parties");
    needs_consent("promise", "promize it");
}

fn some_text() -> impl Strategy<Value = String> {
    let words =
        vec!["shall", "protect", "respect", "and", "or", "organize", "organise", "the", "The", "a"];
    let joints = vec![" ", " ", ", ", "; ", "  "];
    let pieces = (proptest::sample::select(words), proptest::sample::select(joints));
    proptest::collection::vec(pieces, 0..8)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, joint)| [word, joint]).collect())
}

/// The words of a text as a bag, in one spelling and small letters.
fn bag(text: &str) -> Vec<String> {
    let words = tokens(text).filter(|token| TokenKind::of(token) == TokenKind::Word);
    let mut words: Vec<String> =
        words.map(|word| word.to_lowercase().replace("organise", "organize")).collect();
    words.sort();
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is lossless has the same words, in the same order but for the lists that are named,
    /// and the wording that is merged comes back to the byte.
    #[test]
    fn what_is_merged_without_loss_has_the_same_words_and_comes_back(
        kept in some_text(),
        merged in some_text(),
    ) {
        let edited = {
            let mut text = kept.clone();
            for (range, new) in edits(&kept, &merged).into_iter().rev() {
                text.replace_range(range, &new);
            }
            text
        };
        prop_assert_eq!(&edited, &merged);
        if let Some(found) = difference_of_form(&kept, &merged) {
            prop_assert!(!found.is_empty());
            prop_assert_eq!(bag(&kept), bag(&merged));
            let has_order = found.iter().any(|one| matches!(one, FormDifference::Order { .. }));
            let plain = |text: &str| -> Vec<String> {
                let words = tokens(text).filter(|token| TokenKind::of(token) == TokenKind::Word);
                words.map(|word| word.to_lowercase().replace("organise", "organize")).collect()
            };
            prop_assert!(has_order || plain(&kept) == plain(&merged));
        }
    }

    #[test]
    fn the_best_decisions_are_those_that_trying_every_set_finds(
        stretches in proptest::collection::vec(
            (proptest::collection::btree_set(0_usize..6, 1..4), 1_u64..20), 1..9),
    ) {
        let key = |at: usize| SideName::new(&format!("P{at}")).expect("a name");
        let mut held: BTreeMap<BTreeSet<SideName>, u64> = BTreeMap::new();
        for (by, count) in &stretches {
            *held.entry(by.iter().map(|at| key(*at)).collect()).or_default() += count;
        }
        let keys: Vec<SideName> = held.keys().flatten().collect::<BTreeSet<_>>().into_iter().cloned().collect();
        let found = solve(&held);
        prop_assert_eq!(found.plans.len(), keys.len());
        for (at, plan) in found.plans.iter().enumerate() {
            let most = (0_u32..1 << keys.len())
                .filter(|set| set.count_ones() as usize == at + 1)
                .map(|set| {
                    let chosen: BTreeSet<SideName> =
                        (0..keys.len()).filter(|at| set & (1 << at) != 0).map(|at| keys[at].clone()).collect();
                    held.iter().filter(|(by, _)| by.is_subset(&chosen)).map(|(_, count)| count).sum::<u64>()
                })
                .max();
            prop_assert_eq!(Some(plan.freed), most);
            prop_assert_eq!(plan.settle.len(), at + 1);
            prop_assert_eq!(plan.bound, plan.freed);
        }
    }

    /// Every word of a compromise stands at its place in the base or in a side, and what all have in
    /// common is in it.
    #[test]
    fn a_compromise_has_no_word_of_its_own(
        base in some_text(),
        one in some_text(),
        other in some_text(),
        third in some_text(),
    ) {
        let sides = [("A", &one), ("B", &other), ("C", &third)];
        let sides = sides.map(|(name, text)| (SideName::new(name).expect("a name"), text.as_str()));
        let merge = Merge::with_sides(&base, sides).expect("three names");
        let compromise = Compromise::of(&merge);
        let texts = [&base, &one, &other, &third];
        for piece in &compromise.pieces {
            prop_assert!(texts.iter().any(|text| text.contains(&piece.text)));
        }
        if texts.iter().all(|text| **text == base) {
            prop_assert_eq!(compromise.text(), base);
        }
    }
}

#[test]
fn a_large_group_is_bounded_and_never_better_than_its_bound() {
    let key = |at: usize| SideName::new(&format!("P{at:02}")).expect("a name");
    let mut held: BTreeMap<BTreeSet<SideName>, u64> = BTreeMap::new();
    for at in 0..30_usize {
        held.insert([key(at), key((at + 1) % 30)].into_iter().collect(), 3 + at as u64 % 5);
        held.insert(std::iter::once(key(at)).collect(), 1 + at as u64 % 3);
    }
    let found = solve(&held);
    assert_eq!(found.plans.len(), 30);
    let mut before = 0;
    for plan in &found.plans {
        assert!(plan.freed <= plan.bound && before <= plan.freed);
        before = plan.freed;
    }
    assert_eq!(before, found.bracketed);
}
