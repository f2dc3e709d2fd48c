//! Who speaks when: the list of speakers, replies, speeches on a motion.

use travaux_record::{
    CredentialsStanding, FloorAsked, ParticipantClass, ParticipantId, SpeakersListSet, Speech,
};

use super::Judge;
use crate::procedure::Debate;
use crate::procedure::rules::{Law, MaySpeak, MotionKind};

impl Judge<'_, '_> {
    fn is_secretariat(&self, id: &ParticipantId) -> bool {
        self.floor.room.class(id) == Some(ParticipantClass::Secretariat)
    }

    /// A participant whose class speaks, with credentials that were not rejected.
    pub(super) fn may_take_part(&mut self, id: &ParticipantId) {
        let (rule, speak, _, _) = self.floor.may(id);
        if speak == MaySpeak::No {
            let why = format!("{id} does not speak in this body");
            self.against_rule(rule, why, "a member may speak for it, or submit its paper");
        }
        self.has_credentials(id);
    }

    pub(super) fn has_credentials(&mut self, id: &ParticipantId) {
        if self.floor.room.credentials(id) == Some(CredentialsStanding::Rejected) {
            let why = format!("the credentials of {id} were rejected");
            self.against("credentials", why, "present credentials that the body accepts");
        }
    }

    pub(super) fn inscribe(&mut self, fact: &FloorAsked) {
        self.sitting();
        self.may_take_part(&fact.participant);
        let listed = self
            .floor
            .room
            .speakers()
            .iter()
            .any(|named| named.participant == fact.participant && named.speech == fact.speech);
        if listed {
            let why = format!("{} is on the list already", fact.participant);
            self.against("speeches", why, "wait to be called");
        }
        match fact.speech {
            Speech::Statement => self.list_is_open(),
            Speech::Reply => self.reply_is_allowed(),
            Speech::InFavour | Speech::Against => self.on_a_motion(fact),
        }
    }

    fn list_is_open(&mut self) {
        self.is_debated();
        if self.floor.room.is_list_closed() {
            self.against(
                "speakers_list",
                "the list of speakers is closed",
                "ask for a right of reply, or ask the Chair to open the list again",
            );
        }
    }

    fn reply_is_allowed(&mut self) {
        let reply = self.floor.rules.find(|law| match law {
            Law::SpeakersList { reply_after_closing } => Some(*reply_after_closing),
            _ => None,
        });
        if self.floor.room.is_list_closed() && reply.is_some_and(|(_, allowed)| !allowed) {
            self.against(
                "speakers_list",
                "no reply is given once the list is closed",
                "ask the Chair to open the list again",
            );
        }
    }

    fn is_debated(&mut self) {
        match self.floor.room.debate() {
            Debate::Open => {}
            Debate::Closed => {
                let rule = self.motion_rule(MotionKind::CloseDebate);
                self.against_rule(
                    rule,
                    "the debate is closed",
                    "the question is put; votes and positions may be explained",
                );
            }
            Debate::Adjourned => {
                let rule = self.motion_rule(MotionKind::AdjournDebate);
                self.against_rule(
                    rule,
                    "the debate on the item is adjourned",
                    "take up another item, or take this one up again",
                );
            }
        }
    }

    pub(super) fn motion_rule(&self, kind: MotionKind) -> crate::procedure::Cited {
        match self.floor.rules.motion(kind) {
            Some((rule, _)) => rule.cited(),
            None => self.floor.cite("precedence"),
        }
    }

    /// So many speak on a motion as its rule allows.
    fn on_a_motion(&mut self, fact: &FloorAsked) {
        let Some(pending) = self.floor.room.pending().last().cloned() else {
            self.against(
                "speeches",
                "no motion is pending to speak on",
                "put the name on the list of speakers",
            );
            return;
        };
        let Some((rule, law)) = self.floor.rules.motion(pending.kind) else {
            self.against("point_of_order", "it is not debated", "wait for the ruling or the vote");
            return;
        };
        let (allowed, spoken, how) = match fact.speech {
            Speech::InFavour => (law.in_favour, pending.in_favour, "in favour of it"),
            _ => (law.against, pending.against, "against it"),
        };
        if spoken < allowed {
            return;
        }
        let why = if allowed == 0 {
            format!("nobody is heard {how}")
        } else {
            format!("{spoken} have spoken {how}, and no more are heard")
        };
        self.against_rule(rule.cited(), why, "the motion is put to the vote");
    }

    pub(super) fn strike(&mut self, fact: &FloorAsked) {
        let listed = self.floor.room.speakers().iter();
        if !listed.into_iter().any(|named| named.participant == fact.participant) {
            let why = format!("{} is not on the list", fact.participant);
            self.against("speeches", why, "nothing need be done");
        }
    }

    pub(super) fn give_floor(&mut self, fact: &FloorAsked) {
        if self.is_secretariat(&fact.participant) {
            // Statements by the secretariat are possible at any time.
            return;
        }
        self.sitting();
        self.not_during_a_vote();
        self.may_take_part(&fact.participant);
        match fact.speech {
            Speech::Statement => {
                self.no_motion_pending(None);
                self.is_debated();
                self.in_turn(&fact.participant);
            }
            Speech::Reply => self.no_motion_pending(None),
            Speech::InFavour | Speech::Against => self.on_a_motion(fact),
        }
    }

    /// Speakers are called in the order of their requests; some classes after States.
    fn in_turn(&mut self, id: &ParticipantId) {
        let statements: Vec<&ParticipantId> = self
            .floor
            .room
            .speakers()
            .iter()
            .filter(|named| named.speech == Speech::Statement)
            .map(|named| &named.participant)
            .collect();
        let (rule, speak, _, _) = self.floor.may(id);
        let is_after = |other: &&&ParticipantId| self.floor.may(other).1 == MaySpeak::AfterStates;
        let first_of_states = statements.iter().find(|other| !is_after(other)).copied();
        if speak == MaySpeak::AfterStates {
            if let Some(state) = first_of_states {
                let why = format!("{id} speaks after States, and {state} is on the list");
                self.against_rule(rule, why, format!("call {state} first"));
            }
            return;
        }
        let next = first_of_states.or(statements.first().copied());
        match next {
            Some(next) if next != id => {
                let why = format!("{next} asked for the floor before {id}");
                self.against("speeches", why, format!("call {next} first"));
            }
            None => {
                let why = format!("{id} is not on the list of speakers");
                self.against("speeches", why, "put the name on the list first");
            }
            Some(_) => {}
        }
    }

    pub(super) fn list(&mut self, fact: &SpeakersListSet) {
        self.sitting();
        self.not_during_a_vote();
        if fact.open != self.floor.room.is_list_closed() {
            let state = if fact.open { "open" } else { "closed" };
            self.against(
                "speakers_list",
                format!("the list of speakers is {state} already"),
                "nothing need be done",
            );
        }
    }
}
