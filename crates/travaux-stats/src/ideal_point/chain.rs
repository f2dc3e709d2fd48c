//! One chain of the Gibbs sampler.
//!
//! A chain depends on the frame, the settings and its own number, never on the other chains: whoever
//! has two cores can run two of them side by side and gets the same draws.

use super::Settings;
use super::data::Frame;
use super::item::{Parameters, Proposal, Seen};
use super::start;
use crate::normal_table::Table;
use crate::random::Draws;

/// What one chain drew.
#[derive(Clone, Debug)]
pub struct Run {
    /// Kept draws of all points, one after the other.
    pub(super) x: Vec<f32>,
    /// Kept draws of slope and cuts of all telling items, one after the other, and where each item lies.
    pub(super) parameters: Vec<f32>,
    /// Sum and sum of squares over all draws after warming up.
    pub(super) sums: Vec<(f64, f64)>,
    pub(super) counted: usize,
    pub(super) kept: usize,
    pub(super) proposed: u64,
    pub(super) accepted: u64,
}

/// A chain at work.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    frame: &'a Frame,
    settings: &'a Settings,
    table: &'static Table,
    draws: Draws,
    x: Vec<f64>,
    parameters: Vec<Parameters>,
    // Of each point what the noise of its answers says: precision, and precision times mean.
    said: Vec<(f64, f64)>,
    latent: Vec<f64>,
    done: usize,
    run: Run,
}

impl<'a> Chain<'a> {
    /// Starts a chain where a rough reckoning puts the participants; chains of different numbers start apart.
    pub fn new(frame: &'a Frame, settings: &'a Settings, number: u32) -> Self {
        let table = Table::shared();
        let mut draws = Draws::new(settings.seed, number);
        let mut x = start::points(frame, settings);
        for x in &mut x {
            *x += 0.3 * draws.normal(table);
        }
        let parameters =
            frame.asked.iter().map(|asked| start::parameters(frame, asked, table)).collect();
        let run = Run {
            x: Vec::new(),
            parameters: Vec::new(),
            sums: vec![(0.0, 0.0); frame.points.len()],
            counted: 0,
            kept: 0,
            proposed: 0,
            accepted: 0,
        };
        let count = frame.points.len();
        let length = |asked: &super::data::Asked| {
            asked.blocks.iter().map(|block| block.to - block.from).sum()
        };
        let longest: usize = frame.asked.iter().map(length).max().unwrap_or_default();
        Self {
            frame,
            settings,
            table,
            draws,
            x,
            parameters,
            said: vec![(0.0, 0.0); count],
            latent: vec![0.0; longest],
            done: 0,
            run,
        }
    }

    /// Makes all sweeps and returns what was drawn.
    pub fn run(mut self) -> Run {
        while self.done < self.settings.sweeps {
            self.sweep();
        }
        self.run
    }

    /// Returns how many sweeps are done.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Returns what was drawn so far.
    pub fn so_far(&self) -> &Run {
        &self.run
    }

    /// Returns where the points stand now, for tests of the sampler.
    pub fn points(&self) -> &[f64] {
        &self.x
    }

    /// Returns the slope and cuts of each telling item as they stand now, for tests of the sampler.
    pub fn slopes_and_cuts(&self) -> impl Iterator<Item = &[f64]> {
        self.parameters.iter().zip(&self.frame.asked).map(|(at, asked)| &at[..=asked.above.len()])
    }

    /// Draws everything once: items, noise, points; then sets the scale and the sign.
    ///
    /// Slope and place of every item are drawn in each sweep given the noise; its cuts, with these
    /// and without the noise, in every sixteenth, each item in its turn.
    pub fn sweep(&mut self) {
        const TURNS: usize = 16;
        self.said.fill((0.0, 0.0));
        for item in 0..self.frame.asked.len() {
            if (item + self.done).is_multiple_of(TURNS) {
                self.draw_item(item);
            }
            self.draw_noise(item);
        }
        for participant in 0..self.frame.paths.len() {
            self.draw_path(participant);
        }
        if self.settings.standardised {
            self.standardise();
        }
        self.turn();
        self.done += 1;
        self.keep();
    }

    /// Draws slope and cuts of an item, the noise integrated out.
    fn draw_item(&mut self, item: usize) {
        let asked = &self.frame.asked[item];
        let seen = Seen {
            asked,
            places: &self.frame.places,
            x: &self.x,
            table: self.table,
            prior: (1.0 / self.settings.slope_variance, 1.0 / self.settings.cut_variance),
        };
        let count = seen.parameters();
        let at = self.parameters[item];
        let found = seen.evaluate(&at);
        self.run.proposed += 1;
        let Some(there) = Proposal::new(&at, &found, count) else { return };
        let mut standard = Parameters::default();
        for part in &mut standard[..count] {
            *part = self.draws.normal(self.table);
        }
        let chance = libm::log(self.draws.uniform());
        let drawn = there.draw(standard);
        if !seen.in_order(&drawn) {
            return;
        }
        let found_there = seen.evaluate(&drawn);
        let Some(back) = Proposal::new(&drawn, &found_there, count) else { return };
        let ratio = found_there.log_density - found.log_density + back.log_density(&at)
            - there.log_density(&drawn);
        if chance < ratio {
            self.parameters[item] = drawn;
            self.run.accepted += 1;
        }
    }

