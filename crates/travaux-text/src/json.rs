//! How a merge travels as JSON: the contract of `merge --json` (DESIGN section 7), and its reader.
//!
//! `{"base": "…", "sides": ["A"], "nodes": N, "printed": N, "cost": 12}`, where N is a list of
//! `{"text": "…"}` and `{"choice": [{"by": ["base", "A"], "nodes": N}]}`.
//!
//! **Invariant:** what is read back has been checked: each choice partitions those who reach it,
//! and every side reads the same in `nodes` and `printed`. The wire types stay in this module.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::merge::Merge;
use crate::node::{Alternative, NameError, Node, Reader, Readers, SideName, cost, side_of};
use crate::notation::DEPTH_MAX;

/// A merge as it is handed from program to program.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Merged {
    /// The base text.
    pub base: String,
    /// The names of the sides, in their order.
    pub sides: Vec<SideName>,
    /// The normal form.
    pub nodes: Vec<Node>,
    /// The printed form.
    pub printed: Vec<Node>,
    /// What reading the printed form costs.
    pub cost: u64,
}

impl Merged {
    /// Takes the normal and the printed form of `merge`.
    pub fn of(merge: &Merge) -> Self {
        let printed = merge.printed();
        Self {
            base: merge.base().to_owned(),
            sides: merge.sides().cloned().collect(),
            nodes: merge.nodes(),
            printed: printed.nodes,
            cost: printed.cost,
        }
    }

    /// Returns the text of the side `name`, to the byte.
    pub fn side(&self, name: &SideName) -> Option<String> {
        side_of(&self.nodes, &Reader::Side(name.clone()))
    }

    /// Writes the contract, on one line and without a line feed behind it.
    ///
    /// # Panics
    ///
    /// Never: strings, lists and numbers can always be written.
    pub fn to_json(&self) -> String {
        let wire = Wire {
            base: self.base.clone(),
            sides: self.sides.iter().map(|name| name.as_str().to_owned()).collect(),
            nodes: self.nodes.iter().map(WireNode::of).collect(),
            printed: self.printed.iter().map(WireNode::of).collect(),
            cost: self.cost,
        };
        serde_json::to_string(&wire).expect("strings, lists and numbers can always be written")
    }

    /// Reads what [`Self::to_json`] wrote, in any layout of white space.
    ///
    /// # Errors
    ///
    /// Refuses what is no JSON of this shape, and what breaks a promise of the contract.
    pub fn from_json(json: &str) -> Result<Self, MergedError> {
        if depth(json) > 4 * DEPTH_MAX {
            return Err(MergedError::TooDeep);
        }
        let mut reader = serde_json::Deserializer::from_str(json);
        reader.disable_recursion_limit();
        let wire = Wire::deserialize(&mut reader)
            .and_then(|wire| reader.end().map(|()| wire))
            .map_err(|error| MergedError::Json { what: error.to_string() })?;
        let name = |name: &String| SideName::new(name).map_err(MergedError::Name);
        let merged = Self {
            base: wire.base,
            sides: wire.sides.iter().map(name).collect::<Result<_, _>>()?,
            nodes: nodes(wire.nodes)?,
            printed: nodes(wire.printed)?,
            cost: wire.cost,
        };
        merged.check()?;
        Ok(merged)
    }

    fn check(&self) -> Result<(), MergedError> {
        if !self.sides.is_sorted_by(|a, b| a < b) {
            return Err(MergedError::Unsorted);
        }
        let sides = self.sides.iter().cloned().map(Reader::Side);
        let readers: BTreeSet<Reader> = std::iter::once(Reader::Base).chain(sides).collect();
        check_partition(&self.nodes, &readers)?;
        check_partition(&self.printed, &readers)?;
        for reader in &readers {
            let text = side_of(&self.nodes, reader);
            let is_right = text == side_of(&self.printed, reader)
                && (*reader != Reader::Base || text.as_ref() == Some(&self.base));
            if !is_right {
                return Err(MergedError::Differs { reader: reader.clone() });
            }
        }
        let is_cost = cost(&self.printed) == self.cost;
        if is_cost { Ok(()) } else { Err(MergedError::Cost { stated: self.cost }) }
    }
}

