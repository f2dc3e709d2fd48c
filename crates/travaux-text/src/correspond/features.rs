//! What a passage is known by: its words and pairs of neighbouring words, rare ones weighing more.
//!
//! Nothing here knows of two drafts being compared; the weights are taken over the passages of both
//! that have no twin. A twin has no features: it is known already.

use std::ops::Range;

use super::twins::Twins;
use crate::lexed::Vocabulary;
use crate::token::TokenKind;

/// A pair of neighbouring words counts this much beside a word as rare: order tells apart what
/// words alone do not.
const PAIR_WEIGHT: f32 = 0.7;

/// Where passages are few, a word in two of them is rare all the same: so many more are counted.
const FEW: f32 = 8.0;

/// The features of the passages of two drafts, the old ones first.
#[derive(Debug)]
pub(super) struct Features {
    /// Of each passage, what it is beside its features.
    passages: Vec<Measures>,
    /// How many passages are of the old draft.
    old: usize,
    /// The features of all passages, each once a passage, in order of first appearance.
    held: Vec<u32>,
    /// Their weights; the squares of a passage's sum to one.
    weights: Vec<f32>,
    /// Of each feature, its weight by rarity.
    rarity: Vec<f32>,
}

#[derive(Debug)]
struct Measures {
    /// Where its features stand.
    at: Range<usize>,
    content: u32,
    words: u64,
}

/// One passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'f> {
    /// Its features, each once.
    pub(super) features: &'f [u32],
    /// The weight of each; the squares sum to one.
    pub(super) weights: &'f [f32],
    /// Equal for passages of equal words, white space at the ends apart.
    pub(super) content: u32,
    /// How many words it holds; of a twin, about how many.
    pub(super) words: u64,
}

impl Features {
    /// Takes the features of the passages `old` and `new`, given as classes of tokens.
    pub(super) fn of(
        vocabulary: &Vocabulary<'_>,
        (old, new): (&[&[u32]], &[&[u32]]),
        twins: &Twins,
    ) -> Self {
        let mut gathered =
            Gathered::new(vocabulary, old.iter().chain(new).map(|one| one.len()).sum());
        let mut passages = Vec::with_capacity(old.len() + new.len());
        let olds = old.iter().zip(&twins.to_new).zip(&twins.content.0);
        let news = new.iter().zip(&twins.to_old).zip(&twins.content.1);
        for ((classes, twin), &content) in olds.chain(news) {
            let from = gathered.features.len();
            let words =
                if twin.is_none() { gathered.passage(classes) } else { twins.words(content) };
            passages.push(Measures { at: from..gathered.features.len(), content, words });
        }
        let Gathered { features, counts, pairs, .. } = gathered;
        let distinct = vocabulary.len() + pairs.pairs.len();
        let (rarity, weights) =
            weigh(&passages, (&features, &counts), (distinct, vocabulary.len()));
        Self { passages, old: old.len(), held: features, weights, rarity }
    }

    /// Returns how many passages the old draft and the new have.
    pub(super) fn lens(&self) -> (usize, usize) {
        (self.old, self.passages.len() - self.old)
    }

    /// Returns a passage of the old draft.
    pub(super) fn old(&self, at: usize) -> Known<'_> {
        self.known(&self.passages[at])
    }

    /// Returns a passage of the new draft.
    pub(super) fn new_one(&self, at: usize) -> Known<'_> {
        self.known(&self.passages[self.old + at])
    }

    fn known(&self, measures: &Measures) -> Known<'_> {
        Known {
            features: &self.held[measures.at.clone()],
            weights: &self.weights[measures.at.clone()],
            content: measures.content,
            words: measures.words,
        }
    }

    /// Returns how many distinct features there are.
    pub(super) fn distinct(&self) -> usize {
        self.rarity.len()
    }

    /// Returns the weight of a feature by its rarity.
    pub(super) fn rarity(&self, feature: u32) -> f32 {
        self.rarity[feature as usize]
    }
}

/// Features as they are found, with how often each stands in its passage.
struct Gathered<'v, 't> {
    vocabulary: &'v Vocabulary<'t>,
    pairs: PairTable,
    features: Vec<u32>,
    counts: Vec<f32>,
    /// Of each feature, where it stands last in `features`.
    last: Vec<u32>,
}

impl<'v, 't> Gathered<'v, 't> {
    fn new(vocabulary: &'v Vocabulary<'t>, tokens: usize) -> Self {
        let mut last = Vec::with_capacity(vocabulary.len() + tokens / 4);
        last.resize(vocabulary.len(), u32::MAX);
        let pairs = PairTable::new(tokens / 4);
        let (features, counts) = (Vec::with_capacity(tokens), Vec::with_capacity(tokens));
        Self { vocabulary, pairs, features, counts, last }
    }

