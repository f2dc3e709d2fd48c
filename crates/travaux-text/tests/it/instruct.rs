//! Amending as people do: every case under `scenarios/instruct` is run, and the two ways are one.
//!
//! A file opens with the base of its cases. A case holds an `instruction`, and what it `asks` for, a
//! line for each change, or the error and hints by which it is `refused`; a line `at: ID` before it
//! names the provision spoken of. Whatever a case asks for, the instruction written for it must ask for
//! the same. `BLESS=1` writes the answers anew, for a person to read.

#![expect(clippy::panic, reason = "a scenario that cannot be read is a failed test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use travaux_text::instruct::{InstructError, edited, instruction, understand};
use travaux_text::{
    Act, Change, IssuedText, Place, Proposal, Provision, ProvisionId, ProvisionKind, RollingText,
};

use crate::drafting::{issued, key};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/instruct")
}

/// Writes a change as a line of a scenario.
fn shown(change: &Change) -> String {
    let place = |place: &Place| match place {
        Place::After(id) => format!("after {id}"),
        Place::FirstUnder(id) => format!("first under {id}"),
    };
    let id = &change.target;
    match &change.act {
        Act::Replace { text } => format!("{id}: reads {text}"),
        Act::Editorial { text } => format!("{id}: editorial {text}"),
        Act::Retitle { heading } => format!("{id}: title {heading}"),
        Act::Suppress => format!("{id}: delete"),
        Act::NoChange => format!("{id}: no change"),
        Act::Transfer { place: to } => format!("{id}: move {}", place(to)),
        Act::Add { place: to, kind, number, heading, text } => {
            let head = format!("{}: add {kind} {number}", place(to));
            let title = if heading.is_empty() { String::new() } else { format!(" \"{heading}\"") };
            format!("{}{title}: {text}", head.trim_end())
        }
    }
}

fn answer(base: &IssuedText, at: Option<&ProvisionId>, written: &str) -> (&'static str, String) {
    let mut lines = String::new();
    match understand(base, &key("P"), at, written) {
        Ok(read) => {
            for change in &read.changes {
                _ = writeln!(lines, "{}", shown(change).replace('\n', "⏎"));
            }
            for note in &read.notes {
                _ = writeln!(lines, "note: {note}");
            }
            assert!(!read.understood.is_empty(), "{written}: cannot be written again");
            let again = instruction(base, &key("P"), &read.changes);
            let again = again.unwrap_or_else(|error| panic!("{written}: {error}"));
            let back = understand(base, &key("P"), None, &again).map(|read| read.changes);
            assert_eq!(back.as_ref(), Ok(&read.changes), "{written} written as {again}");
            ("asks", lines)
        }
        Err(error) => {
            _ = writeln!(lines, "{error}");
            for hint in error.hints() {
                _ = writeln!(lines, "hint: {hint}");
            }
            ("refused", lines)
        }
    }
}

/// Runs a file; returns how many cases it has, and what it should say.
fn run(text: &str) -> (usize, usize, String) {
    let mut written = String::new();
    let (mut base, mut at, mut count, mut refused) = (None, None, 0, 0);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(block) = line.strip_prefix("```") else {
            if line.starts_with("## ") {
                at = None;
            }
            if let Some(id) = line.strip_prefix("at: ") {
                at = Some(ProvisionId::new(id));
            }
            _ = writeln!(written, "{line}");
            continue;
        };
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let inside = inside.join("\n");
        match block {
            "base" => {
                base = Some(issued(&inside));
                _ = writeln!(written, "```base\n{inside}\n```");
            }
            "instruction" => {
                count += 1;
                let base = base.as_ref().expect("a base comes first");
                let (kind, lines) = answer(base, at.as_ref(), &inside);
                refused += usize::from(kind == "refused");
                _ = write!(written, "```instruction\n{inside}\n```\n\n```{kind}\n{lines}```\n");
            }
            "asks" | "refused" => {
                // What the case says is compared with what is written in its place.
                if written.ends_with("```\n\n") {
                    written.truncate(written.len() - 1);
                }
            }
            other => panic!("no block is called {other:?}"),
        }
    }
    (count, refused, written)
}

#[test]
fn every_instruction_of_the_scenarios_is_understood_or_refused_as_they_say() {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let (mut understood, mut refused) = (0, 0);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (count, no, written) = run(&text);
        (understood, refused) = (understood + count - no, refused + no);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &written).unwrap();
        } else {
            assert_eq!(written, text, "{} says otherwise", file.display());
        }
    }
    assert!(understood >= 60 && refused >= 20, "{understood} understood, {refused} refused");
}

