//! Whether a date of the process holds, and when the treaty enters into force.
//!
//! A date is judged by the dates this body set before, not by a line through counts of brackets. Entry
//! into force is forecast once the treaty is open for signature, from signatures and deposits.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use travaux_record::{EntryId, MilestoneId, ParticipantId, SessionForm};
use travaux_stats::calendar::Slips;
use travaux_stats::legal_lag::LegalLag;
use travaux_stats::survival::{Case, Knows, Model, Wait, constant_hazard, members};

use super::issues::number;
use super::{Forecast, Known, PastScore, Silence};
use crate::process::Milestone;

/// What is said of a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// The milestone.
    pub milestone: MilestoneId,
    /// When it is due.
    pub due: Date,
    /// The slips of this body's earlier dates, in days, those that held as nought.
    pub class: Vec<f64>,
    /// The chance that it holds.
    pub holds: f64,
    /// The chance that it is met with so many days more.
    pub with_more: Vec<(u32, f64)>,
    /// The day by which it is met with a chance of one half, where the class is large enough.
    pub median: Option<Date>,
}

/// Forecasts the milestones that are not reached on the day.
pub fn deadline(known: &Known<'_>, milestone: &Milestone) -> Forecast<Deadline> {
    let (class, inputs) = slips(known);
    let due = milestone.due().counts_from();
    let answer = Slips::new(class.clone())
        .map(|slips| {
            let days = slips.quantile(0.5);
            Deadline {
                milestone: milestone.id().clone(),
                due,
                holds: slips.within(0.0),
                with_more: [30, 90, 180, 365]
                    .map(|more| (more, slips.within(f64::from(more))))
                    .to_vec(),
                median: days.and_then(|days| due.checked_add(whole_days(days)?).ok()),
                class,
            }
        })
        .map_err(|error| {
            Silence::new(
                error.to_string(),
                "dates that this body had set itself and that have passed",
            )
        });
    let mut inputs = inputs;
    inputs.extend(milestone.steps().iter().flat_map(|step| step.basis.entries()));
    Forecast {
        question: format!("{}: is it met by {due}?", milestone.title()),
        answer,
        method: "how far this body's earlier dates slipped: milestones from the day first planned, and negotiating sessions, which \
                 held where no milestone says otherwise; half a date added on either side",
        inputs,
        known: known.on,
        in_hindsight: false,
        past_score: PastScore::Unknown,
    }
}

/// How far the dates of this body slipped that have passed by the day.
fn slips(known: &Known<'_>) -> (Vec<f64>, Vec<EntryId>) {
    let process = &known.negotiation.process;
    let (mut class, mut inputs, mut opened) = (Vec::new(), Vec::new(), Vec::new());
    for milestone in process.milestones() {
        // One that was recorded when it was reached had never been a plan on record.
        if !milestone.is_reached()
            || milestone.steps().len() < 2
            || milestone.due().counts_from() > known.on
        {
            continue;
        }
        class.push(milestone.slip().map_or(0.0, |slip| f64::from(slip.days_max.max(0))));
        inputs.extend(milestone.steps().iter().flat_map(|step| step.basis.entries()));
        opened.push(milestone.due().counts_from());
    }
    for session in process.sessions() {
        let fact = &session.fact;
        let held = fact.form == SessionForm::Negotiating && fact.from <= known.on;
        if held && !opened.contains(&fact.from) {
            class.push(0.0);
            inputs.extend(session.basis.entries());
        }
    }
    (class, inputs)
}

#[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
fn whole_days(days: f64) -> Option<Span> {
    (days.abs() < 3_000_000.0).then(|| (libm::round(days) as i64).days())
}

/// What is said of the number of instruments that bring the treaty into force.
#[derive(Clone, Debug, PartialEq)]
pub struct Deposits {
    /// How many are deposited, and how many signed and have not.
    pub case: Case,
    /// How many the clause asks for.
    pub needed_by_clause: u32,
    /// For each number: the wait for it from the day of the forecast; none where it is reached.
    pub waits: Vec<(u32, Option<Wait>)>,
    /// How long after the last of these the treaty enters into force.
    pub lag: LegalLag,
}

