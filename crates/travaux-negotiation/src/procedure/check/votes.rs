//! Putting questions, casting votes, announcing results; elections.

use travaux_record::{
    DocumentId, ElectionBallotTaken, Majority, ParticipantId, ProposalId, QuestionPut, Subject,
    Tally, VoteCast, VoteTaken, VotingMethod,
};

use super::{Judge, is_called_procedure};
use crate::decisions::{Count, needed};
use crate::procedure::floor::Decisive;
use crate::procedure::room::ranked;
use crate::procedure::rules::{Law, MotionKind, Voters};
use crate::procedure::{Cited, Matter, MatterState, Tabled, Voting};

impl Judge<'_, '_> {
    /// A question is put when the body can decide, nothing comes before it, and its conditions hold.
    pub(super) fn put(&mut self, fact: &QuestionPut) {
        self.sitting();
        self.not_during_a_vote();
        self.no_motion_pending(Some(&fact.decision));
        self.quorum_to_decide();
        self.is_not_decided(&fact.decision);
        self.conditions(fact);
        self.is_ripe(&fact.decision, &fact.subject);
        self.method(fact);
    }

    /// The conditions of a vote on substance, and the majority that was announced.
    fn conditions(&mut self, fact: &QuestionPut) {
        let matter = self.floor.room.matter(&fact.decision).cloned();
        let blank = || Matter::unrecorded(fact.decision.clone());
        let mut asked = matter.clone().unwrap_or_else(blank);
        asked.subject = Some(fact.subject.clone());
        let is_procedural = self.floor.is_procedural(&asked);
        if is_called_procedure(fact) && !is_procedural {
            let rule = self.motion_rule(MotionKind::Classification);
            self.against_rule(
                rule,
                "it is not settled that this is a question of procedure",
                "move that it is one, and vote on that first, by the majority for procedure",
            );
        }
        let needs = self.floor.needs(&asked, self.floor.effect(&asked));
        if !is_procedural {
            self.efforts_are_exhausted(&asked, &needs);
            self.parties_suffice(&needs);
        }
        if fact.majority != needs.majority {
            let (said, wanted) = (in_words(fact.majority), in_words(needs.majority));
            self.against_rule(
                needs.rule,
                format!("it was put as needing {said}, and needs {wanted}"),
                format!("announce that it needs {wanted}"),
            );
        }
    }

    fn parties_suffice(&mut self, needs: &Decisive) {
        let least = needs.parties_at_least;
        let parties = self.floor.room.parties();
        if usize::try_from(least).is_ok_and(|least| parties < least) {
            self.against_rule(
                needs.rule.clone(),
                format!("there are {parties} States Parties, and it takes {least}"),
                "wait until there are enough",
            );
        }
    }

    /// Consensus sought, then found exhausted by the bureau, then announced by the chair; for the
    /// question itself or for the text it belongs to.
    fn efforts_are_exhausted(&mut self, asked: &Matter, needs: &Decisive) {
        let Some(consensus) = self.floor.consensus_rule(&asked.under) else { return };
        if consensus.rule != needs.rule {
            return;
        }
        let mut on: Vec<&Matter> = self.floor.room.matter(&asked.id).into_iter().collect();
        let document = asked.subject.as_ref().and_then(|subject| self.document_of(subject));
        on.extend(self.floor.room.live().filter(|matter| {
            document.is_some() && matter.subject == document.clone().map(Subject::Document)
        }));
        let is = |has: &dyn Fn(&Matter) -> bool| on.iter().any(|matter| has(matter));
        let rule = || consensus.rule.clone();
        if !is(&|matter| matter.sought.is_some()) {
            self.against_rule(
                rule(),
                "consensus has not been sought",
                "the Chair asks whether there is consensus",
            );
        }
        if consensus.certified_by.is_some() && !is(&|matter| matter.bureau.is_some()) {
            self.against_rule(
                rule(),
                "the Bureau has not decided that efforts at consensus are exhausted",
                "the Bureau decides that efforts are exhausted",
            );
        }
        if consensus.is_announced && !is(&|matter| matter.informed.is_some()) {
            self.against_rule(
                rule(),
                "the Chair has not informed the body that efforts are exhausted",
                "the Chair informs the body",
            );
        }
    }

    fn document_of(&self, subject: &Subject) -> Option<DocumentId> {
        match subject {
            Subject::Proposal(id) => {
                self.floor.room.proposal(id).map(|tabled| tabled.document.clone())
            }
            Subject::Provision(_) => self.floor.room.document().cloned(),
            Subject::Document(_) | Subject::Decision(_) | Subject::Matter(_) => None,
        }
    }

