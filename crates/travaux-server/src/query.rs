//! What an address asks: its path, what it narrows, and from where it looks.
//!
//! It keeps account of what the page made of it, so that nothing asked for is passed over in silence.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;
use travaux_record::Moment;

use crate::refusal::{Refusal, nearest};

/// The query of an address, name by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    /// The names that a page has asked for.
    known: RefCell<BTreeSet<String>>,
    /// What a page could make nothing of, in sentences.
    left_aside: RefCell<Vec<String>>,
}

impl Query {
    /// Takes the names and values as they were read.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// Returns the first value of a name, without the space around it; empty where there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        if !self.known.borrow().contains(name) {
            self.known.borrow_mut().insert(name.to_owned());
        }
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Takes note, in a sentence, of something asked for of which nothing can be made.
    pub(crate) fn leave_aside(&self, why: String) {
        self.left_aside.borrow_mut().push(why);
    }

    /// Returns what was passed over, in sentences: what the page left aside, then the names it
    /// does not know. It is asked once the page is made.
    pub(crate) fn passed_over(&self) -> Vec<String> {
        let known = self.known.borrow();
        let mut over = self.left_aside.borrow().clone();
        let unknown: BTreeSet<&str> = self
            .pairs
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !known.contains(*name))
            .collect();
        over.extend(unknown.into_iter().take(NAMED_MAX).map(|name| {
            let names = known.iter().map(|known| (known.as_str(), ()));
            let meant = nearest(name, names).into_iter().next();
            let meant = meant.map_or_else(String::new, |(meant, ())| {
                format!(" Did you mean \u{201c}{meant}\u{201d}?")
            });
            let name: String = name.chars().take(LETTERS_MAX).collect();
            format!("This page knows nothing called \u{201c}{name}\u{201d}.{meant}")
        }));
        over
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

/// How many unknown names are told.
const NAMED_MAX: usize = 5;
/// How many letters of one.
const LETTERS_MAX: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_asked_for_is_told_with_what_may_have_been_meant() {
        let pair = |name: &str| (name.to_owned(), "x".to_owned());
        let query = Query::new(vec![pair("side"), pair("sied"), pair("zzzzzz"), pair("zzzzzz")]);
        assert_eq!(query.value("side"), "x");
        query.leave_aside("\u{201c}x\u{201d} is no side.".to_owned());
        assert_eq!(
            query.passed_over(),
            [
                "\u{201c}x\u{201d} is no side.",
                "This page knows nothing called \u{201c}sied\u{201d}. Did you mean \u{201c}side\u{201d}?",
                "This page knows nothing called \u{201c}zzzzzz\u{201d}.",
            ]
        );
    }
}
