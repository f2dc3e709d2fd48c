//! Which names a fact introduces, and which it relies on.
//!
//! This is the one place that knows, for each kind of fact, what it mentions; admission
//! ([`crate::Record`]) decides from it what may be recorded. It does not know who sees what.

use std::fmt;

use travaux_text::{Act, Change, ProvisionId};

use crate::shortened::shortened;
use crate::{
    DecisionId, DocumentId, EntryId, Fact, IssueId, MandateSubject, MilestoneId, OptionId,
    OptionNamed, ParticipantId, ProposalId, SessionId, SourceId, Subject,
};

/// A name of any kind that entries introduce and refer to.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Name {
    /// A participant.
    Participant(ParticipantId),
    /// A document.
    Document(DocumentId),
    /// A proposal or an alternative.
    Proposal(ProposalId),
    /// A session.
    Session(SessionId),
    /// An issue.
    Issue(IssueId),
    /// An option of an issue.
    Option(IssueId, OptionId),
    /// A decision.
    Decision(DecisionId),
    /// A milestone.
    Milestone(MilestoneId),
    /// A source.
    Source(SourceId),
    /// A provision. Kept last: see `Names::has_provisions`.
    Provision(ProvisionId),
}

impl Name {
    /// Returns the word for what is named.
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Participant(_) => "participant",
            Self::Document(_) => "document",
            Self::Proposal(_) => "proposal",
            Self::Session(_) => "session",
            Self::Issue(_) => "issue",
            Self::Option(..) => "option",
            Self::Decision(_) => "decision",
            Self::Milestone(_) => "milestone",
            Self::Source(_) => "source",
            Self::Provision(_) => "provision",
        }
    }

    /// Returns the name as written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Participant(id) => id.as_str(),
            Self::Document(id) => id.as_str(),
            Self::Proposal(id) => id.as_str(),
            Self::Session(id) => id.as_str(),
            Self::Issue(id) => id.as_str(),
            Self::Option(_, id) => id.as_str(),
            Self::Decision(id) => id.as_str(),
            Self::Milestone(id) => id.as_str(),
            Self::Source(id) => id.as_str(),
            Self::Provision(id) => id.as_str(),
        }
    }

    /// Reports whether the two are names of one kind, so that one may be a slip for the other.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Option(issue, _), Self::Option(other, _)) => issue == other,
            _ => self.what() == other.what(),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option(issue, option) => write!(
                f,
                "option \"{}\" of issue \"{}\"",
                shortened(option.as_str()),
                shortened(issue.as_str())
            ),
            _ => write!(f, "{} \"{}\"", self.what(), shortened(self.as_str())),
        }
    }
}

/// How a fact mentions something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Mention {
    /// Introduces the name; it must be new.
    Makes(Name),
    /// Introduces the name, or says more of it: a decision is moved, sought and voted on in turn.
    Opens(Name),
    /// Relies on the name; it must have been introduced.
    Cites(Name),
    /// Relies on an entry whose fact is of this kind.
    CitesEntry(EntryId, &'static str),
}

/// Collects the mentions of one fact in a fixed order, introductions first.
#[derive(Default)]
struct Mentions(Vec<Mention>);

impl Mentions {
    fn makes(&mut self, name: Name) {
        self.0.push(Mention::Makes(name));
    }

    fn opens(&mut self, name: Name) {
        self.0.push(Mention::Opens(name));
    }

    fn cites(&mut self, name: Name) {
        self.0.push(Mention::Cites(name));
    }

