//! What the projections promise, on records at random and in scenarios a lawyer can read.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a scenario that cannot be read fails its test"
)]

mod exploration;
mod laws;
mod life;
mod pages;
mod procedure;
mod replay;
mod row;
mod scenario;
mod shipped;
mod standing;
