//! Checkpoints: the head of a log, signed, in the text form that others' tools read.
//!
//! The form is the signed note and the checkpoint of the C2SP specifications `signed-note` and
//! `tlog-checkpoint`, with Ed25519 signatures: three lines (origin, size, root), an empty line, one
//! line a signature. Signatures by keys that the reader doesn't know, of whatever kind, may stand
//! beside it, as that form allows: they are kept and say nothing. This module draws no key: a seed
//! is an argument.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::Head;
use crate::shortened::shortened;

/// The algorithm byte of Ed25519 in keys and key hashes.
const ED25519: u8 = 1;
const DASH: &str = "\u{2014} ";
/// How many signatures a checkpoint may have.
const SIGNATURES_MAX: usize = 100;

/// The name of a log, unique in the world: a host's name and a path, without a scheme.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Origin(String);

impl Origin {
    /// Makes an origin.
    ///
    /// # Errors
    /// When the name is empty or holds white space, a plus sign or a control character.
    pub fn new(name: impl Into<String>) -> Result<Self, KeyError> {
        let name = name.into();
        let is_bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if name.is_empty() || name.chars().any(is_bad) {
            return Err(KeyError {
                written: shortened(&name),
                expected: "a name without spaces or plus signs",
            });
        }
        Ok(Self(name))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key or a name that can't be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("can't read {written:?}: expected {expected}")]
pub struct KeyError {
    written: String,
    expected: &'static str,
}

/// What it takes to check a log's checkpoints; public.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Key {
    origin: Origin,
    key: VerifyingKey,
}

impl Key {
    /// Reads a key as written: the origin, the key's short hash and the key, joined by plus signs.
    ///
    /// # Errors
    /// When it is no such key, or its parts don't belong together.
    pub fn parse(written: &str) -> Result<Self, KeyError> {
        let error = |expected| KeyError { written: shortened(written), expected };
        let form = "NAME+HASH+KEY, an Ed25519 verifier key of the C2SP signed-note form";
        let mut parts = written.splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(error(form));
        };
        let origin = Origin::new(name)?;
        let key = match BASE64.decode(key).as_deref() {
            Ok([ED25519, key @ ..]) => {
                key.try_into().ok().and_then(|key| VerifyingKey::from_bytes(key).ok())
            }
            _ => None,
        };
        let key = Self { origin, key: key.ok_or_else(|| error(form))? };
        // A key in another spelling of base64 would be the same key and other bytes.
        if key.to_string() != written || hash.len() != 8 {
            return Err(error("a key whose hash belongs to it"));
        }
        Ok(key)
    }

    /// Returns the log whose checkpoints it checks.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    fn hash(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.origin.as_str());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let hash: [u8; 32] = hasher.finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// Reports whether `signature` says that it was made with this key.
    fn is_named_by(&self, signature: &NoteSignature) -> bool {
        signature.name == self.origin.as_str() && signature.hash == self.hash()
    }

    /// Reports whether `signature` was made over `text` with this key.
    fn verifies(&self, text: &str, signature: &NoteSignature) -> bool {
        let bytes = <[u8; 64]>::try_from(signature.bytes.as_slice());
        self.is_named_by(signature)
            && bytes.is_ok_and(|bytes| {
                self.key.verify_strict(text.as_bytes(), &Signature::from_bytes(&bytes)).is_ok()
            })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = [ED25519].iter().chain(self.key.as_bytes()).copied().collect();
        write!(
            f,
            "{}+{:08x}+{}",
            self.origin,
            u32::from_be_bytes(self.hash()),
            BASE64.encode(bytes)
        )
    }
}

/// What it takes to sign a log's checkpoints; secret.
#[derive(Clone)]
pub struct Signer {
    origin: Origin,
    key: SigningKey,
}

impl Signer {
    /// Makes a signer of 32 random bytes drawn, and kept secret, by the caller.
    pub fn from_seed(origin: Origin, seed: &[u8; 32]) -> Self {
        Self { origin, key: SigningKey::from_bytes(seed) }
    }

