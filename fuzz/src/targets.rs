//! The parsers, one line each, and what must hold of whatever they read.
//!
//! A target fails by panicking. What it refuses in words is no failure.

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use travaux_interchange::{Keep, WordDocument, submission};
use travaux_record::{Moment, Read, decode, decode_lines, encode};
use travaux_text::coverage::{Catalogue, Coverage};
use travaux_text::references::{References, mentions};
use travaux_text::terms::{Vocabulary, resolve_term};
use travaux_text::{
    BracketedDraft, IssuedText, Merged, Precedents, PrecedentsBuilder, Provision, ProvisionId,
    ProvisionKind, correspond, notation, parse, redline, redline_texts, text_of_html,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A parser to be tried.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is that of its folder in `corpus/`.
    pub name: &'static str,
    /// Reads an input; panics where something is wrong.
    pub read: fn(&[u8]),
    /// Words that mean something to it.
    pub words: &'static [&'static str],
}

/// The targets.
pub const TARGETS: &[Target] = &[
    Target { name: "bracketed", read: bracketed, words: BRACKETED },
    Target { name: "notation", read: in_notation, words: NOTATION },
    Target { name: "merge", read: merge, words: JSON },
    Target { name: "word", read: word, words: WORD },
    Target { name: "entry", read: entry, words: JSON },
    Target { name: "references", read: references, words: CITED },
    Target { name: "coverage", read: coverage, words: CITED },
    Target { name: "terms", read: terms, words: CITED },
    Target { name: "redline", read: two_drafts, words: COMPARED },
    Target { name: "redline_notation", read: redline_notation, words: COMPARED },
    Target { name: "align", read: aligned, words: COMPARED },
    Target { name: "precedent", read: precedent, words: CITED },
    Target { name: "precedent_index", read: precedent_index, words: CITED },
    Target { name: "instruct", read: instruct, words: crate::instructions::WORDS },
    Target {
        name: "date",
        read: date,
        words: &["-", "2023", "02", "29", "0", "T", "-13-", "9999"],
    },
];

const BRACKETED: &[&str] = &[
    "[",
    "]",
    "][",
    "] / [",
    "\n",
    "\n\n",
    "Option 1:",
    "Option (a) ",
    "Alt ",
    "**",
    "*",
    "# ",
    "## ",
    "(a) ",
    "1. ",
    "2 bis. ",
    "[^1]",
    "[^1]: ",
    "[X]",
    "[\u{2026}]",
    " \u{2013} EU, USA]",
    " (CHN)]",
    "agreed ad ref.",
    "No text",
    "](#",
    "[s]: https://x\n",
    "---\n",
    "Article 3",
    "\u{301}",
    "\u{a0}",
    "\t",
    "\r\n",
    "placeholder",
    "    ",
    "{:",
    " - Norway and Chile]",
    "[EU, G77: ",
    "\u{1F600}",
];
const CITED: &[&str] = &[
    "article ",
    "articles ",
    "paragraph 1",
    " (b)",
    " bis",
    "subparagraphs (a) to (c)",
    " to ",
    " and ",
    "chapter IV",
    "this Convention",
    "of this article",
    "the preceding paragraph",
    "## Article 2. Search and seizure",
    "proportionality",
    "human rights",
    "subject to ",
    "the powers and procedures of this chapter",
    "\u{201c}computer data\u{201d} means ",
    "\n\n",
    "1. ",
    "(a) ",
    "\u{301}",
    "\u{2013}",
    "99999999999999999999",
    "IVXLC",
];
const COMPARED: &[&str] = &[
    "\0",
    "\n\n",
    "\n",
    "shall ",
    "the Parties to this Agreement shall take measures ",
    "1. ",
    "[",
    "]",
    "{--",
    "--}",
    "{++",
    "++}",
    "{>>1:",
    ">>}",
    "{<<1:",
    "<<}",
    "\\",
    "{",
    "}",
    ". ",
    "\u{301}",
    "\u{a0}",
    "\u{5404}\u{7f14}\u{7ea6}\u{56fd}",
];
const WORD: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r><w:t>",
    "</w:t></w:r>",
    "<w:ins w:author='A'>",
    "</w:ins>",
    "<w:del w:author='B'>",
    "</w:del>",
    "<w:moveFrom>",
    "</w:moveFrom>",
    "<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:sdt><w:sdtPr><w:tag w:val='a'/></w:sdtPr><w:sdtContent>",
    "</w:sdtContent></w:sdt>",
    "<w:fldChar w:fldCharType='begin'/>",
    "<w:fldChar w:fldCharType='end'/>",
    "<w:rPr><w:b/><w:strike/></w:rPr>",
    "<w:bookmarkStart w:name='_Tvt",
    "[",
    "]",
    " / ",
    "(a) ",
    "2. ",
    "Article 1",
    "&amp;",
    "&#65;",
    "&a;",
    "<!DOCTYPE a [",
    "<![CDATA[",
    "xml:space='preserve'",
    "PK\u{3}\u{4}",
];
const NOTATION: &[&str] = &["[", "]", "{", "}", " / ", "\\", ",", "{base}", "\\[", "[]", "é", "\n"];
const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "null",
    "true",
    "-1",
    "1e999",
    "\\u0000",
    "\\ud800",
    "\"by\":",
    "\"nodes\":",
    "\"choice\":",
    "\"text\":",
    "\"fact\":",
    "\"kind\":",
    "\"at\":",
    "\"v\":1",
    "\n",
    "[[[[[[[[",
    "{\"nodes\":[{\"choice\":[",
];

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A draft is printed back to the byte, its parts sum up to the whole, and its provisions are a text.
fn bracketed(bytes: &[u8]) {
    let source = text(bytes);
    let Ok(draft) = BracketedDraft::read(&source) else { return };
    assert!(draft.reprint() == source, "the draft is not printed back");
    let counts = draft.counts();
    let chapters = draft.chapters();
    let words: u64 = chapters.iter().map(|chapter| chapter.counts.words).sum();
    assert_eq!(words, counts.words, "chapters do not sum up");
    assert_eq!(counts.brackets_open, source.matches('[').count());
    for mark in draft.marks() {
        assert!(source.get(mark.bytes.clone()).is_some(), "a mark cuts a character");
        let _names = draft.attributed_to(mark);
    }
    let provisions = draft.provisions().into_iter().map(|one| one.provision).collect();
    assert!(IssuedText::new(provisions).is_ok(), "the provisions are no text");
}

