//! What each proposal asks of each provision, one unit at a time, and which units do not compose.
//!
//! It knows pairs only; readings are made of them elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{ClashReason, LeftOut};
use crate::compose::text_clash;
use crate::merge::Merge;
use crate::provision::{Act, Place, ProvisionId};
use crate::rolling::{Ask, ProposalKey, RollingText};

/// One thing that one proposal asks of one provision.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    pub(super) by: &'a ProposalKey,
    pub(super) id: &'a ProvisionId,
    pub(super) deed: Deed<'a>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Deed<'a> {
    /// Its words, its heading, or by name no change.
    Words,
    Suppress,
    Transfer(&'a Place),
    Add(&'a Place),
}

impl Unit<'_> {
    pub(super) fn is_words(&self) -> bool {
        self.deed == Deed::Words
    }
}

/// The proposals asked for, and what has been gathered of them.
struct Asked<'a, 'o> {
    rolling: &'a RollingText,
    open: &'o BTreeSet<&'a ProposalKey>,
    units: Vec<Unit<'a>>,
    left_out: Vec<LeftOut>,
}

/// Gathers the units of the `open` proposals, by key and provision, and what has no place among
/// them.
pub(super) fn of<'a>(
    rolling: &'a RollingText,
    open: &BTreeSet<&'a ProposalKey>,
) -> (Vec<Unit<'a>>, Vec<LeftOut>) {
    let mut asked = Asked { rolling, open, units: Vec::new(), left_out: Vec::new() };
    for &by in open {
        let Some(proposal) = rolling.proposal(by) else { continue };
        for (ordinal, change) in proposal.additions() {
            let wanted = ProvisionId::added(by.as_str(), ordinal);
            let added = rolling.words(&wanted).map(|provision| &provision.id);
            match (added, &change.act) {
                (Some(id), Act::Add { place, .. }) if asked.stands(id) => {
                    asked.units.push(Unit { by, id, deed: Deed::Add(place) });
                }
                _ => {
                    asked
                        .left_out
                        .push(LeftOut::NotThere { proposal: by.clone(), provision: wanted });
                }
            }
        }
        let targets: BTreeSet<&ProvisionId> =
            proposal.changes.iter().map(|change| &change.target).collect();
        for target in targets {
            let ask = rolling.state(target).and_then(|state| state.asks.get(by));
            if let Some(ask) = ask {
                asked.gather(by, target, ask);
            }
        }
    }
    (asked.units, asked.left_out)
}

