//! The room as the record leaves it: who is there, who speaks, what is pending, what is decided.
//!
//! It takes every act for what it was and gives it the effect it has. Which rules apply, and
//! whether an act was in order, is not known here: see [`super::Floor`].

mod matter;
mod take;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use travaux_record::{
    AgendaItem, CredentialsStanding, Deadline, DecisionId, DocumentId, ElectionBallotTaken,
    Implication, Moment, ParticipantClass, ParticipantId, ProposalId, Speech,
};
use travaux_text::ProvisionId;

pub use matter::{Matter, MatterState, StandingObjection, Voting};
pub(super) use take::ranked;

use super::rules::MotionKind;
use crate::Basis;

/// Whether the body is sitting.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum MeetingState {
    /// No meeting was ever recorded.
    #[default]
    Unrecorded,
    /// It is sitting.
    Open,
    /// The meeting is interrupted.
    Suspended,
    /// The last meeting is over.
    Adjourned,
}

/// Whether the item is debated.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Debate {
    /// It is.
    #[default]
    Open,
    /// The debate is closed: what remains is to decide.
    Closed,
    /// The debate is adjourned: nothing is decided on the item.
    Adjourned,
}

/// A name on the list of speakers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inscribed {
    /// Whose.
    pub participant: ParticipantId,
    /// What for.
    pub speech: Speech,
}

/// Who has the floor.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Speaking {
    /// Who.
    pub participant: ParticipantId,
    /// What for.
    pub speech: Speech,
    /// Since when.
    pub since: Timestamp,
}

/// A procedural motion that awaits a decision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pending {
    /// Its key.
    pub motion: DecisionId,
    /// Its kind.
    pub kind: MotionKind,
    /// How many have spoken in favour of it, its mover not counted.
    pub in_favour: u32,
    /// How many have spoken against it.
    pub against: u32,
}

/// A proposal on the table, or once on it.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that may befall it")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tabled {
    /// Its key.
    pub id: ProposalId,
    /// What it is called.
    pub label: String,
    /// The text it was made on.
    pub document: DocumentId,
    /// When it was tabled.
    pub at: Moment,
    /// Its place in the order of submission.
    pub ordinal: usize,
    /// The proposal it amends.
    pub amends: Option<ProposalId>,
    /// The provisions it touches.
    pub targets: BTreeSet<ProvisionId>,
    /// Its sponsors on record.
    pub sponsors: BTreeSet<ParticipantId>,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
    /// Whether an amendment to it was adopted.
    pub amended: bool,
    /// Whether the body found itself not competent to adopt it.
    pub beyond_competence: bool,
    /// Whether adopting another rejected it.
    pub rejected_by: Option<ProposalId>,
    /// Whether the chair permitted it although it came late.
    pub permitted: bool,
    /// Whether it was adopted or rejected.
    pub adopted: Option<bool>,
    /// Whether parts of it are voted on separately, with what became of each.
    pub divided: Option<BTreeMap<ProvisionId, bool>>,
    /// Whether it lapsed with its text.
    pub lapsed: bool,
}

impl Tabled {
    /// Reports whether it awaits a decision.
    pub fn is_open(&self) -> bool {
        !self.withdrawn && !self.lapsed && self.adopted.is_none() && self.rejected_by.is_none()
    }
}

/// The chair's last ruling.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ruled {
    /// What was ruled on.
    pub decision: DecisionId,
    /// What was ruled.
    pub words: String,
    /// Whether it was overruled.
    pub overruled: bool,
}

/// The room.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Room {
    classes: BTreeMap<ParticipantId, ParticipantClass>,
    states: u32,
    chair: Option<ParticipantId>,
    parties: BTreeSet<ParticipantId>,
    meeting: MeetingState,
    has_minutes: bool,
    meeting_title: String,
    meeting_rules: String,
    credentials: BTreeMap<ParticipantId, CredentialsStanding>,
    present: BTreeSet<ParticipantId>,
    presence: Option<u32>,
    without_vote: BTreeMap<ParticipantId, String>,
    agenda: Vec<AgendaItem>,
    item: Option<String>,
    debate: Debate,
    list: Vec<Inscribed>,
    list_closed: bool,
    speaking: Option<Speaking>,
    minutes: Option<u32>,
    deadlines: BTreeMap<Deadline, Moment>,
    pending: Vec<Pending>,
    ruled: Option<Ruled>,
    proposals: BTreeMap<ProposalId, Tabled>,
    open: BTreeSet<ProposalId>,
    amendments: BTreeMap<ProposalId, Vec<ProposalId>>,
    order: Vec<ProposalId>,
    implications: Vec<Implication>,
    document: Option<DocumentId>,
    matters: BTreeMap<DecisionId, Matter>,
    live: BTreeSet<DecisionId>,
    voting: Option<DecisionId>,
    last_decided: Option<DecisionId>,
    elections: BTreeMap<DecisionId, Vec<ElectionBallotTaken>>,
    informals: Vec<String>,
    acts: usize,
    latest: Option<Basis>,
}

/// Who.
impl Room {
    /// Returns what a participant was admitted as.
    pub fn class(&self, id: &ParticipantId) -> Option<ParticipantClass> {
        self.classes.get(id).copied()
    }

    /// Returns everybody admitted.
    pub fn participants(&self) -> impl Iterator<Item = (&ParticipantId, ParticipantClass)> {
        self.classes.iter().map(|(id, class)| (id, *class))
    }

