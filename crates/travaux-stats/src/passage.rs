//! What a vote would give: the exact distribution of its count, and what would turn it.
//!
//! Given the chances of each delegation, the count is a sum of independent votes and its distribution
//! is computed, not sampled. Votes are not independent: what shakes several delegations together is
//! given as several rooms, each with its weight (draws of a posterior, points of a shared shock), and
//! the distribution is the average of theirs. Where the chances come from is not known here.

mod lattice;
mod rule;
mod shock;
mod switches;

use thiserror::Error;

pub use rule::{Among, Rule, Tally};
pub use shock::shaken;
pub use switches::{Switch, smallest_switches};

use crate::distribution::Distribution;
use lattice::{Line, first_passing, with_quorum};

/// What a delegation does when the question is put.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Vote {
    /// In favour.
    Yes,
    /// Against.
    No,
    /// Abstains.
    Abstain,
    /// Is not there or takes no part.
    Absent,
}

impl Vote {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::Abstain, Self::Absent];
}

impl Tally {
    /// Counts votes.
    pub fn of(votes: &[Vote]) -> Self {
        let mut tally = Self::default();
        for vote in votes {
            *match vote {
                Vote::Yes => &mut tally.yes,
                Vote::No => &mut tally.no,
                Vote::Abstain => &mut tally.abstain,
                Vote::Absent => &mut tally.absent,
            } += 1;
        }
        tally
    }
}

/// How likely a delegation is to do what; the four add up to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chances {
    yes: f64,
    no: f64,
    abstain: f64,
    absent: f64,
}

impl Chances {
    /// Takes the chances in favour, against, abstaining and absent, in this order.
    ///
    /// # Errors
    /// When one is no chance, or they do not add up to one within a millionth; what is left of a
    /// difference so small is spread over all.
    pub fn new([yes, no, abstain, absent]: [f64; 4]) -> Result<Self, ChanceError> {
        let all = [yes, no, abstain, absent];
        if let Some(wrong) = all.into_iter().find(|chance| !(0.0..=1.0).contains(chance)) {
            return Err(ChanceError::NoChance { value: wrong });
        }
        let sum: f64 = all.iter().sum();
        if (sum - 1.0).abs() > 1e-6 {
            return Err(ChanceError::Sum { sum: libm::round(sum * 1e6) / 1e6 });
        }
        Ok(Self { yes: yes / sum, no: no / sum, abstain: abstain / sum, absent: absent / sum })
    }

    /// Returns how likely a vote is.
    pub fn of(&self, vote: Vote) -> f64 {
        match vote {
            Vote::Yes => self.yes,
            Vote::No => self.no,
            Vote::Abstain => self.abstain,
            Vote::Absent => self.absent,
        }
    }

    /// Returns the likeliest vote; where several are, the first of in favour, against, abstaining.
    pub fn likeliest(&self) -> Vote {
        let mut likeliest = Vote::Yes;
        for vote in Vote::ALL {
            if self.of(vote) > self.of(likeliest) {
                likeliest = vote;
            }
        }
        likeliest
    }

    /// In favour with the chance given, else the other.
    pub(crate) fn surely_or(yes: f64, other: Vote) -> Self {
        let rest = |of: Vote| if of == other { 1.0 - yes } else { 0.0 };
        Self { yes, no: rest(Vote::No), abstain: rest(Vote::Abstain), absent: rest(Vote::Absent) }
    }

    fn surely(vote: Vote) -> Self {
        let one = |of: Vote| if of == vote { 1.0 } else { 0.0 };
        Self {
            yes: one(Vote::Yes),
            no: one(Vote::No),
            abstain: one(Vote::Abstain),
            absent: one(Vote::Absent),
        }
    }
}

/// Why numbers are not the chances of a delegation.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum ChanceError {
    /// A number is not between nought and one.
    #[error("{value} is no probability: it must lie between 0 and 1")]
    NoChance {
        /// The number.
        value: f64,
    },
    /// The four do not add up to one.
    #[error("the probabilities add up to {sum}, not to 1")]
    Sum {
        /// What they add up to, to six places.
        sum: f64,
    },
}

