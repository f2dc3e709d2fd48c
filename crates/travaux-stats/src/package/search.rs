//! Branch and bound: issues are decided one after the other, and what cannot be better is not looked at.
//!
//! The work is counted, not timed, so that the same problem gives the same answer on any machine.

use super::bound::{Numbers, Point, Weights};
use super::local::good_packages;
use super::{Need, Objective, Outcome, Package, Problem, ProblemError, TOLERANCE};

/// How much work may be done: about two thousand million units a second.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Budget(pub u64);

impl Default for Budget {
    fn default() -> Self {
        Self(2_000_000_000)
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The best packages that carry, the best first; of equal ones, those found first.
    pub best: Vec<(Package, Outcome)>,
    /// Whether no other package is better than these.
    pub proved: bool,
    /// The most the objective could be worth: that of the last of the best where it is proved.
    pub bound: f64,
    /// How many points of the search were looked at.
    pub points: u64,
}

/// Finds the `best` packages that carry, by the objective.
///
/// Where none carries, the list is empty; proved, that is certain.
///
/// # Errors
/// When the problem makes no sense, contradictory red lines included.
pub fn solve(
    problem: &Problem,
    objective: Objective,
    best: usize,
    budget: Budget,
) -> Result<Found, ProblemError> {
    problem.check()?;
    let numbers = Numbers::of(problem, objective);
    let mut search = Search {
        problem,
        objective,
        numbers: &numbers,
        conditions: Conditions::of(problem, &numbers),
        wanted: best.max(1),
        best: Vec::new(),
        left: budget.0,
        unexplored: f64::NEG_INFINITY,
        points: 0,
        decided: vec![0; numbers.order.len()],
    };
    for (package, outcome) in good_packages(problem, objective) {
        search.keep(package, outcome);
    }
    let start = match objective {
        Objective::WorstOff => 1.0 / whole(numbers.delegations),
        Objective::Acceptances | Objective::FewestTouched => 0.0,
    };
    let mut weights = Weights { each: vec![start; numbers.delegations] };
    let worth = vec![0.0; numbers.delegations];
    let alive = vec![true; numbers.delegations];
    let root = Node { depth: 0, worth, alive, touched: 0.0, bound: f64::INFINITY };
    search.go(root, &mut weights);
    let proved = search.unexplored == f64::NEG_INFINITY;
    let last =
        search.best.last().map_or(f64::NEG_INFINITY, |(_, outcome)| outcome.value(objective));
    let bound = if proved { last } else { search.unexplored.max(last) };
    Ok(Found { best: search.best, proved, bound, points: search.points })
}

/// What a point costs beside its additions, in delegations.
const OVERHEAD: usize = 100;

#[expect(clippy::cast_precision_loss, reason = "a number of delegations")]
fn whole(number: usize) -> f64 {
    number as f64
}

struct Node {
    depth: usize,
    worth: Vec<f64>,
    alive: Vec<bool>,
    touched: f64,
    /// What no package from here exceeds, as far as is known.
    bound: f64,
}

/// For each depth, the conditions that are decided once that issue is.
struct Conditions {
    decided_at: Vec<Vec<(usize, usize)>>,
}

impl Conditions {
    fn of(problem: &Problem, numbers: &Numbers) -> Self {
        let mut decided_at = vec![Vec::new(); numbers.order.len()];
        let place = |issue: usize| numbers.order.iter().position(|known| *known == issue);
        for (delegation, one) in problem.delegations.iter().enumerate() {
            for (condition, of) in one.conditions.iter().enumerate() {
                let named = of.when.iter().chain(&of.then).filter_map(|choice| place(choice.issue));
                if let Some(last) = named.max() {
                    decided_at[last].push((delegation, condition));
                }
            }
            // A red line is decided with its issue; it matters apart from the worths only where
            // these do not carry it.
        }
        Self { decided_at }
    }
}

struct Search<'a> {
    problem: &'a Problem,
    objective: Objective,
    numbers: &'a Numbers,
    conditions: Conditions,
    wanted: usize,
    best: Vec<(Package, Outcome)>,
    left: u64,
    /// The best bound of what was not looked at for want of budget.
    unexplored: f64,
    points: u64,
    /// For each depth, the option taken.
    decided: Vec<usize>,
}

