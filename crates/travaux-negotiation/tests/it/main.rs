//! What the projections promise, on records at random and in scenarios a lawyer can read.

mod laws;
mod row;
mod scenario;
