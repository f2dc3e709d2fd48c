//! Fewer alternatives: what can be merged without loss, what needs a sponsor's consent, and which
//! decisions free the most text.
//!
//! A merger is *lossless* where two wordings differ in nothing but what is named: marks and spaces,
//! capitals, spelling, the order of a list. The differences are kept, so that each wording can be given
//! back to the byte. Everything else takes words from somebody, and is listed with whose words go. No
//! wording is ever invented: a compromise takes every word from what is on the table. Who stands behind
//! a proposal is not known here, and a reading is not support.

mod compromise;
mod decisions;
mod fold;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::merge::Merge;
use crate::node::{Reader, SideName};
use crate::provision::ProvisionId;
use crate::redline::{RedlinePiece, redline};
use crate::rolling::{Position, ProposalKey, RollingProvision, RollingText};
use crate::token::words;

pub use compromise::{Compromise, CompromisePiece};
pub use decisions::{DecisionPlan, DecisionStep, Decisions, EXACT_MAX};
pub use fold::FormDifference;

/// Up to how many words two wordings may differ and be listed as near.
pub const NEAR_WORDS_MAX: u64 = 8;

/// One wording of a provision, and who reads so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Worded {
    /// Those who read so: the base, proposals; in their order.
    pub by: Vec<Reader>,
    /// The words.
    pub text: String,
}

/// Two wordings that differ in form only, of which one can stand for both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lossless {
    /// The provision.
    pub provision: ProvisionId,
    /// The wording that would stand: the base's, else that of the earlier tabled.
    pub kept: Worded,
    /// The wording that would be merged into it.
    pub merged: Worded,
    /// Every kind of difference between them.
    pub differences: Vec<FormDifference>,
    /// What gives the merged wording back from the one kept: bytes of it, and what stands there instead.
    pub recover: Vec<(Range<usize>, String)>,
}

impl Lossless {
    /// Returns the merged wording, from the one kept and the differences.
    pub fn recovered(&self) -> String {
        let mut text = String::new();
        let mut from = 0;
        for (range, new) in &self.recover {
            text.push_str(self.kept.text.get(from..range.start).unwrap_or_default());
            text.push_str(new);
            from = range.end;
        }
        text.push_str(self.kept.text.get(from..).unwrap_or_default());
        text
    }
}

/// Two provisions that different proposals would insert at one place in the same words, or in words
/// that differ in form only.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Duplicate {
    /// The provision that would stand.
    pub kept: ProvisionId,
    /// The provision that says the same.
    pub merged: ProvisionId,
    /// Every kind of difference between them; none where they are the same to the byte.
    pub differences: Vec<FormDifference>,
}

/// Two near wordings, of which one can stand for both if somebody gives up words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Near {
    /// The provision.
    pub provision: ProvisionId,
    /// The one wording.
    pub one: Worded,
    /// The other.
    pub other: Worded,
    /// What those of the one have that the other has not: they lose it if the other stands.
    pub only_one: Vec<String>,
    /// What those of the other have that the one has not.
    pub only_other: Vec<String>,
    /// How many words that is together.
    pub words: u64,
}

/// What could make a text simpler.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Streamlining {
    /// Mergers that lose nothing, by provision.
    pub lossless: Vec<Lossless>,
    /// Provisions that would be inserted twice.
    pub duplicates: Vec<Duplicate>,
    /// Mergers that need the consent of those who lose words, the fewest words first.
    pub near: Vec<Near>,
    /// Which proposals to settle first.
    pub decisions: Decisions,
}

/// Finds what could make a rolling text simpler; in one provision and what stands below it, if one is
/// named.
pub fn streamline(text: &RollingText, within: Option<&ProvisionId>) -> Streamlining {
    let is_within = |met: &RollingProvision<'_>| {
        within.is_none_or(|within| {
            let above = |id: &ProvisionId| text.provision(id).and_then(|met| met.parent().cloned());
            let mut at = Some(met.id().clone());
            std::iter::from_fn(|| {
                let own = at.take()?;
                at = above(&own);
                Some(own)
            })
            .any(|id| id == *within)
        })
    };
    let standing: Vec<RollingProvision<'_>> = text
        .provisions()
        .filter(|met| met.position() == Position::Standing)
        .filter(is_within)
        .collect();
    let mut found = Streamlining::default();
    for met in &standing {
        for merge in [met.text(), met.heading()] {
            pairs(text, met.id(), merge, &mut found);
        }
    }
    found.duplicates = duplicates(text, &standing);
    found.near.sort_by(|a, b| a.words.cmp(&b.words).then(a.provision.cmp(&b.provision)));
    found.decisions = decisions::decisions(&standing);
    found
}

