//! The written form of a fitted model: a name and a number a line, remarks after `#`.
//!
//! The numbers are written so that reading them gives the same bits. Where they come from stands in
//! the remarks of the file and is not checked here.

use std::fmt::Write as _;

use thiserror::Error;

use super::{Knows, Model, TERMS};

/// The model that ships for cases in which it is known who signed.
const WITH_SIGNATURES: &str = include_str!("../../../../parameters/deposits-and-signatures.txt");
/// The model that ships for cases in which only deposits are known.
const DEPOSITS: &str = include_str!("../../../../parameters/deposits.txt");

/// Why a text is no fitted model.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum ParameterError {
    /// A line is not a name and a number.
    #[error("line {line} is not a name and a number")]
    Line {
        /// Its number, from 1.
        line: usize,
    },
    /// A number is missing, or is no number a model can have.
    #[error("{name} is missing or cannot be")]
    Missing {
        /// Its name.
        name: &'static str,
    },
}

impl Model {
    /// Returns the model that ships with the program.
    ///
    /// # Errors
    /// When the shipped text is malformed; a test holds that it is not.
    pub fn shipped(knows: Knows) -> Result<Self, ParameterError> {
        Self::parse(match knows {
            Knows::Deposits => DEPOSITS,
            Knows::DepositsAndSignatures => WITH_SIGNATURES,
        })
    }

    /// Reads a model from its written form.
    ///
    /// # Errors
    /// When a line is malformed, or a number is missing.
    pub fn parse(text: &str) -> Result<Self, ParameterError> {
        let mut numbers = Vec::new();
        for (line, words) in text.lines().enumerate() {
            let words = words.split('#').next().unwrap_or("").trim();
            if words.is_empty() {
                continue;
            }
            let malformed = ParameterError::Line { line: line + 1 };
            let (name, number) = words.split_once(' ').ok_or_else(|| malformed.clone())?;
            let number: f64 = number.trim().parse().map_err(|_no_number| malformed)?;
            numbers.push((name, number));
        }
        let named = |name: &'static str| {
            let found = numbers.iter().find(|(known, _)| *known == name);
            let number = found.map(|(_, number)| *number).filter(|number| number.is_finite());
            number.ok_or(ParameterError::Missing { name })
        };
        let positive = |name| {
            named(name).and_then(|number| {
                if number > 0.0 { Ok(number) } else { Err(ParameterError::Missing { name }) }
            })
        };
        let mut coefficients = [0.0; TERMS.len()];
        for (coefficient, name) in coefficients.iter_mut().zip(TERMS) {
            *coefficient = named(name)?;
        }
        Ok(Self {
            coefficients,
            spread: positive("spread")?,
            below: positive("spread_below")?,
            above: positive("spread_above")?,
        })
    }

    /// Returns the written form, without remarks.
    pub fn written(&self) -> String {
        let mut lines = String::new();
        let named = TERMS.into_iter().zip(self.coefficients);
        let spreads =
            [("spread", self.spread), ("spread_below", self.below), ("spread_above", self.above)];
        for (name, number) in named.chain(spreads) {
            writeln!(lines, "{name} {number:?}").expect("a string takes what is written");
        }
        lines
    }
}
