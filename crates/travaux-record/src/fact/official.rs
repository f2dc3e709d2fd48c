//! Facts about the official words: those of a document laid over a paraphrase, and those of a
//! provision in the other official languages.

use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use crate::DocumentId;

/// The official words of a document are laid over the text on record; local, never part of a record
/// that is shared.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextAttached {
    /// The document, which brought a text.
    pub document: DocumentId,
    /// What the words were read from: a file's name, or an address.
    pub source: String,
    /// The words of its provisions, in document order.
    pub provisions: Vec<OfficialWords>,
    /// The passages for which no provision was found, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<String>,
}

/// The official words of a provision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficialWords {
    /// The provision.
    pub provision: ProvisionId,
    /// Its heading; left out where none was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Its words; left out where only the heading was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// By what the passage was found to be this provision.
    pub matched: MatchedBy,
}

/// By what a passage of a file was found to be a provision.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Its printed number, under the number of its article.
    Number,
    /// Its place among the passages of its article that bear no number.
    Place,
    /// Its words and their order.
    Words,
}

/// A provision's text in another official language was made, or made anew; the latest holds.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionMade {
    /// The provision.
    pub provision: ProvisionId,
    /// The language.
    pub language: Language,
    /// Its heading in that language, where it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Its words in that language.
    pub text: String,
    /// The document whose wording it renders; left out where it is that before the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
}

/// The language group looked at a provision's version; the latest holds.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionReviewed {
    /// The provision.
    pub provision: ProvisionId,
    /// The language.
    pub language: Language,
    /// What the group found.
    pub found: Concordance,
    /// What it would have otherwise, or asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a language group finds of a version.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concordance {
    /// It says the same as the other versions.
    Concordant,
    /// It does not, and has to be made anew.
    Discordant,
    /// The group asks the body what is meant.
    Referred,
}

/// An official language of the United Nations.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// Chinese.
    #[serde(rename = "zh")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Russian.
    #[serde(rename = "ru")]
    Russian,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

impl Language {
    /// The official languages, in English alphabetical order.
    pub const ALL: [Self; 6] =
        [Self::Arabic, Self::Chinese, Self::English, Self::French, Self::Russian, Self::Spanish];

    /// Returns its code, as ISO 639-1 and HTML have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::English => "en",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Spanish => "es",
        }
    }

    /// Returns its English name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arabic => "Arabic",
            Self::Chinese => "Chinese",
            Self::English => "English",
            Self::French => "French",
            Self::Russian => "Russian",
            Self::Spanish => "Spanish",
        }
    }

    /// Finds a language by its code or its English name, in any case of letters.
    pub fn find(written: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| {
            written.eq_ignore_ascii_case(language.code())
                || written.eq_ignore_ascii_case(language.name())
        })
    }

    /// Reports whether it is written from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }
}