    /// Draws the noise of each answer to an item; given it, slope and place of the item; and adds what it
    /// says of the points.
    fn draw_noise(&mut self, item: usize) {
        let frame = self.frame;
        let asked = &frame.asked[item];
        let at = self.parameters[item];
        let noise = Noise { x: &self.x, table: self.table, slope: at[0] };
        let mut sums = Sums::default();
        let mut from = 0;
        for block in &asked.blocks {
            let places = &frame.places[block.from..block.to];
            let latent = &mut self.latent[from..from + places.len()];
            from += places.len();
            sums += match (block.low, block.high) {
                (None, Some(high)) => {
                    noise.beyond(places, (at[high + 1], 1.0), latent, &mut self.draws)
                }
                (Some(low), None) => {
                    noise.beyond(places, (at[low + 1], -1.0), latent, &mut self.draws)
                }
                (Some(low), Some(high)) => {
                    noise.between(places, (at[low + 1], at[high + 1]), latent, &mut self.draws)
                }
                (None, None) => Sums::default(),
            };
        }
        let shift = self.draw_place(item, &sums);
        // An item of weight one tenth is heard in one sweep of ten: ten copies of one item are worth one. Counting a
        // tenth of each in every sweep would average their noise away, and make points too sure.
        if asked.weight < 1.0 && self.draws.uniform() > asked.weight {
            return;
        }
        let slope = self.parameters[item][0];
        let (precision, pull) = (slope * slope, slope);
        let places = asked.blocks.iter().flat_map(|block| &frame.places[block.from..block.to]);
        for (place, latent) in places.zip(&self.latent) {
            let said = &mut self.said[*place as usize];
            said.0 += precision;
            said.1 += pull * (latent + shift);
        }
    }

    /// Draws slope and place of an item given the noise: with the latent answers measured from its first
    /// cut they are the two coefficients of a regression. Returns how far the cuts moved.
    fn draw_place(&mut self, item: usize, sums: &Sums) -> f64 {
        let cuts = self.frame.asked[item].above.len();
        let at = &mut self.parameters[item];
        let first = at[1];
        // Every cut has its prior; seen from the first they are one prior of the place.
        let prior = 1.0 / self.settings.cut_variance;
        let above: f64 = at[1..=cuts].iter().map(|cut| cut - first).sum();
        let slope_slope = sums.xx + 1.0 / self.settings.slope_variance;
        let place_place = sums.count + prior * steps(cuts);
        let slope_place = -sums.x;
        let slope_pull = sums.zx - first * sums.x;
        let place_pull = first * sums.count - sums.z - prior * above;
        let root = libm::sqrt(slope_slope);
        let across = slope_place / root;
        let root_place = libm::sqrt(place_place - across * across);
        // Solve the triangle forward for the mean and back for mean and draw together.
        let along = slope_pull / root + self.draws.normal(self.table);
        let beside = (place_pull - across * (slope_pull / root)) / root_place
            + self.draws.normal(self.table);
        let place = beside / root_place;
        at[0] = (along - across * place) / root;
        let shift = place - first;
        for cut in &mut at[1..=cuts] {
            *cut += shift;
        }
        shift
    }

    /// Draws a participant's path: forward what is known of each point from those before, then back
    /// from the last.
    fn draw_path(&mut self, participant: usize) {
        let path = &self.frame.paths[participant];
        let Some(first) = path.first() else { return };
        let before = self.settings.before.get(participant).copied().flatten();
        let (mut mean, mut variance) = before.unwrap_or((0.0, self.settings.first_variance));
        let mut period = self.frame.points[*first as usize].period;
        // What is known going forward replaces what the noise said; it is read once.
        for place in path {
            let place = *place as usize;
            let now = self.frame.points[place].period;
            variance += steps(now - period) * self.settings.step_variance;
            period = now;
            let said = &mut self.said[place];
            let precision = 1.0 / variance + said.0;
            mean = (mean / variance + said.1) / precision;
            variance = 1.0 / precision;
            *said = (mean, variance);
        }
        let mut after: Option<(usize, f64)> = None;
        for place in path.iter().rev() {
            let place = *place as usize;
            let (mut mean, mut variance) = self.said[place];
            let now = self.frame.points[place].period;
            if let Some((period, x)) = after {
                let step = steps(period - now) * self.settings.step_variance;
                let gain = variance / (variance + step);
                mean += gain * (x - mean);
                variance *= 1.0 - gain;
            }
            let x = mean + libm::sqrt(variance) * self.draws.normal(self.table);
            self.x[place] = x;
            after = Some((now, x));
        }
    }

