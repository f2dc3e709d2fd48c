//! Whether some words have the form of a list of participants: "EU, USA", "Norway and Chile".
//!
//! It knows no participant, only the form of names, abbreviations and groups, and the words that
//! begin with a capital in a treaty without naming anybody.

/// Words of treaties that begin with a capital and name no participant.
const NOT_NAMES: [&str; 34] = [
    "Agreement",
    "Annex",
    "Annexes",
    "Article",
    "Articles",
    "Chapter",
    "Conference",
    "Convention",
    "Declaration",
    "Draft",
    "Each",
    "Meeting",
    "No",
    "Note",
    "Option",
    "Options",
    "Paragraph",
    "Paragraphs",
    "Part",
    "Parties",
    "Party",
    "Placeholder",
    "Plan",
    "Protocol",
    "Protocols",
    "Recalling",
    "Secretariat",
    "Section",
    "See",
    "State",
    "States",
    "The",
    "This",
    "Treaty",
];

/// Small words that stand within names.
const PARTICLES: [&str; 12] =
    ["of", "the", "and", "on", "behalf", "for", "d'", "de", "du", "la", "with", "in"];

const NAMES_BYTES_MAX: usize = 150;

/// Reports whether `words` are a list of names.
pub(super) fn is_list(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty() && words.len() <= NAMES_BYTES_MAX && split(words).iter().all(|n| is_name(n))
}

/// Returns the names in a list.
pub(super) fn split(words: &str) -> Vec<&str> {
    let pieces = words.split([',', ';', '/', '&']);
    let mut names: Vec<&str> = Vec::new();
    for piece in pieces {
        // "Chile and Norway" is two, "Group of 77 and China" is one.
        match piece.split_once(" and ") {
            Some((first, second)) if !first.contains("Group") && is_name(first.trim()) => {
                names.extend([first, second]);
            }
            Some(_) | None => names.push(piece),
        }
    }
    for name in &mut names {
        let trimmed = name.trim();
        *name = trimmed.strip_prefix("and ").unwrap_or(trimmed);
    }
    names
}

/// Reports whether a word is an abbreviation: "EU", "G77", "CHN".
pub(super) fn is_code(word: &str) -> bool {
    let word = word.trim();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"+-".contains(&b);
    let is_roman = word.bytes().all(|b| b"IVX".contains(&b));
    (2..=10).contains(&word.len())
        && word.bytes().all(plain)
        && !is_roman
        && (capitals >= 2 || word.starts_with("G7"))
}

fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_capital = |word: &&str| {
        let first = word.trim_start_matches(['(', '\'', '\u{2019}']).chars().next();
        first.is_some_and(char::is_uppercase) && word.chars().count() >= 2
    };
    let is_part = |word: &&str| {
        let elided = word.strip_prefix("d'").or_else(|| word.strip_prefix("d\u{2019}"));
        is_capital(&elided.unwrap_or(word))
            || PARTICLES.contains(word)
            || word.chars().all(|c| c.is_ascii_digit())
    };
    let is_plain =
        |word: &&str| word.chars().all(|c| c.is_alphanumeric() || "-.'\u{2019}+&()".contains(c));
    (1..=9).contains(&words.len())
        && words.first().is_some_and(is_capital)
        && words.iter().all(|word| is_part(word) && is_plain(word))
        && !words.iter().any(|word| NOT_NAMES.contains(word))
        && !words.iter().all(|word| word.bytes().all(|b| b"IVXLC".contains(&b)))
}

/// Reports whether `code` abbreviates the words before it: "small island developing States (SIDS)".
pub(super) fn abbreviates(before: &str, code: &str) -> bool {
    let letters: Vec<char> =
        code.chars().filter(char::is_ascii_uppercase).map(|c| c.to_ascii_lowercase()).collect();
    if !is_code(code) && letters.len() < code.trim().len() {
        return false;
    }
    let words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    // The words abbreviated may stand anywhere before, but together.
    let span = letters.len() + 4;
    (0..words.len()).any(|from| {
        let near = &words[from..words.len().min(from + span)];
        let mut initials =
            near.iter().filter_map(|word| word.chars().next()?.to_lowercase().next());
        letters.iter().all(|letter| initials.any(|initial| initial == *letter))
    })
}
