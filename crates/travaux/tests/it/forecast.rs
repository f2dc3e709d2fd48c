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

const DEPOSITS: &str = "participant,date
Averne,2001-02-01
Belisar,2001-09-30
Corvane,2002-03-15
Dunmere,2003-05-01
";

fn entry<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args =
        vec!["forecast", "entry-into-force", "--deposits", "D.csv", "--opened", "2000-12-12"];
    args.extend(more);
    args
}

#[test]
fn entry_into_force_is_forecast_from_deposits_up_to_the_day() {
    let folder = Folder::new().with("D.csv", DEPOSITS);
    let args =
        entry(&["--as-of", "2002-12-12", "--thresholds", "3,30,40,70,200", "--lag", "days:90"]);
    let run = folder.run(&[&args[..], &["--json"]].concat());
    assert_eq!(run.err, "1 deposits after 2002-12-12 were not looked at\n");
    let answer: Value = serde_json::from_slice(&run.out).unwrap();
    assert_eq!(answer["deposited"], 3);
    let lines = answer["thresholds"].as_array().unwrap();
    assert_eq!(lines[0]["reached"], "2002-03-15");
    assert_eq!(lines[0]["p50"], "2002-06-13", "the ninetieth day");
    near(&lines[0]["within_20_years"], 1.0);
    let chance = |line: &Value| line["within_20_years"].as_f64().unwrap();
    assert!(chance(&lines[1]) > chance(&lines[2]) && chance(&lines[2]) > chance(&lines[3]));
    for line in &lines[1..3] {
        let day = |name: &str| line[name].as_str().unwrap().parse::<jiff::civil::Date>().unwrap();
        assert!(day("p10") < day("p50") && day("p50") < day("p90"), "{line}");
        assert!(day("p10") > jiff::civil::date(2002, 12, 12));
    }
    assert_eq!(lines[4]["impossible"], "200 are needed of 191 States");
    // What comes later changes nothing.
    let earlier = Folder::new().with("D.csv", DEPOSITS.replace("Dunmere,2003-05-01\n", ""));
    assert_eq!(json(&earlier, &args), answer);
}

#[test]
fn entry_into_force_is_refused_where_dates_make_no_sense() {
    let folder = Folder::new()
        .with("D.csv", DEPOSITS)
        .with("bad.csv", "participant,date\nAverne,1 May 2001\n");
    let runs = [
        folder.run(&entry(&["--as-of", "1999-01-01"])),
        folder.run(&entry(&["--as-of", "2002-01-01", "--lag", "weeks:3"])),
        folder.run(&[
            "forecast",
            "entry-into-force",
            "--deposits",
            "bad.csv",
            "--opened",
            "2000-01-01",
            "--as-of",
            "2002-01-01",
        ]),
    ];
    insta::assert_snapshot!(runs.map(|run| run.to_string()).concat());
}

#[expect(clippy::print_stderr, reason = "a test that skips says so")]
/// The table of real signatures and deposits, where it is at hand.
fn ratifications() -> Option<String> {
    let data = std::env::var_os("TRAVAUX_DATA").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        Into::into,
    );
    let path = data.join("ratifications/ratifications.csv.gz");
    if path.exists() {
        return Some(path.to_string_lossy().into_owned());
    }
    eprintln!("skipped: {} is not at hand (set TRAVAUX_DATA)", path.display());
    None
}

#[test]
fn real_treaties_reach_their_number_on_the_day_they_did() {
    let Some(path) = ratifications() else { return };
    let file = std::fs::File::open(path).unwrap();
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    // Key, number asked for, lag, completing deposit, day of entry into force (depositary).
    for (key, needed, lag, deposit, in_force) in [
        ("UNTC-18-12", "40", "days:90", "2003-07-01", "2003-09-29"),
        ("UNTC-18-14", "30", "days:90", "2005-09-15", "2005-12-14"),
        ("UNTC-18-10", "60", "first-of-month-after-day:60", "2002-04-11", "2002-07-01"),
    ] {
        let mut deposits = String::from("participant,date\n");
        for row in
            rows.iter().filter(|row| &row[2] == key && !row[6].is_empty() && !row[9].is_empty())
        {
            writeln!(deposits, "{},{}", &row[6], &row[9]).unwrap();
        }
        let folder = Folder::new().with("D.csv", deposits);
        let args =
            ["forecast", "entry-into-force", "--deposits", "D.csv", "--opened", "1998-07-17"];
        let args =
            [&args[..], &["--as-of", "2010-01-01", "--thresholds", needed, "--lag", lag]].concat();
        let run = folder.run(&[&args[..], &["--json"]].concat());
        let answer: Value = serde_json::from_slice(&run.out).unwrap();
        assert_eq!(answer["thresholds"][0]["reached"], deposit, "{key}");
        assert_eq!(answer["thresholds"][0]["p50"], in_force, "{key}");
    }
}

