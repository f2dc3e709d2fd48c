//! Decisions as a secretary would record them.

use travaux_record::{Majority, ObjectionLifted, ParticipantId};

use super::*;
use crate::story::{Story, provision, who};

fn ballots(written: &str) -> BTreeMap<ParticipantId, Ballot> {
    let ballot = |letter| match letter {
        'y' => Ballot::Yes,
        'n' => Ballot::No,
        _ => Ballot::Abstain,
    };
    written
        .chars()
        .enumerate()
        .map(|(at, letter)| (who(&format!("S{at}")), ballot(letter)))
        .collect()
}

/// A vote to delete a provision; who was in favour, against and abstaining, and announced as not
/// carried.
fn vote(tally: Option<(u32, u32, u32)>) -> VoteTaken {
    VoteTaken {
        decision: DecisionId::new("delete-6-2"),
        question: "Shall article 6 (2) be deleted?".to_owned(),
        subject: Subject::Provision(provision("human-rights.2")),
        body: String::new(),
        session: None,
        movers: vec![who("S0")],
        majority: Majority::TwoThirds,
        rule: "A/RES/75/282, paragraph 5".to_owned(),
        tally: tally.map(|(in_favour, against, abstaining)| Tally {
            in_favour,
            against,
            abstaining,
        }),
        ballots: BTreeMap::new(),
        carried: false,
        note: String::new(),
    }
}

fn announced_carried(vote: VoteTaken) -> VoteTaken {
    VoteTaken { carried: true, ..vote }
}

fn sought() -> Fact {
    Fact::ConsensusSought(ConsensusSought {
        decision: DecisionId::new("delete-6-2"),
        question: "May it be deleted?".to_owned(),
        subject: Subject::Provision(provision("human-rights.2")),
    })
}

fn step(step: ExhaustionStep) -> Fact {
    Fact::EffortsExhausted(EffortsExhausted { decision: DecisionId::new("delete-6-2"), step })
}

fn objection() -> Fact {
    Fact::ObjectionRaised(ObjectionRaised {
        participant: who("S1"),
        subject: Subject::Provision(provision("human-rights.2")),
        decision: Some(DecisionId::new("delete-6-2")),
        ground: "It is what the convention is for.".to_owned(),
        remedy: String::new(),
    })
}

#[test]
fn the_whole_condition_of_passing_is_told() {
    let decisions: Decisions =
        Story::default().on("2024-08-08", Fact::VoteTaken(vote(Some((23, 102, 26))))).fold();
    let decision = decisions.all()[0];
    assert_eq!(decision.outcome(), Outcome::NotCarried);
    assert_eq!(
        decision.votes[0].condition(),
        "Needed two thirds of those present and voting (A/RES/75/282, paragraph 5): 84 of 125. \
         Received 23 in favour, 102 against, with 26 abstaining (not counted). \
         Missing: 61 votes in favour instead of against."
    );
    assert!(decisions.irregularities().is_empty());
}

#[test]
fn a_vote_without_a_count_says_what_it_needed() {
    let decisions: Decisions =
        Story::default().on("2024-08-08", Fact::VoteTaken(vote(None))).fold();
    let vote = &decisions.all()[0].votes[0];
    assert_eq!(vote.count(), None);
    assert_eq!(
        vote.condition(),
        "Needed two thirds of those present and voting (A/RES/75/282, paragraph 5); \
         the count is not on record."
    );
}

#[test]
fn ballots_are_counted_where_no_count_was_announced() {
    let taken = VoteTaken { ballots: ballots("yynyaa"), ..announced_carried(vote(None)) };
    let decisions: Decisions = Story::default().on("2024-08-08", Fact::VoteTaken(taken)).fold();
    let expected = Tally { in_favour: 3, against: 1, abstaining: 2 };
    assert_eq!(decisions.all()[0].votes[0].tally, Some(expected));
    assert!(decisions.irregularities().is_empty());
}

#[test]
fn an_announced_result_that_the_count_does_not_give_is_named() {
    let decisions: Decisions = Story::default()
        .on("2024-08-08", Fact::VoteTaken(announced_carried(vote(Some((23, 102, 26))))))
        .fold();
    assert_eq!(decisions.irregularities().len(), 1);
    assert_eq!(decisions.all()[0].outcome(), Outcome::Carried, "what was announced stands");
}

#[test]
fn an_announced_count_that_the_ballots_do_not_give_is_named_and_stands() {
    let taken = VoteTaken { ballots: ballots("yyn"), ..announced_carried(vote(Some((3, 1, 0)))) };
    let decisions: Decisions = Story::default().on("2024-08-08", Fact::VoteTaken(taken)).fold();
    assert_eq!(decisions.irregularities().len(), 1);
    assert_eq!(decisions.all()[0].votes[0].tally.unwrap().in_favour, 3);
}

#[test]
fn an_objection_stands_until_it_is_lifted() {
    let story = Story::default().on("2024-08-01", sought()).on("2024-08-01", objection());
    let raised = story.last();
    let standing = |story: &Story| story.fold::<Decisions>().all()[0].standing_objections().count();
    assert_eq!(standing(&story), 1);
    let lift = Fact::ObjectionLifted(ObjectionLifted { objection: raised });
    let lifted = story.on("2024-08-02", lift.clone());
    assert_eq!(standing(&lifted), 0);
    assert!(lifted.fold::<Decisions>().irregularities().is_empty());
    let twice = lifted.on("2024-08-03", lift);
    assert_eq!(twice.fold::<Decisions>().irregularities().len(), 1);
}

#[test]
fn the_bureau_decides_before_the_chair_informs() {
    let regular = Story::default()
        .on("2024-08-05", step(ExhaustionStep::BureauDecided))
        .on("2024-08-06", step(ExhaustionStep::ChairInformed));
    assert!(regular.fold::<Decisions>().irregularities().is_empty());
    let irregular = Story::default().on("2024-08-06", step(ExhaustionStep::ChairInformed));
    let decisions: Decisions = irregular.fold();
    assert_eq!(decisions.irregularities().len(), 1);
    assert!(decisions.all()[0].exhaustion(ExhaustionStep::ChairInformed).is_some(), "kept");
}

#[test]
fn what_was_decided_last_counts() {
    let consensus = Fact::ConsensusReached(ConsensusReached {
        decision: DecisionId::new("delete-6-2"),
        question: "The article is adopted as a whole".to_owned(),
        subject: Subject::Matter("the article".to_owned()),
        body: String::new(),
        session: None,
        note: String::new(),
    });
    let story = Story::default()
        .on("2024-08-08", Fact::VoteTaken(vote(Some((23, 102, 26)))))
        .on("2024-08-09", consensus);
    assert_eq!(story.fold::<Decisions>().all()[0].outcome(), Outcome::WithoutVote);
}
