//! XML as a tree that lies flat in memory: elements and attributes with canonical names, and text.
//!
//! Known namespaces are written with one prefix each ("w:p"), whatever prefix the file chose. No
//! entity is ever expanded but the five of XML itself and character references. What the elements
//! mean is not known here.
//!
//! **Invariant:** memory is bounded by [`NODES_MAX`], and nothing here or above recurses deeper than
//! [`DEPTH_MAX`].

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{LocalName, QName, ResolveResult};

/// The number of elements, texts and attributes up to which a part is read.
pub const NODES_MAX: usize = 4_000_000;

/// The number of elements within each other up to which a part is read.
pub const DEPTH_MAX: usize = 256;

/// Why something is no XML that can be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum XmlError {
    /// It is not well formed.
    Malformed {
        /// Offset in bytes.
        offset: usize,
        /// What is wrong.
        reason: String,
    },
    /// It is not text.
    NotText,
    /// It has more than [`NODES_MAX`] parts.
    TooMany,
    /// Its elements stand more than [`DEPTH_MAX`] deep in each other.
    TooDeep,
    /// There is no element in it.
    Empty,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { offset, reason } => {
                write!(f, "the XML is malformed at offset {offset}: {reason}")
            }
            Self::NotText => f.write_str("the XML is neither UTF-8 nor UTF-16"),
            Self::TooMany => write!(f, "the XML has more than {NODES_MAX} elements and texts"),
            Self::TooDeep => write!(f, "the XML nests more than {DEPTH_MAX} elements deep"),
            Self::Empty => f.write_str("the XML holds no element"),
        }
    }
}

impl std::error::Error for XmlError {}

/// A tree.
#[derive(Debug)]
pub(crate) struct Xml {
    nodes: Vec<NodeData>,
    attributes: Vec<(u32, Range<u32>)>,
    names: Vec<String>,
    /// All values and texts, one behind the other.
    letters: String,
    /// Entities that were met and stay as written.
    pub(crate) unexpanded: Vec<String>,
}

#[derive(Debug)]
struct NodeData {
    /// The name of an element; none for a text.
    name: Option<u32>,
    /// Attributes of an element, letters of a text.
    range: Range<u32>,
    first: Option<u32>,
    next: Option<u32>,
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'x> {
    xml: &'x Xml,
    at: u32,
}

/// What stands in an element.
#[derive(Clone, Copy)]
pub(crate) enum Child<'x> {
    Element(Element<'x>),
    Text(&'x str),
}

/// The namespaces that are known, and the prefix each is given. Those of Office exist twice, the
/// second time for its strict form.
const NAMESPACES: [(&str, &str); 24] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "akn"),
    ("http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD13", "akn"),
    ("http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17", "akn"),
    ("http://www.akomantoso.org/2.0", "akn"),
    ("http://www.akomantoso.org/1.0", "akn"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
    ("https://travaux.example/ns/akn-sides/1", "tvx"),
];

impl Xml {
    /// Reads a part.
    ///
    /// # Errors
    /// Where it is malformed, or larger than what is read.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, XmlError> {
        let decoded = decode(bytes)?;
        let mut builder = Builder::new(decoded.len());
        let mut reader = NsReader::from_str(&decoded);
        reader.config_mut().check_end_names = true;
        loop {
            let event = reader.read_event();
            let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let fault = |reason: String| XmlError::Malformed { offset, reason };
            match event.map_err(|error| fault(error.to_string()))? {
                Event::Start(start) => {
                    builder.open(&reader, &start).map_err(|e| e.at(offset))?;
                    builder.enter();
                }
                Event::Empty(start) => {
                    builder.open(&reader, &start).map_err(|e| e.at(offset))?;
                }
                Event::End(_) => builder.close(),
                Event::Text(text) => builder.text(&text.xml10_content())?,
                Event::CData(text) => builder.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let resolved =
                        reference.resolve_char_ref().map_err(|e| fault(e.to_string()))?;
                    builder.reference(&reference.xml10_content(), resolved)?;
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        if 1 < builder.open.len() {
            return Err(XmlError::Malformed {
                offset: decoded.len(),
                reason: "it ends within an element".to_owned(),
            });
        }
        let xml = builder.xml;
        if xml.root().is_none() { Err(XmlError::Empty) } else { Ok(xml) }
    }

    /// Returns the outermost element.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        let document = Element { xml: self, at: 0 };
        document.children().next()
    }
}

/// Takes bytes as text: UTF-8, or UTF-16 with its mark.
fn decode(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, XmlError> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]])).collect();
        String::from_utf16(&units).map(Into::into).map_err(|_odd| XmlError::NotText)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, XmlError> {
    std::str::from_utf8(bytes).map(Into::into).map_err(|_offset| XmlError::NotText)
}

