//! The least that would have to change for a vote to come out the other way.
//!
//! Of all smallest sets of delegations that turn the result by voting otherwise, the likeliest: the
//! one whose switches have the greatest chance together. It is found exactly, by a dynamic programme
//! on the score and the number present that are still missing. Whether a delegation could be brought
//! to switch is not known here.

use super::{Chances, Rule, Tally, Vote};

/// One delegation voting otherwise.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Switch {
    /// The place of the delegation in the list.
    pub delegation: usize,
    /// What it was taken to do.
    pub from: Vote,
    /// What it would do instead.
    pub to: Vote,
}

/// Returns the smallest set of switches that turns the result of `votes`, the likeliest of these; none where no set does.
///
/// `chances` says how likely each delegation is to do what; the lists are of equal length.
pub fn smallest_switches(rule: Rule, votes: &[Vote], chances: &[Chances]) -> Option<Vec<Switch>> {
    let tally = Tally::of(votes);
    let search = Search { rule, votes, chances, aim: Aim::Carry, kept: None };
    let found = if rule.carries(tally) {
        // The score falls short, or nobody is in favour any more, or the room empties.
        let total = search.total() - search.rule.score().needed + 1;
        let quorum = i64::from(rule.quorum());
        let leave = i64::from(tally.yes + tally.no + tally.abstain) - quorum + 1;
        let emptied = Search { aim: Aim::Empty, ..search };
        let ways = [
            Search { aim: Aim::Fail, ..search }.solve(total, 0),
            Some(search.silence()),
            (quorum > 0).then(|| emptied.solve(0, leave)).flatten(),
        ];
        ways.into_iter().flatten().reduce(cheaper)
    } else if tally.yes > 0 {
        search.carry()
    } else {
        // Somebody must be in favour: each in turn is.
        (0..votes.len()).filter_map(|first| search.with_one_in_favour(first)).reduce(cheaper)
    };
    found.map(|found| found.1)
}

type Found = (Cost, Vec<Switch>);

fn cheaper(one: Found, other: Found) -> Found {
    if other.0.less(one.0) { other } else { one }
}

/// How many switches, and how unlikely they are together (in nats): compared in this order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost {
    switches: u32,
    unlikely: f64,
}

impl Cost {
    fn less(self, other: Self) -> bool {
        (self.switches, self.unlikely) < (other.switches, other.unlikely)
    }
}

/// What the switches are for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Aim {
    Carry,
    Fail,
    Empty,
}

#[derive(Clone, Copy)]
struct Search<'a> {
    rule: Rule,
    votes: &'a [Vote],
    chances: &'a [Chances],
    aim: Aim,
    /// A delegation whose vote is not to be touched.
    kept: Option<usize>,
}

