//! Which paragraph of a file is which line of the base.
//!
//! Hidden names come first; then paragraphs that read the same; then those that are alike. In a file with
//! tracked changes, what it reads when all are rejected is matched, since that should be the base.

use std::collections::{BTreeMap, BTreeSet};

use travaux_text::{CorrespondenceKind, IssuedText, correspond};

use crate::lines::{Line, Part, Stand, hidden_name, lines};
use crate::word::{Keep, WordDocument, WordLine};

/// The lines of a file and of the base, and which is which.
#[derive(Debug)]
pub(super) struct Matching {
    /// The lines of the base.
    pub(super) base: Vec<Line>,
    /// The lines of the file as it is read.
    pub(super) current: Vec<WordLine>,
    /// For each line of the file the lines of the base that it was, the first of them being it.
    pub(super) found: Vec<Vec<Match>>,
    /// The lines of the base that a tracked change takes out.
    pub(super) taken_out: BTreeSet<usize>,
    /// Paragraphs that stand in the file when all changes are rejected, and are not of the base.
    pub(super) foreign: BTreeSet<usize>,
    /// Where rejecting all changes does not give the base: paragraph, what it reads, what it should.
    pub(super) unlike: Vec<(usize, String, String)>,
    /// Paragraphs that bear the hidden name of a line that stands elsewhere already.
    pub(super) repeated: Vec<usize>,
    pub(super) is_tracked: bool,
}

/// A line of the base found in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Match {
    pub(super) line: usize,
    pub(super) by_name: bool,
    /// How sure it is, in hundredths.
    pub(super) sureness: u8,
}

impl Matching {
    pub(super) fn of(document: &WordDocument, base: &IssuedText, keep: Keep<'_>) -> Self {
        let base = lines(base);
        let is_tracked = document.is_tracked();
        let current = document.lines(keep);
        let original = if is_tracked { document.lines(Keep::Rejected) } else { Vec::new() };
        let mut matching = Self {
            found: vec![Vec::new(); current.len()],
            base,
            current,
            taken_out: BTreeSet::new(),
            foreign: BTreeSet::new(),
            unlike: Vec::new(),
            repeated: Vec::new(),
            is_tracked,
        };
        let mut by_paragraph = matching.by_name(document);
        if is_tracked {
            matching.by_words(&original, &mut by_paragraph);
            matching.compare(&original, &by_paragraph);
        } else {
            let current = matching.current.clone();
            matching.by_words(&current, &mut by_paragraph);
        }
        matching.apply(&by_paragraph);
        matching
    }

    /// Finds lines of the base by the names that paragraphs bear.
    fn by_name(&mut self, document: &WordDocument) -> BTreeMap<usize, Vec<Match>> {
        let mut names: BTreeMap<String, (usize, Stand)> = BTreeMap::new();
        for (at, line) in self.base.iter().enumerate() {
            for stand in [Stand::Here, Stand::Arriving] {
                names.insert(hidden_name(&line.id, line.part, stand), (at, stand));
            }
            names.entry(format!("tag:{}", line.id)).or_insert((at, Stand::Here));
        }
        let mut by_paragraph: BTreeMap<usize, Vec<Match>> = BTreeMap::new();
        let mut claimed = BTreeSet::new();
        for (at, paragraph) in document.paragraphs.iter().enumerate() {
            for &(line, stand) in paragraph.names.iter().filter_map(|name| names.get(name)) {
                let matches = by_paragraph.entry(at + 1).or_default();
                if matches.iter().any(|found| found.line == line) {
                    continue;
                }
                if claimed.insert((line, stand == Stand::Arriving)) {
                    matches.push(Match { line, by_name: true, sureness: 100 });
                } else {
                    self.repeated.push(at + 1);
                }
            }
        }
        by_paragraph
    }

