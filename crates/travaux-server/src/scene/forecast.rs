//! The Forecast pages: what `travaux_negotiation::forecast` says, with links to what it rests on.

use travaux_negotiation::forecast::{
    self, ANALYSIS, Deadline, Deposits, Forecast, IssueForecast, Known, VoteForecast,
};
use travaux_negotiation::process::Stated;
use travaux_record::{EntryId, IssueFramed};
use travaux_stats::package::{Budget, Need, Objective, solve};
use travaux_stats::passage::Rule;

use super::Scene;
use crate::view::{ChanceRow, ForecastPage, ForecastView, Link, Phrase, SilentRow};

/// So many entries are linked; the rest are counted.
const LINKED: usize = 24;
/// Issues beyond so many are left out of a package: the table would be read by nobody.
const PACKAGE_ISSUES: usize = 6;
/// The work allowed for packages on a page.
const WORK: Budget = Budget(200_000_000);
/// The numbers of instruments that are forecast side by side.
const NUMBERS: [u32; 5] = [30, 40, 50, 60, 70];

struct Pile {
    forecasts: Vec<ForecastView>,
    silent: Vec<SilentRow>,
}

impl Pile {
    fn new() -> Self {
        Self { forecasts: Vec::new(), silent: Vec::new() }
    }

    fn page(self, title: &str, lead: Phrase) -> ForecastPage {
        let (forecasts, silent) = (self.forecasts, self.silent);
        ForecastPage { title: title.to_owned(), standing: ANALYSIS, lead, forecasts, silent }
    }
}

fn row(label: impl Into<String>, chance: f64, note: impl Into<String>) -> ChanceRow {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a chance is between nought and one"
    )]
    let hundredths = (chance.clamp(0.0, 1.0) * 10_000.0).round() as usize;
    let shown = match hundredths {
        0..=4 if chance > 0.0 => "under 0.1 %".to_owned(),
        9_996.. if chance < 1.0 => "over 99.9 %".to_owned(),
        _ => format!("{:.1} %", chance * 100.0),
    };
    ChanceRow { label: label.into(), hundredths, chance: shown, note: note.into() }
}

