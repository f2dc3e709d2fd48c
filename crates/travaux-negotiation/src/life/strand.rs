//! The words of one provision, followed through time: each keeps its place in the record when the
//! text around it is rewritten.
//!
//! Words are told apart by a number of their own. A word that goes from a proposal into the text
//! keeps its number; one that several proposals had is the first one's. What is matched with what
//! is decided by `travaux_text::Lineage`.

use std::collections::{BTreeMap, BTreeSet};

use travaux_record::{DocumentId, Fact, OutcomeBasis, ProposalId, ProposalOutcome};
use travaux_text::Lineage;

use super::Step;
use crate::Basis;
use crate::draft::{Draft, Fate, Opening, Proposal, Stand, Stands};

/// Who first wrote words.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum WordOrigin {
    /// A proposal.
    Proposal(ProposalId),
    /// A document, and no proposal that this viewer may see.
    Document(DocumentId),
    /// An agreement of the body, in words that neither the text nor a proposal had.
    Agreement,
}

/// How words came into the text before the body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Entered {
    /// A document was issued with them.
    Issued(DocumentId, Basis),
    /// The body agreed to them.
    Agreed(Basis),
}

impl Entered {
    /// Returns the entry.
    pub fn basis(&self) -> Basis {
        match self {
            Self::Issued(_, basis) | Self::Agreed(basis) => *basis,
        }
    }
}

/// A document in whose text words stood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stood {
    /// The document.
    pub document: DocumentId,
    /// The entry from which on they stood there: its issue, or an agreement on it.
    pub since: Basis,
}

/// A time during which words were open.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BracketSpell {
    /// What kept them open.
    pub opening: Opening,
    /// The entry that opened it.
    pub since: Basis,
    /// The entry that ended it.
    pub until: Option<Basis>,
}

/// What is known of a word.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WordLife {
    /// Who first wrote it.
    pub origin: WordOrigin,
    /// The entry by which it was first written.
    pub brought: Basis,
    /// The other proposals that had the same words there when they came into the text.
    pub also: Vec<ProposalId>,
    /// How it came into the text before the body; none for what only a proposal has.
    pub entered: Option<Entered>,
    /// The documents it stood in, in order.
    pub documents: Vec<Stood>,
    /// When and by what it was open, in order.
    pub brackets: Vec<BracketSpell>,
}

impl WordLife {
    /// Reports whether anything keeps it open now.
    pub fn is_open(&self) -> bool {
        self.brackets.iter().any(|spell| spell.until.is_none())
    }

    /// Returns the entry that freed it: the last that ended a time in brackets, where none is open.
    pub fn freed(&self) -> Option<Basis> {
        let ends: Option<Vec<Basis>> = self.brackets.iter().map(|spell| spell.until).collect();
        ends?.into_iter().max_by_key(|basis| basis.at)
    }

    /// Returns the entries that all this rests on, each once.
    pub fn bases(&self) -> Vec<Basis> {
        let entered = self.entered.iter().map(Entered::basis);
        let documents = self.documents.iter().map(|stood| stood.since);
        let brackets =
            self.brackets.iter().flat_map(|spell| std::iter::once(spell.since).chain(spell.until));
        let mut bases: Vec<Basis> = Vec::new();
        for basis in std::iter::once(self.brought).chain(entered).chain(documents).chain(brackets) {
            if !bases.contains(&basis) {
                bases.push(basis);
            }
        }
        bases
    }
}

/// Opens and ends times in brackets by what keeps words open after an act.
pub(super) fn note_openings(
    spells: &mut Vec<BracketSpell>,
    now: &BTreeSet<Opening>,
    step: &Step<'_>,
) {
    for spell in spells.iter_mut().filter(|spell| spell.until.is_none()) {
        if !now.contains(&spell.opening) {
            spell.until = Some(step.basis);
        }
    }
    for opening in now {
        let is_open = |spell: &BracketSpell| spell.until.is_none() && spell.opening == *opening;
        if spells.iter().any(is_open) {
            continue;
        }
        // A proposal carried to the text just issued was never off the table.
        let carried = matches!(step.fact, Fact::ProposalCarried(_));
        let before = spells.iter_mut().rev().find(|spell| {
            carried
                && spell.opening == *opening
                && spell.until.is_some_and(|until| until.at == step.basis.at)
        });
        if let Some(spell) = before {
            spell.until = None;
        } else {
            let (opening, since) = (opening.clone(), step.basis);
            spells.push(BracketSpell { opening, since, until: None });
        }
    }
}

