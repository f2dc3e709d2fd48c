//! The redline as lawyers read it (`scenarios/redline`), and moves planted in real drafts.

use std::fs;
use std::path::{Path, PathBuf};

use travaux_text::{RedlinePiece, redline, redline_texts};

use crate::real_drafts::draft;

/// A case: its name and its rows, `old`, `new`, and what is asserted.
type Case = (String, Vec<(String, String)>);

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push((name.to_owned(), Vec::new()));
        } else if line.starts_with("| ") && !line.starts_with("| |") {
            let mut cells = line.trim_matches('|').splitn(2, '|').map(str::trim);
            let (name, text) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let (_, rows) = cases.last_mut().expect("a heading comes first");
            rows.push((name.to_owned(), text.replace('¶', "\n\n")));
        }
    }
    cases
}

/// Runs a case and says what it asserts wrongly.
fn check((name, rows): &Case) -> Vec<String> {
    let row = |sought: &str| {
        let found = rows.iter().find(|(row, _)| row == sought);
        found.map_or("", |(_, text)| text)
    };
    let found = redline(row("old"), row("new"));
    assert_eq!(found.old_text(), row("old"), "{name}");
    assert_eq!(found.new_text(), row("new"), "{name}");
    let back = redline_texts(&found.notation());
    assert_eq!(back, Ok((row("old").to_owned(), row("new").to_owned())), "{name}");
    let mut wrong = Vec::new();
    for (row, expected) in rows.iter().filter(|(row, _)| row != "old" && row != "new") {
        let is = match row.as_str() {
            "shown" => found.notation(),
            "fragments" => found.counts().fragments.to_string(),
            "moves" => found.counts().moves.to_string(),
            _ => "no such row".to_owned(),
        };
        if is != *expected {
            wrong.push(format!("{name}: {row} should be {expected:?}\n  is {is:?}"));
        }
    }
    if rows.len() < 3 {
        wrong.push(format!("{name}: asserts nothing"));
    }
    wrong
}

#[test]
fn every_redline_scenario_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/redline");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of scenarios is there")
        .map(|entry| entry.expect("an entry is readable").path())
        .collect();
    files.sort();
    let all: Vec<Case> = files
        .iter()
        .flat_map(|file| cases(&fs::read_to_string(file).expect("a scenario is readable")))
        .collect();
    let wrong: Vec<String> = all.iter().flat_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all.len() >= 15, "there are only {} cases", all.len());
}

#[test]
fn a_case_without_assertion_is_refused() {
    let rows = vec![("old".to_owned(), "a".to_owned()), ("new".to_owned(), "b".to_owned())];
    assert_eq!(check(&("silent".to_owned(), rows)), ["silent: asserts nothing"]);
}

/// Numbers at random, the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }
}

/// Reports whether the words stand, all or all but the marks at their ends, in what a redline shows as moved.
fn is_shown_as_moved(pieces: &[RedlinePiece<'_>], words: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sought = bare(words);
    pieces.iter().any(|piece| match piece {
        RedlinePiece::MovedAway { text, .. } => {
            let held = bare(text);
            held.contains(sought.trim_end_matches('.'))
                || sought.contains(&held) && held.len() * 10 >= sought.len() * 9
        }
        _ => false,
    })
}

/// The paragraphs of the text that the conference of 2015 adopted, or none where it is absent.
fn paragraphs() -> Option<Vec<String>> {
    let text = draft("12-dec-2015.md")?;
    Some(text.split_inclusive("\n\n").map(str::to_owned).collect())
}

#[test]
fn planted_moves_of_paragraphs_are_found() {
    let Some(old) = paragraphs() else { return };
    let mut dice = Dice(12);
    let (mut planted, mut found) = (0, 0);
    for _ in 0..40 {
        let mut new = old.clone();
        let mut moved = Vec::new();
        for _ in 0..5 {
            let from = dice.below(new.len());
            if new[from].split_whitespace().count() < 8 || moved.contains(&new[from]) {
                continue;
            }
            let paragraph = new.remove(from);
            // To a place so far away that no shorter stretch crossed it.
            let to = (from + 20 + dice.below(new.len() - 40)) % new.len();
            new.insert(to, paragraph.clone());
            moved.push(paragraph);
        }
        let (old, new) = (old.concat(), new.concat());
        let redline = redline(&old, &new);
        assert_eq!((redline.old_text(), redline.new_text()), (old.clone(), new.clone()));
        planted += moved.len();
        found += moved.iter().filter(|one| is_shown_as_moved(redline.pieces(), one)).count();
    }
    println!("{found} of {planted} paragraphs");
    assert!(planted > 100 && found * 100 >= planted * 98, "{found} of {planted}");
}

#[test]
fn planted_moves_of_sentences_are_found() {
    let Some(old) = paragraphs() else { return };
    let mut dice = Dice(9);
    let (mut planted, mut found) = (0, 0);
    for _ in 0..200 {
        let mut new = old.clone();
        let from = dice.below(new.len());
        let Some(at) = new[from].find(". ").map(|at| at + 2) else { continue };
        let sentence = new[from][at..].trim_end().to_owned();
        if sentence.split_whitespace().count() < 8 || sentence.contains(". ") {
            continue;
        }
        new[from].replace_range(at..at + sentence.len(), "");
        let to = (from + 1 + dice.below(new.len() - 2)) % new.len();
        let end = new[to].trim_end().len();
        new[to].insert_str(end, &format!(" {sentence}"));
        let (old, new) = (old.concat(), new.concat());
        let redline = redline(&old, &new);
        assert_eq!((redline.old_text(), redline.new_text()), (old.clone(), new.clone()));
        planted += 1;
        found += usize::from(is_shown_as_moved(redline.pieces(), &sentence));
    }
    println!("{found} of {planted} sentences");
    assert!(planted > 20 && found * 100 >= planted * 95, "{found} of {planted}");
}
