//! Why an entry can't be recorded, in words.
//!
//! Only what is malformed or can't be resolved is refused. An irregular act in the negotiation (a
//! vote without exhaustion, a sponsor who joins twice, a proposal on a provision that no longer
//! exists) is recorded like any other, and named irregular by the projection that sees it.

use crate::names::Name;
use crate::{Audience, EntryId, ParticipantId};

/// An entry that can't be recorded.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("can't record the {kind} entry {id}: {reason}")]
pub struct AppendError {
    /// The entry refused.
    pub id: EntryId,
    /// The kind of its fact, as written.
    pub kind: &'static str,
    /// Which entry of the batch it was, counted from zero.
    pub index: usize,
    /// Why.
    pub reason: Box<Refusal>,
}

impl AppendError {
    /// Returns what the author can do about it.
    pub fn hint(&self) -> Option<String> {
        self.reason.hint()
    }
}

/// The rule an entry breaks.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The entry is of a version this program doesn't write.
    #[error("it is of version {version} and this program writes version {}", crate::Entry::VERSION)]
    Version {
        /// The version it states.
        version: u32,
    },
    /// Another entry has this id.
    #[error("another entry has this id, and ids are unique in a record")]
    IdTaken,
    /// A name it introduces stands for something already.
    #[error("the {name} is on record already, and a name stands for one thing only")]
    NameTaken {
        /// The name.
        name: Name,
    },
    /// A name it introduces can't be shown, typed or addressed.
    #[error("the {of} of the {what} can't be {written:?}: {why}")]
    NameUnusable {
        /// What is named.
        what: &'static str,
        /// Whether it is its key or its name.
        of: &'static str,
        /// The name, cut where it is long.
        written: String,
        /// What is wrong with it.
        why: String,
    },
    /// A name it relies on is nowhere recorded, or not for its author.
    #[error("the {name} is not on record")]
    NameUnknown {
        /// The name.
        name: Name,
        /// A name on record that is written almost the same.
        nearest: Option<String>,
    },
    /// It refers to something that part of its audience doesn't see.
    #[error(
        "its audience ({audience}) is wider than that of the {name}, and an entry refers only to \
         what its whole audience sees"
    )]
    NameHidden {
        /// The name.
        name: Name,
        /// The audience of the entry refused.
        audience: Audience,
    },
    /// An entry it relies on is nowhere recorded, or not for its author.
    #[error("the entry {of} it refers to is not on record")]
    EntryUnknown {
        /// The entry referred to.
        of: EntryId,
    },
    /// It refers to an entry that part of its audience doesn't see.
    #[error(
        "its audience ({audience}) is wider than that of the entry {of}, and an entry refers only \
         to what its whole audience sees"
    )]
    EntryHidden {
        /// The entry referred to.
        of: EntryId,
        /// The audience of the entry refused.
        audience: Audience,
    },
    /// It refers to an entry of the wrong kind.
    #[error("it must refer to a {expected} entry, and {of} is a {found} entry")]
    EntryKind {
        /// The entry referred to.
        of: EntryId,
        /// The kind it should be of.
        expected: &'static str,
        /// The kind it is of.
        found: &'static str,
    },
    /// Who takes part, and as what, is public.
    #[error("it is addressed to {audience}, and process, admission and membership are public")]
    MustBePublic {
        /// The audience given.
        audience: Audience,
    },
    /// A mandate belongs to the delegation, or to a group it shares it with.
    #[error(
        "it is addressed to {audience}, and a mandate is for its delegation ({delegation}) alone \
         or for a group it belongs to"
    )]
    MandateExposed {
        /// The audience given.
        audience: Audience,
        /// Whose mandate it is.
        delegation: ParticipantId,
    },
    /// The members named in a group's audience aren't the group's members.
    #[error(
        "it is addressed to {group} as {}, whose members are {} when it is recorded",
        listed(given),
        listed(members)
    )]
    NotTheMembers {
        /// The group.
        group: ParticipantId,
        /// The members the audience names.
        given: Vec<ParticipantId>,
        /// The members on record.
        members: Vec<ParticipantId>,
    },
    /// A correction corrects an original.
    #[error("{of} is itself a correction, and a correction refers to the original entry")]
    CorrectsCorrection {
        /// The correction it refers to.
        of: EntryId,
        /// The original that one corrects.
        original: EntryId,
    },
    /// A correction states the same kind of fact about the same thing.
    #[error(
        "it replaces the {original} fact of {of} by one of another kind or under another name, \
         and references to it would point nowhere"
    )]
    CorrectsToAnother {
        /// The entry corrected.
        of: EntryId,
        /// The kind of its fact.
        original: &'static str,
    },
    /// What somebody has been shown can't be taken back.
    #[error(
        "{participant} would no longer see what has been addressed to it as it was admitted, and \
         an audience is fixed when an entry is recorded"
    )]
    NarrowsAdmission {
        /// The participant.
        participant: ParticipantId,
    },
    /// What is laid over a record on one machine is nobody's act in the negotiation.
    #[error(
        "only what is laid over a record on one machine is entered by \"local\", and nothing else"
    )]
    LocalAuthor,
    /// What is laid over a record on one machine stays there.
    #[error(
        "it is laid over a record on one machine, and no record that is kept or shared takes it in"
    )]
    LocalOnly,
    /// Only the delegation concerned disputes a coding.
    #[error("{by} disputes a position of {concerned}, and only the delegation concerned may")]
    NotConcerned {
        /// Who recorded the dispute, or in whose name it speaks.
        by: ParticipantId,
        /// Whose position was coded.
        concerned: ParticipantId,
    },
}