impl<'a> Asked<'a, '_> {
    fn gather(&mut self, by: &'a ProposalKey, id: &'a ProvisionId, ask: &'a Ask) {
        let (proposal, provision) = (by.clone(), id.clone());
        if !self.stands(id) {
            self.left_out.push(LeftOut::NotThere { proposal, provision });
        } else if let Some(amendment) = self.amendment(by, id) {
            let by = amendment.clone();
            self.left_out.push(LeftOut::Amended { proposal, provision, by });
        } else if ask.suppress {
            self.units.push(Unit { by, id, deed: Deed::Suppress });
            if ask.text.is_some() || ask.heading.is_some() {
                self.left_out.push(LeftOut::DeletedByItself { proposal, provision });
            }
        } else {
            if let Some(place) = &ask.transfer {
                let around = container(self.rolling, place);
                if self.stands(place.anchor())
                    && !self.rolling.hangs_on(place, id)
                    && !self.deletes_around(by, around)
                {
                    self.units.push(Unit { by, id, deed: Deed::Transfer(place) });
                } else {
                    let (proposal, provision) = (proposal.clone(), provision.clone());
                    self.left_out.push(LeftOut::NotThere { proposal, provision });
                }
            }
            if ask.wants_it_kept() {
                if self.covers_itself(by, id) {
                    self.left_out.push(LeftOut::DeletedByItself { proposal, provision });
                } else {
                    self.units.push(Unit { by, id, deed: Deed::Words });
                }
            }
        }
    }

    /// Reports whether a provision is in the base or added, directly or along other additions, by
    /// proposals that are asked for and do not themselves delete what it would stand under.
    fn stands(&self, id: &ProvisionId) -> bool {
        if !self.rolling.stands(id) {
            return false;
        }
        let mut at = id;
        while let Some((by, place)) = self.added(at) {
            let around = container(self.rolling, place);
            if !self.open.contains(by) || self.deletes_around(by, around) {
                return false;
            }
            at = place.anchor();
        }
        true
    }

    fn added(&self, id: &ProvisionId) -> Option<&'a (ProposalKey, Place)> {
        self.rolling.state(id)?.standing.as_ref()?.added.as_ref()
    }

    /// Finds a proposal, also asked for, that amends `by` (directly or along other amendments)
    /// and acts on `id` itself.
    fn amendment(&self, by: &ProposalKey, id: &ProvisionId) -> Option<&'a ProposalKey> {
        let state = self.rolling.state(id)?;
        state.asks.keys().find(|&other| {
            let amended = |key: &&'a ProposalKey| self.rolling.proposal(key)?.amends.as_ref();
            let named = self.rolling.proposal(other).and_then(|own| own.amends.as_ref());
            other != by
                && self.open.contains(other)
                && std::iter::successors(named, amended)
                    // Amendments in a circle amend each other; none of them takes a place.
                    .take(self.open.len())
                    .take_while(|key| *key != other)
                    .any(|key| key == by)
        })
    }

    /// Reports whether a proposal deletes what it words, by deleting a provision above it that
    /// nobody moves it out of.
    fn covers_itself(&self, by: &ProposalKey, id: &ProvisionId) -> bool {
        !self.is_moved(id) && self.deletes_around(by, self.rolling.parent(id))
    }

    /// Reports whether a proposal deletes a provision, or one above it.
    fn deletes_around(&self, by: &ProposalKey, from: Option<&ProvisionId>) -> bool {
        let mut at = from;
        while let Some(id) = at {
            let ask = self.rolling.state(id).and_then(|state| state.asks.get(by));
            if ask.is_some_and(|ask| ask.suppress) {
                return true;
            }
            at = if self.is_moved(id) { None } else { self.rolling.parent(id) };
        }
        false
    }

    fn is_moved(&self, id: &ProvisionId) -> bool {
        let asks = self.rolling.state(id).map(|state| &state.asks).into_iter().flatten();
        asks.into_iter().any(|(key, ask)| ask.transfer.is_some() && self.open.contains(key))
    }
}

/// Returns the provision that what stands at `place` stands under.
fn container<'a>(rolling: &'a RollingText, place: &'a Place) -> Option<&'a ProvisionId> {
    match place {
        Place::FirstUnder(id) => Some(id),
        Place::After(id) => rolling.parent(id),
    }
}

/// Lists the pairs of units that do not compose.
pub(super) fn clashes(
    rolling: &RollingText,
    units: &[Unit<'_>],
) -> Vec<(usize, usize, ClashReason)> {
    let mut by_id: BTreeMap<&ProvisionId, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        by_id.entry(unit.id).or_default().push(at);
    }
    let mut clashes = Vec::new();
    for on_one in by_id.values() {
        for (place, &first) in on_one.iter().enumerate() {
            for &second in &on_one[place + 1..] {
                if let Some(reason) = clash_on_one(rolling, &units[first], &units[second]) {
                    clashes.push((first, second, reason));
                }
            }
        }
    }
    let relations = Relations { rolling, units, by_id };
    relations.deletions(&mut clashes);
    relations.alternatives(&mut clashes);
    relations.circles(&mut clashes);
    clashes
}

/// Why two units on one provision do not compose.
fn clash_on_one(rolling: &RollingText, first: &Unit<'_>, second: &Unit<'_>) -> Option<ClashReason> {
    match (&first.deed, &second.deed) {
        (Deed::Words, Deed::Words) => {
            let standing = rolling.state(first.id)?.standing.as_ref()?;
            let clash =
                |merge: &Merge| text_clash(merge.change(first.by)?, merge.change(second.by)?);
            clash(&standing.text)
                .map(ClashReason::Text)
                .or_else(|| clash(&standing.heading).map(ClashReason::Heading))
        }
        (Deed::Transfer(one), Deed::Transfer(other)) if one != other => Some(ClashReason::Places),
        _ => None,
    }
}

struct Relations<'a, 'u> {
    rolling: &'a RollingText,
    units: &'u [Unit<'a>],
    by_id: BTreeMap<&'a ProvisionId, Vec<usize>>,
}

