//! `travaux merge` and `travaux side`: the contract of `merge --json`, judged by a reader of JSON
//! that shares no code with the program.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use crate::program::Folder;

/// Reads one side out of a list of nodes, and checks that each choice partitions its readers.
fn read(nodes: &Value, reader: &str, all: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for node in nodes.as_array().unwrap() {
        assert_eq!(node.as_object().unwrap().len(), 1, "{node}");
        if let Some(choice) = node.get("choice") {
            text += &read_choice(choice, reader, all);
        } else {
            text += node["text"].as_str().unwrap();
        }
    }
    text
}

fn read_choice(choice: &Value, reader: &str, all: &BTreeSet<String>) -> String {
    let mut seen = BTreeSet::new();
    let mut text = None;
    for alternative in choice.as_array().unwrap() {
        let by: Vec<String> = serde_json::from_value(alternative["by"].clone()).unwrap();
        assert!(!by.is_empty(), "nobody reads {alternative}");
        let by: BTreeSet<String> = by
            .into_iter()
            .inspect(|name| assert!(seen.insert(name.clone()), "{name} reads two alternatives"))
            .collect();
        if by.contains(reader) {
            text = Some(read(&alternative["nodes"], reader, &by));
        }
    }
    assert_eq!(&seen, all, "a choice must divide those who reach it");
    text.unwrap_or_else(|| panic!("{reader} reads nothing in {choice}"))
}

/// Counts what stands in the leaves: each text, however deep.
fn leaves(nodes: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for node in nodes.as_array().unwrap() {
        if let Some(choice) = node.get("choice") {
            for alternative in choice.as_array().unwrap() {
                found.extend(leaves(&alternative["nodes"]));
            }
        } else {
            found.push(node["text"].as_str().unwrap().to_owned());
        }
    }
    found
}

/// What reading costs: 1 a word, 2 an alternative, 1 a choice with a choice inside.
fn cost(nodes: &Value) -> u64 {
    let nodes = nodes.as_array().unwrap();
    nodes.iter().map(|node| node.get("choice").map_or_else(|| words(node), cost_of_choice)).sum()
}

fn words(node: &Value) -> u64 {
    travaux_text::words(node["text"].as_str().unwrap())
}

fn cost_of_choice(choice: &Value) -> u64 {
    let alternatives = choice.as_array().unwrap();
    let nests = alternatives.iter().any(|alternative| {
        alternative["nodes"].as_array().unwrap().iter().any(|node| node.get("choice").is_some())
    });
    u64::from(nests) + alternatives.iter().map(|a| 2 + cost(&a["nodes"])).sum::<u64>()
}

/// Merges `sides` over `base` in each order, and checks all that the contract promises.
fn check(base: &str, sides: &BTreeMap<String, String>) {
    let mut folder = Folder::new().with("base", base);
    for (name, text) in sides {
        folder = folder.with(&format!("{name}.side"), text);
    }
    let arguments: Vec<String> = sides.keys().map(|name| format!("{name}={name}.side")).collect();
    let merge = |arguments: &mut dyn Iterator<Item = &String>| {
        let mut args = vec!["merge", "--json", "base"];
        args.extend(arguments.map(String::as_str));
        folder.run(&args).good()
    };
    let written = merge(&mut arguments.iter());
    assert_eq!(written, merge(&mut arguments.iter().rev()), "the order of arguments matters");

    let merged: Value = serde_json::from_str(&written).unwrap();
    let keys: BTreeSet<&str> = merged.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["base", "cost", "nodes", "printed", "sides"]));
    assert_eq!(merged["base"], base);
    assert_eq!(merged["sides"], serde_json::json!(sides.keys().collect::<Vec<_>>()));

    let readers: BTreeSet<String> = sides.keys().cloned().chain(["base".to_owned()]).collect();
    for reader in &readers {
        let text = sides.get(reader).map_or(base, String::as_str);
        assert_eq!(read(&merged["nodes"], reader, &readers), text);
        assert_eq!(read(&merged["printed"], reader, &readers), text);
    }
    assert_eq!(merged["cost"], cost(&merged["printed"]));
    assert!(cost(&merged["printed"]) <= cost(&merged["nodes"]), "printing made it worse");

    let folder = folder.with("merged.json", &written);
    for reader in &readers {
        let text = sides.get(reader).map_or(base, String::as_str);
        assert_eq!(folder.run(&["side", reader, "merged.json"]).good(), text);
    }
}

