//! The terms of a text: defined, used without definition, competing.

use serde::Serialize;

use super::{Link, Phrase};

/// The terms.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TermsPage {
    /// How many there are, in a sentence.
    pub lead: Phrase,
    /// What the text defines.
    pub defined: Vec<DefinedRow>,
    /// What it uses and does not define.
    pub undefined: Vec<TermRow>,
    /// What competes.
    pub families: Vec<FamilyView>,
}

/// A defined term.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DefinedRow {
    /// The term.
    pub term: String,
    /// Where it is defined.
    pub at: Link,
    /// How often it is used.
    pub uses: usize,
    /// What is to be said of it: not used, used in definitions only.
    pub note: String,
}

/// A term with where it stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TermRow {
    /// The term.
    pub term: String,
    /// How often it stands in the text before the body.
    pub uses: usize,
    /// The provisions.
    pub provisions: Vec<Link>,
    /// The proposals on whose side it stands.
    pub sides: Vec<Link>,
}

/// Terms that compete for one thing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FamilyView {
    /// What depends on the choice.
    pub why: String,
    /// The terms in use.
    pub terms: Vec<TermRow>,
    /// The count of the term most in use.
    pub most: usize,
}
