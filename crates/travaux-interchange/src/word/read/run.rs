//! From the elements of a paragraph to its words: runs, fields, links, symbols, pictures.

use super::body::{Reader, chosen, is_range_mark, tag};
use super::words;
use crate::word::{Look, WordRun};
use crate::xml::Element;

impl<'x> Reader<'x> {
    /// Reads what stands in a line.
    pub(super) fn inline(&mut self, parent: Element<'x>) {
        for element in parent.children() {
            match element.name() {
                "w:r" => self.run(element),
                "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                    self.within_change(element, Self::inline);
                }
                "w:hyperlink" => {
                    self.ignore("the address of a link; its words are kept");
                    self.inline(element);
                }
                "w:fldSimple" => {
                    let code = element.attribute("w:instr").unwrap_or_default();
                    self.field(code);
                    self.inline(element);
                }
                "w:sdt" => {
                    self.paragraph.names.extend(tag(element));
                    if let Some(content) = element.child("w:sdtContent") {
                        self.inline(content);
                    }
                }
                "w:bookmarkStart" => {
                    let name = element.attribute("w:name").map(str::to_owned);
                    self.paragraph.names.extend(name);
                }
                "w:commentRangeStart" | "w:commentRangeEnd" => self.comment_range(element),
                "m:oMath" | "m:oMathPara" => {
                    self.ignore("the layout of a formula; its letters are kept");
                    let letters = element.text();
                    self.push(&letters, Look::default());
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inline(chosen);
                    }
                }
                "w:subDoc" => self.ignore("an embedded document"),
                "w:pPr" | "w:bookmarkEnd" | "w:proofErr" | "w:permStart" | "w:permEnd"
                | "w:sdtPr" | "w:sdtEndPr" | "w:smartTagPr" | "w:customXmlPr" => {}
                name if is_range_mark(name) => {}
                _ => self.inline(element),
            }
        }
    }

    fn field(&mut self, code: &str) {
        let kind = code.split_whitespace().next().unwrap_or("unknown");
        self.ignore(format!("the code of a field ({kind}); its result is kept"));
    }

    fn run(&mut self, run: Element<'x>) {
        let properties = run.child("w:rPr");
        let look = properties.map(look).unwrap_or_default();
        if let Some(change) = properties.and_then(|it| it.child("w:rPrChange")) {
            let author = change.attribute("w:author").unwrap_or_default();
            self.ignore(format!("a tracked change of format, by {author}"));
        }
        // A run of its own tracked change, as some writers have it.
        let own = properties.into_iter().flat_map(Element::children);
        let own: Vec<_> = own.filter_map(super::body::revision).collect();
        let before = self.changes.len();
        self.changes.extend(own);
        self.contents(run, look);
        self.changes.truncate(before);
    }

    fn contents(&mut self, run: Element<'x>, look: Look) {
        let in_code = self.fields.last().copied().unwrap_or(false);
        for element in run.children() {
            match element.name() {
                "w:t" | "w:delText" if !in_code => self.push(&text_of(element), look),
                "w:tab" | "w:ptab" => self.push("\t", look),
                "w:cr" => self.push("\n", look),
                "w:br" if element.attribute("w:type").is_none_or(|kind| kind == "textWrapping") => {
                    self.push("\n", look);
                }
                "w:noBreakHyphen" => self.push("\u{2011}", look),
                "w:softHyphen" => self.push("\u{ad}", look),
                "w:sym" => self.symbol(element, look),
                "w:fldChar" => self.field_mark(element),
                "w:instrText" => {
                    let code = element.text();
                    if !code.trim().is_empty() && self.fields.last() == Some(&true) {
                        self.field(&code);
                    }
                }
                "w:footnoteReference" | "w:endnoteReference" => self.note(element),
                "w:commentReference" => self.comment_point(element),
                "w:drawing" | "w:pict" | "w:object" => self.picture(element),
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.contents(chosen, look);
                    }
                }
                "w:ruby" => {
                    self.ignore("the reading aid over some letters");
                    if let Some(base) = element.child("w:rubyBase") {
                        self.inline(base);
                    }
                }
                _ => {}
            }
        }
    }

    /// Appends words.
    fn push(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.paragraph.runs.last_mut()
            && last.look == look
            && last.note.is_none()
            && last.changes == self.changes
            && last.comments == self.comments
        {
            last.text.push_str(text);
            return;
        }
        self.paragraph.runs.push(WordRun {
            text: text.to_owned(),
            look,
            changes: self.changes.clone(),
            note: None,
            comments: self.comments.clone(),
        });
    }

    fn note(&mut self, element: Element<'x>) {
        let kind = element.local().trim_end_matches("Reference");
        let id = element.attribute("w:id").unwrap_or_default();
        self.paragraph.runs.push(WordRun {
            text: String::new(),
            look: Look::default(),
            changes: self.changes.clone(),
            note: Some(format!("{kind} {id}")),
            comments: self.comments.clone(),
        });
    }

    /// Letters of symbol fonts have numbers of their own, which mean nothing elsewhere.
    fn symbol(&mut self, element: Element<'x>, look: Look) {
        let font = element.attribute("w:font").unwrap_or("an unknown font");
        let code = element.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let letter = code.and_then(char::from_u32).filter(|letter| !letter.is_control());
        let is_private = letter.is_none_or(|letter| ('\u{e000}'..='\u{f8ff}').contains(&letter));
        if is_private {
            let written = element.attribute("w:char").unwrap_or_default().to_owned();
            self.ignore(format!("the symbol {written} of the font {font}"));
        } else if let Some(letter) = letter {
            self.push(letter.encode_utf8(&mut [0; 4]), look);
        }
    }

    fn field_mark(&mut self, element: Element<'x>) {
        match element.attribute("w:fldCharType") {
            Some("begin") => self.fields.push(true),
            Some("separate") => {
                if let Some(in_code) = self.fields.last_mut() {
                    *in_code = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            Some(_) | None => {}
        }
    }

    /// A picture is not kept; the words of a text box are read behind the paragraph it hangs on.
    fn picture(&mut self, element: Element<'x>) {
        let mut found = Vec::new();
        text_boxes(element, &mut found);
        if found.iter().any(|content| !words(*content).trim().is_empty()) {
            self.ignore("the place of a text box; its words are read behind the paragraph");
            self.boxes.extend(found);
            return;
        }
        let what = element.descendant("wp:docPr").or_else(|| element.descendant("v:imagedata"));
        let title = what.and_then(|it| it.attribute("descr").or_else(|| it.attribute("title")));
        match title.filter(|title| !title.is_empty()) {
            Some(title) => self.ignore(format!("a picture ({title})")),
            None => self.ignore("a picture"),
        }
    }
}

fn text_boxes<'x>(element: Element<'x>, found: &mut Vec<Element<'x>>) {
    for child in element.children() {
        match child.name() {
            "w:txbxContent" => found.push(child),
            "mc:AlternateContent" => {
                if let Some(chosen) = chosen(child) {
                    text_boxes(chosen, found);
                }
            }
            _ => text_boxes(child, found),
        }
    }
}