/// The words of one provision with all that has been seen of them so far.
#[derive(Default)]
pub(super) struct Strand {
    words: Vec<WordLife>,
    /// The words as they stand, or last stood.
    text: Option<Lineage<usize>>,
    /// The words each proposal wants or last wanted.
    sides: BTreeMap<ProposalId, Lineage<usize>>,
    /// The proposals that word the provision now.
    open: BTreeSet<ProposalId>,
    /// What the text read before, the latest last.
    former: Vec<Lineage<usize>>,
    stands: Option<Stands>,
    /// Whether the last act wrote the text anew.
    is_reworded: bool,
}

impl Strand {
    /// Takes in how the provision stands after one more act; `last` is the draft at the end of all,
    /// which knows what became of proposals.
    pub(super) fn take_in(&mut self, step: &Step<'_>, last: &Draft) {
        match &step.stand {
            Some(stand) => {
                self.reword(step, stand, last);
                self.lay_sides(step, stand);
                self.note_documents(step, stand);
            }
            None => self.open.clear(),
        }
        self.stands = step.stand.as_ref().map(|stand| stand.stands.clone());
        self.note_openings(step);
    }

    /// Returns where the provision stands, if anywhere.
    pub(super) fn stands(&self) -> Option<&Stands> {
        self.stands.as_ref()
    }

    /// Returns the words as they stand, or last stood.
    pub(super) fn text(&self) -> Option<&Lineage<usize>> {
        self.text.as_ref()
    }

    /// Returns how the proposals that word it now would have it read.
    pub(super) fn sides(&self) -> impl Iterator<Item = (&ProposalId, &Lineage<usize>)> {
        self.sides.iter().filter(|(proposal, _)| self.open.contains(proposal))
    }

    /// Returns what is known of a word.
    pub(super) fn life(&self, word: usize) -> &WordLife {
        &self.words[word]
    }

    /// Writes the text anew where it reads otherwise.
    fn reword(&mut self, step: &Step<'_>, stand: &Stand, last: &Draft) {
        self.is_reworded = self.text.as_ref().is_none_or(|text| text.text() != stand.text);
        if !self.is_reworded {
            return;
        }
        let origin = match (&stand.stands, step.fact) {
            (Stands::Added(proposal), _) => WordOrigin::Proposal(proposal.clone()),
            (Stands::InText(_), Fact::ProvisionAgreed(_)) => WordOrigin::Agreement,
            (Stands::InText(document), _) => WordOrigin::Document(document.clone()),
        };
        let before = self.text.take().unwrap_or_else(|| Lineage::new("", || 0));
        let sources = self.sources(step, last);
        let mut fresh = Fresh { from: self.words.len(), made: 0 };
        let rewritten = before.rewritten(&stand.text, &sources, || fresh.next());
        self.make(fresh.made, &origin, step.basis);
        for (word, others) in rewritten.lineage.marks().iter().zip(&rewritten.also) {
            for other in others {
                self.note_also(*word, *other);
            }
        }
        if !before.text().is_empty() {
            self.former.push(before);
        }
        self.text = Some(rewritten.lineage);
    }

    /// Returns the texts that new words may come from, the likeliest first: what the body agreed
    /// to, what the record says was reflected, what was open, what had ended, what stood before.
    fn sources(&self, step: &Step<'_>, last: &Draft) -> Vec<&Lineage<usize>> {
        let named = match step.fact {
            Fact::ProvisionAgreed(fact) => fact.proposals.as_slice(),
            _ => &[],
        };
        let rank = |id: &ProposalId| {
            let proposal = last.proposal(id);
            let order = proposal.map_or(u32::MAX, Proposal::order_of_tabling);
            let agreed = named.iter().position(|name| name == id).unwrap_or(named.len());
            let said = match step.fact {
                Fact::DocumentIssued(fact) => proposal.and_then(|p| p.fate_at(&fact.document)),
                _ => None,
            };
            let reflected = match said {
                Some(Fate::Lapsed(lapse, _)) => match (lapse.outcome, lapse.known_by) {
                    (ProposalOutcome::Reflected, OutcomeBasis::Stated) => 0,
                    (ProposalOutcome::Reflected, OutcomeBasis::Comparison) => 1,
                    (ProposalOutcome::ReflectedInPart, _) => 2,
                    (ProposalOutcome::LeftOpen | ProposalOutcome::NotReflected, _) => 4,
                },
                Some(Fate::Carried(_) | Fate::Undecided) | None => 3,
            };
            let has_ended = !self.open.contains(id);
            (agreed, if has_ended { 5 } else { reflected }, order)
        };
        let mut sides: Vec<(&ProposalId, &Lineage<usize>)> = self.sides.iter().collect();
        sides.sort_by_key(|(id, _)| rank(id));
        sides.into_iter().map(|(_, side)| side).chain(self.former.iter().rev()).collect()
    }

