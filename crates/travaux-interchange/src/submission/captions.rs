//! Numbers as they stand before words: "Article 5 bis", "2.", "(a)".
//!
//! It reads what treaties print; it does not know which numbers there are.

use travaux_text::ProvisionKind;

/// A number before words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Caption {
    pub(super) kind: ProvisionKind,
    /// The number as a provision has it: "5 bis", "2", "(a)".
    pub(super) number: String,
    /// How many bytes it takes, the gap behind it included.
    pub(super) len: usize,
}

const DIVISIONS: [(&str, ProvisionKind); 6] = [
    ("Article ", ProvisionKind::Article),
    ("Chapter ", ProvisionKind::Chapter),
    ("Part ", ProvisionKind::Chapter),
    ("Section ", ProvisionKind::Section),
    ("Annex ", ProvisionKind::Annex),
    ("ARTICLE ", ProvisionKind::Article),
];

const ADVERBS: [&str; 12] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "ante",
    "alt",
    "undecies",
];

/// Reads the number before some words.
pub(super) fn caption(text: &str) -> Option<Caption> {
    for (word, kind) in DIVISIONS {
        let Some(rest) = text.strip_prefix(word) else { continue };
        let number = stem(rest, |letter| letter.is_ascii_alphanumeric())?;
        let is_number = number.bytes().all(|b| b.is_ascii_digit())
            || number.bytes().all(|b| b"IVXLC".contains(&b))
            || number.len() == 1;
        if !is_number {
            return None;
        }
        let number = with_adverb(rest, number.len());
        let end = word.len() + number.len();
        let gap = gap(&text[end..], &['.', ':', '–', '-'])?;
        return Some(Caption { kind, number: number.to_owned(), len: end + gap });
    }
    if let Some(rest) = text.strip_prefix('(') {
        let (inner, _) = rest.split_once(')')?;
        let first = inner.split(' ').next().unwrap_or_default();
        let is_letters = (1..=5).contains(&first.len())
            && (first.len() == 1 || first.bytes().all(|b| b"ivxlc".contains(&b)))
            && first.bytes().all(|b| b.is_ascii_lowercase());
        let rest_is_adverb =
            inner.len() == first.len() || ADVERBS.contains(&&inner[first.len() + 1..]);
        if !is_letters || !rest_is_adverb {
            return None;
        }
        let end = inner.len() + 2;
        let gap = gap(&text[end..], &[])?;
        let number = format!("({inner})");
        return Some(Caption { kind: ProvisionKind::Subparagraph, number, len: end + gap });
    }
    let digits = stem(text, |letter| letter.is_ascii_digit()).filter(|digits| digits.len() <= 3)?;
    let number = with_adverb(text, digits.len());
    let rest = text[number.len()..].strip_prefix('.')?;
    // "1. bis" is written for "1 bis."
    let adverb = ADVERBS.iter().find(|adverb| {
        rest.strip_prefix(' ')
            .and_then(|rest| rest.strip_prefix(**adverb))
            .is_some_and(|rest| rest.starts_with(['.', '\t', ' ']) && number.len() == digits.len())
    });
    let end = number.len() + 1 + adverb.map_or(0, |adverb| adverb.len() + 1);
    let gap = gap(&text[end..], &['.'])?;
    let number = match adverb {
        Some(adverb) => format!("{number} {adverb}"),
        None => number.to_owned(),
    };
    Some(Caption { kind: ProvisionKind::Paragraph, number, len: end + gap })
}

fn stem(text: &str, is_part: fn(char) -> bool) -> Option<&str> {
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    (0 < end).then(|| &text[..end])
}

/// Returns a number with the Latin adverb behind it, if one stands there.
fn with_adverb(text: &str, len: usize) -> &str {
    let adverb = ADVERBS.iter().find(|adverb| {
        let rest = text[len..].strip_prefix(' ').and_then(|rest| rest.strip_prefix(**adverb));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    &text[..len + adverb.map_or(0, |adverb| adverb.len() + 1)]
}

/// Measures what parts a number from the words: marks, then white space; nothing where words follow
/// at once.
fn gap(rest: &str, marks: &[char]) -> Option<usize> {
    let unmarked = rest.trim_start_matches(' ');
    let unmarked = unmarked.strip_prefix(marks).unwrap_or(rest);
    let words = unmarked.trim_start_matches([' ', '\t', '\n', '\u{a0}']);
    (words.is_empty() || words.len() < rest.len()).then(|| rest.len() - words.len())
}

/// Reports whether a number in parentheses is a Roman numeral, as the second level of subparagraphs
/// has it: "(i)" is one, "(c)" is a letter.
pub(super) fn is_roman(number: &str) -> bool {
    let inner = number.trim_matches(['(', ')']);
    let inner = inner.split(' ').next().unwrap_or_default();
    !inner.is_empty() && inner.bytes().all(|b| b"ivx".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = caption(text).map(|it| (it.number.clone(), text[it.len..].to_owned()));
        let expected = expected.map(|(number, rest)| (number.to_owned(), rest.to_owned()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_are_read_with_the_gap_behind_them() {
        check("Article 5 bis\nNotice", Some(("5 bis", "Notice")));
        check("Article 12. Notice", Some(("12", "Notice")));
        check("Chapter IV", Some(("IV", "")));
        check("2.\tEach Party", Some(("2", "Each Party")));
        check("2 bis. Each Party", Some(("2 bis", "Each Party")));
        check("2. bis. Each Party", Some(("2 bis", "Each Party")));
        check("(a)\tTo enter", Some(("(a)", "To enter")));
        check("(d bis) To enter", Some(("(d bis)", "To enter")));
        check("(xii) To enter", Some(("(xii)", "To enter")));
    }

    #[test]
    fn what_only_looks_like_a_number_is_words() {
        for text in
            ["Article five", "(the Committee) met", "2.5 metres", "2031. was", "1,000", "", "(A) x"]
        {
            check(text, None);
        }
    }
}
