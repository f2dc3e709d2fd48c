//! A provision's history: everything that happened about it, and what each base made of it.
//!
//! It lists; it does not explain why anything happened.

use std::collections::BTreeSet;

use travaux_record::{DocumentId, ProposalOutcome, TextDecision};
use travaux_text::ProvisionId;

use super::Negotiation;
use crate::changes::Happening;
use crate::draft::{Base, Fate};
use crate::{Part, Sentence};

/// One line of a provision's history.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HistoryLine<'a> {
    /// What happened, with its words, entry and evidence.
    pub happening: &'a Happening,
    /// What the provision became, where a base was issued.
    pub became: Option<Became>,
}

/// What a base made of a provision.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Became {
    /// It stands there for the first time, or again.
    New,
    /// It reads and is headed as in the base before.
    Unchanged,
    /// It reads, or is headed, otherwise than in the base before.
    Changed,
    /// It is no longer there: a proposal asked for that, or the text was decided on.
    Gone,
    /// It is no longer there, and neither a proposal nor a decision on record says why.
    Dropped,
}

impl Became {
    /// Returns it in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "new in this text",
            Self::Unchanged => "unchanged",
            Self::Changed => "reads otherwise",
            Self::Gone => "no longer in the text",
            Self::Dropped => {
                "no longer in the text, though no proposal or decision on record asks for it"
            }
        }
    }
}

impl Negotiation {
    /// Returns the account of a new base in sentences without a full stop: what became of each
    /// proposal open until then, in order of tabling, and what was dropped, in the order of the
    /// text before it.
    pub fn account(&self, document: &DocumentId) -> Vec<String> {
        let Some(base) = self.draft.base_of(document) else { return Vec::new() };
        let fates = self.draft.account(document).map(|(proposal, fate)| {
            let sentence = Sentence::new(&proposal.id);
            match fate {
                Fate::Carried(_) => sentence.then(" stays open on ").then(document),
                Fate::Lapsed(lapse, _) => sentence.then(match lapse.outcome {
                    ProposalOutcome::Reflected => " lapsed: reflected",
                    ProposalOutcome::ReflectedInPart => " lapsed: reflected in part",
                    ProposalOutcome::NotReflected => " lapsed: not reflected",
                    ProposalOutcome::LeftOpen => " lapsed: the point was left open",
                }),
                Fate::Undecided => {
                    sentence.then(" on ").then(&proposal.document).then(" awaits a decision")
                }
            }
        });
        let dropped = base.dropped.iter().map(|dropped| {
            let gone = Sentence::new(&dropped.provision).then(" is not in ").then(document);
            match (dropped.proposals.as_slice(), base.decision) {
                ([_, ..], _) => gone.then(", as asked by ").list(&dropped.proposals),
                ([], TextDecision::None) => {
                    gone.then(", though no proposal or decision on record asks for that")
                }
                ([], TextDecision::Approved) => gone.then(", which was approved"),
                ([], TextDecision::Adopted) => gone.then(", which was adopted"),
            }
        });
        fates.chain(dropped).map(|sentence| self.words(&sentence)).collect()
    }

    /// Returns everything that happened about a provision, in order of date.
    pub fn history(&self, provision: &ProvisionId) -> Vec<HistoryLine<'_>> {
        let bases: Vec<(&Base, Became)> = self.became(provision);
        let about = self.changes.about(&Part::Provision(provision.clone()));
        let mut entries: BTreeSet<usize> =
            about.filter_map(|happening| self.changes.place(happening.basis.entry)).collect();
        entries.extend(bases.iter().filter_map(|(base, _)| self.changes.place(base.basis.entry)));
        let happenings = entries.into_iter().filter_map(|place| self.changes.at(place));
        happenings
            .map(|happening| HistoryLine {
                happening,
                became: bases
                    .iter()
                    .find(|(base, _)| base.basis.entry == happening.basis.entry)
                    .map(|(_, became)| *became),
            })
            .collect()
    }

    fn became(&self, provision: &ProvisionId) -> Vec<(&Base, Became)> {
        let mut before = None;
        let mut bases = Vec::new();
        for base in self.draft.bases() {
            let now = base.text.provision(provision);
            let became = match (before, now) {
                (None, None) => None,
                (None, Some(_)) => Some(Became::New),
                (Some(_), None) if base.dropped_unasked().any(|id| id == provision) => {
                    Some(Became::Dropped)
                }
                (Some(_), None) => Some(Became::Gone),
                (Some(before), Some(now)) => Some(same(before, now)),
            };
            bases.extend(became.map(|became| (base, became)));
            before = now;
        }
        bases
    }
}

fn same(before: &travaux_text::Provision, now: &travaux_text::Provision) -> Became {
    if (&before.text, &before.heading) == (&now.text, &now.heading) {
        Became::Unchanged
    } else {
        Became::Changed
    }
}
