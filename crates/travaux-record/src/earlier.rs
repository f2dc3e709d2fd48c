//! How earlier programs wrote what is written otherwise now: read for ever, never written again.
//!
//! It knows the old form of a member and what it meant, not what follows from it.

use serde::{Deserialize, Deserializer};

use crate::TextDecision;

/// Reads what was decided of a text; once a record said only `"adopted": true`.
pub(crate) fn decision<'de, D: Deserializer<'de>>(from: D) -> Result<TextDecision, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Adopted(bool),
        Decided(TextDecision),
    }
    Ok(match Written::deserialize(from)? {
        Written::Adopted(true) => TextDecision::Adopted,
        Written::Adopted(false) => TextDecision::None,
        Written::Decided(decision) => decision,
    })
}
