//! How the best of all equally good alignments is picked: step by step from the start.
//!
//! A state of the walk is a place (i tokens of the base and j of the side passed) and whether the
//! last step matched. Values say how much is still to be won from there on; this module does not
//! know what they count.

/// A matched pair: place in the base, place in the side.
pub(super) type Pair = (u32, u32);

/// What can still be won from one place, and which step wins it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell<V> {
    /// Greatest value from here on where the last step matched, so that a clean step can follow.
    pub(super) matched: V,
    /// Greatest value from here on where the last step skipped a token.
    pub(super) skipped: V,
    /// The steps that the walk takes, for either state.
    pub(super) steps: Steps,
    /// From here, with the last step a skip, the walk's next pair has this very base token.
    pairs_here: bool,
}

/// The walk's next step from either state of one place, packed in a byte.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steps(u8);

/// One step of the walk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// Matches the next tokens of both.
    Match,
    /// Skips a token of the side: it is inserted.
    Insert,
    /// Skips a token of the base: it is deleted.
    Delete,
}

impl Steps {
    const MATCH: u8 = 0;
    const INSERT: u8 = 1;
    const DELETE: u8 = 2;

    fn after(self, last: Step) -> Step {
        let packed = if last == Step::Match { self.0 } else { self.0 >> 2 };
        match packed & 3 {
            Self::MATCH => Step::Match,
            Self::INSERT => Step::Insert,
            _ => Step::Delete,
        }
    }
}

/// The steps that are open at a place, each with what it leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open<V> {
    /// Value of matching here: where the last step matched, and where it skipped.
    pub(super) matching: Option<(V, V)>,
    /// The place after an insertion.
    pub(super) inserting: Option<Cell<V>>,
    /// The value after a deletion.
    pub(super) deleting: Option<V>,
}

impl Cell<u32> {
    /// Returns the cell from which the only way is to match, into this one, winning `clean` where
    /// the last step matched.
    pub(super) fn before_match(self, clean: u32) -> Self {
        let steps = Steps(Steps::MATCH | Steps::MATCH << 2);
        Self { matched: self.matched + clean, skipped: self.matched, steps, pairs_here: true }
    }
}

impl<V: Copy + Default + Ord> Cell<V> {
    /// Returns the cell at the end of both texts, where `clean` can be won by having just matched.
    pub(super) fn end(clean: V) -> Self {
        Self { matched: clean, ..Self::default() }
    }

    /// Returns the cell whose open steps are given; at least one is.
    pub(super) fn of(open: &Open<V>) -> Self {
        let skip = open.inserting.map(|cell| cell.skipped).max(open.deleting);
        let matched = skip.max(open.matching.map(|values| values.0)).unwrap_or_default();
        let skipped = skip.max(open.matching.map(|values| values.1)).unwrap_or_default();
        let (first, _) = step(open, open.matching.map(|values| values.0), matched);
        let (second, pairs_here) = step(open, open.matching.map(|values| values.1), skipped);
        Self { matched, skipped, steps: Steps(first | second << 2), pairs_here }
    }
}

/// Chooses the step that reaches `value` and keeps the list of pairs lexicographically least: match
/// at once; else insert, if that leads to a pair with this same base token; else delete.
fn step<V: Copy + Ord>(open: &Open<V>, matching: Option<V>, value: V) -> (u8, bool) {
    if matching == Some(value) {
        return (Steps::MATCH, true);
    }
    match open.inserting {
        Some(next) if next.skipped == value && next.pairs_here => (Steps::INSERT, true),
        _ if open.deleting == Some(value) => (Steps::DELETE, false),
        _ => (Steps::INSERT, false),
    }
}

/// Walks from `from` until `until` says so, appending the matched pairs; returns where it stands.
pub(super) fn walk(
    from: (usize, usize, Step),
    pairs: &mut Vec<Pair>,
    steps_at: impl Fn(usize, usize) -> Option<Steps>,
) -> (usize, usize, Step) {
    let (mut i, mut j, mut last) = from;
    while let Some(steps) = steps_at(i, j) {
        last = steps.after(last);
        match last {
            Step::Match => {
                pairs.push(super::pair(i, j));
                i += 1;
                j += 1;
            }
            Step::Insert => j += 1,
            Step::Delete => i += 1,
        }
    }
    (i, j, last)
}
