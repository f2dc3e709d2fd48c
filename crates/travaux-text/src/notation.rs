//! How a bracketed text is written in plain characters: for reading, and so that it reads back.
//!
//! [`un_text`] follows UN practice: disputed words stand in square brackets, alternatives beside
//! each other, parted by an oblique, brackets nest. [`notation`] loses nothing: each alternative
//! ends with its readers in braces, and the five characters that have a meaning are escaped.
//!
//! **Invariant:** parse(print(T)) = T for the notation. What a real draft's brackets mean is the
//! business of an importer; this module reads only what it wrote.

use std::fmt;

use crate::node::{Alternative, NameError, Node, Reader, Readers, SideName, push_text};
use crate::sheet;

/// Writes `nodes` as a UN draft prints them, for people: `The Parties [shall / should] report`.
///
/// `attribution` gives what stands in parentheses behind an alternative, if anything. Reading
/// nothing is written as `no text`, or not at all where the brackets hold a single text and nobody
/// is to be named for leaving it out. A bracket of one alternative names nobody: who asked for it
/// is said behind the provision. White space that opens or closes all texts of a bracket
/// stands outside it.
pub fn un_text(nodes: &[Node], attribution: &dyn Fn(&Alternative) -> Option<String>) -> String {
    sheet::plain_pieces(&sheet::pieces(nodes, attribution))
}

/// Attributes no alternative to anybody, for [`un_text`].
pub fn unattributed(_: &Alternative) -> Option<String> {
    None
}

/// What is written where an alternative holds no text.
pub(crate) const NO_TEXT: &str = "no text";

/// Returns the white space with which all of `texts` begin, and that with which all end; nothing
/// where one of them would be used up.
pub(crate) fn shared_space<'a>(texts: &[&'a str]) -> (&'a str, &'a str) {
    let Some(&first) = texts.first() else { return ("", "") };
    let inner = first.trim_start();
    let before = &first[..first.len() - inner.len()];
    let after = &inner[inner.trim_end().len()..];
    let opens = |text: &&str| text.len() - text.trim_start().len() == before.len();
    let closes = |text: &&str| text.len() - text.trim_end().len() == after.len();
    if texts.iter().any(|text| text.trim().is_empty()) {
        return ("", "");
    }
    let all_open = texts.iter().all(|text| opens(text) && text.starts_with(before));
    let all_close = texts.iter().all(|text| closes(text) && text.ends_with(after));
    (if all_open { before } else { "" }, if all_close { after } else { "" })
}

/// Writes `nodes` so that [`parse`] gives them back: `The Parties [shall{base, A} / may{B}] report`.
pub fn notation(nodes: &[Node]) -> String {
    let mut text = String::new();
    write(nodes, &mut text);
    text
}

fn write(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape(text, &['\\', '[', ']', '{', '}'], out),
            Node::Choice(alternatives) => {
                for (at, alternative) in alternatives.iter().enumerate() {
                    out.push_str(if at == 0 { "[" } else { " / " });
                    write(&alternative.nodes, out);
                    out.push('{');
                    for (at, reader) in alternative.by.iter().enumerate() {
                        out.push_str(if at == 0 { "" } else { ", " });
                        escape(reader.as_str(), &['\\', ',', '{', '}'], out);
                    }
                    out.push('}');
                }
                out.push(']');
            }
        }
    }
}

/// Appends `text` with a backslash before each of the `special` characters.
pub(crate) fn escape(text: &str, special: &[char], out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (before, escaped) = rest.split_at(at);
        out.push_str(before);
        out.push('\\');
        let character = escaped.chars().next().map_or(0, char::len_utf8);
        out.push_str(&escaped[..character]);
        rest = &escaped[character..];
    }
    out.push_str(rest);
}

/// Says where a text departs from the notation, and what was expected there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NotationError {
    /// Offset in bytes.
    pub offset: usize,
    /// What is wrong there.
    pub fault: NotationFault,
}

/// What is wrong with a text that should be in the notation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotationFault {
    /// A bracket or brace is closed that is not open, or opened where none may stand.
    Unexpected(char),
    /// The text ends within a bracket, a brace or an escape.
    Ends,
    /// Behind an alternative's readers neither ` / ` nor `]` stands.
    NoSeparator,
    /// Only the characters that have a meaning are escaped.
    Escape(char),
    /// Something that cannot name a side stands among the readers.
    Name(NameError),
    /// Brackets are nested deeper than [`DEPTH_MAX`].
    TooDeep,
}

