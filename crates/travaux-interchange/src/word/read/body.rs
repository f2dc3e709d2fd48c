//! From the elements of a body to paragraphs: tables, content controls, tracked changes, lists.
//!
//! Elements that only hold others are walked through, known or not, so that no words are lost.

use std::collections::BTreeMap;

use super::styles::{Listed, Styles, outline};
use crate::word::numbering::Numbering;
use crate::word::{
    Ignored, Revision, RevisionKind, WordCell, WordComment, WordDocument, WordParagraph,
};
use crate::xml::Element;

/// Reads a body.
pub(super) struct Reader<'x> {
    styles: &'x Styles,
    numbering: &'x Numbering,
    pub(super) document: WordDocument,
    /// The paragraph that is being read.
    pub(super) paragraph: WordParagraph,
    /// The tracked changes that are open, the outermost first.
    pub(super) changes: Vec<Revision>,
    /// The comments that are open, by number.
    pub(super) comments: Vec<usize>,
    comment_ids: BTreeMap<String, usize>,
    /// For each open field, whether its code is being read.
    pub(super) fields: Vec<bool>,
    /// Bookmarks that began between paragraphs, and content controls around them.
    names: Vec<String>,
    cell: Option<WordCell>,
    row_changes: Vec<Revision>,
    tables: usize,
    /// What stands in text boxes of the paragraph that is being read.
    pub(super) boxes: Vec<Element<'x>>,
}

impl<'x> Reader<'x> {
    pub(super) fn new(
        styles: &'x Styles,
        numbering: &'x Numbering,
        comments: Vec<WordComment>,
    ) -> Self {
        let numbered = comments.iter().enumerate();
        let comment_ids = numbered.map(|(at, comment)| (comment.id.clone(), at)).collect();
        Self {
            styles,
            numbering,
            document: WordDocument { comments, ..WordDocument::default() },
            paragraph: WordParagraph::default(),
            changes: Vec::new(),
            comments: Vec::new(),
            comment_ids,
            fields: Vec::new(),
            names: Vec::new(),
            cell: None,
            row_changes: Vec::new(),
            tables: 0,
            boxes: Vec::new(),
        }
    }

    pub(super) fn body(&mut self, root: Element<'x>) {
        for body in root.children().filter(|child| child.name() == "w:body") {
            self.blocks(body);
        }
    }

    /// Reads the notes of a part; those that only draw lines between pages are none.
    pub(super) fn notes(&mut self, kind: &str, root: Element<'x>) {
        for note in root.children().filter(|child| child.local() == kind) {
            if note.attribute("w:type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let body = std::mem::take(&mut self.document.paragraphs);
            self.blocks(note);
            let paragraphs = std::mem::replace(&mut self.document.paragraphs, body);
            let id = note.attribute("w:id").unwrap_or_default();
            self.document.notes.insert(format!("{kind} {id}"), paragraphs);
        }
    }

    pub(super) fn finish(mut self) -> WordDocument {
        for (at, paragraph) in self.document.paragraphs.iter().enumerate() {
            for run in &paragraph.runs {
                for &number in &run.comments {
                    let comment = &mut self.document.comments[number];
                    comment.about.push_str(&run.text);
                    if comment.paragraph == 0 {
                        comment.paragraph = at + 1;
                    }
                }
            }
        }
        for ignored in &mut self.document.ignored {
            let place = ignored.paragraph.checked_sub(1);
            let paragraph = place.and_then(|at| self.document.paragraphs.get(at));
            if let Some(paragraph) = paragraph.filter(|_| ignored.words.is_empty()) {
                ignored.words = opening(paragraph);
            }
        }
        self.document
    }

    /// Reports something at the paragraph that is being read.
    pub(super) fn ignore(&mut self, feature: impl Into<String>) {
        let paragraph = self.document.paragraphs.len() + 1;
        let found = Ignored { paragraph, feature: feature.into(), words: String::new() };
        if self.document.ignored.last() != Some(&found) {
            self.document.ignored.push(found);
        }
    }

    fn blocks(&mut self, parent: Element<'x>) {
        for block in parent.children() {
            self.block(block);
        }
    }

    fn block(&mut self, block: Element<'x>) {
        match block.name() {
            "w:p" => self.paragraph(block),
            "w:tbl" => self.table(block),
            "w:sdt" => {
                let before = self.names.len();
                self.names.extend(tag(block));
                if let Some(content) = block.child("w:sdtContent") {
                    self.blocks(content);
                }
                self.names.truncate(before);
            }
            "mc:AlternateContent" => {
                if let Some(chosen) = chosen(block) {
                    self.blocks(chosen);
                }
            }
            "w:bookmarkStart" => self.names.extend(block.attribute("w:name").map(str::to_owned)),
            "w:commentRangeStart" | "w:commentRangeEnd" => self.comment_range(block),
            "w:altChunk" | "w:subDoc" => self.ignore("an embedded document"),
            "w:sectPr" => self.section(block),
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                self.within_change(block, Self::blocks);
            }
            "w:bookmarkEnd" | "w:proofErr" | "w:permStart" | "w:permEnd" | "w:sdtPr"
            | "w:tblPr" | "w:tblGrid" | "w:trPr" | "w:tcPr" | "w:tblPrEx" => {}
            name if is_range_mark(name) => {}
            _ => self.blocks(block),
        }
    }

