//! The process on hand-made records.

use travaux_record::{ParticipantClass, SessionForm};

use super::*;
use crate::story::{Story, admitted, day, joined_group, who};

fn session(key: &str, from: &str, until: &str) -> Fact {
    Fact::SessionConvened(SessionConvened {
        session: SessionId::new(key),
        name: format!("Session {key}"),
        form: SessionForm::Negotiating,
        from: day(from),
        until: day(until),
        place: String::new(),
        programme: Vec::new(),
        outcome: String::new(),
    })
}

#[test]
fn a_session_is_past_current_or_to_come() {
    let process: Process = Story::default()
        .on("2022-01-01", session("first", "2022-03-01", "2022-03-10"))
        .on("2022-01-01", session("second", "2022-06-01", "2022-06-10"))
        .fold();
    let key = |session: Option<&Stated<SessionConvened>>| {
        session.map(|session| session.fact.session.to_string())
    };
    let at = |on: &str| {
        let on = day(on);
        [process.last_session(on), process.current_session(on), process.next_session(on)].map(key)
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(at("2022-02-28"), [None, None, named("first")]);
    assert_eq!(at("2022-03-01"), [None, named("first"), named("second")]);
    assert_eq!(at("2022-03-10"), [None, named("first"), named("second")]);
    assert_eq!(at("2022-03-11"), [named("first"), None, named("second")]);
    assert_eq!(at("2022-06-11"), [named("second"), None, None]);
}

#[test]
fn members_are_those_of_the_day() {
    let story = ["A", "B", "G"].iter().fold(Story::default(), |story, key| {
        story.on("2020-01-01", admitted(key, ParticipantClass::State))
    });
    let process: Process = story
        .on("2020-01-01", joined_group("G", &["A", "B"], None))
        .on("2021-01-01", joined_group("G", &["B"], Some("2021-06-30")))
        .on("2022-01-01", joined_group("G", &["B"], None))
        .fold();
    let members = |on: &str| {
        let members = process.members(&who("G"), day(on));
        members.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(members("2019-12-31"), "");
    assert_eq!(members("2021-06-30"), "A B");
    assert_eq!(members("2021-07-01"), "A");
    assert_eq!(members("2022-01-01"), "A B");
    assert!(process.irregularities().is_empty());
}

#[test]
fn a_membership_of_somebody_never_admitted_is_kept_and_named() {
    let process: Process = Story::default()
        .on("2020-01-01", admitted("G", ParticipantClass::NegotiatingGroup))
        .on("2020-01-02", joined_group("G", &["X"], None))
        .fold();
    assert_eq!(process.members(&who("G"), day("2020-01-02")), [who("X")]);
    assert_eq!(process.irregularities().len(), 1);
}

#[test]
fn a_participant_is_found_by_key_and_by_name_in_any_case() {
    let named = Fact::ParticipantAdmitted(ParticipantAdmitted {
        participant: who("CIV"),
        name: "Côte d’Ivoire".to_owned(),
        class: ParticipantClass::State,
    });
    let process: Process = Story::default().on("2020-01-01", named).fold();
    for written in ["CIV", "civ", "cote d'ivoire", "CÔTE D’IVOIRE"] {
        let found = process.find(written).map(|participant| participant.participant.as_str());
        assert_eq!(found, Some("CIV"), "{written}");
    }
    assert_eq!(process.find("CI"), None);
}
