//! Moves of proposals and questions: from consensus sought to a result, and what is said of it.

use travaux_record::{
    Ballot, ConsensusReached, ConsensusSought, DecisionId, EffortsExhausted, ExhaustionStep,
    ExplanationForm, ExplanationGiven, Fact, ObjectionRaised, ParticipantId, ProposalNamed,
    ProposalTabled, Sponsorship, Standing, Subject, VoteCast, VoteTaken,
};

use super::{ALIKE_MAX, Actor, Decider, Draft, Moves};
use crate::procedure::act::asked;
use crate::procedure::check::as_put;
use crate::procedure::{Matter, MatterState, Tabled};

impl Moves<'_, '_> {
    /// The vote in progress.
    pub(super) fn voting(&mut self) {
        let Some(matter) = self.floor.room.voting().cloned() else { return };
        if let Some(member) = self.has_not_voted(&matter) {
            let draft = self.draft(
                ("vote", "vote", format!("yes {} <WHO>", matter.id)),
                Actor::AnyMember,
                "voting_rights",
            );
            let decision = matter.id.clone();
            let act = VoteCast { decision, participant: member, ballot: Ballot::Abstain };
            self.offer(draft, &Fact::VoteCast(act));
        }
        let tally = matter.voting.as_ref().map(crate::procedure::Voting::tally);
        let put = matter.voting.as_ref().map(|voting| voting.put.clone());
        let Some((tally, put)) = tally.zip(put) else { return };
        let carried = crate::decisions::Count::new(put.majority, tally).carries();
        let what =
            format!("announce the result: {}", if carried { "carried" } else { "not carried" });
        let say = format!("result {}", matter.id);
        let draft = Draft {
            decides: Decider::Body,
            majority: Some(put.majority),
            ..self.draft(("result", what, say), Actor::Chair, "present_and_voting")
        };
        let act = VoteTaken {
            decision: matter.id.clone(),
            question: matter.words.clone(),
            subject: put.subject,
            body: String::new(),
            session: None,
            movers: Vec::new(),
            majority: put.majority,
            rule: String::new(),
            tally: Some(tally),
            ballots: std::collections::BTreeMap::new(),
            carried,
            note: String::new(),
        };
        self.offer(draft, &Fact::VoteTaken(act));
    }

    fn has_not_voted(&self, matter: &Matter) -> Option<ParticipantId> {
        let room = self.floor.room;
        let voted = |id: &&ParticipantId| {
            matter.voting.as_ref().is_some_and(|voting| voting.cast.contains_key(*id))
        };
        let present = room.present_by_name();
        self.floor
            .voters()
            .filter(|id| present.is_empty() || present.contains(*id))
            .filter(|id| room.without_vote(id).is_none())
            .find(|id| !voted(id))
            .cloned()
    }

    /// Questions that await a decision, motions apart, and proposals on which nothing was sought.
    pub(super) fn questions(&mut self) {
        let live: Vec<Matter> = self
            .floor
            .room
            .live()
            .filter(|matter| matter.kind().is_none() && matter.state == MatterState::Open)
            .take(ALIKE_MAX)
            .cloned()
            .collect();
        for matter in &live {
            self.question(matter);
        }
        let spoken_of = |tabled: &Tabled| {
            let subject = Some(Subject::Proposal(tabled.id.clone()));
            live.iter().any(|matter| matter.subject == subject)
        };
        let open: Vec<Tabled> = self
            .floor
            .room
            .open_proposals()
            .into_iter()
            .filter(|tabled| !spoken_of(tabled))
            .take(ALIKE_MAX)
            .cloned()
            .collect();
        for tabled in open {
            let subject = Subject::Proposal(tabled.id.clone());
            let mut matter = Matter::unrecorded(DecisionId::new(format!("on-{}", tabled.id)));
            matter.words = asked(self.floor, &subject);
            matter.subject = Some(subject);
            self.offer_search(&matter, &format!(" on proposal {}", tabled.id));
            self.offer_vote(&matter);
        }
    }

