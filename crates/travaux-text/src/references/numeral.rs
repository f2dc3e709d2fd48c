//! Numbers of provisions as they are written: "24", "42 bis", "IV", "(a)".
//!
//! Two numbers are the same where they differ in spaces, brackets and capitals only.

use std::fmt::Write as _;

/// The adverbs by which provisions are put between numbered ones, in their order.
const ADVERBS: [&str; 9] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// Reports whether a word is one of the adverbs of inserted provisions.
pub(crate) fn is_adverb(lower: &str) -> bool {
    ADVERBS.contains(&lower)
}

/// Returns a number without what it is printed with, so that numbers can be compared.
pub(crate) fn bare(number: &str) -> String {
    let kept = number.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Reports whether a word is digits, if need be with one letter behind ("6A").
pub(crate) fn is_digits(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty()
        && word.len() - digits.len() <= 1
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reports whether a word is a Roman numeral in capitals.
pub(crate) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// Reports whether a word can stand in brackets as the number of a subparagraph.
pub(crate) fn is_letter(lower: &str) -> bool {
    let is_small_roman = lower.len() <= 5 && lower.bytes().all(|byte| b"ivx".contains(&byte));
    !lower.is_empty()
        && lower.bytes().all(|byte| byte.is_ascii_lowercase())
        && (lower.len() == 1
            || is_small_roman
            || lower.len() == 2 && lower.as_bytes()[0] == lower.as_bytes()[1])
}

/// Returns the number by which the leading digits of a written number count, if it has any.
pub(super) fn value(number: &str) -> Option<u32> {
    let bare = bare(number);
    let digits = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    bare[..digits].parse().ok()
}

/// Writes a number as a Roman numeral, up to 399.
pub(super) fn roman(mut number: u32) -> String {
    const STEPS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut written = String::new();
    for (value, sign) in STEPS {
        while value <= number {
            _ = write!(written, "{sign}");
            number -= value;
        }
    }
    written
}

/// Returns a number without the punctuation it is printed with.
pub(super) fn printed(number: &str) -> &str {
    number.trim_end_matches(['.', ')']).trim_start_matches('(')
}
