//! Who may see an entry, and who is looking.
//!
//! An audience is fixed when the entry is recorded. A viewer sees an entry or does not; nothing
//! is shown in part. Who belongs to a group is read from the (public) membership entries, and
//! what a participant is from the (public) admission entries; this module is told both.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ParticipantClass, ParticipantId};

/// Who may see an entry.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// States, observer States, the coordinators of groups, and the secretariat.
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

    /// Reports whether `viewer` belongs to this audience. `class` says what a participant was
    /// admitted as; somebody who was never admitted sees what is public and what names them.
    pub fn admits(&self, viewer: &Viewer, class: ClassOf<'_>) -> bool {
        match (self, viewer) {
            (Self::Public, _) => true,
            (_, Viewer::Public) => false,
            (Self::Participants, Viewer::Participant(id)) => takes_part(class(id)),
            (Self::Observers(classes), Viewer::Participant(id)) => {
                takes_part(class(id)) || observes(class(id), classes)
            }
            (Self::Group { group, members }, Viewer::Participant(id)) => {
                id == group || members.contains(id)
            }
            (Self::Delegation(delegation), Viewer::Participant(id)) => id == delegation,
            (Self::Secretariat, Viewer::Participant(id)) => {
                class(id) == Some(ParticipantClass::Secretariat)
            }
        }
    }

    /// Reports whether everybody in this audience is in `other` too, whoever may yet be admitted.
    ///
    /// This is the order in which references point: an entry may refer to what its whole audience
    /// sees. An audience given by names lies in one given by a class where each of the named does;
    /// an audience given by a class lies in another by class alone, never in a list of names.
    pub fn within(&self, other: &Self, class: ClassOf<'_>) -> bool {
        match (self, other) {
            (_, Self::Public)
            | (Self::Secretariat, Self::Secretariat)
            | (Self::Participants | Self::Secretariat, Self::Participants | Self::Observers(_)) => {
                true
            }
            (
                Self::Public | Self::Participants | Self::Observers(_) | Self::Secretariat,
                Self::Group { .. } | Self::Delegation(_) | Self::Secretariat,
            )
            | (Self::Public, Self::Participants | Self::Observers(_)) => false,
            (Self::Observers(classes), Self::Participants) => classes.is_empty(),
            (Self::Observers(classes), Self::Observers(others)) => {
                classes.iter().all(|class| others.contains(class))
            }
            (Self::Group { group, members }, _) => members
                .iter()
                .chain([group])
                .all(|id| other.admits(&Viewer::Participant(id.clone()), class)),
            (Self::Delegation(id), _) => other.admits(&Viewer::Participant(id.clone()), class),
        }
    }
}

/// Tells what a participant was admitted as, if it was.
pub type ClassOf<'r> = &'r dyn Fn(&ParticipantId) -> Option<ParticipantClass>;

/// Reports whether participants of this class are in the room: States, observer States and
/// organizations that take part without a vote, the coordinators of groups, the secretariat.
fn takes_part(class: Option<ParticipantClass>) -> bool {
    use ParticipantClass as Class;
    match class {
        Some(
            Class::State
            | Class::Observer
            | Class::NegotiatingGroup
            | Class::ElectoralGroup
            | Class::Secretariat,
        ) => true,
        // Nobody coordinates the signatories of a paper, still less a label of an analyst.
        Some(
            Class::JointStatement
            | Class::AnalystLabel
            | Class::Organization
            | Class::Stakeholder(_),
        )
        | None => false,
    }
}

/// Reports whether whoever has the class `new` sees all that is addressed to the class `old`.
pub(crate) fn keeps_sight(old: ParticipantClass, new: Option<ParticipantClass>) -> bool {
    match old {
        ParticipantClass::Secretariat => new == Some(old),
        ParticipantClass::Stakeholder(_) => new == Some(old) || takes_part(new),
        _ => takes_part(new) || !takes_part(Some(old)),
    }
}

fn observes(class: Option<ParticipantClass>, classes: &[StakeholderClass]) -> bool {
    matches!(class, Some(ParticipantClass::Stakeholder(class)) if classes.contains(&class))
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("everybody"),
            Self::Participants => f.write_str("participants"),
            Self::Group { group, .. } => write!(f, "members of {group}"),
            Self::Delegation(id) => write!(f, "the delegation {id}"),
            Self::Secretariat => f.write_str("the secretariat"),
            Self::Observers(_) => f.write_str("participants and some observers"),
        }
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
