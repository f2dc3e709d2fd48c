//! `travaux positions`, `compare` and `map`: what is printed, and what is refused.

use std::fmt::Write as _;

use serde_json::Value;

use crate::program::Folder;

/// What is printed; remarks on which record is read go to standard error.
#[track_caller]
fn said(folder: &Folder, args: &[&str]) -> String {
    let run = folder.run(args);
    assert_eq!(run.code, Some(0), "{run}");
    String::from_utf8(run.out).unwrap()
}

#[track_caller]
fn refused(folder: &Folder, args: &[&str]) -> String {
    let run = folder.run(args);
    assert_eq!((run.code, run.out.len()), (Some(3), 0), "{run}");
    run.err
}

#[track_caller]
fn json(folder: &Folder, args: &[&str]) -> Value {
    serde_json::from_str(&said(folder, &[args, &["--json"]].concat())).unwrap()
}

const ROLL_CALLS: &str = "rcid,session,date,amend,para\n1,44,1989-10-01,0,0\n2,44,1989-10-02,0,1\n3,45,1990-10-01,0,0\n4,45,1990-10-02,0,1\n5,45,1990-10-03,0,0\n";

/// Two camps of four, Namibia (whose code is NA in one system, NAM in the other) among them.
fn votes() -> String {
    let mut votes = String::from("rcid,date,iso3,vote\n");
    for call in 1..=5 {
        for (place, code) in
            ["AAA", "BBB", "CCC", "NA", "WWW", "XXX", "YYY", "ZZZ"].iter().enumerate()
        {
            let vote = match (place, call) {
                (0, 5) => "absent",
                (3, 3) => "abstain",
                (0..4, _) => "yes",
                _ => "no",
            };
            let year = if call < 3 { 1989 } else { 1990 };
            writeln!(votes, "{call},{year}-10-0{call},{code},{vote}").unwrap();
        }
    }
    votes
}

#[test]
fn a_map_of_votes_has_points_with_intervals_and_says_whether_its_chains_agree() {
    let folder = Folder::new().with("V.csv", votes()).with("R.csv", ROLL_CALLS);
    let args =
        ["map", "--votes", "V.csv", "--roll-calls", "R.csv", "--sweeps", "200", "--seed", "7"];
    let map = json(&folder, &args);
    let points = map["points"].as_array().unwrap();
    assert_eq!(points.len(), 16);
    for point in points {
        let figure = |name: &str| point[name].as_f64().unwrap();
        assert!(figure("low") <= figure("mean") && figure("mean") <= figure("high"), "{point}");
    }
    let periods: Vec<&str> = points.iter().map(|point| point["period"].as_str().unwrap()).collect();
    assert_eq!((periods[0], periods[15]), ("44", "45"));
    // Namibia is a State; its first point rests on two roll calls, in the later session the paragraph is left out.
    let namibia: Vec<&Value> = points.iter().filter(|point| point["participant"] == "NA").collect();
    assert_eq!(namibia.len(), 2);
    assert_eq!((&namibia[0]["items"], &namibia[1]["items"]), (&2.into(), &2.into()));
    assert_eq!(map["diagnostics"]["chains"], 2);
    assert_eq!(map["note"], "analysis, not a secretariat document");
    assert_eq!(map, json(&folder, &args), "the same seed gives the same map");
    let by_year = json(&folder, &[&args[..], &["--by", "year"]].concat());
    assert_eq!(by_year["points"][0]["period"], "1989");
}

#[test]
fn tables_that_are_no_votes_are_refused_with_the_line() {
    let folder = Folder::new()
        .with("V.csv", "rcid,iso3,vote\n1,AAA,perhaps\n")
        .with("twice.csv", "rcid,iso3,vote\n1,AAA,yes\n1,AAA,no\n")
        .with("other.csv", "rcid,iso3,vote\n9,AAA,yes\n")
        .with("alike.csv", "rcid,iso3,vote\n1,AAA,yes\n1,BBB,yes\n")
        .with("R.csv", ROLL_CALLS);
    let refused = |file: &str| refused(&folder, &["map", "--votes", file, "--roll-calls", "R.csv"]);
    assert!(refused("V.csv").contains("line 2: \"perhaps\" is no vote"));
    assert!(refused("twice.csv").contains("voted in two ways on roll call 1"));
    assert!(refused("other.csv").contains("no vote in it is on a roll call of the other table"));
    assert!(refused("alike.csv").contains("no item on which participants differ"));
    assert!(refused("R.csv").contains("no column \"iso3\""));
}

