//! The parts around a body that make a Word file of it: styles, lists, headers, properties.
//!
//! Layout after the documents of the United Nations: body and symbol at the head of the first page over
//! a rule, distribution and date below; the symbol on each page after it; page numbers at the foot.

use std::fmt::Write as _;

use super::Body;
use crate::archive::pack;
use crate::xml::escaped;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts beside the document: the last word of the relation, the file, its kind.
const BESIDE: [(&str, &str, &str); 7] = [
    ("styles", "styles.xml", "styles"),
    ("settings", "settings.xml", "settings"),
    ("numbering", "numbering.xml", "numbering"),
    ("header", "header1.xml", "header"),
    ("header", "header2.xml", "header"),
    ("footer", "footer1.xml", "footer"),
    ("footer", "footer2.xml", "footer"),
];

impl Body<'_> {
    /// Makes a Word file.
    pub(super) fn package(self) -> Vec<u8> {
        let cover = &self.writer.cover;
        let part = |content: String| -> Vec<u8> { format!("{DECLARATION}{content}").into_bytes() };
        let document =
            format!("<w:document {W}><w:body>{}{}</w:body></w:document>", self.xml, self.section());
        let numbering = format!("<w:numbering {W}>{}</w:numbering>", self.lists.part());
        let symbol = paragraph("Header", &cover.symbol);
        let rest = format!("<w:hdr {W}>{symbol}</w:hdr>");
        let foot = format!("<w:ftr {W}>{PAGE_NUMBER}</w:ftr>");
        let properties = format!(
            "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
             <dc:creator>{}</dc:creator><dc:subject>{}</dc:subject>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created></cp:coreProperties>",
            escaped(&cover.title),
            escaped(&cover.body),
            escaped(&cover.symbol),
            escaped(&self.writer.date)
        );
        let has_sides = !self.sides.is_empty();
        let mut parts: Vec<(&str, Vec<u8>)> = vec![
            ("[Content_Types].xml", part(self.content_types())),
            ("_rels/.rels", part(package_relations())),
            ("word/document.xml", part(document)),
            ("word/_rels/document.xml.rels", part(self.document_relations())),
            ("word/styles.xml", part(styles())),
            ("word/settings.xml", part(SETTINGS.replace("{W}", W))),
            ("word/numbering.xml", part(numbering)),
            ("word/header1.xml", part(self.masthead())),
            ("word/header2.xml", part(rest)),
            ("word/footer1.xml", part(foot.clone())),
            ("word/footer2.xml", part(foot)),
            ("docProps/core.xml", part(properties)),
        ];
        if has_sides {
            let sides = format!("<sides xmlns=\"{SIDES}\">{}</sides>", self.sides);
            parts.push(("customXml/item1.xml", part(sides)));
            parts.push(("customXml/itemProps1.xml", part(ITEM.replace("{SIDES}", SIDES))));
            let relation = relations(&[("customXmlProps", "itemProps1.xml")]);
            parts.push(("customXml/_rels/item1.xml.rels", part(relation)));
        }
        pack(&parts)
    }

    /// The head of the first page.
    fn masthead(&self) -> String {
        let cover = &self.writer.cover;
        let cell = |width: u32, content: &str| {
            format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>"
            )
        };
        let width = if self.is_landscape { 13_958 } else { 9_638 };
        let grid = |left: u32| {
            format!(
                "<w:tblGrid><w:gridCol w:w=\"{left}\"/><w:gridCol w:w=\"{}\"/></w:tblGrid>",
                width - left
            )
        };
        let left = width - 3_000;
        let mut below = String::new();
        for line in [&distributed(&cover.distribution), &cover.date] {
            if !line.is_empty() {
                below.push_str(&paragraph("TvxSmall", line));
            }
        }
        if below.is_empty() {
            below = paragraph("TvxSmall", "");
        }
        let mut head = format!(
            "<w:hdr {W}><w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>\
             <w:insideH w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/></w:tblPr>{}<w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            grid(left),
            cell(left, &paragraph("TvxBody", &cover.body)),
            cell(3_000, &paragraph("TvxSymbol", &cover.symbol)),
            cell(left, &paragraph("TvxSmall", "")),
            cell(3_000, &below)
        );
        if !self.is_titled {
            for (style, text) in [("Title", &cover.title), ("Subtitle", &cover.subtitle)] {
                if !text.is_empty() {
                    head.push_str(&paragraph(style, text));
                }
            }
            for remark in &cover.remarks {
                head.push_str(&paragraph("TvxRemark", remark));
            }
        }
        head.push_str(&paragraph("Header", ""));
        head.push_str("</w:hdr>");
        head
    }

    fn section(&self) -> String {
        let size = if self.is_landscape {
            "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
        } else {
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
        };
        let margin = if self.is_landscape { 1_440 } else { 1_134 };
        format!(
            "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"r4\"/><w:headerReference \
         w:type=\"default\" r:id=\"r5\"/><w:footerReference w:type=\"first\" r:id=\"r6\"/>\
         <w:footerReference w:type=\"default\" r:id=\"r7\"/>{size}<w:pgMar w:top=\"1418\" \
         w:right=\"{margin}\" w:bottom=\"1134\" w:left=\"{margin}\" w:header=\"567\" w:footer=\"567\" \
         w:gutter=\"0\"/><w:titlePg/></w:sectPr>"
        )
    }

    fn document_relations(&self) -> String {
        let mut targets: Vec<(&str, &str)> =
            BESIDE.iter().map(|(relation, file, _)| (*relation, *file)).collect();
        if !self.sides.is_empty() {
            targets.push(("customXml", "../customXml/item1.xml"));
        }
        relations(&targets)
    }

    fn content_types(&self) -> String {
        let mut xml = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{KIND}.document.main+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
        );
        for (_, file, kind) in BESIDE {
            write!(xml, "<Override PartName=\"/word/{file}\" ContentType=\"{KIND}.{kind}+xml\"/>")
                .expect("a string takes it");
        }
        if !self.sides.is_empty() {
            xml.push_str(
            "<Override PartName=\"/customXml/itemProps1.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/>",
        );
        }
        xml.push_str("</Types>");
        xml
    }
}

