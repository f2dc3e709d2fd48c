//! The notation of the practice negotiation's logs: dated lists of acts in Markdown.
//!
//! `## 2024-06-03` dates what follows. `- verb words by X on Y "…"` is an act; the indented lines
//! below it are its particulars (`note: …`) or, under a proposal, its edits. Other lines are prose
//! for the reader. This module does not know what any verb means.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

/// A mistake in a source file, with the place to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {reason}", file.display())]
pub(super) struct SourceError {
    /// The file.
    pub(super) file: PathBuf,
    /// The line, counted from one; zero means the file as a whole.
    pub(super) line: usize,
    /// What is wrong, and what was expected.
    pub(super) reason: String,
}

/// One word of a line, or a passage between straight quotation marks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// A word, without a comma or colon behind it.
    Word(String),
    /// What stood between quotation marks, to the byte.
    Quoted(String),
}

impl Token {
    /// Returns the words without saying whether they were quoted.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Quoted(text) => text,
        }
    }

    fn is_quoted(&self) -> bool {
        matches!(self, Self::Quoted(_))
    }
}

/// Splits a line into words and quoted passages.
pub(super) fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some((inside, behind)) = quoted.split_once('"') else {
                return Err("a quotation mark is opened and not closed".to_owned());
            };
            found.push(Token::Quoted(inside.to_owned()));
            rest = behind.trim_start_matches([',', ':']).trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches([',', ':']);
            if !word.is_empty() {
                found.push(Token::Word(word.to_owned()));
            }
            rest = rest[end..].trim_start();
        }
    }
    Ok(found)
}

/// The words that open a clause of an act.
const CLAUSES: [&str; 17] = [
    "after",
    "aligned",
    "amends",
    "at",
    "because",
    "by",
    "due",
    "for",
    "from",
    "in",
    "needing",
    "on",
    "planned",
    "remedy",
    "supported",
    "to",
    "until",
];

/// The particulars any act may carry; what else is indented is an edit.
const PARTICULARS: [&str; 37] = [
    "about",
    "abstain",
    "at",
    "audience",
    "becomes",
    "body",
    "caution",
    "condition",
    "date",
    "delay",
    "depositary",
    "document",
    "evidence",
    "hindsight",
    "instruments",
    "interests",
    "key",
    "machine",
    "mandate",
    "movers",
    "needing",
    "no",
    "note",
    "opening",
    "option",
    "outcome",
    "programme",
    "provisions",
    "published",
    "reason",
    "result",
    "rule",
    "rules",
    "session",
    "short",
    "sponsors",
    "strike",
];

/// More of them; kept apart only so that each list is short enough to read.
const MORE_PARTICULARS: [&str; 7] = ["adopted", "symbol", "text", "until", "words", "yes", "label"];

/// An indented line that is no particular.
#[derive(Clone, Debug)]
pub(super) struct Detail {
    /// Its line in the file.
    pub(super) line: usize,
    /// Its words.
    pub(super) text: String,
}

/// One act of a log.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Where it stands.
    file: PathBuf,
    /// Its line in the file.
    pub(super) line: usize,
    /// The day of the heading it stands under: when it was recorded.
    pub(super) date: Date,
    /// What was done.
    pub(super) verb: String,
    /// What stands between the verb and the first clause.
    pub(super) words: Vec<Token>,
    clauses: BTreeMap<String, Vec<Token>>,
    particulars: BTreeMap<String, String>,
    /// The edits of a proposal, or the options of a question.
    pub(super) details: Vec<Detail>,
}

impl Item {
    /// Reads the first line of an act.
    pub(super) fn of_line(
        place: (&Path, usize),
        date: Date,
        text: &str,
    ) -> Result<Self, SourceError> {
        let (file, line) = (place.0.to_owned(), place.1);
        let mut item = Self {
            file,
            line,
            date,
            verb: String::new(),
            words: Vec::new(),
            clauses: BTreeMap::new(),
            particulars: BTreeMap::new(),
            details: Vec::new(),
        };
        let mut all = tokens(text).map_err(|reason| item.error(reason))?.into_iter();
        match all.next() {
            Some(Token::Word(verb)) => item.verb = verb,
            Some(Token::Quoted(_)) | None => return Err(item.error("an act opens with a verb")),
        }
        let mut clause: Option<String> = None;
        for token in all {
            match (&token, &clause) {
                (Token::Word(word), _) if CLAUSES.contains(&word.as_str()) => {
                    if item.clauses.insert(word.clone(), Vec::new()).is_some() {
                        return Err(item.error(format!("two clauses open with {word:?}")));
                    }
                    clause = Some(word.clone());
                }
                (Token::Word(word), _) if word == "and" => {}
                (_, Some(open)) => item.clauses.entry(open.clone()).or_default().push(token),
                (_, None) => item.words.push(token),
            }
        }
        Ok(item)
    }

    /// Reads `text` as the first line of another act, with the particulars of this one.
    pub(super) fn restated(&self, text: &str) -> Result<Self, SourceError> {
        let mut item = Self::of_line((&self.file, self.line), self.date, text)?;
        item.particulars.clone_from(&self.particulars);
        Ok(item)
    }

    /// Makes an error that names this act's place.
    pub(super) fn error(&self, reason: impl Into<String>) -> SourceError {
        self.error_at(self.line, reason)
    }

    /// Makes an error that names a line below this act.
    pub(super) fn error_at(&self, line: usize, reason: impl Into<String>) -> SourceError {
        SourceError { file: self.file.clone(), line, reason: reason.into() }
    }

    /// Returns a particular, if given.
    pub(super) fn particular(&self, key: &str) -> Option<&str> {
        self.particulars.get(key).map(String::as_str)
    }

