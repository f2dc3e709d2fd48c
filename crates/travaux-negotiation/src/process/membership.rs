//! Who belongs to which group when.
//!
//! A membership runs from the date of its entry until the last day that entry, or a later one,
//! gives. What a membership passes on depends on the kind of group and is decided in
//! [`crate::positions`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use travaux_record::{MembershipRecorded, ParticipantId};

use crate::Basis;

/// One participant's membership of one group over an interval.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Membership {
    /// The group.
    pub group: ParticipantId,
    /// The member.
    pub member: ParticipantId,
    /// The first day.
    pub from: Date,
    /// The last day, where it ended or is to end.
    pub until: Option<Date>,
    /// What the list rests on, where the record says so.
    pub note: String,
    /// The entry that opened it.
    pub basis: Basis,
    /// The entry that ended or prolonged it, if a later one did.
    pub changed_by: Option<Basis>,
}

impl Membership {
    /// Reports whether it holds on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// All memberships, each pair's in order of date.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Memberships(BTreeMap<(ParticipantId, ParticipantId), Vec<Membership>>);

impl Memberships {
    /// Takes an entry into account: the latest entry on a membership that holds decides how long.
    pub(super) fn record(&mut self, fact: &MembershipRecorded, basis: Basis) {
        let from = basis.at.counts_from();
        for member in &fact.members {
            let spells = self.0.entry((fact.group.clone(), member.clone())).or_default();
            match spells.last_mut() {
                Some(spell) if spell.holds(from) => {
                    spell.until = fact.until;
                    spell.changed_by = Some(basis);
                }
                Some(_) | None => spells.push(Membership {
                    group: fact.group.clone(),
                    member: member.clone(),
                    from,
                    until: fact.until,
                    note: fact.note.clone(),
                    basis,
                    changed_by: None,
                }),
            }
        }
    }

    pub(super) fn members(&self, group: &ParticipantId, on: Date) -> Vec<ParticipantId> {
        let spells = self.all().filter(|spell| spell.group == *group && spell.holds(on));
        spells.map(|spell| spell.member.clone()).collect()
    }

    pub(super) fn covering(
        &self,
        member: &ParticipantId,
        group: &ParticipantId,
        on: Date,
    ) -> Option<&Membership> {
        let spells = self.0.get(&(group.clone(), member.clone()))?;
        spells.iter().find(|spell| spell.holds(on))
    }

    pub(super) fn of_member(&self, member: &ParticipantId, on: Date) -> Vec<&Membership> {
        self.all().filter(|spell| spell.member == *member && spell.holds(on)).collect()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Membership> {
        self.0.values().flatten()
    }
}