/// A Word file, or the body of one, is refused or read; every way of reading it gives words, and what it
/// asks for is a proposal.
fn word(bytes: &[u8]) {
    drop(WordDocument::read(bytes).map(|document| document.text(Keep::Accepted)));
    let Some(document) = packed(bytes).and_then(|file| WordDocument::read(&file).ok()) else {
        return;
    };
    let authors = document.authors();
    for keep in authors.iter().map(|author| Keep::Of(author)).chain([Keep::Rejected]) {
        let lines = document.lines(keep);
        let last = lines.iter().flat_map(|line| &line.paragraphs).max();
        assert!(last.is_none_or(|last| *last <= document.paragraphs.len()), "a line of nowhere");
    }
    let base = IssuedText::new(vec![
        provision("a", "", "Article 1", "Objectives"),
        provision("b", "a", "1", "Each Party shall give notice."),
        provision("c", "a", "2", "Each Party may divert a river."),
    ]);
    let base = base.expect("three provisions are a text");
    let read = submission(&document, &base, "P", Keep::Accepted, &["A"]);
    assert_eq!(read.changes.len(), read.placed.len());
}

fn provision(id: &str, parent: &str, number: &str, text: &str) -> Provision {
    let is_article = parent.is_empty();
    Provision {
        id: ProvisionId::new(id),
        parent: (!is_article).then(|| ProvisionId::new(parent)),
        kind: if is_article { ProvisionKind::Article } else { ProvisionKind::Paragraph },
        number: number.to_owned(),
        heading: if is_article { text.to_owned() } else { String::new() },
        text: if is_article { String::new() } else { text.to_owned() },
    }
}

/// Makes a Word file of a body.
fn packed(body: &[u8]) -> Option<Vec<u8>> {
    const OPEN: &[u8] = b"<w:document \
        xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("word/document.xml", options).ok()?;
    for part in [OPEN, body, b"</w:body></w:document>"] {
        zip.write_all(part).ok()?;
    }
    zip.finish().ok().map(Cursor::into_inner)
}

/// What is read and printed is read as the same again.
fn in_notation(bytes: &[u8]) {
    if let Ok(nodes) = parse(&text(bytes)) {
        let again = parse(&notation(&nodes)).expect("what was printed can be read");
        assert_eq!(again, nodes);
    }
}

/// A merge that is read gives each of its sides.
fn merge(bytes: &[u8]) {
    if let Ok(merged) = Merged::from_json(&text(bytes)) {
        let again = Merged::from_json(&merged.to_json()).expect("what was written can be read");
        assert_eq!(again.to_json(), merged.to_json());
    }
}

/// An entry that is read is written and read as the same again.
fn entry(bytes: &[u8]) {
    if let Ok(Read::Known(entry)) = decode(bytes) {
        let again = decode(encode(&entry).as_bytes()).expect("what was written can be read");
        assert!(matches!(again, Read::Known(again) if again == entry), "an entry has changed");
    }
    // Refusals are as good an answer as entries.
    drop(decode_lines(bytes));
}

