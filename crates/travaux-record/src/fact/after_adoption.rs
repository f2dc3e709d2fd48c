//! Facts after adoption: signature and consent to be bound.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ParticipantId;

/// The treaty was opened for signature.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedForSignature {
    /// The treaty's name.
    pub treaty: String,
    /// Where.
    pub place: String,
    /// The last day for signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How many instruments bring it into force.
    pub instruments_needed: u32,
    /// How many days after the last of these.
    pub delay_days: u32,
    /// The depositary.
    pub depositary: String,
}

/// A participant signed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Who.
    pub participant: ParticipantId,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A participant had not signed by the entry's date, as far as is reported.
///
/// It says nothing of why, or of what the participant did later.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotYetSigned {
    /// Who.
    pub participant: ParticipantId,
}

/// An instrument was deposited, or a step towards one was reported.
///
/// That a parliament approved, that an instrument was deposited and that the treaty is in force
/// for the party are three facts; only a deposit counts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRecorded {
    /// Who.
    pub participant: ParticipantId,
    /// The form of the consent to be bound (Vienna Convention on the Law of Treaties, article 11).
    pub form: ConsentForm,
    /// How far it has come.
    pub stage: ConsentStage,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The form of a consent to be bound.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentForm {
    /// Ratification.
    Ratification,
    /// Acceptance.
    Acceptance,
    /// Approval.
    Approval,
    /// Accession.
    Accession,
}

/// How far a consent to be bound has come.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentStage {
    /// A domestic body approved; nothing is deposited.
    ApprovedAtHome,
    /// A deposit is reported, its date not found.
    DepositReported,
    /// The instrument is deposited, on the entry's date.
    Deposited,
}
