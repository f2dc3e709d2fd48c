//! Which package carries the room: one option for each open issue, chosen so that the rule is met.
//!
//! A delegation accepts a package that crosses none of its red lines, meets its conditions and is worth
//! at least its threshold to it, all options taken together. The best package is found by branch and
//! bound and proved; where the work allowed does not suffice, it is said how much better another could
//! be. What an option is worth to whom is not known here.

mod bound;
mod local;
mod search;

use thiserror::Error;

use crate::normal;
use crate::passage::{Chances, PassageError, Rule, Tally, passage};

pub use search::{Budget, Found, solve};

/// An issue and the option of it that a package takes: places in their lists.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Choice {
    /// The place of the issue.
    pub issue: usize,
    /// The place of the option within the issue.
    pub option: usize,
}

/// Under a condition, a package that takes all of `when` is acceptable only if it takes all of `then`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Condition {
    /// What brings the condition into play; nothing: always.
    pub when: Vec<Choice>,
    /// What must then be taken too.
    pub then: Vec<Choice>,
}

/// What a delegation does that does not accept.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Refusal {
    /// It votes against.
    #[default]
    Against,
    /// It abstains, or does not stand in the way of consensus.
    Abstains,
}

/// What a delegation wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delegation {
    /// What each option of each issue is worth to it.
    pub worth: Vec<Vec<f64>>,
    /// What a package must be worth to it at least.
    pub threshold: f64,
    /// What it accepts in no package.
    pub red_lines: Vec<Choice>,
    /// What it accepts only together with something else.
    pub conditions: Vec<Condition>,
    /// What it does where it does not accept.
    pub refusal: Refusal,
    /// How unsure it is what a package is worth to it: a standard deviation.
    pub unsure: f64,
}

/// How many must accept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    /// Nobody may stand in the way.
    Consensus,
    /// A majority of those who vote.
    Vote(Rule),
}

/// An open issue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Open {
    /// How many options it has; at least one.
    pub options: usize,
    /// Which of them the text has now, if any: taking another touches the text.
    pub current: Option<usize>,
    /// Which of them is to be taken, whatever else.
    pub locked: Option<usize>,
}

/// What packages are compared by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Objective {
    /// As many acceptances as can be.
    Acceptances,
    /// The delegation that gains least is to gain as much as can be.
    WorstOff,
    /// As few issues as can be are decided otherwise than the text has them now.
    FewestTouched,
}

/// A room with its open issues.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The open issues.
    pub issues: Vec<Open>,
    /// The delegations.
    pub delegations: Vec<Delegation>,
    /// What a package needs.
    pub need: Need,
}

/// Why a problem makes no sense.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ProblemError {
    /// There is nobody, or nothing to decide.
    #[error("there must be a delegation, and an issue with an option each")]
    Empty,
    /// A delegation does not say of each option what it is worth.
    #[error("delegation {delegation} does not say what every option of issue {issue} is worth")]
    Worth {
        /// Its place.
        delegation: usize,
        /// The place of the issue.
        issue: usize,
    },
    /// Something names an issue or option that is not there.
    #[error("there is no option {} of issue {}", choice.option, choice.issue)]
    Choice {
        /// What was named.
        choice: Choice,
    },
    /// Under consensus every option of an issue crosses somebody's red line.
    #[error("every option of issue {issue} crosses a red line of somebody who can block consensus")]
    RedLines {
        /// The place of the issue.
        issue: usize,
        /// For each option, a delegation whose red line it crosses.
        crossed: Vec<usize>,
    },
}

/// One option for each issue.
pub type Package = Vec<usize>;

/// What a package gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether the rule is met.
    pub carried: bool,
    /// Who accepts it.
    pub accepts: Vec<bool>,
    /// By how much it is worth more to each than its threshold.
    pub gains: Vec<f64>,
    /// How many accept it.
    pub acceptances: u32,
    /// The least gain.
    pub worst: f64,
    /// How many issues are decided otherwise than the text has them.
    pub touched: u32,
}