/// Why nothing can be said about a vote.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum PassageError {
    /// There is no room, or one of no weight.
    #[error("there is no delegation whose vote could be counted")]
    Nobody,
    /// Two rooms differ in size.
    #[error("one draw has {first} delegations, another {other}")]
    Sizes {
        /// How many the first has.
        first: usize,
        /// How many the other has.
        other: usize,
    },
}

/// The distribution of a vote.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The chance that it passes.
    pub passes: f64,
    /// How many are in favour.
    pub yes: Distribution,
    /// How many are against.
    pub no: Distribution,
    /// How many abstain.
    pub abstain: Distribution,
    /// How many are absent.
    pub absent: Distribution,
    /// By how much the score exceeds what is needed: nought or more passes, where somebody votes and
    /// the quorum is met. Under two thirds a vote in favour adds 1 and one against takes 2 away.
    pub margin: Distribution,
    /// The chance that enough are present.
    pub quorum: f64,
}

/// Takes rooms one after the other, each with its weight, and adds up what they give.
#[derive(Debug)]
pub struct Passing {
    rule: Rule,
    delegations: Option<usize>,
    weight: f64,
    passes: f64,
    quorum: f64,
    counts: [Vec<f64>; 4],
    scores: Vec<f64>,
    line: Line,
}

impl Passing {
    /// Starts with no room.
    pub fn new(rule: Rule) -> Self {
        Self {
            rule,
            delegations: None,
            weight: 0.0,
            passes: 0.0,
            quorum: 0.0,
            counts: Default::default(),
            scores: Vec::new(),
            line: Line::default(),
        }
    }

    /// Adds a room with its weight, at least nought. Within it votes are independent.
    ///
    /// # Errors
    /// When it is empty or of another size than those before.
    pub fn add(&mut self, weight: f64, room: &[Chances]) -> Result<(), PassageError> {
        let score = self.rule.score();
        self.take_size(room.len(), (score.yes + score.no) as usize)?;
        self.weight += weight;
        for (vote, sums) in Vote::ALL.into_iter().zip(&mut self.counts) {
            let (first, cells) = self.line.counts(room.iter().map(|chances| chances.of(vote)));
            add_up(&mut sums[first..], weight, cells);
        }
        let absent = self.line.counts(room.iter().map(|chances| chances.absent));
        let in_doubt = short_of_quorum(self.rule.quorum() as usize, room.len(), absent);
        self.quorum += weight * (1.0 - in_doubt);
        let (first, cells) = self.line.scores(score, room);
        add_up(&mut self.scores[first..], weight, cells);
        let passes = if in_doubt > NO_DOUBT {
            let quorum = (self.rule.quorum() as usize).min(room.len() + 1);
            with_quorum(score, quorum, room)
        } else {
            let from = first_passing(score, room.len()).saturating_sub(first);
            cells.iter().skip(from).sum()
        };
        self.passes += weight * (passes - self.silent(room)).clamp(0.0, 1.0);
        Ok(())
    }

    /// Returns the average of the rooms.
    ///
    /// # Errors
    /// When there was none.
    pub fn finish(self) -> Result<Passage, PassageError> {
        let delegations = self.delegations.ok_or(PassageError::Nobody)?;
        if self.weight <= 0.0 {
            return Err(PassageError::Nobody);
        }
        let score = self.rule.score();
        let lowest = i64::try_from(delegations).unwrap_or(i64::MAX) * i64::from(score.no);
        let scaled = |lowest: i64, mass: Vec<f64>| {
            Distribution::new(lowest, mass.into_iter().map(|cell| cell / self.weight).collect())
        };
        let [yes, no, abstain, absent] = self.counts.map(|mass| scaled(0, mass));
        Ok(Passage {
            passes: (self.passes / self.weight).clamp(0.0, 1.0),
            yes,
            no,
            abstain,
            absent,
            margin: scaled(-lowest - score.needed, self.scores),
            quorum: (self.quorum / self.weight).clamp(0.0, 1.0),
        })
    }

    fn take_size(&mut self, size: usize, span: usize) -> Result<(), PassageError> {
        match self.delegations {
            _ if size == 0 => Err(PassageError::Nobody),
            Some(first) if first != size => Err(PassageError::Sizes { first, other: size }),
            Some(_) => Ok(()),
            None => {
                self.delegations = Some(size);
                self.counts = std::array::from_fn(|_| vec![0.0; size + 1]);
                self.scores = vec![0.0; size * span + 1];
                Ok(())
            }
        }
    }

