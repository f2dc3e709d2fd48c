//! What was decided, how, and what stood in the way: the record of decisions.
//!
//! A decision collects everything recorded under its key: the motion, the search for consensus and
//! the objections to it, the vote or the decision without one, and what was said afterwards. It
//! does not know what may happen next; that is the procedure's business.

mod majority;

use std::collections::BTreeMap;

use travaux_record::{
    Ballot, ConsensusReached, ConsensusSought, DecisionId, EffortsExhausted, EntryId,
    ExhaustionStep, ExplanationGiven, Fact, MotionMade, ObjectionRaised, Occurrence, Projection,
    Subject, Tally, VoteTaken,
};

pub use majority::{Count, needed, present_and_voting};

use crate::process::Stated;
use crate::{Basis, Irregularity, Sentence};

/// An objection, standing or lifted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Objection {
    /// What was objected to, by whom, on what ground.
    pub raised: Stated<ObjectionRaised>,
    /// The entry that lifted it.
    pub lifted: Option<Basis>,
}

/// A vote with its count.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Vote {
    /// What was put, under which rule, and what was announced.
    pub taken: Stated<VoteTaken>,
    /// The count; where only ballots are known, their count.
    pub tally: Option<Tally>,
}

/// How a decision ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// Nothing is recorded but that it was sought or moved.
    Pending,
    /// It was taken without a vote.
    WithoutVote,
    /// A vote carried it.
    Carried,
    /// A vote did not carry it.
    NotCarried,
}

/// Everything recorded under one decision's key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decision {
    /// Its key.
    pub id: DecisionId,
    /// The motion that asked for it.
    pub motion: Option<Stated<MotionMade>>,
    /// Each time the chair asked whether there is consensus.
    pub sought: Vec<Stated<ConsensusSought>>,
    /// The objections that stood in its way.
    pub objections: Vec<Objection>,
    /// The steps that declared efforts at consensus exhausted.
    pub exhausted: Vec<Stated<EffortsExhausted>>,
    /// The votes, in order; the last one holds.
    pub votes: Vec<Vote>,
    /// The decision without a vote.
    pub consensus: Option<Stated<ConsensusReached>>,
    /// What participants said about it afterwards.
    pub explanations: Vec<Stated<ExplanationGiven>>,
    bases: Vec<Basis>,
}

impl Decision {
    fn new(id: DecisionId) -> Self {
        Self {
            id,
            motion: None,
            sought: Vec::new(),
            objections: Vec::new(),
            exhausted: Vec::new(),
            votes: Vec::new(),
            consensus: None,
            explanations: Vec::new(),
            bases: Vec::new(),
        }
    }

    /// Returns how it ended, as far as is recorded; what was decided last counts.
    pub fn outcome(&self) -> Outcome {
        let vote = self.votes.last();
        match (&self.consensus, vote) {
            (Some(consensus), Some(vote)) if vote.taken.basis.at <= consensus.basis.at => {
                Outcome::WithoutVote
            }
            (_, Some(vote)) if vote.taken.fact.carried => Outcome::Carried,
            (_, Some(_)) => Outcome::NotCarried,
            (Some(_), None) => Outcome::WithoutVote,
            (None, None) => Outcome::Pending,
        }
    }

    /// Returns the entry that decided it; while nothing is decided, the latest under its key.
    pub fn decided_by(&self) -> Option<Basis> {
        let voted = self.votes.last().map(|vote| vote.taken.basis);
        let agreed = self.consensus.as_ref().map(|stated| stated.basis);
        voted.into_iter().chain(agreed).max_by_key(|basis| basis.at).or(self.bases.last().copied())
    }

    /// Returns the question as it was last put; none where only an objection names the decision.
    pub fn question(&self) -> Option<&str> {
        let vote = self.votes.last().map(|vote| vote.taken.fact.question.as_str());
        vote.or_else(|| self.consensus.as_ref().map(|stated| stated.fact.question.as_str()))
            .or_else(|| self.sought.last().map(|stated| stated.fact.question.as_str()))
            .or_else(|| self.motion.as_ref().map(|stated| stated.fact.question.as_str()))
    }