fn sides(sides: &[(&str, &str)]) -> BTreeMap<String, String> {
    sides.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect()
}

#[test]
fn every_side_comes_back_to_the_byte() {
    let base = "1. Each State Party shall take such measures as may be necessary.\n";
    check(base, &BTreeMap::new());
    check(base, &sides(&[("A", base)]));
    check(base, &sides(&[("A", ""), ("B", "\r\n"), ("C", "1. Each State Party may.")]));
    check("", &sides(&[("A", "new"), ("B", ""), ("C", "new")]));
    check(
        base,
        &sides(&[
            ("Egypt", "1. Each State Party should take measures as may be necessary.\n"),
            ("Norway", "1. Each State Party shall endeavour to take such measures.\n"),
        ]),
    );
}

#[test]
fn no_script_is_changed() {
    check(
        "على كل دولة طرف 各缔约国应当 Каждое государство e\u{301} 👩‍👩‍👧 [sic]",
        &sides(&[
            ("A", "على كل دولة طرف 各缔约国可以 Каждое государство é 👩‍👩‍👧 [sic]"),
            ("B", "\u{feff}على دولة 各国应当\u{a0}Каждое e 👩‍👧 {A} \\"),
        ]),
    );
}

#[test]
fn each_base_byte_and_each_insertion_stands_once_in_the_normal_form() {
    let folder = Folder::new()
        .with("base", "The Parties shall report annually.")
        .with("a", "The Parties may report annually and publicly.")
        .with("b", "The Parties may report.")
        .with("c", "The States Parties shall report annually and publicly.");
    let written = folder.run(&["merge", "base", "A=a", "B=b", "C=c", "--json"]).good();
    let merged: Value = serde_json::from_str(&written).unwrap();
    let mut found = leaves(&merged["nodes"]).concat();
    for inserted in ["may", "States ", " and publicly"] {
        assert_eq!(found.matches(inserted).count(), 1, "{inserted:?} in {written}");
        found = found.replacen(inserted, "", 1);
    }
    assert_eq!(found, "The Parties shall report annually.");
}

#[test]
fn people_read_brackets_with_names() {
    let folder = Folder::new()
        .with("base", "The Parties shall report annually.\n")
        .with("a", "The Parties may report annually.\n")
        .with("b", "The Parties shall report.\n")
        .with("c", "The Parties shall report annually.\n");
    let read = |args: &[&str]| folder.run(args).good();
    assert_eq!(
        read(&["merge", "base", "A=a", "B=b"]),
        "The Parties [shall / may (A)] report [annually / no text (B)].\n"
    );
    assert_eq!(
        read(&["merge", "base", "C=c", "A=a", "B=b"]),
        "The Parties [shall (C) / may (A)] report [annually (C) / no text (B)].\n"
    );
}

#[test]
fn a_side_can_come_through_a_pipe() {
    let folder = Folder::new().with("base", "shall").with("a", "may\n");
    let written = folder.run(&["merge", "base", "A=a", "--json"]).good();
    assert_eq!(folder.run_with(&["side", "A", "-"], &written).good(), "may\n");
    assert_eq!(folder.run_with(&["side", "base", "-"], &written).good(), "shall");
}

/// Few words, so that sides meet, part and repeat themselves; some that are awkward to cut.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "shall",
        "may",
        "Parties",
        " ",
        " ",
        " ",
        ",",
        "\n",
        "[",
        "]",
        "{",
        "\\",
        "e\u{301}",
        "各",
        "دولة",
        "\t ",
        "/",
        "👩‍👩‍👧",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_contract_holds_for_any_texts(
        base in text(),
        sides in prop::collection::btree_map("[A-Z][a-z]{0,3}", text(), 0..5),
    ) {
        check(&base, &sides);
    }
}
