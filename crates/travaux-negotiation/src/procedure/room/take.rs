//! What each act does to the room.

use std::collections::{BTreeMap, BTreeSet};

use travaux_record::{
    CandidateVotes, ConsensusReached, ConsentStage, DecisionId, ElectionBallotTaken, EntryId,
    ExhaustionStep, Fact, FloorAsked, MeetingContinued, MeetingStep, MotionMade, Occurrence,
    ParticipantClass, PresenceNoted, Projection, ProposalId, ProposalTabled, QuestionEffect,
    RulingGiven, SilenceOpened, Speech, Subject, VoteTaken,
};

use super::matter::{StandingObjection, count};
use super::{
    Debate, Inscribed, Matter, MatterState, MeetingState, Pending, Room, Ruled, Speaking, Tabled,
    Voting,
};
use crate::Basis;
use crate::decisions::Outcome;
use crate::draft::targets;
use crate::procedure::rules::MotionKind;

impl Projection for Room {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let fact = occurrence.fact;
        let basis = Basis::of(&occurrence);
        self.acts += 1;
        self.latest = Some(basis);
        match fact {
            Fact::ParticipantAdmitted(_) | Fact::OfficerElected(_) | Fact::ConsentRecorded(_) => {
                self.take_people(fact);
            }
            Fact::MeetingOpened(_)
            | Fact::MeetingContinued(_)
            | Fact::CredentialsExamined(_)
            | Fact::PresenceNoted(_)
            | Fact::VotingRightSet(_)
            | Fact::AgendaAdopted(_)
            | Fact::ItemTakenUp(_)
            | Fact::DeadlineSet(_)
            | Fact::InformalsConvened(_)
            | Fact::InformalsReported(_) => self.take_meeting(fact),
            Fact::SpeakerInscribed(_)
            | Fact::SpeakerStruck(_)
            | Fact::FloorGiven(_)
            | Fact::StatementDelivered(_)
            | Fact::SpeakersListSet(_)
            | Fact::SpeakingTimeSet(_) => self.take_speakers(fact, &occurrence),
            Fact::DocumentIssued(_)
            | Fact::ProposalTabled(_)
            | Fact::ProposalWithdrawn(_)
            | Fact::ProposalReintroduced(_)
            | Fact::ProposalCarried(_)
            | Fact::ProposalLapsed(_)
            | Fact::SponsorJoined(_)
            | Fact::SponsorLeft(_)
            | Fact::VotingOrderSet(_) => self.take_proposals(fact, &occurrence),
            fact => self.take_questions(fact, basis),
        }
    }
}

impl Room {
    /// Reports whether a fact changes the room.
    pub fn concerns(fact: &Fact) -> bool {
        matches!(
            fact,
            Fact::ParticipantAdmitted(_)
                | Fact::OfficerElected(_)
                | Fact::ConsentRecorded(_)
                | Fact::StatementDelivered(_)
                | Fact::DocumentIssued(_)
                | Fact::ProposalTabled(_)
                | Fact::ProposalWithdrawn(_)
                | Fact::ProposalReintroduced(_)
                | Fact::ProposalCarried(_)
                | Fact::ProposalLapsed(_)
                | Fact::SponsorJoined(_)
                | Fact::SponsorLeft(_)
                | Fact::ProvisionAgreed(_)
        ) || Self::is_of_the_meeting(fact)
    }

    /// Reports whether a fact is an act in a meeting.
    pub(in crate::procedure) fn is_of_the_meeting(fact: &Fact) -> bool {
        matches!(
            fact,
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
                | Fact::MotionMade(_)
                | Fact::MotionWithdrawn(_)
                | Fact::QuestionPut(_)
                | Fact::VoteCast(_)
                | Fact::VoteTaken(_)
                | Fact::VotingOrderSet(_)
                | Fact::ConsensusSought(_)
                | Fact::ObjectionRaised(_)
                | Fact::ObjectionLifted(_)
                | Fact::EffortsExhausted(_)
                | Fact::ConsensusReached(_)
                | Fact::ExplanationGiven(_)
                | Fact::ElectionBallotTaken(_)
                | Fact::SilenceOpened(_)
                | Fact::InformalsConvened(_)
                | Fact::InformalsReported(_)
        )
    }

    fn take_people(&mut self, fact: &Fact) {
        match fact {
            Fact::ParticipantAdmitted(fact) => {
                let was = self.classes.insert(fact.participant.clone(), fact.class);
                let is_state = |class| u32::from(class == Some(ParticipantClass::State));
                self.states += is_state(Some(fact.class));
                self.states -= is_state(was);
            }
            Fact::OfficerElected(fact) if is_chair(&fact.office) => {
                self.chair.clone_from(&fact.participant);
            }
            Fact::ConsentRecorded(fact) if fact.stage == ConsentStage::Deposited => {
                self.parties.insert(fact.participant.clone());
            }
            _ => {}
        }
    }

