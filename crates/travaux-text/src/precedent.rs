//! Where language like this was agreed before: an index of the passages of earlier treaties.
//!
//! A *passage* is a paragraph as it stands in its source, to the byte. Passages with the same words
//! (letter case, punctuation and the paragraph's own number apart) are one *formula*: it is found
//! once and lists every place where it recurs. A search weighs each word by how few passages hold
//! it, so that boilerplate counts for little, takes the most promising passages from an inverted
//! index, aligns each with the words asked for, and ranks by the weight of what is shared.
//!
//! **Invariant:** all arithmetic is of integers and every order is total, so the same texts in the
//! same order give the same index and the same answers on any machine. This module reads no files;
//! it does not know which texts are treaties, nor whether they were ever agreed.

mod aligned;
mod build;
mod bytes;
mod fold;
mod html;
mod passage;
mod search;
mod shared;
#[cfg(test)]
mod tests;

use std::fmt;

pub use self::aligned::{AlignedPiece, aligned};
pub use self::build::{PrecedentsBuilder, PrecedentsFull};
pub use self::bytes::PrecedentsError;
pub use self::html::text_of_html;
pub use self::search::{Formula, NearFormula, PassagePlace};

/// A text that passages were taken from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PrecedentSource {
    /// The name it was added under, as a rule the path of its file.
    pub name: String,
    /// What it calls itself: its first heading, else its first line.
    pub title: String,
}

/// What an index holds, in numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PrecedentCounts {
    /// Texts.
    pub sources: usize,
    /// Paragraphs, each counted wherever it stands.
    pub passages: usize,
    /// Passages of different words.
    pub formulas: usize,
    /// Different words.
    pub words: usize,
}

/// An index of the passages of many texts.
///
/// Made by [`PrecedentsBuilder::finish`], or read back by [`Precedents::from_bytes`].
#[derive(Clone, Eq, PartialEq)]
pub struct Precedents {
    sources: Vec<PrecedentSource>,
    /// Headings under which passages stand, each once.
    headings: Vec<String>,
    /// The passages' texts, each distinct one once.
    text: String,
    /// All passages, those of one formula together.
    passages: Vec<Stored>,
    /// For each formula, where its passages begin in `passages`; then their number.
    formulas: Vec<u32>,
    /// For each formula, the weight of its distinct words.
    weights: Vec<u32>,
    vocabulary: Vocabulary,
}

/// Where a passage stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Stored {
    source: u32,
    heading: u32,
    line: u32,
    /// Its text begins here in `Precedents::text`.
    at: u32,
    len: u32,
}

/// The different words, in the order of their bytes, and the formulas that hold each.
#[derive(Clone, Default, Eq, PartialEq)]
struct Vocabulary {
    words: String,
    /// For each word, where it ends in `words`.
    ends: Vec<u32>,
    /// For each word, how many passages hold it.
    spread: Vec<u32>,
    /// The formulas that hold each word, ascending, as differences of seven bits a byte.
    postings: Vec<u8>,
    /// For each word, where its formulas end in `postings`.
    posting_ends: Vec<u32>,
}

impl Precedents {
    /// Returns what it holds, in numbers.
    pub fn counts(&self) -> PrecedentCounts {
        PrecedentCounts {
            sources: self.sources.len(),
            passages: self.passages.len(),
            formulas: self.weights.len(),
            words: self.vocabulary.ends.len(),
        }
    }

    /// Returns the texts that passages were taken from, in the order they were added.
    pub fn sources(&self) -> &[PrecedentSource] {
        &self.sources
    }

    /// Returns the passages of a formula.
    fn passages_of(&self, formula: usize) -> &[Stored] {
        &self.passages[self.formulas[formula] as usize..self.formulas[formula + 1] as usize]
    }

    fn text_of(&self, passage: Stored) -> &str {
        &self.text[passage.at as usize..][..passage.len as usize]
    }

    /// Returns what a word weighs that `spread` passages hold: the fewer, the more.
    fn weight(&self, spread: u32) -> u32 {
        weight(self.passages.len(), spread)
    }
}

/// Units of weight in one bit of information.
const BIT: u32 = 256;

/// Returns log2(passages / spread) in units of 1/[`BIT`], but never nothing.
fn weight(passages: usize, spread: u32) -> u32 {
    let all = log2(passages as u64 + 1);
    all.saturating_sub(log2(u64::from(spread.max(1)))).max(BIT / 4)
}

/// Returns the binary logarithm of a positive number in units of 1/[`BIT`], rounded down.
///
/// Own arithmetic, since what the system's library gives in the last place differs.
fn log2(number: u64) -> u32 {
    let whole = number.ilog2();
    // 1 <= mantissa < 2, with 32 bits behind the point.
    let mut mantissa = if whole > 32 { number >> (whole - 32) } else { number << (32 - whole) };
    let mut fraction = 0;
    for _ in 0..BIT.ilog2() {
        mantissa = u64::try_from((u128::from(mantissa) * u128::from(mantissa)) >> 32)
            .expect("the square of a number below 2 is below 4");
        fraction <<= 1;
        if mantissa >> 33 > 0 {
            fraction |= 1;
            mantissa >>= 1;
        }
    }
    whole * BIT + fraction
}

impl Vocabulary {
    fn word(&self, id: usize) -> &str {
        let from = id.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[from as usize..self.ends[id] as usize]
    }

    /// Finds a folded word.
    fn find(&self, word: &str) -> Option<usize> {
        let (mut from, mut upto) = (0, self.ends.len());
        while from < upto {
            let middle = usize::midpoint(from, upto);
            match self.word(middle).cmp(word) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => upto = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// Returns the formulas that hold a word.
    fn formulas(&self, id: usize) -> Postings<'_> {
        let from = id.checked_sub(1).map_or(0, |before| self.posting_ends[before]);
        let bytes = &self.postings[from as usize..self.posting_ends[id] as usize];
        Postings { bytes, formula: 0 }
    }
}

/// Iterates over ascending numbers written as differences; ends where the bytes make no sense.
struct Postings<'a> {
    bytes: &'a [u8],
    formula: u32,
}

impl Iterator for Postings<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut step = 0_u32;
        for shift in (0..32).step_by(7) {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            step |= u32::from(byte & 127) << shift;
            if byte < 128 {
                self.formula = self.formula.checked_add(step)?;
                return Some(self.formula);
            }
        }
        None
    }
}

impl fmt::Debug for Precedents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Precedents").field("counts", &self.counts()).finish_non_exhaustive()
    }
}
