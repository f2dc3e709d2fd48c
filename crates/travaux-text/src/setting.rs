//! How United Nations documents set a text in plain characters, and number what is inserted.
//!
//! It sets what it is given: it knows neither proposals nor brackets, and never changes a word.

use crate::provision::ProvisionKind;

/// One provision, ready to be set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'a> {
    /// Its rank, which decides how number and heading are set.
    pub(crate) kind: ProvisionKind,
    /// How many subparagraphs it stands in, itself included; each indents by four spaces.
    pub(crate) level: usize,
    /// The number as printed, or nothing.
    pub(crate) number: &'a str,
    /// The heading, or nothing.
    pub(crate) heading: &'a str,
    /// The words, or nothing.
    pub(crate) text: &'a str,
}

/// Sets provisions one behind the other, a blank line between two.
pub(crate) fn set<'a>(blocks: impl IntoIterator<Item = Block<'a>>) -> String {
    let set: Vec<String> =
        blocks.into_iter().map(|block| block.set()).filter(|lines| !lines.is_empty()).collect();
    let mut text = set.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

impl Block<'_> {
    /// Sets one provision: the lines of its heading, then its words.
    pub(crate) fn set(&self) -> String {
        let indent = "    ".repeat(self.level);
        let mut parts = Vec::new();
        let caption = caption(self.kind, self.number);
        let heading = match self.kind {
            // The title is its words; its heading only names it for the reader of a list.
            ProvisionKind::Title if !self.text.is_empty() => "",
            _ => self.heading,
        };
        if self.kind.is_division() {
            let lines = [caption.as_str(), heading];
            let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            parts.push(lines.join("\n"));
            parts.push(self.text.to_owned());
        } else {
            let words = [caption.as_str(), heading, self.text];
            let words: Vec<&str> = words.into_iter().filter(|part| !part.is_empty()).collect();
            parts.push(words.join(" "));
        }
        parts.retain(|part| !part.is_empty());
        indented(&parts.join("\n\n"), &indent)
    }
}

fn indented(lines: &str, indent: &str) -> String {
    if indent.is_empty() {
        return lines.to_owned();
    }
    let lines: Vec<String> = lines
        .split('\n')
        .map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") })
        .collect();
    lines.join("\n")
}

/// Returns a provision's number as it is set before its words: "Article 4", "2.", "(a)".
///
/// A number that brings its own punctuation, such as "(a)" or "2.", keeps it.
pub(crate) fn caption(kind: ProvisionKind, number: &str) -> String {
    if number.is_empty() {
        return String::new();
    }
    let punctuated = number.ends_with(['.', ')']);
    match kind {
        ProvisionKind::Title | ProvisionKind::Preamble => number.to_owned(),
        ProvisionKind::Chapter => format!("Chapter {number}"),
        ProvisionKind::Section => format!("Section {number}"),
        ProvisionKind::Article => format!("Article {number}"),
        ProvisionKind::Annex => format!("Annex {number}"),
        ProvisionKind::Paragraph | ProvisionKind::Subparagraph if punctuated => number.to_owned(),
        ProvisionKind::Paragraph => format!("{number}."),
        ProvisionKind::Subparagraph => format!("({number})"),
    }
}

/// The Latin adverbs that number insertions, after the United Nations Editorial Manual: what
/// comes first keeps its arabic number, the next is *bis*, then *ter*.
const ADVERBS: [&str; 19] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septdecies",
    "octodecies",
    "novodecies",
    "vicies",
];

/// Returns the number of the `ordinal`-th insertion (counted from one) behind `stem`:
/// "4 bis", "4 ter"; behind the nineteenth adverb, "4 (21)".
pub(crate) fn inserted(stem: &str, ordinal: usize) -> String {
    let bare = stem.trim_end_matches(['.', ')']).trim_start_matches('(');
    let number = match ADVERBS.get(ordinal.saturating_sub(1)) {
        Some(adverb) => format!("{bare} {adverb}"),
        None => format!("{bare} ({})", ordinal + 1),
    };
    // "(a)" becomes "(a bis)".
    if stem.starts_with('(') { format!("({number})") } else { number }
}

/// Returns the number of what is inserted before the first number of a series: "1 ante".
pub(crate) fn before(first: &str) -> String {
    let bare = first.trim_end_matches(['.', ')']).trim_start_matches('(');
    if first.starts_with('(') { format!("({bare} ante)") } else { format!("{bare} ante") }
}

/// Splits a number into its stem and the ordinal of its adverb: "4 ter" is the second behind "4",
/// "4" itself the zeroth.
pub(crate) fn stem(number: &str) -> (String, usize) {
    let open = number.starts_with('(');
    let bare = number.trim_end_matches(['.', ')']).trim_start_matches('(');
    let split = bare.rsplit_once(' ').and_then(|(stem, last)| {
        let ordinal = ADVERBS.iter().position(|adverb| *adverb == last)?;
        Some((stem.to_owned(), ordinal + 1))
    });
    let (stem, ordinal) = split.unwrap_or_else(|| (bare.to_owned(), 0));
    (if open { format!("({stem})") } else { stem }, ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insertions_are_numbered_in_latin() {
        assert_eq!(inserted("4", 1), "4 bis");
        assert_eq!(inserted("4", 2), "4 ter");
        assert_eq!(inserted("(a)", 1), "(a bis)");
        assert_eq!(inserted("4", 19), "4 vicies");
        assert_eq!(inserted("4", 20), "4 (21)");
    }

    #[test]
    fn a_stem_and_its_adverb_come_apart_again() {
        for ordinal in 1..=19 {
            assert_eq!(stem(&inserted("4", ordinal)), ("4".to_owned(), ordinal));
            assert_eq!(stem(&inserted("(a)", ordinal)), ("(a)".to_owned(), ordinal));
        }
        assert_eq!(stem("4"), ("4".to_owned(), 0));
        assert_eq!(stem("II"), ("II".to_owned(), 0));
    }

    #[test]
    fn divisions_carry_their_number_above_their_heading() {
        let block = Block {
            kind: ProvisionKind::Article,
            level: 0,
            number: "5",
            heading: "Respect for human rights",
            text: "",
        };
        assert_eq!(block.set(), "Article 5\nRespect for human rights");
    }

    #[test]
    fn paragraphs_and_subparagraphs_carry_their_number_before_their_words() {
        let paragraph = Block {
            kind: ProvisionKind::Paragraph,
            level: 0,
            number: "1",
            heading: "",
            text: "States Parties shall:",
        };
        let subparagraph = Block {
            kind: ProvisionKind::Subparagraph,
            level: 1,
            number: "a",
            heading: "",
            text: "Consult;",
        };
        assert_eq!(
            set([paragraph, subparagraph]),
            "1. States Parties shall:\n\n    (a) Consult;\n"
        );
    }
}