    fn take_meeting(&mut self, fact: &Fact) {
        match fact {
            Fact::MeetingOpened(fact) => {
                self.meeting = MeetingState::Open;
                self.has_minutes = true;
                self.meeting_title.clone_from(&fact.title);
                self.meeting_rules.clone_from(&fact.rules);
                self.item = None;
                self.debate = Debate::Open;
                self.list.clear();
                self.list_closed = false;
                self.speaking = None;
            }
            Fact::MeetingContinued(fact) => self.go_on(fact),
            Fact::CredentialsExamined(fact) => {
                for participant in &fact.participants {
                    self.credentials.insert(participant.clone(), fact.standing);
                }
            }
            Fact::PresenceNoted(fact) => self.note_presence(fact),
            Fact::VotingRightSet(fact) if fact.may_vote => {
                self.without_vote.remove(&fact.participant);
            }
            Fact::VotingRightSet(fact) => {
                self.without_vote.insert(fact.participant.clone(), fact.ground.clone());
            }
            Fact::AgendaAdopted(fact) => self.agenda.clone_from(&fact.items),
            Fact::ItemTakenUp(fact) => {
                self.item = Some(fact.item.clone());
                self.debate = Debate::Open;
                self.list.clear();
                self.list_closed = false;
                self.speaking = None;
            }
            Fact::DeadlineSet(fact) => {
                self.deadlines.insert(fact.of, fact.until);
            }
            Fact::InformalsConvened(fact) => self.informals.push(fact.group.clone()),
            Fact::InformalsReported(fact) => self.informals.retain(|group| *group != fact.group),
            _ => {}
        }
    }

    fn go_on(&mut self, fact: &MeetingContinued) {
        self.meeting = match fact.step {
            MeetingStep::Suspended => MeetingState::Suspended,
            MeetingStep::Resumed => MeetingState::Open,
            MeetingStep::Adjourned => MeetingState::Adjourned,
        };
        self.speaking = None;
        if fact.step == MeetingStep::Adjourned {
            // Whoever had come is counted anew at the next meeting.
            self.present.clear();
            self.presence = None;
        }
    }

    fn note_presence(&mut self, fact: &PresenceNoted) {
        let is_state = |room: &Self, id| room.class(id) == Some(ParticipantClass::State);
        let mut count = self.presence.unwrap_or(0);
        for id in &fact.arrived {
            if self.present.insert(id.clone()) && is_state(self, id) {
                count += 1;
            }
        }
        for id in &fact.left {
            let was_there = self.present.remove(id);
            if is_state(self, id) && (was_there || fact.arrived.is_empty()) {
                count = count.saturating_sub(1);
            }
        }
        self.presence = Some(fact.counted.unwrap_or(count));
    }

    fn take_speakers(&mut self, fact: &Fact, occurrence: &Occurrence<'_>) {
        match fact {
            Fact::SpeakerInscribed(fact) => self
                .list
                .push(Inscribed { participant: fact.participant.clone(), speech: fact.speech }),
            Fact::SpeakerStruck(fact) => self.strike(fact),
            Fact::FloorGiven(fact) => {
                self.strike(fact);
                if let Some(pending) = self.pending.last_mut() {
                    match fact.speech {
                        Speech::InFavour => pending.in_favour += 1,
                        Speech::Against => pending.against += 1,
                        Speech::Statement | Speech::Reply => {}
                    }
                }
                self.speaking = Some(Speaking {
                    participant: fact.participant.clone(),
                    speech: fact.speech,
                    since: occurrence.entry.recorded_at,
                });
            }
            Fact::StatementDelivered(fact) => {
                let is_over = |now: &Speaking| now.participant == fact.participant;
                self.speaking = self.speaking.take().filter(|now| !is_over(now));
            }
            Fact::SpeakersListSet(fact) => self.list_closed = !fact.open,
            Fact::SpeakingTimeSet(fact) => self.minutes = fact.minutes,
            _ => {}
        }
    }

    fn strike(&mut self, fact: &FloorAsked) {
        let is_it = |named: &Inscribed| {
            named.participant == fact.participant && named.speech == fact.speech
        };
        if let Some(at) = self.list.iter().position(is_it) {
            self.list.remove(at);
        }
    }

