//! Whether the tree is as ARCHITECTURE.md, GLOSSARY.md and CONTRIBUTING.md say it is.
//!
//! These tests read files and `cargo metadata`; they know nothing of what the code does.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

mod architecture;
mod files;
mod glossary;
mod pure;
mod scenarios;
mod tree;

/// Fails with all of `faults` at once, one a line, under a sentence that says what to do.
#[track_caller]
fn none(faults: &[String], advice: &str) {
    assert!(faults.is_empty(), "{advice}\n  {}", faults.join("\n  "));
}
