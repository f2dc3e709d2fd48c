//! The laws, and sides to the byte, on the two negotiations that ship with the program.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use travaux_negotiation::Negotiation;
use travaux_negotiation::draft::Proposal;
use travaux_record::{
    Fact, Folded, Projection as _, Read, Record, View, Viewer, decode_lines, project,
};
use travaux_text::{Act, ProvisionId};

pub(crate) fn shipped(name: &str) -> Record {
    let path = format!("{}/../../examples/{name}/record.jsonl", env!("CARGO_MANIFEST_DIR"));
    let lines = decode_lines(&std::fs::read(path).unwrap()).unwrap();
    let entries = lines.into_iter().map(|read| match read {
        Read::Known(entry) => *entry,
        Read::Newer(newer) => panic!("{newer:?}"),
    });
    Record::of(entries).unwrap()
}

/// The public, then everybody who was admitted.
fn viewers(record: &Record) -> Vec<Viewer> {
    let admitted = record.entries().filter_map(|entry| match &entry.fact {
        Fact::ParticipantAdmitted(fact) => Some(Viewer::Participant(fact.participant.clone())),
        _ => None,
    });
    [Viewer::Public].into_iter().chain(admitted).collect()
}

fn dates(record: &Record) -> Vec<Date> {
    let timeline = record.timeline(&View::public()).unwrap();
    let dates: BTreeSet<Date> = timeline.iter().map(|seen| seen.at.counts_from()).collect();
    dates.into_iter().collect()
}

/// Folds the whole timeline once and compares, at the end of each of its days, with the record
/// folded anew up to that day.
fn as_of_equals_rebuilt(record: &Record, viewer: &Viewer, every: usize) {
    let view = View::of(viewer.clone());
    let timeline = record.timeline(&view).unwrap();
    let mut followed = Negotiation::default();
    let mut day = 0;
    for (at, seen) in timeline.iter().enumerate() {
        followed.apply(*seen);
        let ends =
            timeline.get(at + 1).is_none_or(|next| seen.at.counts_from() < next.at.counts_from());
        if !ends {
            continue;
        }
        day += 1;
        if day % every != 0 {
            continue;
        }
        let date = seen.at.counts_from();
        let rebuilt: Negotiation = project(record, &view.clone().as_of(date)).unwrap();
        assert_eq!(followed, rebuilt, "{viewer:?} on {date}");
        // What is kept up with each act reads as what is set together anew.
        assert_eq!(followed.draft.text(), rebuilt.draft.text(), "{viewer:?} on {date}");
    }
    assert!(day > 20, "a negotiation of {day} days");
}

#[test]
fn the_convention_as_of_any_date_is_what_it_is_rebuilt() {
    as_of_equals_rebuilt(&shipped("ahc"), &Viewer::Public, 1);
}

#[test]
fn the_practice_negotiation_as_of_any_date_is_what_it_is_rebuilt() {
    let record = shipped("practice");
    for viewer in viewers(&record).into_iter().step_by(9) {
        as_of_equals_rebuilt(&record, &viewer, 1);
    }
}

#[test]
fn the_practice_negotiation_followed_entry_by_entry_is_what_it_is_rebuilt() {
    let record = shipped("practice");
    let mut growing = Record::new();
    let mut folded = Folded::<Negotiation>::new(View::public());
    for (number, entry) in record.entries().enumerate() {
        growing.append(entry.clone()).unwrap();
        let followed = folded.catch_up(&growing).unwrap();
        if number % 40 == 0 {
            let rebuilt: Negotiation = project(&growing, &View::public()).unwrap();
            assert_eq!(*followed, rebuilt, "after entry {number}");
        }
    }
}

#[test]
fn what_a_viewer_may_not_see_changes_nothing_for_it() {
    let record = shipped("practice");
    let all = viewers(&record);
    assert!(all.len() > 20, "{} viewers", all.len());
    for viewer in all {
        let view = View::of(viewer);
        let seen: Vec<_> = record.visible(&view).cloned().collect();
        let cut = Record::of(seen).unwrap();
        let (whole, part): (Negotiation, Negotiation) =
            (project(&record, &view).unwrap(), project(&cut, &view).unwrap());
        assert_eq!(whole, part, "{view:?}");
    }
}

/// The oracle for the side of one proposal: every provision it words reads as it asks, every other
/// one as the base, and what it deletes is gone with all below it.
fn expected(negotiation: &Negotiation, proposal: &Proposal) -> BTreeMap<ProvisionId, String> {
    let draft = &negotiation.draft;
    let mut texts: BTreeMap<ProvisionId, String> = BTreeMap::new();
    for provision in draft.present().provisions() {
        texts.insert(provision.id.clone(), provision.text.clone());
    }
    let mut added = 0;
    for change in draft.open_changes(proposal) {
        match change.act {
            // An amendment to what another proposal adds says nothing without that proposal.
            Act::Replace { text } | Act::Editorial { text } => {
                if let Some(words) = texts.get_mut(&change.target) {
                    *words = text;
                }
            }
            Act::Add { text, .. } => {
                added += 1;
                texts.insert(ProvisionId::added(proposal.id.as_str(), added), text);
            }
            Act::Suppress => {
                for below in draft.present().subtree(&change.target) {
                    texts.remove(&below.id);
                }
            }
            Act::Retitle { .. } | Act::NoChange | Act::Transfer { .. } => {}
        }
    }
    texts
}

