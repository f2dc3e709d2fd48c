//! How an index is written as bytes, and read back with every number checked.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `TRVXPREC` |
//! | 4 | version, little-endian |
//! | 8 | length of the body, little-endian |
//! | 8 | a hash of the body, against accidents; no seal |
//! | rest | the body: counts and texts, numbers in seven bits a byte, the lowest first |
//!
//! It does not know where the bytes are kept.

use std::fmt;

use super::{PrecedentSource, Precedents, Stored, Vocabulary};

const MAGIC: &[u8; 8] = b"TRVXPREC";
const VERSION: u32 = 1;
const HEADER: usize = 28;

/// Why bytes are no index that can be searched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PrecedentsError {
    /// They begin as something else does.
    Foreign,
    /// They were written by another version of the program, in this form.
    Version(u32),
    /// They end too early, or go on: how many there should be, and are.
    Length {
        /// Bytes that the header announces, itself included.
        announced: u64,
        /// Bytes there are.
        found: u64,
    },
    /// They were changed after they were written.
    Damaged,
}

impl PrecedentsError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Foreign => "name a file that `travaux precedent build` wrote",
            Self::Version(_) | Self::Length { .. } | Self::Damaged => {
                "build it again: travaux precedent build DIR"
            }
        }
    }
}

impl fmt::Display for PrecedentsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("it is no index of precedents"),
            Self::Version(version) => {
                write!(f, "the index has form {version}; this program reads form {VERSION}")
            }
            Self::Length { announced, found } => {
                write!(f, "the index should have {announced} bytes and has {found}")
            }
            Self::Damaged => f.write_str("the index was changed after it was written"),
        }
    }
}

impl std::error::Error for PrecedentsError {}

impl Precedents {
    /// Writes the index as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer(Vec::with_capacity(self.text.len() + self.vocabulary.postings.len()));
        out.0.resize(HEADER, 0);
        out.count(self.sources.len());
        for source in &self.sources {
            out.text(&source.name);
            out.text(&source.title);
        }
        out.count(self.headings.len());
        self.headings.iter().for_each(|heading| out.text(heading));
        out.text(&self.text);
        out.count(self.passages.len());
        for Stored { source, heading, line, at, len } in &self.passages {
            for &number in [source, heading, line, at, len] {
                out.number(number);
            }
        }
        out.numbers(&self.formulas);
        out.numbers(&self.weights);
        let vocabulary = &self.vocabulary;
        out.text(&vocabulary.words);
        out.numbers(&vocabulary.ends);
        out.numbers(&vocabulary.spread);
        out.count(vocabulary.postings.len());
        out.0.extend_from_slice(&vocabulary.postings);
        out.numbers(&vocabulary.posting_ends);
        let mut bytes = out.0;
        let (header, body) = bytes.split_at_mut(HEADER);
        header[..8].copy_from_slice(MAGIC);
        header[8..12].copy_from_slice(&VERSION.to_le_bytes());
        header[12..20].copy_from_slice(&(body.len() as u64).to_le_bytes());
        header[20..].copy_from_slice(&hash(body).to_le_bytes());
        bytes
    }

    /// Reads an index from bytes.
    ///
    /// # Errors
    ///
    /// When they are not exactly what [`Precedents::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PrecedentsError> {
        let short = MAGIC.len().min(bytes.len());
        if bytes.is_empty() || bytes[..short] != MAGIC[..short] {
            return Err(PrecedentsError::Foreign);
        }
        let found = bytes.len() as u64;
        let Some((header, body)) = bytes.split_first_chunk::<HEADER>() else {
            return Err(PrecedentsError::Length { announced: HEADER as u64, found });
        };
        let version = u32::try_from(number(&header[8..12])).unwrap_or(u32::MAX);
        if version != VERSION {
            return Err(PrecedentsError::Version(version));
        }
        let announced = number(&header[12..20]).saturating_add(HEADER as u64);
        if announced != found {
            return Err(PrecedentsError::Length { announced, found });
        }
        if number(&header[20..]) != hash(body) {
            return Err(PrecedentsError::Damaged);
        }
        let index = body_of(&mut Reader(body)).ok_or(PrecedentsError::Damaged)?;
        if index.is_sound() { Ok(index) } else { Err(PrecedentsError::Damaged) }
    }

    /// Reports whether every number points to something there is.
    fn is_sound(&self) -> bool {
        let Self { sources, headings, text, passages, formulas, weights, vocabulary } = self;
        let Vocabulary { words, ends, spread, postings, posting_ends } = vocabulary;
        let passages_are = passages.iter().all(|passage| {
            let end = (passage.at as usize).saturating_add(passage.len as usize);
            (passage.source as usize) < sources.len()
                && (passage.heading as usize) < headings.len()
                && text.get(passage.at as usize..end).is_some()
        });
        let formulas_are = formulas.first() == Some(&0)
            && formulas.last().is_some_and(|&last| last as usize == passages.len())
            && formulas.windows(2).all(|pair| pair[0] < pair[1])
            && weights.len() + 1 == formulas.len();
        let ascends = |ends: &[u32], all: usize| {
            ends.is_sorted() && ends.last().map_or(0, |&last| last as usize) == all
        };
        let vocabulary_is = spread.len() == ends.len()
            && posting_ends.len() == ends.len()
            && ascends(ends, words.len())
            && ends.iter().all(|&end| words.is_char_boundary(end as usize))
            && ascends(posting_ends, postings.len());
        passages_are && formulas_are && vocabulary_is
    }
}

