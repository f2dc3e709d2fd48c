//! How good a package can still become when some issues are decided: upper bounds that hold.
//!
//! The first counts the delegations that could still accept, each by itself. The second lets a sum of
//! the delegations' gains, with weights of their own, decide every open issue: whatever the weights, no
//! package beats it (Lagrange's method); good weights are found by descent. Bounds say nothing of which
//! package is best.

use super::{Objective, Problem, Refusal, TOLERANCE};

/// The numbers of a problem in the order in which issues are decided.
pub(super) struct Numbers {
    pub(super) delegations: usize,
    /// The issues in that order.
    pub(super) order: Vec<usize>,
    /// For each issue in that order and each option it may take: the option, and what it is worth to
    /// each delegation, red lines as a loss beyond all gains.
    pub(super) options: Vec<Vec<(usize, Vec<f64>)>>,
    /// For each depth, the most and the least the open issues can be worth to each delegation.
    pub(super) most: Vec<Vec<f64>>,
    pub(super) least: Vec<Vec<f64>>,
    pub(super) threshold: Vec<f64>,
    pub(super) blocks: Vec<bool>,
    /// What each option costs in issues touched, in the same order as `options`.
    pub(super) touches: Vec<Vec<f64>>,
}

impl Numbers {
    /// Takes the numbers of a problem; for the least gain, red lines are no loss.
    pub(super) fn of(problem: &Problem, objective: Objective) -> Self {
        let delegations = problem.delegations.len();
        let worth = |delegation: usize, issue: usize, option: usize| {
            let one = &problem.delegations[delegation];
            let plain = one.worth[issue][option];
            let crossed =
                one.red_lines.iter().any(|line| line.issue == issue && line.option == option);
            if crossed && objective != Objective::WorstOff { plain - one.beyond() } else { plain }
        };
        let mut order: Vec<usize> = (0..problem.issues.len()).collect();
        let weight = |issue: usize| -> f64 {
            let spread = |delegation: usize| {
                let all = (0..problem.issues[issue].options)
                    .map(|option| worth(delegation, issue, option));
                all.clone().fold(f64::MIN, f64::max) - all.fold(f64::MAX, f64::min)
            };
            (0..delegations).map(spread).map(|spread| spread.min(1e6)).sum()
        };
        let weights: Vec<f64> = order.iter().map(|issue| weight(*issue)).collect();
        order.sort_by(|one, other| weights[*other].total_cmp(&weights[*one]));
        let allowed = |issue: usize| {
            let open = problem.issues[issue];
            open.locked.map_or(0..open.options, |locked| locked..locked + 1)
        };
        let options: Vec<Vec<(usize, Vec<f64>)>> = order
            .iter()
            .map(|issue| {
                let of = |option| (0..delegations).map(|one| worth(one, *issue, option)).collect();
                allowed(*issue).map(|option| (option, of(option))).collect()
            })
            .collect();
        let touches = order
            .iter()
            .map(|issue| {
                let current = problem.issues[*issue].current;
                let cost = |option| f64::from(u8::from(current.is_some_and(|now| now != option)));
                allowed(*issue).map(cost).collect()
            })
            .collect();
        let rest = |pick: fn(f64, f64) -> f64, start: f64| {
            let mut depths = vec![vec![0.0; delegations]; order.len() + 1];
            for depth in (0..order.len()).rev() {
                for one in 0..delegations {
                    let here = options[depth].iter().map(|(_, worth)| worth[one]).fold(start, pick);
                    depths[depth][one] = depths[depth + 1][one] + here;
                }
            }
            depths
        };
        Self {
            delegations,
            most: rest(f64::max, f64::MIN),
            least: rest(f64::min, f64::MAX),
            threshold: problem.delegations.iter().map(|one| one.threshold).collect(),
            blocks: problem.delegations.iter().map(|one| one.refusal == Refusal::Against).collect(),
            order,
            options,
            touches,
        }
    }
}

impl super::Delegation {
    /// More than anything a package can be worth to it.
    fn beyond(&self) -> f64 {
        let all: f64 = self.worth.iter().flatten().map(|worth| worth.abs()).sum();
        all + self.threshold.abs() + 1.0
    }
}