fn sides_hold(record: &Record, on: Date, viewer: Viewer) -> usize {
    let negotiation: Negotiation = project(record, &View::of(viewer).as_of(on)).unwrap();
    let mut read = 0;
    for proposal in negotiation.draft.open_proposals() {
        let side = negotiation.side_of_proposal(&proposal.id).unwrap();
        let text = side.side.text().unwrap_or_else(|| panic!("{} composes", proposal.id));
        let found: BTreeMap<ProvisionId, String> =
            text.provisions().iter().map(|p| (p.id.clone(), p.text.clone())).collect();
        assert_eq!(found, expected(&negotiation, proposal), "{} on {on}", proposal.id);
        assert_eq!(side.plain(), text.plain());
        read += 1;
    }
    // Whoever sponsors one proposal reads as that proposal; who sponsors none has the base.
    for participant in negotiation.process.participants() {
        let side = negotiation.side_of_participant(&participant.participant);
        match side.proposals.as_slice() {
            [] => assert_eq!(side.plain(), negotiation.draft.present().plain()),
            [one] => {
                let alone = negotiation.side_of_proposal(&one.id).unwrap();
                assert_eq!(side.plain(), alone.plain());
            }
            [_, _, ..] if side.side.composes() => {
                assert_eq!(Some(side.plain()), side.side.text().map(|text| text.plain()));
            }
            [_, _, ..] => assert!(!side.clashes().is_empty() && side.plain().contains("as in ")),
        }
    }
    read
}

#[test]
fn every_alternative_of_the_convention_reads_to_the_byte_as_it_was_recorded() {
    let record = shipped("ahc");
    let read: usize = ["2023-04-21", "2023-09-01", "2024-08-08"]
        .iter()
        .map(|on| sides_hold(&record, on.parse().unwrap(), Viewer::Public))
        .sum();
    assert!(read > 100, "{read} sides were read");
}

#[test]
fn every_proposal_of_the_practice_negotiation_reads_to_the_byte_as_it_was_tabled() {
    let record = shipped("practice");
    let days = dates(&record);
    let read: usize = days
        .iter()
        .step_by(12)
        .flat_map(|on| viewers(&record).into_iter().step_by(11).map(move |viewer| (*on, viewer)))
        .map(|(on, viewer)| sides_hold(&record, on, viewer))
        .sum();
    assert!(read > 100, "{read} sides were read");
}

#[test]
fn what_was_said_of_an_earlier_text_keeps_the_numbers_of_that_text() {
    let record = shipped("ahc");
    let later: Negotiation = project(&record, &View::public()).unwrap();
    let chapeau = ProvisionId::new("safeguards.chapeau");
    assert_eq!(later.draft.citation(&chapeau).words, "article 24, paragraph 1");
    let history = later.history(&chapeau);
    let said = |line: &travaux_negotiation::HistoryLine<'_>| {
        later.words(&line.happening.description.sentence)
    };
    let on_the_first: Vec<String> =
        history.iter().map(said).filter(|said| said.ends_with("A/AC.291/19")).collect();
    assert!(on_the_first.len() > 5, "{on_the_first:?}");
    for said in on_the_first {
        assert!(said.contains("on article 42, paragraph 1 of A/AC.291/16"), "{said}");
    }
}

#[test]
fn a_decision_is_dated_by_what_decided_it_and_not_by_what_was_said_of_it_later() {
    let record = shipped("ahc");
    let day = |day: &str| -> Date { day.parse().unwrap() };
    let view = View::public().as_of(day("2024-08-09"));
    let negotiation: Negotiation = project(&record, &view).unwrap();
    let id = travaux_record::DecisionId::new("ahc-2024-08-08-convention");
    let decision = negotiation.decisions.decision(&id).unwrap();
    let dated = |basis: &travaux_negotiation::Basis| basis.at.counts_from();
    assert_eq!(decision.bases().last().map(dated), Some(day("2024-08-09")), "it was explained");
    assert_eq!(decision.decided_by().as_ref().map(dated), Some(day("2024-08-08")));
}

#[test]
fn since_when_is_the_date_of_the_entry_that_is_shown_for_it() {
    let record = shipped("ahc");
    let negotiation: Negotiation = project(&record, &View::public()).unwrap();
    let mut again = 0;
    for issue in negotiation.positions.issues() {
        let on = day_after(&negotiation);
        for stance in negotiation.positions.stances(&issue.fact.issue, &negotiation.process, on) {
            let entry = negotiation.changes.entry(stance.first.basis.entry).unwrap();
            assert_eq!(stance.since(), entry.basis.at);
            assert!(stance.since() <= stance.position.basis.at);
            again += usize::from(stance.first.basis != stance.position.basis);
        }
    }
    assert!(again > 10, "hardly anybody says a thing twice: {again}");
}

fn day_after(negotiation: &Negotiation) -> Date {
    negotiation.changes.last_day().unwrap()
}