impl Deposits {
    /// Returns the day of entry into force by which a wait ends with a chance; none beyond the calendar.
    pub fn day(&self, from: Date, wait: &Wait, chance: f64) -> Option<Date> {
        let days = whole_days(wait.quantile(chance) * 365.25)?;
        self.lag.after(from.checked_add(days).ok()?)
    }

    /// Returns the chance at a constant pace, beside the model's.
    pub fn at_constant_pace(&self, needed: u32, years: f64) -> f64 {
        constant_hazard(&Case { needed, ..self.case }, years)
    }
}

/// Forecasts when each of some numbers of instruments is deposited.
pub fn deposits(known: &Known<'_>, numbers: &[u32]) -> Forecast<Deposits> {
    let depositary = &known.negotiation.depositary;
    let mut inputs: Vec<EntryId> = Vec::new();
    let answer = match depositary.opened() {
        None => Err(Silence::new(
            format!("the treaty was not open for signature on {}", known.on),
            "its opening; until then only how earlier treaties did could be said",
        )),
        Some(opened) => {
            inputs.extend(opened.basis.entries());
            let deposited = depositary.deposits();
            inputs.extend(deposited.iter().flat_map(|one| one.basis.entries()));
            let signed = depositary.signatories();
            let states = known.states();
            let signed: Vec<_> =
                signed.into_iter().filter(|one| states.contains(&&one.fact.participant)).collect();
            inputs.extend(signed.iter().flat_map(|one| one.basis.entries()));
            let has =
                |who: &ParticipantId| deposited.iter().any(|one| one.fact.participant == *who);
            let pending = signed.iter().filter(|one| !has(&one.fact.participant)).count();
            let year_ago = known.on.saturating_sub(1.year());
            let recent =
                deposited.iter().filter(|one| one.basis.at.counts_from() > year_ago).count();
            let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            let days = (known.on - opened.basis.at.counts_from()).get_days().max(1);
            let case = Case {
                needed: opened.fact.instruments_needed,
                deposited: count(deposited.len()),
                in_last_year: count(recent),
                pending: Some(count(pending)),
                age: f64::from(days) / 365.25,
                members: members(f64::from(known.on.year())),
            };
            waits(case, numbers, LegalLag::Days(opened.fact.delay_days))
        }
    };
    Forecast {
        question: "When are enough instruments deposited for entry into force?".to_owned(),
        answer,
        method: "a censored log-normal model of the wait for the n-th deposit, fitted to treaties deposited with the Secretary-General \
                 up to 2015 (parameters/deposits-and-signatures.txt); then the days the clause adds",
        inputs,
        known: known.on,
        in_hindsight: false,
        past_score: PastScore::Elsewhere(
            "in a rolling test on 193 other treaties the 80 % interval held the answer in 78 %; Brier score 44 to 49 % better than a \
             constant pace",
        ),
    }
}

fn waits(case: Case, numbers: &[u32], lag: LegalLag) -> Result<Deposits, Silence> {
    let model = Model::shipped(Knows::DepositsAndSignatures).map_err(|error| {
        Silence::new(error.to_string(), "the parameters that ship with the program")
    })?;
    let wait =
        |needed: u32| (case.deposited < needed).then(|| model.wait(&Case { needed, ..case }));
    let mut all: Vec<u32> = numbers.iter().copied().chain([case.needed]).collect();
    all.sort_unstable();
    all.dedup();
    // A number beyond all States is never reached; the model does not know that.
    all.retain(|needed| number(*needed as usize) <= f64::from(case.members));
    let waits = all.into_iter().map(|needed| (needed, wait(needed))).collect();
    Ok(Deposits { needed_by_clause: case.needed, case, waits, lag })
}
