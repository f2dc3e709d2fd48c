//! A redline in plain characters, from which both texts can be read back.
//!
//! | written | stands for |
//! |---|---|
//! | `{--words--}` | struck out |
//! | `{++words++}` | added |
//! | `{>>1:words>>}` | moved away from here: the first move |
//! | `{<<1:words<<}` | moved here, with `{--…--}` and `{++…++}` where they changed on the way |
//! | `\{` `\}` `\\` | a brace or a backslash of the text |
//!
//! The signs for what is struck out and added are those of `CriticMarkup`. Square brackets are left
//! alone: in a draft they mean something else.

use std::fmt::Write as _;

use super::{Redline, RedlinePiece};
use crate::notation::escape;

/// What of a text is written with a backslash before it.
const SPECIAL: [char; 3] = ['{', '}', '\\'];

impl Redline<'_> {
    /// Writes it in plain characters.
    pub fn notation(&self) -> String {
        let mut out = String::new();
        write(&self.pieces, &mut out);
        out
    }
}

fn write(pieces: &[RedlinePiece<'_>], out: &mut String) {
    for piece in pieces {
        match piece {
            RedlinePiece::Same(text) => escape(text, &SPECIAL, out),
            RedlinePiece::Deleted(text) => {
                out.push_str("{--");
                escape(text, &SPECIAL, out);
                out.push_str("--}");
            }
            RedlinePiece::Inserted(text) => {
                out.push_str("{++");
                escape(text, &SPECIAL, out);
                out.push_str("++}");
            }
            RedlinePiece::MovedAway { mark, text } => {
                write!(out, "{{>>{mark}:").expect("a string takes all");
                escape(text, &SPECIAL, out);
                out.push_str(">>}");
            }
            RedlinePiece::MovedHere { mark, pieces } => {
                write!(out, "{{<<{mark}:").expect("a string takes all");
                write(pieces, out);
                out.push_str("<<}");
            }
        }
    }
}

/// Says where a redline in plain characters is not one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RedlineNotationError {
    /// The byte at which it cannot be read on.
    pub at: usize,
}

impl std::fmt::Display for RedlineNotationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "cannot read the redline: the brace or backslash at byte {} opens or closes nothing",
            self.at
        )
    }
}

impl std::error::Error for RedlineNotationError {}

/// What an open brace holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Within {
    Deleted,
    Inserted,
    Away,
    Here,
}

impl Within {
    const ALL: [Self; 4] = [Self::Deleted, Self::Inserted, Self::Away, Self::Here];

    fn sign(self) -> &'static str {
        match self {
            Self::Deleted => "--",
            Self::Inserted => "++",
            Self::Away => ">>",
            Self::Here => "<<",
        }
    }
}

/// Reads the old text and the new out of a redline in plain characters.
///
/// # Errors
/// When a brace or a backslash stands where the notation has none.
pub fn redline_texts(notation: &str) -> Result<(String, String), RedlineNotationError> {
    let (mut old, mut new) = (String::new(), String::new());
    let mut open: Vec<Within> = Vec::new();
    // What stands since the last brace; its last characters may turn out to be a closing sign.
    let mut words = String::new();
    let mut rest = notation;
    while let Some(c) = rest.chars().next() {
        let wrong = RedlineNotationError { at: notation.len() - rest.len() };
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().filter(|c| matches!(c, '{' | '}' | '\\'));
                words.push(escaped.ok_or(wrong)?);
                rest = &rest[1..];
            }
            '{' => {
                give(&open, &mut words, &mut old, &mut new);
                let within = Within::ALL.into_iter().find(|one| rest.starts_with(one.sign()));
                let within = within.ok_or(wrong)?;
                rest = &rest[within.sign().len()..];
                if matches!(within, Within::Away | Within::Here) {
                    let (mark, behind) = rest.split_once(':').ok_or(wrong)?;
                    mark.parse::<usize>().ok().ok_or(wrong)?;
                    rest = behind;
                }
                open.push(within);
            }
            '}' => {
                let within = *open.last().ok_or(wrong)?;
                let inner = words.strip_suffix(within.sign()).ok_or(wrong)?.len();
                words.truncate(inner);
                give(&open, &mut words, &mut old, &mut new);
                open.pop();
            }
            _ => words.push(c),
        }
    }
    give(&open, &mut words, &mut old, &mut new);
    if open.is_empty() { Ok((old, new)) } else { Err(RedlineNotationError { at: notation.len() }) }
}

/// Gives words to the texts that hold them here. What changed within a move is struck out where the
/// old text held it, which is where it was moved from.
fn give(open: &[Within], words: &mut String, old: &mut String, new: &mut String) {
    let is_moved = open.len() > 1;
    let (is_old, is_new) = match open.last() {
        None => (true, true),
        Some(Within::Deleted) => (!is_moved, false),
        Some(Within::Away) => (true, false),
        Some(Within::Inserted | Within::Here) => (false, true),
    };
    if is_old {
        old.push_str(words);
    }
    if is_new {
        new.push_str(words);
    }
    words.clear();
}
