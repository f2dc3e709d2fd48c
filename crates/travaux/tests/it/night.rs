//! A night's submissions: forty files in four manners, ten of them with a fault, in one compilation.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use serde_json::Value;
use travaux_interchange::{Keep, Look, WordDocument, WordWriter};
use travaux_negotiation::Negotiation;
use travaux_record::{Fact, Read, Record, View, decode_lines, encode, project};
use travaux_text::{
    Act, Change, Cover, IssuedText, Merge, Proposal, ProposalKey, Provision, RollingText, SideName,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::Folder;

/// The practice record up to the first proposal, as a list of entries, and the first text.
fn before_the_first_proposal() -> (String, Negotiation) {
    let path = format!("{}/../../examples/practice/record.jsonl", env!("CARGO_MANIFEST_DIR"));
    let read = decode_lines(&std::fs::read(path).unwrap()).unwrap();
    let entries = read.into_iter().map(|read| match read {
        Read::Known(entry) => *entry,
        Read::Newer(newer) => panic!("{newer:?}"),
    });
    let all: Vec<_> = entries.collect();
    let first = all.iter().position(|entry| matches!(entry.fact, Fact::ProposalTabled(_)));
    let lines: Vec<String> = all[..first.unwrap()].iter().map(encode).collect();
    let record = Record::of(all).unwrap();
    let view = View::public().as_of("2024-06-07".parse().unwrap());
    (lines.join("\n"), project(&record, &view).unwrap())
}

/// What one file asks for, and the text it wants.
struct Asked {
    key: String,
    changes: Vec<Change>,
    side: IssuedText,
}

/// The first proposals that stand by themselves on the first text.
fn asked(negotiation: &Negotiation, base: &IssuedText, count: usize) -> Vec<Asked> {
    let mut asked = Vec::new();
    for proposal in negotiation.draft.proposals() {
        let Some(sponsor) = proposal.sponsors().next() else { continue };
        let key = ProposalKey::new("X").unwrap();
        let changes = proposal.changes.to_vec();
        let own = Proposal::new(0, changes.clone());
        let rolling = RollingText::with_proposals(base.clone(), [(key.clone(), own)]);
        let side = rolling.side([&key]);
        let Some(text) = side.text().filter(|_| side.left_out().is_empty()) else { continue };
        if text != *base && asked.len() < count {
            asked.push(Asked { key: sponsor.participant.to_string(), changes, side: text });
        }
    }
    assert_eq!(asked.len(), count);
    asked
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('\t', "</w:t><w:tab/><w:t xml:space='preserve'>")
}

fn run(text: &str, look: Look) -> String {
    let mut properties = String::new();
    for (mark, element) in [(Look::BOLD, "<w:b/>"), (Look::STRUCK, "<w:strike/>")] {
        if look.has(mark) {
            properties.push_str(element);
        }
    }
    format!(
        "<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>",
        escaped(text)
    )
}

fn body(paragraphs: &[String]) -> String {
    let paragraphs = paragraphs.join("</w:p><w:p>");
    format!("<w:document {W}><w:body><w:p>{paragraphs}</w:p></w:body></w:document>")
}

fn document(paragraphs: &[String]) -> Vec<u8> {
    packed(&[("word/document.xml", body(paragraphs))])
}

/// The lines of a text as somebody types them, with the provision of each.
fn typed(text: &IssuedText) -> Vec<(&Provision, String, String)> {
    let provisions = text.provisions().iter();
    let lines = provisions.map(|provision| {
        let words = if provision.kind.is_division() && !provision.heading.is_empty() {
            &provision.heading
        } else {
            &provision.text
        };
        (provision, provision.caption(), words.clone())
    });
    lines.filter(|(_, caption, words)| !caption.is_empty() || !words.is_empty()).collect()
}

fn line(caption: &str, words: &str) -> String {
    let gap = if caption.is_empty() || words.is_empty() { "" } else { "\t" };
    format!("{caption}{gap}{words}")
}

/// Plain edits: the wanted text, typed.
fn plain(side: &IssuedText) -> Vec<u8> {
    let lines = typed(side);
    let cover = [run("Proposal by our delegation", Look::BOLD)];
    let paragraphs =
        lines.iter().map(|(_, caption, words)| run(&line(caption, words), Look::default()));
    document(&cover.into_iter().chain(paragraphs).collect::<Vec<_>>())
}

/// Marks by hand: what is added in bold, what is deleted struck through.
fn by_hand(base: &IssuedText, changes: &[Change]) -> Vec<u8> {
    let paragraphs: Vec<String> = typed(base)
        .into_iter()
        .map(|(provision, caption, words)| {
            let wanted = changes.iter().find_map(|change| match &change.act {
                Act::Replace { text } if change.target == provision.id => Some(text),
                _ => None,
            });
            let Some(wanted) = wanted else { return run(&line(&caption, &words), Look::default()) };
            let name = SideName::new("s").unwrap();
            let mut merge = Merge::new(&words);
            merge.table(name.clone(), wanted).unwrap();
            let change = merge.change(&name).unwrap();
            let mut runs = run(&line(&caption, " "), Look::default());
            for at in 0..=merge.base_len() {
                if let Some(added) = change.insertion(at) {
                    runs.push_str(&run(added, Look::BOLD));
                }
                if at < merge.base_len() {
                    let struck = if change.deletes(at) { Look::STRUCK } else { Look::default() };
                    runs.push_str(&run(merge.base_text(at..at + 1), struck));
                }
            }
            runs
        })
        .collect();
    document(&paragraphs)
}

/// Writes the wanted text in one of the four manners.
fn written(base: &IssuedText, asked: &Asked, manner: usize) -> (Vec<u8>, &'static str) {
    let writer = WordWriter::new(Cover::default(), "2024-06-03T00:00:00Z");
    let only_words = asked.changes.iter().all(|it| matches!(it.act, Act::Replace { .. }));
    match manner {
        0 => (writer.tracked(base, &asked.side, &asked.key), "tracked changes"),
        1 if only_words => (by_hand(base, &asked.changes), "marks by hand"),
        2 => (plain(&asked.side), "plain edits"),
        _ => (writer.skeleton(&asked.side), "plain edits"),
    }
}

/// The base as somebody types it, its words edited.
fn edited(base: &IssuedText, edit: &dyn Fn(&str) -> String) -> Vec<String> {
    let lines = typed(base).into_iter();
    let lines =
        lines.map(|(_, caption, words)| run(&line(&caption, &edit(&words)), Look::default()));
    lines.collect()
}

/// The base with a footnote.
fn with_a_note(base: &IssuedText) -> Vec<u8> {
    let mut paragraphs = edited(base, &str::to_owned);
    paragraphs.push("<w:r><w:footnoteReference w:id='1'/></w:r>".to_owned());
    let words = run("Our understanding differs.", Look::default());
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id='1'><w:p>{words}</w:p></w:footnote></w:footnotes>"
    );
    let relation = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
        <Relationship Id='a' Type='x/footnotes' Target='footnotes.xml'/></Relationships>";
    packed(&[
        ("word/document.xml", body(&paragraphs)),
        ("word/footnotes.xml", notes),
        ("word/_rels/document.xml.rels", relation.to_owned()),
    ])
}

