//! The fewest characters by which an instruction turns one text into another.
//!
//! The family of what is weighed: one or more clauses, each of which replaces words, deletes words, inserts
//! words behind or before others, or adds words at the end or the beginning; words that stand more than
//! once are named by their occurrence. Instead, one clause "wherever it occurs", or the whole text. A
//! clause names whole words or marks, and the place of an insertion by what begins and ends with a word.
//!
//! For short texts every cut of both texts is weighed, so that nothing of the family is shorter. For
//! longer ones the cuts are those of the alignment (see `align`), with some words around each change.

use std::collections::BTreeMap;
use std::ops::Range;

use super::locus::Nth;
use super::words::{
    Worded, deletion, insertion_after, insertion_at_end, insertion_at_start, insertion_before,
};
use super::write::quoted;
use crate::merge::Merge;
use crate::node::SideName;
use crate::token::TokenKind;

/// Up to this product of the numbers of tokens every cut is weighed.
const GRID_MAX: usize = 256;
/// How many tokens around a change of a longer text are weighed.
const AROUND: usize = 10;
/// How many tokens name the place of an insertion at most.
const ANCHOR_MAX: usize = 14;
/// How many changes of a longer text are taken together at most.
const TOGETHER_MAX: usize = 12;

/// Returns the clauses of the shortest instruction; nothing where only the whole text will do.
pub(super) fn clauses(base: &str, wanted: &str) -> Option<Vec<String>> {
    if base.trim().is_empty() || wanted.trim().is_empty() {
        return None;
    }
    let mut search =
        Search { base: Worded::new(base), wanted: Worded::new(wanted), named: BTreeMap::new() };
    let apart = search.apart();
    let everywhere = search.everywhere();
    [apart, everywhere].into_iter().flatten().min_by_key(|clauses| length(clauses))
}

/// Counts the characters of clauses as they are written together.
pub(super) fn length(clauses: &[String]) -> usize {
    clauses.iter().map(|clause| clause.chars().count() + JOINT).sum::<usize>().saturating_sub(JOINT)
}

/// What joins two clauses: "; ".
const JOINT: usize = 2;

/// A cut of both texts: so many tokens of each are done.
type Cut = (usize, usize);

struct Search<'t> {
    base: Worded<'t>,
    wanted: Worded<'t>,
    /// How words of the base are named, by their tokens.
    named: BTreeMap<(usize, usize), Option<String>>,
}

/// The least found so far for a cut.
#[derive(Clone)]
struct Reached {
    length: usize,
    from: Cut,
    clause: Option<String>,
}

