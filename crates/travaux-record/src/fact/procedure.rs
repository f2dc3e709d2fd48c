//! Facts about the conduct of a meeting: who is there, who speaks, what is moved, ruled and put.
//!
//! They say what happened in the room. Whether the rules of procedure allow it is not known here:
//! an irregular act is recorded like any other.

use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use crate::{Ballot, DecisionId, Majority, Moment, ParticipantId, ProposalId, SessionId, Subject};

/// A meeting was opened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingOpened {
    /// What it is called, for instance "14th meeting".
    pub title: String,
    /// The session it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The rules of procedure that apply, by the key of their file; else those of the process.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rules: String,
}

/// A meeting was suspended, resumed or adjourned.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingContinued {
    /// What happened to it.
    pub step: MeetingStep,
    /// Until when, or why, if said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What happens to a meeting once it is open.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingStep {
    /// It is interrupted and goes on later.
    Suspended,
    /// It goes on.
    Resumed,
    /// It is over.
    Adjourned,
}

/// What became of the credentials of representatives.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialsExamined {
    /// Whose.
    pub participants: Vec<ParticipantId>,
    /// What became of them.
    pub standing: CredentialsStanding,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What became of credentials.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialsStanding {
    /// They are in order.
    Accepted,
    /// An objection was made to them, and is not decided yet.
    Challenged,
    /// They are not in order.
    Rejected,
}

/// Who came and who left, as the secretariat noted it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceNoted {
    /// Who is present from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrived: Vec<ParticipantId>,
    /// Who is not present any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<ParticipantId>,
    /// How many members are present, where they were counted and not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<u32>,
}

/// A participant lost its vote, or has it again.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotingRightSet {
    /// Who.
    pub participant: ParticipantId,
    /// Whether it may vote from now on.
    pub may_vote: bool,
    /// Why, for instance "Article 19 of the Charter".
    pub ground: String,
}

/// The body adopted its agenda, or changed it: this is the whole of it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaAdopted {
    /// Its items, in order.
    pub items: Vec<AgendaItem>,
}

/// An item of an agenda.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// Its number as printed.
    pub item: String,
    /// Its title.
    pub title: String,
}

/// The body took up an item of its agenda.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemTakenUp {
    /// Its number as printed.
    pub item: String,
}

/// A participant asked for the floor, was given it, or gave its place on the list up.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorAsked {
    /// Who.
    pub participant: ParticipantId,
    /// What for.
    #[serde(default, skip_serializing_if = "Speech::is_statement")]
    pub speech: Speech,
}

/// What a participant has the floor for.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speech {
    /// A statement on the item.
    #[default]
    Statement,
    /// A reply to what another has said.
    Reply,
    /// In favour of a motion.
    InFavour,
    /// Against a motion.
    Against,
}

impl Speech {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    fn is_statement(&self) -> bool {
        *self == Self::Statement
    }
}

/// The list of speakers was closed, or opened again.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakersListSet {
    /// Whether it takes names.
    pub open: bool,
}

/// The time for each speaker was limited, or set free.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakingTimeSet {
    /// How many minutes each speaker has; none sets it free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// A deadline was set for proposals or for amendments.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineSet {
    /// For what.
    pub of: Deadline,
    /// The last day on which they are received.
    pub until: Moment,
}

/// What a deadline is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// Proposals.
    Proposals,
    /// Amendments to proposals.
    Amendments,
}

/// The chair ruled on a point of order, a motion or a request.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulingGiven {
    /// The point of order or motion ruled on; or a key of its own.
    pub decision: DecisionId,
    /// What was ruled, in a sentence.
    pub ruling: String,
    /// What the ruling is about, where that is not what it rules on: a proposal permitted late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Whether what was asked is granted.
    pub granted: bool,
}

/// A motion was withdrawn.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotionWithdrawn {
    /// The motion.
    pub motion: DecisionId,
    /// Who withdrew it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantId>,
}

/// A question was put to the vote: voting began.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionPut {
    /// The decision's key.
    pub decision: DecisionId,
    /// What was put.
    pub question: String,
    /// What it is about.
    pub subject: Subject,
    /// What being carried does.
    pub effect: QuestionEffect,
    /// The majority it was said to need.
    pub majority: Majority,
    /// How the vote is taken.
    #[serde(default)]
    pub method: VotingMethod,
    /// Who asked for that method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_request_of: Option<ParticipantId>,
    /// The member drawn by lot whose name is called first, in a roll-call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<ParticipantId>,
}

/// What carrying a question does; what failing does follows from it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionEffect {
    /// A proposal, or a whole text, is adopted or approved. Where it fails there is none.
    Adopt,
    /// An amendment is adopted. Where it fails the text stays as it was.
    Amend,
    /// Words are taken out. Where it fails they stay.
    Delete,
    /// Words are kept. Where it fails they fall.
    Retain,
    /// A question of procedure is decided.
    Procedure,
}

/// How a vote is taken.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VotingMethod {
    /// By show of hands, or by machine without a record of who voted how.
    #[default]
    ShowOfHands,
    /// By machine, with a record of who voted how.
    Recorded,
    /// Each member's name is called.
    RollCall,
    /// By secret ballot.
    SecretBallot,
}

/// A participant cast its vote on a question that was put.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteCast {
    /// The decision's key.
    pub decision: DecisionId,
    /// Who.
    pub participant: ParticipantId,
    /// How.
    pub ballot: Ballot,
}

/// The order in which proposals and amendments are put to the vote.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotingOrderSet {
    /// The proposals, first to be put first.
    pub order: Vec<ProposalId>,
    /// Where adopting one means rejecting others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implications: Vec<Implication>,
}

/// Adopting one proposal means rejecting others.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Implication {
    /// The proposal that would be adopted.
    pub adopting: ProposalId,
    /// Those that are then not put.
    pub rejects: Vec<ProposalId>,
}

/// A ballot of an election was taken.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionBallotTaken {
    /// The election's key; its ballots share it.
    pub election: DecisionId,
    /// The post, for instance "Vice-Chair, Eastern European States".
    pub post: String,
    /// How many are to be elected.
    pub places: u32,
    /// The candidates with the votes each received.
    pub votes: Vec<CandidateVotes>,
    /// Who was declared elected by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elected: Vec<ParticipantId>,
    /// Whether that was decided by drawing lots.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_lot: bool,
}

/// What one candidate received.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateVotes {
    /// The candidate, or the State that nominated the person.
    pub candidate: ParticipantId,
    /// How many votes.
    pub votes: u32,
}

/// A text was circulated for adoption if nobody breaks silence.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceOpened {
    /// The decision's key.
    pub decision: DecisionId,
    /// What is adopted if nobody objects.
    pub question: String,
    /// What it is about.
    pub subject: Subject,
    /// The last day on which silence can be broken.
    pub until: Moment,
}

/// The body went into informal consultations, or an informal group was set up.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformalsConvened {
    /// What the group is called.
    pub group: String,
    /// Who facilitates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilitators: Vec<ParticipantId>,
    /// The provisions it is to consult on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<ProvisionId>,
}

/// A facilitator reported back: all that informal consultations leave on record.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformalsReported {
    /// What the group is called.
    pub group: String,
    /// The report.
    pub report: String,
}
