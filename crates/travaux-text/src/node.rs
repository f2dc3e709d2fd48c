//! What a bracketed text is: words that all read alike, and choices between alternatives.
//!
//! **Invariant:** a tree says who *reads* what, never who supports it; attribution is the business
//! of the record. How a tree came about (normal form, printed form, parsed) is not known here.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use crate::token::words;

/// The key of a side: opaque here, a proposal in the record.
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SideName(Arc<str>);

impl SideName {
    /// Takes `name` as the key of a side.
    ///
    /// # Errors
    ///
    /// A name is not empty, and not `base`, which means the base text in every output (DESIGN
    /// section 7).
    pub fn new(name: &str) -> Result<Self, NameError> {
        match name {
            "" => Err(NameError::Empty),
            "base" => Err(NameError::Base),
            _ => Ok(Self(name.into())),
        }
    }

    /// Returns the name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SideName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SideName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl Borrow<str> for SideName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for SideName {
    type Error = NameError;

    fn try_from(name: &str) -> Result<Self, NameError> {
        Self::new(name)
    }
}

/// Says why a string cannot name a side.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NameError {
    /// The name is empty.
    Empty,
    /// The name is `base`.
    Base,
}

impl NameError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Empty => "give the side a name, such as that of its proposal: A=a.txt",
            Self::Base => "choose another name, such as `base-2`",
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "cannot name a side: the name is empty",
            Self::Base => "cannot name a side `base`: that word means the base text in every draft",
        })
    }
}

impl std::error::Error for NameError {}

/// Whose text is read: the base's, or a side's. The base comes first, then sides by name.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Reader {
    /// The text that is on the table.
    Base,
    /// The text as one side would have it.
    Side(SideName),
}

impl Reader {
    /// Returns `base`, or the name of the side.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Base => "base",
            Self::Side(name) => name.as_str(),
        }
    }
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of readers, in their order.
///
/// All alternatives of one tree share one roster, so that a draft of 193 sides holds their names
/// once; two sets are equal where they hold the same readers, whatever their rosters.
#[derive(Clone)]
pub struct Readers {
    /// Every side of the merge, by name; reader 0 is the base, reader `i + 1` is `roster[i]`.
    roster: Arc<[SideName]>,
    bits: Bits,
}

impl Readers {
    pub(crate) fn new(roster: Arc<[SideName]>, bits: Bits) -> Self {
        Self { roster, bits }
    }

    /// Iterates over the readers: the base first, then sides by name.
    pub fn iter(&self) -> impl Iterator<Item = Reader> + '_ {
        self.bits.iter().map(|at| self.reader(at))
    }

    /// Returns the number of the first reader.
    pub(crate) fn least(&self) -> Option<usize> {
        self.bits.first()
    }

    fn reader(&self, at: usize) -> Reader {
        match at.checked_sub(1) {
            None => Reader::Base,
            Some(side) => Reader::Side(self.roster[side].clone()),
        }
    }

    /// Iterates over the sides among the readers, by name.
    pub fn sides(&self) -> impl Iterator<Item = &SideName> + '_ {
        self.bits.iter().filter_map(|at| at.checked_sub(1).map(|side| &self.roster[side]))
    }

    /// Reports whether the base is among the readers.
    pub fn has_base(&self) -> bool {
        self.bits.contains(0)
    }

    /// Reports whether `reader` is in the set.
    pub fn contains(&self, reader: &Reader) -> bool {
        match reader {
            Reader::Base => self.has_base(),
            Reader::Side(name) => {
                self.roster.binary_search(name).is_ok_and(|at| self.bits.contains(at + 1))
            }
        }
    }

    /// Counts the readers.
    pub fn len(&self) -> usize {
        self.bits.len()
    }

    /// Reports whether nobody is in the set; no alternative of a tree has such a set.
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    /// Returns the first reader: the base, else the side with the least name.
    pub fn first(&self) -> Option<Reader> {
        self.bits.first().map(|at| self.reader(at))
    }
}

impl FromIterator<Reader> for Readers {
    fn from_iter<T: IntoIterator<Item = Reader>>(readers: T) -> Self {
        let mut base = false;
        let mut names = Vec::new();
        for reader in readers {
            match reader {
                Reader::Base => base = true,
                Reader::Side(name) => names.push(name),
            }
        }
        names.sort_unstable();
        names.dedup();
        let mut bits = Bits::all(names.len() + 1);
        if !base {
            bits.remove(0);
        }
        Self { roster: names.into(), bits }
    }
}

impl PartialEq for Readers {
    fn eq(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.roster, &other.roster) {
            return self.bits == other.bits;
        }
        self.has_base() == other.has_base() && self.sides().eq(other.sides())
    }
}

impl Eq for Readers {}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|reader| reader.to_string())).finish()
    }
}

/// A piece of a bracketed text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Node {
    /// Words that everybody who reaches them reads alike; never empty in a normal or printed form.
    Text(String),
    /// A bracket: each reader who reaches it reads exactly one alternative. A bracket of one
    /// alternative was asked for without another; everybody who reaches it reads it.
    Choice(Vec<Alternative>),
}

/// One alternative of a choice; no nodes means that its readers read nothing here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alternative {
    /// Who reads so; never empty.
    pub by: Readers,
    /// What they read.
    pub nodes: Vec<Node>,
}

