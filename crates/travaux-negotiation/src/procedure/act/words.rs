//! The words of a line, taken one after the other.

use super::ActError;

/// A word, or words in quotation marks.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
}

/// What is left of a line.
pub(super) struct Words {
    line: String,
    tokens: Vec<Token>,
    at: usize,
}

impl Words {
    /// Cuts a line into words; commas and colons behind a word do not count.
    pub(super) fn new(line: &str) -> Result<Self, ActError> {
        let mut tokens = Vec::new();
        let mut rest = line.trim();
        while let Some(first) = rest.chars().next() {
            if let Some(behind) = rest.strip_prefix('"') {
                let Some((quoted, after)) = behind.split_once('"') else {
                    return Err(ActError {
                        line: line.to_owned(),
                        expected: "a closing quotation mark".to_owned(),
                        found: "the end".to_owned(),
                    });
                };
                tokens.push(Token::Quoted(quoted.to_owned()));
                rest = after.trim_start();
            } else if first == ',' || first == ':' {
                rest = rest[1..].trim_start();
            } else {
                let end = rest.find([' ', '"', '\t', ',']).unwrap_or(rest.len());
                let word = rest[..end].trim_end_matches([':', ',']);
                if !word.is_empty() {
                    tokens.push(Token::Word(word.to_owned()));
                }
                rest = rest[end..].trim_start();
            }
        }
        Ok(Self { line: line.to_owned(), tokens, at: 0 })
    }

    /// Takes these words if they come next.
    pub(super) fn take(&mut self, phrase: &str) -> bool {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let is_next = wanted.iter().enumerate().all(|(ahead, wanted)| {
            matches!(self.tokens.get(self.at + ahead), Some(Token::Word(word)) if word == wanted)
        });
        if is_next {
            self.at += wanted.len();
        }
        is_next
    }

    /// Takes the next word.
    pub(super) fn word(&mut self, expected: &str) -> Result<String, ActError> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok(word.clone())
            }
            _ => Err(self.wrong(expected)),
        }
    }

    /// Takes words in quotation marks, if they come next.
    pub(super) fn quoted(&mut self) -> Option<String> {
        match self.tokens.get(self.at) {
            Some(Token::Quoted(words)) => {
                self.at += 1;
                Some(words.clone())
            }
            _ => None,
        }
    }

    /// Takes words up to one of `stops` or to quotation marks; at least one.
    pub(super) fn list(&mut self, expected: &str, stops: &[&str]) -> Result<Vec<String>, ActError> {
        let mut list = Vec::new();
        while let Some(Token::Word(word)) = self.tokens.get(self.at) {
            if stops.contains(&word.as_str()) {
                break;
            }
            if word != "and" {
                list.push(word.clone());
            }
            self.at += 1;
        }
        if list.is_empty() { Err(self.wrong(expected)) } else { Ok(list) }
    }

    /// Takes a number, if one comes next.
    pub(super) fn number(&mut self) -> Option<u32> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                let number = word.parse().ok()?;
                self.at += 1;
                Some(number)
            }
            _ => None,
        }
    }

    /// Says what was expected where the line stands.
    pub(super) fn wrong(&self, expected: &str) -> ActError {
        let found = match self.tokens.get(self.at) {
            Some(Token::Word(word)) => format!("{word:?}"),
            Some(Token::Quoted(words)) => format!("the words {words:?}"),
            None => "the end".to_owned(),
        };
        ActError { line: self.line.clone(), expected: expected.to_owned(), found }
    }

    /// Requires that nothing is left.
    pub(super) fn end(&self) -> Result<(), ActError> {
        if self.at < self.tokens.len() { Err(self.wrong("nothing more")) } else { Ok(()) }
    }
}
