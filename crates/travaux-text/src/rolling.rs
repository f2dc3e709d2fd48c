//! What the text looks like with every open proposal on it: one base, and what each proposal asks
//! of each provision.
//!
//! It keeps words and structure only. Who sponsors or supports a proposal, whether a provision is
//! agreed and when anything happened stay outside (DESIGN, sections 4 and 5).
//!
//! **Invariant:** tabling, revising and withdrawing change only the provisions that the proposal
//! touches, and the result equals the one built anew from the open proposals in any order.

mod count;
mod diagnosis;
mod un;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use crate::issued::IssuedText;
use crate::merge::Merge;
use crate::node::SideName;
use crate::provision::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};

pub use count::{BracketCount, ChapterCount};
pub use diagnosis::{Diagnosis, Trouble};
pub use un::Labels;
pub use view::{Origin, Position, Provisions, RollingProvision};

/// Names a proposal; it is the name of its side in every provision it touches.
pub type ProposalKey = SideName;

/// A proposal as the text needs it: what it asks for, not who asks.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Proposal {
    /// What it asks for, in its sponsor's order.
    pub changes: Vec<Change>,
    /// The place of its tabling among all proposals; numbering follows it. Ties are broken by key.
    pub tabled: u32,
    /// The other proposal that this one would amend: where both act on one provision, a text that
    /// takes up both takes this one.
    pub amends: Option<ProposalKey>,
    /// The other proposal to whose insertions this one's are an alternative. Without it,
    /// insertions of different proposals in one gap add.
    pub instead_of: Option<ProposalKey>,
}

impl Proposal {
    /// Makes a proposal of its changes and the place of its tabling.
    pub fn new(tabled: u32, changes: Vec<Change>) -> Self {
        Self { changes, tabled, amends: None, instead_of: None }
    }

    /// Makes it an amendment to another's proposal.
    #[must_use]
    pub fn amending(self, other: ProposalKey) -> Self {
        Self { amends: Some(other), ..self }
    }

    /// Makes its insertions an alternative to those of another proposal in the same gap.
    #[must_use]
    pub fn instead_of(self, other: ProposalKey) -> Self {
        Self { instead_of: Some(other), ..self }
    }

    /// Pairs each insertion with its ordinal, counted from one in the sponsor's order.
    pub fn additions(&self) -> impl Iterator<Item = (usize, &Change)> {
        self.changes
            .iter()
            .filter(|change| matches!(change.act, Act::Add { .. }))
            .enumerate()
            .map(|(at, change)| (at + 1, change))
    }
}

/// What one proposal asks of one provision.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Ask {
    pub(crate) text: Option<String>,
    pub(crate) heading: Option<String>,
    /// The wanted text is said to change form only.
    pub(crate) editorial: bool,
    pub(crate) suppress: bool,
    /// Asks by name that the provision stay as it is.
    pub(crate) no_change: bool,
    pub(crate) transfer: Option<Place>,
}

impl Ask {
    /// Reports whether the proposal wants the provision's words in the text at all.
    pub(crate) fn wants_it_kept(&self) -> bool {
        !self.suppress && (self.text.is_some() || self.heading.is_some() || self.no_change)
    }
}

/// All that is asked of one provision, whether or not there is such a provision now.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    /// The provision, unless nothing of this id is in the base or added by an open proposal.
    pub(crate) standing: Option<Standing>,
    pub(crate) asks: BTreeMap<ProposalKey, Ask>,
    /// Around which words brackets were asked for without an alternative; none is all of them.
    pub(crate) brackets: Vec<Option<String>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) provision: Provision,
    /// The proposal that adds it and where; the base's provisions have none.
    pub(crate) added: Option<(ProposalKey, Place)>,
    pub(crate) heading: Merge,
    pub(crate) text: Merge,
}

impl State {
    /// Lays what `key` asks over the words, if there are any to lay it over.
    fn lay(&mut self, key: &ProposalKey) {
        let (Some(standing), Some(ask)) = (self.standing.as_mut(), self.asks.get(key)) else {
            return;
        };
        let base = &standing.provision;
        let heading = ask.heading.as_deref().or(ask.no_change.then_some(&base.heading));
        if let Some(heading) = heading {
            tabled(&mut standing.heading, key, heading);
        }
        let text = ask.text.as_deref().or(ask.no_change.then_some(&base.text));
        if let Some(text) = text {
            tabled(&mut standing.text, key, text);
        }
    }

