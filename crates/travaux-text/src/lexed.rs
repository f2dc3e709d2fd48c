//! Which tokens of two texts are equal: both cut into tokens, equal ones under one class.
//!
//! Classes are given in the order of first appearance, so nothing depends on the run. A passage
//! that is known to stand in both texts can be taken as one token, which saves cutting it up. This
//! module knows nothing of what the classes are used for.

use crate::token::{TokenKind, fingerprint, tokens};

/// The distinct tokens of the texts that were lexed with it.
#[derive(Debug)]
pub(crate) struct Vocabulary<'t> {
    /// The length is a power of two, at least twice the classes.
    slots: Vec<Slot>,
    /// How many slots are taken.
    taken: usize,
    words: Vec<&'t str>,
    kinds: Vec<TokenKind>,
    /// The class of a single blank, once there was one: it is every other token.
    blank: Option<u32>,
}

/// A place for a token in the table of a vocabulary.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Slot {
    hash: u64,
    len: u32,
    /// The class + 1, or 0 where it is free.
    class: u32,
}

impl Slot {
    fn of(token: &str) -> Self {
        let len = u32::try_from(token.len()).unwrap_or(u32::MAX);
        Self { hash: fingerprint(token), len, class: 0 }
    }

    fn place(self, slots: usize) -> usize {
        usize::try_from(self.hash >> 32).unwrap_or_default() & (slots - 1)
    }
}

/// A text as classes of tokens.
#[derive(Debug)]
pub(crate) struct Lexed<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// The class of each token.
    pub(crate) class: Vec<u32>,
    /// The byte at which each token begins and, last, the end of what was lexed.
    start: Vec<u32>,
}

impl<'t> Vocabulary<'t> {
    pub(crate) fn new() -> Self {
        let slots = vec![Slot::default(); 4096];
        Self { slots, taken: 0, words: Vec::new(), kinds: Vec::new(), blank: None }
    }

    /// Cuts `text` into tokens and gives each its class.
    pub(crate) fn lex(&mut self, text: &'t str) -> Lexed<'t> {
        let mut lexed = Lexed::new(text);
        self.lex_up_to(text.len(), &mut lexed);
        lexed
    }

    /// Goes on up to a byte where a token ends.
    pub(crate) fn lex_up_to(&mut self, end: usize, lexed: &mut Lexed<'t>) {
        let mut at = lexed.end();
        for token in tokens(&lexed.text[at..end]) {
            at += token.len();
            let class = match self.blank {
                Some(blank) if token == " " => blank,
                _ => self.class_of(token),
            };
            lexed.take_up_to(at, class);
        }
    }

    /// Returns a class for a passage that is taken as one token; it equals no token cut from a text.
    pub(crate) fn passage(&mut self, text: &'t str) -> u32 {
        self.add(text, TokenKind::Word)
    }

    /// Returns how many distinct tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns what the tokens of a class are.
    pub(crate) fn kind(&self, class: u32) -> TokenKind {
        self.kinds[class as usize]
    }

    /// Reports whether the tokens of a class are words.
    pub(crate) fn is_word(&self, class: u32) -> bool {
        self.kind(class) == TokenKind::Word
    }

    fn class_of(&mut self, token: &'t str) -> u32 {
        if self.taken * 2 >= self.slots.len() {
            self.grow();
        }
        let sought = Slot::of(token);
        let slot = self.slot(sought, token);
        if let Some(class) = self.slots[slot].class.checked_sub(1) {
            return class;
        }
        let class = self.add(token, TokenKind::of(token));
        self.slots[slot] = Slot { class: class + 1, ..sought };
        self.taken += 1;
        if token == " " {
            self.blank = Some(class);
        }
        class
    }

    fn add(&mut self, token: &'t str, kind: TokenKind) -> u32 {
        let class = u32::try_from(self.words.len()).expect("a text has fewer than 2^32 tokens");
        self.words.push(token);
        self.kinds.push(kind);
        class
    }

    /// Returns the slot that holds `token`, or the free one where it would be put.
    fn slot(&self, sought: Slot, token: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = sought.place(self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot.class == 0 || slot.hash == sought.hash && self.is(slot, token) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Reports whether the token in a slot of the same hash is this one. Of up to eight bytes the hash
    /// loses nothing (an odd factor can be undone), but for the value that stands for zero, too.
    fn is(&self, slot: Slot, token: &str) -> bool {
        slot.len as usize == token.len()
            && (token.len() <= 8 && slot.hash > 1 || self.words[slot.class as usize - 1] == token)
    }

    fn grow(&mut self) {
        let len = self.slots.len() * 2;
        let held = std::mem::replace(&mut self.slots, vec![Slot::default(); len]);
        for slot in held.into_iter().filter(|slot| slot.class > 0) {
            let mut at = slot.place(len);
            while self.slots[at].class > 0 {
                at = (at + 1) & (len - 1);
            }
            self.slots[at] = slot;
        }
    }
}

impl<'t> Lexed<'t> {
    /// Begins a text, of which nothing is lexed yet.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut start = Vec::with_capacity(text.len() / 4 + 1);
        start.push(0);
        Self { text, class: Vec::with_capacity(text.len() / 4), start }
    }

    /// Returns the byte up to which it is lexed.
    pub(crate) fn end(&self) -> usize {
        self.start.last().map_or(0, |&end| end as usize)
    }

    /// Takes what stands before the byte `end` as one token of a class.
    pub(crate) fn take_up_to(&mut self, end: usize, class: u32) {
        self.class.push(class);
        self.start.push(u32::try_from(end).expect("a text has fewer than 2^32 bytes"));
    }

    /// Returns the text of some of its tokens.
    pub(crate) fn slice(&self, tokens: std::ops::Range<usize>) -> &'t str {
        &self.text[self.start[tokens.start] as usize..self.start[tokens.end] as usize]
    }
}
