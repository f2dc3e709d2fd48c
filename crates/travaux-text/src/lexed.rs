//! Which tokens of two texts are equal: both cut into tokens, equal ones under one class.
//!
//! Classes are given in the order of first appearance, so nothing depends on the run. This module
//! knows nothing of what the classes are used for.

use crate::token::{TokenKind, fingerprint, tokens};

/// The distinct tokens of the texts that were lexed with it.
#[derive(Debug)]
pub(crate) struct Vocabulary<'t> {
    /// Class + 1, or 0; the length is a power of two, at least twice the classes.
    slots: Vec<u32>,
    words: Vec<&'t str>,
    kinds: Vec<TokenKind>,
}

/// A text as classes of tokens.
#[derive(Debug)]
pub(crate) struct Lexed<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// The class of each token.
    pub(crate) class: Vec<u32>,
    /// The byte at which each token begins and, last, the end of the text.
    pub(crate) start: Vec<usize>,
}

impl<'t> Vocabulary<'t> {
    pub(crate) fn new() -> Self {
        Self { slots: vec![0; 1024], words: Vec::new(), kinds: Vec::new() }
    }

    /// Cuts `text` into tokens and gives each its class.
    pub(crate) fn lex(&mut self, text: &'t str) -> Lexed<'t> {
        let mut class = Vec::with_capacity(text.len() / 3);
        let mut start = Vec::with_capacity(text.len() / 3);
        let mut at = 0;
        for token in tokens(text) {
            start.push(at);
            at += token.len();
            class.push(self.class_of(token));
        }
        start.push(at);
        Lexed { text, class, start }
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
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(token);
        if let Some(class) = self.slots[slot].checked_sub(1) {
            return class;
        }
        let class = u32::try_from(self.words.len()).expect("a text has fewer than 2^32 tokens");
        self.slots[slot] = class + 1;
        self.words.push(token);
        self.kinds.push(TokenKind::of(token));
        class
    }

    /// Returns the slot that holds `token`, or the free one where it would be put.
    fn slot(&self, token: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(fingerprint(token) >> 32).unwrap_or_default() & mask;
        loop {
            match self.slots[slot] as usize {
                0 => return slot,
                held if self.words[held - 1] == token => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for class in 0..self.words.len() {
            let slot = self.slot(self.words[class]);
            self.slots[slot] = u32::try_from(class).expect("classes are u32") + 1;
        }
    }
}

impl<'t> Lexed<'t> {
    /// Returns the text of some of its tokens.
    pub(crate) fn slice(&self, tokens: std::ops::Range<usize>) -> &'t str {
        &self.text[self.start[tokens.start]..self.start[tokens.end]]
    }

    /// Returns how many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.class.len()
    }
}
