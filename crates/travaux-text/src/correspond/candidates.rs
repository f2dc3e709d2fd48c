//! What each passage is most like: through the rare features it shares, then by all it holds.
//!
//! The passages that share a passage's rare features are looked up; the most promising few are compared
//! with it in full. Where its rare features are less than half of what it is known by, commoner ones
//! are looked up as well. Time grows with what is shared, not with the product of the lengths.

use super::features::Features;
use super::twins::Twins;

/// A feature is rare if so many new passages hold it at most.
const RARE: usize = 16;

/// Features that more passages hold than this do not lead to candidates: they tell nothing apart.
const HELD_MAX: usize = 256;

/// So many passages are compared in full with each.
const COMPARED: usize = 6;

/// A pair that may be the same passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) old: usize,
    pub(super) new: usize,
    /// The cosine, from 0 to 1; 1 for equal content.
    pub(super) likeness: f32,
}

/// What a passage is most like.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Best {
    pub(super) at: usize,
    pub(super) likeness: f32,
    /// The likeness of the next best.
    pub(super) next: f32,
}

impl Best {
    fn see(&mut self, at: usize, likeness: f32) {
        if likeness > self.likeness {
            *self = Self { at, likeness, next: self.likeness };
        } else if likeness > self.next {
            self.next = likeness;
        }
    }
}

/// What the passages without twins are most like.
#[derive(Debug)]
pub(super) struct Candidates {
    /// By old passage.
    pub(super) pairs: Vec<Candidate>,
    /// Of each old passage, the best of the new draft.
    pub(super) olds: Vec<Best>,
    /// Of each new passage, the best of the old draft.
    pub(super) news: Vec<Best>,
}

impl Candidates {
    /// Finds them.
    pub(super) fn of(features: &Features, twins: &Twins) -> Self {
        let (olds, news) = features.lens();
        let mut found = Self {
            pairs: Vec::new(),
            olds: vec![Best::default(); olds],
            news: vec![Best::default(); news],
        };
        let holders = Holders::of(features, twins);
        let mut search = Search { features, holders, sums: vec![0.0; news], touched: Vec::new() };
        let mut own = vec![0.0_f32; features.distinct()];
        for old in (0..olds).filter(|&at| twins.to_new[at].is_none()) {
            let passage = features.old(old);
            search.promising(old);
            let known = || passage.features.iter().zip(passage.weights);
            known().for_each(|(&feature, &weight)| own[feature as usize] = weight);
            for at in 0..search.touched.len() {
                let new = search.touched[at].1 as usize;
                let other = features.new_one(new);
                let shared = other.features.iter().zip(other.weights);
                let cosine: f32 =
                    shared.map(|(&feature, &weight)| own[feature as usize] * weight).sum();
                let likeness = if passage.content == other.content { 1.0 } else { cosine.min(1.0) };
                found.olds[old].see(new, likeness);
                found.news[new].see(old, likeness);
                found.pairs.push(Candidate { old, new, likeness });
            }
            known().for_each(|(&feature, _)| own[feature as usize] = 0.0);
        }
        found
    }
}

/// Which new passages hold each feature that is not too common.
struct Holders {
    /// Of each feature, how many hold it; of those too common, as many as are counted.
    count: Vec<u16>,
    /// Of each feature, where its holders end in `passages`.
    end: Vec<u32>,
    passages: Vec<(u32, f32)>,
}

impl Holders {
    fn of(features: &Features, twins: &Twins) -> Self {
        let news = || (0..features.lens().1).filter(|&at| twins.to_old[at].is_none());
        let mut count = vec![0_u16; features.distinct()];
        for &feature in news().flat_map(|new| features.new_one(new).features) {
            let count = &mut count[feature as usize];
            *count = count.saturating_add(1);
        }
        let mut end = Vec::with_capacity(count.len());
        let mut next = 0;
        for &count in &count {
            end.push(next);
            next += u32::from(if usize::from(count) <= HELD_MAX { count } else { 0 });
        }
        let mut passages = vec![(0, 0.0); next as usize];
        for new in news() {
            let passage = features.new_one(new);
            let number = u32::try_from(new).expect("passages are fewer than 2^32");
            for (&feature, &weight) in passage.features.iter().zip(passage.weights) {
                if usize::from(count[feature as usize]) <= HELD_MAX {
                    let end = &mut end[feature as usize];
                    passages[*end as usize] = (number, weight);
                    *end += 1;
                }
            }
        }
        Self { count, end, passages }
    }

    fn of_feature(&self, feature: u32) -> &[(u32, f32)] {
        let (end, count) = (self.end[feature as usize], self.count[feature as usize]);
        &self.passages[end as usize - usize::from(count)..end as usize]
    }
}

struct Search<'f> {
    features: &'f Features,
    holders: Holders,
    /// Of each new passage, what it shares so far.
    sums: Vec<f32>,
    /// (what is shared, new passage) of those that share anything.
    touched: Vec<(f32, u32)>,
}

impl Search<'_> {
    /// Leaves in `touched` the new passages that share most with an old one, the best first.
    fn promising(&mut self, old: usize) {
        self.touched.clear();
        let rare = self.add(old, 0..=RARE);
        if rare < 0.5 {
            self.add(old, RARE + 1..=HELD_MAX);
        }
        for (sum, new) in &mut self.touched {
            *sum = std::mem::take(&mut self.sums[*new as usize]);
        }
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if self.touched.len() > COMPARED {
            self.touched.select_nth_unstable_by(COMPARED - 1, order);
            self.touched.truncate(COMPARED);
        }
        self.touched.sort_unstable_by(order);
    }

    /// Adds up what is shared of the features that so many hold; returns their part in what the
    /// passage is known by, from 0 to 1.
    fn add(&mut self, old: usize, held: std::ops::RangeInclusive<usize>) -> f32 {
        let passage = self.features.old(old);
        let mut part = 0.0;
        for (&feature, &weight) in passage.features.iter().zip(passage.weights) {
            if !held.contains(&usize::from(self.holders.count[feature as usize])) {
                continue;
            }
            part += weight * weight;
            for &(new, other) in self.holders.of_feature(feature) {
                let sum = &mut self.sums[new as usize];
                if *sum <= 0.0 {
                    self.touched.push((0.0, new));
                }
                *sum += weight * other;
            }
        }
        part
    }
}
