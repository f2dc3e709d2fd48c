//! How the rolling text reads: its provisions in document order, each with what is asked of it.
//!
//! Views borrow; they compute nothing but order and numbers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Ask, Coming, ProposalKey, RollingText, Standing, numbered_throughout};
use crate::merge::Merge;
use crate::provision::{Place, Provision, ProvisionId, ProvisionKind};
use crate::setting;

/// Where a provision comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin<'a> {
    /// It is in the base.
    Base,
    /// An open proposal adds it. What [`RollingProvision::text`] calls the base is then the text
    /// of that proposal.
    Added {
        /// The proposal.
        by: &'a ProposalKey,
        /// The other proposal to whose insertions this is an alternative, if it says so.
        instead_of: Option<&'a ProposalKey>,
    },
}

/// In which of its places a provision is met.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Position<'a> {
    /// Where it stands in the base, or where it is added; its words are given here.
    Standing,
    /// Where a proposal would transfer it; its words and all below it are given where it stands.
    Arriving {
        /// The proposal.
        by: &'a ProposalKey,
    },
}

/// One provision of the rolling text.
#[derive(Clone, Debug)]
pub struct RollingProvision<'a> {
    rolling: &'a RollingText,
    standing: &'a Standing,
    asks: &'a BTreeMap<ProposalKey, Ask>,
    position: Position<'a>,
    number: Cow<'a, str>,
    depth: usize,
}

impl<'a> RollingProvision<'a> {
    /// Returns its id.
    pub fn id(&self) -> &'a ProvisionId {
        &self.standing.provision.id
    }

    /// Returns its rank.
    pub fn kind(&self) -> ProvisionKind {
        self.standing.provision.kind
    }

    /// Returns the number it is shown under: as printed in the base or as its proposal asks,
    /// else by the place of its tabling ("4 bis", "4 ter"); empty where none is printed.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Returns the provision as the base, or the proposal that adds it, words it.
    pub fn words(&self) -> &'a Provision {
        &self.standing.provision
    }

    /// Returns the base heading with every other heading that is asked for.
    pub fn heading(&self) -> &'a Merge {
        &self.standing.heading
    }

    /// Returns the base text with every other text that is asked for.
    pub fn text(&self) -> &'a Merge {
        &self.standing.text
    }

    /// Returns where it comes from.
    pub fn origin(&self) -> Origin<'a> {
        match &self.standing.added {
            None => Origin::Base,
            Some((by, _)) => {
                let proposal = self.rolling.proposals.get(by);
                Origin::Added { by, instead_of: proposal.and_then(|own| own.instead_of.as_ref()) }
            }
        }
    }

    /// Returns in which of its places it is met here.
    pub fn position(&self) -> Position<'a> {
        self.position
    }

    /// Returns how many provisions stand above the place where it is met.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the provision above the place where it stands.
    pub fn parent(&self) -> Option<&'a ProvisionId> {
        self.rolling.parent(self.id())
    }

    /// Returns the proposals that would delete it, by key.
    pub fn suppressed_by(&self) -> impl Iterator<Item = &'a ProposalKey> + use<'a> {
        self.asks.iter().filter(|(_, ask)| ask.suppress).map(|(key, _)| key)
    }

    /// Returns the proposals that would delete a provision above it, and it with that one.
    pub fn covered_by(&self) -> BTreeSet<&'a ProposalKey> {
        let mut covering = BTreeSet::new();
        let mut above = self.parent();
        while let Some(id) = above {
            let asks = self.rolling.state(id).map(|state| &state.asks).into_iter().flatten();
            covering.extend(asks.filter(|(_, ask)| ask.suppress).map(|(key, _)| key));
            above = self.rolling.parent(id);
        }
        covering
    }

    /// Returns the proposals that want it in the text: they ask for words of their own, or by
    /// name for no change. Who says nothing is not among them.
    pub fn kept_by(&self) -> impl Iterator<Item = &'a ProposalKey> + use<'a> {
        self.asks.iter().filter(|(_, ask)| ask.wants_it_kept()).map(|(key, _)| key)
    }

    /// Returns the proposals that ask by name for no change.
    pub fn no_change_by(&self) -> impl Iterator<Item = &'a ProposalKey> + use<'a> {
        self.asks.iter().filter(|(_, ask)| ask.no_change).map(|(key, _)| key)
    }

    /// Returns the proposals that assert its present words: they ask by name for no change, or
    /// want a text that is the base's to the byte. Who says nothing of it is not among them.
    pub fn asserted_by(&self) -> impl Iterator<Item = &'a ProposalKey> + use<'a> {
        let standing = self.standing;
        let asserts = move |ask: &Ask| {
            ask.no_change || ask.text.as_ref().is_some_and(|text| *text == standing.provision.text)
        };
        self.asks.iter().filter(move |(_, ask)| asserts(ask)).map(|(key, _)| key)
    }

    /// Returns the proposals that would transfer it, with the place each wants.
    pub fn transfers(&self) -> impl Iterator<Item = (&'a ProposalKey, &'a Place)> + use<'a> {
        self.asks.iter().filter_map(|(key, ask)| Some((key, ask.transfer.as_ref()?)))
    }

    /// Returns the proposals whose wanted text is said to change form only.
    pub fn editorial_by(&self) -> impl Iterator<Item = &'a ProposalKey> + use<'a> {
        self.asks.iter().filter(|(_, ask)| ask.editorial).map(|(key, _)| key)
    }

    /// Returns the proposals that ask anything of it, by key.
    pub fn touched_by(&self) -> impl Iterator<Item = &'a ProposalKey> + use<'a> {
        self.asks.keys()
    }

    /// Reports whether brackets were asked for around any of it without an alternative.
    pub fn is_bracketed(&self) -> bool {
        self.rolling.state(self.id()).is_some_and(|state| !state.brackets.is_empty())
    }

    /// Reports whether anything about it is open: other words, its deletion or transfer, or its
    /// being there at all.
    pub fn is_contested(&self) -> bool {
        let differs = |ask: &Ask| {
            ask.suppress
                || ask.transfer.is_some()
                || ask.text.as_ref().is_some_and(|text| *text != self.standing.provision.text)
                || ask
                    .heading
                    .as_ref()
                    .is_some_and(|heading| *heading != self.standing.provision.heading)
        };
        self.standing.added.is_some() || self.asks.values().any(differs)
    }
}

