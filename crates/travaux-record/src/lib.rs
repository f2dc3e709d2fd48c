//! What happened in a negotiation, and how we know.
//!
//! The record is a log of entries that is only ever added to. This crate says what an entry is, who
//! may see it and how it is known, how it is sealed and written (`docs/record-format.md`); it does
//! not know who reads it, and has no file, clock or randomness of its own.
//!
//! ```
//! use travaux_record::{
//!     Entry, EntryId, Fact, Moment, Occurrence, ParticipantAdmitted, ParticipantClass,
//!     ParticipantId, Projection, Record, View, project,
//! };
//!
//! /// Who has been admitted.
//! #[derive(Clone, Debug, Default)]
//! struct Admitted(Vec<String>);
//!
//! impl Projection for Admitted {
//!     fn apply(&mut self, occurrence: Occurrence<'_>) {
//!         if let Fact::ParticipantAdmitted(fact) = occurrence.fact {
//!             self.0.push(fact.name.clone());
//!         }
//!     }
//! }
//!
//! let secretariat = ParticipantId::new("SEC");
//! let fact = Fact::ParticipantAdmitted(ParticipantAdmitted {
//!     participant: secretariat.clone(),
//!     name: "Secretariat".to_owned(),
//!     class: ParticipantClass::Secretariat,
//! });
//! let at: Moment = "2030-01-14".parse()?;
//! let id = EntryId::from_random([7; 16]);
//! let mut record = Record::new();
//! record.append(Entry::new(id, at, "2030-01-14T09:00:00Z".parse()?, secretariat, fact))?;
//!
//! let admitted: Admitted = project(&record, &View::public().as_of("2030-01-31".parse()?))?;
//! assert_eq!(admitted.0, ["Secretariat"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod admission;
mod audience;
mod checkpoint;
mod codec;
mod earlier;
mod entry;
mod evidence;
pub mod export;
mod fact;
mod folded;
mod id;
mod journal;
mod ledger;
mod names;
mod projection;
mod record;
mod refusal;
mod seal;
mod shortened;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod time;
mod verify;
mod view;

pub use audience::{Audience, ClassOf, StakeholderClass, Viewer};
pub use checkpoint::{Checkpoint, Key, KeyError, Origin, Signer};
pub use codec::{Read, ReadError, decode, decode_lines, decode_new, encode, encode_lines};
pub use entry::Entry;
pub use evidence::{Confidence, Evidence, Standing};
pub use export::Sealed;
pub use fact::*;
pub use folded::Folded;
pub use id::{
    DecisionId, DocumentId, EntryId, IssueId, MilestoneId, OptionId, ParticipantId, ProposalId,
    SessionId, SourceId,
};
pub use journal::{
    ImportError, Imported, Journal, JournalError, MemoryJournal, Never, ReplayError, import,
};
pub use ledger::{Ledger, LedgerError};
pub use names::Name;
pub use projection::{Occurrence, Projection};
pub use record::{NewerEntry, Record};
pub use refusal::{AppendError, Refusal};
pub use seal::{Head, Leaf, Salt, Tree};
pub use time::{Moment, MomentError};
pub use verify::{Comparison, Finding, SignatureState, VerifyReport, What, verify};
pub use view::{NewerKind, View, project};
