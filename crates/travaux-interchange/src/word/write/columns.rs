//! Texts side by side: one row a provision, one column a text.

use std::fmt::Write as _;

use super::{Body, WordWriter, look};
use crate::word::WordSpan;

/// Texts to be set side by side.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ColumnTable {
    /// The columns, from the left; the first names the provision.
    pub columns: Vec<Column>,
    /// For each row, what stands in each column.
    pub rows: Vec<Vec<Vec<WordSpan>>>,
}

/// A column.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Column {
    /// What stands above it.
    pub head: String,
    /// How wide it is, in parts of the whole.
    pub width: u32,
}

/// The width of a page on its side between its margins, in twentieths of a point.
const WIDTH: u32 = 13_958;

impl WordWriter {
    /// Writes texts side by side, on pages on their side; the heads of columns recur on each page.
    pub fn columns(&self, table: &ColumnTable) -> Vec<u8> {
        let mut body = Body::new(self);
        body.title();
        let all: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
        let widths: Vec<u32> =
            table.columns.iter().map(|column| WIDTH * column.width / all).collect();
        body.raw(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TvxTable\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
             <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
        );
        for width in &widths {
            write!(body.xml, "<w:gridCol w:w=\"{width}\"/>").expect("a string takes it");
        }
        body.raw("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            body.cell(*width, |body| body.run(&column.head, "<w:b/>"));
        }
        body.raw("</w:tr>");
        for row in &table.rows {
            body.raw("<w:tr>");
            for (at, width) in widths.iter().enumerate() {
                body.cell(*width, |body| {
                    for span in row.get(at).into_iter().flatten() {
                        body.run(&span.text, &look(span.look));
                    }
                });
            }
            body.raw("</w:tr>");
        }
        body.raw("</w:tbl>");
        body.paragraph("TvxEnd", "__________");
        body.is_landscape = true;
        body.package()
    }
}

impl Body<'_> {
    fn cell(&mut self, width: u32, words: impl FnOnce(&mut Self)) {
        write!(self.xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>")
            .expect("a string takes it");
        self.open("TvxCell", "");
        words(self);
        self.close();
        self.raw("</w:tc>");
    }
}
