//! The rolling text: the text before the body with every open proposal as a side of it.
//!
//! It is set together when first asked for and kept up with each act on a proposal. What the body
//! has agreed on since a proposal was worded is settled: the proposal stays open elsewhere, and
//! comes back there if the body reopens the provision.

use std::collections::BTreeSet;

use travaux_record::{EntryId, Fact, ProposalId};
use travaux_text::{
    Act, Change, ProposalKey, ProposalStatus, ProvisionId, RollingText, stands_once,
};

use super::{BracketRequest, Draft, Proposal};

/// Returns the name a proposal has as a side; none for a key that can name no side.
pub(super) fn key(proposal: &ProposalId) -> Option<ProposalKey> {
    ProposalKey::new(proposal.as_str()).ok()
}

impl Draft {
    /// Returns the text before the body with every open proposal on it.
    pub fn text(&self) -> &RollingText {
        self.rolling.or_work_out(|| {
            let open = self.open_proposals();
            let sides =
                open.filter_map(|proposal| Some((key(&proposal.id)?, self.side_of(proposal))));
            let mut text = RollingText::with_proposals(self.present().clone(), sides);
            let asked: BTreeSet<&ProvisionId> =
                self.requests.iter().map(|request| &request.provision).collect();
            for provision in asked {
                text.bracket(provision, self.bracketed_words(provision));
            }
            text
        })
    }

    /// Returns around which words of a provision brackets are asked for; none is all of them.
    fn bracketed_words(&self, provision: &ProvisionId) -> Vec<Option<String>> {
        self.requests(provision).map(|request| request.words.clone()).collect()
    }

    /// Returns the requests for brackets that stand on a provision and whose words do not stand
    /// there exactly once, so that nobody can tell which are meant: they bracket the whole of it.
    pub fn unplaced_requests<'a>(
        &'a self,
        provision: &'a ProvisionId,
    ) -> impl Iterator<Item = &'a BracketRequest> {
        let text = self.text().words(provision).map(|now| now.text.as_str());
        self.requests(provision).filter(move |request| match (&request.words, text) {
            (Some(words), Some(text)) => stands_once(text, words).is_none(),
            (Some(_) | None, _) => false,
        })
    }

    /// Takes over from the draft of another day, or of another viewer, how those provisions are
    /// printed that stand alike in both; what was not worked out there is not worked out here.
    pub fn lay_out_as(&self, other: &Self) {
        if let Some(known) = other.rolling.known() {
            self.text().lay_out_as(known);
        }
    }

    /// Returns what an open proposal still asks: its changes without those that a later agreement
    /// has settled, and those received on a text that stands agreed.
    pub fn open_changes(&self, proposal: &Proposal) -> Vec<Change> {
        let open = proposal.changes.iter().filter(|change| {
            // An addition keeps its place in the count, by which the added provision is named.
            matches!(change.act, Act::Add { .. })
                || !(self.is_held(&change.target)
                    || self.is_settled(&change.target, proposal.worded))
        });
        open.cloned().collect()
    }

    /// Returns the provisions on which a later agreement has settled what a proposal asks.
    pub fn settled_on(&self, proposal: &Proposal) -> Vec<ProvisionId> {
        let mut targets = proposal.targets();
        targets.retain(|target| self.is_settled(target, proposal.worded));
        targets
    }

    /// Returns what has become of a proposal.
    ///
    /// One on which everything it asks is settled by agreements to other words is rejected, until
    /// the body reopens one of these provisions.
    pub fn status(&self, proposal: &Proposal) -> ProposalStatus {
        let all_settled = || {
            let settled = self.settled_on(proposal);
            !settled.is_empty() && settled.len() == proposal.targets().len()
        };
        if self.is_on_the_table(proposal) && all_settled() {
            ProposalStatus::Rejected
        } else {
            proposal.status
        }
    }

    fn side_of(&self, proposal: &Proposal) -> travaux_text::Proposal {
        let side = travaux_text::Proposal::new(proposal.ordinal, self.open_changes(proposal));
        match proposal.amends.as_ref().and_then(key) {
            Some(amended) => side.amending(amended),
            None => side,
        }
    }

    fn follow_lifting(&mut self, request: EntryId) {
        let known = self.requests.iter().find(|known| known.basis.entry == request);
        if let Some(provision) = known.map(|known| known.provision.clone()) {
            self.follow_brackets(&provision);
        }
    }

    fn follow_brackets(&mut self, provision: &ProvisionId) {
        let asked = self.bracketed_words(provision);
        if let Some(text) = self.rolling.worked_out() {
            text.bracket(provision, asked);
        }
    }

    /// Keeps the words that were worked out up with a fact, or forgets them where it changes the
    /// text under the proposals.
    pub(super) fn follow(&mut self, fact: &Fact) {
        self.states.forget();
        self.awaiting.forget();
        let proposal = match fact {
            Fact::ProposalTabled(fact) => &fact.proposal,
            Fact::ProposalRevised(fact) => &fact.proposal,
            Fact::ProposalWithdrawn(fact) | Fact::ProposalReintroduced(fact) => &fact.proposal,
            Fact::ProposalCarried(fact) => &fact.proposal,
            Fact::ProposalLapsed(fact) => &fact.proposal,
            Fact::DocumentIssued(_)
            | Fact::ProvisionAgreed(_)
            | Fact::ProvisionReopened(_)
            | Fact::ProvisionClosed(_) => {
                self.present.forget();
                self.rolling.forget();
                return;
            }
            Fact::BracketRequested(fact) => return self.follow_brackets(&fact.provision.clone()),
            Fact::BracketLifted(fact) => return self.follow_lifting(fact.request),
            _ => return,
        };
        let side = self.proposal(proposal).filter(|known| self.is_on_the_table(known));
        let side = side.map(|known| self.side_of(known));
        let (Some(key), Some(text)) = (key(proposal), self.rolling.worked_out()) else { return };
        match side {
            Some(side) => text.table(key, side),
            None => text.withdraw(&key),
        };
    }
}
