//! What is on the table: the base, the open proposals on it, what is agreed, what is in brackets.
//!
//! The draft is folded from the facts about text alone; its words are set together only when
//! somebody asks. Three states are never confused: bracketed, clean but not agreed, agreed ad
//! referendum (DESIGN, section 4). Who favours what is not known here, nor when the body meets: a
//! sponsor's leaving changes no text.

mod assent;
mod base;
mod brackets;
mod citation;
mod compare;
mod fold;
mod issued;
mod languages;
mod official;
mod over_time;
mod present;
mod proposal;
mod stand;
mod state;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use travaux_record::{DocumentId, EntryId, Fact, Language, ParticipantId, ProposalId, Sponsorship};
use travaux_text::{Act, IssuedText, ProvisionId, RollingText};

pub(crate) use proposal::targets;

pub use assent::{Agreed, Agreement, AssentEvent};
pub use base::{Base, Dropped};
pub use brackets::{BracketRequest, Placeholder};
pub use citation::{Citation, CitedIn};
pub use compare::{Difference, WordsChange};
pub use languages::{LanguageCount, Rendering, Review, Version};
pub use official::Official;
pub use over_time::{DraftCount, PartCount, over_time};
pub use proposal::{Fate, Lapse, LifeEvent, LifeStep, Proposal, SponsorSpell, Tabling};
pub use stand::{Opening, Stand, Stands};
pub use state::{ByState, ChapterState, ProvisionState};

use crate::lazy::Lazy;
use crate::{Basis, Irregularity, Sentence};

/// The draft: a projection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Draft {
    bases: Vec<Arc<Base>>,
    proposals: BTreeMap<ProposalId, Arc<Proposal>>,
    // In the order of tabling.
    tabled: Vec<ProposalId>,
    // Sponsors recorded ahead of the words they sponsor.
    early_sponsors: BTreeMap<ProposalId, Vec<(Sponsorship, Basis)>>,
    agreements: BTreeMap<ProvisionId, Arc<Agreement>>,
    requests: Vec<Arc<BracketRequest>>,
    placeholders: Vec<Arc<Placeholder>>,
    versions: BTreeMap<ProvisionId, Arc<BTreeMap<Language, Version>>>,
    irregularities: Vec<Arc<Irregularity>>,
    // How many facts have changed it: places acts before or after each other.
    clock: u32,
    present: Lazy<IssuedText>,
    rolling: Lazy<RollingText>,
    states: Lazy<Vec<ProvisionState>>,
    awaiting: Lazy<BTreeMap<ProvisionId, Vec<ProposalId>>>,
}

/// What is on the table.
impl Draft {
    /// Reports whether a fact changes this projection.
    pub fn concerns(fact: &Fact) -> bool {
        matches!(
            fact,
            Fact::DocumentIssued(_)
                | Fact::ProposalTabled(_)
                | Fact::ProposalRevised(_)
                | Fact::ProposalWithdrawn(_)
                | Fact::ProposalReintroduced(_)
                | Fact::ProposalCarried(_)
                | Fact::ProposalLapsed(_)
                | Fact::SponsorJoined(_)
                | Fact::SponsorLeft(_)
                | Fact::BracketRequested(_)
                | Fact::BracketLifted(_)
                | Fact::PlaceholderSet(_)
                | Fact::ProvisionAgreed(_)
                | Fact::ProvisionReopened(_)
                | Fact::ProvisionClosed(_)
                | Fact::VersionMade(_)
                | Fact::VersionReviewed(_)
                | Fact::TextAttached(_)
        )
    }

    /// Returns the base now before the body: the latest issued.
    pub fn base(&self) -> Option<&Base> {
        self.bases.last().map(|base| &**base)
    }

    /// Returns all bases in order of issue.
    pub fn bases(&self) -> impl DoubleEndedIterator<Item = &Base> {
        self.bases.iter().map(|base| &**base)
    }

    /// Returns a base by its document; of several issues of one document the latest.
    pub fn base_of(&self, document: &DocumentId) -> Option<&Base> {
        self.bases().rev().find(|base| base.document == *document)
    }

