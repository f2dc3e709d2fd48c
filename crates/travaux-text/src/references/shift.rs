//! What a change of numbers does to references, and the correction of each.
//!
//! Provisions are followed by their ids. A reference that stands in the same words before and after
//! and points elsewhere, or at nothing, has shifted; one whose words were changed is left to those
//! who changed them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::graph::{Occurrence, Part, References};
use super::mention::{Numeral, Pick};
use super::numeral::{bare, is_roman, printed, roman, value};
use super::resolve::Resolved;
use super::structure::Structure;
use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId, ProvisionKind};

/// What has become of a reference.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ShiftKind {
    /// It points at another provision than before.
    Elsewhere,
    /// It points at nothing, and what it meant is still there under another number.
    Dangling,
    /// What it meant is gone from the text; no correction can be given.
    Gone,
}

/// A reference that no longer points at what it meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shift {
    /// Where it stands.
    pub at: ProvisionId,
    /// Its heading or its text.
    pub part: Part,
    /// The words of the reference.
    pub words: String,
    /// What has become of it.
    pub kind: ShiftKind,
    /// What it meant.
    pub meant: Vec<ProvisionId>,
    /// What it points at now.
    pub points_at: Vec<ProvisionId>,
    /// The bytes to replace in the text as it now is, each with the right number, in order.
    pub corrections: Vec<(Range<usize>, String)>,
}

/// Finds the references of `after` that pointed at something else in `before`.
pub fn shifts(before: &References, after: &References) -> Vec<Shift> {
    let mut earlier: BTreeMap<(&ProvisionId, Part, &str), Vec<&Occurrence>> = BTreeMap::new();
    for one in before.occurrences().iter().filter(|one| !one.mention.is_external()) {
        earlier.entry((&one.at, one.part, one.words.as_str())).or_default().push(one);
    }
    let mut found = Vec::new();
    let mut counts: BTreeMap<(&ProvisionId, Part, &str), usize> = BTreeMap::new();
    for now in after.occurrences().iter().filter(|one| !one.mention.is_external()) {
        let key = (&now.at, now.part, now.words.as_str());
        let count = counts.entry(key).or_default();
        let then = earlier.get(&key).and_then(|same| same.get(*count));
        *count += 1;
        found.extend(then.and_then(|then| shift(then, now, after.structure())));
    }
    found
}

fn shift(then: &Occurrence, now: &Occurrence, structure: &Structure) -> Option<Shift> {
    let targets = |one: &Occurrence| -> Vec<ProvisionId> {
        one.resolved.iter().flat_map(|resolved| resolved.targets.iter().cloned()).collect()
    };
    let (meant, points_at) = (targets(then), targets(now));
    let ends_held =
        then.resolved.iter().zip(&now.resolved).all(|(then, now)| ends(then) == ends(now));
    if meant.is_empty()
        || meant == points_at
        || ends_held && now.is_dangling() == then.is_dangling()
    {
        return None;
    }
    let mut corrections = Vec::new();
    for ((then, now_resolved), pointer) in
        then.resolved.iter().zip(&now.resolved).zip(&now.mention.pointers)
    {
        if ends(then) != ends(now_resolved) {
            let meant = ends(then);
            corrections.extend(correct(structure, meant, &pointer.path));
        }
    }
    corrections.sort_by_key(|(range, _)| range.start);
    corrections.dedup();
    let is_there = meant.iter().all(|id| structure.row(id).is_some());
    let kind = match (is_there, now.is_dangling()) {
        (false, _) => ShiftKind::Gone,
        (true, true) => ShiftKind::Dangling,
        (true, false) => ShiftKind::Elsewhere,
    };
    let (at, part, words) = (now.at.clone(), now.part, now.words.clone());
    Some(Shift { at, part, words, kind, meant, points_at, corrections })
}

/// The first and last provision that a pointer means: what it has between them may come and go.
fn ends(resolved: &Resolved) -> Option<(&ProvisionId, &ProvisionId)> {
    resolved.targets.first().zip(resolved.targets.last())
}

/// Returns the numbers that make a path point at what was meant.
fn correct(
    structure: &Structure,
    meant: Option<(&ProvisionId, &ProvisionId)>,
    path: &[super::mention::Level],
) -> Vec<(Range<usize>, String)> {
    let Some((first, last)) = meant else { return Vec::new() };
    let number = |id: &ProvisionId, kind: ProvisionKind| {
        structure.nearest(id, kind).map(|row| printed(&row.number).to_owned())
    };
    let mut corrections = Vec::new();
    let mut replace = |numeral: &Numeral, right: Option<String>| {
        if let Some(right) = right.filter(|right| !right.is_empty())
            && bare(&right) != bare(&numeral.number)
        {
            corrections.push((numeral.range.clone(), right));
        }
    };
    for level in path {
        match &level.pick {
            Pick::Number(numeral) => replace(numeral, number(first, level.kind)),
            Pick::Span(from, until) => {
                replace(from, number(first, level.kind));
                replace(until, number(last, level.kind));
            }
            Pick::This | Pick::Preceding | Pick::AllPreceding | Pick::Following => {}
        }
    }
    corrections
}

/// Writes corrections into a text. They are in order and do not overlap, as [`shifts`] gives them.
pub fn corrected(text: &str, corrections: &[(Range<usize>, String)]) -> String {
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    for (range, right) in corrections {
        written.push_str(text.get(at..range.start).unwrap_or_default());
        written.push_str(right);
        at = range.end;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    written
}

/// Numbers chapters, articles and the paragraphs of each article anew, one behind the other, as a
/// secretariat does before a text is issued; what prints no number gets none. Words stay as they
/// are, so that [`shifts`] says what must be corrected.
///
/// # Panics
/// Never: numbers change no structure.
pub fn renumbered(text: &IssuedText) -> IssuedText {
    let mut counts: BTreeMap<(Option<ProvisionId>, ProvisionKind), u32> = BTreeMap::new();
    let renumber = |provision: &Provision| {
        let throughout = matches!(provision.kind, ProvisionKind::Article | ProvisionKind::Chapter);
        let parent = if throughout { None } else { provision.parent.clone() };
        let number = printed(&provision.number);
        let is_counted = throughout || provision.kind == ProvisionKind::Paragraph;
        let counts_on = is_counted && (value(number).is_some() || is_roman(number));
        if !counts_on {
            return provision.clone();
        }
        let count = counts.entry((parent, provision.kind)).or_default();
        *count += 1;
        let number = if is_roman(number) { roman(*count) } else { count.to_string() };
        Provision { number, ..provision.clone() }
    };
    let provisions = text.provisions().iter().map(renumber).collect();
    IssuedText::new(provisions).expect("numbers change no structure")
}
