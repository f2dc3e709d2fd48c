//! Fitting the model to waits that have ended and waits that have not.
//!
//! In Olsen's form (coefficients and one divided by the spread) the likelihood of a censored normal
//! is concave, so that Newton's method finds its one maximum. Older cases weigh less; the many cases
//! of one treaty weigh together as one.

use thiserror::Error;

use super::{Case, Model, TERMS};
use crate::{linear, normal};

/// A case with what is known of its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// What was known at the time.
    pub case: Case,
    /// Years until the number was reached, or for which it is known not to have been.
    pub years: f64,
    /// Whether it was reached.
    pub reached: bool,
    /// How much it counts.
    pub weight: f64,
}

/// Why a model cannot be fitted.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum FitError {
    /// There are too few cases, or too few that ended.
    #[error("{reached} of {cases} cases ended; at least {least} must have, and one must not")]
    TooFew {
        /// How many cases there are.
        cases: usize,
        /// How many of them ended.
        reached: usize,
        /// How many must have.
        least: usize,
    },
    /// The equations have no solution.
    #[error("the cases do not tell the terms of the model apart")]
    Indistinct,
}

/// How many waits must have ended before a model is fitted.
const LEAST_REACHED: usize = 30;
/// Keeps coefficients that the cases say little about near nought.
const RIDGE: f64 = 0.5;

/// Fits the model to cases; `recalibrated` are cases with the waits that earlier fits gave them.
///
/// # Errors
/// When there are too few cases that ended.
pub fn fit(seen: &[Seen], recalibrated: &[(Seen, super::Wait)]) -> Result<Model, FitError> {
    let reached = seen.iter().filter(|one| one.reached).count();
    if reached < LEAST_REACHED || reached == seen.len() {
        return Err(FitError::TooFew { cases: seen.len(), reached, least: LEAST_REACHED });
    }
    let rows: Vec<Row> = seen.iter().map(Row::of).collect();
    let mut at = start(&rows);
    let mut value = objective(&rows, &at);
    for _ in 0..100 {
        let (gradient, curvature) = derivatives(&rows, &at);
        let step = linear::solve(curvature, &gradient).ok_or(FitError::Indistinct)?;
        let mut scale = 1.0;
        let (next, better) = loop {
            let tried: Vec<f64> =
                at.iter().zip(&step).map(|(at, step)| at + scale * step).collect();
            let tried_value = objective(&rows, &tried);
            if tried_value >= value || scale < 1e-9 {
                break (tried, tried_value);
            }
            scale /= 2.0;
        };
        let gain = better - value;
        (at, value) = (next, better);
        if gain.is_nan() || gain.abs() < 1e-10 * value.abs() {
            break;
        }
    }
    let spread = 1.0 / at[SPREAD];
    let mut coefficients = [0.0; TERMS.len()];
    for (coefficient, at) in coefficients.iter_mut().zip(&at) {
        *coefficient = at * spread;
    }
    let [below, above] = recalibration(recalibrated);
    Ok(Model { coefficients, spread, below, above })
}

/// The place of one divided by the spread among the unknowns.
const SPREAD: usize = TERMS.len();

struct Row {
    terms: [f64; TERMS.len()],
    log_years: f64,
    reached: bool,
    weight: f64,
}

impl Row {
    fn of(seen: &Seen) -> Self {
        Self {
            terms: seen.case.terms(),
            log_years: libm::log(seen.years.max(1.0 / 365.25)),
            reached: seen.reached,
            weight: seen.weight,
        }
    }

    /// How far the wait lies above what the unknowns say, in spreads.
    fn beyond(&self, at: &[f64]) -> f64 {
        let middle: f64 = self.terms.iter().zip(at).map(|(term, by)| term * by).sum();
        at[SPREAD] * self.log_years - middle
    }
}

