//! What a viewer sees: dates, knowledge, corrections.

use crate::testing::{Builder, id, instant};
use crate::*;

/// A conference with three admissions after the secretariat's, on three dates.
fn three() -> Builder {
    let mut builder = Builder::default();
    builder.on("2030-03-10").admit("AAA", ParticipantClass::State);
    builder.on("2030-03").admit("BBB", ParticipantClass::State);
    builder.on("2030-02-01").admit("CCC", ParticipantClass::State);
    builder
}

fn keys(record: &Record, view: &View) -> Vec<String> {
    let key = |occurrence: Occurrence<'_>| match occurrence.fact {
        Fact::ParticipantAdmitted(fact) => format!("{} {}", occurrence.at, fact.participant),
        other => panic!("{other:?}"),
    };
    record.timeline(view).unwrap().into_iter().map(key).collect()
}

#[track_caller]
fn shows(record: &Record, view: &View, expected: &[&str]) {
    assert_eq!(keys(record, view), expected);
}

#[test]
fn entries_come_by_date_whenever_they_were_recorded() {
    let record = Record::of(three().entries).unwrap();
    let all = ["2030-01-01 SEC", "2030-02-01 CCC", "2030-03-10 AAA", "2030-03 BBB"];
    shows(&record, &View::public(), &all);
    let day = |day: &str| View::public().as_of(day.parse().unwrap());
    shows(&record, &day("2030-03-09"), &all[..2]);
    shows(&record, &day("2030-03-10"), &all[..3]);
    shows(&record, &day("2030-03-30"), &all[..3]);
    shows(&record, &day("2030-03-31"), &all);
}

#[test]
fn what_was_recorded_later_was_not_known() {
    let record = Record::of(three().entries).unwrap();
    let known = |seconds| View::public().known_by(instant(seconds));
    shows(&record, &known(59), &["2030-01-01 SEC"]);
    shows(&record, &known(60), &["2030-01-01 SEC", "2030-03-10 AAA"]);
    let day = View::public().known_by_day("2030-01-01".parse().unwrap());
    assert_eq!(keys(&record, &day).len(), 4);
    let eve = View::public().known_by_day("2029-12-31".parse().unwrap());
    assert_eq!(keys(&record, &eve).len(), 0);
}

#[test]
fn the_latest_correction_known_applies_at_the_date_it_gives_or_the_originals() {
    let mut builder = three();
    let of = builder.entries[1].id;
    let mut correct = |fact: Option<Fact>, at: Option<&str>| {
        let at = at.map(|at| at.parse().unwrap());
        let reason = "checked".to_owned();
        let fact = fact.map(Box::new);
        builder.on("2031-01-01");
        builder.add(Fact::Correction(Correction { of, fact, at, reason }))
    };
    let renamed = Fact::ParticipantAdmitted(ParticipantAdmitted {
        participant: ParticipantId::new("AAA"),
        name: "Aaaland".to_owned(),
        class: ParticipantClass::State,
    });
    let first = correct(Some(renamed.clone()), None);
    let second = correct(None, Some("2030-01-15"));
    let record = Record::of(builder.entries).unwrap();
    let of = |seconds: i64| {
        let view = View::public().known_by(instant(seconds));
        let timeline = record.timeline(&view).unwrap();
        let found = timeline.into_iter().find(|occurrence| occurrence.entry.id == id(1)).unwrap();
        (found.at.to_string(), found.fact.clone(), found.corrected_by)
    };
    let original = record.entry(id(1)).unwrap().fact.clone();
    assert_eq!(of(200), ("2030-03-10".to_owned(), original.clone(), None));
    assert_eq!(of(240), ("2030-03-10".to_owned(), renamed, Some(first)));
    // A correction is of the original: what an earlier one said and this one doesn't is no more.
    assert_eq!(of(300), ("2030-01-15".to_owned(), original, Some(second)));
}

#[test]
fn an_entry_struck_out_is_not_shown_and_stays_in_the_log() {
    let mut builder = Builder::default();
    let source = Fact::SourceDescribed(SourceDescribed {
        source: SourceId::new("s1"),
        title: "Report".to_owned(),
        publisher: "Press".to_owned(),
        published: None,
        locator: None,
        machine_made: false,
        note: String::new(),
    });
    let of = builder.add(source);
    let reason = "no such report".to_owned();
    builder.add(Fact::Correction(Correction { of, fact: None, at: None, reason }));
    let record = Record::of(builder.entries).unwrap();
    assert_eq!(record.timeline(&View::public()).unwrap().len(), 1);
    assert_eq!(record.visible(&View::public()).count(), 3);
}

#[test]
fn a_delegations_own_entries_are_its_own() {
    let mut builder = three();
    let own = Audience::Delegation(ParticipantId::new("AAA"));
    builder.to(own).add(Fact::MilestoneSet(MilestoneSet {
        milestone: MilestoneId::new("m"),
        title: "Instructions".to_owned(),
        due: "2030-05".parse().unwrap(),
        planned: None,
        reached: false,
    }));
    let record = Record::of(builder.entries).unwrap();
    let count = |viewer: Viewer| record.timeline(&View::of(viewer)).unwrap().len();
    assert_eq!(count(Viewer::Public), 4);
    for (key, expected) in [("AAA", 5), ("BBB", 4), ("SEC", 4), ("XXX", 4)] {
        assert_eq!(count(Viewer::Participant(ParticipantId::new(key))), expected, "{key}");
    }
}
