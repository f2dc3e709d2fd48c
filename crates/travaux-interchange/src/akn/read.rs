//! An Akoma Ntoso document as a draft: our own to the byte, any other without loss of text.

use std::collections::BTreeSet;

use travaux_text::{
    Act, Change, IssuedText, Place, Proposal, ProposalKey, Provision, ProvisionId, ProvisionKind,
};

use super::{AknDraft, AknError, AknProposal};
use crate::word::Ignored;
use crate::xml::{Child, Element, Xml};

/// Reads a document.
///
/// # Errors
/// Where it is no XML, or not Akoma Ntoso.
///
/// # Panics
/// Never: elements nest, and each gets an id of its own.
pub fn read_akn(bytes: &[u8]) -> Result<AknDraft, AknError> {
    let xml = Xml::read(bytes).map_err(AknError::Xml)?;
    let root = xml.root().ok_or(AknError::Xml(crate::xml::XmlError::Empty))?;
    if root.local() != "akomaNtoso" {
        return Err(AknError::Other { root: root.name().to_owned() });
    }
    let is_ours = root.descendant("tvx:title").is_some();
    let mut reader = Reader {
        is_ours,
        provisions: Vec::new(),
        ids: BTreeSet::new(),
        draft: AknDraft::default(),
    };
    for document in root.children() {
        reader.document(document);
    }
    let Reader { provisions, mut draft, .. } = reader;
    draft.text = IssuedText::new(provisions).expect("elements nest, and each has an id of its own");
    for written in xml.unexpanded {
        let feature = format!("the entity {written}, which is not expanded");
        draft.ignored.push(Ignored { paragraph: 0, feature, words: String::new() });
    }
    Ok(draft)
}

struct Reader {
    /// Whether the document was written by us: then white space counts.
    is_ours: bool,
    provisions: Vec<Provision>,
    ids: BTreeSet<ProvisionId>,
    draft: AknDraft,
}

/// How an element of the hierarchy is read.
fn kind_of(element: Element<'_>) -> Option<ProvisionKind> {
    Some(match element.local() {
        "article" | "rule" => ProvisionKind::Article,
        "chapter" | "part" | "book" | "tome" | "division" | "subchapter" | "subpart" | "title"
        | "subtitle" | "subdivision" => ProvisionKind::Chapter,
        "section" | "subsection" if is_upper(element) => ProvisionKind::Section,
        "section" | "subsection" | "paragraph" | "clause" | "level" | "transitional"
        | "proviso" | "subrule" => ProvisionKind::Paragraph,
        "subparagraph" | "point" | "indent" | "alinea" | "item" | "subclause" | "sublist"
        | "list" => ProvisionKind::Subparagraph,
        "hcontainer" => match element.attribute("name") {
            Some("annex") => ProvisionKind::Annex,
            Some("title") => ProvisionKind::Title,
            Some("preamble") => ProvisionKind::Preamble,
            Some(_) | None => ProvisionKind::Chapter,
        },
        _ => return None,
    })
}

/// A section with articles in it is above them; with none it is one of them.
fn is_upper(section: Element<'_>) -> bool {
    section.local() == "section"
        && (section.child("akn:article").is_some() || section.child("akn:heading").is_some())
}

impl Reader {
    fn document(&mut self, document: Element<'_>) {
        let metas = || document.children().filter(|part| part.local() == "meta");
        for meta in metas() {
            self.meta(meta);
        }
        for part in document.children() {
            match part.local() {
                "meta" => {}
                "components" | "attachments" | "collectionBody" => {
                    for inner in part.children() {
                        self.document(inner);
                    }
                }
                _ => self.part(part),
            }
        }
        // Notes stand among the metadata; their words are read behind the text.
        for notes in metas().flat_map(Element::children).filter(|part| part.local() == "notes") {
            self.blocks(notes, None);
        }
    }

