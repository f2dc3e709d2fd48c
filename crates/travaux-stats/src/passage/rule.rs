//! What a vote needs in order to pass, and whether a count has it.
//!
//! Everything is a whole number. Which body uses which rule is not known here.

use std::fmt;

/// A count of votes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Abstaining.
    pub abstain: u32,
    /// Not there, or there and taking no part.
    pub absent: u32,
}

/// Of whom the share is taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Among {
    /// Those present and voting: in favour or against (rule 126 of the rules of procedure of the
    /// General Assembly).
    Voting,
    /// All members of the body, whether they are there or not.
    Members(u32),
}

/// What a vote needs: a share in favour, and enough delegations present.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rule {
    share: (u32, u32),
    more_than: bool,
    among: Among,
    quorum: u32,
}

impl Rule {
    /// More in favour than against.
    pub const SIMPLE: Self =
        Self { share: (1, 2), more_than: true, among: Among::Voting, quorum: 0 };

    /// At least two thirds of those present and voting.
    pub const TWO_THIRDS: Self =
        Self { share: (2, 3), more_than: false, among: Among::Voting, quorum: 0 };

    /// More than half of all members.
    pub const fn absolute(members: u32) -> Self {
        Self { share: (1, 2), more_than: true, among: Among::Members(members), quorum: 0 }
    }

    /// At least two thirds of all members.
    pub const fn two_thirds_of_members(members: u32) -> Self {
        Self { share: (2, 3), more_than: false, among: Among::Members(members), quorum: 0 }
    }

    /// The same, and at least `present` delegations must be there (voting or abstaining).
    #[must_use]
    pub const fn with_quorum(self, present: u32) -> Self {
        Self { quorum: present, ..self }
    }

    /// Returns how many must be there; none where it is nought.
    pub fn quorum(self) -> u32 {
        self.quorum
    }

    /// Reports whether a count passes. Where nobody votes in favour nothing does.
    pub fn carries(self, tally: Tally) -> bool {
        let (num, den) = (u64::from(self.share.0), u64::from(self.share.1));
        let (yes, no) = (u64::from(tally.yes), u64::from(tally.no));
        let of = match self.among {
            Among::Voting => yes + no,
            Among::Members(members) => u64::from(members),
        };
        let enough = if self.more_than { den * yes > num * of } else { den * yes >= num * of };
        enough && yes > 0 && tally.yes + tally.no + tally.abstain >= self.quorum
    }

    /// Says why nothing can pass with `delegations` taking part, where that is so.
    pub fn out_of_reach(self, delegations: u32) -> Option<String> {
        if self.quorum > delegations {
            return Some(format!("the quorum is {}, and {delegations} take part", self.quorum));
        }
        match self.among {
            Among::Members(members) if self.needed(members) > delegations => Some(format!(
                "{} of {members} members are needed in favour, and {delegations} take part",
                self.needed(members)
            )),
            Among::Members(_) | Among::Voting => None,
        }
    }

    /// How many of `of` make the share; at least one.
    fn needed(self, of: u32) -> u32 {
        let (num, den) = self.share;
        let needed = if self.more_than { num * of / den + 1 } else { (num * of).div_ceil(den) };
        needed.max(1)
    }

    /// What a vote in favour adds to the score, what one against takes away, and the score needed.
    ///
    /// Whether a count passes depends on the score alone, apart from the quorum and from nobody
    /// voting.
    pub(super) fn score(self) -> Score {
        match self.among {
            Among::Voting => Score {
                yes: self.share.1 - self.share.0,
                no: self.share.0,
                needed: i64::from(self.more_than),
            },
            Among::Members(members) => {
                Score { yes: 1, no: 0, needed: i64::from(self.needed(members)) }
            }
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.among, self.share, self.more_than) {
            (Among::Voting, (1, 2), true) => write!(f, "more in favour than against")?,
            (Among::Voting, (2, 3), false) => write!(f, "two thirds of those present and voting")?,
            (Among::Members(all), ..) => {
                write!(f, "{} of {all} members in favour", self.needed(all))?;
            }
            (Among::Voting, (num, den), more_than) => {
                let least = if more_than { "more than" } else { "at least" };
                write!(f, "{least} {num}/{den} of those present and voting")?;
            }
        }
        if self.quorum > 0 {
            write!(f, ", with at least {} present", self.quorum)?;
        }
        Ok(())
    }
}

/// How votes add up to a score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    pub(super) yes: u32,
    pub(super) no: u32,
    pub(super) needed: i64,
}

impl Score {
    pub(super) fn of(self, vote: super::Vote) -> i64 {
        match vote {
            super::Vote::Yes => i64::from(self.yes),
            super::Vote::No => -i64::from(self.no),
            super::Vote::Abstain | super::Vote::Absent => 0,
        }
    }
}
