//! What a passage is known by: its words and pairs of neighbouring words, rare ones weighing more.
//!
//! Nothing here knows of two drafts being compared; the weights are taken over the passages of both.

use crate::lexed::Vocabulary;
use crate::token::TokenKind;

/// A pair of neighbouring words counts this much beside a word as rare: order tells apart what
/// words alone do not.
const PAIR_WEIGHT: f64 = 0.7;

/// The features of the passages of two drafts, the old ones first.
#[derive(Debug)]
pub(super) struct Features {
    /// Of each passage, its features in order, each once.
    passages: Vec<Passage>,
    /// How many passages are of the old draft.
    old: usize,
    /// The number of distinct features.
    distinct: usize,
    /// Of each feature, its weight by rarity.
    rarity: Vec<f64>,
}

/// One passage.
#[derive(Debug, Default)]
pub(super) struct Passage {
    /// (feature, weight), by feature; the squares of the weights sum to one.
    pub(super) vector: Vec<(u32, f64)>,
    /// Equal for passages of equal words, white space at the ends apart.
    pub(super) content: u32,
    /// How many words it holds.
    pub(super) words: u64,
}

impl Features {
    /// Takes the features of the passages `old` and `new`, given as classes of tokens.
    pub(super) fn of(vocabulary: &Vocabulary<'_>, old: &[&[u32]], new: &[&[u32]]) -> Self {
        let mut pairs = PairTable::new();
        let mut contents = ContentTable::default();
        let mut passages: Vec<Passage> = Vec::with_capacity(old.len() + new.len());
        for classes in old.iter().chain(new) {
            passages.push(passage(vocabulary, classes, &mut pairs, &mut contents));
        }
        let distinct = vocabulary.len() + pairs.count;
        let rarity = weigh(&mut passages, distinct, vocabulary.len());
        Self { passages, old: old.len(), distinct, rarity }
    }

    /// Returns the passages of the old draft.
    pub(super) fn old(&self) -> &[Passage] {
        &self.passages[..self.old]
    }

    /// Returns the passages of the new draft.
    pub(super) fn new_ones(&self) -> &[Passage] {
        &self.passages[self.old..]
    }

    /// Returns how many distinct features there are.
    pub(super) fn distinct(&self) -> usize {
        self.distinct
    }

    /// Returns the weight of a feature by its rarity.
    pub(super) fn rarity(&self, feature: u32) -> f64 {
        self.rarity[feature as usize]
    }

    /// Returns how alike two passages are, from 0 to 1.
    pub(super) fn likeness(&self, old: usize, new: usize) -> f64 {
        let (a, b) = (&self.old()[old], &self.new_ones()[new]);
        if a.content == b.content { 1.0 } else { cosine(&a.vector, &b.vector).min(1.0) }
    }
}

fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            sum += x.1 * y.1;
        }
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    sum
}

/// Counts the features of one passage; the weights are counts until all are weighed.
fn passage(
    vocabulary: &Vocabulary<'_>,
    classes: &[u32],
    pairs: &mut PairTable,
    contents: &mut ContentTable,
) -> Passage {
    let is_space = |class: &u32| vocabulary.kind(*class) == TokenKind::Space;
    let from = classes.iter().position(|class| !is_space(class)).unwrap_or(classes.len());
    let to = classes.iter().rposition(|class| !is_space(class)).map_or(from, |last| last + 1);
    let classes = &classes[from..to];
    let mut found: Vec<u32> = Vec::with_capacity(classes.len());
    let mut before = None;
    let mut words = 0;
    let offset = u32::try_from(vocabulary.len()).expect("classes are u32");
    for &class in classes.iter().filter(|&&class| vocabulary.is_word(class)) {
        found.push(class);
        words += 1;
        if let Some(before) = before {
            found.push(offset + pairs.id(before, class));
        }
        before = Some(class);
    }
    if words == 0 {
        // A passage of marks alone, such as a rule, is known by its marks.
        found.extend(classes.iter().filter(|class| !is_space(class)));
    }
    found.sort_unstable();
    let mut vector: Vec<(u32, f64)> = Vec::with_capacity(found.len());
    for feature in found {
        match vector.last_mut() {
            Some(last) if last.0 == feature => last.1 += 1.0,
            _ => vector.push((feature, 1.0)),
        }
    }
    Passage { vector, content: contents.id(classes), words }
}

/// Weighs each feature by its rarity and scales each vector to length one.
fn weigh(passages: &mut [Passage], distinct: usize, words: usize) -> Vec<f64> {
    let mut held = vec![0_u32; distinct];
    for passage in passages.iter() {
        for &(feature, _) in &passage.vector {
            held[feature as usize] += 1;
        }
    }
    let all = f64::from(u32::try_from(passages.len()).unwrap_or(u32::MAX));
    let rarity: Vec<f64> = held
        .iter()
        .enumerate()
        .map(|(feature, &held)| {
            let rare = log2((all + 2.0) / f64::from(held.max(1))).max(0.05);
            if feature < words { rare } else { rare * PAIR_WEIGHT }
        })
        .collect();
    for passage in passages {
        let mut square = 0.0;
        for (feature, weight) in &mut passage.vector {
            // A word said three times is not three times as telling.
            *weight = (*weight).sqrt() * rarity[*feature as usize];
            square += *weight * *weight;
        }
        let length = square.sqrt();
        for (_, weight) in &mut passage.vector {
            *weight /= length;
        }
    }
    rarity
}

/// Returns about the binary logarithm of `x` > 0, straight between powers of two: the same on
/// every machine, which a library's need not be.
fn log2(x: f64) -> f64 {
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

/// Numbers pairs of classes in order of first appearance.
#[derive(Debug)]
struct PairTable {
    slots: Vec<(u64, u32)>,
    count: usize,
}

impl PairTable {
    fn new() -> Self {
        Self { slots: vec![(u64::MAX, 0); 4096], count: 0 }
    }

    fn id(&mut self, first: u32, second: u32) -> u32 {
        if self.count * 2 >= self.slots.len() {
            let held = std::mem::take(&mut self.slots);
            self.slots = vec![(u64::MAX, 0); held.len() * 2];
            for entry in held.into_iter().filter(|entry| entry.0 != u64::MAX) {
                let slot = self.slot(entry.0);
                self.slots[slot] = entry;
            }
        }
        let key = u64::from(first) << 32 | u64::from(second);
        let slot = self.slot(key);
        if self.slots[slot].0 == u64::MAX {
            self.slots[slot] = (key, u32::try_from(self.count).expect("pairs are fewer than 2^32"));
            self.count += 1;
        }
        self.slots[slot].1
    }

    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let hash = (key ^ key >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = usize::try_from(hash >> 32).unwrap_or_default() & mask;
        while self.slots[slot].0 != u64::MAX && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Numbers sequences of classes in order of first appearance.
#[derive(Debug, Default)]
struct ContentTable {
    known: std::collections::BTreeMap<Vec<u32>, u32>,
}

impl ContentTable {
    fn id(&mut self, classes: &[u32]) -> u32 {
        if let Some(&id) = self.known.get(classes) {
            return id;
        }
        let id = u32::try_from(self.known.len()).expect("passages are fewer than 2^32");
        self.known.insert(classes.to_vec(), id);
        id
    }
}
