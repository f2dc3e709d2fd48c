//! The sentence for each kind of fact.
//!
//! Sentences are in the present tense, name the actor first, and claim no more than the entry
//! states: a coded position is "on record", a reported deposit is "reported". Every kind of fact
//! has its arm, so that a new one cannot be forgotten.

mod decisions;
mod positions;
mod procedure;
mod process;
mod text;
mod treaty;

use travaux_record::{Correction, DocumentId, Fact, Occurrence};

use super::{Changes, Description, Family};
use crate::{Part, Sentence};

/// Describes an occurrence; `before` knows what happened until then.
pub(super) fn describe(occurrence: &Occurrence<'_>, before: &Changes) -> Description {
    let told = match occurrence.fact {
        Fact::ProcessOpened(fact) => process::opened(fact),
        Fact::SourceDescribed(fact) => process::source(fact),
        Fact::ParticipantAdmitted(fact) => process::admission(fact),
        Fact::MembershipRecorded(fact) => process::membership(fact),
        Fact::OfficerElected(fact) => process::election(fact),
        Fact::SessionConvened(fact) => process::session(fact),
        Fact::MilestoneSet(fact) => process::milestone(fact),
        Fact::DocumentIssued(fact) => process::document(fact),
        Fact::SubmissionReceived(fact) => process::submission(fact),
        Fact::ProposalTabled(fact) => text::tabled(fact, &occurrence.entry.audience, before),
        Fact::ProposalRevised(fact) => text::revised(fact, before),
        Fact::ProposalWithdrawn(fact) => text::withdrawn(fact, before),
        Fact::ProposalReintroduced(fact) => text::reintroduced(fact, before),
        Fact::ProposalCarried(fact) => text::carried(fact, before),
        Fact::ProposalLapsed(fact) => text::lapsed(fact, before),
        Fact::SponsorJoined(fact) => text::joined(fact, before),
        Fact::SponsorLeft(fact) => text::left(fact, before),
        Fact::BracketRequested(fact) => text::bracketed(fact),
        Fact::BracketLifted(fact) => text::unbracketed(fact, before),
        Fact::PlaceholderSet(fact) => text::placeholder(fact),
        Fact::ProvisionAgreed(fact) => text::agreed(fact),
        Fact::ProvisionReopened(fact) => text::reopened(fact),
        Fact::ProvisionClosed(fact) => text::closed(fact),
        Fact::VersionMade(fact) => text::version(fact),
        Fact::VersionReviewed(fact) => text::reviewed(fact),
        Fact::TextAttached(fact) => text::attached(fact),
        Fact::IssueFramed(fact) => positions::issue(fact),
        Fact::PositionTaken(fact) => positions::position(fact),
        Fact::PositionDisputed(fact) => positions::dispute(fact, before),
        Fact::StatementDelivered(fact) => positions::statement(fact),
        Fact::MandateSet(fact) => positions::mandate(fact),
        Fact::MotionMade(fact) => decisions::motion(fact),
        Fact::ConsensusSought(fact) => decisions::sought(fact),
        Fact::ObjectionRaised(fact) => decisions::objection(fact),
        Fact::ObjectionLifted(fact) => decisions::lifted(fact, before),
        Fact::EffortsExhausted(fact) => decisions::exhausted(fact),
        Fact::VoteTaken(fact) => decisions::vote(fact),
        Fact::ConsensusReached(fact) => decisions::consensus(fact),
        Fact::ExplanationGiven(fact) => decisions::explanation(fact),
        Fact::MeetingOpened(fact) => procedure::meeting(fact),
        Fact::MeetingContinued(fact) => procedure::continued(fact),
        Fact::CredentialsExamined(fact) => procedure::credentials(fact),
        Fact::PresenceNoted(fact) => procedure::presence(fact),
        Fact::VotingRightSet(fact) => procedure::voting_right(fact),
        Fact::AgendaAdopted(fact) => procedure::agenda(fact),
        Fact::ItemTakenUp(fact) => procedure::item(fact),
        Fact::SpeakerInscribed(fact) => procedure::inscribed(fact),
        Fact::SpeakerStruck(fact) => procedure::struck(fact),
        Fact::FloorGiven(fact) => procedure::floor(fact),
        Fact::SpeakersListSet(fact) => procedure::list(fact),
        Fact::SpeakingTimeSet(fact) => procedure::time(fact),
        Fact::DeadlineSet(fact) => procedure::deadline(fact),
        Fact::RulingGiven(fact) => procedure::ruling(fact),
        Fact::MotionWithdrawn(fact) => procedure::motion_withdrawn(fact),
        Fact::QuestionPut(fact) => procedure::put(fact),
        Fact::VoteCast(fact) => procedure::cast(fact),
        Fact::VotingOrderSet(fact) => procedure::order(fact),
        Fact::ElectionBallotTaken(fact) => procedure::election(fact),
        Fact::SilenceOpened(fact) => procedure::silence(fact),
        Fact::InformalsConvened(fact) => procedure::informals(fact),
        Fact::InformalsReported(fact) => procedure::report(fact),
        Fact::OpenedForSignature(fact) => treaty::opened(fact),
        Fact::Signed(fact) => treaty::signed(fact),
        Fact::NotYetSigned(fact) => treaty::not_signed(fact),
        Fact::ConsentRecorded(fact) => treaty::consent(fact),
        Fact::Correction(fact) => correction(fact),
    };
    told.finish(before.base.as_ref())
}

fn correction(fact: &Correction) -> Told {
    Told::new(Family::Record, "correction").links(&fact.of).says(
        Sentence::new("Entry ").then(&fact.of).then(format!(" is corrected: {}", fact.reason)),
    )
}

/// A description in the making.
struct Told {
    family: Family,
    kind: &'static str,
    sentence: Sentence,
    target: Option<Part>,
    about: Vec<Part>,
    text: Option<DocumentId>,
}

impl Told {
    fn new(family: Family, kind: &'static str) -> Self {
        let (sentence, target, about) = (Sentence::default(), None, Vec::new());
        Self { family, kind, sentence, target, about, text: None }
    }

    fn says(mut self, sentence: Sentence) -> Self {
        self.sentence = sentence;
        self
    }

    /// Names what it is chiefly about.
    fn links(mut self, target: impl Into<Part>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Names what it is about and its sentence does not name.
    fn touches<T: Into<Part>>(mut self, parts: impl IntoIterator<Item = T>) -> Self {
        self.about.extend(parts.into_iter().map(Into::into));
        self
    }

    /// Names the text whose provisions it is about, where that need not be the one then before the
    /// body.
    fn on_text(mut self, text: &DocumentId) -> Self {
        self.text = Some(text.clone());
        self
    }

    /// Finishes it; provisions are cited as they are numbered in `base`, the text then before the
    /// body.
    fn finish(mut self, base: Option<&DocumentId>) -> Description {
        let named = self.sentence.parts().iter().filter(|part| !matches!(part, Part::Words(_)));
        self.about.extend(named.cloned().chain(self.target.clone()));
        self.about.sort();
        self.about.dedup();
        Description {
            family: self.family,
            kind: self.kind,
            sentence: match self.text.as_ref().or(base) {
                Some(text) => self.sentence.cited_in(text),
                None => self.sentence,
            },
            target: self.target,
            about: self.about,
        }
    }
}
