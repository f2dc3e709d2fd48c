//! The draft on hand-made records: lives of proposals, assent, brackets, irregular acts.

use travaux_record::{
    BracketLifted, BracketRequested, PlaceholderSet, ProposalOutcome, ProvisionNamed,
};
use travaux_text::{Assent, ProposalStatus};

use super::*;
use crate::story::{
    Story, add_after, adopted, agreed, base, carried, joins, lapsed, leaves, proposal, provision,
    reintroduced, reopened, replace, revised, suppress, tabled, who, withdrawn,
};

fn text() -> Story {
    Story::default().on("2024-01-01", base("d1", &["one: It shall.", "two: It may."]))
}

fn on_one() -> Story {
    text().on("2024-02-01", tabled("p", "d1", vec![replace("one", "It should.")]))
}

#[track_caller]
fn status(story: &Story, expected: ProposalStatus) {
    let draft: Draft = story.fold();
    assert_eq!(draft.proposal(&proposal("p")).unwrap().status, expected);
}

#[track_caller]
fn irregularities(story: &Story, expected: &[&str]) {
    let negotiation: crate::Negotiation = story.fold();
    let found: Vec<String> = negotiation
        .irregularities()
        .iter()
        .map(|irregularity| negotiation.words(&irregularity.what))
        .collect();
    assert_eq!(found, expected);
}

fn words(draft: &Draft, id: &str) -> Option<String> {
    draft.present().provision(&provision(id)).map(|provision| provision.text.clone())
}

#[test]
fn a_proposal_is_withdrawn_and_re_introduced() {
    status(&on_one(), ProposalStatus::Open);
    let withdrawn = on_one().on("2024-02-02", withdrawn("p"));
    status(&withdrawn, ProposalStatus::Withdrawn);
    let back = withdrawn.on("2024-02-03", reintroduced("p"));
    status(&back, ProposalStatus::Open);
    irregularities(&back, &[]);
}

#[test]
fn a_withdrawal_of_a_withdrawn_proposal_changes_nothing_and_is_named() {
    let twice = on_one().on("2024-02-02", withdrawn("p")).on("2024-02-03", withdrawn("p"));
    status(&twice, ProposalStatus::Withdrawn);
    irregularities(&twice, &["P cannot be withdrawn: it was withdrawn"]);
    assert_eq!(twice.fold::<Draft>().proposal(&proposal("p")).unwrap().life.len(), 3);
}

#[test]
fn sponsors_come_and_go_with_their_dates() {
    let story = on_one()
        .on("2024-02-01", joins("A", "p"))
        .on("2024-02-02", joins("B", "p"))
        .on("2024-02-03", leaves("A", "p"));
    let draft: Draft = story.fold();
    let sponsored = |key: &str| draft.sponsored_by(&who(key)).count();
    assert_eq!((sponsored("A"), sponsored("B")), (0, 1));
    let spells = &draft.proposal(&proposal("p")).unwrap().sponsorships;
    assert_eq!(spells[0].left.unwrap().at.to_string(), "2024-02-03");
    irregularities(&story, &[]);
    irregularities(
        &story.on("2024-02-04", joins("B", "p")).on("2024-02-05", leaves("A", "p")),
        &[
            "B joins the sponsors of P, which it sponsors already",
            "A leaves the sponsors of P, among whom it is not",
        ],
    );
}

#[test]
fn a_sponsor_dated_before_the_words_counts_from_the_tabling_and_is_named() {
    let story = text()
        .on("2024-01-15", joins("A", "p"))
        .on("2024-01", tabled("p", "d1", vec![replace("one", "It should.")]));
    let draft: Draft = story.fold();
    assert_eq!(draft.sponsored_by(&who("A")).count(), 1);
    irregularities(&story, &["A joins the sponsors of P, which had not been tabled"]);
}

#[test]
fn a_proposal_on_a_provision_that_no_longer_exists_is_kept_and_named() {
    let story = text()
        .on("2024-03-01", base("d2", &["one: It shall."]))
        .on("2024-03-02", tabled("p", "d2", vec![replace("two", "It might.")]));
    status(&story, ProposalStatus::Open);
    irregularities(&story, &["P is about article 2, which stood in D1 and is no longer in D2"]);
}