impl<'a> Relations<'a, '_> {
    /// Deletion of a provision against everything another proposal wants in it.
    fn deletions(&self, clashes: &mut Vec<(usize, usize, ClashReason)>) {
        for (at, unit) in self.units.iter().enumerate() {
            let needed = match unit.deed {
                Deed::Words => self.chain(Some(unit.id)),
                Deed::Add(place) => self.chain(container(self.rolling, place)),
                Deed::Transfer(place) => {
                    let mut needed = self.chain(container(self.rolling, place));
                    needed.push(unit.id);
                    needed
                }
                Deed::Suppress => continue,
            };
            for id in needed {
                for &other in self.by_id.get(id).into_iter().flatten() {
                    let rival = &self.units[other];
                    if rival.deed == Deed::Suppress && rival.by != unit.by {
                        let provision = id.clone();
                        clashes.push((other, at, ClashReason::Deleted { provision }));
                    }
                }
            }
        }
    }

    /// Insertions in one gap that say they are alternatives.
    fn alternatives(&self, clashes: &mut Vec<(usize, usize, ClashReason)>) {
        let mut gaps: BTreeMap<(&Place, &ProposalKey), Vec<usize>> = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            if let Deed::Add(place) = unit.deed {
                gaps.entry((place, self.first_of_its_kind(unit.by))).or_default().push(at);
            }
        }
        for alternatives in gaps.values() {
            for (place, &first) in alternatives.iter().enumerate() {
                for &second in &alternatives[place + 1..] {
                    if self.units[first].by != self.units[second].by {
                        clashes.push((first, second, ClashReason::Alternatives));
                    }
                }
            }
        }
    }

    /// Follows "instead of" to the proposal that says it of no other.
    fn first_of_its_kind(&self, by: &'a ProposalKey) -> &'a ProposalKey {
        let named = |key: &&'a ProposalKey| self.rolling.proposal(key)?.instead_of.as_ref();
        let mut seen = BTreeSet::new();
        let chain: Vec<&ProposalKey> =
            std::iter::successors(Some(by), named).take_while(|key| seen.insert(*key)).collect();
        let last = chain[chain.len() - 1];
        // In a circle all are alternatives of each other: its least key stands for them.
        match named(&last).and_then(|next| chain.iter().position(|key| *key == next)) {
            Some(start) => chain[start..].iter().min().copied().unwrap_or(last),
            None => last,
        }
    }

    /// Transfers that would put provisions under each other in a circle.
    fn circles(&self, clashes: &mut Vec<(usize, usize, ClashReason)>) {
        // For each provision the transferred ones it would come to stand under, with the unit.
        let mut under: BTreeMap<&ProvisionId, Vec<(&ProvisionId, usize)>> = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            let Deed::Transfer(place) = unit.deed else { continue };
            let Some(&top) = self.chain(container(self.rolling, place)).last() else { continue };
            if !self.is_moved(top) {
                continue;
            }
            if let Some(closing) = first_step(&under, top, unit.id) {
                clashes.push((closing, at, ClashReason::Places));
            }
            under.entry(unit.id).or_default().push((top, at));
        }
    }

    fn is_moved(&self, id: &ProvisionId) -> bool {
        self.by_id
            .get(id)
            .into_iter()
            .flatten()
            .any(|&at| matches!(self.units[at].deed, Deed::Transfer(_)))
    }

    /// Lists a provision and those above it, up to the first that is transferred: what is above
    /// that one no longer holds it.
    fn chain(&self, from: Option<&'a ProvisionId>) -> Vec<&'a ProvisionId> {
        let mut chain = Vec::new();
        let mut at = from;
        while let Some(id) = at {
            chain.push(id);
            at = if self.is_moved(id) { None } else { self.rolling.parent(id) };
        }
        chain
    }
}

/// Finds the unit by which `from` would, along other transfers, come to stand under `to`.
fn first_step<'a>(
    under: &BTreeMap<&'a ProvisionId, Vec<(&'a ProvisionId, usize)>>,
    from: &'a ProvisionId,
    to: &ProvisionId,
) -> Option<usize> {
    under.get(from)?.iter().find_map(|&(above, unit)| {
        let mut seen = BTreeSet::new();
        let mut open = vec![above];
        while let Some(id) = open.pop() {
            if id == to {
                return Some(unit);
            }
            if seen.insert(id) {
                open.extend(under.get(id).into_iter().flatten().map(|(above, _)| *above));
            }
        }
        None
    })
}
