//! When a thing happened in the negotiation, as precisely as it is known.
//!
//! A record speaks of days, months and years; a date that is known to the month only counts from
//! the last day of that month, so that nothing is shown before it is certain to have happened.
//! This module has no clock: today is always an argument.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::shortened::shortened;

/// A day, a month or a year, written `2023-04-21`, `2023-04` or `2023`.
///
/// Ordered by [`Moment::counts_from`]; of two that count from the same day the finer comes first.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Moment {
    /// Known to the day.
    Day(Date),
    /// Known to the month: its first day stands for it.
    Month(Date),
    /// Known to the year: its first day stands for it.
    Year(Date),
}

impl Moment {
    /// Returns the last day of the date: from it on, what is dated so is shown.
    pub fn counts_from(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(first) => first.last_of_month(),
            Self::Year(first) => first.last_of_year(),
        }
    }

    /// Returns the first day of the date.
    pub fn first_day(self) -> Date {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Year(day) => day,
        }
    }

    fn coarseness(self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Month(_) => 1,
            Self::Year(_) => 2,
        }
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.counts_from(), self.coarseness()).cmp(&(other.counts_from(), other.coarseness()))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{:04}-{:02}", first.year(), first.month()),
            Self::Year(first) => write!(f, "{:04}", first.year()),
        }
    }
}

/// A date that can't be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("can't read the date {written:?}: expected YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct MomentError {
    written: String,
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(written: &str) -> Result<Self, MomentError> {
        let unreadable = || MomentError { written: shortened(written) };
        let mut parts = written.split('-');
        let mut number = |digits: usize| -> Option<Option<i16>> {
            let Some(part) = parts.next() else { return Some(None) };
            let well_formed = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            well_formed.then(|| part.parse().ok())
        };
        let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
            return Err(unreadable());
        };
        if parts.next().is_some() {
            return Err(unreadable());
        }
        let date = |year, month: i16, day: i16| {
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            Date::new(year, month, day).ok()
        };
        match (year, month, day) {
            (Some(year), None, None) => date(year, 1, 1).map(Self::Year),
            (Some(year), Some(month), None) => date(year, month, 1).map(Self::Month),
            (Some(year), Some(month), Some(day)) => date(year, month, day).map(Self::Day),
            (None, _, _) | (_, None, Some(_)) => None,
        }
        .ok_or_else(unreadable)
    }
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(written: &str) -> Moment {
        written.parse().unwrap()
    }

    #[test]
    fn a_month_counts_from_its_last_day() {
        assert_eq!(moment("2024-02").counts_from().to_string(), "2024-02-29");
        assert_eq!(moment("2023").counts_from().to_string(), "2023-12-31");
        assert!(moment("2023-04-30") < moment("2023-04"));
        assert!(moment("2023-04") < moment("2023-05-01"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for written in ["2023-04-21", "2023-04", "2023", "0001-01-01"] {
            assert_eq!(moment(written).to_string(), written);
        }
    }

    #[test]
    fn what_is_no_date_is_given_back_in_part_only() {
        let error = "x".repeat(1 << 20).parse::<Moment>().unwrap_err().to_string();
        assert!(error.starts_with("can't read the date \"xxx") && error.len() < 200, "{error}");
    }

    #[test]
    fn a_malformed_date_is_refused() {
        for written in
            ["", "2023-13", "2023-02-30", "23-01-01", "2023-4-1", "2023-04-21T", "2023-04-21-1"]
        {
            assert!(written.parse::<Moment>().is_err(), "{written:?} should be refused");
        }
    }
}
