//! Counts what is open in a bracketed draft, whole and by chapter.
//!
//! The counts are of the text as printed. A text without brackets is *clean*; nothing here says
//! that it is agreed.

use std::collections::BTreeSet;

use super::{BlockKind, BracketedDraft};
use crate::token;

/// What is open in a draft or a chapter of it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct BracketCounts {
    /// Opening brackets.
    pub brackets_open: usize,
    /// Closing brackets.
    pub brackets_close: usize,
    /// The deepest nesting; 0 without brackets.
    pub depth_max: usize,
    /// Places where two or more brackets stand side by side as alternatives.
    pub alternatives: usize,
    /// Option heads.
    pub options: usize,
    /// Options to say nothing.
    pub no_text: usize,
    /// Words in all.
    pub words: u64,
    /// Words inside brackets, at any depth, each counted once.
    pub words_inside: u64,
    /// The lines of brackets without a partner, counted from one; a line may recur.
    pub unbalanced: Vec<usize>,
}

/// A chapter of a draft: what stands under one heading.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Chapter {
    /// The heading as printed, without its marks; empty before the first heading.
    pub heading: String,
    /// The heading's level; 0 before the first heading.
    pub level: usize,
    /// The line of the heading, counted from one.
    pub line: usize,
    /// What is open under it.
    pub counts: BracketCounts,
}

impl BracketedDraft<'_> {
    /// Counts what is open in the whole draft.
    pub fn counts(&self) -> BracketCounts {
        let inside = self.covered();
        self.counts_between(0, self.source().len(), &inside)
    }

    /// Counts what is open under each heading, in order; deeper headings count for themselves.
    pub fn chapters(&self) -> Vec<Chapter> {
        let inside = self.covered();
        let mut heads = vec![(String::new(), 0, 1, 0)];
        heads.extend(self.blocks().iter().filter_map(|block| {
            let BlockKind::Heading(level) = block.kind else { return None };
            let heading = self.source()[block.bytes.clone()].trim_start_matches(['#', ' ']);
            Some((heading.trim_end().to_owned(), level, block.line, block.bytes.start))
        }));
        let ends: Vec<usize> =
            heads[1..].iter().map(|head| head.3).chain([self.source().len()]).collect();
        let chapters = heads.into_iter().zip(ends).map(|((heading, level, line, from), to)| {
            let counts = self.counts_between(from, to, &inside);
            Chapter { heading, level, line, counts }
        });
        chapters.filter(|chapter| chapter.level > 0 || chapter.counts.words > 0).collect()
    }

    fn counts_between(&self, from: usize, to: usize, inside: &[(usize, usize)]) -> BracketCounts {
        let within = |at: Option<usize>| at.is_some_and(|at| (from..to).contains(&at));
        let blocks = self.blocks().iter().filter(|block| within(Some(block.bytes.start)));
        let mut counts = BracketCounts::default();
        for block in blocks {
            counts.options += usize::from(matches!(block.kind, BlockKind::Option(_)));
            counts.no_text += usize::from(block.kind == BlockKind::NoText);
        }
        for bracket in self.brackets() {
            counts.brackets_open += usize::from(within(bracket.open));
            counts.brackets_close += usize::from(within(bracket.close));
        }
        let follows: BTreeSet<usize> =
            self.brackets().iter().filter_map(|bracket| bracket.alternative).collect();
        for (index, bracket) in self.brackets().iter().enumerate() {
            if within(Some(bracket.first_byte())) {
                counts.depth_max = counts.depth_max.max(bracket.depth);
                let leads = bracket.alternative.is_some() && !follows.contains(&index);
                counts.alternatives += usize::from(leads);
            }
        }
        counts.words = token::words(&self.source()[from..to]);
        counts.words_inside = inside
            .iter()
            .map(|&(start, end)| (start.max(from), end.min(to)))
            .filter(|(start, end)| start < end)
            .map(|(start, end)| token::words(&self.source()[start..end]))
            .sum();
        let faults = self.diagnostics().iter().filter(|fault| within(Some(fault.at)));
        counts.unbalanced = faults.map(|fault| fault.line).collect();
        counts
    }

    /// Returns the stretches inside outermost brackets, disjoint and in order.
    fn covered(&self) -> Vec<(usize, usize)> {
        let mut covered: Vec<(usize, usize)> = Vec::new();
        for bracket in self.brackets().iter().filter(|bracket| bracket.open.is_some()) {
            let inside = self.inside(bracket);
            match covered.last_mut() {
                Some(last) if inside.start <= last.1 => last.1 = last.1.max(inside.end),
                _ => covered.push((inside.start, inside.end)),
            }
        }
        covered
    }
}
