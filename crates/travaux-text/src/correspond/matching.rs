//! One passage against one: twins and anchors first, then what stands between them in order, then
//! what is left over.

use super::candidates::{Best, Candidate, Candidates};
use super::chain::heaviest_chain;
use super::features::Features;
use super::twins::Twins;

/// Passages less alike than this are never the same one, even where order says so.
const LIKE_IN_ORDER: f32 = 0.18;

/// Passages less alike than this are never the same one where they do not keep their order.
const LIKE_ANYWHERE: f32 = 0.45;

/// An anchor is at least so much like its partner …
const ANCHOR: f32 = 0.3;

/// … and the next best on either side has at most this share of that likeness.
const RIVAL: f32 = 0.8;

/// Between two anchors, at most so many pairs of equal passages are weighed; beyond, each is matched
/// with the next.
const CELLS_MAX: usize = 40_000;

/// Which passage became which, one to one.
#[derive(Debug)]
pub(super) struct Matching {
    /// Of each old passage, the new one.
    pub(super) to_new: Vec<Option<usize>>,
    /// Of each new passage, the old one.
    pub(super) to_old: Vec<Option<usize>>,
    /// Of each old passage with a partner, how alike they are.
    pub(super) likeness: Vec<f32>,
    /// Of each old passage, what else it is like: the likeness of its best candidate but one.
    pub(super) rival: Vec<f32>,
    /// Of each old and each new passage, the greatest likeness to any of the other draft.
    pub(super) nearest: (Vec<f32>, Vec<f32>),
}

impl Matching {
    /// Matches the passages of two drafts.
    pub(super) fn of(features: &Features, twins: &Twins) -> Self {
        let candidates = Candidates::of(features, twins);
        let likest = |best: &[Best]| best.iter().map(|best| best.likeness).collect();
        let mut matching = Self {
            to_new: twins.to_new.clone(),
            to_old: twins.to_old.clone(),
            likeness: twins
                .to_new
                .iter()
                .map(|twin| if twin.is_some() { 1.0 } else { 0.0 })
                .collect(),
            rival: candidates.olds.iter().map(|best| best.next).collect(),
            nearest: (likest(&candidates.olds), likest(&candidates.news)),
        };
        let chain = matching.anchor(features, &candidates);
        matching.fill(features, &chain, &candidates.pairs);
        matching.left_over(candidates.pairs);
        matching
    }

    fn pair(&mut self, one: Candidate) {
        self.to_new[one.old] = Some(one.new);
        self.to_old[one.new] = Some(one.old);
        self.likeness[one.old] = one.likeness;
    }

    fn is_free(&self, one: &Candidate) -> bool {
        self.to_new[one.old].is_none() && self.to_old[one.new].is_none()
    }

    /// Matches what is alike and like nothing else; returns what keeps its order, twins included.
    fn anchor(&mut self, features: &Features, candidates: &Candidates) -> Vec<(usize, usize)> {
        let is_clear = |best: &Best| best.likeness >= ANCHOR && best.next <= best.likeness * RIVAL;
        let anchor = |old: usize| {
            if let Some(new) = self.to_new[old] {
                return Some(Candidate { old, new, likeness: 1.0 });
            }
            let (best, back) =
                (&candidates.olds[old], candidates.news.get(candidates.olds[old].at)?);
            (is_clear(best) && back.at == old && is_clear(back)).then_some(Candidate {
                old,
                new: best.at,
                likeness: best.likeness,
            })
        };
        let anchors: Vec<Candidate> = (0..self.to_new.len()).filter_map(anchor).collect();
        let weigh = |one: &Candidate| {
            let words = features.old(one.old).words.min(features.new_one(one.new).words);
            (one.old, one.new, 1 + words)
        };
        let weighed: Vec<_> = anchors.iter().map(weigh).collect();
        let in_order = heaviest_chain(&weighed);
        let mut chain = Vec::with_capacity(anchors.len());
        for (one, is_in_order) in anchors.into_iter().zip(in_order) {
            if is_in_order {
                chain.push((one.old, one.new));
            }
            if is_in_order || one.likeness >= LIKE_ANYWHERE {
                self.pair(one);
            }
        }
        chain
    }

