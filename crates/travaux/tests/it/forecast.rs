//! `travaux forecast`: what is printed, and what is refused.

use std::fmt::Write as _;

use serde_json::Value;

use crate::program::Folder;

const ROOM: &str = "participant,yes,no,abstain,absent
Averne,1,0,0,0
Belisar,0.5,0.5,0,0
Corvane,0,0,1,0
";

#[track_caller]
fn json(folder: &Folder, args: &[&str]) -> Value {
    serde_json::from_str(&folder.run(&[args, &["--json"]].concat()).good()).unwrap()
}

#[track_caller]
fn near(value: &Value, expected: f64) {
    assert!((value.as_f64().unwrap() - expected).abs() < 1e-12, "{value} is not {expected}");
}

#[test]
fn a_vote_is_forecast_from_a_table_of_probabilities() {
    let folder = Folder::new().with("P.csv", ROOM);
    let args = ["forecast", "passage", "--probabilities", "P.csv", "--majority"];
    let two_thirds = json(&folder, &[&args[..], &["two-thirds"]].concat());
    near(&two_thirds["passes"], 0.5);
    near(&two_thirds["yes"]["mean"], 1.5);
    assert_eq!(two_thirds["pivotal"][0]["participant"], "Belisar");
    near(&two_thirds["pivotal"][0]["swing"], 1.0);
    // With one in favour of three present, one against makes half: enough for neither.
    near(&json(&folder, &[&args[..], &["simple"]].concat())["passes"], 0.5);
    // Both and the third of three members are needed for two thirds of them.
    near(&json(&folder, &[&args[..], &["two-thirds-of-members"]].concat())["passes"], 0.5);
    let beyond = json(&folder, &[&args[..], &["absolute", "--members", "193"]].concat());
    near(&beyond["passes"], 0.0);
    let why = "97 of 193 members are needed in favour, and 3 take part";
    assert_eq!(beyond["impossible"], why);
}

#[test]
fn what_is_shared_spreads_the_count_and_leaves_each_chance() {
    let mut table = String::from("participant,yes,no,abstain,absent\n");
    for i in 0..30 {
        writeln!(table, "S{i},0.7,0.2,0.05,0.05").unwrap();
    }
    let folder = Folder::new().with("P.csv", table);
    let args = ["forecast", "passage", "--probabilities", "P.csv", "--majority", "two-thirds"];
    let alone = json(&folder, &args);
    let together = json(&folder, &[&args[..], &["--shock", "1"]].concat());
    for count in [&alone, &together] {
        assert!((count["yes"]["mean"].as_f64().unwrap() - 21.0).abs() < 1e-3, "{count}");
    }
    let width = |answer: &Value| {
        let band = &answer["yes"]["band_80"];
        band[1].as_i64().unwrap() - band[0].as_i64().unwrap()
    };
    assert!(width(&together) > 2 * width(&alone), "{} {}", width(&alone), width(&together));
}

#[test]
fn people_are_told_that_it_is_analysis_and_who_decides() {
    let folder = Folder::new().with("P.csv", ROOM);
    let args = ["forecast", "passage", "--probabilities", "P.csv", "--majority", "two-thirds"];
    insta::assert_snapshot!(folder.run(&args).good());
}

/// What cannot be used is refused, with the line and the reason.
#[test]
fn tables_that_cannot_be_used() {
    let table = |row: &str| format!("participant,yes,no,abstain,absent\n{row}");
    let folder = Folder::new()
        .with("sum.csv", table("Averne,0.5,0.1,0.1,0.1\n"))
        .with("word.csv", table("Averne,often,0,0,0\n"))
        .with("negative.csv", table("Averne,1.5,-0.5,0,0\n"))
        .with("twice.csv", table("Averne,1,0,0,0\nAverne,1,0,0,0\n"))
        .with("empty.csv", table(""))
        .with("columns.csv", "participant,yes,no\nAverne,1,0\n")
        .with("short.csv", table("Averne,1\n"));
    let runs =
        ["sum", "word", "negative", "twice", "empty", "columns", "short", "absent"].map(|name| {
            let file = format!("{name}.csv");
            let run = folder.run(&[
                "forecast",
                "passage",
                "--probabilities",
                &file,
                "--majority",
                "simple",
            ]);
            assert_eq!(run.out, b"", "nothing is printed before it is refused");
            run.to_string()
        });
    insta::assert_snapshot!(runs.concat());
}
