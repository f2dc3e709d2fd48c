//! A draft as an Akoma Ntoso document that is valid against the schema.
//!
//! Identifiers follow the naming convention: an abbreviation and a number for each element, behind that of
//! the element it stands in.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use travaux_text::{
    Act, Origin, Place, Position, ProposalKey, Provision, ProvisionId, ProvisionKind,
    RollingProvision, RollingText,
};

use super::AknMeta;
use crate::xml::{escape, escaped};

/// The namespace of version 3.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes a draft with what is proposed on it. `supporters` names who stands behind a proposal.
pub fn akn(
    meta: &AknMeta,
    rolling: &RollingText,
    supporters: &dyn Fn(&ProposalKey) -> Vec<String>,
) -> String {
    let mut writer = Writer { rolling, taken: BTreeSet::new(), xml: String::new() };
    let front = writer.front();
    let body = writer.body();
    let metadata = metadata(meta, rolling, supporters);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"{NAMESPACE}\" \
         xmlns:tvx=\"https://travaux.example/ns/akn-sides/1\">\n<bill name=\"draft\" \
         contains=\"singleVersion\">\n{metadata}{front}{body}</bill>\n</akomaNtoso>\n"
    )
}

fn metadata(
    meta: &AknMeta,
    rolling: &RollingText,
    supporters: &dyn Fn(&ProposalKey) -> Vec<String>,
) -> String {
    let or =
        |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let (date, language) = (or(&meta.date, "1970-01-01"), or(&meta.language, "eng"));
    let work = format!("/akn/un/bill/{date}/{}", part_of_address(&or(&meta.symbol, "draft")));
    let expression = format!("{work}/{language}@{date}");
    let frbr = |this: &str, uri: &str| {
        format!(
            "<FRBRthis value=\"{this}\"/><FRBRuri value=\"{uri}\"/><FRBRdate date=\"{date}\" \
             name=\"Generation\"/><FRBRauthor href=\"#body\"/>"
        )
    };
    let mut xml = format!(
        "<meta>\n<identification source=\"#travaux\">\n<FRBRWork>{}<FRBRcountry value=\"un\"/>\
         <FRBRnumber value=\"{}\"/><FRBRname value=\"{}\"/></FRBRWork>\n<FRBRExpression>{}\
         <FRBRlanguage language=\"{language}\"/></FRBRExpression>\n<FRBRManifestation>{}\
         <FRBRformat value=\"xml\"/></FRBRManifestation>\n</identification>\n<references \
         source=\"#travaux\">\n<TLCOrganization eId=\"travaux\" href=\"/akn/ontology/organization/travaux\" \
         showAs=\"Travaux\"/>\n<TLCOrganization eId=\"body\" href=\"/akn/ontology/organization/body\" \
         showAs=\"{}\"/>\n",
        frbr(&format!("{work}/!main"), &work),
        escaped(&meta.symbol),
        escaped(&meta.title),
        frbr(&format!("{expression}/!main"), &expression),
        frbr(&format!("{expression}/!main.xml"), &format!("{expression}.akn")),
        escaped(&or(&meta.body, "the body"))
    );
    let mut sides = String::new();
    for (key, proposal) in rolling.proposals() {
        let names = supporters(key);
        writeln!(
            xml,
            "<TLCConcept eId=\"{}\" href=\"/akn/ontology/concept/proposal/{}\" showAs=\"{}\"/>",
            concept(key),
            part_of_address(key.as_str()),
            escaped(&or(&names.join("; "), key.as_str()))
        )
        .expect("a string takes it");
        write!(
            sides,
            "<tvx:proposal key=\"{}\" tabled=\"{}\"",
            escaped(key.as_str()),
            proposal.tabled
        )
        .expect("a string takes it");
        for (name, other) in [("amends", &proposal.amends), ("insteadOf", &proposal.instead_of)] {
            if let Some(other) = other {
                write!(sides, " {name}=\"{}\"", escaped(other.as_str()))
                    .expect("a string takes it");
            }
        }
        sides.push('>');
        for name in names {
            write!(sides, "<tvx:supporter>{}</tvx:supporter>", escaped(&name))
                .expect("a string takes it");
        }
        for change in &proposal.changes {
            write!(sides, "<tvx:change target=\"{}\"", escaped(change.target.as_str()))
                .expect("a string takes it");
            act(&change.act, &mut sides);
        }
        sides.push_str("</tvx:proposal>\n");
    }
    xml.push_str("</references>\n<proprietary source=\"#travaux\">\n");
    writeln!(xml, "<tvx:title>{}</tvx:title>", escaped(&meta.title)).expect("a string takes it");
    xml.push_str(&sides);
    xml.push_str("</proprietary>\n</meta>\n");
    xml
}

