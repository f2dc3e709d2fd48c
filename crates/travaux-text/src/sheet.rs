//! A text laid out for any page: its provisions in order, each with what is printed of it, in pieces.
//!
//! It is what the printed forms share: plain characters, a Word file, HTML, PDF. Brackets, obliques and
//! names are pieces of their own, so that a form can set them apart; put one behind the other, the
//! pieces are the text in plain characters.
//!
//! **Invariant:** a sheet holds what [`crate::un_text`] prints, and nothing else. It knows no fonts and
//! no files.

use crate::issued::IssuedText;
use crate::node::{Alternative, Node, Readers};
use crate::notation::{NO_TEXT, shared_space};
use crate::provision::{ProvisionId, ProvisionKind};
use crate::setting::{self, Block};

/// A text laid out for a page.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sheet {
    /// Its provisions, in order.
    pub blocks: Vec<SheetBlock>,
}

/// What stands at the head of a document, as United Nations documents have it. Anything may be empty.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Cover {
    /// The body or conference.
    pub body: String,
    /// The symbol of the document.
    pub symbol: String,
    /// How far it is distributed, for instance "General" or "Limited".
    pub distribution: String,
    /// Its date, as it is printed.
    pub date: String,
    /// Its title.
    pub title: String,
    /// What kind of document it is, for instance "Text as wanted by Norway".
    pub subtitle: String,
    /// What its reader has to know first: cautions, and what the text is not.
    pub remarks: Vec<String>,
}

/// What is printed of one provision at one place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SheetBlock {
    /// The provision.
    pub id: ProvisionId,
    /// Its rank, which decides how it is set.
    pub kind: ProvisionKind,
    /// How many subparagraphs it stands in, itself included.
    pub level: usize,
    /// Its number as printed; may be empty.
    pub number: String,
    /// Its heading; may be empty.
    pub heading: Vec<SheetPiece>,
    /// Its words: one line, or one for each option.
    pub texts: Vec<Vec<SheetPiece>>,
    /// Whether a bracket around the whole of it opens here.
    pub is_opened: bool,
    /// What is said behind its words, with a space before: who asked for brackets, "[agreed ad ref.]".
    pub remark: String,
    /// What closes brackets around this provision, or those above it that end here.
    pub closing: String,
}

/// A piece of a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SheetPiece {
    /// Words of the text.
    Text(String),
    /// A bracket, an oblique or a word of the draft about itself.
    Mark(String),
    /// Who is named with an alternative, in parentheses, with a space before.
    Attribution(String),
    /// One alternative of a bracket.
    Alternative(SheetAlternative),
}

/// One alternative of a bracket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SheetAlternative {
    /// Who reads so: the base, or sides by key. A reader is not a supporter.
    pub by: Readers,
    /// Who is named with it, if anybody.
    pub names: Option<String>,
    /// Its words, with the brackets in them; last, who is named.
    pub pieces: Vec<SheetPiece>,
}

impl Sheet {
    /// Sets the sheet in plain characters, as United Nations documents do.
    pub fn plain(&self) -> String {
        let blocks: Vec<String> = self.blocks.iter().map(SheetBlock::plain).collect();
        let mut text = blocks.join("\n\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

impl SheetBlock {
    /// Returns its number as it is set before its words: "Article 4", "2.", "(a)".
    pub fn caption(&self) -> String {
        setting::caption(self.kind, &self.number)
    }

    /// Sets it in plain characters.
    pub fn plain(&self) -> String {
        let texts: Vec<String> = self.texts.iter().map(|pieces| plain_pieces(pieces)).collect();
        let mut set = self.set(&plain_pieces(&self.heading), &texts.join("\n\n"));
        set.push_str(&self.remark);
        if self.is_opened {
            let indent = set.len() - set.trim_start_matches(' ').len();
            set.insert(indent, '[');
        }
        set.push_str(&self.closing);
        set
    }

    /// Sets its number, a heading and words in lines; nothing where it has none of them.
    fn set(&self, heading: &str, text: &str) -> String {
        Block { kind: self.kind, level: self.level, number: &self.number, heading, text }.set()
    }

    /// Reports whether there is nothing to print before what is said behind its words.
    pub(crate) fn is_blank(&self) -> bool {
        let has_text = self.texts.iter().any(|pieces| !plain_pieces(pieces).is_empty());
        self.caption().is_empty() && plain_pieces(&self.heading).is_empty() && !has_text
    }
}

impl IssuedText {
    /// Lays the text out without brackets; provisions of which nothing is printed are left out.
    pub fn sheet(&self) -> Sheet {
        let line = |text: &str| -> Vec<SheetPiece> {
            if text.is_empty() { Vec::new() } else { vec![SheetPiece::Text(text.to_owned())] }
        };
        let blocks = self.provisions().iter().map(|provision| SheetBlock {
            id: provision.id.clone(),
            kind: provision.kind,
            level: self.level(&provision.id),
            number: provision.number.clone(),
            heading: match provision.kind {
                // The title is its words; its heading only names it for the reader of a list.
                ProvisionKind::Title if !provision.text.is_empty() => Vec::new(),
                _ => line(&provision.heading),
            },
            texts: vec![line(&provision.text)],
            is_opened: false,
            remark: String::new(),
            closing: String::new(),
        });
        Sheet { blocks: blocks.filter(|block| !block.is_blank()).collect() }
    }
}

/// Returns pieces in plain characters.
pub fn plain_pieces(pieces: &[SheetPiece]) -> String {
    let mut text = String::new();
    add_plain(pieces, &mut text);
    text
}

fn add_plain(pieces: &[SheetPiece], text: &mut String) {
    for piece in pieces {
        match piece {
            SheetPiece::Text(words) | SheetPiece::Mark(words) | SheetPiece::Attribution(words) => {
                text.push_str(words);
            }
            SheetPiece::Alternative(alternative) => add_plain(&alternative.pieces, text),
        }
    }
}

/// Lays out `nodes` as a UN draft prints them; see [`crate::un_text`].
pub(crate) fn pieces(
    nodes: &[Node],
    attribution: &dyn Fn(&Alternative) -> Option<String>,
) -> Vec<SheetPiece> {
    let mut pieces = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) => push_text(&mut pieces, text),
            Node::Choice(alternatives) => choice(alternatives, attribution, &mut pieces),
        }
    }
    pieces
}

