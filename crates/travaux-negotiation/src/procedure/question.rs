//! A question with its whole passing condition, and what exactly is missing.
//!
//! Everything is an exact integer. Who would change its vote is not known here; that is analysis.

use std::fmt::Write as _;

use serde::Serialize;
use travaux_record::{DecisionId, Majority, QuestionEffect, Subject, Tally};

use super::Cited;
use crate::decisions::{Count, needed, present_and_voting};

/// The least changes, each of one kind alone, by which a vote would be carried.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Switches {
    /// So many who voted against voting in favour; none where there are too few.
    pub opponents_in_favour: Option<u32>,
    /// So many who voted against abstaining; none where even all would not do.
    pub opponents_abstaining: Option<u32>,
    /// So many who abstained voting in favour; none where there are too few.
    pub abstainers_in_favour: Option<u32>,
}

/// How a count compares with the majority needed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Passing {
    /// In favour.
    pub in_favour: u32,
    /// Against.
    pub against: u32,
    /// Abstaining; not counted.
    pub abstaining: u32,
    /// How many voted in favour or against.
    pub voting: u64,
    /// How many of these the majority is.
    pub needed: u64,
    /// Whether it is carried.
    pub carried: bool,
    /// What would carry it; none where it is carried.
    pub missing: Option<Switches>,
}

impl Passing {
    /// Holds a count against a majority.
    pub fn new(majority: Majority, tally: Tally) -> Self {
        let count = Count::new(majority, tally);
        let carried = count.carries();
        Self {
            in_favour: tally.in_favour,
            against: tally.against,
            abstaining: tally.abstaining,
            voting: present_and_voting(tally),
            needed: count.needed,
            carried,
            missing: (!carried).then(|| switches(majority, tally)),
        }
    }

    /// Says it in a sentence, as one would tell a delegate who asks.
    pub fn in_words(&self) -> String {
        let mut words = format!(
            "{} in favour, {} against, {} abstaining: ",
            self.in_favour, self.against, self.abstaining
        );
        let Some(missing) = self.missing else {
            words.push_str("carried.");
            return words;
        };
        words.push_str("not carried");
        let ways: Vec<String> = [
            (missing.opponents_in_favour, "opponent", "voted in favour"),
            (missing.opponents_abstaining, "opponent", "abstained"),
            (missing.abstainers_in_favour, "abstainer", "voted in favour"),
        ]
        .into_iter()
        .filter_map(|(count, who, how)| {
            let count = count?;
            let plural = if count == 1 { "" } else { "s" };
            Some(format!("{count} {who}{plural} {how}"))
        })
        .collect();
        match ways.split_last() {
            None => words.push_str("; nobody who voted could change that alone."),
            Some((only, [])) => {
                let _ = write!(words, "; it would be if {only}.");
            }
            Some((last, others)) => {
                let _ = write!(words, "; it would be if {}, or {last}.", others.join(", or "));
            }
        }
        words
    }
}

