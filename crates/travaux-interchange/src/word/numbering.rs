//! Numbers that Word makes: what is printed before a paragraph that stands in a list.
//!
//! A list is an instance of a definition; instances of one definition count on together unless one
//! says where it starts anew. It does not know the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::xml::Element;

/// The lists of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbering {
    definitions: BTreeMap<String, Vec<Level>>,
    lists: BTreeMap<String, List>,
}

#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    /// Where levels start in this instance.
    starts: BTreeMap<u8, u32>,
    /// Levels that this instance words otherwise.
    levels: BTreeMap<u8, Level>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Numbers of upper levels are arabic here.
    is_legal: bool,
    /// The level whose use starts this one anew, counted from one; 0 never.
    restart: Option<u8>,
    /// The style whose paragraphs stand on this level.
    style: String,
}

impl Default for Level {
    fn default() -> Self {
        let (format, text) = ("decimal".to_owned(), String::new());
        Self { start: 1, format, text, is_legal: false, restart: None, style: String::new() }
    }
}

const LEVELS: usize = 9;

impl Numbering {
    /// Reads `numbering.xml`.
    pub(crate) fn read(root: Element<'_>) -> Self {
        let mut numbering = Self::default();
        for element in root.children() {
            match element.name() {
                "w:abstractNum" => {
                    let id = element.attribute("w:abstractNumId").unwrap_or_default();
                    let mut levels = vec![Level::default(); LEVELS];
                    for level in element.children().filter(|child| child.name() == "w:lvl") {
                        if let Some(place) = levels.get_mut(usize::from(level_of(level))) {
                            *place = Level::read(level);
                        }
                    }
                    numbering.definitions.insert(id.to_owned(), levels);
                }
                "w:num" => {
                    let id = element.attribute("w:numId").unwrap_or_default();
                    numbering.lists.insert(id.to_owned(), List::read(element));
                }
                _ => {}
            }
        }
        numbering
    }

    /// Begins to count.
    pub(crate) fn counter(&self) -> Counter<'_> {
        Counter { numbering: self, counts: BTreeMap::new(), begun: BTreeSet::new() }
    }

    /// Returns the level of a list on which paragraphs of a style stand.
    pub(crate) fn level_of_style(&self, list: &str, style: &str) -> Option<u8> {
        let definition = &self.lists.get(list)?.definition;
        let levels = self.definitions.get(definition)?;
        let at = levels.iter().position(|level| !style.is_empty() && level.style == style)?;
        u8::try_from(at).ok()
    }

    fn level<'a>(&'a self, list: &'a List, level: u8) -> Option<&'a Level> {
        list.levels.get(&level).or_else(|| {
            self.definitions.get(&list.definition).and_then(|levels| levels.get(usize::from(level)))
        })
    }
}

/// Reads the level that an element is about; those there are not count as the last.
fn level_of(element: Element<'_>) -> u8 {
    let level = element.attribute("w:ilvl").and_then(|level| level.parse().ok());
    level.unwrap_or(0).min(8)
}

impl List {
    fn read(element: Element<'_>) -> Self {
        let mut list = Self::default();
        for child in element.children() {
            match child.name() {
                "w:abstractNumId" => {
                    child.value().unwrap_or_default().clone_into(&mut list.definition);
                }
                "w:lvlOverride" => {
                    let level = level_of(child);
                    if let Some(start) = child.child("w:startOverride").and_then(number) {
                        list.starts.insert(level, start);
                    }
                    if let Some(worded) = child.child("w:lvl") {
                        list.levels.insert(level, Level::read(worded));
                    }
                }
                _ => {}
            }
        }
        list
    }
}

fn number(element: Element<'_>) -> Option<u32> {
    element.value()?.parse().ok()
}

impl Level {
    fn read(element: Element<'_>) -> Self {
        let value = |name: &str| element.child(name).and_then(Element::value);
        let is_on = |name: &str| {
            element.child(name).is_some_and(|child| !matches!(child.value(), Some("0" | "false")))
        };
        Self {
            start: element.child("w:start").and_then(number).unwrap_or(0),
            format: value("w:numFmt").unwrap_or("decimal").to_owned(),
            text: value("w:lvlText").unwrap_or_default().to_owned(),
            is_legal: is_on("w:isLgl"),
            style: value("w:pStyle").unwrap_or_default().to_owned(),
            restart: element
                .child("w:lvlRestart")
                .and_then(number)
                .map(|n| u8::try_from(n).unwrap_or(9)),
        }
    }
}

/// Counts the paragraphs of lists, in document order.
pub(crate) struct Counter<'n> {
    numbering: &'n Numbering,
    /// By definition: the number each level has reached, none before its first.
    counts: BTreeMap<&'n str, [Option<u32>; LEVELS]>,
    /// Which starts of which instances were used.
    begun: BTreeSet<(&'n str, u8)>,
}

