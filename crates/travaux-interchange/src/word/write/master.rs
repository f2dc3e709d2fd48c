//! The text with its brackets as a Word file: headings, numbers, a table of contents, and a content
//! control around each alternative that says who reads so and who is named.
//!
//! Who reads which alternative stands a second time in a custom XML part, where programs find it.

use std::fmt::Write as _;

use travaux_text::{Reader, Sheet, SheetAlternative, SheetBlock, SheetPiece, plain_pieces};

use super::{Body, WordWriter, indent, style};
use crate::lines::{Part, Stand, hidden_name};
use crate::xml::{escape, escaped};

impl WordWriter {
    /// Writes a text with its brackets, as the sheet has it.
    pub fn master(&self, sheet: &Sheet) -> Vec<u8> {
        let mut body = Body::new(self);
        body.title();
        body.contents(sheet);
        let mut sides = String::new();
        let mut number = 0;
        for block in &sheet.blocks {
            write!(
                sides,
                "<provision id=\"{}\" name=\"{}\">",
                escaped(block.id.as_str()),
                hidden_name(&block.id, Part::Words, Stand::Here)
            )
            .expect("a string takes it");
            body.block(block, &mut number, &mut sides);
            sides.push_str("</provision>");
        }
        body.paragraph("TvxEnd", "__________");
        body.sides = sides;
        body.package()
    }
}

