//! The best cut of a stretch of atoms into intervals: dynamic programming over their ends.
//!
//! What an interval costs depends on the interval and on one bit: does somebody reach it who reads
//! nothing in it? Under *stay*, those who read nothing in the enclosing interval are gone, and they
//! are among those who read nothing in any interval inside; so the bit is whether more readers read
//! nothing here than in the closest enclosing *stay*.

use std::ops::Range;

use super::atoms::Atom;
use super::readings::Readings;
use super::scan::{Scan, SideBySide};
use crate::node::{ALTERNATIVE_COST, NESTING_COST};

/// An interval from a given start, in one form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) end: usize,
    pub(super) form: SpanForm,
    /// How many read nothing in it.
    pub(super) silent: usize,
    /// The cost where those do not reach it, and where some do.
    cost: [u64; 2],
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum SpanForm {
    Plain,
    SideBySide,
    Stay,
    /// The block of that number has been issued.
    Issued(usize),
}

/// A block that has been issued, as the search sees it.
pub(super) struct IssuedSpan {
    pub(super) atoms: Range<usize>,
    pub(super) cost: [u64; 2],
}

const NEVER: u64 = u64::MAX / 4;

/// The number of intervals that are considered at most: all of them up to a thousand atoms, beyond
/// that those of no more than a million by the number of atoms. A paragraph with 193 sides has
/// a few hundred atoms.
const INTERVALS_MAX: usize = 1_000_000;

impl Span {
    /// Returns the cost where `gone` readers, all silent here, do not reach it.
    fn cost(&self, gone: usize) -> u64 {
        self.cost[usize::from(self.silent > gone)]
    }
}

/// All intervals that the best printing may be made of.
pub(super) struct Search<'a> {
    atoms: &'a [Atom<'a>],
    stretch: Range<usize>,
    /// By start, counted from the start of the stretch.
    spans: Vec<Vec<Span>>,
    /// How many atoms in front, counted likewise, stand in no issued block.
    free: Vec<usize>,
    /// The most atoms that an interval has, plain runs apart.
    reach: usize,
}

impl<'a> Search<'a> {
    /// Finds the intervals of `stretch`; `issued` blocks are never cut nor printed otherwise.
    pub(super) fn new(
        atoms: &'a [Atom<'a>],
        readings: &Readings,
        scan: &mut Scan,
        stretch: Range<usize>,
        issued: &[IssuedSpan],
    ) -> Self {
        let spans = vec![Vec::new(); stretch.len() + 1];
        let mut free = vec![0];
        for atom in stretch.clone() {
            let is_free = !issued.iter().any(|block: &IssuedSpan| block.atoms.contains(&atom));
            free.push(free[free.len() - 1] + usize::from(is_free));
        }
        let reach = INTERVALS_MAX / stretch.len().max(1);
        let mut search = Self { atoms, stretch: stretch.clone(), spans, free, reach };
        let mut next_issued = issued.len();
        let mut limit = stretch.end;
        scan.restart();
        for start in stretch.rev() {
            let inside = next_issued > 0 && start < issued[next_issued - 1].atoms.end;
            if inside && start > issued[next_issued - 1].atoms.start {
                continue;
            }
            let mut own = Vec::new();
            let mut candidates = Vec::new();
            if inside {
                next_issued -= 1;
                limit = start;
                let block = &issued[next_issued];
                let form = SpanForm::Issued(next_issued);
                let silent = search.silent(start, block.atoms.end);
                own.push(Span { end: block.atoms.end, form, silent, cost: block.cost });
            } else {
                search.push_plain(start, limit, &mut own);
                candidates = scan.from(readings, start, limit.min(start + reach));
            }
            search.complete(start, own, &candidates);
        }
        search
    }

    fn silent(&self, start: usize, end: usize) -> usize {
        let mut empty = self.atoms[start].empty.clone();
        for atom in &self.atoms[start + 1..end] {
            empty.retain(&atom.empty);
        }
        empty.len()
    }

    fn push_plain(&self, start: usize, limit: usize, own: &mut Vec<Span>) {
        let mut in_front = 0;
        for end in start + 1..=self.atoms[start].run_end.min(limit) {
            let last = &self.atoms[end - 1];
            let cost = last.plain.map(|cost| cost + in_front);
            in_front += last.words;
            if end > start + self.reach && end < last.run_end {
                continue;
            }
            own.push(Span { end, form: SpanForm::Plain, silent: last.empty.len(), cost });
        }
    }

    /// Finds the intervals from `start` that are worth it in some surroundings, all later starts
    /// being done. Those are two: where somebody who is silent in the interval reaches it, and where
    /// exactly these do not.
    fn complete(&mut self, start: usize, own: Vec<Span>, candidates: &[SideBySide]) {
        let silent = self.silent_from(start);
        let beside = candidates.iter().map(|beside| {
            let silent = silent.get(beside.end - start - 1).copied().unwrap_or_default();
            let form = SpanForm::SideBySide;
            (Span { end: beside.end, form, silent, cost: beside.costs() }, Kept::No)
        });
        let mut opening =
            Opening { search: self, start, own, beside: beside.collect(), stays: Vec::new() };
        let mut from = 0;
        while from < silent.len() {
            let gone = silent[from];
            let to = from + silent[from..].iter().take_while(|&&count| count == gone).count();
            // What comes first under *stay* can as well stand in front of it unless exactly those
            // who leave are silent in it.
            let mut opens = opening.own.iter().chain(opening.beside.iter().map(|(span, _)| span));
            if opens.any(|span| span.silent == gone) {
                opening.pass(start + 1 + from..start + 1 + to, gone);
            }
            from = to;
        }
        let bracketed = opening.beside.iter().chain(&opening.stays);
        if let Some(last) = bracketed.map(|(span, _)| span.end).max() {
            opening.pass(last + 1..last + 1, 0);
        }
        let Opening { mut own, beside, stays, .. } = opening;
        let kept = beside.into_iter().chain(stays).filter(|(_, kept)| *kept == Kept::Yes);
        own.extend(kept.map(|(span, _)| span));
        self.spans[start - self.stretch.start] = own;
    }

    /// Returns how many read nothing from `start` to each later end, while anybody does.
    fn silent_from(&self, start: usize) -> Vec<usize> {
        let mut empty = self.atoms[start].empty.clone();
        let mut silent = Vec::new();
        for atom in &self.atoms[start..self.stretch.end.min(start + self.reach)] {
            empty.retain(&atom.empty);
            match empty.len() {
                0 => break,
                count => silent.push(count),
            }
        }
        silent
    }

    /// Reports whether a *stay* whose silent readers are `gone` in number, all of them silent at
    /// `at` too, may as well take in whatever is printed from there: it is plain, and nobody else is
    /// silent in it.
    fn takes_in(&self, at: usize, gone: usize) -> bool {
        at < self.stretch.end
            && self.atoms[at].empty.len() == gone
            && self.spans[at - self.stretch.start]
                .iter()
                .all(|span| span.form == SpanForm::Plain && span.silent == gone)
    }

    /// Reports whether something from `start` to `end` has not been issued: issued blocks alone are
    /// not arranged anew.
    fn has_new(&self, start: usize, end: usize) -> bool {
        self.free[end - self.stretch.start] > self.free[start - self.stretch.start]
    }

    /// Returns the best cut of `start` to `end` where `gone` readers, silent in all of it, do not
    /// reach it, and its cost.
    pub(super) fn cut(&self, start: usize, end: usize, gone: usize) -> (Vec<(usize, Span)>, u64) {
        let mut best: Vec<(u64, Option<(usize, Span)>)> = vec![(NEVER, None); end - start + 1];
        best[0].0 = 0;
        for at in start..end {
            let before = best[at - start].0;
            if before >= NEVER {
                continue;
            }
            for span in self.spans[at - self.stretch.start].iter().filter(|span| span.end <= end) {
                let cost = before + span.cost(gone);
                if cost < best[span.end - start].0 {
                    best[span.end - start] = (cost, Some((at, *span)));
                }
            }
        }
        let mut cut = Vec::new();
        let mut at = end;
        while let Some((from, span)) = best[at - start].1 {
            cut.push((from, span));
            at = from;
        }
        cut.reverse();
        (cut, best[end - start].0)
    }
}

