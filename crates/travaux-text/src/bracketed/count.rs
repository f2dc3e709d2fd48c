//! Counts what is open in a bracketed draft, whole and by chapter.
//!
//! Brackets are counted as characters: every `[` and every `]` of the file, those of footnote marks
//! and links included, so that the count is that of any other tool. Words are counted by what they
//! stand in, and there marks of the file are no brackets. A text without brackets is *clean*;
//! nothing here says that it is agreed, unless the draft itself marks it so.

use std::ops::Range;

use serde::Serialize;

use super::{BlockKind, BracketRole, BracketedDraft, DraftMarkKind};
use crate::token;

/// What is open in a draft or a part of it.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct BracketCounts {
    /// Opening brackets: every `[` there is.
    pub brackets_open: usize,
    /// Closing brackets: every `]` there is.
    pub brackets_close: usize,
    /// The deepest nesting; 0 without brackets.
    pub depth_max: usize,
    /// Option heads.
    pub options: usize,
    /// The lines of brackets without a partner, counted from one; a line may recur.
    pub unbalanced: Vec<usize>,
    /// Brackets of text: pairs, and halves without a partner; footnote marks and links left out.
    pub brackets_of_text: usize,
    /// Sets of options: those that are alternatives of each other.
    pub option_sets: usize,
    /// Options to say nothing.
    pub no_text: usize,
    /// Places where two or more brackets of text stand side by side as alternatives.
    pub alternatives: usize,
    /// Slashes between two wordings.
    pub slashes: usize,
    /// Placeholders in brackets.
    pub placeholders: usize,
    /// Attributions of brackets to participants.
    pub attributions: usize,
    /// Marks "agreed ad ref.".
    pub agreed_marks: usize,
    /// Footnote marks and notes.
    pub footnotes: usize,
    /// Words in all, front matter and definitions of links left out. It is the sum of the three
    /// that follow.
    pub words: u64,
    /// Words that are open: inside brackets of text, or in an option.
    pub words_bracketed: u64,
    /// Words outside brackets and options, and not marked as agreed.
    pub words_clean: u64,
    /// Words outside brackets and options in a paragraph marked "agreed ad ref.".
    pub words_agreed: u64,
    /// Words inside brackets of text, at any depth, each counted once, options left aside.
    pub words_inside: u64,
}

/// A chapter of a draft: what stands under one heading.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Chapter {
    /// The heading as printed, without its marks; empty before the first heading.
    pub heading: String,
    /// The heading's level; 0 before the first heading.
    pub level: usize,
    /// The line of the heading, counted from one.
    pub line: usize,
    /// What is open under it.
    #[serde(flatten)]
    pub counts: BracketCounts,
}