impl Counter<'_> {
    /// Returns the number printed before the next paragraph of a list; nothing for bullets and
    /// for lists that are not defined.
    pub(crate) fn next(&mut self, list: &str, level: u8) -> String {
        let level = level.min(8);
        let Some((name, found)) = self.numbering.lists.get_key_value(list) else {
            return String::new();
        };
        let Some((definition, _)) = self.numbering.definitions.get_key_value(&found.definition)
        else {
            return String::new();
        };
        let counts = self.counts.entry(definition).or_default();
        let start = |level: u8| {
            let own = found.starts.get(&level).copied();
            own.or_else(|| self.numbering.level(found, level).map(|level| level.start)).unwrap_or(1)
        };
        let overridden = found.starts.contains_key(&level) && self.begun.insert((name, level));
        let at = usize::from(level);
        counts[at] = Some(match counts[at] {
            Some(count) if !overridden => count.saturating_add(1),
            Some(_) | None => start(level),
        });
        for upper in 0..level {
            counts[usize::from(upper)].get_or_insert_with(|| start(upper));
        }
        for lower in level + 1..9 {
            let restart = self.numbering.level(found, lower).and_then(|level| level.restart);
            let restarts = restart.is_none_or(|restart| level < restart);
            if restarts {
                counts[usize::from(lower)] = None;
            }
        }
        let counts = *counts;
        self.print(found, level, &counts)
    }

    fn print(&self, list: &List, level: u8, counts: &[Option<u32>; LEVELS]) -> String {
        let Some(own) = self.numbering.level(list, level) else { return String::new() };
        let mut printed = String::new();
        let mut letters = own.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let digit = letters.peek().and_then(|next| next.to_digit(10)).filter(|_| letter == '%');
            let Some(digit) = digit.filter(|digit| (1..=9).contains(digit)) else {
                printed.push(letter);
                continue;
            };
            letters.next();
            let named = u8::try_from(digit - 1).unwrap_or(0);
            let format = match self.numbering.level(list, named) {
                Some(_) if own.is_legal => "decimal",
                Some(level) => &level.format,
                None => "decimal",
            };
            let count = counts[usize::from(named)].unwrap_or(1);
            if format == "bullet" {
                return String::new();
            }
            printed.push_str(&written(count, format));
        }
        if own.format == "bullet" || own.format == "none" && !own.text.contains('%') {
            return String::new();
        }
        printed
    }
}

/// Writes a number as a format of Word does.
fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number, 'a'),
        "upperLetter" => letters(number, 'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        _ => number.to_string(),
    }
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// a … z, aa … zz, aaa …
fn letters(number: u32, first: char) -> String {
    let Some(at) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from_u32(u32::from(first) + at % 26).unwrap_or(first);
    // A list of a million items does not print a letter forty thousand times.
    let times = (at / 26 + 1).min(64) as usize;
    std::iter::repeat_n(letter, times).collect()
}

/// Writes a number in Roman numerals; those above 3,999 stay arabic.
pub(crate) fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
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
    if number == 0 || 3_999 < number {
        return number.to_string();
    }
    let mut left = number;
    let mut written = String::new();
    for (value, numeral) in STEPS {
        while value <= left {
            written.push_str(numeral);
            left -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::Xml;

    fn numbering(body: &str) -> Numbering {
        let whole = format!(
            "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{body}</w:numbering>"
        );
        Numbering::read(Xml::read(whole.as_bytes()).unwrap().root().unwrap())
    }

    const TREATY: &str = "<w:abstractNum w:abstractNumId='7'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='Chapter %1'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='Article %2'/><w:lvlRestart w:val='0'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%3)'/></w:lvl>\
        </w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='2'><w:startOverride w:val='5'/></w:lvlOverride></w:num>";

    #[test]
    fn levels_count_start_anew_and_run_on_as_defined() {
        let numbering = numbering(TREATY);
        let mut counter = numbering.counter();
        let printed: Vec<String> =
            [0, 1, 2, 2, 1, 2, 0, 1].into_iter().map(|level| counter.next("1", level)).collect();
        assert_eq!(
            printed,
            ["Chapter I", "Article 1", "(a)", "(b)", "Article 2", "(a)", "Chapter II", "Article 3"]
        );
        assert_eq!(counter.next("2", 2), "(e)");
        assert_eq!(counter.next("2", 2), "(f)");
        assert_eq!(counter.next("9", 0), "");
    }

    #[test]
    fn numbers_are_written_as_word_does() {
        for (number, format, expected) in [
            (4, "upperRoman", "IV"),
            (27, "lowerLetter", "aa"),
            (3, "ordinal", "3rd"),
            (112, "ordinal", "112th"),
            (0, "lowerRoman", "0"),
        ] {
            assert_eq!(written(number, format), expected);
        }
        let endless = written(u32::MAX, "lowerLetter");
        assert!(endless.len() < 100);
    }
}
