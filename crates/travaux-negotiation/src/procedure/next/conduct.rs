//! Moves of the meeting as such, and of the debate.

use travaux_record::{
    AgendaAdopted, DecisionId, Fact, FloorAsked, InformalsReported, ItemTakenUp, MeetingContinued,
    MeetingOpened, MeetingStep, MotionMade, ParticipantClass, ParticipantId, RulingGiven,
    SpeakersListSet, Speech, Subject,
};

use super::{ALIKE_MAX, Actor, Decider, Draft, Moves};
use crate::procedure::rules::{Law, MaySpeak, MotionKind};
use crate::procedure::{Matter, MeetingState};

impl Moves<'_, '_> {
    pub(super) fn meeting(&mut self) {
        let opened =
            MeetingOpened { title: "meeting".to_owned(), session: None, rules: String::new() };
        if *self.floor.room.meeting() != MeetingState::Open {
            let draft = self.draft(
                ("open", "open the meeting", "open \"<TITLE>\""),
                Actor::Chair,
                "chair_powers",
            );
            self.offer(draft, &Fact::MeetingOpened(opened));
        }
        let steps = [
            (MeetingStep::Resumed, "resume", "resume the meeting"),
            (MeetingStep::Suspended, "suspend", "suspend the meeting"),
            (MeetingStep::Adjourned, "adjourn", "adjourn the meeting"),
        ];
        for (step, kind, what) in steps {
            let is_due = match self.floor.room.meeting() {
                MeetingState::Open => step != MeetingStep::Resumed,
                MeetingState::Suspended => step != MeetingStep::Suspended,
                MeetingState::Unrecorded | MeetingState::Adjourned => false,
            };
            if is_due {
                let draft = self.draft((kind, what, kind), Actor::Chair, "chair_powers");
                let act = MeetingContinued { step, note: String::new() };
                self.offer(draft, &Fact::MeetingContinued(act));
            }
        }
        self.agenda();
        for group in self.floor.room.informals().to_vec() {
            let what = format!("the facilitators of {group} report");
            let say = format!("report \"{group}\" \"<REPORT>\"");
            let draft = self.draft(("report", what, say), Actor::AnyMember, "informals");
            let report = String::new();
            self.offer(draft, &Fact::InformalsReported(InformalsReported { group, report }));
        }
    }

    fn agenda(&mut self) {
        let room = self.floor.room;
        if room.agenda().is_empty() && *room.meeting() == MeetingState::Open {
            let draft = self.draft(
                ("agenda", "adopt the agenda", "agenda \"1. <TITLE>\""),
                Actor::Chair,
                "agenda",
            );
            self.offer(draft, &Fact::AgendaAdopted(AgendaAdopted { items: Vec::new() }));
        }
        let current = room.item();
        let at = room.agenda().iter().position(|item| Some(item.item.as_str()) == current);
        let next = at.map_or(0, |at| at + 1);
        if let Some(item) = room.agenda().get(next) {
            let what = format!("take up item {}, {}", item.item, item.title);
            let say = format!("take up {}", item.item);
            let draft = self.draft(("take_up", what, say), Actor::Chair, "chair_powers");
            let act = ItemTakenUp { item: item.item.clone() };
            self.offer(draft, &Fact::ItemTakenUp(act));
        }
    }

