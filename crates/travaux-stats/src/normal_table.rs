//! The normal distribution in tables, for a sampler that asks millions of times a second.
//!
//! Piecewise cubics through the values and slopes of [`normal`](crate::normal): good to about 1e-8 in the middle
//! and 1e-5 relative far out, several times faster, and the same on any machine.

use std::sync::LazyLock;

use crate::normal::{below, density, quantile};

/// How far out the table of probabilities reaches.
const REACH: f64 = 8.5;
/// Pieces for one unit of `x`.
const PIECES: f64 = 32.0;
/// More than are reached: a power of two.
const PIECES_ALL: usize = 1_024;
/// How many halvings of the chance the table of quantiles reaches, from 1/2.
const HALVINGS: usize = 64;
/// Pieces within one halving: as many as four bits tell apart.
const PIECES_HALVING: usize = 16;

type Cubic = [f64; 4];

/// Piecewise cubics of the distribution function and its inverse.
#[derive(Clone, Debug)]
pub struct Table {
    chances: Box<[Cubic; PIECES_ALL]>,
    densities: Box<[Cubic; PIECES_ALL]>,
    points: Box<[Cubic; HALVINGS * PIECES_HALVING]>,
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

impl Table {
    /// Returns the tables, computed when first asked for.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Table> = LazyLock::new(Table::new);
        &SHARED
    }

    /// Computes the tables: some four thousand values.
    pub fn new() -> Self {
        let slope = |x: f64| -x * density(x);
        Self {
            chances: pieces(below, density),
            densities: pieces(density, slope),
            points: quantiles(),
        }
    }

    /// Returns the chance that a standard normal is at most `x`.
    #[inline]
    pub fn below(&self, x: f64) -> f64 {
        let (piece, rest) = place(x);
        value(&self.chances[piece], rest)
    }

    /// Returns that chance and the density at `x`, both from one place in the tables.
    #[inline]
    pub fn both(&self, x: f64) -> (f64, f64) {
        let (piece, rest) = place(x);
        (value(&self.chances[piece], rest), value(&self.densities[piece], rest))
    }

    /// Returns the point below which a standard normal lies with chance `p`.
    #[inline]
    pub fn quantile(&self, p: f64) -> f64 {
        // Without a branch: which half it is cannot be foreseen.
        let sign = (0.5 - p).to_bits() & (1 << 63);
        f64::from_bits(self.lower(p.min(1.0 - p)).to_bits() ^ sign)
    }

    /// The lower half: the piece is read off the exponent and the first four bits of the fraction.
    #[inline]
    fn lower(&self, p: f64) -> f64 {
        let bits = p.to_bits();
        let key = (bits >> PIECE_BITS).wrapping_sub(PIECE_FIRST);
        let Some(cubic) = usize::try_from(key).ok().and_then(|key| self.points.get(key)) else {
            return quantile(p);
        };
        // 1 plus the rest of the fraction, which is below 1/16.
        let one = f64::from_bits((bits & ((1 << PIECE_BITS) - 1)) | 1.0_f64.to_bits());
        value(cubic, (one - 1.0) * whole(PIECES_HALVING))
    }
}

/// Of the bits of a double, those behind the exponent and four of the fraction.
const PIECE_BITS: u32 = 48;
/// The exponent and those four bits of the least chance in the table, 2^-64.
const PIECE_FIRST: u64 = (1_023 - HALVINGS as u64) * PIECES_HALVING as u64;

/// Returns the pieces of a function with this slope.
fn pieces(function: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> Box<[Cubic; PIECES_ALL]> {
    let knot = |piece: usize| {
        let x = whole(piece) / PIECES - REACH;
        (function(x), slope(x) / PIECES)
    };
    Box::new(std::array::from_fn(|piece| cubic(knot(piece), knot(piece + 1))))
}

fn quantiles() -> Box<[Cubic; HALVINGS * PIECES_HALVING]> {
    let knot = |p: f64, width: f64| {
        // The piece at 1/2 is the last that is asked for, and only for its first value.
        if p >= 1.0 { (0.0, 0.0) } else { (quantile(p), width / density(quantile(p))) }
    };
    Box::new(std::array::from_fn(|piece| {
        let (doubling, within) = (piece / PIECES_HALVING, piece % PIECES_HALVING);
        let start = libm::ldexp(1.0, i32::try_from(doubling).unwrap_or_default() - 64);
        let width = start / whole(PIECES_HALVING);
        let from = start + width * whole(within);
        cubic(knot(from, width), knot(from + width, width))
    }))
}

/// Returns the cubic in the unit interval with these values and slopes at its ends.
fn cubic((from, slope_from): (f64, f64), (to, slope_to): (f64, f64)) -> Cubic {
    let rise = to - from;
    [from, slope_from, 3.0 * rise - 2.0 * slope_from - slope_to, slope_from + slope_to - 2.0 * rise]
}

#[inline]
fn value(cubic: &Cubic, at: f64) -> f64 {
    ((cubic[3] * at + cubic[2]) * at + cubic[1]) * at + cubic[0]
}

/// Returns the piece in which `x` lies, and where within it; what is beyond the table lies at its
/// end.
#[inline]
fn place(x: f64) -> (usize, f64) {
    // Added to this, a number is rounded to a whole one, which then stands in the last bits.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    let scaled = x.clamp(-REACH, REACH) * PIECES + (REACH * PIECES - 0.5);
    let rounded = scaled + WHOLE;
    #[expect(clippy::cast_possible_truncation, reason = "ten bits")]
    let piece = (rounded.to_bits() & (PIECES_ALL as u64 - 1)) as usize;
    (piece, scaled - (rounded - WHOLE) + 0.5)
}

#[inline]
#[expect(clippy::cast_precision_loss, reason = "numbers of pieces are small")]
fn whole(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_the_exact_functions() {
        let table = Table::new();
        for step in -8_400..=8_400 {
            let x = f64::from(step) / 1_000.0 + 0.000_37;
            let (chance, dense) = table.both(x);
            assert!((chance - below(x)).abs() < 3e-9, "{x}");
            assert!((dense - density(x)).abs() < 3e-9, "{x}");
            if x < 0.0 {
                assert!((chance / below(x) - 1.0).abs() < 5e-5, "{x}: {chance}");
            }
        }
        for step in 1..10_000 {
            let p = f64::from(step) / 10_000.0;
            assert!((table.quantile(p) - quantile(p)).abs() < 1e-5, "{p}");
        }
        for halving in 1..80 {
            let p = libm::ldexp(0.77, -halving);
            assert!((table.quantile(p) - quantile(p)).abs() < 1e-5, "{p}");
        }
        assert!(table.quantile(0.5).abs() < 1e-12);
        assert!(table.below(100.0) <= 1.0 && table.below(-100.0) >= 0.0);
    }
}
