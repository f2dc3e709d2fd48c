//! Whether GLOSSARY.md has a word for each public type of the record and of what follows from it.
//!
//! A type whose name is no word of the field is listed below, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::none;
use crate::tree::{File, quoted, read, rust_files, table};

/// Public types that are plumbing, not words of a negotiation: why each needs no entry.
const PLUMBING: [(&str, &str); 22] = [
    ("AppendError", "which entry of a batch was refused; the rule is a `Refusal`"),
    ("Changes", "the list of what happened, in words; each is a `Happening`"),
    ("Description", "what an entry says: a sentence and what it is about"),
    ("Family", "which part of the record a fact belongs to, for filters"),
    ("Folded", "keeps a projection up to date; its value is the projection"),
    ("Happening", "an occurrence in words"),
    ("ImportError", "why a file is not taken over; carries the report of its verification"),
    ("Imported", "what came out of a file: key, places, checkpoint"),
    ("JournalError", "why a keeper did not append"),
    ("KeyError", "why a key cannot be read"),
    ("LedgerError", "why an append did not happen"),
    ("MemoryJournal", "a log kept in memory, for tests and copies"),
    ("Never", "the error of what cannot fail"),
    ("NewerEntry", "an entry of a format to come, of which nothing is known"),
    ("NewerKind", "the refusal to show one"),
    ("Read", "what came out of a line: an entry or a `NewerEntry`"),
    ("ReadError", "why a line is no entry"),
    ("ReplayError", "why an entry of a log does not fit the record"),
    ("Sentence", "words in pieces"),
    ("SideError", "why no side can be read"),
    ("Stated", "a fact with the entry that states it"),
    ("Part", "a piece of a sentence, which a face may link"),
];

#[test]
fn every_public_type_is_a_word_of_the_glossary() {
    let entries = entries();
    let plumbing: BTreeMap<&str, &str> = PLUMBING.into_iter().collect();
    let types = public_types();
    let mut faults: Vec<String> = types
        .iter()
        .filter(|(name, _)| !entries.contains(*name) && !plumbing.contains_key(name.as_str()))
        .map(|(name, path)| format!("`{name}` ({path})"))
        .collect();
    faults.extend(
        plumbing
            .keys()
            .filter(|name| !types.contains_key(**name))
            .map(|name| format!("`{name}` is called plumbing, and there is no such type")),
    );
    none(&faults, "give the type an entry in GLOSSARY.md, or say in PLUMBING why it needs none");
}

#[test]
fn every_word_of_the_glossary_has_its_source() {
    let text = read("GLOSSARY.md");
    let faults: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with("## "))
        .flat_map(|heading| table(&text, heading))
        .filter(|row| row.len() != 3 || row.iter().take(1).chain(&row[1..]).any(String::is_empty))
        .map(|row| row.join(" | "))
        .collect();
    none(&faults, "a row of GLOSSARY.md is: term (`Type`) | meaning | source");
}

/// The types named in the first column of the glossary's tables.
fn entries() -> BTreeSet<String> {
    let text = read("GLOSSARY.md");
    text.lines()
        .filter(|line| line.starts_with("## "))
        .flat_map(|heading| table(&text, heading))
        .flat_map(|row| quoted(&row[0]).into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Each `pub struct`, `enum` and `trait` of the two crates, and where it stands.
fn public_types() -> BTreeMap<String, String> {
    rust_files()
        .iter()
        .filter(|file| {
            ["crates/travaux-record/src/", "crates/travaux-negotiation/src/"]
                .iter()
                .any(|folder| file.path.starts_with(folder))
                && !file.path.contains("/testing")
        })
        .flat_map(types_of)
        .collect()
}

fn types_of(file: &File) -> Vec<(String, String)> {
    file.text()
        .lines()
        .filter_map(|line| {
            let line = line.trim_start();
            ["pub struct ", "pub enum ", "pub trait "].iter().find_map(|start| {
                let rest = line.strip_prefix(start)?;
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                (end > 0).then(|| (rest[..end].to_owned(), file.path.clone()))
            })
        })
        .collect()
}
