//! Whose provisions are meant: "of this Convention", "of the Budapest Convention".

use super::{Instrument, Reader};

/// What instruments are called.
const NOUNS: [&str; 11] = [
    "convention",
    "agreement",
    "treaty",
    "protocol",
    "covenant",
    "charter",
    "statute",
    "constitution",
    "declaration",
    "regulation",
    "instrument",
];

/// What a text calls itself where it says "the" and no more.
const OWN_NOUNS: [&str; 3] = ["convention", "agreement", "treaty"];

/// Small words that stand inside the name of an instrument.
const INSIDE: [&str; 9] = ["of", "on", "and", "the", "against", "for", "to", "in", "concerning"];

impl Reader<'_, '_> {
    /// Reads "this Convention" or "the present Convention".
    pub(super) fn own_instrument(&self, at: usize) -> Option<usize> {
        let noun = match (self.lower(at), self.lower(at + 1)) {
            ("this" | "the", "present") => at + 2,
            ("this", _) => at + 1,
            _ => return None,
        };
        let word = self.words.get(noun)?;
        (word.is_capital() && NOUNS.contains(&word.lower.as_str())).then_some(noun + 1)
    }

    /// Reads the instrument behind a pointer, if one is named; without one it is the text itself.
    pub(super) fn of_instrument(&self, at: usize) -> (Instrument, usize) {
        let acronym = self.words.get(at).filter(|word| {
            3 <= word.text.len() && word.text.bytes().all(|byte| byte.is_ascii_uppercase())
        });
        if let Some(acronym) = acronym {
            return (Instrument::Other(acronym.text.to_owned()), at + 1);
        }
        // "article 2, paragraph 7, of the Charter"
        let of = at + usize::from(self.lower(at) == "," && self.lower(at + 1) == "of");
        if !["of", "in", "to", "under"].contains(&self.lower(of)) {
            return (Instrument::Own, at);
        }
        let from = of + 1;
        if let Some(next) = self.own_instrument(from) {
            return (Instrument::Own, next);
        }
        match self.named_instrument(from) {
            Some((name, next)) => (name, next),
            None => (Instrument::Own, at),
        }
    }

    fn named_instrument(&self, from: usize) -> Option<(Instrument, usize)> {
        let that = self.lower(from) == "that";
        let first = from + usize::from(that || ["the", "said"].contains(&self.lower(from)));
        let mut noun = None;
        let mut end = first;
        let mut at = first;
        while let Some(word) = self.words.get(at) {
            let is_noun = NOUNS.contains(&word.lower.as_str());
            if word.lower == "resolution" || word.lower == "decision" {
                return self.resolution(first, at);
            }
            if word.is_capital() || (that && is_noun) {
                end = at + 1;
                noun = noun.or_else(|| is_noun.then_some(at));
            } else if !INSIDE.contains(&word.lower.as_str()) || at == first {
                break;
            }
            at += 1;
        }
        let noun = noun?;
        let bare = noun == first && end == first + 1;
        if bare && !that && OWN_NOUNS.contains(&self.lower(noun)) {
            return Some((Instrument::Own, end));
        }
        Some((Instrument::Other(self.spelt(if that { from } else { first }, end)), end))
    }

    /// Reads "General Assembly resolution 74/247".
    fn resolution(&self, first: usize, noun: usize) -> Option<(Instrument, usize)> {
        let mut end = noun + 1;
        let is_number = |at: usize| self.lower(at).starts_with(|c: char| c.is_ascii_digit());
        while is_number(end) || (self.lower(end) == "/" && is_number(end + 1)) {
            end += 1;
        }
        (noun + 1 < end).then(|| (Instrument::Other(self.spelt(first, end)), end))
    }

    /// Puts words together with one space where the text has any.
    fn spelt(&self, from: usize, behind: usize) -> String {
        let mut name = String::new();
        let mut last = self.words[from].range.start;
        for word in &self.words[from..behind] {
            if last < word.range.start {
                name.push(' ');
            }
            name.push_str(word.text);
            last = word.range.end;
        }
        name
    }
}
