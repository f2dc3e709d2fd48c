//! Why an instruction cannot be carried out, which places are meant, and how to say it.

use std::fmt;

/// Why an instruction cannot be carried out. Nothing of it is.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum InstructError {
    /// There is nothing in it.
    Empty,
    /// Words that no instruction begins with, or that do not end as one does.
    NotRead {
        /// From where on it could not be read.
        words: String,
        /// What was looked for.
        wanted: &'static str,
    },
    /// A quotation mark opens and never closes.
    QuoteOpen {
        /// From the mark on.
        words: String,
    },
    /// A single quotation mark can close in several places.
    QuoteUnclear {
        /// From the mark on.
        words: String,
    },
    /// Words without quotation marks can be cut in several ways.
    BareUnclear {
        /// The words.
        words: String,
    },
    /// A new text that is not in quotation marks seems to hold another instruction.
    BlockUnclear {
        /// Where that begins.
        words: String,
    },
    /// The text has no provision of that name.
    NoSuchProvision {
        /// As named.
        named: String,
        /// What there is in its place.
        there: Vec<String>,
    },
    /// Several provisions bear that name.
    SeveralProvisions {
        /// As named.
        named: String,
        /// Their citations.
        meant: Vec<String>,
    },
    /// The words do not stand there.
    WordsAbsent {
        /// The words.
        words: String,
        /// Where they were looked for.
        within: String,
        /// Where else they stand.
        elsewhere: Vec<String>,
        /// The likest words there are, if any are alike.
        near: Option<String>,
    },
    /// The words stand there more than once.
    WordsSeveral {
        /// The words.
        words: String,
        /// Each place: its citation, and the words around it.
        places: Vec<(String, String)>,
        /// Whether a line was named, which a text does not have.
        by_line: bool,
    },
    /// They stand there, and not so many times.
    NoSuchOccurrence {
        /// The words.
        words: String,
        /// Which of them was meant.
        wanted: String,
        /// How many times they stand there.
        count: usize,
    },
    /// The provision has not so many sentences.
    NoSuchSentence {
        /// Its citation.
        within: String,
        /// Which was meant.
        wanted: String,
        /// How many there are.
        count: usize,
    },
    /// What is to be replaced has subparagraphs, and it is not said what becomes of them.
    HasParts {
        /// Its citation.
        provision: String,
        /// What stands below it.
        parts: Vec<String>,
    },
    /// It is not said where a new provision is to stand.
    NoPlace {
        /// What it is called.
        named: String,
    },
    /// A new provision asks for a number that there is.
    NumberTaken {
        /// What it is called.
        named: String,
        /// Its citation in the text.
        taken: String,
    },
    /// Two parts of the instruction ask for the same words.
    Overlap {
        /// Where.
        within: String,
        /// The words that two parts ask for.
        words: String,
    },
    /// It would change nothing.
    NothingAsked {
        /// Where.
        within: String,
    },
    /// It asks for something that is no proposal on the text.
    NoProposal {
        /// What it asks for.
        asked: &'static str,
        /// What to do instead.
        instead: &'static str,
    },
}

impl fmt::Display for InstructError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot carry out the instruction: ")?;
        match self {
            Self::Empty => f.write_str("it says nothing"),
            Self::NotRead { words, wanted } if words.is_empty() => {
                write!(f, "at its end {wanted} was expected")
            }
            Self::NotRead { words, wanted } => {
                write!(f, "at \"{words}\" {wanted} was expected")
            }
            Self::QuoteOpen { words } => {
                write!(f, "the quotation mark before {words} never closes")
            }
            Self::QuoteUnclear { words } => {
                write!(f, "it is not clear which mark ends the words quoted from {words}")
            }
            Self::BareUnclear { words } => {
                write!(f, "it is not clear which words of \"{words}\" are to go and which to come")
            }
            Self::BlockUnclear { words } => {
                write!(f, "it is not clear whether the new text ends before \"{words}\"")
            }
            Self::NoSuchProvision { named, .. } => write!(f, "the text has no {named}"),
            Self::SeveralProvisions { named, meant } => {
                write!(f, "{named} can be any of {}: {}", meant.len(), list(meant))
            }
            Self::WordsAbsent { words, within, .. } => {
                write!(f, "\"{words}\" does not stand in {within}")
            }
            Self::WordsSeveral { words, places, by_line } => {
                let line = if *by_line { ", and the text is not cut into lines" } else { "" };
                write!(f, "\"{words}\" stands in {} places{line}", places.len())
            }
            Self::NoSuchOccurrence { words, wanted, count } => write!(
                f,
                "there is no {wanted} occurrence of \"{words}\"; it stands there {}",
                times(*count)
            ),
            Self::NoSuchSentence { within, wanted, count } => {
                write!(f, "{within} has no {wanted} sentence; it has {count}")
            }
            Self::HasParts { provision, parts } => {
                write!(f, "{provision} has parts below it ({})", list(parts))
            }
            Self::NoPlace { named } => write!(f, "it does not say where {named} is to stand"),
            Self::NumberTaken { named, taken } => {
                write!(f, "{named} would have the number of {taken}")
            }
            Self::Overlap { within, words } => {
                write!(f, "two parts of it ask for the same words of {within}: \"{words}\"")
            }
            Self::NothingAsked { within } => write!(f, "it leaves {within} as it is"),
            Self::NoProposal { asked, .. } => {
                write!(f, "{asked} is not what an instruction can ask for")
            }
        }
    }
}

