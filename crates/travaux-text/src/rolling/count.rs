//! How much of the text stands in brackets: brackets, alternatives and words, by chapter.
//!
//! It counts what the printed form shows. A count is not a measure of disagreement: who wants
//! what, and how much it matters, is for `positions`.

use std::ops::AddAssign;

use super::{Origin, Position, RollingProvision, RollingText};
use crate::merge::Merge;
use crate::node::Node;
use crate::provision::{ProvisionId, ProvisionKind};
use crate::token::words;

/// What stands in brackets.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct BracketCount {
    /// Provisions met.
    pub provisions: usize,
    /// Provisions about which anything is open.
    pub contested: usize,
    /// Pairs of brackets or sets of alternatives: one for each choice in the words, one for each
    /// provision whose being there is open, one for each transfer.
    pub brackets: usize,
    /// The alternatives in them; a provision to be deleted or inserted has two, in and out.
    pub alternatives: usize,
    /// Words printed, those in brackets included.
    pub words: u64,
    /// Words printed inside brackets, each once however deep it stands.
    pub words_bracketed: u64,
}

impl AddAssign for BracketCount {
    fn add_assign(&mut self, other: Self) {
        self.provisions += other.provisions;
        self.contested += other.contested;
        self.brackets += other.brackets;
        self.alternatives += other.alternatives;
        self.words += other.words;
        self.words_bracketed += other.words_bracketed;
    }
}

/// The count of one chapter, or of what stands under no chapter.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChapterCount {
    /// The chapter; none for the title, the preamble and what else stands outside chapters.
    pub chapter: Option<ProvisionId>,
    /// Its count.
    pub count: BracketCount,
}

impl RollingText {
    /// Counts what stands in brackets in the whole text.
    pub fn count(&self) -> BracketCount {
        let mut total = BracketCount::default();
        for provision in self.provisions() {
            total += provision.count();
        }
        total
    }

    /// Counts by chapter, in document order; what stands outside chapters is counted together,
    /// first. The counts sum up to [`Self::count`].
    pub fn count_by_chapter(&self) -> Vec<ChapterCount> {
        let mut counts = vec![ChapterCount { chapter: None, count: BracketCount::default() }];
        let mut current = 0;
        for provision in self.provisions() {
            if provision.kind() == ProvisionKind::Chapter
                && provision.position() == Position::Standing
            {
                let chapter = Some(provision.id().clone());
                counts.push(ChapterCount { chapter, count: BracketCount::default() });
                current = counts.len() - 1;
            } else if provision.depth() == 0 {
                current = 0;
            }
            counts[current].count += provision.count();
        }
        counts
    }
}

impl RollingProvision<'_> {
    /// Counts what stands in brackets in this provision, what is below it left aside.
    pub fn count(&self) -> BracketCount {
        if let Position::Arriving { .. } = self.position() {
            return BracketCount { brackets: 1, alternatives: 2, ..BracketCount::default() };
        }
        let mut count = BracketCount {
            provisions: 1,
            contested: usize::from(self.is_contested()),
            ..BracketCount::default()
        };
        for merge in [self.heading(), self.text()] {
            count_merge(merge, &mut count);
        }
        let added = matches!(self.origin(), Origin::Added { .. });
        let deleted = self.suppressed_by().next().is_some();
        if added || deleted {
            count.brackets += 1;
            count.alternatives += 2;
        }
        let moved = self.transfers().next().is_some();
        if added || deleted || moved || !self.covered_by().is_empty() {
            count.words_bracketed = count.words;
        }
        count
    }
}

fn count_merge(merge: &Merge, count: &mut BracketCount) {
    count_nodes(&merge.laid_out().nodes, Depth::Outside, count);
}

#[derive(Clone, Copy, PartialEq)]
enum Depth {
    Outside,
    Inside,
}

fn count_nodes(nodes: &[Node], depth: Depth, count: &mut BracketCount) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                let words = words(text);
                count.words += words;
                if depth == Depth::Inside {
                    count.words_bracketed += words;
                }
            }
            Node::Choice(alternatives) => {
                count.brackets += 1;
                // Brackets asked for without an alternative have none.
                count.alternatives += if alternatives.len() == 1 { 0 } else { alternatives.len() };
                for alternative in alternatives {
                    count_nodes(&alternative.nodes, Depth::Inside, count);
                }
            }
        }
    }
}