    fn question(&mut self, matter: &Matter) {
        self.offer_search(matter, "");
        self.offer_objection(matter);
        for standing in matter.standing() {
            let (who, id) = (&standing.participant, &matter.id);
            let what = format!("{who} lifts its objection");
            let say = format!("{who} lifts {id}");
            let draft = self.draft(("lift", what, say), Actor::One(who.clone()), "decision");
            let objection = standing.entry;
            let act = travaux_record::ObjectionLifted { objection };
            self.offer(draft, &Fact::ObjectionLifted(act));
        }
        if let Some(consensus) = self.floor.consensus_rule(&matter.under) {
            let steps = [
                (
                    consensus.certified_by.is_some() && matter.bureau.is_none(),
                    ExhaustionStep::BureauDecided,
                    Actor::Bureau,
                    "bureau_exhausts",
                    "decide that efforts at consensus are exhausted",
                    "bureau exhausts",
                ),
                (
                    consensus.is_announced && matter.informed.is_none(),
                    ExhaustionStep::ChairInformed,
                    Actor::Chair,
                    "chair_informs",
                    "inform the body that efforts are exhausted",
                    "chair informs",
                ),
            ];
            for (is_due, step, who, kind, what, verb) in steps {
                if is_due && matter.sought.is_some() {
                    let say = format!("{verb} {}", matter.id);
                    let mut draft = self.draft((kind, what, say), who, "decision");
                    draft.rule = consensus.rule.clone();
                    let decision = matter.id.clone();
                    let act = EffortsExhausted { decision, step };
                    self.offer(draft, &Fact::EffortsExhausted(act));
                }
            }
        }
        self.offer_vote(matter);
        if matter.sought.is_some() || matter.silence.is_some() {
            self.offer_agreement(matter);
        }
    }

    fn offer_search(&mut self, matter: &Matter, on: &str) {
        let rule = match self.floor.consensus_rule(&matter.under) {
            Some(consensus) => consensus.rule,
            None => self.floor.cite("majority"),
        };
        let what = format!("ask whether there is consensus: {}", matter.words);
        let say = format!("seek {}{on}", matter.id);
        let draft = Draft {
            decides: Decider::Consensus,
            rule,
            ..self.draft(("seek_consensus", what, say), Actor::Chair, "majority")
        };
        let act = ConsensusSought {
            decision: matter.id.clone(),
            question: matter.words.clone(),
            subject: about(matter),
        };
        self.offer(draft, &Fact::ConsensusSought(act));
    }

    fn offer_objection(&mut self, matter: &Matter) {
        let objects = |id: &&ParticipantId| matter.standing().any(|one| one.participant == **id);
        let Some(member) = self.floor.voters().find(|id| !objects(id)).cloned() else { return };
        let say = format!("<WHO> objects to {} \"<GROUND>\" unless \"<REMEDY>\"", matter.id);
        let what = format!("object: {}", matter.words);
        let draft = self.draft(("object", what, say), Actor::AnyMember, "decision");
        let act = ObjectionRaised {
            participant: member,
            subject: about(matter),
            decision: Some(matter.id.clone()),
            ground: String::new(),
            remedy: String::new(),
        };
        self.offer(draft, &Fact::ObjectionRaised(act));
    }

    /// Offers to put a question to the vote.
    pub(super) fn offer_vote(&mut self, matter: &Matter) {
        let put = as_put(self.floor, matter);
        let needs = self.floor.needs(matter, put.effect);
        let on = match (&matter.subject, self.floor.room.matter(&matter.id)) {
            (Some(Subject::Proposal(id)), None) => format!(" on proposal {id}"),
            _ => String::new(),
        };
        let draft = Draft {
            kind: "put",
            what: format!("put to the vote: {}", matter.words),
            who: Actor::Chair,
            decides: Decider::Body,
            majority: Some(needs.majority),
            rule: needs.rule,
            say: format!("put {}{on}", matter.id),
        };
        self.offer(draft, &Fact::QuestionPut(put));
    }

    /// Offers to decide without a vote.
    pub(super) fn offer_agreement(&mut self, matter: &Matter) {
        let needs = self.floor.needs(matter, self.floor.effect(matter));
        let draft = Draft {
            kind: "agree",
            what: format!("decide without a vote, as nobody objects: {}", matter.words),
            who: Actor::Chair,
            decides: Decider::Consensus,
            majority: None,
            rule: needs.rule,
            say: format!("agree {}", matter.id),
        };
        let act = ConsensusReached {
            decision: matter.id.clone(),
            question: matter.words.clone(),
            subject: about(matter),
            body: String::new(),
            session: None,
            note: String::new(),
        };
        self.offer(draft, &Fact::ConsensusReached(act));
    }

