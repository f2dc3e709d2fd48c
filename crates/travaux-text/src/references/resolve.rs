//! Which provisions a pointer means, from where it stands.
//!
//! A paragraph without an article is one of the article the words stand in, a subparagraph one of
//! their paragraph. What is not there is said by its number, and nothing is guessed for it.

use super::mention::{Level, Numeral, Pick, Pointer};
use super::numeral::{bare, value};
use super::structure::{Placed, Structure};
use crate::provision::{ProvisionId, ProvisionKind};

/// What a pointer means in a structure.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Resolved {
    /// The provisions, in document order.
    pub targets: Vec<ProvisionId>,
    /// What the words name and the text has not: "article 99".
    pub missing: Vec<String>,
    /// Whether the whole text is meant.
    pub whole: bool,
}

impl Structure {
    /// Resolves a pointer that stands in `at`.
    pub fn resolve(&self, at: &ProvisionId, pointer: &Pointer) -> Resolved {
        let mut resolved = Resolved::default();
        let mut scope: Option<Vec<ProvisionId>> = None;
        for level in &pointer.path {
            let domain = match &scope {
                None => self.domain(at, level.kind),
                Some(scope) => self.below(scope, level),
            };
            let found = self.pick(at, &domain, level, &mut resolved.missing);
            if found.is_empty() && resolved.missing.is_empty() {
                resolved.missing.push(words(level));
            }
            scope = Some(found);
        }
        match scope {
            Some(targets) => resolved.targets = targets,
            None => resolved.whole = true,
        }
        resolved
    }

    /// Returns where a pointer that begins with this rank looks.
    fn domain(&self, at: &ProvisionId, kind: ProvisionKind) -> Vec<&Placed> {
        let of_kind = |row: &&Placed| row.kind == kind;
        let within = match kind {
            ProvisionKind::Paragraph => Some(self.division(at)),
            ProvisionKind::Subparagraph => {
                let paragraph = self.nearest(at, ProvisionKind::Paragraph);
                let paragraph = paragraph.map(|row| row.id.clone());
                let has_some =
                    |id: &ProvisionId| self.subtree(id).iter().any(|row| row.kind == kind);
                Some(paragraph.filter(has_some).unwrap_or_else(|| self.division(at)))
            }
            ProvisionKind::Section => {
                self.nearest(at, ProvisionKind::Chapter).map(|row| row.id.clone())
            }
            _ => None,
        };
        match within {
            Some(within) => {
                self.shallowest(&self.subtree(&within).iter().filter(of_kind).collect::<Vec<_>>())
            }
            None => self.rows().iter().filter(of_kind).collect(),
        }
    }

    /// Returns the provisions of a rank under those already found.
    fn below(&self, scope: &[ProvisionId], level: &Level) -> Vec<&Placed> {
        let mut all = Vec::new();
        for above in scope {
            let under = self.subtree(above).iter().skip(1);
            let of_kind: Vec<&Placed> = under.filter(|row| row.kind == level.kind).collect();
            all.extend(self.shallowest(&of_kind));
        }
        all
    }

    /// Keeps those that stand under no other of the list.
    fn shallowest<'a>(&self, rows: &[&'a Placed]) -> Vec<&'a Placed> {
        let is_under_another = |row: &Placed| {
            self.above(&row.id).any(|above| rows.iter().any(|other| other.id == above.id))
        };
        rows.iter().copied().filter(|row| !is_under_another(row)).collect()
    }

    fn pick(
        &self,
        at: &ProvisionId,
        domain: &[&Placed],
        level: &Level,
        missing: &mut Vec<String>,
    ) -> Vec<ProvisionId> {
        let own = self.nearest(at, level.kind);
        let siblings = || -> Vec<&Placed> {
            let parent = own.and_then(|own| own.parent.as_ref());
            let rows = self.rows().iter().filter(|row| row.kind == level.kind);
            rows.filter(|row| {
                // Articles follow one another across chapters.
                level.kind == ProvisionKind::Article || row.parent.as_ref() == parent
            })
            .collect()
        };
        let beside = |siblings: &[&Placed]| {
            siblings.iter().position(|row| own.is_some_and(|own| own.id == row.id))
        };
        let found: Vec<&Placed> = match &level.pick {
            Pick::This => own.into_iter().collect(),
            Pick::Preceding | Pick::AllPreceding | Pick::Following => {
                let siblings = siblings();
                let place = beside(&siblings);
                match (&level.pick, place) {
                    (Pick::Preceding, Some(place)) => {
                        place.checked_sub(1).map(|before| siblings[before]).into_iter().collect()
                    }
                    (Pick::AllPreceding, Some(place)) => siblings[..place].to_vec(),
                    (_, Some(place)) => siblings.get(place + 1).copied().into_iter().collect(),
                    (_, None) => Vec::new(),
                }
            }
            Pick::Number(numeral) => {
                let found: Vec<&Placed> = numbered(domain, numeral).collect();
                if found.is_empty() {
                    missing.push(format!("{} {}", level.kind.name(), numeral.number));
                }
                found
            }
            Pick::Span(first, last) => span(domain, level, (first, last), missing),
        };
        found.into_iter().map(|row| row.id.clone()).collect()
    }
}

fn numbered<'a>(
    domain: &[&'a Placed],
    numeral: &Numeral,
) -> impl Iterator<Item = &'a Placed> + use<'a> {
    let wanted = bare(&numeral.number);
    // The only paragraph of an article often prints no number.
    let sole = match domain {
        [sole] if sole.number.is_empty() && wanted == "1" => Some(*sole),
        _ => None,
    };
    let found: Vec<&Placed> =
        domain.iter().copied().filter(|row| bare(&row.number) == wanted).collect();
    found.into_iter().chain(sole)
}

/// Returns all from one number to another; a number that is not there is missing, and what lies
/// between by its value is found all the same.
fn span<'a>(
    domain: &[&'a Placed],
    level: &Level,
    (first, last): (&Numeral, &Numeral),
    missing: &mut Vec<String>,
) -> Vec<&'a Placed> {
    let place = |numeral: &Numeral| {
        let wanted = bare(&numeral.number);
        domain.iter().position(|row| bare(&row.number) == wanted)
    };
    let (from, until) = (place(first), place(last));
    for (numeral, place) in [(first, from), (last, until)] {
        if place.is_none() {
            missing.push(format!("{} {}", level.kind.name(), numeral.number));
        }
    }
    if let (Some(from), Some(until)) = (from, until) {
        return domain.get(from..=until).unwrap_or_default().to_vec();
    }
    let bounds = value(&first.number).zip(value(&last.number));
    let is_between = |row: &&&Placed| {
        let number = value(&row.number);
        bounds.is_some_and(|(low, high)| number.is_some_and(|n| low <= n && n <= high))
    };
    domain.iter().filter(is_between).copied().collect()
}

fn words(level: &Level) -> String {
    let kind = level.kind.name();
    match &level.pick {
        Pick::Number(numeral) => format!("{kind} {}", numeral.number),
        Pick::Span(first, last) => format!("{kind} {} to {}", first.number, last.number),
        Pick::This => format!("this {kind}"),
        Pick::Preceding | Pick::AllPreceding => format!("a preceding {kind}"),
        Pick::Following => format!("a following {kind}"),
    }
}