/// The intervals from one start, while they are being found.
struct Opening<'s, 'a> {
    search: &'s Search<'a>,
    start: usize,
    own: Vec<Span>,
    beside: Vec<(Span, Kept)>,
    stays: Vec<(Span, Kept)>,
}

/// Whether an interval has been found to beat every cut of it.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    No,
    Yes,
}

impl Opening<'_, '_> {
    /// Finds the best cut from the start to each place before the end of `ends` where `gone` readers
    /// do not reach it; keeps what beats it. At the `ends` themselves exactly those readers are
    /// silent, so that a *stay* of theirs may end there.
    fn pass(&mut self, ends: Range<usize>, gone: usize) {
        let start = self.start;
        let mut best = vec![NEVER; ends.end - start];
        best[0] = 0;
        relax(&mut best, start, start, &self.own, gone);
        // Both lists are in order of end.
        let (mut beside, mut stays) = (self.beside.iter_mut().peekable(), 0);
        for at in start + 1..ends.end {
            let best_here = &mut best[at - start];
            while let Some((span, kept)) = beside.next_if(|(span, _)| span.end == at) {
                if span.cost(gone) < *best_here {
                    *best_here = span.cost(gone);
                    *kept = Kept::Yes;
                }
            }
            while let Some((stay, kept)) = self.stays.get_mut(stays).filter(|(s, _)| s.end == at) {
                stays += 1;
                if stay.cost(gone) < *best_here {
                    *best_here = stay.cost(gone);
                    *kept = if gone == 0 { Kept::Yes } else { *kept };
                }
            }
            let best_here = *best_here;
            if best_here >= NEVER {
                continue;
            }
            let goes_on = ends.contains(&(at + 1)) && self.search.takes_in(at, gone);
            if ends.contains(&at) && !goes_on && self.search.has_new(start, at) {
                let cost = [NEVER, 2 * ALTERNATIVE_COST + NESTING_COST + best_here];
                let stay = Span { end: at, form: SpanForm::Stay, silent: gone, cost };
                self.stays.push((stay, Kept::No));
            }
            if at < self.search.stretch.end {
                let spans = &self.search.spans[at - self.search.stretch.start];
                relax(&mut best, start, at, spans, gone);
            }
        }
    }
}

/// Improves what `best` says of the ends of `spans`, all of which begin at `at`.
fn relax(best: &mut [u64], start: usize, at: usize, spans: &[Span], gone: usize) {
    let before = best[at - start];
    for span in spans {
        if let Some(cost) = best.get_mut(span.end - start) {
            *cost = (*cost).min(before + span.cost(gone));
        }
    }
}
