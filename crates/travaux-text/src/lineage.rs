//! Where each word of a text comes from, carried from one wording to the next.
//!
//! A text is rewritten: what the alignment matches with the wording before keeps its mark. What is
//! new is looked for in other texts that had words of their own, in the order given; what none of
//! them had is new. The marks are the caller's: this module knows nothing of proposals and dates.
//!
//! **Invariant:** every token has exactly one mark, and the runs of marks concatenate to the text.

use std::ops::Range;

use crate::merge::Merge;
use crate::node::SideName;
use crate::token::{TokenKind, compounds, tokens};

/// From how many words on a passage found in another text is no chance.
///
/// A shorter one counts only where it is all that the other text had of its own at that place.
pub const WORDS_FOUND: usize = 3;

/// A text with a mark on each of its tokens.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lineage<O> {
    text: String,
    marks: Vec<O>,
}

/// A text after rewriting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rewritten<O> {
    /// The new text with its marks.
    pub lineage: Lineage<O>,
    /// For each token what other texts had there too, in the order in which they were given, the
    /// one whose mark it has left out.
    pub also: Vec<Vec<O>>,
}

impl<O: Clone + Eq> Lineage<O> {
    /// Marks every token of `text` with what `fresh` gives for it, in order.
    pub fn new(text: &str, mut fresh: impl FnMut() -> O) -> Self {
        let marks = tokens(text).map(|_| fresh()).collect();
        Self { text: text.to_owned(), marks }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the mark of each token, in order; see [`tokens`].
    pub fn marks(&self) -> &[O] {
        &self.marks
    }

    /// Returns the maximal runs of equal marks, each with its words; concatenated they are the text.
    pub fn runs(&self) -> Vec<(&str, &O)> {
        let mut runs: Vec<(Range<usize>, &O)> = Vec::new();
        let mut at = 0;
        for (token, mark) in tokens(&self.text).zip(&self.marks) {
            let end = at + token.len();
            match runs.last_mut() {
                Some((range, last)) if *last == mark => range.end = end,
                _ => runs.push((at..end, mark)),
            }
            at = end;
        }
        runs.into_iter().map(|(range, mark)| (&self.text[range], mark)).collect()
    }

    /// Rewrites the text as `text`.
    ///
    /// A token that is matched with one of this text keeps its mark. Of the rest, a run that
    /// stands in one of `sources`, among words which that source does not have from this text, has
    /// the source's marks: the first source that has it counts. A run counts from
    /// [`WORDS_FOUND`] words on, or where it is all the words of its own that the source has at
    /// that place. No mark of a source is given twice. What is left is marked by `fresh`.
    pub fn rewritten(
        &self,
        text: &str,
        sources: &[&Self],
        mut fresh: impl FnMut() -> O,
    ) -> Rewritten<O>
    where
        O: Ord,
    {
        let kept = carried(&self.text, text);
        let mut marks: Vec<Option<O>> =
            kept.iter().map(|at| at.map(|at| self.marks[at].clone())).collect();
        let is_kept: Vec<bool> = kept.iter().map(Option::is_some).collect();
        let own: std::collections::BTreeSet<&O> = self.marks.iter().collect();
        let kinds: Vec<TokenKind> = tokens(text).map(TokenKind::of).collect();
        let mut also: Vec<Vec<O>> = vec![Vec::new(); marks.len()];
        if is_kept.iter().any(|kept| !kept) {
            for source in sources {
                for (new, mark) in
                    found(source, text, &kinds, |at, mark| !is_kept[at] && !own.contains(mark))
                {
                    if marks[new].is_none() && !marks.iter().flatten().any(|given| *given == mark) {
                        marks[new] = Some(mark);
                    } else if marks[new].as_ref() != Some(&mark) {
                        also[new].push(mark);
                    }
                }
            }
        }
        let marks = marks.into_iter().map(|mark| mark.unwrap_or_else(&mut fresh)).collect();
        Rewritten { lineage: Self { text: text.to_owned(), marks }, also }
    }
}

/// Returns which tokens of `text` a source has as words of its own, each with the source's mark.
fn found<O: Clone + Eq>(
    source: &Lineage<O>,
    text: &str,
    kinds: &[TokenKind],
    is_own: impl Fn(usize, &O) -> bool,
) -> Vec<(usize, O)> {
    let from = carried(&source.text, text);
    let source_words: Vec<bool> =
        tokens(&source.text).map(|token| TokenKind::of(token) == TokenKind::Word).collect();
    let is_found = |at: usize| from[at].is_some_and(|place| is_own(at, &source.marks[place]));
    let mut found = Vec::new();
    let mut at = 0;
    while at < from.len() {
        let Some(first) = from[at].filter(|_| is_found(at)) else {
            at += 1;
            continue;
        };
        let start = at;
        while at < from.len() && from[at] == Some(first + at - start) && is_found(at) {
            at += 1;
        }
        let places = first..first + at - start;
        let words = kinds[start..at].iter().filter(|kind| **kind == TokenKind::Word).count();
        let mut beside = words_beside(&places, &source_words, |place| {
            // What the source shares with the text elsewhere is not its own at this place.
            from.iter().enumerate().any(|(new, at)| *at == Some(place) && !is_found(new))
        });
        if 0 < words && (WORDS_FOUND <= words || !beside.any(|is_word| is_word)) {
            found.extend((start..at).map(|new| (new, source.marks[first + new - start].clone())));
        }
    }
    found
}

/// Says of the tokens directly around some places of a source, up to what it shares with the text
/// elsewhere, whether each is a word.
fn words_beside<'w>(
    places: &Range<usize>,
    words: &'w [bool],
    is_shared: impl Fn(usize) -> bool + Copy + 'w,
) -> impl Iterator<Item = bool> + 'w {
    let before = (0..places.start).rev().take_while(move |place| !is_shared(*place));
    let behind = (places.end..words.len()).take_while(move |place| !is_shared(*place));
    before.chain(behind).map(|place| words[place])
}

/// Returns for each token of `new` the place of the token of `old` it is matched with, if any; words
/// joined by hyphens are matched together or not at all.
fn carried(old: &str, new: &str) -> Vec<Option<usize>> {
    let mut merge = Merge::new(old);
    let name = SideName::new("new").expect("a name that is not empty and not `base`");
    merge.table(name.clone(), new).expect("the first side of its name");
    let change = merge.change(&name).expect("it has just been tabled");
    let mut carried = Vec::new();
    let mut rest = tokens(new);
    let mut pass = |bytes: usize, from: Option<usize>| {
        let mut passed = 0;
        while passed < bytes {
            passed += rest.next().map_or(bytes, str::len);
            carried.push(from);
        }
    };
    for place in 0..=merge.base_len() {
        pass(change.insertion(place).map_or(0, str::len), None);
        if place < merge.base_len() && !change.deletes(place) {
            pass(merge.base_text(place..place + 1).len(), Some(place));
        }
    }
    // Of "forty-eight", "thirty-six" has the hyphen, and owes it nothing.
    for compound in compounds(new) {
        let at = &mut carried[compound];
        if at.iter().any(Option::is_none) {
            at.fill(None);
        }
    }
    carried
}

#[cfg(test)]
mod tests;
