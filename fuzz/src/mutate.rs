//! Inputs by mutation: a piece of the corpus, cut, repeated, spliced and sprinkled with words.
//!
//! It knows no target. What it gives depends on the seed and the number of the run alone.

/// The largest input that is made, in bytes.
const BYTES_MAX: usize = 768;

/// Makes inputs from a corpus.
#[derive(Clone, Debug)]
pub struct Mutations<'c> {
    corpus: &'c [Vec<u8>],
    words: &'c [&'c str],
    seed: u64,
}

/// A stream of numbers that depends on its start alone (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `end`, or 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end).unwrap_or(0)
    }
}

impl<'c> Mutations<'c> {
    /// Makes mutations of `corpus`, with `words` strewn in.
    pub fn new(corpus: &'c [Vec<u8>], words: &'c [&'c str], seed: u64) -> Self {
        Self { corpus, words, seed }
    }

    /// Writes the input of a run over `input`.
    pub fn fill(&self, run: u64, input: &mut Vec<u8>) {
        let mut numbers = Numbers(self.seed ^ run.wrapping_mul(0xA076_1D64_78BD_642F));
        input.clear();
        if let Some(first) = self.corpus.get(numbers.below(self.corpus.len())) {
            input.extend_from_slice(first);
        }
        for _ in 0..=numbers.below(6) {
            self.mutate(&mut numbers, input);
        }
        input.truncate(BYTES_MAX);
    }

    fn mutate(&self, numbers: &mut Numbers, input: &mut Vec<u8>) {
        let at = numbers.below(input.len() + 1);
        let len = numbers.below((input.len() - at).min(64) + 1);
        match numbers.below(8) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
            1 => drop(input.drain(at..at + len)),
            2 => {
                let piece = input[at..at + len].to_vec();
                let times = 1 + numbers.below(8);
                input.splice(at..at, piece.repeat(times));
            }
            3 => {
                let other = self.corpus.get(numbers.below(self.corpus.len()));
                let other = other.map_or(&[][..], Vec::as_slice);
                let from = numbers.below(other.len() + 1);
                let to = from + numbers.below(other.len() - from + 1);
                input.splice(at..at, other[from..to].iter().copied());
            }
            4 => input.truncate(at),
            5 => {
                let byte = u8::try_from(numbers.below(256)).unwrap_or(0);
                input.insert(at, byte);
            }
            _ => {
                let word = self.words.get(numbers.below(self.words.len())).copied();
                input.splice(at..at, word.unwrap_or_default().bytes());
            }
        }
        // Pieces repeated of pieces repeated would grow without end.
        input.truncate(4 * BYTES_MAX);
    }
}
