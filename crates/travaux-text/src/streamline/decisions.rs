//! The fewest decisions that free the most text.
//!
//! To decide is to settle one proposal, whichever way. A stretch of text is free when every proposal that
//! holds it in brackets is settled: words that several proposals would change are free only when all of
//! them are. For so many decisions, the set is sought that frees the most words. Proposals that share no
//! stretch are independent; a group of up to [`EXACT_MAX`] is solved exactly, a larger one step by step,
//! and then a bound says how much more could be freed at most.

use std::collections::{BTreeMap, BTreeSet};

use crate::merge::Merge;
use crate::rolling::{Origin, ProposalKey, RollingProvision};
use crate::token::words;

/// Up to how many proposals that hang together the best set is found for certain.
pub const EXACT_MAX: usize = 16;

/// The best that some number of decisions can free.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DecisionPlan {
    /// The proposals to settle, by key.
    pub settle: Vec<ProposalKey>,
    /// How many words they free.
    pub freed: u64,
    /// How many words any such number of decisions can free at most; `freed` where it is exact.
    pub bound: u64,
}

/// What one more decision adds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DecisionStep {
    /// How many decisions.
    pub decisions: usize,
    /// The words freed by the best so many.
    pub freed: u64,
}

/// What decisions would free.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions {
    /// The words that stand in brackets.
    pub bracketed: u64,
    /// The best plan for each number of decisions, from one up to all.
    pub plans: Vec<DecisionPlan>,
}

impl Decisions {
    /// Returns the plan after which a further decision frees less than the average one so far: where the
    /// most is won for the least.
    pub fn worth_most(&self) -> Option<&DecisionPlan> {
        let share = |at: usize| self.plans[at].freed / (at as u64 + 1);
        let best = (0..self.plans.len()).max_by_key(|at| (share(*at), *at));
        best.map(|at| &self.plans[at])
    }

    /// Returns the least number of decisions that frees so much of the text, in percent.
    pub fn to_free(&self, percent: u64) -> Option<&DecisionPlan> {
        self.plans.iter().find(|plan| plan.freed * 100 >= self.bracketed * percent)
    }
}

/// Words held in brackets by exactly these proposals, by place in a list of proposals.
type Held = BTreeMap<BTreeSet<usize>, u64>;

/// Finds the best decisions on some provisions.
pub(super) fn decisions(standing: &[RollingProvision<'_>]) -> Decisions {
    let mut held: BTreeMap<BTreeSet<ProposalKey>, u64> = BTreeMap::new();
    for met in standing {
        let mut whole: BTreeSet<ProposalKey> = met.suppressed_by().cloned().collect();
        whole.extend(met.covered_by().into_iter().cloned());
        if let Origin::Added { by, .. } = met.origin() {
            whole.insert(by.clone());
        }
        hold(met.text(), &whole, &mut held);
        hold(met.heading(), &whole, &mut held);
    }
    solve(&held)
}

/// Adds the words of a text to those that hold them.
fn hold(
    merge: &Merge,
    whole: &BTreeSet<ProposalKey>,
    held: &mut BTreeMap<BTreeSet<ProposalKey>, u64>,
) {
    let mut add = |by: BTreeSet<ProposalKey>, count: u64| {
        if count > 0 && !by.is_empty() {
            *held.entry(by).or_default() += count;
        }
    };
    for token in 0..merge.base_len() {
        let mut by = merge.deleters(token);
        by.extend(whole.iter().cloned());
        add(by, words(merge.base_text(token..token + 1)));
    }
    for gap in 0..=merge.base_len() {
        let mut strings: BTreeMap<String, BTreeSet<ProposalKey>> = BTreeMap::new();
        for (side, string) in merge.insertions(gap) {
            strings.entry(string).or_default().insert(side);
        }
        // Of several strings in one gap each is open until all that compete for it are settled.
        let all: BTreeSet<ProposalKey> = strings.values().flatten().cloned().collect();
        for string in strings.keys() {
            let mut by = all.clone();
            by.extend(whole.iter().cloned());
            add(by, words(string));
        }
    }
}

/// Finds the best plan for each number of decisions.
pub(super) fn solve(held: &BTreeMap<BTreeSet<ProposalKey>, u64>) -> Decisions {
    let keys: BTreeSet<&ProposalKey> = held.keys().flatten().collect();
    let keys: Vec<&ProposalKey> = keys.into_iter().collect();
    let place: BTreeMap<&ProposalKey, usize> =
        keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let held: Held = held
        .iter()
        .map(|(by, count)| (by.iter().map(|key| place[key]).collect(), *count))
        .collect();
    let mut best: Vec<Best> = vec![Best::default()];
    for group in groups(keys.len(), &held) {
        let own: Held = held
            .iter()
            .filter(|(by, _)| by.iter().any(|at| group.contains(at)))
            .map(|(by, count)| (by.clone(), *count))
            .collect();
        let plans = if group.len() <= EXACT_MAX {
            exactly(&group, &own)
        } else {
            step_by_step(&group, &own)
        };
        best = joined(&best, &plans);
    }
    let plans = best.into_iter().skip(1).map(|best| DecisionPlan {
        settle: best.settle.iter().map(|at| keys[*at].clone()).collect(),
        freed: best.freed,
        bound: best.bound,
    });
    Decisions { bracketed: held.values().sum(), plans: plans.collect() }
}

/// The best found for a number of decisions.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Best {
    settle: BTreeSet<usize>,
    freed: u64,
    bound: u64,
}

