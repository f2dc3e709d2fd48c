//! Positions, and what groups pass on, on hand-made records.

use travaux_record::ParticipantClass::{
    AnalystLabel, ElectoralGroup, JointStatement, NegotiatingGroup, State,
};
use travaux_record::Strength::{CanAccept, Opposes, Supports};
use travaux_record::{Fact, PositionDisputed, PositionForm, PositionTaken, StatementDelivered};

use super::*;
use crate::story::{Story, admitted, day, framed, joined_group, option, position, who};
use crate::{Negotiation, Part};

/// Five States, a negotiating group of three of them, and an issue with two options.
fn room() -> Story {
    ["A", "B", "C", "D", "E"]
        .iter()
        .fold(Story::default(), |story, state| story.on("2024-01-01", admitted(state, State)))
        .on("2024-01-01", admitted("G", NegotiatingGroup))
        .on("2024-01-01", joined_group("G", &["A", "B", "C"], None))
        .on("2024-01-01", framed("i", &["yes", "no"]))
}

/// Says in one line who is on record for an option on a day, by which route and since when.
#[track_caller]
fn on_record(story: &Story, wanted: &str, on: &str, expected: &[&str]) {
    let negotiation: Negotiation = story.fold();
    let (issue, chosen) = wanted.split_once('/').unwrap();
    let option = option(issue, chosen);
    let found = negotiation.positions.on_record(&option, &negotiation.process, day(on));
    let found: Vec<String> = found
        .iter()
        .map(|on_record| {
            let stance = &on_record.stance;
            let route = match &stance.route {
                Route::Own => "own".to_owned(),
                Route::Signed(group) => format!("signed {group}"),
                Route::SpokenFor(group) => format!("by {group}"),
            };
            let moved: Vec<String> = on_record
                .later
                .iter()
                .map(|(option, at)| format!(", then {option} {at}"))
                .collect();
            let moved = moved.concat();
            format!("{} {route} {}{moved}", stance.participant, stance.since())
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_negotiating_group_speaks_for_its_members() {
    let story = room().on("2024-02-01", position("G", "i/yes", Supports));
    on_record(
        &story,
        "i/yes",
        "2024-02-01",
        &["A by G 2024-02-01", "B by G 2024-02-01", "C by G 2024-02-01", "G own 2024-02-01"],
    );
}

#[test]
fn a_report_about_a_group_passes_nothing_to_its_members() {
    let Fact::PositionTaken(taken) = position("G", "i/yes", Supports) else { unreachable!() };
    let reported = Fact::PositionTaken(PositionTaken { form: PositionForm::Report, ..taken });
    let story = room().on("2024-02-01", reported);
    on_record(&story, "i/yes", "2024-02-01", &["G own 2024-02-01"]);
    let spoken = story.on("2024-03-01", position("G", "i/yes", Supports));
    on_record(
        &spoken,
        "i/yes",
        "2024-03-01",
        &["G own 2024-02-01", "A by G 2024-03-01", "B by G 2024-03-01", "C by G 2024-03-01"],
    );
}

#[test]
fn a_member_that_speaks_for_itself_is_no_longer_spoken_for() {
    let story = room()
        .on("2024-02-01", position("G", "i/yes", Supports))
        .on("2024-03-01", position("B", "i/no", Supports));
    on_record(
        &story,
        "i/yes",
        "2024-03-01",
        &["A by G 2024-02-01", "C by G 2024-02-01", "G own 2024-02-01"],
    );
    on_record(&story, "i/no", "2024-03-01", &["B own 2024-03-01"]);
}

#[test]
fn a_group_speaks_only_for_those_who_are_members_on_the_day() {
    let story = room()
        .on("2024-02-01", position("G", "i/yes", Supports))
        .on("2024-03-01", joined_group("G", &["C"], Some("2024-03-31")))
        .on("2024-04-01", joined_group("G", &["D"], None));
    on_record(
        &story,
        "i/yes",
        "2024-04-02",
        &["A by G 2024-02-01", "B by G 2024-02-01", "D by G 2024-02-01", "G own 2024-02-01"],
    );
}

#[test]
fn a_joint_statement_counts_for_its_signatories_and_their_later_word_over_it() {
    let signed = room()
        .on("2024-02-01", admitted("J", JointStatement))
        .on("2024-02-01", joined_group("J", &["A", "D"], None))
        .on("2024-02-01", position("J", "i/yes", Supports));
    on_record(
        &signed,
        "i/yes",
        "2024-02-01",
        &["A signed J 2024-02-01", "D signed J 2024-02-01", "J own 2024-02-01"],
    );
    let story = signed.on("2024-03-01", position("D", "i/yes", Opposes));
    let negotiation: Negotiation = story.fold();
    let stances = negotiation.positions.stances_of(
        &who("D"),
        &option("i", "yes").issue,
        &negotiation.process,
        day("2024-03-01"),
    );
    assert_eq!(stances.len(), 1);
    assert_eq!(stances[0].leaning(), Leaning::Against);
    assert_eq!(stances[0].route, Route::Own);
}

#[test]
fn an_electoral_group_and_a_label_pass_nothing_on() {
    let story = room()
        .on("2024-02-01", admitted("W", ElectoralGroup))
        .on("2024-02-01", admitted("L", AnalystLabel))
        .on("2024-02-01", joined_group("W", &["D"], None))
        .on("2024-02-01", joined_group("L", &["E"], None))
        .on("2024-02-01", position("W", "i/yes", Supports))
        .on("2024-02-01", position("L", "i/yes", Supports));
    on_record(&story, "i/yes", "2024-02-01", &["L own 2024-02-01", "W own 2024-02-01"]);
}

#[test]
fn an_alignment_counts_for_that_statement_and_makes_no_position() {
    let statement = Fact::StatementDelivered(StatementDelivered {
        participant: who("A"),
        on_behalf_of: vec![who("G")],
        aligned: vec![who("D")],
        session: None,
        provisions: Vec::new(),
        text: "We prefer yes.".to_owned(),
    });
    let story = room().on("2024-02-01", statement);
    on_record(&story, "i/yes", "2024-02-01", &[]);
    let positions: Positions = story.fold();
    let part = |key: &str| positions.statements_of(&who(key)).map(|(part, _)| part).next();
    assert_eq!(part("A"), Some(PartInStatement::Spoke));
    assert_eq!(part("G"), Some(PartInStatement::OnItsBehalf));
    assert_eq!(part("D"), Some(PartInStatement::Aligned));
    assert_eq!(part("E"), None);
}

#[test]
fn on_record_since_counts_from_the_first_of_an_unbroken_run() {
    let story = room()
        .on("2024-02-01", position("D", "i/yes", Supports))
        .on("2024-03-01", position("D", "i/yes", Opposes))
        .on("2024-04-01", position("D", "i/yes", CanAccept))
        .on("2024-05-01", position("D", "i/yes", Supports));
    on_record(&story, "i/yes", "2024-05-01", &["D own 2024-04-01"]);
}

#[test]
fn who_moves_to_another_option_stays_on_record_with_the_move_beside_it() {
    let story = room()
        .on("2024-02-01", position("D", "i/yes", Supports))
        .on("2024-03-01", position("D", "i/no", Supports));
    on_record(&story, "i/yes", "2024-03-01", &["D own 2024-02-01, then no 2024-03-01"]);
    on_record(&story, "i/no", "2024-03-01", &["D own 2024-03-01"]);
}

#[test]
fn a_dispute_is_marked_and_only_ones_own_position_is_disputed() {
    let story = room().on("2024-02-01", position("D", "i/yes", Supports));
    let entry = story.last();
    let dispute = |by: &str| {
        let reason = "We asked a question.".to_owned();
        Fact::PositionDisputed(PositionDisputed { entry, participant: who(by), reason })
    };
    let disputed: Positions = story.clone().on("2024-02-02", dispute("D")).fold();
    let position = disputed.all().next().unwrap();
    assert_eq!(
        position.disputed.as_ref().map(|dispute| &dispute.fact.participant),
        Some(&who("D"))
    );
    assert!(disputed.irregularities().is_empty());

    let by_another: Positions = story.on("2024-02-02", dispute("E")).fold();
    assert_eq!(by_another.all().next().unwrap().disputed, None);
    assert_eq!(by_another.irregularities().len(), 1);
}

#[test]
fn a_position_on_an_option_never_framed_is_kept_and_named() {
    let negotiation: Negotiation =
        room().on("2024-02-01", position("D", "i/maybe", Supports)).fold();
    assert_eq!(negotiation.positions.of_participant(&who("D")).count(), 1);
    let irregular = negotiation.irregularities();
    assert_eq!(irregular.len(), 1);
    assert!(irregular[0].what.parts().contains(&Part::Participant(who("D"))));
}

/// Says in one line where a participant is alone.
#[track_caller]
fn alone(story: &Story, participant: &str, expected: &[&str]) {
    let negotiation: Negotiation = story.fold();
    let found =
        negotiation.positions.alone(&who(participant), &negotiation.process, day("2024-12-31"));
    let found: Vec<String> = found
        .iter()
        .map(|alone| {
            let within = match &alone.within {
                Within::TheRoom => "the room",
                Within::Group(group) => group.as_str(),
            };
            format!("{}/{} in {within} of {}", alone.issue, alone.option, alone.others)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn nobody_is_alone_where_all_others_are_silent() {
    alone(&room().on("2024-02-01", position("D", "i/yes", Supports)), "D", &[]);
}

#[test]
fn who_is_alone_in_the_room_is_told_so() {
    let story = room()
        .on("2024-02-01", position("D", "i/yes", Supports))
        .on("2024-02-01", position("G", "i/no", Supports));
    // The group speaks for three; it is no fourth.
    alone(&story, "D", &["i/yes in the room of 3"]);
    alone(&story, "A", &[]);
}

#[test]
fn who_has_company_outside_its_group_is_alone_within_it() {
    let story = room()
        .on("2024-02-01", position("D", "i/yes", Supports))
        .on("2024-02-01", position("G", "i/no", Supports))
        .on("2024-03-01", position("B", "i/yes", Supports));
    alone(&story, "B", &["i/yes in G of 2"]);
    alone(&story, "D", &[]);
}