/// Returns the provisions of a draft, or none where it is too large.
fn issued(bytes: &[u8]) -> Option<IssuedText> {
    let source = text(bytes);
    let draft = BracketedDraft::read(&source).ok()?;
    let provisions = draft.provisions().into_iter().map(|one| one.provision).collect();
    Some(IssuedText::new(provisions).expect("the provisions are a text"))
}

/// References stand where they are said to, and nothing is left that leans on what is gone.
fn references(bytes: &[u8]) {
    let source = text(bytes);
    for mention in mentions(&source) {
        assert!(source.get(mention.range).is_some(), "a reference cuts a character");
    }
    let Some(issued) = issued(bytes) else { return };
    let references = References::of_issued(&issued);
    for one in references.occurrences() {
        assert!(issued.provision(&one.at).is_some(), "a reference stands nowhere");
    }
    assert!(references.picture().svg().starts_with("<svg "));
}

/// A cell rests on words that stand there.
fn coverage(bytes: &[u8]) {
    let Some(issued) = issued(bytes) else { return };
    let coverage = Coverage::of(&issued, &Catalogue::shipped());
    for cover in coverage.rows.iter().flat_map(|row| &row.covers) {
        for id in cover.rests_on() {
            assert!(issued.provision(id).is_some(), "a cell rests on what is not there");
        }
    }
}

/// Terms are read, and one is put for another.
fn terms(bytes: &[u8]) {
    let Some(issued) = issued(bytes) else { return };
    let _vocabulary = Vocabulary::of(&issued, ["computer data", "river"]);
    let _changes = resolve_term(&issued, "computer data", "electronic data");
}

/// Cuts an input into two texts, at its first zero or in the middle.
fn halves(bytes: &[u8]) -> (Cow<'_, str>, Cow<'_, str>) {
    let at = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len() / 2);
    (text(&bytes[..at]), text(&bytes[at..]))
}

/// Both texts come back from a redline, as it is and as it is written.
fn two_drafts(bytes: &[u8]) {
    let (old, new) = halves(bytes);
    let redline = redline(&old, &new);
    assert!(redline.old_text() == old && redline.new_text() == new, "a text does not come back");
    let read = redline_texts(&redline.notation()).expect("what was written can be read");
    assert!(read.0 == old && read.1 == new, "a text is not read back");
}

/// Whatever is written in the notation of a redline is read or refused.
fn redline_notation(bytes: &[u8]) {
    drop(redline_texts(&text(bytes)));
}

/// Every passage stands in one correspondence, each with a confidence from 0 to 1.
fn aligned(bytes: &[u8]) {
    let (old, new) = halves(bytes);
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (old.split("\n\n").collect(), new.split("\n\n").collect());
    let found = correspond(&olds, &news);
    let count = |places: &dyn Fn(&travaux_text::Correspondence) -> usize| -> usize {
        found.iter().map(places).sum()
    };
    assert_eq!(count(&|one| one.old.len()), olds.len(), "an old passage stands not just once");
    assert_eq!(count(&|one| one.new.len()), news.len(), "a new passage stands not just once");
    assert!(found.iter().all(|one| (0.0..=1.0).contains(&one.confidence)));
}

/// A text is indexed, the index read back, and words searched for.
fn precedent(bytes: &[u8]) {
    let (held, asked) = halves(bytes);
    let mut builder = PrecedentsBuilder::new();
    builder.add("a", &text_of_html(&held)).expect("an index takes a short text");
    builder.add("b", &held).expect("an index takes a short text");
    let index = builder.finish();
    let again = Precedents::from_bytes(&index.to_bytes()).expect("what was written can be read");
    let found = again.find(&asked, 3);
    assert!(found.iter().all(|one| one.text.get(one.stretch.clone()).is_some()));
}

/// Bytes that were never an index, or were one, are read or refused.
fn precedent_index(bytes: &[u8]) {
    let mut builder = PrecedentsBuilder::new();
    builder.add("a", &text(bytes)).expect("an index takes a short text");
    let mut index = builder.finish().to_bytes();
    // What the input says is changed in the index.
    for pair in bytes.chunks_exact(2).take(4) {
        let at = usize::from(pair[0]) * index.len() / 256;
        if let Some(byte) = index.get_mut(at) {
            *byte ^= pair[1];
        }
    }
    if let Ok(read) = Precedents::from_bytes(&index) {
        let _found = read.find(&text(bytes), 2);
    }
    drop(Precedents::from_bytes(bytes));
}

/// An instruction that is understood is written and understood as the same again.
fn instruct(bytes: &[u8]) {
    crate::instructions::read(&text(bytes));
}

/// A date that is read is written and read as the same again.
fn date(bytes: &[u8]) {
    if let Ok(moment) = text(bytes).parse::<Moment>() {
        assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment));
        let _day = moment.counts_from();
    }
}
