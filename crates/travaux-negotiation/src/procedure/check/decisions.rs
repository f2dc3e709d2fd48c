//! Consensus sought, objected to, exhausted and reached; silence; what may be said afterwards.

use travaux_record::{
    ConsensusReached, ConsensusSought, EffortsExhausted, ExhaustionStep, ExplanationForm,
    ExplanationGiven, ObjectionRaised, ParticipantId, Subject,
};

use super::{Judge, quoted};
use crate::decisions::Outcome;
use crate::procedure::rules::{Law, MotionKind};
use crate::procedure::{Matter, MatterState};

impl Judge<'_, '_> {
    pub(super) fn seek(&mut self, fact: &ConsensusSought) {
        self.sitting();
        self.not_during_a_vote();
        self.no_motion_pending(Some(&fact.decision));
        self.is_not_decided(&fact.decision);
        self.is_ripe(&fact.decision, &fact.subject);
    }

    /// What was decided is put again only where the body reconsiders it.
    pub(super) fn is_not_decided(&mut self, id: &travaux_record::DecisionId) {
        if self.floor.room.matter(id).is_some_and(Matter::is_decided) {
            let rule = self.motion_rule(MotionKind::Reconsider);
            self.against_rule(rule, "it has been decided", "move to reconsider the decision");
        }
    }

    /// Only who decides can stand in the way of consensus.
    pub(super) fn object(&mut self, fact: &ObjectionRaised) {
        let (rule, _, _, vote) = self.floor.may(&fact.participant);
        if !vote {
            let why = format!("{} has no part in the decision", fact.participant);
            self.against_rule(rule, why, "a member may object; others may state their views");
        }
        self.has_credentials(&fact.participant);
        let Some(id) = &fact.decision else { return };
        let Some(matter) = self.floor.room.matter(id) else { return };
        if matter.is_decided() {
            self.against_rule(
                self.motion_rule(MotionKind::Reconsider),
                "it has been decided",
                "explain the position, or move to reconsider the decision",
            );
        }
        if matter.standing().any(|one| one.participant == fact.participant) {
            let why = format!("{} objects already", fact.participant);
            self.against("decision", why, "nothing need be done");
        }
    }

    /// The bureau finds efforts exhausted where consensus was sought; then the chair informs.
    pub(super) fn exhaust(&mut self, fact: &EffortsExhausted) {
        let under = self.floor.room.matter(&fact.decision).map_or("", |m| m.under.as_str());
        let Some(decisive) = self.floor.consensus_rule(under) else {
            self.against(
                "majority",
                "these rules do not ask for consensus first",
                "put the question to the vote",
            );
            return;
        };
        let matter = self.floor.room.matter(&fact.decision);
        match fact.step {
            ExhaustionStep::BureauDecided => {
                if matter.is_none_or(|matter| matter.sought.is_none()) {
                    self.against_rule(
                        decisive.rule,
                        "consensus has not been sought on it",
                        "the Chair asks whether there is consensus",
                    );
                } else if matter.is_some_and(|matter| matter.standing().next().is_none()) {
                    self.against_rule(decisive.rule, "nobody objects", "decide it without a vote");
                }
            }
            ExhaustionStep::ChairInformed => {
                let decided = matter.is_some_and(|matter| matter.bureau.is_some());
                if decisive.certified_by.is_some() && !decided {
                    self.against_rule(
                        decisive.rule,
                        "the Bureau has not decided that efforts are exhausted",
                        "the Bureau decides, then the Chair informs the body",
                    );
                }
            }
        }
    }

