//! What in the open proposals cannot be shown as asked, and why.
//!
//! Nothing here refuses or changes anything: the change stays with its proposal and is shown as
//! soon as it can be.

use std::collections::BTreeSet;
use std::fmt;

use super::{Proposal, ProposalKey, RollingText};
use crate::provision::{Act, Place, ProvisionId};

/// One thing a proposal asks that cannot be shown as asked.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Diagnosis {
    /// The proposal.
    pub proposal: ProposalKey,
    /// The provision it is about; for an insertion, the id it would have.
    pub provision: ProvisionId,
    /// What is wrong.
    pub trouble: Trouble,
}

/// Why something a proposal asks cannot be shown as asked.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Trouble {
    /// The provision is neither in the base nor added by an open proposal.
    NoSuchProvision,
    /// The place of an insertion or transfer hangs on a provision that is not in the text.
    NoSuchPlace {
        /// The provision that is not there.
        anchor: ProvisionId,
    },
    /// The base already has a provision of the id that the insertion would have.
    IdTaken,
    /// A provision would be transferred to a place under, or next to, itself.
    UnderItself,
    /// The proposal asks twice for the same thing; the last counts.
    AskedTwice,
    /// The proposal deletes what it also words; the deletion counts, the words stand for the
    /// case that the provision is kept.
    DeletedAndWorded,
    /// The proposal it would amend is not open.
    AmendsNone {
        /// The proposal named.
        other: ProposalKey,
    },
    /// The proposal to whose insertions its own are an alternative is not open.
    InsteadOfNone {
        /// The proposal named.
        other: ProposalKey,
    },
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { proposal, provision, trouble } = self;
        match trouble {
            Trouble::NoSuchProvision => write!(
                f,
                "cannot show what proposal {proposal} asks of `{provision}`: no such provision is \
                 in the text"
            ),
            Trouble::NoSuchPlace { anchor } => write!(
                f,
                "cannot place `{provision}` as proposal {proposal} asks: `{anchor}` is not in the \
                 text"
            ),
            Trouble::IdTaken => write!(
                f,
                "cannot insert `{provision}` for proposal {proposal}: the base has a provision of \
                 that id"
            ),
            Trouble::UnderItself => write!(
                f,
                "cannot transfer `{provision}` as proposal {proposal} asks: the place hangs on \
                 the provision itself"
            ),
            Trouble::AskedTwice => write!(
                f,
                "proposal {proposal} asks the same act of `{provision}` twice; the last counts"
            ),
            Trouble::DeletedAndWorded => write!(
                f,
                "proposal {proposal} deletes `{provision}` and words it too; its own text is \
                 without the provision"
            ),
            Trouble::AmendsNone { other } => {
                write!(f, "proposal {proposal} would amend proposal {other}, which is not open")
            }
            Trouble::InsteadOfNone { other } => write!(
                f,
                "the insertions of proposal {proposal} are an alternative to those of proposal \
                 {other}, which is not open"
            ),
        }
    }
}

impl Diagnosis {
    /// Says what can be done about it.
    pub fn hint(&self) -> &'static str {
        match self.trouble {
            Trouble::NoSuchProvision => {
                "name a provision of the present text, or the insertion of an open proposal"
            }
            Trouble::NoSuchPlace { .. } => "name a place next to a provision of the present text",
            Trouble::IdTaken => "propose a change to the base's provision instead",
            Trouble::UnderItself => "name a place outside the provision",
            Trouble::AskedTwice => "leave one of the two out",
            Trouble::DeletedAndWorded => "table the words as a proposal of their own",
            Trouble::AmendsNone { .. } | Trouble::InsteadOfNone { .. } => {
                "name an open proposal, or none"
            }
        }
    }
}

impl RollingText {
    /// Lists what cannot be shown as asked, by proposal and provision.
    pub fn diagnoses(&self) -> Vec<Diagnosis> {
        let keys: Vec<&ProposalKey> = self.proposals.keys().collect();
        keys.into_iter().flat_map(|key| self.diagnoses_of(key)).collect()
    }

    /// Lists what of one proposal cannot be shown as asked; nothing if it is not open.
    pub fn diagnoses_of(&self, key: &ProposalKey) -> Vec<Diagnosis> {
        let Some(proposal) = self.proposals.get(key) else { return Vec::new() };
        let mut found = BTreeSet::new();
        let mut add = |provision: &ProvisionId, trouble| {
            found.insert(Diagnosis {
                proposal: key.clone(),
                provision: provision.clone(),
                trouble,
            });
        };
        let mut ordinal = 0;
        for change in &proposal.changes {
            match &change.act {
                Act::Add { place, .. } => {
                    ordinal += 1;
                    let id = ProvisionId::added(key.as_str(), ordinal);
                    if self.base.provision(&id).is_some() {
                        add(&id, Trouble::IdTaken);
                    } else if !self.stands(&id) {
                        add(&id, Trouble::NoSuchPlace { anchor: place.anchor().clone() });
                    }
                }
                _ if !self.stands(&change.target) => {
                    add(&change.target, Trouble::NoSuchProvision);
                }
                Act::Transfer { place } if self.hangs_on(place, &change.target) => {
                    add(&change.target, Trouble::UnderItself);
                }
                Act::Transfer { place } if !self.stands(place.anchor()) => {
                    let anchor = place.anchor().clone();
                    add(&change.target, Trouble::NoSuchPlace { anchor });
                }
                Act::Transfer { .. }
                | Act::Replace { .. }
                | Act::Editorial { .. }
                | Act::Retitle { .. }
                | Act::Suppress
                | Act::NoChange => {}
            }
        }
        for (target, trouble) in inner_troubles(proposal) {
            add(target, trouble);
        }
        let none = ProvisionId::new("");
        let missing = |other: &Option<ProposalKey>| {
            other.clone().filter(|other| !self.proposals.contains_key(other))
        };
        if let Some(other) = missing(&proposal.amends) {
            add(&none, Trouble::AmendsNone { other });
        }
        if let Some(other) = missing(&proposal.instead_of) {
            add(&none, Trouble::InsteadOfNone { other });
        }
        found.into_iter().collect()
    }

    /// Reports whether a place is under, or right behind, the provision `id`.
    pub(crate) fn hangs_on(&self, place: &Place, id: &ProvisionId) -> bool {
        place.anchor() == id
            || std::iter::successors(self.parent(place.anchor()), |above| self.parent(above))
                .take(self.states.len())
                .any(|above| above == id)
    }
}

/// What a proposal says twice, or against itself.
fn inner_troubles(proposal: &Proposal) -> Vec<(&ProvisionId, Trouble)> {
    let mut seen = BTreeSet::new();
    let mut troubles = Vec::new();
    for change in &proposal.changes {
        let thing = match &change.act {
            Act::Replace { .. } | Act::Editorial { .. } => "text",
            Act::Retitle { .. } => "heading",
            Act::Suppress => "deletion",
            Act::NoChange => "no change",
            Act::Transfer { .. } => "transfer",
            // Two insertions are two insertions.
            Act::Add { .. } => continue,
        };
        if !seen.insert((&change.target, thing)) {
            troubles.push((&change.target, Trouble::AskedTwice));
        }
    }
    for (target, thing) in &seen {
        if *thing == "text" && seen.contains(&(*target, "deletion")) {
            troubles.push((target, Trouble::DeletedAndWorded));
        }
    }
    troubles
}
