//! Mints entries with names, salts and times that depend on their keys alone.
//!
//! A real record draws its ids at random. A shipped one must come out the same wherever it is
//! built, so its ids are digests of stable keys (the row's own id, mostly).

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use travaux_record::{
    Audience, Entry, EntryId, Evidence, Fact, Moment, ParticipantId, Record, encode_lines,
};

/// Collects the entries of one record.
#[derive(Clone, Debug)]
pub struct Mint {
    seed: &'static str,
    by: ParticipantId,
    recorded_at: Timestamp,
    entries: Vec<Entry>,
}

impl Mint {
    /// Begins a record. `seed` keeps the ids of two records apart; `by` and `recorded_at` go into
    /// each entry unless it says otherwise.
    pub fn new(seed: &'static str, by: ParticipantId, recorded_at: Timestamp) -> Self {
        Self { seed, by, recorded_at, entries: Vec::new() }
    }

    /// Returns the id that the entry of `key` has.
    pub fn id(&self, key: &str) -> EntryId {
        let digest = Sha256::new().chain_update(self.seed).chain_update([0]).chain_update(key);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.finalize()[..16]);
        EntryId::from_random(bytes)
    }

    /// Enters a public fact.
    pub fn enter(&mut self, key: &str, at: Moment, evidence: Vec<Evidence>, fact: Fact) {
        let entry = Entry {
            version: Entry::VERSION,
            id: self.id(key),
            at,
            recorded_at: self.recorded_at,
            by: self.by.clone(),
            audience: Audience::Public,
            evidence,
            fact,
        };
        self.entries.push(entry);
    }

    /// Enters an entry made elsewhere.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Returns the entries, in the order of the log.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns how many entries there are of each kind.
    pub fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for entry in &self.entries {
            *kinds.entry(entry.fact.kind()).or_default() += 1;
        }
        kinds
    }

    /// Admits the entries one by one and returns the record as JSON Lines.
    ///
    /// # Errors
    /// When an entry would not be admitted.
    pub fn into_lines(self) -> anyhow::Result<String> {
        let record = Record::of(self.entries).context("an entry is not admitted")?;
        Ok(encode_lines(record.entries()))
    }
}
