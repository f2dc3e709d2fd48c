//! The matrix of powers and safeguards of one text, and what it loses without a provision.
//!
//! A cell holds the first that fits of: the power's own article says it; its words name, straight or
//! through others, a provision that says it; a clause that reaches over the article brings it.

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

use serde::Serialize;

use super::catalogue::{Catalogue, Safeguard};
use super::pattern::searched;
use crate::issued::IssuedText;
use crate::provision::{ProvisionId, ProvisionKind};
use crate::references::{Instrument, Lexeme, Part, References, Structure, mentions};

/// The words on which something rests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Evidence {
    /// The provision.
    pub at: ProvisionId,
    /// Its heading or its text.
    pub part: Part,
    /// The bytes in that.
    pub range: Range<usize>,
    /// The words.
    pub words: String,
}

/// One step of a path: the words that name the next provision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CoverStep {
    /// The words and where they stand.
    pub words: Evidence,
    /// What they name, or reach over.
    pub to: ProvisionId,
}

/// How a safeguard binds a power.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cover {
    /// The power's own article says it.
    Direct(Evidence),
    /// Its words name a provision that says it.
    ByReference {
        /// The steps, the power's own words first.
        path: Vec<CoverStep>,
        /// The words of the safeguard.
        says: Evidence,
    },
    /// A clause over its chapter, or over the whole text, brings it.
    ByClause {
        /// The words of reach.
        clause: Evidence,
        /// The steps from the clause to the words of the safeguard; none where it says it itself.
        path: Vec<CoverStep>,
        /// The words of the safeguard.
        says: Evidence,
    },
    /// It does not.
    None,
}

/// The ways in which a safeguard binds a power, without the words.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverKind {
    /// The power's own article says it.
    Direct,
    /// Its words name a provision that says it.
    ByReference,
    /// A clause over its chapter, or over the whole text, brings it.
    ByClause,
    /// It does not.
    None,
}

impl Cover {
    /// Returns in which way the power is covered.
    pub fn kind(&self) -> CoverKind {
        match self {
            Self::Direct(_) => CoverKind::Direct,
            Self::ByReference { .. } => CoverKind::ByReference,
            Self::ByClause { .. } => CoverKind::ByClause,
            Self::None => CoverKind::None,
        }
    }

    /// Reports whether the power is covered in any way.
    pub fn is_covered(&self) -> bool {
        *self != Self::None
    }

    /// Returns every provision on which the cover rests, in order.
    pub fn rests_on(&self) -> Vec<&ProvisionId> {
        let (first, path, says) = match self {
            Self::None => return Vec::new(),
            Self::Direct(says) => (None, &[][..], says),
            Self::ByReference { path, says } => (None, &path[..], says),
            Self::ByClause { clause, path, says } => (Some(&clause.at), &path[..], says),
        };
        let steps = path.iter().map(|step| &step.words.at);
        first.into_iter().chain(steps).chain([&says.at]).collect()
    }
}

/// A provision that gives a power, with how each safeguard binds it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CoveredRow {
    /// The number of the power in the catalogue.
    pub power: usize,
    /// The article.
    pub provision: ProvisionId,
    /// One cover for each safeguard of the catalogue, in its order.
    pub covers: Vec<Cover>,
}

/// The matrix of one text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Coverage {
    /// What was looked for.
    pub catalogue: Catalogue,
    /// The provisions that give powers, by power, then in document order.
    pub rows: Vec<CoveredRow>,
}

/// A cell that is another without a provision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lost {
    /// The article that gives the power.
    pub provision: ProvisionId,
    /// The number of the safeguard in the catalogue.
    pub safeguard: usize,
    /// How it was covered.
    pub before: Cover,
    /// How it is covered then.
    pub after: Cover,
}

/// Returns a text without a provision and all under it. Nothing is numbered anew.
///
/// # Panics
/// Never: what is left of a text without a whole part of it is a text.
pub fn without(text: &IssuedText, gone: &ProvisionId) -> IssuedText {
    let under: BTreeSet<&ProvisionId> = text.subtree(gone).iter().map(|one| &one.id).collect();
    let left = text.provisions().iter().filter(|one| !under.contains(&one.id)).cloned();
    IssuedText::new(left.collect()).expect("a text without a whole part of it is a text")
}

impl Coverage {
    /// Works the matrix out.
    pub fn of(text: &IssuedText, catalogue: &Catalogue) -> Self {
        let reader = Reader::new(text, catalogue);
        let mut rows = Vec::new();
        for row in reader.structure().rows() {
            if row.kind != ProvisionKind::Article && row.kind != ProvisionKind::Annex {
                continue;
            }
            if let Some(power) = reader.power(&row.id) {
                let covers = (0..catalogue.safeguards.len())
                    .map(|safeguard| reader.cover(&row.id, safeguard))
                    .collect();
                rows.push(CoveredRow { power, provision: row.id.clone(), covers });
            }
        }
        rows.sort_by_key(|row| row.power);
        Self { catalogue: catalogue.clone(), rows }
    }

