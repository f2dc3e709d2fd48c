//! Proposals and amendments: in time, by whom, withdrawn and taken up again, agreed for now.

use travaux_record::{
    Deadline, ProposalId, ProposalNamed, ProposalTabled, ProvisionAgreed, Sponsorship, Subject,
};

use super::Judge;
use crate::procedure::rules::{Law, WaivedFor};

impl Judge<'_, '_> {
    pub(super) fn table(&mut self, fact: &ProposalTabled) {
        self.not_during_a_vote();
        let (of, what) = match fact.amends {
            Some(_) => (Deadline::Amendments, "amendments"),
            None => (Deadline::Proposals, "proposals"),
        };
        let deadline = self.floor.room.deadline(of);
        if let Some(until) = deadline.filter(|until| until.counts_from() < self.floor.today) {
            self.against(
                "notice",
                format!("the deadline for {what} was {until}"),
                "the Chair permits it, the body sets a later deadline, or a sponsor of the \
                 proposal takes it up by revising its own",
            );
        }
        let amended = fact.amends.as_ref().and_then(|id| self.floor.room.proposal(id));
        if let Some(amended) = amended.filter(|tabled| !tabled.is_open()) {
            let why = format!("{} is not open any more", amended.label);
            self.against("amendments", why, "table it as a proposal of its own");
        }
    }

    /// Sponsors join until the proposal is decided on.
    pub(super) fn join(&mut self, fact: &Sponsorship) {
        let (rule, _, propose, _) = self.floor.may(&fact.participant);
        if !propose {
            let why = format!("{} makes no proposals here", fact.participant);
            self.against_rule(rule, why, "a member may take it up as its own");
        }
        self.has_credentials(&fact.participant);
        let is_ruled =
            self.floor.rules.find(|law| matches!(law, Law::Cosponsorship {}).then_some(()));
        let decided = self.floor.room.proposal(&fact.proposal).and_then(|tabled| tabled.adopted);
        if is_ruled.is_some() && decided.is_some() {
            self.against(
                "cosponsorship",
                "the list of sponsors is closed: the proposal has been decided on",
                "explain the vote or the position instead",
            );
        }
    }

    /// A sponsor withdraws before voting has begun, if nothing was amended.
    pub(super) fn withdraw(&mut self, fact: &ProposalNamed) {
        let Some(tabled) = self.floor.room.proposal(&fact.proposal).cloned() else { return };
        let foreign = fact.participants.iter().find(|id| !tabled.sponsors.contains(id));
        if let Some(foreign) = foreign.filter(|_| !tabled.sponsors.is_empty()) {
            let why = format!("{foreign} does not sponsor it");
            self.against("withdrawal", why, "a sponsor withdraws it, or vote against it");
        }
        let voting = self.floor.room.voting().and_then(|matter| matter.subject.as_ref());
        if voting == Some(&Subject::Proposal(fact.proposal.clone())) {
            self.against("withdrawal", "voting on it has begun", "vote against it");
        }
        if tabled.amended {
            self.against(
                "withdrawal",
                "it has been amended, and is not its sponsor's alone any more",
                "vote against it as amended",
            );
        }
        if tabled.adopted.is_some() {
            self.against("withdrawal", "it has been decided on", "move to reconsider the decision");
        }
    }

    /// What was withdrawn may be taken up by any member; what was decided, by reconsideration.
    pub(super) fn reintroduce(&mut self, fact: &ProposalNamed) {
        let Some(tabled) = self.floor.room.proposal(&fact.proposal) else { return };
        if tabled.adopted.is_some() {
            let rule = self.motion_rule(crate::procedure::rules::MotionKind::Reconsider);
            self.against_rule(rule, "it has been decided on", "move to reconsider the decision");
        } else if tabled.is_open() {
            self.against("withdrawal", "it is on the table", "nothing need be done");
        }
        for id in &fact.participants {
            let (rule, _, propose, _) = self.floor.may(id);
            if !propose {
                let why = format!("{id} makes no proposals here");
                self.against_rule(rule, why, "a member may take it up");
            }
        }
    }

    /// Proposals are circulated before they are taken up.
    pub(super) fn notified(&mut self, id: &ProposalId) {
        let Some(tabled) = self.floor.room.proposal(id) else { return };
        let Some((rule, (days, waived_for))) = self.floor.rules.find(|law| match law {
            Law::Notice { days, chair_may_waive_for } => Some((*days, *chair_may_waive_for)),
            _ => None,
        }) else {
            return;
        };
        let passed =
            tabled.at.counts_from().until(self.floor.today).map_or(0, |span| span.get_days());
        if tabled.permitted || i64::from(days) <= i64::from(passed) {
            return;
        }
        let may_waive = match waived_for {
            WaivedFor::Everything => true,
            WaivedFor::Amendments => tabled.amends.is_some(),
            WaivedFor::Nothing => false,
        };
        let way_out = if may_waive {
            "the Chair permits it, or take it up tomorrow"
        } else {
            "take it up tomorrow, or the body decides to take it up at once"
        };
        let why = format!("{} was circulated today, and is taken up a day later", tabled.label);
        self.against_rule(rule.cited(), why, way_out);
    }

    /// Agreement ad referendum is the body's: it is not given over an objection.
    pub(super) fn agree_ad_referendum(&mut self, fact: &ProvisionAgreed) {
        let objecting = self.floor.room.live().find_map(|matter| {
            let is_it = matter.subject == Some(Subject::Provision(fact.provision.clone()));
            matter.standing().next().filter(|_| is_it).map(|one| one.participant.clone())
        });
        if let Some(objecting) = objecting {
            self.against(
                "ad_referendum",
                format!("{objecting} objects to it"),
                "leave the words in brackets, or go on seeking consensus",
            );
        }
    }
}