/// Writes the rest of a change: what is asked.
fn act(act: &Act, out: &mut String) {
    let place = |place: &Place| match place {
        Place::After(id) => format!(" after=\"{}\"", escaped(id.as_str())),
        Place::FirstUnder(id) => format!(" firstUnder=\"{}\"", escaped(id.as_str())),
    };
    let worded = |name: &str, words: &str| {
        format!(" act=\"{name}\"><tvx:words>{}</tvx:words></tvx:change>", exact(words))
    };
    let written = match act {
        Act::Replace { text } => worded("replace", text),
        Act::Editorial { text } => worded("editorial", text),
        Act::Retitle { heading } => worded("retitle", heading),
        Act::Suppress => " act=\"suppress\"/>".to_owned(),
        Act::NoChange => " act=\"no_change\"/>".to_owned(),
        Act::Transfer { place: to } => format!("{} act=\"transfer\"/>", place(to)),
        Act::Add { place: at, kind, number, heading, text } => format!(
            "{} kind=\"{}\" number=\"{}\" heading=\"{}\"{}",
            place(at),
            kind.name(),
            escaped(number),
            escaped(heading),
            worded("add", text)
        ),
    };
    out.push_str(&written);
}

/// Returns words as XML gives them back to the byte: white space stands as references where a reader
/// would change it.
fn exact(words: &str) -> String {
    escaped(words).replace('\n', "&#10;").replace('\t', "&#9;")
}

fn concept(key: &ProposalKey) -> String {
    format!("proposal_{}", part_of_id(key.as_str()))
}

/// Writes a provision's id where no white space may stand.
fn stable(id: &ProvisionId) -> String {
    let mut written = String::new();
    for letter in id.as_str().chars() {
        if letter.is_whitespace() || letter == '%' {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                write!(written, "%{byte:02X}").expect("a string takes it");
            }
        } else {
            written.push(letter);
        }
    }
    escaped(&written)
}

/// Makes a part of an address: what is neither letter, digit nor mark that may stand there is a hyphen.
fn part_of_address(text: &str) -> String {
    let mut part = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_') {
            part.push(letter.to_ascii_lowercase());
        } else if !part.ends_with('-') {
            part.push('-');
        }
    }
    part
}

/// Makes a part of an identifier, different for different texts.
fn part_of_id(text: &str) -> String {
    let mut part = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, '.' | '-') {
            part.push(letter);
        } else {
            write!(part, "_{:x}_", u32::from(letter)).expect("a string takes it");
        }
    }
    part
}

struct Writer<'r> {
    rolling: &'r RollingText,
    taken: BTreeSet<String>,
    xml: String,
}

