//! The smallest pieces that an interval can begin or end with, and what each costs when plain.
//!
//! A piece is part of a run of the normal form. Cutting a run where all its readers keep or leave it
//! costs no less than cutting it at one of its ends: the words on either side of the cut are printed
//! once for each reading of their interval. Two things make an exception. An insertion hangs on the
//! last token of a run; in front of that token there is a cut. And some reader who leaves the run
//! may happen to read, right before or behind it, words that the run itself begins or ends with; cut
//! there, readings can coincide that otherwise do not. Where that is possible there is a cut.

use std::ops::Range;

use crate::merge::{Merge, SideChange};
use crate::node::{ALTERNATIVE_COST, Bits};
use crate::normal::{Kernel, Run};
use crate::token::{tokens, words};

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

/// Cuts the runs of `kernel` into atoms, further wherever `cuts` (place numbers) says.
///
/// Place 0 is the gap in front of everything, place p is token p - 1 with the gap behind it.
pub(super) fn atoms<'a>(kernel: &Kernel<'a>, cuts: &[usize]) -> Vec<Atom<'a>> {
    let mut atoms: Vec<Atom<'a>> = Vec::with_capacity(kernel.runs.len() * 2);
    let changes: Vec<&SideChange> = kernel.merge.changes().map(|(_, change)| change).collect();
    for run in &kernel.runs {
        if run.tokens.is_empty() {
            if !run.inserted.is_empty() {
                atoms.push(atom(kernel, run.tokens.clone(), run));
                atoms[0].run_end = 1;
            }
            continue;
        }
        let mut start = run.tokens.start;
        let inside = cuts.iter().map(|&cut| cut.saturating_sub(1));
        for end in inside.filter(|cut| run.tokens.contains(cut)).chain([run.tokens.end]) {
            if start < end {
                push_run(kernel, start..end, (run, &changes), &mut atoms);
                start = end;
            }
        }
    }
    atoms
}

/// Cuts the part `tokens` of `run` where it may help.
fn push_run<'a>(
    kernel: &Kernel<'a>,
    tokens: Range<usize>,
    (run, changes): (&Run<'a>, &[&SideChange]),
    atoms: &mut Vec<Atom<'a>>,
) {
    let hangs = tokens.end == run.tokens.end && !run.inserted.is_empty();
    let first = atoms.len();
    let mut start = tokens.start;
    let around: Vec<Around<'_>> = if tokens.len() == 1 {
        Vec::new()
    } else {
        let around = |side| Around::new(kernel.merge, changes[side - 1], tokens.start);
        run.deleters.iter().map(around).collect()
    };
    for cut in tokens.start + 1..tokens.end {
        let meets = |around: &Around<'_>| around.meets(kernel.merge, &tokens, cut);
        if (hangs && cut + 1 == tokens.end) || around.iter().any(meets) {
            atoms.push(atom(kernel, start..cut, run));
            start = cut;
        }
    }
    atoms.push(atom(kernel, start..tokens.end, run));
    let run_end = atoms.len();
    for atom in &mut atoms[first..] {
        atom.run_end = run_end;
    }
}

/// The tokens that a side reads right before and behind a stretch it deletes: two of each, nearest
/// first. None may be any token; an empty one is an end of the text.
struct Around<'a> {
    before: [Option<&'a str>; 2],
    behind: [Option<&'a str>; 2],
}

impl<'a> Around<'a> {
    /// Looks around the stretch with `token` in it.
    fn new(merge: &'a Merge, change: &'a SideChange, token: usize) -> Self {
        let at = change.deleted().partition_point(|range| range.end <= token);
        let Some(range) = change.deleted().get(at) else {
            return Self { before: [None; 2], behind: [None; 2] };
        };
        let kept = |token: usize| match merge.base_len() {
            len if token >= len => Some(""),
            _ if change.deletes(token) => None,
            _ => Some(merge.base_text(token..token + 1)),
        };
        let before = |token: usize| token.checked_sub(1).map_or(Some(""), kept);
        let second = match change.insertion(range.start.saturating_sub(1)) {
            Some(inserted) => tokens(inserted).last(),
            None => range.start.checked_sub(1).map_or(Some(""), before),
        };
        let mut inserted = change.insertion(range.end).map(tokens).into_iter().flatten();
        let behind = match (inserted.next(), inserted.next()) {
            (Some(first), second) => [Some(first), second.or_else(|| kept(range.end))],
            (None, _) if change.insertion(range.end + 1).is_some() => [kept(range.end), None],
            (None, _) => [kept(range.end), kept(range.end + 1)],
        };
        Self { before: [before(range.start), second], behind }
    }

    /// Reports whether what this side reads before `run` may end with what the run reads up to
    /// `cut`, or what it reads behind may begin with what the run reads from there.
    fn meets(&self, merge: &Merge, run: &Range<usize>, cut: usize) -> bool {
        let fits = |read: Option<&str>, token: usize| {
            read.is_none_or(|read| read == merge.base_text(token..token + 1))
        };
        let before = fits(self.before[0], cut - 1)
            && (cut - 1 == run.start || fits(self.before[1], cut - 2));
        let behind =
            fits(self.behind[0], cut) && (cut + 1 == run.end || fits(self.behind[1], cut + 1));
        before || behind
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
    let run_words = words(kernel.merge.base_text(tokens.clone()));
    let inserted_words: u64 = inserted.iter().map(|(text, _)| words(text)).sum();
    let run = Run { tokens, deleters: run.deleters.clone(), inserted };
    let plain = [0, u64::from(!empty.is_empty())]
        .map(|silent| run_words + inserted_words + plain_cost(&run, silent));
    Atom { run, empty, words: run_words, plain, run_end: 0 }
}

/// Returns what the normal form of `run` costs, words apart, where those who read nothing in it do
/// not reach it (`silent` is 0), or do (1).
fn plain_cost(run: &Run<'_>, silent: u64) -> u64 {
    let strings = run.inserted.len() as u64;
    if run.tokens.is_empty() {
        let alternatives = strings + silent;
        return if alternatives > 1 { ALTERNATIVE_COST * alternatives } else { 0 };
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
    ALTERNATIVE_COST * alternatives
}
