//! What a participant's groups say for it, and by which route.
//!
//! A mandated negotiating group speaks for its members until one speaks for itself on the issue; a
//! joint statement counts for its signatories; an alignment counts for that statement only; an
//! electoral group, an analyst's label and a report about a group pass nothing on (DESIGN, section 6). Positions are
//! inherited, words never.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use travaux_record::{
    EntryId, IssueId, Moment, OptionId, OptionNamed, ParticipantClass, ParticipantId, PositionForm,
};

use super::{Leaning, Position, Positions, entries, first};
use crate::process::Process;

/// How a position came to be a participant's.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Route {
    /// It took it itself.
    Own,
    /// It signed this joint statement.
    Signed(ParticipantId),
    /// This negotiating group speaks for it, and it has not spoken for itself on the issue.
    SpokenFor(ParticipantId),
}

/// Where a participant stands on one option of an issue on a given day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stance<'a> {
    /// The participant.
    pub participant: ParticipantId,
    /// The option.
    pub option: OptionId,
    /// How the position came to be its.
    pub route: Route,
    /// The position that holds: the latest.
    pub position: &'a Position,
    /// The first of the unbroken run of positions in which it has leant the same way.
    pub first: &'a Position,
    /// The entries this rests on.
    pub entries: Vec<EntryId>,
}

impl Stance<'_> {
    /// Returns since when it has leant the same way.
    pub fn since(&self) -> Moment {
        self.first.basis.at
    }

    /// Returns which way it leans.
    pub fn leaning(&self) -> Leaning {
        self.position.leaning()
    }

    /// Reports whether the delegation disputes how the position was coded.
    pub fn is_disputed(&self) -> bool {
        self.position.disputed.is_some()
    }
}

/// A participant on record for an option.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OnRecord<'a> {
    /// Where it stands.
    pub stance: Stance<'a>,
    /// The other options of the issue it came out for later, with the dates: it may have moved.
    pub later: Vec<(OptionId, Moment)>,
}

/// Which participants belong to which groups that speak for anybody, on a day.
pub(super) struct Bonds {
    /// Of each member, the groups, with their kinds.
    of_member: BTreeMap<ParticipantId, Vec<(ParticipantId, ParticipantClass)>>,
}

impl Bonds {
    pub(super) fn new(process: &Process, on: Date) -> Self {
        let mut of_member: BTreeMap<ParticipantId, Vec<_>> = BTreeMap::new();
        for membership in process.all_memberships() {
            let class = process.class(&membership.group);
            let counts = match class {
                Some(ParticipantClass::NegotiatingGroup) => membership.holds(on),
                // Whoever signed a statement has signed it, also if it leaves the company later.
                Some(ParticipantClass::JointStatement) => membership.from <= on,
                Some(
                    ParticipantClass::State
                    | ParticipantClass::Observer
                    | ParticipantClass::ElectoralGroup
                    | ParticipantClass::AnalystLabel
                    | ParticipantClass::Organization
                    | ParticipantClass::Stakeholder(_)
                    | ParticipantClass::Secretariat,
                )
                | None => false,
            };
            if let (true, Some(class)) = (counts, class) {
                let groups = of_member.entry(membership.member.clone()).or_default();
                groups.push((membership.group.clone(), class));
            }
        }
        Self { of_member }
    }

    pub(super) fn groups(&self, member: &ParticipantId) -> &[(ParticipantId, ParticipantClass)] {
        self.of_member.get(member).map_or(&[], Vec::as_slice)
    }
}

