//! Ids, salts and keys from the system's source of randomness.
//!
//! The pure crates take these as arguments; nothing else here is random.

use travaux_record::{EntryId, Salt};

use crate::StoreError;

/// Draws the id of a new entry.
///
/// # Errors
/// When the system has no randomness to give.
pub fn entry_id() -> Result<EntryId, StoreError> {
    bytes().map(EntryId::from_random)
}

/// Draws the salt of a new entry.
///
/// # Errors
/// When the system has no randomness to give.
pub fn salt() -> Result<Salt, StoreError> {
    bytes().map(Salt::from_random)
}

/// Draws the seed of a signing key; to be kept secret.
///
/// # Errors
/// When the system has no randomness to give.
pub fn seed() -> Result<[u8; 32], StoreError> {
    bytes()
}

fn bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|source| StoreError::Random { source })?;
    Ok(bytes)
}
