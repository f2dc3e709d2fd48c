//! What the numbers say: methods of counting, estimating and choosing, one a module.
//!
//! They take numbers and return numbers. What a number stands for (a delegation, a bracket, a
//! treaty), where it comes from and whether it may be shown is not known here. Nothing here has a
//! clock, a file or dice of its own: whatever is random takes a seed. Elementary functions are those
//! of `libm`, so that the same input gives the same bytes on any machine.

pub mod agreement;
pub mod bargaining;
pub mod blocs;
pub mod calendar;
pub mod convergence;
pub mod distribution;
pub mod ideal_point;
pub mod legal_lag;
mod linear;
pub mod normal;
pub mod normal_table;
pub mod package;
pub mod passage;
pub mod quadrature;
pub mod random;
pub mod recurring;
pub mod score;
pub mod survival;
