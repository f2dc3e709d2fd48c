//! The closed set of facts an entry may state.
//!
//! One enum, versioned with the envelope. A kind that this program does not know still verifies
//! and exports; projections refuse it with a clear message. Facts say what happened; what follows
//! from them (brackets, standings, what may happen next) is nowhere stored.

mod after_adoption;
mod decision;
mod official;
mod position;
mod procedure;
mod process;
mod text;

use serde::{Deserialize, Serialize};

pub use after_adoption::*;
pub use decision::*;
pub use official::*;
pub use position::*;
pub use procedure::*;
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
    /// A provision's text in another official language was made.
    VersionMade(VersionMade),
    /// The language group looked at such a version.
    VersionReviewed(VersionReviewed),
    /// The official words of a document are laid over the text on record; local.
    TextAttached(TextAttached),

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

    // Procedure.
    /// A meeting was opened.
    MeetingOpened(MeetingOpened),
    /// A meeting was suspended, resumed or adjourned.
    MeetingContinued(MeetingContinued),
    /// Credentials were accepted, challenged or rejected.
    CredentialsExamined(CredentialsExamined),
    /// Who came and who left.
    PresenceNoted(PresenceNoted),
    /// A participant lost its vote, or has it again.
    VotingRightSet(VotingRightSet),
    /// The agenda was adopted or changed.
    AgendaAdopted(AgendaAdopted),
    /// An item of the agenda was taken up.
    ItemTakenUp(ItemTakenUp),
    /// A participant put its name on the list of speakers, or asked to reply.
    SpeakerInscribed(FloorAsked),
    /// A participant took its name off the list of speakers.
    SpeakerStruck(FloorAsked),
    /// A participant was given the floor.
    FloorGiven(FloorAsked),
    /// The list of speakers was closed, or opened again.
    SpeakersListSet(SpeakersListSet),
    /// The time for each speaker was limited, or set free.
    SpeakingTimeSet(SpeakingTimeSet),
    /// A deadline was set for proposals or amendments.
    DeadlineSet(DeadlineSet),
    /// The chair ruled on a point of order, a motion or a request.
    RulingGiven(RulingGiven),
    /// A motion was withdrawn.
    MotionWithdrawn(MotionWithdrawn),
    /// A question was put to the vote: voting began.
    QuestionPut(QuestionPut),
    /// A participant cast its vote.
    VoteCast(VoteCast),
    /// The order of voting was set.
    VotingOrderSet(VotingOrderSet),
    /// A ballot of an election was taken.
    ElectionBallotTaken(ElectionBallotTaken),
    /// A text was circulated for adoption under a silence procedure.
    SilenceOpened(SilenceOpened),
    /// Informal consultations were convened.
    InformalsConvened(InformalsConvened),
    /// A facilitator reported on informal consultations.
    InformalsReported(InformalsReported),

    // After adoption.
    /// The treaty was opened for signature.
    OpenedForSignature(OpenedForSignature),
    /// A participant signed.
    Signed(Signed),
    /// A participant is reported not to have signed, as of the entry's date.
    NotYetSigned(NotYetSigned),
    /// An instrument was deposited, or a step towards one was reported.
    ConsentRecorded(ConsentRecorded),

    // The record itself.
    /// An earlier entry was wrong.
    Correction(Correction),
}

impl Fact {
    /// The kinds of fact there are in this version, as written, in the order of [`Fact`].
    pub const KINDS: [&'static str; 66] = [
        "process_opened",
        "source_described",
        "participant_admitted",
        "membership_recorded",
        "officer_elected",
        "session_convened",
        "milestone_set",
        "document_issued",
        "submission_received",
        "proposal_tabled",
        "proposal_revised",
        "proposal_withdrawn",
        "proposal_reintroduced",
        "proposal_carried",
        "proposal_lapsed",
        "sponsor_joined",
        "sponsor_left",
        "bracket_requested",
        "bracket_lifted",
        "placeholder_set",
        "provision_agreed",
        "provision_reopened",
        "provision_closed",
        "version_made",
        "version_reviewed",
        "text_attached",
        "issue_framed",
        "position_taken",
        "position_disputed",
        "statement_delivered",
        "mandate_set",
        "motion_made",
        "consensus_sought",
        "objection_raised",
        "objection_lifted",
        "efforts_exhausted",
        "vote_taken",
        "consensus_reached",
        "explanation_given",
        "meeting_opened",
        "meeting_continued",
        "credentials_examined",
        "presence_noted",
        "voting_right_set",
        "agenda_adopted",
        "item_taken_up",
        "speaker_inscribed",
        "speaker_struck",
        "floor_given",
        "speakers_list_set",
        "speaking_time_set",
        "deadline_set",
        "ruling_given",
        "motion_withdrawn",
        "question_put",
        "vote_cast",
        "voting_order_set",
        "election_ballot_taken",
        "silence_opened",
        "informals_convened",
        "informals_reported",
        "opened_for_signature",
        "signed",
        "not_yet_signed",
        "consent_recorded",
        "correction",
    ];

