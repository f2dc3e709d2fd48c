//! What becomes of a whole proposal when a new base is issued.
//!
//! It compares two texts. Why the new base reads as it does, and whether anybody agreed to it, is
//! not known here.

use std::collections::BTreeMap;
use std::fmt;

use super::{Edit, TextRebase, rebase_text};
use crate::issued::IssuedText;
use crate::provision::{Act, Change, Place, Provision, ProvisionId};
use crate::rolling::{Proposal, ProposalKey, RollingText};

/// What becomes of a change, or of a whole proposal, in one word.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Outcome {
    /// It applies to the new base as it did to the old one.
    Applies,
    /// The new base has part of it; the rest applies.
    PartlyAbsorbed,
    /// The new base has all of it.
    Absorbed,
    /// The new base went another way exactly where it asks for something.
    Superseded,
    /// Part of it has no certain place in the new base.
    NeedsAttention,
}

/// Why a change could not simply be carried.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ChangeTrouble {
    /// The provision was not in the old text either.
    NeverThere,
    /// The provision is not in the new base.
    Gone,
    /// The place of an insertion or transfer hangs on a provision that is not in the new base.
    PlaceGone {
        /// The place.
        place: Place,
        /// What the old text calls the provision it hangs on: "paragraph 2".
        anchor: String,
    },
    /// The provision is the insertion of another proposal: its fate is that proposal's.
    HangsOn {
        /// The other proposal.
        proposal: ProposalKey,
    },
    /// The new base words it otherwise.
    WordedOtherwise,
    /// The proposal asks that words stay as they were, and the new base changed them. To carry
    /// it as a *no change* would let its sponsors consent to what they oppose.
    NotKept {
        /// The proposal.
        proposal: ProposalKey,
    },
}

impl ChangeTrouble {
    /// Says on what condition the suggestion is to be tabled, if on any.
    pub fn condition(&self) -> Option<String> {
        match self {
            Self::NotKept { proposal } => Some(format!("if {proposal} maintains its position")),
            Self::NeverThere
            | Self::Gone
            | Self::PlaceGone { .. }
            | Self::HangsOn { .. }
            | Self::WordedOtherwise => None,
        }
    }
}

impl fmt::Display for ChangeTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverThere => f.write_str("the provision was not in the earlier text either"),
            Self::Gone => f.write_str("the provision is no longer in the text"),
            Self::PlaceGone { place, anchor } => {
                let preposition = match place {
                    Place::After(_) => "after",
                    Place::FirstUnder(_) => "under",
                };
                write!(f, "the new base has no {anchor} to insert {preposition}")
            }
            Self::HangsOn { proposal } => write!(f, "only if {proposal} is carried"),
            Self::WordedOtherwise => f.write_str("the new base has other words there"),
            Self::NotKept { proposal } => {
                write!(f, "the new base changed what {proposal} asked to keep")
            }
        }
    }
}

/// What becomes of one change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChangeRebase {
    /// The change as it was tabled on the old base.
    pub change: Change,
    /// The change to table on the new base; none where nothing is left to ask. What needs
    /// attention is kept as it was tabled.
    pub suggestion: Option<Change>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why it could not simply be carried, if so.
    pub trouble: Option<ChangeTrouble>,
    /// The account of its words, where it asks for words of an existing provision.
    pub edits: Vec<Edit>,
}

/// What becomes of one proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProposalRebase {
    /// What becomes of it.
    pub outcome: Outcome,
    /// Each change with its fate, in the sponsor's order.
    pub changes: Vec<ChangeRebase>,
    /// The proposal to table on the new base; without changes where nothing is left to ask.
    pub suggestion: Proposal,
    /// The new ids of provisions it added: the new base's where that took them up, else their id
    /// in the suggestion where the ordinal changes.
    pub became: BTreeMap<ProvisionId, ProvisionId>,
}

/// Suggests what becomes of an open proposal on `old` when `new` is issued; nothing if no such
/// proposal is open.
///
/// The record decides: the suggestion is shown to the secretariat and the sponsors.
pub fn rebase_proposal(
    old: &RollingText,
    new: &IssuedText,
    key: &ProposalKey,
) -> Option<ProposalRebase> {
    let proposal = old.proposal(key)?;
    let step = Step { old, new, key };
    let mut became = BTreeMap::new();
    let mut changes = Vec::new();
    let (mut ordinal, mut kept) = (0, 0);
    for change in &proposal.changes {
        let rebased = if matches!(change.act, Act::Add { .. }) {
            ordinal += 1;
            let id = ProvisionId::added(key.as_str(), ordinal);
            let (rebased, taken_up) = step.addition(change, &id);
            kept += usize::from(rebased.suggestion.is_some());
            let next = taken_up.unwrap_or_else(|| ProvisionId::added(key.as_str(), kept));
            if next != id {
                became.insert(id, next);
            }
            rebased
        } else {
            step.change(change)
        };
        changes.push(rebased);
        changes.extend(step.heading_not_kept(change));
    }
    let mut suggested: Vec<Change> =
        changes.iter().filter_map(|change| change.suggestion.clone()).collect();
    for change in &mut suggested {
        follow(change, &became);
    }
    let suggestion = Proposal { changes: suggested, ..proposal.clone() };
    Some(ProposalRebase { outcome: together(&changes), changes, suggestion, became })
}

