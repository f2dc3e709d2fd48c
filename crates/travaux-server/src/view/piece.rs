//! The small parts that pages are made of: phrases with links, marks, states, citations.

use serde::Serialize;

/// A link: where it goes and what it says.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Link {
    /// The address, with the whole view in it.
    pub to: String,
    /// What it says.
    pub label: String,
}

/// A piece of a phrase.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Piece {
    /// Words.
    Words(String),
    /// Words that lead somewhere.
    Link(Link),
    /// Words to be noticed, a figure mostly.
    Strong {
        /// The words.
        strong: String,
    },
}

/// A sentence or part of one, with links.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Phrase(pub Vec<Piece>);

impl Phrase {
    /// Starts with words.
    pub fn words(words: impl Into<String>) -> Self {
        Self(vec![Piece::Words(words.into())])
    }

    /// Adds words.
    #[must_use]
    pub fn then(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Words(words.into()));
        self
    }

    /// Adds words to be noticed.
    #[must_use]
    pub fn strong(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Strong { strong: words.into() });
        self
    }

    /// Adds a link.
    #[must_use]
    pub fn link(mut self, to: impl Into<String>, label: impl Into<String>) -> Self {
        self.0.push(Piece::Link(Link { to: to.into(), label: label.into() }));
        self
    }

    /// Returns the words without the links.
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.as_str(),
                Piece::Link(link) => link.label.as_str(),
                Piece::Strong { strong } => strong.as_str(),
            })
            .collect()
    }
}

/// The three states of a text (DESIGN, section 4), and the fourth a page needs: no text of its own.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextState {
    /// Something stands in brackets.
    Bracketed,
    /// No brackets, and nothing agreed: a proposal of whoever wrote it.
    CleanNotAgreed,
    /// Agreed ad referendum, to these words.
    Agreed,
}

impl TextState {
    /// Returns the state in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bracketed => "bracketed",
            Self::CleanNotAgreed => "clean, not agreed",
            Self::Agreed => "agreed ad ref.",
        }
    }
}

/// How a provision stands, ready to be shown.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct StateChip {
    /// The state.
    pub state: TextState,
    /// What has to be said besides ("reopened", "contested since agreed").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A mark that says what kind of thing is shown, for instance *paraphrase*.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Mark {
    /// The word on the mark.
    pub word: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// How it looks.
    pub tone: Tone,
}

/// How a mark looks; it never says more than the word does.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// An ordinary mark.
    Plain,
    /// A caution.
    Caution,
    /// Seen by some only.
    Restricted,
}

/// How sure whoever coded a fact is of it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Inferred, or not yet checked.
    Low,
    /// One secondary source.
    Medium,
    /// The participant's own words, a roll call, the depositary.
    High,
}

impl Certainty {
    /// Returns it in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Low => "low confidence",
            Self::Medium => "medium confidence",
            Self::High => "high confidence",
        }
    }
}

/// One citation, ready to be shown.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Cited {
    /// The source, with a link to it in the list of sources.
    pub source: Link,
    /// Who published it, and when.
    pub published: String,
    /// Its address outside, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside: Option<String>,
    /// The place in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The words it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotation: Option<String>,
    /// Who coded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coder: Option<String>,
    /// How sure they are.
    pub certainty: Certainty,
    /// Whether a machine wrote the source.
    pub machine_made: bool,
}
