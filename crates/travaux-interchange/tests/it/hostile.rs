//! Files that are broken, locked, something else, or made to do harm: a clear error, bounded memory.

use travaux_interchange::{ArchiveError, Keep, WordDocument, WordError, XmlError};

use crate::material::{archive, folder, word};

#[track_caller]
fn refused(bytes: &[u8]) -> WordError {
    let error = WordDocument::read(bytes).expect_err("the file should be refused");
    assert!(!error.hint().is_empty());
    error
}

#[track_caller]
fn check(bytes: &[u8], message: &str) {
    assert_eq!(refused(bytes).to_string(), format!("cannot read a Word document: {message}"));
}

#[test]
fn what_is_no_word_file_is_named_for_what_it_is() {
    check(b"", "it is an empty file, whatever its name says");
    check(b"%PDF-1.7 ...", "it is a PDF file, whatever its name says");
    check(b"{\\rtf1 ...", "it is a file in Rich Text Format (.rtf), whatever its name says");
    check("Article 1".as_bytes(), "it is plain text, whatever its name says");
    check(b"<html>", "it is an XML or HTML file, whatever its name says");
    check(
        &[0xd0, 0xcf, 0x11, 0xe0, 0],
        "it is a document of Word 97-2003 (.doc), whatever its name says",
    );
    check(
        &archive(&[("content.xml", b"<a/>")]),
        "it is an OpenDocument file (.odt), whatever its name says",
    );
    check(
        &archive(&[("xl/workbook.xml", b"<a/>")]),
        "it is an Excel workbook (.xlsx), whatever its name says",
    );
    check(&archive(&[("picture.png", b"x")]), "it is an archive without a Word document in it");
}

#[test]
fn a_file_with_a_password_is_called_encrypted() {
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    check(&locked, "it is encrypted");
    // The flag of an encrypted entry, in its local header and in the directory.
    let mut zipped = word("<w:p/>");
    zipped[6] |= 1;
    let directory = zipped.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    zipped[directory + 8] |= 1;
    check(&zipped, "it is encrypted");
}

#[test]
fn a_file_that_is_cut_off_is_called_damaged() {
    let whole = word(&"<w:p><w:r><w:t>Each Party shall give notice.</w:t></w:r></w:p>".repeat(300));
    for length in (4..whole.len()).step_by(97) {
        match WordDocument::read(&whole[..length]) {
            Err(WordError::Archive(ArchiveError::Damaged { .. })) => {}
            other => panic!("{length}: {other:?}"),
        }
    }
    assert!(WordDocument::read(&whole).is_ok());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = archive(&[("word/document.xml", &vec![b' '; 40 << 20])]);
    assert!(bomb.len() < 100_000);
    assert_eq!(
        refused(&bomb),
        WordError::Archive(ArchiveError::Bomb { part: "word/document.xml".to_owned() })
    );
    // A bomb beside a harmless document is a bomb, too.
    let relations =
        b"<Relationships><Relationship Type='x/styles' Target='styles.xml'/></Relationships>";
    let beside = archive(&[
        (
            "word/document.xml",
            b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>",
        ),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", &vec![b' '; 40 << 20]),
    ]);
    assert!(matches!(refused(&beside), WordError::Archive(ArchiveError::Bomb { .. })));
}

#[test]
fn entities_are_not_expanded_and_that_is_said() {
    let document = "<?xml version='1.0'?><!DOCTYPE w:document [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;'>\
        <!ENTITY c SYSTEM 'file:///etc/passwd'>]>\
        <w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
        <w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>";
    let document =
        WordDocument::read(&archive(&[("word/document.xml", document.as_bytes())])).unwrap();
    assert_eq!(document.text(Keep::Accepted), "&b;&c;\n");
    assert_eq!(document.ignored[0].feature, "the entity &b;, which is not expanded");
}

#[test]
fn elements_nested_without_end_are_refused() {
    let deep = "<w:sdt><w:sdtContent>".repeat(10_000);
    let error = refused(&archive(&[(
        "word/document.xml",
        format!("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{deep}").as_bytes(),
    )]));
    assert!(matches!(error, WordError::Xml { error: XmlError::TooDeep, .. }));
}

/// Every byte of a real file set to something else, one at a time: an error or a document, no panic.
#[test]
fn a_file_with_a_wrong_byte_is_read_or_refused() {
    let Some(folder) = folder("docx") else { return };
    let file = std::fs::read(folder.join("track_changes_deletion.docx")).unwrap();
    for at in (0..file.len()).step_by(61) {
        let mut wrong = file.clone();
        wrong[at] ^= 0x5a;
        if let Ok(document) = WordDocument::read(&wrong) {
            let _text = document.text(Keep::Accepted);
        }
    }
}