const BASE: &str = "\
title: title. Convention on Estuaries
pre: preamble. Preamble
  pp1: paragraph. Mindful of the needs of all,
  pp2: paragraph. Mindful of the sea,
ch1: chapter I. General
  a1: article 1. Purpose
    a1.0: paragraph. The purposes are:
      a1.a: subparagraph (a). To pilot, and to pilot well;
      a1.b: subparagraph (b). To pilot.
  a2: article 2. Terms
    a2.0: paragraph. A pilot is a person.
ch2: chapter II. Pilots
  a3: article 3. Duties
    a3.1: paragraph 1. Each Party shall act, and shall act, and shall consult.
    a3.2: paragraph 2. Each Party may, where it can, act.
    a3.2b: paragraph 2 bis. Parties may consult.
    a3.3: paragraph 3. Each Party shall:
      a3.3.a: subparagraph (a). Act;
      a3.3.b: subparagraph (b). Consult (in good time).
";

/// Words, marks and white space that are hard to quote or to set apart.
const PIECES: [&str; 26] = [
    "shall",
    "may",
    "act",
    "and",
    "consult",
    "the",
    "Party’s",
    "a",
    "pilot",
    " ",
    " ",
    " ",
    ", ",
    ".",
    ";",
    " (",
    ") ",
    "“",
    "”",
    "\"",
    "'",
    "`",
    "\n",
    "…",
    "in paragraph 2",
    "é",
];

fn some_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..14)
        .prop_map(|pieces| pieces.concat())
}

/// A text made of another by replacing some of its tokens, as an amendment is.
fn some_edit(old: &str) -> impl Strategy<Value = String> + use<> {
    let tokens: Vec<String> = travaux_text::tokens(old).map(str::to_owned).collect();
    let count = tokens.len();
    let piece = proptest::sample::select(PIECES.to_vec());
    proptest::collection::vec((0..=count, 0_usize..4, piece), 1..4).prop_map(move |edits| {
        let mut tokens = tokens.clone();
        for (at, kind, piece) in edits {
            let at = at.min(tokens.len());
            match kind {
                0 if at < tokens.len() => drop(tokens.remove(at)),
                1 if at < tokens.len() => piece.clone_into(&mut tokens[at]),
                2 => tokens.insert(at, format!(" {piece}")),
                _ => tokens.insert(at, format!("{piece} ")),
            }
        }
        tokens.concat()
    })
}

fn some_place(ids: Vec<ProvisionId>) -> impl Strategy<Value = Place> {
    (proptest::sample::select(ids), any::<bool>())
        .prop_map(|(id, after)| if after { Place::After(id) } else { Place::FirstUnder(id) })
}

/// One change of each provision at most, and additions with all that they can say.
fn some_change() -> impl Strategy<Value = Change> {
    let base = issued(BASE);
    let ids: Vec<ProvisionId> = base.provisions().iter().map(|one| one.id.clone()).collect();
    let worded: Vec<Provision> =
        base.provisions().iter().filter(|one| !one.text.is_empty()).cloned().collect();
    let places = ids.clone();
    let words = proptest::sample::select(worded).prop_flat_map(|one| {
        let id = one.id.clone();
        let text = prop_oneof![4 => some_edit(&one.text), 1 => some_text()];
        (Just(id), text, any::<bool>()).prop_map(|(target, text, editorial)| {
            let act = if editorial { Act::Editorial { text } } else { Act::Replace { text } };
            Change { target, act }
        })
    });
    let others = (proptest::sample::select(ids), some_text(), 0..4, some_place(places.clone()))
        .prop_map(|(target, heading, which, place)| {
            let act = match which {
                0 => Act::Suppress,
                1 => Act::NoChange,
                2 => Act::Retitle { heading },
                _ => Act::Transfer { place },
            };
            Change { target, act }
        });
    let kinds = vec![
        ProvisionKind::Article,
        ProvisionKind::Paragraph,
        ProvisionKind::Subparagraph,
        ProvisionKind::Chapter,
    ];
    let numbers = vec!["", "4", "4 bis", "(d)", "(d bis)", "IV", "a", "4.", "x y", "III bis"];
    let added = (
        some_place(places),
        proptest::sample::select(kinds),
        proptest::sample::select(numbers),
        prop_oneof![Just(String::new()), some_text()],
        some_text(),
    )
        .prop_map(|(place, kind, number, heading, text)| Change {
            target: place.anchor().clone(),
            act: Act::Add { place, kind, number: number.to_owned(), heading, text },
        });
    prop_oneof![6 => words, 2 => others, 2 => added]
}

