//! The printed form against an oracle that tries every such printing, and what a layout keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proptest::prelude::*;

use super::*;
use crate::node::SideName;
use crate::notation::notation;
use crate::token::words;

/// A merge as a table that can be asked slowly: what each reader reads at each place.
struct Table {
    /// By reader and place: does it keep the token, and what does it insert behind it?
    cells: Vec<Vec<(bool, String)>>,
    base: Vec<String>,
}

type Readers = BTreeSet<usize>;

/// The least cost of printings without a bracket, and of printings with one.
type Best = (Option<u64>, Option<u64>);

impl Table {
    fn new(merge: &Merge) -> Self {
        let n = merge.base_len();
        let mut base = vec![String::new()];
        base.extend((0..n).map(|token| merge.base_text(token..token + 1).to_owned()));
        let mut cells = vec![vec![(true, String::new()); n + 1]];
        for (_, change) in merge.changes() {
            let cell = |place: usize| {
                let keeps = place == 0 || !change.deletes(place - 1);
                (keeps, change.insertion(place).unwrap_or_default().to_owned())
            };
            cells.push((0..=n).map(cell).collect());
        }
        Self { cells, base }
    }

    fn reading(&self, reader: usize, places: Range<usize>) -> String {
        let cells = &self.cells[reader];
        let pieces = places.flat_map(|place| {
            let token = if cells[place].0 { self.base[place].as_str() } else { "" };
            [token, cells[place].1.as_str()]
        });
        pieces.collect()
    }

    fn deleters(&self, place: usize, readers: &Readers) -> Readers {
        readers.iter().copied().filter(|&reader| !self.cells[reader][place].0).collect()
    }

    fn strings(&self, place: usize, readers: &Readers) -> BTreeMap<&str, Readers> {
        let mut strings: BTreeMap<&str, Readers> = BTreeMap::new();
        for &reader in readers {
            let text = self.cells[reader][place].1.as_str();
            if !text.is_empty() {
                strings.entry(text).or_default().insert(reader);
            }
        }
        strings
    }

    /// The cost of the normal form of `places`, by its definition.
    fn plain(&self, places: Range<usize>, readers: &Readers) -> Best {
        let (mut total, mut bracketed) = (0, false);
        let mut at = places.start;
        while at < places.end {
            let deleters = self.deleters(at, readers);
            let mut end = at + 1;
            while at > 0
                && end < places.end
                && self.strings(end - 1, readers).is_empty()
                && self.deleters(end, readers) == deleters
            {
                end += 1;
            }
            let run: u64 = words(&self.base[at..end].concat());
            let strings = self.strings(end - 1, readers);
            let texts: u64 = strings.keys().map(|text| words(text)).sum();
            let inserting: Readers = strings.values().flatten().copied().collect();
            let keepers: Readers = readers.difference(&deleters).copied().collect();
            let fuses = at > 0 && !inserting.is_empty() && inserting.is_subset(&deleters);
            let count = strings.len() as u64;
            let mut choices = Vec::new();
            if fuses {
                let silent = deleters.difference(&inserting).count();
                choices.push(u64::from(!keepers.is_empty()) + count + u64::from(silent > 0));
            } else {
                choices.push(u64::from(!keepers.is_empty()) + u64::from(!deleters.is_empty()));
                if count > 0 {
                    choices.push(count + u64::from(inserting != *readers));
                }
            }
            total += run + texts;
            for alternatives in choices.into_iter().filter(|&alternatives| alternatives > 1) {
                total += 2 * alternatives;
                bracketed = true;
            }
            at = end;
        }
        if bracketed { (None, Some(total)) } else { (Some(total), None) }
    }

    fn side_by_side(&self, places: Range<usize>, readers: &Readers) -> Best {
        let texts: BTreeSet<String> =
            readers.iter().map(|&reader| self.reading(reader, places.clone())).collect();
        let total: u64 = texts.iter().map(|text| words(text)).sum();
        match texts.len() as u64 {
            1 => (Some(total), None),
            alternatives => (None, Some(total + 2 * alternatives)),
        }
    }

