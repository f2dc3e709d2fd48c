//! Which passages without a partner are parts of one that has another: splits and mergers.

use std::collections::BTreeMap;

use super::features::{Features, Passage};
use super::matching::Matching;
use super::{Correspondence, CorrespondenceKind};

/// This share of a part, by rarity of its words and pairs of words, stands in its whole …
const WITHIN: f64 = 0.6;

/// … and this share in the whole, but not in the whole's partner.
const WITHIN_ALONE: f64 = 0.4;

/// A part has at least so many words: less is found everywhere.
const WORDS_MIN: u64 = 5;

/// A part stands at most so far from the partner of its whole.
const FAR: usize = 3;

/// A part: its place in its own draft, that of its whole in the other, how much of it stands there.
type Part = (usize, usize, f64);

/// Gathers single matches and parts into correspondences.
pub(super) fn group(features: &Features, matching: &Matching) -> Vec<Correspondence> {
    let (olds, news) = (features.old(), features.new_ones());
    let split = parts(features, (news, &matching.to_old), (olds, &matching.to_new));
    let merged = parts(features, (olds, &matching.to_new), (news, &matching.to_old));
    // A passage is not split and merged at once: the old one's own parts come first.
    let whole_of_split: BTreeMap<usize, Vec<Part>> = by_whole(split);
    let mut whole_of_merger: BTreeMap<usize, Vec<Part>> = by_whole(merged);
    whole_of_merger.retain(|new, _| {
        matching.to_old[*new].is_none_or(|old| !whole_of_split.contains_key(&old))
    });
    let mut found = Vec::new();
    let mut is_used = (vec![false; olds.len()], vec![false; news.len()]);
    for (old, new) in matching.to_new.iter().enumerate() {
        let Some(new) = *new else { continue };
        let likeness = features.likeness(old, new);
        let mut confidence = sure(likeness, matching.rival[old]);
        let mut one = Correspondence {
            old: vec![old],
            new: vec![new],
            kind: if olds[old].content == news[new].content {
                CorrespondenceKind::Same
            } else {
                CorrespondenceKind::Changed
            },
            is_moved: false,
            confidence,
        };
        for &(part, _, within) in whole_of_split.get(&old).into_iter().flatten() {
            one.new.push(part);
            one.kind = CorrespondenceKind::Split;
            confidence = confidence.max(within) * within.max(WITHIN);
        }
        for &(part, _, within) in whole_of_merger.get(&new).into_iter().flatten() {
            one.old.push(part);
            one.kind = CorrespondenceKind::Merged;
            confidence = confidence.max(within) * within.max(WITHIN);
        }
        one.confidence = confidence;
        one.old.sort_unstable();
        one.new.sort_unstable();
        one.old.iter().for_each(|&at| is_used.0[at] = true);
        one.new.iter().for_each(|&at| is_used.1[at] = true);
        found.push(one);
    }
    let alone = |old: Option<usize>, new: Option<usize>, nearest: f64| Correspondence {
        old: old.into_iter().collect(),
        new: new.into_iter().collect(),
        kind: if old.is_some() { CorrespondenceKind::Gone } else { CorrespondenceKind::New },
        is_moved: false,
        confidence: 1.0 - nearest.min(1.0) / 2.0,
    };
    let gone = (0..olds.len()).filter(|&at| !is_used.0[at]);
    found.extend(gone.map(|at| alone(Some(at), None, matching.nearest.0[at])));
    let fresh = (0..news.len()).filter(|&at| !is_used.1[at]);
    found.extend(fresh.map(|at| alone(None, Some(at), matching.nearest.1[at])));
    found
}

/// Says how sure a match is: its likeness, doubted in so far as another passage is as like.
fn sure(likeness: f64, rival: f64) -> f64 {
    let doubt = if likeness > rival { rival / likeness } else { 1.0 };
    let base = likeness.sqrt();
    if likeness >= 1.0 { 1.0 - 0.1 * doubt.min(1.0) } else { base * (1.0 - 0.3 * doubt * doubt) }
}

fn by_whole(parts: Vec<Part>) -> BTreeMap<usize, Vec<Part>> {
    let mut wholes: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
    for part in parts {
        wholes.entry(part.1).or_default().push(part);
    }
    wholes
}

/// Finds the passages of one draft that have no partner and are part of one of the other.
fn parts(
    features: &Features,
    (own, partner): (&[Passage], &[Option<usize>]),
    (other, others_partner): (&[Passage], &[Option<usize>]),
) -> Vec<Part> {
    let mut found = Vec::new();
    for (at, passage) in own.iter().enumerate() {
        if partner[at].is_some() || passage.words < WORDS_MIN {
            continue;
        }
        let near = at.saturating_sub(FAR)..(at + FAR + 1).min(own.len());
        let wholes = near.filter_map(|beside| Some((beside, partner[beside]?)));
        let best = wholes
            .filter_map(|(beside, whole)| {
                debug_assert_eq!(others_partner[whole], Some(beside));
                let (within, alone) = share(features, passage, &other[whole], &own[beside]);
                (within >= WITHIN && alone >= WITHIN_ALONE).then_some((at, whole, within))
            })
            .max_by(|a, b| a.2.total_cmp(&b.2).then(b.1.cmp(&a.1)));
        found.extend(best);
    }
    found
}

/// Returns what share of `part` stands in `whole`, and what share there but not in `beside`.
fn share(features: &Features, part: &Passage, whole: &Passage, beside: &Passage) -> (f64, f64) {
    let holds = |passage: &Passage, feature: u32| {
        passage.vector.binary_search_by_key(&feature, |entry| entry.0).is_ok()
    };
    let (mut all, mut within, mut alone) = (0.0, 0.0, 0.0);
    for &(feature, _) in &part.vector {
        let weight = features.rarity(feature);
        all += weight;
        if holds(whole, feature) {
            within += weight;
            alone += if holds(beside, feature) { 0.0 } else { weight };
        }
    }
    if all > 0.0 { (within / all, alone / all) } else { (0.0, 0.0) }
}
