//! Admission: may this entry be added to this record?
//!
//! The rules are about names, references and audiences alone. Whether an act was regular is not
//! asked here (see [`Refusal`]).

mod form;

use jiff::tz::Offset;

use crate::audience::keeps_sight;
use crate::names::{Mention, Name, mentions};
use crate::shortened::COMPARED_MAX;
use crate::{Audience, Correction, Entry, EntryId, Fact, ParticipantId, Record, Refusal};

impl Record {
    /// Judges an entry that is being recorded: the names it introduces, and all rules of admission.
    pub(crate) fn admit_anew(&self, entry: &Entry) -> Result<(), Refusal> {
        self.admit(entry)?;
        self.admit_form(entry)
    }

    /// Judges an entry against all rules of admission that hold of logs once written too.
    pub(crate) fn admit(&self, entry: &Entry) -> Result<(), Refusal> {
        if entry.version != Entry::VERSION {
            return Err(Refusal::Version { version: entry.version });
        }
        if self.contains(entry.id) {
            return Err(Refusal::IdTaken);
        }
        let mentions = mentions(&entry.fact);
        self.admit_author(entry, &mentions)?;
        self.admit_audience(entry, &mentions)?;
        for evidence in &entry.evidence {
            self.admit_citation(entry, Name::Source(evidence.source.clone()), &mentions)?;
        }
        for mention in &mentions {
            match mention {
                Mention::Makes(name) => self.admit_new(entry, name)?,
                Mention::Opens(_) => {}
                Mention::Cites(name) => self.admit_citation(entry, name.clone(), &mentions)?,
                Mention::CitesEntry(of, kind) => self.admit_reference(entry, *of, kind)?,
            }
        }
        match &entry.fact {
            Fact::Correction(correction) => self.admit_correction(entry, correction),
            Fact::PositionDisputed(dispute) => {
                let concerned = match self.entry(dispute.entry).map(|entry| &entry.fact) {
                    Some(Fact::PositionTaken(position)) => &position.participant,
                    _ => &dispute.participant,
                };
                match [&entry.by, &dispute.participant].into_iter().find(|id| *id != concerned) {
                    Some(by) => {
                        Err(Refusal::NotConcerned { by: by.clone(), concerned: concerned.clone() })
                    }
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The first entry of a record admits its own author. What is laid over a record on one machine
    /// has no author on record, but whoever sits there.
    fn admit_author(&self, entry: &Entry, mentions: &[Mention]) -> Result<(), Refusal> {
        let is_local = entry.by.as_str() == Entry::LOCAL;
        if is_local != entry.fact.is_local() {
            return Err(Refusal::LocalAuthor);
        }
        if is_local {
            return Ok(());
        }
        let author = Name::Participant(entry.by.clone());
        let admits_itself = makes(mentions, &author);
        if admits_itself || self.class_of(&entry.by).is_some() || self.has_newer() {
            return Ok(());
        }
        Err(self.unknown(entry, author))
    }

    fn admit_audience(&self, entry: &Entry, mentions: &[Mention]) -> Result<(), Refusal> {
        match &entry.audience {
            Audience::Group { group, members } => {
                self.admit_citation(entry, Name::Participant(group.clone()), mentions)?;
                let day = Offset::UTC.to_datetime(entry.recorded_at).date();
                let on_record = self.members(group, day);
                let mut given = members.clone();
                given.sort();
                if given != on_record && !self.has_newer() {
                    return Err(Refusal::NotTheMembers {
                        group: group.clone(),
                        given,
                        members: on_record,
                    });
                }
            }
            Audience::Delegation(id) => {
                self.admit_citation(entry, Name::Participant(id.clone()), mentions)?;
            }
            Audience::Public
            | Audience::Participants
            | Audience::Secretariat
            | Audience::Observers(_) => {}
        }
        let stated = match &entry.fact {
            Fact::Correction(Correction { fact: Some(fact), .. }) => fact,
            fact => fact,
        };
        match stated {
            Fact::ProcessOpened(_) | Fact::ParticipantAdmitted(_) | Fact::MembershipRecorded(_)
                if !entry.audience.is_public() =>
            {
                Err(Refusal::MustBePublic { audience: entry.audience.clone() })
            }
            Fact::MandateSet(mandate) => match &entry.audience {
                Audience::Delegation(id) if *id == mandate.participant => Ok(()),
                Audience::Group { group, members }
                    if *group == mandate.participant || members.contains(&mandate.participant) =>
                {
                    Ok(())
                }
                audience => Err(Refusal::MandateExposed {
                    audience: audience.clone(),
                    delegation: mandate.participant.clone(),
                }),
            },
            _ => Ok(()),
        }
    }

    /// A name stands for one thing. Names are public in what they name, so that one is taken is
    /// said even to those who don't see by what. A correction says more of what it corrects.
    fn admit_new(&self, entry: &Entry, name: &Name) -> Result<(), Refusal> {
        let is_free = self.introductions(name).is_empty();
        if is_free || matches!(entry.fact, Fact::Correction(_)) {
            return Ok(());
        }
        Err(Refusal::NameTaken { name: name.clone() })
    }

    /// The reference rule for names: some entry that introduces it is seen by the whole audience.
    fn admit_citation(
        &self,
        entry: &Entry,
        name: Name,
        mentions: &[Mention],
    ) -> Result<(), Refusal> {
        if makes(mentions, &name) || self.has_newer() {
            return Ok(());
        }
        // Programmes and questions may name provisions before any text is on record.
        if matches!(name, Name::Provision(_)) && !self.has_provisions() {
            return Ok(());
        }
        let places = self.introductions(&name);
        if places.iter().any(|&place| self.covers(place, &entry.audience)) {
            return Ok(());
        }
        // To an author who doesn't see it either, what is hidden is not there.
        if places.iter().any(|&place| self.is_seen_by(place, &entry.by)) {
            return Err(Refusal::NameHidden { name, audience: entry.audience.clone() });
        }
        Err(self.unknown(entry, name))
    }

    /// The reference rule for entries.
    fn admit_reference(
        &self,
        entry: &Entry,
        of: EntryId,
        kind: &'static str,
    ) -> Result<(), Refusal> {
        let unknown = Refusal::EntryUnknown { of };
        let Some(place) = self.place_of(of) else {
            return if self.has_newer() { Ok(()) } else { Err(unknown) };
        };
        let Some(original) = self.at_place(place) else { return Ok(()) };
        if !self.covers(place, &entry.audience) {
            return Err(if self.is_seen_by(place, &entry.by) {
                Refusal::EntryHidden { of, audience: entry.audience.clone() }
            } else {
                unknown
            });
        }
        let found = original.fact.kind();
        if kind != ANY_KIND && found != kind {
            return Err(Refusal::EntryKind { of, expected: kind, found });
        }
        Ok(())
    }

    fn admit_correction(&self, entry: &Entry, correction: &Correction) -> Result<(), Refusal> {
        let of = correction.of;
        self.admit_reference(entry, of, ANY_KIND)?;
        let Some(original) = self.entry(of) else { return Ok(()) };
        if let Fact::Correction(other) = &original.fact {
            return Err(Refusal::CorrectsCorrection { of, original: other.of });
        }
        // Who takes part is the same for every viewer, corrected or not.
        let is_about_membership = matches!(
            original.fact,
            Fact::ProcessOpened(_) | Fact::ParticipantAdmitted(_) | Fact::MembershipRecorded(_)
        );
        if is_about_membership && !entry.audience.is_public() {
            return Err(Refusal::MustBePublic { audience: entry.audience.clone() });
        }
        if let Fact::ParticipantAdmitted(admitted) = &original.fact {
            self.admit_reclassification(&admitted.participant, correction)?;
        }
        match correction.fact.as_deref() {
            Some(fact) if !is_of_the_same_thing(&original.fact, fact) => {
                Err(Refusal::CorrectsToAnother { of, original: original.fact.kind() })
            }
            _ => Ok(()),
        }
    }

    /// A correction may let a participant see more, never less: references were admitted on the
    /// ground that it sees what they point to.
    fn admit_reclassification(
        &self,
        participant: &ParticipantId,
        correction: &Correction,
    ) -> Result<(), Refusal> {
        let Some(old) = self.class_of(participant) else { return Ok(()) };
        let new = match (correction.fact.as_deref(), correction.at) {
            (Some(Fact::ParticipantAdmitted(fact)), _) => Some(fact.class),
            (None, Some(_)) => return Ok(()),
            _ => None,
        };
        if new.is_some() && keeps_sight(old, new) {
            return Ok(());
        }
        Err(Refusal::NarrowsAdmission { participant: participant.clone() })
    }

    fn unknown(&self, entry: &Entry, name: Name) -> Refusal {
        let known = self.names_known_to(&entry.audience, &entry.by);
        let nearest = nearest(&name, known).map(|name| name.as_str().to_owned());
        Refusal::NameUnknown { name, nearest }
    }
}

/// Stands for "of whatever kind" where a reference is judged.
const ANY_KIND: &str = "";

/// Reports whether the entry itself introduces the name.
fn makes(mentions: &[Mention], name: &Name) -> bool {
    mentions.iter().any(
        |mention| matches!(mention, Mention::Makes(made) | Mention::Opens(made) if made == name),
    )
}

/// A correction keeps the kind of the fact and the name it made: others refer to it.
fn is_of_the_same_thing(original: &Fact, corrected: &Fact) -> bool {
    let made = |fact| {
        mentions(fact).into_iter().find_map(|mention| match mention {
            Mention::Makes(name) => Some(name),
            Mention::Opens(_) | Mention::Cites(_) | Mention::CitesEntry(..) => None,
        })
    };
    let group = |fact: &Fact| match fact {
        Fact::MembershipRecorded(fact) => Some(fact.group.clone()),
        _ => None,
    };
    original.kind() == corrected.kind()
        && made(original) == made(corrected)
        && group(original) == group(corrected)
}

/// Returns the name of the same kind with the fewest letters to change, if that is few.
fn nearest<'n>(name: &Name, known: impl Iterator<Item = &'n Name>) -> Option<&'n Name> {
    let length = name.as_str().chars().count();
    if COMPARED_MAX < length {
        return None;
    }
    let limit = (length / 3).max(1);
    known
        .filter(|other| other.is_like(name))
        // Letters take four bytes at most: what is longer than that differs by more than the limit.
        .filter(|other| other.as_str().len() <= 4 * (length + limit))
        .map(|other| (distance(name.as_str(), other.as_str()), other))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, other)| other)
}

/// Counts the letters to add, drop or change to make one word of the other; case counts nothing.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, against) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *against);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests;