/// An element that is open: how deep its provision stands, its identifier, its name.
type Open = (usize, String, &'static str);

impl Writer<'_> {
    /// The title and the preamble, where they stand at the front as they should.
    fn front(&mut self) -> String {
        let mut xml = String::new();
        for provision in self.rolling.base().roots().take(2) {
            let id = stable(&provision.id);
            match provision.kind {
                ProvisionKind::Title if self.is_front(provision) => {
                    writeln!(
                        xml,
                        "<preface eId=\"preface\" wId=\"{id}\" title=\"{}\"><p><docTitle>{}</docTitle></p>\
                         </preface>",
                        escaped(&provision.heading),
                        exact(&provision.text)
                    )
                    .expect("a string takes it");
                }
                ProvisionKind::Preamble if self.is_front(provision) => {
                    writeln!(xml, "<preamble eId=\"preamble\" wId=\"{id}\">")
                        .expect("a string takes it");
                    self.recitals(provision, &mut xml);
                    xml.push_str("</preamble>\n");
                }
                _ => {}
            }
        }
        xml
    }

    /// Reports whether a title or preamble can stand before the body: in its order, untouched in its own
    /// words and with nothing in it that the schema does not know there.
    fn is_front(&self, provision: &Provision) -> bool {
        let base = self.rolling.base();
        let mut roots = base.roots();
        let first = roots.next().is_some_and(|root| root.id == provision.id);
        let second = roots.next().is_some_and(|root| root.id == provision.id);
        let children: Vec<&Provision> = base.children(&provision.id).collect();
        match provision.kind {
            ProvisionKind::Title => {
                first
                    && children.is_empty()
                    && provision.number.is_empty()
                    && !self.is_touched(provision)
            }
            ProvisionKind::Preamble => {
                let after_title = base
                    .roots()
                    .next()
                    .is_some_and(|root| root.kind == ProvisionKind::Title && self.is_front(root));
                (first || second && after_title)
                    && provision.number.is_empty()
                    && provision.heading.is_empty()
                    && provision.text.is_empty()
                    && !children.is_empty()
                    && !self.is_touched(provision)
                    && base.subtree(&provision.id).iter().skip(1).all(|below| {
                        below.parent.as_ref() == Some(&provision.id)
                            && below.kind == ProvisionKind::Paragraph
                            && below.heading.is_empty()
                    })
            }
            _ => false,
        }
    }

    fn is_touched(&self, provision: &Provision) -> bool {
        let met = self
            .rolling
            .provisions()
            .find(|met| met.id() == &provision.id && met.position() == Position::Standing);
        met.is_some_and(|met| met.touched_by().next().is_some())
    }

    fn recitals(&mut self, preamble: &Provision, xml: &mut String) {
        let rolling = self.rolling;
        for met in rolling.provisions() {
            if met.parent() != Some(&preamble.id) || met.position() != Position::Standing {
                continue;
            }
            let words = met.words();
            let eid = self.eid("preamble", "para", met.number());
            let class = proposed(&met);
            writeln!(
                xml,
                "<container name=\"paragraph\" eId=\"{}\" wId=\"{}\"{class}>{}</container>",
                escaped(&eid),
                stable(&words.id),
                paragraphs(&words.number, &words.text)
            )
            .expect("a string takes it");
            for (text, keys) in alternatives(&met) {
                let own = self.eid(&eid, "alt", "");
                writeln!(
                    xml,
                    "<container name=\"paragraph\" eId=\"{}\" alternativeTo=\"{}\" class=\"proposed\" \
                     refersTo=\"{}\">{}</container>",
                    escaped(&own),
                    escaped(&eid),
                    refers(&keys),
                    paragraphs(&words.number, &text)
                )
                .expect("a string takes it");
            }
        }
    }

    fn body(&mut self) -> String {
        let rolling = self.rolling;
        let base = rolling.base();
        let front: BTreeSet<_> = base
            .roots()
            .take(2)
            .filter(|root| self.is_front(root))
            .flat_map(|root| base.subtree(&root.id).iter().map(|it| &it.id))
            .collect();
        let in_front = |met: &RollingProvision<'_>| {
            front.contains(met.id()) || met.parent().is_some_and(|parent| front.contains(parent))
        };
        let met: Vec<RollingProvision<'_>> = rolling
            .provisions()
            .filter(|met| met.position() == Position::Standing && !in_front(met))
            .collect();
        self.xml.clear();
        let mut open: Vec<Open> = Vec::new();
        for (at, provision) in met.iter().enumerate() {
            self.close(&mut open, provision.depth());
            let has_children = met.get(at + 1).is_some_and(|next| provision.depth() < next.depth());
            self.element(
                provision,
                &mut open,
                if has_children { Holds::More } else { Holds::Words },
            );
        }
        self.close(&mut open, 0);
        if met.is_empty() {
            self.xml.push_str(
                "<hcontainer name=\"empty\" eId=\"empty\"><content eId=\"empty__content\"><p/></content></hcontainer>\n",
            );
        }
        format!("<body>\n{}</body>\n", self.xml)
    }

    fn close(&mut self, open: &mut Vec<Open>, depth: usize) {
        while open.last().is_some_and(|(opened, _, _)| depth <= *opened) {
            if let Some((_, _, name)) = open.pop() {
                writeln!(self.xml, "</{name}>").expect("a string takes it");
            }
        }
    }

    fn element(&mut self, met: &RollingProvision<'_>, open: &mut Vec<Open>, holds: Holds) {
        let words = met.words();
        let parent = open.last().map(|(_, eid, _)| eid.clone()).unwrap_or_default();
        let (name, abbreviation) = element_of(met.kind());
        let eid = self.eid(&parent, abbreviation, met.number());
        let kind = if name == "hcontainer" {
            format!(" name=\"{}\"", met.kind().name())
        } else {
            String::new()
        };
        writeln!(
            self.xml,
            "<{name}{kind} eId=\"{}\" wId=\"{}\"{}>",
            escaped(&eid),
            stable(&words.id),
            proposed(met)
        )
        .expect("a string takes it");
        self.head(words);
        match holds {
            Holds::Words => {
                self.words("content", &eid, &words.text);
                writeln!(self.xml, "</{name}>").expect("a string takes it");
                self.alternatives(met, (&parent, &eid, name, &kind));
            }
            Holds::More => {
                if !words.text.is_empty() {
                    self.words("intro", &eid, &words.text);
                }
                open.push((met.depth(), eid.clone(), name));
                self.alternatives(met, (&eid, &eid, name, &kind));
            }
        }
    }

    /// Writes number and heading. The number as the provision has it stands as the title of what is
    /// printed, where these differ.
    fn head(&mut self, words: &Provision) {
        let caption = words.caption();
        if !caption.is_empty() {
            let title = if caption == words.number {
                String::new()
            } else {
                format!(" title=\"{}\"", escaped(&words.number))
            };
            writeln!(self.xml, "<num{title}>{}</num>", escaped(&caption))
                .expect("a string takes it");
        }
        if !words.heading.is_empty() {
            writeln!(self.xml, "<heading>{}</heading>", exact(&words.heading))
                .expect("a string takes it");
        }
    }

    fn words(&mut self, element: &str, eid: &str, text: &str) {
        let own = format!("{eid}__{element}");
        writeln!(
            self.xml,
            "<{element} eId=\"{}\">{}</{element}>",
            escaped(&own),
            paragraphs("", text)
        )
        .expect("a string takes it");
    }

    /// Writes the other wordings of a provision, each once, for whoever reads the document. Those of one
    /// with others under it stand first among these.
    fn alternatives(
        &mut self,
        met: &RollingProvision<'_>,
        (parent, eid, name, kind): (&str, &str, &str, &str),
    ) {
        for (text, keys) in alternatives(met) {
            let own = self.eid(parent, "alt", met.number());
            writeln!(
                self.xml,
                "<{name}{kind} eId=\"{}\" alternativeTo=\"{}\" class=\"proposed\" refersTo=\"{}\">",
                escaped(&own),
                escaped(eid),
                refers(&keys)
            )
            .expect("a string takes it");
            self.head(met.words());
            self.words("content", &own, &text);
            writeln!(self.xml, "</{name}>").expect("a string takes it");
        }
    }

    /// Makes an identifier that no other element has.
    fn eid(&mut self, parent: &str, abbreviation: &str, number: &str) -> String {
        let number: String =
            number.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect();
        let stem = if parent.is_empty() {
            abbreviation.to_owned()
        } else {
            format!("{parent}__{abbreviation}")
        };
        let numbered = !number.is_empty();
        let first = if numbered { format!("{stem}_{number}") } else { format!("{stem}_1") };
        let others = (2..).map(|at| {
            if numbered { format!("{stem}_{number}-{at}") } else { format!("{stem}_{at}") }
        });
        let free = std::iter::once(first).chain(others).find(|eid| !self.taken.contains(eid));
        let free = free.expect("there are more numbers than elements");
        self.taken.insert(free.clone());
        free
    }
}