fn start(rows: &[Row]) -> Vec<f64> {
    let weight: f64 = rows.iter().map(|row| row.weight).sum();
    let mean: f64 = rows.iter().map(|row| row.weight * row.log_years).sum::<f64>() / weight;
    let mut at = vec![0.0; SPREAD + 1];
    (at[0], at[SPREAD]) = (mean, 1.0);
    at
}

fn objective(rows: &[Row], at: &[f64]) -> f64 {
    if at[SPREAD] <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let scale = libm::log(at[SPREAD]);
    let fits: f64 = rows
        .iter()
        .map(|row| {
            let beyond = row.beyond(at);
            let log = if row.reached {
                scale - 0.5 * beyond * beyond
            } else {
                normal::log_below(-beyond)
            };
            row.weight * log
        })
        .sum();
    fits - 0.5 * RIDGE * at[1..SPREAD].iter().map(|by| by * by).sum::<f64>()
}

/// The gradient, and the curvature with its sign turned.
fn derivatives(rows: &[Row], at: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let n = SPREAD + 1;
    let (mut gradient, mut curvature) = (vec![0.0; n], vec![vec![0.0; n]; n]);
    for row in rows {
        let beyond = row.beyond(at);
        // The derivatives by `beyond`: of the normal density, or of the chance to lie beyond.
        let (slope, bend) = if row.reached {
            (-beyond, 1.0)
        } else {
            let hazard = libm::exp(normal::log_density(beyond) - normal::log_below(-beyond));
            (-hazard, hazard * (hazard - beyond))
        };
        // `beyond` falls with each term and rises with the wait.
        let mut by = [0.0; SPREAD + 1];
        for (by, term) in by.iter_mut().zip(&row.terms) {
            *by = -term;
        }
        by[SPREAD] = row.log_years;
        for i in 0..n {
            gradient[i] += row.weight * slope * by[i];
            for j in 0..=i {
                curvature[i][j] += row.weight * bend * by[i] * by[j];
            }
        }
        if row.reached {
            gradient[SPREAD] += row.weight / at[SPREAD];
            curvature[SPREAD][SPREAD] += row.weight / (at[SPREAD] * at[SPREAD]);
        }
    }
    for i in 1..SPREAD {
        gradient[i] -= RIDGE * at[i];
        curvature[i][i] += RIDGE;
    }
    // A term that is nought everywhere (who signed is not known) must not make the matrix singular.
    for (i, row) in curvature.iter_mut().enumerate() {
        row[i] += 1e-9;
    }
    (gradient, curvature)
}

/// By how much the spread below and above the middle was too small or too large in earlier forecasts.
fn recalibration(earlier: &[(Seen, super::Wait)]) -> [f64; 2] {
    let places: Vec<(f64, bool, f64)> = earlier
        .iter()
        .map(|(seen, wait)| {
            let beyond = (libm::log(seen.years.max(1.0 / 365.25)) - wait.middle) / wait.spread;
            (beyond, seen.reached, seen.weight)
        })
        .collect();
    if places.len() < LEAST_REACHED {
        return [1.0, 1.0];
    }
    [false, true].map(|above| {
        let side: Vec<_> = places.iter().filter(|(beyond, ..)| (*beyond >= 0.0) == above).collect();
        let fits = |log_scale: f64| -> f64 {
            let scale = libm::exp(log_scale);
            let logs = side.iter().map(|(beyond, reached, weight)| {
                let beyond = beyond / scale;
                let log = if *reached {
                    -0.5 * beyond * beyond - log_scale
                } else {
                    normal::log_below(-beyond)
                };
                weight * log
            });
            logs.sum::<f64>() - log_scale * log_scale
        };
        libm::exp(highest(fits, -1.5, 1.5))
    })
}

/// Where a function with one hill between `low` and `high` is highest: golden section.
fn highest(of: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let ratio = (libm::sqrt(5.0) - 1.0) / 2.0;
    for _ in 0..60 {
        let (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        if of(left) < of(right) {
            low = left;
        } else {
            high = right;
        }
    }
    f64::midpoint(low, high)
}