impl Problem {
    /// Checks that the problem makes sense.
    ///
    /// # Errors
    /// When it does not; contradictory red lines included.
    pub fn check(&self) -> Result<(), ProblemError> {
        if self.delegations.is_empty() || self.issues.iter().all(|issue| issue.options == 0) {
            return Err(ProblemError::Empty);
        }
        let known = |choice: &Choice| {
            self.issues.get(choice.issue).is_some_and(|issue| choice.option < issue.options)
        };
        for (issue, open) in self.issues.iter().enumerate() {
            if open.options == 0 {
                return Err(ProblemError::Empty);
            }
            for option in open.current.into_iter().chain(open.locked) {
                let choice = Choice { issue, option };
                if !known(&choice) {
                    return Err(ProblemError::Choice { choice });
                }
            }
        }
        for (place, delegation) in self.delegations.iter().enumerate() {
            for (issue, open) in self.issues.iter().enumerate() {
                let worth = delegation.worth.get(issue).map_or(&[][..], Vec::as_slice);
                if worth.len() != open.options || !worth.iter().all(|worth| worth.is_finite()) {
                    return Err(ProblemError::Worth { delegation: place, issue });
                }
            }
            let conditions = &delegation.conditions;
            let named = conditions.iter().flat_map(|one| one.when.iter().chain(&one.then));
            if let Some(choice) = delegation.red_lines.iter().chain(named).find(|one| !known(one)) {
                return Err(ProblemError::Choice { choice: *choice });
            }
        }
        self.check_red_lines()
    }

    fn check_red_lines(&self) -> Result<(), ProblemError> {
        if self.need != Need::Consensus {
            return Ok(());
        }
        for (issue, open) in self.issues.iter().enumerate() {
            let options = open.locked.map_or(0..open.options, |locked| locked..locked + 1);
            let crossed: Option<Vec<usize>> = options
                .map(|option| {
                    self.delegations.iter().position(|one| {
                        one.refusal == Refusal::Against
                            && one.red_lines.contains(&Choice { issue, option })
                    })
                })
                .collect();
            if let Some(crossed) = crossed {
                return Err(ProblemError::RedLines { issue, crossed });
            }
        }
        Ok(())
    }

    /// Returns what a package gives. The package has one option for each issue.
    pub fn outcome(&self, package: &[usize]) -> Outcome {
        let gains: Vec<f64> = self.delegations.iter().map(|one| one.gain(package)).collect();
        let accepts: Vec<bool> = self
            .delegations
            .iter()
            .zip(&gains)
            .map(|(one, gain)| *gain >= -TOLERANCE && one.tolerates(package))
            .collect();
        let touched = package.iter().zip(&self.issues);
        let touched =
            touched.filter(|(option, issue)| issue.current.is_some_and(|now| now != **option));
        Outcome {
            carried: self.carries(&accepts),
            acceptances: count(accepts.iter().filter(|accepts| **accepts).count()),
            worst: gains.iter().copied().fold(f64::INFINITY, f64::min),
            touched: count(touched.count()),
            accepts,
            gains,
        }
    }

    fn carries(&self, accepts: &[bool]) -> bool {
        let refusals = self.delegations.iter().zip(accepts).filter(|(_, accepts)| !**accepts);
        let no = count(refusals.filter(|(one, _)| one.refusal == Refusal::Against).count());
        let yes = count(accepts.iter().filter(|accepts| **accepts).count());
        self.met(yes, no)
    }

    /// Whether the rule is met by so many acceptances and so many against.
    fn met(&self, yes: u32, no: u32) -> bool {
        match self.need {
            Need::Consensus => no == 0,
            Need::Vote(rule) => {
                let abstain = count(self.delegations.len()) - yes - no;
                rule.carries(Tally { yes, no, abstain, absent: 0 })
            }
        }
    }

