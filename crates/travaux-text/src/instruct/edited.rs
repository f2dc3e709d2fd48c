//! From an edited text to the changes that a proposal must ask for.
//!
//! Provisions are compared by their ids. Taken up over the old text, the changes give the new one, but
//! for numbers of provisions that stand in both: those follow from where they stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::issued::IssuedText;
use crate::provision::{Act, Change, Place, Provision, ProvisionId};
use crate::rolling::ProposalKey;

/// Returns what `key` must ask for so that `old` reads as `new`.
pub fn edited(old: &IssuedText, new: &IssuedText, key: &ProposalKey) -> Vec<Change> {
    let mut changes = Vec::new();
    for before in old.provisions() {
        if let Some(after) = new.provision(&before.id) {
            changes.extend(reworded(before, after));
            continue;
        }
        // With a provision goes what stands below it.
        let above = before.parent.as_ref();
        if above.is_none_or(|above| new.provision(above).is_some()) {
            changes.push(Change { target: before.id.clone(), act: Act::Suppress });
        }
    }
    changes.extend(placed(old, new, key));
    changes
}

fn reworded(before: &Provision, after: &Provision) -> Vec<Change> {
    let change = |act| Change { target: before.id.clone(), act };
    let heading = (before.heading != after.heading)
        .then(|| change(Act::Retitle { heading: after.heading.clone() }));
    let text =
        (before.text != after.text).then(|| change(Act::Replace { text: after.text.clone() }));
    heading.into_iter().chain(text).collect()
}

/// Returns what is moved and what is new, in document order: of the provisions of both texts, as few as
/// may be are moved. What comes to stand in one gap does so in this order.
fn placed(old: &IssuedText, new: &IssuedText, key: &ProposalKey) -> Vec<Change> {
    let mut kept: BTreeSet<&ProvisionId> = BTreeSet::new();
    for (parent, siblings) in families(new) {
        let stayed: Vec<(usize, &ProvisionId)> = siblings
            .into_iter()
            .filter(|id| old.provision(id).is_some_and(|own| own.parent == parent))
            .filter_map(|id| Some((old.position(id)?, id)))
            .collect();
        let places: Vec<usize> = stayed.iter().map(|(at, _)| *at).collect();
        kept.extend(longest_rise(&places).into_iter().map(|at| stayed[at].1));
    }
    let mut names: BTreeMap<&ProvisionId, ProvisionId> = BTreeMap::new();
    // The last sibling that kept its place, under each parent.
    let mut last: BTreeMap<Option<&ProvisionId>, &ProvisionId> = BTreeMap::new();
    let mut changes = Vec::new();
    for provision in new.provisions() {
        let id = &provision.id;
        let parent = provision.parent.as_ref();
        if kept.contains(id) {
            last.insert(parent, id);
            continue;
        }
        let name = |id: &ProvisionId| names.get(id).cloned().unwrap_or_else(|| id.clone());
        let place = match (last.get(&parent), parent) {
            (Some(before), _) => Place::After((*before).clone()),
            (None, Some(parent)) => Place::FirstUnder(name(parent)),
            // Before the first of all there is no place that can be named.
            (None, None) => continue,
        };
        if old.provision(id).is_some() {
            changes.push(Change { target: id.clone(), act: Act::Transfer { place } });
            continue;
        }
        names.insert(id, ProvisionId::added(key.as_str(), names.len() + 1));
        let target = place.anchor().clone();
        let act = Act::Add {
            place,
            kind: provision.kind,
            number: provision.number.clone(),
            heading: provision.heading.clone(),
            text: provision.text.clone(),
        };
        changes.push(Change { target, act });
    }
    changes
}

/// Lists the siblings under each parent, in document order.
fn families(text: &IssuedText) -> Vec<(Option<ProvisionId>, Vec<&ProvisionId>)> {
    let mut families: BTreeMap<Option<ProvisionId>, Vec<&ProvisionId>> = BTreeMap::new();
    for provision in text.provisions() {
        families.entry(provision.parent.clone()).or_default().push(&provision.id);
    }
    families.into_iter().collect()
}

/// Returns the places of a longest rising run of numbers.
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|before| numbers[*before] < *number);
        let from = before.max_by_key(|before| (best[*before].0, std::cmp::Reverse(*before)));
        best.push((from.map_or(1, |from| best[from].0 + 1), from));
    }
    let mut at = (0..best.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    let mut run = Vec::new();
    while let Some(place) = at {
        run.push(place);
        at = best[place].1;
    }
    run.reverse();
    run
}
