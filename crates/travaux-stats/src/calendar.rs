//! Whether a date will hold: what earlier dates of the same kind did.
//!
//! A class of comparable dates or durations says how often one held and by how much it slipped. A line
//! through counts of brackets says neither: a chair's text can wipe brackets away in a night. Which
//! class is comparable is for the caller to say; of too few, nothing is said.

use thiserror::Error;

/// Why nothing can be said about a date.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum CalendarError {
    /// The class has too few members.
    #[error("{found} comparable dates are known; at least {LEAST} are needed")]
    TooFew {
        /// How many there are.
        found: usize,
    },
}

/// Of fewer dates than this, nothing is said.
pub const LEAST: usize = 3;

/// By how many days the dates of a class slipped; nought or less where they held.
#[derive(Clone, Debug, PartialEq)]
pub struct Slips {
    days: Vec<f64>,
}

impl Slips {
    /// Takes the slips of a class, in days.
    ///
    /// # Errors
    /// When there are too few.
    pub fn new(mut days: Vec<f64>) -> Result<Self, CalendarError> {
        if days.len() < LEAST {
            return Err(CalendarError::TooFew { found: days.len() });
        }
        days.sort_by(f64::total_cmp);
        Ok(Self { days })
    }

    /// Returns how many dates the class has.
    pub fn count(&self) -> usize {
        self.days.len()
    }

    /// Returns the chance of slipping by at most so many days: the share of the class that did, with
    /// half a date added on either side (Jeffreys), so that a small class is never certain.
    pub fn within(&self, days: f64) -> f64 {
        let held = self.days.partition_point(|slip| *slip <= days);
        (count(held) + 0.5) / (count(self.days.len()) + 1.0)
    }

    /// Returns by how many days a date slips with chance `p` at most; none where the class is too
    /// small to say: its largest slip is exceeded with a chance of its own.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        self.days.iter().copied().find(|days| self.within(*days) >= p)
    }
}

/// How long comparable things took, all from the same kind of beginning to the same kind of end.
#[derive(Clone, Debug, PartialEq)]
pub struct Durations {
    sorted: Vec<f64>,
}

impl Durations {
    /// Takes durations in any unit.
    ///
    /// # Errors
    /// When there are too few.
    pub fn new(mut durations: Vec<f64>) -> Result<Self, CalendarError> {
        if durations.len() < LEAST {
            return Err(CalendarError::TooFew { found: durations.len() });
        }
        durations.sort_by(f64::total_cmp);
        Ok(Self { sorted: durations })
    }

    /// Returns the chance that what has taken `elapsed` so far ends within `more`; none where fewer
    /// than [`LEAST`] of the class took so long.
    pub fn within(&self, elapsed: f64, more: f64) -> Option<f64> {
        let from = self.sorted.partition_point(|one| *one <= elapsed);
        let left = &self.sorted[from..];
        if left.len() < LEAST {
            return None;
        }
        let ended = left.partition_point(|one| *one <= elapsed + more);
        Some((count(ended) + 0.5) / (count(left.len()) + 1.0))
    }
}

fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_class_is_never_certain() {
        let slips = Slips::new(vec![0.0, 42.0, 282.0]).expect("three");
        assert!((slips.within(0.0) - 0.375).abs() < 1e-12);
        assert!((slips.within(1e6) - 0.875).abs() < 1e-12);
        assert_eq!(slips.quantile(0.5), Some(42.0));
        assert_eq!(slips.quantile(0.9), None, "three dates do not say so much");
    }

    #[test]
    fn of_too_few_nothing_is_said() {
        let error = Slips::new(vec![42.0]).expect_err("too few");
        assert_eq!(error.to_string(), "1 comparable dates are known; at least 3 are needed");
        assert!(Durations::new(Vec::new()).is_err());
    }

    #[test]
    fn what_has_lasted_is_compared_with_what_lasted_as_long() {
        let durations = Durations::new((1..=100).map(f64::from).collect()).expect("a hundred");
        assert!((durations.within(0.0, 50.0).expect("many") - 50.5 / 101.0).abs() < 1e-12);
        assert!((durations.within(80.0, 10.0).expect("twenty") - 10.5 / 21.0).abs() < 1e-12);
        assert_eq!(durations.within(99.0, 1.0), None);
    }
}
