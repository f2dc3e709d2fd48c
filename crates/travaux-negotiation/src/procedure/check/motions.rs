//! Motions, points of order, rulings and appeals.

use travaux_record::{DecisionId, MotionMade, MotionWithdrawn, ProposalId, RulingGiven, Subject};

use super::{Judge, quoted};
use crate::procedure::rules::MotionKind;
use crate::procedure::{Debate, Matter, MatterState};

impl Judge<'_, '_> {
    pub(super) fn motion(&mut self, fact: &MotionMade) {
        self.sitting();
        for mover in &fact.movers {
            self.may_move(mover);
        }
        let Some(kind) = MotionKind::named(&fact.under) else {
            self.motion_on_substance(fact);
            return;
        };
        if kind == MotionKind::PointOfOrder {
            // At any moment, also during a vote; on its conduct only, which the Chair judges.
            return;
        }
        self.not_during_a_vote();
        if kind != MotionKind::Appeal && self.floor.rules.motion(kind).is_none() {
            self.against(
                "precedence",
                format!("these rules provide for no motion {}", kind.words()),
                "raise a point of order, or move it as a proposal in writing",
            );
            return;
        }
        self.precedes(kind);
        self.on_its_subject(kind, fact);
    }

    fn may_move(&mut self, id: &travaux_record::ParticipantId) {
        let (rule, _, propose, _) = self.floor.may(id);
        if !propose {
            let why = format!("{id} makes no motions and no proposals here");
            self.against_rule(rule, why, "a member may take it up as its own");
        }
        self.has_credentials(id);
    }

    fn motion_on_substance(&mut self, fact: &MotionMade) {
        self.not_during_a_vote();
        self.no_motion_pending(None);
        let is_known = fact.under.is_empty() || self.floor.decides_on(&fact.under);
        if !is_known {
            self.against(
                "precedence",
                format!("these rules know no motion called {}", quoted(&fact.under)),
                "name a motion that the rules provide for, or none for one on the substance",
            );
        }
    }

    /// A motion is in order while one of lower rank is pending, not while one of its own or a
    /// higher rank is.
    fn precedes(&mut self, kind: MotionKind) {
        let Some(pending) = self.floor.room.pending().last() else { return };
        if matches!(pending.kind, MotionKind::PointOfOrder | MotionKind::Appeal) {
            if !(kind == MotionKind::Appeal && pending.kind == MotionKind::PointOfOrder) {
                self.no_motion_pending(None);
            }
            return;
        }
        if kind == MotionKind::Appeal {
            return;
        }
        let rank = |kind| self.floor.rules.precedence(kind).unwrap_or(usize::MAX);
        if rank(kind) < rank(pending.kind) {
            return;
        }
        let why = format!(
            "the motion {} is pending, and a motion {} does not come before it",
            pending.kind.words(),
            kind.words()
        );
        let before: Vec<&str> = self
            .floor
            .rules
            .order_of_motions()
            .map(|(_, order)| order)
            .unwrap_or_default()
            .iter()
            .filter(|other| rank(**other) < rank(pending.kind))
            .map(|other| other.words())
            .collect();
        let way_out = if before.is_empty() {
            "move it once that motion is decided".to_owned()
        } else {
            format!(
                "move it once that motion is decided; before it come only motions {}",
                before.join(", ")
            )
        };
        self.against("precedence", why, way_out);
    }

    fn on_its_subject(&mut self, kind: MotionKind, fact: &MotionMade) {
        match (kind, &fact.subject) {
            (MotionKind::AdjournDebate | MotionKind::CloseDebate, _) => self.debate_goes_on(kind),
            (MotionKind::Competence | MotionKind::Division, Subject::Proposal(id)) => {
                self.still_open(kind, id);
            }
            (MotionKind::Reconsider, Subject::Decision(id)) => self.was_decided(id),
            (MotionKind::Appeal, Subject::Decision(id)) => self.was_ruled(id),
            (MotionKind::Classification, Subject::Decision(id)) => self.awaits_decision(id),
            (MotionKind::Competence | MotionKind::Division, _) => {
                let rule = self.motion_rule(kind);
                self.against_rule(
                    rule,
                    "it does not say on which proposal",
                    "name the proposal it concerns",
                );
            }
            (MotionKind::Reconsider | MotionKind::Appeal | MotionKind::Classification, _) => {
                let rule = self.motion_rule(kind);
                self.against_rule(
                    rule,
                    "it does not say which decision, ruling or question it concerns",
                    "name the decision it concerns",
                );
            }
            _ => {}
        }
    }

