//! What happened between two dates, in words: one sentence for every occurrence.
//!
//! The digest, a provision's history and the list of entries all show these sentences; there is no
//! other place that turns an occurrence into words. What follows from an occurrence (brackets,
//! standings) is not known here.

mod describe;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use travaux_record::{
    Audience, DocumentId, DocumentIssued, EntryId, Evidence, Fact, Occurrence, ParticipantId,
    Projection, ProposalId,
};
use travaux_text::ProvisionId;

use crate::draft::targets;
use crate::lazy::Lazy;
use crate::{Basis, Part, Sentence};

/// The part of the record a fact belongs to (DESIGN, section 4).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Family {
    /// Who takes part, when the body meets, what is issued.
    Process,
    /// Proposals, brackets, agreement.
    Text,
    /// Issues, positions, statements, mandates.
    Positions,
    /// Motions, objections, votes, decisions.
    Decisions,
    /// Signature and consent to be bound.
    AfterAdoption,
    /// The record itself.
    Record,
}

/// What an occurrence says, in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Description {
    /// The part of the record it belongs to.
    pub family: Family,
    /// Its kind in a word or two: "proposal tabled".
    pub kind: &'static str,
    /// What happened, in one sentence.
    pub sentence: Sentence,
    /// What it is chiefly about: where a link leads.
    pub target: Option<Part>,
    /// Everything it is about, also what the sentence does not name.
    pub about: Vec<Part>,
}

/// One occurrence with its words and its evidence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Happening {
    /// The entry, its date and the correction that applies.
    pub basis: Basis,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Who entered it.
    pub by: ParticipantId,
    /// Who may see it.
    pub audience: Audience,
    /// How it is known.
    pub evidence: Vec<Evidence>,
    /// What it says.
    pub description: Description,
}

impl Happening {
    /// Reports whether it is about something.
    pub fn is_about(&self, part: &Part) -> bool {
        self.description.about.contains(part)
    }
}

/// Every occurrence a viewer may see, in words and in order of date: a projection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Changes {
    happenings: Vec<Arc<Happening>>,
    by_entry: BTreeMap<EntryId, usize>,
    by_part: Lazy<BTreeMap<Part, Vec<usize>>>,
    // What each proposal was last about, for entries that name only the proposal.
    targets: BTreeMap<ProposalId, Vec<ProvisionId>>,
    // The text before the body, by whose numbers provisions are cited.
    base: Option<DocumentId>,
}

impl Projection for Changes {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        self.note_targets(occurrence.fact);
        let description = describe::describe(&occurrence, self);
        if let Fact::DocumentIssued(DocumentIssued { document, base: Some(_), .. }) =
            occurrence.fact
        {
            self.base = Some(document.clone());
        }
        let place = self.happenings.len();
        self.by_part.forget();
        self.by_entry.insert(occurrence.entry.id, place);
        self.happenings.push(Arc::new(Happening {
            basis: Basis::of(&occurrence),
            recorded_at: occurrence.entry.recorded_at,
            by: occurrence.entry.by.clone(),
            audience: occurrence.entry.audience.clone(),
            evidence: occurrence.entry.evidence.clone(),
            description,
        }));
    }
}

impl Changes {
    /// Returns everything that happened, in order of date.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Happening> {
        self.happenings.iter().map(|happening| &**happening)
    }

    /// Returns how many occurrences there are.
    pub fn len(&self) -> usize {
        self.happenings.len()
    }

    /// Reports whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.happenings.is_empty()
    }

    /// Returns what an entry states.
    pub fn entry(&self, entry: EntryId) -> Option<&Happening> {
        self.by_entry.get(&entry).map(|place| &*self.happenings[*place])
    }

    /// Returns where an entry stands in the order of date, counted from zero.
    pub(crate) fn place(&self, entry: EntryId) -> Option<usize> {
        self.by_entry.get(&entry).copied()
    }

    /// Returns what stands at a place in the order of date.
    pub(crate) fn at(&self, place: usize) -> Option<&Happening> {
        self.happenings.get(place).map(|happening| &**happening)
    }

    /// Returns what happened after `from` and up to `to`, in order of date.
    pub fn between(&self, from: Date, to: Date) -> impl DoubleEndedIterator<Item = &Happening> {
        let behind = |day: Date| {
            self.happenings.partition_point(|happening| happening.basis.at.counts_from() <= day)
        };
        let (first, last) = (behind(from), behind(to));
        self.happenings[first..last.max(first)].iter().map(|happening| &**happening)
    }

    /// Returns what happened about something, in order of date.
    pub fn about<'a>(
        &'a self,
        part: &Part,
    ) -> impl DoubleEndedIterator<Item = &'a Happening> + use<'a> {
        let by_part = self.by_part.or_work_out(|| {
            let mut by_part: BTreeMap<Part, Vec<usize>> = BTreeMap::new();
            for (place, happening) in self.happenings.iter().enumerate() {
                for part in &happening.description.about {
                    by_part.entry(part.clone()).or_default().push(place);
                }
            }
            by_part
        });
        let places = by_part.get(part).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &*self.happenings[*place])
    }

    /// Returns the last day on which anything happened.
    pub fn last_day(&self) -> Option<Date> {
        self.happenings.last().map(|happening| happening.basis.at.counts_from())
    }

    fn note_targets(&mut self, fact: &Fact) {
        let (proposal, changes) = match fact {
            Fact::ProposalTabled(fact) => (&fact.proposal, Some(&fact.changes)),
            Fact::ProposalRevised(fact) => (&fact.proposal, Some(&fact.changes)),
            Fact::ProposalCarried(fact) => (&fact.proposal, fact.changes.as_ref()),
            _ => return,
        };
        if let Some(changes) = changes {
            self.targets.insert(proposal.clone(), targets(proposal, changes));
        }
    }

    /// Returns everything an earlier entry is about.
    fn about_entry(&self, entry: EntryId) -> Vec<Part> {
        self.entry(entry).map_or_else(Vec::new, |earlier| earlier.description.about.clone())
    }

    /// Returns what an earlier entry is chiefly about.
    fn target_of_entry(&self, entry: EntryId) -> Option<&Part> {
        self.entry(entry)?.description.target.as_ref()
    }

    /// Returns the provisions a proposal was last about.
    fn targets_of(&self, proposal: &ProposalId) -> &[ProvisionId] {
        self.targets.get(proposal).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
