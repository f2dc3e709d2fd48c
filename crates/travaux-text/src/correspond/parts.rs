//! Which passages without a partner are parts of one that has another: splits and mergers.

use std::collections::BTreeMap;

use super::features::Features;
use super::matching::Matching;
use super::{Correspondence, CorrespondenceKind};

/// This share of a part, by rarity of its words and pairs of words, stands in its whole …
const WITHIN: f32 = 0.6;

/// … and this share in the whole, but not in the whole's partner.
const WITHIN_ALONE: f32 = 0.4;

/// A part has at least so many words: less is found everywhere.
const WORDS_MIN: u64 = 5;

/// A part stands at most so far from the partner of its whole.
const FAR: usize = 3;

/// A part: its place in its own draft, that of its whole in the other, how much of it stands there.
type Part = (usize, usize, f32);

/// Gathers single matches and parts into correspondences.
pub(super) fn group(features: &Features, matching: &Matching) -> Vec<Correspondence> {
    let (olds, news) = features.lens();
    let mut marks = Marks { passage: vec![[0; 2]; features.distinct()], next: [1; 2] };
    let split = parts(features, Side::New, matching, &mut marks);
    let merged = parts(features, Side::Old, matching, &mut marks);
    // A passage is not split and merged at once: the old one's own parts come first.
    let whole_of_split: BTreeMap<usize, Vec<Part>> = by_whole(split);
    let mut whole_of_merger: BTreeMap<usize, Vec<Part>> = by_whole(merged);
    whole_of_merger.retain(|new, _| {
        matching.to_old[*new].is_none_or(|old| !whole_of_split.contains_key(&old))
    });
    let mut found = Vec::with_capacity(olds.max(news));
    let mut is_used = (vec![false; olds], vec![false; news]);
    for (old, new) in matching.to_new.iter().enumerate() {
        let Some(new) = *new else { continue };
        let mut confidence =
            looks(f64::from(matching.likeness[old]), f64::from(matching.rival[old]));
        let mut one = Correspondence {
            old: vec![old],
            new: vec![new],
            kind: if features.old(old).content == features.new_one(new).content {
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
            confidence = confidence.max(f64::from(within)) * f64::from(within.max(WITHIN));
        }
        for &(part, _, within) in whole_of_merger.get(&new).into_iter().flatten() {
            one.old.push(part);
            one.kind = CorrespondenceKind::Merged;
            confidence = confidence.max(f64::from(within)) * f64::from(within.max(WITHIN));
        }
        one.confidence = read_off(&RIGHT_OF_MATCHES, confidence);
        one.old.sort_unstable();
        one.new.sort_unstable();
        one.old.iter().for_each(|&at| is_used.0[at] = true);
        one.new.iter().for_each(|&at| is_used.1[at] = true);
        found.push(one);
    }
    let alone = |old: Option<usize>, new: Option<usize>, nearest: f32| Correspondence {
        old: old.into_iter().collect(),
        new: new.into_iter().collect(),
        kind: if old.is_some() { CorrespondenceKind::Gone } else { CorrespondenceKind::New },
        is_moved: false,
        confidence: read_off(&RIGHT_OF_LONELY, 1.0 - f64::from(nearest.min(1.0)) / 2.0),
    };
    let gone = (0..olds).filter(|&at| !is_used.0[at]);
    found.extend(gone.map(|at| alone(Some(at), None, matching.nearest.0[at])));
    let fresh = (0..news).filter(|&at| !is_used.1[at]);
    found.extend(fresh.map(|at| alone(None, Some(at), matching.nearest.1[at])));
    found
}

/// Says how good a match looks: its likeness, doubted in so far as another passage is as like.
fn looks(likeness: f64, rival: f64) -> f64 {
    let doubt = if likeness > rival { rival / likeness } else { 1.0 };
    let base = likeness.sqrt();
    if likeness >= 1.0 { 1.0 - 0.1 * doubt.min(1.0) } else { base * (1.0 - 0.3 * doubt * doubt) }
}

/// How many in a hundred matches that look so good are right. Fitted to what the stable ids say of the
/// drafts of both shipped negotiations, and of renumberings planted in them, each counted for half
/// (docs/comparing.md); held by `a_confidence_is_the_share_that_is_right`.
const RIGHT_OF_MATCHES: [(f64, f64); 5] =
    [(0.0, 0.85), (0.45, 0.97), (0.6, 0.985), (0.8, 0.994), (1.0, 0.998)];

/// The same for passages said to be new or gone, by how unlike all others they are. What is half
/// rewritten looks much like what is new.
const RIGHT_OF_LONELY: [(f64, f64); 8] = [
    (0.5, 0.15),
    (0.8, 0.2),
    (0.86, 0.35),
    (0.885, 0.6),
    (0.93, 0.63),
    (0.945, 0.82),
    (0.955, 0.94),
    (1.0, 0.97),
];

/// Reads a table off at `x`, straight between its rows.
fn read_off(table: &[(f64, f64)], x: f64) -> f64 {
    let at = table.partition_point(|row| row.0 <= x);
    match (at.checked_sub(1).map(|before| table[before]), table.get(at)) {
        (Some(before), Some(next)) => {
            before.1 + (next.1 - before.1) * (x - before.0) / (next.0 - before.0)
        }
        (Some(last), None) => last.1,
        (None, first) => first.map_or(x, |first| first.1),
    }
}

fn by_whole(parts: Vec<Part>) -> BTreeMap<usize, Vec<Part>> {
    let mut wholes: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
    for part in parts {
        wholes.entry(part.1).or_default().push(part);
    }
    wholes
}

/// Which draft the parts are of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Side {
    Old,
    New,
}

