//! The record from outside: its written form, as `docs/record-format.md` tells it.

// Marked as tests so that the lints know helpers from product code.
#[cfg(test)]
mod example;
#[cfg(test)]
mod format;
#[cfg(test)]
mod source;
