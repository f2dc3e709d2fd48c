//! Words struck out in one place and added, word for word, in another: they were moved.
//!
//! A move is worth its marks where the words a reader need not compare outweigh the fragments it
//! adds, at the cost of `islands.rs`. Paragraphs that moved are known before; this looks at what is left.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lexed::{Lexed, Vocabulary};
use crate::token::TokenKind;

use super::islands::FRAGMENT_COST;
use super::steps::{Step, push};

/// So many words at least are moved together; fewer recur by chance.
const WORDS_MIN: u64 = 6;

/// So many tokens at least are equal in a row where a move is looked for.
const SEED: usize = 9;

/// A row of tokens struck out in more places than this tells no move.
const PLACES_MAX: usize = 4;

/// Words found in both: where they stood, where they stand.
#[derive(Clone, Debug)]
struct Found {
    old: Range<usize>,
    new: Range<usize>,
}

/// Marks moved words among the steps, and numbers all moves in the order of the new text.
pub(super) fn find(
    vocabulary: &Vocabulary<'_>,
    (old, new): (&Lexed<'_>, &Lexed<'_>),
    steps: Vec<Step>,
) -> Vec<Step> {
    let (mut struck, mut added) = (Vec::new(), Vec::new());
    for step in &steps {
        match step {
            Step::Deleted(range) => struck.push(range.clone()),
            Step::Inserted(range) => added.push(range.clone()),
            Step::Same(..) | Step::Away(..) | Step::Here(..) => {}
        }
    }
    let found = search(vocabulary, (&old.class, &struck), (&new.class, &added));
    number(mark(steps, &found))
}

/// Looks for what was struck out in what was added, from the left, the longest first.
fn search(
    vocabulary: &Vocabulary<'_>,
    (old, struck): (&[u32], &[Range<usize>]),
    (new, added): (&[u32], &[Range<usize>]),
) -> Vec<Found> {
    let rows = Rows::of(old, struck);
    let mut is_taken = vec![false; old.len()];
    let mut all = Vec::new();
    for range in added.iter().filter(|range| range.len() >= SEED) {
        let mut at = range.start;
        while at + SEED <= range.end {
            let places = rows.places(&new[at..at + SEED]);
            let longest = places.into_iter().map(|(fragment, place)| {
                let olds = place..struck[fragment].end;
                let equal = olds
                    .clone()
                    .zip(at..range.end)
                    .take_while(|&(i, j)| old[i] == new[j] && !is_taken[i])
                    .count();
                (equal, std::cmp::Reverse(place), fragment)
            });
            let Some((equal, std::cmp::Reverse(place), fragment)) = longest.max() else {
                at += 1;
                continue;
            };
            let found = Found { old: place..place + equal, new: at..at + equal };
            match worth(vocabulary, old, found, (&struck[fragment], range)) {
                Some(found) => {
                    is_taken[found.old.clone()].fill(true);
                    at = found.new.end.max(at + 1);
                    all.push(found);
                }
                None => at += equal.max(1),
            }
        }
    }
    all
}

/// Where each row of [`SEED`] tokens was struck out: a table that is only ever asked, never walked.
struct Rows<'o> {
    old: &'o [u32],
    /// For a hash, the last row that has it, and one more; the length is a power of two.
    heads: Vec<u32>,
    /// Of each row: its fragment, its place, and the row before it of the same hash, and one more.
    places: Vec<(u32, u32, u32)>,
}

impl<'o> Rows<'o> {
    fn of(old: &'o [u32], struck: &[Range<usize>]) -> Self {
        let count: usize = struck.iter().map(|range| (range.len() + 1).saturating_sub(SEED)).sum();
        let heads = vec![0; (count + 1).next_power_of_two()];
        let mut all = Self { old, heads, places: Vec::with_capacity(count) };
        let narrow = |at: usize| u32::try_from(at).expect("a text has fewer than 2^32 tokens");
        for (fragment, range) in struck.iter().enumerate() {
            for (place, row) in (range.start..).zip(old[range.clone()].windows(SEED)) {
                let slot = all.slot(row);
                all.places.push((narrow(fragment), narrow(place), all.heads[slot]));
                all.heads[slot] = narrow(all.places.len());
            }
        }
        all
    }

