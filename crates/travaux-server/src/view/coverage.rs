//! The matrix of powers and safeguards.

use serde::Serialize;
use travaux_text::coverage::CoverKind;

use super::{Link, Phrase, SideOption};

/// The matrix, and what it loses without a provision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CoveragePage {
    /// What is shown, in a sentence.
    pub lead: Phrase,
    /// What is taken out; may be empty.
    pub without: String,
    /// Whose side is taken up; may be empty.
    pub side: String,
    /// The sides there are.
    pub sides: Vec<SideOption>,
    /// The safeguards, in the order of the columns.
    pub safeguards: Vec<SafeguardView>,
    /// The powers.
    pub powers: Vec<PowerView>,
    /// What is left without a safeguard it had.
    pub uncovered: Vec<UncoveredRow>,
}

/// A safeguard.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SafeguardView {
    /// What it is called.
    pub name: String,
    /// Why it is looked for.
    pub why: String,
}

/// A power with the articles that give it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PowerView {
    /// What it is called.
    pub name: String,
    /// Why it is looked for.
    pub why: String,
    /// The articles.
    pub rows: Vec<CoverageRow>,
}

/// One article.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CoverageRow {
    /// The article.
    pub provision: Link,
    /// Its heading.
    pub heading: String,
    /// One cell a safeguard.
    pub cells: Vec<CellView>,
}

/// One cell.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CellView {
    /// How it is covered.
    pub kind: CoverKind,
    /// The words and the path, in a sentence.
    pub words: String,
    /// The provision whose words the cell rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// How it was covered before the provision was taken out, where that is otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<CoverKind>,
}

/// An article that is left without safeguards.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct UncoveredRow {
    /// The article.
    pub provision: Link,
    /// Its heading.
    pub heading: String,
    /// The safeguards it has no more.
    pub safeguards: String,
}