/// Says in one word what becomes of all of `changes`.
fn together(changes: &[ChangeRebase]) -> Outcome {
    let all = |outcome| changes.iter().all(|change| change.outcome == outcome);
    let any = |outcome| changes.iter().any(|change| change.outcome == outcome);
    if all(Outcome::Applies) {
        Outcome::Applies
    } else if all(Outcome::Absorbed) {
        Outcome::Absorbed
    } else if all(Outcome::Superseded) {
        Outcome::Superseded
    } else if any(Outcome::NeedsAttention) || any(Outcome::Superseded) {
        Outcome::NeedsAttention
    } else {
        Outcome::PartlyAbsorbed
    }
}

/// Lets a proposal's changes to its own insertions follow these to their new ids.
fn follow(change: &mut Change, became: &BTreeMap<ProvisionId, ProvisionId>) {
    let renamed = |id: &mut ProvisionId| {
        if let Some(next) = became.get(id) {
            *id = next.clone();
        }
    };
    renamed(&mut change.target);
    match &mut change.act {
        Act::Add { place, .. } | Act::Transfer { place } => match place {
            Place::FirstUnder(id) | Place::After(id) => renamed(id),
        },
        Act::Replace { .. }
        | Act::Editorial { .. }
        | Act::Retitle { .. }
        | Act::Suppress
        | Act::NoChange => {}
    }
}

/// One step from an old text to a new one, for one proposal.
struct Step<'a> {
    old: &'a RollingText,
    new: &'a IssuedText,
    key: &'a ProposalKey,
}

impl Step<'_> {
    fn change(&self, change: &Change) -> ChangeRebase {
        let Some(old) = self.old.words(&change.target) else {
            return kept(change, Outcome::NeedsAttention, ChangeTrouble::NeverThere);
        };
        let Some(new) = self.new.provision(&change.target) else {
            return self.without_provision(change);
        };
        match &change.act {
            // A side equal to its base asks for no change.
            Act::Replace { text } | Act::Editorial { text }
                if *text == old.text && new.text != old.text =>
            {
                self.not_kept(change, change.act.clone())
            }
            Act::Retitle { heading } if *heading == old.heading && new.heading != old.heading => {
                self.not_kept(change, change.act.clone())
            }
            Act::Replace { text } => {
                let rebase = rebase_text(&old.text, &new.text, text);
                worded(change, rebase, |text| Act::Replace { text })
            }
            Act::Editorial { text } => {
                let rebase = rebase_text(&old.text, &new.text, text);
                worded(change, rebase, |text| Act::Editorial { text })
            }
            Act::Retitle { heading } => {
                let rebase = rebase_text(&old.heading, &new.heading, heading);
                worded(change, rebase, |heading| Act::Retitle { heading })
            }
            Act::NoChange if old.text != new.text => {
                self.not_kept(change, Act::Replace { text: old.text.clone() })
            }
            Act::NoChange if old.heading != new.heading => {
                self.not_kept(change, Act::Retitle { heading: old.heading.clone() })
            }
            Act::Transfer { place } if is_at(self.new, &change.target, place) => absorbed(change),
            Act::Transfer { place } => self.placed(change, place),
            Act::NoChange | Act::Suppress | Act::Add { .. } => applies(change),
        }
    }

    /// Suggests, for what was to stay and did not, the earlier words, if its sponsors still want
    /// them.
    fn not_kept(&self, change: &Change, act: Act) -> ChangeRebase {
        let trouble = ChangeTrouble::NotKept { proposal: self.key.clone() };
        let suggestion = Some(Change { target: change.target.clone(), act });
        ChangeRebase { suggestion, ..kept(change, Outcome::NeedsAttention, trouble) }
    }

    /// Returns what becomes of the heading where a provision was to stay and the new base changed
    /// its heading as well as its words.
    fn heading_not_kept(&self, change: &Change) -> Option<ChangeRebase> {
        let (old, new) = (self.old.words(&change.target)?, self.new.provision(&change.target)?);
        let both = old.text != new.text && old.heading != new.heading;
        let heading = old.heading.clone();
        (change.act == Act::NoChange && both)
            .then(|| self.not_kept(change, Act::Retitle { heading }))
    }

    /// Says what the old text calls a provision.
    fn called(&self, id: &ProvisionId) -> String {
        match self.old.words(id) {
            Some(known) if !known.number.is_empty() => {
                format!("{} {}", known.kind, known.number.trim_end_matches('.'))
            }
            _ => format!("`{id}`"),
        }
    }

    /// Decides about a change to a provision that the new base does not have.
    fn without_provision(&self, change: &Change) -> ChangeRebase {
        if let Some(proposal) = self.adder(&change.target) {
            let trouble = (proposal != *self.key).then_some(ChangeTrouble::HangsOn { proposal });
            return ChangeRebase { trouble, ..applies(change) };
        }
        match change.act {
            Act::Suppress => absorbed(change),
            // There is nothing left of which it could ask for no change.
            Act::NoChange => ChangeRebase {
                suggestion: None,
                ..kept(change, Outcome::NeedsAttention, ChangeTrouble::Gone)
            },
            Act::Replace { .. }
            | Act::Editorial { .. }
            | Act::Retitle { .. }
            | Act::Transfer { .. }
            | Act::Add { .. } => kept(change, Outcome::NeedsAttention, ChangeTrouble::Gone),
        }
    }

    /// Decides about an insertion, and returns the provision of the new base that took it up.
    fn addition(&self, change: &Change, id: &ProvisionId) -> (ChangeRebase, Option<ProvisionId>) {
        let Act::Add { place, kind, heading, text, .. } = &change.act else {
            return (applies(change), None);
        };
        let same = |it: &Provision| it.kind == *kind && it.heading == *heading && it.text == *text;
        let is_new = |it: &&Provision| self.old.base().provision(&it.id).is_none();
        let says_something = !(heading.is_empty() && text.is_empty());
        if let Some(own) = self.new.provision(id) {
            let rebased = if same(own) {
                absorbed(change)
            } else {
                ChangeRebase {
                    suggestion: None,
                    ..kept(change, Outcome::Superseded, ChangeTrouble::WordedOtherwise)
                }
            };
            return (rebased, Some(id.clone()));
        }
        let mut fresh = self.new.provisions().iter().filter(is_new);
        match fresh.find(|it| says_something && same(it)) {
            Some(taken_up) => (absorbed(change), Some(taken_up.id.clone())),
            None => (self.placed(change, place), None),
        }
    }

    /// Decides about a change that only needs its place.
    fn placed(&self, change: &Change, place: &Place) -> ChangeRebase {
        let anchor = place.anchor();
        if self.new.provision(anchor).is_some() {
            return applies(change);
        }
        match self.adder(anchor) {
            Some(proposal) if proposal == *self.key => applies(change),
            Some(proposal) => {
                let trouble = Some(ChangeTrouble::HangsOn { proposal });
                ChangeRebase { trouble, ..applies(change) }
            }
            None => {
                let trouble =
                    ChangeTrouble::PlaceGone { place: place.clone(), anchor: self.called(anchor) };
                kept(change, Outcome::NeedsAttention, trouble)
            }
        }
    }

    /// Finds the open proposal that adds a provision.
    fn adder(&self, id: &ProvisionId) -> Option<ProposalKey> {
        let standing = self.old.state(id)?.standing.as_ref()?;
        standing.added.as_ref().map(|(by, _)| by.clone())
    }
}