    /// What may be done about proposals as such.
    pub(super) fn proposals(&mut self) {
        let Some(document) = self.floor.room.document().cloned() else { return };
        let tabled = |amends| {
            Fact::ProposalTabled(ProposalTabled {
                proposal: travaux_record::ProposalId::new("?"),
                document: document.clone(),
                label: String::new(),
                changes: Vec::new(),
                standing: Standing::Authentic,
                amends,
                option: None,
                note: String::new(),
            })
        };
        let draft = self.draft(
            ("table", "table a proposal", "<WHO> tables <KEY>: <PROVISION> \"<WORDS>\""),
            Actor::AnyMember,
            "notice",
        );
        self.offer(draft, &tabled(None));
        let open: Vec<Tabled> =
            self.floor.room.open_proposals().into_iter().take(ALIKE_MAX).cloned().collect();
        for proposal in open {
            let id = &proposal.id;
            if proposal.amends.is_none() {
                let what = format!("amend {}", proposal.label);
                let say = format!("<WHO> tables <KEY> amending {id}: <PROVISION> \"<WORDS>\"");
                let draft = self.draft(("amend", what, say), Actor::AnyMember, "amendments");
                self.offer(draft, &tabled(Some(id.clone())));
            }
            let joins = self.floor.voters().find(|who| !proposal.sponsors.contains(*who)).cloned();
            if let Some(participant) = joins {
                let what = format!("join the sponsors of {}", proposal.label);
                let say = format!("<WHO> cosponsors {id}");
                let draft = self.draft(("cosponsor", what, say), Actor::AnyMember, "cosponsorship");
                let act = Sponsorship { proposal: id.clone(), participant };
                self.offer(draft, &Fact::SponsorJoined(act));
            }
            if let Some(sponsor) = proposal.sponsors.first() {
                let what = format!("withdraw {}", proposal.label);
                let say = format!("{sponsor} withdraws {id}");
                let who = Actor::Some(proposal.sponsors.iter().cloned().collect());
                let draft = self.draft(("withdraw", what, say), who, "withdrawal");
                let participants = vec![sponsor.clone()];
                let act = ProposalNamed { proposal: id.clone(), participants };
                self.offer(draft, &Fact::ProposalWithdrawn(act));
            }
        }
    }

    /// What may be said of what was decided last.
    pub(super) fn afterwards(&mut self) {
        let Some(matter) = self.floor.room.last_decided().cloned() else { return };
        let Some(member) = self.neutral(&matter) else { return };
        let forms = [
            ("explain_vote", "explain the vote", "explains its vote on", ExplanationForm::OfVote),
            (
                "explain_position",
                "explain the position",
                "explains its position on",
                ExplanationForm::OfPosition,
            ),
            (
                "dissociate",
                "dissociate from the decision",
                "dissociates from",
                ExplanationForm::Dissociation,
            ),
            (
                "intended_vote",
                "say how one would have voted",
                "would have voted on",
                ExplanationForm::IntendedVote,
            ),
        ];
        for (kind, what, verb, form) in forms {
            let without_vote =
                matter.state == MatterState::Decided(crate::decisions::Outcome::WithoutVote);
            let fits = match form {
                ExplanationForm::OfVote | ExplanationForm::IntendedVote => !without_vote,
                ExplanationForm::OfPosition | ExplanationForm::Dissociation => without_vote,
            };
            if fits {
                let say = format!("<WHO> {verb} {} \"<WORDS>\"", matter.id);
                let draft = self.draft((kind, what, say), Actor::AnyMember, "conduct");
                let (participant, decision) = (member.clone(), matter.id.clone());
                let act = ExplanationGiven { participant, decision, form, text: String::new() };
                self.offer(draft, &Fact::ExplanationGiven(act));
            }
        }
    }

    /// Some member that neither moved nor sponsors it, and did not vote where others did.
    fn neutral(&self, matter: &Matter) -> Option<ParticipantId> {
        let sponsors = match &matter.subject {
            Some(Subject::Proposal(id)) => {
                self.floor.room.proposal(id).map(|tabled| tabled.sponsors.clone())
            }
            _ => None,
        }
        .unwrap_or_default();
        let cast = matter.voting.as_ref().map(|voting| &voting.cast);
        let is_neutral =
            |id: &&ParticipantId| !sponsors.contains(*id) && !matter.movers.contains(*id);
        self.floor
            .voters()
            .filter(is_neutral)
            .find(|id| cast.is_none_or(|cast| !cast.contains_key(*id)))
            .or_else(|| self.floor.voters().find(is_neutral))
            .cloned()
    }
}

fn about(matter: &Matter) -> Subject {
    matter.subject.clone().unwrap_or_else(|| Subject::Matter(matter.words.clone()))
}