    fn participants<'i>(&mut self, ids: impl IntoIterator<Item = &'i ParticipantId>) {
        self.0.extend(ids.into_iter().cloned().map(Name::Participant).map(Mention::Cites));
    }

    fn proposal(&mut self, id: &ProposalId) {
        self.cites(Name::Proposal(id.clone()));
    }

    fn document(&mut self, id: &DocumentId) {
        self.cites(Name::Document(id.clone()));
    }

    fn decides(&mut self, id: &DecisionId) {
        self.opens(Name::Decision(id.clone()));
    }

    fn sessions<'i>(&mut self, ids: impl IntoIterator<Item = &'i SessionId>) {
        self.0.extend(ids.into_iter().cloned().map(Name::Session).map(Mention::Cites));
    }

    fn provisions<'i>(&mut self, ids: impl IntoIterator<Item = &'i ProvisionId>) {
        self.0.extend(ids.into_iter().cloned().map(Name::Provision).map(Mention::Cites));
    }

    fn option(&mut self, named: &OptionNamed) {
        self.cites(Name::Issue(named.issue.clone()));
        self.cites(Name::Option(named.issue.clone(), named.option.clone()));
    }

    fn subject(&mut self, subject: &Subject) {
        match subject {
            Subject::Provision(id) => self.provisions([id]),
            Subject::Proposal(id) => self.proposal(id),
            Subject::Document(id) => self.document(id),
            Subject::Decision(id) => self.cites(Name::Decision(id.clone())),
            Subject::Matter(_) => {}
        }
    }

    /// The provisions that a proposal's changes add are named after it and can be amended too.
    fn changes(&mut self, proposal: &ProposalId, changes: &[Change]) {
        let adds = changes.iter().filter(|change| matches!(change.act, Act::Add { .. })).count();
        for ordinal in 1..=adds {
            self.opens(Name::Provision(ProvisionId::added(proposal.as_str(), ordinal)));
        }
        for change in changes {
            match &change.act {
                Act::Add { place, .. } => self.provisions([place.anchor()]),
                Act::Transfer { place } => self.provisions([&change.target, place.anchor()]),
                Act::Replace { .. }
                | Act::Editorial { .. }
                | Act::Retitle { .. }
                | Act::Suppress
                | Act::NoChange => self.provisions([&change.target]),
            }
        }
    }

    fn process(&mut self, fact: &Fact) {
        match fact {
            Fact::SourceDescribed(fact) => self.makes(Name::Source(fact.source.clone())),
            Fact::ParticipantAdmitted(fact) => {
                self.makes(Name::Participant(fact.participant.clone()));
            }
            Fact::MembershipRecorded(fact) => {
                self.participants([&fact.group]);
                self.participants(&fact.members);
            }
            Fact::OfficerElected(fact) => self.participants(&fact.participant),
            Fact::SessionConvened(fact) => {
                self.opens(Name::Session(fact.session.clone()));
                self.provisions(&fact.programme);
            }
            Fact::MilestoneSet(fact) => self.opens(Name::Milestone(fact.milestone.clone())),
            Fact::DocumentIssued(fact) => {
                self.makes(Name::Document(fact.document.clone()));
                for provision in fact.base.iter().flat_map(|base| &base.provisions) {
                    self.opens(Name::Provision(provision.id.clone()));
                }
                self.sessions(&fact.session);
            }
            Fact::SubmissionReceived(fact) => {
                self.participants([&fact.participant]);
                self.provisions(&fact.provisions);
            }
            _ => {}
        }
    }

    fn text(&mut self, fact: &Fact) {
        match fact {
            Fact::ProposalTabled(fact) => {
                self.makes(Name::Proposal(fact.proposal.clone()));
                self.document(&fact.document);
                self.changes(&fact.proposal, &fact.changes);
                fact.amends.iter().for_each(|amended| self.proposal(amended));
                fact.option.iter().for_each(|option| self.option(option));
            }
            Fact::ProposalRevised(fact) => {
                self.proposal(&fact.proposal);
                self.changes(&fact.proposal, &fact.changes);
                self.participants(&fact.participants);
            }
            Fact::ProposalWithdrawn(fact) | Fact::ProposalReintroduced(fact) => {
                self.proposal(&fact.proposal);
                self.participants(&fact.participants);
            }
            Fact::ProposalCarried(fact) => {
                self.proposal(&fact.proposal);
                self.document(&fact.document);
                fact.changes.iter().for_each(|changes| self.changes(&fact.proposal, changes));
            }
            Fact::ProposalLapsed(fact) => {
                self.proposal(&fact.proposal);
                self.document(&fact.document);
            }
            Fact::SponsorJoined(fact) | Fact::SponsorLeft(fact) => {
                self.proposal(&fact.proposal);
                self.participants([&fact.participant]);
            }
            Fact::BracketRequested(fact) => {
                self.provisions([&fact.provision]);
                self.participants(&fact.participants);
            }
            Fact::BracketLifted(fact) => {
                self.0.push(Mention::CitesEntry(fact.request, "bracket_requested"));
                self.participants(&fact.participants);
            }
            Fact::PlaceholderSet(fact) => {
                self.provisions([&fact.provision]);
                self.participants(&fact.participant);
            }
            Fact::ProvisionAgreed(fact) => {
                self.provisions([&fact.provision]);
                fact.proposals.iter().for_each(|id| self.proposal(id));
            }
            Fact::ProvisionReopened(fact) | Fact::ProvisionClosed(fact) => {
                self.provisions([&fact.provision]);
            }
            Fact::VersionMade(fact) => {
                self.provisions([&fact.provision]);
                fact.document.iter().for_each(|document| self.document(document));
            }
            Fact::VersionReviewed(fact) => self.provisions([&fact.provision]),
            Fact::TextAttached(fact) => {
                self.document(&fact.document);
                self.provisions(fact.provisions.iter().map(|words| &words.provision));
            }
            _ => {}
        }
    }

    fn positions(&mut self, fact: &Fact) {
        match fact {
            Fact::IssueFramed(fact) => {
                self.makes(Name::Issue(fact.issue.clone()));
                for option in &fact.options {
                    self.opens(Name::Option(fact.issue.clone(), option.option.clone()));
                }
                self.provisions(&fact.provisions);
            }
            Fact::PositionTaken(fact) => {
                self.participants([&fact.participant]);
                self.option(&fact.option);
                self.sessions(&fact.session);
            }
            Fact::PositionDisputed(fact) => {
                self.participants([&fact.participant]);
                self.0.push(Mention::CitesEntry(fact.entry, "position_taken"));
            }
            Fact::StatementDelivered(fact) => {
                self.participants([&fact.participant]);
                self.participants(&fact.on_behalf_of);
                self.participants(&fact.aligned);
                self.sessions(&fact.session);
                self.provisions(&fact.provisions);
            }
            Fact::MandateSet(fact) => {
                self.participants([&fact.participant]);
                match &fact.subject {
                    MandateSubject::Provision(id) => self.provisions([id]),
                    MandateSubject::Proposal(id) => self.proposal(id),
                    MandateSubject::Issue(id) => self.cites(Name::Issue(id.clone())),
                }
            }
            _ => {}
        }
    }

    fn decisions(&mut self, fact: &Fact) {
        match fact {
            Fact::MotionMade(fact) => {
                self.decides(&fact.motion);
                self.participants(&fact.movers);
                self.participants(&fact.supporters);
                self.subject(&fact.subject);
            }
            Fact::ConsensusSought(fact) => {
                self.decides(&fact.decision);
                self.subject(&fact.subject);
            }
            Fact::ObjectionRaised(fact) => {
                self.participants([&fact.participant]);
                self.subject(&fact.subject);
                if let Some(decision) = &fact.decision {
                    self.cites(Name::Decision(decision.clone()));
                }
            }
            Fact::ObjectionLifted(fact) => {
                self.0.push(Mention::CitesEntry(fact.objection, "objection_raised"));
            }
            Fact::EffortsExhausted(fact) => self.decides(&fact.decision),
            Fact::VoteTaken(fact) => {
                self.decides(&fact.decision);
                self.subject(&fact.subject);
                self.sessions(&fact.session);
                self.participants(&fact.movers);
                self.participants(fact.ballots.keys());
            }
            Fact::ConsensusReached(fact) => {
                self.decides(&fact.decision);
                self.subject(&fact.subject);
                self.sessions(&fact.session);
            }
            Fact::ExplanationGiven(fact) => {
                self.participants([&fact.participant]);
                self.cites(Name::Decision(fact.decision.clone()));
            }
            _ => {}
        }
    }

    fn procedure(&mut self, fact: &Fact) {
        match fact {
            Fact::MeetingOpened(fact) => self.sessions(&fact.session),
            Fact::CredentialsExamined(fact) => self.participants(&fact.participants),
            Fact::PresenceNoted(fact) => {
                self.participants(&fact.arrived);
                self.participants(&fact.left);
            }
            Fact::VotingRightSet(fact) => self.participants([&fact.participant]),
            Fact::SpeakerInscribed(fact) | Fact::SpeakerStruck(fact) | Fact::FloorGiven(fact) => {
                self.participants([&fact.participant]);
            }
            Fact::RulingGiven(fact) => {
                self.decides(&fact.decision);
                fact.subject.iter().for_each(|subject| self.subject(subject));
            }
            Fact::MotionWithdrawn(fact) => {
                self.cites(Name::Decision(fact.motion.clone()));
                self.participants(&fact.participants);
            }
            Fact::QuestionPut(fact) => {
                self.decides(&fact.decision);
                self.subject(&fact.subject);
                self.participants(&fact.at_request_of);
                self.participants(&fact.first);
            }
            Fact::VoteCast(fact) => {
                self.cites(Name::Decision(fact.decision.clone()));
                self.participants([&fact.participant]);
            }
            Fact::VotingOrderSet(fact) => {
                fact.order.iter().for_each(|id| self.proposal(id));
                for implied in &fact.implications {
                    self.proposal(&implied.adopting);
                    implied.rejects.iter().for_each(|id| self.proposal(id));
                }
            }
            Fact::ElectionBallotTaken(fact) => {
                self.decides(&fact.election);
                self.participants(fact.votes.iter().map(|votes| &votes.candidate));
                self.participants(&fact.elected);
            }
            Fact::SilenceOpened(fact) => {
                self.decides(&fact.decision);
                self.subject(&fact.subject);
            }
            Fact::InformalsConvened(fact) => {
                self.participants(&fact.facilitators);
                self.provisions(&fact.provisions);
            }
            _ => {}
        }
    }

    fn after_adoption(&mut self, fact: &Fact) {
        match fact {
            Fact::Signed(fact) => self.participants([&fact.participant]),
            Fact::NotYetSigned(fact) => self.participants([&fact.participant]),
            Fact::ConsentRecorded(fact) => self.participants([&fact.participant]),
            _ => {}
        }
    }

    fn all(&mut self, fact: &Fact) {
        match fact {
            // A correction's own reference is judged apart: it is of any kind.
            Fact::Correction(correction) => {
                correction.fact.as_deref().into_iter().for_each(|fact| self.all(fact));
            }
            Fact::ProcessOpened(_) | Fact::OpenedForSignature(_) => {}
            Fact::SourceDescribed(_)
            | Fact::ParticipantAdmitted(_)
            | Fact::MembershipRecorded(_)
            | Fact::OfficerElected(_)
            | Fact::SessionConvened(_)
            | Fact::MilestoneSet(_)
            | Fact::DocumentIssued(_)
            | Fact::SubmissionReceived(_) => self.process(fact),
            Fact::ProposalTabled(_)
            | Fact::ProposalRevised(_)
            | Fact::ProposalWithdrawn(_)
            | Fact::ProposalReintroduced(_)
            | Fact::ProposalCarried(_)
            | Fact::ProposalLapsed(_)
            | Fact::SponsorJoined(_)
            | Fact::SponsorLeft(_)
            | Fact::BracketRequested(_)
            | Fact::BracketLifted(_)
            | Fact::PlaceholderSet(_)
            | Fact::ProvisionAgreed(_)
            | Fact::ProvisionReopened(_)
            | Fact::ProvisionClosed(_)
            | Fact::VersionMade(_)
            | Fact::VersionReviewed(_)
            | Fact::TextAttached(_) => self.text(fact),
            Fact::IssueFramed(_)
            | Fact::PositionTaken(_)
            | Fact::PositionDisputed(_)
            | Fact::StatementDelivered(_)
            | Fact::MandateSet(_) => self.positions(fact),
            Fact::MotionMade(_)
            | Fact::ConsensusSought(_)
            | Fact::ObjectionRaised(_)
            | Fact::ObjectionLifted(_)
            | Fact::EffortsExhausted(_)
            | Fact::VoteTaken(_)
            | Fact::ConsensusReached(_)
            | Fact::ExplanationGiven(_) => self.decisions(fact),
            Fact::MeetingOpened(_)
            | Fact::MeetingContinued(_)
            | Fact::CredentialsExamined(_)
            | Fact::PresenceNoted(_)
            | Fact::VotingRightSet(_)
            | Fact::AgendaAdopted(_)
            | Fact::ItemTakenUp(_)
            | Fact::SpeakerInscribed(_)
            | Fact::SpeakerStruck(_)
            | Fact::FloorGiven(_)
            | Fact::SpeakersListSet(_)
            | Fact::SpeakingTimeSet(_)
            | Fact::DeadlineSet(_)
            | Fact::RulingGiven(_)
            | Fact::MotionWithdrawn(_)
            | Fact::QuestionPut(_)
            | Fact::VoteCast(_)
            | Fact::VotingOrderSet(_)
            | Fact::ElectionBallotTaken(_)
            | Fact::SilenceOpened(_)
            | Fact::InformalsConvened(_)
            | Fact::InformalsReported(_) => self.procedure(fact),
            Fact::Signed(_) | Fact::NotYetSigned(_) | Fact::ConsentRecorded(_) => {
                self.after_adoption(fact);
            }
        }
    }
}

/// Returns what `fact` mentions; of a correction, what the fact it puts in place mentions.
pub(crate) fn mentions(fact: &Fact) -> Vec<Mention> {
    let mut mentions = Mentions::default();
    mentions.all(fact);
    mentions.0
}
