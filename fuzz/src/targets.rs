//! The parsers, one line each, and what must hold of whatever they read.
//!
//! A target fails by panicking. What it refuses in words is no failure.

use std::borrow::Cow;

use travaux_record::{Moment, Read, decode, decode_lines, encode};
use travaux_text::{BracketedDraft, IssuedText, Merged, notation, parse};

/// A parser to be tried.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is that of its folder in `corpus/`.
    pub name: &'static str,
    /// Reads an input; panics where something is wrong.
    pub read: fn(&[u8]),
    /// Words that mean something to it.
    pub words: &'static [&'static str],
}

/// The targets.
pub const TARGETS: &[Target] = &[
    Target { name: "bracketed", read: bracketed, words: BRACKETED },
    Target { name: "notation", read: in_notation, words: NOTATION },
    Target { name: "merge", read: merge, words: JSON },
    Target { name: "entry", read: entry, words: JSON },
    Target {
        name: "date",
        read: date,
        words: &["-", "2023", "02", "29", "0", "T", "-13-", "9999"],
    },
];

const BRACKETED: &[&str] = &[
    "[",
    "]",
    "][",
    "] / [",
    "\n",
    "\n\n",
    "Option 1:",
    "Option (a) ",
    "Alt ",
    "**",
    "*",
    "# ",
    "## ",
    "(a) ",
    "1. ",
    "2 bis. ",
    "[^1]",
    "[^1]: ",
    "[X]",
    "[\u{2026}]",
    " \u{2013} EU, USA]",
    " (CHN)]",
    "agreed ad ref.",
    "No text",
    "](#",
    "[s]: https://x\n",
    "---\n",
    "Article 3",
    "\u{301}",
    "\u{a0}",
    "\t",
    "\r\n",
    "placeholder",
    "    ",
    "{:",
    " - Norway and Chile]",
    "[EU, G77: ",
    "\u{1F600}",
];
const NOTATION: &[&str] = &["[", "]", "{", "}", " / ", "\\", ",", "{base}", "\\[", "[]", "é", "\n"];
const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "null",
    "true",
    "-1",
    "1e999",
    "\\u0000",
    "\\ud800",
    "\"by\":",
    "\"nodes\":",
    "\"choice\":",
    "\"text\":",
    "\"fact\":",
    "\"kind\":",
    "\"at\":",
    "\"v\":1",
    "\n",
    "[[[[[[[[",
    "{\"nodes\":[{\"choice\":[",
];

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A draft is printed back to the byte, its parts sum up to the whole, and its provisions are a text.
fn bracketed(bytes: &[u8]) {
    let source = text(bytes);
    let Ok(draft) = BracketedDraft::read(&source) else { return };
    assert!(draft.reprint() == source, "the draft is not printed back");
    let counts = draft.counts();
    let chapters = draft.chapters();
    let words: u64 = chapters.iter().map(|chapter| chapter.counts.words).sum();
    assert_eq!(words, counts.words, "chapters do not sum up");
    assert_eq!(counts.brackets_open, source.matches('[').count());
    for mark in draft.marks() {
        assert!(source.get(mark.bytes.clone()).is_some(), "a mark cuts a character");
        let _names = draft.attributed_to(mark);
    }
    let provisions = draft.provisions().into_iter().map(|one| one.provision).collect();
    assert!(IssuedText::new(provisions).is_ok(), "the provisions are no text");
}

/// What is read and printed is read as the same again.
fn in_notation(bytes: &[u8]) {
    if let Ok(nodes) = parse(&text(bytes)) {
        let again = parse(&notation(&nodes)).expect("what was printed can be read");
        assert_eq!(again, nodes);
    }
}

/// A merge that is read gives each of its sides.
fn merge(bytes: &[u8]) {
    if let Ok(merged) = Merged::from_json(&text(bytes)) {
        let again = Merged::from_json(&merged.to_json()).expect("what was written can be read");
        assert_eq!(again.to_json(), merged.to_json());
    }
}

/// An entry that is read is written and read as the same again.
fn entry(bytes: &[u8]) {
    if let Ok(Read::Known(entry)) = decode(bytes) {
        let again = decode(encode(&entry).as_bytes()).expect("what was written can be read");
        assert!(matches!(again, Read::Known(again) if again == entry), "an entry has changed");
    }
    // Refusals are as good an answer as entries.
    drop(decode_lines(bytes));
}

/// A date that is read is written and read as the same again.
fn date(bytes: &[u8]) {
    if let Ok(moment) = text(bytes).parse::<Moment>() {
        assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment));
        let _day = moment.counts_from();
    }
}
