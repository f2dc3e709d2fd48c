//! What makes a log tamper-evident: salted leaves, a Merkle tree over them, a chain of links.
//!
//! The tree is that of RFC 6962; its root is what is signed. The chain of links adds no security:
//! it is there because a root can tell that something was changed, but not what. Salts are drawn by
//! the caller; this module has no randomness and does not know what an entry says.

use std::fmt;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use sha2::{Digest as _, Sha256};

/// The 32 random bytes that keep a withheld entry from being guessed from its hash.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// Makes a salt of 32 random bytes drawn by the caller.
    pub const fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, for storage.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn parse(hex: &str) -> Option<Self> {
        unhex(hex).map(Self)
    }
}

/// The data of one leaf: SHA-256 of the salt and the entry's bytes as first written.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Leaf([u8; 32]);

impl Leaf {
    /// Seals an entry's bytes.
    pub fn of(salt: &Salt, entry: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(salt.0);
        hasher.update(entry);
        Self(hasher.finalize().into())
    }

    /// Makes a leaf of bytes read from storage.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, for storage.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn parse(hex: &str) -> Option<Self> {
        unhex(hex).map(Self)
    }
}

impl AsRef<[u8]> for Leaf {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A short commitment to all leaves up to one place, carried by each line of an export.
#[derive(Clone, Copy, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Link([u8; 16]);

impl Link {
    /// Returns the link of the next place.
    pub(crate) fn then(self, leaf: &Leaf) -> Self {
        let mut hasher = Sha256::new();
        // 0 and 1 mark leaves and nodes of the tree.
        hasher.update([2]);
        hasher.update(self.0);
        hasher.update(leaf.0);
        let whole: [u8; 32] = hasher.finalize().into();
        let mut link = [0; 16];
        link.copy_from_slice(&whole[..16]);
        Self(link)
    }

    pub(crate) fn parse(hex: &str) -> Option<Self> {
        unhex(hex).map(Self)
    }
}

/// The size and root of a tree: what a checkpoint signs, and what an append is decided on.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Head {
    /// How many leaves there are.
    pub size: u64,
    /// The root hash over them.
    pub root: [u8; 32],
}

impl Head {
    /// The head of an empty log.
    pub fn empty() -> Self {
        Tree::default().head()
    }

    fn to_root(self) -> RootHash<Sha256> {
        RootHash::new(self.root.into(), self.size)
    }
}

/// The Merkle tree over a log's leaves.
#[derive(Clone, Debug, Default)]
pub struct Tree(MemoryBackedTree<Sha256, Leaf>);

impl Tree {
    /// Adds a leaf at the end.
    pub fn push(&mut self, leaf: Leaf) {
        self.0.push(leaf);
    }

    /// Returns the size and root.
    pub fn head(&self) -> Head {
        let root = self.0.root();
        Head { size: root.num_leaves(), root: (*root.as_bytes()).into() }
    }

    /// Returns the leaves in order.
    pub fn leaves(&self) -> &[Leaf] {
        self.0.items()
    }

    /// Returns the head as it was at an earlier size, if the log was ever that short.
    pub fn head_at(&self, size: u64) -> Option<Head> {
        let size = usize::try_from(size).ok()?;
        Some(self.leaves().get(..size)?.iter().copied().collect::<Self>().head())
    }

    /// Proves that this log extends what it was at `size`; nothing where there is nothing to prove.
    pub fn prove_extends(&self, size: u64) -> Option<Vec<u8>> {
        let added = self.head().size.checked_sub(size).filter(|_| size > 0)?;
        let proof = self.0.prove_consistency(usize::try_from(added).ok()?);
        Some(proof.as_bytes().to_vec())
    }

    /// Proves that the leaf at `place`, counted from zero, is in this log.
    pub fn prove_includes(&self, place: u64) -> Option<Vec<u8>> {
        let place = usize::try_from(place).ok().filter(|place| *place < self.leaves().len())?;
        Some(self.0.prove_inclusion(place).as_bytes().to_vec())
    }
}

impl FromIterator<Leaf> for Tree {
    fn from_iter<I: IntoIterator<Item = Leaf>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

impl Head {
    /// Reports whether `proof` shows that the log of this head extends the log of `earlier`.
    pub fn extends(&self, earlier: &Self, proof: &[u8]) -> bool {
        ConsistencyProof::try_from_bytes(proof.to_vec()).is_ok_and(|proof| {
            self.to_root().verify_consistency(&earlier.to_root(), &proof).is_ok()
        })
    }

    /// Reports whether `proof` shows that `leaf` stands at `place`, counted from zero.
    pub fn includes(&self, leaf: &Leaf, place: u64, proof: &[u8]) -> bool {
        InclusionProof::try_from_bytes(proof.to_vec())
            .is_ok_and(|proof| self.to_root().verify_inclusion(leaf, place, &proof).is_ok())
    }
}

macro_rules! hexadecimal {
    ($($name:ident . $field:tt),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.$field.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    )*};
}

hexadecimal!(Salt.0, Leaf.0, Link.0, Head.root);

/// Reads lower-case hexadecimal of exactly the right length.
fn unhex<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return None };
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
    bytes?.try_into().ok()
}
