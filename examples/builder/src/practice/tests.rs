//! Whether the practice negotiation exercises what it is there to exercise.
//!
//! That what ships is what is built is held for both negotiations together, beside this crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use travaux_record::{
    Audience, Ballot, Fact, ParticipantClass, ParticipantId, ProposalId, Record, Strength, Subject,
    TextDecision, View, Viewer,
};
use travaux_text::{Act, Change};

use super::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../practice")
}

static RECORD: LazyLock<Record> = LazyLock::new(|| {
    let mint = build(&folder()).unwrap_or_else(|error| panic!("{error:#}"));
    // Admission resolves every reference, for the whole audience of each entry.
    Record::of(mint.entries().iter().cloned()).unwrap_or_else(|error| panic!("{error}"))
});

fn facts() -> impl Iterator<Item = &'static Fact> {
    RECORD.entries().map(|entry| &entry.fact)
}

fn admitted(wanted: impl Fn(ParticipantClass) -> bool) -> Vec<ParticipantId> {
    facts()
        .filter_map(|fact| match fact {
            Fact::ParticipantAdmitted(fact) if wanted(fact.class) => Some(fact.participant.clone()),
            _ => None,
        })
        .collect()
}

/// Everybody who may look, and what they see.
fn viewers() -> Vec<Viewer> {
    let all = admitted(|_| true).into_iter().map(Viewer::Participant);
    [Viewer::Public].into_iter().chain(all).collect()
}

/// The obvious way: what is open on a day, by following each proposal from act to act.
fn open_on(day: Date, viewer: Viewer) -> BTreeMap<ProposalId, Vec<Change>> {
    let mut asked: BTreeMap<ProposalId, Vec<Change>> = BTreeMap::new();
    let mut closed = BTreeSet::new();
    for occurrence in RECORD.timeline(&View::of(viewer).as_of(day)).unwrap() {
        match occurrence.fact {
            Fact::ProposalTabled(fact) => {
                asked.insert(fact.proposal.clone(), fact.changes.clone());
            }
            Fact::ProposalRevised(fact) => {
                asked.insert(fact.proposal.clone(), fact.changes.clone());
            }
            Fact::ProposalCarried(fact) => {
                if let Some(changes) = &fact.changes {
                    asked.insert(fact.proposal.clone(), changes.clone());
                }
            }
            Fact::ProposalWithdrawn(fact) => {
                closed.insert(fact.proposal.clone());
            }
            Fact::ProposalReintroduced(fact) => {
                closed.remove(&fact.proposal);
            }
            Fact::ProposalLapsed(fact) => {
                closed.insert(fact.proposal.clone());
            }
            Fact::ProvisionAgreed(fact) => closed.extend(fact.proposals.iter().cloned()),
            _ => {}
        }
    }
    asked.retain(|proposal, _| !closed.contains(proposal));
    asked
}

fn open_publicly_on(provision: &str, day: Date) -> Vec<(ProposalId, Act)> {
    let open = open_on(day, Viewer::Public).into_iter();
    open.flat_map(|(proposal, changes)| {
        let on_it = changes.into_iter().filter(|change| change.target.as_str() == provision);
        on_it.map(move |change| (proposal.clone(), change.act)).collect::<Vec<_>>()
    })
    .collect()
}

#[test]
fn the_record_is_admitted_and_comes_out_the_same_twice() {
    let once = build(&folder()).unwrap().into_sealed().unwrap();
    assert_eq!(once, build(&folder()).unwrap().into_sealed().unwrap());
    // A header before the entries and a checkpoint behind them.
    assert_eq!(once.lines().count(), RECORD.len() + 2);
}

#[test]
fn every_kind_of_fact_occurs() {
    let found: BTreeSet<&str> = facts().map(Fact::kind).collect();
    // What a reader lays over a record on one machine is in no record.
    let missing = Fact::KINDS.into_iter().filter(|kind| *kind != "text_attached");
    let missing: Vec<&str> = missing.filter(|kind| !found.contains(kind)).collect();
    assert!(missing.is_empty(), "nothing in the practice negotiation shows {missing:?}");
}

#[test]
fn every_act_occurs_and_every_audience_and_every_strength() {
    let act = |act: &Act| match act {
        Act::Replace { .. } => "replace",
        Act::Editorial { .. } => "editorial",
        Act::Retitle { .. } => "retitle",
        Act::Add { .. } => "add",
        Act::Suppress => "suppress",
        Act::NoChange => "no change",
        Act::Transfer { .. } => "transfer",
    };
    let audience = |audience: &Audience| match audience {
        Audience::Public => "public",
        Audience::Participants => "participants",
        Audience::Group { .. } => "group",
        Audience::Delegation(_) => "delegation",
        Audience::Secretariat => "secretariat",
        Audience::Observers(_) => "observers",
    };
    let strength = |strength: Strength| match strength {
        Strength::Sponsors => "sponsors",
        Strength::Supports => "supports",
        Strength::CanAccept => "can accept",
        Strength::ReservesPosition => "reserves its position",
        Strength::Abstained => "abstained",
        Strength::Opposes => "opposes",
    };
    let mut acts = BTreeSet::new();
    let mut strengths = BTreeSet::new();
    for fact in facts() {
        match fact {
            Fact::ProposalTabled(fact) => acts.extend(fact.changes.iter().map(|c| act(&c.act))),
            Fact::PositionTaken(fact) => strengths.extend([strength(fact.strength)]),
            _ => {}
        }
    }
    let audiences: BTreeSet<_> = RECORD.entries().map(|e| audience(&e.audience)).collect();
    assert_eq!((acts.len(), audiences.len(), strengths.len()), (7, 6, 6));
}

