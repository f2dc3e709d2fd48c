//! A text without brackets as lines of a page: what a Word file has as paragraphs.
//!
//! A provision under a heading takes a line for number and heading and one for its words; others take
//! one. Each line has a hidden name, made of the provision's id, by which it is found again.

use travaux_text::{IssuedText, ProvisionId, ProvisionKind};

/// Which line of a provision.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Part {
    /// Number and heading.
    Heading,
    /// The words, with the number before them where there is no heading.
    Words,
}

/// Where a line is met: where it stood, or where it is moved to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stand {
    Here,
    Arriving,
}

/// A line of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Line {
    pub(crate) id: ProvisionId,
    pub(crate) part: Part,
    pub(crate) kind: ProvisionKind,
    /// How many subparagraphs it stands in, itself included.
    pub(crate) level: usize,
    /// The number as printed, with its word: "Article 4", "2.", "(a)"; may be empty.
    pub(crate) caption: String,
    /// The heading or the words.
    pub(crate) text: String,
}

impl Line {
    /// What names it within a text.
    pub(crate) fn key(&self) -> (&ProvisionId, Part) {
        (&self.id, self.part)
    }

    /// Returns what stands between number and text.
    pub(crate) fn gap(&self) -> &'static str {
        match (self.caption.is_empty() || self.text.is_empty(), self.part) {
            (true, _) => "",
            (false, Part::Heading) => "\n",
            (false, Part::Words) => "\t",
        }
    }
}

/// Returns the lines of a text, in order. Provisions of which nothing is printed have none, but that
/// paragraphs keep an empty one, so that words can be put there.
pub(crate) fn lines(text: &IssuedText) -> Vec<Line> {
    let mut lines = Vec::new();
    for provision in text.provisions() {
        let level = std::iter::once(provision)
            .chain(text.ancestors(&provision.id))
            .filter(|above| above.kind == ProvisionKind::Subparagraph)
            .count();
        let line = |part, caption: String, text: &str| Line {
            id: provision.id.clone(),
            part,
            kind: provision.kind,
            level,
            caption,
            text: text.to_owned(),
        };
        let heading = match provision.kind {
            ProvisionKind::Title if !provision.text.is_empty() => "",
            _ => provision.heading.as_str(),
        };
        let caption = provision.caption();
        let is_division = provision.kind.is_division();
        if is_division && !caption.is_empty() || !heading.is_empty() {
            lines.push(line(Part::Heading, caption, heading));
            if !provision.text.is_empty() {
                lines.push(line(Part::Words, String::new(), &provision.text));
            }
        } else if !is_division || !provision.text.is_empty() {
            lines.push(line(Part::Words, caption, &provision.text));
        }
    }
    lines
}

/// How hidden names begin. Word hides bookmarks that begin with an underscore.
const PREFIX: &str = "_Tv";

/// Returns the hidden name of a line: at most forty letters, digits and underscores, as Word wants.
/// A line at the place it is moved to is named apart from the same line where it stood.
pub(crate) fn hidden_name(id: &ProvisionId, part: Part, stand: Stand) -> String {
    let letter = match (part, stand) {
        (Part::Heading, Stand::Here) => 'h',
        (Part::Heading, Stand::Arriving) => 'H',
        (Part::Words, Stand::Here) => 't',
        (Part::Words, Stand::Arriving) => 'T',
    };
    format!("{PREFIX}{letter}{:016x}", digest(id.as_str()))
}

/// FNV-1a with 64 bits: short, stable, and two ids of one text do not share it (a caller that knows
/// the text finds the id by making all names).
fn digest(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
