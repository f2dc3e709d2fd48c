//! The text now before the body: the latest base, as the agreements on it have changed it.
//!
//! An agreement puts its exact words into the text; what it took from proposals of structure (an
//! added provision, a deletion, another heading) is put in with it. Reopening takes the agreement
//! away and leaves the words. Open proposals are not in it: they are sides of it.

use travaux_record::ProposalId;
use travaux_text::{Act, Change, IssuedText, Place, Provision, ProvisionId};

use super::proposal::about;
use super::{Agreed, Draft};

impl Draft {
    /// Returns the text now before the body, without any open proposal; empty before the first
    /// base.
    pub fn present(&self) -> &IssuedText {
        self.present.or_work_out(|| present(self))
    }
}

fn present(draft: &Draft) -> IssuedText {
    let Some(base) = draft.base() else { return IssuedText::default() };
    let mut agreed: Vec<(&ProvisionId, &Agreed)> = draft
        .agreements
        .iter()
        .flat_map(|(id, agreement)| agreement.agreed.iter().map(move |agreed| (id, agreed)))
        .filter(|(_, agreed)| base.order < agreed.order)
        .collect();
    if agreed.is_empty() {
        return base.text.clone();
    }
    agreed.sort_by_key(|(_, agreed)| agreed.order);
    let mut provisions = base.text.provisions().to_vec();
    for (id, agreed) in agreed {
        for change in &agreed.structure {
            restructure(&mut provisions, id, change);
        }
        if let Some(provision) = provisions.iter_mut().find(|provision| provision.id == *id) {
            agreed.text.clone_into(&mut provision.text);
        }
    }
    // Each step keeps what stands under a provision directly behind it.
    IssuedText::new(provisions).expect("agreements keep a text a text")
}

/// Returns what proposals ask of one provision, with the id each change is about: for an addition
/// the one that the added provision has.
fn asked<'p>(
    draft: &'p Draft,
    provision: &ProvisionId,
    proposals: &[ProposalId],
) -> Vec<&'p Change> {
    let proposals = proposals.iter().filter_map(|id| draft.proposal(id));
    proposals
        .flat_map(|proposal| about(&proposal.id, &proposal.changes))
        .filter(|(target, _)| target == provision)
        .map(|(_, change)| change)
        .collect()
}

/// Returns the acts of structure that an agreement on a provision takes from proposals.
pub(super) fn structure(
    draft: &Draft,
    provision: &ProvisionId,
    proposals: &[ProposalId],
) -> Vec<Change> {
    let mut structure = asked(draft, provision, proposals);
    structure.retain(|change| match change.act {
        Act::Retitle { .. } | Act::Suppress | Act::Add { .. } | Act::Transfer { .. } => true,
        Act::Replace { .. } | Act::Editorial { .. } | Act::NoChange => false,
    });
    structure.into_iter().cloned().collect()
}

/// Makes a change of structure; words are put in by the agreement itself.
fn restructure(provisions: &mut Vec<Provision>, id: &ProvisionId, change: &Change) {
    match &change.act {
        Act::Retitle { heading } => {
            if let Some(provision) = provisions.iter_mut().find(|provision| provision.id == *id) {
                provision.heading.clone_from(heading);
            }
        }
        Act::Suppress => {
            lift(provisions, id);
        }
        Act::Add { place, kind, number, heading, text } => {
            let known = provisions.iter().any(|provision| provision.id == *id);
            if !known {
                let added = Provision {
                    id: id.clone(),
                    parent: None,
                    kind: *kind,
                    number: number.clone(),
                    heading: heading.clone(),
                    text: text.clone(),
                };
                set_down(provisions, vec![added], place);
            }
        }
        Act::Transfer { place } => {
            let inside = span(provisions, id)
                .is_some_and(|span| provisions[span].iter().any(|p| p.id == *anchor(place)));
            let there = provisions.iter().any(|provision| provision.id == *anchor(place));
            if there && !inside {
                let moved = lift(provisions, id);
                set_down(provisions, moved, place);
            }
        }
        Act::Replace { .. } | Act::Editorial { .. } | Act::NoChange => {}
    }
}

fn anchor(place: &Place) -> &ProvisionId {
    match place {
        Place::FirstUnder(anchor) | Place::After(anchor) => anchor,
    }
}

/// Returns where a provision and all that stands under it lie.
fn span(provisions: &[Provision], id: &ProvisionId) -> Option<std::ops::Range<usize>> {
    let from = provisions.iter().position(|provision| provision.id == *id)?;
    let mut within = vec![id];
    let mut until = from + 1;
    for provision in &provisions[from + 1..] {
        let Some(parent) = &provision.parent else { break };
        if !within.contains(&parent) {
            break;
        }
        within.push(&provision.id);
        until += 1;
    }
    Some(from..until)
}

/// Takes a provision and all that stands under it out.
fn lift(provisions: &mut Vec<Provision>, id: &ProvisionId) -> Vec<Provision> {
    span(provisions, id).map_or_else(Vec::new, |span| provisions.drain(span).collect())
}

/// Sets provisions down at a place; the first is the one placed, the others stand under it.
fn set_down(provisions: &mut Vec<Provision>, mut placed: Vec<Provision>, place: &Place) {
    let Some(anchored) = span(provisions, anchor(place)) else { return };
    let Some(first) = placed.first_mut() else { return };
    let at = match place {
        Place::FirstUnder(parent) => {
            first.parent = Some(parent.clone());
            anchored.start + 1
        }
        Place::After(_) => {
            first.parent.clone_from(&provisions[anchored.start].parent);
            anchored.end
        }
    };
    provisions.splice(at..at, placed);
}

/// Returns the words that the text before the body and the proposals named give for a provision.
///
/// None where there is nothing to compare with: the provision is not in that text and no proposal
/// words it, or several proposals word it.
pub(super) fn given(
    draft: &Draft,
    provision: &ProvisionId,
    proposals: &[ProposalId],
) -> Option<String> {
    let asked = asked(draft, provision, proposals);
    let mut wordings: Vec<&str> = asked
        .iter()
        .filter_map(|change| match &change.act {
            Act::Replace { text } | Act::Editorial { text } | Act::Add { text, .. } => {
                Some(text.as_str())
            }
            Act::Suppress => Some(""),
            Act::Retitle { .. } | Act::NoChange | Act::Transfer { .. } => None,
        })
        .collect();
    wordings.dedup();
    match wordings.as_slice() {
        [] => draft.present().provision(provision).map(|provision| provision.text.clone()),
        [one] => Some((*one).to_owned()),
        [_, _, ..] => None,
    }
}
