//! Sentences about motions, objections, votes and decisions.

use travaux_record::{
    ConsensusReached, ConsensusSought, EffortsExhausted, ExhaustionStep, ExplanationForm,
    ExplanationGiven, MotionMade, ObjectionLifted, ObjectionRaised, Subject, VoteTaken,
};

use super::super::Changes;
use super::{Family, Told};
use crate::wording::gist;
use crate::{Part, Sentence};

fn told(kind: &'static str) -> Told {
    Told::new(Family::Decisions, kind)
}

/// Returns a subject as a part of a sentence.
pub(super) fn part(subject: &Subject) -> Part {
    match subject {
        Subject::Provision(provision) => provision.into(),
        Subject::Proposal(proposal) => proposal.into(),
        Subject::Document(document) => document.into(),
        Subject::Decision(decision) => decision.into(),
        Subject::Matter(matter) => matter.clone().into(),
    }
}

/// Returns what a subject names, if it names anything.
pub(super) fn named(subject: &Subject) -> Option<Part> {
    Some(part(subject)).filter(|part| !matches!(part, Part::Words(_)))
}

pub(super) fn motion(fact: &MotionMade) -> Told {
    let verb = match fact.movers.len() {
        0 => "It is moved: ",
        1 => " moves: ",
        _ => " move: ",
    };
    let mut sentence =
        Sentence::default().list(&fact.movers).then(verb).then(fact.question.clone());
    if !fact.supporters.is_empty() {
        sentence = sentence.then("; supported by ").list(&fact.supporters);
    }
    told("motion made").links(&fact.motion).touches(named(&fact.subject)).says(sentence)
}

pub(super) fn sought(fact: &ConsensusSought) -> Told {
    told("consensus sought").links(&fact.decision).touches(named(&fact.subject)).says(
        Sentence::new(format!("The chair asks whether there is consensus: {}", fact.question)),
    )
}

pub(super) fn objection(fact: &ObjectionRaised) -> Told {
    let mut sentence =
        Sentence::new(&fact.participant).then(" objects to ").then(part(&fact.subject));
    if !fact.ground.is_empty() {
        sentence = sentence.then(format!(": {}", gist(&fact.ground, 160)));
    }
    if !fact.remedy.is_empty() {
        sentence = sentence.then(format!("; what would lift it: {}", gist(&fact.remedy, 120)));
    }
    told("objection raised").links(&fact.participant).touches(&fact.decision).says(sentence)
}

pub(super) fn lifted(fact: &ObjectionLifted, before: &Changes) -> Told {
    let who = before.target_of_entry(fact.objection);
    let sentence = match who {
        Some(who) => Sentence::new(who.clone()).then(" lifts its objection (entry "),
        None => Sentence::new("An objection is lifted (entry "),
    };
    told("objection lifted")
        .links(who.cloned().unwrap_or(Part::Entry(fact.objection)))
        .touches(before.about_entry(fact.objection))
        .says(sentence.then(&fact.objection).then(")"))
}

pub(super) fn exhausted(fact: &EffortsExhausted) -> Told {
    let who = match fact.step {
        ExhaustionStep::BureauDecided => "The bureau decides",
        ExhaustionStep::ChairInformed => "The chair informs the body",
    };
    told("efforts exhausted").links(&fact.decision).says(
        Sentence::new(who)
            .then(" that all efforts at consensus are exhausted on ")
            .then(&fact.decision),
    )
}

pub(super) fn vote(fact: &VoteTaken) -> Told {
    let result = if fact.carried { "carried" } else { "not carried" };
    let count = fact.tally.map_or_else(
        || "count not on record".to_owned(),
        |tally| {
            format!(
                "{} in favour, {} against, {} abstaining",
                tally.in_favour, tally.against, tally.abstaining
            )
        },
    );
    let body = if fact.body.is_empty() { String::new() } else { format!(" ({})", fact.body) };
    told("vote taken")
        .links(&fact.decision)
        .touches(named(&fact.subject))
        .touches(&fact.session)
        .touches(&fact.movers)
        .touches(fact.ballots.keys())
        .says(Sentence::new(format!("Vote{body}: {} {result}, {count}", fact.question)))
}

pub(super) fn consensus(fact: &ConsensusReached) -> Told {
    let body = if fact.body.is_empty() { String::new() } else { format!(" ({})", fact.body) };
    told("decision without a vote")
        .links(&fact.decision)
        .touches(named(&fact.subject))
        .touches(&fact.session)
        .says(Sentence::new(format!("Decided without a vote{body}: {}", fact.question)))
}

pub(super) fn explanation(fact: &ExplanationGiven) -> Told {
    let form = match fact.form {
        ExplanationForm::OfVote => " explains its vote on ",
        ExplanationForm::OfPosition => " explains its position on ",
        ExplanationForm::Dissociation => " dissociates itself from ",
        ExplanationForm::IntendedVote => " states how it would have voted on ",
    };
    told("explanation given").links(&fact.participant).says(
        Sentence::new(&fact.participant)
            .then(form)
            .then(&fact.decision)
            .then(format!(": {}", gist(&fact.text, 160))),
    )
}
