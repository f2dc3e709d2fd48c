//! Reads a bracketed draft as it is found: a lossless tree of its brackets, options and marks.
//!
//! Real drafts nest brackets to any depth, leave some of them open, set adjacent brackets side by
//! side as alternatives and print whole blocks as options. Reading never refuses and never drops a
//! byte: printing the tree gives the source back, and what could not be read is named in a
//! diagnostic. No depth is too deep: the tree lies flat, and nothing here calls itself. This module
//! knows nothing of Markdown or Word beyond the marks that stand in the text, and nothing of who
//! wants what.

mod block;
mod count;
mod mark;
mod names;
mod option;
mod outline;
mod role;

use std::ops::Range;

pub use block::{Block, BlockKind};
pub use count::{BracketCounts, Chapter};
pub use mark::{DraftMark, DraftMarkKind};
pub use option::DraftOption;
pub use outline::DraftProvision;
pub use role::BracketRole;

/// The largest source that is read, in bytes; a treaty of a thousand pages has about four million.
pub const SOURCE_BYTES_MAX: usize = 8 << 20;

/// A bracketed draft, read.
#[derive(Clone, Debug)]
pub struct BracketedDraft<'t> {
    source: &'t str,
    brackets: Vec<Bracket>,
    blocks: Vec<Block>,
    /// Where the headings begin.
    headings: Vec<u32>,
    options: Vec<DraftOption>,
    marks: Vec<DraftMark>,
    diagnostics: Vec<DraftDiagnostic>,
}

/// One pair of square brackets, or half of one.
///
/// Kept small, since a source may be nothing but brackets; places fit 32 bits by
/// [`SOURCE_BYTES_MAX`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bracket {
    open: u32,
    close: u32,
    parent: u32,
    depth: u32,
    alternative: u32,
    role: BracketRole,
}

/// Stands where there is no place and no index.
const NONE: u32 = u32::MAX;

/// Narrows a place in a source, or an index of something in it.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).expect("a source has less than 2^32 bytes")
}

fn widen(at: u32) -> Option<usize> {
    (at != NONE).then_some(at as usize)
}

impl Bracket {
    /// Returns the byte of the opening bracket; none where only the closing one stands.
    pub fn open(&self) -> Option<usize> {
        widen(self.open)
    }

    /// Returns the byte of the closing bracket; none where it never closes.
    pub fn close(&self) -> Option<usize> {
        widen(self.close)
    }

    /// Returns the bracket it stands in, as an index into [`BracketedDraft::brackets`].
    pub fn parent(&self) -> Option<usize> {
        widen(self.parent)
    }

    /// Returns how deep it stands: 1 for an outermost bracket, 0 for a closing one without partner.
    pub fn depth(&self) -> usize {
        self.depth as usize
    }

    /// Returns the bracket that stands beside it as its alternative, as an index: it follows at
    /// once, or behind white space on the same line, or behind a slash.
    pub fn alternative(&self) -> Option<usize> {
        widen(self.alternative)
    }

    /// Returns what it is for: text in brackets, or a mark of the way the file is written.
    pub fn role(&self) -> BracketRole {
        self.role
    }

    /// Returns the byte where it first shows.
    pub fn first_byte(&self) -> usize {
        self.open.min(self.close) as usize
    }
}

/// Something in a draft that could not be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DraftDiagnostic {
    /// The line, counted from one.
    pub line: usize,
    /// The byte in the source.
    pub at: usize,
    /// What is wrong.
    pub fault: DraftFault,
}

/// What is wrong at a place in a draft.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum DraftFault {
    /// An opening bracket never closes.
    NeverCloses,
    /// A closing bracket has nothing to close.
    NeverOpened,
    /// A bracket that opens amid a paragraph closes only under another heading.
    RunsOn,
    /// An option has no other beside it.
    OptionAlone,
    /// A footnote mark has no note.
    NoteMissing,
    /// Two notes carry one mark.
    NoteRepeated,
}

impl DraftFault {
    /// Reports whether it is a bracket without a partner.
    pub const fn is_unbalanced(self) -> bool {
        matches!(self, Self::NeverCloses | Self::NeverOpened)
    }
}

