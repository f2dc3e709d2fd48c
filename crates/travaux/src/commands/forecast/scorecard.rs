//! `travaux forecast backtest` without tables: forecasts of a day on the shipped case, with what came.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};
use travaux_negotiation::Negotiation;
use travaux_negotiation::forecast::{ANALYSIS, Asked, Came, Known, Scorecard};
use travaux_record::{IssueId, MilestoneId, OptionId, View, Viewer, project};

use super::percent;
use crate::command_error::CommandError;
use crate::shipped::Shipped;

/// The questions and answers that ship with the case.
const QUESTIONS: &str = include_str!("../../../../../examples/ahc/scorecard.json");

#[derive(Debug, Deserialize)]
struct Written {
    as_of: jiff::civil::Date,
    note: String,
    questions: Vec<WrittenQuestion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    question: String,
    source: String,
    issue: Option<IssueId>,
    came: Option<OptionId>,
    consensus: Option<bool>,
    milestone: Option<MilestoneId>,
    met_on: Option<jiff::civil::Date>,
}

impl WrittenQuestion {
    fn asked(self) -> Option<Asked> {
        let came = match (self.issue, self.came, self.consensus, self.milestone, self.met_on) {
            (Some(issue), Some(option), None, None, None) => Came::Option { issue, option },
            (None, None, Some(without), None, None) => Came::Consensus(without),
            (None, None, None, Some(milestone), Some(on)) => Came::Met { milestone, on },
            _ => return None,
        };
        Some(Asked { question: self.question, came, source: self.source })
    }
}

/// The scorecard of the shipped case.
pub(super) struct Shown {
    card: Scorecard,
    note: String,
}

/// Forecasts the shipped questions on the knowledge of their day.
///
/// # Errors
/// When the shipped record or questions are malformed.
pub(super) fn shipped() -> Result<Shown, CommandError> {
    let written: Written = serde_json::from_str(QUESTIONS).map_err(|error| {
        CommandError::input(format!("cannot read the shipped questions: {error}"))
    })?;
    let opened = Shipped::Case.open()?;
    let mut view = View::of(Viewer::Public);
    view.as_of = Some(written.as_of);
    let negotiation = project::<Negotiation>(&opened.record, &view)
        .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
    let questions = written.questions.into_iter().map(|one| {
        let question = one.question.clone();
        one.asked().ok_or_else(|| {
            CommandError::input(format!(
                "cannot ask {question:?}: it must say what came, in one form"
            ))
        })
    });
    let questions = questions.collect::<Result<Vec<_>, _>>()?;
    let known = Known { negotiation: &negotiation, on: written.as_of };
    let card = Scorecard::of(&known, &questions).map_err(CommandError::input)?;
    Ok(Shown { card, note: written.note })
}

impl Shown {
    pub(super) fn json(&self) -> Value {
        let scores = self.card.scores.iter().map(|score| {
            let said = score.said.iter().map(|(answer, chance)| json!({ "answer": answer, "chance": chance }));
            json!({
                "question": score.asked.question,
                "said": said.collect::<Vec<_>>(),
                "came": score.said.get(score.came).map(|(answer, _)| answer),
                "brier": score.brier, "brier_equal_chances": score.brier_equal,
                "silence": score.silence.as_ref().map(|one| json!({ "why": one.why, "missing": one.missing })),
                "framed_in_hindsight": score.in_hindsight,
                "inputs": score.inputs, "source_of_what_came": score.asked.source,
            })
        });
        json!({
            "as_of": self.card.on, "retrospective": true, "note": self.note,
            "scores": scores.collect::<Vec<_>>(),
            "mean_brier": self.card.mean().map(|(brier, _)| brier),
            "mean_brier_equal_chances": self.card.mean().map(|(_, equal)| equal),
            "standing": ANALYSIS,
        })
    }

    pub(super) fn lines(&self) -> String {
        let mut lines = format!(
            "{ANALYSIS}\n\nRetrospective: what would have been said on {} of the shipped case, what came, and the score\n\
             (Brier, summed over the answers: 0 is best, 2 worst).\n{}\n",
            self.card.on, self.note
        );
        for score in &self.card.scores {
            _ = writeln!(lines, "\n{}", score.asked.question);
            if let Some(silence) = &score.silence {
                _ = writeln!(
                    lines,
                    "  nothing was said: {}; missing: {}",
                    silence.why, silence.missing
                );
            }
            for (place, (answer, chance)) in score.said.iter().enumerate() {
                let came = if place == score.came { "  <- came" } else { "" };
                _ = writeln!(lines, "  {:>12}  {answer}{came}", percent(*chance));
            }
            if let Some(brier) = score.brier {
                let hindsight = if score.in_hindsight { "; framed in hindsight" } else { "" };
                _ = writeln!(
                    lines,
                    "  score {brier:.2}, equal chances {:.2}; rests on {} entries{hindsight}",
                    score.brier_equal,
                    score.inputs.len()
                );
            }
        }
        if let Some((brier, equal)) = self.card.mean() {
            _ = writeln!(lines, "\nMean score {brier:.2}; with equal chances {equal:.2}.");
        }
        lines
    }
}
