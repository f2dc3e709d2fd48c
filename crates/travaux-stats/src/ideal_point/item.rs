//! One item: how probable its answers are for a slope and cuts, and the draw of these given the
//! points, the noise integrated out.

use super::data::{Asked, Block, CATEGORIES_MAX};
use crate::normal_table::Table;

/// Slope and cuts: the slope first.
pub(super) type Parameters = [f64; CATEGORIES_MAX];

/// No probability is taken to be smaller, so that a product of two never vanishes.
const LEAST: f64 = 1e-18;

/// What the answers say at some slope and cuts.
#[derive(Clone, Debug)]
pub(super) struct Evaluation {
    /// Logarithm of likelihood times prior.
    pub(super) log_density: f64,
    /// Its slope.
    gradient: Parameters,
    /// Minus its curvature.
    information: [Parameters; CATEGORIES_MAX],
}

/// Sums over the answers of one block.
#[derive(Default)]
struct Sums {
    score: f64,
    score_x: f64,
    bend: f64,
    bend_x: f64,
    bend_xx: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, x: f64, score: f64, bend: f64) {
        self.score += score;
        self.score_x += score * x;
        self.bend += bend;
        let bend_x = bend * x;
        self.bend_x += bend_x;
        self.bend_xx += bend_x * x;
    }
}

/// A product of probabilities, kept from vanishing.
struct Product {
    logarithm: f64,
    rest: f64,
}

impl Product {
    #[inline]
    fn times(&mut self, probability: f64) {
        self.rest *= probability;
        if self.rest < 1e-270 {
            self.logarithm += libm::log(self.rest);
            self.rest = 1.0;
        }
    }

    fn logarithm(&self) -> f64 {
        self.logarithm + libm::log(self.rest)
    }
}

/// What an evaluation needs besides the parameters.
pub(super) struct Seen<'a> {
    pub(super) asked: &'a Asked,
    pub(super) places: &'a [u32],
    pub(super) x: &'a [f64],
    pub(super) table: &'a Table,
    /// Precision of the prior of slope and of cuts.
    pub(super) prior: (f64, f64),
}

impl Seen<'_> {
    /// How many parameters the item has.
    pub(super) fn parameters(&self) -> usize {
        self.asked.above.len() + 1
    }

    /// Reports whether the cuts stand in order.
    pub(super) fn in_order(&self, at: &Parameters) -> bool {
        at[1..self.parameters()].windows(2).all(|pair| pair[0] < pair[1])
    }

    /// Evaluates at `at`.
    pub(super) fn evaluate(&self, at: &Parameters) -> Evaluation {
        let mut found = self.prior_at(at);
        let mut product = Product { logarithm: 0.0, rest: 1.0 };
        for block in &self.asked.blocks {
            match (block.low, block.high) {
                (None, Some(high)) => {
                    self.one_sided(block, (at[0], at[high + 1], 1.0), &mut product).into_cut(
                        &mut found,
                        high + 1,
                        1.0,
                    );
                }
                (Some(low), None) => {
                    self.one_sided(block, (at[0], at[low + 1], -1.0), &mut product).into_cut(
                        &mut found,
                        low + 1,
                        -1.0,
                    );
                }
                (Some(low), Some(high)) => {
                    self.two_sided(block, (at, low + 1, high + 1), &mut product, &mut found);
                }
                (None, None) => {}
            }
        }
        found.log_density += product.logarithm();
        found
    }

    fn prior_at(&self, at: &Parameters) -> Evaluation {
        let mut found = Evaluation {
            log_density: 0.0,
            gradient: [0.0; CATEGORIES_MAX],
            information: [[0.0; CATEGORIES_MAX]; CATEGORIES_MAX],
        };
        for (parameter, value) in at.iter().enumerate().take(self.parameters()) {
            let precision = if parameter == 0 { self.prior.0 } else { self.prior.1 };
            found.log_density -= 0.5 * precision * value * value;
            found.gradient[parameter] = -precision * value;
            found.information[parameter][parameter] = precision;
        }
        found
    }

    /// Answers below a cut (`side` 1) or above it (`side` -1): the same with the line turned round.
    fn one_sided(
        &self,
        block: &Block,
        (slope, cut, side): (f64, f64, f64),
        product: &mut Product,
    ) -> Sums {
        let mut sums = Sums::default();
        let (slope, cut) = (slope * side, cut * side);
        for place in &self.places[block.from..block.to] {
            let x = self.x[*place as usize];
            let bound = cut - slope * x;
            let (below, density) = self.table.both(bound);
            let below = below.max(LEAST);
            product.times(below);
            let score = density / below;
            sums.add(x, score, score * (bound + score));
        }
        sums
    }

    fn two_sided(
        &self,
        block: &Block,
        (at, low, high): (&Parameters, usize, usize),
        product: &mut Product,
        found: &mut Evaluation,
    ) {
        let (mut below, mut above, mut cross) = (Sums::default(), Sums::default(), Sums::default());
        for place in &self.places[block.from..block.to] {
            let x = self.x[*place as usize];
            let (from, to) = (at[low] - at[0] * x, at[high] - at[0] * x);
            // Both far up: from the other end the difference is not lost.
            let turned = if from > 0.0 { -1.0 } else { 1.0 };
            let (p_from, d_from) = self.table.both(from * turned);
            let (p_to, d_to) = self.table.both(to * turned);
            let between = ((p_to - p_from) * turned).max(LEAST);
            product.times(between);
            let (score_from, score_to) = (d_from / between, d_to / between);
            below.add(x, -score_from, score_from * (score_from - from));
            above.add(x, score_to, score_to * (score_to + to));
            cross.add(x, 0.0, -score_from * score_to);
        }
        below.into_cut(found, low, 1.0);
        above.into_cut(found, high, 1.0);
        let information = &mut found.information;
        for (a, b) in [(low, high), (high, low)] {
            information[a][b] += cross.bend;
            information[a][0] -= cross.bend_x;
            information[0][a] -= cross.bend_x;
        }
        information[0][0] += 2.0 * cross.bend_xx;
    }
}