    fn take_proposals(&mut self, fact: &Fact, occurrence: &Occurrence<'_>) {
        match fact {
            Fact::DocumentIssued(fact) if fact.base.is_some() => {
                self.document = Some(fact.document.clone());
            }
            Fact::ProposalTabled(fact) => self.table(fact, occurrence),
            Fact::ProposalWithdrawn(fact) => {
                self.change(&fact.proposal, |tabled| tabled.withdrawn = true);
            }
            Fact::ProposalReintroduced(fact) => self.change(&fact.proposal, |tabled| {
                tabled.withdrawn = false;
                tabled.lapsed = false;
                tabled.adopted = None;
            }),
            Fact::ProposalCarried(fact) => {
                self.change(&fact.proposal, |tabled| tabled.document.clone_from(&fact.document));
            }
            Fact::ProposalLapsed(fact) => {
                self.change(&fact.proposal, |tabled| tabled.lapsed = true);
            }
            Fact::SponsorJoined(fact) => self.change(&fact.proposal, |tabled| {
                tabled.sponsors.insert(fact.participant.clone());
            }),
            Fact::SponsorLeft(fact) => self.change(&fact.proposal, |tabled| {
                tabled.sponsors.remove(&fact.participant);
            }),
            Fact::VotingOrderSet(fact) => {
                self.order.clone_from(&fact.order);
                self.implications.clone_from(&fact.implications);
            }
            _ => {}
        }
    }

    fn table(&mut self, fact: &ProposalTabled, occurrence: &Occurrence<'_>) {
        let tabled = Tabled {
            id: fact.proposal.clone(),
            label: fact.label.clone(),
            document: fact.document.clone(),
            at: occurrence.at,
            ordinal: self.proposals.len(),
            amends: fact.amends.clone(),
            targets: targets(&fact.proposal, &fact.changes).into_iter().collect(),
            sponsors: BTreeSet::new(),
            withdrawn: false,
            amended: false,
            beyond_competence: false,
            rejected_by: None,
            permitted: false,
            adopted: None,
            divided: None,
            lapsed: false,
        };
        if let Some(amended) = &fact.amends {
            self.amendments.entry(amended.clone()).or_default().push(fact.proposal.clone());
        }
        self.open.insert(fact.proposal.clone());
        self.proposals.insert(fact.proposal.clone(), tabled);
    }

    /// Changes a proposal and keeps the list of those open.
    fn change(&mut self, id: &ProposalId, change: impl FnOnce(&mut Tabled)) {
        let Some(tabled) = self.proposals.get_mut(id) else { return };
        change(tabled);
        if tabled.is_open() {
            self.open.insert(id.clone());
        } else {
            self.open.remove(id);
        }
    }

    fn take_questions(&mut self, fact: &Fact, basis: Basis) {
        match fact {
            Fact::MotionMade(fact) => self.moved(fact, basis),
            Fact::MotionWithdrawn(fact) => {
                self.at(&fact.motion, basis).state = MatterState::Withdrawn;
                self.done(&fact.motion);
            }
            Fact::RulingGiven(fact) => self.rule(fact, basis),
            Fact::ConsensusSought(fact) => {
                let matter = self.at(&fact.decision, basis);
                matter.words.clone_from(&fact.question);
                matter.subject = Some(fact.subject.clone());
                matter.sought = Some(basis);
                self.reopen(&fact.decision);
            }
            Fact::ObjectionRaised(fact) => {
                let Some(decision) = &fact.decision else { return };
                let standing = StandingObjection {
                    participant: fact.participant.clone(),
                    entry: basis.entry,
                    remedy: fact.remedy.clone(),
                    lifted: false,
                };
                self.at(decision, basis).objections.push(standing);
            }
            Fact::ObjectionLifted(fact) => self.lift(fact.objection),
            Fact::EffortsExhausted(fact) => {
                let matter = self.at(&fact.decision, basis);
                match fact.step {
                    ExhaustionStep::BureauDecided => matter.bureau = Some(basis),
                    ExhaustionStep::ChairInformed => matter.informed = Some(basis),
                }
            }
            Fact::QuestionPut(fact) => {
                let matter = self.at(&fact.decision, basis);
                matter.words.clone_from(&fact.question);
                matter.subject = Some(fact.subject.clone());
                matter.voting = Some(Voting { put: fact.clone(), cast: BTreeMap::new() });
                matter.state = MatterState::Voting;
                self.live.insert(fact.decision.clone());
                self.voting = Some(fact.decision.clone());
            }
            Fact::VoteCast(fact) => {
                let cast = self.matters.get_mut(&fact.decision);
                if let Some(voting) = cast.and_then(|matter| matter.voting.as_mut()) {
                    voting.cast.insert(fact.participant.clone(), fact.ballot);
                }
            }
            Fact::VoteTaken(fact) => self.voted(fact, basis),
            Fact::ConsensusReached(fact) => self.agreed(fact, basis),
            Fact::SilenceOpened(fact) => self.silent(fact, basis),
            Fact::ElectionBallotTaken(fact) => self.elect(fact, basis),
            _ => {}
        }
    }