/// The base edited without tracking, and one tracked insertion.
fn half_tracked(base: &IssuedText) -> Vec<u8> {
    let mut paragraphs = edited(base, &|words| words.replace("without delay", "at once"));
    paragraphs.push(
        "<w:pPr><w:rPr><w:ins w:author='A'/></w:rPr></w:pPr><w:ins w:author='A'>\
         <w:r><w:t>12. A new paragraph.</w:t></w:r></w:ins>"
            .to_owned(),
    );
    paragraphs.push(String::new());
    document(&paragraphs)
}

/// The files with a fault: what each is, and what its receipt has to say.
fn faulty(
    base: &IssuedText,
    good: &Asked,
    first: &[u8],
) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let writer = WordWriter::new(Cover::default(), "2024-06-03T00:00:00Z");
    let tracked = writer.tracked(base, &good.side, "Somebody");
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let other = ["Shopping list", "Two pounds of flour and a dozen eggs."];
    let other: Vec<String> = other.iter().map(|words| run(words, Look::default())).collect();
    let bracketed =
        |brackets: &str| document(&edited(base, &|words| words.replace("without delay", brackets)));
    let unlike = "with all changes rejected this does not read as the base";
    vec![
        ("KHE-locked.docx", locked, "it is encrypted"),
        ("KHE-cut.docx", tracked[..tracked.len() / 2].to_vec(), "damaged or cut off"),
        ("KHE-pdf.docx", b"%PDF-1.7".to_vec(), "it is a PDF file"),
        ("submission.docx", tracked, "nobody knows whose it is"),
        ("ZZZ-twin.docx", first.to_vec(), "again, to the byte"),
        ("KHE-other.docx", document(&other), "nothing in this file reads like the base"),
        ("KHE-untracked.docx", half_tracked(base), unlike),
        ("KHE-note.docx", with_a_note(base), "a footnote is no part of a proposal's text"),
        ("KHE-unpaired.docx", bracketed("[at once"), "the brackets do not pair"),
        (
            "KHE-several.docx",
            bracketed("[without delay][at once][in time]"),
            "several alternatives stand in one bracket",
        ),
    ]
}

