//! How one text becomes the other, as places of tokens: in order, paragraph by paragraph.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::correspond::{
    Correspondence, CorrespondenceKind, Twins, correspond_classes, heaviest_chain,
};
use crate::lexed::Vocabulary;
use crate::token;

use super::islands;
use super::paragraphs::Paragraphs;
use super::words::WordAligner;

/// A paragraph with fewer words than this is not said to have moved: it recurs by chance.
const MOVED_WORDS_MIN: u64 = 4;

/// A stretch, as places of tokens in the old text, the new, or both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Same(Range<usize>, Range<usize>),
    Deleted(Range<usize>),
    Inserted(Range<usize>),
    /// The move's mark, and where the words stood in the old text.
    Away(usize, Range<usize>),
    /// The move's mark, and how the words became what the new text holds.
    Here(usize, Vec<Self>),
}

/// Which paragraphs of two texts belong together.
#[derive(Debug)]
pub(super) struct Pairing {
    /// (old paragraphs, new paragraphs) that belong together, by the first old one.
    pairs: Vec<Pair>,
}

#[derive(Clone, Debug)]
struct Pair {
    old: Range<usize>,
    new: Range<usize>,
}

impl Pairing {
    /// Pairs paragraphs by their words and order.
    pub(super) fn by_words(
        vocabulary: &Vocabulary<'_>,
        (old, new): (&Paragraphs<'_>, &Paragraphs<'_>),
        twins: &Twins,
    ) -> Self {
        let olds: Vec<&[u32]> = (0..old.ranges.len()).map(|at| old.classes(at)).collect();
        let news: Vec<&[u32]> = (0..new.ranges.len()).map(|at| new.classes(at)).collect();
        let found = correspond_classes(vocabulary, (&olds, &news), twins);
        let words = |at: usize| token::words(old.text.slice(old.ranges[at].clone()));
        let pairs = found.iter().filter_map(neighbours).filter(|(pair, is_moved)| {
            !is_moved || pair.old.clone().map(words).sum::<u64>() >= MOVED_WORDS_MIN
        });
        let mut pairs: Vec<Pair> = pairs.map(|(pair, _)| pair).collect();
        pairs.sort_by_key(|pair| pair.old.start);
        Self { pairs }
    }

    /// Pairs paragraphs of which the partner in the new text is known.
    pub(super) fn one_to_one(to_new: &[Option<usize>]) -> Self {
        let pairs = to_new.iter().enumerate().filter_map(|(old, &new)| {
            let new = new?;
            Some(Pair { old: old..old + 1, new: new..new + 1 })
        });
        Self { pairs: pairs.collect() }
    }

    /// Lays the paragraphs out in order and compares those that belong together.
    pub(super) fn steps(
        &self,
        vocabulary: &Vocabulary<'_>,
        (old, new): (&Paragraphs<'_>, &Paragraphs<'_>),
    ) -> Vec<Step> {
        let ranges = (&old.ranges[..], &new.ranges[..]);
        let weighed: Vec<(usize, usize, u64)> = self
            .pairs
            .iter()
            .map(|pair| {
                let bytes = old.text.slice(span(ranges.0, &pair.old)).len()
                    + new.text.slice(span(ranges.1, &pair.new)).len();
                (pair.old.start, pair.new.start, bytes as u64)
            })
            .collect();
        let is_in_order = heaviest_chain(&weighed);
        let mut aligner = WordAligner::new(vocabulary);
        let mut compare = |pair: &Pair, steps: &mut Vec<Step>| {
            let (olds, news) = (span(ranges.0, &pair.old), span(ranges.1, &pair.new));
            let classes = (&old.text.class[..], &new.text.class[..]);
            if classes.0[olds.clone()] == classes.1[news.clone()] {
                return push(steps, Step::Same(olds, news));
            }
            let matches = aligner.align(&classes.0[olds.clone()], &classes.1[news.clone()]);
            islands::steps(vocabulary, classes, (olds, news), &matches, steps);
        };
        let moves = self.moves(&is_in_order);
        let by_old = moves.iter().enumerate().map(|(at, pairs)| (pairs[0].old.start, at)).collect();
        let mut layout = Layout { moves: &moves, by_old, old: 0, new: 0, steps: Vec::new() };
        let links = self.pairs.iter().zip(&is_in_order).filter(|(_, is_in_order)| **is_in_order);
        for (link, _) in links {
            layout.up_to(ranges, (link.old.start, link.new.start), &mut compare);
            compare(link, &mut layout.steps);
            (layout.old, layout.new) = (link.old.end, link.new.end);
        }
        layout.up_to(ranges, (old.ranges.len(), new.ranges.len()), &mut compare);
        layout.steps
    }

