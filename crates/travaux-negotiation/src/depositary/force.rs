//! The day of entry into force, computed from the clause and the deposits.
//!
//! "On the ninetieth day after the date of deposit" counts the day after the deposit as the first.
//! Where a deposit that decides is known to the month only, the day is given as a range. Nothing
//! here foresees deposits.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use travaux_record::{ConsentRecorded, EntryId, OpenedForSignature};

use crate::process::Stated;

/// When the treaty enters into force, or what is missing for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EntryIntoForce {
    /// Not enough instruments are deposited.
    Missing {
        /// How many are deposited and count.
        deposited: u32,
        /// How many the clause asks for.
        needed: u32,
    },
    /// The deposit that completes the number is recorded.
    On {
        /// The day, or the first day it can be.
        earliest: Date,
        /// The same day, or the last day it can be where the deposit's date is not known to the day.
        latest: Date,
        /// The deposit that completed the number.
        completed_by: EntryId,
        /// How many the clause asks for.
        needed: u32,
    },
}

impl EntryIntoForce {
    /// Returns the day, where it is known exactly.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::On { earliest, latest, .. } if earliest == latest => Some(*earliest),
            Self::On { .. } | Self::Missing { .. } => None,
        }
    }
}

pub(super) fn entry_into_force(
    clause: &OpenedForSignature,
    deposits: &[&Stated<ConsentRecorded>],
) -> EntryIntoForce {
    let needed = clause.instruments_needed;
    let count = u32::try_from(deposits.len()).expect("fewer than four thousand million parties");
    // A clause that asks for none would be complete with the first deposit.
    let completing = usize::try_from(needed.max(1) - 1).expect("a count fits a usize");
    let Some(deposit) = deposits.get(completing) else {
        return EntryIntoForce::Missing { deposited: count, needed };
    };
    let delay = i64::from(clause.delay_days).days();
    // The n-th of the first possible days bounds the n-th deposit from below.
    let mut first_days: Vec<Date> = deposits.iter().map(|d| d.basis.at.first_day()).collect();
    first_days.sort_unstable();
    EntryIntoForce::On {
        earliest: after(first_days[completing], delay),
        latest: after(deposit.basis.at.counts_from(), delay),
        completed_by: deposit.basis.entry,
        needed,
    }
}

fn after(day: Date, delay: Span) -> Date {
    day.saturating_add(delay)
}