impl Search<'_> {
    fn keep(&mut self, package: Package, outcome: Outcome) {
        if self.best.iter().any(|(known, _)| *known == package) {
            return;
        }
        let value = outcome.value(self.objective);
        let place = self.best.partition_point(|(_, known)| known.value(self.objective) >= value);
        self.best.insert(place, (package, outcome));
        self.best.truncate(self.wanted);
    }

    /// What a package must exceed to be worth finding.
    fn target(&self) -> f64 {
        match self.best.get(self.wanted - 1) {
            None => f64::NEG_INFINITY,
            Some((_, outcome)) => outcome.value(self.objective),
        }
    }

    /// Whether a bound leaves room for something better than the target.
    fn hopeless(&self, bound: f64) -> bool {
        match self.objective {
            // Whole numbers: what is not one more is no more.
            Objective::Acceptances | Objective::FewestTouched => {
                libm::floor(bound + 1e-6) <= self.target()
            }
            Objective::WorstOff => bound <= self.target() + TOLERANCE,
        }
    }

    fn go(&mut self, mut node: Node, weights: &mut Weights) {
        self.points += 1;
        let Some(alone) = self.alone(&mut node) else { return };
        let mut bound = alone.min(node.bound);
        if self.hopeless(bound) {
            return;
        }
        if node.depth == self.numbers.order.len() {
            self.leaf();
            return;
        }
        let rounds = if node.depth == 0 { 300 } else { 4 };
        let cost = (self.numbers.delegations + OVERHEAD)
            * (self.numbers.order.len() - node.depth)
            * 4
            * rounds;
        if self.left < cost as u64 {
            self.unexplored = self.unexplored.max(bound);
            return;
        }
        self.left -= cost as u64;
        let (tighter, scores) = self.together(&node, weights, rounds);
        bound = bound.min(tighter);
        if self.hopeless(bound) {
            return;
        }
        let numbers = self.numbers;
        let options = &numbers.options[node.depth];
        let mut order: Vec<usize> = (0..options.len()).collect();
        order.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
        for place in order {
            if self.left == 0 {
                self.unexplored = self.unexplored.max(bound);
                return;
            }
            let (option, worth) = &options[place];
            self.decided[node.depth] = *option;
            let worth = node.worth.iter().zip(worth).map(|(sum, worth)| sum + worth).collect();
            let alive = node.alive.clone();
            let touched = node.touched + numbers.touches[node.depth][place];
            let mut weights = weights.clone();
            self.go(Node { depth: node.depth + 1, worth, alive, touched, bound }, &mut weights);
        }
    }

    /// The bound from looking at each delegation alone; none where no package from here carries.
    fn alone(&mut self, node: &mut Node) -> Option<f64> {
        if self.objective == Objective::WorstOff {
            // Gains here are without red lines; who could accept is decided at the end.
            self.red_lines(node);
        }
        self.numbers.still_alive(node.depth, &node.worth, &mut node.alive);
        if node.depth > 0 {
            for (delegation, condition) in &self.conditions.decided_at[node.depth - 1] {
                let one = &self.problem.delegations[*delegation].conditions[*condition];
                let taken = |choice: &super::Choice| {
                    let place = self.numbers.order.iter().position(|known| *known == choice.issue);
                    place.is_some_and(|place| self.decided[place] == choice.option)
                };
                if one.when.iter().all(taken) && !one.then.iter().all(taken) {
                    node.alive[*delegation] = false;
                }
            }
        }
        let (mut yes, mut no) = (0, 0);
        for (alive, blocks) in node.alive.iter().zip(&self.numbers.blocks) {
            yes += u32::from(*alive);
            no += u32::from(!alive && *blocks);
        }
        if !self.problem.met(yes, no) {
            return None;
        }
        Some(match self.objective {
            Objective::Acceptances => f64::from(yes),
            Objective::FewestTouched => -node.touched,
            Objective::WorstOff => f64::INFINITY,
        })
    }

    fn red_lines(&self, node: &mut Node) {
        let Some(depth) = node.depth.checked_sub(1) else { return };
        let choice =
            super::Choice { issue: self.numbers.order[depth], option: self.decided[depth] };
        for (alive, one) in node.alive.iter_mut().zip(&self.problem.delegations) {
            *alive &= !one.red_lines.contains(&choice);
        }
    }

    /// The bound from all delegations together, and the scores of the next issue's options.
    fn together(&self, node: &Node, weights: &mut Weights, rounds: usize) -> (f64, Vec<f64>) {
        let consensus = self.problem.need == Need::Consensus;
        let all_block = self.numbers.blocks.iter().all(|blocks| *blocks);
        let must = match self.objective {
            Objective::Acceptances => consensus && all_block,
            Objective::FewestTouched | Objective::WorstOff => consensus,
        };
        let point = Point {
            depth: node.depth,
            worth: &node.worth,
            alive: &node.alive,
            touched: node.touched,
            all_must: must.then_some(()),
        };
        let target = self.target().max(-1e9);
        match self.objective {
            Objective::Acceptances => {
                self.numbers.acceptances(&point, weights, rounds, target + 1.0)
            }
            Objective::WorstOff => self.numbers.worst_off(&point, weights, rounds, target),
            Objective::FewestTouched => {
                self.numbers.untouched(&point, weights, rounds, target + 1.0)
            }
        }
    }

    fn leaf(&mut self) {
        let mut package = vec![0; self.numbers.order.len()];
        for (issue, option) in self.numbers.order.iter().zip(&self.decided) {
            package[*issue] = *option;
        }
        let outcome = self.problem.outcome(&package);
        if outcome.carried {
            self.keep(package, outcome);
        }
    }
}
