//! The laws of a side of the whole text: what composes is one text, and every reading is shown.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use travaux_text::{
    Act, Change, Completeness, IssuedText, Place, Proposal, ProposalKey, Provision, ProvisionId,
    RollingText, Side, Wording,
};

use crate::structure::{base, some_proposals};

/// Every order of four things.
fn orders(keys: &[ProposalKey]) -> Vec<Vec<&ProposalKey>> {
    match keys {
        [] => vec![Vec::new()],
        keys => (0..keys.len())
            .flat_map(|first| {
                let mut rest = keys.to_vec();
                rest.remove(first);
                let rests: Vec<Vec<usize>> = orders(&rest)
                    .into_iter()
                    .map(|order| {
                        order
                            .into_iter()
                            .filter_map(|key| keys.iter().position(|own| own == key))
                            .collect()
                    })
                    .collect();
                rests.into_iter().map(move |rest| {
                    std::iter::once(first).chain(rest).map(|at| &keys[at]).collect()
                })
            })
            .collect(),
    }
}

fn keys(proposals: &[(ProposalKey, Proposal)]) -> Vec<ProposalKey> {
    proposals.iter().map(|(key, _)| key.clone()).collect()
}

fn without_transfers(mut proposals: Vec<(ProposalKey, Proposal)>) -> Vec<(ProposalKey, Proposal)> {
    for (_, proposal) in &mut proposals {
        proposal.changes.retain(|change| !matches!(change.act, Act::Transfer { .. }));
    }
    proposals
}

fn texts_of_all_orders(side: &Side<'_>, keys: &[ProposalKey]) -> Vec<IssuedText> {
    orders(keys).into_iter().map(|order| side.preferring(order)).collect()
}

fn words(provision: &Provision) -> Wording {
    Wording { heading: provision.heading.clone(), text: provision.text.clone() }
}

/// The oracle edits a list, one change after the other, as a typist would.
fn typed(base: &IssuedText, key: &ProposalKey, proposal: &Proposal) -> Vec<(ProvisionId, Wording)> {
    let mut list: Vec<(ProvisionId, usize, Wording)> = base
        .provisions()
        .iter()
        .map(|it| (it.id.clone(), base.depth(&it.id).unwrap_or_default(), words(it)))
        .collect();
    let end = |list: &[(ProvisionId, usize, Wording)], at: usize| {
        (at + 1..list.len()).find(|&next| list[next].1 <= list[at].1).unwrap_or(list.len())
    };
    // Insertions wait until their place is there; the last in a gap is typed first.
    let mut waiting: Vec<(ProvisionId, &Change)> = proposal
        .additions()
        .map(|(ordinal, change)| (ProvisionId::added(key.as_str(), ordinal), change))
        .rev_by_ordinal();
    while let Some(next) = waiting.iter().position(|(_, change)| {
        matches!(&change.act, Act::Add { place, .. }
            if list.iter().any(|(id, ..)| id == place.anchor()))
    }) {
        let (id, change) = waiting.remove(next);
        if let Act::Add { place, heading, text, .. } = &change.act {
            let anchor = list.iter().position(|(id, ..)| id == place.anchor()).unwrap_or(0);
            let depth = list[anchor].1;
            let (at, depth) = match place {
                Place::After(_) => (end(&list, anchor), depth),
                Place::FirstUnder(_) => (anchor + 1, depth + 1),
            };
            let wording = Wording { heading: heading.clone(), text: text.clone() };
            list.insert(at, (id, depth, wording));
        }
    }
    for change in &proposal.changes {
        for (_, _, wording) in list.iter_mut().filter(|(id, ..)| *id == change.target) {
            match &change.act {
                Act::Replace { text } | Act::Editorial { text } => wording.text.clone_from(text),
                Act::Retitle { heading } => wording.heading.clone_from(heading),
                _ => {}
            }
        }
    }
    for change in proposal.changes.iter().filter(|change| change.act == Act::Suppress) {
        if let Some(at) = list.iter().position(|(id, ..)| *id == change.target) {
            list.drain(at..end(&list, at));
        }
    }
    list.into_iter().map(|(id, _, wording)| (id, wording)).collect()
}

trait ByOrdinal: Iterator + Sized {
    fn rev_by_ordinal(self) -> Vec<Self::Item> {
        let mut list: Vec<Self::Item> = self.collect();
        list.reverse();
        list
    }
}

impl<I: Iterator> ByOrdinal for I {}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_side_of_one_proposal_is_what_a_typist_makes_of_it(proposals in some_proposals()) {
        let proposals = without_transfers(proposals);
        let (key, proposal) = &proposals[0];
        let rolling = RollingText::with_proposals(base(), proposals.clone());
        let side = rolling.side([key]);
        prop_assert!(side.composes());
        let text = side.text().expect("one proposal composes with itself");
        let made: Vec<(ProvisionId, Wording)> =
            text.provisions().iter().map(|it| (it.id.clone(), words(it))).collect();
        prop_assert_eq!(made, typed(&base(), key, proposal));
    }

    #[test]
    fn nobody_asked_for_is_the_base(proposals in some_proposals()) {
        let rolling = RollingText::with_proposals(base(), proposals);
        let text = rolling.side([]).text().expect("nothing clashes");
        let numbered = |text: &IssuedText| text.provisions().to_vec();
        prop_assert_eq!(numbered(&text), numbered(&base()));
    }

    #[test]
    fn where_proposals_compose_no_order_matters(proposals in some_proposals()) {
        let rolling = RollingText::with_proposals(base(), proposals.clone());
        let keys = keys(&proposals);
        let side = rolling.side(&keys);
        if let Some(text) = side.text() {
            for other in texts_of_all_orders(&side, &keys) {
                prop_assert_eq!(&other, &text);
            }
        }
    }

    #[test]
    fn the_readings_of_a_provision_are_those_of_all_orders(proposals in some_proposals()) {
        let proposals = without_transfers(proposals);
        let rolling = RollingText::with_proposals(base(), proposals.clone());
        let keys = keys(&proposals);
        let side = rolling.side(&keys);
        let mut shown: BTreeMap<ProvisionId, BTreeSet<Option<Wording>>> = BTreeMap::new();
        for provision in side.provisions() {
            prop_assert_eq!(provision.completeness, Completeness::All);
            let readings = provision.readings.into_iter().map(|reading| reading.wording);
            shown.entry(provision.id).or_default().extend(readings);
        }
        let texts = texts_of_all_orders(&side, &keys);
        for (id, readings) in shown {
            let met: BTreeSet<Option<Wording>> =
                texts.iter().map(|text| text.provision(&id).map(words)).collect();
            prop_assert_eq!(met, readings, "readings of {}", id);
        }
    }

    #[test]
    fn nothing_is_lost_that_nobody_deletes(proposals in some_proposals()) {
        let rolling = RollingText::with_proposals(base(), proposals.clone());
        let keys = keys(&proposals);
        let side = rolling.side(&keys);
        let deletes = |change: &Change| change.act == Act::Suppress;
        let deletion = proposals.iter().any(|(_, it)| it.changes.iter().any(deletes));
        for text in texts_of_all_orders(&side, &keys) {
            if !deletion {
                for provision in base().provisions() {
                    prop_assert!(text.provision(&provision.id).is_some(), "{} is lost", provision.id);
                }
            }
        }
        // Listing must not fail either, whatever is asked.
        prop_assert!(side.provisions().iter().all(|it| !it.readings.is_empty()));
    }
}
