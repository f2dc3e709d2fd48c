//! What the chains drew together: points with intervals, items, and whether the chains agree.

use std::collections::BTreeMap;

use super::chain::Run;
use super::data::{Frame, Point};
use crate::convergence::{effective_draws, split_r_hat};

/// The draws of all chains, with what they are draws of.
#[derive(Clone, Debug)]
pub struct Posterior {
    points: Vec<Point>,
    informing: Vec<u32>,
    telling: Vec<Telling>,
    chains: Vec<Run>,
    width: usize,
}

/// Where an item's parameters lie within a draw.
#[derive(Clone, Debug)]
struct Telling {
    item: usize,
    from: usize,
    above: Vec<u8>,
}

/// A figure with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The mean of all draws.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
    /// Below this lies one draw in twenty.
    pub low: f64,
    /// Above this lies one draw in twenty.
    pub high: f64,
}

/// How an item tells participants apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemSummary {
    /// Its number in the data.
    pub item: usize,
    /// Its slope: how strongly it divides, and towards which end higher categories lie.
    pub slope: Summary,
    /// Its cuts, each with the category above it.
    pub cuts: Vec<(u8, Summary)>,
}

/// Whether the chains agree, and on how much they rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diagnostics {
    /// Chains.
    pub chains: usize,
    /// Sweeps counted of each, after warming up.
    pub sweeps: usize,
    /// Draws kept of each.
    pub kept: usize,
    /// The largest split R-hat of any point; 1 where all halves of all chains agree.
    pub r_hat_max: f64,
    /// The share of points with a split R-hat above 1.05.
    pub r_hat_above: f64,
    /// The fewest effective draws any point rests on, of those kept.
    pub effective_min: f64,
    /// The median of effective draws.
    pub effective_median: f64,
    /// The share of proposals for items that were accepted.
    pub accepted: f64,
    /// Items that tell participants apart, of all.
    pub items_telling: usize,
    /// All items.
    pub items: usize,
    /// Answers that say something.
    pub answers: usize,
}

impl Posterior {
    /// Puts the runs of chains on one frame together.
    pub fn new(frame: &Frame, chains: Vec<Run>) -> Self {
        let mut width = 0;
        let mut telling = Vec::new();
        for asked in &frame.asked {
            telling.push(Telling { item: asked.item, from: width, above: asked.above.clone() });
            width += asked.above.len() + 1;
        }
        Self {
            points: frame.points.clone(),
            informing: frame.informing.clone(),
            telling,
            chains,
            width,
        }
    }

    /// Returns the points, in order of period, then participant.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Returns the number of a point.
    pub fn place(&self, participant: usize, period: usize) -> Option<usize> {
        self.points.binary_search(&Point { period, participant }).ok()
    }

    /// Returns how many items inform a point.
    pub fn informing(&self, point: usize) -> usize {
        self.informing.get(point).map_or(0, |count| *count as usize)
    }

    /// Returns how many draws are kept, of all chains together.
    pub fn draws(&self) -> usize {
        self.chains.iter().map(|run| run.kept).sum()
    }

    /// Returns every kept draw of a point, chain after chain.
    pub fn drawn(&self, point: usize) -> impl Iterator<Item = f64> {
        let count = self.points.len();
        self.chains
            .iter()
            .flat_map(move |run| run.x.chunks(count.max(1)).map(move |x| f64::from(x[point])))
    }

    /// Returns where all points stand in one draw.
    pub fn draw(&self, draw: usize) -> Option<&[f32]> {
        let (run, at) = self.find(draw)?;
        run.x.get(at * self.points.len()..(at + 1) * self.points.len())
    }

    /// Returns slope, then cuts, of the telling items in one draw, by the number of the item in the data.
    pub fn items_in(&self, draw: usize) -> impl Iterator<Item = (usize, &[f32])> {
        let found = self.find(draw);
        self.telling.iter().filter_map(move |telling| {
            let (run, at) = found?;
            let from = at * self.width + telling.from;
            Some((telling.item, run.parameters.get(from..=from + telling.above.len())?))
        })
    }

    /// Returns the numbers of the telling items.
    pub fn telling(&self) -> impl Iterator<Item = usize> {
        self.telling.iter().map(|telling| telling.item)
    }

    /// Returns a point's mean and interval.
    pub fn summary(&self, point: usize) -> Summary {
        let counted: usize = self.chains.iter().map(|run| run.counted).sum();
        let sums = self.chains.iter().map(|run| run.sums[point]);
        let (sum, square) = sums.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
        let count = whole(counted.max(1));
        let mean = sum / count;
        let deviation = libm::sqrt((square / count - mean * mean).max(0.0));
        let (low, high) = interval(self.drawn(point).collect());
        Summary { mean, deviation, low, high }
    }

