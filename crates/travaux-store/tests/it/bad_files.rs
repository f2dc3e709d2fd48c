//! Files that are no record, no longer one, or not ours to touch: what is said of each.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use travaux_record::{Finding, Head, Journal as _, verify};
use travaux_store::{Store, StoreError};

use crate::keeping::{origin, place, sealed};

/// Opens a file both ways and checks what is said; the file must stay as it is.
#[track_caller]
fn check(path: &Path, message: &str, hint: &str) {
    let before = fs::read(path).ok();
    for refused in [Store::open(path).unwrap_err(), Store::open_to_read(path).unwrap_err()] {
        let said = refused.to_string().replace(&path.display().to_string(), "FILE");
        assert_eq!(said, message);
        assert_eq!(refused.hint(), Some(hint));
    }
    assert_eq!(fs::read(path).ok(), before);
}

/// A good record of a few hundred entries, closed.
fn record(path: &Path) {
    let mut store = Store::create(path, origin()).unwrap();
    store.append(Head::empty(), &sealed(300)).unwrap();
}

#[test]
fn a_missing_file_is_not_created() {
    let (_folder, path) = place();
    check(
        &path,
        "can't open the record FILE: there is no such file",
        "check the path; a new record must first be created",
    );
}

#[test]
fn a_text_file_is_no_database() {
    let (_folder, path) = place();
    fs::write(&path, "{\"travaux\":\"record\"}\n".repeat(100)).unwrap();
    check(
        &path,
        "can't open the record FILE: the file is no database",
        "an exported record (JSON Lines) is taken in with `travaux record import`",
    );
}

#[test]
fn a_database_of_something_else_is_left_alone() {
    let (_folder, path) = place();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name)").unwrap();
    check(
        &path,
        "can't open the record FILE: it is a database, but not a record's",
        "check the path; the file was left as it is",
    );
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let (_folder, path) = place();
    record(&path);
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 12).unwrap();
    connection.pragma_update(None, "journal_mode", "delete").unwrap();
    drop(connection);
    check(
        &path,
        "can't open the record FILE: it is kept in version 12, and this program knows up to \
         version 1",
        "upgrade the program; the file was left as it is",
    );
}

#[test]
fn an_empty_file_is_said_to_be_damaged() {
    let (_folder, path) = place();
    fs::write(&path, "").unwrap();
    check(
        &path,
        "can't read the record FILE: the file is damaged or cut off (it is empty)",
        "restore the file from a copy, or import the latest export of the record",
    );
}

#[test]
fn a_truncated_file_is_said_to_be_damaged_wherever_it_was_cut() {
    let (_folder, path) = place();
    record(&path);
    let whole = fs::read(&path).unwrap();
    for percent in [5, 30, 60, 95, 99] {
        fs::write(&path, &whole[..whole.len() * percent / 100]).unwrap();
        for refused in [Store::open(&path).unwrap_err(), Store::open_to_read(&path).unwrap_err()] {
            assert!(matches!(refused, StoreError::Damaged { .. }), "at {percent} %: {refused}");
        }
    }
}

#[test]
fn an_entry_changed_in_the_database_is_noticed() {
    let (_folder, path) = place();
    record(&path);
    let connection = Connection::open(&path).unwrap();
    let refused = connection.execute("UPDATE log SET bytes = '{}' WHERE place = 7", ());
    assert!(refused.unwrap_err().to_string().contains("only ever added to"));
    connection.execute_batch("DROP TRIGGER log_is_never_changed").unwrap();
    connection.execute("UPDATE log SET leaf = zeroblob(32) WHERE place = 7", ()).unwrap();
    drop(connection);
    let refused = Store::open(&path).unwrap_err();
    assert!(refused.to_string().contains("not those the checkpoint was signed for"), "{refused}");
}

#[test]
fn a_folder_that_cannot_be_written_is_said_so() {
    // Nobody, the superuser included, creates files here.
    let path = Path::new("/proc/record.travaux");
    if !path.parent().is_some_and(Path::exists) {
        return;
    }
    let refused = Store::create(path, origin()).unwrap_err();
    assert!(
        matches!(refused, StoreError::NotWritable { .. } | StoreError::System { .. }),
        "{refused}"
    );
    assert!(refused.to_string().contains("/proc/record.travaux"), "{refused}");
}

#[test]
fn a_record_opened_to_read_is_not_added_to() {
    let (_folder, path) = place();
    record(&path);
    let mut store = Store::open_to_read(&path).unwrap();
    let head = store.checkpoint().unwrap().head;
    let refused = store.append(head, &sealed(301)[300..]).unwrap_err();
    assert_eq!(
        refused.to_string().replace(&path.display().to_string(), "FILE"),
        "can't write to the record FILE: no permission to write it or its folder"
    );
    assert_eq!(store.checkpoint().unwrap().head, head);
}

/// Does something to a record's file behind its back, and returns what a check then finds.
fn tampered(with: &str) -> Vec<String> {
    let (_folder, path) = place();
    record(&path);
    let database = Connection::open(&path).unwrap();
    let triggers = "DROP TRIGGER log_is_never_changed; DROP TRIGGER log_is_never_shortened;";
    database.execute_batch(triggers).unwrap();
    database.execute_batch(with).unwrap();
    let found = verify(Store::as_kept(&path).unwrap().as_bytes(), &[]).findings;
    found.into_iter().map(|finding| Finding { line: None, ..finding }.to_string()).collect()
}

#[test]
fn what_was_done_to_a_file_behind_its_back_is_found_and_placed() {
    assert_eq!(tampered(""), Vec::<String>::new());
    let changed = tampered("UPDATE log SET bytes = replace(bytes, '20', '21') WHERE place = 120");
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(
        changed[0].starts_with("entry 121") && changed[0].contains("was changed"),
        "{changed:?}"
    );
    let dropped = tampered("DELETE FROM log WHERE place = 120");
    assert!(dropped[0].contains("entry 121 was dropped"), "{dropped:?}");
    let cut = tampered("DELETE FROM log WHERE place >= 290");
    assert!(cut.iter().any(|found| found.contains("entries 291 to 300 are missing")), "{cut:?}");
    let forged = tampered("UPDATE checkpoint SET note = replace(note, '300', '299')");
    assert!(!forged.is_empty());
}