/// Returns the groups of proposals that hang together by a stretch that both hold.
fn groups(count: usize, held: &Held) -> Vec<BTreeSet<usize>> {
    let mut group: Vec<usize> = (0..count).collect();
    for by in held.keys() {
        let Some(first) = by.first().map(|at| group[*at]) else { continue };
        let met: BTreeSet<usize> = by.iter().map(|at| group[*at]).collect();
        for own in &mut group {
            if met.contains(own) {
                *own = first;
            }
        }
    }
    let mut all: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, group) in group.into_iter().enumerate() {
        all.entry(group).or_default().insert(at);
    }
    all.into_values().collect()
}

/// Tries every set of a group.
fn exactly(group: &BTreeSet<usize>, held: &Held) -> Vec<Best> {
    let members: Vec<usize> = group.iter().copied().collect();
    let bit =
        |at: &usize| members.iter().position(|own| own == at).map_or(0, |place| 1_u32 << place);
    let mut freed = vec![0_u64; 1 << members.len()];
    for (by, count) in held {
        let mask: u32 = by.iter().map(bit).sum();
        freed[mask as usize] += count;
    }
    // The words freed by a set are those held by its subsets.
    for place in 0..members.len() {
        for set in 0..freed.len() {
            if set & (1 << place) != 0 {
                freed[set] += freed[set ^ (1 << place)];
            }
        }
    }
    let mut best: Vec<Option<(u64, usize)>> = vec![None; members.len() + 1];
    for (set, words) in freed.iter().enumerate() {
        let size = set.count_ones() as usize;
        if best[size].is_none_or(|(most, _)| *words > most) {
            best[size] = Some((*words, set));
        }
    }
    let plan = |(freed, set): (u64, usize)| {
        let chosen = members.iter().enumerate().filter(|(place, _)| set & (1 << place) != 0);
        Best { settle: chosen.map(|(_, at)| *at).collect(), freed, bound: freed }
    };
    best.into_iter().flatten().map(plan).collect()
}

/// Settles, step by step, the stretch that frees the most words for each further decision.
fn step_by_step(group: &BTreeSet<usize>, held: &Held) -> Vec<Best> {
    // A freed stretch has all its holders settled: shared among them, its words bound what any set frees.
    let mut shares: Vec<f64> = Vec::new();
    for at in group {
        let own = held.iter().filter(|(by, _)| by.contains(at));
        shares.push(own.map(|(by, count)| ratio(*count, by.len())).sum());
    }
    shares.sort_by(|a, b| b.total_cmp(a));
    let total: u64 = held.values().sum();
    let bound = |count: usize| {
        let most: f64 = shares.iter().take(count).sum();
        let reachable: u64 =
            held.iter().filter(|(by, _)| by.len() <= count).map(|(_, words)| words).sum();
        whole(most).min(reachable).min(total)
    };
    let freed_by = |settle: &BTreeSet<usize>| -> u64 {
        held.iter().filter(|(by, _)| by.is_subset(settle)).map(|(_, count)| count).sum()
    };
    let mut plans = vec![Best::default()];
    let mut settle: BTreeSet<usize> = BTreeSet::new();
    while settle.len() < group.len() {
        let next = held
            .keys()
            .filter_map(|by| {
                let more: BTreeSet<usize> = by.difference(&settle).copied().collect();
                let all: BTreeSet<usize> = settle.union(by).copied().collect();
                let gain = freed_by(&all) - freed_by(&settle);
                (!more.is_empty()).then_some((gain, more))
            })
            .max_by(|(gain, more), (other, its)| {
                let (own, theirs) = (gain * its.len() as u64, other * more.len() as u64);
                own.cmp(&theirs).then_with(|| its.cmp(more))
            });
        let more = match next {
            Some((_, more)) => more,
            None => group.difference(&settle).take(1).copied().collect(),
        };
        for at in more {
            settle.insert(at);
            let (freed, count) = (freed_by(&settle), settle.len());
            plans.push(Best { settle: settle.clone(), freed, bound: bound(count).max(freed) });
        }
    }
    plans
}

fn ratio(count: u64, among: usize) -> f64 {
    // Words of a text are far fewer than a float can count.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are below 2^52")]
    let (count, among) = (count as f64, among as f64);
    count / among
}

fn whole(words: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sum of counts of words is not negative and below 2^52"
    )]
    let whole = (words + 1e-9).floor() as u64;
    whole
}

/// Joins the best plans of two independent groups.
fn joined(one: &[Best], other: &[Best]) -> Vec<Best> {
    let mut all: Vec<Option<Best>> = vec![None; one.len() + other.len() - 1];
    for (first, own) in one.iter().enumerate() {
        for (second, its) in other.iter().enumerate() {
            let (freed, bound) = (own.freed + its.freed, own.bound + its.bound);
            let slot = &mut all[first + second];
            let most = slot.as_ref().map_or(0, |best| best.bound).max(bound);
            if slot.as_ref().is_none_or(|best| freed > best.freed) {
                let settle = own.settle.union(&its.settle).copied().collect();
                *slot = Some(Best { settle, freed, bound: most });
            } else if let Some(best) = slot {
                best.bound = most;
            }
        }
    }
    all.into_iter().flatten().collect()
}
