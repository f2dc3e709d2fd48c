//! What leans on a provision, straight and through others, and what is left without it.
//!
//! A provision leans on another if its words name it, a part of it, or the article it is part of. A
//! reference to a chapter or to the whole text names no one article, so that nothing leans through
//! it; nor does a provision lean on what it stands in itself ("this article").

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::graph::{Edge, Occurrence, References};
use crate::provision::{ProvisionId, ProvisionKind};

/// One step from the provision whose words name another to the one named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hop {
    /// Where the words stand.
    pub from: ProvisionId,
    /// What they name.
    pub to: ProvisionId,
    /// The number of the occurrence among all.
    pub occurrence: usize,
    /// The number of the pointer in it.
    pub pointer: usize,
}

/// A provision that leans on another, with the shortest way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lean {
    /// The provision.
    pub at: ProvisionId,
    /// The steps to the one leaned on: one where it names it straight.
    pub path: Vec<Hop>,
}

/// All that leans on a provision.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Leaning {
    /// Those that name it, in document order.
    pub straight: Vec<Lean>,
    /// Those that name one which leans on it, in document order.
    pub through: Vec<Lean>,
}

impl Leaning {
    /// Iterates over all of them, the straight first.
    pub fn all(&self) -> impl Iterator<Item = &Lean> {
        self.straight.iter().chain(&self.through)
    }
}

/// A reference that points at nothing once a provision is gone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap<'a> {
    /// The reference.
    pub occurrence: &'a Occurrence,
    /// What it names that is gone, in document order.
    pub gone: Vec<ProvisionId>,
    /// Whether it names something that is still there.
    pub is_partial: bool,
}

impl References {
    /// Returns what leans on a provision, in the text before any proposal is taken up.
    pub fn leaning(&self, on: &ProvisionId) -> Leaning {
        let mut reached: BTreeMap<ProvisionId, Vec<Hop>> = BTreeMap::new();
        let edges: Vec<Edge<'_>> = self.leaning_edges(Some(on)).collect();
        let mut next = VecDeque::from([(on.clone(), Vec::<Hop>::new())]);
        while let Some((to, path)) = next.pop_front() {
            for edge in edges.iter().filter(|edge| self.concerns(edge.to, &to)) {
                let is_known = reached.contains_key(edge.from);
                if is_known || self.structure.is_within(edge.from, on) {
                    continue;
                }
                let hop = Hop {
                    from: edge.from.clone(),
                    to: edge.to.clone(),
                    occurrence: edge.occurrence,
                    pointer: edge.pointer,
                };
                let path: Vec<Hop> = std::iter::once(hop).chain(path.iter().cloned()).collect();
                reached.insert(edge.from.clone(), path.clone());
                next.push_back((edge.from.clone(), path));
            }
        }
        let mut leaning = Leaning::default();
        for row in self.structure.rows() {
            if let Some(path) = reached.remove(&row.id) {
                let lean = Lean { at: row.id.clone(), path };
                let list = match lean.path.as_slice() {
                    [_] => &mut leaning.straight,
                    _ => &mut leaning.through,
                };
                list.push(lean);
            }
        }
        leaning
    }

    /// Returns what a provision leans on, with the shortest way to each, in the order of the steps.
    pub fn leans_on(&self, from: &ProvisionId) -> Vec<Lean> {
        let edges: Vec<Edge<'_>> = self.leaning_edges(None).collect();
        let mut reached: BTreeSet<ProvisionId> = BTreeSet::new();
        let mut found = Vec::new();
        let mut next = VecDeque::from([(from.clone(), Vec::<Hop>::new())]);
        while let Some((at, path)) = next.pop_front() {
            let own = edges.iter().filter(|edge| self.structure.is_within(edge.from, &at));
            for edge in own {
                if self.structure.is_within(edge.to, from) || !reached.insert(edge.to.clone()) {
                    continue;
                }
                let hop = Hop {
                    from: edge.from.clone(),
                    to: edge.to.clone(),
                    occurrence: edge.occurrence,
                    pointer: edge.pointer,
                };
                let path: Vec<Hop> = path.iter().cloned().chain([hop]).collect();
                found.push(Lean { at: edge.to.clone(), path: path.clone() });
                next.push_back((edge.to.clone(), path));
            }
        }
        found
    }

    /// Returns the references that point at nothing, in whole or in part, without a provision and
    /// all under it; in document order.
    pub fn without(&self, gone: &ProvisionId) -> Vec<Gap<'_>> {
        let is_gone = |id: &ProvisionId| self.structure.is_within(id, gone);
        let standing = self.occurrences.iter().filter(|one| !is_gone(&one.at));
        let gaps = standing.filter_map(|occurrence| {
            let (gone, left): (Vec<_>, Vec<_>) = occurrence
                .resolved
                .iter()
                .flat_map(|one| &one.targets)
                .cloned()
                .partition(|target| is_gone(target));
            let whole = occurrence.resolved.iter().any(|one| one.whole);
            let is_partial = whole || !left.is_empty();
            (!gone.is_empty()).then_some(Gap { occurrence, gone, is_partial })
        });
        gaps.collect()
    }

    /// Iterates over the references by which one provision leans on another; those to a chapter
    /// only where it is `on`, the chapter asked about.
    fn leaning_edges(&self, on: Option<&ProvisionId>) -> impl Iterator<Item = Edge<'_>> {
        self.edges().filter(move |edge| {
            let names_one = self.structure.row(edge.to).is_some_and(|row| !is_wide(row.kind));
            (names_one || Some(edge.to) == on)
                && self.occurrences[edge.occurrence].is_in_base()
                && !self.structure.is_within(edge.from, edge.to)
        })
    }

    /// Reports whether a reference to `named` concerns `on`: it is it, a part of it, or what it is
    /// part of.
    fn concerns(&self, named: &ProvisionId, on: &ProvisionId) -> bool {
        self.structure.is_within(named, on) || self.structure.is_within(on, named)
    }
}

/// Reports whether a rank holds articles, so that naming it names none of them.
fn is_wide(kind: ProvisionKind) -> bool {
    matches!(kind, ProvisionKind::Chapter | ProvisionKind::Section)
}
