//! Akoma Ntoso 1.0 (the namespace of version 3.0): drafts in and out.
//!
//! Provisions are elements of its hierarchy, each with an `eId` after its naming convention and its stable id
//! as `wId`. What is proposed stands twice: for readers as elements of the class `proposed`, alternatives with
//! `alternativeTo`; for programs, exactly, in the `proprietary` part of the metadata (docs/documents.md has the
//! profile). A document of any other origin is read without loss of text, and what its elements say
//! besides is reported.
//!
//! **Invariant:** a draft that is written and read is the same draft.

mod read;
mod write;

use std::fmt;

use travaux_text::{IssuedText, Proposal, ProposalKey};

use crate::word::Ignored;
use crate::xml::XmlError;

/// A draft read from Akoma Ntoso.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AknDraft {
    /// The text before the body.
    pub text: IssuedText,
    /// What is proposed on it, with who is named as supporting each.
    pub proposals: Vec<AknProposal>,
    /// Its title, where the document has one.
    pub title: String,
    /// Its number or symbol, where the document has one.
    pub symbol: String,
    /// The date of the work, as the document writes it.
    pub date: String,
    /// What was not taken over.
    pub ignored: Vec<Ignored>,
}

/// A proposal as it travels.
#[derive(Clone, Debug, PartialEq)]
pub struct AknProposal {
    /// Its key.
    pub key: ProposalKey,
    /// What it asks for.
    pub proposal: Proposal,
    /// Who is named with it.
    pub supporters: Vec<String>,
}

/// Why a document is not read as Akoma Ntoso.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AknError {
    /// It is no XML that can be read.
    Xml(XmlError),
    /// It is XML of another kind.
    Other {
        /// The name of its outermost element.
        root: String,
    },
}

impl fmt::Display for AknError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot read an Akoma Ntoso document: ")?;
        match self {
            Self::Xml(error) => write!(f, "{error}"),
            Self::Other { root } => {
                write!(f, "its outermost element is `{root}`, not `akomaNtoso`")
            }
        }
    }
}

impl std::error::Error for AknError {}

impl AknError {
    /// Says what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Xml(_) => "xmllint says where it is not well formed",
            Self::Other { .. } => "is this the file you mean? Akoma Ntoso begins with <akomaNtoso>",
        }
    }
}

/// What is written of a draft besides its text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AknMeta {
    /// Its title.
    pub title: String,
    /// Its symbol.
    pub symbol: String,
    /// The date of the work: YYYY-MM-DD.
    pub date: String,
    /// The body that negotiates.
    pub body: String,
    /// The language of the text, in three letters (ISO 639-2).
    pub language: String,
}

pub use self::read::read_akn;
pub use self::write::akn;
