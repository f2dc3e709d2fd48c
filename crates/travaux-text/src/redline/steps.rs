//! How one text becomes the other, as places of tokens: in order, paragraph by paragraph.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::correspond::{Correspondence, CorrespondenceKind, correspond_classes, heaviest_chain};
use crate::issued::Passages;
use crate::lexed::{Lexed, Vocabulary};

use super::islands;
use super::words::WordAligner;

/// A paragraph with fewer words than this is not said to have moved: it recurs by chance.
const MOVED_WORDS_MIN: usize = 4;

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
    old: Vec<Range<usize>>,
    new: Vec<Range<usize>>,
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
        (old_text, new_text): &(Lexed<'_>, Lexed<'_>),
        (old, new): (Vec<Range<usize>>, Vec<Range<usize>>),
    ) -> Self {
        let (olds, news): (Vec<&[u32]>, Vec<&[u32]>) = (
            old.iter().map(|range| &old_text.class[range.clone()]).collect(),
            new.iter().map(|range| &new_text.class[range.clone()]).collect(),
        );
        let words = |range: &Range<usize>| {
            let classes = &old_text.class[range.clone()];
            classes.iter().filter(|&&class| vocabulary.is_word(class)).count()
        };
        let found = correspond_classes(vocabulary, &olds, &news);
        let pairs = found.iter().filter_map(neighbours).filter(|(pair, is_moved)| {
            !is_moved
                || pair.old.clone().map(|at| words(&old[at])).sum::<usize>() >= MOVED_WORDS_MIN
        });
        let pairs = pairs.map(|(pair, _)| pair).collect();
        Self::sorted(old, new, pairs)
    }

    /// Pairs the provisions of one id.
    pub(super) fn by_id(
        _: &Vocabulary<'_>,
        (old_text, new_text): &(Lexed<'_>, Lexed<'_>),
        (old, new): (&Passages, &Passages),
    ) -> Self {
        let place: BTreeMap<_, usize> =
            new.iter().enumerate().map(|(place, (id, _))| (id, place)).collect();
        let pairs = old.iter().enumerate().filter_map(|(at, (id, _))| {
            let new = *place.get(id)?;
            Some(Pair { old: at..at + 1, new: new..new + 1 })
        });
        let pairs = pairs.collect();
        Self::sorted(tokens(old_text, old), tokens(new_text, new), pairs)
    }

    fn sorted(old: Vec<Range<usize>>, new: Vec<Range<usize>>, mut pairs: Vec<Pair>) -> Self {
        pairs.sort_by_key(|pair| pair.old.start);
        Self { old, new, pairs }
    }

    /// Lays the paragraphs out in order and compares those that belong together.
    pub(super) fn steps(
        &self,
        vocabulary: &Vocabulary<'_>,
        texts: &(Lexed<'_>, Lexed<'_>),
    ) -> Vec<Step> {
        let weighed: Vec<(usize, usize, u64)> = self
            .pairs
            .iter()
            .map(|pair| {
                let tokens = span(&self.old, &pair.old).len() + span(&self.new, &pair.new).len();
                (pair.old.start, pair.new.start, tokens as u64)
            })
            .collect();
        let is_in_order = heaviest_chain(&weighed);
        let mut aligner = WordAligner::new(vocabulary);
        let mut compare = |pair: &Pair| {
            let (old, new) = (span(&self.old, &pair.old), span(&self.new, &pair.new));
            let matches = aligner.align(&texts.0.class[old.clone()], &texts.1.class[new.clone()]);
            islands::steps(vocabulary, texts, (old, new), &matches)
        };
        let moves = self.moves(&is_in_order);
        let by_old = moves.iter().enumerate().map(|(at, pairs)| (pairs[0].old.start, at)).collect();
        let mut layout = Layout { moves: &moves, by_old, old: 0, new: 0, steps: Vec::new() };
        let links = self.pairs.iter().zip(&is_in_order).filter(|(_, is_in_order)| **is_in_order);
        for (link, _) in links {
            layout.up_to(self, (link.old.start, link.new.start), &mut compare);
            layout.steps.extend(compare(link));
            (layout.old, layout.new) = (link.old.end, link.new.end);
        }
        layout.up_to(self, (self.old.len(), self.new.len()), &mut compare);
        join(layout.steps)
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
        pairing: &Pairing,
        to: (usize, usize),
        compare: &mut impl FnMut(&Pair) -> Vec<Step>,
    ) {
        while self.old < to.0 {
            let range = if let Some(&place) = self.by_old.get(&self.old) {
                let end = self.moves[place].last().map_or(self.old + 1, |last| last.old.end);
                self.steps.push(Step::Away(place + 1, span(&pairing.old, &(self.old..end))));
                self.old..end
            } else {
                let range = self.old..self.old + 1;
                self.steps.push(Step::Deleted(span(&pairing.old, &range)));
                range
            };
            self.old = range.end;
        }
        while self.new < to.1 {
            let place = self.moves.binary_search_by_key(&self.new, |pairs| pairs[0].new.start);
            if let Ok(place) = place {
                let pairs = &self.moves[place];
                let steps = pairs.iter().flat_map(&mut *compare).collect();
                self.steps.push(Step::Here(place + 1, join(steps)));
                self.new = pairs.last().map_or(self.new + 1, |last| last.new.end);
            } else {
                let range = self.new..self.new + 1;
                self.steps.push(Step::Inserted(span(&pairing.new, &range)));
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

/// Returns the tokens of each passage. A passage ends in white space or with the text, and so
/// where a token does.
fn tokens(text: &Lexed<'_>, passages: &Passages) -> Vec<Range<usize>> {
    let place = |byte: usize| text.start.partition_point(|&start| start < byte);
    passages.iter().map(|(_, bytes)| place(bytes.start)..place(bytes.end)).collect()
}

/// Joins neighbours of one kind.
pub(super) fn join(steps: Vec<Step>) -> Vec<Step> {
    let mut joined: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match (joined.last_mut(), step) {
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
            (_, step) => joined.push(step),
        }
    }
    joined
}
