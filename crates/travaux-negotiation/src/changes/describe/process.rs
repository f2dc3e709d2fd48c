//! Sentences about the process: who takes part, when the body meets, what is issued.

use travaux_record::{
    DocumentIssued, MembershipRecorded, MilestoneSet, Moment, OfficerElected, ParticipantAdmitted,
    ParticipantClass, ProcessOpened, SessionConvened, SourceDescribed, StakeholderClass,
    SubmissionReceived, TextDecision,
};

use super::{Family, Told};
use crate::Sentence;
use crate::wording::{in_words, interval};

fn told(kind: &'static str) -> Told {
    Told::new(Family::Process, kind)
}

pub(super) fn opened(fact: &ProcessOpened) -> Told {
    told("process opened").says(Sentence::new(format!("{} begins: {}", fact.name, fact.body)))
}

pub(super) fn source(fact: &SourceDescribed) -> Told {
    told("source described").links(&fact.source).says(
        Sentence::new("A source is described: ")
            .then(&fact.source)
            .then(format!(" ({})", fact.publisher)),
    )
}

pub(super) fn admission(fact: &ParticipantAdmitted) -> Told {
    let class = match fact.class {
        ParticipantClass::State => "a State",
        ParticipantClass::Observer => "an observer",
        ParticipantClass::NegotiatingGroup => "a negotiating group",
        ParticipantClass::JointStatement => "the signatories of a joint statement",
        ParticipantClass::ElectoralGroup => "a group for elections",
        ParticipantClass::AnalystLabel => "a label of analysts",
        ParticipantClass::Organization => "an intergovernmental organization",
        ParticipantClass::Stakeholder(StakeholderClass::ConsultativeStatus) => {
            "a stakeholder in consultative status"
        }
        ParticipantClass::Stakeholder(StakeholderClass::Accredited) => "an accredited stakeholder",
        ParticipantClass::Stakeholder(StakeholderClass::Academia) => "a stakeholder from academia",
        ParticipantClass::Stakeholder(StakeholderClass::PrivateSector) => {
            "a stakeholder from the private sector"
        }
        ParticipantClass::Secretariat => "the secretariat",
    };
    told("participant admitted")
        .links(&fact.participant)
        .says(Sentence::new(&fact.participant).then(" takes part as ").then(class))
}

pub(super) fn membership(fact: &MembershipRecorded) -> Told {
    let who = match fact.members.as_slice() {
        members @ ([] | [_] | [_, _] | [_, _, _]) => Sentence::default().list(members),
        [first, ..] => Sentence::new(first).then(format!(" and {} others", fact.members.len() - 1)),
    };
    let verb = match fact.members.len() {
        0 => "Nobody is recorded as a member of ",
        1 => " is recorded as a member of ",
        _ => " are recorded as members of ",
    };
    let sentence = who.then(verb).then(&fact.group);
    let sentence = match fact.until {
        Some(until) => sentence.then(format!(" until {}", in_words(Moment::Day(until)))),
        None => sentence,
    };
    told("membership recorded").links(&fact.group).touches(&fact.members).says(sentence)
}

pub(super) fn election(fact: &OfficerElected) -> Told {
    let office = format!(" is elected {}", fact.office);
    let sentence = match (&fact.person, &fact.participant) {
        (Some(person), Some(participant)) => {
            Sentence::new(format!("{person} (")).then(participant).then(")").then(office)
        }
        (Some(person), None) => Sentence::new(person.clone()).then(office),
        (None, Some(participant)) => Sentence::new(participant).then(office),
        (None, None) => Sentence::new(format!("The office of {} is filled", fact.office)),
    };
    told("officer elected").says(sentence)
}

pub(super) fn session(fact: &SessionConvened) -> Told {
    let place = if fact.place.is_empty() { String::new() } else { format!(", {}", fact.place) };
    told("session convened").links(&fact.session).touches(&fact.programme).says(
        Sentence::new(&fact.session)
            .then(format!(" is set for {}{place}", interval(fact.from, fact.until))),
    )
}

pub(super) fn milestone(fact: &MilestoneSet) -> Told {
    let moved = fact.planned.filter(|planned| *planned != fact.due);
    let planned =
        moved.map_or_else(String::new, |planned| format!(" (planned for {})", in_words(planned)));
    let state = if fact.reached { "reached" } else { "due" };
    told("milestone set").links(&fact.milestone).says(Sentence::new(format!(
        "{}: {state} {}{planned}",
        fact.title,
        in_words(fact.due)
    )))
}

pub(super) fn document(fact: &DocumentIssued) -> Told {
    let becomes = match &fact.base {
        Some(base) => match base.decision {
            TextDecision::None => "; it becomes the text before the body",
            TextDecision::Approved => "; it is the text as approved",
            TextDecision::Adopted => "; it is the text as adopted",
        },
        None => "",
    };
    let provisions = fact.base.iter().flat_map(|base| &base.provisions);
    told("document issued")
        .links(&fact.document)
        .touches(&fact.session)
        .touches(provisions.map(|provision| &provision.id))
        .says(Sentence::new(&fact.document).then(format!(" is issued: {}{becomes}", fact.title)))
}

pub(super) fn submission(fact: &SubmissionReceived) -> Told {
    let mut sentence =
        Sentence::new(&fact.participant).then(format!(" submits \"{}\"", fact.title));
    if !fact.provisions.is_empty() {
        sentence = sentence.then(" on ").list(&fact.provisions);
    }
    told("submission received").links(&fact.participant).says(sentence)
}
