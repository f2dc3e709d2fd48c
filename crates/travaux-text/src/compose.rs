//! Whether proposals compose over one text, and every reading they give where they do not.
//!
//! Two proposals compose unless they put different strings in one gap or one inserts strictly
//! inside what the other deletes (DESIGN, section 5). Whose proposals they are is not known here:
//! the question is put for the proposals of one sponsor, and can be put for any.

mod sets;
mod side;

use std::collections::BTreeSet;

use crate::merge::{Merge, SideChange};
use crate::node::SideName;

pub(crate) use sets::maximal_sets;
pub use sets::{Completeness, READINGS_MAX};
pub use side::{Clash, ClashReason, LeftOut, Reading, Side, SideProvision, Wording};

/// Why two sides do not compose over one text. Gaps are counted from zero, gap `g` before token
/// `g` of the base.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum TextClash {
    /// They put different strings in one gap.
    SameGap {
        /// The gap.
        gap: usize,
    },
    /// One inserts strictly inside what the other deletes.
    InsideDeletion {
        /// The gap of the insertion.
        gap: usize,
    },
}

/// Finds the first place where two sides do not compose.
pub fn text_clash(first: &SideChange, second: &SideChange) -> Option<TextClash> {
    let same_gap = first.inserted().find_map(|(gap, string)| {
        let other = second.insertion(gap)?;
        (other != string).then_some(TextClash::SameGap { gap })
    });
    let inside = |inserts: &SideChange, deletes: &SideChange| {
        inserts
            .inserted()
            .map(|(gap, _)| gap)
            .find(|&gap| gap > 0 && deletes.deletes(gap - 1) && deletes.deletes(gap))
            .map(|gap| TextClash::InsideDeletion { gap })
    };
    same_gap.or_else(|| inside(first, second)).or_else(|| inside(second, first))
}

/// Writes the base with all of `changes` made; they compose pairwise.
pub(crate) fn composed(merge: &Merge, changes: &[&SideChange]) -> String {
    let mut deleted = vec![false; merge.base_len()];
    let mut inserted: Vec<(usize, &str)> = Vec::new();
    for change in changes {
        for range in change.deleted() {
            deleted[range.clone()].fill(true);
        }
        inserted.extend(change.inserted());
    }
    inserted.sort_unstable();
    // Equal strings in one gap are one insertion.
    inserted.dedup();
    let mut text = String::with_capacity(merge.base().len() + 64);
    let mut inserted = inserted.into_iter().peekable();
    for (token, is_deleted) in deleted.into_iter().enumerate() {
        while let Some((_, string)) = inserted.next_if(|(gap, _)| *gap == token) {
            text.push_str(string);
        }
        if !is_deleted {
            text.push_str(merge.base_text(token..token + 1));
        }
    }
    text.extend(inserted.map(|(_, string)| string));
    text
}

/// One reading of a text: as many of the sides asked for as compose.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TextReading {
    /// The sides composed in it, by name.
    pub by: Vec<SideName>,
    /// The text.
    pub text: String,
}

/// Every reading of the sides asked for over one text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Composition {
    /// The readings; exactly one where the sides compose.
    pub readings: Vec<TextReading>,
    /// The pairs that do not compose, by name, and why.
    pub clashes: Vec<(SideName, SideName, TextClash)>,
    /// Whether these are all the readings.
    pub completeness: Completeness,
}

/// Composes `sides` of `merge`; names that are not sides of it are passed over.
///
/// A reading is a greatest set of sides that compose pairwise. There are never more than
/// [`READINGS_MAX`] of them and one for each side; see [`Completeness`].
pub fn compose<'a>(merge: &Merge, sides: impl IntoIterator<Item = &'a SideName>) -> Composition {
    let asked: BTreeSet<&SideName> = sides.into_iter().collect();
    let named: Vec<(&SideName, &SideChange)> =
        asked.into_iter().filter_map(|name| Some((name, merge.change(name)?))).collect();
    let mut conflicts = vec![BTreeSet::new(); named.len()];
    let mut clashes = Vec::new();
    for (at, (name, change)) in named.iter().enumerate() {
        for (beside, (other, other_change)) in named.iter().enumerate().skip(at + 1) {
            if let Some(clash) = text_clash(change, other_change) {
                conflicts[at].insert(beside);
                conflicts[beside].insert(at);
                clashes.push(((*name).clone(), (*other).clone(), clash));
            }
        }
    }
    let (sets, completeness) = maximal_sets(&conflicts);
    let reading = |set: &Vec<usize>| {
        let changes: Vec<&SideChange> = set.iter().map(|&at| named[at].1).collect();
        TextReading {
            by: set.iter().map(|&at| named[at].0.clone()).collect(),
            text: composed(merge, &changes),
        }
    };
    Composition { readings: sets.iter().map(reading).collect(), clashes, completeness }
}

#[cfg(test)]
mod tests;
