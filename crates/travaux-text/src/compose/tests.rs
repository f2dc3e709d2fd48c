//! The laws of composing over one text, against an oracle that reads D and I gap by gap.
//!
//! Whole provisions are tested from outside, in `tests/it/composing.rs`.

use proptest::prelude::*;

use super::*;
use crate::node::SideName;
use crate::token::tokens;

fn name(name: &str) -> SideName {
    SideName::new(name).expect("a name of a side")
}

fn merge(base: &str, sides: &[&str]) -> Merge {
    let named = sides.iter().zip(["A", "B", "C", "D"]).map(|(text, key)| (name(key), *text));
    Merge::with_sides(base, named).expect("names differ")
}

fn readings(base: &str, sides: &[&str]) -> Vec<String> {
    let merge = merge(base, sides);
    compose(&merge, merge.sides()).readings.into_iter().map(|reading| reading.text).collect()
}

#[test]
fn changes_in_different_places_compose() {
    assert_eq!(readings("a b c d", &["a x c d", "a b c y"]), ["a x c y"]);
}

#[test]
fn the_same_change_twice_is_one_change() {
    assert_eq!(readings("a b c", &["a x c", "a x c"]), ["a x c"]);
}

#[test]
fn different_strings_in_one_gap_give_both_readings() {
    assert_eq!(readings("a b c", &["a x c", "a y c"]), ["a x c", "a y c"]);
}

#[test]
fn an_insertion_inside_what_another_deletes_gives_both_readings() {
    assert_eq!(readings("a b c d e", &["a e", "a b c x d e"]), ["a e", "a b c x d e"]);
}

#[test]
fn a_third_proposal_stands_in_every_reading_it_composes_with() {
    let texts = readings("a b c d", &["a x c d", "a y c d", "a b c z"]);
    assert_eq!(texts, ["a x c z", "a y c z"]);
}

/// The oracle walks gap by gap and token by token, as the law is written, over D and I alone.
fn oracle_clash(merge: &Merge, first: &SideName, second: &SideName) -> bool {
    let len = merge.base_len();
    (0..=len).any(|gap| {
        let strings = merge.insertions(gap);
        let deleted = |side: &SideName| {
            gap > 0
                && gap < len
                && merge.deleters(gap - 1).contains(side)
                && merge.deleters(gap).contains(side)
        };
        match (strings.get(first), strings.get(second)) {
            (Some(one), Some(other)) => one != other || deleted(first) || deleted(second),
            (Some(_), None) => deleted(second),
            (None, Some(_)) => deleted(first),
            (None, None) => false,
        }
    })
}

fn oracle_text(merge: &Merge, by: &[SideName]) -> String {
    let base: Vec<&str> = tokens(merge.base()).collect();
    let mut text = String::new();
    for gap in 0..=base.len() {
        let strings = merge.insertions(gap);
        let mut wanted: Vec<&String> = by.iter().filter_map(|side| strings.get(side)).collect();
        wanted.dedup();
        assert!(wanted.len() < 2, "two strings in one gap");
        text.extend(wanted.into_iter().map(String::as_str));
        if gap < base.len() && by.iter().all(|side| !merge.deleters(gap).contains(side)) {
            text.push_str(base[gap]);
        }
    }
    text
}

fn some_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c", "d", "x", "."]), 0..8)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn composing_is_the_law_token_by_token(
        base in some_text(),
        sides in proptest::collection::vec(some_text(), 0..5),
    ) {
        let sides: Vec<&str> = sides.iter().map(String::as_str).take(4).collect();
        let merge = merge(&base, &sides);
        let names: Vec<SideName> = merge.sides().cloned().collect();
        let composition = compose(&merge, &names);
        prop_assert_eq!(composition.completeness, Completeness::All);
        for (at, first) in names.iter().enumerate() {
            for second in &names[at + 1..] {
                let clashes = composition
                    .clashes
                    .iter()
                    .any(|(one, other, _)| one == first && other == second);
                prop_assert_eq!(clashes, oracle_clash(&merge, first, second));
            }
        }
        for reading in &composition.readings {
            prop_assert_eq!(&reading.text, &oracle_text(&merge, &reading.by));
        }
        for side in &names {
            prop_assert!(composition.readings.iter().any(|reading| reading.by.contains(side)));
        }
    }

    #[test]
    fn one_side_alone_is_its_text_to_the_byte(base in some_text(), side in some_text()) {
        prop_assert_eq!(readings(&base, &[&side]), [side]);
    }
}