    /// Returns a particular's text, empty where it is not given.
    pub(super) fn text(&self, key: &str) -> String {
        self.particular(key).unwrap_or_default().to_owned()
    }

    /// Returns a particular that this verb can't do without.
    pub(super) fn needs(&self, key: &str) -> Result<&str, SourceError> {
        self.particular(key)
            .ok_or_else(|| self.error(format!("{} needs a line {key:?} below it", self.verb)))
    }

    /// Returns a comma-separated particular.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let given = self.particular(key).unwrap_or_default();
        given.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// Returns the words of a clause, none where the act has no such clause.
    pub(super) fn clause(&self, keyword: &str) -> Vec<String> {
        let clause = self.clauses.get(keyword).into_iter().flatten();
        clause.filter(|token| !token.is_quoted()).map(|token| token.text().to_owned()).collect()
    }

    /// Returns the first word of a clause.
    pub(super) fn clause_word(&self, keyword: &str) -> Option<String> {
        self.clause(keyword).into_iter().next()
    }

    /// Returns the quoted passage of a clause.
    pub(super) fn clause_quoted(&self, keyword: &str) -> Option<String> {
        let clause = self.clauses.get(keyword).into_iter().flatten();
        clause.filter(|token| token.is_quoted()).map(|token| token.text().to_owned()).next()
    }

    /// Returns the unquoted words before the first clause.
    pub(super) fn names(&self) -> Vec<String> {
        let words = self.words.iter().filter(|token| !token.is_quoted());
        words.map(|token| token.text().to_owned()).collect()
    }

    /// Returns the `ordinal`-th unquoted word before the first clause, counted from zero.
    pub(super) fn name(&self, ordinal: usize) -> Result<String, SourceError> {
        self.names().into_iter().nth(ordinal).ok_or_else(|| {
            self.error(format!("{} needs {} words behind it", self.verb, ordinal + 1))
        })
    }

    /// Returns the `ordinal`-th quoted passage before the first clause, counted from zero.
    pub(super) fn quoted(&self, ordinal: usize) -> Option<String> {
        let quoted = self.words.iter().filter(|token| token.is_quoted());
        quoted.map(|token| token.text().to_owned()).nth(ordinal)
    }

    /// Returns the quoted passage that this verb can't do without.
    pub(super) fn needs_quoted(&self, ordinal: usize) -> Result<String, SourceError> {
        self.quoted(ordinal)
            .ok_or_else(|| self.error(format!("{} needs words in quotation marks", self.verb)))
    }

    fn add_detail(&mut self, line: usize, text: &str) -> Result<(), SourceError> {
        let (key, value) = text.split_once(':').unwrap_or((text, ""));
        if PARTICULARS.contains(&key) || MORE_PARTICULARS.contains(&key) {
            let before = self.particulars.insert(key.to_owned(), value.trim().to_owned());
            return match before {
                None => Ok(()),
                Some(_) => Err(self.error_at(line, format!("a second line {key:?}"))),
            };
        }
        self.details.push(Detail { line, text: text.to_owned() });
        Ok(())
    }
}

/// Reads a log.
///
/// # Errors
/// At the first line that is not in the notation.
pub(super) fn read(file: &Path, content: &str) -> Result<Vec<Item>, SourceError> {
    let mut items: Vec<Item> = Vec::new();
    let mut date = None;
    for (index, text) in content.lines().enumerate() {
        let line = index + 1;
        let error =
            |reason: &str| SourceError { file: file.to_owned(), line, reason: reason.to_owned() };
        if let Some(heading) = text.strip_prefix("## ") {
            let read = heading.trim().parse::<Date>();
            date = Some(read.map_err(|given| {
                error(&format!("a heading of rank two is a date, YYYY-MM-DD: {given}"))
            })?);
        } else if let Some(act) = text.strip_prefix("- ") {
            let date = date.ok_or_else(|| error("an act stands under a dated heading"))?;
            items.push(Item::of_line((file, line), date, act)?);
        } else if let Some(detail) = text.strip_prefix("  ") {
            let item = items.last_mut().ok_or_else(|| error("indented, but under no act"))?;
            item.add_detail(line, detail.trim())?;
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(content: &str) -> Item {
        read(Path::new("log.md"), content).unwrap().remove(0)
    }

    #[test]
    fn an_act_is_a_verb_its_words_and_its_clauses() {
        let item = read_one(
            "## 2024-06-03\n- seek package \"That it be agreed\" on document revised\n  note: At noon.",
        );
        assert_eq!(item.verb, "seek");
        assert_eq!(item.names(), ["package"]);
        assert_eq!(item.quoted(0).as_deref(), Some("That it be agreed"));
        assert_eq!(item.clause("on"), ["document", "revised"]);
        assert_eq!(item.text("note"), "At noon.");
    }

    #[test]
    fn what_is_indented_and_no_particular_is_an_edit() {
        let item = read_one("## 2024-06-03\n- table A by X, Y\n  notice.1: suppress\n");
        assert_eq!(item.clause("by"), ["X", "Y"]);
        assert_eq!(
            (item.details[0].line, item.details[0].text.as_str()),
            (3, "notice.1: suppress")
        );
    }

    #[test]
    fn a_mistake_names_its_file_and_line() {
        for (content, said) in [
            ("- table A", "log.md:1: an act stands under a dated heading"),
            ("## soon", "log.md:1: a heading of rank two is a date, YYYY-MM-DD: "),
            ("## 2024-06-03\n- table A \"x", "log.md:2: a quotation mark is opened and not closed"),
            ("## 2024-06-03\n- join A by X by Y", "log.md:2: two clauses open with \"by\""),
        ] {
            let error = read(Path::new("log.md"), content).unwrap_err().to_string();
            assert!(error.starts_with(said), "{error}");
        }
    }
}