    /// Returns how many States were admitted.
    pub fn states(&self) -> u32 {
        self.states
    }

    /// Returns the delegation that holds the chair, as far as is recorded.
    pub fn chair(&self) -> Option<&ParticipantId> {
        self.chair.as_ref()
    }

    /// Reports whether a State has consented to be bound.
    pub fn is_party(&self, id: &ParticipantId) -> bool {
        self.parties.contains(id)
    }

    /// Returns how many have consented to be bound.
    pub fn parties(&self) -> usize {
        self.parties.len()
    }

    /// Returns how many members are present; none where presence was never noted.
    pub fn present(&self) -> Option<u32> {
        self.presence
    }

    /// Returns who was noted by name as present.
    pub fn present_by_name(&self) -> &BTreeSet<ParticipantId> {
        &self.present
    }

    /// Returns what became of a participant's credentials.
    pub fn credentials(&self, id: &ParticipantId) -> Option<CredentialsStanding> {
        self.credentials.get(id).copied()
    }

    /// Returns why a participant has no vote, if it lost it.
    pub fn without_vote(&self, id: &ParticipantId) -> Option<&str> {
        self.without_vote.get(id).map(String::as_str)
    }
}

/// The meeting.
impl Room {
    /// Returns whether the body is sitting.
    pub fn meeting(&self) -> &MeetingState {
        &self.meeting
    }

    /// Reports whether any meeting is on record as opened, so that more is known than results.
    pub fn has_minutes(&self) -> bool {
        self.has_minutes
    }

    /// Returns what the meeting is called.
    pub fn meeting_title(&self) -> &str {
        &self.meeting_title
    }

    /// Returns the key of the rules that the meeting was opened under, where it was said.
    pub fn meeting_rules(&self) -> &str {
        &self.meeting_rules
    }

    /// Returns the agenda.
    pub fn agenda(&self) -> &[AgendaItem] {
        &self.agenda
    }

    /// Returns the number of the item taken up.
    pub fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// Returns whether the item is debated.
    pub fn debate(&self) -> Debate {
        self.debate
    }

    /// Returns the list of speakers, next first.
    pub fn speakers(&self) -> &[Inscribed] {
        &self.list
    }

    /// Reports whether the list of speakers is closed.
    pub fn is_list_closed(&self) -> bool {
        self.list_closed
    }

    /// Returns who has the floor.
    pub fn speaking(&self) -> Option<&Speaking> {
        self.speaking.as_ref()
    }

    /// Returns how many minutes each speaker has.
    pub fn minutes(&self) -> Option<u32> {
        self.minutes
    }

    /// Returns a deadline.
    pub fn deadline(&self, of: Deadline) -> Option<Moment> {
        self.deadlines.get(&of).copied()
    }

    /// Returns the groups that consult informally and have not reported.
    pub fn informals(&self) -> &[String] {
        &self.informals
    }

    /// Returns how many acts it rests on, and the latest.
    pub fn acts(&self) -> usize {
        self.acts
    }

    /// Returns the latest act.
    pub fn latest(&self) -> Option<Basis> {
        self.latest
    }
}

/// Motions, proposals and questions.
impl Room {
    /// Returns the procedural motions that await a decision, the last made last.
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// Returns the chair's last ruling.
    pub fn ruled(&self) -> Option<&Ruled> {
        self.ruled.as_ref()
    }

    /// Returns a proposal by its key.
    pub fn proposal(&self, id: &ProposalId) -> Option<&Tabled> {
        self.proposals.get(id)
    }

    /// Returns the proposals that await a decision, in order of submission.
    pub fn open_proposals(&self) -> Vec<&Tabled> {
        let mut open: Vec<&Tabled> =
            self.open.iter().filter_map(|id| self.proposals.get(id)).collect();
        open.sort_by_key(|tabled| tabled.ordinal);
        open
    }

    /// Returns the open amendments to a proposal, in order of submission.
    pub fn open_amendments(&self, to: &ProposalId) -> Vec<&Tabled> {
        let all = self.amendments.get(to).into_iter().flatten();
        all.filter_map(|id| self.proposals.get(id)).filter(|tabled| tabled.is_open()).collect()
    }

    /// Returns the order of voting as set.
    pub fn order(&self) -> &[ProposalId] {
        &self.order
    }

    /// Returns the text on the table.
    pub fn document(&self) -> Option<&DocumentId> {
        self.document.as_ref()
    }

    /// Returns a question, motion or decision by its key.
    pub fn matter(&self, id: &DecisionId) -> Option<&Matter> {
        self.matters.get(id)
    }

    /// Returns the questions and motions that await a decision, in order of key.
    pub fn live(&self) -> impl Iterator<Item = &Matter> {
        self.live.iter().filter_map(|id| self.matters.get(id))
    }

    /// Returns every question, motion and decision, in order of key.
    pub fn matters(&self) -> impl Iterator<Item = &Matter> {
        self.matters.values()
    }

    /// Returns the question that is being voted on.
    pub fn voting(&self) -> Option<&Matter> {
        self.voting.as_ref().and_then(|id| self.matters.get(id))
    }

    /// Returns what was decided last.
    pub fn last_decided(&self) -> Option<&Matter> {
        self.last_decided.as_ref().and_then(|id| self.matters.get(id))
    }

    /// Returns the ballots of an election.
    pub fn ballots(&self, election: &DecisionId) -> &[ElectionBallotTaken] {
        self.elections.get(election).map_or(&[], Vec::as_slice)
    }
}