fn check_partition(nodes: &[Node], readers: &BTreeSet<Reader>) -> Result<(), MergedError> {
    for node in nodes {
        let Node::Choice(alternatives) = node else { continue };
        let mut left = readers.clone();
        for alternative in alternatives {
            let by: BTreeSet<Reader> = alternative.by.iter().collect();
            if let Some(stray) = by.iter().find(|reader| !left.remove(reader)) {
                return Err(MergedError::NoPartition { reader: stray.clone() });
            }
            check_partition(&alternative.nodes, &by)?;
        }
        if let Some(forgotten) = left.pop_first() {
            return Err(MergedError::NoPartition { reader: forgotten });
        }
    }
    Ok(())
}

/// Counts how deep lists and objects are nested, strings apart.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut is_escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Says why a JSON text is not a merge.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MergedError {
    /// It is no JSON, or of another shape.
    Json {
        /// What was expected, and at which line and column.
        what: String,
    },
    /// It is nested deeper than the contract needs.
    TooDeep,
    /// It names a side as no side can be named.
    Name(NameError),
    /// The names of its sides are not sorted, or one stands twice.
    Unsorted,
    /// At some choice a reader has no alternative, or two, or does not get there.
    NoPartition {
        /// Whose text cannot be read.
        reader: Reader,
    },
    /// A reader's text is not the same in `nodes`, in `printed` and, for the base, in `base`.
    Differs {
        /// Whose text it is.
        reader: Reader,
    },
    /// The stated cost is not that of `printed`.
    Cost {
        /// The cost that is stated.
        stated: u64,
    },
}

impl MergedError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Name(error) => error.hint(),
            _ => "write the file again with `travaux merge base.txt A=a.txt B=b.txt --json`",
        }
    }
}

impl fmt::Display for MergedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot read a merge from JSON: ")?;
        match self {
            Self::Json { what } => write!(f, "{what}"),
            Self::TooDeep => write!(f, "choices are nested more than {DEPTH_MAX} deep"),
            Self::Name(error) => write!(f, "{error}"),
            Self::Unsorted => f.write_str("`sides` is not sorted, or names a side twice"),
            Self::NoPartition { reader } => {
                write!(f, "at some choice `{reader}` does not have exactly one alternative")
            }
            Self::Differs { reader } => {
                write!(f, "the text of `{reader}` is not the same in all its places")
            }
            Self::Cost { stated } => write!(f, "`printed` does not cost {stated}"),
        }
    }
}

impl std::error::Error for MergedError {}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    base: String,
    sides: Vec<String>,
    nodes: Vec<WireNode>,
    printed: Vec<WireNode>,
    cost: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum WireNode {
    Text(String),
    Choice(Vec<WireAlternative>),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WireAlternative {
    by: Vec<String>,
    nodes: Vec<WireNode>,
}

impl WireNode {
    fn of(node: &Node) -> Self {
        match node {
            Node::Text(text) => Self::Text(text.clone()),
            Node::Choice(alternatives) => Self::Choice(
                alternatives
                    .iter()
                    .map(|alternative| WireAlternative {
                        by: alternative.by.iter().map(|reader| reader.to_string()).collect(),
                        nodes: alternative.nodes.iter().map(Self::of).collect(),
                    })
                    .collect(),
            ),
        }
    }
}

fn nodes(wire: Vec<WireNode>) -> Result<Vec<Node>, MergedError> {
    wire.into_iter()
        .map(|node| match node {
            WireNode::Text(text) => Ok(Node::Text(text)),
            WireNode::Choice(alternatives) => alternatives
                .into_iter()
                .map(alternative)
                .collect::<Result<_, _>>()
                .map(Node::Choice),
        })
        .collect()
}

fn alternative(wire: WireAlternative) -> Result<Alternative, MergedError> {
    let reader = |name: &String| match name.as_str() {
        "base" => Ok(Reader::Base),
        name => SideName::new(name).map(Reader::Side).map_err(MergedError::Name),
    };
    let by: Readers = wire.by.iter().map(reader).collect::<Result<_, _>>()?;
    Ok(Alternative { by, nodes: nodes(wire.nodes)? })
}
