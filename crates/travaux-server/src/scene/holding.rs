//! Who stands behind a proposal: its sponsors, or those on record for the option it embodies.
//!
//! The two are never mixed: whoever is on record for an option is not the author of our words for
//! it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use travaux_negotiation::Negotiation;
use travaux_negotiation::draft::Proposal;
use travaux_negotiation::positions::{Leaning, Stance};
use travaux_record::{IssueId, Moment, OptionNamed, ParticipantId};

use super::words;

/// Who stands where on the issues that open proposals embody.
pub(super) struct Holding<'a> {
    negotiation: &'a Negotiation,
    stances: BTreeMap<IssueId, Vec<Stance<'a>>>,
}

/// Who stands behind one proposal.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Behind {
    /// Its sponsors, in order of joining.
    pub(super) sponsors: Vec<ParticipantId>,
    /// Those on record for its option, groups apart.
    pub(super) on_record: BTreeSet<ParticipantId>,
    /// The groups on record for it themselves.
    pub(super) groups: BTreeSet<ParticipantId>,
    /// Since when the first of them is.
    pub(super) since: Option<Moment>,
}

impl<'a> Holding<'a> {
    /// Gathers the stances on every issue that an open proposal embodies an option of.
    pub(super) fn new(negotiation: &'a Negotiation, on: Date) -> Self {
        let issues: BTreeSet<&IssueId> = negotiation
            .draft
            .open_proposals()
            .filter_map(|proposal| proposal.option.as_ref())
            .map(|option| &option.issue)
            .collect();
        let stances = issues
            .into_iter()
            .map(|issue| {
                let mut stances = negotiation.positions.stances(issue, &negotiation.process, on);
                stances.retain(|stance| stance.leaning() == Leaning::For);
                (issue.clone(), stances)
            })
            .collect();
        Self { negotiation, stances }
    }

    /// Returns who is on record for an option.
    pub(super) fn for_option(&self, option: &OptionNamed) -> impl Iterator<Item = &Stance<'a>> {
        let of_issue = self.stances.get(&option.issue).map_or(&[][..], Vec::as_slice);
        of_issue.iter().filter(|stance| stance.option == option.option)
    }

    /// Returns who stands behind a proposal.
    pub(super) fn behind(&self, proposal: &Proposal) -> Behind {
        let mut behind = Behind {
            sponsors: proposal.sponsors().map(|spell| spell.participant.clone()).collect(),
            ..Behind::default()
        };
        let Some(option) = &proposal.option else { return behind };
        for stance in self.for_option(option) {
            let class = self.negotiation.process.class(&stance.participant);
            let is_group = class.is_some_and(travaux_record::ParticipantClass::is_group);
            let into = if is_group { &mut behind.groups } else { &mut behind.on_record };
            into.insert(stance.participant.clone());
            let first = behind.since.map_or(stance.since(), |since| since.min(stance.since()));
            behind.since = Some(first);
        }
        behind
    }
}

impl Behind {
    /// Says it in a few words: "Norway and Chile", "14 on record since 11 January 2023".
    pub(super) fn words(&self, negotiation: &Negotiation) -> String {
        let name = |id: &ParticipantId| negotiation.process.name(id).to_owned();
        match self.sponsors.as_slice() {
            [] => self.on_record_words(),
            sponsors @ ([_] | [_, _] | [_, _, _]) => {
                words::listed(&sponsors.iter().map(name).collect::<Vec<_>>())
            }
            [first, second, more @ ..] => {
                format!("{}, {} and {} more", name(first), name(second), more.len())
            }
        }
    }

    /// Says how many are on record for its option.
    pub(super) fn on_record_words(&self) -> String {
        let groups = words::count(self.groups.len(), "group", "groups");
        match (self.on_record.len(), self.groups.len()) {
            (0, 0) => String::new(),
            (0, _) => self.dated(&groups),
            (many, 0) => self.dated(&many.to_string()),
            (many, _) => {
                let many = words::count(many, "participant", "participants");
                self.dated(&format!("{many} and {groups}"))
            }
        }
    }

    fn dated(&self, who: &str) -> String {
        let since = self
            .since
            .map_or_else(String::new, |since| format!(" since {}", words::in_words(since)));
        format!("{who} on record{since}")
    }
}