/// How many amendments are generated: `TRAVAUX_AMENDMENTS`, else a few.
fn amendments() -> u32 {
    let asked = std::env::var("TRAVAUX_AMENDMENTS").ok().and_then(|count| count.parse().ok());
    asked.unwrap_or(150)
}

fn normal(base: &IssuedText, change: &Change) -> Change {
    let Some(own) = base.provision(&change.target) else { return change.clone() };
    let is_none = match &change.act {
        Act::Replace { text } | Act::Editorial { text } => *text == own.text,
        Act::Retitle { heading } => *heading == own.heading,
        _ => false,
    };
    if is_none { Change { act: Act::NoChange, ..change.clone() } } else { change.clone() }
}

/// The text as a proposal alone would have it.
fn taken_up(base: &IssuedText, changes: &[Change]) -> IssuedText {
    let proposal = Proposal::new(0, changes.to_vec());
    let text = RollingText::with_proposals(base.clone(), [(key("P"), proposal)]);
    text.side([&key("P")]).preferring([])
}

#[test]
fn a_proposal_written_as_an_instruction_is_the_same_proposal() {
    let base = issued(BASE);
    let mut runner = TestRunner::new(Config::with_cases(amendments()));
    let proposals = proptest::collection::vec(some_change(), 1..4);
    let checked = runner.run(&proposals, |changes| {
        // What asks for a provision twice is no amendment that one could write.
        let mut seen: Vec<&ProvisionId> = Vec::new();
        let mut asked: Vec<Change> = Vec::new();
        for change in &changes {
            if matches!(change.act, Act::Add { .. }) || !seen.contains(&&change.target) {
                seen.extend((!matches!(change.act, Act::Add { .. })).then_some(&change.target));
                asked.push(normal(&base, change));
            }
        }
        // Nor is what goes with a provision that it deletes.
        let gone: Vec<ProvisionId> = asked
            .iter()
            .filter(|change| change.act == Act::Suppress)
            .flat_map(|change| base.subtree(&change.target).iter().skip(1))
            .map(|below| below.id.clone())
            .collect();
        asked.retain(|change| {
            matches!(change.act, Act::Add { .. }) || !gone.contains(&change.target)
        });
        let written = instruction(&base, &key("P"), &asked);
        let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read = understand(&base, &key("P"), None, &written);
        let read = read.map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
        prop_assert_eq!(&read.changes, &asked, "{}", written);
        let again = instruction(&base, &key("P"), &read.changes);
        prop_assert_eq!(again.as_ref(), Ok(&written));
        prop_assert_eq!(read.understood.join("\n"), written);
        Ok(())
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn an_edited_text_is_a_proposal_that_gives_the_edited_text() {
    let base = issued(BASE);
    let mut runner = TestRunner::new(Config::with_cases(amendments()));
    let changes = proptest::collection::vec(some_change(), 1..4);
    let checked = runner.run(&changes, |changes| {
        let wanted = taken_up(&base, &changes);
        // What is moved to stand first of all has no place that can be named.
        let first = |text: &IssuedText| text.roots().next().map(|root| root.id.clone());
        prop_assume!(first(&wanted) == first(&base));
        let asked = edited(&base, &wanted, &key("P"));
        let got = taken_up(&base, &asked);
        let words = |text: &IssuedText| -> Vec<(ProvisionKind, String, String, String)> {
            let row = |one: &Provision| {
                (one.kind, one.number.clone(), one.heading.clone(), one.text.clone())
            };
            text.provisions().iter().map(row).collect()
        };
        prop_assert_eq!(words(&got), words(&wanted), "{:?}", asked);
        let again = edited(&base, &got, &key("P"));
        prop_assert_eq!(again, asked);
        Ok(())
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn an_instruction_is_refused_in_words_and_never_half_carried_out() {
    let base = issued(BASE);
    let refused = understand(&base, &key("P"), None, "Delete article 1. Delete article 9.");
    let Err(InstructError::NoSuchProvision { named, there }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(named, "article 9");
    assert_eq!(there, ["article 1", "article 2", "article 3"]);
}
