//! What each base token and each insertion is, once: the normal form of a merge.
//!
//! A maximal run of base tokens with one D and no insertion inside is text where D is empty, else a
//! choice between its keepers and its deleters; a gap is a choice by distinct string, everybody
//! else reading nothing; a run fuses with the gap behind it where no keeper inserts there, so that
//! a replacement is one choice. Every base byte stands once, every distinct (gap, string) once, no
//! `by` is empty and no two alternatives of a choice are equal (DESIGN section 5, *Normal form*).
//!
//! **Invariant:** this module decides nothing; it does not know what reads well.

use std::ops::Range;
use std::sync::Arc;

use crate::merge::Merge;
use crate::node::{Alternative, Bits, Node, Readers, SideName, push_text};

impl Merge {
    /// Returns the normal form: the whole merge with no preference among its printings.
    pub fn nodes(&self) -> Vec<Node> {
        let kernel = Kernel::new(self);
        let mut nodes = Vec::new();
        for run in &kernel.runs {
            kernel.plain(run, &kernel.everybody, &mut nodes);
        }
        nodes
    }
}

/// The kernel as sweeps over the base need it: readers are numbers (0 the base, then sides by
/// name), runs and insertions stand in order of place.
pub(crate) struct Kernel<'a> {
    pub(crate) merge: &'a Merge,
    pub(crate) roster: Arc<[SideName]>,
    pub(crate) everybody: Bits,
    pub(crate) runs: Vec<Run<'a>>,
}

/// A maximal run of base tokens with one D and no insertion inside, and the gap behind it. The
/// first run of a kernel is the gap in front of everything, behind no token at all.
pub(crate) struct Run<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) deleters: Bits,
    /// The distinct strings of the gap behind, by least reader, each with who inserts it.
    pub(crate) inserted: Vec<(&'a str, Bits)>,
}

impl<'a> Kernel<'a> {
    pub(crate) fn new(merge: &'a Merge) -> Self {
        let roster: Arc<[SideName]> = merge.sides().cloned().collect();
        let len = roster.len() + 1;
        let mut turns = Vec::new();
        let mut insertions = Vec::new();
        for (reader, (_, change)) in (1..).zip(merge.changes()) {
            for range in change.deleted() {
                turns.push((range.start, reader));
                turns.push((range.end, reader));
            }
            insertions.extend(change.inserted().map(|(gap, text)| (gap, reader, text)));
        }
        turns.sort_unstable();
        insertions.sort_unstable();
        let mut kernel = Self { merge, roster, everybody: Bits::all(len), runs: Vec::new() };
        kernel.sweep(&turns, &insertions);
        kernel
    }

    /// Cuts the base wherever D turns or something is inserted.
    fn sweep(&mut self, turns: &[(usize, usize)], insertions: &[(usize, usize, &'a str)]) {
        let base_len = self.merge.base_len();
        let mut deleters = Bits::none(self.roster.len() + 1);
        let (mut turns, mut insertions) = (turns.iter().peekable(), insertions.iter().peekable());
        let mut passed = 0;
        loop {
            let gap = passed;
            let mut inserted: Vec<(&str, Bits)> = Vec::new();
            while let Some(&(_, reader, text)) = insertions.next_if(|(at, ..)| *at == gap) {
                let same = inserted.iter_mut().find(|(string, _)| *string == text);
                if let Some((_, by)) = same {
                    by.insert(reader);
                } else {
                    let mut by = Bits::none(self.roster.len() + 1);
                    by.insert(reader);
                    inserted.push((text, by));
                }
            }
            if let Some(run) = self.runs.last_mut() {
                run.inserted = inserted;
            } else {
                let deleters = Bits::none(self.roster.len() + 1);
                self.runs.push(Run { tokens: 0..0, deleters, inserted });
            }
            while let Some(&(_, reader)) = turns.next_if(|(at, _)| *at == passed) {
                deleters.toggle(reader);
            }
            if passed == base_len {
                return;
            }
            let next_turn = turns.peek().map_or(base_len, |turn| turn.0);
            let next = insertions.peek().map_or(base_len, |insertion| insertion.0).min(next_turn);
            let tokens = passed..next;
            self.runs.push(Run { tokens, deleters: deleters.clone(), inserted: Vec::new() });
            passed = next;
        }
    }

    /// Appends the normal form of `run` as `readers` reach it.
    pub(crate) fn plain(&self, run: &Run<'_>, readers: &Bits, nodes: &mut Vec<Node>) {
        let text = self.merge.base_text(run.tokens.clone());
        let deleters = run.deleters.and(readers);
        let fuses = !text.is_empty()
            && !run.inserted.is_empty()
            && run.inserted.iter().all(|(_, by)| by.minus(&deleters).is_empty());
        if fuses {
            let keepers = readers.minus(&deleters);
            let kept = std::iter::once((text, keepers));
            self.choose(kept.chain(run.inserted.iter().cloned()), readers, nodes);
        } else {
            if deleters.is_empty() {
                push_text(nodes, text);
            } else {
                self.choose(std::iter::once((text, readers.minus(&deleters))), readers, nodes);
            }
            self.choose(run.inserted.iter().cloned(), readers, nodes);
        }
    }

    /// Appends the choice between `readings`; whoever of `readers` has none of them reads nothing.
    pub(crate) fn choose<'b>(
        &self,
        readings: impl Iterator<Item = (&'b str, Bits)>,
        readers: &Bits,
        nodes: &mut Vec<Node>,
    ) {
        let mut silent = readers.clone();
        let mut alternatives = Vec::with_capacity(3);
        for (text, by) in readings {
            silent = silent.minus(&by);
            if !by.is_empty() {
                alternatives.push(self.alternative(by, vec![Node::Text(text.to_owned())]));
            }
        }
        if alternatives.is_empty() {
            return;
        }
        if !silent.is_empty() {
            alternatives.push(self.alternative(silent, Vec::new()));
        }
        push_choice(alternatives, nodes);
    }

    pub(crate) fn alternative(&self, by: Bits, nodes: Vec<Node>) -> Alternative {
        Alternative { by: Readers::new(Arc::clone(&self.roster), by), nodes }
    }
}

/// Appends a choice, its alternatives by least reader; one alternative is no choice, nor none.
pub(crate) fn push_choice(mut alternatives: Vec<Alternative>, nodes: &mut Vec<Node>) {
    if let [only] = &mut alternatives[..] {
        for node in std::mem::take(&mut only.nodes) {
            push_node(nodes, node);
        }
        return;
    }
    // No two have the same least reader.
    alternatives.sort_by_key(|alternative| alternative.by.least());
    if !alternatives.is_empty() {
        nodes.push(Node::Choice(alternatives));
    }
}

/// Appends `node`, joining text to text.
pub(crate) fn push_node(nodes: &mut Vec<Node>, node: Node) {
    match node {
        Node::Text(text) => push_text(nodes, &text),
        choice @ Node::Choice(_) => nodes.push(choice),
    }
}
