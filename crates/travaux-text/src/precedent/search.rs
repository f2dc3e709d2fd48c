//! How the nearest earlier language is found: candidates by rare words, then alignment, then
//! formulas whose words differ little are listed together.
//!
//! 1. The postings of the words asked for are added up, rarest first, until [`POSTINGS_MAX`] are read.
//! 2. The best by what they share, and the best by what they share for their length, are candidates.
//! 3. Each is aligned with the words asked for. What counts is the *stretch* of it that answers them
//!    best, so that a clause is found inside a long paragraph and a paragraph as a whole.
//! 4. *Likeness* is the weight of the words matched, over that of the words asked for and of those
//!    in the stretch that are not matched.
//!
//! It does not know where passages come from.

use std::collections::HashMap;
use std::ops::Range;

use super::aligned::{AlignedPiece, aligned};
use super::shared::shared;
use super::{Precedents, fold};

/// Postings read for one search; words so common that these are used up add little.
const POSTINGS_MAX: usize = 1_000_000;
/// Candidates aligned, by each of the two rankings.
const CANDIDATES: usize = 32;
/// Words asked for beyond which fewer candidates are aligned, so that time stays bounded.
const LONG: usize = 400;
/// Words that are searched for; what follows them is left out.
const ASKED_MAX: usize = 1_000;
/// Likeness, in thousandths, below which nothing is shown.
const LIKENESS_MIN: u32 = 150;
/// Words that two wordings share, in thousandths of both, from which on they are listed together.
const NEAR: usize = 850;
/// Share of a passage, in tenths, from which on it is shown and compared as a whole.
const WHOLE: usize = 6;

/// Language found: the same words, or almost, wherever they recur.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Formula<'a> {
    /// How like the words asked for it is, in thousandths; a rare word counts for more.
    pub likeness: u32,
    /// How many of the words asked for stand in it, in their order.
    pub shared: usize,
    /// How many words were asked for.
    pub asked: usize,
    /// The nearest wording: a whole passage, to the byte.
    pub text: &'a str,
    /// The bytes of `text` that answer the words asked for.
    pub stretch: Range<usize>,
    /// The words asked for beside that stretch.
    pub pieces: Vec<AlignedPiece>,
    /// Where these words stand, in the order the texts were added.
    pub places: Vec<PassagePlace<'a>>,
    /// Wordings that differ little from it, the likest first.
    pub near: Vec<NearFormula<'a>>,
}

/// A wording that differs little from the one shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NearFormula<'a> {
    /// How like the words asked for it is, in thousandths.
    pub likeness: u32,
    /// A whole passage, to the byte.
    pub text: &'a str,
    /// Where these words stand.
    pub places: Vec<PassagePlace<'a>>,
}

/// Where a passage stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PassagePlace<'a> {
    /// The name of its text.
    pub source: &'a str,
    /// The title of its text.
    pub title: &'a str,
    /// The heading it stands under, as it is written there; empty where there is none.
    pub heading: &'a str,
    /// The line it begins in, from 1.
    pub line: u32,
}

/// What is asked for.
struct Asked {
    /// The words in their order, by the numbers of this search.
    words: Vec<u32>,
    /// What all of them weigh.
    weight: u64,
}

/// A word of this search.
#[derive(Clone, Copy)]
struct Known {
    /// Its place in the vocabulary.
    place: Option<usize>,
    weight: u32,
}

/// A candidate that was aligned.
struct Aligned {
    formula: usize,
    likeness: u32,
    shared: usize,
    stretch: Range<usize>,
    /// The words of the stretch, by the numbers of this search.
    words: Vec<u32>,
}