    /// Lays the open proposals over the text, where either reads otherwise than it did.
    fn lay_sides(&mut self, step: &Step<'_>, stand: &Stand) {
        self.open = stand.sides.keys().cloned().collect();
        let Some(text) = self.text.clone() else { return };
        for (id, wanted) in &stand.sides {
            let own = self.sides.get(id);
            if !self.is_reworded && own.is_some_and(|known| known.text() == wanted) {
                continue;
            }
            let amended = step.draft.proposal(id).and_then(|proposal| proposal.amends.as_ref());
            let amended = amended.and_then(|amended| self.sides.get(amended));
            let sources: Vec<&Lineage<usize>> = own.into_iter().chain(amended).collect();
            let mut fresh = Fresh { from: self.words.len(), made: 0 };
            let side = text.rewritten(wanted, &sources, || fresh.next()).lineage;
            self.make(fresh.made, &WordOrigin::Proposal(id.clone()), step.basis);
            self.sides.insert(id.clone(), side);
        }
    }

    fn note_documents(&mut self, step: &Step<'_>, stand: &Stand) {
        let (Stands::InText(document), Some(text)) = (&stand.stands, &self.text) else { return };
        let entered = if matches!(step.fact, Fact::ProvisionAgreed(_)) {
            Entered::Agreed(step.basis)
        } else {
            Entered::Issued(document.clone(), step.basis)
        };
        for word in text.marks() {
            let life = &mut self.words[*word];
            life.entered.get_or_insert_with(|| entered.clone());
            if life.documents.last().is_none_or(|stood| stood.document != *document) {
                life.documents.push(Stood { document: document.clone(), since: step.basis });
            }
        }
    }

    /// Opens and ends times in brackets: those of the words of the text, and those of words that
    /// only proposals have.
    fn note_openings(&mut self, step: &Step<'_>) {
        let mut now: BTreeMap<usize, BTreeSet<Opening>> = BTreeMap::new();
        if let (Some(stand), Some(text)) = (&step.stand, &self.text) {
            now.extend(text.marks().iter().copied().zip(stand.openings.iter().cloned()));
        }
        for (proposal, side) in self.sides() {
            for word in side.marks() {
                let asked = || BTreeSet::from([Opening::Asked(proposal.clone())]);
                now.entry(*word).or_insert_with(asked);
            }
        }
        let none = BTreeSet::new();
        for (word, life) in self.words.iter_mut().enumerate() {
            note_openings(&mut life.brackets, now.get(&word).unwrap_or(&none), step);
        }
    }

    /// Makes words that were not seen before.
    fn make(&mut self, count: usize, origin: &WordOrigin, brought: Basis) {
        let word = WordLife {
            origin: origin.clone(),
            brought,
            also: Vec::new(),
            entered: None,
            documents: Vec::new(),
            brackets: Vec::new(),
        };
        self.words.resize(self.words.len() + count, word);
    }

    fn note_also(&mut self, word: usize, other: usize) {
        let WordOrigin::Proposal(proposal) = self.words[other].origin.clone() else { return };
        let life = &mut self.words[word];
        if life.origin != WordOrigin::Proposal(proposal.clone()) && !life.also.contains(&proposal) {
            life.also.push(proposal);
        }
    }
}

/// Numbers for new words.
struct Fresh {
    from: usize,
    made: usize,
}

impl Fresh {
    fn next(&mut self) -> usize {
        self.made += 1;
        self.from + self.made - 1
    }
}
