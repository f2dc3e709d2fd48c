//! Counts over successive drafts: how each stood on its last day before the body.
//!
//! The three states are kept apart: what is clean and was not agreed is never counted as agreed,
//! however few brackets a chair's text has. Where a text was issued with brackets of its own, what
//! is printed in it is counted too, to the byte of the document.

use jiff::civil::Date;
use travaux_record::{DocumentId, NewerKind, Record, TextDecision, View, project};
use travaux_text::{BracketCounts, ProvisionId, ProvisionKind};

use super::{ChapterState, Draft};
use crate::Basis;

/// How a draft stood on a day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DraftCount {
    /// The document that brought it.
    pub document: DocumentId,
    /// Its symbol.
    pub symbol: String,
    /// Its title.
    pub title: String,
    /// Whether the body adopted it.
    pub adopted: bool,
    /// The entry by which it was issued, with its date.
    pub basis: Basis,
    /// The day it is counted on: its last before the body, or the day looked from.
    pub on: Option<Date>,
    /// What is printed in the document; none where it came without brackets of its own.
    pub printed: Option<BracketCounts>,
    /// The whole text.
    pub total: ChapterState,
    /// Its chapters, in document order; what stands outside chapters first.
    pub parts: Vec<PartCount>,
}

/// How a chapter of a draft stood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartCount {
    /// Its number and heading as printed; empty for what stands outside chapters.
    pub label: String,
    /// How it stood.
    pub state: ChapterState,
}

impl Draft {
    /// Counts the text now before the body; none before there is one.
    pub fn count(&self, on: Option<Date>) -> Option<DraftCount> {
        let base = self.base()?;
        let parts = self.chapters().into_iter().map(|state| PartCount {
            label: state.chapter.as_ref().map_or_else(String::new, |id| self.division(id)),
            state,
        });
        Some(DraftCount {
            document: base.document.clone(),
            symbol: base.symbol.clone(),
            title: base.title.clone(),
            adopted: base.decision == TextDecision::Adopted,
            basis: base.basis,
            on,
            printed: base.printed().cloned(),
            total: self.total(),
            parts: parts.collect(),
        })
    }

    /// Names a chapter by its kind, number and heading.
    fn division(&self, id: &ProvisionId) -> String {
        let Some(words) = self.text().words(id) else { return id.to_string() };
        let number = match words.kind {
            // Articles are numbered through, so their number is said with what it numbers.
            ProvisionKind::Article | ProvisionKind::Section if !words.number.is_empty() => {
                let kind = if words.kind == ProvisionKind::Article { "Article" } else { "Section" };
                format!("{kind} {}", words.number)
            }
            _ => words.number.clone(),
        };
        let named = [number.as_str(), words.heading.as_str()];
        let named: Vec<&str> = named.into_iter().filter(|part| !part.is_empty()).collect();
        named.join(". ")
    }

    /// Returns the days to count on: for each base its last day before the body, the latest base on
    /// `as_of`, or without one as of all that is recorded.
    pub fn days_to_count(&self, as_of: Option<Date>) -> Vec<Option<Date>> {
        let issued: Vec<Date> = self.bases().map(|base| base.basis.at.counts_from()).collect();
        let mut days: Vec<Option<Date>> = issued
            .windows(2)
            // Of several issued on one day only the last is ever before the body.
            .filter(|pair| pair[0] < pair[1])
            .map(|pair| Some(pair[1].yesterday().unwrap_or(pair[0]).max(pair[0])))
            .collect();
        if !issued.is_empty() {
            days.push(as_of);
        }
        days
    }
}

/// Counts every draft that was before the body, each on its last day.
///
/// # Errors
/// When the record holds a kind of fact that this program does not know.
pub fn over_time(record: &Record, view: &View) -> Result<Vec<DraftCount>, NewerKind> {
    let now: Draft = project(record, view)?;
    let mut counts = Vec::new();
    for day in now.days_to_count(view.as_of) {
        let mut earlier = view.clone();
        earlier.as_of = day;
        let draft: Draft = project(record, &earlier)?;
        counts.extend(draft.count(day));
    }
    Ok(counts)
}