    /// Finds the lines of the base that are left among lines of the file by their words.
    fn by_words(&self, file: &[WordLine], by_paragraph: &mut BTreeMap<usize, Vec<Match>>) {
        let claimed: BTreeSet<usize> =
            by_paragraph.values().flatten().map(|found| found.line).collect();
        let mut bases: Vec<usize> =
            (0..self.base.len()).filter(|at| !claimed.contains(at)).collect();
        let is_free = |line: &WordLine| {
            let named = line
                .paragraphs
                .iter()
                .any(|at| by_paragraph.get(at).is_some_and(|matches| !matches.is_empty()));
            !named && !line.text().trim().is_empty()
        };
        let mut free: Vec<usize> = (0..file.len()).filter(|&at| is_free(&file[at])).collect();
        let mut pairs: Vec<(usize, usize, u8)> = Vec::new();
        equal(
            &mut bases,
            &mut free,
            &mut pairs,
            |at| squashed(&whole(&self.base[at])),
            |at| squashed(&printed(&file[at])),
        );
        let (old, new): (Vec<String>, Vec<String>) = (
            bases.iter().map(|&at| whole(&self.base[at])).collect(),
            free.iter().map(|&at| printed(&file[at])).collect(),
        );
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        for found in correspond(&old, &new) {
            if matches!(found.kind, CorrespondenceKind::New | CorrespondenceKind::Gone) {
                continue;
            }
            let (Some(&first), Some(&at)) = (found.old.first(), found.new.first()) else {
                continue;
            };
            // A confidence lies between nothing and one.
            let sureness = (1..=100u8).rev().find(|n| f64::from(*n) <= found.confidence * 100.0);
            pairs.push((bases[first], free[at], sureness.unwrap_or(0)));
            for &more in &found.old[1..] {
                pairs.push((bases[more], free[at], sureness.unwrap_or(0)));
            }
        }
        for (line, at, sureness) in pairs {
            if let Some(&paragraph) = file[at].paragraphs.first() {
                let found = Match { line, by_name: false, sureness };
                by_paragraph.entry(paragraph).or_default().push(found);
            }
        }
    }

    /// Compares what the file reads when all changes are rejected with the base.
    fn compare(&mut self, original: &[WordLine], by_paragraph: &BTreeMap<usize, Vec<Match>>) {
        for line in original {
            let found: Vec<&Match> =
                line.paragraphs.iter().filter_map(|at| by_paragraph.get(at)).flatten().collect();
            let place = line.paragraphs.first().copied().unwrap_or(0);
            match found.first() {
                None => self.foreign.extend(line.paragraphs.iter().copied()),
                Some(found) => {
                    let base = whole(&self.base[found.line]);
                    if squashed(&printed(line)) != squashed(&base) {
                        self.unlike.push((place, printed(line), base));
                    }
                }
            }
        }
    }

    /// Gives each line of the file what its paragraphs were.
    fn apply(&mut self, by_paragraph: &BTreeMap<usize, Vec<Match>>) {
        let mut there = BTreeSet::new();
        for (at, line) in self.current.iter().enumerate() {
            let matches = line.paragraphs.iter().filter_map(|place| by_paragraph.get(place));
            for found in matches.flatten() {
                // A paragraph that was moved is met where it arrives; its old place has no words.
                if !line.text().trim().is_empty() || self.base[found.line].text.is_empty() {
                    self.found[at].push(*found);
                    there.insert(found.line);
                }
            }
        }
        if self.is_tracked {
            let known = by_paragraph.values().flatten().map(|found| found.line);
            self.taken_out = known.filter(|line| !there.contains(line)).collect();
        }
        self.arrivals();
    }

    /// Finds what a tracked move brought elsewhere without a hidden name: it reads as it did.
    fn arrivals(&mut self) {
        for at in 0..self.current.len() {
            let line = &self.current[at];
            if !line.is_moved || !self.found[at].is_empty() {
                continue;
            }
            let words = squashed(&printed(line));
            let was =
                self.taken_out.iter().find(|&&old| squashed(&whole(&self.base[old])) == words);
            if let Some(&was) = was {
                self.taken_out.remove(&was);
                self.found[at].push(Match { line: was, by_name: false, sureness: 100 });
            }
        }
    }
}

/// Pairs what reads the same, if it stands as often on both sides; takes the paired out.
fn equal(
    bases: &mut Vec<usize>,
    free: &mut Vec<usize>,
    pairs: &mut Vec<(usize, usize, u8)>,
    base: impl Fn(usize) -> String,
    file: impl Fn(usize) -> String,
) {
    let mut by_words: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for &at in bases.iter() {
        by_words.entry(base(at)).or_default().0.push(at);
    }
    for &at in free.iter() {
        by_words.entry(file(at)).or_default().1.push(at);
    }
    let mut taken = (BTreeSet::new(), BTreeSet::new());
    for (words, (old, new)) in by_words {
        if words.is_empty() || old.len() != new.len() {
            continue;
        }
        for (old, new) in old.into_iter().zip(new) {
            pairs.push((old, new, 100));
            taken.0.insert(old);
            taken.1.insert(new);
        }
    }
    bases.retain(|at| !taken.0.contains(at));
    free.retain(|at| !taken.1.contains(at));
}

/// Returns a line of the base as it is printed.
pub(super) fn whole(line: &Line) -> String {
    let gap = if line.part == Part::Heading { "\n" } else { "\t" };
    let gap = if line.caption.is_empty() || line.text.is_empty() { "" } else { gap };
    format!("{}{gap}{}", line.caption, line.text)
}

/// Returns a line of a file as it is printed.
pub(super) fn printed(line: &WordLine) -> String {
    let gap = if line.number.is_empty() { "" } else { "\t" };
    format!("{}{gap}{}", line.number, line.text())
}

/// Returns text with each run of white space as one space.
pub(super) fn squashed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
