//! Which words two paragraphs share, in order.
//!
//! Paragraphs are first cut at words that stand once in each; what lies between is as a rule short, and gets
//! the best alignment there is (`align.rs`). What cannot be cut so, is long and differs much, counts
//! as wholly different. So the worst text costs time in proportion to its length.

use crate::align::{self, FOREIGN, Match, Symbol};
use crate::correspond::heaviest_chain;
use crate::lexed::Vocabulary;
use crate::token::TokenKind;

/// Up to this product of lengths nothing is cut, and the best alignment is computed whatever it takes.
const CELLS_MAX: usize = 1 << 12;

/// Beyond, where there is nothing to cut at, it is computed only where so few tokens differ.
const EDITS_MAX: usize = 512;

/// Aligns the tokens of paragraphs; keeps its tables from one to the next.
#[derive(Debug)]
pub(super) struct WordAligner<'v> {
    vocabulary: &'v Vocabulary<'v>,
    /// Of each class: how often the old and the new paragraph hold it, and its own number there.
    seen: Vec<Seen>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    old: u32,
    new: u32,
    local: u32,
    /// Where it stands last.
    at: (usize, usize),
}

impl<'v> WordAligner<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary<'_>) -> Self {
        Self { vocabulary, seen: vec![Seen::default(); vocabulary.len()] }
    }

    /// Returns what is matched, in order; white space included.
    pub(super) fn align(&mut self, old: &[u32], new: &[u32]) -> Vec<Match> {
        let mut matches = Vec::new();
        self.align_into(old, new, (0, 0), &mut matches);
        matches.retain(|found| found.len > 0);
        matches
    }

    fn align_into(
        &mut self,
        old: &[u32],
        new: &[u32],
        offset: (usize, usize),
        matches: &mut Vec<Match>,
    ) {
        let shift = |found: Match| Match {
            base: found.base + offset.0,
            side: found.side + offset.1,
            len: found.len,
        };
        if old == new {
            matches.push(shift(Match { base: 0, side: 0, len: old.len() }));
            return;
        }
        let is_small = old.len().saturating_mul(new.len()) <= CELLS_MAX;
        if !is_small && self.cut(old, new, offset, matches) {
            return;
        }
        let (base, side) = self.symbols(old, new);
        let found = if is_small {
            Some(align::align(&base, &side))
        } else {
            align::align_near(&base, &side, EDITS_MAX)
        };
        matches.extend(found.into_iter().flatten().map(shift));
    }

    /// Cuts both at words that stand once in each, and aligns what stands between; tells whether there
    /// was such a word.
    fn cut(
        &mut self,
        old: &[u32],
        new: &[u32],
        offset: (usize, usize),
        matches: &mut Vec<Match>,
    ) -> bool {
        self.count(old, new);
        let anchors: Vec<(usize, usize, u64)> = old
            .iter()
            .enumerate()
            .filter_map(|(at, &class)| {
                let seen = self.seen[class as usize];
                let is_once = seen.old == 1 && seen.new == 1 && self.vocabulary.is_word(class);
                is_once.then_some((at, seen.at.1, 1))
            })
            .collect();
        self.forget(old, new);
        let chain = heaviest_chain(&anchors);
        let mut from = (0, 0);
        let links = anchors.iter().zip(chain).filter(|(_, is_link)| *is_link);
        let links: Vec<(usize, usize)> = links.map(|(anchor, _)| (anchor.0, anchor.1)).collect();
        if links.is_empty() {
            return false;
        }
        for link in links.into_iter().chain([(old.len(), new.len())]) {
            let (olds, news) = (&old[from.0..link.0], &new[from.1..link.1]);
            self.align_into(olds, news, (offset.0 + from.0, offset.1 + from.1), matches);
            if link.0 < old.len() {
                let (base, side) = (offset.0 + link.0, offset.1 + link.1);
                matches.push(Match { base, side, len: 1 });
            }
            from = (link.0 + 1, link.1 + 1);
            if from.0 > old.len() || from.1 > new.len() {
                break;
            }
        }
        true
    }

    fn count(&mut self, old: &[u32], new: &[u32]) {
        for (at, &class) in old.iter().enumerate() {
            let seen = &mut self.seen[class as usize];
            seen.old += 1;
            seen.at.0 = at;
        }
        for (at, &class) in new.iter().enumerate() {
            let seen = &mut self.seen[class as usize];
            seen.new += 1;
            seen.at.1 = at;
        }
    }

    fn forget(&mut self, old: &[u32], new: &[u32]) {
        for &class in old.iter().chain(new) {
            self.seen[class as usize] = Seen::default();
        }
    }

    /// Numbers the tokens as the alignment wants them: classes of the old paragraph from zero.
    fn symbols(&mut self, old: &[u32], new: &[u32]) -> (Vec<Symbol>, Vec<Symbol>) {
        self.count(old, &[]);
        let mut next = 0;
        let mut local = Vec::with_capacity(old.len());
        for &class in old {
            let seen = &mut self.seen[class as usize];
            if seen.local == 0 {
                next += 1;
                seen.local = next;
            }
            local.push(self.symbol(class));
        }
        let side = new.iter().map(|&class| self.symbol(class)).collect();
        self.forget(old, &[]);
        (local, side)
    }

    fn symbol(&self, class: u32) -> Symbol {
        let seen = self.seen[class as usize];
        Symbol {
            class: seen.local.checked_sub(1).unwrap_or(FOREIGN),
            is_space: self.vocabulary.kind(class) == TokenKind::Space,
            is_unique: seen.old == 1,
        }
    }
}
