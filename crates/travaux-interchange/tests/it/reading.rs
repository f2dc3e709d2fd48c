//! What is read from Word files: words with changes accepted, rejected or of one author, numbers,
//! comments, notes, tables, and the report of what is left aside.

use std::path::Path;

use travaux_interchange::{Keep, Look, WordDocument};

use crate::material::{archive, folder, word};

fn read(bytes: &[u8]) -> WordDocument {
    WordDocument::read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn check(body: &str, keep: Keep<'_>, expected: &str) {
    assert_eq!(read(&word(body)).text(keep), expected);
}

fn file(folder: &Path, name: &str) -> WordDocument {
    read(&std::fs::read(folder.join(name)).unwrap())
}

/// The words in pandoc's native form.
fn native(written: &str) -> String {
    let mut text = String::new();
    for paragraph in written.split("Para [").skip(1) {
        for token in paragraph.split([',', '[', ']']) {
            let token = token.trim();
            if token == "Space" {
                text.push(' ');
            } else if let Some(word) = token.strip_prefix("Str \"") {
                text.push_str(word.trim_end_matches('"'));
            }
        }
        text.push('\n');
    }
    text
}

#[test]
fn every_file_at_hand_is_read() {
    let Some(folder) = folder("docx") else { return };
    let mut read_files = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "docx") {
            let document = file(&folder, path.file_name().unwrap().to_str().unwrap());
            let words = document.text(Keep::Accepted);
            assert!(!words.trim().is_empty(), "{}", path.display());
            read_files += 1;
        }
    }
    assert!(10 <= read_files);
}

#[test]
fn changes_accepted_and_rejected_give_what_is_expected() {
    let Some(folder) = folder("docx") else { return };
    for name in ["track_changes_deletion", "track_changes_insertion"] {
        let document = file(&folder, &format!("{name}.docx"));
        for (keep, suffix) in [(Keep::Accepted, "accept"), (Keep::Rejected, "reject")] {
            let expected = folder.join(format!("{name}_{suffix}.native"));
            let expected = native(&std::fs::read_to_string(expected).unwrap());
            assert_eq!(document.text(keep), expected, "{name} {suffix}");
        }
        assert_eq!(document.authors(), ["eng-dept"]);
    }
}

#[test]
fn numbers_of_lists_are_those_that_word_prints() {
    let Some(folder) = folder("docx") else { return };
    let numbers = |name: &str| -> Vec<String> {
        let lines = file(&folder, name).lines(Keep::Accepted);
        lines.into_iter().map(|line| line.number).filter(|number| !number.is_empty()).collect()
    };
    assert_eq!(numbers("legal-list.docx"), ["1.", "1.1.", "2.", "2.1.", "2.1.1."]);
    assert_eq!(numbers("numbered_header.docx"), ["1."]);
    assert!(!numbers("lists.docx").is_empty());
}

#[test]
fn comments_are_read_with_the_words_they_are_about() {
    let Some(folder) = folder("docx") else { return };
    let document = file(&folder, "comment-thread.docx");
    let about: Vec<&str> = document.comments.iter().map(|one| one.about.as_str()).collect();
    assert_eq!(about, ["dolor sit amet", "dolor sit amet"]);
    assert!(document.comments.iter().all(|comment| !comment.author.is_empty()));
    assert_eq!(document.comments[0].paragraph, 1);
}

#[test]
fn what_is_left_aside_is_reported_with_its_place() {
    let Some(folder) = folder("docx") else { return };
    let document = file(&folder, "sections.docx");
    let features: Vec<String> = document
        .ignored
        .iter()
        .map(|ignored| format!("{}: {}: {}", ignored.paragraph, ignored.feature, ignored.words))
        .collect();
    assert!(
        features.iter().any(|it| it.starts_with("0: a page header: Header for")),
        "{features:?}"
    );
    assert!(features.iter().any(|it| it.contains("a page footer")), "{features:?}");
}

#[test]
fn a_table_is_read_cell_by_cell() {
    let Some(folder) = folder("docx") else { return };
    let document = file(&folder, "tables.docx");
    let cells = document.paragraphs.iter().filter_map(|paragraph| paragraph.cell);
    assert!(cells.into_iter().any(|cell| cell.table == 1 && cell.row == 2 && cell.column == 1));
}

const INS: &str = "w:id='1' w:author='Norway' w:date='2031-05-02T00:00:00Z'";