    /// Returns how likely the rule is met by a package, where what it is worth to each is unsure by
    /// what each says, independently; red lines and conditions are sure.
    ///
    /// # Errors
    /// When there is no delegation.
    pub fn robustness(&self, package: &[usize]) -> Result<f64, PassageError> {
        let room: Vec<Chances> = self
            .delegations
            .iter()
            .map(|one| {
                let gain = one.gain(package);
                let accepts = match (one.tolerates(package), one.unsure > 0.0) {
                    (false, _) => 0.0,
                    (true, true) => normal::below(gain / one.unsure),
                    (true, false) => f64::from(u8::from(gain >= -TOLERANCE)),
                };
                match one.refusal {
                    Refusal::Against => Chances::surely_or(accepts, crate::passage::Vote::No),
                    Refusal::Abstains => Chances::surely_or(accepts, crate::passage::Vote::Abstain),
                }
            })
            .collect();
        match self.need {
            Need::Consensus => {
                let objects = room.iter().map(|chances| chances.of(crate::passage::Vote::No));
                crate::passage::consensus(&[(1.0, objects.collect())]).map(|found| found.holds)
            }
            Need::Vote(rule) => passage(rule, &[(1.0, room)]).map(|passage| passage.passes),
        }
    }

    /// Returns the packages that no other beats in acceptances, least gain and issues touched at once,
    /// among those that carry; none where there are more than `most` packages to look at.
    pub fn pareto(&self, most: u64) -> Option<Vec<(Package, Outcome)>> {
        let open = |issue: &Open| if issue.locked.is_some() { 1 } else { issue.options as u64 };
        let all = self.issues.iter().map(open).try_fold(1_u64, u64::checked_mul)?;
        if all > most {
            return None;
        }
        let mut front: Vec<(Package, Outcome)> = Vec::new();
        self.every_package(&mut |package| {
            let outcome = self.outcome(package);
            if !outcome.carried || front.iter().any(|(_, other)| other.beats_or_equals(&outcome)) {
                return;
            }
            front.retain(|(_, other)| !outcome.beats_or_equals(other));
            front.push((package.to_vec(), outcome));
        });
        front.sort_by(|(_, one), (_, other)| {
            other.acceptances.cmp(&one.acceptances).then(other.worst.total_cmp(&one.worst))
        });
        Some(front)
    }

    /// Shows every package to `look`, the first issue turning slowest.
    pub fn every_package(&self, look: &mut dyn FnMut(&[usize])) {
        let first = |issue: &Open| issue.locked.unwrap_or(0);
        let mut package: Package = self.issues.iter().map(first).collect();
        loop {
            look(&package);
            let turned = (0..package.len()).rev().find(|place| {
                let issue = &self.issues[*place];
                issue.locked.is_none() && package[*place] + 1 < issue.options
            });
            let Some(turned) = turned else { return };
            package[turned] += 1;
            for (option, issue) in package.iter_mut().zip(&self.issues).skip(turned + 1) {
                *option = first(issue);
            }
        }
    }
}

/// Sums of worths are compared up to this.
pub(crate) const TOLERANCE: f64 = 1e-9;

impl Outcome {
    /// Returns what the objective makes of it; more is better.
    pub fn value(&self, objective: Objective) -> f64 {
        match objective {
            Objective::Acceptances => f64::from(self.acceptances),
            Objective::WorstOff => self.worst,
            Objective::FewestTouched => -f64::from(self.touched),
        }
    }

    fn beats_or_equals(&self, other: &Self) -> bool {
        self.acceptances >= other.acceptances
            && self.worst >= other.worst
            && self.touched <= other.touched
    }
}

impl Delegation {
    /// Returns by how much a package is worth more than the threshold.
    pub fn gain(&self, package: &[usize]) -> f64 {
        let worth: f64 = self.worth.iter().zip(package).map(|(worth, option)| worth[*option]).sum();
        worth - self.threshold
    }

    /// Reports whether a package crosses no red line and meets every condition.
    pub fn tolerates(&self, package: &[usize]) -> bool {
        let taken = |choice: &Choice| package.get(choice.issue) == Some(&choice.option);
        let crossed = self.red_lines.iter().any(taken);
        let met = |one: &Condition| !one.when.iter().all(taken) || one.then.iter().all(taken);
        !crossed && self.conditions.iter().all(met)
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
