//! What `export` writes besides the text: tables, a feed, a calendar, for whoever looks.

use serde_json::Value;

use crate::program::Folder;

fn export(args: &[&str]) -> String {
    let all = [&["export", "--practice", "--as-of", "2025-02-14"], args].concat();
    let run = Folder::new().run(&all);
    assert_eq!(run.code, Some(0), "{run}");
    String::from_utf8(run.out).unwrap()
}

#[test]
fn a_table_is_the_same_as_csv_and_as_json_lines_and_its_schema_names_its_columns() {
    for table in ["provisions", "proposals", "positions", "votes", "instruments"] {
        let of = |format| export(&["--format", format, "--table", table]);
        let (csv, lines) = (of("csv"), of("jsonl"));
        let schema: Value = serde_json::from_str(&of("schema")).unwrap();
        let names: Vec<&str> =
            schema["required"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names, "{table}");
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let objects: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), objects.len(), "{table}");
        for (row, object) in rows.iter().zip(&objects) {
            assert_eq!(row.len(), object.as_object().unwrap().len(), "{table}");
            let first = object[names[0]].as_str().unwrap();
            assert_eq!(row.get(0), Some(first), "{table}");
        }
        assert!(!rows.is_empty() || table == "instruments" || table == "votes", "{table}");
    }
}

#[test]
fn a_feed_about_a_provision_has_what_concerns_it_alone() {
    let all = export(&["--format", "atom"]);
    let one = export(&["--format", "atom", "--about", "notice.1"]);
    let entries = |feed: &str| feed.matches("<entry>").count();
    assert!(0 < entries(&one) && entries(&one) < entries(&all));
    assert_eq!(entries(&export(&["--format", "atom", "--about", "nobody"])), 0);
}

#[test]
fn what_a_viewer_may_not_see_is_in_no_feed_or_table_of_theirs() {
    // A draft inside a group, of which the public knows nothing.
    let of = |viewer: &str, format: &str| {
        export(&["--format", format, "--table", "proposals", "--as", viewer])
    };
    assert!(of("VDM", "csv").contains("G-01") && !of("public", "csv").contains("G-01"));
    assert!(!of("ORW", "csv").contains("G-01"));
    let entries = |viewer: &str| of(viewer, "atom");
    assert_ne!(entries("VDM"), entries("public"));
}

#[test]
fn a_calendar_has_every_session() {
    let calendar = export(&["--format", "ics"]);
    assert!(calendar.contains("DTSTART;VALUE=DATE:20240603\r\nDTEND;VALUE=DATE:20240608\r\n"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), calendar.matches("END:VEVENT").count());
}