    /// Reads a part of a document: ours have a provision each before the body.
    fn part(&mut self, part: Element<'_>) {
        let kind = match part.local() {
            "preface" => ProvisionKind::Title,
            "preamble" => ProvisionKind::Preamble,
            _ => {
                self.blocks(part, None);
                return;
            }
        };
        if !self.is_ours {
            self.blocks(part, None);
            return;
        }
        let id = self.id(part);
        let is_title = kind == ProvisionKind::Title;
        let heading = part.attribute("title").unwrap_or_default().to_owned();
        let text = if is_title { part.text() } else { String::new() };
        self.put(Provision {
            id: id.clone(),
            parent: None,
            kind,
            number: String::new(),
            heading,
            text,
        });
        if !is_title {
            self.blocks(part, Some(&id));
        }
    }

    fn meta(&mut self, meta: Element<'_>) {
        let value = |name: &str| {
            let found = meta.descendant(name)?;
            found.attribute("value").or_else(|| found.attribute("date")).map(str::to_owned)
        };
        if self.draft.date.is_empty() {
            self.draft.date = value("akn:FRBRdate").unwrap_or_default();
            self.draft.symbol = value("akn:FRBRnumber").unwrap_or_default();
            self.draft.title = value("akn:FRBRname").unwrap_or_default();
        }
        for part in meta.children() {
            match part.local() {
                "identification" | "references" | "publication" | "notes" => {}
                "proprietary" if self.is_ours => self.proprietary(part),
                other => self.ignore(format!("the metadata `{other}`")),
            }
        }
    }

    fn ignore(&mut self, feature: String) {
        let found = Ignored { paragraph: 0, feature, words: String::new() };
        if !self.draft.ignored.contains(&found) {
            self.draft.ignored.push(found);
        }
    }

    fn proprietary(&mut self, part: Element<'_>) {
        for child in part.children() {
            match child.name() {
                "tvx:title" => self.draft.title = child.text(),
                "tvx:proposal" => self.draft.proposals.extend(proposal(child)),
                _ => {}
            }
        }
    }

    /// Makes an id that no provision has: the stable one, else the identifier, else a number.
    fn id(&mut self, element: Element<'_>) -> ProvisionId {
        let given = element.attribute("wId").or_else(|| element.attribute("eId"));
        let given =
            given.map(|given| if self.is_ours { unstable(given) } else { given.to_owned() });
        let stem = given.unwrap_or_else(|| format!("p{}", self.provisions.len() + 1));
        let names = std::iter::once(stem.clone()).chain((2..).map(|at| format!("{stem}-{at}")));
        let mut names = names.map(ProvisionId::new);
        let id = names.find(|id| !self.ids.contains(id));
        let id = id.expect("there are more numbers than provisions");
        self.ids.insert(id.clone());
        id
    }

    fn put(&mut self, provision: Provision) {
        self.provisions.push(provision);
    }

    /// Reads what stands in a container.
    fn blocks(&mut self, container: Element<'_>, parent: Option<&ProvisionId>) {
        for child in container.contents() {
            match child {
                Child::Element(element) => self.block(element, parent),
                Child::Text(text) if !text.trim().is_empty() => {
                    self.line(container, squashed(text), parent);
                }
                Child::Text(_) => {}
            }
        }
    }

    fn block(&mut self, element: Element<'_>, parent: Option<&ProvisionId>) {
        // What is proposed on a draft of ours stands exactly in the metadata.
        if self.is_ours && element.attribute("class") == Some("proposed") {
            return;
        }
        if self.is_ours
            && element.local() == "hcontainer"
            && element.attribute("name") == Some("empty")
        {
            return;
        }
        if let Some(kind) = kind_of(element) {
            self.provision(element, kind, parent);
        } else if self.is_ours && element.local() == "container" {
            self.recital(element, parent);
        } else if is_line(element) {
            self.line(element, self.words(element), parent);
        } else {
            self.blocks(element, parent);
        }
    }

