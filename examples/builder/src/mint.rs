//! Mints entries with names, salts and times that depend on their keys alone.
//!
//! A real record draws its ids at random. A shipped one must come out the same wherever it is
//! built, so its ids are digests of stable keys (the row's own id, mostly).

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use travaux_record::{
    Audience, Entry, EntryId, Evidence, Fact, Moment, Origin, ParticipantId, Record, Salt, Sealed,
    Signer, Tree, encode, export,
};

/// What the key of the shipped records is made of. It is published, and so proves nothing of who
/// signed: it shows how a seal works, and that a copy is whole.
const DEMONSTRATION: &str = "travaux: a key for demonstration, known to everybody";

/// Returns the signer of the shipped record that is minted with `seed`.
///
/// # Errors
/// When `seed` is not fit for the name of a log.
pub fn demonstration_signer(seed: &str) -> anyhow::Result<Signer> {
    let origin = Origin::new(seed).context("a seed names the log")?;
    Ok(Signer::from_seed(origin, &Sha256::digest(DEMONSTRATION).into()))
}

/// Collects the entries of one record.
#[derive(Clone, Debug)]
pub struct Mint {
    seed: &'static str,
    by: ParticipantId,
    recorded_at: Timestamp,
    entries: Vec<Entry>,
}

impl Mint {
    /// Begins a record. `seed` keeps the ids of two records apart and names the log; `by` and `recorded_at` go into
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

    /// Admits the entries one by one and returns the record as a sealed file.
    ///
    /// # Errors
    /// When an entry would not be admitted.
    pub fn into_sealed(self) -> anyhow::Result<String> {
        let signer = demonstration_signer(self.seed)?;
        let record = Record::of(self.entries.clone()).context("an entry is not admitted")?;
        let places: Vec<Sealed> =
            record.entries().map(|entry| Sealed::new(self.salt(entry.id), encode(entry))).collect();
        let tree: Tree = places.iter().map(Sealed::leaf).collect();
        Ok(export::write(&signer.key(), &places, &signer.sign(tree.head())))
    }

    /// The salt of an entry. In a record that has something to hide it would be drawn at random;
    /// here anybody can compute it, so that anybody can build the same file.
    fn salt(&self, entry: EntryId) -> Salt {
        let digest = Sha256::new()
            .chain_update("salt")
            .chain_update([0])
            .chain_update(self.seed)
            .chain_update([0])
            .chain_update(entry.to_string());
        Salt::from_random(digest.finalize().into())
    }
}