impl Precedents {
    /// Finds the nearest earlier language, the likest first: at most `most` formulas.
    ///
    /// Equally like ones stand in the order in which they were added. Words that stand in no
    /// passage find nothing; neither do fewer than two words. Of a longer text the first 1,000 words
    /// are searched for.
    pub fn find(&self, words: &str, most: usize) -> Vec<Formula<'_>> {
        let end = fold::words(words).nth(ASKED_MAX).map_or(words.len(), |beyond| beyond.at.start);
        let words = words[..end].trim_end();
        let mut search = Search { index: self, numbers: HashMap::new(), known: Vec::new() };
        let asked = search.asked(words);
        if asked.words.len() < 2 {
            return Vec::new();
        }
        let mut found: Vec<Aligned> = search
            .candidates(&asked)
            .into_iter()
            .map(|formula| search.align(&asked, formula))
            .filter(|found| found.likeness >= LIKENESS_MIN)
            .collect();
        found.sort_by_key(|found| {
            let weight = self.weights[found.formula];
            (std::cmp::Reverse(found.likeness), weight, found.formula)
        });
        let groups = grouped(&found, most);
        groups.iter().map(|group| self.formula(words, &asked, &found, group)).collect()
    }

    fn formula(
        &self,
        words: &str,
        asked: &Asked,
        found: &[Aligned],
        group: &[usize],
    ) -> Formula<'_> {
        let best = &found[group[0]];
        let text = self.text_of(self.passages_of(best.formula)[0]);
        let near = group[1..].iter().map(|&at| NearFormula {
            likeness: found[at].likeness,
            text: self.text_of(self.passages_of(found[at].formula)[0]),
            places: self.places(found[at].formula),
        });
        Formula {
            likeness: best.likeness,
            shared: best.shared,
            asked: asked.words.len(),
            text,
            stretch: best.stretch.clone(),
            pieces: aligned(words, &text[best.stretch.clone()]),
            places: self.places(best.formula),
            near: near.collect(),
        }
    }

    fn places(&self, formula: usize) -> Vec<PassagePlace<'_>> {
        let place = |passage: &super::Stored| {
            let source = &self.sources[passage.source as usize];
            let heading = self.headings[passage.heading as usize].as_str();
            PassagePlace { source: &source.name, title: &source.title, heading, line: passage.line }
        };
        self.passages_of(formula).iter().map(place).collect()
    }
}

/// Lists together what differs little; the first of each list is the likest.
fn grouped(found: &[Aligned], most: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, candidate) in found.iter().enumerate() {
        let near = |group: &Vec<usize>| is_near(&found[group[0]].words, &candidate.words);
        match groups.iter().position(near) {
            Some(group) => groups[group].push(at),
            None if groups.len() < most => groups.push(vec![at]),
            None => {}
        }
    }
    groups
}

/// Reports whether two wordings share almost all words in their order.
fn is_near(one: &[u32], other: &[u32]) -> bool {
    let needed = (one.len() + other.len()) * NEAR;
    if one.len().min(other.len()) * 2 * 1000 < needed {
        return false;
    }
    shared(one, other).into_iter().filter(|&is_shared| is_shared).count() * 2 * 1000 >= needed
}

/// One search over an index, with numbers of its own for the words it meets.
struct Search<'a> {
    index: &'a Precedents,
    numbers: HashMap<String, u32>,
    known: Vec<Known>,
}