impl std::error::Error for InstructError {}

impl InstructError {
    /// Says what to do about it: how the instruction can be put, or which places are meant.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Empty => vec![FORMS.to_owned()],
            Self::NotRead { wanted, .. } if *wanted == INSTRUCTION => vec![FORMS.to_owned()],
            Self::NotRead { .. } => {
                vec!["words of the text stand in quotation marks".to_owned(), FORMS.to_owned()]
            }
            Self::QuoteOpen { .. } => vec!["close it, or use another kind of mark".to_owned()],
            Self::QuoteUnclear { .. } => {
                vec!["use double quotation marks: a single one can be an apostrophe".to_owned()]
            }
            Self::BareUnclear { .. } => vec!["put the words in quotation marks".to_owned()],
            Self::BlockUnclear { .. } => vec![
                "put the new text in quotation marks, or give the instructions one by one"
                    .to_owned(),
            ],
            Self::NoSuchProvision { there, .. } if there.is_empty() => {
                vec![
                    "name the article, then the paragraph: \"article 5, paragraph 2 (a)\""
                        .to_owned(),
                ]
            }
            Self::NoSuchProvision { there, .. } => vec![format!("there is {}", list(there))],
            Self::SeveralProvisions { .. } => {
                vec!["name the article as well: \"paragraph 2 of article 5\"".to_owned()]
            }
            Self::WordsAbsent { elsewhere, near, .. } => absent(elsewhere, near.as_deref()),
            Self::WordsSeveral { words, places, .. } => several(words, places),
            Self::NoSuchOccurrence { .. } | Self::NoSuchSentence { .. } => {
                vec!["occurrences and sentences are counted from the first".to_owned()]
            }
            Self::HasParts { .. } => vec![
                "say \"the chapeau of\" it for its own words alone, and what becomes of each part"
                    .to_owned(),
            ],
            Self::NoPlace { .. } => {
                vec![
                    "say after which provision: \"insert after paragraph 4 a new paragraph …\""
                        .to_owned(),
                ]
            }
            Self::NumberTaken { .. } => vec![
                "give it a number of its own (4 bis), or say after which provision it stands"
                    .to_owned(),
            ],
            Self::Overlap { .. } => {
                vec!["say once how these words are to read: replace them by the whole".to_owned()]
            }
            Self::NothingAsked { .. } => {
                vec!["say \"retain\" for a proposal that it stay as it is".to_owned()]
            }
            Self::NoProposal { instead, .. } => vec![(*instead).to_owned()],
        }
    }
}

/// What was expected where nothing reads like an instruction.
pub(super) const INSTRUCTION: &str = "an instruction";

const FORMS: &str = "for instance: in article 5, paragraph 2, replace \"shall\" by \"may\"; after \"data\", \
     insert \"stored\"; delete article 6 (2); insert after paragraph 4 a new paragraph 4 bis: …; \
     merge paragraphs 2 and 3; move article 5 after article 7";

/// How many places are named in a message.
const NAMED_MAX: usize = 6;

fn list(names: &[String]) -> String {
    let shown = names.iter().take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>().join("; ");
    match names.len().saturating_sub(NAMED_MAX) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

fn times(count: usize) -> String {
    match count {
        0 => "nowhere".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn absent(elsewhere: &[String], near: Option<&str>) -> Vec<String> {
    let mut hints = Vec::new();
    if let Some(near) = near {
        hints.push(format!("it reads \"{near}\""));
    }
    if !elsewhere.is_empty() {
        hints.push(format!("the words stand in {}", list(elsewhere)));
    }
    if hints.is_empty() {
        hints.push("quote the words as they stand in the text, letter by letter".to_owned());
    }
    hints
}

fn several(words: &str, places: &[(String, String)]) -> Vec<String> {
    let shown = places.iter().take(NAMED_MAX).enumerate();
    let mut hints: Vec<String> =
        shown.map(|(at, (cited, around))| format!("{}: {cited}: {around}", at + 1)).collect();
    let is_one_provision = places.windows(2).all(|two| two[0].0 == two[1].0);
    let ordinals = format!(
        "say \"the second occurrence of “{words}”\", or \"wherever it occurs\", or quote more words"
    );
    let narrower = "name the paragraph, or say \"throughout\"".to_owned();
    hints.push(if is_one_provision { ordinals } else { narrower });
    hints
}