    /// Returns the difference between two points, draw by draw: a movement, or a distance.
    pub fn difference(&self, later: usize, earlier: usize) -> Summary {
        summary(self.drawn(later).zip(self.drawn(earlier)).map(|(a, b)| a - b).collect())
    }

    /// Returns how the telling items tell participants apart.
    pub fn items(&self) -> Vec<ItemSummary> {
        self.telling
            .iter()
            .map(|telling| {
                let at = |offset: usize| summary(self.parameter(telling.from + offset).collect());
                ItemSummary {
                    item: telling.item,
                    slope: at(0),
                    cuts: telling
                        .above
                        .iter()
                        .enumerate()
                        .map(|(cut, above)| (*above, at(cut + 1)))
                        .collect(),
                }
            })
            .collect()
    }

    /// Returns the share of draws in which a point stands above a place on the line: near 0 or 1 it
    /// stands on one side of it, near one half it straddles.
    pub fn above(&self, point: usize, line: f64) -> f64 {
        let count = whole(self.draws().max(1));
        self.drawn(point).filter(|x| *x > line).map(|_| 1.0).sum::<f64>() / count
    }

    /// Returns whether the chains agree.
    pub fn diagnostics(&self, frame: &Frame) -> Diagnostics {
        let mut hats = Vec::with_capacity(self.points.len());
        let mut effective = Vec::with_capacity(self.points.len());
        for point in 0..self.points.len() {
            let chains: Vec<Vec<f64>> = self
                .chains
                .iter()
                .map(|run| run.x.chunks(self.points.len()).map(|x| f64::from(x[point])).collect())
                .collect();
            hats.push(split_r_hat(&chains));
            effective.push(effective_draws(&chains));
        }
        effective.sort_by(f64::total_cmp);
        let above = hats.iter().filter(|hat| **hat > 1.05).count();
        let (proposed, accepted) = self
            .chains
            .iter()
            .fold((0, 0), |all, run| (all.0 + run.proposed, all.1 + run.accepted));
        Diagnostics {
            chains: self.chains.len(),
            sweeps: self.chains.first().map_or(0, |run| run.counted),
            kept: self.chains.first().map_or(0, |run| run.kept),
            r_hat_max: hats.iter().copied().fold(1.0, f64::max),
            r_hat_above: whole(above) / whole(hats.len().max(1)),
            effective_min: effective.first().copied().unwrap_or_default(),
            effective_median: effective.get(effective.len() / 2).copied().unwrap_or_default(),
            accepted: share(accepted, proposed),
            items_telling: self.telling.len(),
            items: frame.items,
            answers: frame.answers(),
        }
    }

    /// Returns the last point of each participant.
    pub fn last(&self) -> BTreeMap<usize, usize> {
        self.points.iter().enumerate().map(|(place, point)| (point.participant, place)).collect()
    }

    fn find(&self, mut draw: usize) -> Option<(&Run, usize)> {
        for run in &self.chains {
            if draw < run.kept {
                return Some((run, draw));
            }
            draw -= run.kept;
        }
        None
    }

    fn parameter(&self, place: usize) -> impl Iterator<Item = f64> {
        self.chains.iter().flat_map(move |run| {
            run.parameters.chunks(self.width.max(1)).map(move |all| f64::from(all[place]))
        })
    }
}

/// Sums draws up.
pub(super) fn summary(draws: Vec<f64>) -> Summary {
    let count = whole(draws.len().max(1));
    let mean = draws.iter().sum::<f64>() / count;
    let square = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    let (low, high) = interval(draws);
    Summary { mean, deviation: libm::sqrt(square), low, high }
}

/// Returns the values below and above which one in twenty lies.
fn interval(mut draws: Vec<f64>) -> (f64, f64) {
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * whole(draws.len().saturating_sub(1));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in the list"
        )]
        let below = place as usize;
        let Some(from) = draws.get(below) else { return 0.0 };
        let to = draws.get(below + 1).unwrap_or(from);
        from + (to - from) * (place - whole(below))
    };
    (at(0.05), at(0.95))
}

#[expect(clippy::cast_precision_loss, reason = "counts of draws")]
fn share(part: u64, of: u64) -> f64 {
    part as f64 / of.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of draws")]
fn whole(number: usize) -> f64 {
    number as f64
}