    /// The chance that the score suffices although nobody votes in favour: then nobody votes at all.
    fn silent(&self, room: &[Chances]) -> f64 {
        if self.rule.score().needed > 0 {
            return 0.0;
        }
        let quorum = self.rule.quorum() as usize;
        let nobody: f64 = room.iter().map(|chances| chances.abstain + chances.absent).product();
        if quorum == 0 || nobody < NO_DOUBT {
            return nobody;
        }
        // Of those who do not vote, enough must abstain for the quorum to be met.
        let mut line = Line::default();
        let absent = room.iter().map(|chances| {
            let silent = chances.abstain + chances.absent;
            if silent > 0.0 { chances.absent / silent } else { 0.0 }
        });
        nobody * (1.0 - short_of_quorum(quorum, room.len(), line.counts(absent)))
    }
}

/// Chances smaller than this change nothing that is shown.
const NO_DOUBT: f64 = 1e-17;

fn add_up(sums: &mut [f64], weight: f64, cells: &[f64]) {
    for (sum, cell) in sums.iter_mut().zip(cells) {
        *sum += weight * cell;
    }
}

/// The chance that fewer than `quorum` are there, from how many are absent.
fn short_of_quorum(quorum: usize, size: usize, (first, cells): (usize, &[f64])) -> f64 {
    if quorum == 0 {
        return 0.0;
    }
    let too_many = (size + 1).saturating_sub(quorum);
    cells.iter().skip(too_many.saturating_sub(first)).sum()
}

/// Returns how many of a room vote one way: the Poisson-binomial distribution.
pub fn count_distribution(room: &[Chances], vote: Vote) -> Distribution {
    let mut line = Line::default();
    let (first, cells) = line.counts(room.iter().map(|chances| chances.of(vote)));
    Distribution::new(i64::try_from(first).unwrap_or(0), cells.to_vec())
}

/// Returns the distribution of a vote from weighted rooms.
///
/// # Errors
/// When there is no room, one is empty, or they differ in size.
pub fn passage(rule: Rule, rooms: &[(f64, Vec<Chances>)]) -> Result<Passage, PassageError> {
    let mut passing = Passing::new(rule);
    for (weight, room) in rooms {
        passing.add(*weight, room)?;
    }
    passing.finish()
}

/// What it would change if one delegation were sure to vote one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pivot {
    /// The chance of passing if it votes in favour.
    pub if_yes: f64,
    /// The chance of passing if it votes against.
    pub if_no: f64,
}

impl Pivot {
    /// Returns the chance that this delegation decides the vote.
    pub fn swing(self) -> f64 {
        self.if_yes - self.if_no
    }
}

/// Returns for each delegation what its vote would change, averaged over weighted rooms.
///
/// What is shared by a room is taken as it is: one delegation's vote tells nothing about others'.
///
/// # Errors
/// When there is no room, one is empty, or they differ in size.
pub fn pivots(rule: Rule, rooms: &[(f64, Vec<Chances>)]) -> Result<Vec<Pivot>, PassageError> {
    let size = rooms.first().map_or(0, |(_, room)| room.len());
    let mut sums = vec![Pivot { if_yes: 0.0, if_no: 0.0 }; size];
    let mut total = 0.0;
    for (weight, room) in rooms {
        if room.len() != size {
            return Err(PassageError::Sizes { first: size, other: room.len() });
        }
        total += weight;
        let of_room = match rule.quorum() {
            0 => pivots_of(rule, room),
            _ => pivots_one_by_one(rule, room)?,
        };
        for (sum, pivot) in sums.iter_mut().zip(of_room) {
            sum.if_yes += weight * pivot.if_yes;
            sum.if_no += weight * pivot.if_no;
        }
    }
    if size == 0 || total <= 0.0 {
        return Err(PassageError::Nobody);
    }
    for sum in &mut sums {
        *sum = Pivot { if_yes: sum.if_yes / total, if_no: sum.if_no / total };
    }
    Ok(sums)
}