/// Iterates over the provisions of a rolling text in document order; what is transferred is met
/// at each of its places. Made by [`RollingText::provisions`].
#[derive(Clone, Debug)]
pub struct Provisions<'a> {
    rolling: &'a RollingText,
    /// What is still to be met, the next last.
    stack: Vec<Work<'a>>,
    numbers: Numbers<'a>,
}

#[derive(Clone, Debug)]
enum Work<'a> {
    Provision { id: &'a ProvisionId, depth: usize },
    Arriving { id: &'a ProvisionId, by: &'a ProposalKey, depth: usize },
    Gap { place: Place, depth: usize },
}

impl RollingText {
    /// Iterates over the provisions in document order. Within a gap between siblings insertions
    /// follow the order of tabling. What has no place is in [`Self::diagnoses`].
    pub fn provisions(&self) -> Provisions<'_> {
        let mut stack = Vec::new();
        for root in self.base.roots() {
            stack.push(Work::Provision { id: &root.id, depth: 0 });
            stack.push(Work::Gap { place: Place::After(root.id.clone()), depth: 0 });
        }
        stack.reverse();
        Provisions { rolling: self, stack, numbers: Numbers::default() }
    }

    /// Finds one provision of the rolling text, where it stands. Its number is the printed or
    /// asked one, without counting insertions: see [`Self::numbers`].
    pub fn provision(&self, id: &ProvisionId) -> Option<RollingProvision<'_>> {
        if !self.stands(id) {
            return None;
        }
        let state = self.state(id)?;
        let standing = state.standing.as_ref()?;
        let depth = std::iter::successors(self.parent(id), |above| self.parent(above)).count();
        Some(RollingProvision {
            rolling: self,
            standing,
            asks: &state.asks,
            position: Position::Standing,
            number: Cow::Borrowed(&standing.provision.number),
            depth,
        })
    }

    /// Returns the number every provision is shown under, for those that show one.
    pub fn numbers(&self) -> BTreeMap<&ProvisionId, String> {
        self.provisions()
            .filter(|met| met.position == Position::Standing && !met.number.is_empty())
            .map(|met| (met.id(), met.number.into_owned()))
            .collect()
    }
}

impl<'a> Iterator for Provisions<'a> {
    type Item = RollingProvision<'a>;

    fn next(&mut self) -> Option<RollingProvision<'a>> {
        loop {
            match self.stack.pop()? {
                Work::Gap { place, depth } => self.open_gap(&place, depth),
                Work::Provision { id, depth } => {
                    self.open_provision(id, depth);
                    if let Some(met) = self.meet(id, Position::Standing, depth) {
                        return Some(met);
                    }
                }
                Work::Arriving { id, by, depth } => {
                    if let Some(met) = self.meet(id, Position::Arriving { by }, depth) {
                        return Some(met);
                    }
                }
            }
        }
    }
}

