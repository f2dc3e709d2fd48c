//! Which tokens of a base a side keeps: the one best alignment of two token sequences.
//!
//! A matching is a list of pairs of equal tokens that never cross. The best one has the greatest
//! number of matched tokens other than white space; among these, the fewest runs of change (maximal
//! stretches of unmatched tokens, deleted and inserted together); among these, the
//! lexicographically least list of pairs. White space weighs nothing and follows the words: it is
//! matched with equal white space directly behind a matched pair or the start of both texts, else
//! directly before a matched pair or the end of both texts. (DESIGN section 5, *Alignment*.)
//!
//! **Invariant:** the result depends on the two sequences alone. This module does not know of other
//! sides, nor of text: it sees classes of equal tokens.
//!
//! Time is proportional to the length plus the square of the number of edits while these are few;
//! beyond [`EDITS_MAX`] a dynamic program over the tokens that occur in both takes their product,
//! with memory for `2 √n` of its `n` rows, so a wholly different side of 100 kB costs seconds and a
//! few dozen megabytes, never gigabytes.

mod few;
mod many;
mod walk;

use self::walk::Pair;

/// The class of a token that the base does not hold; such tokens equal nothing.
pub(crate) const FOREIGN: u32 = u32::MAX;

/// Beyond this number of inserted and deleted tokens, rows are computed in full.
const EDITS_MAX: usize = 1024;

/// A token as the alignment sees it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Symbol {
    /// Equal for equal tokens; [`FOREIGN`] equals nothing, itself included.
    pub(crate) class: u32,
    /// Reports whether this is white space, which weighs nothing.
    pub(crate) is_space: bool,
}

/// Which tokens of a base and a side are matched: all of the first `front` and of the last `back`
/// with each other, and in between the `pairs` (base, side), in order, white space included.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Alignment {
    pub(crate) front: usize,
    pub(crate) back: usize,
    pub(crate) pairs: Vec<Pair>,
}

/// Returns the best alignment.
pub(crate) fn align(base: &[Symbol], side: &[Symbol]) -> Alignment {
    align_within(base, side, EDITS_MAX)
}

fn align_within(base: &[Symbol], side: &[Symbol], edits_max: usize) -> Alignment {
    let trim = Trim::new(base, side);
    let base = &base[trim.front..base.len() - trim.back];
    let side = &side[trim.front..side.len() - trim.back];
    let mut pairs = Vec::new();
    if !(base.is_empty() || side.is_empty()) {
        let (base_line, side_line) = trim.lines(base, side);
        let words = few::pairs(&base_line, &side_line, edits_max)
            .unwrap_or_else(|| many::pairs(&base_line, &side_line));
        pairs.reserve(words.len() * 2 + 1);
        let words =
            words.iter().map(|&(i, j)| (base_line.at[i as usize], side_line.at[j as usize]));
        with_space(base, side, words, &mut pairs);
        let (front, _) = pair(trim.front, 0);
        for (i, j) in &mut pairs {
            (*i, *j) = (*i + front, *j + front);
        }
    }
    Alignment { front: trim.front, back: trim.back, pairs }
}

/// How many tokens at the beginning and at the end are matched in the best alignment for certain.
///
/// All that the texts begin with in common is: matching it takes nothing from what can be matched,
/// breaks no run, and comes first in order. Of what they end with, all from some word on that
/// neither text holds elsewhere: an alignment without that pair could match no more of what
/// stands behind it than there is, and gains by matching all of it.
struct Trim {
    front: usize,
    back: usize,
    /// How often each class stands in the rest of the side, up to 2.
    in_side: Vec<u8>,
}

impl Trim {
    fn new(base: &[Symbol], side: &[Symbol]) -> Self {
        let equal = |(b, s): &(&Symbol, &Symbol)| b.class == s.class && b.class != FOREIGN;
        let front = base.iter().zip(side).take_while(equal).count();
        let (base, side) = (&base[front..], &side[front..]);
        let same = base.iter().rev().zip(side.iter().rev()).take_while(equal).count();
        let classes = base.iter().map(|symbol| symbol.class as usize + 1).max().unwrap_or(0);
        let count = |text: &[Symbol]| {
            let mut counts = vec![0_u8; classes];
            for symbol in text {
                if let Some(count) = counts.get_mut(symbol.class as usize) {
                    *count = 2.min(*count + 1);
                }
            }
            counts
        };
        let (in_base, in_side) = (count(base), count(side));
        let back = base[base.len() - same..].iter().position(|symbol| {
            let class = symbol.class as usize;
            !symbol.is_space && in_base[class] == 1 && in_side[class] == 1
        });
        Self { front, back: back.map_or(0, |from| same - from), in_side }
    }

