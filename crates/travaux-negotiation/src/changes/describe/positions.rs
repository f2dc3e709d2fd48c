//! Sentences about positions, statements and mandates.

use travaux_record::{
    IssueFramed, MandateForce, MandateSet, MandateSubject, PositionDisputed, PositionForm,
    PositionTaken, StatementDelivered, Strength,
};

use super::super::Changes;
use super::{Family, Told};
use crate::wording::gist;
use crate::{Part, Sentence};

fn told(kind: &'static str) -> Told {
    Told::new(Family::Positions, kind)
}

pub(super) fn issue(fact: &IssueFramed) -> Told {
    let hindsight = if fact.in_hindsight { ", knowing how it ended" } else { "" };
    told("issue framed")
        .links(&fact.issue)
        .touches(&fact.provisions)
        .says(Sentence::new("An issue is framed").then(hindsight).then(": ").then(&fact.issue))
}

pub(super) fn position(fact: &PositionTaken) -> Told {
    let attitude = match fact.strength {
        Strength::Sponsors => " is on record as tabling ",
        Strength::Supports => " is on record for ",
        Strength::CanAccept => " is on record as able to accept ",
        Strength::ReservesPosition => " reserves its position on ",
        Strength::Abstained => " is on record as abstaining on ",
        Strength::Opposes => " is on record against ",
    };
    let form = match fact.form {
        PositionForm::Statement => "",
        PositionForm::JointStatement => ", in a joint statement",
        PositionForm::Vote => ", by its vote",
        PositionForm::Act => ", by an act of State",
        PositionForm::Report => ", as reported by others",
    };
    let mut sentence = Sentence::new(&fact.participant)
        .then(attitude)
        .then(&fact.option)
        .then(" (")
        .then(&fact.option.issue)
        .then(")")
        .then(form);
    if !fact.condition.is_empty() {
        sentence = sentence.then(format!(", on condition: {}", fact.condition));
    }
    told("position taken").links(&fact.participant).touches(&fact.session).says(sentence)
}

pub(super) fn dispute(fact: &PositionDisputed, before: &Changes) -> Told {
    told("position disputed").links(&fact.participant).touches(before.about_entry(fact.entry)).says(
        Sentence::new(&fact.participant)
            .then(" disputes how its position was coded (entry ")
            .then(&fact.entry)
            .then(format!("): {}", fact.reason)),
    )
}

pub(super) fn statement(fact: &StatementDelivered) -> Told {
    let mut sentence = Sentence::new(&fact.participant);
    if !fact.on_behalf_of.is_empty() {
        sentence = sentence.then(", on behalf of ").list(&fact.on_behalf_of).then(",");
    }
    sentence = sentence.then(" speaks");
    if !fact.provisions.is_empty() {
        sentence = sentence.then(" on ").list(&fact.provisions);
    }
    if !fact.text.is_empty() {
        sentence = sentence.then(format!(": {}", gist(&fact.text, 160)));
    }
    if !fact.aligned.is_empty() {
        sentence = sentence.then("; aligned with this statement: ").list(&fact.aligned);
    }
    told("statement delivered").links(&fact.participant).touches(&fact.session).says(sentence)
}

pub(super) fn mandate(fact: &MandateSet) -> Told {
    let force = match fact.force {
        MandateForce::RedLine => " has a red line on ",
        MandateForce::Objective => " has an objective on ",
        MandateForce::Flexible => " may be flexible on ",
    };
    let subject: Part = match &fact.subject {
        MandateSubject::Provision(provision) => provision.into(),
        MandateSubject::Proposal(proposal) => proposal.into(),
        MandateSubject::Issue(issue) => issue.into(),
    };
    told("mandate set").links(&fact.participant).says(
        Sentence::new(&fact.participant)
            .then(force)
            .then(subject)
            .then(format!(": {}", gist(&fact.text, 160))),
    )
}
