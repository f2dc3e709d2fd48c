//! What happened to earlier treaties, and what was known of them at any time.
//!
//! Times are years since a treaty was opened. Which treaties are comparable, and which acts count
//! as deposits, is for the caller to decide.

use super::{Case, Seen};

/// An earlier treaty, as far as it was observed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Treaty {
    /// When it was opened, in years (2000.5 is the middle of 2000).
    pub opened: f64,
    /// When each instrument was deposited, in order.
    pub deposits: Vec<f64>,
    /// When each participant signed, in order.
    pub signatures: Vec<f64>,
    /// Until when it was observed.
    pub observed: f64,
}

/// A forecast that could have been made: of which treaty, when, in what case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// The place of the treaty in the list.
    pub treaty: usize,
    /// When, in years of the calendar.
    pub at: f64,
    /// What was known then.
    pub case: Case,
    /// Years from then until the number was reached, if it was while the treaty was observed.
    pub reached_after: Option<f64>,
    /// Years from then for which the treaty was observed.
    pub observed_for: f64,
}

/// The ages at which forecasts are made.
const AGES: [f64; 5] = [0.5, 1.0, 2.0, 3.0, 5.0];
/// The numbers of instruments that are forecast.
const NEEDED: [u32; 4] = [30, 40, 50, 70];

impl Treaty {
    /// What is known of the treaty at an age, for a number of instruments.
    pub fn case(&self, needed: u32, age: f64) -> Case {
        let until = |times: &[f64], age: f64| count(times.partition_point(|at| *at <= age));
        let deposited = until(&self.deposits, age);
        let signed = until(&self.signatures, age);
        Case {
            needed,
            deposited,
            in_last_year: deposited - until(&self.deposits, age - 1.0),
            pending: Some(signed.saturating_sub(deposited)),
            age,
            members: members(self.opened + age),
        }
    }

    /// The forecasts that could have been made of it.
    pub(super) fn origins(&self, treaty: usize) -> Vec<Origin> {
        let mut origins = Vec::new();
        for age in AGES.into_iter().filter(|age| self.observed >= age + 0.1) {
            for needed in NEEDED {
                let case = self.case(needed, age);
                if case.deposited < needed {
                    let reached = self.deposits.get(needed as usize - 1);
                    origins.push(Origin {
                        treaty,
                        at: self.opened + age,
                        case,
                        reached_after: reached.map(|at| at - age),
                        observed_for: self.observed - age,
                    });
                }
            }
        }
        origins
    }
}

impl Origin {
    /// What was known of its answer so many years later, or at the end of observation.
    pub(super) fn seen(&self, years_later: f64, weight: f64) -> Seen {
        let known_for = years_later.min(self.observed_for);
        match self.reached_after {
            Some(years) if years <= known_for => {
                Seen { case: self.case, years, reached: true, weight }
            }
            _ => Seen { case: self.case, years: known_for, reached: false, weight },
        }
    }
}

fn count(times: usize) -> u32 {
    u32::try_from(times).unwrap_or(u32::MAX)
}

/// Members of the United Nations, from the year in which there were so many (United Nations, Growth
/// in membership).
const MEMBERS: [(f64, u32); 37] = [
    (1946.0, 55),
    (1947.0, 57),
    (1948.0, 58),
    (1949.0, 59),
    (1950.0, 60),
    (1955.0, 76),
    (1956.0, 80),
    (1957.0, 82),
    (1960.0, 99),
    (1961.0, 104),
    (1962.0, 110),
    (1964.0, 115),
    (1965.0, 117),
    (1966.0, 122),
    (1967.0, 123),
    (1968.0, 126),
    (1970.0, 127),
    (1971.0, 132),
    (1973.0, 135),
    (1974.0, 138),
    (1975.0, 144),
    (1976.0, 147),
    (1977.0, 149),
    (1978.0, 151),
    (1979.0, 152),
    (1980.0, 154),
    (1981.0, 157),
    (1983.0, 158),
    (1984.0, 159),
    (1991.0, 166),
    (1992.0, 179),
    (1993.0, 184),
    (1994.0, 185),
    (1999.0, 188),
    (2000.0, 189),
    (2002.0, 191),
    (2006.0, 192),
];

/// Returns how many members the United Nations had at a time, in years.
pub fn members(at: f64) -> u32 {
    if at >= 2011.0 {
        return 193;
    }
    let since = MEMBERS.iter().rev().find(|(from, _)| *from <= at);
    since.map_or(51, |(_, members)| *members)
}