/// The number of brackets within brackets up to which a text is read.
pub const DEPTH_MAX: usize = 250;

impl NotationError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        match self.fault {
            NotationFault::Unexpected(_) => "write a backslash before a literal [ ] { } or \\",
            NotationFault::Ends => "close every `[` with `]` and every `{` with `}`",
            NotationFault::NoSeparator => "part alternatives as in [shall{base} / may{A}]",
            NotationFault::Escape(_) => "write \\\\ for a literal backslash",
            NotationFault::Name(error) => error.hint(),
            NotationFault::TooDeep => "print the text again with fewer nested alternatives",
        }
    }
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read bracketed text at offset {}: ", self.offset)?;
        match self.fault {
            NotationFault::Unexpected(found) => write!(f, "`{found}` has no partner"),
            NotationFault::Ends => f.write_str("the text ends too early"),
            NotationFault::NoSeparator => f.write_str("neither ` / ` nor `]` follows `}`"),
            NotationFault::Escape(found) => write!(f, "`\\{found}` is no escape"),
            NotationFault::Name(error) => write!(f, "{error}"),
            NotationFault::TooDeep => {
                write!(f, "brackets are nested more than {DEPTH_MAX} deep")
            }
        }
    }
}

impl std::error::Error for NotationError {}

/// Reads what [`notation`] wrote.
///
/// # Errors
///
/// Says at which offset the text departs from the notation.
pub fn parse(text: &str) -> Result<Vec<Node>, NotationError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let nodes = parser.nodes()?;
    match parser.peek() {
        None => Ok(nodes),
        Some(found) => Err(parser.fault(NotationFault::Unexpected(found))),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn fault(&self, fault: NotationFault) -> NotationError {
        NotationError { offset: self.at, fault }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, expected: &str) -> bool {
        let found = self.text[self.at..].starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    /// Reads up to the end, or to a character that only somebody outside can make sense of.
    fn nodes(&mut self) -> Result<Vec<Node>, NotationError> {
        let mut nodes = Vec::new();
        loop {
            let text = self.unescape(&['[', ']', '{', '}'], &['\\', '[', ']', '{', '}'])?;
            push_text(&mut nodes, &text);
            if self.peek() != Some('[') {
                return Ok(nodes);
            }
            if self.depth == DEPTH_MAX {
                return Err(self.fault(NotationFault::TooDeep));
            }
            self.depth += 1;
            nodes.push(self.choice()?);
            self.depth -= 1;
        }
    }

    fn choice(&mut self) -> Result<Node, NotationError> {
        let mut alternatives = Vec::new();
        self.eat("[");
        loop {
            let nodes = self.nodes()?;
            if !self.eat("{") {
                let fault = self.peek().map_or(NotationFault::Ends, NotationFault::Unexpected);
                return Err(self.fault(fault));
            }
            let by = self.readers()?;
            alternatives.push(Alternative { by, nodes });
            if self.eat("]") {
                return Ok(Node::Choice(alternatives));
            }
            if !self.eat(" / ") {
                return Err(self.fault(NotationFault::NoSeparator));
            }
        }
    }

    fn readers(&mut self) -> Result<Readers, NotationError> {
        let mut readers = Vec::new();
        loop {
            let start = self.at;
            let name = self.unescape(&[',', '{', '}'], &['\\', ',', '{', '}'])?;
            readers.push(if name == "base" {
                Reader::Base
            } else {
                let fault =
                    |error| NotationError { offset: start, fault: NotationFault::Name(error) };
                Reader::Side(SideName::new(&name).map_err(fault)?)
            });
            if self.eat("}") {
                return Ok(readers.into_iter().collect());
            }
            if !self.eat(", ") {
                let fault = self.peek().map_or(NotationFault::Ends, NotationFault::Unexpected);
                return Err(self.fault(fault));
            }
        }
    }

    /// Reads characters up to one of `stops`, or to the end.
    fn unescape(&mut self, stops: &[char], special: &[char]) -> Result<String, NotationError> {
        let mut text = String::new();
        while let Some(character) = self.peek().filter(|character| !stops.contains(character)) {
            if character == '\\' {
                match self.text[self.at + 1..].chars().next() {
                    Some(escaped) if special.contains(&escaped) => {
                        text.push(escaped);
                        self.at += 2;
                    }
                    Some(other) => return Err(self.fault(NotationFault::Escape(other))),
                    None => return Err(self.fault(NotationFault::Ends)),
                }
            } else {
                text.push(character);
                self.at += character.len_utf8();
            }
        }
        Ok(text)
    }
}
