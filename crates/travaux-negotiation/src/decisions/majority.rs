//! Whether a count reaches a majority, and by how much it falls short.
//!
//! Present and voting are those who vote in favour or against (rule 126 of the rules of procedure
//! of the General Assembly); abstentions are recorded and not counted. Everything is an exact
//! integer. Who voted, and for whom, is not known here.

use std::fmt::Write as _;

use travaux_record::{Majority, Tally, VoteTaken};

/// A count held against the majority it needed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Count {
    /// The majority.
    pub majority: Majority,
    /// The count.
    pub tally: Tally,
    /// How many of those present and voting had to be in favour.
    pub needed: u64,
}

impl Count {
    /// Holds a count against a majority.
    pub fn new(majority: Majority, tally: Tally) -> Self {
        Self { majority, tally, needed: needed(majority, present_and_voting(tally)) }
    }

    /// Reports whether the count reaches the majority. Where nobody votes nothing is carried.
    pub fn carries(self) -> bool {
        self.needed <= u64::from(self.tally.in_favour)
    }

    /// Returns how many of those who voted against would have had to vote in favour instead.
    pub fn missing(self) -> u64 {
        self.needed.saturating_sub(u64::from(self.tally.in_favour))
    }
}

/// Returns how many voted in favour or against.
pub fn present_and_voting(tally: Tally) -> u64 {
    u64::from(tally.in_favour) + u64::from(tally.against)
}

/// Returns the least number in favour that makes the majority among `voting` votes.
///
/// It is at least one: a vote in which nobody votes carries nothing.
pub fn needed(majority: Majority, voting: u64) -> u64 {
    match majority {
        Majority::Simple => voting / 2 + 1,
        // Two thirds have no exact binary fraction; rounding up is done in integers.
        Majority::TwoThirds => (2 * voting).div_ceil(3).max(1),
    }
}

/// Returns the condition of passing in words.
pub(super) fn condition(vote: &VoteTaken, tally: Option<Tally>) -> String {
    let mut words = match vote.majority {
        Majority::Simple => "Needed more in favour than against".to_owned(),
        Majority::TwoThirds => "Needed two thirds of those present and voting".to_owned(),
    };
    if !vote.rule.is_empty() {
        let _ = write!(words, " ({})", vote.rule);
    }
    let Some(tally) = tally else {
        words.push_str("; the count is not on record.");
        return words;
    };
    let count = Count::new(vote.majority, tally);
    let (voting, in_favour) = (present_and_voting(tally), tally.in_favour);
    let _ = write!(
        words,
        ": {} of {voting}. Received {in_favour} in favour, {} against",
        count.needed, tally.against
    );
    if tally.abstaining > 0 {
        let _ = write!(words, ", with {} abstaining (not counted)", tally.abstaining);
    }
    match (count.carries(), count.missing()) {
        (true, _) => words.push_str(". Reached."),
        (false, _) if voting == 0 => words.push_str(". Nobody voted in favour or against."),
        (false, 1) => words.push_str(". Missing: 1 vote in favour instead of against."),
        (false, missing) => {
            let _ = write!(words, ". Missing: {missing} votes in favour instead of against.");
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The oracle is slow and obvious: the definitions, tried one after the other.
    fn carries_by_definition(majority: Majority, in_favour: u32, against: u32) -> bool {
        match majority {
            Majority::Simple => in_favour > against,
            Majority::TwoThirds => in_favour > 0 && 3 * in_favour >= 2 * (in_favour + against),
        }
    }

    #[test]
    fn a_count_carries_as_the_definition_says() {
        for majority in [Majority::Simple, Majority::TwoThirds] {
            for in_favour in 0..60 {
                for against in 0..60 {
                    let count = Count::new(majority, Tally { in_favour, against, abstaining: 9 });
                    let expected = carries_by_definition(majority, in_favour, against);
                    assert_eq!(count.carries(), expected, "{count:?}");
                }
            }
        }
    }

    #[test]
    fn exactly_what_is_missing_would_have_carried() {
        for in_favour in 0..40 {
            for against in 0..40 {
                let tally = Tally { in_favour, against, abstaining: 0 };
                let missing = Count::new(Majority::TwoThirds, tally).missing();
                let Ok(moved) = u32::try_from(missing) else { unreachable!() };
                if moved == 0 || against < moved {
                    continue;
                }
                let turned = |moved| {
                    carries_by_definition(Majority::TwoThirds, in_favour + moved, against - moved)
                };
                assert!(turned(moved) && !turned(moved - 1), "{tally:?}");
            }
        }
    }
}
