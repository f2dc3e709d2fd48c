//! Help for tests of projections: records at random, and the laws that hold for every projection.
//!
//! Behind the feature `testing`. A crate with projections writes, for each of them:
//!
//! ```ignore
//! proptest! {
//!     #[test]
//!     fn the_draft_obeys_the_laws(record in travaux_record::testing::records()) {
//!         travaux_record::testing::laws::<Draft>(&record);
//!     }
//! }
//! ```
//!
//! It knows nothing of what any projection computes.

mod build;
pub mod laws;
mod random;

pub use build::{Builder, id, instant, person, salt, sealed, signer};
pub use laws::laws;
pub use random::{entries, records};
