//! Lines that are no entries, and lines of a program to come.

use super::*;
use crate::testing::Builder;
use crate::{ParticipantClass, Record, View};

const GOOD: &str = r#"{"v":1,"id":"6ba7b810-9dad-41d1-80b4-00c04fd430c8","at":"2030-01","recorded_at":"2030-02-01T10:00:00Z","by":"SEC","fact":{"kind":"participant_admitted","participant":"SEC","name":"Secretariat","class":"secretariat"}}"#;

/// Reads two good lines around a bad one; nothing comes of it but the message.
#[track_caller]
fn check(bad: &[u8], message: &str) {
    let input = [GOOD.as_bytes(), b"\n", bad, b"\n", GOOD.as_bytes(), b"\n"].concat();
    assert_eq!(decode_new(&input).unwrap_err().to_string(), message);
}

#[test]
fn a_malformed_line_is_refused_with_its_number_and_what_was_expected() {
    check(b"{", "line 2, column 1: EOF while parsing an object");
    check(b"[1]", "line 2, column 1: expected an entry, which is a JSON object");
    let wrong = |from: &str, to: &str| GOOD.replacen(from, to, 1).into_bytes();
    check(
        &wrong("2030-01", "2030-13"),
        "line 2, column 65: can't read the date \"2030-13\": expected YYYY-MM-DD, YYYY-MM or YYYY",
    );
    check(
        &wrong("participant_admitted", "participant_expelled_"),
        "line 2: there is no fact of the kind \"participant_expelled_\" in version 1 of the format, as \
         far as this program (version 1) knows",
    );
    check(&wrong(r#","by":"SEC""#, ""), "line 2, column 205: missing field `by`");
    check(
        &wrong(r#""by""#, r#""By""#),
        "line 2, column 107: unknown field `By`, expected one of `v`, `id`, `at`, `recorded_at`, \
         `by`, `audience`, `evidence`, `fact`",
    );
}

#[test]
fn text_that_is_not_utf_8_is_refused_with_its_offset() {
    let bad = b"{\"v\":1,\"id\":\"caf\xe9\"}";
    let offset = GOOD.len() + 1 + 16;
    check(bad, &format!("line 2: not UTF-8 at byte {offset} of the input"));
    assert_eq!(decode(bad).unwrap_err().hint(), "save the file as UTF-8; nothing was recorded");
}

#[test]
fn blank_lines_are_skipped() {
    let input = format!("\n{GOOD}\n\n  \n{GOOD}");
    assert_eq!(decode_lines(input.as_bytes()).unwrap().len(), 2);
}

#[test]
fn an_entry_of_a_newer_program_is_kept_and_no_view_is_shown_without_it() {
    let newer = GOOD.replacen("\"v\":1", "\"v\":2", 1).replacen(
        "participant_admitted",
        "credentials_examined",
        1,
    );
    let Read::Newer(entry) = decode(newer.as_bytes()).unwrap() else { panic!("it is newer") };
    assert_eq!((entry.version, entry.kind.as_str()), (2, "credentials_examined"));

    let mut builder = Builder::default();
    builder.admit("AAA", ParticipantClass::State);
    let mut record = Record::of(builder.entries).unwrap();
    record.append_newer(entry);
    let refused = record.timeline(&View::public()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "can't show the record: the entry 6ba7b810-9dad-41d1-80b4-00c04fd430c8 states \
         \"credentials_examined\" in version 2 of the format, which this program (version 1) \
         doesn't know"
    );
    assert_eq!(
        refused.hint(),
        "upgrade to a program that knows \"credentials_examined\"; until then the record can be \
         verified and exported, and dates before that entry can be shown"
    );
    let before = View::public().as_of("2030-01-30".parse().unwrap());
    assert_eq!(record.timeline(&before).unwrap().len(), 2);
    let unknown = View::public().known_by("2030-01-31T00:00:00Z".parse().unwrap());
    assert_eq!(record.timeline(&unknown).unwrap().len(), 2);
}

#[test]
fn an_entry_whose_audience_is_unknown_is_shown_to_nobody_and_missed_by_everybody() {
    let newer = GOOD.replacen("\"v\":1", "\"v\":2,\"audience\":{\"press\":[]}", 1);
    let Read::Newer(entry) = decode(newer.as_bytes()).unwrap() else { panic!("it is newer") };
    assert_eq!(entry.audience, None);
    let sealed = crate::Sealed::new(crate::testing::salt(1), newer);
    let mut record = Record::of(Builder::default().entries).unwrap();
    record.append_newer(entry);
    assert!(record.timeline(&View::public()).is_err());
    let shown = sealed.shown_to(&crate::Viewer::Public, &record);
    assert_eq!(shown, crate::Sealed::Withheld(sealed.leaf()));
}
