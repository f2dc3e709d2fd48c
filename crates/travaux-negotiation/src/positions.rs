//! Who stands where on what, since when, on what evidence.
//!
//! Positions are those on record; nothing is invented for the silent. What a participant's groups
//! pass on to it is worked out in [`inheritance`](Positions::stances), with the route shown; where
//! it stands alone, in [`Positions::alone`]. Words of proposals are not known here.

mod alone;
mod inheritance;
mod map;
mod room;

use std::collections::BTreeMap;
use std::sync::Arc;

use travaux_record::{
    Confidence, EntryId, Fact, IssueFramed, IssueId, MandateSet, Moment, Occurrence, OptionId,
    ParticipantId, PositionDisputed, PositionTaken, Projection, SourceId, StatementDelivered,
    Strength,
};

pub use alone::{Alone, Within};
pub use inheritance::{OnRecord, Route, Stance};
pub use map::{Defining, ITEMS_MIN, MapAnswers, MapItem, Placed, RoomMap};
pub use room::{Between, Deviation, Division, GroupConflict, Movement};

use crate::process::Stated;
use crate::{Basis, Irregularity, Sentence};

/// A position as it was taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Position {
    /// Who, on what, how strongly, in what form, on what condition.
    pub taken: PositionTaken,
    /// The entry.
    pub basis: Basis,
    /// How sure the surest of its citations is; none where nothing is cited.
    pub confidence: Option<Confidence>,
    /// What is cited for it, with the date of the cited part where that is given apart.
    pub cited: Vec<(SourceId, Option<Moment>)>,
    /// The delegation's own dispute of how it was coded, if there is one.
    pub disputed: Option<Stated<PositionDisputed>>,
}

/// Which way an attitude leans.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Leaning {
    /// It tabled, supports or can accept the option.
    For,
    /// It reserves its position or abstained.
    Neither,
    /// It opposes the option.
    Against,
}

impl Leaning {
    /// Returns which way a strength leans.
    pub fn of(strength: Strength) -> Self {
        match strength {
            Strength::Sponsors | Strength::Supports | Strength::CanAccept => Self::For,
            Strength::ReservesPosition | Strength::Abstained => Self::Neither,
            Strength::Opposes => Self::Against,
        }
    }
}

impl Position {
    /// Returns which way it leans.
    pub fn leaning(&self) -> Leaning {
        Leaning::of(self.taken.strength)
    }
}

/// A statement with how a participant is bound up with it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PartInStatement {
    /// It spoke.
    Spoke,
    /// Another spoke on its behalf.
    OnItsBehalf,
    /// It aligned itself; that counts for this statement only (DESIGN, section 6).
    Aligned,
}

/// Positions, statements and mandates: a projection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Positions {
    issues: BTreeMap<IssueId, Arc<Stated<IssueFramed>>>,
    // Every issue in the order of framing.
    framed: Vec<IssueId>,
    taken: Vec<Arc<Position>>,
    by_participant: BTreeMap<(ParticipantId, IssueId), Vec<usize>>,
    by_issue: BTreeMap<IssueId, Vec<usize>>,
    statements: Vec<Arc<Stated<StatementDelivered>>>,
    mandates: Vec<Arc<Stated<MandateSet>>>,
    irregularities: Vec<Irregularity>,
}

impl Projection for Positions {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let basis = Basis::of(&occurrence);
        match occurrence.fact {
            Fact::IssueFramed(fact) => {
                if !self.issues.contains_key(&fact.issue) {
                    self.framed.push(fact.issue.clone());
                }
                let stated = Stated { fact: fact.clone(), basis };
                self.issues.insert(fact.issue.clone(), Arc::new(stated));
            }
            Fact::PositionTaken(fact) => self.take(fact, &occurrence),
            Fact::PositionDisputed(fact) => self.dispute(fact, basis),
            Fact::StatementDelivered(fact) => {
                self.statements.push(Arc::new(Stated { fact: fact.clone(), basis }));
            }
            Fact::MandateSet(fact) => {
                self.mandates.push(Arc::new(Stated { fact: fact.clone(), basis }));
            }
            fact => debug_assert!(!Self::concerns(fact), "a position fact was passed over"),
        }
    }
}

/// What is on record.
impl Positions {
    /// Reports whether a fact changes this projection.
    pub fn concerns(fact: &Fact) -> bool {
        matches!(
            fact,
            Fact::IssueFramed(_)
                | Fact::PositionTaken(_)
                | Fact::PositionDisputed(_)
                | Fact::StatementDelivered(_)
                | Fact::MandateSet(_)
        )
    }

    /// Returns the issues in the order in which they were framed.
    pub fn issues(&self) -> impl Iterator<Item = &Stated<IssueFramed>> {
        self.framed.iter().map(|issue| &*self.issues[issue])
    }

    /// Returns an issue by its key.
    pub fn issue(&self, issue: &IssueId) -> Option<&Stated<IssueFramed>> {
        self.issues.get(issue).map(|stated| &**stated)
    }

    /// Returns the label of an option, if the issue has it.
    pub fn option_label(&self, issue: &IssueId, option: &OptionId) -> Option<&str> {
        let options = &self.issue(issue)?.fact.options;
        options.iter().find(|known| known.option == *option).map(|known| known.label.as_str())
    }

    /// Returns every position in order of date.
    pub fn all(&self) -> impl Iterator<Item = &Position> {
        self.taken.iter().map(|position| &**position)
    }

    /// Returns the positions on an issue, whoever took them, in order of date.
    pub fn on_issue(&self, issue: &IssueId) -> impl Iterator<Item = &Position> {
        self.at(self.by_issue.get(issue))
    }