    /// Gives all points mean nought and variance one. Slopes and cuts are left to find their place in
    /// the next sweep, as in Bailey, Strezhnev and Voeten: changing them too would keep every answer as probable as it was, and
    /// let slopes grow beyond their prior.
    fn standardise(&mut self) {
        let count = steps(self.x.len());
        if count < 2.0 {
            return;
        }
        let mean = self.x.iter().sum::<f64>() / count;
        let square = self.x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        let scale = libm::sqrt(square);
        if scale.is_nan() || scale < 1e-9 {
            return;
        }
        for x in &mut self.x {
            *x = (*x - mean) / scale;
        }
    }

    /// Turns the line so that the first anchor stands above the second.
    fn turn(&mut self) {
        let Some((upper, lower)) = self.settings.anchors else { return };
        let mean = |participant: usize| {
            let path = self.frame.paths.get(participant).filter(|path| !path.is_empty())?;
            Some(path.iter().map(|place| self.x[*place as usize]).sum::<f64>() / steps(path.len()))
        };
        if let (Some(above), Some(below)) = (mean(upper), mean(lower))
            && above < below
        {
            for x in &mut self.x {
                *x = -*x;
            }
            for at in &mut self.parameters {
                at[0] = -at[0];
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "draws are kept with seven digits")]
    fn keep(&mut self) {
        let Some(after) = self.done.checked_sub(self.settings.warm_up + 1) else { return };
        for (sum, x) in self.run.sums.iter_mut().zip(&self.x) {
            *sum = (sum.0 + x, sum.1 + x * x);
        }
        self.run.counted += 1;
        let all = self.settings.sweeps.saturating_sub(self.settings.warm_up).max(1);
        let kept = self.settings.kept.clamp(1, all);
        // Evenly spaced: the draw at which the number due goes up.
        if (after + 1) * kept / all > after * kept / all {
            self.run.kept += 1;
            self.run.x.extend(self.x.iter().map(|x| *x as f32));
            for (at, asked) in self.parameters.iter().zip(&self.frame.asked) {
                self.run
                    .parameters
                    .extend(at[..=asked.above.len()].iter().map(|part| *part as f32));
            }
        }
    }
}

/// Draws of the noise of answers, given slope and points.
struct Noise<'a> {
    x: &'a [f64],
    table: &'a Table,
    slope: f64,
}

impl Noise<'_> {
    /// Answers below a cut (`side` 1) or above it (`side` -1).
    fn beyond(
        &self,
        places: &[u32],
        (cut, side): (f64, f64),
        latent: &mut [f64],
        draws: &mut Draws,
    ) -> Sums {
        // A copy stays in registers.
        let mut own = draws.clone();
        let mut sums = Sums { count: steps(places.len()), ..Sums::default() };
        for (place, latent) in places.iter().zip(latent) {
            let x = self.x[*place as usize];
            let mean = self.slope * x;
            let bound = (cut - mean) * side;
            let chance = own.uniform();
            let below = self.table.below(bound);
            let noise =
                if below < FAR { far(bound, chance) } else { self.table.quantile(chance * below) };
            *latent = mean + side * noise;
            sums.add(x, *latent);
        }
        *draws = own;
        sums
    }

    fn between(
        &self,
        places: &[u32],
        (low, high): (f64, f64),
        latent: &mut [f64],
        draws: &mut Draws,
    ) -> Sums {
        let mut own = draws.clone();
        let mut sums = Sums { count: steps(places.len()), ..Sums::default() };
        for (place, latent) in places.iter().zip(latent) {
            let x = self.x[*place as usize];
            let mean = self.slope * x;
            let (from, to) = (low - mean, high - mean);
            // Both far up: from the other end the difference is not lost.
            let (side, start, end) = if from > 0.0 { (-1.0, -to, -from) } else { (1.0, from, to) };
            let chance = own.uniform();
            let under = self.table.below(start);
            let between = self.table.below(end) - under;
            let noise = if between < FAR {
                start + (end - start) * chance
            } else {
                self.table.quantile(under + chance * between)
            };
            *latent = mean + side * noise;
            sums.add(x, *latent);
        }
        *draws = own;
        sums
    }
}

/// Sums over the answers to an item, for the regression of latent answers on points.
#[derive(Default)]
struct Sums {
    count: f64,
    x: f64,
    xx: f64,
    z: f64,
    zx: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, x: f64, z: f64) {
        self.x += x;
        self.xx += x * x;
        self.z += z;
        self.zx += z * x;
    }
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.x += other.x;
        self.xx += other.xx;
        self.z += other.z;
        self.zx += other.zx;
    }
}

/// Below this the table of quantiles is not asked.
const FAR: f64 = 1e-16;

/// Draws noise below a bound far out, where the tail falls off like an exponential.
fn far(bound: f64, chance: f64) -> f64 {
    bound + libm::log(chance) / bound.abs().max(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of points and periods")]
fn steps(count: usize) -> f64 {
    count as f64
}
