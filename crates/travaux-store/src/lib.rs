//! Where a record lies: one SQLite file, durable before acknowledged.
//!
//! This crate keeps bytes, salts and checkpoints in their order and gives them back as they came.
//! It does not know what an entry says or who may see it: `travaux-record` does, through the
//! [`travaux_record::Journal`] that [`Store`] is. It is also where randomness comes from.
//!
//! ```
//! use travaux_record::{Entry, Fact, Ledger, Origin, ParticipantAdmitted, ParticipantClass,
//!     ParticipantId};
//! use travaux_store::{Store, random};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("committee.travaux");
//! # let now = "2030-01-01T00:00:00Z".parse()?;
//! # let today = "2030-01-01".parse::<travaux_record::Moment>()?;
//! let store = Store::create(&path, Origin::new("example.org/committee")?)?;
//! let mut ledger = Ledger::open(store)?;
//! let secretariat = ParticipantId::new("SEC");
//! let admitted = Fact::ParticipantAdmitted(ParticipantAdmitted {
//!     participant: secretariat.clone(),
//!     name: "Secretariat".to_owned(),
//!     class: ParticipantClass::Secretariat,
//! });
//! let entry = Entry::new(random::entry_id()?, today, now, secretariat, admitted);
//! ledger.append(&[(entry, random::salt()?)])?;
//!
//! // Whoever opens the file again finds the same bytes.
//! let again = Ledger::open(Store::open(&path)?)?;
//! assert_eq!(again.record().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod migrations;
pub mod random;
mod store;

pub use error::StoreError;
pub use store::Store;
