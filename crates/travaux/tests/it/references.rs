//! `travaux references`, `coverage` and `terms`: what is printed, as text and as JSON.

use serde_json::Value;

use crate::program::Folder;

#[track_caller]
fn out(args: &[&str]) -> String {
    let run = Folder::new().run(args);
    assert_eq!(run.code, Some(0), "{run}");
    String::from_utf8(run.out).unwrap()
}

#[track_caller]
fn json(args: &[&str]) -> Value {
    serde_json::from_str(&out(&[args, &["--json"]].concat())).unwrap()
}

fn keys(list: &Value, field: &str) -> Vec<String> {
    let rows = list.as_array().unwrap().iter();
    rows.map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_leans_on_the_safeguards_is_listed_straight_and_through_others() {
    let leaning = json(&["references", "--leans-on", "safeguards"]);
    assert_eq!(leaning["straight"].as_array().unwrap().len(), 16);
    let through = keys(&leaning["through"], "provision");
    assert_eq!(through, ["scope.chapeau.b", "partial-disclosure.p1", "coop-disclosure.p1"]);
    let lines = out(&["references", "--leans-on", "article 42"]);
    assert!(lines.contains("Straight: 16\n") && lines.contains("Through others: 3\n"), "{lines}");
}

#[test]
fn without_an_article_what_dangles_is_listed_and_every_number_is_corrected() {
    let args = ["references", "--without", "safeguards", "--as-of", "latest"];
    let left = json(&args);
    let dangling: Vec<&str> = left["dangling"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| gap["reference"]["at"].as_str().unwrap())
        .collect();
    let expected = ["scope-procedural.p4", "search-seizure.p3", "interception.p2", "ta.p2"];
    assert_eq!(dangling, expected);
    let shifts = left["shifts"].as_array().unwrap();
    let stored = shifts.iter().find(|shift| shift["at"] == "mla-stored.p1").unwrap();
    assert_eq!(stored["corrections"][0]["write"], "41");
}

#[test]
fn a_reference_that_stands_on_some_sides_only_says_on_which() {
    let all = json(&["references", "--as-of", "2024-02-07"]);
    let all = all["references"].as_array().unwrap();
    let partly = all
        .iter()
        .find(|one| one["at"] == "coop-principles.safeguards" && one["words"] == "article 24");
    let partly = partly.unwrap();
    let drops = partly["not_read_by"].as_array().unwrap();
    assert!(drops.contains(&Value::from("zero-048")), "the deletion drops it: {partly}");
    assert_eq!(partly["read_by"][0]["reader"], "base");
}

#[test]
fn the_bytes_of_a_reference_are_those_of_its_words() {
    let text = json(&["text", "--plain", "--as-of", "latest"]);
    let all = json(&["references", "--as-of", "latest"]);
    let mut checked = 0;
    for one in all["references"].as_array().unwrap() {
        let rows = text["provisions"].as_array().unwrap();
        let row = rows.iter().find(|row| row["id"] == one["at"]).unwrap();
        let words = row["readings"][0]["text"].as_str().unwrap();
        let [from, until] =
            [0, 1].map(|at| usize::try_from(one["bytes"][at].as_u64().unwrap()).unwrap());
        if words.get(from..until) == one["words"].as_str() {
            checked += 1;
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn the_picture_is_svg() {
    let svg = out(&["references", "--svg"]);
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert_eq!(svg, out(&["references", "--svg"]));
}

#[test]
fn the_matrix_is_given_before_and_after_with_what_is_left_uncovered() {
    let coverage = json(&["coverage", "--without", "safeguards"]);
    let uncovered = coverage["uncovered"].as_array().unwrap();
    assert!(uncovered.contains(&Value::from("mla")), "{uncovered:?}");
    let lines = out(&["coverage", "--without", "safeguards"]);
    assert!(lines.contains("Before") && lines.contains("Left without a safeguard they had"));
    let of = out(&["coverage", "--of", "extradition", "--as-of", "latest"]);
    assert!(of.contains("\"political opinions\" in article 37, paragraph 15"), "{of}");
}

#[test]
fn a_side_changes_the_matrix() {
    let cell = |args: &[&str]| -> String {
        let coverage = json(args);
        let rows = coverage["matrix"].as_array().unwrap();
        let row = rows.iter().find(|row| row["provision"] == "coop-principles").unwrap();
        let cells = row["cells"].as_array().unwrap();
        let cell = cells.iter().find(|cell| cell["safeguard"] == "proportionality").unwrap();
        cell["covered"].as_str().unwrap().to_owned()
    };
    let day = ["coverage", "--as-of", "2024-02-07"];
    assert_eq!(cell(&day), "by_reference");
    assert_ne!(cell(&[&day[..], &["--side", "zero-048"]].concat()), "direct");
}

#[test]
fn settling_a_term_is_one_proposal_that_a_record_takes() {
    let folder = Folder::new();
    let copy = folder.run(&["record", "export", "--practice"]);
    let folder = folder.with("copy.jsonl", &copy.out);
    let terms = folder.run(&["terms", "--practice", "--resolve", "river", "--to", "watercourse"]);
    assert_eq!(terms.code, Some(0), "{terms}");
    let entry: Value = serde_json::from_slice(&terms.out).unwrap();
    assert_eq!(entry["fact"]["kind"], "proposal_tabled");
    assert!(entry["fact"]["changes"].as_array().unwrap().len() > 1, "one proposal, many changes");
    // It is admitted on top of the record it was made from.
    let mut whole = entry;
    whole["v"] = Value::from(1);
    whole["id"] = Value::from("5e1f0000-0000-4000-8000-000000000001");
    whole["recorded_at"] = Value::from("2026-11-24T00:00:00Z");
    whole["by"] = Value::from("SECR");
    let folder = folder.with("terms.jsonl", format!("{whole}\n"));
    let text = folder.run(&[
        "text",
        "--practice",
        "--with",
        "terms.jsonl",
        "--side",
        "TERMS-1",
        "--plain",
    ]);
    assert_eq!(text.code, Some(0), "{text}");
    assert!(String::from_utf8_lossy(&text.out).contains("watercourse"));
}

#[test]
fn what_is_nowhere_is_refused_with_a_hint() {
    let folder = Folder::new();
    for args in [
        &["references", "--leans-on", "safegards"][..],
        &["coverage", "--of", "preamble.opening"],
        &["terms", "--resolve", "xyzzy", "--to", "plugh"],
        &["references", "--since", "A/AC.291/99"],
    ] {
        let run = folder.run(args);
        assert_eq!(run.code, Some(3), "{run}");
        assert!(run.err.contains("hint: "), "{run}");
    }
}
