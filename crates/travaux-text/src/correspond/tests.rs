//! Small drafts, and what became of their paragraphs.

use super::*;

const ONE: &str =
    "Each Party shall prepare a national contribution and communicate it every five years.";
const TWO: &str = "The secretariat shall keep a public registry of what the Parties communicate.";
const THREE: &str =
    "Developed countries should provide finance to developing countries for adaptation.";
const FOUR: &str =
    "A committee of twelve experts facilitates implementation without being punitive.";

fn told(old: &[&str], new: &[&str]) -> Vec<String> {
    correspond(old, new)
        .into_iter()
        .map(|one| {
            assert!((0.0..=1.0).contains(&one.confidence), "{one:?}");
            let moved = if one.is_moved { " moved" } else { "" };
            format!("{:?} {:?} {}{moved}", one.old, one.new, one.kind.name())
        })
        .collect()
}

#[test]
fn what_is_kept_changed_new_and_gone_is_told() {
    let changed = TWO.replace("public registry", "registry, open to all,");
    assert_eq!(
        told(&[ONE, TWO, THREE], &[ONE, &changed, FOUR]),
        ["[0] [0] same", "[1] [1] changed", "[2] [] gone", "[] [2] new"]
    );
}

#[test]
fn the_lighter_of_two_that_change_places_is_the_one_moved() {
    assert_eq!(
        told(&[ONE, TWO, THREE, FOUR], &[TWO, THREE, FOUR, ONE]),
        ["[1] [0] same", "[2] [1] same", "[3] [2] same", "[0] [3] same moved"]
    );
}

#[test]
fn a_paragraph_cut_in_two_is_split_and_two_made_one_are_merged() {
    let both = format!("{ONE} {FOUR}");
    assert_eq!(told(&[&both, TWO], &[ONE, FOUR, TWO]), ["[0] [0, 1] split", "[1] [2] same"]);
    assert_eq!(told(&[TWO, ONE, FOUR], &[TWO, &both]), ["[0] [0] same", "[1, 2] [1] merged"]);
}

#[test]
fn what_recurs_is_matched_in_order() {
    assert_eq!(
        told(&["Option 1:", ONE, "Option 1:", TWO], &["Option 1:", ONE, THREE, "Option 1:", TWO]),
        ["[0] [0] same", "[1] [1] same", "[] [2] new", "[2] [3] same", "[3] [4] same"]
    );
}

#[test]
fn nothing_corresponds_to_nothing() {
    assert_eq!(told(&[], &[]), [""; 0]);
    assert_eq!(told(&[], &["", "x"]), ["[] [0] new", "[] [1] new"]);
    assert_eq!(told(&["各缔约国应当"], &["各缔约国可以"]), ["[0] [0] changed"]);
}
