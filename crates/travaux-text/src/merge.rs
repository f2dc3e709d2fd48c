//! What many sides make of one base: which of its tokens each deletes, and what it inserts where.
//!
//! The kernel (DESIGN section 5) is two tables. D(i) holds the sides that do not keep base token i;
//! I(g) holds, for gap g in front of token g, what sides insert there. Its laws, each held by a
//! property in `tests/it/laws.rs`: *Side* (every side is given back to the byte), *Order*, *Union*,
//! *Withdrawal*, *Locality*, and *Silence is not consent* (the base contributes nothing).
//!
//! **Invariant:** a side is a text and a name. Who sponsors or supports it, and what the body has
//! agreed, is not known here, so a sponsor's leaving changes no text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::node::SideName;
use crate::printed::Printed;

mod base;
mod lexicon;

use self::base::Base;

/// One base and the sides over it, keyed by name: a value that does not remember in which order
/// sides were tabled.
#[derive(Clone)]
pub struct Merge {
    base: Arc<Base>,
    sides: BTreeMap<SideName, SideChange>,
    /// The base tokens that stand in brackets without an alternative: maximal or nested, never
    /// crossing, the shortest first.
    asked: Vec<Range<usize>>,
    /// Its printed form, once somebody has asked for it; see [`Merge::laid_out`].
    laid_out: OnceLock<Arc<Printed>>,
}

/// What one side changes in the base.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SideChange {
    deleted: Vec<Range<usize>>,
    inserted: Vec<(usize, String)>,
}

impl SideChange {
    /// Returns the maximal ranges of base tokens that the side deletes, in order.
    pub fn deleted(&self) -> &[Range<usize>] {
        &self.deleted
    }

    /// Returns what the side inserts, by gap; each string is not empty.
    pub fn inserted(&self) -> impl Iterator<Item = (usize, &str)> + '_ {
        self.inserted.iter().map(|(gap, text)| (*gap, text.as_str()))
    }

    /// Reports whether the side changes nothing: it equals the base, a *no change*.
    pub fn is_none(&self) -> bool {
        self.deleted.is_empty() && self.inserted.is_empty()
    }

    /// Returns what the side inserts at `gap`, if anything.
    pub fn insertion(&self, gap: usize) -> Option<&str> {
        let at = self.inserted.binary_search_by_key(&gap, |(gap, _)| *gap).ok()?;
        Some(&self.inserted[at].1)
    }

    /// Reports whether the side does not keep base token `token`.
    pub fn deletes(&self, token: usize) -> bool {
        let after = self.deleted.partition_point(|range| range.end <= token);
        self.deleted.get(after).is_some_and(|range| range.contains(&token))
    }
}

impl Merge {
    /// Puts `base` on the table, with no side over it.
    pub fn new(base: &str) -> Self {
        let base = Arc::new(Base::new(base));
        Self { base, sides: BTreeMap::new(), asked: Vec::new(), laid_out: OnceLock::new() }
    }

    /// Merges `sides` over `base`, in any order.
    ///
    /// # Errors
    ///
    /// Sides are keyed by name: one name cannot stand for two of them.
    pub fn with_sides<'a>(
        base: &str,
        sides: impl IntoIterator<Item = (SideName, &'a str)>,
    ) -> Result<Self, MergeError> {
        let mut merge = Self::new(base);
        for (name, text) in sides {
            merge.table(name, text)?;
        }
        Ok(merge)
    }

    /// Tables `text` as the side `name`.
    ///
    /// # Errors
    ///
    /// Fails, changing nothing, where a side of that name is on the table.
    pub fn table(&mut self, name: SideName, text: &str) -> Result<(), MergeError> {
        if self.sides.contains_key(&name) {
            return Err(MergeError::SideExists { name });
        }
        let change = self.base.change(text);
        self.sides.insert(name, change);
        self.laid_out.take();
        Ok(())
    }

    /// Takes the side `name` off the table; reports whether it was there.
    pub fn withdraw(&mut self, name: &SideName) -> bool {
        let was_there = self.sides.remove(name).is_some();
        if was_there {
            self.laid_out.take();
        }
        was_there
    }

    /// Returns the merge of the sides of both; pointwise union of D and I.
    ///
    /// # Errors
    ///
    /// Both must lie over the same base, and sides of the same name must be equal.
    pub fn union(&self, other: &Self) -> Result<Self, MergeError> {
        if self.base.text != other.base.text {
            return Err(MergeError::BasesDiffer);
        }
        let mut union = self.clone();
        union.laid_out.take();
        for (name, change) in &other.sides {
            match union.sides.insert(name.clone(), change.clone()) {
                Some(own) if own != *change => {
                    return Err(MergeError::SidesDiffer { name: name.clone() });
                }
                Some(_) | None => {}
            }
        }
        Ok(union)
    }