#[test]
fn forecasts_of_deposits_made_year_by_year_beat_a_constant_pace_by_two_fifths() {
    let Some(path) = ratifications() else { return };
    let answer = json(&Folder::new(), &["forecast", "backtest", "--ratifications", &path]);
    for horizon in answer["horizons"].as_array().unwrap() {
        let better = horizon["better_than_constant_pace"].as_f64().unwrap();
        assert!(better >= 0.40, "{} years: {better}", horizon["years"]);
        assert!(horizon["forecasts"].as_u64().unwrap() > 1_000);
    }
    let within = answer["interval_80"]["within"].as_f64().unwrap();
    assert!((0.76..=0.84).contains(&within), "{within}");
}

#[test]
fn the_shipped_parameters_are_those_that_the_data_give() {
    let Some(path) = ratifications() else { return };
    for (name, more) in
        [("deposits-and-signatures", &[][..]), ("deposits", &["--without-signatures"])]
    {
        let args = [&["forecast", "fit", &path], more].concat();
        let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../parameters/{name}.txt"));
        let fitted = Folder::new().run(&args).good();
        assert_eq!(std::fs::read_to_string(shipped).unwrap(), fitted, "{name}");
    }
}

/// The seed of every trade: wide cooperation, if criminalization stays narrow.
const TRADE: &str = r#"{
  "rule": "consensus",
  "issues": [
    { "issue": "criminalization", "options": ["narrow", "broad"], "current": "broad" },
    { "issue": "cooperation", "options": ["treaty offences", "any crime"], "current": "treaty offences" }
  ],
  "delegations": [
    { "participant": "Averne",
      "worth": { "criminalization": { "narrow": 2, "broad": 0 }, "cooperation": { "treaty offences": 0, "any crime": -1 } },
      "conditions": [{ "if": [{ "issue": "cooperation", "option": "any crime" }],
                       "then": [{ "issue": "criminalization", "option": "narrow" }] }] },
    { "participant": "Belisar",
      "worth": { "criminalization": { "narrow": -1, "broad": 0 }, "cooperation": { "treaty offences": 0, "any crime": 3 } },
      "threshold": 1, "unsure": 0.5 }
  ]
}"#;

#[test]
fn a_trade_is_found_and_proved() {
    let folder = Folder::new().with("P.json", TRADE);
    let args = ["forecast", "package", "--problem", "P.json"];
    let answer = json(&folder, &args);
    assert_eq!(answer["proved"], true);
    let package = &answer["packages"][0];
    assert_eq!(package["options"]["criminalization"], "narrow");
    assert_eq!(package["options"]["cooperation"], "any crime");
    near(&answer["optimum"], 2.0);
    assert_eq!(answer["packages"].as_array().unwrap().len(), 1, "no other has consensus");
    insta::assert_snapshot!(folder.run(&args).good());
    let locked = folder.run(&[&args[..], &["--lock", "criminalization=broad"]].concat()).good();
    assert!(locked.contains("No package carries. This is certain."), "{locked}");
}