    /// Returns a participant's own positions on an issue in order of date.
    pub fn own(
        &self,
        participant: &ParticipantId,
        issue: &IssueId,
    ) -> impl Iterator<Item = &Position> {
        self.at(self.by_participant.get(&(participant.clone(), issue.clone())))
    }

    /// Returns all of a participant's own positions in order of date.
    pub fn of_participant<'a>(
        &'a self,
        participant: &'a ParticipantId,
    ) -> impl Iterator<Item = &'a Position> {
        self.all().filter(move |position| position.taken.participant == *participant)
    }

    /// Returns the same with those positions only that are to be kept, as if no other had been taken.
    #[must_use]
    pub fn keeping(&self, keep: impl Fn(&Position) -> bool) -> Self {
        let mut kept = Self {
            taken: Vec::new(),
            by_participant: BTreeMap::new(),
            by_issue: BTreeMap::new(),
            ..self.clone()
        };
        for position in self.taken.iter().filter(|position| keep(position)) {
            let place = kept.taken.len();
            let issue = position.taken.option.issue.clone();
            let own = (position.taken.participant.clone(), issue.clone());
            kept.by_participant.entry(own).or_default().push(place);
            kept.by_issue.entry(issue).or_default().push(place);
            kept.taken.push(Arc::clone(position));
        }
        kept
    }

    /// Returns the statements in which a participant had a part, with that part, in order of date.
    pub fn statements_of<'a>(
        &'a self,
        participant: &'a ParticipantId,
    ) -> impl Iterator<Item = (PartInStatement, &'a Stated<StatementDelivered>)> {
        self.statements.iter().filter_map(move |stated| {
            let fact = &stated.fact;
            let part = if fact.participant == *participant {
                PartInStatement::Spoke
            } else if fact.on_behalf_of.contains(participant) {
                PartInStatement::OnItsBehalf
            } else if fact.aligned.contains(participant) {
                PartInStatement::Aligned
            } else {
                return None;
            };
            Some((part, &**stated))
        })
    }

    /// Returns all statements in order of date.
    pub fn statements(&self) -> impl Iterator<Item = &Stated<StatementDelivered>> {
        self.statements.iter().map(|stated| &**stated)
    }

    /// Returns a delegation's own mandate entries, where the viewer may see any.
    pub fn mandates_of<'a>(
        &'a self,
        participant: &'a ParticipantId,
    ) -> impl Iterator<Item = &'a Stated<MandateSet>> {
        let own = self.mandates.iter().filter(move |set| set.fact.participant == *participant);
        own.map(|stated| &**stated)
    }

    /// Returns the acts against which a rule speaks.
    pub fn irregularities(&self) -> &[Irregularity] {
        &self.irregularities
    }

    fn at<'a>(&'a self, places: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a Position> {
        places.into_iter().flatten().map(|place| &*self.taken[*place])
    }
}

/// Folding.
impl Positions {
    fn take(&mut self, fact: &PositionTaken, occurrence: &Occurrence<'_>) {
        let basis = Basis::of(occurrence);
        let confidence = occurrence.entry.evidence.iter().map(|cited| cited.confidence).max();
        let evidence = occurrence.entry.evidence.iter();
        let cited = evidence.map(|cited| (cited.source.clone(), cited.published)).collect();
        let place = self.taken.len();
        let issue = fact.option.issue.clone();
        let own = (fact.participant.clone(), issue.clone());
        self.by_participant.entry(own).or_default().push(place);
        self.by_issue.entry(issue).or_default().push(place);
        let position = Position { taken: fact.clone(), basis, confidence, cited, disputed: None };
        self.taken.push(Arc::new(position));
        if self.option_label(&fact.option.issue, &fact.option.option).is_none() {
            self.irregular(
                basis,
                Sentence::new(&fact.participant)
                    .then(" took a position on the option \"")
                    .then(fact.option.option.to_string())
                    .then("\" of the issue \"")
                    .then(fact.option.issue.to_string())
                    .then("\", which had not been framed"),
                "positions are taken on the options of a framed issue (DESIGN, section 4)",
                "frame the issue with that option, dated no later than the position",
            );
        }
    }

    fn dispute(&mut self, fact: &PositionDisputed, basis: Basis) {
        let disputed =
            self.taken.iter_mut().rev().find(|position| position.basis.entry == fact.entry);
        match disputed {
            Some(position) if position.taken.participant == fact.participant => {
                Arc::make_mut(position).disputed = Some(Stated { fact: fact.clone(), basis });
            }
            Some(_) => self.irregular(
                basis,
                Sentence::new(&fact.participant).then(" disputes another's position"),
                "a delegation disputes how its own position was coded (DESIGN, section 4)",
                "let the delegation concerned dispute it",
            ),
            None => self.irregular(
                basis,
                Sentence::new(&fact.participant)
                    .then(" disputes entry ")
                    .then(&fact.entry)
                    .then(", which states no position"),
                "what is disputed is a position on record",
                "name the entry that states the position",
            ),
        }
    }

    fn irregular(&mut self, basis: Basis, what: Sentence, rule: &'static str, hint: &'static str) {
        self.irregularities.push(Irregularity { basis, what, rule, hint });
    }
}

/// Returns the position since which a run of positions has leant the same way without a break.
fn first<'a>(run: &[&'a Position]) -> Option<&'a Position> {
    let leaning = run.last()?.leaning();
    let unbroken = run.iter().rev().take_while(|position| position.leaning() == leaning);
    unbroken.last().copied()
}

/// Returns the ids of the entries that positions rest on, corrections and disputes included.
fn entries(run: &[&Position]) -> Vec<EntryId> {
    run.iter()
        .flat_map(|position| {
            let disputed = position.disputed.iter().flat_map(|dispute| dispute.basis.entries());
            position.basis.entries().chain(disputed)
        })
        .collect()
}

#[cfg(test)]
mod tests;
