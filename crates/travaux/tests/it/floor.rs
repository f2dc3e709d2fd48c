//! `travaux floor`: the meeting on the command line, from its opening to a recorded vote.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::program::{Folder, Run};

/// A conference of three States with a draft on the table, in a database.
pub(crate) fn conference() -> Folder {
    let mut lines = String::new();
    let mut add = |fact: Value| {
        let entry = json!({ "at": "2031-05-01", "by": "SEC", "fact": fact });
        writeln!(lines, "{entry}").unwrap();
    };
    add(
        json!({ "kind": "participant_admitted", "participant": "SEC", "name": "Secretariat", "class": "secretariat" }),
    );
    for (key, name) in [("ARD", "Ardenia"), ("BEL", "Belisar"), ("COR", "Cordia")] {
        add(
            json!({ "kind": "participant_admitted", "participant": key, "name": name, "class": "state" }),
        );
    }
    add(
        json!({ "kind": "process_opened", "name": "Conference on Ferries", "short_name": "Ferries",
        "body": "Conference", "mandate": [], "rules": "As of committees.", "procedure": "practice" }),
    );
    add(json!({ "kind": "document_issued", "document": "draft", "symbol": "L.1", "title": "Draft",
        "base": { "standing": "authentic", "provisions": [
            { "id": "art.1", "kind": "article", "number": "1", "text": "Each Party shall ferry." },
            { "id": "art.2", "kind": "article", "number": "2", "text": "Each Party may whistle." }] } }));
    let folder = Folder::new().with("entries.jsonl", lines);
    let run = folder.run(&["record", "import", "entries.jsonl", "--into", "c.travaux"]);
    assert_eq!(run.code, Some(0), "{run}");
    folder
}

/// What was printed; remarks on it are another matter.
fn said(run: Run) -> String {
    assert_eq!(run.code, Some(0), "{run}");
    String::from_utf8(run.out).unwrap()
}

fn act(folder: &Folder, day: &str, line: &str) -> Run {
    folder.run(&["floor", "move", "--record", "c.travaux", "--by", "SEC", "--on", day, line])
}

#[test]
fn a_meeting_runs_from_its_opening_to_a_recorded_vote_on_an_amendment() {
    let folder = conference();
    for (day, line) in [
        ("2031-05-01", "ARD tables P.1: art.2 \"Each Party shall whistle.\""),
        ("2031-05-01", "BEL tables P.2 amending P.1: art.2 \"Each Party shall whistle once.\""),
        ("2031-05-02", "present 20"),
        ("2031-05-02", "open \"1st meeting\""),
        ("2031-05-02", "seek q2 on proposal P.2"),
        ("2031-05-02", "COR objects to q2 \"Once is not enough.\""),
        ("2031-05-02", "bureau exhausts q2"),
        ("2031-05-02", "chair informs q2"),
        ("2031-05-02", "put q2 by record asked by COR"),
        ("2031-05-02", "yes q2 ARD BEL"),
        ("2031-05-02", "no q2 COR"),
        ("2031-05-02", "result q2"),
    ] {
        let run = act(&folder, day, line);
        assert_eq!(run.code, Some(0), "{line}: {run}");
    }
    let shown = folder.run(&["floor", "--record", "c.travaux", "--json"]);
    let shown = said(shown);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["room"]["meeting"], "open");
    assert_eq!(shown["room"]["open_proposals"], json!(["P.1"]));
    let irregular = said(folder.run(&["floor", "--record", "c.travaux", "--irregular"]));
    assert_eq!(irregular, "No act on record breaks a rule that is judged.\n");
}

#[test]
fn what_is_not_in_order_is_refused_with_rule_reason_and_way_out_and_recorded_when_asked() {
    let folder = conference();
    act(&folder, "2031-05-02", "present 20");
    act(&folder, "2031-05-02", "open \"1st meeting\"");
    let refused = act(&folder, "2031-05-02", "put q1 on document draft");
    assert_eq!(refused.code, Some(3), "{refused}");
    for part in [
        "not in order: put q1 on document draft",
        "rule 30: consensus has not been sought; the Chair asks whether there is consensus",
        "nothing was recorded; --irregular records it all the same",
    ] {
        assert!(refused.err.contains(part), "{refused}");
    }
    let args = [
        "floor",
        "move",
        "--record",
        "c.travaux",
        "--by",
        "SEC",
        "--on",
        "2031-05-02",
        "--irregular",
        "put q1 on document draft",
    ];
    let recorded = folder.run(&args);
    assert_eq!(recorded.code, Some(0), "{recorded}");
    assert!(recorded.err.contains("irregular: consensus has not been sought"), "{recorded}");
    let told = said(folder.run(&["floor", "--record", "c.travaux", "--irregular"]));
    assert!(told.contains("way out: the Chair asks whether there is consensus"), "{told}");
}

#[test]
fn what_would_carry_is_told_to_the_vote() {
    let folder = Folder::new();
    let count = ["--in-favour", "94", "--against", "59", "--abstaining", "24"];
    let what_if = |more: &[&str]| {
        let args: Vec<&str> =
            ["floor", "what-if"].iter().chain(&count).chain(more).copied().collect();
        folder.run(&args)
    };
    let lost = what_if(&["--needing", "two-thirds"]);
    assert_eq!(lost.code, Some(1), "{lost}");
    assert_eq!(
        String::from_utf8(lost.out).unwrap(),
        "94 in favour, 59 against, 24 abstaining: not carried; it would be if 8 opponents voted in \
         favour, or 12 opponents abstained, or 24 abstainers voted in favour.\n"
    );
    assert_eq!(what_if(&["--needing", "simple"]).code, Some(0));
    assert_eq!(what_if(&[]).code, Some(2));
}

#[test]
fn the_shipped_case_shows_to_which_text_a_deletion_fails() {
    let folder = Folder::new();
    let run = folder.run(&[
        "floor",
        "what-if",
        "ahc-2024-08-08-art6-2",
        "--in-favour",
        "23",
        "--against",
        "102",
        "--abstaining",
        "26",
        "--as-of",
        "latest",
    ]);
    assert_eq!(run.code, Some(1), "{run}");
    let out = String::from_utf8(run.out).unwrap();
    assert!(
        out.contains("Carried: the words are taken out. Not carried: the words stay."),
        "{out}"
    );
    assert!(out.contains("Put the other way, to retain the words"), "{out}");
}

#[test]
fn rules_are_a_page_and_wrong_ones_are_refused() {
    let folder = Folder::new().with("mine.toml", "[body]\nkey = 1\n");
    let page = folder.run(&["floor", "rules", "ahc"]).good();
    assert!(page.starts_with("# Rules of procedure: Ad Hoc Committee on cybercrime"), "{page}");
    let run = folder.run(&["floor", "rules", "mine.toml"]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.err.contains("can't read the rules"), "{run}");
    let run = folder.run(&["floor", "rules", "ahd"]);
    assert!(run.err.contains("did you mean `ahc`?"), "{run}");
}
