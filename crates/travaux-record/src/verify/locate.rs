//! What was done to the lines of a log, from their links, places and order.
//!
//! Runs of lines that follow from one another keep together; where a run begins, something was
//! done. It decides nothing about signatures.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lines, Slot, VerifyReport, What};
use crate::seal::Link;
use crate::{Head, SignatureState};

/// A line of the log with its true place.
struct Placed<'l> {
    slot: &'l Slot,
    place: u64,
    /// Whether its link follows from the link before it.
    is_proven: bool,
    /// Whether it follows the line before it in the file.
    is_joined: bool,
}

/// Whether the leaves, in the order of the file, are those that were signed.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Root {
    Right,
    Unsure,
}

/// Looks for what was done to the lines of the log.
pub(super) fn locate(lines: &Lines, head: &Head, report: &mut VerifyReport) {
    let signed = report.checkpoint.as_ref().map(|checkpoint| checkpoint.head).filter(|_| {
        matches!(report.signature, SignatureState::Known | SignatureState::OfTheFile)
            || report.signature == SignatureState::Foreign
    });
    let root = if signed == Some(*head) || is_checkpoint_altered(report) {
        Root::Right
    } else {
        Root::Unsure
    };
    let before = report.findings.len();
    let mut placed = place(&lines.slots, report);
    prove(&mut placed);
    let kept = sift(placed, signed, report);
    judge(&kept, root, report);
    order(&kept, report);
    gaps(&kept, lines, signed, report);
    let is_quiet = report.findings.len() == before;
    if is_quiet && signed.is_some_and(|signed| signed != *head) {
        report.find(What::Rewritten, None);
    }
}

/// An altered checkpoint over unaltered entries proves these as well as a good one.
fn is_checkpoint_altered(report: &VerifyReport) -> bool {
    report.findings.iter().any(|finding| finding.what == What::CheckpointAltered)
}

/// Gives each line its true place: that of its run.
fn place<'l>(slots: &'l [Slot], report: &mut VerifyReport) -> Vec<Placed<'l>> {
    let mut placed: Vec<Placed<'l>> = Vec::with_capacity(slots.len());
    let mut link = Link::default();
    for slot in slots {
        let is_joined = link.then(&slot.leaf) == slot.stated.link;
        placed.push(Placed { slot, place: slot.stated.place, is_proven: is_joined, is_joined });
        link = slot.stated.link;
    }
    // Each run begins with a line that doesn't follow from the one before it in the file.
    let mut rest = &mut placed[..];
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(|placed| !placed.is_joined);
        let (run, others) = rest.split_at_mut(end.map_or(rest.len(), |end| end + 1));
        settle(run, report);
        rest = others;
    }
    placed
}

/// Settles the places of one run: where it begins the log it is known, else most lines are right.
fn settle(run: &mut [Placed<'_>], report: &mut VerifyReport) {
    let Some(first) = run.first() else { return };
    let mut votes: BTreeMap<u64, usize> = BTreeMap::new();
    for (place, index) in run.iter().map(|placed| placed.slot.stated.place).zip(0_u64..) {
        if let Some(base) = place.checked_sub(index) {
            *votes.entry(base).or_default() += 1;
        }
    }
    let is_first = Link::default().then(&first.slot.leaf) == first.slot.stated.link;
    let elected = votes.iter().max_by_key(|(base, votes)| (**votes, std::cmp::Reverse(**base)));
    let base = match elected {
        _ if is_first => 1,
        Some((base, _)) => *base,
        None => first.slot.stated.place,
    };
    for (placed, index) in run.iter_mut().zip(0_u64..) {
        placed.place = base + index;
        if placed.slot.stated.place != placed.place {
            report.find_at(What::PlaceAltered, placed.slot, placed.place);
        }
    }
}

/// Marks the lines that follow from a line at the place before theirs, wherever it stands.
fn prove(placed: &mut [Placed<'_>]) {
    let links: BTreeSet<(u64, Link)> =
        placed.iter().map(|placed| (placed.place, placed.slot.stated.link)).collect();
    for placed in placed.iter_mut().filter(|placed| !placed.is_proven) {
        let Some(previous) = placed.place.checked_sub(1) else { continue };
        let (leaf, link) = (&placed.slot.leaf, placed.slot.stated.link);
        placed.is_proven = if previous == 0 {
            Link::default().then(leaf) == link
        } else {
            links
                .range((previous, Link::default())..)
                .take_while(|(place, _)| *place == previous)
                .any(|(_, before)| before.then(leaf) == link)
        };
    }
}

/// Keeps one line a place and names the others; returned in the order of the file.
fn sift<'l>(
    placed: Vec<Placed<'l>>,
    signed: Option<Head>,
    report: &mut VerifyReport,
) -> Vec<Placed<'l>> {
    let mut kept: BTreeMap<u64, usize> = BTreeMap::new();
    let rank = |placed: &Placed<'_>| (placed.is_proven, placed.is_joined);
    for (index, candidate) in placed.iter().enumerate() {
        let best = kept.entry(candidate.place).or_insert(index);
        if rank(candidate) > rank(&placed[*best]) {
            *best = index;
        }
    }
    let mut out = Vec::with_capacity(kept.len());
    for (index, candidate) in placed.iter().enumerate() {
        let chosen = &placed[kept[&candidate.place]];
        let is_beyond = signed.is_some_and(|signed| candidate.place > signed.size);
        if candidate.place == 0 || is_beyond {
            report.find_at(What::Inserted, candidate.slot, candidate.place);
        } else if kept[&candidate.place] == index {
            out.push(index);
        } else {
            let is_same = chosen.slot.leaf == candidate.slot.leaf;
            let what = if is_same { What::Repeated } else { What::Inserted };
            report.find_at(what, candidate.slot, candidate.place);
        }
    }
    let mut placed: Vec<Option<Placed<'l>>> = placed.into_iter().map(Some).collect();
    out.into_iter().filter_map(|index| placed[index].take()).collect()
}