    fn best(
        &self,
        places: Range<usize>,
        readers: &Readers,
        known: &mut BTreeMap<(usize, usize, Readers), Best>,
    ) -> Best {
        if places.is_empty() {
            return (Some(0), None);
        }
        let key = (places.start, places.end, readers.clone());
        if let Some(best) = known.get(&key) {
            return *best;
        }
        let mut best = (None, None);
        for cut in places.start + 1..=places.end {
            let rest = self.best(cut..places.end, readers, known);
            let first = places.start..cut;
            let mut forms =
                vec![self.plain(first.clone(), readers), self.side_by_side(first.clone(), readers)];
            let silent = |reader: &usize| self.reading(*reader, first.clone()).is_empty();
            let staying: Readers = readers.iter().copied().filter(|r| !silent(r)).collect();
            if staying.len() < readers.len() && !staying.is_empty() {
                let (clean, bracketed) = self.best(first, &staying, known);
                forms.push((None, least(clean.map(|c| c + 4), bracketed.map(|c| c + 5))));
            }
            for form in forms {
                best.0 = least(best.0, sum(form.0, rest.0));
                for (a, b) in [(form.0, rest.1), (form.1, rest.0), (form.1, rest.1)] {
                    best.1 = least(best.1, sum(a, b));
                }
            }
        }
        known.insert(key, best);
        best
    }
}

fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.into_iter().chain(b).min()
}

fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a? + b?)
}

fn side(at: usize) -> SideName {
    SideName::new(&at.to_string()).expect("a number names a side")
}

fn merged(base: &str, sides: &[String]) -> Merge {
    let sides = sides.iter().enumerate().map(|(at, text)| (side(at), text.as_str()));
    Merge::with_sides(base, sides).expect("each name stands once")
}

fn check(merge: &Merge) {
    let table = Table::new(merge);
    let readers: Readers = (0..table.cells.len()).collect();
    let (clean, bracketed) = table.best(0..table.base.len(), &readers, &mut BTreeMap::new());
    let printed = merge.printed();
    assert_eq!(
        Some(printed.cost),
        least(clean, bracketed),
        "{merge:?}\n  {}",
        notation(&printed.nodes)
    );
    assert_eq!(printed.cost, cost(&printed.nodes));
    assert!(printed.cost <= cost(&merge.nodes()));
}

/// Every text of up to `len` of the words a and b.
fn texts(len: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..len {
        let upto = all.len();
        for at in from..upto {
            for word in ["a", "b"] {
                let space = if all[at].is_empty() { "" } else { " " };
                all.push(format!("{}{space}{word}", all[at]));
            }
        }
        from = upto;
    }
    all
}

#[test]
fn all_pairs_of_sides_over_all_short_bases_cost_what_the_oracle_says() {
    let sides = texts(3);
    for base in texts(3) {
        for (at, first) in sides.iter().enumerate() {
            for second in &sides[at..] {
                check(&merged(&base, &[first.clone(), second.clone()]));
            }
        }
    }
}

/// A side made of the base by replacing stretches of words.
fn amended(words: usize, sides: Range<usize>) -> impl Strategy<Value = (String, Vec<String>)> {
    let word = prop::sample::select(vec!["a", "b", "c", "x y", "x", "."]);
    let base = prop::collection::vec(word.clone(), 0..words);
    let edit = (0..words, 0..words, prop::collection::vec(word, 0..3));
    let side = prop::collection::vec(edit, 0..3);
    (base, prop::collection::vec(side, sides)).prop_map(|(base, sides)| {
        let sides = sides.iter().map(|edits| {
            let mut text = base.clone();
            for (at, len, new) in edits {
                let start = (*at).min(text.len());
                let end = (start + len).min(text.len());
                text.splice(start..end, new.iter().copied());
            }
            text.join(" ")
        });
        let sides = sides.collect();
        (base.join(" "), sides)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_few_sides_over_a_few_words_cost_what_the_oracle_says((base, sides) in amended(8, 0..6)) {
        check(&merged(&base, &sides));
    }

    #[test]
    fn nested_deletions_cost_what_the_oracle_says(
        words in 3_usize..9,
        cuts in prop::collection::vec((0_usize..9, 1_usize..9, any::<bool>()), 1..7),
    ) {
        let base: Vec<String> = (0..words).map(|at| format!("w{at}")).collect();
        let sides: Vec<String> = cuts
            .iter()
            .map(|&(at, len, replaces)| {
                let mut text = base.clone();
                let start = at.min(words);
                let new = replaces.then(|| format!("n{}", len % 3));
                text.splice(start..(start + len).min(words), new);
                text.join(" ")
            })
            .collect();
        check(&merged(&base.join(" "), &sides));
    }
}
