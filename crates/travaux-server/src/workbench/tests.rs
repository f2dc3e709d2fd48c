//! What is shared between views and what is not, on the practice negotiation.

use std::path::Path;

use travaux_record::{Read, decode_lines};

use super::*;

fn entries() -> Vec<Entry> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/practice/record.jsonl");
    let bytes = std::fs::read(path).expect("the examples ship with a record");
    let known = decode_lines(&bytes).unwrap().into_iter().map(|read| match read {
        Read::Known(entry) => *entry,
        Read::Newer(_) => unreachable!("what ships is of this version"),
    });
    known.collect()
}

fn workbench(entries: &[Entry]) -> Workbench {
    Workbench::new(Record::of(entries.iter().cloned()).unwrap(), Settings::default())
}

fn seen(as_of: &str, viewer: &str, known_by: &str) -> Vantage {
    let day = |day: &str| day.parse().unwrap();
    Vantage {
        as_of: day(as_of),
        viewer: (!viewer.is_empty()).then(|| ParticipantId::new(viewer)),
        known_by: (!known_by.is_empty()).then(|| day(known_by)),
    }
}

fn is_shared(workbench: &Workbench, one: &Vantage, other: &Vantage) -> bool {
    let [one, other] = [one, other].map(|vantage| workbench.snapshot(vantage).unwrap());
    Arc::ptr_eq(&one, &other)
}

/// Two neighbouring days on which something public happened, with a day between them.
fn gap(workbench: &Workbench) -> (Date, Date) {
    let knowledge = Knowledge { viewer: None, known_by: None };
    let timeline = workbench.timeline(&knowledge).unwrap();
    let mut pairs = timeline.counted.windows(2).map(|pair| (pair[0], pair[1]));
    pairs
        .find(|(one, next)| one.tomorrow().unwrap().tomorrow().unwrap() <= *next)
        .expect("on some day nothing happened")
}

#[test]
fn days_on_which_nothing_happened_share_a_projection() {
    let workbench = workbench(&entries());
    let (last, next) = gap(&workbench);
    let on = |day: Date| seen(&day.to_string(), "", "");
    assert!(is_shared(&workbench, &on(last), &on(next.yesterday().unwrap())));
    assert!(!is_shared(&workbench, &on(last), &on(next)));
    assert!(is_shared(&workbench, &seen("9999-12-31", "", ""), &seen("2099-01-01", "", "")));
    assert!(is_shared(&workbench, &seen("0001-01-01", "", ""), &seen("1900-01-01", "", "")));
    assert!(!is_shared(&workbench, &seen("1900-01-01", "", ""), &seen("2099-01-01", "", "")));
}

#[test]
fn dates_of_knowledge_between_which_nothing_was_entered_share_a_projection() {
    let workbench = workbench(&entries());
    let known = |day: &str| seen("2099-01-01", "", day);
    assert!(is_shared(&workbench, &known("9999-12-31"), &known("")));
    assert!(is_shared(&workbench, &known("0001-01-01"), &known("1900-01-01")));
    assert!(!is_shared(&workbench, &known("1900-01-01"), &known("")));
}

#[test]
fn viewers_share_nothing() {
    let workbench = workbench(&entries());
    let by = |viewer: &str| seen("2099-01-01", viewer, "");
    assert!(!is_shared(&workbench, &by(""), &by("SECR")));
}

/// The oracle is a workbench that nobody has asked anything before.
#[test]
fn what_is_kept_while_the_record_grows_is_what_is_made_anew() {
    let entries = entries();
    let grown = workbench(&[]);
    let vantages: Vec<Vantage> =
        ["1900-01-01", "2024-06-01", "2025-03-01", "2026-01-01", "9999-12-31"]
            .into_iter()
            .flat_map(|as_of| {
                let known = ["", "2024-12-31", "2025-06-30"];
                known.map(|known_by| seen(as_of, "SECR", known_by))
            })
            .collect();
    let mut recorded = 0;
    for chunk in entries.chunks(entries.len() / 12 + 1) {
        grown.append_all(chunk.iter().cloned()).unwrap();
        recorded += chunk.len();
        let fresh = workbench(&entries[..recorded]);
        for vantage in &vantages {
            let (kept, made) = (grown.snapshot(vantage).unwrap(), fresh.snapshot(vantage).unwrap());
            assert!(kept.negotiation() == made.negotiation(), "{vantage:?} after {recorded}");
            let folded = project::<Negotiation>(&fresh.record(), &vantage.view()).unwrap();
            assert!(kept.negotiation() == &folded, "{vantage:?} after {recorded}");
        }
    }
}