/// Returns the least changes of each kind, found by halving: more of the same can only help.
fn switches(majority: Majority, tally: Tally) -> Switches {
    let least = |available: u32, changed: &dyn Fn(u32) -> Tally| {
        let carries = |count: u32| Count::new(majority, changed(count)).carries();
        if !carries(available) {
            return None;
        }
        let (mut low, mut high) = (0, available);
        while low < high {
            let middle = low + (high - low) / 2;
            if carries(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(low)
    };
    Switches {
        opponents_in_favour: least(tally.against, &|count| Tally {
            in_favour: tally.in_favour + count,
            against: tally.against - count,
            ..tally
        }),
        opponents_abstaining: least(tally.against, &|count| Tally {
            against: tally.against - count,
            abstaining: tally.abstaining + count,
            ..tally
        }),
        abstainers_in_favour: least(tally.abstaining, &|count| Tally {
            in_favour: tally.in_favour + count,
            abstaining: tally.abstaining - count,
            ..tally
        }),
    }
}

/// A question with all it takes to be carried.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Question {
    /// Its key.
    pub decision: DecisionId,
    /// The question in words.
    pub words: String,
    /// What it is about.
    #[serde(skip)]
    pub subject: Option<Subject>,
    /// Whether it is one of procedure.
    pub procedural: bool,
    /// What being carried does.
    pub effect: QuestionEffect,
    /// The majority it needs.
    pub majority: Majority,
    /// The rule that asks for it.
    pub rule: Cited,
    /// What is still to be done before it may be put, in order; empty where it may be put now.
    pub before: Vec<String>,
}

impl Question {
    /// Holds a count against what it needs: carried or not, and what is missing.
    pub fn missing(&self, tally: Tally) -> Passing {
        Passing::new(self.majority, tally)
    }

    /// Says what it needs, among so many present and voting where a number is given.
    pub fn condition(&self, voting: Option<u32>) -> String {
        let share = match self.majority {
            Majority::Simple => "more in favour than against",
            Majority::TwoThirds => "two thirds of those present and voting",
        };
        let mut words = format!("Needs {share} ({})", self.rule);
        if let Some(voting) = voting {
            let least = needed(self.majority, u64::from(voting));
            let _ = write!(words, "; of {voting}, {least}");
        }
        words
    }

    /// Says to what text it leads if it is carried, and if it is not.
    pub fn outcomes(&self) -> (&'static str, &'static str) {
        match self.effect {
            QuestionEffect::Adopt => ("the text is adopted", "there is no such text"),
            QuestionEffect::Amend => {
                ("the text is changed as proposed", "the text stays as it was")
            }
            QuestionEffect::Delete => ("the words are taken out", "the words stay"),
            QuestionEffect::Retain => ("the words stay", "the words are taken out"),
            QuestionEffect::Procedure => ("it is done", "it is not done"),
        }
    }

    /// Says what the opposite question would need, where asking it decides who needs the majority:
    /// a motion to delete and a vote to retain fail to opposite texts.
    pub fn opposite(&self) -> Option<String> {
        let other = match self.effect {
            QuestionEffect::Delete => Self { effect: QuestionEffect::Retain, ..self.clone() },
            QuestionEffect::Retain => Self { effect: QuestionEffect::Delete, ..self.clone() },
            _ => return None,
        };
        let how = match other.effect {
            QuestionEffect::Retain => "retain",
            _ => "delete",
        };
        let (carried, failed) = other.outcomes();
        Some(format!(
            "Put the other way, to {how} the words, it needs the same majority: carried, {carried}; \
             not carried, {failed}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(in_favour: u32, against: u32, abstaining: u32) -> Tally {
        Tally { in_favour, against, abstaining }
    }

    #[test]
    fn what_is_missing_is_told_as_a_delegate_would_ask() {
        assert_eq!(
            Passing::new(Majority::TwoThirds, tally(94, 59, 24)).in_words(),
            "94 in favour, 59 against, 24 abstaining: not carried; it would be if 8 opponents voted \
             in favour, or 12 opponents abstained, or 24 abstainers voted in favour."
        );
        assert_eq!(
            Passing::new(Majority::Simple, tally(2, 2, 0)).in_words(),
            "2 in favour, 2 against, 0 abstaining: not carried; it would be if 1 opponent voted in \
             favour, or 1 opponent abstained."
        );
    }

    #[test]
    fn two_thirds_of_nobody_carries_nothing() {
        let passing = Passing::new(Majority::TwoThirds, tally(0, 0, 7));
        assert!(!passing.carried);
        assert_eq!(passing.missing.unwrap().abstainers_in_favour, Some(1));
        assert_eq!(
            Passing::new(Majority::TwoThirds, tally(0, 0, 0)).in_words(),
            "0 in favour, 0 against, 0 abstaining: not carried; nobody who voted could change that \
             alone."
        );
    }

    /// The oracle tries every number of changes, one after the other.
    #[test]
    fn each_least_change_carries_and_one_less_does_not() {
        for majority in [Majority::Simple, Majority::TwoThirds] {
            for (yes, no, abstain) in
                (0..14).flat_map(|y| (0..14).flat_map(move |n| (0..8).map(move |a| (y, n, a))))
            {
                let carries = |yes: u32, no: u32| match majority {
                    Majority::Simple => yes > no,
                    Majority::TwoThirds => yes > 0 && 3 * yes >= 2 * (yes + no),
                };
                let found = Passing::new(majority, tally(yes, no, abstain));
                assert_eq!(found.carried, carries(yes, no));
                let Some(missing) = found.missing else { continue };
                let first = |most: u32, with: &dyn Fn(u32) -> bool| (0..=most).find(|n| with(*n));
                assert_eq!(
                    missing.opponents_in_favour,
                    first(no, &|k| carries(yes + k, no - k)),
                    "{yes}-{no}-{abstain}"
                );
                assert_eq!(missing.opponents_abstaining, first(no, &|k| carries(yes, no - k)));
                assert_eq!(missing.abstainers_in_favour, first(abstain, &|k| carries(yes + k, no)));
            }
        }
    }
}
