//! The merge as lawyers read it: every case under `scenarios/merge` is run.
//!
//! A case is a heading of the second level with a table or a block of texts: the base, the sides by
//! name, and what is to be `printed` (with each side's name behind what the base does not read),
//! its `notation`, its normal form (`nodes`) or its reading `cost`. Whatever else it asserts, each
//! side must come back to the byte.

use std::fs;
use std::path::{Path, PathBuf};

use travaux_text::{Alternative, Merge, Node, Reader, SideName, notation, parse, side_of, un_text};

struct Case {
    name: String,
    rows: Vec<(String, String)>,
}

impl Case {
    fn row(&self, name: &str) -> Option<&str> {
        self.rows.iter().find(|(row, _)| row == name).map(|(_, text)| text.as_str())
    }

    fn merge(&self) -> Merge {
        let base = self.row("base").expect("a case has a base");
        let mut merge = Merge::new(base);
        for (row, text) in &self.rows {
            if !["base", "printed", "notation", "nodes", "cost"].contains(&row.as_str()) {
                merge.table(SideName::new(row).expect("a name"), text).expect("a name once");
            }
        }
        merge
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/merge")
}

fn cases(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("a scenario is readable");
    let mut cases: Vec<Case> = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), rows: Vec::new() });
        } else if line.starts_with("```") {
            in_block = line == "```texts";
        } else if in_block {
            let (name, quoted) = line.split_once(' ').expect("a name, a space, a quoted text");
            let text = serde_json::from_str(quoted).expect("a text quoted as in JSON");
            cases.last_mut().expect("a heading comes first").rows.push((name.to_owned(), text));
        } else if line.starts_with('|') && !line.starts_with("|---") {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            if let (Some(name), Some(text), None) = (cells.next(), cells.next(), cells.next())
                && !name.is_empty()
            {
                let case = cases.last_mut().expect("a heading comes first");
                case.rows.push((name.to_owned(), text.to_owned()));
            }
        }
    }
    cases
}

/// Names the sides of an alternative that the base does not read.
fn by(alternative: &Alternative) -> Option<String> {
    let names: Vec<&str> = alternative.by.sides().map(SideName::as_str).collect();
    (!alternative.by.has_base()).then(|| names.join(", "))
}

fn check_sides(merge: &Merge, nodes: &[Node]) {
    assert_eq!(side_of(nodes, &Reader::Base).as_deref(), Some(merge.base()));
    for name in merge.sides() {
        assert_eq!(side_of(nodes, &Reader::Side(name.clone())), merge.side(name), "{name}");
    }
    assert_eq!(parse(&notation(nodes)).as_deref(), Ok(nodes));
}

/// Runs a case and says what it asserts wrongly.
fn check(case: &Case) -> Result<(), String> {
    let merge = case.merge();
    let printed = merge.printed();
    check_sides(&merge, &printed.nodes);
    check_sides(&merge, &merge.nodes());
    for (name, text) in &case.rows {
        if let Ok(side) = SideName::new(name)
            && let Some(back) = merge.side(&side)
        {
            assert_eq!(back, *text, "{name} in {}", case.name);
        }
    }
    let asserted = [
        ("printed", un_text(&printed.nodes, &by)),
        ("notation", notation(&printed.nodes)),
        ("nodes", un_text(&merge.nodes(), &by)),
        ("cost", printed.cost.to_string()),
    ];
    let mut count = 0;
    for (row, actual) in asserted {
        if let Some(expected) = case.row(row) {
            count += 1;
            if expected != actual {
                return Err(format!(
                    "{}: {row} should be {expected:?}\n  is {actual:?}",
                    case.name
                ));
            }
        }
    }
    if count == 0 { Err(format!("{}: asserts nothing", case.name)) } else { Ok(()) }
}

#[test]
fn every_merge_scenario_holds() {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the folder of scenarios is there")
        .map(|entry| entry.expect("an entry is readable").path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files {
        let cases = cases(&file);
        if cases.is_empty() {
            wrong.push(format!("{} has no case", file.display()));
        }
        count += cases.len();
        wrong.extend(cases.iter().filter_map(|case| check(case).err()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 25, "there are only {count} cases");
}

#[test]
fn a_case_without_assertion_is_refused() {
    let rows = vec![("base".to_owned(), "a".to_owned()), ("A".to_owned(), "b".to_owned())];
    let case = Case { name: "silent".to_owned(), rows };
    assert_eq!(check(&case), Err("silent: asserts nothing".to_owned()));
}
