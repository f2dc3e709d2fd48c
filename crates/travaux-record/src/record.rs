//! The record in memory: an append-only log of admitted entries, and what is known by name.
//!
//! It holds what was written and nothing that follows from it. It does not know bytes, seals or
//! files (see [`crate::Journal`]); where an entry stands in the log stays inside this crate.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::names::{Mention, Name, mentions};
use crate::{
    AppendError, Audience, Entry, EntryId, Fact, Moment, ParticipantClass, ParticipantId, Refusal,
};

/// An entry that a newer program wrote: of a version or a kind that this one doesn't know.
///
/// It keeps its place, verifies and exports; a projection that would have to take it into account
/// refuses instead of showing a view without it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewerEntry {
    /// Its random name.
    pub id: EntryId,
    /// The version it states.
    pub version: u32,
    /// The kind of its fact, as written.
    pub kind: String,
    /// When it happened, if that can be read.
    pub at: Option<Moment>,
    /// When it was entered, if that can be read.
    pub recorded_at: Option<Timestamp>,
    /// Who may see it, if that can be read; else it is nobody's to see, and everybody's to miss.
    pub audience: Option<Audience>,
}

/// One place of the log.
#[derive(Clone, Debug)]
pub(crate) enum Kept {
    /// An entry this program understands.
    Known(Arc<Entry>),
    /// One it doesn't.
    Newer(Arc<NewerEntry>),
}

/// A record: entries in the order in which they were recorded. Cloning it copies no entry.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub(crate) log: Vec<Kept>,
    by_id: HashMap<EntryId, usize>,
    /// Original place → the places of its corrections, in log order.
    corrections: HashMap<usize, Vec<usize>>,
    /// Name → the places that introduce it or say more of it, in log order.
    names: BTreeMap<Name, Vec<usize>>,
    /// Participant → what it was admitted as, corrections last.
    classes: BTreeMap<ParticipantId, Vec<ParticipantClass>>,
    /// Group → the places of its membership entries.
    memberships: BTreeMap<ParticipantId, Vec<usize>>,
    newer: usize,
}

impl Record {
    /// Makes an empty record.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a record of `entries`.
    ///
    /// # Errors
    /// As [`Record::append_all`].
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Result<Self, AppendError> {
        let mut record = Self::new();
        record.append_all(entries)?;
        Ok(record)
    }

    /// Adds one entry at the end and returns its id.
    ///
    /// # Errors
    /// When a rule of admission refuses it ([`crate::Refusal`]); the record is then unchanged.
    pub fn append(&mut self, entry: Entry) -> Result<EntryId, AppendError> {
        self.admit_anew(&entry).map_err(|reason| refused(&entry, reason))?;
        let id = entry.id;
        self.push(entry);
        Ok(id)
    }

    /// Adds an entry that is in a log already, under whatever rules for names it was written.
    ///
    /// # Errors
    /// When a rule of admission that holds of every record refuses it.
    pub(crate) fn replay(&mut self, entry: Entry) -> Result<(), AppendError> {
        self.admit(&entry).map_err(|reason| refused(&entry, reason))?;
        self.push(entry);
        Ok(())
    }

    /// Adds all entries at the end, or none. An entry may refer to those before it in the batch.
    ///
    /// # Errors
    /// When a rule of admission refuses one of them; the record is then unchanged.
    pub fn append_all(
        &mut self,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<Vec<EntryId>, AppendError> {
        let before = self.log.len();
        let mut ids = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            match self.append(entry) {
                Ok(id) => ids.push(id),
                Err(refused) => {
                    self.truncate(before);
                    return Err(AppendError { index, ..refused });
                }
            }
        }
        Ok(ids)
    }

    /// Adds an entry that a newer program wrote. It is not judged: this program can't.
    pub fn append_newer(&mut self, entry: NewerEntry) {
        self.by_id.insert(entry.id, self.log.len());
        self.log.push(Kept::Newer(Arc::new(entry)));
        self.newer += 1;
    }

    /// Lays a local record over this one: its entries stand behind and may refer to all of these.
    /// Neither is changed.
    ///
    /// # Errors
    /// When a local entry is refused on top of this record, for instance because both introduce
    /// the same name.
    pub fn overlay(&self, local: impl IntoIterator<Item = Entry>) -> Result<Self, AppendError> {
        let mut both = self.clone();
        both.append_all(local)?;
        Ok(both)
    }