    fn slot(&self, row: &[u32]) -> usize {
        let mix = |hash: u64, class: &u32| {
            (hash.rotate_left(5) ^ u64::from(*class)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        };
        let hash = row.iter().fold(0, mix);
        usize::try_from(hash >> 32).unwrap_or_default() & (self.heads.len() - 1)
    }

    /// Returns the fragments and places where a row was struck out; none if these are too many.
    fn places(&self, row: &[u32]) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let mut next = self.heads[self.slot(row)] as usize;
        while let Some(&(fragment, place, before)) =
            next.checked_sub(1).and_then(|at| self.places.get(at))
        {
            let (fragment, place) = (fragment as usize, place as usize);
            if self.old[place..place + SEED] == *row {
                if places.len() == PLACES_MAX {
                    return Vec::new();
                }
                places.push((fragment, place));
            }
            next = before as usize;
        }
        places
    }
}

/// Trims white space off the ends, unless a fragment ends there, and weighs the move.
fn worth(
    vocabulary: &Vocabulary<'_>,
    old: &[u32],
    mut found: Found,
    (struck, added): (&Range<usize>, &Range<usize>),
) -> Option<Found> {
    let is_space = |at: usize| vocabulary.kind(old[at]) == TokenKind::Space;
    let ends = |found: &Found| found.old.end == struck.end && found.new.end == added.end;
    let starts = |found: &Found| found.old.start == struck.start && found.new.start == added.start;
    while !found.old.is_empty() && !ends(&found) && is_space(found.old.end - 1) {
        (found.old.end, found.new.end) = (found.old.end - 1, found.new.end - 1);
    }
    while !found.old.is_empty() && !starts(&found) && is_space(found.old.start) {
        (found.old.start, found.new.start) = (found.old.start + 1, found.new.start + 1);
    }
    let words = old[found.old.clone()].iter().filter(|&&class| vocabulary.is_word(class)).count();
    let more = [
        found.old.start > struck.start,
        found.old.end < struck.end,
        found.new.start > added.start,
        found.new.end < added.end,
    ];
    let more = more.into_iter().map(u64::from).sum::<u64>();
    (words as u64 >= WORDS_MIN.max(FRAGMENT_COST * more)).then_some(found)
}

/// Cuts what was moved out of what was struck out and added. A new move's mark is its place among
/// those found, behind all marks there are.
fn mark(steps: Vec<Step>, found: &[Found]) -> Vec<Step> {
    if found.is_empty() {
        return steps;
    }
    let first = 1 + steps.iter().filter(|step| matches!(step, Step::Here(..))).count();
    let mut from_old: Vec<(usize, &Found)> = (first..).zip(found).collect();
    from_old.sort_by_key(|(_, found)| found.old.start);
    let from_new: Vec<(usize, &Found)> = (first..).zip(found).collect();
    let mut marked = Vec::with_capacity(steps.len() + 4 * found.len());
    let mut add = |step| push(&mut marked, step);
    for step in steps {
        match step {
            Step::Deleted(range) => {
                let mut at = range.start;
                let from = from_old.partition_point(|(_, found)| found.old.start < range.start);
                for (mark, found) in &from_old[from..] {
                    if found.old.start >= range.end {
                        break;
                    }
                    add(Step::Deleted(at..found.old.start));
                    add(Step::Away(*mark, found.old.clone()));
                    at = found.old.end;
                }
                add(Step::Deleted(at..range.end));
            }
            Step::Inserted(range) => {
                let mut at = range.start;
                let from = from_new.partition_point(|(_, found)| found.new.start < range.start);
                for (mark, found) in &from_new[from..] {
                    if found.new.start >= range.end {
                        break;
                    }
                    let same = Step::Same(found.old.clone(), found.new.clone());
                    add(Step::Inserted(at..found.new.start));
                    add(Step::Here(*mark, vec![same]));
                    at = found.new.end;
                }
                add(Step::Inserted(at..range.end));
            }
            Step::Same(..) | Step::Away(..) | Step::Here(..) => add(step),
        }
    }
    marked
}

/// Numbers the moves anew, from one, in the order in which the new text holds them.
fn number(mut steps: Vec<Step>) -> Vec<Step> {
    let mut marks: BTreeMap<usize, usize> = BTreeMap::new();
    for step in &mut steps {
        if let Step::Here(mark, _) = step {
            let next = marks.len() + 1;
            *mark = *marks.entry(*mark).or_insert(next);
        }
    }
    for step in &mut steps {
        if let Step::Away(mark, _) = step {
            *mark = marks[mark];
        }
    }
    steps
}
