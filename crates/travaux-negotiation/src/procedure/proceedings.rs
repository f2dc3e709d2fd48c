//! The acts of a negotiation in order, and the room they leave: a projection.
//!
//! With rules it tells which acts were irregular when they were done, each with rule, reason and
//! way out. Without minutes on record (no meeting was ever recorded as opened) it does not hold
//! against an act that no meeting was open, nobody was counted or asked for a recorded vote: that is
//! merely not on record, and whatever else is missing is said to be so as far as is on record.

use std::sync::Arc;

use jiff::civil::Date;
use travaux_record::{Entry, Fact, Moment, Occurrence, Projection};

use super::{Breach, Floor, Room, Rules};
use crate::Basis;

/// One act.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Past {
    entry: Entry,
    at: Moment,
    basis: Basis,
}

/// The acts, and the room they leave.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Proceedings {
    room: Room,
    acts: Vec<Arc<Past>>,
}

/// An act against which a rule speaks, with what speaks against it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Irregular {
    /// The act.
    pub basis: Basis,
    /// Its kind.
    pub kind: &'static str,
    /// What speaks against it.
    pub breaches: Vec<Breach>,
}

impl Projection for Proceedings {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let basis = Basis::of(&occurrence);
        let entry = Entry { fact: without_text(occurrence.fact), ..occurrence.entry.clone() };
        self.acts.push(Arc::new(Past { entry, at: occurrence.at, basis }));
        self.room.apply(occurrence);
    }
}

/// A document's text is of no account here, and large.
fn without_text(fact: &Fact) -> Fact {
    match fact {
        Fact::DocumentIssued(issued) => {
            let mut issued = issued.clone();
            if let Some(base) = &mut issued.base {
                base.provisions.clear();
            }
            Fact::DocumentIssued(issued)
        }
        fact => fact.clone(),
    }
}

impl Proceedings {
    /// Reports whether a fact changes this projection.
    pub fn concerns(fact: &Fact) -> bool {
        Room::concerns(fact)
    }

    /// Returns the room as the last act leaves it.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// Returns the room held against rules, on a day.
    pub fn floor<'a>(&'a self, rules: &'a Rules, today: Date) -> Floor<'a> {
        Floor::new(&self.room, rules, today)
    }

    /// Returns the acts in meetings against which a rule speaks, in order, each judged as the room
    /// was when it was done. The whole is replayed: it costs time in proportion to the acts.
    pub fn irregular(&self, rules: &Rules) -> Vec<Irregular> {
        let mut room = Room::default();
        let mut irregular = Vec::new();
        for past in &self.acts {
            let fact = &past.entry.fact;
            let floor = Floor::new(&room, rules, past.at.counts_from());
            let mut breaches = floor.check(fact);
            if !room.has_minutes() {
                breaches.retain(|breach| !is_of_minutes(&floor, breach));
                for breach in &mut breaches {
                    breach.why = format!("as far as is on record, {}", breach.why);
                }
            }
            if !breaches.is_empty() {
                irregular.push(Irregular { basis: past.basis, kind: fact.kind(), breaches });
            }
            let corrected_by = past.basis.corrected_by;
            room.apply(Occurrence { entry: &past.entry, fact, at: past.at, corrected_by });
        }
        irregular
    }
}

/// Reports whether a breach is only that no minutes are on record.
fn is_of_minutes(floor: &Floor<'_>, breach: &Breach) -> bool {
    let is = |topic: &str| floor.rules.citing(topic).as_ref() == Some(&breach.rule);
    ["chair_powers", "quorum", "speeches", "method", "notice"].into_iter().any(is)
}
