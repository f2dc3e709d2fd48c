//! Numbers as Word's own lists, so that they stay numbers when the file is worked on.
//!
//! Each kind of number is one definition. A number that follows its predecessor continues the list; any
//! other begins an instance with its own start, so that what is printed is what was meant. Numbers that
//! Word cannot make ("4 bis") stay words.

use std::fmt::Write as _;

use crate::word::numbering::roman;

/// The definitions: what stands around the number, its format, and what follows it.
const DEFINITIONS: [(&str, &str, &str); 7] = [
    ("Chapter %1", "upperRoman", "nothing"),
    ("Section %1", "decimal", "nothing"),
    ("Article %1", "decimal", "nothing"),
    ("Annex %1", "decimal", "nothing"),
    ("%1.", "decimal", "tab"),
    ("(%1)", "lowerLetter", "tab"),
    ("(%1)", "lowerRoman", "tab"),
];
const LETTERS: usize = 5;
const ROMAN: usize = 6;

/// The lists of a document while it is written.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The definition and the start of each instance, in order.
    instances: Vec<(usize, u32)>,
    /// For each definition the instance in use and the number it has reached.
    reached: [Option<(usize, u32)>; DEFINITIONS.len()],
}

impl Lists {
    /// Returns the properties of a paragraph that Word numbers so; nothing where Word cannot.
    pub(super) fn place(&mut self, caption: &str) -> Option<String> {
        let (definition, number) = self.read(caption)?;
        let instance = match self.reached[definition] {
            Some((instance, reached)) if reached + 1 == number => instance,
            Some(_) | None => {
                self.instances.push((definition, number));
                self.instances.len() - 1
            }
        };
        self.reached[definition] = Some((instance, number));
        Some(format!(
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr>",
            instance + 1
        ))
    }

    fn read(&self, caption: &str) -> Option<(usize, u32)> {
        let inner = |definition: usize| {
            let (before, after) = DEFINITIONS[definition].0.split_once("%1")?;
            caption.strip_prefix(before)?.strip_suffix(after)
        };
        for (definition, (_, format, _)) in DEFINITIONS.iter().enumerate().take(LETTERS) {
            let Some(number) = inner(definition) else { continue };
            let read = match *format {
                "upperRoman" => from_roman(number),
                _ => from_decimal(number),
            };
            if let Some(number) = read {
                return Some((definition, number));
            }
        }
        let number = inner(LETTERS)?;
        let follows = |definition: usize, number: Option<u32>| {
            let reached = self.reached[definition].map_or(0, |(_, reached)| reached);
            number.filter(|number| *number == reached + 1)
        };
        let (letter, numeral) = (from_letters(number), from_roman(&number.to_uppercase()));
        let numeral = numeral.filter(|_| number == number.to_lowercase());
        // "(i)" is the ninth letter behind "(h)", else the first numeral.
        if let Some(letter) = follows(LETTERS, letter) {
            return Some((LETTERS, letter));
        }
        if let Some(numeral) = follows(ROMAN, numeral).or(numeral.filter(|it| *it == 1)) {
            return Some((ROMAN, numeral));
        }
        let letter = letter.map(|letter| (LETTERS, letter));
        letter.or(numeral.map(|numeral| (ROMAN, numeral)))
    }

    /// Returns the part that defines the lists.
    pub(super) fn part(&self) -> String {
        let mut xml = String::new();
        for (at, (text, format, suffix)) in DEFINITIONS.iter().enumerate() {
            write!(
                xml,
                "<w:abstractNum w:abstractNumId=\"{at}\"><w:multiLevelType w:val=\"singleLevel\"/>\
                 <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
                 <w:suff w:val=\"{suffix}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
                 </w:lvl></w:abstractNum>"
            )
            .expect("a string takes it");
        }
        for (at, (definition, start)) in self.instances.iter().enumerate() {
            write!(
                xml,
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{definition}\"/>\
                 <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>",
                at + 1
            )
            .expect("a string takes it");
        }
        xml
    }
}

fn from_decimal(written: &str) -> Option<u32> {
    let is_plain = written.bytes().all(|byte| byte.is_ascii_digit()) && !written.starts_with('0');
    written.parse().ok().filter(|_| is_plain)
}

/// Reads "a" to "z"; beyond, letters are doubled in Word and not in treaties.
fn from_letters(written: &str) -> Option<u32> {
    match written.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
        _ => None,
    }
}

fn from_roman(written: &str) -> Option<u32> {
    if written.is_empty() || 12 < written.len() || !written.bytes().all(|b| b"IVXLC".contains(&b)) {
        return None;
    }
    (1..400).find(|number| roman(*number) == written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_follows_continues_and_any_other_begins_anew() {
        let mut lists = Lists::default();
        let mut ids = Vec::new();
        for caption in ["1.", "2.", "(a)", "(b)", "3.", "(a)", "(i)", "(ii)", "7.", "(h)", "(i)"] {
            let placed = lists.place(caption).unwrap();
            let id = placed.split('"').nth(3).unwrap();
            ids.push(id.parse::<u32>().unwrap());
        }
        assert_eq!(ids, [1, 1, 2, 2, 1, 3, 4, 4, 5, 6, 6]);
    }

    #[test]
    fn what_word_cannot_number_stays_words() {
        for caption in ["4 bis.", "(a bis)", "", "Article 5 ter", "1 ante.", "(A)", "Article 05"] {
            assert_eq!(Lists::default().place(caption), None, "{caption}");
        }
        for caption in ["Chapter IV", "Article 12", "Annex 1", "Section 3", "(xii)"] {
            assert!(Lists::default().place(caption).is_some(), "{caption}");
        }
    }
}