fn choice(
    alternatives: &[Alternative],
    attribution: &dyn Fn(&Alternative) -> Option<String>,
    out: &mut Vec<SheetPiece>,
) {
    // Brackets asked for without an alternative: nobody's text is another one.
    if let [alone] = alternatives {
        mark(out, "[");
        let pieces = pieces(&alone.nodes, attribution);
        out.push(SheetPiece::Alternative(SheetAlternative {
            by: alone.by.clone(),
            names: None,
            pieces,
        }));
        mark(out, "]");
        return;
    }
    let laid: Vec<Vec<SheetPiece>> =
        alternatives.iter().map(|alternative| pieces(&alternative.nodes, attribution)).collect();
    let texts: Vec<String> = laid.iter().map(|pieces| plain_pieces(pieces)).collect();
    let printed: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
    let (before, after) = shared_space(&printed);
    push_text(out, before);
    mark(out, "[");
    let mut is_first = true;
    for ((alternative, text), mut inner) in alternatives.iter().zip(&texts).zip(laid) {
        let names = attribution(alternative);
        let is_worded =
            !text.is_empty() && text.strip_prefix(before).is_some_and(|text| text.ends_with(after));
        if is_worded {
            trim(&mut inner, before.len(), after.len());
        } else if names.is_none() && printed.len() < 2 {
            continue;
        } else {
            inner = vec![SheetPiece::Mark(NO_TEXT.to_owned())];
        }
        if !is_first {
            mark(out, " / ");
        }
        is_first = false;
        out.push(SheetPiece::Alternative(named(alternative, names, inner)));
    }
    mark(out, "]");
    push_text(out, after);
}

/// Makes an alternative of what is printed of it and who is named.
pub(crate) fn named(
    alternative: &Alternative,
    names: Option<String>,
    mut pieces: Vec<SheetPiece>,
) -> SheetAlternative {
    pieces.extend(names.as_ref().map(|names| SheetPiece::Attribution(format!(" ({names})"))));
    SheetAlternative { by: alternative.by.clone(), names, pieces }
}

pub(crate) fn mark(pieces: &mut Vec<SheetPiece>, mark: impl Into<String>) {
    pieces.push(SheetPiece::Mark(mark.into()));
}

pub(crate) fn push_text(pieces: &mut Vec<SheetPiece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(SheetPiece::Text(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(SheetPiece::Text(text.to_owned()));
    }
}

/// Takes so many bytes of white space off both ends; they stand in texts, since nothing else begins
/// or ends with white space.
pub(crate) fn trim(pieces: &mut Vec<SheetPiece>, before: usize, after: usize) {
    if let Some(SheetPiece::Text(first)) = pieces.first_mut() {
        first.drain(..before.min(first.len()));
    }
    if let Some(SheetPiece::Text(last)) = pieces.last_mut() {
        last.truncate(last.len().saturating_sub(after));
    }
    pieces.retain(|piece| !matches!(piece, SheetPiece::Text(text) if text.is_empty()));
}
