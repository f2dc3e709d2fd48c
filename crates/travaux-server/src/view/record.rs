//! The record: its entries, each entry, and the sources they cite.

use serde::Serialize;

use super::{Certainty, Cited, Link, Mark, Phrase, ViewerGroup};

/// The record, filtered.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RecordPage {
    /// What is shown, in a sentence.
    pub lead: Phrase,
    /// Whether the record holds together, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// The filter.
    pub filter: RecordFilterView,
    /// The entries, the latest first.
    pub entries: Vec<EntryRow>,
    /// How many match in all.
    pub matching: usize,
    /// Which page of them this is, from 1.
    pub number: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page with later entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
    /// The page with earlier entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
}

/// The filter of the record.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct RecordFilterView {
    /// The kind chosen.
    pub kind: String,
    /// The kinds there are, with their words and how many entries each has.
    pub kinds: Vec<(String, String, usize)>,
    /// The participant chosen.
    pub participant: String,
    /// The participants there are.
    pub participants: Vec<ViewerGroup>,
    /// The provision chosen.
    pub provision: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The words searched for.
    pub text: String,
}

/// An entry in the list.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct EntryRow {
    /// Its id and page.
    pub entry: Link,
    /// When it happened, in words.
    pub at: String,
    /// Its kind in words.
    pub kind: String,
    /// What it states, in a sentence.
    pub what: Phrase,
    /// Its audience and standing, as marks.
    pub marks: Vec<Mark>,
    /// How sure its best evidence is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// How many citations it has.
    pub citations: usize,
}

/// One entry.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct EntryPage {
    /// Its id.
    pub id: String,
    /// Its kind in words.
    pub kind: String,
    /// What it states, in a sentence.
    pub what: Phrase,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// When it happened, with the precision.
    pub at: String,
    /// When it was entered.
    pub recorded_at: String,
    /// Who entered it.
    pub by: Link,
    /// Who may see it, in words.
    pub audience: String,
    /// What it rests on.
    pub evidence: Vec<Cited>,
    /// The correction that applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Phrase>,
    /// The fact as it stands in the record, field by field.
    pub fields: Vec<(String, String)>,
    /// The entry as one line of the interchange format.
    pub json: String,
    /// Where what it states is shown.
    pub shown: Vec<Link>,
}

/// The sources.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SourcesPage {
    /// How many there are, in a sentence.
    pub lead: Phrase,
    /// Them.
    pub sources: Vec<SourceRow>,
}

/// A source.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SourceRow {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub published: String,
    /// Its address or symbol.
    pub locator: String,
    /// Whether the locator is an address.
    pub is_address: bool,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// A note.
    pub note: String,
    /// The entries that cite it.
    pub cited: Link,
}