#[test]
fn the_cast_is_as_promised() {
    let states = admitted(|class| class == ParticipantClass::State);
    assert_eq!(states.len(), 24);
    assert_eq!(admitted(ParticipantClass::is_group).len(), 4);
    let stakeholders = admitted(|class| matches!(class, ParticipantClass::Stakeholder(_)));
    assert_eq!(stakeholders.len(), 2);
    assert_eq!(admitted(|class| class == ParticipantClass::Secretariat).len(), 1);
}

/// Codes of the invented States must not be taken for those of real ones; the other negotiation
/// lists nearly all of these.
#[test]
fn no_invented_state_has_the_code_of_a_real_one() {
    let file = folder().join("../ahc/delegations.json");
    let real = fs::read_to_string(&file).unwrap();
    assert!(real.contains("\"FRA\""), "{} lists no codes", file.display());
    for id in admitted(|class| class == ParticipantClass::State) {
        assert!(!real.contains(&format!("\"{id}\"")), "{id} is a real State's code");
    }
}

#[test]
fn there_are_a_hundred_and_fifty_proposals_and_only_the_non_papers_have_no_sponsors() {
    let mut sponsored = BTreeSet::new();
    let mut tabled = BTreeSet::new();
    for fact in facts() {
        match fact {
            Fact::ProposalTabled(fact) => {
                tabled.insert(&fact.proposal);
            }
            Fact::SponsorJoined(fact) => {
                sponsored.insert(&fact.proposal);
            }
            _ => {}
        }
    }
    assert!(150 <= tabled.len(), "only {} proposals", tabled.len());
    let nobodys = tabled.difference(&sponsored).map(|id| id.as_str()).collect::<Vec<_>>();
    assert_eq!(nobodys, ["I-01", "I-02", "I-03", "I-04", "I-05", "I-06"]);
}

#[test]
fn ten_proposals_are_open_on_one_paragraph_where_the_newcomer_is_shown_in() {
    let opening = facts().find_map(|fact| match fact {
        Fact::ProcessOpened(fact) => fact.opening_view,
        _ => None,
    });
    let open = open_publicly_on("notice.1", opening.unwrap());
    assert!(10 <= open.len(), "{open:?}");
}

#[test]
fn a_paragraph_is_to_go_and_to_stay_and_to_read_otherwise() {
    let open = open_publicly_on("safeguards.1", date(2025, 2, 14));
    let has = |wanted: fn(&Act) -> bool| open.iter().any(|(_, act)| wanted(act));
    assert!(has(|act| matches!(act, Act::Suppress)));
    assert!(has(|act| matches!(act, Act::NoChange)));
    assert!(has(|act| matches!(act, Act::Replace { .. })));
    assert!(10 <= open.len(), "{open:?}");
}

#[test]
fn each_base_settles_what_was_open_on_the_last() {
    for (day, carried) in [(date(2024, 11, 29), 14), (date(2025, 6, 6), 0)] {
        assert_eq!(open_on(day, Viewer::Public).len(), carried, "on {day}");
    }
}

#[test]
fn two_of_the_proposals_ask_for_the_same_words() {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for fact in facts() {
        let Fact::ProposalTabled(fact) = fact else { continue };
        for change in &fact.changes {
            if let Act::Replace { text } = &change.act {
                *words.entry(format!("{} {text}", change.target)).or_default() += 1;
            }
        }
    }
    assert!(words.values().any(|times| 1 < *times));
}

#[test]
fn amendments_reach_other_proposals_and_what_they_add() {
    let amendments = facts().filter_map(|fact| match fact {
        Fact::ProposalTabled(fact) => fact.amends.as_ref().map(|of| (of, &fact.changes)),
        _ => None,
    });
    let (added, others): (Vec<_>, Vec<_>) = amendments.partition(|(of, changes)| {
        changes.iter().all(|change| change.target.as_str().starts_with(&format!("{of}~")))
    });
    assert!(!added.is_empty() && !others.is_empty());
}

#[test]
fn no_viewer_but_its_own_delegation_sees_a_mandate() {
    let mut seen = 0;
    for viewer in viewers() {
        for occurrence in RECORD.timeline(&View::of(viewer.clone())).unwrap() {
            if let Fact::MandateSet(fact) = occurrence.fact {
                assert_eq!(viewer, Viewer::Participant(fact.participant.clone()));
                seen += 1;
            }
        }
    }
    assert_eq!(seen, facts().filter(|fact| matches!(fact, Fact::MandateSet(_))).count());
}

