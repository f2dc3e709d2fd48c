//! How a Word document reads when tracked changes are accepted or rejected.
//!
//! A paragraph whose end is gone runs into the next one, as Word has it; a paragraph of which nothing
//! is left leaves nothing behind. Numbers are counted over what is left.

use super::{Look, Revision, WordCell, WordDocument, WordParagraph, WordRun};

/// Which tracked changes count as made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Keep<'a> {
    /// All are accepted.
    Accepted,
    /// All are rejected.
    Rejected,
    /// Those of one author are accepted, all others rejected.
    Of(&'a str),
}

impl Keep<'_> {
    /// Reports whether what stands in these changes is read.
    fn reads(self, changes: &[Revision]) -> bool {
        changes.iter().all(|change| {
            let is_made = match self {
                Self::Accepted => true,
                Self::Rejected => false,
                Self::Of(author) => change.author == author,
            };
            is_made != change.kind.takes_out()
        })
    }
}

/// A paragraph as it is read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WordLine {
    /// The number that Word prints before it; empty where it prints none.
    pub number: String,
    /// Its words.
    pub spans: Vec<WordSpan>,
    /// The paragraphs of the document it is made of, counted from one.
    pub paragraphs: Vec<usize>,
    /// The name of its style.
    pub style: String,
    /// Its rank as a heading.
    pub heading: Option<u8>,
    /// The table cell it stands in.
    pub cell: Option<WordCell>,
    /// The names of bookmarks and content controls on what it is made of.
    pub names: Vec<String>,
    /// Whether any of it was moved here by a tracked move.
    pub is_moved: bool,
}

/// Words that look alike.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WordSpan {
    /// The words.
    pub text: String,
    /// How they are marked by hand.
    pub look: Look,
}

impl WordLine {
    /// Returns its words, without the number that Word prints.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    fn push(&mut self, run: &WordRun) {
        match self.spans.last_mut() {
            Some(last) if last.look == run.look => last.text.push_str(&run.text),
            Some(_) | None => {
                self.spans.push(WordSpan { text: run.text.clone(), look: run.look });
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.is_empty())
    }
}

impl WordDocument {
    /// Reads the body with some of its tracked changes made, the others undone.
    pub fn lines(&self, keep: Keep<'_>) -> Vec<WordLine> {
        let mut counter = self.numbering.counter();
        let mut lines = Vec::new();
        let mut running: Option<WordLine> = None;
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            // What ran on stays within its cell.
            if running.as_ref().is_some_and(|line| line.cell != paragraph.cell) {
                lines.extend(running.take().filter(|line| !line.is_empty()));
            }
            let mut line = running.take().unwrap_or_default();
            add(&mut line, paragraph, at + 1, keep);
            if keep.reads(&paragraph.mark) {
                line.number = match &paragraph.list {
                    Some((list, level)) => counter.next(list, *level),
                    None => String::new(),
                };
                lines.push(line);
            } else {
                running = Some(line);
            }
        }
        lines.extend(running.filter(|line| !line.is_empty()));
        lines
    }

    /// Returns the body as plain text with some of its tracked changes made: a line a paragraph, each
    /// with the number that Word prints.
    pub fn text(&self, keep: Keep<'_>) -> String {
        let mut text = String::new();
        for line in self.lines(keep) {
            if !line.number.is_empty() {
                text.push_str(&line.number);
                text.push('\t');
            }
            text.push_str(&line.text());
            text.push('\n');
        }
        text
    }
}

/// Adds a paragraph to a line. Names and places of what is left empty do not cling to what follows.
fn add(line: &mut WordLine, paragraph: &WordParagraph, place: usize, keep: Keep<'_>) {
    if line.is_empty() {
        *line = WordLine::default();
    }
    for run in paragraph.runs.iter().filter(|run| keep.reads(&run.changes)) {
        line.is_moved |=
            run.changes.iter().any(|change| change.kind == super::RevisionKind::MovedHere);
        line.push(run);
    }
    line.paragraphs.push(place);
    line.style.clone_from(&paragraph.style);
    line.heading = paragraph.heading;
    line.cell = paragraph.cell;
    line.names.extend(paragraph.names.iter().cloned());
}
