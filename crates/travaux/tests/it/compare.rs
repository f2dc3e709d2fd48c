//! `travaux redline` and `travaux align`: over files, over documents of a record, over sides.

use serde_json::Value;

use crate::program::Folder;

const OLD: &str = "## Article 3\n\n1. Each Party shall act at once and tell the others.\n\n\
                   2. Finance is provided by those who can, and the secretariat keeps a public list.\n";
const NEW: &str = "## Article 3\n\n1. Each Party should act at once and tell the others.\n\n\
                   2. Finance is provided by those who can.\n\n3. The secretariat keeps a public list.\n";

#[test]
fn two_files_are_compared_word_by_word() {
    let folder = Folder::new().with("old.md", OLD).with("new.md", NEW);
    let text = folder.run(&["redline", "old.md", "new.md"]).good();
    assert!(text.contains("Each Party {--shall--}{++should++} act"), "{text}");
    let texts = travaux_text::redline_texts(&text).unwrap();
    assert_eq!(texts, (OLD.to_owned(), NEW.to_owned()));
    let json: Value =
        serde_json::from_str(&folder.run(&["redline", "old.md", "new.md", "--json"]).good())
            .unwrap();
    assert_eq!(json["pieces"][1]["deleted"], "shall");
    let html = folder.run(&["redline", "old.md", "new.md", "--html"]).good();
    assert!(html.contains("<del>shall</del><ins>should</ins>"), "{html}");
}

#[test]
fn passages_are_named_by_their_numbers() {
    let folder = Folder::new().with("old.md", OLD).with("new.md", NEW);
    let json = folder.run(&["align", "old.md", "new.md", "--json"]).good();
    let json: Value = serde_json::from_str(&json).unwrap();
    let told: Vec<String> = json["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| format!("{} {} {}", pair["old"], pair["new"], pair["kind"]))
        .collect();
    let expected = [
        r#"["Article 3"] ["Article 3"] "same""#,
        r#"["3(1)"] ["3(1)"] "changed""#,
        r#"["3(2)"] ["3(2)","3(3)"] "split""#,
    ];
    assert_eq!(told, expected);
}

#[test]
fn documents_of_the_record_are_compared_by_stable_id() {
    let folder = Folder::new();
    let run = folder.run(&["redline", "A/AC.291/22", "A/AC.291/22/Rev.3"]);
    assert_eq!(run.code, Some(0), "{run}");
    let text = String::from_utf8(run.out).unwrap();
    let texts = travaux_text::redline_texts(&text).unwrap();
    let plain = |day: &str| {
        let run = folder.run(&["text", "--plain", "--as-of", day]);
        String::from_utf8(run.out).unwrap()
    };
    assert_eq!(texts, (plain("A/AC.291/22"), plain("A/AC.291/22/Rev.3")));
    let align = folder.run(&["align", "A/AC.291/22", "A/AC.291/22/Rev.3", "--json"]);
    let json: Value = serde_json::from_slice(&align.out).unwrap();
    assert!(json["pairs"].as_array().unwrap().iter().all(|pair| {
        pair["kind"] == "new"
            || pair["kind"] == "gone"
            || pair["old_ids"] == pair["new_ids"]
            || pair["confidence"].as_f64().unwrap() < 1.0
    }));
}

#[test]
fn a_side_is_compared_with_the_text_before_the_body() {
    let run = Folder::new().run(&["redline", "--practice", "--side", "SVL"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(String::from_utf8(run.out).unwrap().contains("{++"));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = Folder::new().with("binary", b"a\xffb").with("text", "a");
    let run = folder.run(&["redline", "binary", "text"]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.err.contains("offset 1"), "{run}");
    let run = folder.run(&["align", "A/AC.291/23", "A/AC.291/22"]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.err.contains("did you mean `A/AC.291/22`"), "{run}");
    let empty = Folder::new().with("a", "").with("b", "x\n");
    assert_eq!(empty.run(&["redline", "a", "b"]).good(), "{++x\n++}");
    assert_eq!(empty.run(&["align", "a", "a", "--json"]).good(), "{\n  \"pairs\": []\n}\n");
}
