//! ARCHITECTURE.md against the workspace: who imports whom, which invariants a test holds, why
//! each outside dependency is there.
//!
//! The tables in ARCHITECTURE.md are the rule; there is no second copy of them here.

use std::collections::{BTreeMap, BTreeSet};

use crate::none;
use crate::tree::{crates, quoted, read, rust_files, table};

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const MAP: &str = "## Map";
const DEPENDENCIES: &str = "## Outside dependencies";

/// Who may import whom: the second and third column of the map.
fn may_import() -> BTreeMap<String, BTreeSet<String>> {
    let rows = table(&read(ARCHITECTURE), MAP);
    let all: Vec<String> = rows.iter().filter_map(|row| name_of(&row[0])).collect();
    rows.iter()
        .enumerate()
        .flat_map(|(at, row)| {
            let allowed: BTreeSet<String> = match row[2].as_str() {
                "all above" => all[..at].iter().cloned().collect(),
                cell => quoted(cell).into_iter().map(full_name).collect(),
            };
            name_of(&row[0]).into_iter().map(move |name| (name, allowed.clone()))
        })
        .collect()
}

fn name_of(cell: &str) -> Option<String> {
    quoted(cell).first().map(|name| (*name).to_owned())
}

/// The map writes `text` for `travaux-text`.
fn full_name(short: &str) -> String {
    format!("travaux-{short}")
}

#[test]
fn the_map_shows_every_crate_and_no_other() {
    let there: BTreeSet<String> = crates().into_iter().map(|c| c.name).collect();
    let shown: BTreeSet<String> = table(&read(ARCHITECTURE), MAP)
        .iter()
        .filter(|row| {
            !row[0].ends_with("to come")
                || name_of(&row[0]).is_some_and(|name| there.contains(&name))
        })
        .filter_map(|row| name_of(&row[0]))
        .collect();
    assert_eq!(shown, there, "the table under {MAP:?} of {ARCHITECTURE} and the workspace differ");
}

#[test]
fn crates_import_only_what_the_map_allows() {
    let allowed = may_import();
    let mut faults = Vec::new();
    for found in crates() {
        let allowed = allowed.get(&found.name).cloned().unwrap_or_default();
        for dependency in found.dependencies.iter().filter(|d| is_ours(&d.name)) {
            // A crate may name itself for its tests, to switch features on.
            if !allowed.contains(&dependency.name) && dependency.name != found.name {
                let kind = if dependency.dev { " (for its tests)" } else { "" };
                faults.push(format!("{} imports {}{kind}", found.name, dependency.name));
            }
        }
    }
    none(&faults, &format!("{ARCHITECTURE}, {MAP:?}, does not allow that"));
}

fn is_ours(name: &str) -> bool {
    name == "travaux" || name.starts_with("travaux-")
}

#[test]
fn every_outside_dependency_has_its_reason() {
    let reasons: BTreeMap<String, String> = table(&read(ARCHITECTURE), DEPENDENCIES)
        .into_iter()
        .flat_map(|row| {
            let names: Vec<String> = quoted(&row[0]).into_iter().map(str::to_owned).collect();
            names.into_iter().map(move |name| (name, row[1].clone()))
        })
        .collect();
    let used: BTreeSet<String> = crates()
        .into_iter()
        .flat_map(|c| c.dependencies)
        .map(|dependency| dependency.name)
        .filter(|name| !is_ours(name))
        .collect();
    let mut faults: Vec<String> = used
        .iter()
        .filter(|name| reasons.get(*name).is_none_or(String::is_empty))
        .map(|name| format!("`{name}` is used, and no reason given"))
        .collect();
    faults.extend(
        reasons
            .keys()
            .filter(|name| !used.contains(*name))
            .map(|name| format!("`{name}` has a reason, and nothing uses it")),
    );
    none(&faults, &format!("mend the table under {DEPENDENCIES:?} of {ARCHITECTURE}"));
}

/// An invariant is a paragraph that opens with `**Invariant:**` and ends with "Held by" and names.
#[test]
fn every_invariant_names_a_test_or_lint_that_there_is() {
    let held_by_tests: String = rust_files().iter().map(|file| file.text().to_owned()).collect();
    let lints = read("Cargo.toml") + &read("clippy.toml");
    let text = read(ARCHITECTURE);
    let invariants: Vec<&str> = text.split("**Invariant:**").skip(1).collect();
    assert!(!invariants.is_empty(), "{ARCHITECTURE} states no invariant");
    let mut faults = Vec::new();
    for invariant in invariants {
        let paragraph = invariant.split("\n\n").next().unwrap_or_default();
        let paragraph = paragraph.split("\n- ").next().unwrap_or_default();
        let what: String = paragraph.trim().chars().take(60).collect();
        let Some((_, holders)) = paragraph.split_once("Held by") else {
            faults.push(format!("\"{what}…\": nothing is said to hold it"));
            continue;
        };
        for holder in quoted(holders) {
            let is_test = held_by_tests.contains(&format!("fn {holder}("));
            let is_lint = lints.contains(&format!("{} =", holder.trim_start_matches("clippy::")));
            if !is_test && !is_lint {
                faults.push(format!("\"{what}…\": there is no test or lint `{holder}`"));
            }
        }
        if quoted(holders).is_empty() {
            faults.push(format!("\"{what}…\": names no test or lint"));
        }
    }
    none(&faults, &format!("an invariant in {ARCHITECTURE} is held by nothing"));
}

#[test]
fn the_architecture_can_be_read_in_one_sitting() {
    let lines = read(ARCHITECTURE).lines().count();
    assert!(lines < 300, "{ARCHITECTURE} has {lines} lines; move a hard idea to docs/");
}