    /// Puts brackets without an alternative around words of the base, in place of those asked for
    /// before; none means the whole base.
    ///
    /// They change no side and stand in the printed form alone. Words that do not stand exactly
    /// once in the base, as whole words, bracket all of it (see [`stands_once`]); brackets that
    /// would cross become one pair around both.
    pub fn bracket<'w>(&mut self, asked: impl IntoIterator<Item = Option<&'w str>>) {
        let all = 0..self.base.len();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for words in asked {
            let found = words.and_then(|words| self.base.find_once(words));
            let mut range = found.unwrap_or(all.clone());
            // What a range takes in may make it cross another.
            while let Some(at) = ranges.iter().position(|other| cross(other, &range)) {
                let other = ranges.swap_remove(at);
                range = range.start.min(other.start)..range.end.max(other.end);
            }
            if !range.is_empty() && !ranges.contains(&range) {
                ranges.push(range);
            }
        }
        ranges.sort_by_key(|range| (range.len(), range.start));
        if self.asked != ranges {
            self.asked = ranges;
            self.laid_out.take();
        }
    }

    /// Returns the printed form, nothing having been issued before: worked out when it is first
    /// asked for, shared by copies, and forgotten when a side or a bracket changes it.
    pub fn laid_out(&self) -> &Printed {
        self.laid_out.get_or_init(|| Arc::new(self.printed()))
    }

    /// Takes over the printed form of an equal merge, where that has been worked out.
    pub fn lay_out_as(&self, other: &Self) {
        if let Some(printed) = other.laid_out.get()
            && self.laid_out.get().is_none()
            && self == other
        {
            // Where another was faster, it worked out the same.
            drop(self.laid_out.set(Arc::clone(printed)));
        }
    }

    /// Returns where brackets without an alternative stand in the base, in bytes, the shortest
    /// first: no two cross.
    pub(crate) fn asked(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.asked.iter().map(|range| self.base.bytes(range.clone()))
    }

    /// Returns the base text.
    pub fn base(&self) -> &str {
        &self.base.text
    }

    /// Returns the number of tokens of the base; gaps are numbered from 0 up to it.
    pub fn base_len(&self) -> usize {
        self.base.len()
    }

    /// Returns the text of a range of base tokens.
    ///
    /// # Panics
    ///
    /// Panics where the range does not lie within 0 to [`Self::base_len`].
    pub fn base_text(&self, range: Range<usize>) -> &str {
        self.base.tokens(range)
    }

    /// Iterates over the names of the sides, in their order.
    pub fn sides(&self) -> impl Iterator<Item = &SideName> + '_ {
        self.sides.keys()
    }

    /// Iterates over the sides and what each changes, by name.
    pub fn changes(&self) -> impl Iterator<Item = (&SideName, &SideChange)> + '_ {
        self.sides.iter()
    }

    /// Returns what the side `name` changes.
    pub fn change(&self, name: &SideName) -> Option<&SideChange> {
        self.sides.get(name)
    }

    /// Returns the text of the side `name`: for each gap what it inserts, then the token unless it
    /// deletes it.
    pub fn side(&self, name: &SideName) -> Option<String> {
        self.sides.get(name).map(|change| self.base.apply(change))
    }

    /// Returns D(`token`): the sides that do not keep that base token.
    pub fn deleters(&self, token: usize) -> BTreeSet<SideName> {
        self.sides
            .iter()
            .filter(|(_, change)| change.deletes(token))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Returns I(`gap`): what sides insert in front of base token `gap`, or at the end.
    pub fn insertions(&self, gap: usize) -> BTreeMap<SideName, String> {
        self.sides
            .iter()
            .filter_map(|(name, change)| Some((name.clone(), change.insertion(gap)?.to_owned())))
            .collect()
    }
}

impl PartialEq for Merge {
    fn eq(&self, other: &Self) -> bool {
        self.base.text == other.base.text && self.sides == other.sides && self.asked == other.asked
    }
}

impl Eq for Merge {}

impl fmt::Debug for Merge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = self.sides.iter().map(|(name, change)| (name, self.base.apply(change)));
        f.debug_map().entry(&"base", &self.base.text).entries(texts).finish()
    }
}

/// Returns where `words` stand in `text`, in bytes, if they stand there exactly once as whole words.
///
/// Brackets can be asked for around such words alone: "shall" does not stand in "marshalled", and
/// where it stands twice nobody can tell which is meant.
pub fn stands_once(text: &str, words: &str) -> Option<Range<usize>> {
    let base = Base::new(text);
    base.find_once(words).map(|range| base.bytes(range))
}

/// Reports whether two ranges overlap and neither holds the other.
fn cross(one: &Range<usize>, other: &Range<usize>) -> bool {
    let overlap = one.start < other.end && other.start < one.end;
    let holds = |a: &Range<usize>, b: &Range<usize>| a.start <= b.start && b.end <= a.end;
    overlap && !holds(one, other) && !holds(other, one)
}

/// Says why sides could not be put over a base together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MergeError {
    /// A side of that name is already on the table.
    SideExists {
        /// The name that two sides claim.
        name: SideName,
    },
    /// Two merges hold different texts under one name.
    SidesDiffer {
        /// The name that two sides claim.
        name: SideName,
    },
    /// Two merges lie over different bases.
    BasesDiffer,
}

impl MergeError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::SideExists { .. } => {
                "withdraw the first, or give the second a name of its own: one side per proposal"
            }
            Self::SidesDiffer { .. } => "rename one of them: a name stands for one text",
            Self::BasesDiffer => "carry the sides of one merge over to the other's base first",
        }
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SideExists { name } => {
                write!(f, "cannot table side `{name}`: a side of that name is on the table")
            }
            Self::SidesDiffer { name } => {
                write!(f, "cannot unite two merges: side `{name}` reads differently in each")
            }
            Self::BasesDiffer => {
                f.write_str("cannot unite two merges: they lie over different base texts")
            }
        }
    }
}

impl std::error::Error for MergeError {}
