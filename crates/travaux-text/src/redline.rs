//! What changed between two texts, for a reader: struck out, added, moved, and little confetti.
//!
//! Both texts are cut into paragraphs, and [`crate::correspond()`] tells which became which. Those that
//! are the same in both are not looked into. Those that
//! kept their order are compared word by word; those that crossed it were moved, and are compared where
//! they now stand. What is then struck out in one place and added in another, word for word, was moved,
//! too. Last, islands of equal words between changes are given up where that costs a reader less:
//! each word struck or added costs 1, each mark a half, each fragment [`FRAGMENT_COST`].
//!
//! **Invariant:** the old text and the new come back to the byte. This module does not know who
//! changed what, nor when.

mod html;
mod islands;
mod json;
mod moves;
mod notation;
mod paragraphs;
mod steps;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::correspond::Twins;
use crate::issued::Passages;
use crate::lexed::{Lexed, Vocabulary};
use crate::provision::ProvisionId;
use crate::token;

pub use self::islands::FRAGMENT_COST;
pub use self::notation::{RedlineNotationError, redline_texts};

use self::paragraphs::Paragraphs;
use self::steps::{Pairing, Step};

/// What changed from one text to another; made by [`redline`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Redline<'t> {
    pieces: Vec<RedlinePiece<'t>>,
}

/// A stretch of a redline.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RedlinePiece<'t> {
    /// Both texts hold it here.
    Same(&'t str),
    /// Only the old text holds it.
    Deleted(&'t str),
    /// Only the new text holds it.
    Inserted(&'t str),
    /// The old text holds it here, the new text elsewhere.
    MovedAway {
        /// Which move this is, from one, in the order of the new text.
        mark: usize,
        /// The words as they stood.
        text: &'t str,
    },
    /// The new text holds it here, the old text elsewhere.
    MovedHere {
        /// Which move this is; the piece moved away bears the same mark.
        mark: usize,
        /// What changed on the way: pieces that are the same, deleted or inserted. Those that are
        /// not inserted are the text that was moved away.
        pieces: Vec<Self>,
    },
}

impl RedlinePiece<'_> {
    /// Reports whether it is something to read: a change of more than white space.
    fn is_fragment(&self) -> bool {
        match self {
            Self::Same(_) => false,
            Self::Deleted(text) | Self::Inserted(text) => !text.trim().is_empty(),
            Self::MovedAway { .. } | Self::MovedHere { .. } => true,
        }
    }
}

/// How much a redline gives to read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct RedlineCounts {
    /// Words struck out.
    pub deleted_words: u64,
    /// Words added.
    pub inserted_words: u64,
    /// Words moved, counted where they now stand.
    pub moved_words: u64,
    /// Passages moved.
    pub moves: usize,
    /// Stretches struck out, added, moved away or moved here, white space alone left out.
    pub fragments: usize,
}

/// Compares two texts.
pub fn redline<'t>(old: &'t str, new: &'t str) -> Redline<'t> {
    let cuts = (paragraphs::cut(old), paragraphs::cut(new));
    let twins = Twins::find(
        cuts.0.iter().map(|range| &old[range.clone()]),
        cuts.1.iter().map(|range| &new[range.clone()]),
    );
    let mut vocabulary = Vocabulary::new();
    let (old, new) =
        paragraphs::lex(&mut vocabulary, (old, &cuts.0), (new, &cuts.1), &twins.to_new);
    let pairing = Pairing::by_words(&vocabulary, (&old, &new), &twins);
    Redline::of(&vocabulary, (&old, &new), &pairing)
}

/// Compares two texts of which it is known which provision became which: those of one id.
pub fn redline_provisions<'t>(old: &'t Passages, new: &'t Passages) -> Redline<'t> {
    let place: BTreeMap<&ProvisionId, usize> =
        new.iter().enumerate().map(|(place, (id, _))| (id, place)).collect();
    let to_new: Vec<Option<usize>> = old.iter().map(|(id, _)| place.get(id).copied()).collect();
    let cuts: (Vec<Range<usize>>, Vec<Range<usize>>) = (
        old.iter().map(|(_, bytes)| bytes).collect(),
        new.iter().map(|(_, bytes)| bytes).collect(),
    );
    let is_same = |(at, &to): (usize, &Option<usize>)| {
        let other = &new.text()[cuts.1[to?].clone()];
        (old.text()[cuts.0[at].clone()].trim() == other.trim()).then_some(to?)
    };
    let twins: Vec<Option<usize>> = to_new.iter().enumerate().map(is_same).collect();
    let mut vocabulary = Vocabulary::new();
    let (old, new) =
        paragraphs::lex(&mut vocabulary, (old.text(), &cuts.0), (new.text(), &cuts.1), &twins);
    Redline::of(&vocabulary, (&old, &new), &Pairing::one_to_one(&to_new))
}