/// Weights of the delegations, kept from one bound to the next.
#[derive(Clone)]
pub(super) struct Weights {
    pub(super) each: Vec<f64>,
}

/// A point of the search: how many issues are decided, and what they are worth to each delegation.
pub(super) struct Point<'a> {
    pub(super) depth: usize,
    pub(super) worth: &'a [f64],
    /// Who could still accept.
    pub(super) alive: &'a [bool],
    pub(super) touched: f64,
    /// Whether all who are alive must accept.
    pub(super) all_must: Option<()>,
}

impl Numbers {
    /// Who could still accept, looking at each delegation alone; `alive` holds who could before.
    pub(super) fn still_alive(&self, depth: usize, worth: &[f64], alive: &mut [bool]) {
        let most = &self.most[depth];
        for (one, alive) in alive.iter_mut().enumerate() {
            *alive &= worth[one] + most[one] - self.threshold[one] >= -TOLERANCE;
        }
    }

    /// The most acceptances from here, by weights improved in `rounds` steps towards `target`; also the
    /// value of each option of the next issue under these weights.
    pub(super) fn acceptances(
        &self,
        point: &Point<'_>,
        weights: &mut Weights,
        rounds: usize,
        target: f64,
    ) -> (f64, Vec<f64>) {
        let least = &self.least[point.depth];
        // How far below its threshold a delegation can still fall.
        let fall: Vec<f64> = (0..self.delegations)
            .map(|one| (self.threshold[one] - point.worth[one] - least[one]).max(0.0))
            .collect();
        let mut best = f64::INFINITY;
        let mut next = Vec::new();
        for round in 0..rounds.max(1) {
            let each: Vec<f64> = (0..self.delegations)
                .map(
                    |one| if point.alive[one] && fall[one] > 0.0 { weights.each[one] } else { 0.0 },
                )
                .collect();
            let (mut value, mut slope, scores) = self.open_issues(point.depth, &each);
            for one in 0..self.delegations {
                if !point.alive[one] {
                    continue;
                }
                value -= each[one] * least[one];
                let accepts = 1.0 - each[one] * fall[one];
                slope[one] -= least[one];
                if accepts > 0.0 || point.all_must.is_some() {
                    value += accepts;
                    slope[one] -= fall[one];
                }
            }
            if round == 0 || value < best {
                (best, next) = (best.min(value), scores);
            }
            if best < target || round + 1 == rounds.max(1) {
                break;
            }
            let length: f64 = slope
                .iter()
                .zip(point.alive)
                .filter(|(_, alive)| **alive)
                .map(|(s, _)| s * s)
                .sum();
            if length <= 0.0 {
                break;
            }
            let step = (value - target + 0.5).max(0.1) / length;
            for (one, weight) in weights.each.iter_mut().enumerate() {
                if point.alive[one] && fall[one] > 0.0 {
                    let cap = if point.all_must.is_some() { f64::MAX } else { 1.0 / fall[one] };
                    *weight = (*weight - step * slope[one]).clamp(0.0, cap);
                }
            }
        }
        (best, next)
    }

    /// The most that the worst-off can gain from here, by weights that add up to one.
    pub(super) fn worst_off(
        &self,
        point: &Point<'_>,
        weights: &mut Weights,
        rounds: usize,
        target: f64,
    ) -> (f64, Vec<f64>) {
        let most = &self.most[point.depth];
        let alone = (0..self.delegations)
            .map(|one| point.worth[one] + most[one] - self.threshold[one])
            .fold(f64::INFINITY, f64::min);
        let mut best = alone;
        let mut next = Vec::new();
        for round in 0..rounds.max(1) {
            let (mut value, mut slope, scores) = self.open_issues(point.depth, &weights.each);
            for (one, slope) in slope.iter_mut().enumerate() {
                let gain = point.worth[one] - self.threshold[one];
                value += weights.each[one] * gain;
                *slope += gain;
            }
            if round == 0 || value < best {
                (best, next) = (best.min(value), scores);
            }
            if best <= target || round + 1 == rounds.max(1) {
                break;
            }
            // Weight moves to those who gain least, by a factor of their loss.
            let mean: f64 =
                weights.each.iter().zip(&slope).map(|(weight, slope)| weight * slope).sum();
            let spread: f64 = weights
                .each
                .iter()
                .zip(&slope)
                .map(|(weight, slope)| weight * (slope - mean) * (slope - mean))
                .sum();
            let wanted = (value - target).max(1e-6);
            let step = (wanted / spread.max(1e-12)).min(3.0 / libm::sqrt(spread.max(1e-12)));
            let mut sum = 0.0;
            for (weight, slope) in weights.each.iter_mut().zip(&slope) {
                *weight =
                    (*weight * libm::exp((-step * (slope - mean)).clamp(-3.0, 3.0))).max(1e-12);
                sum += *weight;
            }
            for weight in &mut weights.each {
                *weight /= sum;
            }
        }
        (best, next)
    }