/// Returns what reading `nodes` costs. This is the one place that states it.
///
/// A printed word costs 1 (marks and white space nothing), an alternative 2, and a choice that has
/// another choice inside it 1: that is a level of nesting. (DESIGN section 5, *Printed form*.)
pub fn cost(nodes: &[Node]) -> u64 {
    nodes
        .iter()
        .map(|node| match node {
            Node::Text(text) => words(text),
            Node::Choice(alternatives) => {
                let nested = alternatives.iter().any(|alternative| has_choice(&alternative.nodes));
                let inside: u64 = alternatives
                    .iter()
                    .map(|alternative| ALTERNATIVE_COST + cost(&alternative.nodes))
                    .sum();
                inside + if nested { NESTING_COST } else { 0 }
            }
        })
        .sum()
}

/// What an alternative adds to the reading cost.
pub(crate) const ALTERNATIVE_COST: u64 = 2;
/// What a choice adds to the reading cost when another choice stands inside it.
pub(crate) const NESTING_COST: u64 = 1;

/// Reports whether a bracket stands in `nodes`.
pub fn has_choice(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| matches!(node, Node::Choice(_)))
}

/// Returns the text of `reader`: at each choice, the alternative it reads. None where a choice on
/// its way has no alternative of its own, so the reader is not one of this tree's.
pub fn side_of(nodes: &[Node], reader: &Reader) -> Option<String> {
    let mut text = String::new();
    read(nodes, reader, &mut text).then_some(text)
}

fn read(nodes: &[Node], reader: &Reader, text: &mut String) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(run) => {
            text.push_str(run);
            true
        }
        Node::Choice(alternatives) => alternatives
            .iter()
            .find(|alternative| alternative.by.contains(reader))
            .is_some_and(|alternative| read(&alternative.nodes, reader, text)),
    })
}

/// Returns the number of bytes that the base reads in `node`.
pub(crate) fn base_len(node: &Node) -> usize {
    match node {
        Node::Text(text) => text.len(),
        Node::Choice(alternatives) => alternatives
            .iter()
            .find(|alternative| alternative.by.has_base())
            .map_or(0, |alternative| alternative.nodes.iter().map(base_len).sum()),
    }
}

/// Appends `text` to `nodes`, so that two texts never stand side by side and none is empty.
pub(crate) fn push_text(nodes: &mut Vec<Node>, text: &str) {
    match nodes.last_mut() {
        _ if text.is_empty() => {}
        Some(Node::Text(last)) => last.push_str(text),
        _ => nodes.push(Node::Text(text.to_owned())),
    }
}

/// A set of small numbers, all sets of one merge having the same room; up to 256 in place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Bits {
    near: [u64; 4],
    far: Vec<u64>,
}

impl Bits {
    /// Returns the empty set, with room for 0 to `len - 1`.
    pub(crate) fn none(len: usize) -> Self {
        Self { near: [0; 4], far: vec![0; len.div_ceil(64).saturating_sub(4)] }
    }

    /// Returns the set of 0 to `len - 1`.
    pub(crate) fn all(len: usize) -> Self {
        let mut bits = Self::none(len);
        for at in 0..len {
            bits.insert(at);
        }
        bits
    }

    fn word(&self, at: usize) -> u64 {
        match at {
            0..4 => self.near[at],
            _ => self.far.get(at - 4).copied().unwrap_or_default(),
        }
    }

    fn word_mut(&mut self, at: usize) -> &mut u64 {
        if at < 4 { &mut self.near[at] } else { &mut self.far[at - 4] }
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        self.near.iter().chain(&self.far).copied()
    }

    fn zip(mut self, other: &Self, f: impl Fn(u64, u64) -> u64) -> Self {
        for (at, word) in self.near.iter_mut().chain(&mut self.far).enumerate() {
            *word = f(*word, other.word(at));
        }
        self
    }

    pub(crate) fn insert(&mut self, at: usize) {
        *self.word_mut(at / 64) |= 1 << (at % 64);
    }

    pub(crate) fn remove(&mut self, at: usize) {
        *self.word_mut(at / 64) &= !(1 << (at % 64));
    }

    pub(crate) fn toggle(&mut self, at: usize) {
        *self.word_mut(at / 64) ^= 1 << (at % 64);
    }

    pub(crate) fn contains(&self, at: usize) -> bool {
        self.word(at / 64) >> (at % 64) & 1 == 1
    }

    pub(crate) fn len(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words().all(|word| word == 0)
    }

    pub(crate) fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words().enumerate().flat_map(|(at, word)| {
            std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)))
                .take_while(|&word| word != 0)
                .map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }

    /// Returns the members of `self` that are not in `other`.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.clone().zip(other, |a, b| a & !b)
    }

    /// Returns the members of either.
    pub(crate) fn or(&self, other: &Self) -> Self {
        self.clone().zip(other, |a, b| a | b)
    }

    /// Returns the members of both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        self.clone().zip(other, |a, b| a & b)
    }

    /// Drops the members that are not in `other`.
    pub(crate) fn retain(&mut self, other: &Self) {
        for (at, word) in self.near.iter_mut().chain(&mut self.far).enumerate() {
            *word &= other.word(at);
        }
    }
}