impl Positions {
    /// Returns where every participant stands on an issue on a day: its own positions, those of
    /// joint statements it signed, and else those of the negotiating groups that speak for it.
    ///
    /// In order of participant and option; whoever is silent and spoken for by nobody is absent.
    /// Groups stand there for themselves.
    pub fn stances(&self, issue: &IssueId, process: &Process, on: Date) -> Vec<Stance<'_>> {
        self.stances_by(issue, &Bonds::new(process, on))
    }

    /// Returns where one participant stands on an issue on a day; see [`Positions::stances`].
    pub fn stances_of(
        &self,
        participant: &ParticipantId,
        issue: &IssueId,
        process: &Process,
        on: Date,
    ) -> Vec<Stance<'_>> {
        self.stances_within(participant, issue, &Bonds::new(process, on))
    }

    /// Returns where one participant stands on every issue on a day, in the order of the issues.
    pub fn stances_everywhere(
        &self,
        participant: &ParticipantId,
        process: &Process,
        on: Date,
    ) -> Vec<Stance<'_>> {
        let bonds = Bonds::new(process, on);
        let issues = self.framed.iter();
        issues.flat_map(|issue| self.stances_within(participant, issue, &bonds)).collect()
    }

    /// Returns who is on record for an option on a day, and from when, in order of date.
    ///
    /// A favourable position stays on record when its holder later comes out for another option;
    /// that is shown beside it.
    pub fn on_record(
        &self,
        option: &OptionNamed,
        process: &Process,
        on: Date,
    ) -> Vec<OnRecord<'_>> {
        let stances = self.stances(&option.issue, process, on);
        let favourable = |stance: &&Stance<'_>| stance.leaning() == Leaning::For;
        let mut on_record: Vec<OnRecord<'_>> = stances
            .iter()
            .filter(|stance| stance.option == option.option)
            .filter(favourable)
            .map(|stance| OnRecord {
                stance: stance.clone(),
                later: stances
                    .iter()
                    .filter(|other| other.participant == stance.participant)
                    .filter(|other| other.option != stance.option)
                    .filter(favourable)
                    .filter(|other| stance.position.basis.at < other.position.basis.at)
                    .map(|other| (other.option.clone(), other.since()))
                    .collect(),
            })
            .collect();
        on_record.sort_by(|a, b| {
            let key = |on: &OnRecord<'_>| (on.stance.since(), on.stance.participant.clone());
            key(a).cmp(&key(b))
        });
        on_record
    }

    pub(super) fn stances_by(&self, issue: &IssueId, bonds: &Bonds) -> Vec<Stance<'_>> {
        let mut participants: BTreeSet<&ParticipantId> = bonds.of_member.keys().collect();
        participants.extend(self.on_issue(issue).map(|position| &position.taken.participant));
        participants
            .into_iter()
            .flat_map(|participant| self.stances_within(participant, issue, bonds))
            .collect()
    }

    pub(super) fn stances_within<'a>(
        &'a self,
        participant: &ParticipantId,
        issue: &IssueId,
        bonds: &Bonds,
    ) -> Vec<Stance<'a>> {
        let groups = bonds.groups(participant);
        let of_kind = |kind: ParticipantClass| {
            groups.iter().filter(move |(_, class)| *class == kind).map(|(group, _)| group)
        };
        // Its own positions and those it signed stand on one footing: both are its acts.
        let mut spoken: Vec<(Route, &Position)> =
            self.own(participant, issue).map(|position| (Route::Own, position)).collect();
        for group in of_kind(ParticipantClass::JointStatement) {
            let signed = self.own(group, issue);
            spoken.extend(signed.map(|position| (Route::Signed(group.clone()), position)));
        }
        if spoken.is_empty() {
            for group in of_kind(ParticipantClass::NegotiatingGroup) {
                // What somebody else reports of a group is no word that the group gave for its
                // members.
                let held = self.own(group, issue).filter(|position| match position.taken.form {
                    PositionForm::Statement
                    | PositionForm::JointStatement
                    | PositionForm::Vote
                    | PositionForm::Act => true,
                    PositionForm::Report => false,
                });
                spoken.extend(held.map(|position| (Route::SpokenFor(group.clone()), position)));
            }
        }
        stances_from(participant, spoken)
    }
}

/// Returns one stance for each option that positions speak of; the latest position holds.
fn stances_from<'a>(
    participant: &ParticipantId,
    mut spoken: Vec<(Route, &'a Position)>,
) -> Vec<Stance<'a>> {
    // The sort is stable: positions of one day keep the order of the record within a route.
    spoken.sort_by_key(|(_, position)| position.basis.at);
    let mut by_option: BTreeMap<&OptionId, Vec<(Route, &Position)>> = BTreeMap::new();
    for (route, position) in spoken {
        by_option.entry(&position.taken.option.option).or_default().push((route, position));
    }
    by_option
        .into_iter()
        .filter_map(|(option, spoken)| {
            let run: Vec<&Position> = spoken.iter().map(|(_, position)| *position).collect();
            let (route, position) = spoken.last()?.clone();
            Some(Stance {
                participant: participant.clone(),
                option: option.clone(),
                route,
                position,
                first: first(&run)?,
                entries: entries(&run),
            })
        })
        .collect()
}
