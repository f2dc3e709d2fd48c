//! What the body has decided about a provision: agreed ad referendum, closed, reopened.
//!
//! The words agreed to are kept to the byte. Whether they are those of the text now before the
//! body is asked elsewhere.

use travaux_record::{DocumentId, ProposalId};
use travaux_text::{Assent, AssentStep, Change};

use crate::Basis;

/// An agreement to exact words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Agreed {
    /// The words.
    pub text: String,
    /// The proposals whose words these are.
    pub proposals: Vec<ProposalId>,
    /// The base that was before the body.
    pub document: Option<DocumentId>,
    /// What the base and the proposals named give, where that is other words than those agreed.
    pub given: Option<String>,
    /// The entry.
    pub basis: Basis,
    /// What of the proposals' acts of structure it put into the text with the words.
    pub(super) structure: Vec<Change>,
    pub(super) order: u32,
}

/// A decision on a provision's assent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AssentEvent {
    /// What was decided.
    pub step: AssentStep,
    /// Why, if said.
    pub reason: String,
    /// The entry.
    pub basis: Basis,
}

/// All that the body has decided about a provision.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Agreement {
    /// Where it stands now.
    pub assent: Assent,
    /// The agreements, in order; the last one is the one that stood or stands.
    pub agreed: Vec<Agreed>,
    /// Every decision, irregular ones included, in order of date.
    pub events: Vec<AssentEvent>,
}

impl Agreement {
    /// Returns the latest agreement, whether or not it still stands.
    pub fn latest(&self) -> Option<&Agreed> {
        self.agreed.last()
    }
}
