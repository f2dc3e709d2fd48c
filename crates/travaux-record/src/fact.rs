//! The closed set of facts an entry may state.
//!
//! One enum, versioned with the envelope. A kind that this program does not know still verifies
//! and exports; projections refuse it with a clear message. Facts say what happened; what follows
//! from them (brackets, standings, what may happen next) is nowhere stored.

mod after_adoption;
mod decision;
mod position;
mod process;
mod text;

use serde::{Deserialize, Serialize};

pub use after_adoption::*;
pub use decision::*;
pub use position::*;
pub use process::*;
pub use text::*;

use crate::{EntryId, Moment};

/// What happened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    // Process.
    /// The negotiation began.
    ProcessOpened(ProcessOpened),
    /// A source that evidence cites.
    SourceDescribed(SourceDescribed),
    /// A participant was admitted; public.
    ParticipantAdmitted(ParticipantAdmitted),
    /// A participant belongs to a group; public.
    MembershipRecorded(MembershipRecorded),
    /// An officer was elected.
    OfficerElected(OfficerElected),
    /// A session, or a meeting between sessions, took place or is set to.
    SessionConvened(SessionConvened),
    /// A dated step was set, moved or reached.
    MilestoneSet(MilestoneSet),
    /// A document was issued.
    DocumentIssued(DocumentIssued),
    /// A stakeholder made a submission.
    SubmissionReceived(SubmissionReceived),

    // Text.
    /// A proposal was tabled, or an unattributed alternative was recorded.
    ProposalTabled(ProposalTabled),
    /// Its changes were replaced by others.
    ProposalRevised(ProposalRevised),
    /// It was withdrawn.
    ProposalWithdrawn(ProposalNamed),
    /// It was tabled again after withdrawal or lapse.
    ProposalReintroduced(ProposalNamed),
    /// It stays open on a new base.
    ProposalCarried(ProposalCarried),
    /// It did not outlive its base.
    ProposalLapsed(ProposalLapsed),
    /// A participant joined its sponsors.
    SponsorJoined(Sponsorship),
    /// A participant left its sponsors.
    SponsorLeft(Sponsorship),
    /// Brackets were asked for around words, without an alternative.
    BracketRequested(BracketRequested),
    /// That request was lifted.
    BracketLifted(BracketLifted),
    /// A provision awaits text, or a delegation awaits instructions on it.
    PlaceholderSet(PlaceholderSet),
    /// A provision was agreed ad referendum, with these exact words.
    ProvisionAgreed(ProvisionAgreed),
    /// An agreed provision was reopened.
    ProvisionReopened(ProvisionNamed),
    /// An agreed provision was closed.
    ProvisionClosed(ProvisionNamed),

    // Positions.
    /// A question was framed on which positions are taken.
    IssueFramed(IssueFramed),
    /// A participant took a position.
    PositionTaken(PositionTaken),
    /// A delegation disputes how a position of its own was coded.
    PositionDisputed(PositionDisputed),
    /// A statement was delivered.
    StatementDelivered(StatementDelivered),
    /// A delegation's own mandate or red line; private.
    MandateSet(MandateSet),

    // Decisions.
    /// A motion was made.
    MotionMade(MotionMade),
    /// The chair asked whether there is consensus.
    ConsensusSought(ConsensusSought),
    /// A participant objected.
    ObjectionRaised(ObjectionRaised),
    /// It lifted its objection.
    ObjectionLifted(ObjectionLifted),
    /// The bureau decided, or the chair announced, that efforts at consensus are exhausted.
    EffortsExhausted(EffortsExhausted),
    /// A vote was taken.
    VoteTaken(VoteTaken),
    /// A decision was taken without a vote.
    ConsensusReached(ConsensusReached),
    /// A participant explained its vote or its position, or dissociated itself.
    ExplanationGiven(ExplanationGiven),

    // After adoption.
    /// The treaty was opened for signature.
    OpenedForSignature(OpenedForSignature),
    /// A participant signed.
    Signed(Signed),
    /// A participant is reported not to have signed, as of the entry's date.
    SignatureWithheld(SignatureWithheld),
    /// An instrument was deposited, or a step towards one was reported.
    ConsentRecorded(ConsentRecorded),

    // The record itself.
    /// An earlier entry was wrong.
    Correction(Correction),
}

/// A correction of an earlier entry: what it should have said, or that it should not stand.
///
/// The latest correction known applies, at the original's date unless the correction gives one;
/// the original stays in the log.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The entry corrected: an original, never itself a correction.
    pub of: EntryId,
    /// The fact as it should have been stated; none strikes the entry out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<Box<Fact>>,
    /// The date as it should have been given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// Why.
    pub reason: String,
}
