//! A wording put together from words on the table, and from nothing else.
//!
//! Where the text stands in brackets, the reading that most proposals have is taken, the base's at equal
//! numbers. It is an illustration: nobody proposed it as a whole, and numbers of proposals are not
//! support.

use std::collections::BTreeSet;

use crate::merge::Merge;
use crate::node::{Node, Reader, side_of};

/// A stretch of a compromise, and whose words it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CompromisePiece {
    /// The words.
    pub text: String,
    /// Those who read so; none where all do.
    pub by: Vec<Reader>,
}

/// A wording put together from words on the table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Compromise {
    /// The stretches, in order; together they are the wording.
    pub pieces: Vec<CompromisePiece>,
    /// Those whose whole wording it happens to be; none where nobody put it forward.
    pub is_that_of: Vec<Reader>,
}

impl Compromise {
    /// Puts a wording together from what is on the table.
    pub fn of(merge: &Merge) -> Self {
        let mut pieces = Vec::new();
        choose(&merge.nodes(), &[], &mut pieces);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let nodes = merge.nodes();
        let readers = std::iter::once(Reader::Base)
            .chain(merge.sides().map(|side| Reader::Side(side.clone())));
        let is_its = |reader: &Reader| side_of(&nodes, reader).as_deref() == Some(text.as_str());
        let is_that_of = readers.filter(is_its).collect();
        Self { pieces, is_that_of }
    }

    /// Returns the wording.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

fn choose(nodes: &[Node], by: &[Reader], pieces: &mut Vec<CompromisePiece>) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                pieces.push(CompromisePiece { text: text.clone(), by: by.to_vec() });
            }
            Node::Choice(alternatives) => {
                let count = |at: &usize| alternatives[*at].by.sides().count();
                let has_base = |at: &usize| alternatives[*at].by.has_base();
                let places: Vec<usize> = (0..alternatives.len()).collect();
                let best = places.iter().max_by_key(|at| {
                    // At equal numbers the base, then the alternative named first.
                    (count(at), has_base(at), std::cmp::Reverse(**at))
                });
                let Some(best) = best.map(|at| &alternatives[*at]) else { continue };
                let base = best.by.has_base().then_some(Reader::Base);
                let sides = best.by.sides().map(|side| Reader::Side(side.clone()));
                let by: Vec<Reader> = base.into_iter().chain(sides).collect();
                choose(&best.nodes, &by, pieces);
            }
        }
    }
    let texts: BTreeSet<usize> =
        (0..pieces.len()).filter(|at| pieces[*at].text.is_empty()).collect();
    let mut at = 0;
    pieces.retain(|_| {
        at += 1;
        !texts.contains(&(at - 1))
    });
}
