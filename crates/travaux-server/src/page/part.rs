//! The small parts of pages: phrases, chips, marks, citations, bracketed words.
//!
//! Colour is never the only carrier: a chip has a sign and a word, a mark a word, a bracket its
//! brackets.

use maud::{Markup, html};

use crate::view::{
    Certainty, Cited, Holder, Link, Mark, Phrase, Piece, Run, RunAlternative, StateChip, TextState,
    Tone,
};

/// A phrase with its links.
pub(crate) fn phrase(phrase: &Phrase) -> Markup {
    html! {
        @for piece in &phrase.0 {
            @match piece {
                Piece::Words(words) => (words),
                Piece::Link(to) => (link(to)),
                Piece::Strong { strong } => strong { (strong) },
            }
        }
    }
}

/// A link.
pub(crate) fn link(to: &Link) -> Markup {
    html! { a href=(to.to) { (to.label) } }
}

/// Links, one behind the other.
pub(crate) fn links(all: &[Link]) -> Markup {
    html! {
        @for (index, to) in all.iter().enumerate() {
            @if index > 0 { ", " }
            (link(to))
        }
    }
}

/// How a provision stands.
pub(crate) fn chip(chip: &StateChip) -> Markup {
    let (class, sign) = match chip.state {
        TextState::Bracketed => ("chip br", "[ ]"),
        TextState::CleanNotAgreed => ("chip cl", "\u{25cb}"),
        TextState::Agreed => ("chip ag", "\u{25cf}"),
    };
    html! {
        span class=(class) {
            span.sign aria-hidden="true" { (sign) } " "
            @match chip.note.as_deref() {
                // What was decided of the whole text is more than agreed ad referendum.
                Some(decided @ ("approved" | "adopted")) => (decided),
                Some(note) => { (chip.state.words()) " \u{00b7} " (note) }
                None => (chip.state.words()),
            }
        }
    }
}

/// Marks, each a word with its meaning on hover.
pub(crate) fn marks(all: &[Mark]) -> Markup {
    html! {
        @for mark in all {
            " "
            @match mark.tone {
                Tone::Plain => span.mark title=(mark.meaning) { (mark.word) },
                Tone::Caution => span.mark.caution title=(mark.meaning) { (mark.word) },
                Tone::Restricted => span.mark.restricted title=(mark.meaning) { (mark.word) },
            }
        }
    }
}

/// How sure a fact is: three dots for those who see, words for those who listen.
pub(crate) fn certainty(certainty: Certainty) -> Markup {
    let dots = match certainty {
        Certainty::Low => "\u{25cf}\u{25cb}\u{25cb}",
        Certainty::Medium => "\u{25cf}\u{25cf}\u{25cb}",
        Certainty::High => "\u{25cf}\u{25cf}\u{25cf}",
    };
    html! { i.sure role="img" aria-label=(certainty.words()) { (dots) } }
}

/// A citation.
pub(crate) fn cited(cited: &Cited) -> Markup {
    html! {
        (link(&cited.source))
        @if !cited.published.is_empty() { ", " (cited.published) }
        @if let Some(place) = &cited.place { ", " (place) }
        @if let Some(outside) = &cited.outside {
            " " a.outside href=(outside) rel="noreferrer external" { "open source" }
        }
        " " (certainty(cited.certainty))
        @if let Some(coder) = &cited.coder { span.quiet { " coded by " (coder) } }
        @if cited.machine_made { " " span.mark.caution { "machine-made report" } }
        @if let Some(quotation) = &cited.quotation { blockquote dir="auto" { (quotation) } }
    }
}

/// Somebody who stands behind an alternative.
pub(crate) fn holder(holder: &Holder) -> Markup {
    html! {
        (link(&holder.participant))
        @if !holder.since.is_empty() {
            " " a.since href=(holder.entry) { "since " (holder.since) }
        }
        @if !holder.note.is_empty() { span.quiet { ", " (holder.note) } }
        @if let Some(sure) = holder.certainty { " " (certainty(sure)) }
    }
}

/// What stands behind the number of an alternative: where its note is, its mark and its name.
pub(crate) struct Notes<'a> {
    /// The start of the notes' anchors.
    pub(crate) anchor: &'a str,
    /// The marks and names by number, from 1.
    pub(crate) names: Vec<(&'a str, &'a str)>,
}

impl Notes<'_> {
    fn of(&self, number: usize) -> (&str, &str) {
        self.names.get(number.wrapping_sub(1)).copied().unwrap_or(("", ""))
    }
}

