//! A delegation's Word file on a base text, read as what it asks for.
//!
//! Four ways of working are understood: tracked changes; plain edits; words set bold and struck through,
//! or in brackets, by hand; a skeleton with hidden names. Paragraphs are matched with provisions by hidden
//! name, else by their words. What cannot be read with certainty is not guessed away: it is listed for
//! the secretary's eye, with its words.
//!
//! **Invariant:** every word of the file is in the base, in a change, or in a list of the report. Silence
//! is not consent, and not deletion: a provision of which a file says nothing stays untouched.

mod captions;
mod changes;
mod hand;
mod matching;

use travaux_text::{Change, IssuedText, ProvisionId};

use crate::word::{Ignored, Keep, WordDocument};

use self::changes::Reading;
use self::matching::Matching;

/// What a file asks for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Submission {
    /// How it was worked on.
    pub manner: Manner,
    /// What it asks for, as a proposal has it.
    pub changes: Vec<Change>,
    /// For each change, where it stands in the file and how it was understood.
    pub placed: Vec<Placed>,
    /// Brackets asked for around words of the base, without an alternative.
    pub brackets: Vec<BracketAsked>,
    /// Features of the file that were not taken over.
    pub ignored: Vec<Ignored>,
    /// Words that are about the text and not of it: a cover, explanations, comments, notes.
    pub aside: Vec<Aside>,
    /// What a person has to look at, and why.
    pub attention: Vec<Attention>,
    /// The provisions of the base that the file holds.
    pub provisions_seen: usize,
}

/// How a file was worked on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Manner {
    /// With tracked changes.
    Tracked,
    /// With words set bold, underlined or struck through, or put in brackets, by hand.
    ByHand,
    /// In the text itself, without a trace.
    #[default]
    Plain,
}

impl Manner {
    /// Returns the word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tracked => "tracked changes",
            Self::ByHand => "marks by hand",
            Self::Plain => "plain edits",
        }
    }
}

/// Where a change was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Placed {
    /// The provision it is about; of an addition, the one it adds.
    pub provision: ProvisionId,
    /// The paragraph of the file, counted from one; of a deletion, 0 where nothing is left of it.
    pub paragraph: usize,
    /// Whether the provision was known by a hidden name, not by its words.
    pub by_name: bool,
}

/// Brackets asked for without an alternative.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BracketAsked {
    /// The provision.
    pub provision: ProvisionId,
    /// The words; none is the whole of it.
    pub words: Option<String>,
    /// The paragraph of the file, counted from one.
    pub paragraph: usize,
}

/// Words beside the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Aside {
    /// The paragraph, counted from one; 0 where it hangs on none.
    pub paragraph: usize,
    /// What it is: "cover", "explanation", "comment by A", "footnote".
    pub what: String,
    /// The words.
    pub words: String,
}

/// Something a person has to look at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attention {
    /// The paragraph, counted from one; 0 where it is about none.
    pub paragraph: usize,
    /// Why.
    pub why: String,
    /// The words in question.
    pub words: String,
}

/// Reads what a file asks for on a base.
///
/// `proposal` is the key the proposal will have: provisions it adds are named after it. `keep` says whose
/// tracked changes count; `names` are what its author is called, so that its name behind a bracket is no
/// word of the text.
pub fn submission(
    document: &WordDocument,
    base: &IssuedText,
    proposal: &str,
    keep: Keep<'_>,
    names: &[&str],
) -> Submission {
    let matching = Matching::of(document, base, keep);
    let mut reading = Reading::new(base, proposal, &matching, names);
    reading.read();
    let mut submission = reading.finish();
    submission.ignored.clone_from(&document.ignored);
    for comment in &document.comments {
        let about = if comment.about.is_empty() {
            String::new()
        } else {
            format!(" on “{}”", comment.about)
        };
        submission.aside.push(Aside {
            paragraph: comment.paragraph,
            what: format!("comment by {}{about}", comment.author),
            words: comment.text.clone(),
        });
    }
    for (key, paragraphs) in &document.notes {
        let kind = key.split(' ').next().unwrap_or(key);
        let words = paragraphs.iter().flat_map(|paragraph| &paragraph.runs);
        let words: String = words.map(|run| run.text.as_str()).collect();
        if words.trim().is_empty() {
            continue;
        }
        let anchored = document.paragraphs.iter().position(|paragraph| {
            paragraph.runs.iter().any(|run| run.note.as_deref() == Some(key.as_str()))
        });
        let paragraph = anchored.map_or(0, |at| at + 1);
        submission.attention.push(Attention {
            paragraph,
            why: format!("a {kind} is no part of a proposal's text"),
            words,
        });
    }
    submission.attention.sort_by_key(|one| one.paragraph);
    submission
}
