//! Provisions: the parts a treaty text is made of, and what a proposal may ask of them.
//!
//! A provision keeps its id through every draft, also when its number, its chapter or its words
//! change; everything said about it elsewhere hangs on that id. Nothing here knows who proposes.

use serde::{Deserialize, Serialize};

use crate::setting;

/// The stable name of a provision, for instance `safeguards.chapeau`.
///
/// It is an opaque key: dots carry no structure. A provision that a proposal adds is named by the
/// proposal and an ordinal (see [`ProvisionId::added`]), so that it can itself be amended.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProvisionId(String);

impl ProvisionId {
    /// Names a provision.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Names the `ordinal`-th provision (counted from one) that `proposal` adds.
    pub fn added(proposal: &str, ordinal: usize) -> Self {
        Self(format!("{proposal}~{ordinal}"))
    }

    /// Returns the id as written in the record and in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Place {
    /// Returns the provision the place is named after.
    pub fn anchor(&self) -> &ProvisionId {
        match self {
            Self::FirstUnder(id) | Self::After(id) => id,
        }
    }
}

impl std::fmt::Display for ProvisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The rank of a provision in the text.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvisionKind {
    /// The name of the treaty.
    Title,
    /// The recitals before the articles; its paragraphs are its children.
    Preamble,
    /// A chapter or part.
    Chapter,
    /// A section of a chapter.
    Section,
    /// An article.
    Article,
    /// A paragraph of an article or of the preamble, the lead-in line included.
    Paragraph,
    /// A subparagraph.
    Subparagraph,
    /// An annex.
    Annex,
}

impl ProvisionKind {
    /// Reports whether a provision of this kind stands under a heading of its own, as articles
    /// do; the others carry their number before their words.
    pub const fn is_division(self) -> bool {
        match self {
            Self::Title
            | Self::Preamble
            | Self::Chapter
            | Self::Section
            | Self::Article
            | Self::Annex => true,
            Self::Paragraph | Self::Subparagraph => false,
        }
    }

    /// Returns the word for this kind, in small letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Preamble => "preamble",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "article",
            Self::Paragraph => "paragraph",
            Self::Subparagraph => "subparagraph",
            Self::Annex => "annex",
        }
    }
}

impl std::fmt::Display for ProvisionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// One provision of a text as issued.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// The stable id.
    pub id: ProvisionId,
    /// The provision this one stands under, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ProvisionId>,
    /// Its rank.
    pub kind: ProvisionKind,
    /// The number as printed ("42", "1", "(a)", "4 bis"); empty where none is printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The heading as printed; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Its own words; empty where only its children carry words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Provision {
    /// Returns its number as it is set before its words: "Article 4", "2.", "(a)".
    pub fn caption(&self) -> String {
        setting::caption(self.kind, &self.number)
    }
}

/// Where an added or transferred provision is to stand.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// As the first provision under this one.
    FirstUnder(ProvisionId),
    /// Directly after this one, as its sibling.
    After(ProvisionId),
}

/// What a proposal asks of one provision.
///
/// The acts are those of practice (compare the ITU's ADD, MOD, SUP, NOC): DESIGN, section 4.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// The whole text as the sponsor wants it to read.
    Replace {
        /// The wanted text.
        text: String,
    },
    /// The same, of form only: the sponsor says that no substance changes.
    Editorial {
        /// The wanted text.
        text: String,
    },
    /// Another heading.
    Retitle {
        /// The wanted heading.
        heading: String,
    },
    /// A new provision; the change's target is ignored but for display, `place` decides.
    Add {
        /// Where it is to stand.
        place: Place,
        /// Its rank.
        kind: ProvisionKind,
        /// The number it asks for, for instance "4 bis"; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        number: String,
        /// Its heading; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        heading: String,
        /// Its text.
        text: String,
    },
    /// The provision, and all below it, is to be deleted.
    Suppress,
    /// The provision is to stay as it is.
    NoChange,
    /// The provision, and all below it, is to stand elsewhere; it keeps its id.
    Transfer {
        /// Where it is to stand.
        place: Place,
    },
}

/// One change a proposal asks for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The provision it is about.
    pub target: ProvisionId,
    /// What is asked of it.
    #[serde(flatten)]
    pub act: Act,
}