    /// Gathers pairs that crossed the order; neighbours that stayed neighbours moved together.
    ///
    /// They come by their first new paragraph; the mark is the place in the list, from one.
    fn moves(&self, is_in_order: &[bool]) -> Vec<Vec<Pair>> {
        let crossed = self.pairs.iter().zip(is_in_order).filter(|(_, is_in_order)| !**is_in_order);
        let mut crossed: Vec<Pair> = crossed.map(|(pair, _)| pair.clone()).collect();
        crossed.sort_by_key(|pair| pair.new.start);
        let mut moves: Vec<Vec<Pair>> = Vec::new();
        for pair in crossed {
            let follows = moves.last().and_then(|pairs| pairs.last()).is_some_and(|last| {
                last.old.end == pair.old.start && last.new.end == pair.new.start
            });
            match moves.last_mut() {
                Some(pairs) if follows => pairs.push(pair),
                _ => moves.push(vec![pair]),
            }
        }
        moves
    }
}

/// What has been laid out so far.
struct Layout<'m> {
    /// The moves, by their first new paragraph.
    moves: &'m [Vec<Pair>],
    /// Their places in that list, by their first old paragraph.
    by_old: BTreeMap<usize, usize>,
    old: usize,
    new: usize,
    steps: Vec<Step>,
}

impl Layout<'_> {
    /// Lays out what stands before `to` in both texts: what left the old, then what came.
    fn up_to(
        &mut self,
        (olds, news): (&[Range<usize>], &[Range<usize>]),
        to: (usize, usize),
        compare: &mut impl FnMut(&Pair, &mut Vec<Step>),
    ) {
        while self.old < to.0 {
            let (end, step) = if let Some(&place) = self.by_old.get(&self.old) {
                let end = self.moves[place].last().map_or(self.old + 1, |last| last.old.end);
                (end, Step::Away(place + 1, span(olds, &(self.old..end))))
            } else {
                (self.old + 1, Step::Deleted(olds[self.old].clone()))
            };
            push(&mut self.steps, step);
            self.old = end;
        }
        while self.new < to.1 {
            let place = self.moves.binary_search_by_key(&self.new, |pairs| pairs[0].new.start);
            if let Ok(place) = place {
                let pairs = &self.moves[place];
                let mut steps = Vec::new();
                for pair in pairs {
                    compare(pair, &mut steps);
                }
                self.steps.push(Step::Here(place + 1, steps));
                self.new = pairs.last().map_or(self.new + 1, |last| last.new.end);
            } else {
                push(&mut self.steps, Step::Inserted(news[self.new].clone()));
                self.new += 1;
            }
        }
    }
}

/// Takes of a correspondence what stands side by side in both texts, and whether it moved.
fn neighbours(found: &Correspondence) -> Option<(Pair, bool)> {
    if matches!(found.kind, CorrespondenceKind::New | CorrespondenceKind::Gone) {
        return None;
    }
    Some((Pair { old: run(&found.old)?, new: run(&found.new)? }, found.is_moved))
}

/// Returns the longest run of successive places, the first of equally long ones.
fn run(places: &[usize]) -> Option<Range<usize>> {
    let places: BTreeSet<usize> = places.iter().copied().collect();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some(run) if run.end == place => run.end += 1,
            _ => runs.push(place..place + 1),
        }
    }
    runs.into_iter().reduce(|best, run| if run.len() > best.len() { run } else { best })
}

/// Returns the tokens of successive paragraphs.
fn span(paragraphs: &[Range<usize>], places: &Range<usize>) -> Range<usize> {
    paragraphs[places.start].start..paragraphs[places.end - 1].end
}

/// Adds a step, as part of the last where that is of its kind and it stands behind it. An empty step
/// is none.
pub(super) fn push(steps: &mut Vec<Step>, step: Step) {
    match (steps.last_mut(), step) {
        (_, Step::Same(range, _) | Step::Deleted(range) | Step::Inserted(range))
            if range.is_empty() => {}
        (Some(Step::Same(old, new)), Step::Same(more_old, more_new))
            if old.end == more_old.start && new.end == more_new.start =>
        {
            (old.end, new.end) = (more_old.end, more_new.end);
        }
        (Some(Step::Deleted(range)), Step::Deleted(more))
        | (Some(Step::Inserted(range)), Step::Inserted(more))
            if range.end == more.start =>
        {
            range.end = more.end;
        }
        (_, step) => steps.push(step),
    }
}
