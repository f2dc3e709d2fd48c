//! The floor: the room held against the rules of procedure.
//!
//! It says of an act whether it is in order, and of a question all that it takes to be carried.
//! What may happen next is in `next`; the rules one by one are in `check`.

use jiff::civil::Date;
use travaux_record::{
    DecisionId, Fact, Majority, ParticipantClass, ParticipantId, ProposalId, QuestionEffect,
    StakeholderClass, Subject,
};

use super::rules::{Certifier, Law, MaySpeak, MotionKind, Voters};
use super::{Breach, Cited, Known, Matter, Question, Room, Rules, check};

/// The room, the rules, and the day.
#[derive(Clone, Copy, Debug)]
pub struct Floor<'a> {
    /// What happened.
    pub room: &'a Room,
    /// By which rules.
    pub rules: &'a Rules,
    /// Today.
    pub today: Date,
}

/// What a rule on decisions asks of one question.
#[derive(Clone, Debug)]
pub(super) struct Decisive {
    pub(super) rule: Cited,
    pub(super) majority: Majority,
    pub(super) certified_by: Option<Certifier>,
    pub(super) is_announced: bool,
    pub(super) voters: Voters,
    pub(super) parties_at_least: u32,
}

impl<'a> Floor<'a> {
    /// Holds a room against rules, on a day.
    pub fn new(room: &'a Room, rules: &'a Rules, today: Date) -> Self {
        Self { room, rules, today }
    }

    /// Returns what speaks against an act as the room now is: nothing where it is in order.
    pub fn check(&self, fact: &Fact) -> Vec<Breach> {
        check::check(self, fact)
    }

    /// Returns how many members the body has.
    pub fn members(&self) -> u32 {
        if self.rules.body().members_are_parties {
            return u32::try_from(self.room.parties()).unwrap_or(u32::MAX);
        }
        self.rules.members().unwrap_or_else(|| self.room.states())
    }

    /// Returns how many must be present to open, and to decide, with the rule.
    pub fn quorum(&self) -> Option<(Cited, u32, u32)> {
        let members = self.members();
        let (rule, (open, decide)) = self.rules.find(|law| match law {
            Law::Quorum { open, decide } => Some((open.of(members), decide.of(members))),
            _ => None,
        })?;
        Some((rule.cited(), open, decide))
    }

    /// Returns a question with all it takes to be carried; none where nothing is on record of it.
    pub fn question(&self, id: &DecisionId) -> Option<Question> {
        let matter = self.room.matter(id)?;
        let put = matter.voting.as_ref().map(|voting| &voting.put);
        let effect = put.map_or_else(|| self.effect(matter), |put| put.effect);
        let needs = self.needs(matter, effect);
        Some(Question {
            decision: id.clone(),
            words: matter.words.clone(),
            subject: matter.subject.clone(),
            procedural: self.is_procedural(matter),
            effect,
            majority: needs.majority,
            rule: needs.rule,
            before: check::before_a_vote(self, matter),
        })
    }

    /// Returns what carrying a question does, by what it is about.
    pub fn effect(&self, matter: &Matter) -> QuestionEffect {
        if self.is_procedural(matter) {
            return QuestionEffect::Procedure;
        }
        match &matter.subject {
            Some(Subject::Proposal(id)) => match self.room.proposal(id) {
                Some(tabled) if tabled.amends.is_some() => QuestionEffect::Amend,
                _ => QuestionEffect::Adopt,
            },
            Some(Subject::Provision(id)) => {
                let mut all = self.room.open_proposals().into_iter();
                let is_divided =
                    all.any(|tabled| tabled.divided.is_some() && tabled.targets.contains(id));
                if is_divided { QuestionEffect::Retain } else { QuestionEffect::Delete }
            }
            _ => QuestionEffect::Adopt,
        }
    }

    /// Reports whether a question is one of procedure: a motion that the rules provide for, or one
    /// that the body has held to be so.
    pub fn is_procedural(&self, matter: &Matter) -> bool {
        matter.procedural.unwrap_or_else(|| matter.kind().is_some())
    }

    /// Returns what the rules ask of a question.
    pub(super) fn needs(&self, matter: &Matter, effect: QuestionEffect) -> Decisive {
        if let Some(kind) = matter.kind() {
            return self.needs_of_motion(kind);
        }
        let is_procedure = self.is_procedural(matter) || effect == QuestionEffect::Procedure;
        if !is_procedure && let Some(decisive) = self.consensus_rule(&matter.under) {
            return decisive;
        }
        self.plain()
    }

