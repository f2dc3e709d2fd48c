//! Generated merges, and how the tests name their sides.

use proptest::prelude::*;
use travaux_text::{Merge, SideName, tokens};

/// Words, marks and white space few enough to meet again and odd enough to hurt.
pub(crate) const PIECES: &[&str] = &[
    "shall ",
    "may ",
    "not ",
    "ensure",
    "ensure ",
    "and ",
    ", ",
    ".",
    " ",
    "  ",
    "\r\n",
    "\u{a0}",
    "[",
    "/",
    "ف",
    "يجوز ",
    "缔约国",
    "国",
    "é",
    "e\u{301}",
    "👩‍👩‍👧",
    "🇳🇴",
    "don't ",
    "3.14",
    "_",
    "a",
    "b",
    "a ",
    "b ",
];

pub(crate) fn text(pieces: &'static [&'static str], len: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..len).prop_map(|all| all.concat())
}

/// A base and up to five sides that each edit it a little.
pub(crate) fn amended() -> impl Strategy<Value = (String, Vec<String>)> {
    let edit = (0_usize..12, 0_usize..4, text(PIECES, 3));
    let side = prop::collection::vec(edit, 0..3);
    (text(PIECES, 12), prop::collection::vec(side, 0..6)).prop_map(|(base, sides)| {
        let sides = sides
            .iter()
            .map(|edits| edits.iter().fold(base.clone(), |text, edit| amend(&text, edit)))
            .collect();
        (base, sides)
    })
}

fn amend(text: &str, (at, deleted, inserted): &(usize, usize, String)) -> String {
    let all: Vec<&str> = tokens(text).collect();
    let at = (*at).min(all.len());
    let after = (at + deleted).min(all.len());
    [&all[..at].concat(), inserted.as_str(), &all[after..].concat()].concat()
}

pub(crate) fn name(at: usize) -> SideName {
    // Names whose order is not the order of tabling.
    SideName::new(&format!("{}", (at * 7 + 3) % 10)).expect("a number names a side")
}

pub(crate) fn merged(base: &str, sides: &[String]) -> Merge {
    Merge::with_sides(base, sides.iter().enumerate().map(|(at, side)| (name(at), side.as_str())))
        .expect("each name stands once")
}
