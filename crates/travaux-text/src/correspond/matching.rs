//! One passage against one: anchors by words alone, then what stands between them in order, then
//! what is left over.

use super::chain::heaviest_chain;
use super::features::Features;

/// Passages less alike than this are never the same one, even where order says so.
const LIKE_IN_ORDER: f64 = 0.18;

/// Passages less alike than this are never the same one where they do not keep their order.
const LIKE_ANYWHERE: f64 = 0.45;

/// An anchor is at least so much like its partner …
const ANCHOR: f64 = 0.3;

/// … and the next best on either side has at most this share of that likeness.
const RIVAL: f64 = 0.8;

/// Features that more passages hold than this do not lead to candidates: they tell nothing apart.
const HELD_MAX: usize = 256;

/// Candidates kept for each passage.
const CANDIDATES: usize = 4;

/// Between two anchors, at most so many pairs are compared; beyond, only equal passages match.
const CELLS_MAX: usize = 40_000;

/// Which passage became which, one to one.
#[derive(Debug)]
pub(super) struct Matching {
    /// Of each old passage, the new one.
    pub(super) to_new: Vec<Option<usize>>,
    /// Of each new passage, the old one.
    pub(super) to_old: Vec<Option<usize>>,
    /// Of each old passage, what else it is like: the likeness of its best candidate but one.
    pub(super) rival: Vec<f64>,
    /// Of each old and each new passage, the greatest likeness to any of the other draft.
    pub(super) nearest: (Vec<f64>, Vec<f64>),
}

/// What a passage is most like.
#[derive(Clone, Copy, Debug, Default)]
struct Best {
    at: usize,
    likeness: f64,
    next: f64,
}

impl Best {
    fn see(&mut self, at: usize, likeness: f64) {
        if likeness > self.likeness {
            *self = Self { at, likeness, next: self.likeness };
        } else if likeness > self.next {
            self.next = likeness;
        }
    }
}

/// A pair that may be the same passage.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    old: usize,
    new: usize,
    likeness: f64,
}

impl Matching {
    /// Matches the passages of two drafts.
    pub(super) fn of(features: &Features) -> Self {
        let (olds, news) = (features.old().len(), features.new_ones().len());
        let (best_old, best_new, candidates) = candidates(features);
        let mut matching = Self {
            to_new: vec![None; olds],
            to_old: vec![None; news],
            rival: best_old.iter().map(|best| best.next).collect(),
            nearest: (
                best_old.iter().map(|best| best.likeness).collect(),
                best_new.iter().map(|best| best.likeness).collect(),
            ),
        };
        let chain = matching.anchor(features, &best_old, &best_new);
        let mut from = (0, 0);
        for link in chain.into_iter().chain([(olds, news)]) {
            matching.fill(features, from, link);
            from = (link.0 + 1, link.1 + 1);
        }
        matching.left_over(candidates);
        matching
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.to_new[old] = Some(new);
        self.to_old[new] = Some(old);
    }

    /// Matches what is alike and like nothing else; returns those that keep their order.
    fn anchor(
        &mut self,
        features: &Features,
        best_old: &[Best],
        best_new: &[Best],
    ) -> Vec<(usize, usize)> {
        let is_clear = |best: &Best| best.likeness >= ANCHOR && best.next <= best.likeness * RIVAL;
        let anchors: Vec<(usize, usize)> = best_old
            .iter()
            .enumerate()
            .filter(|&(old, best)| {
                is_clear(best) && best_new[best.at].at == old && is_clear(&best_new[best.at])
            })
            .map(|(old, best)| (old, best.at))
            .collect();
        let weigh = |&(old, new): &(usize, usize)| {
            let words = features.old()[old].words.min(features.new_ones()[new].words);
            (old, new, 1 + words)
        };
        let weighed: Vec<_> = anchors.iter().map(weigh).collect();
        let in_order = heaviest_chain(&weighed);
        let mut chain = Vec::with_capacity(anchors.len());
        for ((old, new), is_in_order) in anchors.into_iter().zip(in_order) {
            if is_in_order {
                chain.push((old, new));
            }
            if is_in_order || best_old[old].likeness >= LIKE_ANYWHERE {
                self.pair(old, new);
            }
        }
        chain
    }

    /// Aligns in order what stands free between two links of the chain.
    fn fill(&mut self, features: &Features, from: (usize, usize), to: (usize, usize)) {
        let olds: Vec<usize> = (from.0..to.0).filter(|&at| self.to_new[at].is_none()).collect();
        let news: Vec<usize> = (from.1..to.1).filter(|&at| self.to_old[at].is_none()).collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let pairs = if olds.len().saturating_mul(news.len()) <= CELLS_MAX {
            in_order(features, &olds, &news)
        } else {
            equal_in_order(features, &olds, &news)
        };
        for (old, new) in pairs {
            self.pair(old, new);
        }
    }

