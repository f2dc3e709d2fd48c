//! Facts about decisions: motions, the search for consensus, votes and what was said about them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use crate::{DecisionId, DocumentId, EntryId, ParticipantId, ProposalId, SessionId};

/// What a motion, a question or an objection is about.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A provision.
    Provision(ProvisionId),
    /// A proposal.
    Proposal(ProposalId),
    /// A whole document.
    Document(DocumentId),
    /// Another decision: a ruling appealed against, a vote reconsidered.
    Decision(DecisionId),
    /// Something said in words only.
    Matter(String),
}

/// A motion was made.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotionMade {
    /// Its key; the decision on it has the same.
    pub motion: DecisionId,
    /// What it asks, in a sentence.
    pub question: String,
    /// Who moved it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movers: Vec<ParticipantId>,
    /// Who supported it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supporters: Vec<ParticipantId>,
    /// What it is about.
    pub subject: Subject,
    /// What kind of motion it is, by its name in the rules of procedure, for instance
    /// `close_debate`; left out for a motion on the substance.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub under: String,
}

/// The chair asked whether there is consensus.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsensusSought {
    /// The decision's key.
    pub decision: DecisionId,
    /// What was put.
    pub question: String,
    /// What it is about.
    pub subject: Subject,
}

/// A participant objected.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionRaised {
    /// Who objected.
    pub participant: ParticipantId,
    /// To what.
    pub subject: Subject,
    /// The decision it stood in the way of, if one was sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// Why, if said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ground: String,
    /// What would lift it, if said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remedy: String,
}

/// An objection was lifted by the participant that raised it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionLifted {
    /// The entry that raised it.
    pub objection: EntryId,
}

/// The bureau decided, or the chair announced, that efforts at consensus are exhausted.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffortsExhausted {
    /// The decision they were made for.
    pub decision: DecisionId,
    /// Which of the two steps this is.
    pub step: ExhaustionStep,
}

/// The two steps from consensus to a vote (A/RES/75/282, paragraph 5).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExhaustionStep {
    /// The bureau decided so.
    BureauDecided,
    /// The chair informed the body.
    ChairInformed,
}

/// A vote was taken.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteTaken {
    /// Its key.
    pub decision: DecisionId,
    /// What was put.
    pub question: String,
    /// What it is about.
    pub subject: Subject,
    /// The body that voted, where it is not the negotiating body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Who moved the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movers: Vec<ParticipantId>,
    /// The majority it needed.
    pub majority: Majority,
    /// The rule that asks for that majority, as cited.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// The count, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
    /// Who voted how, where known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ballots: BTreeMap<ParticipantId, Ballot>,
    /// Whether it was carried, as announced.
    pub carried: bool,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The share of votes a decision needs, of those present and voting.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Majority {
    /// More in favour than against.
    Simple,
    /// At least two thirds.
    TwoThirds,
}

/// A count of votes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// In favour.
    pub in_favour: u32,
    /// Against.
    pub against: u32,
    /// Abstaining; recorded, never counted as voting.
    pub abstaining: u32,
}

/// How a participant voted.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    /// In favour.
    Yes,
    /// Against.
    No,
    /// Abstaining.
    Abstain,
}

/// A decision was taken without a vote.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsensusReached {
    /// The decision's key.
    pub decision: DecisionId,
    /// What was decided, in a sentence.
    pub question: String,
    /// What it is about.
    pub subject: Subject,
    /// The body that decided, where it is not the negotiating body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A participant explained its vote or position, or dissociated itself.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplanationGiven {
    /// Who.
    pub participant: ParticipantId,
    /// The decision.
    pub decision: DecisionId,
    /// What it did.
    pub form: ExplanationForm,
    /// What it said, in a sentence.
    pub text: String,
}

/// What a participant did about a decision.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExplanationForm {
    /// Explained its vote.
    OfVote,
    /// Explained its position after a decision without a vote.
    OfPosition,
    /// Dissociated itself from the consensus.
    Dissociation,
    /// Stated how it would have voted.
    IntendedVote,
}