    /// Returns the cells that are other in `after`, a matrix of the same catalogue; an article that
    /// gives its power there no more is left out.
    pub fn lost(&self, after: &Self) -> Vec<Lost> {
        let mut lost = Vec::new();
        for row in &self.rows {
            let Some(then) = after.rows.iter().find(|then| then.provision == row.provision) else {
                continue;
            };
            for (safeguard, (before, after)) in row.covers.iter().zip(&then.covers).enumerate() {
                if before != after {
                    let (before, after) = (before.clone(), after.clone());
                    let provision = row.provision.clone();
                    lost.push(Lost { provision, safeguard, before, after });
                }
            }
        }
        lost
    }

    /// Returns the provisions whose cover by anything is gone altogether for at least one safeguard
    /// in `after`, in the order of the matrix.
    pub fn uncovered(&self, after: &Self) -> Vec<ProvisionId> {
        let mut all: Vec<ProvisionId> = Vec::new();
        for lost in self.lost(after) {
            if lost.before.is_covered()
                && !lost.after.is_covered()
                && !all.contains(&lost.provision)
            {
                all.push(lost.provision);
            }
        }
        all
    }
}

/// A clause that reaches over others.
struct Reach {
    clause: Evidence,
    /// The number of the clause in the catalogue.
    kind: usize,
    /// What it reaches over; none is the whole text.
    over: Option<ProvisionId>,
    /// The provisions whose safeguards, and whose references, it brings.
    brings: Vec<ProvisionId>,
}

/// Looks for words in one text.
struct Reader<'a> {
    text: &'a IssuedText,
    catalogue: &'a Catalogue,
    references: References,
    /// The references that can be followed, each with the place of the provision it stands in.
    steps: Vec<(usize, CoverStep)>,
    /// For each safeguard, where it stands, in document order.
    said: Vec<Vec<Evidence>>,
    reaches: Vec<Reach>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a IssuedText, catalogue: &'a Catalogue) -> Self {
        let references = References::of_issued(text);
        let words: Vec<_> = text.provisions().iter().map(|one| searched(&one.text)).collect();
        let said = catalogue.safeguards.iter().map(|one| said(text, &words, one)).collect();
        let steps = steps(&references);
        let mut reader = Self { text, catalogue, references, steps, said, reaches: Vec::new() };
        reader.reaches = reader.reaches(&words);
        reader
    }

    fn structure(&self) -> &Structure {
        self.references.structure()
    }

    /// Returns the power that an article gives.
    fn power(&self, article: &ProvisionId) -> Option<usize> {
        let heading = self.text.provision(article).map_or("", |one| one.heading.as_str());
        self.catalogue.powers.iter().position(|power| {
            if !heading.is_empty() {
                return power.headings.is_in(heading);
            }
            self.text.subtree(article).iter().any(|one| power.words.is_in(&one.text))
        })
    }

    fn cover(&self, article: &ProvisionId, safeguard: usize) -> Cover {
        if let Some(says) = self.says(article, safeguard) {
            return Cover::Direct(says.clone());
        }
        if let Some((path, says)) = self.path(std::slice::from_ref(article), safeguard) {
            return Cover::ByReference { path, says };
        }
        let key = &self.catalogue.safeguards[safeguard].key;
        for reach in self.reaches.iter().filter(|reach| self.is_reached(reach, article)) {
            let only = &self.catalogue.clauses[reach.kind].brings;
            if !only.is_empty() && !only.contains(key) {
                continue;
            }
            let own = reach.brings.iter().find_map(|id| self.says_itself(id, safeguard));
            if let Some(says) = own {
                let clause = reach.clause.clone();
                return Cover::ByClause { clause, path: Vec::new(), says: says.clone() };
            }
            if let Some((path, says)) = self.path(&reach.brings, safeguard) {
                return Cover::ByClause { clause: reach.clause.clone(), path, says };
            }
        }
        Cover::None
    }

    /// Returns where a provision, or one under it, says a safeguard.
    fn says(&self, id: &ProvisionId, safeguard: usize) -> Option<&Evidence> {
        self.said[safeguard].iter().find(|one| self.structure().is_within(&one.at, id))
    }

    /// Returns where a provision itself says a safeguard.
    fn says_itself(&self, id: &ProvisionId, safeguard: usize) -> Option<&Evidence> {
        self.said[safeguard].iter().find(|one| one.at == *id)
    }

    fn is_reached(&self, reach: &Reach, article: &ProvisionId) -> bool {
        let structure = self.structure();
        let is_own = structure.is_within(&reach.clause.at, article);
        !is_own && reach.over.as_ref().is_none_or(|over| structure.is_within(article, over))
    }

    /// Follows references to the nearest provision that says a safeguard, breadth first and in
    /// document order. What is named as a chapter or as a whole is not followed.
    fn path(&self, from: &[ProvisionId], safeguard: usize) -> Option<(Vec<CoverStep>, Evidence)> {
        let mut known: BTreeSet<&ProvisionId> = from.iter().collect();
        let mut next: VecDeque<(&ProvisionId, Vec<CoverStep>)> =
            from.iter().map(|id| (id, Vec::new())).collect();
        while let Some((id, path)) = next.pop_front() {
            let Some(from) = self.structure().position(id) else { continue };
            let under = from..from + self.structure().subtree(id).len();
            for (_, step) in self.steps.iter().filter(|(place, _)| under.contains(place)) {
                if !known.insert(&step.to) {
                    continue;
                }
                let path: Vec<CoverStep> = path.iter().cloned().chain([step.clone()]).collect();
                if let Some(says) = self.says(&step.to, safeguard) {
                    return Some((path, says.clone()));
                }
                next.push_back((&step.to, path));
            }
        }
        None
    }

    /// Finds the clauses that reach over others.
    fn reaches(&self, words: &[Vec<Lexeme<'_>>]) -> Vec<Reach> {
        let mut found = Vec::new();
        for (provision, words) in self.text.provisions().iter().zip(words) {
            let clauses = self.catalogue.clauses.iter();
            let matched = clauses.enumerate().flat_map(|(kind, one)| {
                one.words.find_among(words).into_iter().map(move |range| (kind, range))
            });
            for (kind, range) in matched {
                for over in self.over(&provision.id, &provision.text, &range) {
                    let clause = Evidence {
                        at: provision.id.clone(),
                        part: Part::Text,
                        range: range.clone(),
                        words: provision.text[range.clone()].to_owned(),
                    };
                    let brings = self.brings(&provision.id);
                    found.push(Reach { clause, kind, over, brings });
                }
            }
        }
        found
    }

    /// Returns what the words of a clause name: chapters, or the whole text.
    fn over(&self, at: &ProvisionId, text: &str, range: &Range<usize>) -> Vec<Option<ProvisionId>> {
        let mut over = Vec::new();
        let within = mentions(text).into_iter().filter(|one| {
            one.instrument == Instrument::Own
                && one.range.start < range.end
                && range.start < one.range.end
        });
        for pointer in within.flat_map(|one| one.pointers) {
            let resolved = self.structure().resolve(at, &pointer);
            if resolved.whole {
                over.push(None);
            }
            over.extend(resolved.targets.into_iter().map(Some));
        }
        over
    }

    /// Returns the provisions whose safeguards a clause brings: its own, and its whole article where
    /// that is about a safeguard and nothing else.
    fn brings(&self, clause: &ProvisionId) -> Vec<ProvisionId> {
        let article = self.structure().division(clause);
        let heading = self.text.provision(&article).map_or("", |one| one.heading.as_str());
        if self.catalogue.safeguards.iter().any(|one| one.headings.is_in(heading)) {
            return self.text.subtree(&article).iter().map(|one| one.id.clone()).collect();
        }
        vec![clause.clone()]
    }
}