    /// Returns the tokens of both rests that can be matched.
    fn lines(&self, base: &[Symbol], side: &[Symbol]) -> (Line, Line) {
        // What stands in the back, too, is unmatched here; it then stands in both lines or in none.
        let in_side = |class: u32| self.in_side[class as usize] > 0;
        let in_base = |class: u32| class != FOREIGN && (class as usize) < self.in_side.len();
        (line(base, BASE_BARRIER, in_side), line(side, SIDE_BARRIER, in_base))
    }
}

/// The tokens of one text that can be matched at all, and what stands between them.
///
/// A step from one matched pair to the next is *clean*, not a run of change, exactly where the
/// tokens are neighbours in both lines and their `before` are equal.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Classes of the tokens other than white space that both texts hold.
    class: Vec<u32>,
    /// Their places in the text.
    at: Vec<u32>,
    /// What stands before each of them and, last, before the end: 0 for nothing, the class + 1 of
    /// white space, or a mark that something unmatchable stands there, which equals nothing.
    before: Vec<u32>,
}

/// Something stands there that the other text does not hold; the two marks are never equal.
const BASE_BARRIER: u32 = u32::MAX;
const SIDE_BARRIER: u32 = u32::MAX - 1;

fn line(text: &[Symbol], barrier: u32, matchable: impl Fn(u32) -> bool) -> Line {
    let mut line = Line {
        class: Vec::with_capacity(text.len()),
        at: Vec::with_capacity(text.len()),
        before: Vec::with_capacity(text.len() + 1),
    };
    let mut before = 0;
    for (at, symbol) in (0..).zip(text) {
        if symbol.is_space {
            let space = if symbol.class == FOREIGN { barrier } else { symbol.class + 1 };
            before = if before == 0 { space } else { barrier };
        } else if matchable(symbol.class) {
            line.class.push(symbol.class);
            line.at.push(at);
            line.before.push(before);
            before = 0;
        } else {
            before = barrier;
        }
    }
    line.before.push(before);
    line
}

/// Adds the white space that follows from the matched words.
fn with_space(
    base: &[Symbol],
    side: &[Symbol],
    words: impl Iterator<Item = Pair>,
    pairs: &mut Vec<Pair>,
) {
    let equal = |i: usize, j: usize| match (base.get(i), side.get(j)) {
        (Some(b), Some(s)) => b.is_space && s.is_space && b.class == s.class && b.class != FOREIGN,
        _ => false,
    };
    // The first tokens not yet passed on either line: behind the start, then behind each pair.
    let (mut behind_base, mut behind_side) = (0, 0);
    let mut stretch = |upto: (usize, usize), pairs: &mut Vec<Pair>| {
        let mut passed = (behind_base, behind_side);
        if behind_base < upto.0 && behind_side < upto.1 && equal(behind_base, behind_side) {
            pairs.push(pair(behind_base, behind_side));
            passed = (behind_base + 1, behind_side + 1);
        }
        if passed.0 < upto.0 && passed.1 < upto.1 && equal(upto.0 - 1, upto.1 - 1) {
            pairs.push(pair(upto.0 - 1, upto.1 - 1));
        }
        (behind_base, behind_side) = (upto.0 + 1, upto.1 + 1);
    };
    for (i, j) in words {
        stretch((i as usize, j as usize), pairs);
        pairs.push((i, j));
    }
    stretch((base.len(), side.len()), pairs);
}

fn pair(i: usize, j: usize) -> Pair {
    let narrow = |at| u32::try_from(at).expect("a text has fewer than 2^32 tokens");
    (narrow(i), narrow(j))
}

#[cfg(test)]
mod tests;
