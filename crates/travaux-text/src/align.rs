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
    /// Reports, of a base token, whether the base holds no other that equals it.
    pub(crate) is_unique: bool,
}

/// A run of tokens of the base that are matched, one by one, with a run of the side's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Match {
    /// Place of the first one in the base.
    pub(crate) base: usize,
    /// Its place in the side.
    pub(crate) side: usize,
    pub(crate) len: usize,
}

/// Returns the best alignment: what is matched, in order, white space included.
pub(crate) fn align(base: &[Symbol], side: &[Symbol]) -> Vec<Match> {
    align_within(base, side, EDITS_MAX)
}

/// Returns the same alignment, if at most `edits_max` tokens are inserted and deleted.
pub(crate) fn align_near(base: &[Symbol], side: &[Symbol], edits_max: usize) -> Option<Vec<Match>> {
    align_with(base, side, |base, side| few::pairs(base, side, edits_max))
}

fn align_within(base: &[Symbol], side: &[Symbol], edits_max: usize) -> Vec<Match> {
    let pairs = |base: &Line, side: &Line| {
        Some(few::pairs(base, side, edits_max).unwrap_or_else(|| many::pairs(base, side)))
    };
    align_with(base, side, pairs).expect("the quadratic program always ends")
}

fn align_with(
    base: &[Symbol],
    side: &[Symbol],
    pairs: impl Fn(&Line, &Line) -> Option<Vec<Pair>>,
) -> Option<Vec<Match>> {
    let trim = Trim::new(base, side);
    let mut matches = vec![Match { base: 0, side: 0, len: trim.front }];
    let ends = (base.len() - trim.back, side.len() - trim.back);
    if trim.front < ends.0 && trim.front < ends.1 {
        let rests = (&base[trim.front..ends.0], &side[trim.front..ends.1]);
        let lines = trim.lines(rests.0, rests.1);
        let words = pairs(&lines.0, &lines.1)?;
        let from = matches.len();
        with_space(rests, (&lines.0, &lines.1), &words, &mut matches);
        for found in &mut matches[from..] {
            found.base += trim.front;
            found.side += trim.front;
        }
    }
    matches.push(Match { base: ends.0, side: ends.1, len: trim.back });
    Some(matches)
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
        let mut in_side = vec![0_u8; classes];
        for symbol in side {
            if let Some(count) = in_side.get_mut(symbol.class as usize) {
                *count = 2.min(*count + 1);
            }
        }
        let back = base[base.len() - same..].iter().position(|symbol| {
            !symbol.is_space && symbol.is_unique && in_side[symbol.class as usize] == 1
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

/// Gathers the matched words of two texts into runs, with the white space that follows from them.
fn with_space(
    (base, side): (&[Symbol], &[Symbol]),
    (base_line, side_line): (&Line, &Line),
    words: &[Pair],
    matches: &mut Vec<Match>,
) {
    let equal =
        |i: usize, j: usize| base[i].is_space && side[j].is_space && base[i].class == side[j].class;
    // Ends one run and begins another with the words at `next`: white space directly behind the
    // one, else directly in front of the other.
    let mut turn = |run: &mut Match, next: (usize, usize), len: usize| {
        let within = |run: &Match| run.base + run.len < next.0 && run.side + run.len < next.1;
        if within(run) && equal(run.base + run.len, run.side + run.len) {
            run.len += 1;
        }
        let before = usize::from(within(run) && equal(next.0 - 1, next.1 - 1));
        if run.len > 0 {
            matches.push(*run);
        }
        *run = Match { base: next.0 - before, side: next.1 - before, len: len + before };
    };
    let mut run = Match { base: 0, side: 0, len: 0 };
    let mut follows = None;
    for &(i, j) in words {
        let (line_i, line_j) = (i as usize, j as usize);
        let at = (base_line.at[line_i] as usize, side_line.at[line_j] as usize);
        if follows == Some((i, j)) && base_line.before[line_i] == side_line.before[line_j] {
            run.len = at.0 + 1 - run.base;
        } else {
            turn(&mut run, at, 1);
        }
        follows = Some((i + 1, j + 1));
    }
    turn(&mut run, (base.len(), side.len()), 0);
    if run.len > 0 {
        matches.push(run);
    }
}

fn pair(i: usize, j: usize) -> Pair {
    let narrow = |at| u32::try_from(at).expect("a text has fewer than 2^32 tokens");
    (narrow(i), narrow(j))
}

#[cfg(test)]
mod tests;
