//! One proposal's life: tabled, revised, withdrawn, re-introduced, carried, lapsed, taken up; who
//! joined its sponsors and who left.
//!
//! Words and sponsors are recorded apart, so that words can be public and names restricted; what
//! a viewer may not see is simply not here.

use std::sync::Arc;

use travaux_record::{
    Audience, DocumentId, OptionNamed, OutcomeBasis, ParticipantId, ProposalId, ProposalOutcome,
    Standing,
};
use travaux_text::{Act, Change, ProposalStatus, ProvisionId};

use crate::Basis;

/// A proposal, or an unattributed alternative, with its life so far.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    /// Its key.
    pub id: ProposalId,
    /// What it is called where it is shown.
    pub label: String,
    /// The base it stands on now.
    pub document: DocumentId,
    /// What it asks for now.
    pub changes: Arc<[Change]>,
    /// Whether the words are a participant's, a paraphrase, or made for the case.
    pub standing: Standing,
    /// The proposal it amends.
    pub amends: Option<ProposalId>,
    /// The option of an issue that it embodies.
    pub option: Option<OptionNamed>,
    /// Anything else worth knowing of it.
    pub note: String,
    /// Whether it is before the body, or only a draft of some.
    pub tabling: Tabling,
    /// What has become of it.
    pub status: ProposalStatus,
    /// Its sponsors' spells, in order of joining.
    pub sponsorships: Vec<SponsorSpell>,
    /// Everything that happened to it, irregular acts included, in order of date.
    pub life: Vec<LifeEvent>,
    /// Its place in the order of tabling, counted from zero.
    pub(super) ordinal: u32,
    /// When its present words were put.
    pub(super) worded: u32,
}

/// Whether a proposal is before the body.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Tabling {
    /// It was put to the body.
    Tabled,
    /// It is kept to one delegation, a group or the secretariat: drafted, not tabled.
    Drafted,
}

impl Tabling {
    /// Decides by who may see the words.
    pub fn of(audience: &Audience) -> Self {
        match audience {
            Audience::Public | Audience::Participants | Audience::Observers(_) => Self::Tabled,
            Audience::Group { .. } | Audience::Delegation(_) | Audience::Secretariat => {
                Self::Drafted
            }
        }
    }
}

/// A participant's time among the sponsors of a proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SponsorSpell {
    /// The participant.
    pub participant: ParticipantId,
    /// The entry by which it joined.
    pub joined: Basis,
    /// The entry by which it left.
    pub left: Option<Basis>,
}

/// Something that happened to a proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LifeEvent {
    /// What happened.
    pub step: LifeStep,
    /// The entry.
    pub basis: Basis,
}

/// What can happen to a proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LifeStep {
    /// It was tabled with these changes.
    Tabled(Arc<[Change]>),
    /// Its changes were replaced by these.
    Revised(Arc<[Change]>),
    /// It was withdrawn.
    Withdrawn,
    /// It was tabled again.
    Reintroduced,
    /// It stays open on a new base, with these changes where they were restated.
    Carried {
        /// The new base.
        document: DocumentId,
        /// The changes as restated.
        changes: Option<Arc<[Change]>>,
    },
    /// It did not outlive its base.
    Lapsed(Lapse),
    /// The body agreed to its words on a provision.
    TakenUp(ProvisionId),
    /// A participant joined its sponsors.
    SponsorJoined(ParticipantId),
    /// A participant left its sponsors; its words stay.
    SponsorLeft(ParticipantId),
}

/// How a proposal lapsed and what became of what it asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lapse {
    /// The document at whose issue it lapsed.
    pub document: DocumentId,
    /// What became of what it asked for.
    pub outcome: ProposalOutcome,
    /// How the outcome is known.
    pub known_by: OutcomeBasis,
    /// Anything else worth knowing of it.
    pub note: String,
}

/// What became of a proposal when a new base came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate<'a> {
    /// It stays open on the new base.
    Carried(Basis),
    /// It lapsed, or the new base took it up: see the outcome.
    Lapsed(&'a Lapse, Basis),
    /// The record does not say.
    Undecided,
}