/// Bracketed words: each alternative in its own brackets, numbered with those who read so.
pub(crate) fn runs(all: &[Run], notes: &Notes<'_>) -> Markup {
    html! { @for run in all { (self::run(run, notes)) } }
}

fn run(run: &Run, notes: &Notes<'_>) -> Markup {
    html! {
        @match run {
            Run::Text(words) => (words),
            Run::Own(words) => ins { (words) },
            Run::Left(words) => del { (words) },
            Run::Choice(alternatives) => {
                @for one in alternatives { (alternative(one, notes)) }
            }
        }
    }
}

/// One alternative in its brackets. Where the base has nothing and others insert, the insertions
/// alone are printed; that a side asks for nothing to stand here is written as a dash. A space at
/// either end of the words is set outside the brackets, as a printer would: every byte is there
/// once and in its order.
fn alternative(one: &RunAlternative, notes: &Notes<'_>) -> Markup {
    let (before, after) = space_at_the_ends(&one.runs);
    let last = one.runs.len().saturating_sub(1);
    html! {
        @if !(one.runs.is_empty() && one.by.is_empty()) {
            (before)
            span.a.base[one.base].gone[one.runs.is_empty()] {
                b { "[" }
                @if one.runs.is_empty() { i { "\u{2014}" span.vh { "no text" } } }
                @for (at, part) in one.runs.iter().enumerate() {
                    @match part {
                        Run::Text(words) => {
                            @let start = if at == 0 { before.len() } else { 0 };
                            @let end = words.len() - if at == last { after.len() } else { 0 };
                            (words[start..end])
                        },
                        _ => (run(part, notes)),
                    }
                }
                @for number in &one.by { (numbered(*number, notes)) }
                b { "]" }
            }
            (after)
        }
    }
}

/// Returns the white space at both ends of bracketed words. Words that are nothing but white space
/// have none to spare.
fn space_at_the_ends(all: &[Run]) -> (&str, &str) {
    fn words(run: Option<&Run>) -> &str {
        match run {
            Some(Run::Text(words)) if !words.trim().is_empty() => words,
            _ => "",
        }
    }
    let (first, last) = (words(all.first()), words(all.last()));
    (&first[..first.len() - first.trim_start().len()], &last[last.trim_end().len()..])
}

/// The mark of an alternative, leading to its note.
pub(crate) fn numbered(number: usize, notes: &Notes<'_>) -> Markup {
    let (mark, name) = notes.of(number);
    // The name a listener hears holds the mark a reader sees.
    let is_in_name = name.split(' ').any(|word| word == mark);
    html! {
        a.n href={ "#" (notes.anchor) ":" (number) }
            aria-label=(if is_in_name { name.to_owned() } else { format!("{mark}, {name}") }) { (mark) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Run {
        Run::Text(words.to_owned())
    }

    /// An alternative as it is written: what stands before its brackets, in them, and after.
    fn parts(runs: &[Run]) -> (String, String, String) {
        let one = RunAlternative { base: false, by: vec![1], runs: runs.to_vec() };
        let notes = Notes { anchor: "p", names: Vec::new() };
        let page = alternative(&one, &notes).into_string();
        let (before, rest) = page.split_once("<span class=\"a\"><b>[</b>").unwrap();
        let (words, rest) = rest.rsplit_once("<a class=\"n\"").unwrap();
        let (_, after) = rest.rsplit_once("<b>]</b></span>").unwrap();
        (before.to_owned(), words.to_owned(), after.to_owned())
    }

    #[test]
    fn space_at_the_ends_stands_outside_the_brackets() {
        let parted = |before: &str, words: &str, after: &str| {
            (before.to_owned(), words.to_owned(), after.to_owned())
        };
        assert_eq!(parts(&[text(" the use ")]), parted(" ", "the use", " "));
        assert_eq!(parts(&[text("shall")]), parted("", "shall", ""));
        assert_eq!(parts(&[text("  ")]), parted("", "  ", ""));
        assert_eq!(space_at_the_ends(&[]), ("", ""));
        let nested = Run::Choice(vec![RunAlternative { base: false, by: vec![2], runs: vec![] }]);
        let (before, words, after) = parts(&[text(" a "), nested, text(" b ")]);
        assert_eq!((before.as_str(), after.as_str()), (" ", " "));
        assert!(words.starts_with("a <span"), "{words}");
    }
}
