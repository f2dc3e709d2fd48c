//! Who takes part, when the body meets, what it has set itself and what it has issued.
//!
//! Participants are listed in the English alphabetical order of their names, as the United Nations
//! seat them. This module has no clock: whatever depends on a day takes the day. It knows no text,
//! no position and no decision.

mod membership;
mod milestone;
mod order;

use std::collections::BTreeMap;

use jiff::civil::Date;
use travaux_record::{
    DocumentId, DocumentIssued, Fact, MilestoneId, Occurrence, OfficerElected, ParticipantAdmitted,
    ParticipantClass, ParticipantId, ProcessOpened, Projection, SessionConvened, SessionId,
    SourceDescribed, SourceId, Standing, SubmissionReceived, TextDecision,
};

pub use membership::Membership;
pub use milestone::{Milestone, MilestoneStep, Slip};

use crate::{Basis, Irregularity, Sentence};

/// What one entry stated, with that entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stated<T> {
    /// What it stated, corrected where a correction is known.
    pub fact: T,
    /// The entry.
    pub basis: Basis,
}

impl<T> Stated<T> {
    fn new(fact: T, occurrence: &Occurrence<'_>) -> Self {
        Self { fact, basis: Basis::of(occurrence) }
    }
}

/// A document as issued, without its text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// Its key.
    pub id: DocumentId,
    /// Its symbol as printed.
    pub symbol: String,
    /// Its title.
    pub title: String,
    /// The session it was issued for.
    pub session: Option<SessionId>,
    /// What text it brought, where it became the base of the negotiation.
    pub base: Option<BaseBrought>,
    /// Anything else worth knowing of it.
    pub note: String,
    /// The entry.
    pub basis: Basis,
}

/// What is known of the text a document brought, without the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BaseBrought {
    /// Whether the words are the document's or a paraphrase.
    pub standing: Standing,
    /// What was decided of the whole of it.
    pub decision: TextDecision,
    /// How many provisions it has.
    pub provisions: usize,
}

/// Who takes part, when the body meets, what it issued: a projection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Process {
    opened: Option<Stated<ProcessOpened>>,
    participants: BTreeMap<ParticipantId, Stated<ParticipantAdmitted>>,
    memberships: membership::Memberships,
    officers: Vec<Stated<OfficerElected>>,
    sessions: BTreeMap<SessionId, Stated<SessionConvened>>,
    milestones: BTreeMap<MilestoneId, Milestone>,
    documents: Vec<Document>,
    sources: BTreeMap<SourceId, Stated<SourceDescribed>>,
    submissions: Vec<Stated<SubmissionReceived>>,
    irregularities: Vec<Irregularity>,
}

impl Projection for Process {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let basis = Basis::of(&occurrence);
        match occurrence.fact {
            Fact::ProcessOpened(fact) => self.opened = Some(Stated::new(fact.clone(), &occurrence)),
            Fact::SourceDescribed(fact) => {
                self.sources.insert(fact.source.clone(), Stated::new(fact.clone(), &occurrence));
            }
            Fact::ParticipantAdmitted(fact) => {
                let stated = Stated::new(fact.clone(), &occurrence);
                self.participants.insert(fact.participant.clone(), stated);
            }
            Fact::MembershipRecorded(fact) => {
                self.note_missing_members(fact, basis);
                self.memberships.record(fact, basis);
            }
            Fact::OfficerElected(fact) => {
                self.officers.push(Stated::new(fact.clone(), &occurrence));
            }
            Fact::SessionConvened(fact) => {
                self.sessions.insert(fact.session.clone(), Stated::new(fact.clone(), &occurrence));
            }
            Fact::MilestoneSet(fact) => {
                let set = self.milestones.entry(fact.milestone.clone());
                set.or_insert_with(|| Milestone::new(fact.milestone.clone())).set(fact, basis);
            }
            Fact::DocumentIssued(fact) => self.documents.push(document(fact, basis)),
            Fact::SubmissionReceived(fact) => {
                self.submissions.push(Stated::new(fact.clone(), &occurrence));
            }
            fact => debug_assert!(!Self::concerns(fact), "a process fact was passed over"),
        }
    }
}

