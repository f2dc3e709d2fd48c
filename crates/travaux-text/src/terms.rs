//! Which terms a text defines and uses, and which words compete for one thing.
//!
//! Terms are found as words, in the singular and the plural, longer before shorter. Whether two words
//! mean the same is for the body to say: the families of competing terms are data
//! (`catalogue/terms.md`), and settling one is a proposal like any other.

mod family;
mod find;
mod replace;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use family::{Competing, Families, Family, TermCount};
pub use find::{TermUse, Terms};
pub use replace::{TermChanges, resolve_term};
pub use vocabulary::{Definition, Undefined, Vocabulary};