impl Body<'_> {
    /// Prints a table of contents. Word brings its page numbers up to date when it is asked to; until
    /// then each entry leads to its heading.
    fn contents(&mut self, sheet: &Sheet) {
        let headings: Vec<(&SheetBlock, u8)> = sheet
            .blocks
            .iter()
            .filter_map(|block| Some((block, rank(block)?)))
            .filter(|(_, rank)| matches!(rank, 1 | 3))
            .collect();
        if headings.len() < 2 {
            return;
        }
        self.paragraph("TvxContents", "Contents");
        let last = headings.len() - 1;
        for (at, (block, rank)) in headings.into_iter().enumerate() {
            self.open(if rank == 1 { "TOC1" } else { "TOC2" }, "");
            if at == 0 {
                self.raw(
                    "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r>\
                     <w:instrText xml:space=\"preserve\"> TOC \\o \"1-3\" \\h </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                );
            }
            let name = contents_name(block);
            write!(self.xml, "<w:hyperlink w:anchor=\"{name}\">").expect("a string takes it");
            let heading = plain_pieces(&block.heading);
            let words = [block.caption(), heading];
            let words: Vec<&str> =
                words.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
            self.run(&format!("{}\t", words.join(". ")), "");
            write!(
                self.xml,
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText \
                 xml:space=\"preserve\"> PAGEREF {name} \\h </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>"
            )
            .expect("a string takes it");
            if at == last {
                self.raw("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
            self.close();
        }
    }

    fn block(&mut self, block: &SheetBlock, number: &mut usize, sides: &mut String) {
        let is_headed =
            block.kind.is_division() && !block.caption().is_empty() || !block.heading.is_empty();
        let mut caption = block.caption();
        let worded: Vec<&Vec<SheetPiece>> =
            block.texts.iter().filter(|pieces| !pieces.is_empty()).collect();
        let mut opening = if block.is_opened { "[" } else { "" };
        if is_headed {
            self.begin(block, Part::Heading, opening, &caption);
            if !caption.is_empty() && !block.heading.is_empty() {
                self.run("\n", "");
            }
            self.pieces(&block.heading, number, sides);
            if worded.is_empty() {
                self.remarks(block);
            }
            self.close();
            opening = "";
            caption.clear();
        }
        let count = worded.len();
        if count == 0 && !is_headed {
            self.begin(block, Part::Words, opening, &caption);
            self.remarks(block);
            self.close();
        }
        for (at, pieces) in worded.into_iter().enumerate() {
            let (opening, caption) = if at == 0 { (opening, caption.as_str()) } else { ("", "") };
            self.begin(block, Part::Words, opening, caption);
            self.pieces(pieces, number, sides);
            if at + 1 == count {
                self.remarks(block);
            }
            self.close();
        }
    }

    /// Opens a paragraph and prints what stands before its words.
    fn begin(&mut self, block: &SheetBlock, part: Part, opening: &str, caption: &str) {
        let style = style(block.kind, part, block.level);
        // A bracket stands before the number, where Word's own numbers let nothing stand.
        let list = if opening.is_empty() { self.lists.place(caption) } else { None };
        let properties = match (&list, part) {
            (Some(list), Part::Words) => format!("{list}{}", indent(block.level)),
            (Some(list), Part::Heading) => list.clone(),
            (None, _) => String::new(),
        };
        self.open(style, &properties);
        let mut close = self.bookmark(&hidden_name(&block.id, part, Stand::Here));
        if part == Part::Heading {
            // Word finds the headings of a table of contents by names of this form.
            close.push_str(&self.bookmark(&contents_name(block)));
        }
        self.run(opening, BRACKET);
        if list.is_none() && !caption.is_empty() {
            let gap = if part == Part::Words { "\t" } else { "" };
            self.run(&format!("{caption}{gap}"), "");
        }
        self.raw(&close);
    }

    /// Prints what is said behind a provision's words.
    fn remarks(&mut self, block: &SheetBlock) {
        self.run(&block.remark, NAMES);
        self.run(&block.closing, BRACKET);
    }

    fn pieces(&mut self, pieces: &[SheetPiece], number: &mut usize, sides: &mut String) {
        for piece in pieces {
            match piece {
                SheetPiece::Text(text) => self.run(text, ""),
                SheetPiece::Mark(mark) => self.run(mark, BRACKET),
                SheetPiece::Attribution(names) => self.run(names, NAMES),
                SheetPiece::Alternative(alternative) => {
                    self.alternative(alternative, number, sides);
                }
            }
        }
    }

    fn alternative(
        &mut self,
        alternative: &SheetAlternative,
        number: &mut usize,
        sides: &mut String,
    ) {
        *number += 1;
        let tag = format!("alternative-{number}");
        let by: Vec<Reader> = alternative.by.iter().collect();
        let by: Vec<&str> = by.iter().map(Reader::as_str).collect();
        let names = alternative.names.as_deref().unwrap_or_default();
        let id = self.id();
        let title = if names.is_empty() { "Alternative" } else { names };
        // Word takes titles of up to 64 characters.
        let title: String = title.chars().take(64).collect();
        write!(
            self.xml,
            "<w:sdt><w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"{tag}\"/><w:id w:val=\"{id}\"/>\
             </w:sdtPr><w:sdtContent>",
            escaped(&title)
        )
        .expect("a string takes it");
        self.pieces(&alternative.pieces, number, sides);
        self.raw("</w:sdtContent></w:sdt>");
        write!(sides, "<alternative tag=\"{tag}\" named=\"{}\">", escaped(names))
            .expect("a string takes it");
        for reader in by {
            sides.push_str("<reader>");
            escape(reader, sides);
            sides.push_str("</reader>");
        }
        sides.push_str("</alternative>");
    }
}

/// Returns the name by which a table of contents finds a heading.
fn contents_name(block: &SheetBlock) -> String {
    hidden_name(&block.id, Part::Heading, Stand::Here).replace("_Tvh", "_Toc")
}

/// The look of brackets and obliques.
const BRACKET: &str = "<w:rStyle w:val=\"TvxBracket\"/>";
/// The look of names.
const NAMES: &str = "<w:rStyle w:val=\"TvxName\"/>";

/// Returns the rank of a block with a heading.
fn rank(block: &SheetBlock) -> Option<u8> {
    if block.caption().is_empty() && block.heading.is_empty() {
        return None;
    }
    style(block.kind, Part::Heading, 0).strip_prefix("Heading")?.parse().ok()
}