fn document(fact: &DocumentIssued, basis: Basis) -> Document {
    Document {
        id: fact.document.clone(),
        symbol: fact.symbol.clone(),
        title: fact.title.clone(),
        session: fact.session.clone(),
        base: fact.base.as_ref().map(|base| BaseBrought {
            standing: base.standing,
            decision: base.decision,
            provisions: base.provisions.len(),
        }),
        note: fact.note.clone(),
        basis,
    }
}

/// Where a session stands on a given day.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SessionState {
    /// It has closed.
    Past,
    /// It is in session.
    Current,
    /// It is yet to come.
    ToCome,
}

/// Questions about the process as a whole.
impl Process {
    /// Reports whether a fact changes this projection.
    pub fn concerns(fact: &Fact) -> bool {
        matches!(
            fact,
            Fact::ProcessOpened(_)
                | Fact::SourceDescribed(_)
                | Fact::ParticipantAdmitted(_)
                | Fact::MembershipRecorded(_)
                | Fact::OfficerElected(_)
                | Fact::SessionConvened(_)
                | Fact::MilestoneSet(_)
                | Fact::DocumentIssued(_)
                | Fact::SubmissionReceived(_)
        )
    }

    /// Returns how the process was opened, if that is recorded.
    pub fn opened(&self) -> Option<&Stated<ProcessOpened>> {
        self.opened.as_ref()
    }

    /// Returns the documents in order of issue.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Returns a document by its key or by its symbol as printed; of several the latest.
    pub fn document(&self, name: &str) -> Option<&Document> {
        let mut latest_first = self.documents.iter().rev();
        latest_first.find(|document| document.id.as_str() == name || document.symbol == name)
    }

    /// Returns a source that evidence cites.
    pub fn source(&self, source: &SourceId) -> Option<&Stated<SourceDescribed>> {
        self.sources.get(source)
    }

    /// Returns all sources in the order of their keys.
    pub fn sources(&self) -> impl Iterator<Item = &Stated<SourceDescribed>> {
        self.sources.values()
    }

    /// Returns what stakeholders submitted, in order of date.
    pub fn submissions(&self) -> &[Stated<SubmissionReceived>] {
        &self.submissions
    }

    /// Returns the acts against which a rule speaks.
    pub fn irregularities(&self) -> &[Irregularity] {
        &self.irregularities
    }
}

/// Questions about who takes part.
impl Process {
    /// Returns a participant by its key.
    pub fn participant(&self, id: &ParticipantId) -> Option<&Stated<ParticipantAdmitted>> {
        self.participants.get(id)
    }

    /// Returns the name of a participant, or its key where it was never admitted.
    pub fn name<'a>(&'a self, id: &'a ParticipantId) -> &'a str {
        self.participant(id).map_or(id.as_str(), |participant| &participant.fact.name)
    }

    /// Returns what a participant is, if it was admitted.
    pub fn class(&self, id: &ParticipantId) -> Option<ParticipantClass> {
        self.participant(id).map(|participant| participant.fact.class)
    }

    /// Finds a participant by its key or its name, in any case of letters.
    pub fn find(&self, written: &str) -> Option<&ParticipantAdmitted> {
        let wanted = order::key(written);
        let all = || self.participants.values().map(|stated| &stated.fact);
        all()
            .find(|participant| participant.participant.as_str() == written)
            .or_else(|| all().find(|p| order::key(p.participant.as_str()) == wanted))
            .or_else(|| all().find(|p| order::key(&p.name) == wanted))
    }

    /// Returns the participants in alphabetical order of their names.
    pub fn participants(&self) -> Vec<&ParticipantAdmitted> {
        let mut all: Vec<_> = self.participants.values().map(|stated| &stated.fact).collect();
        all.sort_by_cached_key(|p| (order::key(&p.name), p.participant.clone()));
        all
    }

    /// Returns the States in alphabetical order of their names.
    pub fn states(&self) -> Vec<&ParticipantAdmitted> {
        let mut states = self.participants();
        states.retain(|participant| participant.class == ParticipantClass::State);
        states
    }

    /// Returns the groups of any kind in alphabetical order of their names.
    pub fn groups(&self) -> Vec<&ParticipantAdmitted> {
        let mut groups = self.participants();
        groups.retain(|participant| participant.class.is_group());
        groups
    }

