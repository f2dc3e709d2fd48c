//! How an index is made: texts are added one by one, then words and formulas get their numbers.
//!
//! It reads texts as they are given and judges none; a text without passages is said to have none.

use std::collections::HashMap;
use std::fmt;

use super::passage::{self, Passage};
use super::{PrecedentSource, Precedents, Stored, Vocabulary, fold, weight};

/// Places in the index are written in 32 bits.
const TEXT_BYTES_MAX: usize = u32::MAX as usize / 2;

/// Gathers texts for an index.
#[derive(Debug, Default)]
pub struct PrecedentsBuilder {
    sources: Vec<PrecedentSource>,
    headings: Vec<String>,
    heading_ids: HashMap<String, u32>,
    text: String,
    formulas: Vec<Gathered>,
    formula_ids: HashMap<Vec<u32>, usize>,
    words: Vec<Word>,
    word_ids: HashMap<String, u32>,
}

/// A formula with the places where it stands.
#[derive(Debug, Default)]
struct Gathered {
    passages: Vec<Stored>,
    /// Its distinct words.
    words: Vec<u32>,
}

#[derive(Debug)]
struct Word {
    text: String,
    spread: u32,
    formulas: Vec<u32>,
}

/// Says that an index takes no more text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PrecedentsFull {
    /// The text that did not fit.
    pub name: String,
}

impl fmt::Display for PrecedentsFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot add {} to the index: an index holds at most {TEXT_BYTES_MAX} bytes of passages",
            self.name
        )
    }
}

impl std::error::Error for PrecedentsFull {}

impl PrecedentsBuilder {
    /// Begins an index that holds nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under a name and returns how many passages were found in it.
    ///
    /// # Errors
    ///
    /// When the index is full: nothing of the text is taken then.
    pub fn add(&mut self, name: &str, text: &str) -> Result<usize, PrecedentsFull> {
        if self.text.len() + text.len() > TEXT_BYTES_MAX {
            return Err(PrecedentsFull { name: name.to_owned() });
        }
        let cut = passage::cut(text);
        if cut.passages.is_empty() {
            return Ok(0);
        }
        let source = number(self.sources.len());
        self.sources.push(PrecedentSource { name: name.to_owned(), title: cut.title });
        for passage in &cut.passages {
            let heading = self.heading(&cut.headings[passage.heading]);
            self.passage(&text[passage.at.clone()], passage, (source, heading));
        }
        Ok(cut.passages.len())
    }

    fn heading(&mut self, heading: &str) -> u32 {
        if let Some(&id) = self.heading_ids.get(heading) {
            return id;
        }
        let id = number(self.headings.len());
        self.headings.push(heading.to_owned());
        self.heading_ids.insert(heading.to_owned(), id);
        id
    }

    fn passage(&mut self, text: &str, passage: &Passage, (source, heading): (u32, u32)) {
        let words: Vec<u32> = fold::words(text).map(|word| self.word(&word.folded)).collect();
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        for &word in &distinct {
            self.words[word as usize].spread += 1;
        }
        let id = *self.formula_ids.entry(words).or_insert(self.formulas.len());
        if id == self.formulas.len() {
            for &word in &distinct {
                self.words[word as usize].formulas.push(number(id));
            }
            self.formulas.push(Gathered { passages: Vec::new(), words: distinct });
        }
        let known = &self.formulas[id].passages;
        let stored = |at: &Stored| &self.text[at.at as usize..][..at.len as usize];
        let at = known.iter().find(|at| stored(at) == text).map(|known| known.at);
        let at = at.unwrap_or_else(|| {
            let at = number(self.text.len());
            self.text.push_str(text);
            at
        });
        let len = number(text.len());
        self.formulas[id].passages.push(Stored { source, heading, line: passage.line, at, len });
    }

    fn word(&mut self, folded: &str) -> u32 {
        if let Some(&id) = self.word_ids.get(folded) {
            return id;
        }
        let id = number(self.words.len());
        self.words.push(Word { text: folded.to_owned(), spread: 0, formulas: Vec::new() });
        self.word_ids.insert(folded.to_owned(), id);
        id
    }

    /// Makes the index.
    pub fn finish(self) -> Precedents {
        let all = self.formulas.iter().map(|formula| formula.passages.len()).sum();
        let of_word: Vec<u32> = self.words.iter().map(|word| weight(all, word.spread)).collect();
        let (mut passages, mut formulas) = (Vec::with_capacity(all), vec![0]);
        let mut weights = Vec::with_capacity(self.formulas.len());
        for formula in self.formulas {
            passages.extend(formula.passages);
            formulas.push(number(passages.len()));
            weights.push(formula.words.iter().map(|&word| of_word[word as usize]).sum());
        }
        Precedents {
            sources: self.sources,
            headings: self.headings,
            text: self.text,
            passages,
            formulas,
            weights,
            vocabulary: vocabulary(self.words),
        }
    }
}

fn vocabulary(mut words: Vec<Word>) -> Vocabulary {
    words.sort_unstable_by(|a, b| a.text.cmp(&b.text));
    let mut vocabulary = Vocabulary::default();
    for word in words {
        vocabulary.words.push_str(&word.text);
        vocabulary.ends.push(number(vocabulary.words.len()));
        vocabulary.spread.push(word.spread);
        let mut last = 0;
        for formula in word.formulas {
            let mut step = formula - last;
            last = formula;
            while step >= 128 {
                vocabulary.postings.push(step.to_le_bytes()[0] | 128);
                step >>= 7;
            }
            vocabulary.postings.push(step.to_le_bytes()[0]);
        }
        vocabulary.posting_ends.push(number(vocabulary.postings.len()));
    }
    vocabulary
}

/// All that is counted stands for at least one byte of text.
fn number(count: usize) -> u32 {
    u32::try_from(count).expect("an index holds fewer bytes than 32 bits count")
}
