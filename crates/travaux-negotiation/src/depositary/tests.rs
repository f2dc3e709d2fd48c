//! Signatures and deposits as a depositary would record them.

use travaux_record::{ConsentForm, NotYetSigned};

use super::*;
use crate::story::{Story, admitted, day, who};

fn opening(instruments_needed: u32) -> Story {
    let opened = Fact::OpenedForSignature(OpenedForSignature {
        treaty: "Convention".to_owned(),
        place: "Hanoi".to_owned(),
        until: Some(day("2026-12-31")),
        instruments_needed,
        delay_days: 90,
        depositary: "the Secretary-General".to_owned(),
    });
    Story::default().on("2025-10-25", opened)
}

fn signs(key: &str) -> Fact {
    Fact::Signed(Signed { participant: who(key), place: String::new(), note: String::new() })
}

fn consents(key: &str, stage: ConsentStage) -> Fact {
    let form = ConsentForm::Ratification;
    Fact::ConsentRecorded(ConsentRecorded {
        participant: who(key),
        form,
        stage,
        note: String::new(),
    })
}

fn deposits(key: &str) -> Fact {
    consents(key, ConsentStage::Deposited)
}

#[track_caller]
fn in_force(story: &Story, earliest: &str, latest: &str) {
    let depositary: Depositary = story.fold();
    match depositary.entry_into_force() {
        Some(EntryIntoForce::On { earliest: found, latest: until, .. }) => {
            assert_eq!((found, until), (day(earliest), day(latest)));
        }
        other => panic!("expected a day, found {other:?}"),
    }
}

#[test]
fn only_deposits_count() {
    let story = opening(2)
        .on("2026-01-10", deposits("A"))
        .on("2026-02-01", consents("B", ConsentStage::ApprovedAtHome))
        .on("2026-03-31", consents("C", ConsentStage::DepositReported));
    let depositary: Depositary = story.fold();
    let missing = EntryIntoForce::Missing { deposited: 1, needed: 2 };
    assert_eq!(depositary.entry_into_force(), Some(missing));
    assert_eq!(depositary.at_stage(ConsentStage::DepositReported).len(), 1);
}

#[test]
fn the_ninetieth_day_is_counted_from_the_day_after_the_deposit() {
    let story = opening(2).on("2026-01-10", deposits("A")).on("2026-03-01", deposits("B"));
    // Thirty days are left of March, then 30 of April, and 30 of May.
    in_force(&story, "2026-05-30", "2026-05-30");
    assert_eq!(
        story.fold::<Depositary>().entry_into_force().unwrap().day(),
        Some(day("2026-05-30"))
    );
}

#[test]
fn a_deposit_known_to_the_month_gives_a_range_of_days() {
    let story = opening(2).on("2026-01-10", deposits("A")).on("2026-03", deposits("B"));
    in_force(&story, "2026-05-30", "2026-06-29");
    assert_eq!(story.fold::<Depositary>().entry_into_force().unwrap().day(), None);
}

#[test]
fn an_organization_is_not_counted_besides_its_members() {
    let story = opening(1)
        .on("2026-01-01", admitted("O", ParticipantClass::Organization))
        .on("2026-01-10", deposits("O"));
    let missing = EntryIntoForce::Missing { deposited: 0, needed: 1 };
    assert_eq!(story.fold::<Depositary>().entry_into_force(), Some(missing));
}

#[test]
fn who_signs_later_is_no_longer_reported_as_not_having_signed() {
    let withheld = Fact::NotYetSigned(NotYetSigned { participant: who("A") });
    let story = opening(1).on("2025-10-29", withheld);
    assert_eq!(story.fold::<Depositary>().not_signed().count(), 1);
    assert_eq!(story.on("2026-01-01", signs("A")).fold::<Depositary>().not_signed().count(), 0);
}

#[test]
fn irregular_signatures_and_deposits_are_kept_and_named() {
    let story = opening(2)
        .on("2025-10-24", signs("A"))
        .on("2025-10-25", signs("A"))
        .on("2027-01-01", signs("B"))
        .on("2027-01-02", deposits("B"))
        .on("2027-01-03", deposits("B"));
    let depositary: Depositary = story.fold();
    // Before the opening; twice; after the closing day; deposited twice.
    assert_eq!(depositary.irregularities().len(), 4);
    assert_eq!(depositary.signatories().len(), 2);
    assert_eq!(depositary.deposits().len(), 1);
}