#[test]
fn the_words_of_a_restricted_proposal_are_public_and_its_sponsor_is_not() {
    let knows = |viewer: &str| {
        let viewer = match viewer {
            "" => Viewer::Public,
            id => Viewer::Participant(ParticipantId::new(id)),
        };
        let proposal = ProposalId::new("S1-91");
        let timeline = RECORD.timeline(&View::of(viewer)).unwrap();
        let tabled = timeline.iter().any(|occurrence| {
            matches!(occurrence.fact, Fact::ProposalTabled(fact) if fact.proposal == proposal)
        });
        let sponsored = timeline.iter().any(|occurrence| {
            matches!(occurrence.fact, Fact::SponsorJoined(fact) if fact.proposal == proposal)
        });
        (tabled, sponsored)
    };
    assert_eq!(knows(""), (true, false));
    assert_eq!(knows("FERRY"), (true, false));
    assert_eq!(knows("MIR"), (true, true));
}

#[test]
fn every_state_present_is_in_the_roll_of_each_vote() {
    let states = admitted(|class| class == ParticipantClass::State).len();
    let mut votes = 0;
    for fact in facts() {
        let Fact::VoteTaken(fact) = fact else { continue };
        votes += 1;
        let absent = states - fact.ballots.len();
        assert!(absent <= 1, "{} were absent from {}", absent, fact.decision);
        let in_favour = fact.ballots.values().filter(|ballot| **ballot == Ballot::Yes).count();
        assert_eq!(u32::try_from(in_favour).ok(), fact.tally.map(|tally| tally.in_favour));
    }
    assert_eq!(votes, 5);
}

#[test]
fn some_entries_came_late_and_some_dates_are_known_to_the_month_only() {
    let late = RECORD.entries().filter(|entry| {
        let recorded = jiff::tz::Offset::UTC.to_datetime(entry.recorded_at).date();
        entry.at.counts_from() < recorded
    });
    let by_month = RECORD.entries().filter(|entry| entry.at.to_string().len() == 7);
    assert!(3 <= late.count() && 2 <= by_month.count());
}

/// A correction of a source file that no longer fits the draft is found where it was made.
#[test]
fn an_edit_that_does_not_fit_names_its_file_and_line() {
    let copy = std::env::temp_dir().join(format!("travaux-practice-{}", std::process::id()));
    fs::create_dir_all(copy.join("texts")).unwrap();
    for name in LOGS.iter().chain(&["texts/zero.md", "texts/revised.md", "texts/adopted.md"]) {
        fs::copy(folder().join(name), copy.join(name)).unwrap();
    }
    let zero = fs::read_to_string(copy.join("texts/zero.md")).unwrap();
    fs::write(copy.join("texts/zero.md"), zero.replace("one hundred metres", "a furlong")).unwrap();
    let error = format!("{:#}", build(&copy).unwrap_err());
    fs::remove_dir_all(&copy).unwrap();
    assert!(error.contains("session-1.md:"), "{error}");
    assert!(error.contains("\"one hundred metres\" does not stand in the text"), "{error}");
}

/// What was agreed is what was adopted: nobody tidied it on the way.
#[test]
fn the_convention_reads_as_it_was_agreed() {
    let mut agreed = BTreeMap::new();
    let mut adopted = BTreeMap::new();
    for fact in facts() {
        match fact {
            Fact::ProvisionAgreed(fact) => {
                agreed.insert(fact.provision.clone(), fact.text.clone());
            }
            Fact::DocumentIssued(fact) => {
                let base = fact.base.iter().filter(|base| base.decision == TextDecision::Adopted);
                let provisions = base.flat_map(|base| base.provisions.clone());
                adopted.extend(provisions.map(|provision| (provision.id, provision.text)));
            }
            _ => {}
        }
    }
    assert!(20 <= agreed.len());
    for (provision, text) in agreed {
        assert_eq!(adopted.get(&provision), Some(&text), "{provision}");
    }
}

#[test]
fn what_was_objected_to_is_agreed_only_after_the_objection_is_lifted() {
    let mut objected = BTreeMap::new();
    let mut agreed_after = 0;
    for entry in RECORD.entries() {
        match &entry.fact {
            Fact::ObjectionRaised(objection) => {
                if let Subject::Provision(provision) = &objection.subject {
                    objected.insert(entry.id, provision.clone());
                }
            }
            Fact::ObjectionLifted(lifted) => {
                agreed_after += usize::from(objected.remove(&lifted.objection).is_some());
            }
            Fact::ProvisionAgreed(agreed) => {
                let stands = objected.values().any(|provision| *provision == agreed.provision);
                assert!(!stands, "{} is agreed over an objection", agreed.provision);
            }
            _ => {}
        }
    }
    assert_eq!(agreed_after, 2);
}
