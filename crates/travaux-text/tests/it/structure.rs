//! The laws of the rolling text: built anew, built step by step and in any order it is one text.

use proptest::prelude::*;
use travaux_text::{
    Act, Change, IssuedText, Place, Proposal, ProposalKey, ProvisionId, ProvisionKind, Reader,
    RollingText,
};

use crate::drafting::{issued, key};

const BASE: &str = "\
title: title. Convention
ch1: chapter I. General
  a1: article 1. Purpose
    a1.lead: paragraph. The purposes are:
      a1.a: subparagraph a. To prevent crime;
      a1.b: subparagraph b. To promote cooperation;
  a2: article 2. Terms
    a2.1: paragraph 1. States Parties shall ensure adequate protection.
    a2.2: paragraph 2. States Parties may consult.
ch2: chapter II. Measures
  a3: article 3. Powers
    a3.1: paragraph 1. Each State Party shall adopt measures.
";

pub(crate) fn base() -> IssuedText {
    issued(BASE)
}

/// Ids of the base, of insertions that may be there, and one that never is.
fn some_id() -> impl Strategy<Value = ProvisionId> {
    let ids = [
        "ch1", "a1", "a1.lead", "a1.a", "a1.b", "a2", "a2.1", "a2.2", "a3", "a3.1", "A~1", "B~1",
        "A~2", "nowhere",
    ];
    proptest::sample::select(ids.to_vec()).prop_map(ProvisionId::new)
}

fn some_words() -> impl Strategy<Value = String> {
    let words = [
        "States Parties shall ensure adequate protection.",
        "States Parties should ensure adequate and effective protection.",
        "Each State Party shall adopt measures.",
        "Each State Party may adopt the necessary measures.",
        "To promote cooperation;",
        "",
    ];
    proptest::sample::select(words.to_vec()).prop_map(str::to_owned)
}

fn some_place() -> impl Strategy<Value = Place> {
    prop_oneof![some_id().prop_map(Place::After), some_id().prop_map(Place::FirstUnder)]
}

fn some_change() -> impl Strategy<Value = Change> {
    let act = prop_oneof![
        4 => some_words().prop_map(|text| Act::Replace { text }),
        1 => some_words().prop_map(|text| Act::Editorial { text }),
        1 => some_words().prop_map(|heading| Act::Retitle { heading }),
        2 => Just(Act::Suppress),
        1 => Just(Act::NoChange),
        1 => some_place().prop_map(|place| Act::Transfer { place }),
        3 => (some_place(), some_words()).prop_map(|(place, text)| Act::Add {
            place,
            kind: ProvisionKind::Paragraph,
            number: String::new(),
            heading: String::new(),
            text,
        }),
    ];
    (some_id(), act).prop_map(|(target, act)| Change { target, act })
}

pub(crate) fn some_proposals() -> impl Strategy<Value = Vec<(ProposalKey, Proposal)>> {
    let proposal = |name: &'static str| {
        let other = proptest::sample::select(vec!["", "", "", "A", "B", "C"]);
        (proptest::collection::vec(some_change(), 0..4), 0_u32..3, other.clone(), other).prop_map(
            move |(changes, tabled, amends, instead_of)| {
                let other = |named: &str| (!named.is_empty() && named != name).then(|| key(named));
                let (amends, instead_of) = (other(amends), other(instead_of));
                (key(name), Proposal { changes, tabled, amends, instead_of })
            },
        )
    };
    (proposal("A"), proposal("B"), proposal("C"), proposal("D"))
        .prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

