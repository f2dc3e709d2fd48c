//! The base text, cut once, and how the text of a side becomes what it changes in it.
//!
//! A side mostly repeats its base. What it repeats is recognized by its bytes, stretch by stretch (a
//! stretch reaches from one white space to the next), and neither cut nor looked up again. That is
//! exact, since how a stretch is cut into tokens depends on the stretch alone.

use std::ops::Range;

use super::SideChange;
use super::lexicon::Lexicon;
use crate::align::{FOREIGN, Match, Symbol, align};
use crate::token::{TokenKind, tokens};

/// A base text with its tokens.
pub(super) struct Base {
    pub(super) text: String,
    /// Where each token begins; last, where the text ends.
    starts: Vec<usize>,
    symbols: Vec<Symbol>,
    /// For each token the place of the next one that equals it, or the number of tokens.
    next_same: Vec<usize>,
    lexicon: Lexicon,
}

impl Base {
    pub(super) fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut spaces = Vec::new();
        for token in tokens(text) {
            spaces.push(TokenKind::of(token) == TokenKind::Space);
            starts.push(starts[starts.len() - 1] + token.len());
        }
        let (lexicon, classes) = Lexicon::new(text, &starts);
        let mut next_same = vec![classes.len(); classes.len()];
        let mut last = vec![classes.len(); classes.len()];
        for (at, &class) in classes.iter().enumerate().rev() {
            next_same[at] = std::mem::replace(&mut last[class as usize], at);
        }
        let len = classes.len();
        let symbols = classes
            .into_iter()
            .zip(spaces)
            .map(|(class, is_space)| {
                let is_unique = next_same[class as usize] == len;
                Symbol { class, is_space, is_unique }
            })
            .collect();
        Self { text: text.to_owned(), starts, symbols, next_same, lexicon }
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Returns the text of a range of tokens.
    pub(super) fn tokens(&self, range: Range<usize>) -> &str {
        &self.text[self.starts[range.start]..self.starts[range.end]]
    }

    /// Returns where a range of tokens stands in the text, in bytes.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.starts[range.start]..self.starts[range.end]
    }

    /// Returns the tokens that are `words`, if these stand exactly once in the text.
    pub(super) fn find_once(&self, words: &str) -> Option<Range<usize>> {
        let words = words.trim();
        let mut found = self.text.match_indices(words).filter_map(|(at, _)| {
            let from = self.starts.binary_search(&at).ok()?;
            let to = self.starts.binary_search(&(at + words.len())).ok()?;
            (from < to).then_some(from..to)
        });
        found.next().filter(|_| found.next().is_none())
    }

    /// Aligns `text` with the base and says what it changes.
    pub(super) fn change(&self, text: &str) -> SideChange {
        let cut = Cut::new(self, text);
        let mut change = SideChange::default();
        let (mut passed, mut side_passed) = (0, 0);
        for Match { base, side, len } in align(&self.symbols, &cut.symbols) {
            if passed < base {
                change.deleted.push(passed..base);
            }
            if side_passed < side {
                let inserted = &text[cut.starts[side_passed]..cut.starts[side]];
                change.inserted.push((base, inserted.to_owned()));
            }
            (passed, side_passed) = (base + len, side + len);
        }
        change
    }

    /// Returns the text that `change` makes of the base.
    pub(super) fn apply(&self, change: &SideChange) -> String {
        let mut text = String::with_capacity(self.text.len() + 64);
        let mut passed = 0;
        let mut deleted = change.deleted.iter().peekable();
        let mut inserted = change.inserted.iter().peekable();
        loop {
            let next_deletion = deleted.peek().map_or(usize::MAX, |range| range.start);
            let next_insertion = inserted.peek().map_or(usize::MAX, |(gap, _)| *gap);
            let next = next_deletion.min(next_insertion).min(self.symbols.len());
            text.push_str(self.tokens(passed..next));
            passed = next;
            if let Some((_, string)) = inserted.next_if(|(gap, _)| *gap == passed) {
                text.push_str(string);
            } else if let Some(range) = deleted.next_if(|range| range.start == passed) {
                passed = range.end;
            } else {
                return text;
            }
        }
    }
}

/// The text of a side, cut into tokens and these looked up in the base.
struct Cut<'a> {
    base: &'a Base,
    text: &'a str,
    starts: Vec<usize>,
    symbols: Vec<Symbol>,
    /// The end of what has been cut.
    end: usize,
}

impl<'a> Cut<'a> {
    fn new(base: &'a Base, text: &'a str) -> Self {
        let room = base.len() + 64;
        let (starts, symbols) = (Vec::with_capacity(room + 1), Vec::with_capacity(room));
        let mut cut = Self { base, text, starts, symbols, end: 0 };
        // The base token at which the side may read on, and another that it may have skipped to.
        let (mut here, mut ahead) = (0, 0);
        while cut.end < text.len() {
            if let Some(after) = cut.repeat(ahead).or_else(|| cut.repeat(here)) {
                (here, ahead) = (after, after);
            }
            if let Some(behind) = cut.look_up(here) {
                ahead = behind;
            }
        }
        cut.starts.push(cut.end);
        cut
    }

    /// Takes whole stretches as long as they are those of the base from token `from` on; returns the
    /// base token behind the white space that follows.
    fn repeat(&mut self, from: usize) -> Option<usize> {
        let base = self.base;
        let begins = from == 0 || base.symbols.get(from - 1).is_some_and(|before| before.is_space);
        if !begins || from >= base.len() {
            return None;
        }
        let own = &self.text.as_bytes()[self.end..];
        let theirs = &base.text.as_bytes()[base.starts[from]..];
        let same = same_len(own, theirs);
        if same < base.starts[from + 1] - base.starts[from] {
            return None;
        }
        let both_end = same == own.len() && same == theirs.len();
        let to = if both_end {
            base.len()
        } else {
            // Back to the last white space that lies within what is the same: where a stretch ends.
            let reached = base.starts.partition_point(|&start| start <= base.starts[from] + same);
            (from..reached - 1).rev().find(|&token| base.symbols[token].is_space)?
        };
        let shift = self.end;
        let starts = base.starts[from..to].iter().map(|start| start - base.starts[from] + shift);
        self.starts.extend(starts);
        self.symbols.extend_from_slice(&base.symbols[from..to]);
        self.end += base.starts[to] - base.starts[from];
        (from < to).then_some(to + 1)
    }

    /// Cuts one stretch and the white space behind it; returns the base token behind the first one,
    /// not before `here`, that equals the stretch's last token and its white space.
    fn look_up(&mut self, here: usize) -> Option<usize> {
        let mut behind = None;
        for token in tokens(&self.text[self.end..]) {
            let is_space = TokenKind::of(token) == TokenKind::Space;
            let found = self.base.lexicon.find(token, &self.base.text, &self.base.starts);
            self.symbols.push(Symbol {
                class: found.unwrap_or(FOREIGN),
                is_space,
                is_unique: false,
            });
            self.starts.push(self.end);
            self.end += token.len();
            if is_space {
                return behind.map(|at| at + 1);
            }
            behind = found.map(|class| {
                let mut at = class as usize;
                while at < here {
                    at = self.base.next_same[at];
                }
                at + 1
            });
        }
        None
    }
}

/// Counts the bytes that two texts have in common at their beginnings.
fn same_len(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.chunks_exact(16).zip(b.chunks_exact(16)).take_while(|(a, b)| a == b).count();
    let rest = a[chunks * 16..].iter().zip(&b[chunks * 16..]);
    chunks * 16 + rest.take_while(|(a, b)| a == b).count()
}
