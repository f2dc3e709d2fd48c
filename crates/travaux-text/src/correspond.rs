//! Which passage of one draft became which of the next: kept, changed, moved, split, merged, new, gone.
//!
//! A passage is a string: a paragraph, a provision, a heading. Those that are the same, and stand once
//! in each draft, are matched at once. Of the others, likeness is the cosine of their words
//! and pairs of neighbouring words, each weighted by how few passages hold it. Passages that are alike
//! and like nothing else are anchors; the heaviest chain of anchors that never cross gives the order;
//! between its links the rest is aligned in order, where less likeness is needed; what is left over
//! is matched wherever it stands, if it is alike enough: it was moved. Last, a passage without a
//! partner that stands almost whole within one of the other draft is a part of it: a split or a merger.
//!
//! **Invariant:** every passage stands in exactly one correspondence, except that a part stands in
//! that of its whole. This module knows neither numbers nor ids: only words and their order.

mod candidates;
mod chain;
mod features;
mod matching;
mod parts;
mod passages;
mod twins;

pub use self::passages::{Passage, correspond_passages, draft_passages, issued_passages};

pub(crate) use self::chain::heaviest_chain;
use self::features::Features;
use self::matching::Matching;
pub(crate) use self::twins::Twins;
use crate::lexed::Vocabulary;

/// What became of passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Correspondence {
    /// Places in the old draft, in order; none where the passage is new.
    pub old: Vec<usize>,
    /// Places in the new draft, in order; none where the passage is gone.
    pub new: Vec<usize>,
    /// What happened to the words.
    pub kind: CorrespondenceKind,
    /// Reports whether it crosses the heaviest chain of passages that kept their order.
    pub is_moved: bool,
    /// How likely this is right, from 0 to 1: of what is said with 0.9, about nine in ten are.
    pub confidence: f64,
}

/// What happened to the words of passages.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CorrespondenceKind {
    /// They are the same, white space at the ends apart.
    Same,
    /// One passage became one, with other words.
    Changed,
    /// One passage became several.
    Split,
    /// Several passages became one.
    Merged,
    /// It has no counterpart in the old draft.
    New,
    /// It has no counterpart in the new draft.
    Gone,
}

impl CorrespondenceKind {
    /// Returns the word for it, in small letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Tells which passage of `old` became which of `new`, from their words and order alone.
///
/// The result is in the order of the new draft; what is gone stands behind what it followed.
/// Time grows with the number of rare words shared, not with the product of the lengths.
pub fn correspond(old: &[&str], new: &[&str]) -> Vec<Correspondence> {
    let twins = Twins::find(old.iter().copied(), new.iter().copied());
    let mut vocabulary = Vocabulary::new();
    let old: Vec<Vec<u32>> = classes(&mut vocabulary, old, &twins.to_new);
    let new: Vec<Vec<u32>> = classes(&mut vocabulary, new, &twins.to_old);
    let (old, new): (Vec<&[u32]>, Vec<&[u32]>) =
        (old.iter().map(Vec::as_slice).collect(), new.iter().map(Vec::as_slice).collect());
    correspond_classes(&vocabulary, (&old, &new), &twins)
}

/// Cuts passages into classes of tokens, those without twins.
fn classes<'t>(
    vocabulary: &mut Vocabulary<'t>,
    texts: &[&'t str],
    twins: &[Option<usize>],
) -> Vec<Vec<u32>> {
    let all = texts.iter().zip(twins);
    all.map(|(text, twin)| if twin.is_some() { Vec::new() } else { vocabulary.lex(text).class })
        .collect()
}

/// The same for passages given as classes of tokens; those of twins are not looked at.
pub(crate) fn correspond_classes(
    vocabulary: &Vocabulary<'_>,
    (old, new): (&[&[u32]], &[&[u32]]),
    twins: &Twins,
) -> Vec<Correspondence> {
    let features = Features::of(vocabulary, (old, new), twins);
    let matching = Matching::of(&features, twins);
    let mut found = parts::group(&features, &matching);
    mark_crossing(&mut found, |at| features.old(at).words);
    in_reading_order(found)
}

/// Marks what crosses the heaviest chain of correspondences that keep their order.
fn mark_crossing(found: &mut [Correspondence], weigh: impl Fn(usize) -> u64) {
    found.sort_by_key(|one| (one.old.is_empty(), one.old.first().copied()));
    let both = found.iter().take_while(|one| !one.old.is_empty());
    let (places, pairs): (Vec<usize>, Vec<(usize, usize, u64)>) = both
        .enumerate()
        .filter_map(|(place, one)| {
            let (first, last) = (*one.old.first()?, *one.new.first()?);
            let words: u64 = one.old.iter().map(|&at| weigh(at)).sum();
            Some((place, (first, last, words + 1)))
        })
        .unzip();
    for (place, is_in_order) in places.into_iter().zip(heaviest_chain(&pairs)) {
        found[place].is_moved = !is_in_order;
    }
}

/// Sorts by place in the new draft, what is gone behind what it followed in the old.
fn in_reading_order(found: Vec<Correspondence>) -> Vec<Correspondence> {
    let (mut gone, mut there): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|one| one.new.is_empty());
    there.sort_by_key(|one| one.new.first().copied());
    gone.sort_by_key(|one| one.old.first().copied());
    let mut gone = gone.into_iter().peekable();
    let mut sorted = Vec::new();
    for one in there {
        if let (false, Some(&first)) = (one.is_moved, one.old.first()) {
            while let Some(before) = gone.next_if(|before| before.old.first() < Some(&first)) {
                sorted.push(before);
            }
        }
        let mut last = one.old.last().copied().filter(|_| !one.is_moved);
        sorted.push(one);
        while let Some(at) = last {
            last = gone.next_if(|next| next.old.first() == Some(&(at + 1))).map(|next| {
                sorted.push(next);
                at + 1
            });
        }
    }
    sorted.extend(gone);
    sorted
}

#[cfg(test)]
mod tests;