impl Search<'_> {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.known.len()).expect("a search meets fewer words");
        let place = self.index.vocabulary.find(word);
        let spread = place.map_or(1, |place| self.index.vocabulary.spread[place]);
        self.known.push(Known { place, weight: self.index.weight(spread) });
        self.numbers.insert(word.to_owned(), number);
        number
    }

    fn weight(&self, number: u32) -> u64 {
        self.known[number as usize].weight.into()
    }

    fn asked(&mut self, words: &str) -> Asked {
        let words: Vec<u32> = fold::words(words).map(|word| self.number(&word.folded)).collect();
        let weight = words.iter().map(|&word| self.weight(word)).sum();
        Asked { words, weight }
    }

    /// Chooses the formulas that are worth aligning.
    fn candidates(&self, asked: &Asked) -> Vec<usize> {
        let mut places: Vec<(u32, usize, u32)> = (0..self.known.len())
            .filter_map(|word| {
                let known = self.known[word];
                let place = known.place?;
                Some((self.index.vocabulary.spread[place], place, known.weight))
            })
            .collect();
        places.sort_unstable();
        let mut shared = vec![0_u32; self.index.weights.len()];
        let mut read = 0;
        for (_, place, weight) in places {
            for formula in self.index.vocabulary.formulas(place) {
                if let Some(sum) = shared.get_mut(formula as usize) {
                    *sum = sum.saturating_add(weight);
                }
                read += 1;
            }
            if read > POSTINGS_MAX {
                break;
            }
        }
        let most = if asked.words.len() > LONG { CANDIDATES / 2 } else { CANDIDATES };
        let distinct: u64 = self.known.iter().map(|known| u64::from(known.weight)).sum();
        let alike = |(&sum, &own): (&u32, &u32)| {
            u64::from(sum) * 1_000_000 / (distinct + u64::from(own)).max(1)
        };
        let by_likeness: Vec<u64> = shared.iter().zip(&self.index.weights).map(alike).collect();
        let by_sharing: Vec<u64> = shared.iter().map(|&sum| sum.into()).collect();
        let mut all = best(&by_sharing, most);
        all.extend(best(&by_likeness, most));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Aligns a formula with the words asked for and finds the stretch of it that answers them best.
    fn align(&mut self, asked: &Asked, formula: usize) -> Aligned {
        let index = self.index;
        let text = index.text_of(index.passages_of(formula)[0]);
        let (mut words, mut at) = (Vec::new(), Vec::new());
        for word in fold::words(text) {
            words.push(self.number(&word.folded));
            at.push(word.at);
        }
        let is_matched = shared(&asked.words, &words);
        let best = self.stretch(&words, &is_matched);
        let sum = |matched: bool| -> u64 {
            let inside = best.clone().filter(|&at| is_matched[at] == matched);
            inside.map(|at| self.weight(words[at])).sum()
        };
        let likeness = sum(true) * 1000 / (asked.weight + sum(false)).max(1);
        let shared = best.clone().filter(|&at| is_matched[at]).count();
        let shown = if best.len() * 10 >= words.len() * WHOLE {
            (0..words.len(), 0..text.len())
        } else {
            clauses(text, &at, best)
        };
        Aligned {
            formula,
            likeness: u32::try_from(likeness).expect("a part is no greater than the whole"),
            shared,
            stretch: shown.1,
            words: words[shown.0].to_vec(),
        }
    }

    /// Finds the words among which the matched ones outweigh half the others by most.
    fn stretch(&self, words: &[u32], is_matched: &[bool]) -> Range<usize> {
        let (mut best, mut most) = (0..0, 0);
        let (mut from, mut sum) = (0, 0_i64);
        for (at, (&word, &matched)) in words.iter().zip(is_matched).enumerate() {
            let weight = i64::try_from(self.weight(word)).expect("a weight has few bits");
            sum += if matched { weight } else { -weight / 2 };
            if sum <= 0 {
                (from, sum) = (at + 1, 0);
            } else if sum > most {
                (best, most) = (from..at + 1, sum);
            }
        }
        best
    }
}

/// Returns the places of the `most` greatest values above nothing; of equal ones the first.
fn best(values: &[u64], most: usize) -> Vec<usize> {
    let key = |&at: &usize| (std::cmp::Reverse(values[at]), at);
    let mut all: Vec<usize> = (0..values.len()).filter(|&at| values[at] > 0).collect();
    if all.len() > most {
        all.select_nth_unstable_by_key(most, key);
        all.truncate(most);
    }
    all
}

/// Widens a stretch of words to the clauses it touches: the words and the bytes they take.
fn clauses(text: &str, at: &[Range<usize>], best: Range<usize>) -> (Range<usize>, Range<usize>) {
    if best.is_empty() {
        return (best, 0..0);
    }
    // A clause ends where a point, a colon or a semicolon stands between two words, or a new line.
    let ends = |word: usize| {
        let between = &text[at[word].end..at[word + 1].start];
        between.contains(['\n', ';', ':']) || between.starts_with(". ")
    };
    let from = (0..best.start).rev().find(|&word| ends(word)).map_or(0, |word| word + 1);
    let upto =
        (best.end - 1..at.len() - 1).find(|&word| ends(word)).map_or(at.len(), |word| word + 1);
    let start = if from == 0 { 0 } else { at[from].start };
    let end = match at.get(upto) {
        None => text.len(),
        Some(next) => at[upto - 1].end + clause_mark(&text[at[upto - 1].end..next.start]),
    };
    (from..upto, start..end)
}

/// Returns the bytes of the mark that ends a clause.
fn clause_mark(between: &str) -> usize {
    between.find(char::is_whitespace).unwrap_or(between.len())
}