impl Sums {
    /// Adds what these answers say of a cut and of the slope.
    fn into_cut(self, found: &mut Evaluation, cut: usize, side: f64) {
        found.gradient[cut] += side * self.score;
        found.gradient[0] -= side * self.score_x;
        found.information[cut][cut] += self.bend;
        found.information[cut][0] -= self.bend_x;
        found.information[0][cut] -= self.bend_x;
        found.information[0][0] += self.bend_xx;
    }
}

/// A normal proposal around a Newton step.
pub(super) struct Proposal {
    count: usize,
    pub(super) mean: Parameters,
    /// The lower triangle whose product with its transpose is the precision.
    root: [Parameters; CATEGORIES_MAX],
    log_root: f64,
}

/// No Newton step is longer.
const STEP_MAX: f64 = 2.0;

impl Proposal {
    /// Returns the proposal from `at`; none where the curvature is not that of a hill.
    pub(super) fn new(at: &Parameters, found: &Evaluation, count: usize) -> Option<Self> {
        let root = cholesky(&found.information, count)?;
        let mut step = found.gradient;
        forward(&root, &mut step, count);
        backward(&root, &mut step, count);
        let length = libm::sqrt(step[..count].iter().map(|part| part * part).sum());
        let scale = if length > STEP_MAX { STEP_MAX / length } else { 1.0 };
        let mut mean = *at;
        for (mean, step) in mean.iter_mut().zip(&step[..count]) {
            *mean += scale * step;
        }
        let log_root = (0..count).map(|at| libm::log(root[at][at])).sum();
        Some(Self { count, mean, root, log_root })
    }

    /// Returns the parameters that a standard normal draw stands for.
    pub(super) fn draw(&self, mut standard: Parameters) -> Parameters {
        backward(&self.root, &mut standard, self.count);
        let mut drawn = self.mean;
        for (drawn, step) in drawn.iter_mut().zip(&standard[..self.count]) {
            *drawn += step;
        }
        drawn
    }

    /// Returns the logarithm of its density, but for a constant.
    pub(super) fn log_density(&self, at: &Parameters) -> f64 {
        let mut square = 0.0;
        for column in 0..self.count {
            let mut part = 0.0;
            let rows = self.root.iter().zip(at.iter().zip(&self.mean));
            for (root, (at, mean)) in rows.take(self.count).skip(column) {
                part += root[column] * (at - mean);
            }
            square += part * part;
        }
        self.log_root - 0.5 * square
    }
}

fn cholesky(
    matrix: &[Parameters; CATEGORIES_MAX],
    count: usize,
) -> Option<[Parameters; CATEGORIES_MAX]> {
    let mut root = [[0.0; CATEGORIES_MAX]; CATEGORIES_MAX];
    for row in 0..count {
        for column in 0..=row {
            let mut rest = matrix[row][column];
            for (a, b) in root[row].iter().zip(&root[column]).take(column) {
                rest -= a * b;
            }
            root[row][column] = if row == column {
                if rest.is_nan() || rest <= 1e-9 {
                    return None;
                }
                libm::sqrt(rest)
            } else {
                rest / root[column][column]
            };
        }
    }
    Some(root)
}

/// Solves root * y = vector.
fn forward(root: &[Parameters; CATEGORIES_MAX], vector: &mut Parameters, count: usize) {
    for row in 0..count {
        for before in 0..row {
            vector[row] -= root[row][before] * vector[before];
        }
        vector[row] /= root[row][row];
    }
}

/// Solves transpose(root) * y = vector.
fn backward(root: &[Parameters; CATEGORIES_MAX], vector: &mut Parameters, count: usize) {
    for row in (0..count).rev() {
        for after in row + 1..count {
            vector[row] -= root[after][row] * vector[after];
        }
        vector[row] /= root[row][row];
    }
}

#[cfg(test)]
mod tests;
