//! Brackets asked for without an alternative, and placeholders.
//!
//! Either is asked of the base that is before the body at the time, and does not reach the next
//! one: who still wants it there asks again.

use travaux_record::{DocumentId, ParticipantId};
use travaux_text::ProvisionId;

use crate::Basis;

/// A request for brackets around a provision or some of its words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BracketRequest {
    /// The provision.
    pub provision: ProvisionId,
    /// The words; none means the whole provision.
    pub words: Option<String>,
    /// Who asked, and has not taken it back.
    pub participants: Vec<ParticipantId>,
    /// The base it was asked of.
    pub document: Option<DocumentId>,
    /// The entry that asked.
    pub basis: Basis,
    /// The entry that lifted it.
    pub lifted: Option<Basis>,
    pub(super) order: u32,
}

/// A provision that awaits text, or on which a delegation awaits instructions.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Placeholder {
    /// The provision.
    pub provision: ProvisionId,
    /// What is awaited.
    pub awaiting: String,
    /// The delegation that awaits instructions, if that is what is meant.
    pub participant: Option<ParticipantId>,
    /// The base it was set on.
    pub document: Option<DocumentId>,
    /// The entry that set it.
    pub basis: Basis,
    /// The entry that cleared or replaced it.
    pub cleared: Option<Basis>,
    pub(super) order: u32,
}
