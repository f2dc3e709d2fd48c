//! `travaux instruct`, `rebase` and `streamline`: what is printed, refused, and ready to be recorded.

use serde_json::Value;

use crate::program::Folder;

#[track_caller]
fn out(folder: &Folder, args: &[&str]) -> String {
    let run = folder.run(args);
    assert_eq!(run.code, Some(0), "{run}");
    String::from_utf8(run.out).unwrap()
}

#[track_caller]
fn json(args: &[&str]) -> Value {
    serde_json::from_str(&out(&Folder::new(), &[args, &["--json"]].concat())).unwrap()
}

const DAY: &[&str] = &["--practice", "--as-of", "2025-02-14"];

#[test]
fn an_instruction_becomes_a_proposal_and_the_proposal_the_instruction() {
    let asked = "In article 5, paragraph 1, replace “forty-eight hours” by “two days”.";
    let read = json(&[&["instruct", asked, "--by", "SVL", "--key", "SVL-9"], DAY].concat());
    assert_eq!(
        read["understood"],
        serde_json::json!([
            "In article 5, paragraph 1, replace “forty-eight hours” by “two days”."
        ])
    );
    assert_eq!(read["changes"][0]["target"], "notice.1");
    assert_eq!(read["entries"][0]["fact"]["kind"], "proposal_tabled");
    assert_eq!(read["entries"][1]["fact"]["participant"], "SVL");
    let lines = out(&Folder::new(), &[&["instruct", asked], DAY].concat());
    assert!(lines.contains("{--forty-eight hours--}{++two days++}"), "{lines}");
}

#[test]
fn words_that_could_be_elsewhere_are_refused_with_the_places() {
    let run = Folder::new().run(&[&["instruct", "Delete “Party” in article 5"], DAY].concat());
    assert_eq!(run.code, Some(3), "{run}");
    let said = run.err;
    assert!(
        said.contains("stands in 3 places") && said.contains("article 5, paragraph 3"),
        "{said}"
    );
}

#[test]
fn every_proposal_of_the_practice_negotiation_is_written_as_an_instruction() {
    let folder = Folder::new();
    let text = json(&[&["text"], DAY].concat());
    let mut keys: Vec<String> = Vec::new();
    collect(&text, &mut keys);
    keys.sort();
    keys.dedup();
    assert!(keys.len() > 20, "{keys:?}");
    for key in &keys {
        let written = out(&folder, &[&["instruct", "--from", key], DAY].concat());
        assert!(written.ends_with(".\n") || written.ends_with(".”\n"), "{key}: {written}");
    }
}

/// Gathers the keys of proposals of both sessions from a text as data.
fn collect(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("S2-") && !text.contains('~') => {
            keys.push(text.clone());
        }
        Value::Array(all) => all.iter().for_each(|one| collect(one, keys)),
        Value::Object(all) => all.values().for_each(|one| collect(one, keys)),
        _ => {}
    }
}

#[test]
fn an_edited_draft_becomes_an_instruction_that_gives_the_edit() {
    let old =
        "## Article 1 Duties\n\n1. Each Party shall act.\n\n2. Each Party may consult others.\n";
    let new = "## Article 1 Duties\n\n1. Each Party should act.\n\n2. Each Party shall report.\n\n3. Each Party may consult others.\n";
    let folder = Folder::new().with("old.md", old).with("new.md", new);
    let written = out(&folder, &["instruct", "--from-edit", "old.md", "new.md"]);
    assert_eq!(
        written,
        "In article 1, paragraph 1, replace “shall” by “should”.\n\
         Insert after article 1, paragraph 1, a new paragraph 2 reading “Each Party shall report.”\n"
    );
    let read = out(&folder, &["instruct", &written, "--text", "old.md"]);
    assert!(read.contains("{--shall--}{++should++}"), "{read}");
}