    /// Matches what has no partner yet with what is most like it, wherever that stands.
    fn left_over(&mut self, mut candidates: Vec<Candidate>) {
        let (olds, news) = (self.to_new.len().max(1), self.to_old.len().max(1));
        let gap = |one: &Candidate| (one.old * news).abs_diff(one.new * olds);
        candidates.retain(|one| {
            one.likeness >= LIKE_ANYWHERE
                && self.to_new[one.old].is_none()
                && self.to_old[one.new].is_none()
        });
        candidates.sort_by(|a, b| {
            let order = b.likeness.total_cmp(&a.likeness).then(gap(a).cmp(&gap(b)));
            order.then((a.old, a.new).cmp(&(b.old, b.new)))
        });
        for one in candidates {
            if self.to_new[one.old].is_none() && self.to_old[one.new].is_none() {
                self.pair(one.old, one.new);
            }
        }
    }
}

/// Finds what each passage is most like, through the features they share.
fn candidates(features: &Features) -> (Vec<Best>, Vec<Best>, Vec<Candidate>) {
    let news = features.new_ones();
    let mut holders: Vec<Vec<(u32, f64)>> = vec![Vec::new(); features.distinct()];
    for (at, passage) in (0..).zip(news) {
        for &(feature, weight) in &passage.vector {
            holders[feature as usize].push((at, weight));
        }
    }
    let mut best_old = vec![Best::default(); features.old().len()];
    let mut best_new = vec![Best::default(); news.len()];
    let mut kept = Vec::new();
    let mut sums = vec![0.0; news.len()];
    let mut touched: Vec<usize> = Vec::new();
    for (old, passage) in features.old().iter().enumerate() {
        let tells = |holders: &&[(u32, f64)]| holders.len() <= HELD_MAX;
        for &(feature, weight) in &passage.vector {
            for &(new, other) in Some(&holders[feature as usize][..]).filter(tells).unwrap_or(&[]) {
                let new = new as usize;
                if sums[new] <= 0.0 {
                    touched.push(new);
                }
                sums[new] += weight * other;
            }
        }
        let mut top: Vec<Candidate> = Vec::with_capacity(CANDIDATES + 1);
        for &new in &touched {
            let likeness = f64::min(sums[new], 1.0);
            best_old[old].see(new, likeness);
            best_new[new].see(old, likeness);
            let place = top.partition_point(|one| one.likeness >= likeness);
            if place < CANDIDATES {
                top.insert(place, Candidate { old, new, likeness });
                top.truncate(CANDIDATES);
            }
            sums[new] = 0.0;
        }
        touched.clear();
        kept.append(&mut top);
    }
    (best_old, best_new, kept)
}

/// Returns the pairs of the alignment in order that is most alike in all.
fn in_order(features: &Features, olds: &[usize], news: &[usize]) -> Vec<(usize, usize)> {
    let width = news.len() + 1;
    let mut likeness = vec![0.0; olds.len() * news.len()];
    let mut best = vec![0.0_f64; (olds.len() + 1) * width];
    for (i, &old) in olds.iter().enumerate() {
        for (j, &new) in news.iter().enumerate() {
            let here = features.likeness(old, new) - LIKE_IN_ORDER;
            likeness[i * news.len() + j] = here;
            let both = best[i * width + j] + here;
            let one = best[i * width + j + 1].max(best[(i + 1) * width + j]);
            best[(i + 1) * width + j + 1] = if here > 0.0 { both.max(one) } else { one };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (olds.len(), news.len());
    while i > 0 && j > 0 {
        let here = best[i * width + j];
        if here <= best[(i - 1) * width + j] {
            i -= 1;
        } else if here <= best[i * width + j - 1] {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            pairs.push((olds[i], news[j]));
        }
    }
    pairs
}

/// Matches equal passages alone, each with the next equal one behind the last match.
fn equal_in_order(features: &Features, olds: &[usize], news: &[usize]) -> Vec<(usize, usize)> {
    let mut places: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (place, &new) in news.iter().enumerate() {
        places.entry(features.new_ones()[new].content).or_default().push(place);
    }
    let mut pairs = Vec::new();
    let mut from = 0;
    for (place, &old) in olds.iter().enumerate() {
        let Some(equal) = places.get(&features.old()[old].content) else { continue };
        // One far ahead would shut out all between.
        let reach = from + news.len().abs_diff(olds.len()) + 64 + place.abs_diff(from);
        let next = equal.get(equal.partition_point(|&at| at < from));
        if let Some(&at) = next.filter(|&&at| at <= reach) {
            pairs.push((old, news[at]));
            from = at + 1;
        }
    }
    pairs
}
