//! What leans on a provision, and which safeguards are lost without it: every case under `scenarios/leaning`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::program::Folder;

/// A case: its title, and its tables by the head of their first column.
#[derive(Default)]
struct Case {
    title: String,
    tables: BTreeMap<String, BTreeMap<String, String>>,
}

fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut head: Option<String> = None;
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), ..Case::default() });
        }
        let Some(case) = cases.last_mut() else { continue };
        if !line.starts_with('|') {
            head = None;
        } else if !line.starts_with("|---") {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [first, second] = cells[..] else { panic!("a row has two cells: {line}") };
            match &head {
                None => {
                    head = Some(first.to_owned());
                    case.tables.entry(first.to_owned()).or_default();
                }
                Some(head) => {
                    let table = case.tables.entry(head.clone()).or_default();
                    table.insert(first.to_owned(), second.to_owned());
                }
            }
        }
    }
    cases
}

/// Runs a command of a case and returns what it prints.
fn out(case: &Case, command: &str, option: &str) -> String {
    let about = &case.tables[""];
    let args: Vec<&str> = [command]
        .into_iter()
        .chain(about["text"].split(' '))
        .chain([option, &about["goes"]])
        .collect();
    let run = Folder::new().run(&args);
    assert_eq!(run.code, Some(0), "{}: {run}", case.title);
    String::from_utf8(run.out).unwrap()
}

/// Reads `  article 4, paragraph 2 [id]: …` into the citation and what stands behind the colon.
fn row(line: &str) -> Option<(String, String)> {
    let (cited, rest) = line.strip_prefix("  ")?.split_once(" [")?;
    let (_, said) = rest.split_once("]: ")?;
    Some((cited.to_owned(), said.to_owned()))
}

/// The words quoted in a line, one behind the other.
fn quoted(line: &str) -> String {
    let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    quoted.join("; ")
}

fn leaning(case: &Case) -> [BTreeMap<String, String>; 2] {
    let lines = out(case, "references", "--leans-on");
    let (straight, through) = lines.split_once("Through others:").expect("both lists");
    [straight, through].map(|list| {
        list.lines().filter_map(row).map(|(cited, way)| (cited, quoted(&way))).collect()
    })
}

fn lost(case: &Case) -> BTreeMap<String, String> {
    let lines = out(case, "coverage", "--without");
    let (_, lost) = lines.split_once("Left without a safeguard they had").expect("what is lost");
    lost.lines().filter_map(row).collect()
}

#[test]
fn every_case_lists_what_was_found_with_a_pencil() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/leaning");
    let page = fs::read_to_string(folder.join("safeguards.md")).unwrap();
    let cases = cases(&page);
    for case in &cases {
        let table = |head: &str| case.tables.get(head).cloned().unwrap_or_default();
        let [straight, through] = leaning(case);
        assert_eq!(straight, table("leans straight"), "{}: straight", case.title);
        let others = table("leans through others");
        assert_eq!(through, others, "{}: through others", case.title);
        let set = |words: &str| words.split(", ").map(str::to_owned).collect::<BTreeSet<_>>();
        let sets = |table: BTreeMap<String, String>| -> BTreeMap<String, BTreeSet<String>> {
            // An article is told with its heading.
            let key = |cited: &str| cited.split(' ').take(2).collect::<Vec<_>>().join(" ");
            table.iter().map(|(cited, lost)| (key(cited), set(lost))).collect()
        };
        assert_eq!(sets(lost(case)), sets(table("article")), "{}: lost", case.title);
    }
    assert!(cases.len() >= 2, "there are only {} cases", cases.len());
}
