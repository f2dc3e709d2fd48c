//! A provision's history: everything that happened about it, and what each base made of it.
//!
//! It lists; it does not explain why anything happened.

use std::collections::BTreeSet;

use travaux_text::ProvisionId;

use super::Negotiation;
use crate::Part;
use crate::changes::Happening;
use crate::draft::Base;

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
    /// It is no longer there.
    Gone,
}

impl Became {
    /// Returns it in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "new in this text",
            Self::Unchanged => "unchanged",
            Self::Changed => "reads otherwise",
            Self::Gone => "no longer in the text",
        }
    }
}

impl Negotiation {
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
