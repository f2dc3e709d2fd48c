//! The smallest pieces that an interval can begin or end with, and what each costs when plain.
//!
//! A piece is a base token with the gap behind it. Where all readers keep a run of tokens, it is
//! cut only in front of the one token on which an insertion hangs: words that all readings of an
//! interval begin or end with never make two of them alike or different, and cost least outside.
//!
//! Where more than [`CONTESTED_MAX`] tokens are contested, runs that somebody deletes are cut at
//! their ends only. Cutting them inside can help only where different edits happen to give equal
//! words; beyond that size the printed form is the best without such accidents.

use std::ops::Range;

use crate::node::{ALTERNATIVE_COST, Bits};
use crate::normal::{Kernel, Run};
use crate::token::words;

/// A piece of the base with what is inserted behind it. Its `Run` is what the normal form makes of
/// it; a piece without tokens is the gap in front of everything.
pub(super) struct Atom<'a> {
    pub(super) run: Run<'a>,
    /// Who reads nothing here.
    pub(super) empty: Bits,
    pub(super) words: u64,
    /// Cost of the plain form; see [`plain_cost`]. Together with atoms in front that belong to the
    /// same run it costs the words of these more.
    pub(super) plain: [u64; 2],
    /// Number of the atom behind the last one that belongs to the same run.
    pub(super) run_end: usize,
}

/// Beyond this number of contested tokens, not every token is a place to cut.
const CONTESTED_MAX: usize = 1000;

/// Cuts the runs of `kernel` into atoms, further wherever `cuts` (place numbers) says.
///
/// Place 0 is the gap in front of everything, place p is token p - 1 with the gap behind it.
pub(super) fn atoms<'a>(kernel: &Kernel<'a>, cuts: &[usize]) -> Vec<Atom<'a>> {
    let contested: usize =
        kernel.runs.iter().filter(|run| !run.deleters.is_empty()).map(|run| run.tokens.len()).sum();
    let mut atoms: Vec<Atom<'a>> = Vec::with_capacity(kernel.runs.len() * 2);
    for run in &kernel.runs {
        if run.tokens.is_empty() {
            if !run.inserted.is_empty() {
                atoms.push(atom(kernel, run.tokens.clone(), run));
                atoms[0].run_end = 1;
            }
            continue;
        }
        let everywhere = !run.deleters.is_empty() && contested <= CONTESTED_MAX;
        let mut start = run.tokens.start;
        let inside = cuts.iter().map(|&cut| cut.saturating_sub(1));
        for end in inside.filter(|cut| run.tokens.contains(cut)).chain([run.tokens.end]) {
            if start < end {
                push_run(kernel, start..end, (run, everywhere), &mut atoms);
                start = end;
            }
        }
    }
    atoms
}

/// Cuts the part `tokens` of `run`: everywhere, or in front of the token that insertions hang on.
fn push_run<'a>(
    kernel: &Kernel<'a>,
    tokens: Range<usize>,
    (run, everywhere): (&Run<'a>, bool),
    atoms: &mut Vec<Atom<'a>>,
) {
    let hangs = tokens.end == run.tokens.end && !run.inserted.is_empty();
    let first = atoms.len();
    let mut start = tokens.start;
    let last = if hangs { tokens.end - 1 } else { tokens.end };
    let cuts = if everywhere { start + 1..tokens.end } else { last..tokens.end };
    for end in cuts.chain([tokens.end]).filter(|&end| end > tokens.start) {
        atoms.push(atom(kernel, start..end, run));
        start = end;
    }
    let run_end = atoms.len();
    for atom in &mut atoms[first..] {
        atom.run_end = run_end;
    }
}

/// Returns the part `tokens` of `run`, with its insertions where it ends with the run.
fn atom<'a>(kernel: &Kernel<'a>, tokens: Range<usize>, run: &Run<'a>) -> Atom<'a> {
    let ends = tokens.end == run.tokens.end;
    let inserted = if ends { run.inserted.clone() } else { Vec::new() };
    let mut empty = if tokens.is_empty() { kernel.everybody.clone() } else { run.deleters.clone() };
    for (_, by) in &inserted {
        empty = empty.minus(by);
    }
    let words = words(kernel.merge.base_text(tokens.clone()));
    let run = Run { tokens, deleters: run.deleters.clone(), inserted };
    let plain = [plain_cost(&run, words, None), plain_cost(&run, words, empty.first())];
    Atom { run, empty, words, plain, run_end: 0 }
}

/// Returns what the normal form of `run` costs: second, where all readers reach it; first, where
/// those who read nothing in it do not. `silent` is one of the latter who does reach it.
fn plain_cost(run: &Run<'_>, run_words: u64, silent: Option<usize>) -> u64 {
    let strings = run.inserted.len() as u64;
    let inserted: u64 = run.inserted.iter().map(|(text, _)| words(text)).sum();
    let silent = u64::from(silent.is_some());
    if run.tokens.is_empty() {
        let alternatives = strings + silent;
        return inserted + if alternatives > 1 { ALTERNATIVE_COST * alternatives } else { 0 };
    }
    let replaces = |by: &Bits| !by.and(&run.deleters).is_empty();
    let adds = |by: &Bits| !by.minus(&run.deleters).is_empty();
    let is_fused = strings > 0 && !run.inserted.iter().any(|(_, by)| adds(by));
    let alternatives = if is_fused {
        1 + strings + silent
    } else {
        let contested = silent > 0 || run.inserted.iter().any(|(_, by)| replaces(by));
        (if contested { 2 } else { 0 }) + if strings > 0 { strings + 1 } else { 0 }
    };
    run_words + inserted + ALTERNATIVE_COST * alternatives
}