impl Scene<'_> {
    fn known(&self) -> Known<'_> {
        Known { negotiation: self.negotiation(), on: self.day() }
    }

    fn first_links(&self, inputs: &[EntryId]) -> Vec<Link> {
        let first = inputs.iter().take(LINKED);
        first.map(|id| Link { to: self.links.entry(*id), label: id.short() }).collect()
    }

    fn put<A>(
        &self,
        pile: &mut Pile,
        forecast: &Forecast<A>,
        shown: impl FnOnce(&A) -> (Vec<ChanceRow>, Vec<String>),
    ) {
        match &forecast.answer {
            Ok(answer) => {
                let (rows, notes) = shown(answer);
                pile.forecasts.push(ForecastView {
                    question: forecast.question.clone(),
                    rows,
                    notes,
                    method: forecast.method,
                    past_score: forecast.past_score.words(),
                    in_hindsight: forecast.in_hindsight,
                    rests_on: self.first_links(&forecast.inputs),
                    more: forecast.inputs.len().saturating_sub(LINKED),
                });
            }
            Err(silence) => pile.silent.push(SilentRow {
                question: forecast.question.clone(),
                why: silence.why.clone(),
                missing: silence.missing.clone(),
            }),
        }
    }

    /// Returns how the issues framed by the day would end.
    pub(crate) fn outcomes(&self) -> ForecastPage {
        let known = self.known();
        let mut pile = Pile::new();
        for framed in known.negotiation.positions.issues() {
            if let Some(found) = forecast::issue(&known, &framed.fact.issue) {
                self.put(&mut pile, &found, |answer| self.issue_rows(answer));
            }
        }
        let lead = Phrase::words(
            "Which option of a disputed issue comes, from the positions published by this day. ",
        )
        .then("Salience is on record for nobody: all count equal.");
        pile.page("Outcome of issues", lead)
    }

    fn issue_rows(&self, answer: &IssueForecast) -> (Vec<ChanceRow>, Vec<String>) {
        let positions = &self.negotiation().positions;
        let rows = answer.options.chances.iter().zip(&answer.support);
        let rows = rows.map(|((option, chance), (for_it, against))| {
            let label = positions.option_label(&answer.options.issue, option);
            let note = format!("States for: {for_it}, against: {against}");
            row(label.unwrap_or(option.as_str()), *chance, note)
        });
        let note = answer.compromise.as_ref().map(|one| {
            format!(
                "Positions balance at {:.2} of the options counted from 0, give or take {:.2}; the median is {:.2}, the mean {:.2}.",
                one.said.compromise, one.spread, one.said.median, one.said.mean
            )
        });
        (rows.collect(), note.into_iter().collect())
    }

    /// Returns what a vote on each option that somebody is for would give, under two thirds.
    pub(crate) fn votes_forecast(&self) -> ForecastPage {
        let known = self.known();
        let mut pile = Pile::new();
        let without = forecast::consensus_or_vote(&known);
        self.put(&mut pile, &without, |chance| {
            (
                vec![row("without a vote", *chance, ""), row("by a vote", 1.0 - chance, "")],
                Vec::new(),
            )
        });
        for framed in on_the_text(&known) {
            let issue = &framed.fact.issue;
            let voices = known.voices(issue);
            for option in &framed.fact.options {
                if !voices.iter().any(|voice| voice.option == option.option) {
                    continue;
                }
                let found = forecast::vote(&known, issue, &option.option, Rule::TWO_THIRDS);
                if let Some(found) = found {
                    self.put(&mut pile, &found, vote_rows);
                }
            }
        }
        let lead = Phrase::words("What a vote on each option of an issue about the text would give under two thirds of those present and voting. ")
            .then("The silent are given no position; the count is as wide as what is not known.");
        pile.page("Passage", lead)
    }

    /// Returns whether the dates of the process hold.
    pub(crate) fn calendar_forecast(&self) -> ForecastPage {
        let known = self.known();
        let mut pile = Pile::new();
        for milestone in known.negotiation.process.milestones() {
            if !milestone.is_reached() {
                let found = forecast::deadline(&known, milestone);
                self.put(&mut pile, &found, deadline_rows);
            }
        }
        let lead = Phrase::words(
            "Whether the dates that the body has set itself hold, from the dates it set before, not from a line through brackets.",
        );
        pile.page("Calendar", lead)
    }

    /// Returns when enough instruments are deposited.
    pub(crate) fn deposits_forecast(&self) -> ForecastPage {
        let known = self.known();
        let mut pile = Pile::new();
        let found = forecast::deposits(&known, &NUMBERS);
        self.put(&mut pile, &found, |answer| deposit_rows(answer, known.on));
        let lead = Phrase::words(
            "When each number of instruments would be deposited and the treaty in force, with the chance that it is within 20 years of this day.",
        );
        pile.page("Entry into force", lead)
    }

    /// Returns the best packages of the issues on which most is known.
    pub(crate) fn packages_forecast(&self) -> ForecastPage {
        let known = self.known();
        let mut pile = Pile::new();
        let mut issues: Vec<_> = on_the_text(&known)
            .map(|framed| {
                (Known::speakers(&known.voices(&framed.fact.issue)).len(), &framed.fact.issue)
            })
            .filter(|(speakers, _)| *speakers > 0)
            .collect();
        issues.sort_by_key(|(speakers, _)| std::cmp::Reverse(*speakers));
        let ids: Vec<_> =
            issues.into_iter().take(PACKAGE_ISSUES).map(|(_, issue)| issue.clone()).collect();
        let question =
            "Which package, one option for each issue, do most of those on record accept?";
        match forecast::packages(&known, &ids, Need::Vote(Rule::SIMPLE)) {
            Err(silence) => pile.silent.push(SilentRow {
                question: question.to_owned(),
                why: silence.why,
                missing: silence.missing,
            }),
            Ok(table) => {
                let found = solve(&table.problem, Objective::Acceptances, 3, WORK);
                for (place, (package, outcome)) in
                    found.iter().flat_map(|found| &found.best).enumerate()
                {
                    let all = table.actors.len();
                    let options = table.issues.iter().zip(package).map(|(issue, option)| {
                        format!("{}: {}.", issue.title, issue.options[*option].1)
                    });
                    let mut notes: Vec<String> = options.collect();
                    notes.push(format!(
                        "Accepted by {} of the {all} States and labels on record; {} States said nothing on these issues and are left out.",
                        outcome.acceptances, table.silent
                    ));
                    for one in &table.conditions {
                        let name = known.negotiation.process.name(&one.actor);
                        let read = if one.asks.is_some() {
                            "read by the search"
                        } else {
                            "not read by the search"
                        };
                        notes.push(format!("Condition of {name}: {} ({read}).", one.words));
                    }
                    let chance = table.problem.robustness(package).unwrap_or(0.0);
                    pile.forecasts.push(ForecastView {
                        question: format!("Package {}", place + 1),
                        rows: vec![row("more of those on record accept than refuse", chance, "")],
                        notes,
                        method: "worths from positions taken, all issues counting equal; branch and bound over all packages",
                        past_score: "not measured: too few questions of this kind have an answer on record",
                        in_hindsight: table.issues.iter().any(|issue| issue.in_hindsight),
                        rests_on: self.first_links(&table.inputs),
                        more: table.inputs.len().saturating_sub(LINKED),
                    });
                }
            }
        }
        let lead = Phrase::words(
            "One option for each of the issues on which most statements are known, so that most of those on record accept.",
        );
        pile.page("Packages", lead)
    }
}

