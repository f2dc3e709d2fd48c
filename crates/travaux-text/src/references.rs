//! Which provisions a text refers to, what leans on which, and what a change of numbers or a
//! deletion leaves behind.
//!
//! References are read from the words alone and resolved against a structure of provisions. It does
//! not know what a reference means for the law: that one provision leans on another says that it
//! names it, straight or through others, and no more.

mod graph;
mod lean;
mod lexeme;
mod mention;
mod numeral;
mod picture;
mod resolve;
mod shift;
mod structure;

#[cfg(test)]
mod tests;

pub use graph::{Edge, Occurrence, Part, References};
pub use lean::{Gap, Hop, Lean, Leaning};
pub use mention::{Instrument, Level, Mention, Numeral, Pick, Pointer, mentions};
pub use picture::{Arc, Picture, PictureRow};
pub use resolve::Resolved;
pub use shift::{Shift, ShiftKind, corrected, renumbered, shifts};
pub use structure::{Placed, Structure};

pub(crate) use lexeme::{Lexeme, lexemes};
pub(crate) use mention::{depth, numbered_at, rank_at};
pub(crate) use numeral::{bare, is_adverb, is_digits, is_letter, is_roman};