    /// Reads words of an element: ours as they stand, others without what only lays XML out.
    fn words(&self, element: Element<'_>) -> String {
        if self.is_ours { element.text() } else { squashed(&spaced(element)) }
    }

    /// Puts a line that is no element of the hierarchy as a paragraph without a number.
    fn line(&mut self, element: Element<'_>, text: String, parent: Option<&ProvisionId>) {
        if text.is_empty() {
            return;
        }
        let id = self.id(element);
        let kind = ProvisionKind::Paragraph;
        let (number, heading) = (String::new(), String::new());
        self.put(Provision { id, parent: parent.cloned(), kind, number, heading, text });
    }

    fn recital(&mut self, element: Element<'_>, parent: Option<&ProvisionId>) {
        let mut number = String::new();
        let mut lines = Vec::new();
        for line in element.children() {
            let mut words = String::new();
            for child in line.contents() {
                match child {
                    Child::Element(span) if span.attribute("title") == Some("number") => {
                        number = span.text();
                    }
                    Child::Element(other) => words.push_str(&other.text()),
                    Child::Text(text) => words.push_str(text),
                }
            }
            if !number.is_empty() && lines.is_empty() {
                words = words.strip_prefix(' ').map_or(words.clone(), str::to_owned);
            }
            lines.push(words);
        }
        let id = self.id(element);
        let kind = ProvisionKind::Paragraph;
        let (heading, text) = (String::new(), lines.join("\n"));
        self.put(Provision { id, parent: parent.cloned(), kind, number, heading, text });
    }

    /// Reads an element of the hierarchy.
    fn provision(
        &mut self,
        element: Element<'_>,
        kind: ProvisionKind,
        parent: Option<&ProvisionId>,
    ) {
        let id = self.id(element);
        let at = self.provisions.len();
        let mut provision = Provision {
            id: id.clone(),
            parent: parent.cloned(),
            kind,
            number: String::new(),
            heading: String::new(),
            text: String::new(),
        };
        let mut headings: Vec<String> = Vec::new();
        for child in element.children() {
            match child.local() {
                "num" => match self.number(child, kind) {
                    Ok(number) => provision.number = number,
                    Err(printed) => headings.push(printed),
                },
                "heading" | "subheading" => headings.push(self.words(child)),
                _ => {}
            }
        }
        headings.retain(|heading| !heading.is_empty());
        provision.heading = headings.join(" ");
        self.put(provision);
        for child in element.contents() {
            match child {
                Child::Element(child) => match child.local() {
                    "num" | "heading" | "subheading" => {}
                    "intro" | "content" if self.provisions.len() == at + 1 => {
                        let (lines, rest) = leading_lines(child);
                        let lines: Vec<String> =
                            lines.into_iter().map(|line| self.words(line)).collect();
                        self.provisions[at].text = lines.join("\n");
                        for more in rest {
                            self.block(more, Some(&id));
                        }
                    }
                    _ => self.block(child, Some(&id)),
                },
                Child::Text(text) if !text.trim().is_empty() => {
                    self.line(element, squashed(text), Some(&id));
                }
                Child::Text(_) => {}
            }
        }
    }

    /// Reads a number; one that our setting would print otherwise is given back as words.
    fn number(&self, num: Element<'_>, kind: ProvisionKind) -> Result<String, String> {
        let printed = self.words(num);
        if let Some(title) = num.attribute("title").filter(|_| self.is_ours) {
            return Ok(title.to_owned());
        }
        let provision = |number: &str| Provision {
            id: ProvisionId::new("number"),
            parent: None,
            kind,
            number: number.to_owned(),
            heading: String::new(),
            text: String::new(),
        };
        let bare = printed.split_once(' ').map_or(printed.as_str(), |(_, number)| number);
        let candidates = [printed.as_str(), bare, printed.trim_end_matches('.')];
        let found = candidates.into_iter().find(|number| provision(number).caption() == printed);
        found.map(str::to_owned).ok_or(printed)
    }
}

