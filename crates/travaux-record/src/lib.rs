//! What happened in a negotiation, and how we know.
//!
//! The record is a log of entries that is only ever added to. This crate says what an entry is,
//! who may see it and how it is known; it does not know who reads it, and has no file, clock or
//! randomness of its own.

mod audience;
mod entry;
mod evidence;
mod fact;
mod id;
mod projection;
mod time;

pub use audience::{Audience, StakeholderClass, Viewer};
pub use entry::Entry;
pub use evidence::{Confidence, Evidence, Standing};
pub use fact::*;
pub use id::{
    DecisionId, DocumentId, EntryId, IssueId, MilestoneId, OptionId, ParticipantId, ProposalId,
    SessionId, SourceId,
};
pub use projection::{Occurrence, Projection};
pub use time::{Moment, MomentError};
