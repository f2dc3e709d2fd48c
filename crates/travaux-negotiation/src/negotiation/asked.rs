//! What a proposal asks of one provision, in words.
//!
//! It names the acts; the words asked for are the text's.

use travaux_text::{Act, Place, ProvisionId};

use super::Negotiation;
use crate::draft::Proposal;
use crate::wording::listed;

impl Negotiation {
    /// Says what a proposal asks of a provision: "asks for other words", "asks to delete it".
    pub fn asks(&self, proposal: &Proposal, id: &ProvisionId) -> String {
        let place = |place: &Place| match place {
            Place::After(id) => format!("after {}", self.draft.citation(id).words),
            Place::FirstUnder(id) => format!("first under {}", self.draft.citation(id).words),
        };
        let asks = proposal.acts_on(id).map(|act| match act {
            Act::Replace { .. } => "asks for other words".to_owned(),
            Act::Editorial { .. } => "asks for other words, of form only".to_owned(),
            Act::Retitle { .. } => "asks for another heading".to_owned(),
            Act::Add { place: at, .. } => format!("adds it {}", place(at)),
            Act::Suppress => "asks to delete it".to_owned(),
            Act::NoChange => "asks for no change".to_owned(),
            Act::Transfer { place: at } => format!("asks to move it {}", place(at)),
        });
        listed(&asks.collect::<Vec<_>>())
    }
}
