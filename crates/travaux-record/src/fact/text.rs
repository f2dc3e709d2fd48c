//! Facts about the text: proposals and their fates, sponsorship, brackets, agreement.

use serde::{Deserialize, Serialize};
use travaux_text::{Change, ProvisionId};

use crate::{DocumentId, IssueId, OptionId, ParticipantId, ProposalId, Standing};

/// A proposal was tabled, or an unattributed alternative was recorded.
///
/// Who sponsors it stands in entries of its own, so that words can be public and names restricted.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalTabled {
    /// Its key.
    pub proposal: ProposalId,
    /// The base it is made on.
    pub document: DocumentId,
    /// What it is called where it is shown: a symbol ("CRP.4"), or "Alternative 2".
    pub label: String,
    /// What it asks for.
    pub changes: Vec<Change>,
    /// Whether the words are a participant's, a paraphrase, or ours.
    pub standing: Standing,
    /// The proposal it amends, if it is an amendment to another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<ProposalId>,
    /// The option of an issue that it embodies, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionNamed>,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// An option of an issue.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionNamed {
    /// The issue.
    pub issue: IssueId,
    /// The option.
    pub option: OptionId,
}

/// A proposal's changes were replaced by others.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalRevised {
    /// The proposal.
    pub proposal: ProposalId,
    /// What it asks for from now on.
    pub changes: Vec<Change>,
    /// Who revised it; nobody where the source does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantId>,
}

/// A proposal, and who withdrew or re-introduced it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalNamed {
    /// The proposal.
    pub proposal: ProposalId,
    /// Who acted; nobody where the source does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantId>,
}

/// A proposal stays open on a new base.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalCarried {
    /// The proposal.
    pub proposal: ProposalId,
    /// The new base.
    pub document: DocumentId,
    /// Its changes as they stand on the new base; none keeps them as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

/// A proposal did not outlive its base.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalLapsed {
    /// The proposal.
    pub proposal: ProposalId,
    /// The document at whose issue it lapsed.
    pub document: DocumentId,
    /// What became of what it asked for.
    pub outcome: ProposalOutcome,
    /// How that is known: stated by a source, or found by comparing the two texts.
    pub basis: OutcomeBasis,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What the next text made of what a lapsed proposal asked for.
///
/// A comparison of texts is not a decision: what the body decided stands in decisions.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalOutcome {
    /// The next text reads as it asked.
    Reflected,
    /// The next text took up part of it, or its idea in other words.
    ReflectedInPart,
    /// The next text did not take it up.
    NotReflected,
    /// The point was settled only later.
    LeftOpen,
}

/// How an outcome is known.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeBasis {
    /// A source states it.
    Stated,
    /// Found by comparing the two texts.
    Comparison,
}

/// A participant joined or left a proposal's sponsors.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sponsorship {
    /// The proposal.
    pub proposal: ProposalId,
    /// The participant.
    pub participant: ParticipantId,
}

/// Brackets were asked for around a provision or some of its words, without an alternative.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BracketRequested {
    /// The provision.
    pub provision: ProvisionId,
    /// The words, as they stand in the base; none means the whole provision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantId>,
}

/// A request for brackets was lifted.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BracketLifted {
    /// The entry that asked for them.
    pub request: crate::EntryId,
    /// Who of those that asked takes its request back; nobody where the body, or the secretariat
    /// for it, lifts the brackets whoever asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantId>,
}

/// A provision awaits text, or a delegation awaits instructions on it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceholderSet {
    /// The provision.
    pub provision: ProvisionId,
    /// What is awaited; empty clears the placeholder.
    pub awaiting: String,
    /// The delegation awaiting instructions, if that is what is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<ParticipantId>,
}

/// A provision was agreed ad referendum.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionAgreed {
    /// The provision.
    pub provision: ProvisionId,
    /// Its exact words as agreed.
    pub text: String,
    /// The proposals whose words these are, if any. They are taken up here; nothing is adopted
    /// by being agreed ad referendum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<ProposalId>,
}

/// A provision, and nothing more.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionNamed {
    /// The provision.
    pub provision: ProvisionId,
    /// Why, if said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