/// Reads an id in which white space stands as its bytes.
fn unstable(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_cut| written.to_owned())
}

/// Returns the lines with which a block of content begins, and what follows them.
fn leading_lines(block: Element<'_>) -> (Vec<Element<'_>>, Vec<Element<'_>>) {
    let children: Vec<Element<'_>> = block.children().collect();
    let end = children.iter().position(|child| !is_line(*child)).unwrap_or(children.len());
    (children[..end].to_vec(), children[end..].to_vec())
}

/// Reports whether an element is one line of words: it holds letters itself, or only pieces of a line.
fn is_line(element: Element<'_>) -> bool {
    const LINES: [&str; 9] = [
        "p",
        "heading",
        "num",
        "block",
        "tocItem",
        "from",
        "listIntroduction",
        "listWrapUp",
        "longTitle",
    ];
    if LINES.contains(&element.local()) {
        return true;
    }
    element.contents().any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()))
}

/// Returns all text of an element, pieces that are lines of their own apart.
fn spaced(element: Element<'_>) -> String {
    let mut text = String::new();
    for child in element.contents() {
        match child {
            Child::Text(words) => text.push_str(words),
            Child::Element(inner) => {
                let is_block = is_line(inner) && inner.local() != "num" || kind_of(inner).is_some();
                let apart = is_block && matches!(inner.local(), "p" | "heading" | "block")
                    || kind_of(inner).is_some()
                    || matches!(
                        inner.local(),
                        "content" | "num" | "quotedStructure" | "authorialNote"
                    );
                if apart {
                    text.push(' ');
                }
                text.push_str(&spaced(inner));
                if apart {
                    text.push(' ');
                }
            }
        }
    }
    text
}

fn squashed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a proposal of the profile; nothing where it is not of its form.
fn proposal(element: Element<'_>) -> Option<AknProposal> {
    let key = |name: &str| element.attribute(name).and_then(|it| ProposalKey::new(it).ok());
    let children = || element.children();
    let changes = children().filter(|it| it.name() == "tvx:change").map(change);
    let supporters = children().filter(|it| it.name() == "tvx:supporter").map(Element::text);
    let tabled = element.attribute("tabled").and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut proposal = Proposal::new(tabled, changes.collect::<Option<Vec<Change>>>()?);
    (proposal.amends, proposal.instead_of) = (key("amends"), key("insteadOf"));
    Some(AknProposal { key: key("key")?, proposal, supporters: supporters.collect() })
}

fn change(element: Element<'_>) -> Option<Change> {
    let attribute = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    let words = || element.child("tvx:words").map(Element::text).unwrap_or_default();
    let place = || {
        let after = element.attribute("after").map(|id| Place::After(ProvisionId::new(id)));
        after
            .or_else(|| Some(Place::FirstUnder(ProvisionId::new(element.attribute("firstUnder")?))))
    };
    let act = match element.attribute("act")? {
        "replace" => Act::Replace { text: words() },
        "editorial" => Act::Editorial { text: words() },
        "retitle" => Act::Retitle { heading: words() },
        "suppress" => Act::Suppress,
        "no_change" => Act::NoChange,
        "transfer" => Act::Transfer { place: place()? },
        "add" => Act::Add {
            place: place()?,
            kind: kind_named(element.attribute("kind")?)?,
            number: attribute("number"),
            heading: attribute("heading"),
            text: words(),
        },
        _ => return None,
    };
    Some(Change { target: ProvisionId::new(attribute("target")), act })
}

fn kind_named(name: &str) -> Option<ProvisionKind> {
    const KINDS: [ProvisionKind; 8] = [
        ProvisionKind::Title,
        ProvisionKind::Preamble,
        ProvisionKind::Chapter,
        ProvisionKind::Section,
        ProvisionKind::Article,
        ProvisionKind::Paragraph,
        ProvisionKind::Subparagraph,
        ProvisionKind::Annex,
    ];
    KINDS.into_iter().find(|kind| kind.name() == name)
}
