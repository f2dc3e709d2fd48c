//! What may happen next: each move with who may ask for it, who decides, the majority and the rule;
//! and where it is not in order, why, and how it could be.
//!
//! A move is a line that [`super::speak`] reads, so that a secretary can type it, a button can send
//! it, and both are judged by the same rules as any act. Moves come in the order in which a meeting
//! runs; of many alike only the first few are offered.

mod conduct;
mod questions;

use serde::{Serialize, Serializer};
use travaux_record::{Fact, Majority, ParticipantId};

use super::{Breach, Cited, Floor};

/// How many of a kind are offered.
const ALIKE_MAX: usize = 12;

/// Who may ask for a move.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Actor {
    /// The chair.
    Chair,
    /// The bureau.
    Bureau,
    /// The secretariat.
    Secretariat,
    /// Any member.
    AnyMember,
    /// Whoever may speak.
    AnySpeaker,
    /// One participant.
    One(ParticipantId),
    /// Any of these.
    Some(Vec<ParticipantId>),
}

impl Actor {
    /// Returns who it is, in words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Chair => "the Chair".to_owned(),
            Self::Bureau => "the Bureau".to_owned(),
            Self::Secretariat => "the secretariat".to_owned(),
            Self::AnyMember => "any member".to_owned(),
            Self::AnySpeaker => "whoever may speak".to_owned(),
            Self::One(id) => id.to_string(),
            Self::Some(ids) => ids.iter().map(ParticipantId::as_str).collect::<Vec<_>>().join(", "),
        }
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.in_words())
    }
}

/// Who decides on a move.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    /// Nobody: it is done.
    Nobody,
    /// The chair.
    Chair,
    /// The body, by vote.
    Body,
    /// The body, where nobody objects.
    Consensus,
}

/// A move.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Move {
    /// Its kind, one word or two joined, for instance `seek_consensus`.
    pub kind: &'static str,
    /// What happens, in words.
    pub what: String,
    /// Who may ask for it.
    pub who: Actor,
    /// Who decides.
    pub decides: Decider,
    /// The majority it takes, where the body votes.
    pub majority: Option<Majority>,
    /// The rule that provides for it.
    pub rule: Cited,
    /// The line that does it; a blank to be filled in is written in capitals between angle brackets.
    pub say: String,
    /// Why it is not in order; empty where it is.
    pub barred: Vec<Breach>,
}

impl Move {
    /// Reports whether it is in order.
    pub fn is_in_order(&self) -> bool {
        self.barred.is_empty()
    }
}

impl Floor<'_> {
    /// Returns what may happen next, and what may not and why, in the order in which a meeting
    /// runs: what is pending first.
    pub fn next(&self) -> Vec<Move> {
        let mut moves = Moves { floor: self, found: Vec::new() };
        moves.voting();
        moves.pending();
        moves.meeting();
        moves.speakers();
        moves.questions();
        moves.proposals();
        moves.motions();
        moves.afterwards();
        moves.found
    }
}

/// The moves found so far.
struct Moves<'f, 'a> {
    floor: &'f Floor<'a>,
    found: Vec<Move>,
}

/// A move in the making.
struct Draft {
    kind: &'static str,
    what: String,
    who: Actor,
    decides: Decider,
    majority: Option<Majority>,
    rule: Cited,
    say: String,
}

impl Moves<'_, '_> {
    /// Offers a move, judged by the act that it would be.
    fn offer(&mut self, draft: Draft, act: &Fact) {
        let barred = self.floor.check(act);
        let Draft { kind, what, who, decides, majority, rule, say } = draft;
        self.found.push(Move { kind, what, who, decides, majority, rule, say, barred });
    }

    /// A move that is done when it is asked for.
    fn draft(
        &self,
        (kind, what, say): (&'static str, impl Into<String>, impl Into<String>),
        who: Actor,
        topic: &str,
    ) -> Draft {
        Draft {
            kind,
            what: what.into(),
            who,
            decides: Decider::Nobody,
            majority: None,
            rule: self.floor.cite(topic),
            say: say.into(),
        }
    }

    /// Some member, to try a move with that any member may make.
    fn somebody(&self) -> Option<ParticipantId> {
        let room = self.floor.room;
        let able = |id: &&ParticipantId| {
            room.without_vote(id).is_none()
                && room.credentials(id).is_none_or(|standing| {
                    standing != travaux_record::CredentialsStanding::Rejected
                })
        };
        let present = room.present_by_name();
        self.floor
            .voters()
            .filter(able)
            .find(|id| present.is_empty() || present.contains(*id))
            .cloned()
    }
}