/// Names what is wrong with the lines that don't follow from the line before theirs.
fn judge(kept: &[Placed<'_>], root: Root, report: &mut VerifyReport) {
    let by_place: BTreeMap<u64, &Placed<'_>> =
        kept.iter().map(|placed| (placed.place, placed)).collect();
    // Whether the line before had its link altered, and what it should have been.
    let mut altered: Option<(u64, Link)> = None;
    for (&place, placed) in &by_place {
        if placed.is_proven {
            continue;
        }
        let before = match place.checked_sub(1) {
            Some(0) => Link::default(),
            Some(previous) => match (altered, by_place.get(&previous)) {
                (Some((at, link)), _) if at == previous => link,
                (_, Some(previous)) => previous.slot.stated.link,
                // The line before is missing: there is nothing to compare with.
                (_, None) => continue,
            },
            None => continue,
        };
        let right = before.then(&placed.slot.leaf);
        if right == placed.slot.stated.link {
            continue;
        }
        let proves_right = by_place.get(&(place + 1)).is_some_and(|next| {
            !next.is_proven && right.then(&next.slot.leaf) == next.slot.stated.link
        });
        if proves_right || root == Root::Right {
            altered = Some((place, right));
            report.find_at(What::LinkAltered, placed.slot, place);
        } else {
            report.find_at(What::Changed, placed.slot, place);
        }
    }
}

/// Names the lines that stand out of order: as few as can be.
fn order(kept: &[Placed<'_>], report: &mut VerifyReport) {
    // Longest increasing subsequence: `tails[n]` ends the best one of length n + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(kept.len());
    for (index, placed) in kept.iter().enumerate() {
        let length = tails.partition_point(|&tail| kept[tail].place < placed.place);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut in_order = BTreeSet::new();
    let mut next = tails.last().copied();
    while let Some(index) = next {
        in_order.insert(index);
        next = before[index];
    }
    for (index, placed) in kept.iter().enumerate() {
        if !in_order.contains(&index) {
            report.find_at(What::Moved, placed.slot, placed.place);
        }
    }
}

/// Names the places that are missing, or whose lines can't be read.
fn gaps(kept: &[Placed<'_>], lines: &Lines, signed: Option<Head>, report: &mut VerifyReport) {
    let mut present: BTreeSet<u64> = kept.iter().map(|placed| placed.place).collect();
    for bad in &lines.bad {
        let before = kept.iter().take_while(|placed| placed.slot.line < bad.line).last();
        let mut place = before.map_or(1, |placed| placed.place + 1);
        // Several damaged lines in a row stand for as many places.
        while damaged(report, place) {
            place += 1;
        }
        let last = kept.iter().map(|placed| placed.place).max().unwrap_or(0);
        let last = signed.map_or(last, |signed| signed.size.max(last));
        let is_gap = !present.contains(&place) && place <= last && bad.line > 1;
        report.find(What::Unreadable(bad.reason.clone()), Some(bad.line));
        if is_gap && let Some(finding) = report.findings.last_mut() {
            finding.place = Some(place);
            present.insert(place);
        }
    }
    let mut expected = 1;
    for &place in &present {
        if expected < place {
            let line = kept.iter().find(|placed| placed.place == place).map(|p| p.slot.line);
            report.find(What::Dropped { until: place - 1 }, line);
            if let Some(finding) = report.findings.last_mut() {
                finding.place = Some(expected);
            }
        }
        expected = place + 1;
    }
    if let Some(signed) = signed.filter(|signed| expected <= signed.size) {
        report.find(What::TailCut { until: signed.size }, Some(lines.count));
        if let Some(finding) = report.findings.last_mut() {
            finding.place = Some(expected);
        }
    }
}

fn damaged(report: &VerifyReport, place: u64) -> bool {
    report
        .findings
        .iter()
        .any(|finding| finding.place == Some(place) && matches!(finding.what, What::Unreadable(_)))
}

#[cfg(test)]
mod tests;
