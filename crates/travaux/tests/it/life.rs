//! `travaux blame` and `phrase`: what is printed, as text and as JSON.

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

/// The runs of a blame that hold some words.
fn holding<'v>(words: &'v Value, wanted: &str) -> Vec<&'v Value> {
    let runs = words.as_array().unwrap().iter();
    runs.filter(|run| run["text"].as_str().unwrap().contains(wanted)).collect()
}

#[test]
fn every_word_is_told_with_who_brought_it_and_the_entries_it_rests_on() {
    let blame = json(&["blame", "notice.1", "--practice", "--as-of", "latest"]);
    let words = blame["words"].as_array().unwrap();
    let text: String = words.iter().map(|run| run["text"].as_str().unwrap()).collect();
    let shown = json(&["provision", "notice.1", "--practice", "--as-of", "latest"]);
    assert_eq!(Value::from(text), shown["provision"]["text"]["base"]);
    for run in words {
        assert!(!run["entries"].as_array().unwrap().is_empty(), "{run:#}");
        assert!(!run["documents"].as_array().unwrap().is_empty(), "{run:#}");
    }
    let hours = holding(&blame["words"], "thirty-six");
    assert_eq!(hours.len(), 1, "{:#}", blame["words"]);
    assert!(hours[0]["origin"]["proposal"].is_string(), "{:#}", hours[0]);
    assert!(!hours[0]["open"].as_bool().unwrap());
}

#[test]
fn a_stakeholder_who_had_the_words_first_is_named_from_when_it_was_known() {
    let args = ["blame", "terms.river", "--practice", "--words", "seasonally", "--as-of"];
    let first = |more: &[&str]| {
        let blame = json(&[&args[..], more].concat());
        let run = &holding(&blame["words"], "seasonally")[0];
        let submissions = run["submissions"].as_array().unwrap();
        submissions
            .iter()
            .map(|one| (one["title"].as_str().unwrap().to_owned(), one["first"] == true))
            .collect::<Vec<_>>()
    };
    let known = first(&["2025-02-01"]);
    assert_eq!(known[0], ("Notes on the calendars of rivers".to_owned(), true));
    assert_eq!(known[1], ("On the measurement of wandering".to_owned(), false));
}

#[test]
fn a_phrase_is_followed_through_proposals_and_texts() {
    let life = json(&["phrase", "thirty-six hours", "--practice"]);
    let spells = life["spells"].as_array().unwrap();
    let kinds: Vec<&str> = spells.iter().map(|spell| spell["in"].as_str().unwrap()).collect();
    assert_eq!(kinds.last(), Some(&"text"), "{life:#}");
    assert!(kinds.contains(&"proposal"), "{life:#}");
    assert!(spells.iter().all(|spell| spell["since"]["entry"].is_string()));
    let run = Folder::new().run(&["phrase", "no such words", "--practice"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(String::from_utf8(run.out).unwrap().contains("stood nowhere"));
}

#[test]
fn a_capitals_own_draft_is_found_by_that_capital_alone() {
    let as_seen_by = |viewer: &str| {
        let args =
            ["phrase", "thirty-six hours", "--practice", "--as-of", "2025-01-15", "--as", viewer];
        let run = Folder::new().run(&args);
        String::from_utf8(run.out).unwrap()
    };
    assert!(as_seen_by("VDM").contains("G-02"), "{}", as_seen_by("VDM"));
    assert!(!as_seen_by("PBX").contains("G-02"), "{}", as_seen_by("PBX"));
}

#[test]
fn what_cannot_be_blamed_is_refused_with_a_hint() {
    let refused = |args: &[&str]| {
        let run = Folder::new().run(args);
        assert_eq!(run.code, Some(3), "{run}");
        assert!(run.err.contains("hint: "), "{run}");
        run.err
    };
    let error = refused(&["blame", "notice.9", "--practice"]);
    assert!(error.contains("notice.9"), "{error}");
    let error = refused(&["blame", "notice.1", "--practice", "--words", "helicopters"]);
    assert!(error.contains("travaux phrase"), "{error}");
    let run = Folder::new().run(&["phrase", ", ;"]);
    assert_eq!(run.code, Some(2), "{run}");
}