    /// Returns the rule by which consensus comes first on a kind of decision, if there is one.
    pub(super) fn consensus_rule(&self, under: &str) -> Option<Decisive> {
        let of = |wanted: &str| {
            self.rules.find(|law| match law {
                Law::Decision {
                    on,
                    fallback,
                    certified_by,
                    announced_by,
                    voters,
                    parties_at_least,
                } if on == wanted => {
                    let is_announced = announced_by.is_some();
                    Some((fallback, *certified_by, is_announced, *voters, *parties_at_least))
                }
                _ => None,
            })
        };
        let (rule, (fallback, certified_by, is_announced, voters, parties_at_least)) =
            of(under).or_else(|| of(""))?;
        Some(Decisive {
            rule: rule.cited(),
            majority: fallback.majority(),
            certified_by,
            is_announced,
            voters,
            parties_at_least,
        })
    }

    /// Reports whether a rule speaks of this kind of decision by name.
    pub(super) fn decides_on(&self, under: &str) -> bool {
        let named = self.rules.find(|law| match law {
            Law::Decision { on, .. } if on == under => Some(()),
            _ => None,
        });
        named.is_some()
    }

    /// Returns what the rule asks for that holds where no other speaks.
    pub(super) fn plain(&self) -> Decisive {
        let found = self.rules.find(|law| match law {
            Law::Majority { threshold } => Some(threshold.majority()),
            _ => None,
        });
        let (rule, majority) =
            found.map_or_else(|| (unwritten(), Majority::Simple), |(rule, m)| (rule.cited(), m));
        Decisive {
            rule,
            majority,
            certified_by: None,
            is_announced: false,
            voters: Voters::Members,
            parties_at_least: 0,
        }
    }

    fn needs_of_motion(&self, kind: MotionKind) -> Decisive {
        let threshold = if kind == MotionKind::Appeal || kind == MotionKind::PointOfOrder {
            self.rules.find(|law| match law {
                Law::PointOfOrder { appeal } => Some(*appeal),
                _ => None,
            })
        } else {
            self.rules.motion(kind).map(|(rule, motion)| (rule, motion.threshold))
        };
        let plain = self.plain();
        match threshold {
            Some((rule, threshold)) => {
                Decisive { rule: rule.cited(), majority: threshold.majority(), ..plain }
            }
            None => plain,
        }
    }

    /// Returns the rule of a topic; where the body has none, says so.
    pub(super) fn cite(&self, topic: &str) -> Cited {
        self.rules.citing(topic).unwrap_or_else(unwritten)
    }

    /// Returns whether and when a participant speaks, proposes and votes, with the rule.
    pub fn may(&self, id: &ParticipantId) -> (Cited, MaySpeak, bool, bool) {
        let class = self.room.class(id).map(class_name);
        if class == Some("secretariat") {
            return (self.cite("secretariat_statements"), MaySpeak::Yes, false, false);
        }
        let found = self.rules.find(|law| match law {
            Law::Participation { class: of, speak, propose, vote }
                if Some(of.as_str()) == class =>
            {
                Some((*speak, *propose, *vote))
            }
            _ => None,
        });
        match found {
            Some((rule, (speak, propose, vote))) => (rule.cited(), speak, propose, vote),
            // Groups speak and propose through the delegation that coordinates them.
            None if class == Some("group") => {
                (self.cite("participation"), MaySpeak::Yes, true, false)
            }
            None => (self.cite("participation"), MaySpeak::No, false, false),
        }
    }

    /// Returns the members, in order of their keys.
    pub fn voters(&self) -> impl Iterator<Item = &ParticipantId> {
        self.room
            .participants()
            .filter(|(_, class)| *class == ParticipantClass::State)
            .map(|(id, _)| id)
    }

    /// Returns the order in which amendments to a proposal are put: as set, then by submission.
    pub fn order_of_amendments(&self, to: &ProposalId) -> Vec<ProposalId> {
        let mut open: Vec<&ProposalId> =
            self.room.open_amendments(to).into_iter().map(|tabled| &tabled.id).collect();
        let place = |id: &ProposalId| self.room.order().iter().position(|other| other == id);
        open.sort_by_key(|id| {
            (place(id).unwrap_or(usize::MAX), self.room.proposal(id).map(|t| t.ordinal))
        });
        open.into_iter().cloned().collect()
    }
}

/// What is cited where the body has no rule.
pub(super) fn unwritten() -> Cited {
    Cited {
        number: "no written rule".to_owned(),
        title: "These rules say nothing of it".to_owned(),
        source: String::new(),
        known: Known::Seen,
    }
}

/// The class of a participant as rules name it.
fn class_name(class: ParticipantClass) -> &'static str {
    match class {
        ParticipantClass::State => "state",
        ParticipantClass::Observer => "observer",
        ParticipantClass::Organization => "organization",
        ParticipantClass::NegotiatingGroup
        | ParticipantClass::JointStatement
        | ParticipantClass::ElectoralGroup
        | ParticipantClass::AnalystLabel => "group",
        ParticipantClass::Stakeholder(StakeholderClass::ConsultativeStatus) => {
            "consultative_status"
        }
        ParticipantClass::Stakeholder(_) => "accredited",
        ParticipantClass::Secretariat => "secretariat",
    }
}
