//! Blame and the life of a phrase: as the scenarios ask, and as properties of records at random.

use std::collections::BTreeSet;

use proptest::prelude::*;
use travaux_negotiation::Negotiation;
use travaux_negotiation::draft::Stands;
use travaux_negotiation::life::{BlamedWords, PhraseHolder, PhraseSpell, WordOrigin};
use travaux_record::testing::records;
use travaux_record::{Fact, ParticipantId, Record, View, Viewer, project};
use travaux_text::{Likeness, Phrase, ProvisionId, tokens};

/// Answers a question of a scenario about words, if it is one.
pub(crate) fn answer(
    record: &Record,
    view: &View,
    negotiation: &Negotiation,
    asked: &str,
) -> Option<String> {
    let (verb, rest) = asked.split_once(' ')?;
    let quoted = || rest.split('"').nth(1).expect("words in quotation marks");
    match verb {
        "blame" => {
            let blame = negotiation.blame(record, view, &ProvisionId::new(rest)).unwrap();
            let Some(blame) = blame else { return Some("never heard of".to_owned()) };
            let gone = if blame.stands.is_none() { "gone; last read " } else { "" };
            Some(format!("{gone}{}", shown(&blame.words)))
        }
        "life" => {
            let id = ProvisionId::new(rest.split(' ').next()?);
            let blame = negotiation.blame(record, view, &id).unwrap().expect("words");
            let mut found = blame.of_phrase(quoted());
            for (_, side) in &blame.sides {
                let words = side.iter().filter(|words| words.text.trim() == quoted());
                found.extend(words.map(|words| vec![words.clone()]));
            }
            let found = found.first().expect("the words stand in the provision");
            let lines = found.iter().flat_map(|words| negotiation.life_of(words));
            let lines: Vec<String> = lines
                .map(|line| format!("{} {}", line.basis.at, negotiation.words(&line.sentence)))
                .collect();
            Some(lines.join("; "))
        }
        "phrase" => {
            let likeness = match rest.rsplit('"').next()?.trim() {
                "" => Likeness::Exact,
                "in any case" => Likeness::AnyCase,
                "in any form" => Likeness::AnyForm,
                other => panic!("no such likeness: {other:?}"),
            };
            let phrase = Phrase::new(quoted(), likeness).expect("words");
            let life = negotiation.phrase(record, view, &phrase).unwrap();
            let spells: Vec<String> = life.spells.iter().map(spell).collect();
            Some(if spells.is_empty() { "nowhere".to_owned() } else { spells.join("; ") })
        }
        _ => None,
    }
}

fn shown(words: &[BlamedWords]) -> String {
    let shown: Vec<String> = words
        .iter()
        .map(|words| {
            let from = match &words.life.origin {
                WordOrigin::Proposal(id) => id.to_string(),
                WordOrigin::Document(id) => id.to_string(),
                WordOrigin::Agreement => "the body".to_owned(),
            };
            let open = if words.life.is_open() { " (open)" } else { "" };
            format!("{from}: {}{open}", words.text.trim())
        })
        .collect();
    shown.join(" / ")
}

fn spell(spell: &PhraseSpell) -> String {
    let holder = match &spell.holder {
        PhraseHolder::Text(id) => id.to_string(),
        PhraseHolder::Proposal(id) => id.to_string(),
        PhraseHolder::Submission(id) => format!("submission of {id}"),
    };
    let at = spell.provision.as_ref().map(|id| format!(" on {id}")).unwrap_or_default();
    let until = match spell.until {
        Some(until) => format!("from {} until {}", spell.since.at, until.at),
        None => format!("since {}", spell.since.at),
    };
    let open = if spell.is_open() { ", open" } else { "" };
    format!("{holder}{at} {until}{open}")
}

/// Every provision that any text or proposal ever had.
fn provisions(record: &Record) -> BTreeSet<ProvisionId> {
    let mut all = BTreeSet::new();
    for entry in record.entries() {
        match &entry.fact {
            Fact::DocumentIssued(fact) => {
                let provisions = fact.base.iter().flat_map(|base| &base.provisions);
                all.extend(provisions.map(|provision| provision.id.clone()));
            }
            Fact::ProposalTabled(fact) => {
                let added = (1..=fact.changes.len())
                    .map(|at| ProvisionId::added(fact.proposal.as_str(), at));
                all.extend(added.chain(fact.changes.iter().map(|change| change.target.clone())));
            }
            _ => {}
        }
    }
    all
}

