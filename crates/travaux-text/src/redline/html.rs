//! How a redline is written as a fragment of HTML.
//!
//! | element | class | stands for |
//! |---|---|---|
//! | `del`, `ins` | | struck out, added |
//! | `del` | `moved` | moved away from here; its `id` ends in `-from` |
//! | `ins` | `moved` | moved here; its `id` ends in `-to`; `del` and `ins` within it are what changed on the way |
//! | `a` | `mark` | the link from either end of a move to the other; not part of the text |
//!
//! The elements say by themselves what they are, to a screen reader too; colours and lines are the
//! page's. White space is kept as it is and wants `white-space: pre-wrap`. All text is escaped.

use std::fmt::Write as _;

use super::{Redline, RedlinePiece};
use crate::html::escape;

impl Redline<'_> {
    /// Writes it as a fragment of HTML.
    pub fn html(&self) -> String {
        let mut out = String::new();
        write(&self.pieces, &mut out);
        out
    }
}

fn write(pieces: &[RedlinePiece<'_>], out: &mut String) {
    for piece in pieces {
        match piece {
            RedlinePiece::Same(text) => escape(text, out),
            RedlinePiece::Deleted(text) => element("del", text, out),
            RedlinePiece::Inserted(text) => element("ins", text, out),
            RedlinePiece::MovedAway { mark, text } => {
                write!(
                    out,
                    "<del class=\"moved\" id=\"move-{mark}-from\">\
                     <a class=\"mark\" href=\"#move-{mark}-to\">moved away, {mark}</a>"
                )
                .expect("a string takes all");
                escape(text, out);
                out.push_str("</del>");
            }
            RedlinePiece::MovedHere { mark, pieces } => {
                write!(
                    out,
                    "<ins class=\"moved\" id=\"move-{mark}-to\">\
                     <a class=\"mark\" href=\"#move-{mark}-from\">moved here, {mark}</a>"
                )
                .expect("a string takes all");
                write(pieces, out);
                out.push_str("</ins>");
            }
        }
    }
}

fn element(name: &str, text: &str, out: &mut String) {
    write!(out, "<{name}>").expect("a string takes all");
    escape(text, out);
    write!(out, "</{name}>").expect("a string takes all");
}
