//! In whose name an act is done, for those who act in nobody's name but their own.

use travaux_record::{Fact, ParticipantId};

/// Returns the one participant that does an act; none where it is the chair's, the bureau's, the
/// secretariat's, or that of several.
pub fn acts_as(fact: &Fact) -> Option<&ParticipantId> {
    let only = |ids: &'_ [ParticipantId]| -> Option<usize> { (ids.len() == 1).then_some(0) };
    match fact {
        Fact::SpeakerInscribed(fact) | Fact::SpeakerStruck(fact) => Some(&fact.participant),
        Fact::MotionMade(fact) => fact.movers.get(only(&fact.movers)?),
        Fact::MotionWithdrawn(fact) => fact.participants.get(only(&fact.participants)?),
        Fact::SponsorJoined(fact) | Fact::SponsorLeft(fact) => Some(&fact.participant),
        Fact::ProposalWithdrawn(fact) | Fact::ProposalReintroduced(fact) => {
            fact.participants.get(only(&fact.participants)?)
        }
        Fact::ObjectionRaised(fact) => Some(&fact.participant),
        Fact::VoteCast(fact) => Some(&fact.participant),
        Fact::ExplanationGiven(fact) => Some(&fact.participant),
        _ => None,
    }
}