/// What holds of the blame of every provision, whatever happened.
fn blame_holds(record: &Record, view: &View, provisions: &BTreeSet<ProvisionId>) -> usize {
    let negotiation: Negotiation = project(record, view).unwrap();
    let (draft, changes) = (&negotiation.draft, &negotiation.changes);
    let mut blamed = 0;
    for id in provisions {
        let Some(blame) = negotiation.blame(record, view, id).unwrap() else {
            assert!(draft.stand(id).is_none(), "{id} stands and nobody is to blame");
            continue;
        };
        blamed += 1;
        let stand = draft.stand(id);
        assert_eq!(blame.stands, stand.as_ref().map(|stand| stand.stands.clone()), "{id}");
        if let Some(stand) = &stand {
            assert_eq!(blame.text(), stand.text, "{id}: the words are the text to the byte");
            let sides: Vec<_> = blame
                .sides
                .iter()
                .map(|(id, words)| {
                    let text: String = words.iter().map(|words| words.text.as_str()).collect();
                    (id.clone(), text)
                })
                .collect();
            let mut wanted: Vec<_> = stand.sides.clone().into_iter().collect();
            wanted.sort_by_key(|(id, _)| draft.proposals().position(|known| known.id == *id));
            assert_eq!(sides, wanted, "{id}: the sides to the byte");
            // A word is open exactly where the draft of today keeps it open.
            let mut at = 0;
            let ends: Vec<(usize, bool)> = blame
                .words
                .iter()
                .map(|words| {
                    at += words.text.len();
                    (at, words.life.is_open())
                })
                .collect();
            let mut at = 0;
            for (token, openings) in tokens(&stand.text).zip(&stand.openings) {
                let run = ends.iter().find(|(end, _)| at < *end).unwrap();
                if !token.trim().is_empty() {
                    assert_eq!(run.1, !openings.is_empty(), "{id}: {token:?} at {at}");
                }
                at += token.len();
            }
        }
        let in_text = matches!(stand.map(|stand| stand.stands), Some(Stands::InText(_)));
        for words in blame.words.iter().chain(blame.sides.iter().flat_map(|(_, words)| words)) {
            for basis in words.life.bases() {
                assert!(changes.entry(basis.entry).is_some(), "{id}: {basis:?} is not on record");
            }
        }
        for words in &blame.words {
            assert!(!in_text || words.life.entered.is_some(), "{id}: {words:?} never came in");
            assert!(!words.text.is_empty());
        }
    }
    blamed
}

/// What a viewer may not see changes no blame: the record cut to what it sees gives the same.
fn blame_leaks_nothing(record: &Record, view: &View, provisions: &BTreeSet<ProvisionId>) {
    let cut = Record::of(record.visible(view).cloned()).unwrap();
    let whole: Negotiation = project(record, view).unwrap();
    let part: Negotiation = project(&cut, view).unwrap();
    for id in provisions {
        let (one, other) = (whole.blame(record, view, id), part.blame(&cut, view, id));
        assert_eq!(one.unwrap(), other.unwrap(), "{id} for {:?}", view.viewer);
    }
}

/// A phrase stands in a text now exactly where the text of today has it.
fn phrase_holds(record: &Record, view: &View, words: &str) -> usize {
    let negotiation: Negotiation = project(record, view).unwrap();
    let phrase = Phrase::new(words, Likeness::Exact).unwrap();
    let life = negotiation.phrase(record, view, &phrase).unwrap();
    let standing: BTreeSet<ProvisionId> = life
        .standing()
        .filter(|spell| matches!(spell.holder, PhraseHolder::Text(_)))
        .filter_map(|spell| spell.provision.clone())
        .collect();
    let present = negotiation.draft.present().provisions().iter();
    let expected: BTreeSet<ProvisionId> = present
        .filter(|provision| phrase.is_in(&provision.text))
        .map(|provision| provision.id.clone())
        .collect();
    assert_eq!(standing, expected, "{words:?}");
    let starts: Vec<_> = life.spells.iter().map(|spell| spell.since.at).collect();
    assert!(starts.is_sorted(), "{words:?} in order of date");
    life.spells.len()
}

fn seen_by(viewer: &str) -> View {
    View::of(Viewer::Participant(ParticipantId::new(viewer)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_word_has_one_origin_and_the_words_are_the_text(record in records()) {
        let provisions = provisions(&record);
        for view in [View::public(), seen_by("AAA")] {
            blame_holds(&record, &view, &provisions);
            for words in ["shall", "party shall act"] {
                phrase_holds(&record, &view, words);
            }
        }
        blame_leaks_nothing(&record, &seen_by("BBB"), &provisions);
    }
}

#[test]
fn the_practice_negotiation_is_blamed_to_the_byte() {
    let record = super::shipped::shipped("practice");
    let provisions = provisions(&record);
    let mut blamed = 0;
    for (viewer, day) in [("VDM", "2025-02-14"), ("PBX", "2025-06-05"), ("SECR", "2024-06-05")] {
        let view = seen_by(viewer).as_of(day.parse().unwrap());
        let some: BTreeSet<ProvisionId> = provisions.iter().step_by(3).cloned().collect();
        blamed += blame_holds(&record, &view, &some);
        blame_leaks_nothing(&record, &view, &some.into_iter().step_by(5).collect());
        assert!(0 < phrase_holds(&record, &view, "without delay"));
    }
    assert!(70 < blamed, "{blamed} provisions blamed");
}

#[test]
fn the_convention_is_blamed_to_the_byte() {
    let record = super::shipped::shipped("ahc");
    let some: BTreeSet<ProvisionId> = provisions(&record).into_iter().step_by(9).collect();
    let view = View::public().as_of("2024-08-08".parse().unwrap());
    let blamed = blame_holds(&record, &view, &some);
    assert!(20 < blamed, "{blamed} provisions blamed");
    assert!(0 < phrase_holds(&record, &View::public(), "serious crimes"));
}
