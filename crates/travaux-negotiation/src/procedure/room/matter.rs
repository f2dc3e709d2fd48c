//! One question, from its being moved to its being decided.

use std::collections::BTreeMap;

use travaux_record::{
    Ballot, DecisionId, EntryId, Moment, ParticipantId, QuestionPut, Subject, Tally,
};

use super::MotionKind;
use crate::Basis;
use crate::decisions::Outcome;

/// Where a question stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MatterState {
    /// It awaits a decision.
    Open,
    /// It is being voted on.
    Voting,
    /// It is decided.
    Decided(Outcome),
    /// It was withdrawn.
    Withdrawn,
    /// The chair ruled on it.
    Ruled {
        /// Whether what was asked was granted.
        granted: bool,
    },
}

/// An objection to consensus.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StandingObjection {
    /// Whose.
    pub participant: ParticipantId,
    /// The entry that raised it.
    pub entry: EntryId,
    /// What would lift it, if said.
    pub remedy: String,
    /// Whether it stands no more.
    pub lifted: bool,
}

/// A vote in progress or over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Voting {
    /// How it was put.
    pub put: QuestionPut,
    /// The votes cast, as they are.
    pub cast: BTreeMap<ParticipantId, Ballot>,
}

impl Voting {
    /// Counts the votes cast.
    pub fn tally(&self) -> Tally {
        count(self.cast.values())
    }
}

/// Counts votes.
pub(super) fn count<'b>(ballots: impl Iterator<Item = &'b Ballot>) -> Tally {
    let mut tally = Tally { in_favour: 0, against: 0, abstaining: 0 };
    for ballot in ballots {
        match ballot {
            Ballot::Yes => tally.in_favour += 1,
            Ballot::No => tally.against += 1,
            Ballot::Abstain => tally.abstaining += 1,
        }
    }
    tally
}

/// A question, motion or decision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Matter {
    /// Its key.
    pub id: DecisionId,
    /// The question in words, as last put.
    pub words: String,
    /// What it is about.
    pub subject: Option<Subject>,
    /// The kind of motion, by its name in the rules.
    pub under: String,
    /// Who moved it.
    pub movers: Vec<ParticipantId>,
    /// When consensus was last sought.
    pub sought: Option<Basis>,
    /// Objections to consensus on it.
    pub objections: Vec<StandingObjection>,
    /// The bureau's decision that efforts are exhausted.
    pub bureau: Option<Basis>,
    /// The chair's informing the body.
    pub informed: Option<Basis>,
    /// How it was put to the vote, with the votes.
    pub voting: Option<Voting>,
    /// The last day on which silence on it can be broken.
    pub silence: Option<Moment>,
    /// Whether the body held it to be one of procedure, where that was disputed.
    pub procedural: Option<bool>,
    /// The count announced.
    pub tally: Option<Tally>,
    /// Where it stands.
    pub state: MatterState,
    /// The session at which it was decided, by its key.
    pub session: String,
    /// The last entry on it.
    pub basis: Basis,
}

impl Matter {
    pub(super) fn new(id: DecisionId, basis: Basis) -> Self {
        Self {
            id,
            words: String::new(),
            subject: None,
            under: String::new(),
            movers: Vec::new(),
            sought: None,
            objections: Vec::new(),
            bureau: None,
            informed: None,
            voting: None,
            silence: None,
            procedural: None,
            tally: None,
            state: MatterState::Open,
            session: String::new(),
            basis,
        }
    }

    /// A question of which nothing is on record yet.
    pub(in crate::procedure) fn unrecorded(id: DecisionId) -> Self {
        let entry = EntryId::from_random([0; 16]);
        let at = Moment::Day(jiff::civil::Date::MIN);
        Self::new(id, Basis { entry, at, corrected_by: None })
    }

    /// Returns the kind of procedural motion it is, if it is one.
    pub fn kind(&self) -> Option<MotionKind> {
        MotionKind::named(&self.under)
    }

    /// Returns the objections that were not lifted.
    pub fn standing(&self) -> impl Iterator<Item = &StandingObjection> {
        self.objections.iter().filter(|objection| !objection.lifted)
    }

    /// Returns what was decided, in the form in which the United Nations announces it; empty while
    /// it is not decided.
    pub fn announced(&self) -> String {
        let words = self.words.trim_end_matches(['.', '?']);
        let MatterState::Decided(outcome) = self.state else { return String::new() };
        let how = match (outcome, self.tally) {
            (Outcome::WithoutVote, _) => return format!("{words}: so decided, without a vote."),
            (Outcome::Pending, _) => return String::new(),
            (Outcome::Carried, None) => return format!("{words}: adopted."),
            (Outcome::NotCarried, None) => return format!("{words}: rejected."),
            (Outcome::Carried, Some(tally)) => {
                format!("adopted by {} votes to {}", tally.in_favour, tally.against)
            }
            // What is rejected is announced with the votes against first, where they were more.
            (Outcome::NotCarried, Some(tally)) if tally.in_favour <= tally.against => {
                format!("rejected by {} votes to {}", tally.against, tally.in_favour)
            }
            (Outcome::NotCarried, Some(tally)) => format!(
                "not adopted: {} votes to {} are not the majority needed",
                tally.in_favour, tally.against
            ),
        };
        let abstaining = self.tally.map_or(0, |tally| tally.abstaining);
        match abstaining {
            0 => format!("{words}: {how}."),
            1 => format!("{words}: {how}, with 1 abstention."),
            some => format!("{words}: {how}, with {some} abstentions."),
        }
    }

    /// Reports whether it is decided.
    pub fn is_decided(&self) -> bool {
        matches!(self.state, MatterState::Decided(_))
    }

    /// Returns whether it was carried or agreed; none while it is not decided.
    pub fn carried(&self) -> Option<bool> {
        match self.state {
            MatterState::Decided(outcome) => {
                Some(matches!(outcome, Outcome::Carried | Outcome::WithoutVote))
            }
            _ => None,
        }
    }
}
