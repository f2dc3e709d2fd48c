//! The sentence for each kind of fact.
//!
//! Sentences are in the present tense, name the actor first, and claim no more than the entry
//! states: a coded position is "on record", a reported deposit is "reported". Every kind of fact
//! has its arm, so that a new one cannot be forgotten.

mod decisions;
mod positions;
mod process;
mod text;
mod treaty;

use travaux_record::{Correction, Fact, Occurrence};

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
        Fact::OpenedForSignature(fact) => treaty::opened(fact),
        Fact::Signed(fact) => treaty::signed(fact),
        Fact::NotYetSigned(fact) => treaty::not_signed(fact),
        Fact::ConsentRecorded(fact) => treaty::consent(fact),
        Fact::Correction(fact) => correction(fact),
    };
    told.finish()
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
}

impl Told {
    fn new(family: Family, kind: &'static str) -> Self {
        Self { family, kind, sentence: Sentence::default(), target: None, about: Vec::new() }
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

    fn finish(mut self) -> Description {
        let named = self.sentence.parts().iter().filter(|part| !matches!(part, Part::Words(_)));
        self.about.extend(named.cloned().chain(self.target.clone()));
        self.about.sort();
        self.about.dedup();
        Description {
            family: self.family,
            kind: self.kind,
            sentence: self.sentence,
            target: self.target,
            about: self.about,
        }
    }
}

/// Returns words cut to about so many characters at a space, with dots where something is cut.
fn gist(words: &str, length_max: usize) -> String {
    if words.chars().count() <= length_max {
        return words.to_owned();
    }
    let cut: String = words.chars().take(length_max).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |space| &cut[..space]);
    format!("{} …", whole.trim_end())
}