#[test]
fn problems_that_cannot_be_used() {
    let red = TRADE.replace(
        r#""threshold": 1,"#,
        r#""threshold": 1, "red_lines": [{ "issue": "cooperation", "option": "treaty offences" }],"#,
    );
    let both = red.replace(
        r#""conditions":"#,
        r#""red_lines": [{ "issue": "cooperation", "option": "any crime" }], "conditions":"#,
    );
    let folder = Folder::new()
        .with("both.json", both)
        .with("option.json", TRADE.replace(r#""current": "broad""#, r#""current": "braod""#))
        .with(
            "worth.json",
            TRADE.replace(
                r#", "broad": 0 }, "cooperation": { "treaty offences": 0, "any crime": -1"#,
                r#" }, "cooperation": { "treaty offences": 0, "any crime": -1"#,
            ),
        )
        .with("not.json", "{}")
        .with("trade.json", TRADE);
    let mut runs = String::new();
    for file in ["both", "option", "worth", "not"] {
        runs.push_str(
            &folder.run(&["forecast", "package", "--problem", &format!("{file}.json")]).to_string(),
        );
    }
    runs.push_str(
        &folder
            .run(&["forecast", "package", "--problem", "trade.json", "--lock", "scope"])
            .to_string(),
    );
    insta::assert_snapshot!(runs);
}

#[test]
fn forecasts_of_assembly_tallies_hold_as_often_as_they_say() {
    let Some(path) = ratifications() else { return };
    let folder = path.replace("ratifications/ratifications.csv.gz", "unga");
    let (votes, calls) = (format!("{folder}/votes.csv.gz"), format!("{folder}/roll_calls.csv.gz"));
    let args = ["forecast", "backtest", "--votes", &votes, "--roll-calls", &calls];
    let answer = json(&Folder::new(), &args);
    assert_eq!(answer["forecasts"], 403);
    let methods = answer["methods"].as_array().unwrap();
    let of = |name: &str, field: &str| {
        let method = methods.iter().find(|method| method["method"] == name).unwrap();
        method[field].as_f64().unwrap()
    };
    let held = of("model", "band_80_held");
    assert!((0.75..=0.85).contains(&held), "{held}");
    assert!(of("independent coins", "band_80_held") < 0.3);
    for other in ["template mixture", "base rate", "independent coins"] {
        assert!(of("model", "log_score") > of(other, "log_score") + 0.5, "{other}");
    }
}

#[test]
fn the_scorecard_of_the_shipped_case_is_one_command() {
    let folder = Folder::new();
    let card = json(&folder, &["forecast", "backtest"]);
    assert_eq!((&card["as_of"], &card["retrospective"]), (&"2023-04-21".into(), &true.into()));
    let scores = card["scores"].as_array().unwrap();
    assert_eq!(scores.len(), 7);
    for score in scores {
        let said = score["said"].as_array().unwrap();
        // A number, or why there is none.
        assert_eq!(said.is_empty(), score["silence"].is_object(), "{score}");
        assert!(said.is_empty() || !score["inputs"].as_array().unwrap().is_empty(), "{score}");
    }
    insta::assert_snapshot!(folder.run(&["forecast", "backtest"]).good());
}

#[test]
fn forecasts_of_a_record_say_what_they_rest_on_or_what_is_missing() {
    let folder = Folder::new();
    let read = |args: &[&str]| -> Value {
        let run = folder.run(&[&["forecast"], args, &["--json"]].concat());
        assert_eq!(run.code, Some(0), "{run}");
        serde_json::from_slice(&run.out).unwrap()
    };
    let vote = read(&[
        "passage",
        "--issue",
        "safeguards_24",
        "--option",
        "strong",
        "--majority",
        "two-thirds",
    ]);
    assert!(!vote["inputs"].as_array().unwrap().is_empty());
    assert_eq!(vote["framed_in_hindsight"], true);
    let silent = read(&["outcome", "--issue", "mechanism"]);
    assert!(silent["forecasts"][0]["answer"].is_null());
    assert!(silent["forecasts"][0]["silence"]["missing"].is_string());
    let dates = read(&["calendar"]);
    let deadline = &dates["forecasts"][0]["answer"];
    assert_eq!(
        (&deadline["milestone"], &deadline["due"]),
        (&"m-deadline".into(), &"2024-02-09".into())
    );
    let force = read(&["entry-into-force", "--as-of", "2026-06-01"]);
    assert_eq!(force["answer"]["needed_by_clause"], 40);
    assert!(read(&["entry-into-force"])["answer"].is_null(), "not open for signature yet");
    let packages = read(&[
        "package",
        "--issue",
        "crim_scope",
        "--issue",
        "coop_scope",
        "--as-of",
        "2023-07-01",
        "--rule",
        "simple",
    ]);
    assert_eq!(packages["conditions"][0]["read_as"], "Cyber-dependent plus a short list");
    let unknown = folder.run(&["forecast", "outcome", "--issue", "scope"]);
    assert_eq!(unknown.code, Some(3));
    assert!(unknown.err.contains("the record has none of that key"), "{unknown}");
}
