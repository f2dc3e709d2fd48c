//! Which powers of a text stand under which safeguards: in their own words, by reference and through
//! which path, or not at all.
//!
//! What a power and a safeguard are is the catalogue's to say (`catalogue/coverage.md`); this finds
//! words and follows references. That words are there does not make them good law.

mod catalogue;
mod matrix;
mod pattern;

#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, CatalogueError, Clause, Power, Safeguard};
pub use matrix::{Cover, CoverKind, CoverStep, Coverage, CoveredRow, Evidence, Lost, without};
pub use pattern::{Pattern, Patterns};

pub(crate) use catalogue::rows;
