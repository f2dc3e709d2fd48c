//! The life of a phrase: where it stood, from when to when, and whether it was open there.
//!
//! It finds words in the texts of provisions, in what proposals ask and in what stakeholders asked
//! for to the letter; headings, statements and the gist of submissions are not searched. That two
//! papers have a phrase in common does not say that one took it from the other.

use std::collections::{BTreeMap, BTreeSet};

use travaux_record::{
    DocumentId, Fact, NewerKind, Occurrence, ParticipantId, ProposalId, Record, View,
};
use travaux_text::{Act, Change, Phrase, ProvisionId, tokens};

use super::strand::{BracketSpell, note_openings};
use super::{Step, follow};
use crate::draft::{Opening, Stand, Stands};
use crate::{Basis, Negotiation};

/// What has a phrase.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum PhraseHolder {
    /// The text before the body, as this document brought it or agreements on it changed it.
    Text(DocumentId),
    /// A proposal, in words of its own: it has the phrase more often than the text it was made on.
    Proposal(ProposalId),
    /// A stakeholder's submission.
    Submission(ParticipantId),
}

/// A time during which something had a phrase.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PhraseSpell {
    /// What had it.
    pub holder: PhraseHolder,
    /// The provision it stood in, or that the submission was on; none where it named none.
    pub provision: Option<ProvisionId>,
    /// The words as they stood there first.
    pub words: String,
    /// The entry from which on it stood there.
    pub since: Basis,
    /// The entry from which on it no longer did; never of a submission.
    pub until: Option<Basis>,
    /// When and by what it was open there, in order; of a proposal, all the time.
    pub brackets: Vec<BracketSpell>,
}

impl PhraseSpell {
    /// Reports whether it stands there now and something keeps it open.
    pub fn is_open(&self) -> bool {
        self.until.is_none() && self.brackets.iter().any(|spell| spell.until.is_none())
    }
}

/// Everything that had a phrase.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PhraseLife {
    /// In order of the entries from which on it stood there.
    pub spells: Vec<PhraseSpell>,
}

impl PhraseLife {
    /// Returns where it stood first.
    pub fn first(&self) -> Option<&PhraseSpell> {
        self.spells.first()
    }

    /// Returns where it stands now.
    pub fn standing(&self) -> impl Iterator<Item = &PhraseSpell> {
        self.spells.iter().filter(|spell| {
            spell.until.is_none() && !matches!(spell.holder, PhraseHolder::Submission(_))
        })
    }
}

impl Negotiation {
    /// Finds a phrase in all that the view shows. The view must be the one this was projected from.
    ///
    /// # Errors
    /// When the record holds a kind of fact that this program does not know.
    pub fn phrase(
        &self,
        record: &Record,
        view: &View,
        phrase: &Phrase,
    ) -> Result<PhraseLife, NewerKind> {
        let timeline = record.timeline(view)?;
        let wanted: BTreeSet<ProvisionId> =
            timeline.iter().flat_map(|occurrence| holding(occurrence, phrase)).collect();
        let mut search = Search { phrase, spells: Vec::new(), standing: BTreeMap::new() };
        follow(record, view, &wanted, |step| search.take_in(&step))?;
        search.submissions(self);
        let mut spells = search.spells;
        spells.sort_by_key(|spell| self.changes.place(spell.since.entry));
        Ok(PhraseLife { spells })
    }
}

