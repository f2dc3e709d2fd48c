//! How long until a number of instruments is deposited: a distribution, with the chance of never.
//!
//! The logarithm of the wait is taken to be normal around a sum over what is known at the time: how
//! many are missing, how many came and how many of these lately, how long the treaty has been open,
//! how many States there are and, where known, how many signed and have not deposited. Waits that
//! have not ended count as such. The spread is corrected, below and above the middle, by how earlier
//! forecasts of the same kind did. Why a State ratifies is not known here.

mod fit;
mod history;
mod parameters;
mod rolling;

use crate::normal;

pub use fit::{FitError, Seen, fit};
pub use history::{Origin, Treaty, members};
pub use parameters::ParameterError;
pub use rolling::{Rolled, roll};

/// What is known of a treaty when a forecast is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// How many instruments are asked for.
    pub needed: u32,
    /// How many are deposited; fewer than needed.
    pub deposited: u32,
    /// How many of these in the last year.
    pub in_last_year: u32,
    /// How many signed and have not deposited, where that is known.
    pub pending: Option<u32>,
    /// Years since the treaty was opened or adopted; above nought.
    pub age: f64,
    /// How many States there are.
    pub members: u32,
}

/// What a forecast may know of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Knows {
    /// Deposits alone.
    Deposits,
    /// Deposits, and who signed.
    DepositsAndSignatures,
}

/// The names of what the model sums over, in order.
pub(crate) const TERMS: [&str; 12] = [
    "intercept",
    "log_missing",
    "log_deposited",
    "log_in_last_year",
    "log_age",
    "log_members",
    "log_missing_squared",
    "log_in_last_year_squared",
    "log_missing_by_in_last_year",
    "log_age_by_in_last_year",
    "log_age_squared",
    "log_pending",
];

impl Case {
    /// The values of the terms; the last is nought where it is not known who signed.
    fn terms(&self) -> [f64; 12] {
        let log = |count: u32, plus: f64| libm::log(f64::from(count) + plus);
        // Centred, so that the squares are about curvature and not about slope.
        let missing = log(self.needed.saturating_sub(self.deposited).max(1), 0.0) - 3.0;
        let recent = log(self.in_last_year, 0.5);
        let age = libm::log(self.age.max(1.0 / 365.25));
        [
            1.0,
            missing,
            log(self.deposited, 1.0),
            recent,
            age,
            log(self.members, 0.0) - 5.0,
            missing * missing,
            recent * recent,
            missing * recent,
            age * recent,
            age * age,
            self.pending.map_or(0.0, |pending| log(pending, 1.0)),
        ]
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// One for each term; without signatures the last is nought.
    coefficients: [f64; 12],
    /// The spread of the logarithm of the wait, as fitted.
    spread: f64,
    /// By what the spread is multiplied below the middle.
    below: f64,
    /// By what the spread is multiplied above the middle.
    above: f64,
}

impl Model {
    /// Returns the distribution of the wait in a case.
    pub fn wait(&self, case: &Case) -> Wait {
        let terms = case.terms();
        let middle = terms.iter().zip(&self.coefficients).map(|(term, by)| term * by).sum();
        Wait { middle, spread: self.spread, below: self.below, above: self.above }
    }
}

/// The distribution of a wait, in years: normal on the logarithm, with one spread below the middle
/// and another above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    middle: f64,
    spread: f64,
    below: f64,
    above: f64,
}

impl Wait {
    /// Returns the chance that the wait ends within so many years.
    pub fn within(&self, years: f64) -> f64 {
        if years <= 0.0 {
            return 0.0;
        }
        let beyond = (libm::log(years) - self.middle) / self.spread;
        normal::below(beyond / if beyond < 0.0 { self.below } else { self.above })
    }

    /// Returns the years within which the wait ends with chance `p`.
    pub fn quantile(&self, p: f64) -> f64 {
        let z = normal::quantile(p);
        let stretched = z * if z < 0.0 { self.below } else { self.above };
        libm::exp(self.middle + self.spread * stretched)
    }

    /// The same with the spread as it was fitted.
    fn plain(self) -> Self {
        Self { below: 1.0, above: 1.0, ..self }
    }
}

/// Returns the chance that the number is reached within so many years if each State that is missing
/// deposits at the pace at which States did so far: the plain alternative to the model.
///
/// Half a deposit is added to those seen, so that a treaty without any has a pace too.
pub fn constant_hazard(case: &Case, years: f64) -> f64 {
    let missing = case.members.saturating_sub(case.deposited);
    let short = case.needed.saturating_sub(case.deposited);
    if short > missing {
        return 0.0;
    }
    let pace = (f64::from(case.deposited) + 0.5) / (f64::from(case.members) * case.age);
    let each = -libm::expm1(-pace * years);
    let mut chances = vec![0.0; missing as usize + 1];
    chances[0] = 1.0;
    for so_far in 0..missing as usize {
        for count in (0..=so_far + 1).rev() {
            let one_more = if count > 0 { chances[count - 1] * each } else { 0.0 };
            chances[count] = chances[count] * (1.0 - each) + one_more;
            if chances[count] < 1e-40 {
                chances[count] = 0.0;
            }
        }
    }
    chances[short as usize..].iter().sum()
}

#[cfg(test)]
mod tests;