#[test]
fn a_proposal_on_another_text_than_that_before_the_body_is_named() {
    let story = text()
        .on("2024-03-01", base("d2", &["one: It shall."]))
        .on("2024-03-02", tabled("p", "d1", vec![replace("one", "It might.")]));
    irregularities(&story, &["P is made on D1, which is not the text before the body"]);
    assert_eq!(story.fold::<Draft>().open_proposals().count(), 0);
}

#[test]
fn a_new_base_accounts_for_every_open_proposal() {
    let story = on_one()
        .on("2024-02-01", tabled("q", "d1", vec![suppress("two")]))
        .on("2024-02-01", tabled("r", "d1", vec![replace("two", "It can.")]))
        .on("2024-02-01", tabled("s", "d1", vec![replace("two", "It must.")]))
        .on("2024-02-15", withdrawn("s"))
        .on("2024-03-01", base("d2", &["one: It should.", "two: It may."]))
        .on("2024-03-01", lapsed("p", "d2", ProposalOutcome::Reflected))
        .on("2024-03-01", carried("q", "d2"));
    let draft: Draft = story.fold();
    let document = DocumentId::new("d2");
    let account: Vec<(String, &str)> = draft
        .account(&document)
        .map(|(proposal, fate)| {
            let fate = match fate {
                Fate::Carried(_) => "carried",
                Fate::Lapsed(lapse, _) if lapse.outcome == ProposalOutcome::Reflected => {
                    "reflected"
                }
                Fate::Lapsed(..) => "lapsed",
                Fate::Undecided => "undecided",
            };
            (proposal.id.to_string(), fate)
        })
        .collect();
    let expected = [("p", "reflected"), ("q", "carried"), ("r", "undecided")];
    assert_eq!(account, expected.map(|(id, fate)| (id.to_owned(), fate)));
    assert_eq!(draft.open_proposals().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["q"]);
    assert_eq!(draft.undecided_proposals().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["r"]);
}

#[test]
fn agreement_puts_its_exact_words_into_the_text() {
    let story = on_one().on("2024-03-01", agreed("one", "It should.", &["p"]));
    let draft: Draft = story.fold();
    assert_eq!(words(&draft, "one").as_deref(), Some("It should."));
    assert_eq!(draft.agreement(&provision("one")).unwrap().assent, Assent::AdReferendum);
    status(&story, ProposalStatus::TakenUp);
    irregularities(&story, &[]);
}

#[test]
fn agreed_words_that_base_and_proposal_do_not_give_are_told() {
    let given = |story: &Story| {
        let draft: Draft = story.fold();
        draft.agreement(&provision("one")).unwrap().latest().unwrap().given.clone()
    };
    assert_eq!(given(&on_one().on("2024-03-01", agreed("one", "It should.", &["p"]))), None);
    assert_eq!(
        given(&on_one().on("2024-03-01", agreed("one", "It ought to.", &["p"]))).as_deref(),
        Some("It should.")
    );
    assert_eq!(
        given(&on_one().on("2024-03-01", agreed("one", "It ought to.", &[]))).as_deref(),
        Some("It shall.")
    );
}

#[test]
fn reopening_takes_the_agreement_and_leaves_the_words() {
    let story = on_one()
        .on("2024-03-01", agreed("one", "It should.", &["p"]))
        .on("2024-04-01", reopened("one"));
    let draft: Draft = story.fold();
    assert_eq!(draft.agreement(&provision("one")).unwrap().assent, Assent::Reopened);
    assert_eq!(words(&draft, "one").as_deref(), Some("It should."));
    irregularities(&story, &[]);
    irregularities(
        &story.on("2024-04-02", reopened("one")),
        &["Article 1 is reopened although no agreement on it stands"],
    );
}

#[test]
fn an_added_provision_that_is_agreed_stands_in_the_text() {
    let story = text()
        .on("2024-02-01", tabled("p", "d1", vec![add_after("one", "It can."), suppress("two")]))
        .on("2024-03-01", agreed("p~1", "It could.", &["p"]));
    let draft: Draft = story.fold();
    let ids = |draft: &Draft| {
        draft.present().provisions().iter().map(|p| p.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&draft), ["one", "p~1", "two"]);
    assert_eq!(words(&draft, "p~1").as_deref(), Some("It could."));
    // Half of it is still open.
    status(&story, ProposalStatus::Open);
    let whole = story.on("2024-03-02", agreed("two", "", &["p"]));
    assert_eq!(ids(&whole.fold()), ["one", "p~1"]);
    status(&whole, ProposalStatus::TakenUp);
}