impl<'a> Provisions<'a> {
    fn open_gap(&mut self, place: &Place, depth: usize) {
        let rolling = self.rolling;
        for arrival in rolling.gap(place).rev() {
            match &arrival.what {
                Coming::Transferred(id) => {
                    self.stack.push(Work::Arriving { id, by: &arrival.by, depth });
                }
                Coming::Added(id) if is_added(rolling, id) => {
                    self.stack.push(Work::Gap { place: Place::After(id.clone()), depth });
                    self.stack.push(Work::Provision { id, depth });
                }
                // The base has a provision of that id: it stands there.
                Coming::Added(_) => {}
            }
        }
    }

    fn open_provision(&mut self, id: &'a ProvisionId, depth: usize) {
        let from = self.stack.len();
        let depth = depth + 1;
        self.stack.push(Work::Gap { place: Place::FirstUnder(id.clone()), depth });
        for child in self.rolling.base.children(id) {
            self.stack.push(Work::Provision { id: &child.id, depth });
            self.stack.push(Work::Gap { place: Place::After(child.id.clone()), depth });
        }
        self.stack[from..].reverse();
    }

    fn meet(
        &mut self,
        id: &'a ProvisionId,
        position: Position<'a>,
        depth: usize,
    ) -> Option<RollingProvision<'a>> {
        let state = self.rolling.state(id)?;
        let standing = state.standing.as_ref()?;
        let number = match position {
            Position::Standing => self.numbers.of(self.rolling, standing),
            Position::Arriving { .. } => Cow::Borrowed(standing.provision.number.as_str()),
        };
        Some(RollingProvision {
            rolling: self.rolling,
            standing,
            asks: &state.asks,
            position,
            number,
            depth,
        })
    }
}

fn is_added(rolling: &RollingText, id: &ProvisionId) -> bool {
    rolling
        .state(id)
        .and_then(|state| state.standing.as_ref())
        .is_some_and(|standing| standing.added.is_some())
}

/// Numbers what is added without a number of its own, in document order.
#[derive(Clone, Debug, Default)]
struct Numbers<'a> {
    series: BTreeMap<(Option<&'a ProvisionId>, ProvisionKind), Series>,
}

/// The numbers of one kind under one parent (or throughout the text).
#[derive(Clone, Debug, Default)]
struct Series {
    taken: BTreeSet<String>,
    /// The last stem met and the ordinal of its last adverb; empty before the first number.
    stem: String,
    ordinal: usize,
    /// The first number that the base prints in this series, if it prints any.
    first: String,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, rolling: &'a RollingText, standing: &'a Standing) -> Cow<'a, str> {
        let provision = &standing.provision;
        let parent = rolling.parent(&provision.id);
        let throughout = numbered_throughout(provision.kind);
        let key = (if throughout { None } else { parent }, provision.kind);
        let series = self.series.entry(key).or_insert_with(|| Series::of_base(rolling.base(), key));
        if !provision.number.is_empty() {
            series.meet(&provision.number);
            return Cow::Borrowed(&provision.number);
        }
        if standing.added.is_none() {
            return Cow::Borrowed("");
        }
        Cow::Owned(series.next())
    }
}

impl Series {
    fn of_base(
        base: &crate::issued::IssuedText,
        (parent, kind): (Option<&ProvisionId>, ProvisionKind),
    ) -> Self {
        let mut series = Self::default();
        let ours = |provision: &&Provision| {
            provision.kind == kind
                && (numbered_throughout(kind) || provision.parent.as_ref() == parent)
                && !provision.number.is_empty()
        };
        let within = parent.map_or(base.provisions(), |parent| base.subtree(parent));
        for provision in within.iter().filter(ours) {
            if series.first.is_empty() {
                series.first.clone_from(&provision.number);
            }
            series.taken.insert(provision.number.clone());
        }
        series
    }

    fn meet(&mut self, number: &str) {
        self.taken.insert(number.to_owned());
        (self.stem, self.ordinal) = setting::stem(number);
    }

    /// Returns the next number that is free: "4 bis" behind 4; "1 ante" before the first; nothing
    /// where the series is not numbered.
    fn next(&mut self) -> String {
        if self.stem.is_empty() {
            if self.first.is_empty() {
                return String::new();
            }
            self.stem = setting::before(&self.first);
            self.ordinal = 0;
            if self.taken.insert(self.stem.clone()) {
                return self.stem.clone();
            }
        }
        loop {
            self.ordinal += 1;
            let number = setting::inserted(&self.stem, self.ordinal);
            if self.taken.insert(number.clone()) {
                return number;
            }
        }
    }
}
