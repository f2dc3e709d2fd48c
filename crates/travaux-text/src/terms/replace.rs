//! One term for another, everywhere, as the changes of one proposal.

use super::find::{Terms, plural};
use crate::issued::IssuedText;
use crate::provision::{Act, Change, ProvisionId};

/// What settling on a term changes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TermChanges {
    /// The changes, in document order: one for each text and one for each heading.
    pub changes: Vec<Change>,
    /// How often the term was replaced.
    pub count: usize,
    /// Provisions that define the term now: their words are changed like the others, and whoever
    /// tables this should look at them.
    pub definitions: Vec<ProvisionId>,
}

/// Replaces a term wherever it stands in a text: plural by plural, capital by capital, with "a" and
/// "an" put right before it.
pub fn resolve_term(text: &IssuedText, from: &str, to: &str) -> TermChanges {
    let terms = Terms::new([from]);
    let mut found = TermChanges::default();
    let defined = super::Vocabulary::of(text, []);
    for provision in text.provisions() {
        let (heading, in_heading) = replaced(&terms, &provision.heading, to);
        let (words, in_text) = replaced(&terms, &provision.text, to);
        found.count += in_heading + in_text;
        let target = provision.id.clone();
        if 0 < in_heading {
            found.changes.push(Change { target: target.clone(), act: Act::Retitle { heading } });
        }
        if 0 < in_text {
            found.changes.push(Change { target, act: Act::Replace { text: words } });
        }
    }
    let is_it = |term: &str| term.to_lowercase() == from.to_lowercase();
    let definitions = defined.definitions.into_iter().filter(|one| is_it(&one.term));
    found.definitions = definitions.map(|one| one.at).collect();
    found
}

fn replaced(terms: &Terms, text: &str, to: &str) -> (String, usize) {
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    let uses = terms.find(text);
    for one in &uses {
        written.push_str(&text[at..one.range.start]);
        let mut new = if one.is_plural { in_plural(to) } else { to.to_owned() };
        if text[one.range.start..].starts_with(char::is_uppercase) {
            new = capital(&new);
        }
        article(&mut written, &new);
        written.push_str(&new);
        at = one.range.end;
    }
    written.push_str(&text[at..]);
    (written, uses.len())
}

/// Puts "a" or "an" right where one stands before a word.
fn article(written: &mut String, next: &str) {
    let is_vowel = next.starts_with(|c: char| "aeiouAEIOU".contains(c));
    let trimmed = written.trim_end_matches(['\u{201c}', '"']);
    let marks = written[trimmed.len()..].to_owned();
    let Some(before) = trimmed.strip_suffix(' ') else { return };
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let right = match (&before[start..], is_vowel) {
        ("a", true) => "an",
        ("A", true) => "An",
        ("an", false) => "a",
        ("An", false) => "A",
        _ => return,
    };
    let mended = format!("{}{right} {marks}", &before[..start]);
    *written = mended;
}

fn in_plural(term: &str) -> String {
    match term.rsplit_once(' ') {
        Some((before, last)) => format!("{before} {}", plural(last)),
        None => plural(term),
    }
}

fn capital(term: &str) -> String {
    let mut letters = term.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