    /// A motion may be about a proposal that is not ripe for a decision; a question on it may not.
    pub(super) fn is_ripe(&mut self, id: &travaux_record::DecisionId, subject: &Subject) {
        if self.floor.room.matter(id).and_then(Matter::kind).is_none() {
            self.subject_is_ripe(subject);
        }
    }

    /// What must come before a proposal: circulation, competence, amendments, parts, earlier ones.
    fn subject_is_ripe(&mut self, subject: &Subject) {
        let Subject::Proposal(id) = subject else { return };
        let Some(tabled) = self.floor.room.proposal(id).cloned() else { return };
        self.notified(id);
        let label = &tabled.label;
        if tabled.withdrawn {
            self.against(
                "withdrawal",
                format!("{label} was withdrawn"),
                "a member takes it up again",
            );
        }
        if tabled.beyond_competence {
            let rule = self.motion_rule(MotionKind::Competence);
            self.against_rule(
                rule,
                format!("the body held that it is not competent to adopt {label}"),
                "move to reconsider that decision",
            );
        }
        if let Some(adopted) = &tabled.rejected_by {
            self.against(
                "amendments",
                format!("adopting {adopted} rejected {label}, which is not put"),
                "move to reconsider the decision",
            );
        }
        let amendments = self.floor.order_of_amendments(id);
        if let Some(first) = amendments.first() {
            self.against(
                "amendments",
                format!("amendments to {label} are voted on before it"),
                format!("put {first} first, or its sponsor withdraws it"),
            );
        }
        self.first_among_amendments(&tabled.id, tabled.amends.as_ref());
        self.parts_are_decided(&tabled);
        if tabled.amends.is_none() {
            self.first_among_proposals(&tabled);
        }
    }

    /// Of several amendments the one set first, as furthest removed in substance.
    fn first_among_amendments(&mut self, id: &ProposalId, amended: Option<&ProposalId>) {
        let Some(amended) = amended else { return };
        let order = self.floor.order_of_amendments(amended);
        let is_set = |one: &ProposalId| self.floor.room.order().contains(one);
        let open = order.len();
        if open > 1 && !order.iter().all(is_set) {
            self.against(
                "amendments",
                format!("{open} amendments to {amended} are open, and their order is not set"),
                "set the order of voting, the one furthest removed in substance first",
            );
        } else if let Some(first) = order.first().filter(|first| *first != id && open > 1) {
            self.against(
                "amendments",
                format!("{first} is further removed in substance, and is voted on before {id}"),
                format!("put {first} first, or set another order"),
            );
        }
    }

    /// Where a proposal is divided, its parts come first; where none is kept, nothing is left.
    fn parts_are_decided(&mut self, tabled: &Tabled) {
        let Some(parts) = &tabled.divided else { return };
        let rule = self.motion_rule(MotionKind::Division);
        let undecided = tabled.targets.iter().find(|target| !parts.contains_key(*target));
        if let Some(undecided) = undecided {
            self.against_rule(
                rule,
                format!("{} is voted on in parts, and {undecided} is not decided", tabled.label),
                format!("put {undecided} first"),
            );
        } else if !parts.values().any(|kept| *kept) {
            self.against_rule(
                rule,
                format!("no part of {} was kept, so the whole is rejected", tabled.label),
                "nothing need be done",
            );
        }
    }

    /// Proposals on one provision in the order of submission, or the order set.
    fn first_among_proposals(&mut self, tabled: &Tabled) {
        let place = |id: &ProposalId, ordinal: usize| {
            let set = self.floor.room.order().iter().position(|other| other == id);
            (set.unwrap_or(usize::MAX), ordinal)
        };
        let own = place(&tabled.id, tabled.ordinal);
        let open = self.floor.room.open_proposals();
        let earlier = open
            .iter()
            .filter(|other| other.amends.is_none() && other.id != tabled.id)
            .filter(|other| other.document == tabled.document)
            .filter(|other| !other.targets.is_disjoint(&tabled.targets))
            .find(|other| place(&other.id, other.ordinal) < own);
        if let Some(earlier) = earlier {
            let why = format!("{} was submitted on the same question before it", earlier.label);
            let way_out = format!("put {} first, or the body decides on another order", earlier.id);
            self.against("proposals", why, way_out);
        }
    }