/// The issues about provisions of the text: others (a mandate, a basis) have been decided elsewhere.
fn on_the_text<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a Stated<IssueFramed>> {
    let all = known.negotiation.positions.issues();
    all.filter(|framed| !framed.fact.provisions.is_empty())
}

fn vote_rows(answer: &VoteForecast) -> (Vec<ChanceRow>, Vec<String>) {
    let (low, high) = answer.passage.yes.band(0.8);
    let [for_it, against, neither] = answer.on_record;
    let mut rows = vec![row("carried", answer.passage.passes, "")];
    if let Some(consensus) = &answer.consensus {
        rows.push(row(
            "nobody on record blocks consensus",
            consensus.holds,
            "the silent are taken not to",
        ));
    }
    let mut notes = vec![format!(
        "In favour {:.0}, in 8 cases of 10 between {low} and {high}. On record: {for_it} for, {against} against, {neither} neither; {} silent.",
        answer.passage.yes.mean(),
        answer.silent
    )];
    if let Some(switches) = &answer.switches {
        notes.push(format!("{} voting otherwise would turn the likeliest result.", switches.len()));
    }
    (rows, notes)
}

fn deadline_rows(answer: &Deadline) -> (Vec<ChanceRow>, Vec<String>) {
    let mut rows = vec![row(format!("met by {}", answer.due), answer.holds, "")];
    let more = answer.with_more.iter();
    rows.extend(more.map(|(days, chance)| row(format!("met with {days} days more"), *chance, "")));
    let slips: Vec<String> = answer.class.iter().map(|days| format!("{days:.0}")).collect();
    let notes = vec![
        format!("Earlier dates of this body slipped by so many days: {}.", slips.join(", ")),
        "What more informal meetings would do is not said: nothing on record tells.".to_owned(),
    ];
    (rows, notes)
}

fn deposit_rows(answer: &Deposits, on: jiff::civil::Date) -> (Vec<ChanceRow>, Vec<String>) {
    let day = |wait: &travaux_stats::survival::Wait, chance: f64| match answer.day(on, wait, chance)
    {
        Some(day) if day.year() < 2_500 => day.to_string(),
        _ => "beyond 2500".to_owned(),
    };
    let rows = answer.waits.iter().map(|(needed, wait)| match wait {
        None => row(format!("{needed} instruments"), 1.0, "reached"),
        Some(wait) => {
            let note = format!(
                "1 in 10 by {}, half by {}, 9 in 10 by {}",
                day(wait, 0.1),
                day(wait, 0.5),
                day(wait, 0.9)
            );
            row(format!("{needed} instruments within 20 years"), wait.within(20.0), note)
        }
    });
    let note = format!(
        "{} deposited, {} signed and not deposited; the clause asks for {}.",
        answer.case.deposited,
        answer.case.pending.unwrap_or(0),
        answer.needed_by_clause
    );
    (rows.collect(), vec![note])
}
