//! The greatest sets of things that do not conflict pairwise, in a fixed order and number.
//!
//! It knows numbers and conflicts only, not what they stand for.

use std::collections::BTreeSet;

/// The most readings of one provision that are searched for one by one.
///
/// Beyond it each proposal that stands in none of those found gets one reading more, so that no
/// proposal is passed over, and the rest is said to be left out.
pub const READINGS_MAX: usize = 64;

/// The most steps of the search: it bounds the work where conflicts are many.
const STEPS_MAX: usize = 16_384;

/// Whether all readings are given.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Completeness {
    /// Every reading there is.
    All,
    /// More than [`READINGS_MAX`]: each proposal stands in at least one of those given.
    EachProposalOnce,
}

/// Lists the greatest sets of `0..conflicts.len()` without two that conflict, least first.
///
/// Without anything to choose from there is one set, the empty one. `conflicts` is symmetric.
pub(crate) fn maximal_sets(conflicts: &[BTreeSet<usize>]) -> (Vec<Vec<usize>>, Completeness) {
    // What conflicts with nothing is in every set and stays out of the search.
    let free: Vec<usize> = (0..conflicts.len()).filter(|&at| conflicts[at].is_empty()).collect();
    let bound: Vec<usize> = (0..conflicts.len()).filter(|&at| !conflicts[at].is_empty()).collect();
    let mut search = Search { conflicts, found: Vec::new(), steps: 0, exhausted: false };
    search.extend(&mut Vec::new(), bound.clone(), Vec::new());
    let mut completeness = Completeness::All;
    if search.exhausted {
        completeness = Completeness::EachProposalOnce;
        for &at in &bound {
            if !search.found.iter().any(|set| set.contains(&at)) {
                search.found.push(greedy(at, &bound, conflicts));
            }
        }
    }
    let mut found = search.found;
    for set in &mut found {
        set.extend(&free);
        set.sort_unstable();
    }
    found.sort_unstable();
    found.dedup();
    (found, completeness)
}

struct Search<'a> {
    conflicts: &'a [BTreeSet<usize>],
    found: Vec<Vec<usize>>,
    steps: usize,
    exhausted: bool,
}

impl Search<'_> {
    /// Extends `chosen` by `open` in every way; `passed` could be added too but has been tried
    /// (the Bron-Kerbosch search with pivoting, on the graph of what does not conflict).
    fn extend(&mut self, chosen: &mut Vec<usize>, mut open: Vec<usize>, mut passed: Vec<usize>) {
        self.steps += 1;
        if open.is_empty() {
            if passed.is_empty() {
                self.exhausted |= self.found.len() == READINGS_MAX;
                if !self.exhausted {
                    self.found.push(chosen.clone());
                }
            }
            return;
        }
        // Some set must hold the pivot or something that conflicts with it.
        let pivot = open
            .iter()
            .chain(&passed)
            .copied()
            .min_by_key(|&at| open.iter().filter(|other| self.excludes(at, **other)).count())
            .expect("something is open");
        let branches: Vec<usize> =
            open.iter().copied().filter(|&at| self.excludes(pivot, at)).collect();
        for branch in branches {
            if self.steps >= STEPS_MAX {
                self.exhausted = true;
            }
            if self.exhausted {
                return;
            }
            let fits = |list: &[usize]| -> Vec<usize> {
                list.iter().copied().filter(|&at| !self.excludes(branch, at)).collect()
            };
            let (open_with, passed_with) = (fits(&open), fits(&passed));
            chosen.push(branch);
            self.extend(chosen, open_with, passed_with);
            chosen.pop();
            open.retain(|&at| at != branch);
            passed.push(branch);
        }
    }

    /// Reports whether two cannot both be chosen; nothing is chosen twice.
    fn excludes(&self, at: usize, other: usize) -> bool {
        at == other || self.conflicts[at].contains(&other)
    }
}

fn greedy(first: usize, bound: &[usize], conflicts: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut set = vec![first];
    for &at in bound {
        if at != first && set.iter().all(|chosen| !conflicts[at].contains(chosen)) {
            set.push(at);
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn graph(len: usize, edges: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
        let mut conflicts = vec![BTreeSet::new(); len];
        for &(a, b) in edges {
            if a != b && a < len && b < len {
                conflicts[a].insert(b);
                conflicts[b].insert(a);
            }
        }
        conflicts
    }

    /// The oracle tries every subset.
    fn every_maximal_set(conflicts: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
        let len = conflicts.len();
        let members =
            |bits: u32| -> Vec<usize> { (0..len).filter(|at| bits >> at & 1 == 1).collect() };
        let fits = |set: &[usize]| {
            set.iter().all(|at| set.iter().all(|other| !conflicts[*at].contains(other)))
        };
        let mut sets: Vec<Vec<usize>> = (0..1_u32 << len)
            .map(members)
            .filter(|set| {
                let bigger = |at: usize| {
                    let mut set = set.clone();
                    set.push(at);
                    fits(&set)
                };
                fits(set) && (0..len).all(|at| set.contains(&at) || !bigger(at))
            })
            .collect();
        sets.sort_unstable();
        sets
    }

    proptest! {
        #[test]
        fn the_search_finds_what_trying_every_subset_finds(
            len in 0_usize..8,
            edges in proptest::collection::vec((0_usize..8, 0_usize..8), 0..16),
        ) {
            let conflicts = graph(len, &edges);
            let (sets, completeness) = maximal_sets(&conflicts);
            prop_assert_eq!(completeness, Completeness::All);
            prop_assert_eq!(sets, every_maximal_set(&conflicts));
        }
    }

    #[test]
    fn without_conflicts_there_is_one_set() {
        assert_eq!(maximal_sets(&graph(3, &[])).0, [[0, 1, 2]]);
        assert_eq!(maximal_sets(&graph(0, &[])).0, [Vec::<usize>::new()]);
    }

    /// Forty pairs have 2^40 sets; none of the eighty may be passed over.
    #[test]
    fn forty_pairs_do_not_explode_and_each_thing_stands_in_a_set() {
        let pairs: Vec<(usize, usize)> = (0..40).map(|at| (2 * at, 2 * at + 1)).collect();
        let (sets, completeness) = maximal_sets(&graph(80, &pairs));
        assert_eq!(completeness, Completeness::EachProposalOnce);
        assert!(sets.len() <= READINGS_MAX + 80, "{} sets", sets.len());
        for at in 0..80 {
            assert!(sets.iter().any(|set| set.contains(&at)), "{at} stands in no set");
        }
        for set in &sets {
            assert!(pairs.iter().all(|(a, b)| !(set.contains(a) && set.contains(b))));
        }
    }
}