fn name_of(reader: &Reader) -> Option<String> {
    match reader {
        Reader::Base => None,
        Reader::Side(name) => Some(name.to_string()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_building_changes_nothing(
        proposals in some_proposals(),
        shuffle in Just([3_usize, 1, 0, 2]).prop_shuffle(),
    ) {
        let straight = RollingText::with_proposals(base(), proposals.clone());
        let shuffled = shuffle.iter().map(|&at| proposals[at].clone());
        let shuffled = RollingText::with_proposals(base(), shuffled);
        prop_assert_eq!(straight.un_text(&name_of), shuffled.un_text(&name_of));
        prop_assert_eq!(straight.diagnoses(), shuffled.diagnoses());
        prop_assert_eq!(straight, shuffled);
    }

    #[test]
    fn withdrawing_and_revising_equals_building_anew(
        proposals in some_proposals(),
        revised in some_proposals(),
    ) {
        let mut rolling = RollingText::with_proposals(base(), proposals.clone());
        let (gone, gone_proposal) = &proposals[0];
        let withdrawn = rolling.withdraw(gone);
        prop_assert_eq!(withdrawn.as_ref(), Some(gone_proposal));
        prop_assert_eq!(&rolling, &RollingText::with_proposals(base(), proposals[1..].to_vec()));
        rolling.revise(revised[1].0.clone(), revised[1].1.clone());
        let mut expected = proposals[1..].to_vec();
        expected[0] = revised[1].clone();
        prop_assert_eq!(&rolling, &RollingText::with_proposals(base(), expected));
        rolling.table(gone.clone(), gone_proposal.clone());
        for (key, _) in &proposals {
            rolling.withdraw(key);
        }
        prop_assert_eq!(rolling, RollingText::new(base()));
    }

    #[test]
    fn every_provision_with_a_place_is_met_once_and_every_other_is_diagnosed(
        proposals in some_proposals(),
    ) {
        let rolling = RollingText::with_proposals(base(), proposals.clone());
        let met: Vec<&ProvisionId> = rolling
            .provisions()
            .filter(|met| met.position() == travaux_text::Position::Standing)
            .map(|met| met.id())
            .collect();
        let diagnosed = rolling.diagnoses();
        let mut expected: Vec<ProvisionId> =
            base().provisions().iter().map(|provision| provision.id.clone()).collect();
        for (key, proposal) in &proposals {
            for (ordinal, change) in proposal.additions() {
                let id = ProvisionId::added(key.as_str(), ordinal);
                let Act::Add { place, .. } = &change.act else { continue };
                let anchor = place.anchor().clone();
                let trouble = travaux_text::Trouble::NoSuchPlace { anchor };
                let troubled = diagnosed.iter().any(|diagnosis| diagnosis.provision == id
                    && diagnosis.proposal == *key
                    && diagnosis.trouble == trouble);
                if !troubled {
                    expected.push(id);
                }
            }
        }
        let mut sorted: Vec<ProvisionId> = met.into_iter().cloned().collect();
        sorted.sort();
        expected.sort();
        prop_assert_eq!(sorted, expected);
    }

    #[test]
    fn the_counts_of_the_chapters_sum_up(proposals in some_proposals()) {
        let rolling = RollingText::with_proposals(base(), proposals);
        let mut sum = travaux_text::BracketCount::default();
        for chapter in rolling.count_by_chapter() {
            sum += chapter.count;
        }
        prop_assert_eq!(sum, rolling.count());
        prop_assert!(sum.words_bracketed <= sum.words);
    }

    #[test]
    fn every_side_of_every_provision_is_what_was_asked(proposals in some_proposals()) {
        let rolling = RollingText::with_proposals(base(), proposals.clone());
        for (key, proposal) in &proposals {
            let mut wanted = std::collections::BTreeMap::new();
            for change in &proposal.changes {
                if let Act::Replace { text } | Act::Editorial { text } = &change.act {
                    wanted.insert(change.target.clone(), text.clone());
                }
            }
            for (id, text) in wanted {
                if let Some(provision) = rolling.provision(&id) {
                    prop_assert_eq!(provision.text().side(key), Some(text));
                }
            }
        }
    }
}

#[test]
fn tabling_touches_nothing_else() {
    let mut rolling = RollingText::new(base());
    let change = Change { target: ProvisionId::new("a2.1"), act: Act::Suppress };
    rolling.table(key("A"), Proposal::new(0, vec![change]));
    let touched = rolling.touched_by(&key("A"));
    assert_eq!(touched.into_iter().collect::<Vec<_>>(), [ProvisionId::new("a2.1")]);
    for provision in rolling.provisions() {
        assert_eq!(provision.is_contested(), provision.id().as_str() == "a2.1");
    }
}