    /// Returns the kind as written in the record.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ProcessOpened(_) => "process_opened",
            Self::SourceDescribed(_) => "source_described",
            Self::ParticipantAdmitted(_) => "participant_admitted",
            Self::MembershipRecorded(_) => "membership_recorded",
            Self::OfficerElected(_) => "officer_elected",
            Self::SessionConvened(_) => "session_convened",
            Self::MilestoneSet(_) => "milestone_set",
            Self::DocumentIssued(_) => "document_issued",
            Self::SubmissionReceived(_) => "submission_received",
            Self::ProposalTabled(_) => "proposal_tabled",
            Self::ProposalRevised(_) => "proposal_revised",
            Self::ProposalWithdrawn(_) => "proposal_withdrawn",
            Self::ProposalReintroduced(_) => "proposal_reintroduced",
            Self::ProposalCarried(_) => "proposal_carried",
            Self::ProposalLapsed(_) => "proposal_lapsed",
            Self::SponsorJoined(_) => "sponsor_joined",
            Self::SponsorLeft(_) => "sponsor_left",
            Self::BracketRequested(_) => "bracket_requested",
            Self::BracketLifted(_) => "bracket_lifted",
            Self::PlaceholderSet(_) => "placeholder_set",
            Self::ProvisionAgreed(_) => "provision_agreed",
            Self::ProvisionReopened(_) => "provision_reopened",
            Self::ProvisionClosed(_) => "provision_closed",
            Self::VersionMade(_) => "version_made",
            Self::VersionReviewed(_) => "version_reviewed",
            Self::TextAttached(_) => "text_attached",
            Self::IssueFramed(_) => "issue_framed",
            Self::PositionTaken(_) => "position_taken",
            Self::PositionDisputed(_) => "position_disputed",
            Self::StatementDelivered(_) => "statement_delivered",
            Self::MandateSet(_) => "mandate_set",
            Self::MotionMade(_) => "motion_made",
            Self::ConsensusSought(_) => "consensus_sought",
            Self::ObjectionRaised(_) => "objection_raised",
            Self::ObjectionLifted(_) => "objection_lifted",
            Self::EffortsExhausted(_) => "efforts_exhausted",
            Self::VoteTaken(_) => "vote_taken",
            Self::ConsensusReached(_) => "consensus_reached",
            Self::ExplanationGiven(_) => "explanation_given",
            Self::MeetingOpened(_) => "meeting_opened",
            Self::MeetingContinued(_) => "meeting_continued",
            Self::CredentialsExamined(_) => "credentials_examined",
            Self::PresenceNoted(_) => "presence_noted",
            Self::VotingRightSet(_) => "voting_right_set",
            Self::AgendaAdopted(_) => "agenda_adopted",
            Self::ItemTakenUp(_) => "item_taken_up",
            Self::SpeakerInscribed(_) => "speaker_inscribed",
            Self::SpeakerStruck(_) => "speaker_struck",
            Self::FloorGiven(_) => "floor_given",
            Self::SpeakersListSet(_) => "speakers_list_set",
            Self::SpeakingTimeSet(_) => "speaking_time_set",
            Self::DeadlineSet(_) => "deadline_set",
            Self::RulingGiven(_) => "ruling_given",
            Self::MotionWithdrawn(_) => "motion_withdrawn",
            Self::QuestionPut(_) => "question_put",
            Self::VoteCast(_) => "vote_cast",
            Self::VotingOrderSet(_) => "voting_order_set",
            Self::ElectionBallotTaken(_) => "election_ballot_taken",
            Self::SilenceOpened(_) => "silence_opened",
            Self::InformalsConvened(_) => "informals_convened",
            Self::InformalsReported(_) => "informals_reported",
            Self::OpenedForSignature(_) => "opened_for_signature",
            Self::Signed(_) => "signed",
            Self::NotYetSigned(_) => "not_yet_signed",
            Self::ConsentRecorded(_) => "consent_recorded",
            Self::Correction(_) => "correction",
        }
    }
}

impl Fact {
    /// Reports whether the fact is one of a single machine: it is laid over a record there, and no
    /// record that is kept takes it in.
    pub const fn is_local(&self) -> bool {
        matches!(self, Self::TextAttached(_))
    }
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
    /// The fact as it should have been stated; of the same kind and under the same name.
    ///
    /// Without one, a correction that gives a date moves the entry to it, and a correction that
    /// gives neither strikes the entry out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<Box<Fact>>,
    /// The date as it should have been given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// Why.
    pub reason: String,
}

impl Correction {
    /// Returns what the original's fact and date become; nothing where it is struck out.
    pub fn applied_to<'f>(&'f self, fact: &'f Fact, at: Moment) -> Option<(&'f Fact, Moment)> {
        match (self.fact.as_deref(), self.at) {
            (Some(corrected), date) => Some((corrected, date.unwrap_or(at))),
            (None, Some(date)) => Some((fact, date)),
            (None, None) => None,
        }
    }
}