impl<'t> Redline<'t> {
    fn of(
        vocabulary: &Vocabulary<'t>,
        (old, new): (&Paragraphs<'t>, &Paragraphs<'t>),
        pairing: &Pairing,
    ) -> Self {
        let texts = (&old.text, &new.text);
        let steps = pairing.steps(vocabulary, (old, new));
        let steps = moves::find(vocabulary, texts, steps);
        Self { pieces: steps.iter().map(|step| piece(texts, step)).collect() }
    }

    /// Returns its pieces, in the order of reading.
    pub fn pieces(&self) -> &[RedlinePiece<'t>] {
        &self.pieces
    }

    /// Returns the old text.
    pub fn old_text(&self) -> String {
        let texts = self.pieces.iter().filter_map(|piece| match piece {
            RedlinePiece::Same(text)
            | RedlinePiece::Deleted(text)
            | RedlinePiece::MovedAway { text, .. } => Some(*text),
            RedlinePiece::Inserted(_) | RedlinePiece::MovedHere { .. } => None,
        });
        texts.collect()
    }

    /// Returns the new text.
    pub fn new_text(&self) -> String {
        let mut all = String::new();
        add_new(&self.pieces, &mut all);
        all
    }

    /// Reports whether the texts are the same to the byte.
    pub fn is_unchanged(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, RedlinePiece::Same(_)))
    }

    /// Counts what there is to read.
    pub fn counts(&self) -> RedlineCounts {
        let mut counts = RedlineCounts::default();
        for piece in &self.pieces {
            counts.add(piece);
        }
        counts
    }
}

impl RedlineCounts {
    fn add(&mut self, piece: &RedlinePiece<'_>) {
        self.fragments += usize::from(piece.is_fragment());
        match piece {
            RedlinePiece::Same(_) | RedlinePiece::MovedAway { .. } => {}
            RedlinePiece::Deleted(text) => self.deleted_words += token::words(text),
            RedlinePiece::Inserted(text) => self.inserted_words += token::words(text),
            RedlinePiece::MovedHere { pieces, .. } => {
                self.moves += 1;
                for piece in pieces {
                    if let RedlinePiece::Same(text) = piece {
                        self.moved_words += token::words(text);
                    }
                    self.add(piece);
                }
            }
        }
    }
}

fn add_new(pieces: &[RedlinePiece<'_>], all: &mut String) {
    for piece in pieces {
        match piece {
            RedlinePiece::Same(text) | RedlinePiece::Inserted(text) => all.push_str(text),
            RedlinePiece::MovedHere { pieces, .. } => add_new(pieces, all),
            RedlinePiece::Deleted(_) | RedlinePiece::MovedAway { .. } => {}
        }
    }
}

/// Turns places of tokens into their text.
fn piece<'t>(texts: (&Lexed<'t>, &Lexed<'t>), step: &Step) -> RedlinePiece<'t> {
    let (old, new) = texts;
    match step {
        Step::Same(_, range) => RedlinePiece::Same(new.slice(range.clone())),
        Step::Deleted(range) => RedlinePiece::Deleted(old.slice(range.clone())),
        Step::Inserted(range) => RedlinePiece::Inserted(new.slice(range.clone())),
        Step::Away(mark, range) => {
            RedlinePiece::MovedAway { mark: *mark, text: old.slice(range.clone()) }
        }
        Step::Here(mark, steps) => {
            let pieces = steps.iter().map(|step| piece(texts, step)).collect();
            RedlinePiece::MovedHere { mark: *mark, pieces }
        }
    }
}

#[cfg(test)]
mod tests;
