//! Questions asked on a day, the answers given on that day's knowledge, what came, and the score.
//!
//! What came is written down beside the questions, with its source; it is never an input. A scorecard
//! of one negotiation says how these forecasts did here, and little about how they would do elsewhere.

use jiff::civil::Date;
use thiserror::Error;
use travaux_record::{IssueId, MilestoneId, OptionId};

use super::{Forecast, Known, consensus_or_vote, deadline, issue};

/// A question with its answer as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// What came.
    pub came: Came,
    /// How that is known.
    pub source: String,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// An option of an issue.
    Option {
        /// The issue.
        issue: IssueId,
        /// The option that came.
        option: OptionId,
    },
    /// Whether the decision was taken without a vote.
    Consensus(bool),
    /// The day on which a milestone was met.
    Met {
        /// The milestone.
        milestone: MilestoneId,
        /// The day.
        on: Date,
    },
}

/// How one forecast did.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// What was asked.
    pub asked: Asked,
    /// The answers that were possible with the chance given to each; empty where nothing was said.
    pub said: Vec<(String, f64)>,
    /// Which of them came.
    pub came: usize,
    /// Why nothing was said, where it was not.
    pub silence: Option<super::Silence>,
    /// Whether the question was framed knowing its answer.
    pub in_hindsight: bool,
    /// The sum of squared misses over all answers, from 0 to 2; lower is better.
    pub brier: Option<f64>,
    /// The same where every answer is given the same chance.
    pub brier_equal: f64,
    /// The entries the forecast rests on.
    pub inputs: Vec<travaux_record::EntryId>,
}

/// Forecasts of a day with what came and the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The day.
    pub on: Date,
    /// The scores, in the order of the questions.
    pub scores: Vec<Score>,
}

/// Why a question cannot be asked.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum ScorecardError {
    /// The record has no such issue, option or milestone on the day.
    #[error("the record has no {what} {name:?} on that day")]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// Its key.
        name: String,
    },
}

impl Scorecard {
    /// Answers the questions on the knowledge of a day and scores the answers.
    ///
    /// # Errors
    /// When a question names an issue, option or milestone that is not on record on the day.
    pub fn of(known: &Known<'_>, questions: &[Asked]) -> Result<Self, ScorecardError> {
        let scores = questions.iter().map(|asked| scored(known, asked));
        Ok(Self { on: known.on, scores: scores.collect::<Result<_, _>>()? })
    }

    /// Returns the mean score of what was said, beside equal chances on the same questions.
    pub fn mean(&self) -> Option<(f64, f64)> {
        let said: Vec<&Score> = self.scores.iter().filter(|score| score.brier.is_some()).collect();
        let brier = travaux_stats::score::mean(said.iter().filter_map(|score| score.brier))?;
        Some((brier, travaux_stats::score::mean(said.iter().map(|score| score.brier_equal))?))
    }
}

fn unknown(what: &'static str, name: &impl ToString) -> ScorecardError {
    ScorecardError::Unknown { what, name: name.to_string() }
}

fn scored(known: &Known<'_>, asked: &Asked) -> Result<Score, ScorecardError> {
    match &asked.came {
        Came::Option { issue: id, option } => {
            let forecast = issue(known, id).ok_or_else(|| unknown("issue", id))?;
            let framed =
                known.negotiation.positions.issue(id).ok_or_else(|| unknown("issue", id))?;
            let options = &framed.fact.options;
            let came = options.iter().position(|one| one.option == *option);
            let came = came.ok_or_else(|| unknown("option", option))?;
            let labels = options.iter().map(|one| one.label.clone()).collect();
            let chances = |answer: &super::IssueForecast| {
                answer.options.chances.iter().map(|(_, chance)| *chance).collect()
            };
            Ok(score(asked, forecast, labels, came, chances))
        }
        Came::Consensus(without) => {
            let labels = vec!["without a vote".to_owned(), "by a vote".to_owned()];
            let came = usize::from(!without);
            Ok(score(asked, consensus_or_vote(known), labels, came, |chance| {
                vec![*chance, 1.0 - chance]
            }))
        }
        Came::Met { milestone, on } => {
            let found = known.negotiation.process.milestone(milestone);
            let found = found.ok_or_else(|| unknown("milestone", milestone))?;
            let due = found.due().counts_from();
            let labels = vec![format!("met by {due}"), format!("later than {due}")];
            let came = usize::from(*on > due);
            Ok(score(asked, deadline(known, found), labels, came, |answer| {
                vec![answer.holds, 1.0 - answer.holds]
            }))
        }
    }
}

fn score<A>(
    asked: &Asked,
    forecast: Forecast<A>,
    labels: Vec<String>,
    came: usize,
    chances: impl Fn(&A) -> Vec<f64>,
) -> Score {
    let equal = 1.0 / super::issues::number(labels.len());
    let misses = |chances: &[f64]| -> f64 {
        let each = chances.iter().enumerate().map(|(place, chance)| {
            let miss = chance - if place == came { 1.0 } else { 0.0 };
            miss * miss
        });
        each.sum()
    };
    let brier_equal = misses(&vec![equal; labels.len()]);
    let (said, silence, brier) = match &forecast.answer {
        Ok(answer) => {
            let chances = chances(answer);
            let brier = misses(&chances);
            (labels.into_iter().zip(chances).collect(), None, Some(brier))
        }
        Err(silence) => (Vec::new(), Some(silence.clone()), None),
    };
    Score {
        asked: asked.clone(),
        said,
        came,
        silence,
        in_hindsight: forecast.in_hindsight,
        brier,
        brier_equal,
        inputs: forecast.inputs,
    }
}