    /// Returns what it is about, if that is recorded.
    pub fn subject(&self) -> Option<&Subject> {
        let vote = self.votes.last().map(|vote| &vote.taken.fact.subject);
        vote.or_else(|| self.consensus.as_ref().map(|stated| &stated.fact.subject))
            .or_else(|| self.sought.last().map(|stated| &stated.fact.subject))
            .or_else(|| self.motion.as_ref().map(|stated| &stated.fact.subject))
            .or_else(|| self.objections.first().map(|objection| &objection.raised.fact.subject))
    }

    /// Returns the step at which efforts at consensus were declared exhausted, if that is recorded.
    pub fn exhaustion(&self, step: ExhaustionStep) -> Option<&Stated<EffortsExhausted>> {
        self.exhausted.iter().find(|stated| stated.fact.step == step)
    }

    /// Returns the objections that were not lifted.
    pub fn standing_objections(&self) -> impl Iterator<Item = &Objection> {
        self.objections.iter().filter(|objection| objection.lifted.is_none())
    }

    /// Returns all entries recorded under its key, in order of date.
    pub fn bases(&self) -> &[Basis] {
        &self.bases
    }
}

impl Vote {
    /// Returns how the vote compares with the majority it needed; none where no count is known.
    pub fn count(&self) -> Option<Count> {
        self.tally.map(|tally| Count::new(self.taken.fact.majority, tally))
    }

    /// Returns the whole condition of passing in words: what was needed, under which rule, what
    /// was received and what was missing.
    pub fn condition(&self) -> String {
        majority::condition(&self.taken.fact, self.tally)
    }
}

/// The record of decisions: a projection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions {
    by_id: BTreeMap<DecisionId, Decision>,
    // Objections that name no decision.
    objections: Vec<Objection>,
    irregularities: Vec<Irregularity>,
}

impl Projection for Decisions {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        match occurrence.fact {
            Fact::MotionMade(fact) => {
                self.at(&fact.motion, &occurrence).motion = Some(stated(fact, &occurrence));
            }
            Fact::ConsensusSought(fact) => {
                self.at(&fact.decision, &occurrence).sought.push(stated(fact, &occurrence));
            }
            Fact::ObjectionRaised(fact) => self.raise(fact, &occurrence),
            Fact::ObjectionLifted(fact) => self.lift(fact.objection, Basis::of(&occurrence)),
            Fact::EffortsExhausted(fact) => self.exhaust(fact, &occurrence),
            Fact::VoteTaken(fact) => self.vote(fact, &occurrence),
            Fact::ConsensusReached(fact) => {
                self.at(&fact.decision, &occurrence).consensus = Some(stated(fact, &occurrence));
            }
            Fact::ExplanationGiven(fact) => {
                self.at(&fact.decision, &occurrence).explanations.push(stated(fact, &occurrence));
            }
            fact => debug_assert!(!Self::concerns(fact), "a decision fact was passed over"),
        }
    }
}

fn stated<T: Clone>(fact: &T, occurrence: &Occurrence<'_>) -> Stated<T> {
    Stated { fact: fact.clone(), basis: Basis::of(occurrence) }
}

impl Decisions {
    /// Reports whether a fact changes this projection.
    pub fn concerns(fact: &Fact) -> bool {
        matches!(
            fact,
            Fact::MotionMade(_)
                | Fact::ConsensusSought(_)
                | Fact::ObjectionRaised(_)
                | Fact::ObjectionLifted(_)
                | Fact::EffortsExhausted(_)
                | Fact::VoteTaken(_)
                | Fact::ConsensusReached(_)
                | Fact::ExplanationGiven(_)
        )
    }

    /// Returns all decisions in the order in which they were taken; one that is pending stands
    /// where it was last spoken of.
    pub fn all(&self) -> Vec<&Decision> {
        let mut all: Vec<_> = self.by_id.values().collect();
        all.sort_by_key(|decision| decision.decided_by().map(|basis| basis.at));
        all
    }

    /// Returns a decision by its key.
    pub fn decision(&self, id: &DecisionId) -> Option<&Decision> {
        self.by_id.get(id)
    }

    /// Returns the decisions about a subject, in the same order.
    pub fn about(&self, subject: &Subject) -> Vec<&Decision> {
        let mut about = self.all();
        about.retain(|decision| decision.subject() == Some(subject));
        about
    }

    /// Returns the objections that name no decision, in order of date.
    pub fn free_objections(&self) -> &[Objection] {
        &self.objections
    }

