//! Reading and writing documents, as a caller sees it.

#![expect(
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, and say what they skip"
)]

mod akn;
mod hostile;
mod material;
mod reading;
mod skeleton;