impl BracketedDraft<'_> {
    /// Counts what is open in the whole draft.
    pub fn counts(&self) -> BracketCounts {
        self.counts_from(&[0]).pop().unwrap_or_default()
    }

    /// Counts what is open under each heading, in order; deeper headings count for themselves.
    pub fn chapters(&self) -> Vec<Chapter> {
        let mut chapters = vec![Chapter {
            heading: String::new(),
            level: 0,
            line: 1,
            counts: BracketCounts::default(),
        }];
        let mut starts = vec![0];
        for block in self.blocks() {
            let BlockKind::Heading(level) = block.kind else { continue };
            let heading = self.source()[block.bytes.clone()].trim_start_matches(['#', ' ', '\t']);
            let heading = heading.lines().next().unwrap_or_default().trim_end().to_owned();
            let counts = BracketCounts::default();
            chapters.push(Chapter { heading, level, line: block.line, counts });
            starts.push(block.bytes.start);
        }
        for (chapter, counts) in chapters.iter_mut().zip(self.counts_from(&starts)) {
            chapter.counts = counts;
        }
        let first = &chapters[0].counts;
        if first.words == 0 && first.brackets_open + first.brackets_close == 0 {
            chapters.remove(0);
        }
        chapters
    }

    /// Counts what is open from each of `starts` to the next, the last to the end of the draft.
    ///
    /// `starts` ascend and begin with 0. A bracket counts where it first shows. What this takes grows
    /// with the draft, not with the number of parts.
    pub fn counts_from(&self, starts: &[usize]) -> Vec<BracketCounts> {
        let mut parts = vec![BracketCounts::default(); starts.len()];
        let part = |at: usize| starts.partition_point(|start| *start <= at).max(1) - 1;
        if parts.is_empty() {
            return parts;
        }
        self.count_brackets(&mut parts, part);
        self.count_words(&mut parts, part);
        let mut set = None;
        for option in self.options() {
            let counts = &mut parts[part(option.label.start)];
            counts.options += 1;
            counts.option_sets += usize::from(set.is_none_or(|last| last < option.set));
            set = set.max(Some(option.set));
        }
        for mark in self.marks() {
            let counts = &mut parts[part(mark.bytes.start)];
            *match mark.kind {
                DraftMarkKind::Attribution => &mut counts.attributions,
                DraftMarkKind::Placeholder => &mut counts.placeholders,
                DraftMarkKind::Agreed => &mut counts.agreed_marks,
                DraftMarkKind::Slash => &mut counts.slashes,
            } += 1;
        }
        for fault in self.diagnostics().iter().filter(|fault| fault.fault.is_unbalanced()) {
            parts[part(fault.at)].unbalanced.push(fault.line);
        }
        parts
    }

    fn count_brackets(&self, parts: &mut [BracketCounts], part: impl Fn(usize) -> usize) {
        let mut follows = vec![false; self.brackets().len()];
        for bracket in self.brackets() {
            if let Some(beside) = bracket.alternative() {
                follows[beside] = bracket.role() == BracketRole::Text;
            }
        }
        for (index, bracket) in self.brackets().iter().enumerate() {
            if let Some(at) = bracket.open() {
                parts[part(at)].brackets_open += 1;
            }
            if let Some(at) = bracket.close() {
                parts[part(at)].brackets_close += 1;
            }
            let counts = &mut parts[part(bracket.first_byte())];
            counts.depth_max = counts.depth_max.max(bracket.depth());
            counts.footnotes += usize::from(bracket.role() == BracketRole::Footnote);
            counts.brackets_of_text += usize::from(bracket.role() == BracketRole::Text);
            let beside = bracket.alternative().map(|beside| self.brackets()[beside].role());
            let leads = bracket.role() == BracketRole::Text
                && beside == Some(BracketRole::Text)
                && !follows[index];
            counts.alternatives += usize::from(leads);
        }
    }

    /// Counts the words of each block: inside brackets, inside what is open, and in all.
    fn count_words(&self, parts: &mut [BracketCounts], part: impl Fn(usize) -> usize) {
        let mut inside = Words::of(self.covered());
        let mut open = Words::of(self.open());
        let mut agreed = self
            .marks()
            .iter()
            .filter(|mark| mark.kind == DraftMarkKind::Agreed)
            .map(|mark| mark.bytes.start)
            .peekable();
        for block in self.blocks() {
            let bytes = block.bytes.clone();
            while agreed.next_if(|at| *at < bytes.start).is_some() {}
            let is_agreed = agreed.next_if(|at| *at < bytes.end).is_some();
            let counts = &mut parts[part(bytes.start)];
            counts.no_text += usize::from(block.kind == BlockKind::NoText);
            if block.kind == BlockKind::Matter {
                continue;
            }
            counts.words_inside += inside.within(self.source(), &bytes);
            let bracketed = open.within(self.source(), &bytes);
            let whole = token::words(&self.source()[bytes]).max(bracketed);
            counts.words += whole;
            counts.words_bracketed += bracketed;
            *if is_agreed { &mut counts.words_agreed } else { &mut counts.words_clean } +=
                whole - bracketed;
        }
    }

    /// Returns the stretches inside outermost brackets of text, disjoint and in order.
    fn covered(&self) -> Vec<Range<usize>> {
        let text = self
            .brackets()
            .iter()
            .filter(|bracket| bracket.open().is_some() && bracket.role() == BracketRole::Text);
        joined(text.map(|bracket| self.inside(bracket)))
    }

    /// Returns the stretches that are open: inside brackets of text, or in an option.
    fn open(&self) -> Vec<Range<usize>> {
        let mut open = self.covered();
        open.extend(self.options().iter().map(|option| option.bytes.clone()));
        open.sort_by_key(|bytes| bytes.start);
        joined(open)
    }
}

/// Joins stretches, given by their starts, to disjoint ones.
fn joined(stretches: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => joined.push(stretch),
        }
    }
    joined
}

/// Counts words inside stretches, asked for from the front to the back.
struct Words {
    stretches: Vec<Range<usize>>,
    next: usize,
}

impl Words {
    fn of(stretches: Vec<Range<usize>>) -> Self {
        Self { stretches, next: 0 }
    }

    /// Counts the words inside the stretches between two places.
    fn within(&mut self, source: &str, bytes: &Range<usize>) -> u64 {
        let mut words = 0;
        while let Some(stretch) = self.stretches.get(self.next) {
            let (from, to) = (stretch.start.max(bytes.start), stretch.end.min(bytes.end));
            if from < to {
                words += token::words(&source[from..to]);
            }
            if stretch.end > bytes.end {
                break;
            }
            self.next += 1;
        }
        words
    }
}