    fn at(&mut self, id: &DecisionId, basis: Basis) -> &mut Matter {
        let new = || Matter::new(id.clone(), basis);
        let matter = self.matters.entry(id.clone()).or_insert_with(new);
        matter.basis = basis;
        matter
    }

    /// What is sought or moved again awaits a decision again.
    fn reopen(&mut self, id: &DecisionId) {
        if let Some(matter) = self.matters.get_mut(id) {
            matter.state = MatterState::Open;
            self.live.insert(id.clone());
            // A vote that is broken off so is over, without a result.
            self.voting = self.voting.take().filter(|voting| voting != id);
        }
    }

    fn done(&mut self, id: &DecisionId) {
        self.live.remove(id);
        self.pending.retain(|pending| pending.motion != *id);
        if self.voting.as_ref() == Some(id) {
            self.voting = None;
        }
    }

    fn moved(&mut self, fact: &MotionMade, basis: Basis) {
        let matter = self.at(&fact.motion, basis);
        matter.words.clone_from(&fact.question);
        matter.subject = Some(fact.subject.clone());
        matter.under.clone_from(&fact.under);
        matter.movers.clone_from(&fact.movers);
        self.reopen(&fact.motion);
        if let Some(kind) = MotionKind::named(&fact.under) {
            let motion = fact.motion.clone();
            self.pending.push(Pending { motion, kind, in_favour: 0, against: 0 });
        }
    }

    fn rule(&mut self, fact: &RulingGiven, basis: Basis) {
        let matter = self.at(&fact.decision, basis);
        let is_motion = matter.kind().is_some();
        if matter.words.is_empty() {
            matter.words.clone_from(&fact.ruling);
        }
        matter.state = MatterState::Ruled { granted: fact.granted };
        let (kind, subject) = (matter.kind(), matter.subject.clone());
        self.done(&fact.decision);
        if let (Some(Subject::Proposal(id)), true) = (&fact.subject, fact.granted) {
            self.change(id, |tabled| tabled.permitted = true);
        }
        if let (Some(kind), true) = (kind, is_motion) {
            let outcome = if fact.granted { Outcome::Carried } else { Outcome::NotCarried };
            self.settle(kind, subject, outcome);
        }
        let (decision, words) = (fact.decision.clone(), fact.ruling.clone());
        self.ruled = Some(Ruled { decision, words, overruled: false });
    }

    fn lift(&mut self, raised: EntryId) {
        let mut all = self.matters.values_mut().flat_map(|matter| &mut matter.objections);
        if let Some(objection) = all.find(|objection| objection.entry == raised) {
            objection.lifted = true;
        }
    }

    fn voted(&mut self, fact: &VoteTaken, basis: Basis) {
        let matter = self.at(&fact.decision, basis);
        matter.words.clone_from(&fact.question);
        matter.subject = Some(fact.subject.clone());
        if !fact.movers.is_empty() {
            matter.movers.clone_from(&fact.movers);
        }
        let mut cast = matter.voting.as_ref().map(|voting| voting.cast.clone()).unwrap_or_default();
        cast.extend(fact.ballots.iter().map(|(id, ballot)| (id.clone(), *ballot)));
        matter.tally = fact.tally.or_else(|| (!cast.is_empty()).then(|| count(cast.values())));
        if let Some(voting) = &mut matter.voting {
            voting.cast = cast;
        }
        let outcome = if fact.carried { Outcome::Carried } else { Outcome::NotCarried };
        let effect = matter.voting.as_ref().map(|voting| voting.put.effect);
        self.decide(&fact.decision, outcome, effect);
    }

    fn agreed(&mut self, fact: &ConsensusReached, basis: Basis) {
        let matter = self.at(&fact.decision, basis);
        matter.words.clone_from(&fact.question);
        matter.subject = Some(fact.subject.clone());
        self.decide(&fact.decision, Outcome::WithoutVote, None);
    }

    fn silent(&mut self, fact: &SilenceOpened, basis: Basis) {
        let matter = self.at(&fact.decision, basis);
        matter.words.clone_from(&fact.question);
        matter.subject = Some(fact.subject.clone());
        matter.silence = Some(fact.until);
        self.reopen(&fact.decision);
    }

