//! Runs the scenarios of `scenarios/structure`, `scenarios/compose` and `scenarios/rebase`.
//!
//! A file cites its rule; each second-level heading is a case of its own. Fenced blocks named
//! `base`, `proposals`, `new base`, `old text`, `new text` and `side text` say what is given; all
//! other blocks say what must follow. With `TRAVAUX_BLESS=1` in the environment what follows is
//! written into the files instead, to be read before it is committed.

#![expect(clippy::panic, reason = "a scenario that cannot be read is a failed test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use travaux_text::{
    BracketCount, Change, ChangeTrouble, ClashReason, EditKind, Fate, IssuedText, LeftOut, Outcome,
    ProposalKey, Reader, RollingText, TextRebase, rebase_proposal, rebase_text,
};

use crate::drafting::{issued, key, proposals};

/// What a case has said so far.
#[derive(Default)]
struct Case {
    base: String,
    proposals: String,
    new_base: String,
    old_text: String,
    new_text: String,
    side_text: String,
}

impl Case {
    /// Takes a block as given, or answers it.
    fn answer(&mut self, name: &str, block: &str) -> Option<String> {
        let given = match name {
            "base" => &mut self.base,
            "proposals" => &mut self.proposals,
            "new base" => &mut self.new_base,
            "old text" => &mut self.old_text,
            "new text" => &mut self.new_text,
            "side text" => &mut self.side_text,
            _ => return Some(self.follows(name)),
        };
        block.clone_into(given);
        None
    }

    fn follows(&self, name: &str) -> String {
        let (verb, named) = name.split_once(' ').unwrap_or((name, ""));
        let keys: Vec<ProposalKey> = named.split_whitespace().map(key).collect();
        match verb {
            "printed" => self.rolling().un_text(&label),
            "troubles" => self.rolling().diagnoses().iter().fold(String::new(), |mut all, it| {
                writeln!(all, "{it}").expect("a string takes all");
                all
            }),
            "count" => counted(self.rolling().count()),
            "side" => match self.rolling().side(&keys).text() {
                Some(text) => text.plain(),
                None => "They do not compose.\n".to_owned(),
            },
            "preferring" => self.rolling().side(&keys).preferring(&keys).plain(),
            "readings" => readings(&self.rolling(), &keys),
            "suggestion" => format!("{}\n", self.rebase().suggestion),
            "account" => account(&self.rebase()),
            "becomes" => self.becomes(&keys[0]),
            _ => panic!("no block is called {name:?}"),
        }
    }

    fn rolling(&self) -> RollingText {
        RollingText::with_proposals(issued(&self.base), proposals(&self.proposals))
    }

    fn rebase(&self) -> TextRebase {
        rebase_text(self.old_text.trim_end(), self.new_text.trim_end(), self.side_text.trim_end())
    }

    fn becomes(&self, key: &ProposalKey) -> String {
        let new: IssuedText = issued(&self.new_base);
        let rebase = rebase_proposal(&self.rolling(), &new, key).expect("the proposal is open");
        let mut lines = format!("{}\n", outcome(rebase.outcome));
        for change in &rebase.changes {
            let target = &change.change.target;
            let trouble = change.trouble.as_ref().map(|trouble| format!(" ({trouble})"));
            writeln!(
                lines,
                "  {target}: {}{}",
                outcome(change.outcome),
                trouble.unwrap_or_default()
            )
            .expect("a string takes all");
            if let Some(suggestion) = &change.suggestion {
                let condition = change.trouble.as_ref().and_then(ChangeTrouble::condition);
                let condition = condition.map(|condition| format!(", {condition}"));
                let condition = condition.unwrap_or_default();
                writeln!(lines, "    to table{condition}: {}", act(suggestion))
                    .expect("a string takes all");
            }
        }
        for (from, to) in &rebase.became {
            writeln!(lines, "  {from} becomes {to}").expect("a string takes all");
        }
        lines
    }
}

fn act(change: &Change) -> String {
    use travaux_text::Act;
    match &change.act {
        Act::Replace { text } => format!("replace {text}"),
        Act::Editorial { text } => format!("editorial {text}"),
        Act::Retitle { heading } => format!("retitle {heading}"),
        Act::Add { kind, text, heading, .. } => format!("add {kind}. {heading}{text}"),
        Act::Suppress => "delete".to_owned(),
        Act::NoChange => "no change".to_owned(),
        Act::Transfer { .. } => "transfer".to_owned(),
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Applies => "applies",
        Outcome::PartlyAbsorbed => "partly absorbed",
        Outcome::Absorbed => "absorbed",
        Outcome::Superseded => "superseded",
        Outcome::NeedsAttention => "needs attention",
    }
}