impl Refusal {
    /// Returns what the author can do about it, where that isn't plain from the reason.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Version { version } if *version > crate::Entry::VERSION => {
                Some(format!("upgrade to a program that reads version {version}"))
            }
            Self::IdTaken => {
                Some("draw another id; if it is the same entry, it is recorded".into())
            }
            Self::NameTaken { name } => {
                Some(format!("choose another name for the {}, or correct the entry", name.what()))
            }
            Self::NameUnusable { of: "key", .. } => {
                Some("choose a short key of letters and digits, such as KEN or art.5".into())
            }
            Self::NameUnusable { .. } => Some("give the name as it is printed on lists".into()),
            Self::NameUnknown { nearest: Some(nearest), .. } => {
                Some(format!("did you mean \"{nearest}\"?"))
            }
            Self::NameUnknown { name, nearest: None } => Some(format!(
                "record the {} first, for the same audience or a wider one",
                name.what()
            )),
            Self::EntryUnknown { .. } => Some("give the id in full, as the record shows it".into()),
            Self::NameHidden { .. } | Self::EntryHidden { .. } => {
                Some("address it to a narrower audience, or release what it refers to first".into())
            }
            Self::LocalAuthor => Some("`travaux attach` writes such entries".into()),
            Self::LocalOnly => Some("keep it in a file, and lay it over with --with FILE".into()),
            Self::Version { .. } | Self::EntryKind { .. } | Self::NotConcerned { .. } => None,
            Self::MustBePublic { .. } => Some("leave the audience out".into()),
            Self::MandateExposed { delegation, .. } => {
                Some(format!("address it to the delegation {delegation}"))
            }
            Self::NotTheMembers { .. } => {
                Some("record a change of membership first, or name the members on record".into())
            }
            Self::CorrectsCorrection { original, .. } => {
                Some(format!("correct {original} instead"))
            }
            Self::NarrowsAdmission { .. } => {
                Some("admit it under another name, and address it by that from now on".into())
            }
            Self::CorrectsToAnother { .. } => Some(
                "strike the entry out with a correction without a fact, and record anew".into(),
            ),
        }
    }
}

/// Joins names for a message; nobody is said so.
fn listed(ids: &[ParticipantId]) -> String {
    if ids.is_empty() {
        return "nobody".to_owned();
    }
    ids.iter().map(ParticipantId::as_str).collect::<Vec<_>>().join(", ")
}
