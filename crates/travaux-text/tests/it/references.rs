//! References as lawyers write them: every row under `scenarios/references` is read.
//!
//! A case is a heading of the second level with a table: a text, and what is to be read from it.

use std::fs;
use std::path::Path;

use travaux_text::references::{Instrument, Mention, Pick, Pointer, mentions};

fn pointer(pointer: &Pointer) -> String {
    let levels = pointer.path.iter().map(|level| {
        let which = match &level.pick {
            Pick::Number(numeral) => numeral.number.clone(),
            Pick::Span(first, last) => format!("{}..{}", first.number, last.number),
            Pick::This => "this".to_owned(),
            Pick::Preceding => "preceding".to_owned(),
            Pick::AllPreceding => "all preceding".to_owned(),
            Pick::Following => "following".to_owned(),
        };
        format!("{} {which}", level.kind)
    });
    let levels: Vec<String> = levels.collect();
    if levels.is_empty() { "whole".to_owned() } else { levels.join(" / ") }
}

fn read(text: &str, mention: &Mention) -> String {
    let pointers: Vec<String> = mention.pointers.iter().map(pointer).collect();
    let of = match &mention.instrument {
        Instrument::Own => String::new(),
        Instrument::Other(name) => format!(" of {name}"),
    };
    format!("{} -> {}{of}", &text[mention.range.clone()], pointers.join(" + "))
}

#[test]
fn every_row_is_read_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/references");
    let page = fs::read_to_string(folder.join("words.md")).expect("the scenario is readable");
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.contains("| read as |"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [text, expected] = cells[..] else { panic!("a row is a text and what it says: {row}") };
        let found: Vec<String> = mentions(text).iter().map(|one| read(text, one)).collect();
        let found = if found.is_empty() { "-".to_owned() } else { found.join("; ") };
        count += 1;
        if found != expected {
            wrong.push(format!("{text}\n  should be {expected}\n  is        {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 35, "there are only {count} rows");
}

/// Nothing is read outside the text, and every number stands where it is said to.
#[test]
fn every_byte_range_holds_its_number() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/references");
    let page = fs::read_to_string(folder.join("words.md")).expect("the scenario is readable");
    for line in page.lines() {
        // Every beginning of a line is a text too: a reference cut short is still no fault.
        for (end, _) in line.char_indices() {
            let text = &line[..end];
            for mention in mentions(text) {
                assert!(text.get(mention.range.clone()).is_some());
                for level in mention.pointers.iter().flat_map(|pointer| &pointer.path) {
                    if let Pick::Number(numeral) = &level.pick {
                        assert_eq!(text[numeral.range.clone()].replace("  ", " "), numeral.number);
                    }
                }
            }
        }
    }
}