    /// Walks through an element that makes what stands in it a tracked change.
    pub(super) fn within_change(&mut self, element: Element<'x>, walk: fn(&mut Self, Element<'x>)) {
        let change = revision(element);
        let is_change = change.is_some();
        self.changes.extend(change);
        walk(self, element);
        if is_change {
            self.changes.pop();
        }
    }

    fn section(&mut self, element: Element<'x>) {
        if element.child("w:sectPrChange").is_some() {
            self.ignore("a tracked change of the page layout");
        }
    }

    fn table(&mut self, table: Element<'x>) {
        self.tables += 1;
        let (outer, number) = (self.cell, self.tables);
        let mut row = 0;
        self.rows(table, number, &mut row);
        self.cell = outer;
    }

    fn rows(&mut self, parent: Element<'x>, table: usize, row: &mut usize) {
        for element in parent.children() {
            match element.name() {
                "w:tr" => {
                    *row += 1;
                    let changes = element.child("w:trPr").map(revisions).unwrap_or_default();
                    let outer = std::mem::replace(&mut self.row_changes, changes);
                    let mut column = 0;
                    self.cells(element, (table, *row), &mut column);
                    self.row_changes = outer;
                }
                "w:tblPr" | "w:tblGrid" => {
                    if element.children().any(|child| child.local().ends_with("Change")) {
                        self.ignore("a tracked change of the format of a table");
                    }
                }
                _ => self.rows(element, table, row),
            }
        }
    }

    fn cells(&mut self, parent: Element<'x>, (table, row): (usize, usize), column: &mut usize) {
        for element in parent.children() {
            match element.name() {
                "w:tc" => {
                    *column += 1;
                    self.cell = Some(WordCell { table, row, column: *column });
                    let properties = element.child("w:tcPr");
                    let merged = ["w:cellIns", "w:cellDel", "w:cellMerge"];
                    if properties.is_some_and(|it| merged.iter().any(|n| it.child(n).is_some())) {
                        self.ignore("a tracked change of the cells of a table");
                    }
                    self.blocks(element);
                }
                "w:trPr" | "w:tblPrEx" => {}
                _ => self.cells(element, (table, row), column),
            }
        }
    }

    fn paragraph(&mut self, element: Element<'x>) {
        let outer = std::mem::take(&mut self.paragraph);
        let outer_boxes = std::mem::take(&mut self.boxes);
        self.paragraph.cell = self.cell;
        self.paragraph.names = self.names.clone();
        // A bookmark between paragraphs belongs to the next one alone, a content control to all.
        self.names.retain(|name| name.starts_with(TAG));
        let properties = element.child("w:pPr");
        self.properties(properties);
        self.inline(element);
        let row_changes = self.row_changes.clone();
        if !row_changes.is_empty() {
            self.paragraph.mark.extend(row_changes.iter().cloned());
            for run in &mut self.paragraph.runs {
                run.changes.splice(0..0, row_changes.iter().cloned());
            }
        }
        let paragraph = std::mem::replace(&mut self.paragraph, outer);
        self.document.paragraphs.push(paragraph);
        for content in std::mem::replace(&mut self.boxes, outer_boxes) {
            self.blocks(content);
        }
    }

    fn properties(&mut self, properties: Option<Element<'x>>) {
        let style = properties.and_then(|it| it.child("w:pStyle")).and_then(Element::value);
        let style = style.unwrap_or_default();
        self.paragraph.style = self.styles.name(style).to_owned();
        self.paragraph.heading = properties
            .and_then(outline)
            .map(|level| level + 1)
            .or_else(|| self.styles.heading(style));
        let own = properties.and_then(|it| it.child("w:numPr")).map(Listed::read);
        let own = own.unwrap_or_default();
        let of_style = self.styles.list(style);
        let is_own = own.list.is_some();
        if let Some(list) = own.list.or(of_style.list).filter(|list| list != "0") {
            let linked = || self.numbering.level_of_style(&list, style).filter(|_| !is_own);
            let level = own.level.or(of_style.level).or_else(linked).unwrap_or(0);
            self.paragraph.list = Some((list, level));
        }
        let Some(properties) = properties else { return };
        if let Some(mark) = properties.child("w:rPr") {
            self.paragraph.mark = revisions(mark);
        }
        if let Some(change) = properties.child("w:pPrChange") {
            let author = change.attribute("w:author").unwrap_or_default();
            self.ignore(format!("a tracked change of the format of a paragraph, by {author}"));
        }
        if let Some(section) = properties.child("w:sectPr") {
            self.section(section);
        }
    }

    pub(super) fn comment_range(&mut self, element: Element<'x>) {
        let id = element.attribute("w:id").unwrap_or_default();
        let Some(&number) = self.comment_ids.get(id) else { return };
        if element.name() == "w:commentRangeStart" {
            if !self.comments.contains(&number) {
                self.comments.push(number);
            }
        } else {
            self.comments.retain(|open| *open != number);
        }
    }

    /// Anchors a comment at a point, where it is not about any words.
    pub(super) fn comment_point(&mut self, element: Element<'x>) {
        let id = element.attribute("w:id").unwrap_or_default();
        let place = self.document.paragraphs.len() + 1;
        let number = self.comment_ids.get(id).copied();
        if let Some(comment) = number.and_then(|at| self.document.comments.get_mut(at))
            && comment.paragraph == 0
        {
            comment.paragraph = place;
        }
    }
}