fn distributed(distribution: &str) -> String {
    if distribution.is_empty() { String::new() } else { format!("Distr.: {distribution}") }
}

fn paragraph(style: &str, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t>\
         </w:r></w:p>",
        escaped(text)
    )
}

/// The names of what is written into the custom part.
const SIDES: &str = "https://travaux.example/ns/sides/1";

const ITEM: &str = "<ds:datastoreItem ds:itemID=\"{5B1F3A53-7E0C-4E1D-9F62-0A7C5E2D9B11}\" \
    xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs>\
    <ds:schemaRef ds:uri=\"{SIDES}\"/></ds:schemaRefs></ds:datastoreItem>";

const SETTINGS: &str = "<w:settings {W}><w:defaultTabStop w:val=\"567\"/>\
    <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting \
    w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
    </w:compat></w:settings>";

const PAGE_NUMBER: &str = "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
    <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
    <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
    <w:r><w:t>/</w:t></w:r>\
    <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> NUMPAGES </w:instrText></w:r>\
    <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";

fn relations(targets: &[(&str, &str)]) -> String {
    let mut xml = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (at, (kind, target)) in targets.iter().enumerate() {
        let (id, base) = (at + 1, if *kind == "core-properties" { "" } else { OFFICE });
        let kind = if base.is_empty() {
            format!("{PACKAGE}/relationships/metadata/{kind}")
        } else {
            format!("{base}/{kind}")
        };
        write!(xml, "<Relationship Id=\"r{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
            .expect("a string takes it");
    }
    xml.push_str("</Relationships>");
    xml
}

fn package_relations() -> String {
    relations(&[("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")])
}

/// Paragraph styles: id, name, on which it is based, paragraph properties, run properties. What
/// distinguishes a line is said here once, so that a secretariat can put its own styles in their place.
const STYLES: &[[&str; 5]] = &[
    [
        "Title",
        "Title",
        "Normal",
        "<w:spacing w:before=\"360\" w:after=\"120\"/><w:jc w:val=\"left\"/>",
        "<w:b/><w:sz w:val=\"34\"/>",
    ],
    [
        "Subtitle",
        "Subtitle",
        "Normal",
        "<w:spacing w:after=\"240\"/>",
        "<w:b/><w:sz w:val=\"24\"/>",
    ],
    [
        "TvxRemark",
        "Travaux Remark",
        "Normal",
        "<w:spacing w:after=\"120\"/>",
        "<w:i/><w:sz w:val=\"18\"/>",
    ],
    [
        "TvxTreaty",
        "Travaux Treaty Title",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:sz w:val=\"28\"/>",
    ],
    [
        "Heading1",
        "heading 1",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:sz w:val=\"26\"/>",
    ],
    [
        "Heading2",
        "heading 2",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"300\" w:after=\"120\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"24\"/>",
    ],
    [
        "Heading3",
        "heading 3",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/>",
    ],
    [
        "Heading4",
        "heading 4",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"120\"/><w:outlineLvl w:val=\"3\"/>",
        "<w:b/><w:i/>",
    ],
    [
        "TvxParagraph",
        "Travaux Paragraph",
        "Normal",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"567\"/></w:tabs><w:spacing w:after=\"120\"/><w:jc w:val=\"both\"/>",
        "",
    ],
    [
        "TvxSub1",
        "Travaux Subparagraph 1",
        "TvxParagraph",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"1134\"/></w:tabs><w:ind w:left=\"1134\" w:hanging=\"567\"/>",
        "",
    ],
    [
        "TvxSub2",
        "Travaux Subparagraph 2",
        "TvxParagraph",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"1701\"/></w:tabs><w:ind w:left=\"1701\" w:hanging=\"567\"/>",
        "",
    ],
    [
        "TvxSub3",
        "Travaux Subparagraph 3",
        "TvxParagraph",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"2268\"/></w:tabs><w:ind w:left=\"2268\" w:hanging=\"567\"/>",
        "",
    ],
    [
        "TvxCell",
        "Travaux Cell",
        "Normal",
        "<w:spacing w:before=\"40\" w:after=\"40\"/>",
        "<w:sz w:val=\"18\"/>",
    ],
    [
        "TvxContents",
        "Travaux Contents",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>",
        "<w:b/><w:sz w:val=\"24\"/>",
    ],
    [
        "TvxEnd",
        "Travaux End",
        "Normal",
        "<w:spacing w:before=\"240\"/><w:jc w:val=\"center\"/>",
        "",
    ],
    [
        "TOC1",
        "toc 1",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs><w:spacing w:before=\"80\" w:after=\"40\"/><w:ind w:right=\"567\"/>",
        "",
    ],
    [
        "TOC2",
        "toc 2",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"20\"/><w:ind w:left=\"567\" w:right=\"567\"/>",
        "",
    ],
    ["Header", "header", "Normal", "", "<w:b/><w:sz w:val=\"18\"/>"],
    ["Footer", "footer", "Normal", "<w:jc w:val=\"right\"/>", "<w:b/><w:sz w:val=\"17\"/>"],
    [
        "TvxBody",
        "Travaux Body Name",
        "Normal",
        "<w:spacing w:after=\"60\"/>",
        "<w:sz w:val=\"28\"/>",
    ],
    [
        "TvxSymbol",
        "Travaux Symbol",
        "Normal",
        "<w:spacing w:after=\"60\"/><w:jc w:val=\"right\"/>",
        "<w:sz w:val=\"24\"/>",
    ],
    [
        "TvxSmall",
        "Travaux Small",
        "Normal",
        "<w:spacing w:before=\"40\" w:after=\"0\"/>",
        "<w:sz w:val=\"18\"/>",
    ],
];

fn styles() -> String {
    let mut xml = format!(
        "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:eastAsia=\"SimSun\" w:cs=\"Times New Roman\"/><w:sz w:val=\"20\"/>\
         <w:szCs w:val=\"20\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr>\
         </w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line=\"260\" w:lineRule=\"auto\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" \
         w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
    );
    for [id, name, based, paragraph, run] in STYLES {
        write!(
            xml,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"{based}\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>\
             </w:style>"
        )
        .expect("a string takes it");
    }
    xml.push_str(
        "<w:style w:type=\"character\" w:styleId=\"TvxBracket\"><w:name w:val=\"Travaux Bracket\"/>\
         <w:rPr><w:b/><w:color w:val=\"1F4E79\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"TvxName\"><w:name w:val=\"Travaux Name\"/>\
         <w:rPr><w:i/><w:color w:val=\"595959\"/><w:sz w:val=\"17\"/></w:rPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"TvxTable\"><w:name w:val=\"Travaux Table\"/><w:tblPr>\
         <w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>\
         <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>\
         <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>\
         <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>\
         <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/></w:tblBorders>\
         <w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr></w:style></w:styles>",
    );
    xml
}
