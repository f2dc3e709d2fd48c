//! A distribution over whole numbers: how likely each count is.
//!
//! It is exact in the sense that no sampling went into it. It does not know how sure its inputs
//! were.

/// How likely each whole number is, from `lowest` upwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    lowest: i64,
    mass: Vec<f64>,
}

impl Distribution {
    /// Makes a distribution of the chances of `lowest`, `lowest + 1` and so on.
    pub fn new(lowest: i64, mass: Vec<f64>) -> Self {
        Self { lowest, mass }
    }

    /// Returns the least number that has a place here.
    pub fn lowest(&self) -> i64 {
        self.lowest
    }

    /// Returns the chances, from the least number up.
    pub fn mass(&self) -> &[f64] {
        &self.mass
    }

    /// Returns each number with its chance.
    pub fn iter(&self) -> impl Iterator<Item = (i64, f64)> {
        (self.lowest..).zip(self.mass.iter().copied())
    }

    /// Returns the chance of exactly `value`.
    pub fn at(&self, value: i64) -> f64 {
        let place = usize::try_from(value - self.lowest).ok();
        place.and_then(|place| self.mass.get(place)).copied().unwrap_or(0.0)
    }

    /// Returns the chance of `value` or more.
    pub fn at_least(&self, value: i64) -> f64 {
        self.iter().filter(|(number, _)| *number >= value).map(|(_, chance)| chance).sum()
    }

    /// Returns the mean.
    #[expect(clippy::cast_precision_loss, reason = "counts of delegations")]
    pub fn mean(&self) -> f64 {
        self.iter().map(|(value, chance)| value as f64 * chance).sum()
    }

    /// Returns the least number that is not exceeded with chance `p`.
    pub fn quantile(&self, p: f64) -> i64 {
        let total: f64 = self.mass.iter().sum();
        let mut sum = 0.0;
        let mut last = self.lowest;
        for (value, chance) in self.iter() {
            sum += chance;
            last = value;
            // The slack is that of adding some hundred doubles.
            if sum >= p * total - 1e-13 {
                return value;
            }
        }
        last
    }

    /// Returns the central band that holds at least `share` (0 to 1): as much is left out below as
    /// above, as far as whole numbers allow.
    pub fn band(&self, share: f64) -> (i64, i64) {
        let left_out = (1.0 - share) / 2.0;
        (self.quantile(left_out), self.quantile(1.0 - left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_leaves_as_much_below_as_above() {
        let dice = Distribution::new(1, vec![1.0 / 6.0; 6]);
        assert_eq!((dice.quantile(0.5), dice.band(0.6)), (3, (2, 5)));
        assert!((dice.mean() - 3.5).abs() < 1e-12 && (dice.at_least(5) - 1.0 / 3.0).abs() < 1e-12);
        assert!(dice.at(0).abs() < 1e-300 && dice.at(7).abs() < 1e-300);
    }
}