    fn lift(&mut self, key: &ProposalKey) {
        self.asks.remove(key);
        if let Some(standing) = self.standing.as_mut() {
            standing.heading.withdraw(key);
            standing.text.withdraw(key);
        }
    }

    /// Lets a provision stand, and lays over it what was asked of its id before.
    fn stand(&mut self, provision: Provision, added: Option<(ProposalKey, Place)>) {
        let heading = Merge::new(&provision.heading);
        let text = Merge::new(&provision.text);
        self.standing = Some(Standing { provision, added, heading, text });
        self.bracket();
        let keys: Vec<ProposalKey> = self.asks.keys().cloned().collect();
        for key in &keys {
            self.lay(key);
        }
    }

    /// Lays the brackets asked for over the words, if there are any.
    fn bracket(&mut self) {
        if let Some(standing) = self.standing.as_mut() {
            standing.text.bracket(self.brackets.iter().map(Option::as_deref));
        }
    }

    fn is_idle(&self) -> bool {
        self.standing.is_none() && self.asks.is_empty() && self.brackets.is_empty()
    }
}

/// Lays one text over another, in place of what the proposal asked before.
fn tabled(merge: &mut Merge, key: &ProposalKey, text: &str) {
    merge.withdraw(key);
    merge.table(key.clone(), text).expect("the side of that name has just been withdrawn");
}

/// Something that comes to stand in a gap between siblings. The order of the fields is the order
/// within the gap: tabling, then key, then the sponsor's order.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Arrival {
    tabled: u32,
    pub(crate) by: ProposalKey,
    at: usize,
    pub(crate) what: Coming,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Coming {
    Added(ProvisionId),
    Transferred(ProvisionId),
}

impl Coming {
    pub(crate) fn id(&self) -> &ProvisionId {
        match self {
            Self::Added(id) | Self::Transferred(id) => id,
        }
    }
}

/// A base text with the open proposals on it.
#[derive(Clone, Debug, PartialEq)]
pub struct RollingText {
    base: IssuedText,
    proposals: BTreeMap<ProposalKey, Proposal>,
    states: BTreeMap<ProvisionId, State>,
    gaps: BTreeMap<Place, BTreeSet<Arrival>>,
}

impl RollingText {
    /// Puts a base on the table, without any proposal.
    pub fn new(base: IssuedText) -> Self {
        let mut states: BTreeMap<ProvisionId, State> = BTreeMap::new();
        for provision in base.provisions() {
            states.entry(provision.id.clone()).or_default().stand(provision.clone(), None);
        }
        Self { base, proposals: BTreeMap::new(), states, gaps: BTreeMap::new() }
    }

    /// Builds the text of a base and its open proposals; their order changes nothing.
    pub fn with_proposals(
        base: IssuedText,
        proposals: impl IntoIterator<Item = (ProposalKey, Proposal)>,
    ) -> Self {
        let mut text = Self::new(base);
        for (key, proposal) in proposals {
            text.table(key, proposal);
        }
        text
    }

    /// Returns the base.
    pub fn base(&self) -> &IssuedText {
        &self.base
    }

    /// Returns the open proposals by key.
    pub fn proposals(&self) -> impl Iterator<Item = (&ProposalKey, &Proposal)> {
        self.proposals.iter()
    }

    /// Finds an open proposal.
    pub fn proposal(&self, key: &ProposalKey) -> Option<&Proposal> {
        self.proposals.get(key)
    }

    /// Puts a proposal on the text. One that is open under the same key is replaced and returned.
    ///
    /// Nothing is refused: a change that cannot be shown (see [`Self::diagnoses`]) is kept with
    /// its proposal and shown as soon as it can be.
    pub fn table(&mut self, key: ProposalKey, proposal: Proposal) -> Option<Proposal> {
        let previous = self.withdraw(&key);
        for (id, ask) in asks(&proposal) {
            let state = self.states.entry(id).or_default();
            state.asks.insert(key.clone(), ask);
            state.lay(&key);
        }
        for (place, arrival) in arrivals(&key, &proposal) {
            self.gaps.entry(place).or_default().insert(arrival);
        }
        for (ordinal, change) in proposal.additions() {
            let id = ProvisionId::added(key.as_str(), ordinal);
            // A base may keep the id of what it took up; its own provision then stands.
            if self.base.provision(&id).is_none()
                && let Some((provision, place)) = added_provision(id.clone(), change)
            {
                let state = self.states.entry(id).or_default();
                state.stand(provision, Some((key.clone(), place)));
            }
        }
        self.proposals.insert(key, proposal);
        previous
    }