    /// Returns the public key.
    pub fn key(&self) -> Key {
        Key { origin: self.origin.clone(), key: self.key.verifying_key() }
    }

    /// Signs a head.
    pub fn sign(&self, head: Head) -> Checkpoint {
        let text = text(&self.origin, head);
        let signature = NoteSignature {
            name: self.origin.to_string(),
            hash: self.key().hash(),
            bytes: self.key.sign(text.as_bytes()).to_bytes().to_vec(),
        };
        Checkpoint { origin: self.origin.clone(), head, signatures: vec![signature] }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.key())
    }
}

/// A head with the signatures over it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Checkpoint {
    /// The log.
    pub origin: Origin,
    /// Its size and root.
    pub head: Head,
    signatures: Vec<NoteSignature>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct NoteSignature {
    name: String,
    hash: [u8; 4],
    /// 64 for Ed25519; a signature of another kind may have any number.
    bytes: Vec<u8>,
}

impl Checkpoint {
    /// Reads a checkpoint as written; that its signatures hold is another question.
    ///
    /// # Errors
    /// With what was expected, when it is none, or not written exactly as it would be here.
    pub fn parse(written: &str) -> Result<Self, &'static str> {
        let (text, signatures) = written
            .split_once("\n\n")
            .ok_or("an empty line between the checkpoint and its signatures")?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err("three lines: origin, size and root");
        };
        let checkpoint = Self {
            origin: Origin::new(origin).map_err(|_refused| "an origin without spaces")?,
            head: Head {
                size: size.parse().map_err(|_not_a_number| "a size in digits")?,
                root: BASE64
                    .decode(root)
                    .ok()
                    .and_then(|root| root.try_into().ok())
                    .ok_or("a root of 32 bytes in base64")?,
            },
            signatures: signatures
                .lines()
                .map(|line| NoteSignature::parse(line).ok_or("signature lines"))
                .collect::<Result<_, _>>()?,
        };
        if !(1..=SIGNATURES_MAX).contains(&checkpoint.signatures.len()) {
            return Err("one signature line, and no more than a hundred");
        }
        if checkpoint.to_string() != written {
            return Err("the exact form of a checkpoint");
        }
        Ok(checkpoint)
    }

    /// Reports whether it is signed with `key`.
    pub fn is_signed_by(&self, key: &Key) -> bool {
        self.signs(key, &self.origin, self.head)
    }

    /// Reports whether its signature with `key` belongs to this head, whatever its text says.
    pub(crate) fn signs(&self, key: &Key, origin: &Origin, head: Head) -> bool {
        let text = text(origin, head);
        let mut own =
            self.signatures.iter().filter(|signature| key.is_named_by(signature)).peekable();
        // One that says it is by this key, and isn't, spoils the others.
        own.peek().is_some() && own.all(|signature| key.verifies(&text, signature))
    }

    /// Counts the signatures that say they are by another key than this one.
    pub(crate) fn signatures_beside(&self, key: &Key) -> usize {
        self.signatures.iter().filter(|signature| !key.is_named_by(signature)).count()
    }
}

impl NoteSignature {
    fn parse(line: &str) -> Option<Self> {
        let (name, signature) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = BASE64.decode(signature).ok()?;
        let (hash, bytes) = bytes.split_first_chunk::<4>()?;
        Origin::new(name).ok()?;
        (!bytes.is_empty()).then(|| Self {
            name: name.to_owned(),
            hash: *hash,
            bytes: bytes.to_vec(),
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", text(&self.origin, self.head))?;
        self.signatures.iter().try_for_each(|signature| {
            let bytes: Vec<u8> = signature.hash.iter().chain(&signature.bytes).copied().collect();
            writeln!(f, "{DASH}{} {}", signature.name, BASE64.encode(bytes))
        })
    }
}

/// The signed text, with its closing line break.
fn text(origin: &Origin, head: Head) -> String {
    format!("{origin}\n{}\n{}\n", head.size, BASE64.encode(head.root))
}
