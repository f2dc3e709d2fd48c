//! The terms a text defines, where it uses them, and what it uses without defining.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find::{TermUse, Terms};
use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId};

/// A term with its definition and its uses.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Definition {
    /// The term, without its quotation marks.
    pub term: String,
    /// Where it is defined.
    pub at: ProvisionId,
    /// The bytes of the term there.
    pub range: Range<usize>,
    /// Where it is used, its own definition left out, in document order.
    pub uses: Vec<(ProvisionId, Range<usize>)>,
    /// Whether it is used in definitions only.
    pub is_used_in_definitions_only: bool,
}

/// A term of art that is used and not defined.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Undefined {
    /// The term.
    pub term: String,
    /// Where it is used, in document order.
    pub uses: Vec<(ProvisionId, Range<usize>)>,
}

/// The terms of one text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Vocabulary {
    /// What it defines, in document order.
    pub definitions: Vec<Definition>,
    /// What it uses and does not define, of the terms asked about and those it quotes.
    pub undefined: Vec<Undefined>,
}

/// Words that follow a term where it is defined.
const VERBS: [&str; 11] = [
    "means", "mean", "shall", "is", "are", "covers", "cover", "includes", "include", "denotes",
    "refers",
];

/// Headings of articles that define terms.
const HEADINGS: [&str; 4] = ["use of terms", "definitions", "terms", "definition of terms"];

impl Vocabulary {
    /// Reads the definitions of a text and counts uses; `known` are terms that are held to need a
    /// definition, such as those another draft defines.
    pub fn of<'t>(text: &IssuedText, known: impl IntoIterator<Item = &'t str>) -> Self {
        let mut definitions = Vec::new();
        for provision in text.provisions() {
            for range in defined_in(text, provision) {
                let term = provision.text[range.clone()].to_owned();
                let at = provision.id.clone();
                let (uses, is_used_in_definitions_only) = (Vec::new(), false);
                definitions.push(Definition { term, at, range, uses, is_used_in_definitions_only });
            }
        }
        let is_defined = |term: &str| {
            definitions
                .iter()
                .any(|one: &Definition| one.term.to_lowercase() == term.to_lowercase())
        };
        let mut asked: BTreeSet<String> = known.into_iter().map(str::to_lowercase).collect();
        for provision in text.provisions() {
            asked.extend(quoted(&provision.text).map(|range| provision.text[range].to_lowercase()));
        }
        asked.retain(|term| !is_defined(term) && !term.is_empty());
        let asked: Vec<String> = asked.into_iter().collect();
        let count = definitions.len();
        let names = definitions.iter().map(|one| one.term.as_str());
        let terms = Terms::new(names.chain(asked.iter().map(String::as_str)));
        let mut undefined: Vec<Undefined> =
            asked.iter().map(|term| Undefined { term: term.clone(), uses: Vec::new() }).collect();
        let defining: BTreeSet<ProvisionId> =
            definitions.iter().map(|one| one.at.clone()).collect();
        for provision in text.provisions() {
            for TermUse { term, range, .. } in terms.find(&provision.text) {
                let place = (provision.id.clone(), range);
                match definitions.get_mut(term) {
                    Some(one) if one.at != provision.id => one.uses.push(place),
                    Some(_) => {}
                    None => undefined[term - count].uses.push(place),
                }
            }
        }
        for one in &mut definitions {
            let in_definitions = one.uses.iter().all(|(at, _)| defining.contains(at));
            one.is_used_in_definitions_only = !one.uses.is_empty() && in_definitions;
        }
        undefined.retain(|one| !one.uses.is_empty());
        Self { definitions, undefined }
    }

    /// Iterates over the terms that are defined and nowhere used.
    pub fn unused(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter().filter(|one| one.uses.is_empty())
    }
}

/// Returns the terms a provision defines: quoted words before the verb, where the article is one of
/// definitions or the verb says that they mean something.
fn defined_in(text: &IssuedText, provision: &Provision) -> Vec<Range<usize>> {
    let above = text.ancestors(&provision.id);
    let in_definitions = above
        .into_iter()
        .chain([provision])
        .any(|one| HEADINGS.contains(&one.heading.trim().to_lowercase().as_str()));
    let terms: Vec<Range<usize>> = quoted(&provision.text).collect();
    let Some(first) = terms.first() else { return Vec::new() };
    let lead = provision.text[..first.start].trim_end_matches(['\u{201c}', '"', '\u{ab}']);
    let is_lead = matches!(
        lead.trim().to_lowercase().as_str(),
        "" | "a" | "an" | "the" | "the term" | "the expression" | "the terms"
    );
    let mut defined = Vec::new();
    for (place, range) in terms.iter().enumerate() {
        let behind = provision.text[range.end..].trim_start_matches(['\u{201d}', '"', '\u{bb}']);
        let next = behind.split_whitespace().next().unwrap_or_default();
        let next = next.trim_matches(|c: char| !c.is_alphanumeric());
        defined.push(range.clone());
        if next == "or" || next == "and" {
            continue;
        }
        let verb = behind.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let means = verb.starts_with("means") || verb.starts_with("shall mean");
        let is_definition = (in_definitions && VERBS.contains(&next)) || means;
        let starts_so = is_lead && defined.len() == place + 1;
        return if is_definition && (starts_so || means) { defined } else { Vec::new() };
    }
    Vec::new()
}

/// Finds words in quotation marks, without the marks.
fn quoted(text: &str) -> impl Iterator<Item = Range<usize>> {
    const MARKS: [(char, char); 3] = [('\u{201c}', '\u{201d}'), ('"', '"'), ('\u{ab}', '\u{bb}')];
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, open) =
            text[at..].char_indices().find(|(_, c)| MARKS.iter().any(|m| m.0 == *c))?;
        let close = MARKS.iter().find(|marks| marks.0 == open)?.1;
        let from = at + start + open.len_utf8();
        let length = text[from..].find(close)?;
        at = from + length + close.len_utf8();
        Some(from..from + length)
    })
}