/// Lists the different wordings of a text: the base first, then by tabling.
pub(crate) fn wordings(text: &RollingText, merge: &Merge) -> Vec<Worded> {
    let mut all = vec![Worded { by: vec![Reader::Base], text: merge.base().to_owned() }];
    let tabled = |key: &SideName| text.proposal(key).map_or(0, |proposal| proposal.tabled);
    let mut sides: Vec<&SideName> = merge.sides().collect();
    sides.sort_by_key(|key| (tabled(key), *key));
    for key in sides {
        let Some(words) = merge.side(key) else { continue };
        match all.iter_mut().find(|one| one.text == words) {
            Some(one) => one.by.push(Reader::Side(key.clone())),
            None => all.push(Worded { by: vec![Reader::Side(key.clone())], text: words }),
        }
    }
    all
}

fn pairs(text: &RollingText, id: &ProvisionId, merge: &Merge, found: &mut Streamlining) {
    let all = wordings(text, merge);
    let mut merged = vec![false; all.len()];
    for later in 1..all.len() {
        let twin = (0..later).filter(|one| !merged[*one]).find_map(|one| {
            fold::difference_of_form(&all[one].text, &all[later].text).map(|form| (one, form))
        });
        if let Some((one, differences)) = twin {
            merged[later] = true;
            found.lossless.push(Lossless {
                provision: id.clone(),
                kept: all[one].clone(),
                merged: all[later].clone(),
                differences,
                recover: edits(&all[one].text, &all[later].text),
            });
        }
    }
    // Near to the base is no alternative to another proposal: only proposals are compared.
    let rest: Vec<&Worded> = (1..all.len()).filter(|at| !merged[*at]).map(|at| &all[at]).collect();
    for (at, one) in rest.iter().enumerate() {
        for other in &rest[at + 1..] {
            found.near.extend(near(id, one, other));
        }
    }
}

fn near(id: &ProvisionId, one: &Worded, other: &Worded) -> Option<Near> {
    let mut only = (Vec::new(), Vec::new());
    for piece in redline(&one.text, &other.text).pieces() {
        match piece {
            RedlinePiece::Deleted(words) => only.0.push(words.trim().to_owned()),
            RedlinePiece::Inserted(words) => only.1.push(words.trim().to_owned()),
            RedlinePiece::Same(_) => {}
            // What moved is not lost by either; such wordings are not near.
            RedlinePiece::MovedAway { .. } | RedlinePiece::MovedHere { .. } => return None,
        }
    }
    let count = only.0.iter().chain(&only.1).map(|text| words(text)).sum();
    let (only_one, only_other) = only;
    (count <= NEAR_WORDS_MAX).then(|| Near {
        provision: id.clone(),
        one: one.clone(),
        other: other.clone(),
        only_one,
        only_other,
        words: count,
    })
}

/// Returns the bytes of one text to replace, in order, so that it reads as another.
fn edits(from: &str, to: &str) -> Vec<(Range<usize>, String)> {
    let name = SideName::new("to").expect("the name is neither empty nor `base`");
    let mut merge = Merge::new(from);
    merge.table(name.clone(), to).expect("it is the only side");
    let Some(change) = merge.change(&name) else { return Vec::new() };
    let byte = |token: usize| merge.base_text(0..token).len();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for gap in 0..=merge.base_len() {
        if let Some(words) = change.insertion(gap) {
            edits.push((byte(gap)..byte(gap), words.to_owned()));
        }
        if gap < merge.base_len() && change.deletes(gap) {
            edits.push((byte(gap)..byte(gap + 1), String::new()));
        }
    }
    edits
}

/// Finds provisions of one rank that different proposals add under one parent and that say the same.
fn duplicates(text: &RollingText, standing: &[RollingProvision<'_>]) -> Vec<Duplicate> {
    let added: Vec<(&RollingProvision<'_>, &ProposalKey)> = standing
        .iter()
        .filter_map(|met| match met.origin() {
            crate::rolling::Origin::Added { by, .. } => Some((met, by)),
            crate::rolling::Origin::Base => None,
        })
        .collect();
    let mut found: Vec<Duplicate> = Vec::new();
    for (at, (one, by)) in added.iter().enumerate() {
        for (other, by_other) in &added[at + 1..] {
            let is_beside = one.parent() == other.parent() && one.kind() == other.kind();
            if by == by_other || !is_beside || one.words().text.is_empty() {
                continue;
            }
            let (own, its) = (one.words(), other.words());
            let differences = if own.text == its.text && own.heading == its.heading {
                Some(Vec::new())
            } else if own.heading == its.heading {
                fold::difference_of_form(&own.text, &its.text)
            } else {
                None
            };
            let tabled = |key: &ProposalKey| text.proposal(key).map_or(0, |own| own.tabled);
            if let Some(differences) = differences {
                let is_first = (tabled(by), *by) <= (tabled(by_other), *by_other);
                let (kept, merged) = if is_first { (one, other) } else { (other, one) };
                let (kept, merged) = (kept.id().clone(), merged.id().clone());
                found.push(Duplicate { kept, merged, differences });
            }
        }
    }
    found
}