    /// Sorts participants in the alphabetical order of their names.
    pub fn sort(&self, participants: &mut [ParticipantId]) {
        participants.sort_by_cached_key(|id| (order::key(self.name(id)), id.clone()));
    }

    /// Sorts what belongs to participants as their names stand in English alphabetical order.
    pub fn sort_by_participant<T>(&self, items: &mut [T], whose: impl Fn(&T) -> &ParticipantId) {
        items.sort_by_cached_key(|item| {
            let id = whose(item);
            (order::key(self.name(id)), id.clone())
        });
    }

    /// Returns the members of a group on a day, in alphabetical order of their names.
    pub fn members(&self, group: &ParticipantId, on: Date) -> Vec<ParticipantId> {
        let mut members = self.memberships.members(group, on);
        self.sort(&mut members);
        members
    }

    /// Reports whether a participant belongs to a group on a day.
    pub fn is_member(&self, member: &ParticipantId, group: &ParticipantId, on: Date) -> bool {
        self.memberships.covering(member, group, on).is_some()
    }

    /// Returns the memberships of a participant that hold on a day, by group.
    pub fn memberships(&self, member: &ParticipantId, on: Date) -> Vec<&Membership> {
        self.memberships.of_member(member, on)
    }

    /// Returns the memberships of every group's list, whenever they hold, in order of group,
    /// member and date.
    pub fn all_memberships(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.all()
    }

    /// Returns the officers in order of election.
    pub fn officers(&self) -> &[Stated<OfficerElected>] {
        &self.officers
    }

    fn note_missing_members(&mut self, fact: &travaux_record::MembershipRecorded, basis: Basis) {
        let mut named = std::iter::once(&fact.group).chain(&fact.members);
        let Some(missing) = named.find(|named| !self.participants.contains_key(*named)) else {
            return;
        };
        self.irregularities.push(Irregularity {
            basis,
            what: Sentence::new("membership of ")
                .then(&fact.group)
                .then(" names ")
                .then(missing)
                .then(", who was not admitted by then"),
            rule: "an entry refers to participants that were admitted (DESIGN, section 2)",
            hint: "record the admission, dated no later than the membership",
        });
    }
}

/// Questions about the calendar.
impl Process {
    /// Returns the sessions and meeting periods by first day.
    pub fn sessions(&self) -> Vec<&Stated<SessionConvened>> {
        let mut sessions: Vec<_> = self.sessions.values().collect();
        sessions.sort_by_key(|session| (session.fact.from, session.fact.until));
        sessions
    }

    /// Returns a session by its key.
    pub fn session(&self, id: &SessionId) -> Option<&Stated<SessionConvened>> {
        self.sessions.get(id)
    }

    /// Returns the latest session that has closed before a day.
    pub fn last_session(&self, on: Date) -> Option<&Stated<SessionConvened>> {
        let closed =
            self.sessions().into_iter().filter(|s| state(&s.fact, on) == SessionState::Past);
        closed.max_by_key(|session| (session.fact.until, session.fact.from))
    }

    /// Returns the session that is sitting on a day; of several the one that opened last.
    pub fn current_session(&self, on: Date) -> Option<&Stated<SessionConvened>> {
        let mut sitting =
            self.sessions().into_iter().filter(|s| state(&s.fact, on) == SessionState::Current);
        sitting.next_back()
    }

    /// Returns the first session that opens after a day.
    pub fn next_session(&self, on: Date) -> Option<&Stated<SessionConvened>> {
        self.sessions().into_iter().find(|s| state(&s.fact, on) == SessionState::ToCome)
    }

    /// Returns the milestones by due date.
    pub fn milestones(&self) -> Vec<&Milestone> {
        let mut milestones: Vec<_> = self.milestones.values().collect();
        milestones.sort_by_key(|milestone| (milestone.due(), milestone.id().clone()));
        milestones
    }

    /// Returns a milestone by its key.
    pub fn milestone(&self, id: &MilestoneId) -> Option<&Milestone> {
        self.milestones.get(id)
    }
}

/// Returns where a session stands on a day.
pub fn state(session: &SessionConvened, on: Date) -> SessionState {
    if session.until < on {
        SessionState::Past
    } else if on < session.from {
        SessionState::ToCome
    } else {
        SessionState::Current
    }
}

#[cfg(test)]
mod tests;
