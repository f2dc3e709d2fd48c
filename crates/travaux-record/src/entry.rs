//! An entry: one fact, who recorded it when, who may see it, and how it is known.
//!
//! The envelope is the same for every fact and was frozen first (DESIGN, section 4). An entry has
//! no number of its own: where it stands in the log is the seal's business and reaches no viewer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Audience, EntryId, Evidence, Fact, Moment, ParticipantId};

/// One entry of a record.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The version of the envelope and of the facts: [`Entry::VERSION`].
    #[serde(rename = "v")]
    pub version: u32,
    /// Its random name.
    pub id: EntryId,
    /// When it happened in the negotiation; it counts from the last day of that date.
    pub at: Moment,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Who entered it.
    pub by: ParticipantId,
    /// Who may see it.
    #[serde(default, skip_serializing_if = "Audience::is_public")]
    pub audience: Audience,
    /// How it is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What happened.
    pub fact: Fact,
}

impl Entry {
    /// The version this program writes.
    pub const VERSION: u32 = 1;

    /// The author of what is laid over a record on one machine: whoever sits there.
    pub const LOCAL: &str = "local";

    /// Makes a public entry without evidence. The id is drawn by the caller.
    pub fn new(
        id: EntryId,
        at: impl Into<Moment>,
        recorded_at: Timestamp,
        by: ParticipantId,
        fact: Fact,
    ) -> Self {
        Self {
            version: Self::VERSION,
            id,
            at: at.into(),
            recorded_at,
            by,
            audience: Audience::Public,
            evidence: Vec::new(),
            fact,
        }
    }

    /// The same for another audience.
    #[must_use]
    pub fn to(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }

    /// The same with one more citation.
    #[must_use]
    pub fn citing(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }
}
