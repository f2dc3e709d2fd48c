//! Facts about positions: the questions framed, what participants said, what they keep to themselves.

use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use crate::{EntryId, IssueId, OptionId, OptionNamed, ParticipantId, ProposalId, SessionId};

/// A question was framed on which positions are taken.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueFramed {
    /// Its key.
    pub issue: IssueId,
    /// The question.
    pub title: String,
    /// Its options, in order from pole to pole where they are ordered.
    pub options: Vec<IssueOption>,
    /// Whether the options lie on a line.
    pub ordered: bool,
    /// The provisions it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<ProvisionId>,
    /// What it is about, in a sentence or two.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Whether the question was framed after the fact, knowing how it ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_hindsight: bool,
}

/// One option of an issue.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueOption {
    /// Its key within the issue.
    pub option: OptionId,
    /// What it says.
    pub label: String,
}

/// A participant took a position on an option of an issue.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionTaken {
    /// Who: a State, or a group for itself.
    pub participant: ParticipantId,
    /// The option.
    #[serde(flatten)]
    pub option: OptionNamed,
    /// The attitude to that option.
    pub strength: Strength,
    /// How it was expressed.
    pub form: PositionForm,
    /// The session, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// On what it depends, if it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// What was said, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The attitude of a participant to an option.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Tabled it, or is named as tabling it.
    Sponsors,
    /// Is for it.
    Supports,
    /// Accepts it.
    CanAccept,
    /// Reserves its position.
    ReservesPosition,
    /// Abstained in a vote on it.
    Abstained,
    /// Is against it.
    Opposes,
}

/// How a position was expressed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionForm {
    /// A statement of its own, spoken or written.
    Statement,
    /// A statement read for several by name.
    JointStatement,
    /// A vote.
    Vote,
    /// A signature, a deposit or another act of state.
    Act,
    /// Somebody else's report.
    Report,
}

/// A delegation disputes how a position of its own was coded.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionDisputed {
    /// The entry disputed.
    pub entry: EntryId,
    /// The delegation, which must be the one the entry speaks of.
    pub participant: ParticipantId,
    /// Why.
    pub reason: String,
}

/// A statement was delivered.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementDelivered {
    /// Who spoke.
    pub participant: ParticipantId,
    /// On behalf of whom, if not for itself alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf_of: Vec<ParticipantId>,
    /// Who aligned with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aligned: Vec<ParticipantId>,
    /// The session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The provisions it addressed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<ProvisionId>,
    /// Its gist.
    pub text: String,
}

/// A delegation's own mandate or red line.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateSet {
    /// The delegation.
    pub participant: ParticipantId,
    /// How binding it is.
    pub force: MandateForce,
    /// What it is about.
    pub subject: MandateSubject,
    /// What the capital says.
    pub text: String,
}

/// How binding an instruction from the capital is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateForce {
    /// Not to be crossed.
    RedLine,
    /// To be sought.
    Objective,
    /// May be traded.
    Flexible,
}

/// What an instruction is about.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateSubject {
    /// A provision.
    Provision(ProvisionId),
    /// A proposal.
    Proposal(ProposalId),
    /// An issue.
    Issue(IssueId),
}