/// What an element holds.
#[derive(Clone, Copy)]
enum Holds {
    /// Words alone.
    Words,
    /// Other elements, after its words.
    More,
}

fn element_of(kind: ProvisionKind) -> (&'static str, &'static str) {
    match kind {
        ProvisionKind::Chapter => ("chapter", "chp"),
        ProvisionKind::Section => ("section", "sec"),
        ProvisionKind::Article => ("article", "art"),
        ProvisionKind::Paragraph => ("paragraph", "para"),
        ProvisionKind::Subparagraph => ("subparagraph", "subpara"),
        ProvisionKind::Title | ProvisionKind::Preamble | ProvisionKind::Annex => {
            ("hcontainer", "hcontainer")
        }
    }
}

/// Marks what only a proposal has put here.
fn proposed(met: &RollingProvision<'_>) -> String {
    match met.origin() {
        Origin::Base => String::new(),
        Origin::Added { by, .. } => {
            format!(" class=\"proposed\" refersTo=\"#{}\"", escaped(&concept(by)))
        }
    }
}

/// Returns the other wordings of a provision with the proposals that read so.
fn alternatives(met: &RollingProvision<'_>) -> Vec<(String, Vec<ProposalKey>)> {
    let mut texts: Vec<(String, Vec<ProposalKey>)> = Vec::new();
    for key in met.text().sides() {
        let Some(text) = met.text().side(key).filter(|text| text != met.text().base()) else {
            continue;
        };
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, keys)) => keys.push(key.clone()),
            None => texts.push((text, vec![key.clone()])),
        }
    }
    texts
}

fn refers(keys: &[ProposalKey]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("#{}", escaped(&concept(key)))).collect();
    keys.join(" ")
}

/// Sets words as paragraphs, one a line.
fn paragraphs(number: &str, text: &str) -> String {
    let number = if number.is_empty() {
        String::new()
    } else {
        format!("<span title=\"number\">{}</span> ", escaped(number))
    };
    let mut xml = String::new();
    for (at, line) in text.split('\n').enumerate() {
        xml.push_str("<p>");
        if at == 0 {
            xml.push_str(&number);
        }
        escape(line, &mut xml);
        xml.push_str("</p>");
    }
    xml
}