#[test]
fn a_paragraph_whose_end_is_gone_runs_into_the_next() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del {INS}/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>\
         <w:p><w:r><w:t>two.</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:ins {INS}/></w:rPr></w:pPr><w:ins {INS}><w:r><w:t>New.</w:t></w:r></w:ins></w:p>\
         <w:p><w:r><w:t>Three.</w:t></w:r></w:p>"
    );
    check(&body, Keep::Rejected, "One\ntwo.\nThree.\n");
    check(&body, Keep::Accepted, "Onetwo.\nNew.\nThree.\n");
}

#[test]
fn the_marks_of_each_author_are_told_apart() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>States </w:t></w:r>\
        <w:del w:id='1' w:author='A'><w:r><w:delText>shall</w:delText></w:r></w:del>\
        <w:ins w:id='2' w:author='A'><w:r><w:t>may</w:t></w:r></w:ins>\
        <w:ins w:id='3' w:author='B'><w:r><w:t xml:space='preserve"
        .to_owned()
        + "'> promptly</w:t></w:r><w:del w:id='4' w:author='A'><w:r><w:delText>, if able</w:delText></w:r></w:del></w:ins>\
           <w:r><w:t xml:space='preserve'> report.</w:t></w:r></w:p>";
    check(&body, Keep::Accepted, "States may promptly report.\n");
    check(&body, Keep::Rejected, "States shall report.\n");
    check(&body, Keep::Of("A"), "States may report.\n");
    check(&body, Keep::Of("B"), "States shall promptly, if able report.\n");
    assert_eq!(read(&word(&body)).authors(), ["A", "B"]);
}

#[test]
fn moves_rows_fields_boxes_and_marks_by_hand_are_read() {
    let body = format!(
        "<w:p><w:moveFrom {INS}><w:r><w:t>Moved.</w:t></w:r></w:moveFrom>\
           <w:r><w:t xml:space='preserve'>See </w:t></w:r>\
           <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>\
           <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Article 4</w:t></w:r>\
           <w:r><w:fldChar w:fldCharType='end'/></w:r>\
           <w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>\
           <w:r><w:rPr><w:strike/><w:b w:val='0'/></w:rPr><w:t>struck</w:t></w:r></w:p>\
         <w:p><w:moveTo {INS}><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>\
         <w:tbl><w:tr><w:trPr><w:ins {INS}/></w:trPr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>\
           <w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
           <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>\
           </mc:AlternateContent></w:r><w:r><w:t>Beside.</w:t></w:r></w:p>"
    );
    check(&body, Keep::Rejected, "Moved.See Article 4boldstruck\n\nBeside.\nIn a box.\n");
    check(&body, Keep::Accepted, "See Article 4boldstruck\nMoved.\ncell\nBeside.\nIn a box.\n");
    let document = read(&word(&body));
    let features: Vec<&str> = document.ignored.iter().map(|it| it.feature.as_str()).collect();
    assert_eq!(
        features,
        [
            "the code of a field (REF); its result is kept",
            "the place of a text box; its words are read behind the paragraph",
        ]
    );
    let looks: Vec<Look> = document.paragraphs[0].runs.iter().map(|run| run.look).collect();
    assert!(looks[2].has(Look::BOLD) && looks[3] == Look::STRUCK, "{looks:?}");
    assert!(document.lines(Keep::Accepted)[1].is_moved);
}

#[test]
fn notes_and_names_are_kept_beside_the_words() {
    let w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
    let document = format!(
        "<w:document {w}><w:body><w:sdt><w:sdtPr><w:tag w:val='notice.1'/></w:sdtPr><w:sdtContent>\
         <w:p><w:bookmarkStart w:id='0' w:name='_x'/><w:r><w:t>One</w:t></w:r><w:bookmarkEnd w:id='0'/>\
         <w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"
    );
    let notes = format!(
        "<w:footnotes {w}><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>\
         <w:footnote w:id='2'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let relations = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
        <Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes' Target='footnotes.xml'/>\
        <Relationship Id='r2' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles' Target='styles.xml'/></Relationships>";
    let document = read(&archive(&[
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/styles.xml", b"<broken"),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ]));
    assert_eq!(document.paragraphs[0].names, ["tag:notice.1", "_x"]);
    assert_eq!(document.paragraphs[0].runs[1].note.as_deref(), Some("footnote 2"));
    assert_eq!(document.notes["footnote 2"][0].runs[0].text, "A note.");
    assert!(
        document.ignored[0].feature.starts_with("the part word/styles.xml, which cannot be read")
    );
}
