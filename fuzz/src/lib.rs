//! Whether a reader crashes: every parser on inputs that are mutations of a small corpus.
//!
//! A run is its target, its seed and its number, and nothing else: each can be run again alone. There
//! is no feedback from coverage; the corpus and the words of each target stand in for it. To add a
//! parser, write a function of bytes, add one line to [`TARGETS`] and a folder to `corpus/`.

mod instructions;
mod mutate;
mod targets;

pub use mutate::Mutations;
pub use targets::{TARGETS, Target};
