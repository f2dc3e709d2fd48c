//! Whether two wordings differ in form only, and in what.
//!
//! The words are compared one by one. Marks, spaces and capitals are passed over, spellings of one word are
//! one, and a stretch may be the same list in another order. Whatever else differs is substance here: a
//! lawyer may know better, and then asks the sponsor.

use std::fmt;

use crate::token::{TokenKind, tokens};

/// A kind of difference of form.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum FormDifference {
    /// Punctuation or white space.
    Marks,
    /// Capitals.
    Capitals,
    /// The spelling of a word.
    Spelling {
        /// As the wording that is kept has it.
        kept: String,
        /// As the other has it.
        merged: String,
    },
    /// The order of a list.
    Order {
        /// As the wording that is kept has it.
        kept: String,
        /// As the other has it.
        merged: String,
    },
}

impl fmt::Display for FormDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Marks => f.write_str("marks and spaces"),
            Self::Capitals => f.write_str("capitals"),
            Self::Spelling { kept, merged } => {
                write!(f, "spelling: \u{201c}{kept}\u{201d}, \u{201c}{merged}\u{201d}")
            }
            Self::Order { kept, merged } => {
                write!(f, "order of a list: \u{201c}{kept}\u{201d}, \u{201c}{merged}\u{201d}")
            }
        }
    }
}

/// Marks that change what words mean: they are never passed over.
const MEANING: [&str; 8] = ["?", "%", "/", "[", "]", "+", "=", "\u{2030}"];

/// A word with the place of its token.
struct Words<'t> {
    tokens: Vec<&'t str>,
    /// The tokens that are words, or marks with a meaning.
    at: Vec<usize>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let all: Vec<&str> = tokens(text).collect();
        let is_kept =
            |token: &str| TokenKind::of(token) == TokenKind::Word || MEANING.contains(&token);
        let at = (0..all.len()).filter(|at| is_kept(all[*at])).collect();
        Self { tokens: all, at }
    }

    fn word(&self, place: usize) -> &'t str {
        self.tokens[self.at[place]]
    }

    /// Returns the text from one word up to another, both included.
    fn stretch(&self, from: usize, to: usize) -> String {
        self.tokens[self.at[from]..=self.at[to]].concat()
    }
}

/// Returns in what two wordings differ, if they differ in form only; nothing where they are the same.
pub(super) fn difference_of_form(kept: &str, merged: &str) -> Option<Vec<FormDifference>> {
    if kept == merged {
        return None;
    }
    let (one, other) = (Words::of(kept), Words::of(merged));
    let (n, m) = (one.at.len(), other.at.len());
    if n != m || n == 0 {
        return None;
    }
    let mut differences = Vec::new();
    let mut at = 0;
    while at < n {
        let (word, its) = (one.word(at), other.word(at));
        match compared(word, its) {
            Compared::Same => {}
            Compared::Form(difference) => differences.push(difference),
            Compared::Other => {
                let end = list_end(&one, &other, at)?;
                differences.push(FormDifference::Order {
                    kept: one.stretch(at, end),
                    merged: other.stretch(at, end),
                });
                at = end;
            }
        }
        at += 1;
    }
    let has_order = differences.iter().any(|one| matches!(one, FormDifference::Order { .. }));
    let plain = |words: &Words<'_>| -> Vec<String> {
        let marks = words.tokens.iter().filter(|token| TokenKind::of(token) != TokenKind::Word);
        marks.map(|mark| (*mark).to_owned()).collect()
    };
    if !has_order && plain(&one) != plain(&other) {
        differences.push(FormDifference::Marks);
    }
    differences.sort();
    differences.dedup();
    // Words apart, the one thing left in which they can differ is marks.
    if differences.is_empty() {
        differences.push(FormDifference::Marks);
    }
    Some(differences)
}

/// What two words are to each other.
enum Compared {
    Same,
    Form(FormDifference),
    Other,
}

fn compared(one: &str, other: &str) -> Compared {
    if one == other {
        return Compared::Same;
    }
    let (small, its) = (one.to_lowercase(), other.to_lowercase());
    // "The Parties" are parties to this text, and "States" are not states: a capital is form only in
    // words that have no such meaning.
    if small == its && is_plain_capital(one, other) {
        Compared::Form(FormDifference::Capitals)
    } else if small != its && united(&small) == united(&its) {
        Compared::Form(FormDifference::Spelling { kept: one.to_owned(), merged: other.to_owned() })
    } else {
        Compared::Other
    }
}

/// Words whose capital does not change what they mean.
const SMALL: [&str; 20] = [
    "the", "a", "an", "each", "to", "in", "of", "for", "and", "or", "with", "any", "no", "such",
    "this", "these", "those", "if", "when", "where",
];

