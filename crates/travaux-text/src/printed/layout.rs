//! What has been issued: where brackets stand, in which form, and how alternatives are numbered.
//!
//! **Invariant:** a layout belongs to one base. It holds no words of any side but those that tell
//! the alternatives of an issued choice apart.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::node::{Alternative, Node, SideName, base_len};
use crate::notation::{un_text, unattributed};

/// Where the brackets of an issued text stand, and how their alternatives are numbered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Layout {
    tabled: Vec<SideName>,
    blocks: Vec<Block>,
    numbers: BTreeMap<Key, BTreeMap<String, u32>>,
}

/// A stretch of the base that is contested as one, and how it is printed.
///
/// Stretches are counted in places: place 0 is the gap in front of everything, place p is base token
/// p - 1 with the gap behind it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Block {
    /// The places that the block owns.
    pub places: Range<usize>,
    /// How it is printed.
    pub form: Form,
    /// A pinned block stays even where nothing in it is contested.
    pub pinned: Pinned,
}

/// How a block is printed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Form {
    /// As the normal form has it.
    Plain,
    /// Each distinct reading written out.
    SideBySide,
    /// Those who read nothing in all of it on one side; for the others, blocks within.
    StayOrLeave(Vec<Block>),
}

/// Who decided on a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pinned {
    /// The arrangement that cost least when it was first printed.
    No,
    /// A secretary, by [`Layout::pin`].
    Yes,
}

/// A choice, by where the base reads it: bytes before it, bytes the base reads in it, ordinal among
/// choices at the same place.
type Key = (usize, usize, usize);

impl Layout {
    /// Returns an empty layout: nothing has been issued. Alternatives will be numbered in the order
    /// in which their sides were tabled, earliest first; sides not named come last, by name.
    pub fn new(tabled: impl IntoIterator<Item = SideName>) -> Self {
        Self { tabled: tabled.into_iter().collect(), ..Self::default() }
    }

    /// Returns the same layout with the order of tabling as it is now; numbers given before stay.
    #[must_use]
    pub fn with_tabled(mut self, tabled: impl IntoIterator<Item = SideName>) -> Self {
        self.tabled = tabled.into_iter().collect();
        self
    }

    /// Returns the blocks that have been issued or pinned, in order of place.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Has `places` printed as `form`, from now on. Blocks inside `places` give way, unless the form
    /// is *stay or leave* without blocks of its own, which then takes them in.
    ///
    /// # Errors
    ///
    /// Fails, changing nothing, where there is no place, or a block is only partly inside.
    pub fn pin(&mut self, places: Range<usize>, form: Form) -> Result<(), LayoutError> {
        if places.is_empty() {
            return Err(LayoutError::NoPlace);
        }
        let meets =
            |block: &Block| block.places.start < places.end && places.start < block.places.end;
        let inside =
            |block: &Block| places.start <= block.places.start && block.places.end <= places.end;
        if let Some(cut) = self.blocks.iter().find(|block| meets(block) && !inside(block)) {
            return Err(LayoutError::CutsBlock { places, block: cut.places.clone() });
        }
        let (within, mut blocks): (Vec<Block>, Vec<Block>) =
            std::mem::take(&mut self.blocks).into_iter().partition(inside);
        let form = match form {
            Form::StayOrLeave(own) if own.is_empty() => {
                Form::StayOrLeave(within.into_iter().filter(|b| b.places != places).collect())
            }
            form => form,
        };
        blocks.push(Block { places, form, pinned: Pinned::Yes });
        blocks.sort_unstable_by_key(|block| block.places.start);
        self.blocks = blocks;
        Ok(())
    }

    /// Has the block at exactly `places` arranged anew; reports whether there is one.
    pub fn release(&mut self, places: &Range<usize>) -> bool {
        let before = self.blocks.len();
        self.blocks.retain(|block| block.places != *places);
        self.blocks.len() < before
    }

    /// Returns the numbers of the alternatives of each choice of `nodes`, choices in the order in
    /// which they open. The base's alternative is number 0; others count from 1 and keep their
    /// number for good.
    pub fn numbers(&self, nodes: &[Node]) -> Vec<Vec<u32>> {
        let mut numbers = Vec::new();
        for_each_choice(nodes, &mut |key, alternatives| {
            let given = self.numbers.get(&key);
            let number = |alternative: &Alternative| {
                if alternative.by.has_base() {
                    return 0;
                }
                given.and_then(|given| given.get(&mark(alternative))).copied().unwrap_or_default()
            };
            numbers.push(alternatives.iter().map(number).collect());
        });
        numbers
    }

    /// Returns what has been issued once `blocks` and `nodes` are.
    pub(super) fn issued(&self, blocks: Vec<Block>, nodes: &[Node]) -> Self {
        let mut layout = Self { blocks, ..self.clone() };
        let ranks: BTreeMap<&SideName, usize> = self.tabled.iter().zip(0..).collect();
        for_each_choice(nodes, &mut |key, alternatives| {
            let given = layout.numbers.entry(key).or_default();
            let mut new: Vec<_> = alternatives
                .iter()
                .filter(|alternative| !alternative.by.has_base())
                .map(|alternative| {
                    let rank = |name| ranks.get(name).copied().unwrap_or(usize::MAX);
                    (alternative.by.sides().map(|name| (rank(name), name)).min(), mark(alternative))
                })
                .filter(|(_, mark)| !given.contains_key(mark))
                .collect();
            new.sort_unstable();
            let last = given.values().max().copied().unwrap_or_default();
            given.extend(new.into_iter().map(|(_, mark)| mark).zip(last + 1..));
        });
        layout
    }
}

/// Returns what tells an alternative that the base does not read from others of its choice.
fn mark(alternative: &Alternative) -> String {
    un_text(&alternative.nodes, &unattributed)
}

/// Calls `f` for each choice with its key, in the order in which they open.
fn for_each_choice(nodes: &[Node], f: &mut impl FnMut(Key, &[Alternative])) {
    descend(nodes, 0, &mut None, f);
}

fn descend(
    nodes: &[Node],
    start: usize,
    last: &mut Option<Key>,
    f: &mut impl FnMut(Key, &[Alternative]),
) {
    let mut at = start;
    for node in nodes {
        let len = base_len(node);
        if let Node::Choice(alternatives) = node {
            let ordinal = match last {
                Some((before, before_len, ordinal)) if (*before, *before_len) == (at, len) => {
                    *ordinal + 1
                }
                _ => 0,
            };
            let key = (at, len, ordinal);
            *last = Some(key);
            f(key, alternatives);
            for alternative in alternatives {
                descend(&alternative.nodes, at, last, f);
            }
        }
        at += len;
    }
}

/// Says why a block could not be pinned.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LayoutError {
    /// The range of places is empty.
    NoPlace,
    /// A block is partly inside the range.
    CutsBlock {
        /// What was to be pinned.
        places: Range<usize>,
        /// What it would cut.
        block: Range<usize>,
    },
}

impl LayoutError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoPlace => "a block owns at least one place; place 0 is the gap at the start",
            Self::CutsBlock { .. } => {
                "release that block first, or pin a range that holds it whole"
            }
        }
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlace => f.write_str("cannot pin a block: it owns no place"),
            Self::CutsBlock { places, block } => write!(
                f,
                "cannot pin places {} to {}: the issued block of places {} to {} is only partly inside",
                places.start, places.end, block.start, block.end
            ),
        }
    }
}

impl std::error::Error for LayoutError {}
