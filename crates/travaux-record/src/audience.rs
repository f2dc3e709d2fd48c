//! Who may see an entry, and who is looking.
//!
//! An audience is fixed when the entry is recorded. A viewer sees an entry or does not; nothing
//! is shown in part. Who belongs to a group is read from the (public) membership entries.

use serde::{Deserialize, Serialize};

use crate::ParticipantId;

/// Who may see an entry.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// States, groups and the secretariat.
    Participants,
    /// The members that a group had when the entry was recorded, fixed here by name.
    Group {
        /// The group.
        group: ParticipantId,
        /// Its members at that time.
        members: Vec<ParticipantId>,
    },
    /// One delegation alone; not the secretariat.
    Delegation(ParticipantId),
    /// The secretariat alone.
    Secretariat,
    /// Participants, and observers of these classes, as the modalities allow.
    Observers(Vec<StakeholderClass>),
}

impl Audience {
    /// Reports whether everybody may see it.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Public)
    }
}

/// The class under which a stakeholder was admitted.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StakeholderClass {
    /// An organization in consultative status with the Economic and Social Council.
    ConsultativeStatus,
    /// An organization admitted for this process only.
    Accredited,
    /// Academia.
    Academia,
    /// The private sector.
    PrivateSector,
}

/// Who is looking.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Viewer {
    /// Anybody.
    Public,
    /// A participant: a State, a group's coordinator, an organization, a stakeholder, the secretariat.
    Participant(ParticipantId),
}