fn is_plain_capital(one: &str, other: &str) -> bool {
    SMALL.contains(&one.to_lowercase().as_str()) && SMALL.contains(&other.to_lowercase().as_str())
}

/// Spellings of one word that no rule gives.
const SPELLINGS: [(&str, &str); 16] = [
    ("centre", "center"),
    ("fulfil", "fulfill"),
    ("judgement", "judgment"),
    ("licence", "license"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("offences", "offenses"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("cheque", "check"),
    ("enrol", "enroll"),
    ("instalment", "installment"),
    ("skilful", "skillful"),
    ("analyse", "analyze"),
    ("catalogue", "catalog"),
    ("ageing", "aging"),
];

/// Returns a word in one spelling; only words that are spelt so in English become one.
fn united(word: &str) -> String {
    if let Some((own, _)) = SPELLINGS.iter().find(|(_, other)| *other == word) {
        return (*own).to_owned();
    }
    let word = word.replace('\u{2019}', "'");
    for (british, own) in [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
    ] {
        if let Some(root) = word.strip_suffix(british).filter(|root| root.len() >= 5) {
            return format!("{root}{own}");
        }
    }
    for (american, own) in [
        ("avor", "avour"),
        ("avors", "avours"),
        ("avored", "avoured"),
        ("avoring", "avouring"),
        ("avorable", "avourable"),
        ("abor", "abour"),
        ("abors", "abours"),
        ("ehavior", "ehaviour"),
        ("onor", "onour"),
        ("onored", "onoured"),
        ("arbor", "arbour"),
        ("arbors", "arbours"),
        ("eighbor", "eighbour"),
        ("eighboring", "eighbouring"),
        ("ndeavor", "ndeavour"),
        ("ndeavors", "ndeavours"),
        ("aveled", "avelled"),
        ("aveling", "avelling"),
        ("anceled", "ancelled"),
    ] {
        if let Some(root) = word.strip_suffix(american) {
            return format!("{root}{own}");
        }
    }
    word
}

/// Returns the last word of the shortest stretch from `at` on that is one list in both wordings, in
/// another order.
fn list_end(one: &Words<'_>, other: &Words<'_>, at: usize) -> Option<usize> {
    const STRETCH_MAX: usize = 60;
    let until = (at + STRETCH_MAX).min(one.at.len());
    (at + 1..until).find(|end| {
        let (own, its) = (one.stretch(at, *end), other.stretch(at, *end));
        let is_list = |split: fn(&str) -> Vec<String>| {
            let (mut own, mut its) = (split(&own), split(&its));
            let is_list = own.len() >= 2 && own.len() == its.len();
            own.sort();
            its.sort();
            is_list && own == its
        };
        // What follows must be the same again, or the list goes on.
        is_list(by_commas) || is_list(by_commas_and_last)
    })
}

/// Cuts a list at its commas and semicolons.
fn by_commas(list: &str) -> Vec<String> {
    let items: Vec<String> = list.split([',', ';']).map(folded).collect();
    // A list of one is none, and what has an "and" at its end is cut by the other rule.
    let has_and = items.iter().any(|item| item.starts_with("and ") || item.starts_with("or "));
    if has_and || items.iter().any(String::is_empty) { Vec::new() } else { items }
}

/// Cuts a list at its commas and at the "and" or "or" of its last two items.
fn by_commas_and_last(stretch: &str) -> Vec<String> {
    let mut items: Vec<&str> = stretch.split([',', ';']).map(str::trim).collect();
    let Some(last) = items.pop() else { return Vec::new() };
    let mut found = None;
    for word in [" and ", " or ", " and/or "] {
        if last.matches(word).count() == 1 {
            found = last.split_once(word).map(|(first, second)| (word, first, second));
        }
    }
    let stripped = |word: &'static str| {
        let rest = last.strip_prefix(word.trim_start())?;
        Some((word, "", rest))
    };
    let Some((word, first, second)) =
        found.or_else(|| stripped(" and ")).or_else(|| stripped(" or "))
    else {
        return Vec::new();
    };
    let others = items.iter().any(|item| item.contains(" and ") || item.contains(" or "));
    if others {
        return Vec::new();
    }
    items.extend([first, second].into_iter().filter(|item| !item.is_empty()));
    let mut items: Vec<String> = items.into_iter().map(folded).collect();
    // The word that joins the last two is part of the list: "and" is not "or".
    items.push(format!("\u{0}{}", word.trim()));
    items
}

fn folded(item: &str) -> String {
    let words = tokens(item).filter(|token| TokenKind::of(token) != TokenKind::Space);
    let words: Vec<String> = words.map(|word| united(&word.to_lowercase())).collect();
    words.join(" ")
}