impl Search<'_> {
    /// Returns the shortest clauses that each change one stretch.
    fn apart(&mut self) -> Option<Vec<String>> {
        let (n, m) = (self.base.len(), self.wanted.len());
        let steps = if n * m <= GRID_MAX { self.grid() } else { self.along() };
        let mut reached: BTreeMap<Cut, Reached> = BTreeMap::new();
        reached.insert((0, 0), Reached { length: 0, from: (0, 0), clause: None });
        for (from, targets) in steps {
            let Some(here) = reached.get(&from).map(|here| here.length) else { continue };
            for to in targets {
                let is_match = to == (from.0 + 1, from.1 + 1)
                    && self.base.of(from.0..to.0) == self.wanted.of(from.1..to.1);
                let clause = if is_match { None } else { self.clause(from, to) };
                if !is_match && clause.is_none() {
                    continue;
                }
                let more = clause.as_ref().map_or(0, |clause| clause.chars().count() + JOINT);
                let length = here + more;
                if reached.get(&to).is_none_or(|there| length < there.length) {
                    reached.insert(to, Reached { length, from, clause });
                }
            }
        }
        let mut clauses = Vec::new();
        let mut at = (n, m);
        while at != (0, 0) {
            let step = reached.get(&at)?;
            clauses.extend(step.clause.clone());
            at = step.from;
        }
        clauses.reverse();
        (!clauses.is_empty()).then_some(clauses)
    }

    /// Lists every cut with every cut behind it, in order.
    fn grid(&self) -> Vec<(Cut, Vec<Cut>)> {
        let (n, m) = (self.base.len(), self.wanted.len());
        let cuts = (0..=n).flat_map(|i| (0..=m).map(move |j| (i, j)));
        let behind = |(i, j): Cut| -> Vec<Cut> {
            (i..=n).flat_map(|k| (j..=m).map(move |l| (k, l))).filter(|to| *to != (i, j)).collect()
        };
        cuts.map(|cut| (cut, behind(cut))).collect()
    }

    /// Lists the cuts along the alignment with those that a clause could reach from each.
    fn along(&self) -> Vec<(Cut, Vec<Cut>)> {
        let (path, changes) = self.path();
        let place = |cut: &Cut| path.iter().position(|own| own == cut);
        // The places in the path at which a change begins and ends.
        let spans: Vec<(usize, usize)> =
            changes.iter().filter_map(|(from, to)| Some((place(from)?, place(to)?))).collect();
        let mut steps: Vec<(Cut, Vec<Cut>)> = path.iter().map(|cut| (*cut, Vec::new())).collect();
        for at in 1..path.len() {
            steps[at - 1].1.push(path[at]);
        }
        for (first, span) in spans.iter().enumerate() {
            for last in spans.iter().skip(first).take(TOGETHER_MAX) {
                let starts = span.0.saturating_sub(AROUND)..=span.0;
                for start in starts {
                    let until = (last.1 + AROUND).min(path.len() - 1);
                    let ends = last.1..=until;
                    let to = ends.map(|end| path[end]).filter(|to| !steps[start].1.contains(to));
                    let to: Vec<Cut> = to.collect();
                    steps[start].1.extend(to);
                }
            }
        }
        steps
    }

    /// Returns the cuts that the alignment passes through, and its changes by the cuts around each.
    fn path(&self) -> (Vec<Cut>, Vec<(Cut, Cut)>) {
        let name = SideName::new("wanted").expect("the name is neither empty nor `base`");
        let mut merge = Merge::new(self.base.text);
        merge.table(name.clone(), self.wanted.text).expect("it is the only side");
        let Some(change) = merge.change(&name) else { return (Vec::new(), Vec::new()) };
        let mut path = vec![(0, 0)];
        let mut changes: Vec<(Cut, Cut)> = Vec::new();
        let (mut i, mut j) = (0, 0);
        loop {
            let from = (i, j);
            if let Some(inserted) = change.insertion(i) {
                j += crate::token::tokens(inserted).count();
            }
            while i < self.base.len() && change.deletes(i) {
                i += 1;
                j += change.insertion(i).map_or(0, |words| crate::token::tokens(words).count());
            }
            if (i, j) != from {
                path.push((i, j));
                changes.push((from, (i, j)));
            }
            if i >= self.base.len() {
                break;
            }
            (i, j) = (i + 1, j + 1);
            path.push((i, j));
        }
        (path, changes)
    }

    /// Returns the shortest clause that leads from one cut to another.
    fn clause(&mut self, from: Cut, to: Cut) -> Option<String> {
        let old = from.0..to.0;
        let new = self.wanted.of(from.1..to.1);
        match (old.is_empty(), new.is_empty()) {
            (true, true) => None,
            (true, false) => self.insertion(old.start, new),
            (false, true) => self.removal(&old),
            (false, false) => {
                let is_apart = new.trim() == new;
                let name = if is_apart { self.name(&old) } else { None };
                name.map(|name| format!("replace {name} by {}", quoted(new)))
            }
        }
    }

    fn removal(&mut self, old: &Range<usize>) -> Option<String> {
        let words = self.trimmed(old);
        let bytes = self.base.cuts[words.start]..self.base.cuts[words.end];
        let gone = self.base.cuts[old.start]..self.base.cuts[old.end];
        if bytes.is_empty() || deletion(self.base.text, &bytes) != gone {
            return None;
        }
        self.name(&words).map(|name| format!("delete {name}"))
    }

    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end);
        while start < end && self.base.is_space(start) {
            start += 1;
        }
        while start < end && self.base.is_space(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// Returns the shortest clause that brings `new` in before the token `at`.
    fn insertion(&mut self, at: usize, new: &str) -> Option<String> {
        let words = new.trim();
        if words.is_empty() {
            return None;
        }
        let text = self.base.text;
        let byte = self.base.cuts[at];
        let wanted = (byte, new.to_owned());
        let quote = quoted(words);
        let mut found: Vec<String> = Vec::new();
        if insertion_at_end(text, words) == wanted {
            found.push(format!("add {quote} at the end"));
        }
        if insertion_at_start(text, words) == wanted {
            found.push(format!("add {quote} at the beginning"));
        }
        if at > 0 && insertion_after(text, byte, words) == wanted {
            let starts = (at.saturating_sub(ANCHOR_MAX)..at).rev();
            let names: Vec<String> = starts.filter_map(|start| self.anchor(&(start..at))).collect();
            let name = names.into_iter().min_by_key(|name| name.chars().count());
            found.extend(name.map(|name| format!("after {name}, insert {quote}")));
        }
        for start in at..(at + 2).min(self.base.len()) {
            if insertion_before(text, self.base.cuts[start], words) == wanted {
                let ends = start + 1..=(start + ANCHOR_MAX).min(self.base.len());
                let names: Vec<String> =
                    ends.filter_map(|end| self.anchor(&(start..end))).collect();
                let name = names.into_iter().min_by_key(|name| name.chars().count());
                found.extend(name.map(|name| format!("before {name}, insert {quote}")));
            }
        }
        found.into_iter().min_by_key(|clause| clause.chars().count())
    }

    /// Returns how the place of an insertion is named: by words, since marks are easily overlooked.
    fn anchor(&mut self, range: &Range<usize>) -> Option<String> {
        let is_word = |token| TokenKind::of(self.base.of(token..token + 1)) == TokenKind::Word;
        let is_worded = !range.is_empty() && is_word(range.start) && is_word(range.end - 1);
        if is_worded { self.name(range) } else { None }
    }

    /// Returns how some words of the base are named so that no others are meant.
    fn name(&mut self, range: &Range<usize>) -> Option<String> {
        if range.is_empty() {
            return None;
        }
        let key = (range.start, range.end);
        if let Some(known) = self.named.get(&key) {
            return known.clone();
        }
        let is_worded = !self.base.is_space(range.start) && !self.base.is_space(range.end - 1);
        let name = is_worded.then(|| {
            let words = self.base.of(range.clone());
            let places = self.base.places(words);
            let byte = self.base.cuts[range.start];
            let place = places.iter().position(|place| place.start == byte).unwrap_or_default();
            let quote = quoted(words);
            match places.len() {
                0 | 1 => quote,
                count if place + 1 == count => format!("the last occurrence of {quote}"),
                _ => format!("the {} occurrence of {quote}", Nth::At(place + 1)),
            }
        });
        self.named.insert(key, name.clone());
        name
    }

    /// Returns the shortest clause that changes the same words wherever they stand.
    fn everywhere(&self) -> Option<Vec<String>> {
        let (base, wanted) = (self.base.text, self.wanted.text);
        let same = base.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
        let first = self.base.cuts.partition_point(|cut| *cut <= same).saturating_sub(1);
        let is_short = self.base.len() * self.wanted.len() <= GRID_MAX;
        let starts = if is_short { 0 } else { first.saturating_sub(AROUND) }..=first;
        let mut best: Option<String> = None;
        for start in starts {
            let until =
                if is_short { self.base.len() } else { (start + AROUND).min(self.base.len()) };
            for end in start + 1..=until {
                if self.base.is_space(start) || self.base.is_space(end - 1) {
                    continue;
                }
                let Some(clause) = self.everywhere_of(&(start..end)) else { continue };
                let count = clause.chars().count();
                if best.as_ref().is_none_or(|best| count < best.chars().count()) {
                    best = Some(clause);
                }
            }
        }
        best.map(|clause| vec![clause])
    }

    fn everywhere_of(&self, range: &Range<usize>) -> Option<String> {
        let (base, wanted) = (self.base.text, self.wanted.text);
        let words = self.base.of(range.clone());
        let mut places: Vec<Range<usize>> = Vec::new();
        for place in self.base.places(words) {
            if places.last().is_none_or(|last| last.end <= place.start) {
                places.push(place);
            }
        }
        let count = places.len();
        let from = places.first()?.start;
        if count < 2 || from != self.base.cuts[range.start] {
            return None;
        }
        let gone: Vec<Range<usize>> = places.iter().map(|place| deletion(base, place)).collect();
        let are_apart = gone.windows(2).all(|two| two[0].end <= two[1].start);
        if are_apart && written(base, &gone, "") == wanted {
            return Some(format!("delete {} wherever it occurs", quoted(words)));
        }
        // All replacements have one length, and the first begins where the first words did.
        let kept = base.len() - count * words.len();
        let length = wanted.len().checked_sub(kept)? / count;
        let new = wanted.get(from..from + length)?;
        let is_it = !new.is_empty() && new.trim() == new && written(base, &places, new) == wanted;
        is_it.then(|| format!("replace {} by {} wherever it occurs", quoted(words), quoted(new)))
    }
}

/// Writes a text with ranges replaced, which are in order and do not overlap.
fn written(text: &str, ranges: &[Range<usize>], new: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        written.push_str(&text[from..range.start]);
        written.push_str(new);
        from = range.end;
    }
    written.push_str(&text[from..]);
    written
}
