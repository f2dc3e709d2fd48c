//! Whether an act is in order: one function for each kind of act, each rule in one place.
//!
//! Nothing here changes the room or refuses anything; it names rule, reason and way out. An act of
//! which the rules in force say nothing has nothing against it.

mod debate;
mod decisions;
mod meeting;
mod motions;
mod proposals;
mod votes;

use travaux_record::{Fact, QuestionEffect, QuestionPut, Subject, VotingMethod};

use super::floor::Floor;
use super::rules::MotionKind;
use super::{Breach, Cited, Matter, MeetingState};

/// The breaches found so far.
pub(super) struct Judge<'f, 'a> {
    floor: &'f Floor<'a>,
    found: Vec<Breach>,
}

impl Judge<'_, '_> {
    /// Names a breach of the rule that answers a topic.
    fn against(&mut self, topic: &str, why: impl Into<String>, way_out: impl Into<String>) {
        let rule = self.floor.cite(topic);
        self.against_rule(rule, why, way_out);
    }

    fn against_rule(&mut self, rule: Cited, why: impl Into<String>, way_out: impl Into<String>) {
        self.found.push(Breach { rule, why: why.into(), way_out: way_out.into() });
    }

    /// The body must be sitting.
    fn sitting(&mut self) {
        match self.floor.room.meeting() {
            MeetingState::Open => {}
            MeetingState::Suspended => {
                self.against("chair_powers", "the meeting is suspended", "resume the meeting");
            }
            MeetingState::Unrecorded | MeetingState::Adjourned => {
                self.against("chair_powers", "no meeting is open", "open a meeting");
            }
        }
    }

    /// Nothing interrupts a vote.
    fn not_during_a_vote(&mut self) {
        if let Some(voting) = self.floor.room.voting() {
            let why = format!("voting on {} has begun", quoted(&voting.words));
            self.against("conduct", why, "wait until the result is announced");
        }
    }

    /// A procedural motion that is pending is decided before anything else is taken up.
    fn no_motion_pending(&mut self, but: Option<&travaux_record::DecisionId>) {
        let Some(pending) = self.floor.room.pending().last() else { return };
        if Some(&pending.motion) == but {
            return;
        }
        let (topic, why) = match pending.kind {
            MotionKind::PointOfOrder => (
                "point_of_order",
                "a point of order has been raised and is decided at once".to_owned(),
            ),
            MotionKind::Appeal => (
                "point_of_order",
                "an appeal against a ruling is put to the vote at once".to_owned(),
            ),
            kind => ("precedence", format!("the motion {} is pending", kind.words())),
        };
        let way_out = match pending.kind {
            MotionKind::PointOfOrder => "the Chair rules on it",
            _ => "put that motion first, or its mover withdraws it",
        };
        self.against(topic, why, way_out);
    }

    /// So many must be present that the body can decide.
    fn quorum_to_decide(&mut self) {
        let Some((rule, _, decide)) = self.floor.quorum() else { return };
        let Some(present) = self.floor.room.present() else {
            self.against_rule(rule, "presence was not noted", "note how many members are present");
            return;
        };
        if present < decide {
            let members = self.floor.members();
            self.against_rule(
                rule,
                format!(
                    "{present} of {members} members are present, and a decision needs {decide}"
                ),
                format!("wait for {} more, or suspend the meeting", decide - present),
            );
        }
    }
}

/// Returns what speaks against an act.
pub(super) fn check(floor: &Floor<'_>, fact: &Fact) -> Vec<Breach> {
    let mut judge = Judge { floor, found: Vec::new() };
    match fact {
        Fact::MeetingOpened(_) => judge.open(),
        Fact::MeetingContinued(fact) => judge.go_on(fact),
        Fact::AgendaAdopted(_) | Fact::DeadlineSet(_) => {
            judge.sitting();
            judge.not_during_a_vote();
        }
        Fact::ItemTakenUp(fact) => judge.item(fact),
        Fact::InformalsReported(fact) => judge.report(fact),
        Fact::SpeakerInscribed(fact) => judge.inscribe(fact),
        Fact::SpeakerStruck(fact) => judge.strike(fact),
        Fact::FloorGiven(fact) => judge.give_floor(fact),
        Fact::SpeakersListSet(fact) => judge.list(fact),
        Fact::InformalsConvened(_) | Fact::SpeakingTimeSet(_) => judge.not_during_a_vote(),
        Fact::RulingGiven(fact) => judge.rule(fact),
        Fact::MotionMade(fact) => judge.motion(fact),
        Fact::MotionWithdrawn(fact) => judge.withdraw_motion(fact),
        Fact::ProposalTabled(fact) => judge.table(fact),
        Fact::SponsorJoined(fact) => judge.join(fact),
        Fact::ProposalWithdrawn(fact) => judge.withdraw(fact),
        Fact::ProposalReintroduced(fact) => judge.reintroduce(fact),
        Fact::ProvisionAgreed(fact) => judge.agree_ad_referendum(fact),
        Fact::ConsensusSought(fact) => judge.seek(fact),
        Fact::ObjectionRaised(fact) => judge.object(fact),
        Fact::EffortsExhausted(fact) => judge.exhaust(fact),
        Fact::ConsensusReached(fact) => judge.agree(fact),
        Fact::SilenceOpened(_) => judge.silence(),
        Fact::QuestionPut(fact) => judge.put(fact),
        Fact::VoteCast(fact) => judge.cast(fact),
        Fact::VoteTaken(fact) => judge.result(fact),
        Fact::ExplanationGiven(fact) => judge.explain(fact),
        Fact::ElectionBallotTaken(fact) => judge.elect(fact),
        _ => {}
    }
    judge.found
}

/// Returns the steps that must come before a question may be put to the vote, in order.
pub(super) fn before_a_vote(floor: &Floor<'_>, matter: &Matter) -> Vec<String> {
    if matter.is_decided() {
        return Vec::new();
    }
    let put = Fact::QuestionPut(as_put(floor, matter));
    check(floor, &put).into_iter().map(|breach| breach.way_out).collect()
}

/// Returns a question as it would be put under the rules.
pub(super) fn as_put(floor: &Floor<'_>, matter: &Matter) -> QuestionPut {
    let effect = floor.effect(matter);
    QuestionPut {
        decision: matter.id.clone(),
        question: matter.words.clone(),
        subject: matter.subject.clone().unwrap_or_else(|| Subject::Matter(matter.words.clone())),
        effect,
        majority: floor.needs(matter, effect).majority,
        method: VotingMethod::ShowOfHands,
        at_request_of: None,
        first: None,
    }
}

/// Returns words in quotation marks.
fn quoted(words: &str) -> String {
    format!("\u{201c}{words}\u{201d}")
}

/// Whether a question is decided as one of procedure though nothing makes it so.
fn is_called_procedure(put: &QuestionPut) -> bool {
    put.effect == QuestionEffect::Procedure
}