impl Proposal {
    /// Returns its present sponsors in order of joining.
    pub fn sponsors(&self) -> impl Iterator<Item = &SponsorSpell> {
        self.sponsorships.iter().filter(|spell| spell.left.is_none())
    }

    /// Reports whether it has had sponsors, and all of them have left.
    pub fn is_without_sponsors(&self) -> bool {
        !self.sponsorships.is_empty() && self.sponsors().next().is_none()
    }

    /// Reports whether a participant is among its present sponsors.
    pub fn is_sponsored_by(&self, participant: &ParticipantId) -> bool {
        self.sponsors().any(|spell| spell.participant == *participant)
    }

    /// Returns the entry by which it was first tabled.
    ///
    /// # Panics
    /// Never: a proposal exists from its tabling on.
    pub fn tabled(&self) -> Basis {
        self.life.first().expect("a proposal exists from its tabling on").basis
    }

    /// Returns what became of it when it last lapsed, if it ever did.
    pub fn lapse(&self) -> Option<(&Lapse, Basis)> {
        self.life.iter().rev().find_map(|event| match &event.step {
            LifeStep::Lapsed(lapse) => Some((lapse, event.basis)),
            LifeStep::Tabled(_)
            | LifeStep::Revised(_)
            | LifeStep::Withdrawn
            | LifeStep::Reintroduced
            | LifeStep::Carried { .. }
            | LifeStep::TakenUp(_)
            | LifeStep::SponsorJoined(_)
            | LifeStep::SponsorLeft(_) => None,
        })
    }

    /// Returns the provisions its present changes ask something of; for an addition the id that
    /// the added provision has.
    pub fn targets(&self) -> Vec<ProvisionId> {
        targets(&self.id, &self.changes)
    }

    /// Returns its place in the order of tabling, counted from zero.
    pub(crate) fn order_of_tabling(&self) -> u32 {
        self.ordinal
    }

    /// Returns what its present changes ask of one provision, in the sponsor's order.
    pub fn acts_on(&self, provision: &ProvisionId) -> impl Iterator<Item = &Act> {
        about(&self.id, &self.changes)
            .filter(move |(target, _)| target == provision)
            .map(|(_, change)| &change.act)
    }

    pub(crate) fn fate_at(&self, document: &DocumentId) -> Option<Fate<'_>> {
        self.life.iter().rev().find_map(|event| match &event.step {
            LifeStep::Carried { document: onto, .. } if onto == document => {
                Some(Fate::Carried(event.basis))
            }
            LifeStep::Lapsed(lapse) if lapse.document == *document => {
                Some(Fate::Lapsed(lapse, event.basis))
            }
            LifeStep::Tabled(_)
            | LifeStep::Revised(_)
            | LifeStep::Withdrawn
            | LifeStep::Reintroduced
            | LifeStep::Carried { .. }
            | LifeStep::Lapsed(_)
            | LifeStep::TakenUp(_)
            | LifeStep::SponsorJoined(_)
            | LifeStep::SponsorLeft(_) => None,
        })
    }
}

/// Returns each change with the provision it is about: for an addition the id that the added
/// provision has.
pub(crate) fn about<'c>(
    proposal: &ProposalId,
    changes: &'c [Change],
) -> impl Iterator<Item = (ProvisionId, &'c Change)> {
    let mut ordinal = 0;
    changes.iter().map(move |change| {
        let target = if matches!(change.act, Act::Add { .. }) {
            ordinal += 1;
            ProvisionId::added(proposal.as_str(), ordinal)
        } else {
            change.target.clone()
        };
        (target, change)
    })
}

/// Returns the provisions that changes ask something of, each once, in the sponsor's order.
pub(crate) fn targets(proposal: &ProposalId, changes: &[Change]) -> Vec<ProvisionId> {
    let mut targets: Vec<ProvisionId> = Vec::new();
    for (target, _) in about(proposal, changes) {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
}
