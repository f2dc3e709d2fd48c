//! Word files as they are written: pages in the layout of United Nations documents.
//!
//! [`master`](WordWriter::master) prints brackets and names; [`tracked`](WordWriter::tracked) gives one
//! text as tracked changes to another (accept all, and it is the one; reject all, and it is the other,
//! to the byte); [`skeleton`](WordWriter::skeleton) is a text to be worked on;
//! [`columns`](WordWriter::columns) sets texts side by side. The same arguments give the same bytes.

mod columns;
mod lists;
mod master;
mod package;
mod tracked;

use std::fmt::Write as _;

use travaux_text::{Cover, ProvisionKind};

pub use self::columns::{Column, ColumnTable};

use self::lists::Lists;
use crate::lines::{Line, Part};
use crate::word::Look;
use crate::xml::escape;

/// Writes Word files under one cover.
#[derive(Clone, Debug)]
pub struct WordWriter {
    cover: Cover,
    /// When it is made, as in "2031-05-02T00:00:00Z": it stands in the properties and on changes.
    date: String,
}

impl WordWriter {
    /// Begins with what stands at the head, and the date that is written where Word wants one, in
    /// the form of RFC 3339.
    pub fn new(cover: Cover, date: &str) -> Self {
        Self { cover, date: date.to_owned() }
    }
}

/// The body of a document while it is written.
struct Body<'w> {
    writer: &'w WordWriter,
    xml: String,
    /// The last number given to a bookmark, a change or a content control.
    last_id: u32,
    lists: Lists,
    /// Whether the title stands in the body; else it stands in the header of the first page.
    is_titled: bool,
    /// Whether the pages lie on their side.
    is_landscape: bool,
    /// Who reads which alternative, for programs.
    sides: String,
}

impl<'w> Body<'w> {
    fn new(writer: &'w WordWriter) -> Self {
        Self {
            writer,
            xml: String::new(),
            last_id: 0,
            lists: Lists::default(),
            is_titled: false,
            is_landscape: false,
            sides: String::new(),
        }
    }

    fn id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds what is already XML.
    fn raw(&mut self, xml: &str) {
        self.xml.push_str(xml);
    }

    /// Opens a paragraph of a style; `more` goes behind it among its properties.
    fn open(&mut self, style: &str, more: &str) {
        self.raw("<w:p><w:pPr>");
        if !style.is_empty() {
            write!(self.xml, "<w:pStyle w:val=\"{style}\"/>").expect("a string takes it");
        }
        self.raw(more);
        self.raw("</w:pPr>");
    }

    fn close(&mut self) {
        self.raw("</w:p>");
    }

    /// Adds a run of words; tabs and line breaks are elements of their own in Word.
    fn run(&mut self, text: &str, properties: &str) {
        self.words(text, properties, "w:t");
    }

    fn deleted_run(&mut self, text: &str) {
        self.words(text, "", "w:delText");
    }

    fn words(&mut self, text: &str, properties: &str, element: &str) {
        if text.is_empty() {
            return;
        }
        self.raw("<w:r>");
        if !properties.is_empty() {
            self.raw("<w:rPr>");
            self.raw(properties);
            self.raw("</w:rPr>");
        }
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(['\t', '\n']).unwrap_or(rest.len());
            if 0 < end {
                write!(self.xml, "<{element} xml:space=\"preserve\">").expect("a string takes it");
                escape(&rest[..end], &mut self.xml);
                write!(self.xml, "</{element}>").expect("a string takes it");
            }
            match rest.as_bytes().get(end) {
                Some(b'\t') => self.raw("<w:tab/>"),
                Some(_) => self.raw("<w:br/>"),
                None => {}
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        self.raw("</w:r>");
    }

    /// Opens a bookmark and returns what closes it.
    fn bookmark(&mut self, name: &str) -> String {
        let id = self.id();
        write!(self.xml, "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>")
            .expect("a string takes it");
        format!("<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        self.open(style, "");
        self.run(text, "");
        self.close();
    }

    /// Prints title, subtitle and remarks.
    fn title(&mut self) {
        self.is_titled = true;
        let cover = &self.writer.cover;
        for (style, text) in [("Title", &cover.title), ("Subtitle", &cover.subtitle)] {
            if !text.is_empty() {
                self.paragraph(style, text);
            }
        }
        for remark in &cover.remarks {
            self.paragraph("TvxRemark", remark);
        }
    }
}

/// The style of a line.
fn style_of(line: &Line) -> &'static str {
    style(line.kind, line.part, line.level)
}

fn style(kind: ProvisionKind, part: Part, level: usize) -> &'static str {
    let is_heading = part == Part::Heading;
    match (kind, level) {
        (ProvisionKind::Title, _) => "TvxTreaty",
        (ProvisionKind::Preamble | ProvisionKind::Chapter | ProvisionKind::Annex, _)
            if is_heading =>
        {
            "Heading1"
        }
        (ProvisionKind::Section, _) if is_heading => "Heading2",
        (ProvisionKind::Article, _) if is_heading => "Heading3",
        (ProvisionKind::Paragraph | ProvisionKind::Subparagraph, _) if is_heading => "Heading4",
        (_, 0) => "TvxParagraph",
        (_, 1) => "TvxSub1",
        (_, 2) => "TvxSub2",
        (_, _) => "TvxSub3",
    }
}

/// Returns the indent of a line, which a numbered one has to state itself: a list without indents of its
/// own would else undo that of the style.
fn indent(level: usize) -> String {
    let left = 567 * (level.min(3) + usize::from(0 < level));
    let hanging = if level == 0 { 0 } else { 567 };
    let tab = if level == 0 { 567 } else { left };
    format!(
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"{tab}\"/></w:tabs><w:ind w:left=\"{left}\" \
         w:hanging=\"{hanging}\"/>"
    )
}

/// Returns the properties of a run that looks so.
fn look(look: Look) -> String {
    let mut properties = String::new();
    for (mark, element) in [
        (Look::BOLD, "<w:b/>"),
        (Look::ITALIC, "<w:i/>"),
        (Look::STRUCK, "<w:strike/>"),
        (Look::UNDERLINED, "<w:u w:val=\"single\"/>"),
    ] {
        if look.has(mark) {
            properties.push_str(element);
        }
    }
    properties
}
