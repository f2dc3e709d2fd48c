//! Streamlining: every case under `scenarios/streamline` is run; `BLESS=1` writes the answers anew.
//!
//! A case holds a `base` and `proposals`; what is found is the block `found`: mergers that lose nothing,
//! those that need consent, the best decisions, and the compromise for each provision with sides.

#![expect(clippy::panic, reason = "a scenario that cannot be read is a failed test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use travaux_text::streamline::{Compromise, Worded, streamline};
use travaux_text::{ProposalKey, Reader, RollingText};

use crate::drafting::{issued, proposals};

fn readers(by: &[Reader]) -> String {
    let names = by.iter().map(|reader| match reader {
        Reader::Base => "the base".to_owned(),
        Reader::Side(key) => key.to_string(),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn found(text: &RollingText) -> String {
    let all = streamline(text, None);
    let mut lines = String::new();
    for one in &all.lossless {
        assert_eq!(one.recovered(), one.merged.text);
        let said: Vec<String> = one.differences.iter().map(ToString::to_string).collect();
        let (merged, kept) = (readers(&one.merged.by), readers(&one.kept.by));
        _ = writeln!(lines, "{}: {merged} into {kept}: {}", one.provision, said.join("; "));
    }
    for one in &all.duplicates {
        let said: Vec<String> = one.differences.iter().map(ToString::to_string).collect();
        let said = if said.is_empty() { "the same words".to_owned() } else { said.join("; ") };
        _ = writeln!(lines, "{} into {}: {said}", one.merged, one.kept);
    }
    for one in &all.near {
        let name = |worded: &Worded| readers(&worded.by);
        let (first, second) = (name(&one.one), name(&one.other));
        let said = |words: &[String]| match words {
            [] => "nothing".to_owned(),
            words => format!("\"{}\"", words.join(" … ")),
        };
        let (own, its) = (said(&one.only_one), said(&one.only_other));
        _ = writeln!(
            lines,
            "{}: consent: {first} would lose {own}, or {second} {its}",
            one.provision
        );
    }
    for plan in &all.decisions.plans {
        let settle: Vec<&str> = plan.settle.iter().map(ProposalKey::as_str).collect();
        let (count, of) = (plan.settle.len(), all.decisions.bracketed);
        _ = writeln!(lines, "{count} settled: {} of {of} words: {}", plan.freed, settle.join(", "));
    }
    for met in text.provisions().filter(|met| met.text().sides().count() > 1) {
        let compromise = Compromise::of(met.text());
        let whose = readers(&compromise.is_that_of);
        let whose = if whose.is_empty() { "nobody\u{2019}s".to_owned() } else { whose };
        _ = writeln!(lines, "{}: compromise ({whose}): {}", met.id(), compromise.text());
    }
    lines
}

fn run(text: &str) -> (usize, String) {
    let mut written = String::new();
    let (mut base, mut count) = (None, 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(block) = line.strip_prefix("```") else {
            _ = writeln!(written, "{line}");
            continue;
        };
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let inside = inside.join("\n");
        match block {
            "base" => base = Some(issued(&inside)),
            "proposals" => {
                count += 1;
                let base = base.clone().expect("a base comes first");
                let rolling = RollingText::with_proposals(base, proposals(&inside));
                let answer = found(&rolling);
                _ = write!(written, "```proposals\n{inside}\n```\n\n```found\n{answer}```\n");
                continue;
            }
            "found" => {
                if written.ends_with("```\n\n") {
                    written.truncate(written.len() - 1);
                }
                continue;
            }
            other => panic!("no block is called {other:?}"),
        }
        _ = writeln!(written, "```{block}\n{inside}\n```");
    }
    (count, written)
}

#[test]
fn every_case_of_streamlining_finds_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/streamline");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut cases = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (count, written) = run(&text);
        cases += count;
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &written).unwrap();
        } else {
            assert_eq!(written, text, "{} says otherwise", file.display());
        }
    }
    assert!(cases >= 7, "there are only {cases} cases");
}