    /// Replaces an open proposal by its revised version, or tables it if there is none, and
    /// returns the version before.
    pub fn revise(&mut self, key: ProposalKey, proposal: Proposal) -> Option<Proposal> {
        self.table(key, proposal)
    }

    /// Takes a proposal off the text and returns it; nothing if it was not open.
    ///
    /// What others ask of a provision it added stays with their proposals, and is shown again if
    /// the addition comes back.
    pub fn withdraw(&mut self, key: &ProposalKey) -> Option<Proposal> {
        let proposal = self.proposals.remove(key)?;
        for (place, arrival) in arrivals(key, &proposal) {
            if let Some(gap) = self.gaps.get_mut(&place) {
                gap.remove(&arrival);
                if gap.is_empty() {
                    self.gaps.remove(&place);
                }
            }
        }
        let mut touched: Vec<ProvisionId> = asks(&proposal).into_keys().collect();
        for id in &touched {
            if let Some(state) = self.states.get_mut(id) {
                state.lift(key);
            }
        }
        for (ordinal, _) in proposal.additions() {
            let id = ProvisionId::added(key.as_str(), ordinal);
            if self.base.provision(&id).is_none() {
                if let Some(state) = self.states.get_mut(&id) {
                    state.standing = None;
                }
                touched.push(id);
            }
        }
        for id in touched {
            if self.states.get(&id).is_some_and(State::is_idle) {
                self.states.remove(&id);
            }
        }
        Some(proposal)
    }

    /// Puts brackets without an alternative on a provision, in place of those it had: around its
    /// words, or around all of them where none are named or they do not stand there once.
    ///
    /// Who asked for them stays outside, as sponsors do.
    pub fn bracket(
        &mut self,
        provision: &ProvisionId,
        asked: impl IntoIterator<Item = Option<String>>,
    ) {
        let state = self.states.entry(provision.clone()).or_default();
        state.brackets = asked.into_iter().collect();
        state.brackets.sort();
        state.bracket();
        if state.is_idle() {
            self.states.remove(provision);
        }
    }

    /// Takes over from another text how those provisions are printed that stand alike in both.
    pub fn lay_out_as(&self, other: &Self) {
        for (id, state) in &self.states {
            let known = other.states.get(id).and_then(|known| known.standing.as_ref());
            if let (Some(own), Some(known)) = (&state.standing, known) {
                own.heading.lay_out_as(&known.heading);
                own.text.lay_out_as(&known.text);
            }
        }
    }

    /// Returns the provisions that a proposal touches or adds, by id; none if it is not open.
    pub fn touched_by(&self, key: &ProposalKey) -> BTreeSet<ProvisionId> {
        let Some(proposal) = self.proposals.get(key) else { return BTreeSet::new() };
        let added = proposal.additions().map(|(at, _)| ProvisionId::added(key.as_str(), at));
        asks(proposal).into_keys().chain(added).collect()
    }

    pub(crate) fn state(&self, id: &ProvisionId) -> Option<&State> {
        self.states.get(id)
    }

    pub(crate) fn gap(&self, place: &Place) -> impl DoubleEndedIterator<Item = &Arrival> {
        self.gaps.get(place).into_iter().flatten()
    }

    /// Returns the provision of this id: the base's, or one that an open proposal adds.
    pub fn words(&self, id: &ProvisionId) -> Option<&Provision> {
        self.states.get(id)?.standing.as_ref().map(|standing| &standing.provision)
    }