/// Checks that a receipt says what the file asks for, and nothing more.
fn is_right(receipts: &[Value], (name, manner): (&str, &str), (one, base): (&Asked, &IssuedText)) {
    let receipt = receipts.iter().find(|it| it["file"] == *name);
    let receipt = receipt.unwrap_or_else(|| panic!("no receipt of {name}"));
    assert_eq!(receipt["manner"], *manner, "{name}: {receipt:#}");
    assert_eq!(receipt["participant"], *one.key, "{name}");
    assert_eq!(receipt["needs_your_eye"], Value::Array(Vec::new()), "{name}");
    let changes = receipt["understood"].as_array().unwrap().iter();
    let changes: Vec<Change> =
        changes.map(|it| serde_json::from_value(it["change"].clone()).unwrap()).collect();
    let key = ProposalKey::new(receipt["proposal"].as_str().unwrap()).unwrap();
    let proposal = Proposal::new(0, changes);
    let rolling = RollingText::with_proposals(base.clone(), [(key.clone(), proposal)]);
    let side = rolling.side([&key]).text().unwrap();
    assert_eq!(side.plain(), one.side.plain(), "{name}");
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a file. Those that are struck and those that are added may stand side by side without
/// a space.
fn words_of_file(bytes: &[u8]) -> BTreeSet<String> {
    let lines = WordDocument::read(bytes).unwrap().lines(Keep::Accepted);
    let spans = lines.into_iter().flat_map(|line| line.spans);
    spans.flat_map(|span| words(&span.text)).collect()
}

#[test]
fn forty_submissions_make_one_compilation_and_every_receipt_is_right() {
    let (entries, negotiation) = before_the_first_proposal();
    let base = negotiation.draft.bases().next().unwrap().text.clone();
    let asked = asked(&negotiation, &base, 30);
    let folder = Folder::new().with("entries.jsonl", &entries);
    std::fs::create_dir(folder.path().join("night")).unwrap();
    let save = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join("night").join(name), bytes).unwrap();
    };
    let mut files = Vec::new();
    for (at, one) in asked.iter().enumerate() {
        let (bytes, manner) = written(&base, one, at % 4);
        let name = format!("{}-{at:02}.docx", one.key);
        save(&name, &bytes);
        files.push((name, bytes, manner));
    }
    let faults = faulty(&base, &asked[0], &files[0].1);
    for (name, bytes, _) in &faults {
        save(name, bytes);
    }
    assert_eq!(files.len() + faults.len(), 40);

    drop(folder.run(&["record", "import", "entries.jsonl", "--into", "c.travaux"]));
    let ran = folder.run(&[
        "compile",
        "night",
        "--record",
        "c.travaux",
        "--date",
        "2024-06-03",
        "--receipts",
        "receipts",
        "-o",
        "compilation.txt",
        "--json",
    ]);
    assert_eq!(ran.code, Some(1), "{ran}");
    let report: Value = serde_json::from_slice(&ran.out).unwrap();
    let receipts = report["receipts"].as_array().unwrap();
    for ((name, _, manner), one) in files.iter().zip(&asked) {
        is_right(receipts, (name, manner), (one, &base));
    }
    let receipt = |name: &str| {
        let path = folder.path().join("receipts").join(format!("{name}.txt"));
        std::fs::read_to_string(path).unwrap()
    };
    for (name, _, said) in &faults {
        let receipt = receipt(name);
        assert!(receipt.contains(said), "{name}: {receipt}");
    }
    assert_eq!(report["left_out"].as_array().unwrap().len(), 5);

    // No word of a file that was read is missing: it is in the compilation or in its receipt.
    let compiled = words(&std::fs::read_to_string(folder.path().join("compilation.txt")).unwrap());
    let names = files.iter().map(|(name, bytes, _)| (name.as_str(), bytes));
    for (name, bytes) in names.chain(faults[5..].iter().map(|(name, bytes, _)| (*name, bytes))) {
        let told = words(&receipt(name));
        let known = |word: &String| compiled.contains(word) || told.contains(word);
        let missing: Vec<String> =
            words_of_file(bytes).into_iter().filter(|word| !known(word)).collect();
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }

    // Is mine in?
    let mine = folder.run(&["receipt", &asked[0].key, "--record", "c.travaux"]);
    let mine = String::from_utf8(mine.out).unwrap();
    assert!(mine.contains(&format!("{}-00", asked[0].key)), "{mine}");
}