fn body_of(read: &mut Reader<'_>) -> Option<Precedents> {
    let sources =
        read.list(|read| Some(PrecedentSource { name: read.text()?, title: read.text()? }))?;
    let headings = read.list(Reader::text)?;
    let text = read.text()?;
    let passages = read.list(|read| {
        let (source, heading) = (read.number()?, read.number()?);
        Some(Stored {
            source,
            heading,
            line: read.number()?,
            at: read.number()?,
            len: read.number()?,
        })
    })?;
    let formulas = read.list(Reader::number)?;
    let weights = read.list(Reader::number)?;
    let (words, ends) = (read.text()?, read.list(Reader::number)?);
    let spread = read.list(Reader::number)?;
    let postings = read.bytes()?.to_vec();
    let posting_ends = read.list(Reader::number)?;
    let vocabulary = Vocabulary { words, ends, spread, postings, posting_ends };
    let index = Precedents { sources, headings, text, passages, formulas, weights, vocabulary };
    read.0.is_empty().then_some(index)
}

/// Reads a number of up to eight bytes, the lowest first.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// Returns length and hash of a body as the header holds them, for tests that forge one.
#[cfg(test)]
pub(super) fn sealed_again(body: &[u8]) -> [u8; 16] {
    let mut both = [0; 16];
    both[..8].copy_from_slice(&(body.len() as u64).to_le_bytes());
    both[8..].copy_from_slice(&hash(body).to_le_bytes());
    both
}

/// A fixed hash: multiply and rotate over eight bytes at a time.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    let mut mix = |word: [u8; 8]| {
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    };
    let (chunks, rest) = bytes.as_chunks::<8>();
    for &chunk in chunks {
        mix(chunk);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(last);
    hash
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: u32) {
        while number >= 128 {
            self.0.push(number.to_le_bytes()[0] | 128);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).expect("an index holds fewer bytes than 32 bits count"));
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.count(numbers.len());
        for &number in numbers {
            self.number(number);
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// What is still to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in (0..32).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let bits = u32::from(byte & 127);
            number |= bits.checked_shl(shift).filter(|shifted| shifted >> shift == bits)?;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<String> {
        std::str::from_utf8(self.bytes()?).ok().map(str::to_owned)
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let len = self.number()? as usize;
        // An item takes a byte at least, so a false count reserves no more than was read.
        let mut list = Vec::with_capacity(len.min(self.0.len()));
        for _ in 0..len {
            list.push(item(self)?);
        }
        Some(list)
    }
}
