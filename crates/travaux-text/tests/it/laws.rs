//! The laws of the kernel (DESIGN section 5), each as a property of generated merges.

use std::collections::BTreeSet;

use crate::generate::{amended, merged, name};
use proptest::prelude::*;
use travaux_text::{Merge, Node, Reader, SideName, cost, side_of, tokens};

/// The kernel by definition: for each gap what is inserted, then the token unless it is deleted.
fn side_by_the_kernel(merge: &Merge, name: &SideName) -> String {
    let mut text = String::new();
    for gap in 0..=merge.base_len() {
        if let Some(inserted) = merge.insertions(gap).get(name) {
            text += inserted;
        }
        if gap < merge.base_len() && !merge.deleters(gap).contains(name) {
            text += merge.base_text(gap..gap + 1);
        }
    }
    text
}

/// Checks every choice: nobody reads two alternatives or none, nobody is missing, no twins, order.
fn check_choices(nodes: &[Node], readers: &BTreeSet<Reader>) {
    for node in nodes {
        match node {
            Node::Text(text) => assert!(!text.is_empty(), "an empty text in {nodes:?}"),
            Node::Choice(alternatives) => {
                assert!(alternatives.len() > 1, "a choice of one in {nodes:?}");
                let by: Vec<Reader> = alternatives.iter().flat_map(|a| a.by.iter()).collect();
                assert_eq!(by.iter().cloned().collect::<BTreeSet<_>>(), *readers, "{nodes:?}");
                assert_eq!(by.len(), readers.len(), "somebody reads two alternatives in {nodes:?}");
                let firsts: Vec<_> = alternatives.iter().map(|a| a.by.first()).collect();
                assert!(firsts.iter().all(Option::is_some), "an empty `by` in {nodes:?}");
                assert!(firsts.is_sorted(), "alternatives out of order in {nodes:?}");
                for (at, one) in alternatives.iter().enumerate() {
                    assert!(alternatives[..at].iter().all(|o| o.nodes != one.nodes), "{nodes:?}");
                    check_choices(&one.nodes, &one.by.iter().collect());
                }
            }
        }
    }
    let texts_meet = |pair: &[Node]| matches!(pair, [Node::Text(_), Node::Text(_)]);
    assert!(!nodes.windows(2).any(texts_meet), "two texts side by side in {nodes:?}");
}