/// Returns the references by which cover can be followed: those to articles and below.
fn steps(references: &References) -> Vec<(usize, CoverStep)> {
    let structure = references.structure();
    let followed = references.edges().filter_map(|edge| {
        let wide = [ProvisionKind::Chapter, ProvisionKind::Section];
        let is_wide = structure.row(edge.to).is_some_and(|row| wide.contains(&row.kind));
        let one = &references.occurrences()[edge.occurrence];
        if is_wide || structure.is_within(edge.from, edge.to) || one.part != Part::Text {
            return None;
        }
        let words = Evidence {
            at: one.at.clone(),
            part: one.part,
            range: one.mention.range.clone(),
            words: one.words.clone(),
        };
        Some((structure.position(edge.from)?, CoverStep { words, to: edge.to.clone() }))
    });
    followed.collect()
}

/// Finds where a safeguard stands in a text; `words` are those of each provision.
fn said(text: &IssuedText, words: &[Vec<Lexeme<'_>>], safeguard: &Safeguard) -> Vec<Evidence> {
    let mut all = Vec::new();
    for (provision, words) in text.provisions().iter().zip(words) {
        let is_about = provision.kind.is_division() && safeguard.headings.is_in(&provision.heading);
        if is_about {
            let (at, words) = (provision.id.clone(), provision.heading.clone());
            all.push(Evidence { at, part: Part::Heading, range: 0..words.len(), words });
        }
        let unless = safeguard.unless.find_among(words);
        let is_other = |range: &Range<usize>| {
            unless.iter().any(|other| other.start <= range.start && range.end <= other.end)
        };
        for range in safeguard.words.find_among(words).into_iter().filter(|r| !is_other(r)) {
            let words = provision.text[range.clone()].to_owned();
            all.push(Evidence { at: provision.id.clone(), part: Part::Text, range, words });
        }
    }
    all
}