    fn method(&mut self, fact: &QuestionPut) {
        let is_named = matches!(fact.method, VotingMethod::Recorded | VotingMethod::RollCall);
        if is_named && fact.at_request_of.is_none() {
            self.against(
                "method",
                "nobody asked for a recorded vote or a roll-call",
                "a representative asks for it, or vote by show of hands",
            );
        }
        if fact.method == VotingMethod::RollCall && fact.first.is_none() {
            self.against(
                "method",
                "the name to be called first was not drawn",
                "the Chair draws a member by lot",
            );
        }
        if fact.method == VotingMethod::SecretBallot {
            self.against(
                "method",
                "secret ballots are for elections",
                "vote by show of hands, or by recorded vote on request",
            );
        }
    }

    /// Each member has one vote, cast in person, once.
    pub(super) fn cast(&mut self, fact: &VoteCast) {
        let matter = self.floor.room.matter(&fact.decision).cloned();
        let voting = matter.as_ref().filter(|matter| matter.state == MatterState::Voting);
        let Some(matter) = voting else {
            self.against("conduct", "it is not being voted on", "put the question to the vote");
            return;
        };
        self.may_vote(&fact.participant, matter);
        let cast = matter.voting.as_ref().and_then(|voting| voting.cast.get(&fact.participant));
        if cast.is_some_and(|before| *before != fact.ballot) {
            let why = format!("{} has voted", fact.participant);
            self.against(
                "voting_rights",
                why,
                "its vote is corrected before the result is announced, at its request",
            );
        }
        let present = self.floor.room.present_by_name();
        let in_person =
            self.floor.rules.find(|law| matches!(law, Law::VotingInPerson {}).then_some(()));
        if in_person.is_some() && !present.is_empty() && !present.contains(&fact.participant) {
            let why = format!("{} is not present", fact.participant);
            self.against(
                "voting_in_person",
                why,
                "note that it is present, or state how it would have voted",
            );
        }
    }

    /// Members that have not lost their vote; Parties where the decision is theirs.
    pub(super) fn may_vote(&mut self, id: &ParticipantId, matter: &Matter) {
        let (rule, _, _, vote) = self.floor.may(id);
        if !vote {
            let why = format!("{id} has no vote");
            self.against_rule(rule, why, "only members vote");
            return;
        }
        self.has_credentials(id);
        let chair_vote = self.floor.rules.citing("chair_vote");
        if let Some(rule) = chair_vote.filter(|_| self.floor.room.chair() == Some(id)) {
            let why = format!("{id} holds the Chair");
            self.against_rule(rule, why, "another member of its delegation votes in its place");
        }
        if let Some(ground) = self.floor.room.without_vote(id) {
            let why = format!("{id} has lost its vote: {ground}");
            self.against(
                "arrears",
                why,
                "it has its vote again when the ground falls away, or when the organ that may \
                 permits it to vote",
            );
        }
        let needs = self.floor.needs(matter, self.floor.effect(matter));
        if needs.voters == Voters::Parties && !self.floor.room.is_party(id) {
            let why = format!("{id} is not a Party, and the decision is for the Parties");
            self.against_rule(needs.rule, why, "only States Parties vote on it");
        }
    }

    /// The result is that of the count, under the majority needed; a tie rejects.
    pub(super) fn result(&mut self, fact: &VoteTaken) {
        // Other bodies decide by rules of their own.
        if !fact.body.is_empty() {
            return;
        }
        let matter = self.floor.room.matter(&fact.decision).cloned();
        let voting = matter.as_ref().filter(|matter| matter.state == MatterState::Voting);
        if let Some(matter) = voting {
            for id in fact.ballots.keys() {
                self.may_vote(id, matter);
            }
            let counted = matter.voting.as_ref().map(Voting::tally);
            let announced =
                fact.tally.filter(|_| matter.voting.as_ref().is_some_and(|v| !v.cast.is_empty()));
            if announced.zip(counted).is_some_and(|(announced, counted)| announced != counted) {
                self.against(
                    "method",
                    "the count announced is not that of the votes cast",
                    "count again before announcing",
                );
            }
        } else {
            self.put_all_the_same(fact);
        }
        let tally =
            fact.tally.or_else(|| voting.and_then(|m| m.voting.as_ref()).map(Voting::tally));
        if let Some(tally) = tally {
            self.announced(fact, tally);
        }
    }

