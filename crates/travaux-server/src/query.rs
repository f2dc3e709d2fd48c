//! What an address asks: its path, what it narrows, and from where it looks.

use jiff::civil::Date;
use travaux_record::Moment;

use crate::refusal::Refusal;

/// The query of an address, name by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Takes the names and values as they were read.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Returns the first value of a name, without the space around it; empty where there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Returns a day; a month or a year stands for its last day.
    ///
    /// # Errors
    /// When the value is no date.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Refusal> {
        let written = self.value(name);
        if written.is_empty() {
            return Ok(None);
        }
        let moment: Moment = written.parse().map_err(|why: travaux_record::MomentError| {
            Refusal::unreadable(
                format!("No such day: {name}={written}"),
                format!("The address can't be followed: {why}."),
                "Write a day as 2023-04-21, a month as 2023-04 or a year as 2023.",
            )
        })?;
        Ok(Some(moment.counts_from()))
    }

    /// Returns a page number, from 1.
    ///
    /// # Errors
    /// When the value is no number.
    pub(crate) fn number(&self, name: &str) -> Result<usize, Refusal> {
        match self.value(name) {
            "" => Ok(1),
            written => written.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
                Refusal::unreadable(
                    format!("No such page: {name}={written}"),
                    "The address can't be followed: pages are counted 1, 2, 3 and so on.",
                    "Leave it out to see the first page.",
                )
            }),
        }
    }
}
