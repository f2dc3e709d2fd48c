//! The names by which entries refer to things: participants, proposals, documents, issues.
//!
//! Each is an opaque key of its own type, so that one can't stand where another is meant. Apart
//! from [`EntryId`] they are chosen by whoever keeps the record and are public in what they name.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Makes the name from its written form.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// Returns the written form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// A participant: a State by its ISO 3166 alpha-3 code in a real negotiation, else a short code.
    ParticipantId;
    /// A document, for instance `cnd`; its symbol is printed instead where one is known.
    DocumentId;
    /// A proposal or an unattributed alternative.
    ProposalId;
    /// A session of the body, or a meeting period between sessions.
    SessionId;
    /// A question on which positions are taken.
    IssueId;
    /// One of the options of an issue.
    OptionId;
    /// A vote, or another decision of the body.
    DecisionId;
    /// A dated step the process has set itself.
    MilestoneId;
    /// A source that evidence cites.
    SourceId;
}

/// The random name of an entry: the only one of its coordinates that any viewer may be shown.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(Uuid);

impl EntryId {
    /// Makes an id of 16 random bytes drawn by the caller (a UUID of version 4).
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// Reads an id as written.
    ///
    /// # Errors
    /// When `text` is no UUID.
    pub fn parse(text: &str) -> Result<Self, uuid::Error> {
        Uuid::try_parse(text).map(Self)
    }

    /// Returns the first eight hexadecimal digits, enough to tell entries of one record apart.
    pub fn short(&self) -> String {
        self.0.simple().to_string()[..8].to_owned()
    }
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}
