//! How a fact is known: the source, the place in it, who read it, and how sure they are.
//!
//! Evidence never decides anything; it is shown beside what rests on it.

use serde::{Deserialize, Serialize};

use crate::{Moment, SourceId};

/// One citation.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The source, described once in a [`crate::Fact::SourceDescribed`] entry.
    pub source: SourceId,
    /// The place in it: a paragraph, a page, a timecode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The words it rests on, where they may be quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotation: Option<String>,
    /// When the cited part was published, if it differs from the source's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// Who read the source and coded the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coder: Option<String>,
    /// How sure the coder is.
    pub confidence: Confidence,
}

/// How sure a coder is of a fact.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Inferred, or reported by an opponent, or recalled and not yet checked.
    Low,
    /// One secondary source, or a machine-made report.
    Medium,
    /// The participant's own statement, a roll call, the depositary, or several agreeing reports.
    High,
}

/// How a text or a fact relates to the world; shown wherever the thing is shown.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The words are the participants' or the body's own.
    Authentic,
    /// A source reports the act; the wording is a paraphrase.
    Reported,
    /// A paraphrase of a document, not its words.
    Paraphrase,
    /// Our wording of an option on which positions are on record; nobody tabled these words.
    Alternative,
    /// Made up to show how a text might be disputed; nobody tabled it.
    Illustrative,
}
