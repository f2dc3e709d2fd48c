//! What treaty text is: provisions, the merge of many sides over one base, and brackets.
//!
//! Nothing in this crate knows who sponsors, supports or opposes a text, nor when; it does no
//! input or output.

mod assent;
mod issued;
mod provision;
mod setting;

pub use assent::{
    AgreedText, Assent, AssentStep, Brackets, ProposalStatus, ProposalStep, Standing, StandingNote,
    TextState,
};
pub use issued::{IssuedError, IssuedText};
pub use provision::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};
