//! What the projections promise, on records at random and in scenarios a lawyer can read.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_imports,
    reason = "a scenario that cannot be read fails its test, and its rows name facts of many kinds"
)]

mod laws;
mod row;
mod scenario;