/// Which features two passages hold, by marks that are never taken away: the next one is another.
struct Marks {
    passage: Vec<[u32; 2]>,
    next: [u32; 2],
}

impl Marks {
    /// Marks the features of a passage in one of the two places.
    fn set(&mut self, place: usize, features: &[u32]) {
        self.next[place] += 1;
        for &feature in features {
            self.passage[feature as usize][place] = self.next[place];
        }
    }

    fn is_set(&self, place: usize, feature: u32) -> bool {
        self.passage[feature as usize][place] == self.next[place]
    }
}

/// Finds the passages of one draft that have no partner and are part of one of the other.
fn parts(features: &Features, side: Side, matching: &Matching, marks: &mut Marks) -> Vec<Part> {
    let partner = if side == Side::Old { &matching.to_new } else { &matching.to_old };
    let own = |at| if side == Side::Old { features.old(at) } else { features.new_one(at) };
    let other = |at| if side == Side::Old { features.new_one(at) } else { features.old(at) };
    let mut found = Vec::new();
    for (at, _) in partner.iter().enumerate().filter(|(_, partner)| partner.is_none()) {
        let part = own(at);
        if part.words < WORDS_MIN {
            continue;
        }
        marks.set(0, part.features);
        let all: f32 = part.features.iter().map(|&feature| features.rarity(feature)).sum();
        let near = at.saturating_sub(FAR)..(at + FAR + 1).min(partner.len());
        let mut best: Option<Part> = None;
        for beside in near {
            let Some(whole) = partner[beside] else { continue };
            marks.set(1, own(beside).features);
            // What of the part stands in the whole, and what there but not in the whole's partner.
            let (mut within, mut alone) = (0.0, 0.0);
            for &feature in other(whole).features.iter().filter(|&&one| marks.is_set(0, one)) {
                let weight = features.rarity(feature);
                within += weight;
                alone += if marks.is_set(1, feature) { 0.0 } else { weight };
            }
            let is_part = within >= WITHIN * all && alone >= WITHIN_ALONE * all;
            let within = within / all;
            if is_part
                && best.is_none_or(|best| within > best.2 || within >= best.2 && whole < best.1)
            {
                best = Some((at, whole, within));
            }
        }
        found.extend(best);
    }
    found
}
