//! Forecasts: answers as bars with what they rest on, or what is missing to give one.

use serde::Serialize;

use super::{Link, Phrase};

/// A page of forecasts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ForecastPage {
    /// What is forecast.
    pub title: String,
    /// That this is analysis.
    pub standing: &'static str,
    /// What the page says, in a sentence or two.
    pub lead: Phrase,
    /// The forecasts.
    pub forecasts: Vec<ForecastView>,
    /// Questions of which nothing is said, with why.
    pub silent: Vec<SilentRow>,
}

/// A forecast that says something.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ForecastView {
    /// What is asked.
    pub question: String,
    /// The answers with their chances.
    pub rows: Vec<ChanceRow>,
    /// What else is to be said, a sentence each.
    pub notes: Vec<String>,
    /// How the answer was found.
    pub method: &'static str,
    /// How the method did before.
    pub past_score: &'static str,
    /// Whether the question was framed knowing how it ended.
    pub in_hindsight: bool,
    /// The entries it rests on, the first of them.
    pub rests_on: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// An answer with its chance.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ChanceRow {
    /// The answer.
    pub label: String,
    /// Its chance in hundredths of a per cent.
    pub hundredths: usize,
    /// The chance in words.
    pub chance: String,
    /// What stands beside it.
    pub note: String,
}

/// A question of which nothing is said.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SilentRow {
    /// The question.
    pub question: String,
    /// Why nothing is said.
    pub why: String,
    /// What would have to be known.
    pub missing: String,
}