impl Search<'_> {
    fn total(&self) -> i64 {
        let score = self.rule.score();
        self.votes.iter().map(|vote| score.of(*vote)).sum()
    }

    fn odds(&self, delegation: usize, to: Vote) -> f64 {
        let chances = &self.chances[delegation];
        let from = self.votes[delegation];
        libm::log(chances.of(from).max(1e-300)) - libm::log(chances.of(to).max(1e-300))
    }

    /// What moving one delegation gains towards the score and towards the number present.
    fn gains(&self, from: Vote, to: Vote) -> (i64, i64) {
        let score = self.rule.score();
        let score = score.of(to) - score.of(from);
        let came = i64::from(to != Vote::Absent) - i64::from(from != Vote::Absent);
        match self.aim {
            // A delegation that leaves is worth what one that abstains is, unless a quorum is needed.
            Aim::Carry => (score, if self.rule.quorum() > 0 { came } else { 0 }),
            Aim::Fail => (-score, 0),
            Aim::Empty => (0, -came),
        }
    }

    fn carry(&self) -> Option<Found> {
        let present = Tally::of(self.votes);
        let present = i64::from(present.yes + present.no + present.abstain);
        let missing = self.rule.score().needed - self.total();
        self.solve(missing, i64::from(self.rule.quorum()) - present)
    }

    /// One that was not is in favour, and the rest as cheaply as can be.
    fn with_one_in_favour(&self, first: usize) -> Option<Found> {
        let from = *self.votes.get(first)?;
        let mut votes = self.votes.to_vec();
        votes[first] = Vote::Yes;
        let rest = Search { votes: &votes, kept: Some(first), ..*self };
        let (cost, mut switches) = rest.carry()?;
        let place = switches.partition_point(|switch| switch.delegation < first);
        switches.insert(place, Switch { delegation: first, from, to: Vote::Yes });
        let unlikely = cost.unlikely + self.odds(first, Vote::Yes);
        Some((Cost { switches: cost.switches + 1, unlikely }, switches))
    }

    /// Everybody in favour does whatever else is likeliest.
    fn silence(&self) -> Found {
        let mut cost = Cost { switches: 0, unlikely: 0.0 };
        let mut switches = Vec::new();
        for (delegation, from) in self.votes.iter().enumerate() {
            if *from != Vote::Yes {
                continue;
            }
            let mut to = Vote::No;
            for other in [Vote::Abstain, Vote::Absent] {
                if self.odds(delegation, other) < self.odds(delegation, to) {
                    to = other;
                }
            }
            cost.switches += 1;
            cost.unlikely += self.odds(delegation, to);
            switches.push(Switch { delegation, from: *from, to });
        }
        (cost, switches)
    }

    /// The cheapest switches that gain `score` and `present`, with their cost.
    fn solve(&self, score: i64, present: i64) -> Option<Found> {
        let mut table = Table::start(size(present), size(score));
        for (delegation, from) in self.votes.iter().enumerate() {
            let moves = Vote::ALL.into_iter().filter(|to| to != from).map(|to| {
                let (score, present) = self.gains(*from, to);
                let odds = self.odds(delegation, to);
                Move { switch: Switch { delegation, from: *from, to }, score, present, odds }
            });
            // What gains nothing is never part of a smallest set.
            let useful: Vec<Move> = moves
                .filter(|one| one.score > 0 || one.present > 0)
                .filter(|one| self.kept != Some(one.switch.delegation))
                .collect();
            table.offer(&useful);
        }
        table.answer()
    }
}

/// How many values "still missing" takes, from nought.
fn size(missing: i64) -> usize {
    usize::try_from(missing).unwrap_or(0) + 1
}

struct Move {
    switch: Switch,
    score: i64,
    present: i64,
    odds: f64,
}

/// For each pair of what is still missing, the least cost of getting there.
struct Table {
    columns: usize,
    cost: Vec<Option<Cost>>,
    /// For each delegation, by which switch and from where a cell got its cost.
    trail: Vec<Vec<Option<(Switch, usize)>>>,
}

impl Table {
    fn start(rows: usize, columns: usize) -> Self {
        let mut cost = vec![None; rows * columns];
        if let Some(all_missing) = cost.last_mut() {
            *all_missing = Some(Cost { switches: 0, unlikely: 0.0 });
        }
        Self { columns, cost, trail: Vec::new() }
    }

    fn offer(&mut self, moves: &[Move]) {
        let mut next = self.cost.clone();
        let mut trail = vec![None; next.len()];
        for (from, cost) in self.cost.iter().enumerate() {
            let Some(cost) = cost else { continue };
            for one in moves {
                let Some(to) = self.reached(from, one) else { continue };
                let with = Cost { switches: cost.switches + 1, unlikely: cost.unlikely + one.odds };
                if next[to].is_none_or(|known| with.less(known)) {
                    next[to] = Some(with);
                    trail[to] = Some((one.switch, from));
                }
            }
        }
        self.cost = next;
        self.trail.push(trail);
    }

    /// The cell reached from another by a move: gains beyond what is missing are capped, losses are
    /// not, and leave the table.
    fn reached(&self, from: usize, one: &Move) -> Option<usize> {
        let rows = self.cost.len() / self.columns;
        let less = |missing: usize, gain: i64, size: usize| {
            let left = i64::try_from(missing).ok()? - gain;
            usize::try_from(left.max(0)).ok().filter(|left| *left < size)
        };
        let row = less(from / self.columns, one.present, rows)?;
        let column = less(from % self.columns, one.score, self.columns)?;
        Some(row * self.columns + column)
    }

    fn answer(&self) -> Option<Found> {
        let cost = (*self.cost.first()?)?;
        let mut switches = Vec::new();
        let mut cell = 0;
        for trail in self.trail.iter().rev() {
            if let Some((switch, from)) = trail[cell] {
                switches.push(switch);
                cell = from;
            }
        }
        switches.reverse();
        Some((cost, switches))
    }
}
