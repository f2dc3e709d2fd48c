//! Entries in few words: names from numbers, one day an entry, the secretariat as author.

#![expect(clippy::missing_panics_doc, reason = "a failing assertion is what a test is for")]

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{
    Audience, Entry, EntryId, Fact, Head, Journal as _, MembershipRecorded, MemoryJournal, Moment,
    Origin, ParticipantAdmitted, ParticipantClass, ParticipantId, Record, Salt, Sealed, Signer,
    encode,
};

/// The id that a number stands for.
pub fn id(number: u64) -> EntryId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    EntryId::from_random(bytes)
}

/// The participant of this key.
pub fn person(key: &str) -> ParticipantId {
    ParticipantId::new(key)
}

/// The instant, so many seconds into the year 2030.
pub fn instant(seconds: i64) -> Timestamp {
    let start: Timestamp = "2030-01-01T00:00:00Z".parse().expect("a well-formed instant");
    start + jiff::SignedDuration::from_secs(seconds)
}

/// A list of entries under construction: each is recorded a minute after the one before.
#[derive(Clone, Debug)]
pub struct Builder {
    /// The entries so far.
    pub entries: Vec<Entry>,
    /// The date given to the next entry.
    pub at: Moment,
    /// Who records it.
    pub by: ParticipantId,
    /// Who may see it.
    pub audience: Audience,
}

impl Default for Builder {
    /// A conference with its secretariat, `SEC`, admitted.
    fn default() -> Self {
        let mut builder = Self {
            entries: Vec::new(),
            at: Moment::Day(Date::constant(2030, 1, 1)),
            by: person("SEC"),
            audience: Audience::Public,
        };
        builder.admit("SEC", ParticipantClass::Secretariat);
        builder
    }
}

impl Builder {
    /// Adds an entry and returns its id.
    pub fn add(&mut self, fact: Fact) -> EntryId {
        let number = self.entries.len() as u64;
        let recorded_at = instant(60 * i64::try_from(number).expect("few entries"));
        let entry = Entry::new(id(number), self.at, recorded_at, self.by.clone(), fact);
        self.entries.push(entry.to(self.audience.clone()));
        id(number)
    }

    /// Dates what follows.
    pub fn on(&mut self, day: &str) -> &mut Self {
        self.at = day.parse().expect("a date");
        self
    }

    /// Addresses what follows.
    pub fn to(&mut self, audience: Audience) -> &mut Self {
        self.audience = audience;
        self
    }

    /// Admits a participant under its key.
    pub fn admit(&mut self, key: &str, class: ParticipantClass) -> EntryId {
        self.add(Fact::ParticipantAdmitted(ParticipantAdmitted {
            participant: person(key),
            name: key.to_owned(),
            class,
        }))
    }

    /// Records members of a group.
    pub fn join(&mut self, group: &str, members: &[&str]) -> EntryId {
        self.add(Fact::MembershipRecorded(MembershipRecorded {
            group: person(group),
            members: members.iter().copied().map(person).collect(),
            until: None,
            note: String::new(),
        }))
    }
}

/// The signer that a number stands for, of the log `test.example/record`.
pub fn signer(number: u64) -> Signer {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    let origin = Origin::new("test.example/record").expect("a well-formed origin");
    Signer::from_seed(origin, &seed)
}

/// The salt that a number stands for. Real salts are random.
pub fn salt(number: u64) -> Salt {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    Salt::from_random(bytes)
}

/// A log of the record's entries, sealed with numbered salts.
pub fn sealed(record: &Record) -> MemoryJournal {
    let mut journal = MemoryJournal::new(signer(0));
    let places: Vec<Sealed> = record
        .entries()
        .zip(0..)
        .map(|(entry, number)| Sealed::new(salt(number), encode(entry)))
        .collect();
    journal.append(Head::empty(), &places).expect("nothing came in between");
    journal
}
