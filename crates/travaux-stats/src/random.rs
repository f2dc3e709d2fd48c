//! Draws at random from a seed: the same on any machine.
//!
//! The generator is xoshiro256++; the streams of one seed do not overlap. Nothing here is fit for
//! secrets.

use rand_core::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::normal_table::Table;

/// A generator of draws, started from a seed.
#[derive(Clone, Debug)]
pub struct Draws {
    generator: Xoshiro256PlusPlus,
}

impl Draws {
    /// Starts stream number `stream` of a seed. Streams are 2^128 draws apart.
    pub fn new(seed: u64, stream: u32) -> Self {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
        for _ in 0..stream {
            generator.jump();
        }
        Self { generator }
    }

    /// Draws a number strictly between 0 and 1, with equal probability anywhere.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double")]
    pub fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;
        ((self.generator.next_u64() >> 11) as f64 + 0.5) * STEP
    }

    /// Draws from the standard normal distribution.
    #[inline]
    pub fn normal(&mut self, table: &Table) -> f64 {
        table.quantile(self.uniform())
    }

    /// Draws a whole number below `limit`, with equal probability up to 2^-32; 0 where `limit` is 0.
    #[inline]
    pub fn below(&mut self, limit: usize) -> usize {
        let high = self.generator.next_u64() >> 32;
        let scaled = (u128::from(high) * limit as u128) >> 32;
        usize::try_from(scaled).unwrap_or_default()
    }

    /// Puts a list into an order at random.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let chosen = self.below(last + 1);
            list.swap(last, chosen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_stream_give_the_same_draws_and_another_stream_others() {
        let of = |seed, stream| {
            let mut draws = Draws::new(seed, stream);
            [draws.uniform(), draws.uniform()].map(f64::to_bits)
        };
        assert_eq!(of(7, 1), of(7, 1));
        assert_ne!(of(7, 1), of(7, 0));
        assert_ne!(of(7, 0), of(8, 0));
    }

    #[test]
    fn normal_draws_have_mean_nought_and_variance_one() {
        let (mut draws, table) = (Draws::new(1, 0), Table::new());
        let many: Vec<f64> = (0..200_000).map(|_| draws.normal(&table)).collect();
        let mean = many.iter().sum::<f64>() / 200_000.0;
        let square = many.iter().map(|draw| draw * draw).sum::<f64>() / 200_000.0;
        assert!(mean.abs() < 0.01, "{mean}");
        assert!((square - 1.0).abs() < 0.02, "{square}");
    }

    #[test]
    fn below_reaches_every_number_and_no_other() {
        let mut draws = Draws::new(3, 0);
        let mut seen = [0; 5];
        for _ in 0..1_000 {
            seen[draws.below(5)] += 1;
        }
        assert!(seen.iter().all(|count| *count > 120), "{seen:?}");
        assert_eq!(draws.below(0), 0);
    }
}
