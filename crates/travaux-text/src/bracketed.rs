//! Reads a bracketed draft as it is found: a lossless tree of its brackets, options and marks.
//!
//! Real drafts nest brackets to any depth, leave some of them open, set adjacent brackets side by
//! side as alternatives and print whole blocks as options. Reading never refuses and never drops a
//! byte: printing the tree gives the source back, and what could not be read is named in a
//! diagnostic. This module knows nothing of Markdown or Word beyond the marks that stand in the
//! text, and nothing of who wants what.

mod block;
mod count;

use std::ops::Range;

pub use block::{Block, BlockKind};
pub use count::{BracketCounts, Chapter};

/// The largest source that is read, in bytes; a treaty of a thousand pages has about four million.
pub const SOURCE_BYTES_MAX: usize = 32 << 20;

/// A bracketed draft, read.
#[derive(Clone, Debug)]
pub struct BracketedDraft<'t> {
    source: &'t str,
    brackets: Vec<Bracket>,
    blocks: Vec<Block>,
    diagnostics: Vec<BracketDiagnostic>,
}

/// One pair of square brackets, or half of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bracket {
    /// The byte of the opening bracket; none where only the closing one stands.
    pub open: Option<usize>,
    /// The byte of the closing bracket; none where it never closes.
    pub close: Option<usize>,
    /// The bracket it stands in, as an index into [`BracketedDraft::brackets`].
    pub parent: Option<usize>,
    /// How deep it stands: 1 for an outermost bracket, 0 for a closing one without partner.
    pub depth: usize,
    /// The bracket that stands beside it as its alternative, as an index: it follows at once, or
    /// behind white space on the same line, or behind a slash.
    pub alternative: Option<usize>,
}

impl Bracket {
    /// Returns the byte where it first shows.
    ///
    /// # Panics
    /// Never: a bracket has at least one half.
    pub fn first_byte(&self) -> usize {
        self.open.or(self.close).expect("a bracket has at least one half")
    }
}

/// Something in a draft that could not be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BracketDiagnostic {
    /// The line, counted from one.
    pub line: usize,
    /// The byte in the source.
    pub at: usize,
    /// What is wrong.
    pub fault: BracketFault,
}

/// What is wrong with a bracket.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum BracketFault {
    /// An opening bracket never closes.
    NeverCloses,
    /// A closing bracket has nothing to close.
    NeverOpened,
}

impl std::fmt::Display for BracketDiagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.fault {
            BracketFault::NeverCloses => write!(f, "line {}: this bracket never closes", self.line),
            BracketFault::NeverOpened => {
                write!(f, "line {}: this bracket closes nothing", self.line)
            }
        }
    }
}

/// A source too large to read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLarge {
    /// Its size in bytes.
    pub bytes: usize,
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the draft has {} bytes; at most {SOURCE_BYTES_MAX} are read, to bound memory",
            self.bytes
        )
    }
}

impl std::error::Error for TooLarge {}

/// A piece of the tree: text, or a bracket with what stands in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece<'t> {
    /// Text without brackets.
    Text(&'t str),
    /// An opening bracket; the index names it.
    Open(usize),
    /// A closing bracket; the index names it.
    Close(usize),
}

impl<'t> BracketedDraft<'t> {
    /// Reads `source`.
    ///
    /// A closing bracket closes the innermost bracket still open, across lines and paragraphs,
    /// since options and whole articles are bracketed too.
    ///
    /// # Errors
    /// When `source` is larger than [`SOURCE_BYTES_MAX`]; nothing else is refused.
    pub fn read(source: &'t str) -> Result<Self, TooLarge> {
        if source.len() > SOURCE_BYTES_MAX {
            return Err(TooLarge { bytes: source.len() });
        }
        let mut brackets = pair(source);
        link(source, &mut brackets);
        let diagnostics = diagnose(source, &brackets);
        let blocks = block::blocks(source);
        Ok(Self { source, brackets, blocks, diagnostics })
    }

