//! A skeleton worked on in another program comes back as proposals on the right provisions.

use std::path::Path;
use std::process::Command;

use travaux_interchange::{Keep, WordDocument, WordWriter, submission};
use travaux_text::{Act, Change, Cover, IssuedText, Place, Provision, ProvisionId, ProvisionKind};

/// What somebody in a capital does: one word changed, one paragraph deleted, one put in between.
const MACRO: &str = r#"
Sub Work
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("file://{FOLDER}/skeleton.docx", "_blank", 0, hidden())
  wanted = doc.createReplaceDescriptor()
  wanted.SearchString = "without delay"
  wanted.ReplaceString = "at once"
  doc.replaceAll(wanted)
  Dim gone
  Dim before
  all = doc.Text.createEnumeration()
  Do While all.hasMoreElements()
    paragraph = all.nextElement()
    If paragraph.supportsService("com.sun.star.text.Paragraph") Then
      If InStr(paragraph.String, "cease") &gt; 0 Then gone = paragraph
      If InStr(paragraph.String, "designate") &gt; 0 Then before = paragraph
    End If
  Loop
  cursor = doc.Text.createTextCursorByRange(before.End)
  doc.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  doc.Text.insertString(cursor, "Each Party shall publish its notices.", False)
  gone.dispose()
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  doc.storeToURL("file://{FOLDER}/worked.docx", form())
  doc.close(True)
End Sub
"#;

fn text() -> IssuedText {
    use ProvisionKind::{Article, Chapter, Paragraph, Subparagraph};
    let provision = |id: &str, parent: &str, (kind, number, heading, text)| Provision {
        id: ProvisionId::new(id),
        parent: (!str::is_empty(parent)).then(|| ProvisionId::new(parent)),
        kind,
        number: str::to_owned(number),
        heading: str::to_owned(heading),
        text: str::to_owned(text),
    };
    let provisions = vec![
        provision("c", "", (Chapter, "II", "Response", "")),
        provision("a", "c", (Article, "4", "Notice", "")),
        provision(
            "a.1",
            "a",
            (Paragraph, "1", "", "Each Party shall, without delay, give notice."),
        ),
        provision("a.2", "a", (Paragraph, "2", "", "Each Party shall designate:")),
        provision("a.2.a", "a.2", (Subparagraph, "(a)", "", "A point of contact;")),
        provision("a.2.b", "a.2", (Subparagraph, "(b)", "", "A river observatory.")),
        provision("a.3", "a", (Paragraph, "3", "", "Notices are free of charge.")),
        provision("b", "c", (Article, "5", "Diversion", "")),
        provision("b.1", "b", (Paragraph, "1", "", "A Party may divert a river.")),
        provision(
            "b.2",
            "b",
            (Paragraph, "2", "", "A diversion shall cease as soon as the danger has passed."),
        ),
        provision("b.3", "b", (Paragraph, "3", "", "The river is returned to its bed.")),
    ];
    IssuedText::new(provisions).unwrap()
}

/// Works on the skeleton; nothing, with a message, where the program is not at hand.
fn worked(folder: &Path) -> Option<Vec<u8>> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    // The first start lays out a profile, and would lay it over a macro.
    let begun =
        Command::new("soffice").args([&profile, "--headless", "--terminate_after_init"]).output();
    if begun.is_err() {
        eprintln!("skipped: soffice (LibreOffice) is not at hand");
        return None;
    }
    let basic = folder.join("profile/user/basic/Standard");
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let module = MACRO.replace("{FOLDER}", folder.to_str().unwrap()).replace('"', "&quot;");
    let module = format!(
        "{head}<!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n\
         <script:module xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Module1\" \
         script:language=\"StarBasic\">{module}</script:module>"
    );
    std::fs::write(basic.join("Module1.xba"), module).unwrap();
    let ran = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--norestore", "macro:///Standard.Module1.Work"])
        .output();
    let worked = folder.join("worked.docx");
    assert!(
        worked.exists(),
        "{:?}",
        ran.map(|it| String::from_utf8_lossy(&it.stderr).into_owned())
    );
    Some(std::fs::read(worked).unwrap())
}

#[test]
fn a_skeleton_worked_on_in_libreoffice_gives_the_right_proposals() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skeleton");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let base = text();
    let skeleton = WordWriter::new(Cover::default(), "2031-05-02T00:00:00Z").skeleton(&base);
    std::fs::write(folder.join("skeleton.docx"), skeleton).unwrap();
    let Some(worked) = worked(&folder) else { return };
    let document = WordDocument::read(&worked).unwrap();
    let read = submission(&document, &base, "P", Keep::Accepted, &[]);
    let change = |target: &str, act| Change { target: ProvisionId::new(target), act };
    let notice = "Each Party shall, at once, give notice.".to_owned();
    let added = &read.changes[1].act;
    assert_eq!(read.changes[0], change("a.1", Act::Replace { text: notice }));
    let Act::Add { place, kind, text, .. } = added else { panic!("{added:?}") };
    assert_eq!(*place, Place::After(ProvisionId::new("a.2")), "{:?}", read.changes);
    assert_eq!(*kind, ProvisionKind::Paragraph);
    assert_eq!(text, "Each Party shall publish its notices.");
    assert_eq!(read.changes[2..], [change("b.2", Act::Suppress)]);
    assert!(read.placed[0].by_name);
}
