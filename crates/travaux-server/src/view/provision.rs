//! One provision: its sides, what stands behind each, and how it came here.

use serde::Serialize;

use super::{Certainty, Cited, Link, Mark, Phrase, Run, StateChip};

/// One provision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ProvisionPage {
    /// Its id.
    pub id: String,
    /// Its citation: "Article 42, paragraph 1".
    pub citation: String,
    /// Its heading, or that of the article it stands in.
    pub heading: String,
    /// What it stands under, the outermost first.
    pub under: Vec<Link>,
    /// How it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateChip>,
    /// Why it stands so, in a sentence.
    pub why: Phrase,
    /// The marks of the base's words.
    pub marks: Vec<Mark>,
    /// Its number as printed before its words.
    pub caption: String,
    /// Its text with brackets.
    pub runs: Vec<Run>,
    /// What is asked of it as a whole.
    pub asked: Vec<Phrase>,
    /// The distinct readings, one a column; the base's first.
    pub columns: Vec<Column>,
    /// The official words, where a reader has laid them over a paraphrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<OfficialView>,
    /// Its text in other official languages.
    pub versions: Vec<VersionView>,
    /// Every word with its life; concatenated, the words are the text. Empty where it has none.
    pub blame: Vec<BlameView>,
    /// What open proposals ask for and the text does not have.
    pub asked_words: Vec<BlameView>,
    /// What leans on it, the first few, and where all is.
    pub leaning: Vec<Link>,
    /// Where all that leans on it is listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaning_all: Option<Link>,
    /// The alternatives, by number.
    pub alternatives: Vec<AlternativeView>,
    /// The options that alternatives embody, with who is on record for each.
    pub options: Vec<OptionView>,
    /// The issues that hang on it, with how many are on record for each option.
    pub issues: Vec<Phrase>,
    /// What stands under it.
    pub children: Vec<(Link, Option<StateChip>)>,
    /// What happened to it, the latest first.
    pub history: Vec<HistoryLine>,
    /// The provision before in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
    /// The provision behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
}

/// The official words of a provision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OfficialView {
    /// The words.
    pub text: String,
    /// Where they are from, and that they are on this machine alone.
    pub from: String,
}

/// A provision in another official language.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct VersionView {
    /// The language's code, for the attribute `lang`.
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: String,
    /// The language's English name.
    pub language: String,
    /// The words.
    pub text: String,
    /// How it stands to the text, and what the language group found.
    pub stands: Phrase,
    /// Whether it lags.
    pub lags: bool,
    /// The entry that made it.
    pub entry: Link,
}

/// Neighbouring words of one life.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct BlameView {
    /// The words, with the white space behind them.
    pub words: String,
    /// Who brought them, in a few words.
    pub by: String,
    /// Whether anything keeps them open.
    pub open: bool,
    /// What happened to them, in order of date.
    pub life: Vec<HistoryLine>,
    /// How many lines of it are not shown here.
    pub more: usize,
}

/// A distinct reading.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Column {
    /// Whether the base reads so.
    pub base: bool,
    /// The numbers of the alternatives that read so.
    pub by: Vec<usize>,
    /// What it is called: "The base", "Alternative 2".
    pub title: String,
    /// Who stands behind it, in a few words.
    pub behind: String,
    /// The words, with what differs from the base marked.
    pub runs: Vec<Run>,
}

/// An alternative in full.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AlternativeView {
    /// Its number within the provision, from 1.
    pub number: usize,
    /// What marks its words: "2", "del", "a".
    pub mark: String,
    /// The proposal's key.
    pub proposal: String,
    /// What it is called.
    pub label: String,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// What it asks, in words ("replace the text", "delete the paragraph").
    pub asks: String,
    /// The option it embodies: the issue's question and the option's words, and who is behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<Phrase>,
    /// Since when it is on the table, and what else the record says of it.
    pub since: Phrase,
    /// Its sponsors; those on record for its option stand with the option.
    pub sponsors: Vec<Holder>,
    /// The whole text of that side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What it rests on.
    pub evidence: Vec<Cited>,
    /// The entry that tabled it.
    pub entry: Link,
}

/// An option with who is on record for it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OptionView {
    /// Where it is on the page.
    pub anchor: String,
    /// The question and the option's words.
    pub option: Phrase,
    /// The marks and labels of the alternatives that embody it.
    pub embodied_by: Vec<(String, String)>,
    /// How many are on record for it, in words.
    pub behind: String,
    /// They, by the route by which the position is theirs.
    pub holders: Vec<Holders>,
}

/// Those who are on record by one route.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Holders {
    /// Which: "In its own name", "Through CARICOM".
    pub how: String,
    /// Since when, and where that is recorded, where one entry holds for all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Link>,
    /// Who.
    pub who: Vec<Holder>,
}

/// Somebody who stands behind an alternative or an option.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Holder {
    /// Who.
    pub participant: Link,
    /// Since when, in words; empty where that is said for all.
    pub since: String,
    /// The entry it rests on.
    pub entry: String,
    /// What else is to be said: "can accept it", "later also for …".
    pub note: String,
    /// How sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

/// What happened to a provision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct HistoryLine {
    /// When, in words.
    pub date: String,
    /// What.
    pub what: Phrase,
    /// The entry.
    pub entry: Link,
}
