//! Which provisions are contested, the most contested first.
//!
//! The order is one of plain counts, stated in [`CONTESTED_ORDER`]; it does not weigh who is
//! involved, nor foresee how a point will be settled.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use travaux_record::{EntryId, ParticipantId, ProposalId};
use travaux_text::{Brackets, ProvisionId};

use super::Negotiation;
use crate::draft::ProvisionState;

/// How contested provisions are ranked, in words for whoever is shown the ranking.
pub const CONTESTED_ORDER: &str = "Ranked by the number of open alternatives; among equals by the \
    number of words in brackets, then by the number of participants involved (sponsors, those who \
    asked for brackets, and those who took a position on an option that an alternative embodies), \
    then in the order of the text.";

/// A contested provision with what its rank rests on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Contested {
    /// The provision.
    pub provision: ProvisionId,
    /// The open proposals that ask for anything other than its present text.
    pub alternatives: Vec<ProposalId>,
    /// How many of its words stand in brackets.
    pub words_bracketed: u64,
    /// The participants involved, in order of their keys.
    pub participants: Vec<ParticipantId>,
    /// The entries this rests on: proposals, requests for brackets, placeholders, positions.
    pub entries: Vec<EntryId>,
}

impl Negotiation {
    /// Returns the contested provisions, the most contested first; see [`CONTESTED_ORDER`].
    pub fn contested(&self) -> Vec<Contested> {
        let bracketed = self.draft.states().iter().filter(|state| {
            !state.alternatives.is_empty() || state.brackets == Brackets::Requested
        });
        let mut contested: Vec<Contested> = bracketed.map(|state| self.contest(state)).collect();
        // The sort is stable: what is equal keeps the order of the text.
        contested.sort_by_key(|contested| {
            Reverse((
                contested.alternatives.len(),
                contested.words_bracketed,
                contested.participants.len(),
            ))
        });
        contested
    }

    fn contest(&self, state: &ProvisionState) -> Contested {
        let mut participants: BTreeSet<&ParticipantId> = BTreeSet::new();
        let mut entries: Vec<EntryId> = Vec::new();
        for id in &state.alternatives {
            let Some(proposal) = self.draft.proposal(id) else { continue };
            entries.extend(proposal.tabled().entries());
            for spell in proposal.sponsors() {
                participants.insert(&spell.participant);
                entries.extend(spell.joined.entries());
            }
            let Some(option) = &proposal.option else { continue };
            for position in self.positions.on_issue(&option.issue) {
                if position.taken.option == *option {
                    participants.insert(&position.taken.participant);
                    entries.extend(position.basis.entries());
                }
            }
        }
        for request in self.draft.requests(&state.provision) {
            participants.extend(&request.participants);
            entries.extend(request.basis.entries());
        }
        for placeholder in self.draft.placeholders(&state.provision) {
            participants.extend(&placeholder.participant);
            entries.extend(placeholder.basis.entries());
        }
        entries.sort_unstable();
        entries.dedup();
        Contested {
            provision: state.provision.clone(),
            alternatives: state.alternatives.clone(),
            words_bracketed: state.words_bracketed,
            participants: participants.into_iter().cloned().collect(),
            entries,
        }
    }
}