    /// Counts the features of one passage and returns its words.
    fn passage(&mut self, classes: &[u32]) -> u64 {
        let from = self.features.len();
        let offset = u32::try_from(self.vocabulary.len()).expect("classes are u32");
        let (mut before, mut words) = (None, 0);
        for &class in classes.iter().filter(|&&class| self.vocabulary.is_word(class)) {
            words += 1;
            self.count(class, from);
            if let Some(before) = before {
                let pair = offset + self.pairs.id(before, class);
                self.count(pair, from);
            }
            before = Some(class);
        }
        if words == 0 {
            // A passage of marks alone, such as a rule, is known by its marks.
            let is_space = |class: &u32| self.vocabulary.kind(*class) == TokenKind::Space;
            let marks: Vec<u32> =
                classes.iter().copied().filter(|class| !is_space(class)).collect();
            for mark in marks {
                self.count(mark, from);
            }
        }
        words
    }

    /// Counts a feature in the passage whose features begin at `from`.
    fn count(&mut self, feature: u32, from: usize) {
        let feature_at = feature as usize;
        if feature_at >= self.last.len() {
            self.last.resize(feature_at + 1, u32::MAX);
        }
        let last = self.last[feature_at] as usize;
        if last >= from && last < self.features.len() {
            self.counts[last] += 1.0;
            return;
        }
        self.last[feature_at] =
            u32::try_from(self.features.len()).expect("a text has fewer than 2^32 tokens");
        self.features.push(feature);
        self.counts.push(1.0);
    }
}

/// Weighs each feature by its rarity and scales each passage to length one.
fn weigh(
    passages: &[Measures],
    (features, counts): (&[u32], &[f32]),
    (distinct, words): (usize, usize),
) -> (Vec<f32>, Vec<f32>) {
    let mut held = vec![0_u16; distinct];
    for &feature in features {
        let held = &mut held[feature as usize];
        *held = held.saturating_add(1);
    }
    let known = passages.iter().filter(|passage| !passage.at.is_empty()).count();
    let all = f32::from(u16::try_from(known).unwrap_or(u16::MAX));
    // Most features are held by few passages: the rarity of each number is taken once.
    let most = usize::from(held.iter().copied().max().unwrap_or(0)) + 1;
    let by_held: Vec<f32> = (0..most)
        .map(|held| {
            log2((all + FEW) / f32::from(u16::try_from(held.max(1)).unwrap_or(u16::MAX))).max(0.05)
        })
        .collect();
    let of = |(feature, held): (usize, &u16)| {
        let rare = by_held[usize::from(*held)];
        if feature < words { rare } else { rare * PAIR_WEIGHT }
    };
    let rarity: Vec<f32> = held.iter().enumerate().map(of).collect();
    let mut weights = Vec::with_capacity(features.len());
    for passage in passages {
        let mut square = 0.0;
        for (&feature, &count) in
            features[passage.at.clone()].iter().zip(&counts[passage.at.clone()])
        {
            // A word said three times is not three times as telling.
            let weight = if count > 1.0 { count.sqrt() } else { 1.0 } * rarity[feature as usize];
            weights.push(weight);
            square += weight * weight;
        }
        let scale = square.sqrt().recip();
        weights[passage.at.clone()].iter_mut().for_each(|weight| *weight *= scale);
    }
    (rarity, weights)
}

/// Returns about the binary logarithm of `x` > 0, straight between powers of two: the same on
/// every machine, which a library's need not be.
fn log2(x: f32) -> f32 {
    let (mut x, mut whole) = (x, 0.0);
    while x >= 2.0 {
        x /= 2.0;
        whole += 1.0;
    }
    while x < 1.0 {
        x *= 2.0;
        whole -= 1.0;
    }
    whole + (x - 1.0)
}

/// Numbers pairs of classes in order of first appearance: a table that is only ever asked, never walked.
#[derive(Debug)]
struct PairTable {
    /// The number of a pair + 1, or 0; the length is a power of two.
    slots: Vec<u32>,
    pairs: Vec<(u32, u32)>,
}

impl PairTable {
    fn new(pairs: usize) -> Self {
        Self {
            slots: vec![0; (2 * pairs).next_power_of_two().max(64)],
            pairs: Vec::with_capacity(pairs),
        }
    }

    fn id(&mut self, first: u32, second: u32) -> u32 {
        // Three in four slots are taken at most.
        if self.pairs.len() * 4 >= self.slots.len() * 3 {
            self.slots = vec![0; self.slots.len() * 2];
            for (number, &pair) in (1..).zip(&self.pairs) {
                let slot = self.slot(pair);
                self.slots[slot] = number;
            }
        }
        let slot = self.slot((first, second));
        if self.slots[slot] == 0 {
            self.pairs.push((first, second));
            self.slots[slot] = u32::try_from(self.pairs.len()).expect("pairs are fewer than 2^32");
        }
        self.slots[slot] - 1
    }

    /// Returns the slot that holds a pair, or the free one where it would be put.
    fn slot(&self, pair: (u32, u32)) -> usize {
        let mask = self.slots.len() - 1;
        let key = u64::from(pair.0) << 32 | u64::from(pair.1);
        let hash = (key ^ key >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = usize::try_from(hash >> 32).unwrap_or_default() & mask;
        while self.slots[slot] != 0 && self.pairs[self.slots[slot] as usize - 1] != pair {
            slot = (slot + 1) & mask;
        }
        slot
    }
}