fn label(reader: &Reader) -> Option<String> {
    match reader {
        Reader::Base => None,
        Reader::Side(name) => Some(name.to_string()),
    }
}

fn counted(count: BracketCount) -> String {
    format!(
        "provisions {}, contested {}, brackets {}, alternatives {}, words {}, in brackets {}\n",
        count.provisions,
        count.contested,
        count.brackets,
        count.alternatives,
        count.words,
        count.words_bracketed
    )
}

fn readings(rolling: &RollingText, keys: &[ProposalKey]) -> String {
    let side = rolling.side(keys);
    let mut lines = String::new();
    let names = |by: &[ProposalKey]| {
        let names: Vec<&str> = by.iter().map(ProposalKey::as_str).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(" and ") }
    };
    for clash in side.clashes() {
        let (first, second) = &clash.proposals;
        let why = match &clash.reason {
            ClashReason::Text(_) => "word the text differently at one place".to_owned(),
            ClashReason::Heading(_) => "word the heading differently at one place".to_owned(),
            ClashReason::Deleted { provision } => format!("disagree on deleting {provision}"),
            ClashReason::Places => "want different places".to_owned(),
            ClashReason::Alternatives => "are alternatives in one gap".to_owned(),
        };
        writeln!(lines, "{}: {first} and {second} {why}", clash.provision)
            .expect("a string takes all");
    }
    for provision in side.provisions().iter().filter(|it| it.readings.len() > 1) {
        for reading in &provision.readings {
            let words = match &reading.wording {
                None => "(not here)".to_owned(),
                Some(wording) => format!("{}{}", wording.heading, wording.text),
            };
            writeln!(lines, "{}, by {}: {words}", provision.id, names(&reading.by))
                .expect("a string takes all");
        }
    }
    for left in side.left_out() {
        let line = match left {
            LeftOut::NotOpen { proposal } => format!("left out: {proposal} is not open"),
            LeftOut::NotThere { proposal, provision } => {
                format!("left out: {provision}, of which {proposal} asks, is not there")
            }
            LeftOut::Amended { proposal, provision, by } => {
                format!("left out: {proposal} on {provision}, amended by {by}")
            }
            LeftOut::DeletedByItself { proposal, provision } => {
                format!("left out: {proposal} on {provision}, which it deletes itself")
            }
        };
        writeln!(lines, "{line}").expect("a string takes all");
    }
    lines
}

fn account(rebase: &TextRebase) -> String {
    let mut lines = format!("{}\n", outcome(rebase.outcome()));
    for edit in &rebase.edits {
        let kind = match edit.kind {
            EditKind::Deletion => "deletion",
            EditKind::Insertion => "insertion",
        };
        let fate = match edit.fate {
            Fate::Carried => "carried".to_owned(),
            Fate::Absorbed => "absorbed".to_owned(),
            Fate::Attention(doubt) => format!("needs attention ({doubt})"),
        };
        writeln!(lines, "{kind} of “{}”: {fate}", edit.text).expect("a string takes all");
    }
    lines
}

/// Runs one file and returns it with every answer as it follows, and the number of its cases.
fn run(text: &str) -> (String, usize) {
    let mut out = String::new();
    let (mut case, mut cases) = (Case::default(), 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").expect("a string takes all");
        if line.starts_with("## ") {
            (case, cases) = (Case::default(), cases + 1);
        }
        let Some(name) = line.strip_prefix("```").filter(|name| !name.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let block = block.iter().fold(String::new(), |all, line| all + line + "\n");
        let answer = case.answer(name, &block).unwrap_or(block);
        let answer =
            if answer.ends_with('\n') || answer.is_empty() { answer } else { answer + "\n" };
        writeln!(out, "{answer}```").expect("a string takes all");
    }
    (out, cases)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(folder);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    files
}

fn check(folder: &str) {
    let mut cases = 0;
    for path in files(folder) {
        let text = fs::read_to_string(&path).expect("a scenario is a text");
        assert!(text.contains("\nRule: "), "{} cites no rule", path.display());
        let (ran, count) = run(&text);
        cases += count;
        if std::env::var_os("TRAVAUX_BLESS").is_some() {
            fs::write(&path, ran).expect("a scenario can be written");
        } else {
            assert_eq!(ran, text, "{}", path.display());
        }
    }
    assert!(cases >= 8, "scenarios/{folder} holds {cases} cases");
}

#[test]
fn the_scenarios_on_structure_hold() {
    check("structure");
}

#[test]
fn the_scenarios_on_composing_hold() {
    check("compose");
}

#[test]
fn the_scenarios_on_rebasing_hold() {
    check("rebase");
}
