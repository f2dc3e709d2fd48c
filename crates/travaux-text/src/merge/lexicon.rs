//! Which base token equals a given string: a hash table that is only ever asked, never walked.
//!
//! It holds places, not strings, and a fixed hash, so that nothing depends on the run.

use crate::token::fingerprint;

/// A table of the distinct tokens of a text; the class of a token is the place of its first equal.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Place of a token + 1, or 0; the length is a power of two, at least twice the tokens.
    slots: Vec<u32>,
}

impl Lexicon {
    /// Returns the table of the tokens of `text` that begin at `starts`, and the class of each.
    pub(super) fn new(text: &str, starts: &[usize]) -> (Self, Vec<u32>) {
        let slots = vec![0; (starts.len() * 2).next_power_of_two()];
        let mut lexicon = Self { slots };
        let mut classes = Vec::with_capacity(starts.len());
        for at in 1..starts.len() {
            let slot = lexicon.slot(&text[starts[at - 1]..starts[at]], text, starts);
            if lexicon.slots[slot] == 0 {
                lexicon.slots[slot] = u32::try_from(at).expect("a text has fewer than 2^32 tokens");
            }
            classes.push(lexicon.slots[slot] - 1);
        }
        (lexicon, classes)
    }

    /// Returns the place of the first token that equals `token`.
    pub(super) fn find(&self, token: &str, text: &str, starts: &[usize]) -> Option<u32> {
        self.slots[self.slot(token, text, starts)].checked_sub(1)
    }

    /// Returns the slot that holds `token`, or the free one where it would be put.
    fn slot(&self, token: &str, text: &str, starts: &[usize]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(fingerprint(token) >> 32).unwrap_or_default() & mask;
        loop {
            match self.slots[slot] as usize {
                at if at == 0 || &text[starts[at - 1]..starts[at]] == token => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}