    /// Returns the provision above `id`, transfers left aside: its parent in the base, or for an
    /// added provision the one its place is under.
    pub fn parent(&self, id: &ProvisionId) -> Option<&ProvisionId> {
        let mut at = id;
        // Each step follows one insertion to its anchor; a circle of insertions ends the walk.
        for _ in 0..=self.states.len() {
            let standing = self.states.get(at)?.standing.as_ref()?;
            match &standing.added {
                None => return standing.provision.parent.as_ref(),
                Some((_, Place::FirstUnder(parent))) => return Some(parent),
                Some((_, Place::After(sibling))) => at = sibling,
            }
        }
        None
    }

    /// Reports whether a provision has a place in the text: it is the base's, or added at a place
    /// that hangs on the base.
    pub fn stands(&self, id: &ProvisionId) -> bool {
        let mut at = id;
        for _ in 0..=self.states.len() {
            match self.states.get(at).and_then(|state| state.standing.as_ref()) {
                None => return false,
                Some(Standing { added: None, .. }) => return true,
                Some(Standing { added: Some((_, place)), .. }) => at = place.anchor(),
            }
        }
        false
    }
}

/// Gathers what a proposal asks, by provision. Where it asks twice for one thing the last word
/// counts; the diagnosis names the first.
pub(crate) fn asks(proposal: &Proposal) -> BTreeMap<ProvisionId, Ask> {
    let mut asks: BTreeMap<ProvisionId, Ask> = BTreeMap::new();
    for change in &proposal.changes {
        if matches!(change.act, Act::Add { .. }) {
            continue;
        }
        let ask = asks.entry(change.target.clone()).or_default();
        match &change.act {
            Act::Replace { text } => {
                ask.text = Some(text.clone());
                ask.editorial = false;
            }
            Act::Editorial { text } => {
                ask.text = Some(text.clone());
                ask.editorial = true;
            }
            Act::Retitle { heading } => ask.heading = Some(heading.clone()),
            Act::Suppress => ask.suppress = true,
            Act::NoChange => ask.no_change = true,
            Act::Transfer { place } => ask.transfer = Some(place.clone()),
            Act::Add { .. } => {}
        }
    }
    asks
}

/// Lists what a proposal brings into gaps.
fn arrivals(key: &ProposalKey, proposal: &Proposal) -> Vec<(Place, Arrival)> {
    let arrival = |at, what| Arrival { tabled: proposal.tabled, by: key.clone(), at, what };
    let mut list = Vec::new();
    let mut ordinal = 0;
    // Of several transfers of one provision the last counts, as in `asks`.
    let mut transfers: BTreeMap<&ProvisionId, (usize, &Place)> = BTreeMap::new();
    for (at, change) in proposal.changes.iter().enumerate() {
        match &change.act {
            Act::Add { place, .. } => {
                ordinal += 1;
                let id = ProvisionId::added(key.as_str(), ordinal);
                list.push((place.clone(), arrival(at, Coming::Added(id))));
            }
            Act::Transfer { place } => {
                transfers.insert(&change.target, (at, place));
            }
            Act::Replace { .. }
            | Act::Editorial { .. }
            | Act::Retitle { .. }
            | Act::Suppress
            | Act::NoChange => {}
        }
    }
    for (id, (at, place)) in transfers {
        list.push((place.clone(), arrival(at, Coming::Transferred(id.clone()))));
    }
    list
}

fn added_provision(id: ProvisionId, change: &Change) -> Option<(Provision, Place)> {
    match &change.act {
        Act::Add { place, kind, number, heading, text } => {
            let provision = Provision {
                id,
                parent: None,
                kind: *kind,
                number: number.clone(),
                heading: heading.clone(),
                text: text.clone(),
            };
            Some((provision, place.clone()))
        }
        Act::Replace { .. }
        | Act::Editorial { .. }
        | Act::Retitle { .. }
        | Act::Suppress
        | Act::NoChange
        | Act::Transfer { .. } => None,
    }
}

/// The kinds whose numbers run through the whole text, not only under one parent.
pub(crate) const fn numbered_throughout(kind: ProvisionKind) -> bool {
    match kind {
        ProvisionKind::Article | ProvisionKind::Chapter | ProvisionKind::Annex => true,
        ProvisionKind::Title
        | ProvisionKind::Preamble
        | ProvisionKind::Section
        | ProvisionKind::Paragraph
        | ProvisionKind::Subparagraph => false,
    }
}
