//! What follows from the record of a negotiation: its process, draft, positions, decisions and
//! depositary; and, apart from these, what is likely.
//!
//! Each is a projection: a pure fold over the entries a viewer may see, up to a moment. Faces ask
//! [`Negotiation`], which holds them all, and compute nothing themselves. This crate does not know
//! where the record lies or how a page looks, and has no clock: whatever depends on a day takes it.

mod basis;
pub mod changes;
pub mod decisions;
pub mod depositary;
pub mod draft;
pub mod forecast;
mod lazy;
pub mod letters;
pub mod life;
mod negotiation;
pub mod positions;
pub mod procedure;
pub mod process;
mod sentence;
#[cfg(test)]
mod story;
pub mod wording;

pub use basis::{Basis, Irregularity};
pub use negotiation::{
    Attributed, Attribution, Became, CONTESTED_ORDER, Contested, HistoryLine, Negotiation,
    ReadSide, SideError, Whose,
};
pub use sentence::{Part, ProvisionThen, Sentence};