/// Returns the letters of a text; Word keeps white space at its ends only where it says so.
fn text_of(element: Element<'_>) -> String {
    let text = element.text();
    if element.attribute("xml:space") == Some("preserve") {
        text
    } else {
        text.trim_matches([' ', '\t', '\n', '\r']).to_owned()
    }
}

/// Reads how letters are set by hand.
fn look(properties: Element<'_>) -> Look {
    let mut look = Look::default();
    for property in properties.children() {
        let is_on = !matches!(property.value(), Some("0" | "false" | "none" | "off"));
        let sets = match property.name() {
            "w:b" => Look::BOLD,
            "w:strike" | "w:dstrike" => Look::STRUCK,
            "w:u" => Look::UNDERLINED,
            "w:i" => Look::ITALIC,
            "w:vanish" => Look::HIDDEN,
            "w:highlight" => Look::COLOURED,
            "w:color" if !matches!(property.value(), Some("auto" | "000000")) => Look::COLOURED,
            "w:rStyle" => match property.value() {
                Some("Strong" | "StrongEmphasis") => Look::BOLD,
                Some("Emphasis") => Look::ITALIC,
                Some(_) | None => continue,
            },
            _ => continue,
        };
        look = if is_on { look.and(sets) } else { look.without(sets) };
    }
    look
}
