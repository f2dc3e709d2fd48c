//! What every file of the tree must be: short, opened by a sentence, tied to no machine.

use std::collections::BTreeSet;

use crate::none;
use crate::tree::{File, files, rust_files};

const LINES_MAX: usize = 1_000;

/// Each file says first what it answers; a file that cannot has no one subject.
#[test]
fn every_rust_file_opens_with_a_sentence_on_itself() {
    let faults: Vec<String> = rust_files()
        .iter()
        .filter(|file| !file.text().starts_with("//! "))
        .map(|file| file.path.clone())
        .collect();
    none(&faults, "open the file with `//!`: what it answers, then what it does not know");
}

#[test]
fn no_rust_file_is_too_long_to_read() {
    let faults: Vec<String> = rust_files()
        .iter()
        .filter_map(|file| {
            let lines = file.text().lines().count();
            (lines > LINES_MAX).then(|| format!("{}: {lines} lines", file.path))
        })
        .collect();
    none(&faults, &format!("split the file by subject; {LINES_MAX} lines are the most"));
}

/// Cargo compiles only what some `mod` names: a forgotten file is a test that never runs.
#[test]
fn no_rust_file_is_forgotten() {
    let files = rust_files();
    let declared: BTreeSet<(String, String)> = files.iter().flat_map(declarations).collect();
    let faults: Vec<String> = files
        .iter()
        .filter(|file| file.path.starts_with("crates/"))
        .filter(|file| {
            let (folder, name) = file.path.rsplit_once('/').unwrap_or_default();
            let stem = name.trim_end_matches(".rs");
            let is_root = matches!(name, "main.rs" | "lib.rs" | "build.rs")
                || folder.ends_with("/benches")
                || folder.ends_with("/bin")
                || folder.ends_with("/examples")
                || (folder.ends_with("/tests") && folder.matches('/').count() == 2);
            !is_root && !declared.contains(&(folder.to_owned(), stem.to_owned()))
        })
        .map(|file| file.path.clone())
        .collect();
    none(&faults, "no `mod` names this file, so it is never compiled");
}

/// The modules that `file` declares: the folder each lies in, and its name.
fn declarations(file: &File) -> Vec<(String, String)> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or_default();
    let own = match name {
        "main.rs" | "lib.rs" | "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
    };
    file.text()
        .lines()
        .filter_map(|line| {
            let line = line.trim();
            let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
            let line = line.strip_prefix("pub(super) ").unwrap_or(line);
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let module = line.strip_prefix("mod ")?.strip_suffix(';')?;
            Some((own.clone(), module.to_owned()))
        })
        .collect()
}

/// What would tie the tree to one machine or one way of fetching packages. Written in two halves,
/// so that this file does not find itself.
const FOREIGN: [&str; 8] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("registry.npm", "js.org"),
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("proxy.golang", ".org"),
];

#[test]
fn nothing_is_tied_to_one_machine() {
    let mut faults = Vec::new();
    for file in files() {
        for (at, line) in file.text().lines().enumerate() {
            for foreign in FOREIGN.iter().filter(|foreign| names(line, foreign)) {
                faults.push(format!("{}:{}: {foreign}", file.path, at + 1));
            }
        }
    }
    none(&faults, "take the path or host name out");
}

/// Reports whether `line` names a folder of this machine, or a host; in the middle of an address
/// of the web the same letters are somebody else's.
fn names(line: &str, foreign: &str) -> bool {
    line.match_indices(foreign).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !foreign.starts_with('/') || !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
    })
}

#[test]
fn no_test_is_switched_off() {
    let switched_off = concat!("#[ign", "ore");
    let faults: Vec<String> = rust_files()
        .iter()
        .filter(|file| file.text().contains(switched_off))
        .map(|file| file.path.clone())
        .collect();
    none(&faults, "assert what it does today and say what is wrong with that");
}