#[test]
fn an_adopted_text_is_agreed_and_a_chairs_text_is_not() {
    let assent = |story: &Story| {
        let draft: Draft = story.fold();
        draft.agreement(&provision("one")).map(|agreement| agreement.assent)
    };
    assert_eq!(assent(&text()), None);
    let adopted = text().on("2024-05-01", adopted("d2", &["one: It shall."]));
    assert_eq!(assent(&adopted), Some(Assent::Adopted));
}

#[test]
fn brackets_stand_until_they_are_lifted_or_agreed_away_or_a_new_base_comes() {
    let request = |words: Option<&str>| {
        Fact::BracketRequested(BracketRequested {
            provision: provision("one"),
            words: words.map(str::to_owned),
            participants: vec![who("A")],
        })
    };
    let asked = text().on("2024-02-01", request(Some("shall")));
    let entry = asked.last();
    let count = |story: &Story| story.fold::<Draft>().requests(&provision("one")).count();
    assert_eq!(count(&asked), 1);
    let lift = Fact::BracketLifted(BracketLifted { request: entry, participants: Vec::new() });
    assert_eq!(count(&asked.clone().on("2024-02-02", lift.clone())), 0);
    let agreed = asked.clone().on("2024-02-02", agreed("one", "It shall.", &[]));
    assert_eq!(count(&agreed), 0);
    assert_eq!(count(&agreed.on("2024-02-03", reopened("one"))), 1);
    assert_eq!(count(&asked.on("2024-02-02", base("d2", &["one: It shall."]))), 0);
    irregularities(
        &text().on("2024-02-01", request(Some("should"))).on("2024-02-01", lift),
        &["Brackets are asked for around words that do not stand once in article 1: \"should\""],
    );
}

#[test]
fn a_placeholder_stands_until_it_is_cleared() {
    let awaiting = |what: &str| {
        Fact::PlaceholderSet(PlaceholderSet {
            provision: provision("one"),
            awaiting: what.to_owned(),
            participant: None,
        })
    };
    let set = text().on("2024-02-01", awaiting("the outcome of article 2"));
    let count = |story: &Story| story.fold::<Draft>().placeholders(&provision("one")).count();
    assert_eq!(count(&set), 1);
    assert_eq!(count(&set.clone().on("2024-02-02", awaiting("something else"))), 1);
    let cleared = set.on("2024-02-02", awaiting(""));
    assert_eq!(count(&cleared), 0);
    irregularities(
        &cleared.on("2024-02-03", awaiting("")),
        &["No placeholder stands on article 1 to be cleared"],
    );
}

#[test]
fn only_what_is_agreed_is_closed() {
    let close = Fact::ProvisionClosed(ProvisionNamed {
        provision: provision("one"),
        reason: String::new(),
    });
    irregularities(
        &text().on("2024-02-01", close.clone()),
        &["Article 1 is closed although no agreement on it stands"],
    );
    let closed = text().on("2024-02-01", agreed("one", "It shall.", &[])).on("2024-02-02", close);
    let draft: Draft = closed.fold();
    assert_eq!(draft.agreement(&provision("one")).unwrap().assent, Assent::Closed);
}

#[test]
fn a_revision_replaces_the_words_and_the_earlier_ones_are_kept() {
    let story = on_one().on("2024-02-02", revised("p", vec![replace("one", "It might.")]));
    let draft: Draft = story.fold();
    let proposal = draft.proposal(&proposal("p")).unwrap();
    assert_eq!(&*proposal.changes, [replace("one", "It might.")]);
    let LifeStep::Tabled(first) = &proposal.life[0].step else { panic!("{:?}", proposal.life) };
    assert_eq!(&**first, [replace("one", "It should.")]);
}

#[test]
fn a_proposal_called_as_the_text_itself_is_kept_and_named() {
    let story = text().on("2024-02-01", tabled("base", "d1", vec![replace("one", "It should.")]));
    irregularities(&story, &["BASE can't be shown as a side under its key"]);
    assert_eq!(story.fold::<Draft>().proposals().count(), 1);
}
