//! Akoma Ntoso: the examples of the standard lose no text, and a draft comes back as it was.

use std::path::Path;
use std::process::Command;

use travaux_interchange::{AknMeta, akn, read_akn};
use travaux_text::{
    Act, Change, IssuedText, Place, Proposal, ProposalKey, Provision, ProvisionId, ProvisionKind,
    RollingText,
};

use crate::material::folder;

/// The letters of a document outside its metadata, and those of its notes, white space left out.
fn letters(xml: &str) -> String {
    let notes = xml.split_once("<notes").and_then(|(_, notes)| notes.split_once("</notes>"));
    let notes = notes.map(|(notes, _)| format!("<notes{notes}"));
    outside(xml) + &notes.map(|notes| outside(&notes)).unwrap_or_default()
}

fn outside(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    let mut depth = 0;
    while let Some(at) = rest.find('<') {
        if depth == 0 {
            text.push_str(&rest[..at]);
        }
        let tag = &rest[at..];
        if tag.starts_with("<!--") {
            rest = &tag[tag.find("-->").unwrap() + 3..];
            continue;
        }
        let end = tag.find('>').unwrap();
        depth += usize::from(tag.starts_with("<meta>"));
        depth -= usize::from(tag.starts_with("</meta>"));
        rest = &tag[end + 1..];
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&").split_whitespace().collect()
}

fn meta() -> AknMeta {
    AknMeta {
        title: "Draft".to_owned(),
        symbol: "CMR/1/3".to_owned(),
        date: "2024-04-15".to_owned(),
        body: "Conference".to_owned(),
        language: "eng".to_owned(),
    }
}

/// Validates documents with xmllint; says so and does nothing where it is not at hand.
fn validate(files: &[(String, String)]) {
    let Some(folder) = folder("akn") else { return };
    if Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("skipped: xmllint is not at hand");
        return;
    }
    // The schema at hand is a working draft, word for word but for the name of its namespace.
    // Each test has a folder of its own, since they run side by side.
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("akn-{}", files.len()));
    std::fs::create_dir_all(&place).unwrap();
    let schema = std::fs::read_to_string(folder.join("akomantoso30.xsd")).unwrap();
    let schema = schema.replace("ns/akn/3.0/WD17\"", "ns/akn/3.0\"");
    std::fs::write(place.join("akomantoso30.xsd"), schema).unwrap();
    std::fs::copy(folder.join("xml.xsd"), place.join("xml.xsd")).unwrap();
    for (name, xml) in files {
        let file = place.join(format!("{name}.xml"));
        std::fs::write(&file, xml).unwrap();
        let schema = place.join("akomantoso30.xsd");
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .args([&schema, &file])
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_examples_are_read_and_written_again_without_loss_of_text() {
    let Some(folder) = folder("akn") else { return };
    let mut written = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let draft = read_akn(source.as_bytes()).unwrap();
        assert!(10 < draft.text.len(), "{name}");
        let rolling = RollingText::new(draft.text.clone());
        let again = akn(&meta(), &rolling, &|_| Vec::new());
        assert_eq!(letters(&again), letters(&source), "{name}");
        assert_eq!(read_akn(again.as_bytes()).unwrap().text, draft.text, "{name}");
        written.push((name, again));
    }
    assert_eq!(written.len(), 5);
    validate(&written);
}

fn provision(
    id: &str,
    parent: &str,
    kind: ProvisionKind,
    (number, heading, text): (&str, &str, &str),
) -> Provision {
    Provision {
        id: ProvisionId::new(id),
        parent: (!parent.is_empty()).then(|| ProvisionId::new(parent)),
        kind,
        number: number.to_owned(),
        heading: heading.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn a_draft_with_proposals_comes_back_as_it_was() {
    use ProvisionKind::{
        Annex, Article, Chapter, Paragraph, Preamble, Section, Subparagraph, Title,
    };
    let text = IssuedText::new(vec![
        provision("title", "", Title, ("", "Name", "Convention on Rivers & Marshes")),
        provision("preamble", "", Preamble, ("", "", "")),
        provision("pp.1", "preamble", Paragraph, ("", "", "The Parties,")),
        provision("pp.2", "preamble", Paragraph, ("1", "", " Recalling <all>,\nand more")),
        provision("c", "", Chapter, ("I", "General", "")),
        provision("s", "c", Section, ("1", "", "")),
        provision("a", "s", Article, ("5 bis", "Notice", "Own words:")),
        provision("a.1", "a", Paragraph, ("1.", "", "Each Party  shall:")),
        provision("a.1.a", "a.1", Subparagraph, ("(a)", "", "act\tor not;")),
        provision("a.1.b", "a.1", Subparagraph, ("b", "", "")),
        provision("a.2", "a", Paragraph, ("1.", "", "The same number again.")),
        provision("annex", "", Annex, ("II", "Forms", "A form")),
    ]);
    let text = text.unwrap();
    let change = |target: &str, act| Change { target: ProvisionId::new(target), act };
    let key = |name: &str| ProposalKey::new(name).unwrap();
    let first = Proposal::new(
        3,
        vec![
            change("a.1", Act::Replace { text: "Each Party\n may <&> \"act\":".to_owned() }),
            change("pp.1", Act::Editorial { text: "The States,".to_owned() }),
            change("a", Act::Retitle { heading: "Early notice".to_owned() }),
            change(
                "x",
                Act::Add {
                    place: Place::After(ProvisionId::new("a.1.a")),
                    kind: Subparagraph,
                    number: "(a bis)".to_owned(),
                    heading: String::new(),
                    text: "wait;".to_owned(),
                },
            ),
        ],
    );
    let second = Proposal::new(
        4,
        vec![
            change("a.2", Act::Suppress),
            change("a.1.b", Act::NoChange),
            change("annex", Act::Transfer { place: Place::FirstUnder(ProvisionId::new("c")) }),
        ],
    );
    let second = second.amending(key("A, B/1"));
    let rolling = RollingText::with_proposals(
        text.clone(),
        [(key("A, B/1"), first.clone()), (key("second"), second.clone())],
    );
    let names = |key: &ProposalKey| vec![format!("{} & co", key.as_str())];
    let written = akn(&meta(), &rolling, &names);
    validate(&[("draft".to_owned(), written.clone())]);
    let read = read_akn(written.as_bytes()).unwrap();
    assert_eq!(read.text, text);
    assert_eq!(read.ignored, []);
    let proposals: Vec<_> =
        read.proposals.into_iter().map(|it| (it.key, it.proposal, it.supporters)).collect();
    let expected = [(key("A, B/1"), first), (key("second"), second)];
    let expected = expected.map(|(key, proposal)| (key.clone(), proposal, names(&key)));
    assert_eq!(proposals, expected);
    assert_eq!((read.title.as_str(), read.symbol.as_str()), ("Draft", "CMR/1/3"));
}

#[test]
fn what_is_no_akoma_ntoso_is_refused() {
    for (bad, message) in [
        ("", "the XML holds no element"),
        ("<a/>", "its outermost element is `a`, not `akomaNtoso`"),
        ("<a", "the XML is malformed"),
    ] {
        let error = read_akn(bad.as_bytes()).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(!error.hint().is_empty());
    }
}