fn texts_in(nodes: &[Node]) -> Vec<String> {
    nodes
        .iter()
        .flat_map(|node| match node {
            Node::Text(text) => vec![text.clone()],
            Node::Choice(alternatives) => {
                alternatives.iter().flat_map(|a| texts_in(&a.nodes)).collect()
            }
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn side_is_given_back_to_the_byte((base, sides) in amended()) {
        let merge = merged(&base, &sides);
        let printed = merge.printed();
        for (at, side) in sides.iter().enumerate() {
            let name = name(at);
            prop_assert_eq!(merge.side(&name), Some(side.clone()));
            prop_assert_eq!(&side_by_the_kernel(&merge, &name), side);
            let reader = Reader::Side(name);
            prop_assert_eq!(side_of(&merge.nodes(), &reader), Some(side.clone()));
            prop_assert_eq!(side_of(&printed.nodes, &reader), Some(side.clone()));
        }
        prop_assert_eq!(side_of(&merge.nodes(), &Reader::Base), Some(base.clone()));
        prop_assert_eq!(side_of(&printed.nodes, &Reader::Base), Some(base));
    }

    #[test]
    fn choices_partition_their_readers((base, sides) in amended()) {
        let merge = merged(&base, &sides);
        let readers: BTreeSet<Reader> =
            std::iter::once(Reader::Base).chain(merge.sides().cloned().map(Reader::Side)).collect();
        check_choices(&merge.nodes(), &readers);
        check_choices(&merge.printed().nodes, &readers);
    }

    #[test]
    fn order_of_tabling_changes_nothing((base, sides) in amended()) {
        let mut backwards = Merge::new(&base);
        for (at, side) in sides.iter().enumerate().rev() {
            backwards.table(name(at), side).unwrap();
        }
        let merge = merged(&base, &sides);
        prop_assert_eq!(&merge, &backwards);
        prop_assert_eq!(merge.nodes(), backwards.nodes());
        prop_assert_eq!(merge.printed(), backwards.printed());
    }

    #[test]
    fn union_is_merging_one_into_the_other((base, sides) in amended(), cut in 0_usize..6) {
        let cut = cut.min(sides.len());
        let mut first = merged(&base, &sides[..cut]);
        let mut second = Merge::new(&base);
        for (at, side) in sides.iter().enumerate().skip(cut) {
            second.table(name(at), side).unwrap();
        }
        let united = first.union(&second).unwrap();
        for (at, side) in sides.iter().enumerate().skip(cut) {
            first.table(name(at), side).unwrap();
        }
        prop_assert_eq!(&united, &first);
        prop_assert_eq!(&united, &merged(&base, &sides));
        for token in 0..united.base_len() {
            let all: BTreeSet<SideName> = (0..sides.len())
                .filter(|&at| merged(&base, &sides).change(&name(at)).unwrap().deletes(token))
                .map(name)
                .collect();
            prop_assert_eq!(united.deleters(token), all);
        }
    }

    #[test]
    fn withdrawal_is_removal((base, sides) in amended()) {
        for (at, _) in sides.iter().enumerate() {
            let mut merge = merged(&base, &sides);
            prop_assert!(merge.withdraw(&name(at)));
            prop_assert!(!merge.withdraw(&name(at)));
            let mut without = Merge::new(&base);
            for (other, side) in sides.iter().enumerate().filter(|(other, _)| *other != at) {
                without.table(name(other), side).unwrap();
            }
            prop_assert_eq!(merge, without);
        }
    }

    /// The oracle knows the side alone: what it touches is what it touches over the bare base.
    #[test]
    fn locality_a_side_alters_only_what_it_touches((base, sides) in amended()) {
        let Some((last, others)) = sides.split_last() else { return Ok(()) };
        let own = name(others.len());
        let before = merged(&base, others);
        let after = merged(&base, &sides);
        let mut alone = Merge::new(&base);
        alone.table(own.clone(), last).unwrap();
        for place in 0..=after.base_len() {
            let mut inserted = before.insertions(place);
            inserted.extend(alone.insertions(place));
            prop_assert_eq!(after.insertions(place), inserted);
            if place < after.base_len() {
                let mut deleters = before.deleters(place);
                deleters.extend(alone.deleters(place));
                prop_assert_eq!(after.deleters(place), deleters);
            }
        }
    }

    #[test]
    fn silence_is_not_consent_one_unopposed_proposal_stays_a_choice((base, sides) in amended()) {
        for side in &sides {
            let merge = merged(&base, std::slice::from_ref(side));
            let choices = merge.nodes().iter().filter(|n| matches!(n, Node::Choice(_))).count();
            prop_assert_eq!(choices > 0, *side != base);
            prop_assert_eq!(merge.change(&name(0)).unwrap().is_none(), *side == base);
        }
    }

    #[test]
    fn every_base_byte_and_every_distinct_insertion_stands_once((base, sides) in amended()) {
        let merge = merged(&base, &sides);
        let mut expected: BTreeSet<(usize, String)> = BTreeSet::new();
        for gap in 0..=merge.base_len() {
            expected.extend(merge.insertions(gap).into_values().map(|text| (gap, text)));
        }
        let inserted: usize = expected.iter().map(|(_, text)| text.len()).sum();
        let printed: usize = texts_in(&merge.nodes()).iter().map(String::len).sum();
        prop_assert_eq!(printed, base.len() + inserted);
    }

    #[test]
    fn printing_costs_no_more_than_the_normal_form((base, sides) in amended()) {
        let merge = merged(&base, &sides);
        let printed = merge.printed();
        prop_assert_eq!(printed.cost, cost(&printed.nodes));
        prop_assert!(printed.cost <= cost(&merge.nodes()));
    }

    #[test]
    fn tokens_concatenate_to_their_text(text in "\\PC*|[ -~\\s]*") {
        prop_assert_eq!(tokens(&text).collect::<String>(), text);
    }
}