    /// Matches, between the links of the chain, the pairs in order that are most alike in all.
    fn fill(&mut self, features: &Features, chain: &[(usize, usize)], candidates: &[Candidate]) {
        let gap = |one: &Candidate| {
            let (by_old, by_new) = (
                chain.partition_point(|link| link.0 < one.old),
                chain.partition_point(|link| link.1 < one.new),
            );
            by_old == by_new
        };
        let alike = candidates.iter().filter(|one| one.likeness > LIKE_IN_ORDER);
        let mut pairs: Vec<Candidate> =
            alike.filter(|one| self.is_free(one) && gap(one)).copied().collect();
        let mut from = (0, 0);
        for &link in chain.iter().chain([&features.lens()]) {
            self.equals(features, from, link, &mut pairs);
            from = (link.0 + 1, link.1 + 1);
        }
        // Those of one old passage stand from the last new one to the first: a chain takes one.
        pairs.sort_unstable_by_key(|one| (one.old, std::cmp::Reverse(one.new)));
        pairs.dedup_by_key(|one| (one.old, one.new));
        let weighed: Vec<(usize, usize, u64)> = pairs
            .iter()
            .map(|one| (one.old, one.new, millionths(one.likeness - LIKE_IN_ORDER)))
            .collect();
        for (one, is_in_order) in pairs.into_iter().zip(heaviest_chain(&weighed)) {
            if is_in_order {
                self.pair(one);
            }
        }
    }

    /// Adds the pairs of equal passages that stand free between two links of the chain.
    fn equals(
        &self,
        features: &Features,
        from: (usize, usize),
        to: (usize, usize),
        pairs: &mut Vec<Candidate>,
    ) {
        let olds = (from.0..to.0).filter(|&at| self.to_new[at].is_none());
        let news = (from.1..to.1).filter(|&at| self.to_old[at].is_none());
        let mut olds: Vec<(u32, usize)> = olds.map(|at| (features.old(at).content, at)).collect();
        let mut news: Vec<(u32, usize)> =
            news.map(|at| (features.new_one(at).content, at)).collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        if olds.len().saturating_mul(news.len()) > CELLS_MAX {
            pairs.extend(next_equal(&olds, &news));
            return;
        }
        olds.sort_unstable();
        news.sort_unstable();
        for (content, old) in olds {
            let equal = &news[news.partition_point(|one| one.0 < content)..];
            let equal = equal.iter().take_while(|one| one.0 == content);
            pairs.extend(equal.map(|&(_, new)| Candidate { old, new, likeness: 1.0 }));
        }
    }

    /// Matches what has no partner yet with what is most like it, wherever that stands.
    fn left_over(&mut self, mut candidates: Vec<Candidate>) {
        let (olds, news) = (self.to_new.len().max(1), self.to_old.len().max(1));
        let gap = |one: &Candidate| (one.old * news).abs_diff(one.new * olds);
        candidates.retain(|one| one.likeness >= LIKE_ANYWHERE && self.is_free(one));
        candidates.sort_by(|a, b| {
            let order = b.likeness.total_cmp(&a.likeness).then(gap(a).cmp(&gap(b)));
            order.then((a.old, a.new).cmp(&(b.old, b.new)))
        });
        for one in candidates {
            if self.is_free(&one) {
                self.pair(one);
            }
        }
    }
}

/// Returns a number from 0 to 1 in whole millionths, rounded down.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to a million")]
fn millionths(share: f32) -> u64 {
    (share.clamp(0.0, 1.0) * 1_000_000.0) as u64
}

/// Matches equal passages, each with the next equal one behind the last match. Both are (content,
/// place), by place.
fn next_equal(olds: &[(u32, usize)], news: &[(u32, usize)]) -> Vec<Candidate> {
    let mut places: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, &(content, _)) in news.iter().enumerate() {
        places.entry(content).or_default().push(at);
    }
    let mut pairs = Vec::new();
    let mut from = 0;
    for (at, &(content, old)) in olds.iter().enumerate() {
        let Some(equal) = places.get(&content) else { continue };
        // One far ahead would shut out all between.
        let reach = from + news.len().abs_diff(olds.len()) + 64 + at.abs_diff(from);
        let next = equal.get(equal.partition_point(|&at| at < from));
        if let Some(&at) = next.filter(|&&at| at <= reach) {
            pairs.push(Candidate { old, new: news[at].1, likeness: 1.0 });
            from = at + 1;
        }
    }
    pairs
}