struct Builder {
    xml: Xml,
    known: BTreeMap<String, u32>,
    /// The open elements, the document first, each with its last child so far.
    open: Vec<(u32, Option<u32>)>,
}

/// A fault whose place is not known yet.
enum Fault {
    Malformed(String),
    Limit(XmlError),
}

impl Fault {
    fn at(self, offset: usize) -> XmlError {
        match self {
            Self::Malformed(reason) => XmlError::Malformed { offset, reason },
            Self::Limit(error) => error,
        }
    }
}

impl Builder {
    fn new(size: usize) -> Self {
        let document = NodeData { name: None, range: 0..0, first: None, next: None };
        let xml = Xml {
            nodes: vec![document],
            attributes: Vec::new(),
            names: Vec::new(),
            letters: String::with_capacity(size / 4),
            unexpanded: Vec::new(),
        };
        Self { xml, known: BTreeMap::new(), open: vec![(0, None)] }
    }

    fn name(&mut self, name: String) -> u32 {
        let next = u32::try_from(self.xml.names.len()).unwrap_or(u32::MAX);
        *self.known.entry(name).or_insert_with_key(|name| {
            self.xml.names.push(name.clone());
            next
        })
    }

    fn open(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<(), Fault> {
        if DEPTH_MAX < self.open.len() {
            return Err(Fault::Limit(XmlError::TooDeep));
        }
        let name = self.name(element_name(reader, start.name()));
        let first = position(self.xml.attributes.len());
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| Fault::Malformed(error.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let name = self.name(attribute_name(reader, attribute.key));
            let range = match unescape(&attribute.value) {
                Ok(value) => self.letters(&value),
                // An entity of the file's own: it stays as written.
                Err(_unknown) => {
                    self.xml.unexpanded.push(attribute.value.clone().into_owned());
                    self.letters(&attribute.value)
                }
            };
            self.xml.attributes.push((name, range));
        }
        let range = first..position(self.xml.attributes.len());
        let at = self.add(NodeData { name: Some(name), range, first: None, next: None });
        at.map(drop).map_err(Fault::Limit)
    }

    /// Goes into the element that was opened last.
    fn enter(&mut self) {
        self.open.push((position(self.xml.nodes.len() - 1), None));
    }

    fn close(&mut self) {
        if 1 < self.open.len() {
            self.open.pop();
        }
    }

    fn letters(&mut self, text: &str) -> Range<u32> {
        let from = position(self.xml.letters.len());
        self.xml.letters.push_str(text);
        from..position(self.xml.letters.len())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        if text.is_empty() || self.open.len() == 1 {
            return Ok(());
        }
        let range = self.letters(text);
        // Text that was cut by a reference is one text.
        let last = self.open.last().and_then(|(_, last)| *last);
        if let Some(last) = last.and_then(|last| self.xml.nodes.get_mut(last as usize))
            && last.name.is_none()
            && last.range.end == range.start
        {
            last.range.end = range.end;
            return Ok(());
        }
        self.add(NodeData { name: None, range, first: None, next: None }).map(drop)
    }

    fn reference(&mut self, name: &str, resolved: Option<char>) -> Result<(), XmlError> {
        match (resolved, resolve_predefined_entity(name)) {
            (Some(letter), _) => self.text(letter.encode_utf8(&mut [0; 4])),
            (None, Some(known)) => self.text(known),
            (None, None) => {
                let written = format!("&{name};");
                self.text(&written)?;
                self.xml.unexpanded.push(written);
                Ok(())
            }
        }
    }

    /// Puts a node behind the last child of the innermost open element.
    fn add(&mut self, node: NodeData) -> Result<u32, XmlError> {
        if NODES_MAX <= self.xml.nodes.len() + self.xml.attributes.len() {
            return Err(XmlError::TooMany);
        }
        let at = position(self.xml.nodes.len());
        self.xml.nodes.push(node);
        if let Some((parent, last)) = self.open.last_mut() {
            match last.replace(at) {
                Some(before) => self.xml.nodes[before as usize].next = Some(at),
                None => self.xml.nodes[*parent as usize].first = Some(at),
            }
        }
        Ok(at)
    }
}

/// Places fit: the parts that are read have less than four thousand million bytes.
fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn element_name(reader: &NsReader<&[u8]>, name: QName<'_>) -> String {
    canonical(name, reader.resolver().resolve_element(name))
}

fn attribute_name(reader: &NsReader<&[u8]>, name: QName<'_>) -> String {
    canonical(name, reader.resolver().resolve_attribute(name))
}

fn canonical(name: QName<'_>, (namespace, local): (ResolveResult<'_>, LocalName<'_>)) -> String {
    let local = local.into_inner();
    match namespace {
        ResolveResult::Bound(uri) => {
            let known = NAMESPACES.iter().find(|(known, _)| *known == uri.0);
            match known {
                Some((_, prefix)) => format!("{prefix}:{local}"),
                None => name.0.to_owned(),
            }
        }
        ResolveResult::Unbound => local.to_owned(),
        ResolveResult::Unknown(_) => name.0.to_owned(),
    }
}

impl<'x> Element<'x> {
    fn data(self) -> &'x NodeData {
        &self.xml.nodes[self.at as usize]
    }