    /// Consensus is the absence of objection when the chair asks.
    pub(super) fn agree(&mut self, fact: &ConsensusReached) {
        if !fact.body.is_empty() {
            return;
        }
        let matter = self.floor.room.matter(&fact.decision).cloned();
        let until = matter.as_ref().and_then(|matter| matter.silence);
        if let Some(until) = until.filter(|until| self.floor.today <= until.counts_from()) {
            self.against(
                "silence",
                format!("silence can be broken until {until}"),
                "wait until that day is over",
            );
        }
        if until.is_none() {
            self.sitting();
            self.quorum_to_decide();
        }
        self.not_during_a_vote();
        self.no_motion_pending(Some(&fact.decision));
        self.is_not_decided(&fact.decision);
        self.is_ripe(&fact.decision, &fact.subject);
        let objecting: Vec<ParticipantId> =
            matter.iter().flat_map(Matter::standing).map(|one| one.participant.clone()).collect();
        if !objecting.is_empty() {
            let who: Vec<&str> = objecting.iter().map(ParticipantId::as_str).collect();
            let verb = if who.len() == 1 { "objects" } else { "object" };
            let rule = self.consensus_cited(matter.as_ref());
            self.against_rule(
                rule,
                format!("there is no consensus: {} {verb}", who.join(", ")),
                "go on seeking consensus until the objection is lifted, or put it to the vote as \
                 the rules provide",
            );
        }
    }

    fn consensus_cited(&self, matter: Option<&Matter>) -> crate::procedure::Cited {
        let under = matter.map_or("", |matter| matter.under.as_str());
        match self.floor.consensus_rule(under) {
            Some(decisive) => decisive.rule,
            None => self.floor.plain().rule,
        }
    }

    pub(super) fn silence(&mut self) {
        let known = self.floor.rules.find(|law| matches!(law, Law::Silence {}).then_some(()));
        if known.is_none() {
            let rule = self.floor.plain().rule;
            self.against_rule(
                rule,
                "these rules provide for no silence procedure",
                "decide in a meeting, or adopt a rule on silence first",
            );
        }
    }

    /// Votes are explained by who voted, positions by who let a decision pass; never by a sponsor
    /// its vote on its own proposal.
    pub(super) fn explain(&mut self, fact: &ExplanationGiven) {
        self.not_during_a_vote();
        let Some(matter) = self.floor.room.matter(&fact.decision).cloned() else { return };
        let without_vote = matter.state == MatterState::Decided(Outcome::WithoutVote);
        match fact.form {
            ExplanationForm::OfVote => {
                self.sponsor_does_not_explain(fact, &matter);
                if without_vote {
                    self.against(
                        "conduct",
                        "it was decided without a vote",
                        "explain the position instead",
                    );
                }
            }
            ExplanationForm::OfPosition | ExplanationForm::Dissociation if !without_vote => {
                let way_out = if matter.is_decided() {
                    "explain the vote instead"
                } else {
                    "wait until it is decided"
                };
                self.against("conduct", "it was not decided without a vote", way_out);
            }
            ExplanationForm::OfPosition | ExplanationForm::Dissociation => {}
            ExplanationForm::IntendedVote => {
                let voted = matter
                    .voting
                    .as_ref()
                    .is_some_and(|voting| voting.cast.contains_key(&fact.participant));
                if voted {
                    let why = format!("{} voted", fact.participant);
                    self.against("conduct", why, "explain the vote instead");
                }
                if !matter.is_decided() {
                    self.against("conduct", "it has not been voted on", "vote on it");
                }
            }
        }
    }

    fn sponsor_does_not_explain(&mut self, fact: &ExplanationGiven, matter: &Matter) {
        let tabled = match &matter.subject {
            Some(Subject::Proposal(id)) => self.floor.room.proposal(id),
            _ => None,
        };
        let sponsors = tabled.is_some_and(|tabled| tabled.sponsors.contains(&fact.participant));
        if sponsors || matter.movers.contains(&fact.participant) {
            let what = match tabled {
                Some(tabled) => tabled.label.clone(),
                None => quoted(&matter.words),
            };
            let why = format!("{} sponsors {what}", fact.participant);
            self.against(
                "conduct",
                why,
                "make a general statement before the voting begins, or explain the vote on \
                 another proposal",
            );
        }
    }
}