/// Returns the provisions to which an occurrence brings the phrase.
fn holding(occurrence: &Occurrence<'_>, phrase: &Phrase) -> Vec<ProvisionId> {
    let of_changes = |proposal: &ProposalId, changes: &[Change]| {
        let mut ordinal = 0;
        let held = changes.iter().filter_map(|change| match &change.act {
            Act::Add { text, .. } => {
                ordinal += 1;
                let id = ProvisionId::added(proposal.as_str(), ordinal);
                phrase.is_in(text).then_some(id)
            }
            Act::Replace { text } | Act::Editorial { text } => {
                phrase.is_in(text).then(|| change.target.clone())
            }
            Act::Retitle { .. } | Act::Suppress | Act::NoChange | Act::Transfer { .. } => None,
        });
        held.collect()
    };
    match occurrence.fact {
        Fact::DocumentIssued(fact) => {
            let provisions = fact.base.iter().flat_map(|base| &base.provisions);
            let held = provisions.filter(|provision| phrase.is_in(&provision.text));
            held.map(|provision| provision.id.clone()).collect()
        }
        Fact::ProposalTabled(fact) => of_changes(&fact.proposal, &fact.changes),
        Fact::ProposalRevised(fact) => of_changes(&fact.proposal, &fact.changes),
        Fact::ProposalCarried(fact) => {
            of_changes(&fact.proposal, fact.changes.as_deref().unwrap_or_default())
        }
        Fact::ProvisionAgreed(fact) if phrase.is_in(&fact.text) => vec![fact.provision.clone()],
        _ => Vec::new(),
    }
}

struct Search<'p> {
    phrase: &'p Phrase,
    spells: Vec<PhraseSpell>,
    /// The place of the spell that stands, by provision and holder.
    standing: BTreeMap<ProvisionId, BTreeMap<PhraseHolder, usize>>,
}

impl Search<'_> {
    fn take_in(&mut self, step: &Step<'_>) {
        let found = step.stand.as_ref().map(|stand| self.found(stand)).unwrap_or_default();
        let spells = &mut self.spells;
        let standing = self.standing.entry(step.provision.clone()).or_default();
        standing.retain(|holder, at| {
            let stands = found.contains_key(holder);
            if !stands {
                let spell = &mut spells[*at];
                spell.until = Some(step.basis);
                note_openings(&mut spell.brackets, &BTreeSet::new(), step);
            }
            stands
        });
        for (holder, (words, openings)) in found {
            let at = *standing.entry(holder.clone()).or_insert_with(|| {
                spells.push(PhraseSpell {
                    holder,
                    provision: Some(step.provision.clone()),
                    words,
                    since: step.basis,
                    until: None,
                    brackets: Vec::new(),
                });
                spells.len() - 1
            });
            note_openings(&mut spells[at].brackets, &openings, step);
        }
    }

    /// Returns what has the phrase in a provision: the words as they stand there, and what keeps
    /// any of them open.
    fn found(&self, stand: &Stand) -> BTreeMap<PhraseHolder, (String, BTreeSet<Opening>)> {
        let mut found = BTreeMap::new();
        let in_text = self.phrase.find(&stand.text);
        if let Some(first) = in_text.first() {
            let mut at = 0;
            let mut openings = BTreeSet::new();
            for (token, open) in tokens(&stand.text).zip(&stand.openings) {
                if in_text.iter().any(|range| range.contains(&at)) {
                    openings.extend(open.iter().cloned());
                }
                at += token.len();
            }
            let holder = match &stand.stands {
                Stands::InText(document) => PhraseHolder::Text(document.clone()),
                Stands::Added(proposal) => PhraseHolder::Proposal(proposal.clone()),
            };
            found.insert(holder, (stand.text[first.clone()].to_owned(), openings));
        }
        for (proposal, side) in &stand.sides {
            let in_side = self.phrase.find(side);
            if let Some(first) = in_side.first().filter(|_| in_text.len() < in_side.len()) {
                let openings = BTreeSet::from([Opening::Asked(proposal.clone())]);
                let holder = PhraseHolder::Proposal(proposal.clone());
                found.insert(holder, (side[first.clone()].to_owned(), openings));
            }
        }
        found
    }

    fn submissions(&mut self, negotiation: &Negotiation) {
        for submission in negotiation.process.submissions() {
            let found = submission.fact.words.iter().find_map(|words| {
                let range = self.phrase.find(words).into_iter().next()?;
                Some(words[range].to_owned())
            });
            let Some(words) = found else { continue };
            self.spells.push(PhraseSpell {
                holder: PhraseHolder::Submission(submission.fact.participant.clone()),
                provision: submission.fact.provisions.first().cloned(),
                words,
                since: submission.basis,
                until: None,
                brackets: Vec::new(),
            });
        }
    }
}
