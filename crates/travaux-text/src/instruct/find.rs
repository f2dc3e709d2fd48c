//! Which provisions an instruction means, and how a provision is cited so that nobody can doubt it.
//!
//! A name that can mean several provisions is refused with all of them; what was spoken of last
//! completes a name as it does between people ("in article 5 …; in paragraph 3 …").

use super::error::InstructError;
use super::lex::Pieces;
use super::locus::{Locus, LocusPart, Nth, Step, Target, number_of};
use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId, ProvisionKind};
use crate::references::{Level, Pick, bare};

/// Words of a provision: its heading or its text.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Part {
    Heading,
    Text,
}

/// Why a name means no provision: there is none of it, among these, or these could be meant.
enum Lost {
    Nowhere(Vec<usize>),
    Several(Vec<usize>),
}

/// A text in which places are found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'t> {
    pub(super) text: &'t IssuedText,
}

impl<'t> Ground<'t> {
    pub(super) fn provision(self, at: usize) -> &'t Provision {
        &self.text.provisions()[at]
    }

    pub(super) fn words(self, at: usize, part: Part) -> &'t str {
        let provision = self.provision(at);
        match part {
            Part::Heading => &provision.heading,
            Part::Text => &provision.text,
        }
    }

    fn position(self, provision: &Provision) -> usize {
        self.text.position(&provision.id).unwrap_or_default()
    }

    /// Returns the places of a provision and all below it.
    pub(super) fn subtree(self, at: usize) -> std::ops::Range<usize> {
        at..at + self.text.subtree(&self.provision(at).id).len()
    }

    pub(super) fn children(self, at: usize) -> Vec<usize> {
        let id = &self.provision(at).id;
        self.text.children(id).map(|child| self.position(child)).collect()
    }

    /// Returns the places of those that stand beside a provision, itself included.
    pub(super) fn siblings(self, at: usize) -> Vec<usize> {
        match &self.provision(at).parent {
            Some(parent) => self.children(self.text.position(parent).unwrap_or_default()),
            None => self.text.roots().map(|root| self.position(root)).collect(),
        }
    }

    fn is_above(self, above: usize, at: usize) -> bool {
        above != at && self.subtree(above).contains(&at)
    }

    /// Returns the provisions a place names.
    pub(super) fn resolve(
        self,
        locus: &Locus,
        spoken: Option<usize>,
    ) -> Result<Vec<usize>, InstructError> {
        let named = locus.named.strip_prefix("the ").unwrap_or(&locus.named);
        let named = if named.is_empty() { "provision spoken of" } else { named }.to_owned();
        self.found(locus, spoken).map_err(|lost| match lost {
            Lost::Nowhere(there) => InstructError::NoSuchProvision {
                named,
                there: there.iter().map(|at| self.cite(*at)).collect(),
            },
            Lost::Several(meant) => InstructError::SeveralProvisions {
                named,
                meant: meant.iter().map(|at| self.cite_by_id(*at)).collect(),
            },
        })
    }

    fn found(self, locus: &Locus, spoken: Option<usize>) -> Result<Vec<usize>, Lost> {
        match &locus.target {
            Target::Text => Ok(self.text.roots().map(|root| self.position(root)).collect()),
            Target::Context(kind) => {
                let found = self.spoken_of(*kind, spoken, locus.part);
                found.map(|at| vec![at]).ok_or(Lost::Nowhere(Vec::new()))
            }
            Target::Id(id) => {
                let at = self.text.position(&ProvisionId::new(id.as_str()));
                at.map(|at| vec![at]).ok_or(Lost::Nowhere(Vec::new()))
            }
            Target::Paths(paths) => {
                let mut all = Vec::new();
                for path in paths {
                    for found in self.found_path(path, spoken)? {
                        if !all.contains(&found) {
                            all.push(found);
                        }
                    }
                }
                Ok(all)
            }
        }
    }

    /// Returns the provision spoken of, or the one of a rank that it is or stands in.
    fn spoken_of(
        self,
        kind: Option<ProvisionKind>,
        spoken: Option<usize>,
        part: LocusPart,
    ) -> Option<usize> {
        let sole = (self.text.len() == 1).then_some(0);
        match (kind, spoken.or(sole)) {
            (None, Some(at)) => Some(at),
            (Some(kind), Some(at)) => {
                let id = &self.provision(at).id;
                self.text.within(id, kind).map(|found| self.position(found)).or(sole)
            }
            // "The title", where none is spoken of, is that of the text.
            (None, None) if part == LocusPart::Heading => {
                let title = self.text.of_kind(ProvisionKind::Title).next();
                title.map(|title| self.position(title))
            }
            (_, None) => None,
        }
    }

    fn found_path(self, path: &[Step], spoken: Option<usize>) -> Result<Vec<usize>, Lost> {
        let mut scope: Option<Vec<usize>> = None;
        for step in path {
            let domain = match &scope {
                None => self.domain(step, spoken),
                Some(scope) => scope.iter().flat_map(|at| self.below(*at, kind_of(step))).collect(),
            };
            let found = self.pick(step, &domain);
            if found.is_empty() {
                return Err(Lost::Nowhere(domain));
            }
            let is_span = matches!(step, Step::Level(Level { pick: Pick::Span(..), .. }));
            if found.len() > 1 && !is_span {
                return Err(Lost::Several(found));
            }
            scope = Some(found);
        }
        Ok(scope.unwrap_or_default())
    }

    /// Returns where a name that begins with this step looks.
    fn domain(self, step: &Step, spoken: Option<usize>) -> Vec<usize> {
        let kind = kind_of(step);
        let around = |kind: fn(ProvisionKind) -> bool| {
            let at = spoken?;
            let mut above = std::iter::once(at)
                .chain(self.text.ancestors(&self.provision(at).id).map(|one| self.position(one)));
            above.find(|at| kind(self.provision(*at).kind))
        };
        let whole = || {
            let of_kind = self.text.of_kind(kind).map(|one| self.position(one)).collect::<Vec<_>>();
            self.shallowest(&of_kind)
        };
        let within: Vec<usize> = match kind {
            ProvisionKind::Paragraph => around(ProvisionKind::is_division).into_iter().collect(),
            ProvisionKind::Subparagraph => [
                around(|kind| kind == ProvisionKind::Subparagraph),
                around(|kind| kind == ProvisionKind::Paragraph),
                around(ProvisionKind::is_division),
            ]
            .into_iter()
            .flatten()
            .collect(),
            ProvisionKind::Section => {
                around(|kind| kind == ProvisionKind::Chapter).into_iter().collect()
            }
            _ => Vec::new(),
        };
        if within.is_empty() {
            return whole();
        }
        let mut first = None;
        for above in within {
            let domain = self.below(above, kind);
            if !self.pick(step, &domain).is_empty() {
                return domain;
            }
            first = first.or(Some(domain));
        }
        first.unwrap_or_default()
    }

    /// Returns the provisions of a rank below one, without those that stand under another of them.
    fn below(self, above: usize, kind: ProvisionKind) -> Vec<usize> {
        let of_kind: Vec<usize> =
            self.subtree(above).skip(1).filter(|at| self.provision(*at).kind == kind).collect();
        self.shallowest(&of_kind)
    }

    /// Keeps those of a list, in document order, that stand under no other of it.
    fn shallowest(self, list: &[usize]) -> Vec<usize> {
        let mut end = 0;
        let mut kept = Vec::new();
        for &at in list {
            if at >= end {
                end = self.subtree(at).end;
                kept.push(at);
            }
        }
        kept
    }

    fn pick(self, step: &Step, domain: &[usize]) -> Vec<usize> {
        match step {
            Step::Only(_) => domain.to_vec(),
            Step::Ordinal(_, nth) => {
                nth.among(domain.len()).map(|at| domain[at]).into_iter().collect()
            }
            Step::Footnote(mark) => {
                let is_note = |at: &usize| {
                    bare(&self.provision(*at).number) == *mark
                        && self.provision(*at).number.contains('^')
                };
                (0..self.text.len()).filter(is_note).collect()
            }
            Step::Level(Level { pick: Pick::Number(numeral), .. }) => {
                self.numbered(domain, &numeral.number)
            }
            Step::Level(Level { pick: Pick::Span(first, last), .. }) => {
                let place = |number: &str| {
                    let found = self.numbered(domain, number);
                    found.first().and_then(|found| domain.iter().position(|at| at == found))
                };
                match (place(&first.number), place(&last.number)) {
                    (Some(from), Some(to)) => domain.get(from..=to).unwrap_or_default().to_vec(),
                    _ => Vec::new(),
                }
            }
            Step::Level(_) => Vec::new(),
        }
    }

    fn numbered(self, domain: &[usize], number: &str) -> Vec<usize> {
        let wanted = bare(number);
        let found: Vec<usize> = domain
            .iter()
            .copied()
            .filter(|at| bare(&self.provision(*at).number) == wanted)
            .collect();
        let prints_none = domain.iter().all(|at| self.provision(*at).number.is_empty());
        if found.is_empty() && prints_none {
            // Paragraphs that print no number are counted.
            let place: Option<usize> = wanted.parse().ok();
            let at = place.and_then(|place| Nth::At(place).among(domain.len()));
            return at.map(|at| domain[at]).into_iter().collect();
        }
        found
    }

    /// Returns the provision whose text stands for a provision's own words: itself, or the
    /// unnumbered paragraph that opens it.
    pub(super) fn own(self, at: usize) -> usize {
        let provision = self.provision(at);
        if !provision.text.is_empty() || !provision.kind.is_division() {
            return at;
        }
        match self.children(at)[..] {
            [first, ..] if self.provision(first).number.is_empty() => self.own(first),
            _ => at,
        }
    }

    /// Returns where words are looked for in a place.
    pub(super) fn parts(self, found: &[usize], part: LocusPart) -> Vec<(usize, Part)> {
        let mut parts = Vec::new();
        for &at in found {
            match part {
                LocusPart::Heading => {
                    let provision = self.provision(at);
                    let is_worded = provision.kind == ProvisionKind::Title
                        && provision.heading.is_empty()
                        && !provision.text.is_empty();
                    parts.push((at, if is_worded { Part::Text } else { Part::Heading }));
                }
                LocusPart::Chapeau => parts.push((self.own(at), Part::Text)),
                LocusPart::Whole => {
                    let below = self.subtree(at).filter(|at| !self.provision(*at).text.is_empty());
                    let texts: Vec<_> = below.map(|at| (at, Part::Text)).collect();
                    let is_title = texts.is_empty() && self.subtree(at).len() == 1;
                    let heading = is_title && !self.provision(at).heading.is_empty();
                    parts.extend(texts);
                    parts.extend(heading.then_some((at, Part::Heading)));
                }
            }
        }
        parts
    }

    /// Cites a provision as people do, where that says which is meant; else by its id.
    pub(super) fn cite(self, at: usize) -> String {
        let cited = self.cite_in_words(at);
        match cited {
            Some(cited) if self.means(&cited) == Some((at, LocusPart::Whole)) => cited,
            _ => self.id_of(at),
        }
    }

    fn id_of(self, at: usize) -> String {
        let id = self.provision(at).id.as_str();
        format!("provision {}", super::write::ticked(id))
    }

    /// Cites a provision in words, with its id where these words could mean another.
    fn cite_by_id(self, at: usize) -> String {
        let cited = self.cite(at);
        match self.text.articles().next() {
            Some(_) => cited,
            None => self.id_of(at),
        }
    }

    /// Returns the one provision that words mean without anything spoken of.
    pub(super) fn means(self, cited: &str) -> Option<(usize, LocusPart)> {
        let pieces = Pieces::cut(cited).ok()?;
        let (locus, next) = pieces.locus(0)?;
        let found = (next == pieces.len()).then(|| self.found(&locus, None).ok())??;
        match found[..] {
            [only] if locus.sentence.is_none() => Some((only, locus.part)),
            _ => None,
        }
    }

    fn cite_in_words(self, at: usize) -> Option<String> {
        let provision = self.provision(at);
        let number = shown(&provision.number);
        let kind = provision.kind;
        match kind {
            ProvisionKind::Title => return Some("the title".to_owned()),
            ProvisionKind::Preamble => return Some("the preamble".to_owned()),
            ProvisionKind::Annex if number.is_empty() => return Some("the annex".to_owned()),
            _ if kind.is_division() => {
                return (!number.is_empty()).then(|| format!("{kind} {number}"));
            }
            _ => {}
        }
        let above = provision.parent.as_ref().and_then(|parent| self.text.position(parent));
        let Some(above) = above else {
            return (!number.is_empty()).then(|| self.numbered_words(at));
        };
        if number.is_empty() {
            return self.cite_unnumbered(at, above);
        }
        // An unnumbered paragraph that opens an article is passed over: "article 1 (a)".
        let is_lead =
            !self.provision(above).kind.is_division() && self.provision(above).number.is_empty();
        let outer = if is_lead {
            let parent = self.provision(above).parent.as_ref();
            parent.and_then(|parent| self.text.position(parent)).unwrap_or(above)
        } else {
            above
        };
        let outer = self.cite_in_words(outer)?;
        let own = self.numbered_words(at);
        let is_bracket = own.starts_with('(');
        Some(if is_bracket { format!("{outer} {own}") } else { format!("{outer}, {own}") })
    }

    fn numbered_words(self, at: usize) -> String {
        let provision = self.provision(at);
        let number = shown(&provision.number);
        match provision.kind {
            ProvisionKind::Subparagraph if provision.parent.is_some() => format!("({number})"),
            ProvisionKind::Subparagraph => format!("subparagraph ({number})"),
            kind => format!("{kind} {number}"),
        }
    }

    fn cite_unnumbered(self, at: usize, above: usize) -> Option<String> {
        let kind = self.provision(at).kind;
        let same: Vec<usize> = self
            .children(above)
            .into_iter()
            .filter(|sibling| self.provision(*sibling).kind == kind)
            .collect();
        let place = same.iter().position(|sibling| *sibling == at)? + 1;
        if self.provision(above).kind == ProvisionKind::Preamble {
            return Some(format!("preambular paragraph {place}"));
        }
        let outer = self.cite_in_words(above)?;
        Some(format!("the {} {kind} of {outer}", Nth::At(place)))
    }

    /// Cites a provision's own text so that words looked for there are looked for nowhere else.
    pub(super) fn cite_own(self, at: usize, part: Part) -> String {
        let cited = self.cite(at);
        if part == Part::Heading {
            return format!("the title of {cited}");
        }
        let parent = self.provision(at).parent.as_ref().and_then(|id| self.text.position(id));
        let outer = parent.map(|parent| self.cite(parent));
        let chapeau = |cited: &str| format!("the chapeau of {cited}");
        let candidates = [
            outer.clone().filter(|_| self.provision(at).number.is_empty()),
            Some(cited.clone()),
            outer.filter(|_| self.provision(at).number.is_empty()).map(|outer| chapeau(&outer)),
            Some(chapeau(&cited)),
        ];
        let is_own = |cited: &String| {
            let Some((found, part)) = self.means(cited) else { return false };
            self.parts(&[found], part) == [(at, Part::Text)]
                && (part == LocusPart::Chapeau || self.own(found) == at)
        };
        candidates.into_iter().flatten().find(is_own).unwrap_or_else(|| chapeau(&self.id_of(at)))
    }

    /// Returns the places of provisions that something is said about, without those that stand
    /// under another of them.
    pub(super) fn topmost(self, found: &[usize]) -> Vec<usize> {
        let is_under = |at: &usize| found.iter().any(|above| self.is_above(*above, *at));
        found.iter().copied().filter(|at| !is_under(at)).collect()
    }
}

/// Returns a number without the punctuation it is printed with.
fn shown(number: &str) -> &str {
    number.trim_end_matches(['.', ')', ':']).trim_start_matches('(')
}

fn kind_of(step: &Step) -> ProvisionKind {
    match step {
        Step::Level(level) => level.kind,
        Step::Ordinal(kind, _) | Step::Only(kind) => *kind,
        Step::Footnote(_) => ProvisionKind::Paragraph,
    }
}

/// Names what a place names last, for messages: "paragraph 9".
pub(super) fn last_number(locus: &Locus) -> Option<&str> {
    match &locus.target {
        Target::Paths(paths) => paths.last()?.last().and_then(number_of),
        _ => None,
    }
}
