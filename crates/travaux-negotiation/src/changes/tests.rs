//! The sentences, on hand-made records.

use travaux_record::{BracketLifted, BracketRequested, ParticipantClass, ProposalOutcome};

use super::*;
use crate::Negotiation;
use crate::story::{
    Story, admitted, agreed, base, carried, day, joins, lapsed, leaves, proposal, provision,
    replace, tabled, who, withdrawn,
};

fn story() -> Story {
    Story::default()
        .on("2024-01-01", admitted("Aland", ParticipantClass::State))
        .on("2024-01-02", base("d1", &["one", "one.a/one: It shall.", "two: It may."]))
        .on("2024-02-01", tabled("p", "d1", vec![replace("one.a", "It should.")]))
        .on("2024-02-01", joins("Aland", "p"))
}

#[track_caller]
fn says(story: &Story, expected: &[&str]) {
    let negotiation: Negotiation = story.fold();
    let said: Vec<String> = negotiation
        .changes
        .all()
        .skip(2)
        .map(|happening| negotiation.words(&happening.description.sentence))
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn a_proposals_life_reads_as_sentences() {
    let story = story()
        .on("2024-03-01", leaves("Aland", "p"))
        .on("2024-03-02", withdrawn("p"))
        .on("2024-03-03", agreed("two", "It may.", &[]));
    says(
        &story,
        &[
            "P is tabled, on article 1, paragraph 2 of D1",
            "Aland joins the sponsors of P",
            "Aland leaves the sponsors of P; the words stay",
            "P is withdrawn",
            "Article 3 is agreed ad referendum",
        ],
    );
}

#[test]
fn what_became_of_a_proposal_reads_as_a_sentence() {
    let story = story()
        .on("2024-04-01", base("d2", &["one", "one.a/one: It should."]))
        .on("2024-04-01", lapsed("p", "d2", ProposalOutcome::Reflected));
    let negotiation: Negotiation = story.fold();
    let last = negotiation.changes.all().next_back().unwrap();
    assert_eq!(
        negotiation.words(&last.description.sentence),
        "P lapsed: reflected in D2 (found by comparing the texts)"
    );
}

#[test]
fn a_lifted_bracket_leads_to_the_provision_it_stood_in() {
    let request = Fact::BracketRequested(BracketRequested {
        provision: provision("two"),
        words: Some("may".to_owned()),
        participants: vec![who("Aland")],
    });
    let story = story().on("2024-02-02", request);
    let request = story.last();
    let story = story
        .on("2024-02-03", Fact::BracketLifted(BracketLifted { request, participants: Vec::new() }));
    let negotiation: Negotiation = story.fold();
    let on_two: Vec<String> = negotiation
        .changes
        .about(&Part::Provision(provision("two")))
        .map(|happening| negotiation.words(&happening.description.sentence))
        .collect();
    assert_eq!(
        on_two,
        [
            "D1 is issued: Text d1; it becomes the text before the body",
            "Aland asks for brackets around \"may\" in article 3",
            "Brackets in article 3 are lifted",
        ]
    );
}

#[test]
fn an_entry_that_names_a_proposal_is_about_the_provisions_it_touches() {
    let story = story().on("2024-03-01", carried("p", "d1"));
    let changes: Changes = story.fold();
    let on_one_a = changes.about(&Part::Provision(provision("one.a"))).count();
    // The text, the tabling, the sponsor, the carrying.
    assert_eq!(on_one_a, 4);
    assert_eq!(changes.about(&Part::Proposal(proposal("p"))).count(), 3);
}

#[test]
fn between_two_days_the_first_is_left_out_and_the_last_is_in() {
    let changes: Changes = story().fold();
    let count = |from: &str, to: &str| changes.between(day(from), day(to)).count();
    assert_eq!(count("2024-01-01", "2024-02-01"), 3);
    assert_eq!(count("2024-01-02", "2024-02-01"), 2);
    assert_eq!(count("2024-02-01", "2024-12-31"), 0);
    assert_eq!(count("2024-12-31", "2024-01-01"), 0);
}