    /// The fewest issues touched from here if all that block must accept: the negative, as a bound
    /// from above.
    pub(super) fn untouched(
        &self,
        point: &Point<'_>,
        weights: &mut Weights,
        rounds: usize,
        target: f64,
    ) -> (f64, Vec<f64>) {
        let mut best = f64::INFINITY;
        let mut next = Vec::new();
        for round in 0..rounds.max(1) {
            let must = |one: usize| point.all_must.is_some() && self.blocks[one];
            let each: Vec<f64> = (0..self.delegations)
                .map(|one| if must(one) { weights.each[one] } else { 0.0 })
                .collect();
            let (mut value, mut slope, scores) = self.open_with_touches(point.depth, &each);
            value -= point.touched;
            for (one, slope) in slope.iter_mut().enumerate() {
                let gain = point.worth[one] - self.threshold[one];
                value += each[one] * gain;
                *slope += gain;
            }
            if round == 0 || value < best {
                (best, next) = (best.min(value), scores);
            }
            if best < target || point.all_must.is_none() || round + 1 == rounds.max(1) {
                break;
            }
            let length: f64 = (0..self.delegations)
                .filter(|one| must(*one))
                .map(|one| slope[one] * slope[one])
                .sum();
            if length <= 0.0 {
                break;
            }
            let step = (value - target + 0.5).max(0.1) / length;
            for one in (0..self.delegations).filter(|one| must(*one)) {
                weights.each[one] = (weights.each[one] - step * slope[one]).max(0.0);
            }
        }
        (best, next)
    }

    /// What the open issues give where the weighted sum decides each: the sum, what that is worth to
    /// each delegation, and the score of each option of the next issue.
    fn open_issues(&self, depth: usize, each: &[f64]) -> (f64, Vec<f64>, Vec<f64>) {
        self.open(depth, each, |_, _| 0.0)
    }

    fn open_with_touches(&self, depth: usize, each: &[f64]) -> (f64, Vec<f64>, Vec<f64>) {
        self.open(depth, each, |issue, option| -self.touches[issue][option])
    }

    fn open(
        &self,
        depth: usize,
        each: &[f64],
        more: impl Fn(usize, usize) -> f64,
    ) -> (f64, Vec<f64>, Vec<f64>) {
        let (mut value, mut worth, mut next) = (0.0, vec![0.0; self.delegations], Vec::new());
        for (issue, options) in self.options.iter().enumerate().skip(depth) {
            let scores: Vec<f64> = options
                .iter()
                .enumerate()
                .map(|(place, (_, worth))| dot(each, worth) + more(issue, place))
                .collect();
            let mut best = 0;
            for (option, score) in scores.iter().enumerate() {
                if *score > scores[best] {
                    best = option;
                }
            }
            value += scores[best];
            for (sum, worth) in worth.iter_mut().zip(&options[best].1) {
                *sum += worth;
            }
            if issue == depth {
                next = scores;
            }
        }
        (value, worth, next)
    }
}

/// A sum of products in a fixed order that a machine can take eight at a time.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let (ones, others) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest: f64 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    let mut lanes = [0.0; 8];
    for (ones, others) in ones.zip(others) {
        for ((lane, a), b) in lanes.iter_mut().zip(ones).zip(others) {
            *lane += a * b;
        }
    }
    lanes.iter().sum::<f64>() + rest
}