    /// Returns the acts against which a rule speaks.
    pub fn irregularities(&self) -> &[Irregularity] {
        &self.irregularities
    }

    fn at(&mut self, id: &DecisionId, occurrence: &Occurrence<'_>) -> &mut Decision {
        let decision = self.by_id.entry(id.clone()).or_insert_with(|| Decision::new(id.clone()));
        decision.bases.push(Basis::of(occurrence));
        decision
    }

    fn raise(&mut self, fact: &ObjectionRaised, occurrence: &Occurrence<'_>) {
        let objection = Objection { raised: stated(fact, occurrence), lifted: None };
        match &fact.decision {
            Some(decision) => self.at(decision, occurrence).objections.push(objection),
            None => self.objections.push(objection),
        }
    }

    fn lift(&mut self, raised: EntryId, basis: Basis) {
        let of_decisions = self.by_id.values_mut().flat_map(|d| &mut d.objections);
        let mut all = of_decisions.chain(&mut self.objections);
        match all.find(|objection| objection.raised.basis.entry == raised) {
            Some(objection) if objection.lifted.is_none() => objection.lifted = Some(basis),
            Some(_) => self.irregular(
                basis,
                Sentence::new("an objection is lifted that had been lifted (entry ")
                    .then(&raised)
                    .then(")"),
                "an objection can be lifted once",
                "strike this entry out by a correction",
            ),
            None => self.irregular(
                basis,
                Sentence::new("no objection was raised by entry ").then(&raised),
                "only an objection that stands can be lifted",
                "name the entry that raised the objection",
            ),
        }
    }

    fn exhaust(&mut self, fact: &EffortsExhausted, occurrence: &Occurrence<'_>) {
        let decision = self.at(&fact.decision, occurrence);
        let decided = decision.exhaustion(ExhaustionStep::BureauDecided).is_some();
        decision.exhausted.push(stated(fact, occurrence));
        if fact.step == ExhaustionStep::ChairInformed && !decided {
            self.irregular(
                Basis::of(occurrence),
                Sentence::new(
                    "the chair informed the body that efforts at consensus are exhausted on ",
                )
                .then(&fact.decision)
                .then(", but no decision of the bureau is on record"),
                "the bureau decides that efforts are exhausted, then the chair informs the body \
                 (A/RES/75/282, paragraph 5)",
                "record the bureau's decision with its date",
            );
        }
    }

    fn vote(&mut self, fact: &VoteTaken, occurrence: &Occurrence<'_>) {
        let basis = Basis::of(occurrence);
        let of_ballots = count_ballots(fact);
        let vote = Vote { taken: stated(fact, occurrence), tally: fact.tally.or(of_ballots) };
        let carries = vote.count().map(Count::carries);
        self.at(&fact.decision, occurrence).votes.push(vote);
        if carries.is_some_and(|carries| carries != fact.carried) {
            self.irregular(
                basis,
                Sentence::new("the result announced for ")
                    .then(&fact.decision)
                    .then(" is not the one that its count gives"),
                "a majority is counted over those present and voting, that is in favour or against",
                "check the count, the majority and the result against the official record",
            );
        }
        if fact.tally.zip(of_ballots).is_some_and(|(announced, counted)| announced != counted) {
            self.irregular(
                basis,
                Sentence::new("the count announced for ")
                    .then(&fact.decision)
                    .then(" is not that of the ballots recorded"),
                "each ballot is counted once",
                "check the ballots; the announced count is shown meanwhile",
            );
        }
    }

    fn irregular(&mut self, basis: Basis, what: Sentence, rule: &'static str, hint: &'static str) {
        self.irregularities.push(Irregularity { basis, what, rule, hint });
    }
}

/// Returns the count of the ballots recorded; none where none is.
fn count_ballots(fact: &VoteTaken) -> Option<Tally> {
    let of = |wanted| {
        let ballots = fact.ballots.values().filter(|ballot| **ballot == wanted);
        u32::try_from(ballots.count()).expect("fewer than four thousand million ballots")
    };
    (!fact.ballots.is_empty()).then(|| Tally {
        in_favour: of(Ballot::Yes),
        against: of(Ballot::No),
        abstaining: of(Ballot::Abstain),
    })
}

#[cfg(test)]
mod tests;