    /// Returns how many entries there are. For the keeper of the record: no viewer is shown it.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Reports whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// Returns the entries in log order, corrections included, without those of a newer program.
    ///
    /// For the keeper of the record; what a viewer sees is [`Record::visible`].
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.log.iter().filter_map(|kept| match kept {
            Kept::Known(entry) => Some(&**entry),
            Kept::Newer(_) => None,
        })
    }

    /// Returns the entry of this id, whoever may see it.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.at_place(*self.by_id.get(&id)?)
    }

    /// Reports whether an entry of this id is recorded, of whatever kind.
    pub fn contains(&self, id: EntryId) -> bool {
        self.by_id.contains_key(&id)
    }

    /// Returns what the participant is, by the latest entry on its admission.
    pub fn class_of(&self, id: &ParticipantId) -> Option<ParticipantClass> {
        self.classes.get(id)?.last().copied()
    }

    /// Returns the members of a group on a day, as the record now stands, in order of their keys.
    ///
    /// Of the membership entries that name a participant and are dated no later than the day, the
    /// last (by date, then by place in the log) decides.
    pub fn members(&self, group: &ParticipantId, day: jiff::civil::Date) -> Vec<ParticipantId> {
        let mut latest: BTreeMap<&ParticipantId, (Moment, bool)> = BTreeMap::new();
        for &place in self.memberships.get(group).into_iter().flatten() {
            let Some((Fact::MembershipRecorded(fact), at)) = self.corrected(place) else {
                continue;
            };
            if at.first_day() > day {
                continue;
            }
            let belongs = fact.until.is_none_or(|until| day <= until);
            for member in &fact.members {
                let standing = latest.entry(member).or_insert((at, belongs));
                if standing.0 <= at {
                    *standing = (at, belongs);
                }
            }
        }
        latest.into_iter().filter(|(_, (_, belongs))| *belongs).map(|(id, _)| id.clone()).collect()
    }

    /// Returns the names on record that `author` and the whole of `audience` know.
    pub(crate) fn names_known_to<'r>(
        &'r self,
        audience: &'r Audience,
        author: &'r ParticipantId,
    ) -> impl Iterator<Item = &'r Name> {
        self.names
            .iter()
            .filter(move |(_, places)| {
                places
                    .iter()
                    .any(|&place| self.covers(place, audience) && self.is_seen_by(place, author))
            })
            .map(|(name, _)| name)
    }

    /// Returns the places that introduce a name.
    pub(crate) fn introductions(&self, name: &Name) -> &[usize] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// Reports whether any text with provisions has been recorded.
    pub(crate) fn has_provisions(&self) -> bool {
        matches!(self.names.last_key_value(), Some((Name::Provision(_), _)))
    }

    /// Reports whether entries of a newer program are here: what they introduce can't be known.
    pub(crate) fn has_newer(&self) -> bool {
        self.newer > 0
    }

    pub(crate) fn place_of(&self, id: EntryId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    pub(crate) fn at_place(&self, place: usize) -> Option<&Entry> {
        match &self.log[place] {
            Kept::Known(entry) => Some(entry),
            Kept::Newer(_) => None,
        }
    }

    /// Reports whether all of `audience` sees the entry at `place`.
    pub(crate) fn covers(&self, place: usize, audience: &Audience) -> bool {
        self.at_place(place)
            .is_some_and(|entry| audience.within(&entry.audience, &|id| self.class_of(id)))
    }

    pub(crate) fn is_seen_by(&self, place: usize, participant: &ParticipantId) -> bool {
        let viewer = crate::Viewer::Participant(participant.clone());
        self.at_place(place)
            .is_some_and(|entry| entry.audience.admits(&viewer, &|id| self.class_of(id)))
    }

    /// Returns the places of the corrections of the entry at `place`, in log order.
    pub(crate) fn corrections_of(&self, place: usize) -> &[usize] {
        self.corrections.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The fact and date of an original after its latest correction; nothing once struck out.
    fn corrected(&self, place: usize) -> Option<(&Fact, Moment)> {
        let entry = self.at_place(place)?;
        let Some(&last) = self.corrections_of(place).last() else {
            return Some((&entry.fact, entry.at));
        };
        match &self.at_place(last)?.fact {
            Fact::Correction(correction) => correction.applied_to(&entry.fact, entry.at),
            _ => None,
        }
    }

    /// Enters an admitted entry in the log and the indexes; [`Record::pop`] undoes exactly this.
    fn push(&mut self, entry: Entry) {
        let place = self.log.len();
        self.by_id.insert(entry.id, place);
        if let Fact::Correction(correction) = &entry.fact
            && let Some(original) = self.place_of(correction.of)
        {
            self.corrections.entry(original).or_default().push(place);
        }
        for name in introduced(&entry.fact) {
            self.names.entry(name).or_default().push(place);
        }
        if let Some((participant, class)) = admission(&entry.fact) {
            self.classes.entry(participant).or_default().push(class);
        }
        if let Fact::MembershipRecorded(membership) = &entry.fact {
            self.memberships.entry(membership.group.clone()).or_default().push(place);
        }
        self.log.push(Kept::Known(Arc::new(entry)));
    }

    /// Takes back all that was recorded behind the first `len`: it was never kept.
    pub(crate) fn truncate(&mut self, len: usize) {
        while self.log.len() > len {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let entry = match self.log.pop() {
            Some(Kept::Known(entry)) => entry,
            Some(Kept::Newer(newer)) => {
                self.by_id.remove(&newer.id);
                self.newer -= 1;
                return;
            }
            None => return,
        };
        self.by_id.remove(&entry.id);
        if let Fact::Correction(correction) = &entry.fact
            && let Some(original) = self.place_of(correction.of)
            && let Some(corrections) = self.corrections.get_mut(&original)
        {
            corrections.pop();
        }
        for name in introduced(&entry.fact) {
            pop_last(&mut self.names, &name);
        }
        if let Some((participant, _)) = admission(&entry.fact) {
            pop_last(&mut self.classes, &participant);
        }
        if let Fact::MembershipRecorded(membership) = &entry.fact {
            pop_last(&mut self.memberships, &membership.group);
        }
    }
}

fn refused(entry: &Entry, reason: Refusal) -> AppendError {
    AppendError { id: entry.id, kind: entry.fact.kind(), index: 0, reason: Box::new(reason) }
}

/// What the fact says of somebody's admission.
fn admission(fact: &Fact) -> Option<(ParticipantId, ParticipantClass)> {
    match fact {
        Fact::ParticipantAdmitted(fact) => Some((fact.participant.clone(), fact.class)),
        Fact::Correction(correction) => correction.fact.as_deref().and_then(admission),
        _ => None,
    }
}

fn introduced(fact: &Fact) -> impl Iterator<Item = Name> {
    mentions(fact).into_iter().filter_map(|mention| match mention {
        Mention::Makes(name) | Mention::Opens(name) => Some(name),
        Mention::Cites(_) | Mention::CitesEntry(..) => None,
    })
}

/// Takes the last value of a key away, and the key with its last value.
fn pop_last<K: Ord, V>(map: &mut BTreeMap<K, Vec<V>>, key: &K) {
    if let Some(values) = map.get_mut(key) {
        values.pop();
        if values.is_empty() {
            map.remove(key);
        }
    }
}

#[cfg(test)]
impl Record {
    /// Everything it holds, in a fixed order.
    fn state(&self) -> impl std::fmt::Debug {
        let by_id: BTreeMap<_, _> = self
            .log
            .iter()
            .enumerate()
            .map(|(place, kept)| {
                let id = match kept {
                    Kept::Known(entry) => entry.id,
                    Kept::Newer(newer) => newer.id,
                };
                (id, (place, self.by_id.get(&id)))
            })
            .collect();
        let corrections: Vec<_> =
            (0..self.log.len()).map(|place| self.corrections_of(place)).collect();
        let sizes = (self.by_id.len(), self.newer);
        format!(
            "{by_id:?} {corrections:?} {sizes:?} {:?} {:?} {:?}",
            self.names, self.classes, self.memberships
        )
    }
}

#[cfg(test)]
mod tests;
