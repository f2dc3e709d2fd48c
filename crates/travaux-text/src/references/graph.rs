//! All references of a text, resolved: who names whom, in which words, on which sides.
//!
//! An occurrence is the same on two sides where the words of the reference are the same and it is
//! as manieth of its kind in the provision; the bytes are given for each side by themselves.

use std::collections::BTreeMap;
use std::ops::Range;

use super::mention::{Mention, mentions};
use super::resolve::Resolved;
use super::structure::Structure;
use crate::issued::IssuedText;
use crate::merge::Merge;
use crate::node::Reader;
use crate::provision::ProvisionId;
use crate::rolling::{Origin, Position, RollingProvision, RollingText};

/// Which words of a provision are meant.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// Its heading.
    Heading,
    /// Its text.
    Text,
}

/// One reference in its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Occurrence {
    /// The provision whose words it stands in.
    pub at: ProvisionId,
    /// Its heading or its text.
    pub part: Part,
    /// The words of the reference.
    pub words: String,
    /// What they say, with the bytes in the text of the first reader.
    pub mention: Mention,
    /// What each pointer means.
    pub resolved: Vec<Resolved>,
    /// Who reads so, with the bytes in their text: the base first, then proposals by key.
    pub readers: Vec<(Reader, Range<usize>)>,
    /// Proposals on these words, or that would delete or add them, which read no such reference.
    pub dropped_by: Vec<Reader>,
}

impl Occurrence {
    /// Reports whether everybody reads it.
    pub fn is_everywhere(&self) -> bool {
        self.dropped_by.is_empty()
    }

    /// Reports whether the text reads it before any proposal is taken up.
    pub fn is_in_base(&self) -> bool {
        self.readers.iter().any(|(reader, _)| *reader == Reader::Base)
    }

    /// Reports whether the words point at a provision that is not there.
    pub fn is_dangling(&self) -> bool {
        !self.mention.is_external() && self.resolved.iter().any(|one| !one.missing.is_empty())
    }
}

/// That one provision names another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Edge<'a> {
    /// Where the words stand.
    pub from: &'a ProvisionId,
    /// What they name.
    pub to: &'a ProvisionId,
    /// The number of the occurrence among all.
    pub occurrence: usize,
    /// The number of the pointer in it.
    pub pointer: usize,
}

/// The references of a text with the provisions they point at.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct References {
    pub(super) structure: Structure,
    pub(super) occurrences: Vec<Occurrence>,
}

impl References {
    /// Reads the references of a text without brackets.
    pub fn of_issued(text: &IssuedText) -> Self {
        let structure = Structure::of_issued(text);
        let mut occurrences = Vec::new();
        for provision in text.provisions() {
            for (part, words) in
                [(Part::Heading, &provision.heading), (Part::Text, &provision.text)]
            {
                for mention in mentions(words) {
                    occurrences.push(Occurrence {
                        at: provision.id.clone(),
                        part,
                        words: words[mention.range.clone()].to_owned(),
                        resolved: resolve(&structure, &provision.id, &mention),
                        readers: vec![(Reader::Base, mention.range.clone())],
                        dropped_by: Vec::new(),
                        mention,
                    });
                }
            }
        }
        Self { structure, occurrences }
    }

    /// Reads the references of a text with open proposals on it, on every side.
    pub fn of_rolling(text: &RollingText) -> Self {
        let structure = Structure::of_rolling(text);
        let mut occurrences = Vec::new();
        for met in text.provisions().filter(|met| met.position() == Position::Standing) {
            for (part, merge) in [(Part::Heading, met.heading()), (Part::Text, met.text())] {
                occurrences.extend(on_all_sides(&structure, &met, part, merge));
            }
        }
        Self { structure, occurrences }
    }

    /// Returns the provisions.
    pub fn structure(&self) -> &Structure {
        &self.structure
    }

    /// Returns the references in document order.
    pub fn occurrences(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// Iterates over who names whom, in document order; other instruments and the whole text are
    /// not among them.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        self.occurrences.iter().enumerate().flat_map(|(occurrence, one)| {
            let own = if one.mention.is_external() { &[][..] } else { &one.resolved[..] };
            own.iter().enumerate().flat_map(move |(pointer, resolved)| {
                let edge = move |to| Edge { from: &one.at, to, occurrence, pointer };
                resolved.targets.iter().map(edge)
            })
        })
    }

    /// Iterates over the references that point at something which is not there.
    pub fn dangling(&self) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(|one| one.is_dangling())
    }
}

fn resolve(structure: &Structure, at: &ProvisionId, mention: &Mention) -> Vec<Resolved> {
    if mention.is_external() {
        return vec![Resolved::default(); mention.pointers.len()];
    }
    mention.pointers.iter().map(|pointer| structure.resolve(at, pointer)).collect()
}

/// Reads the text of every reader of a provision and brings equal references together.
fn on_all_sides(
    structure: &Structure,
    met: &RollingProvision<'_>,
    part: Part,
    merge: &Merge,
) -> Vec<Occurrence> {
    let own = match met.origin() {
        Origin::Base => Reader::Base,
        Origin::Added { by, .. } => Reader::Side(by.clone()),
    };
    let mut texts = vec![(own.clone(), merge.base().to_owned())];
    for side in merge.sides() {
        if let Some(text) = merge.side(side) {
            texts.push((Reader::Side(side.clone()), text));
        }
    }
    let mut found: Vec<Occurrence> = Vec::new();
    for (reader, text) in &texts {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in mentions(text) {
            let words = &text[mention.range.clone()];
            let count = counts.entry(words).or_default();
            let same = found.iter_mut().filter(|one| one.words == words).nth(*count);
            *count += 1;
            match same {
                Some(same) => same.readers.push((reader.clone(), mention.range)),
                None => found.push(Occurrence {
                    at: met.id().clone(),
                    part,
                    words: words.to_owned(),
                    resolved: resolve(structure, met.id(), &mention),
                    readers: vec![(reader.clone(), mention.range.clone())],
                    dropped_by: Vec::new(),
                    mention,
                }),
            }
        }
    }
    let mut deleted_by: Vec<Reader> =
        met.suppressed_by().chain(met.covered_by()).cloned().map(Reader::Side).collect();
    if own != Reader::Base {
        deleted_by.push(Reader::Base);
    }
    for one in &mut found {
        let absent = texts.iter().map(|(reader, _)| reader).chain(&deleted_by);
        let reads = |reader: &&Reader| one.readers.iter().any(|(known, _)| known == *reader);
        one.dropped_by = absent.filter(|reader| !reads(reader)).cloned().collect();
        one.dropped_by.sort();
        one.dropped_by.dedup();
    }
    found
}