/// One programme forwards, one backwards: what came before a delegation meets what comes after it.
fn pivots_of(rule: Rule, room: &[Chances]) -> Vec<Pivot> {
    let score = rule.score();
    let (middle, span) = (score.no as usize, (score.no + score.yes) as usize);
    let (n, width) = (room.len(), room.len() * span + 1);
    // ahead[i][k]: the chance of passing from cell k, with delegations i and later still to come.
    let mut ahead = vec![vec![0.0; width]; n + 1];
    let from = first_passing(score, n).min(width);
    ahead[n][from..].fill(1.0);
    for (i, chances) in room.iter().enumerate().rev() {
        for k in 0..=(i * span) {
            let later = &ahead[i + 1];
            let neither = chances.abstain + chances.absent;
            ahead[i][k] =
                chances.no * later[k] + neither * later[k + middle] + chances.yes * later[k + span];
        }
    }
    let mut behind = vec![0.0; width];
    behind[0] = 1.0;
    let mut pivots = Vec::with_capacity(n);
    for (i, chances) in room.iter().enumerate() {
        let reach = i * span + 1;
        let meet = |up: usize| -> f64 {
            behind[..reach].iter().zip(&ahead[i + 1][up..]).map(|(here, then)| here * then).sum()
        };
        pivots.push(Pivot { if_yes: meet(span), if_no: meet(0) });
        let neither = chances.abstain + chances.absent;
        for k in (0..reach + span).rev() {
            let at = |down: usize| if k >= down { behind[k - down] } else { 0.0 };
            let cell = chances.no * at(0) + neither * at(middle) + chances.yes * at(span);
            behind[k] = if cell < 1e-40 { 0.0 } else { cell };
        }
    }
    pivots
}

fn pivots_one_by_one(rule: Rule, room: &[Chances]) -> Result<Vec<Pivot>, PassageError> {
    let mut room = room.to_vec();
    let mut pivots = Vec::with_capacity(room.len());
    for i in 0..room.len() {
        let kept = room[i];
        let mut passes = |vote: Vote| {
            room[i] = Chances::surely(vote);
            let mut passing = Passing::new(rule);
            passing.add(1.0, &room)?;
            passing.finish().map(|passage| passage.passes)
        };
        let pivot = Pivot { if_yes: passes(Vote::Yes)?, if_no: passes(Vote::No)? };
        room[i] = kept;
        pivots.push(pivot);
    }
    Ok(pivots)
}

/// The chance that consensus holds when the chair asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Consensus {
    /// The chance that nobody objects.
    pub holds: f64,
    /// How many object.
    pub objections: Distribution,
    /// For each delegation, the chance that consensus would hold if it did not object.
    pub without: Vec<f64>,
}

/// Returns the chance that consensus holds, from weighted rooms of each delegation's chance to object.
///
/// # Errors
/// When there is no room, one is empty, or they differ in size.
pub fn consensus(rooms: &[(f64, Vec<f64>)]) -> Result<Consensus, PassageError> {
    let size = rooms.first().map_or(0, |(_, room)| room.len());
    let total: f64 = rooms.iter().map(|(weight, _)| weight).sum();
    if size == 0 || total <= 0.0 {
        return Err(PassageError::Nobody);
    }
    let (mut mass, mut without) = (vec![0.0; size + 1], vec![0.0; size]);
    let mut line = Line::default();
    for (weight, room) in rooms {
        if room.len() != size {
            return Err(PassageError::Sizes { first: size, other: room.len() });
        }
        let (first, cells) = line.counts(room.iter().copied());
        add_up(&mut mass[first..], weight / total, cells);
        // Products from both ends: dividing by a chance near nought would lose all digits.
        let mut before = Vec::with_capacity(size);
        let mut product = weight / total;
        for objects in room {
            before.push(product);
            product *= 1.0 - objects;
        }
        let mut after = 1.0;
        for ((sum, before), objects) in without.iter_mut().zip(before).zip(room).rev() {
            *sum += before * after;
            after *= 1.0 - objects;
        }
    }
    Ok(Consensus { holds: mass[0], objections: Distribution::new(0, mass), without })
}

#[cfg(test)]
mod tests;