    fn elect(&mut self, fact: &ElectionBallotTaken, basis: Basis) {
        let matter = self.at(&fact.election, basis);
        if matter.words.is_empty() {
            matter.words = format!("Election: {}", fact.post);
        }
        self.elections.entry(fact.election.clone()).or_default().push(fact.clone());
        if u32::try_from(fact.elected.len()).is_ok_and(|elected| fact.places <= elected) {
            self.decide(&fact.election, Outcome::Carried, None);
        } else {
            self.reopen(&fact.election);
        }
    }

    fn decide(&mut self, id: &DecisionId, outcome: Outcome, effect: Option<QuestionEffect>) {
        let Some(matter) = self.matters.get_mut(id) else { return };
        matter.state = MatterState::Decided(outcome);
        let (kind, subject) = (matter.kind(), matter.subject.clone());
        let carried = outcome != Outcome::NotCarried;
        self.done(id);
        self.last_decided = Some(id.clone());
        match (kind, &subject) {
            (Some(kind), _) => self.settle(kind, subject, outcome),
            (None, Some(Subject::Proposal(proposal))) => self.fate(proposal, outcome),
            (None, Some(Subject::Provision(provision))) => {
                let kept = carried == (effect != Some(QuestionEffect::Delete));
                for tabled in self.proposals.values_mut() {
                    let touches = tabled.targets.contains(provision);
                    if let Some(parts) = tabled.divided.as_mut().filter(|_| touches) {
                        parts.insert(provision.clone(), kept);
                    }
                }
            }
            (None, _) => {}
        }
    }

    /// What a proposal's being adopted or rejected does to it and to others.
    fn fate(&mut self, proposal: &ProposalId, outcome: Outcome) {
        let adopted = outcome != Outcome::NotCarried;
        self.change(proposal, |tabled| tabled.adopted = Some(adopted));
        if !adopted {
            return;
        }
        if let Some(amended) = self.proposals.get(proposal).and_then(|t| t.amends.clone()) {
            self.change(&amended, |tabled| tabled.amended = true);
        }
        let rejected: Vec<ProposalId> = self
            .implications
            .iter()
            .filter(|implied| implied.adopting == *proposal)
            .flat_map(|implied| implied.rejects.clone())
            .collect();
        for id in rejected {
            self.change(&id, |tabled| tabled.rejected_by = Some(proposal.clone()));
        }
    }

    /// What a procedural motion does where it is carried or granted, and where it is not.
    fn settle(&mut self, kind: MotionKind, subject: Option<Subject>, outcome: Outcome) {
        match (kind, subject, outcome != Outcome::NotCarried) {
            (MotionKind::AdjournDebate, _, true) => self.debate = Debate::Adjourned,
            (MotionKind::CloseDebate, _, true) => {
                self.debate = Debate::Closed;
                self.list.clear();
                self.speaking = None;
            }
            (MotionKind::Competence, Some(Subject::Proposal(id)), competent) => {
                self.change(&id, |tabled| tabled.beyond_competence = !competent);
            }
            (MotionKind::Division, Some(Subject::Proposal(id)), true) => {
                self.change(&id, |tabled| {
                    tabled.divided.get_or_insert_default();
                });
            }
            (MotionKind::Reconsider, Some(Subject::Decision(id)), true) => {
                let subject = self.matters.get(&id).and_then(|matter| matter.subject.clone());
                self.reopen(&id);
                if let Some(Subject::Proposal(proposal)) = subject {
                    self.change(&proposal, |tabled| tabled.adopted = None);
                }
            }
            (MotionKind::Appeal, Some(Subject::Decision(id)), overruled) => {
                if let Some(ruled) = self.ruled.as_mut().filter(|ruled| ruled.decision == id) {
                    ruled.overruled = overruled;
                }
            }
            (MotionKind::Classification, Some(Subject::Decision(id)), procedural) => {
                if let Some(matter) = self.matters.get_mut(&id) {
                    matter.procedural = Some(procedural);
                }
            }
            _ => {}
        }
    }
}

/// Reports whether an office is that of the chair: its name begins so ("Chair", "Chairman").
fn is_chair(office: &str) -> bool {
    let office = office.to_lowercase();
    office.starts_with("chair") || office == "president"
}

/// The votes each candidate received, most first; of equals in the order given.
pub(in crate::procedure) fn ranked(ballot: &ElectionBallotTaken) -> Vec<&CandidateVotes> {
    let mut ranked: Vec<&CandidateVotes> = ballot.votes.iter().collect();
    ranked.sort_by_key(|votes| std::cmp::Reverse(votes.votes));
    ranked
}
