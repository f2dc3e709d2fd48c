//! What is likely to happen, as probabilities with what they rest on: analysis, not the record.
//!
//! Every forecast says its question, its answer as a distribution, the method, the entries it rests
//! on, the day whose knowledge it has, and whether its question was framed after the answer was known.
//! What a viewer may not see, what happened later and what was published later is in none of them.
//! Where there is too little, that is the answer. The methods themselves are those of `travaux-stats`.

mod dates;
mod issues;
mod known;
mod packages;
mod scorecard;
mod votes;

use jiff::civil::Date;
use travaux_record::{EntryId, IssueId, OptionId};

pub use dates::{Deadline, Deposits, deadline, deposits};
pub use issues::{Compromise, IssueForecast, issue};
pub use known::{Known, Voice};
pub use packages::{OpenIssue, PackageTable, ReadCondition, packages};
pub use scorecard::{Asked, Came, Score, Scorecard, ScorecardError};
pub use votes::{VoteForecast, consensus_or_vote, vote};

/// What stands on every forecast.
pub const ANALYSIS: &str = "analysis, not a secretariat document";

/// A forecast with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast<A> {
    /// What is asked.
    pub question: String,
    /// The answer, or why there is none.
    pub answer: Result<A, Silence>,
    /// How the answer was found, in a sentence or two.
    pub method: &'static str,
    /// The entries it rests on.
    pub inputs: Vec<EntryId>,
    /// The day whose knowledge it has.
    pub known: Date,
    /// Whether the question was framed knowing how it ended.
    pub in_hindsight: bool,
    /// How forecasts by this method did before.
    pub past_score: PastScore,
}

/// Why nothing is said, and what is missing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Silence {
    /// Why.
    pub why: String,
    /// What would have to be known.
    pub missing: String,
}

impl Silence {
    fn new(why: impl Into<String>, missing: impl Into<String>) -> Self {
        Self { why: why.into(), missing: missing.into() }
    }
}

/// How forecasts by a method did before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PastScore {
    /// Not measured, and nothing may be concluded from a good answer once.
    Unknown,
    /// Measured on other material, as docs/forecast.md says.
    Elsewhere(&'static str),
}

impl PastScore {
    /// Returns it in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unknown => {
                "not measured: too few questions of this kind have an answer on record"
            }
            Self::Elsewhere(words) => words,
        }
    }
}

/// How likely each option of an issue is to be the one that comes, in the order of framing.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The issue.
    pub issue: IssueId,
    /// The options with their probabilities, which add up to one.
    pub chances: Vec<(OptionId, f64)>,
}

impl Options {
    /// Returns the likeliest option.
    pub fn likeliest(&self) -> Option<&OptionId> {
        let mut best: Option<&(OptionId, f64)> = None;
        for one in &self.chances {
            if best.is_none_or(|best| one.1 > best.1) {
                best = Some(one);
            }
        }
        best.map(|(option, _)| option)
    }
}

#[cfg(test)]
mod tests;
