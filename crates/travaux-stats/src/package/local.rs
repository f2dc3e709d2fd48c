//! Good packages found quickly, by changing one or two issues at a time: a start for the proof.
//!
//! Nothing here proves anything. Dice have a fixed seed, so that the same problem gives the same
//! packages.

use super::bound::Numbers;
use super::{Choice, Objective, Outcome, Package, Problem};

const STARTS: u64 = 12;
/// How often the best is shaken and climbed from again.
const SHAKES: u64 = 40;

/// Returns packages that carry, the best first found last.
pub(super) fn good_packages(problem: &Problem, objective: Objective) -> Vec<(Package, Outcome)> {
    let numbers = Numbers::of(problem, Objective::Acceptances);
    let mut found = Vec::new();
    for start in 0..STARTS {
        let mut climb = Climb::new(problem, &numbers, start_at(problem, start));
        climb.up(objective);
        let outcome = problem.outcome(&climb.package);
        if outcome.carried {
            found.push((climb.package, outcome));
        }
    }
    let best = found
        .iter()
        .max_by(|(_, one), (_, other)| one.value(objective).total_cmp(&other.value(objective)));
    if let Some((best, _)) = best.cloned() {
        found.extend(shaken(problem, &numbers, objective, best));
    }
    found
}

/// Changes three issues of the best at random and climbs again, many times.
fn shaken(
    problem: &Problem,
    numbers: &Numbers,
    objective: Objective,
    mut best: Package,
) -> Vec<(Package, Outcome)> {
    let mut found = Vec::new();
    let mut value = problem.outcome(&best).value(objective);
    for shake in 0..SHAKES {
        let mut dice = Dice(STARTS + shake);
        let mut climb = Climb::new(problem, numbers, best.clone());
        for _ in 0..3 {
            let issue = dice.below(problem.issues.len());
            if problem.issues[issue].locked.is_none() {
                climb.set(issue, dice.below(problem.issues[issue].options));
            }
        }
        climb.up(objective);
        let outcome = problem.outcome(&climb.package);
        if outcome.carried {
            if outcome.value(objective) > value {
                (best, value) = (climb.package.clone(), outcome.value(objective));
            }
            found.push((climb.package, outcome));
        }
    }
    found
}

/// The text as it is, the option with the greatest worth to all, and packages at random.
fn start_at(problem: &Problem, start: u64) -> Package {
    let mut dice = Dice(start);
    let one = |issue: usize| {
        let open = &problem.issues[issue];
        let locked = open.locked.or(if start == 0 { open.current } else { None });
        locked.unwrap_or_else(|| match start {
            0 | 1 => best_for_all(problem, issue),
            _ => dice.below(open.options),
        })
    };
    (0..problem.issues.len()).map(one).collect()
}

fn best_for_all(problem: &Problem, issue: usize) -> usize {
    let worth = |option: usize| -> f64 {
        let crossed = |one: &super::Delegation| one.red_lines.contains(&Choice { issue, option });
        problem
            .delegations
            .iter()
            .map(|one| if crossed(one) { -1e9 } else { one.worth[issue][option] })
            .sum()
    };
    let mut best = 0;
    for option in 1..problem.issues[issue].options {
        if worth(option) > worth(best) {
            best = option;
        }
    }
    best
}

struct Climb<'a> {
    problem: &'a Problem,
    /// For each issue of the problem, its place in the order of the numbers.
    place: Vec<usize>,
    numbers: &'a Numbers,
    package: Package,
    gains: Vec<f64>,
}

impl<'a> Climb<'a> {
    fn new(problem: &'a Problem, numbers: &'a Numbers, package: Package) -> Self {
        let mut place = vec![0; numbers.order.len()];
        for (at, issue) in numbers.order.iter().enumerate() {
            place[*issue] = at;
        }
        let mut climb = Self { problem, place, numbers, package, gains: Vec::new() };
        climb.gains = numbers.threshold.iter().map(|threshold| -threshold).collect();
        for issue in 0..climb.package.len() {
            climb.shift(issue, climb.package[issue], 1.0);
        }
        climb
    }

    fn shift(&mut self, issue: usize, option: usize, sign: f64) {
        let options = &self.numbers.options[self.place[issue]];
        if let Some((_, worth)) = options.iter().find(|(known, _)| *known == option) {
            for (gain, worth) in self.gains.iter_mut().zip(worth) {
                *gain += sign * worth;
            }
        }
    }

    fn set(&mut self, issue: usize, option: usize) {
        self.shift(issue, self.package[issue], -1.0);
        self.package[issue] = option;
        self.shift(issue, option, 1.0);
    }

    /// How good the package is: whether it carries, then what is asked for, then how little is missing.
    fn height(&self, objective: Objective) -> [f64; 3] {
        let accepts: Vec<bool> = self
            .problem
            .delegations
            .iter()
            .zip(&self.gains)
            .map(|(one, gain)| {
                *gain >= -super::TOLERANCE
                    && (one.conditions.is_empty() || one.tolerates(&self.package))
            })
            .collect();
        let missing: f64 = self.gains.iter().map(|gain| gain.clamp(-1e3, 0.0)).sum();
        let acceptances: f64 = accepts.iter().map(|accepts| f64::from(u8::from(*accepts))).sum();
        let carried = f64::from(u8::from(self.problem.carries(&accepts)));
        let issues = self.problem.issues.iter().zip(&self.package);
        match objective {
            Objective::Acceptances => [carried, acceptances, missing],
            Objective::WorstOff => {
                [carried, self.gains.iter().copied().fold(f64::INFINITY, f64::min), missing]
            }
            Objective::FewestTouched => {
                let touched = issues
                    .filter(|(issue, option)| issue.current.is_some_and(|now| now != **option));
                let touched: f64 = touched.map(|_| -1.0).sum();
                if carried > 0.0 { [1.0, touched, 0.0] } else { [0.0, acceptances, missing] }
            }
        }
    }

    fn up(&mut self, objective: Objective) {
        let mut height = self.height(objective);
        for _ in 0..60 {
            let before = height;
            for issue in 0..self.package.len() {
                self.better_option(issue, objective, &mut height);
            }
            if height <= before {
                self.better_pair(objective, &mut height);
            }
            if height <= before {
                return;
            }
        }
    }

    fn choices(&self, issue: usize) -> Vec<usize> {
        let options = &self.numbers.options[self.place[issue]];
        options
            .iter()
            .map(|(option, _)| *option)
            .filter(|option| *option != self.package[issue])
            .collect()
    }

    fn better_option(&mut self, issue: usize, objective: Objective, height: &mut [f64; 3]) {
        for option in self.choices(issue) {
            let kept = self.package[issue];
            self.set(issue, option);
            let tried = self.height(objective);
            if tried > *height {
                *height = tried;
            } else {
                self.set(issue, kept);
            }
        }
    }

    fn better_pair(&mut self, objective: Objective, height: &mut [f64; 3]) {
        for first in 0..self.package.len() {
            for option in self.choices(first) {
                let kept = self.package[first];
                self.set(first, option);
                let mut best = *height;
                for second in first + 1..self.package.len() {
                    self.better_option(second, objective, &mut best);
                }
                if best > *height {
                    *height = best;
                    return;
                }
                self.set(first, kept);
            }
        }
    }
}

/// A generator that needs no crate: splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let most = u64::try_from(most.max(1)).unwrap_or(1);
        usize::try_from((z ^ (z >> 31)) % most).unwrap_or(0)
    }
}