    /// Returns a proposal by its key.
    pub fn proposal(&self, id: &ProposalId) -> Option<&Proposal> {
        self.proposals.get(id).map(|proposal| &**proposal)
    }

    /// Returns all proposals ever tabled, in order of tabling.
    pub fn proposals(&self) -> impl Iterator<Item = &Proposal> {
        self.tabled.iter().map(|id| &*self.proposals[id])
    }

    /// Returns the proposals open on the base now before the body, in order of tabling.
    pub fn open_proposals(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals().filter(|proposal| self.is_on_the_table(proposal))
    }

    /// Returns the open proposals made on an earlier base and neither carried nor lapsed since.
    pub fn undecided_proposals(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals()
            .filter(|proposal| proposal.status.is_open() && !self.is_on_the_table(proposal))
    }

    /// Returns the open proposals made on an earlier base that ask something of a provision, or
    /// would add one beside it, and on which nothing has been decided since.
    pub fn awaiting_decision<'a>(
        &'a self,
        provision: &'a ProvisionId,
    ) -> impl Iterator<Item = &'a Proposal> {
        let awaiting = self.awaiting.or_work_out(|| {
            let mut awaiting: BTreeMap<ProvisionId, Vec<ProposalId>> = BTreeMap::new();
            for proposal in self.undecided_proposals() {
                let asking = proposal.changes.iter().filter(|change| change.act != Act::NoChange);
                let asked = asking.map(|change| change.target.clone());
                let about: BTreeSet<ProvisionId> = asked.chain(proposal.targets()).collect();
                for provision in about {
                    awaiting.entry(provision).or_default().push(proposal.id.clone());
                }
            }
            awaiting
        });
        let found = awaiting.get(provision).into_iter().flatten();
        found.filter_map(|id| self.proposal(id))
    }

    /// Returns the open proposals a participant sponsors now, in order of tabling.
    ///
    /// A group's proposals are its own: its members inherit positions, never words.
    pub fn sponsored_by<'a>(
        &'a self,
        participant: &'a ParticipantId,
    ) -> impl Iterator<Item = &'a Proposal> {
        self.open_proposals().filter(move |proposal| proposal.is_sponsored_by(participant))
    }

    /// Returns the requests for brackets that stand on a provision, in order of date.
    pub fn requests<'a>(
        &'a self,
        provision: &'a ProvisionId,
    ) -> impl Iterator<Item = &'a BracketRequest> {
        let open = self.requests.iter().map(|request| &**request);
        open.filter(move |request| request.provision == *provision)
            .filter(|request| request.lifted.is_none())
            .filter(|request| {
                self.stands(&request.provision, request.document.as_ref(), request.order)
            })
    }

    /// Returns every request for brackets, in order of date.
    pub(crate) fn all_requests(&self) -> impl Iterator<Item = &BracketRequest> {
        self.requests.iter().map(|request| &**request)
    }

    /// Returns the placeholders that stand on a provision, in order of date.
    pub fn placeholders<'a>(
        &'a self,
        provision: &'a ProvisionId,
    ) -> impl Iterator<Item = &'a Placeholder> {
        let open = self.placeholders.iter().map(|placeholder| &**placeholder);
        open.filter(move |placeholder| placeholder.provision == *provision)
            .filter(|placeholder| placeholder.cleared.is_none())
            .filter(|p| self.stands(&p.provision, p.document.as_ref(), p.order))
    }

    /// Returns what the body has decided about a provision, if it ever has.
    pub fn agreement(&self, provision: &ProvisionId) -> Option<&Agreement> {
        self.agreements.get(provision).map(|agreement| &**agreement)
    }

    /// Returns what became of each proposal that was open when a document was issued as the base,
    /// in order of tabling.
    pub fn account<'a>(
        &'a self,
        document: &'a DocumentId,
    ) -> impl Iterator<Item = (&'a Proposal, Fate<'a>)> {
        let place = self.bases.iter().position(|base| base.document == *document);
        let order = place.map(|place| self.bases[place].order);
        self.proposals().filter_map(move |proposal| {
            let decided = proposal.fate_at(document);
            let undecided = || {
                let left_behind = proposal.status.is_open()
                    && proposal.document != *document
                    && order.is_some_and(|order| proposal.worded < order);
                left_behind.then_some(Fate::Undecided)
            };
            Some((proposal, decided.or_else(undecided)?))
        })
    }

    /// Returns the acts against which a rule speaks, in order of date.
    pub fn irregularities(&self) -> impl Iterator<Item = &Irregularity> {
        self.irregularities.iter().map(|irregularity| &**irregularity)
    }

    /// Returns the irregularities of one entry.
    pub fn irregularities_of(&self, entry: EntryId) -> impl Iterator<Item = &Irregularity> {
        self.irregularities().filter(move |irregularity| irregularity.basis.entry == entry)
    }

    /// Reports whether a proposal is open on the base now before the body.
    pub fn is_on_the_table(&self, proposal: &Proposal) -> bool {
        let current = self.base().map(|base| &base.document);
        proposal.status.is_open() && current == Some(&proposal.document)
    }

    /// Reports whether something asked of a provision outside any proposal still stands: it was
    /// asked of the base now before the body, no agreement has settled it since, and none stood when
    /// it was asked.
    fn stands(&self, provision: &ProvisionId, on: Option<&DocumentId>, order: u32) -> bool {
        on == self.base().map(|base| &base.document)
            && !self.is_held(provision)
            && !self.is_settled(provision, order)
    }

    /// Reports whether an agreement stands on a provision as it now reads: then nothing received
    /// on it opens a bracket until the body reopens it (DESIGN, section 4: agreed and bracketed
    /// are two states).
    pub(crate) fn is_held(&self, provision: &ProvisionId) -> bool {
        self.agreement(provision).is_some_and(|agreement| {
            let covers = |agreed: &Agreed| {
                let now = self.present().provision(provision);
                now.is_none_or(|now| now.text == agreed.text)
            };
            agreement.assent.is_agreed() && agreement.latest().is_some_and(covers)
        })
    }

    /// Returns the open proposals received on a provision after it was agreed, in order of
    /// tabling: they are considered only if the body reopens it.
    pub fn received_on<'a>(
        &'a self,
        provision: &'a ProvisionId,
    ) -> impl Iterator<Item = &'a Proposal> {
        let is_held = self.is_held(provision);
        let asks = |proposal: &Proposal| {
            proposal.changes.iter().any(|change| {
                change.target == *provision
                    && !matches!(change.act, Act::Add { .. } | Act::NoChange)
            })
        };
        let open = is_held.then(|| self.open_proposals()).into_iter().flatten();
        open.filter(move |proposal| !self.is_settled(provision, proposal.worded) && asks(proposal))
    }

    /// Returns the requests for brackets received on a provision after it was agreed, in order of
    /// date: they are considered only if the body reopens it.
    pub fn requests_received_on<'a>(
        &'a self,
        provision: &'a ProvisionId,
    ) -> impl Iterator<Item = &'a BracketRequest> {
        let is_held = self.is_held(provision);
        let current = self.base().map(|base| &base.document);
        let open = self.requests.iter().map(|request| &**request);
        open.filter(move |request| is_held && request.provision == *provision)
            .filter(|request| request.lifted.is_none())
            .filter(move |request| request.document.as_ref() == current)
            .filter(|request| !self.is_settled(provision, request.order))
    }

    /// Says what has to be known of an open proposal besides its words; nothing of most.
    pub fn remark(&self, proposal: &Proposal) -> Option<Sentence> {
        let targets = proposal.targets();
        let received = targets
            .iter()
            .filter(|target| self.received_on(target).any(|known| known.id == proposal.id));
        let received: Vec<&ProvisionId> = received.collect();
        (!received.is_empty()).then(|| {
            Sentence::new("received after agreement; considered only if the body reopens ")
                .list(received)
        })
    }

    /// Reports whether the body has agreed on a provision since the act of that order: what was
    /// asked before is then settled, until the body reopens it.
    fn is_settled(&self, provision: &ProvisionId, order: u32) -> bool {
        self.agreement(provision).is_some_and(|agreement| {
            agreement.assent.is_agreed()
                && agreement.latest().is_some_and(|agreed| order < agreed.order)
        })
    }
}

#[cfg(test)]
mod tests;