impl std::fmt::Display for DraftDiagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.fault {
            DraftFault::NeverCloses => "this bracket never closes",
            DraftFault::NeverOpened => "this bracket closes nothing",
            DraftFault::RunsOn => "this bracket closes only under another heading",
            DraftFault::OptionAlone => "this option has no other beside it",
            DraftFault::NoteMissing => "no footnote has this mark",
            DraftFault::NoteRepeated => "an earlier footnote has this mark too",
        };
        write!(f, "line {}: {what}", self.line)
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
        let blocks = block::blocks(source);
        role::assign(source, &blocks, &mut brackets);
        let options = option::options(source, &blocks);
        let marks = mark::marks(source, &brackets);
        let headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        let headings = headings.map(|block| narrow(block.bytes.start)).collect();
        let mut draft =
            Self { source, brackets, blocks, headings, options, marks, diagnostics: Vec::new() };
        draft.diagnostics = draft.diagnose();
        Ok(draft)
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

    /// Returns the options, in order.
    pub fn options(&self) -> &[DraftOption] {
        &self.options
    }

    /// Returns the marks that stand in the text (attributions, placeholders, "agreed ad ref.",
    /// slashes between alternatives), in order.
    pub fn marks(&self) -> &[DraftMark] {
        &self.marks
    }

    /// Returns what could not be read, by line.
    pub fn diagnostics(&self) -> &[DraftDiagnostic] {
        &self.diagnostics
    }

    /// Returns the pieces of the tree in reading order; printed one after the other they are the
    /// source.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'t>> {
        Pieces { draft: self, at: 0, next: 0, open: Vec::new() }
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
    /// A bracket that never closes reaches to the end of its block, and so does one that opens
    /// amid a paragraph and closes only under another heading: it was forgotten, and closed by
    /// another's end.
    pub fn inside(&self, bracket: &Bracket) -> Range<usize> {
        let from = bracket.open().map_or_else(|| bracket.close().unwrap_or(0), |open| open + 1);
        let to = bracket.close().filter(|_| !self.runs_on(bracket)).unwrap_or_else(|| {
            let block = self.blocks.partition_point(|block| block.bytes.end < from);
            self.blocks.get(block).map_or(self.source.len(), |block| block.bytes.end)
        });
        from..to.max(from)
    }

    /// Reports whether a bracket opens amid a paragraph and closes only under another heading.
    fn runs_on(&self, bracket: &Bracket) -> bool {
        let (Some(open), Some(close)) = (bracket.open(), bracket.close()) else { return false };
        let next = self.headings.partition_point(|heading| *heading as usize <= open);
        if self.headings.get(next).is_none_or(|heading| close < *heading as usize) {
            return false;
        }
        let block = self.blocks.partition_point(|block| block.bytes.end <= open);
        let Some(block) = self.blocks.get(block) else { return false };
        let begins = match (&block.option, &block.kind) {
            (Some(label), _) | (None, BlockKind::Numbered(label)) => label.end,
            (None, _) => block.bytes.start,
        };
        self.source.get(begins..open).is_some_and(|ahead| ahead.contains(char::is_alphanumeric))
    }

    fn diagnose(&self) -> Vec<DraftDiagnostic> {
        let halves =
            self.brackets.iter().filter_map(|bracket| match (bracket.open(), bracket.close()) {
                (Some(at), None) => Some((at, DraftFault::NeverCloses)),
                (None, Some(at)) => Some((at, DraftFault::NeverOpened)),
                (Some(_), Some(_)) | (None, None) => None,
            });
        let forgotten = self.brackets.iter().filter(|bracket| self.runs_on(bracket));
        let forgotten = forgotten.map(|bracket| (bracket.first_byte(), DraftFault::RunsOn));
        let alone = option::alone(&self.options).map(|at| (at, DraftFault::OptionAlone));
        let mut faults: Vec<(usize, DraftFault)> = halves.chain(forgotten).chain(alone).collect();
        faults.extend(role::notes_amiss(self.source, &self.blocks, &self.brackets));
        faults.sort_unstable();
        let mut line = 1;
        let mut from = 0;
        faults
            .into_iter()
            .map(|(at, fault)| {
                line += self.source[from..at].matches('\n').count();
                from = at;
                DraftDiagnostic { line, at, fault }
            })
            .collect()
    }
}

/// Walks through the tree; as deep as it nests, this only keeps a list.
struct Pieces<'d, 't> {
    draft: &'d BracketedDraft<'t>,
    /// The byte reached.
    at: usize,
    /// The next bracket to show.
    next: usize,
    /// The brackets that are open.
    open: Vec<u32>,
}

impl<'t> Iterator for Pieces<'_, 't> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let draft = self.draft;
        let shows = draft.brackets.get(self.next).map(Bracket::first_byte);
        let closes = self.open.last().and_then(|&index| draft.brackets[index as usize].close());
        let edge = shows.into_iter().chain(closes).min().unwrap_or(draft.source.len());
        if self.at < edge {
            let text = &draft.source[self.at..edge];
            self.at = edge;
            return Some(Piece::Text(text));
        }
        self.at = edge + 1;
        if closes == Some(edge) {
            return self.open.pop().map(|index| Piece::Close(index as usize));
        }
        let index = self.next;
        let bracket = draft.brackets.get(index)?;
        self.next += 1;
        if bracket.open().is_none() {
            return Some(Piece::Close(index));
        }
        if bracket.close().is_some() {
            self.open.push(narrow(index));
        }
        Some(Piece::Open(index))
    }
}

/// Pairs the brackets of `source`: each closing one with the innermost that is open.
fn pair(source: &str) -> Vec<Bracket> {
    // A source may be nothing but brackets: the room is taken once, and no more of it.
    let most = source.bytes().filter(|byte| b"[]".contains(byte)).count();
    let mut brackets: Vec<Bracket> = Vec::with_capacity(most);
    let mut open: Vec<u32> = Vec::new();
    let bracket = Bracket {
        open: NONE,
        close: NONE,
        parent: NONE,
        depth: 0,
        alternative: NONE,
        role: BracketRole::Text,
    };
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            b'[' => {
                let parent = open.last().copied().unwrap_or(NONE);
                open.push(narrow(brackets.len()));
                let depth = narrow(open.len());
                brackets.push(Bracket { open: narrow(at), parent, depth, ..bracket });
            }
            b']' => match open.pop() {
                Some(index) => brackets[index as usize].close = narrow(at),
                None => brackets.push(Bracket { close: narrow(at), ..bracket }),
            },
            _ => {}
        }
    }
    brackets
}

/// Links each bracket to the one beside it: `[shall][should]`, `[a] / [b]`.
fn link(source: &str, brackets: &mut [Bracket]) {
    for index in 0..brackets.len() {
        let (Some(_), Some(close)) = (brackets[index].open(), brackets[index].close()) else {
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
            brackets[index].alternative = narrow(beside);
        }
    }
}

/// Reports white space that stays on the line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

#[cfg(test)]
mod tests;