    fn debate_goes_on(&mut self, kind: MotionKind) {
        let state = match self.floor.room.debate() {
            Debate::Open => return,
            Debate::Closed => "closed",
            Debate::Adjourned => "adjourned",
        };
        let rule = self.motion_rule(kind);
        self.against_rule(rule, format!("the debate is {state} already"), "nothing need be done");
    }

    fn still_open(&mut self, kind: MotionKind, id: &ProposalId) {
        if self.floor.room.proposal(id).is_some_and(|tabled| tabled.adopted.is_some()) {
            let rule = self.motion_rule(kind);
            self.against_rule(
                rule,
                format!("{id} has been decided on"),
                "move to reconsider the decision",
            );
        }
    }

    fn was_decided(&mut self, id: &DecisionId) {
        if !self.floor.room.matter(id).is_some_and(Matter::is_decided) {
            let rule = self.motion_rule(MotionKind::Reconsider);
            self.against_rule(rule, "it was not decided", "put the question itself");
        }
    }

    fn was_ruled(&mut self, id: &DecisionId) {
        let ruled = self.floor.room.ruled();
        if !ruled.is_some_and(|ruled| ruled.decision == *id && !ruled.overruled) {
            self.against(
                "point_of_order",
                "that is not the ruling given last",
                "appeal at once against the ruling just given",
            );
        }
    }

    fn awaits_decision(&mut self, id: &DecisionId) {
        if self.floor.room.matter(id).is_none_or(Matter::is_decided) {
            let rule = self.motion_rule(MotionKind::Classification);
            self.against_rule(rule, "no such question awaits a decision", "name one that does");
        }
    }

    /// A motion is withdrawn by its mover, before voting on it has begun.
    pub(super) fn withdraw_motion(&mut self, fact: &MotionWithdrawn) {
        let Some(matter) = self.floor.room.matter(&fact.motion) else { return };
        match matter.state {
            MatterState::Open => {}
            MatterState::Voting => {
                self.against("withdrawal", "voting on it has begun", "vote against it");
            }
            MatterState::Decided(_) | MatterState::Ruled { .. } | MatterState::Withdrawn => {
                self.against("withdrawal", "it is not pending any more", "nothing need be done");
            }
        }
        let foreign = fact.participants.iter().find(|id| !matter.movers.contains(id));
        if let Some(foreign) = foreign.filter(|_| !matter.movers.is_empty()) {
            let why = format!("{foreign} did not move it");
            self.against("withdrawal", why, "its mover withdraws it");
        }
    }

    /// The chair rules on points of order; other motions are for the body, where it votes on them.
    pub(super) fn rule(&mut self, fact: &RulingGiven) {
        let Some(matter) = self.floor.room.matter(&fact.decision) else { return };
        if matter.is_decided() {
            self.against("point_of_order", "it is decided", "move to reconsider the decision");
            return;
        }
        let Some(kind) = matter.kind() else { return };
        let is_for_the_body = match self.floor.rules.motion(kind) {
            Some((_, law)) => !law.granted_unless_objected,
            None => kind == MotionKind::Appeal,
        };
        if fact.granted && is_for_the_body {
            let rule = self.motion_rule(kind);
            self.against_rule(
                rule,
                "it is not for the Chair to grant: the body decides",
                "put the motion to the vote, or ask whether anybody objects",
            );
        }
        if fact.granted && matter.standing().next().is_some() {
            let rule = self.motion_rule(kind);
            self.against_rule(rule, "somebody objects to it", "put the motion to the vote");
        }
    }
}
