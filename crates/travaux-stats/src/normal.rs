//! The normal distribution: density, chance below a point, and the point for a chance.
//!
//! Accurate to about the last digit or two of a double, in the tails as well. It does not know what
//! is normal about anything.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Returns the density of the standard normal at `x`.
pub fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / libm::sqrt(2.0 * PI)
}

/// Returns the natural logarithm of [`density`].
pub fn log_density(x: f64) -> f64 {
    -0.5 * x * x - 0.5 * libm::log(2.0 * PI)
}

/// Returns the chance that a standard normal is at most `x`.
pub fn below(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Returns the chance that a standard normal is above `x`.
pub fn above(x: f64) -> f64 {
    below(-x)
}

/// Returns the natural logarithm of [`below`], without underflow in the far tail.
pub fn log_below(x: f64) -> f64 {
    if x > -37.0 {
        return libm::log(below(x));
    }
    // The first terms of the asymptotic series of Mills' ratio; below -37 the error is under 1e-12.
    let square = x * x;
    let inverse = 1.0 / square;
    let series = inverse * (-1.0 + inverse * (3.0 + inverse * (-15.0 + inverse * 105.0)));
    -0.5 * square - libm::log(-x) - 0.5 * libm::log(2.0 * PI) + libm::log1p(series)
}

/// Returns the point below which a standard normal lies with chance `p`, infinite at 0 and 1.
///
/// Not a number where `p` is no chance.
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -quantile(1.0 - p);
    }
    // A start from the tail's shape, then Newton's method on the logarithm of the chance, which is
    // concave, so that it converges from any start.
    let tail = libm::sqrt(-2.0 * libm::log(p));
    let mut x = if p > 0.05 { (p - 0.5) * libm::sqrt(2.0 * PI) } else { -tail };
    let wanted = libm::log(p);
    for _ in 0..60 {
        let log = log_below(x);
        let slope = libm::exp(-0.5 * x * x - 0.5 * libm::log(2.0 * PI) - log);
        let step = (log - wanted) / slope;
        x -= step;
        if step.abs() <= 1e-15 * x.abs().max(1e-3) {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_the_tables() {
        // Abramowitz and Stegun, table 26.1.
        for (x, chance) in [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (1.96, 0.975_002_104_851_780)]
        {
            assert!((below(x) - chance).abs() < 1e-14, "{x}");
        }
        assert!((density(1.0) - 0.241_970_724_519_143).abs() < 1e-15);
    }

    #[test]
    fn the_point_for_a_chance_has_that_chance() {
        for p in [1e-300, 1e-30, 1e-9, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1.0 - 1e-12] {
            let back = below(quantile(p));
            assert!((back - p).abs() <= 1e-11 * p, "{p}: {back}");
        }
        assert!(quantile(0.0).is_infinite() && quantile(-0.1).is_nan());
    }

    #[test]
    fn the_logarithm_goes_on_where_the_chance_underflows() {
        assert!((log_below(-37.0) - log_below(-36.999_999_9)).abs() < 1e-4);
        assert!(log_below(-50.0).is_finite() && log_below(-50.0) < -1250.0);
    }
}