/// How the tag of a content control is told from a bookmark in a list of names.
pub(crate) const TAG: &str = "tag:";

/// Returns the tag of a content control, as a name.
pub(super) fn tag(control: Element<'_>) -> Option<String> {
    let tag = control.child("w:sdtPr")?.child("w:tag")?.value()?;
    Some(format!("{TAG}{tag}"))
}

/// Returns the branch of an alternative that a modern reader takes.
pub(super) fn chosen(alternative: Element<'_>) -> Option<Element<'_>> {
    alternative.child("mc:Choice").or_else(|| alternative.child("mc:Fallback"))
}

/// Reports whether an element only marks where a range begins or ends.
pub(super) fn is_range_mark(name: &str) -> bool {
    name.starts_with("w:moveFromRange")
        || name.starts_with("w:moveToRange")
        || name.starts_with("w:customXmlIns")
        || name.starts_with("w:customXmlDel")
        || name.starts_with("w:customXmlMove")
}

/// Reads a tracked change; none where the element is another.
pub(super) fn revision(element: Element<'_>) -> Option<Revision> {
    let kind = match element.name() {
        "w:ins" => RevisionKind::Inserted,
        "w:del" => RevisionKind::Deleted,
        "w:moveTo" => RevisionKind::MovedHere,
        "w:moveFrom" => RevisionKind::MovedAway,
        _ => return None,
    };
    let attribute = |name| element.attribute(name).unwrap_or_default().to_owned();
    Some(Revision { kind, author: attribute("w:author"), date: attribute("w:date") })
}

/// Reads the tracked changes that stand as marks in properties.
fn revisions(properties: Element<'_>) -> Vec<Revision> {
    properties.children().filter_map(revision).collect()
}

/// Returns the first words of a paragraph.
fn opening(paragraph: &WordParagraph) -> String {
    const WORDS_MAX: usize = 8;
    let mut text = String::new();
    for run in &paragraph.runs {
        text.push_str(&run.text);
        if 200 < text.len() {
            break;
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let shown = words[..words.len().min(WORDS_MAX)].join(" ");
    if words.len() <= WORDS_MAX { shown } else { format!("{shown} …") }
}
