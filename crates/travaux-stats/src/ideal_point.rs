//! Where participants stand on one line, inferred from ordered answers to many items, period by period.
//!
//! The model is an ordinal probit with one dimension. Participant `i` in period `t` stands at
//! `x(i,t)`. To item `v` it answers in category `c` where `slope(v) * x + noise` lies between two
//! neighbouring cuts of the item, the noise being standard normal. From period to period `x` takes a normal step;
//! slopes and cuts have normal priors. The whole posterior is drawn by Gibbs sampling: slope and cuts of
//! an item together, the noise integrated out, by a Newton step that is accepted or refused; the noise; then each
//! participant's path forward and back at once, so that later answers inform earlier points.
//!
//! Two things leave the answers as probable as before: shifting and stretching the line, and turning it round. As Bailey,
//! Strezhnev and Voeten (2017) do, every draw is standardised over all points; two participants named
//! as anchors say which end is which. An answer may be a range of categories, which says no more than it does. Who
//! gave no answer says nothing: absence is no category. An item of weight less than one is heard
//! in that share of the sweeps when points are drawn.
//!
//! What a point cannot say: why anybody stands there, and whether one line is enough.

mod chain;
mod data;
mod item;
mod posterior;
mod start;
mod update;

pub use chain::{Chain, Run};
pub use data::{Answer, Data, DataError, Frame, Item, Point};
pub use posterior::{Diagnostics, ItemSummary, Posterior, Summary};
pub use update::{Standing, updated};

/// How the posterior is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Sweeps of one chain, warming up included.
    pub sweeps: usize,
    /// How many of them are thrown away first.
    pub warm_up: usize,
    /// At most so many draws of a chain are kept, evenly spaced; means use all.
    pub kept: usize,
    /// The seed; each chain takes a stream of its own.
    pub seed: u64,
    /// Variance of the step from one period to the next, on the standardised line.
    pub step_variance: f64,
    /// Variance of a participant's first point, where no prior is given for it.
    pub first_variance: f64,
    /// Variance of the prior of slopes.
    pub slope_variance: f64,
    /// Variance of the prior of cuts.
    pub cut_variance: f64,
    /// The participant that stands at the upper end and the one at the lower.
    pub anchors: Option<(usize, usize)>,
    /// Whether every draw is standardised. Without, the priors alone fix the scale.
    pub standardised: bool,
    /// What is known of participants before the first period, mean and variance, in their order.
    pub before: Vec<Option<(f64, f64)>>,
}

impl Settings {
    /// The settings used unless others are asked for: a fifth of the sweeps to warm up, steps of a quarter.
    pub fn new(sweeps: usize, seed: u64) -> Self {
        Self {
            sweeps,
            warm_up: sweeps / 5,
            kept: 500,
            seed,
            step_variance: 0.25,
            first_variance: 1.0,
            slope_variance: 1.0,
            cut_variance: 25.0,
            anchors: None,
            standardised: true,
            before: Vec::new(),
        }
    }
}
