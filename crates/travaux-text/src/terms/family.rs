//! Families of competing terms, counted per provision and per side.

use std::ops::Range;

use super::find::{TermUse, Terms};
use crate::coverage::{CatalogueError, rows};
use crate::node::Reader;
use crate::provision::ProvisionId;
use crate::references::Part;
use crate::rolling::{Origin, Position, RollingText};

/// The page that ships with the program.
const SHIPPED: &str = include_str!("../../../../catalogue/terms.md");

/// Terms that compete for one thing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Family {
    /// Its key.
    pub key: String,
    /// The terms.
    pub terms: Vec<String>,
    /// What depends on the choice.
    pub why: String,
}

/// The families that are looked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Families(pub Vec<Family>);

/// Where a term of a family stands, for one reader.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TermCount {
    /// The provision.
    pub at: ProvisionId,
    /// Its heading or its text.
    pub part: Part,
    /// The number of the term in its family.
    pub term: usize,
    /// Who reads so: the base, or the side of a proposal on this provision.
    pub reader: Reader,
    /// The bytes in that reader's words, in order.
    pub ranges: Vec<Range<usize>>,
}

/// A family with all its uses in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Competing {
    /// The family.
    pub family: Family,
    /// The uses, in document order, by reader and term.
    pub uses: Vec<TermCount>,
}

impl Families {
    /// Returns the families that ship with the program.
    ///
    /// # Panics
    /// Never: that they can be read is held by a test.
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the shipped families are read in a test")
    }

    /// Reads families from the table of a Markdown page.
    ///
    /// # Errors
    /// When a row has too few or too many cells, or there is none.
    pub fn read(page: &str) -> Result<Self, CatalogueError> {
        let families = rows::<3>(page, "# Competing terms")?;
        let family = |[key, terms, why]: [&str; 3]| Family {
            key: key.to_owned(),
            terms: terms.split(';').map(|term| term.trim().to_owned()).collect(),
            why: why.to_owned(),
        };
        Ok(Self(families.into_iter().map(family).collect()))
    }

    /// Counts every family in a text with open proposals on it, on every side. The words of the base
    /// are counted once; those of a side only where a proposal words the provision itself.
    pub fn count(&self, text: &RollingText) -> Vec<Competing> {
        self.0.iter().map(|family| count(family, text)).collect()
    }
}

impl Competing {
    /// Counts the uses of each term in the base.
    pub fn in_base(&self) -> Vec<usize> {
        (0..self.family.terms.len())
            .map(|term| {
                let own = self.uses.iter();
                let own = own.filter(|one| one.term == term && one.reader == Reader::Base);
                own.map(|one| one.ranges.len()).sum()
            })
            .collect()
    }

    /// Returns the provisions in which a term stands in the base, in document order.
    pub fn provisions(&self, term: usize) -> Vec<&ProvisionId> {
        let mut all: Vec<&ProvisionId> = Vec::new();
        for one in self.uses.iter().filter(|one| one.term == term && one.reader == Reader::Base) {
            if all.last() != Some(&&one.at) {
                all.push(&one.at);
            }
        }
        all
    }

    /// Reports whether at least two terms are in use, the sides counted.
    pub fn is_open(&self) -> bool {
        let first = self.uses.first().map(|one| one.term);
        self.uses.iter().any(|one| Some(one.term) != first)
    }
}

fn count(family: &Family, text: &RollingText) -> Competing {
    let terms = Terms::new(family.terms.iter().map(String::as_str));
    let mut uses: Vec<TermCount> = Vec::new();
    for met in text.provisions().filter(|met| met.position() == Position::Standing) {
        let own = match met.origin() {
            Origin::Base => Reader::Base,
            Origin::Added { by, .. } => Reader::Side(by.clone()),
        };
        for (part, merge) in [(Part::Heading, met.heading()), (Part::Text, met.text())] {
            let sides = merge
                .sides()
                .filter_map(|side| Some((Reader::Side(side.clone()), merge.side(side)?)));
            for (reader, words) in [(own.clone(), merge.base().to_owned())].into_iter().chain(sides)
            {
                for TermUse { term, range, .. } in terms.find(&words) {
                    let same = uses.iter_mut().rev().find(|one| {
                        one.at == *met.id()
                            && one.part == part
                            && one.term == term
                            && one.reader == reader
                    });
                    match same {
                        Some(same) => same.ranges.push(range),
                        None => uses.push(TermCount {
                            at: met.id().clone(),
                            part,
                            term,
                            reader: reader.clone(),
                            ranges: vec![range],
                        }),
                    }
                }
            }
        }
    }
    Competing { family: family.clone(), uses }
}