    pub(super) fn speakers(&mut self) {
        if *self.floor.room.meeting() != MeetingState::Open {
            return;
        }
        if let Some((next, speech)) = self.next_speaker() {
            let how = match speech {
                Speech::Statement => "",
                Speech::Reply => " to reply",
                Speech::InFavour => " in favour",
                Speech::Against => " against",
            };
            let say = format!("floor to {next}{how}");
            let what = format!("give the floor to {next}{how}");
            let draft = self.draft(("give_floor", what, say), Actor::Chair, "speeches");
            self.offer(draft, &Fact::FloorGiven(FloorAsked { participant: next, speech }));
        }
        let secretariat = self
            .floor
            .room
            .participants()
            .find(|(_, class)| *class == ParticipantClass::Secretariat);
        if let Some((participant, _)) = secretariat {
            let say = format!("floor to {participant}");
            let what = "the secretariat makes a statement";
            let who = Actor::Secretariat;
            let draft = self.draft(("secretariat", what, say), who, "secretariat_statements");
            let (participant, speech) = (participant.clone(), Speech::Statement);
            self.offer(draft, &Fact::FloorGiven(FloorAsked { participant, speech }));
        }
        let Some(member) = self.not_on_the_list() else { return };
        let asked = |participant: &ParticipantId, speech| {
            Fact::SpeakerInscribed(FloorAsked { participant: participant.clone(), speech })
        };
        let draft = self.draft(
            ("ask_for_floor", "ask for the floor", "<WHO> asks for the floor"),
            Actor::AnySpeaker,
            "speeches",
        );
        self.offer(draft, &asked(&member, Speech::Statement));
        let draft = self.draft(
            ("ask_to_reply", "ask for a right of reply", "<WHO> asks for the floor to reply"),
            Actor::AnySpeaker,
            "speakers_list",
        );
        self.offer(draft, &asked(&member, Speech::Reply));
        let open = self.floor.room.is_list_closed();
        let (kind, what) = if open {
            ("open_list", "open the list of speakers again")
        } else {
            ("close_list", "close the list of speakers")
        };
        let say = kind.replace('_', " ");
        let draft = Draft {
            decides: Decider::Consensus,
            ..self.draft((kind, what, say), Actor::Chair, "speakers_list")
        };
        self.offer(draft, &Fact::SpeakersListSet(SpeakersListSet { open }));
    }

    fn not_on_the_list(&self) -> Option<ParticipantId> {
        let listed = self.floor.room.speakers();
        let is_listed = |id: &&ParticipantId| listed.iter().any(|one| one.participant == **id);
        self.floor.voters().find(|id| !is_listed(id)).cloned()
    }

    /// States in the order of their requests, then others; replies when nobody else waits.
    fn next_speaker(&self) -> Option<(ParticipantId, Speech)> {
        let list = self.floor.room.speakers();
        let is_pending = !self.floor.room.pending().is_empty();
        let on_motion = list
            .iter()
            .find(|one| matches!(one.speech, Speech::InFavour | Speech::Against))
            .filter(|_| is_pending);
        let statements = || list.iter().filter(|one| one.speech == Speech::Statement);
        let next = on_motion
            .or_else(|| {
                statements().find(|one| self.floor.may(&one.participant).1 != MaySpeak::AfterStates)
            })
            .or_else(|| statements().next())
            .or_else(|| list.iter().find(|one| one.speech == Speech::Reply))?;
        Some((next.participant.clone(), next.speech))
    }

    /// What is to be done about the motion made last.
    pub(super) fn pending(&mut self) {
        self.on_the_ruling();
        let Some(pending) = self.floor.room.pending().last().cloned() else { return };
        let Some(matter) = self.floor.room.matter(&pending.motion).cloned() else { return };
        if pending.kind == MotionKind::PointOfOrder {
            for (kind, verb, granted) in [("grant", "grants", true), ("refuse", "refuses", false)] {
                let what = format!("rule on the point of order: {kind}");
                let say = format!("chair {verb} {}", matter.id);
                let draft = Draft {
                    decides: Decider::Chair,
                    ..self.draft((kind, what, say), Actor::Chair, "point_of_order")
                };
                let ruling = String::new();
                let decision = matter.id.clone();
                let act = RulingGiven { decision, ruling, subject: None, granted };
                self.offer(draft, &Fact::RulingGiven(act));
            }
            return;
        }
        self.speak_on(&matter);
        self.offer_vote(&matter);
        self.offer_agreement(&matter);
        if let Some(mover) = matter.movers.first() {
            let what = format!("withdraw the motion {}", pending.kind.words());
            let say = format!("{mover} withdraws motion {}", matter.id);
            let who = Actor::Some(matter.movers.clone());
            let draft = self.draft(("withdraw_motion", what, say), who, "withdrawal");
            let motion = matter.id.clone();
            let participants = vec![mover.clone()];
            let act = travaux_record::MotionWithdrawn { motion, participants };
            self.offer(draft, &Fact::MotionWithdrawn(act));
        }
    }