    /// A result of a vote that was never opened on record: its conditions are judged all the same.
    fn put_all_the_same(&mut self, fact: &VoteTaken) {
        let put = QuestionPut {
            decision: fact.decision.clone(),
            question: fact.question.clone(),
            subject: fact.subject.clone(),
            effect: travaux_record::QuestionEffect::Adopt,
            majority: fact.majority,
            method: VotingMethod::ShowOfHands,
            at_request_of: None,
            first: None,
        };
        self.put(&put);
    }

    fn announced(&mut self, fact: &VoteTaken, tally: Tally) {
        let total = tally.in_favour + tally.against + tally.abstaining;
        if self.floor.room.present().is_some_and(|present| present < total) {
            self.against(
                "voting_rights",
                format!("{total} votes were counted, and fewer members were present"),
                "count again before announcing",
            );
        }
        if Count::new(fact.majority, tally).carries() == fact.carried {
            return;
        }
        let is_tie = tally.in_favour == tally.against && fact.majority == Majority::Simple;
        let (topic, why) = if is_tie {
            ("ties", "the votes are equally divided, which rejects it".to_owned())
        } else {
            let voting = u64::from(tally.in_favour) + u64::from(tally.against);
            let least = needed(fact.majority, voting);
            (
                "present_and_voting",
                format!(
                    "{} in favour of {voting} present and voting, and it takes {least}",
                    tally.in_favour
                ),
            )
        };
        let right = if fact.carried { "not carried" } else { "carried" };
        self.against(topic, why, format!("announce that it is {right}"));
    }

    /// One place: a majority elects; else a second ballot between the two highest; else lots.
    pub(super) fn elect(&mut self, fact: &ElectionBallotTaken) {
        self.not_during_a_vote();
        let Some((rule, most)) = self.floor.rules.find(|law| match law {
            Law::Elections { restricted_to } => Some(*restricted_to),
            _ => None,
        }) else {
            return;
        };
        if fact.places != 1 {
            return;
        }
        let rule = rule.cited();
        let before = self.floor.room.ballots(&fact.election);
        if let Some(last) = before.last() {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let ranked = ranked(last);
            let least =
                ranked.get(most.min(ranked.len()).saturating_sub(1)).map_or(0, |votes| votes.votes);
            let admitted: Vec<&ParticipantId> = ranked
                .iter()
                .filter(|votes| votes.votes >= least)
                .map(|votes| &votes.candidate)
                .collect();
            let others = fact.votes.iter().find(|votes| !admitted.contains(&&votes.candidate));
            if let Some(other) = others {
                let why = format!("{} was not among the {most} with most votes", other.candidate);
                self.against_rule(
                    rule.clone(),
                    why,
                    format!("restrict the ballot to the {most} highest"),
                );
            }
        }
        self.elected(fact, rule, before.len());
    }

    fn elected(&mut self, fact: &ElectionBallotTaken, rule: Cited, earlier: usize) {
        let Some(elected) = fact.elected.first() else { return };
        let one_candidate = self.floor.rules.find(|law| match law {
            Law::Officers { dispensed_with_candidates } => Some(*dispensed_with_candidates),
            _ => None,
        });
        let candidates = u32::try_from(fact.votes.len()).unwrap_or(u32::MAX);
        if one_candidate.is_some_and(|(_, most)| candidates <= most) {
            return;
        }
        let all: u32 = fact.votes.iter().map(|votes| votes.votes).sum();
        if all == 0 {
            let most = one_candidate.map_or(0, |(_, most)| most);
            let only = if most == 1 { "one".to_owned() } else { most.to_string() };
            self.against(
                "officers",
                format!(
                    "there are {candidates} candidates, and the ballot may be dispensed with for \
                     {only} only"
                ),
                "take the ballot",
            );
            return;
        }
        let own = fact.votes.iter().find(|v| v.candidate == *elected).map_or(0, |v| v.votes);
        let most = fact.votes.iter().map(|votes| votes.votes).max().unwrap_or(0);
        if fact.by_lot {
            let is_tie = fact.votes.iter().filter(|votes| votes.votes == most).count() > 1;
            if !(earlier > 0 && is_tie && own == most) {
                self.against_rule(
                    rule,
                    "lots are drawn only between those equal in the second ballot",
                    "take another ballot",
                );
            }
        } else if own * 2 <= all {
            let why = format!("{elected} has {own} of {all} votes, which is no majority");
            self.against_rule(rule, why, "take a second ballot between the two highest");
        }
    }
}

fn in_words(majority: Majority) -> &'static str {
    match majority {
        Majority::Simple => "a simple majority",
        Majority::TwoThirds => "two thirds of those present and voting",
    }
}