    /// Returns the source as it was given.
    pub fn source(&self) -> &'t str {
        self.source
    }

    /// Returns the brackets, in the order of their first byte.
    pub fn brackets(&self) -> &[Bracket] {
        &self.brackets
    }

    /// Returns the blocks: maximal runs of lines between blank lines, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns what could not be read, by line.
    pub fn diagnostics(&self) -> &[BracketDiagnostic] {
        &self.diagnostics
    }

    /// Returns the pieces of the tree in reading order; printed one after the other they are the
    /// source.
    pub fn pieces(&self) -> Vec<Piece<'t>> {
        let mut edges: Vec<(usize, Piece<'t>)> = Vec::with_capacity(2 * self.brackets.len());
        for (index, bracket) in self.brackets.iter().enumerate() {
            edges.extend(bracket.open.map(|at| (at, Piece::Open(index))));
            edges.extend(bracket.close.map(|at| (at, Piece::Close(index))));
        }
        edges.sort_by_key(|&(at, _)| at);
        let mut pieces = Vec::with_capacity(2 * edges.len() + 1);
        let mut from = 0;
        for (at, edge) in edges {
            if from < at {
                pieces.push(Piece::Text(&self.source[from..at]));
            }
            pieces.push(edge);
            from = at + 1;
        }
        if from < self.source.len() {
            pieces.push(Piece::Text(&self.source[from..]));
        }
        pieces
    }

    /// Prints the tree: the source, to the byte.
    pub fn reprint(&self) -> String {
        let mut text = String::with_capacity(self.source.len());
        for piece in self.pieces() {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Open(_) => text.push('['),
                Piece::Close(_) => text.push(']'),
            }
        }
        text
    }

    /// Returns the bytes between the brackets of `bracket`, without them.
    ///
    /// A bracket that never closes reaches to the end of its block.
    pub fn inside(&self, bracket: &Bracket) -> Range<usize> {
        let from = bracket.open.map_or_else(|| bracket.close.unwrap_or(0), |open| open + 1);
        let to = bracket.close.unwrap_or_else(|| {
            let block = self.blocks.partition_point(|block| block.bytes.end < from);
            self.blocks.get(block).map_or(self.source.len(), |block| block.bytes.end)
        });
        from..to.max(from)
    }
}

/// Pairs the brackets of `source`: each closing one with the innermost that is open.
fn pair(source: &str) -> Vec<Bracket> {
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, byte) in source.bytes().enumerate() {
        let parent = open.last().copied();
        match byte {
            b'[' => {
                open.push(brackets.len());
                let depth = open.len();
                let bracket =
                    Bracket { open: Some(at), close: None, parent, depth, alternative: None };
                brackets.push(bracket);
            }
            b']' => match open.pop() {
                Some(index) => brackets[index].close = Some(at),
                None => brackets.push(Bracket {
                    open: None,
                    close: Some(at),
                    parent: None,
                    depth: 0,
                    alternative: None,
                }),
            },
            _ => {}
        }
    }
    brackets
}

/// Links each bracket to the one beside it: `[shall][should]`, `[a] / [b]`.
fn link(source: &str, brackets: &mut [Bracket]) {
    for index in 0..brackets.len() {
        let (Some(_), Some(close)) = (brackets[index].open, brackets[index].close) else {
            continue;
        };
        let mut behind =
            source[close + 1..].char_indices().skip_while(|&(_, c)| is_blank(c)).peekable();
        if behind.next_if(|&(_, c)| c == '/').is_some() {
            while behind.next_if(|&(_, c)| is_blank(c)).is_some() {}
        }
        if let Some((ahead, '[')) = behind.next() {
            let at = close + 1 + ahead;
            let beside = brackets.partition_point(|bracket| bracket.first_byte() < at);
            brackets[index].alternative = Some(beside);
        }
    }
}

/// Reports white space that stays on the line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

fn diagnose(source: &str, brackets: &[Bracket]) -> Vec<BracketDiagnostic> {
    let mut line = 1;
    let mut from = 0;
    let faulty = brackets.iter().filter_map(|bracket| match (bracket.open, bracket.close) {
        (Some(at), None) => Some((at, BracketFault::NeverCloses)),
        (None, Some(at)) => Some((at, BracketFault::NeverOpened)),
        (Some(_), Some(_)) | (None, None) => None,
    });
    faulty
        .map(|(at, fault)| {
            line += source[from..at].matches('\n').count();
            from = at;
            BracketDiagnostic { line, at, fault }
        })
        .collect()
}

#[cfg(test)]
mod tests;