    fn speak_on(&mut self, matter: &Matter) {
        let Some(member) = self.somebody() else { return };
        for (kind, how, speech) in [
            ("speak_in_favour", "in favour", Speech::InFavour),
            ("speak_against", "against", Speech::Against),
        ] {
            let what = format!("speak {how} of the motion").replace("against of", "against");
            let say = format!("floor to <WHO> {how}");
            let mut draft = self.draft((kind, what, say), Actor::AnyMember, "speeches");
            if let Some((rule, _)) = matter.kind().and_then(|kind| self.floor.rules.motion(kind)) {
                draft.rule = rule.cited();
            }
            let participant = member.clone();
            self.offer(draft, &Fact::FloorGiven(FloorAsked { participant, speech }));
        }
    }

    fn on_the_ruling(&mut self) {
        let room = self.floor.room;
        let Some(ruled) = room.ruled().filter(|ruled| !ruled.overruled).cloned() else { return };
        // A ruling is appealed against at once: while nothing else has been moved or decided.
        let is_last = room.matter(&ruled.decision).map(|matter| matter.basis) == room.latest();
        let Some(member) = self.somebody().filter(|_| is_last) else { return };
        let say = format!("<WHO> appeals against {} as <KEY>", ruled.decision);
        let draft = Draft {
            decides: Decider::Body,
            majority: self
                .floor
                .rules
                .find(|law| match law {
                    Law::PointOfOrder { appeal } => Some(appeal.majority()),
                    _ => None,
                })
                .map(|(_, majority)| majority),
            ..self.draft(
                ("appeal", "appeal against the ruling", say),
                Actor::AnyMember,
                "point_of_order",
            )
        };
        let act = Self::motion(MotionKind::Appeal, &member, Subject::Decision(ruled.decision));
        self.offer(draft, &act);
    }

    fn motion(kind: MotionKind, mover: &ParticipantId, subject: Subject) -> Fact {
        Fact::MotionMade(MotionMade {
            motion: DecisionId::new("?"),
            question: String::new(),
            movers: vec![mover.clone()],
            supporters: Vec::new(),
            subject,
            under: kind.name().to_owned(),
        })
    }

    /// The motions that the rules provide for, in their precedence.
    pub(super) fn motions(&mut self) {
        let Some(member) = self.somebody() else { return };
        let draft = Draft {
            decides: Decider::Chair,
            ..self.draft(
                (
                    "point_of_order",
                    "raise a point of order",
                    "<WHO> raises a point of order as <KEY> \"<WORDS>\"",
                ),
                Actor::AnyMember,
                "point_of_order",
            )
        };
        let matter = || Subject::Matter(String::new());
        let act = Self::motion(MotionKind::PointOfOrder, &member, matter());
        self.offer(draft, &act);
        let mut kinds: Vec<MotionKind> = MotionKind::ALL
            .into_iter()
            .filter(|kind| self.floor.rules.motion(*kind).is_some())
            .collect();
        kinds.sort_by_key(|kind| self.floor.rules.precedence(*kind).unwrap_or(usize::MAX));
        for kind in kinds.into_iter().take(ALIKE_MAX) {
            let Some((on, subject)) = self.subject_of(kind) else { continue };
            let Some((rule, law)) = self.floor.rules.motion(kind) else { continue };
            let draft = Draft {
                kind: kind.name(),
                what: format!("move {}", kind.words()),
                who: Actor::AnyMember,
                decides: Decider::Body,
                majority: Some(law.threshold.majority()),
                rule: rule.cited(),
                say: format!("<WHO> moves {} as <KEY>{on}", kind.name()),
            };
            let act = Self::motion(kind, &member, subject);
            self.offer(draft, &act);
        }
    }

    /// What a motion of a kind would be about; none where there is nothing of the kind.
    fn subject_of(&self, kind: MotionKind) -> Option<(String, Subject)> {
        let room = self.floor.room;
        match kind {
            MotionKind::Competence | MotionKind::Division => {
                let open = room.open_proposals();
                let id = &open.iter().find(|tabled| tabled.divided.is_none())?.id;
                Some((format!(" on proposal {id}"), Subject::Proposal(id.clone())))
            }
            MotionKind::Reconsider => {
                let id = &room.last_decided().filter(|matter| matter.kind().is_none())?.id;
                Some((format!(" on decision {id}"), Subject::Decision(id.clone())))
            }
            MotionKind::Classification => {
                let id = room.live().find(|matter| matter.kind().is_none())?.id.clone();
                Some((format!(" on decision {id}"), Subject::Decision(id)))
            }
            _ => Some((String::new(), Subject::Matter(String::new()))),
        }
    }
}
