//! Which equal words between changes are worth keeping.
//!
//! "The ~~Parties~~ ++States++ shall ~~take~~ ++adopt++" is harder to read than one replacement. An island
//! of equal words is given up where that is cheaper for the reader; the cheapest choice over all
//! islands of a paragraph is found exactly. What costs the same stays.

use std::ops::Range;

use crate::align::Match;
use crate::lexed::Vocabulary;
use crate::token::TokenKind;

use super::steps::{Step, push};

/// What a fragment costs a reader beside its words, in words struck out or added.
pub const FRAGMENT_COST: u64 = 3;

/// An island has at least this share (one in so many) of the lesser change beside it.
const SHARE: u64 = 6;

/// Giving up an island enlarges the changes beside others; this is done again so often at most.
const PASSES_MAX: usize = 16;

/// What is the same, then what changed behind it.
#[derive(Clone, Debug)]
struct Stretch {
    same: (Range<usize>, Range<usize>),
    old: Range<usize>,
    new: Range<usize>,
}

/// Turns the matches of two ranges of tokens into steps, which are added to `steps`.
pub(super) fn steps(
    vocabulary: &Vocabulary<'_>,
    (old_text, new_text): (&[u32], &[u32]),
    (old, new): (Range<usize>, Range<usize>),
    matches: &[Match],
    steps: &mut Vec<Step>,
) {
    let weigh = |range: &Range<usize>| weight(vocabulary, &old_text[range.clone()]);
    let weigh_new = |range: &Range<usize>| weight(vocabulary, &new_text[range.clone()]);
    let mut stretches = stretches((old, new), matches);
    let is_lost = cheapest(&stretches, weigh);
    give_up(&mut stretches, &is_lost);
    for _ in 0..PASSES_MAX {
        let sizes: Vec<u64> =
            stretches.iter().map(|s| weigh(&s.old).max(weigh_new(&s.new))).collect();
        let is_lost: Vec<bool> = (0..stretches.len())
            .map(|at| {
                let island = weigh(&stretches[at].same.0);
                at > 0 && island * SHARE < sizes[at - 1].min(sizes[at])
            })
            .collect();
        if !is_lost.contains(&true) {
            break;
        }
        give_up(&mut stretches, &is_lost);
    }
    for stretch in stretches {
        push(steps, Step::Same(stretch.same.0, stretch.same.1));
        push(steps, Step::Deleted(stretch.old));
        push(steps, Step::Inserted(stretch.new));
    }
}

/// Weighs tokens in halves of a word: a mark is half a word, white space nothing.
fn weight(vocabulary: &Vocabulary<'_>, classes: &[u32]) -> u64 {
    classes
        .iter()
        .map(|&class| match vocabulary.kind(class) {
            TokenKind::Word => 2,
            TokenKind::Mark => 1,
            TokenKind::Space => 0,
        })
        .sum()
}

fn stretches((old, new): (Range<usize>, Range<usize>), matches: &[Match]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::with_capacity(matches.len() + 1);
    let start = (old.start..old.start, new.start..new.start);
    found.push(Stretch { same: start, old: old.clone(), new: new.clone() });
    for one in matches {
        let same = (
            old.start + one.base..old.start + one.base + one.len,
            new.start + one.side..new.start + one.side + one.len,
        );
        let last = found.last_mut().expect("there is a first stretch");
        if last.same.0.end == same.0.start && last.same.1.end == same.1.start {
            (last.same.0.end, last.same.1.end) = (same.0.end, same.1.end);
            (last.old.start, last.new.start) = (same.0.end, same.1.end);
            continue;
        }
        (last.old.end, last.new.end) = (same.0.start, same.1.start);
        let rest = (same.0.end..old.end, same.1.end..new.end);
        found.push(Stretch { same, old: rest.0, new: rest.1 });
    }
    found
}

/// Makes each marked island part of the changes around it.
fn give_up(stretches: &mut Vec<Stretch>, is_lost: &[bool]) {
    let mut kept: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for (stretch, &is_lost) in stretches.iter().zip(is_lost) {
        match kept.last_mut() {
            Some(last) if is_lost => {
                (last.old.end, last.new.end) = (stretch.old.end, stretch.new.end);
            }
            _ => kept.push(stretch.clone()),
        }
    }
    *stretches = kept;
}

/// Returns which islands the cheapest reading gives up.
fn cheapest(stretches: &[Stretch], weigh: impl Fn(&Range<usize>) -> u64) -> Vec<bool> {
    // For each island and each state of the change before it (something deleted, inserted, or
    // both), the least cost so far, and whether the island was kept, from which state.
    type Best = [Option<(u64, usize, bool)>; 4];
    let flags = |stretch: &Stretch| {
        usize::from(!stretch.old.is_empty()) | usize::from(!stretch.new.is_empty()) << 1
    };
    let close = |state: usize| 2 * FRAGMENT_COST * u64::from(state.count_ones());
    let mut table: Vec<Best> = Vec::with_capacity(stretches.len());
    let last = stretches.len() - 1;
    for (at, stretch) in stretches.iter().enumerate() {
        let mut row: Best = [None; 4];
        let own = flags(stretch);
        if at == 0 {
            row[own] = Some((0, 0, true));
        }
        // An island at either end of the paragraph is none: it stays.
        let is_island = !(at == last && own == 0 || at == 1 && flags(&stretches[0]) == 0);
        let island = weigh(&stretch.same.0);
        for (state, best) in table.last().into_iter().flatten().enumerate() {
            let Some((cost, ..)) = *best else { continue };
            let mut offer = |to: usize, cost: u64, is_kept: bool| {
                if row[to].is_none_or(|(least, ..)| cost < least) {
                    row[to] = Some((cost, state, is_kept));
                }
            };
            offer(own, cost + close(state), true);
            if is_island && !stretch.same.0.is_empty() {
                offer(3, cost + 2 * island, false);
            }
        }
        table.push(row);
    }
    let ends = table.last().into_iter().flatten().enumerate();
    let ends = ends.filter_map(|(state, best)| best.map(|best| (best.0 + close(state), state)));
    let mut state = ends.min().map_or(0, |(_, state)| state);
    let mut is_lost = vec![false; stretches.len()];
    for at in (1..stretches.len()).rev() {
        let Some((_, from, is_kept)) = table[at][state] else { break };
        is_lost[at] = !is_kept;
        state = from;
    }
    is_lost
}