    /// Returns its name with its canonical prefix.
    pub(crate) fn name(self) -> &'x str {
        self.data().name.map_or("", |name| &self.xml.names[name as usize])
    }

    /// Returns the name behind the prefix.
    pub(crate) fn local(self) -> &'x str {
        let name = self.name();
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// Returns the value of an attribute.
    pub(crate) fn attribute(self, name: &str) -> Option<&'x str> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Returns its attributes with their values, without declarations of namespaces.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'x str, &'x str)> {
        let range = &self.data().range;
        let (xml, range) = (self.xml, range.start as usize..range.end as usize);
        xml.attributes[range].iter().map(move |(name, letters)| {
            let letters = letters.start as usize..letters.end as usize;
            (xml.names[*name as usize].as_str(), &xml.letters[letters])
        })
    }

    /// Returns `w:val`, which most elements of Word carry.
    pub(crate) fn value(self) -> Option<&'x str> {
        self.attribute("w:val")
    }

    /// Returns what stands directly in it.
    pub(crate) fn contents(self) -> impl Iterator<Item = Child<'x>> {
        let xml = self.xml;
        let nodes = std::iter::successors(self.data().first, |&at| xml.nodes[at as usize].next);
        nodes.map(move |at| {
            let node = &xml.nodes[at as usize];
            match node.name {
                Some(_) => Child::Element(Element { xml, at }),
                None => {
                    Child::Text(&xml.letters[node.range.start as usize..node.range.end as usize])
                }
            }
        })
    }

    /// Returns the elements that stand directly in it.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        self.contents().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Returns the first child of a name.
    pub(crate) fn child(self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// Returns all text in it, at any depth.
    pub(crate) fn text(self) -> String {
        let mut all = String::new();
        self.add_text(&mut all);
        all
    }

    fn add_text(self, all: &mut String) {
        for child in self.contents() {
            match child {
                Child::Element(element) => element.add_text(all),
                Child::Text(text) => all.push_str(text),
            }
        }
    }

    /// Returns the first element of a name in it, at any depth.
    pub(crate) fn descendant(self, name: &str) -> Option<Self> {
        self.children().find_map(|child| {
            if child.name() == name { Some(child) } else { child.descendant(name) }
        })
    }
}

/// Appends text as XML writes it. Characters that XML cannot hold become U+FFFD.
pub(crate) fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter if letter < ' ' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
}

/// Returns text as XML writes it; see [`escape`].
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_namespaces_get_one_prefix_and_text_is_one_piece() {
        let xml = Xml::read(
            b"<x:a xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main' x:val='1 &amp; 2'>a&lt;b&#x43;<x:b/>c</x:a>",
        )
        .unwrap();
        let root = xml.root().unwrap();
        assert_eq!((root.name(), root.value()), ("w:a", Some("1 & 2")));
        let contents: Vec<String> = root
            .contents()
            .map(|child| match child {
                Child::Element(element) => format!("<{}>", element.name()),
                Child::Text(text) => text.to_owned(),
            })
            .collect();
        assert_eq!(contents, ["a<bC", "<w:b>", "c"]);
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">\
                    <!ENTITY d SYSTEM \"file:///etc/passwd\">]><a t='&c;'>x &c; &d;</a>";
        let xml = Xml::read(bomb.as_bytes()).unwrap();
        assert_eq!(xml.root().unwrap().text(), "x &c; &d;");
        assert_eq!(xml.unexpanded.len(), 3);
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        for bad in ["", "plain", "<a><b></a>", "<a>", "<a b=c/>", "\u{0}"] {
            assert!(Xml::read(bad.as_bytes()).is_err(), "{bad:?}");
        }
        let deep = "<a>".repeat(DEPTH_MAX + 1);
        assert_eq!(Xml::read(deep.as_bytes()).unwrap_err(), XmlError::TooDeep);
        assert_eq!(Xml::read(&[0xff, 0x41]).unwrap_err(), XmlError::NotText);
    }
}