fn worded(change: &Change, rebase: TextRebase, act: impl Fn(String) -> Act) -> ChangeRebase {
    let outcome = rebase.outcome();
    let suggested = Change { target: change.target.clone(), act: act(rebase.suggestion) };
    let (suggestion, trouble) = match outcome {
        // What the base has is not asked for again; a side equal to its base stays one.
        Outcome::Absorbed => (None, None),
        Outcome::Superseded => (Some(change.clone()), Some(ChangeTrouble::WordedOtherwise)),
        Outcome::NeedsAttention => (Some(suggested), Some(ChangeTrouble::WordedOtherwise)),
        Outcome::Applies | Outcome::PartlyAbsorbed => (Some(suggested), None),
    };
    ChangeRebase { change: change.clone(), suggestion, outcome, trouble, edits: rebase.edits }
}

fn applies(change: &Change) -> ChangeRebase {
    ChangeRebase {
        change: change.clone(),
        suggestion: Some(change.clone()),
        outcome: Outcome::Applies,
        trouble: None,
        edits: Vec::new(),
    }
}

fn absorbed(change: &Change) -> ChangeRebase {
    ChangeRebase { suggestion: None, outcome: Outcome::Absorbed, ..applies(change) }
}

fn kept(change: &Change, outcome: Outcome, trouble: ChangeTrouble) -> ChangeRebase {
    ChangeRebase { outcome, trouble: Some(trouble), ..applies(change) }
}

/// Reports whether a provision stands at a place of a text.
fn is_at(text: &IssuedText, id: &ProvisionId, place: &Place) -> bool {
    let Some(provision) = text.provision(id) else { return false };
    let siblings: Vec<&ProvisionId> = match &provision.parent {
        Some(parent) => text.children(parent).map(|it| &it.id).collect(),
        None => text.roots().map(|it| &it.id).collect(),
    };
    let at = siblings.iter().position(|sibling| *sibling == id);
    match (place, at) {
        (Place::FirstUnder(parent), Some(0)) => provision.parent.as_ref() == Some(parent),
        (Place::After(sibling), Some(at)) if at > 0 => siblings[at - 1] == sibling,
        _ => false,
    }
}
