//! A participant: what it is on record for, what it proposed, how it voted, where it is alone.
//!
//! Nothing is invented for the silent, and a mandate is shown to its own delegation only because
//! nobody else's projection holds it.

use std::collections::{BTreeMap, BTreeSet};

use travaux_negotiation::Part;
use travaux_negotiation::draft::{Proposal, Tabling};
use travaux_negotiation::positions::{Alone, Stance, Within};
use travaux_record::{IssueId, MandateSubject, ParticipantClass, ParticipantId};

use super::overview::outcome;
use super::{Scene, words};
use crate::view::{
    AloneRow, Certainty, ListedParticipant, ParticipantPage, ParticipantsPage, Phrase, PositionRow,
    ProposalRow, VoteRow,
};

impl Scene<'_> {
    /// Returns the list of participants.
    pub(crate) fn participants(&self) -> ParticipantsPage {
        let negotiation = self.negotiation();
        let issues = self.issues_by_participant();
        let proposals = self.proposals_by_participant();
        let votes = self.votes_by_participant();
        let mut groups: BTreeMap<(u8, &str), Vec<ListedParticipant>> = BTreeMap::new();
        for participant in negotiation.process.participants() {
            let id = &participant.participant;
            let listed = ListedParticipant {
                key: id.to_string(),
                participant: self.participant(id),
                issues: issues.get(id).map_or(0, BTreeSet::len),
                proposals: proposals.get(id).copied().unwrap_or(0),
                votes: votes.get(id).copied().unwrap_or(0),
                members: if participant.class.is_group() {
                    negotiation.process.members(id, self.day()).len()
                } else {
                    0
                },
            };
            let order = order(participant.class);
            groups.entry((order, words::classes(participant.class))).or_default().push(listed);
        }
        let states = negotiation.process.states().len();
        let on_record = negotiation
            .process
            .states()
            .into_iter()
            .filter(|state| issues.contains_key(&state.participant))
            .count();
        ParticipantsPage {
            lead: Phrase::default()
                .strong(words::capital(&words::count(states, "State", "States")))
                .then(" take part; ")
                .strong(words::count(on_record, "is on record", "are on record"))
                .then(" on some question by this day, themselves or through a group that speaks for them. Nothing is inferred for the others."),
            groups: groups
                .into_iter()
                .map(|((_, what), listed)| (what.to_owned(), listed))
                .collect(),
        }
    }

    fn issues_by_participant(&self) -> BTreeMap<ParticipantId, BTreeSet<IssueId>> {
        let negotiation = self.negotiation();
        let mut issues: BTreeMap<ParticipantId, BTreeSet<IssueId>> = BTreeMap::new();
        for issue in negotiation.positions.issues() {
            let id = &issue.fact.issue;
            for stance in negotiation.positions.stances(id, &negotiation.process, self.day()) {
                issues.entry(stance.participant).or_default().insert(id.clone());
            }
        }
        issues
    }

    fn proposals_by_participant(&self) -> BTreeMap<ParticipantId, usize> {
        let mut proposals: BTreeMap<ParticipantId, usize> = BTreeMap::new();
        for proposal in self.negotiation().draft.proposals() {
            let sponsors: BTreeSet<&ParticipantId> =
                proposal.sponsorships.iter().map(|spell| &spell.participant).collect();
            for sponsor in sponsors {
                *proposals.entry(sponsor.clone()).or_default() += 1;
            }
        }
        proposals
    }

    fn votes_by_participant(&self) -> BTreeMap<ParticipantId, usize> {
        let mut votes: BTreeMap<ParticipantId, usize> = BTreeMap::new();
        for decision in self.negotiation().decisions.all() {
            for vote in &decision.votes {
                for voter in vote.taken.fact.ballots.keys() {
                    *votes.entry(voter.clone()).or_default() += 1;
                }
            }
        }
        votes
    }

    /// Returns the page of a participant; nothing where none of that key was admitted.
    pub(crate) fn participant_page(&self, id: &ParticipantId) -> Option<ParticipantPage> {
        let negotiation = self.negotiation();
        let admitted = &negotiation.process.participant(id)?.fact;
        let positions = self.positions_of(id);
        let proposals = self.proposals_of(id);
        let votes = self.votes_of(id);
        let members = if admitted.class.is_group() {
            negotiation.process.members(id, self.day())
        } else {
            Vec::new()
        };
        let issues: BTreeSet<String> = positions.iter().map(|row| row.issue.plain()).collect();
        let lead = Phrase::words("On record on ")
            .strong(words::count(issues.len(), "question", "questions"))
            .then(", sponsor of ")
            .strong(words::count(proposals.len(), "proposal", "proposals"))
            .then(", with ")
            .strong(words::count(votes.len(), "recorded vote", "recorded votes"))
            .then(", by this day.");
        Some(ParticipantPage {
            key: id.to_string(),
            name: admitted.name.clone(),
            class: words::class(admitted.class).to_owned(),
            lead,
            groups: self.groups_of(id),
            members: members.iter().map(|member| self.participant(member)).collect(),
            positions,
            proposals,
            votes,
            alone: self.alone(id),
            mandates: self.mandates(id),
            acts: self.history(&Part::Participant(id.clone())),
        })
    }

    fn groups_of(&self, id: &ParticipantId) -> Vec<Phrase> {
        let process = &self.negotiation().process;
        let memberships = process.memberships(id, self.day());
        memberships
            .into_iter()
            .map(|membership| {
                let class = process.class(&membership.group);
                let passes = class.map_or("", words::passes_on);
                Phrase::default()
                    .link(
                        self.links.participant(&membership.group),
                        process.name(&membership.group),
                    )
                    .then(format!(": {passes}"))
            })
            .collect()
    }

    fn positions_of(&self, id: &ParticipantId) -> Vec<PositionRow> {
        let negotiation = self.negotiation();
        let mut stances =
            negotiation.positions.stances_everywhere(id, &negotiation.process, self.day());
        // The latest first; what ties keeps the order of the issues.
        stances.sort_by_key(|stance| std::cmp::Reverse(stance.since()));
        stances.iter().map(|stance| self.position(stance)).collect()
    }

    fn position(&self, stance: &Stance<'_>) -> PositionRow {
        let negotiation = self.negotiation();
        let taken = &stance.position.taken;
        let issue = negotiation.positions.issue(&taken.option.issue);
        let title = issue.map_or(taken.option.issue.as_str(), |issue| &issue.fact.title);
        let to = self.links.record_with("about", &format!("issue:{}", taken.option.issue));
        let label = negotiation.positions.option_label(&taken.option.issue, &taken.option.option);
        let provisions = issue.map_or(&[][..], |issue| &issue.fact.provisions);
        let again = Some(stance.position).filter(|latest| stance.since() < latest.basis.at);
        PositionRow {
            issue: Phrase::default().link(to, title),
            option: label.unwrap_or(taken.option.option.as_str()).to_owned(),
            strength: words::strength(taken.strength).to_owned(),
            since: self.dated(stance.first.basis),
            again: again.map(|latest| self.dated(latest.basis)),
            through: self.route(&stance.route, taken.form),
            condition: taken.condition.clone(),
            note: taken.note.clone(),
            provisions: provisions.iter().map(|id| self.provision(id)).collect(),
            certainty: stance.first.confidence.map(Certainty::of),
            disputed: stance.is_disputed(),
        }
    }

    fn proposals_of(&self, id: &ParticipantId) -> Vec<ProposalRow> {
        let proposals = self.negotiation().draft.proposals();
        proposals
            .filter(|proposal| proposal.sponsorships.iter().any(|spell| spell.participant == *id))
            .map(|proposal| self.proposal(proposal, id))
            .collect()
    }

    fn proposal(&self, proposal: &Proposal, id: &ParticipantId) -> ProposalRow {
        let draft = &self.negotiation().draft;
        let spell = proposal.sponsorships.iter().rfind(|spell| spell.participant == *id);
        let left = spell.and_then(|spell| spell.left);
        let status = words::status(draft.status(proposal));
        let status = match left {
            Some(left) => {
                format!("{status}; no longer a sponsor since {}", words::in_words(left.at))
            }
            None if proposal.tabling == Tabling::Drafted && proposal.status.is_open() => {
                "drafted, not tabled".to_owned()
            }
            None => status.to_owned(),
        };
        let part = Part::Proposal(proposal.id.clone());
        let to = self.leads_to(&part).unwrap_or_else(|| self.links.record());
        ProposalRow {
            proposal: crate::view::Link { to, label: proposal.label.clone() },
            marks: words::standing(proposal.standing).into_iter().collect(),
            status,
            provisions: proposal.targets().iter().map(|target| self.provision(target)).collect(),
            with: proposal
                .sponsors()
                .filter(|spell| spell.participant != *id)
                .map(|spell| self.participant(&spell.participant))
                .collect(),
            since: spell.map_or_else(String::new, |spell| words::in_words(spell.joined.at)),
        }
    }

    fn votes_of(&self, id: &ParticipantId) -> Vec<VoteRow> {
        let mut rows = Vec::new();
        for decision in self.negotiation().decisions.all().into_iter().rev() {
            for vote in &decision.votes {
                let Some(ballot) = vote.taken.fact.ballots.get(id) else { continue };
                let tally = vote.tally.map_or_else(String::new, |tally| {
                    format!(", {}-{}-{}", tally.in_favour, tally.against, tally.abstaining)
                });
                let about = self.links.record_with("about", &format!("decision:{}", decision.id));
                rows.push(VoteRow {
                    date: words::in_words(vote.taken.basis.at),
                    question: Phrase::default().link(about, vote.taken.fact.question.clone()),
                    ballot: words::ballot(*ballot).to_owned(),
                    outcome: format!("{}{tally}", outcome(decision.outcome())),
                    entry: self.entry(vote.taken.basis),
                });
            }
        }
        rows
    }

    fn alone(&self, id: &ParticipantId) -> Vec<AloneRow> {
        let negotiation = self.negotiation();
        let alone = negotiation.positions.alone(id, &negotiation.process, self.day());
        alone.iter().map(|alone| self.alone_row(alone)).collect()
    }

    fn alone_row(&self, alone: &Alone) -> AloneRow {
        let negotiation = self.negotiation();
        let issue = negotiation.positions.issue(&alone.issue);
        let title = issue.map_or(alone.issue.as_str(), |issue| &issue.fact.title);
        let label = negotiation.positions.option_label(&alone.issue, &alone.option);
        let to = self.links.record_with("about", &format!("issue:{}", alone.issue));
        let within = match &alone.within {
            Within::TheRoom => String::new(),
            Within::Group(group) => format!(" within {}", negotiation.process.name(group)),
        };
        AloneRow {
            what: Phrase::default()
                .link(to, title)
                .then(" ")
                .strong(label.unwrap_or(alone.option.as_str()))
                .then(within),
            with: Vec::new(),
            otherwise: alone.others,
        }
    }

    fn mandates(&self, id: &ParticipantId) -> Vec<Phrase> {
        let mandates = self.negotiation().positions.mandates_of(id);
        mandates
            .map(|mandate| {
                let phrase =
                    Phrase::default().strong(words::force(mandate.fact.force)).then(" on ");
                let part = match &mandate.fact.subject {
                    MandateSubject::Provision(id) => Part::Provision(id.clone()),
                    MandateSubject::Proposal(id) => Part::Proposal(id.clone()),
                    MandateSubject::Issue(id) => Part::Issue(id.clone()),
                };
                let mut phrase = phrase;
                phrase.0.push(self.piece(&part));
                phrase
                    .then(format!(": {} ", mandate.fact.text))
                    .link(self.links.entry(mandate.basis.entry), mandate.basis.entry.short())
            })
            .collect()
    }
}

fn order(class: ParticipantClass) -> u8 {
    match class {
        ParticipantClass::State => 0,
        ParticipantClass::NegotiatingGroup => 1,
        ParticipantClass::JointStatement => 2,
        ParticipantClass::ElectoralGroup => 3,
        ParticipantClass::AnalystLabel => 4,
        ParticipantClass::Observer | ParticipantClass::Organization => 5,
        ParticipantClass::Stakeholder(_) => 6,
        ParticipantClass::Secretariat => 7,
    }
}