#[test]
fn who_stands_where_is_told_with_whose_word_it_is() {
    let folder = Folder::new();
    let issue =
        json(&folder, &["positions", "--practice", "--issue", "deadline", "--as-of", "2024-06-05"]);
    let stances = issue["stances"].as_array().unwrap();
    let of = |who: &str| stances.iter().find(|stance| stance["participant"] == who).unwrap();
    assert_eq!(of("OKH")["route"], "spoken for by Headwaters Group");
    assert_eq!(of("PBX")["route"], "own");
    assert!(of("PBX")["entries"].as_array().is_some_and(|entries| !entries.is_empty()));
    let said =
        json(&folder, &["positions", "--practice", "--participant", "SVL", "--as-of", "latest"]);
    assert!(
        said["said"][0]["disputed"].as_str().unwrap().contains("a question is not a reservation")
    );
    let unknown = refused(&folder, &["positions", "--practice", "--issue", "deadlin"]);
    assert!(unknown.contains("deadline"), "{unknown}");
}

#[test]
fn two_are_compared_issue_by_issue_and_beyond_chance() {
    let folder = Folder::new();
    let args = ["compare", "--practice", "KHE", "VDM", "--as-of", "latest"];
    let compared = json(&folder, &args);
    assert!(compared["options_shared"].as_u64().unwrap() >= 2);
    let verdicts: Vec<&str> = compared["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["verdict"].as_str().unwrap())
        .collect();
    assert!(verdicts.contains(&"agree"), "{verdicts:?}");
    assert!(said(&folder, &args).contains("options both are on record on"));
}

#[test]
fn the_map_of_a_record_says_who_is_not_placeable_and_what_defines_it() {
    let folder = Folder::new();
    let args = ["map", "--practice", "--as-of", "latest", "--sweeps", "300"];
    let map = json(&folder, &args);
    let (placed, absent) =
        (map["points"].as_array().unwrap(), map["not_placeable"].as_array().unwrap());
    assert_eq!(placed.len() + absent.len(), 24);
    assert!(placed.iter().all(|point| point["items"].as_u64().unwrap() >= 3));
    assert!(map["items"][0]["upper_end"].is_string());
    assert!(said(&folder, &args).starts_with("analysis, not a secretariat document"));
    let anchored = json(&folder, &[&args[..], &["--anchors", "PBX,VDM"]].concat());
    assert_eq!(
        (&anchored["anchors"]["upper"], &anchored["anchors"]["lower"]),
        (&"PBX".into(), &"VDM".into())
    );
    let unknown = refused(&folder, &["map", "--practice", "--without-source", "nobody"]);
    assert!(unknown.contains("describes none of that key"), "{unknown}");
}

#[test]
fn what_is_private_to_one_changes_nothing_others_are_told() {
    // The shipped practice record holds mandates and a position kept within a group; seen by the public they are in no
    // figure, and the group's member sees its own.
    let folder = Folder::new();
    let of = |viewer: &str| {
        json(
            &folder,
            &[
                "positions",
                "--practice",
                "--participant",
                "VDM",
                "--as-of",
                "latest",
                "--as",
                viewer,
            ],
        )
    };
    let count = |value: &Value| value["said"].as_array().unwrap().len();
    assert_eq!(count(&of("OKH")), count(&of("public")) + 1);
}

#[test]
fn a_brief_ranks_meetings_by_our_lines_and_knows_what_only_we_see() {
    let folder = Folder::new();
    let args = [
        "brief",
        "--practice",
        "--as",
        "ORW",
        "--since",
        "2024-10-01",
        "--as-of",
        "2024-10-11",
        "--seats",
        "1",
    ];
    let brief = json(&folder, &args);
    // The red line on paragraph 1 of article 10 is on the programme of the informal consultation.
    assert_eq!(brief["meetings"][0]["session"], "INF");
    assert_eq!(brief["meetings"][0]["advice"], "be there");
    let lines = brief["lines"].to_string();
    assert!(lines.contains("Do not come home without article 10"), "{lines}");
    assert!(!brief["near"].as_array().unwrap().is_empty());
    assert!(!brief["cable"].as_array().unwrap().is_empty());
    let other: Vec<&str> =
        args.iter().map(|word| if *word == "ORW" { "PBX" } else { word }).collect();
    assert!(!json(&folder, &other).to_string().contains("Do not come home"));
    let public = folder.run(&["brief", "--practice", "--since", "2024-10-01"]);
    assert_eq!(public.code, Some(2), "{public}");
}
