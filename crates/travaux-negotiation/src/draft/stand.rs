//! How the words of one provision stand at one moment: which are open, and who holds them open.
//!
//! It says of each token of the provision what keeps it in brackets, and how each open proposal
//! would have the provision read. How that came about is told by `life`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use travaux_record::{DocumentId, EntryId, ProposalId};
use travaux_text::{
    Merge, Origin, ProvisionId, RollingProvision, SideChange, compounds, stands_once, tokens,
};

use super::Draft;

/// Where a provision stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Stands {
    /// In the text before the body, brought by this document.
    InText(DocumentId),
    /// In an open proposal that would add it.
    Added(ProposalId),
}

/// What keeps words open.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Opening {
    /// A proposal would have other words instead, or none where these are empty.
    Changed {
        /// The proposal.
        proposal: ProposalId,
        /// The words it would put there.
        instead: String,
    },
    /// A proposal would delete the provision, or one it stands under.
    Suppressed(ProposalId),
    /// They are words that only a proposal has.
    Asked(ProposalId),
    /// Brackets were asked for around them, without an alternative, by this entry.
    Requested(EntryId),
    /// The document itself prints them in square brackets.
    Printed(DocumentId),
}

/// The words of a provision at a moment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stand {
    /// Where it stands.
    pub stands: Stands,
    /// Its words as that text, or that proposal, has them.
    pub text: String,
    /// What keeps each token of these words open; see [`travaux_text::tokens`].
    pub openings: Vec<BTreeSet<Opening>>,
    /// How each open proposal that words it would have it read.
    pub sides: BTreeMap<ProposalId, String>,
}

impl Draft {
    /// Returns how the words of a provision stand; none where it is neither in the text before the
    /// body nor in an open proposal.
    pub fn stand(&self, provision: &ProvisionId) -> Option<Stand> {
        let met = self.text().provision(provision)?;
        let merge = met.text();
        let stands = match met.origin() {
            Origin::Base => Stands::InText(self.current()?),
            Origin::Added { by, .. } => Stands::Added(ProposalId::new(by.as_str())),
        };
        let mut openings = self.openings(&met);
        if let Stands::Added(proposal) = &stands {
            for opening in &mut openings {
                opening.insert(Opening::Asked(proposal.clone()));
            }
        }
        let sides =
            merge.sides().filter_map(|key| Some((ProposalId::new(key.as_str()), merge.side(key)?)));
        Some(Stand { stands, text: merge.base().to_owned(), openings, sides: sides.collect() })
    }

    fn openings(&self, met: &RollingProvision<'_>) -> Vec<BTreeSet<Opening>> {
        let merge = met.text();
        let mut openings = changed(merge);
        let whole = met.suppressed_by().chain(met.covered_by());
        let whole: Vec<Opening> =
            whole.map(|key| Opening::Suppressed(ProposalId::new(key.as_str()))).collect();
        for opening in &mut openings {
            opening.extend(whole.iter().cloned());
        }
        for request in self.requests(met.id()) {
            let asked = request.words.as_deref();
            let range = asked.and_then(|words| stands_once(merge.base(), words));
            let range = range.unwrap_or(0..merge.base().len());
            let mut at = 0;
            for (token, opening) in tokens(merge.base()).zip(&mut openings) {
                if range.contains(&at) {
                    opening.insert(Opening::Requested(request.basis.entry));
                }
                at += token.len();
            }
        }
        if let Some(base) = self.base().filter(|base| base.as_issued.is_some()) {
            for (opening, is_printed) in openings.iter_mut().zip(bracketed(merge.base())) {
                if is_printed {
                    opening.insert(Opening::Printed(base.document.clone()));
                }
            }
        }
        openings
    }
}

/// Returns for each token of the base which proposals do not keep it, and what each has instead.
/// Of words joined by hyphens a proposal keeps all or none.
fn changed(merge: &Merge) -> Vec<BTreeSet<Opening>> {
    let mut openings = vec![BTreeSet::new(); merge.base_len()];
    let compounds = compounds(merge.base());
    for (key, change) in merge.changes() {
        let mut gone: Vec<Range<usize>> = Vec::new();
        for deleted in change.deleted() {
            let touched = compounds
                .iter()
                .filter(|compound| compound.start < deleted.end && deleted.start < compound.end);
            let whole = touched.fold(deleted.clone(), |whole, compound| {
                whole.start.min(compound.start)..whole.end.max(compound.end)
            });
            match gone.last_mut() {
                Some(last) if whole.start < last.end => last.end = last.end.max(whole.end),
                _ => gone.push(whole),
            }
        }
        for gone in gone {
            let opening = Opening::Changed {
                proposal: ProposalId::new(key.as_str()),
                instead: instead(merge, change, &gone),
            };
            for token in gone {
                openings[token].insert(opening.clone());
            }
        }
    }
    openings
}

/// Returns what a side has in the place of some tokens of the base: a replacement follows what it
/// deletes, or stands before it.
fn instead(merge: &Merge, change: &SideChange, gone: &Range<usize>) -> String {
    let mut instead = String::new();
    for token in gone.clone() {
        if gone.start < token {
            instead.push_str(change.insertion(token).unwrap_or_default());
        }
        if !change.deletes(token) {
            instead.push_str(merge.base_text(token..token + 1));
        }
    }
    instead.push_str(change.insertion(gone.end).unwrap_or_default());
    let before = change.insertion(gone.start).filter(|_| instead.trim().is_empty());
    before.unwrap_or(&instead).trim().to_owned()
}

/// Says of each token whether it stands in square brackets of the text itself, the brackets
/// included. One without a partner here has it in another provision.
fn bracketed(text: &str) -> Vec<bool> {
    let tokens: Vec<&str> = tokens(text).collect();
    let mut is_open = vec![false; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "[" => open.push(at),
            "]" => is_open[open.pop().unwrap_or(0)..=at].fill(true),
            _ => {}
        }
    }
    if let Some(first) = open.first() {
        is_open[*first..].fill(true);
    }
    is_open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_brackets_of_a_document_are_open() {
        let shown = |text: &str| -> String {
            let open = bracketed(text);
            let open = tokens(text).zip(open).filter(|(_, is_open)| *is_open);
            open.map(|(token, _)| token).collect()
        };
        assert_eq!(shown("a [b [c] d] e"), "[b [c] d]");
        assert_eq!(shown("a] b [c"), "a][c");
        assert_eq!(shown("a b"), "");
    }
}
