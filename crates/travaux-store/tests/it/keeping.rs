//! What is appended is found again, to the byte.

use std::path::PathBuf;

use tempfile::TempDir;
use travaux_record::testing::{Builder, salt, signer};
use travaux_record::{
    Head, Journal as _, JournalError, Ledger, MemoryJournal, Origin, ParticipantClass, Record,
    Sealed, encode, import, verify,
};
use travaux_store::{Store, StoreError};

/// A folder of its own, and a path in it.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("committee.travaux");
    (folder, path)
}

pub(crate) fn origin() -> Origin {
    Origin::new("test.example/record").unwrap()
}

/// So many admissions, sealed.
pub(crate) fn sealed(count: usize) -> Vec<Sealed> {
    let mut builder = Builder::default();
    for number in 1..count {
        builder.admit(&format!("S{number}"), ParticipantClass::State);
    }
    builder.entries.iter().zip(0..).map(|(e, n)| Sealed::new(salt(n), encode(e))).collect()
}

#[test]
fn a_file_opened_again_exports_the_same_bytes() {
    let (_folder, path) = place();
    let mut store = Store::create_signed(&path, origin(), &[7; 32]).unwrap();
    let places = sealed(12);
    let first = store.append(Head::empty(), &places[..5]).unwrap();
    store.append(first.head, &places[5..]).unwrap();
    let file = store.export().unwrap();
    drop(store);
    assert_eq!(Store::open(&path).unwrap().export().unwrap(), file);
    assert_eq!(Store::open_to_read(&path).unwrap().export().unwrap(), file);
    assert!(verify(file.as_bytes(), &[]).is_intact());
}

#[test]
fn a_file_and_memory_write_the_same_record() {
    let (_folder, path) = place();
    let mut seed = [0; 32];
    seed[7] = 3;
    let mut store = Store::create_signed(&path, origin(), &seed).unwrap();
    let mut memory = MemoryJournal::new(signer(3));
    store.append(Head::empty(), &sealed(9)).unwrap();
    memory.append(Head::empty(), &sealed(9)).unwrap();
    assert_eq!(store.export().unwrap(), memory.export().unwrap());
}

#[test]
fn export_then_import_gives_the_same_seals() {
    let (folder, path) = place();
    let mut store = Store::create(&path, origin()).unwrap();
    store.append(Head::empty(), &sealed(6)).unwrap();
    let file = store.export().unwrap();
    let copied = folder.path().join("copy.travaux");
    let copy = import(file.as_bytes(), &[]).unwrap();
    Store::create_copy(&copied, &copy).unwrap();
    let mut copy = Store::open(&copied).unwrap();
    assert_eq!(copy.export().unwrap(), file);
    assert!(!copy.can_sign());
    let head = copy.checkpoint().unwrap().head;
    let refused = copy.append(head, &sealed(7)[6..]).unwrap_err();
    assert!(matches!(refused, JournalError::Unsigned { .. }), "{refused}");
}

#[test]
fn a_withheld_entry_keeps_its_place_in_the_file() {
    let (folder, path) = place();
    let mut store = Store::create(&path, origin()).unwrap();
    store.append(Head::empty(), &sealed(4)).unwrap();
    let mut copy = import(store.export().unwrap().as_bytes(), &[]).unwrap();
    copy.places[2] = Sealed::Withheld(copy.places[2].leaf());
    let copied = folder.path().join("copy.travaux");
    let copied = Store::create_copy(&copied, &copy).unwrap();
    let report = verify(copied.export().unwrap().as_bytes(), &[store.key().unwrap()]);
    assert!(report.is_intact(), "{report}");
    assert_eq!((report.shown, report.withheld), (3, 1));
}

#[test]
fn an_append_on_an_old_head_is_told_what_came_in_between() {
    let (_folder, path) = place();
    let places = sealed(5);
    let mut one = Store::create(&path, origin()).unwrap();
    let mut two = Store::open(&path).unwrap();
    let read = one.append(Head::empty(), &places[..2]).unwrap().head;
    one.append(read, &places[2..4]).unwrap();
    match two.append(read, &places[4..]).unwrap_err() {
        JournalError::Stale { head, between } => {
            assert_eq!(between, places[2..4]);
            two.append(head, &places[4..]).unwrap();
        }
        other => panic!("{other}"),
    }
    assert_eq!(one.read(0).unwrap(), places);
    let foreign = Head { root: [1; 32], ..read };
    let refused = one.append(foreign, &places[4..]).unwrap_err();
    assert!(matches!(refused, JournalError::Foreign), "{refused}");
}

#[test]
fn a_ledger_on_a_file_follows_another() {
    let (_folder, path) = place();
    let mut one = Ledger::open(Store::create(&path, origin()).unwrap()).unwrap();
    let mut two = Ledger::open(Store::open(&path).unwrap()).unwrap();
    let entries = Builder::default().entries;
    one.append(&entries.into_iter().zip((0..).map(salt)).collect::<Vec<_>>()).unwrap();
    assert_eq!(two.catch_up().unwrap(), 1);
    assert_eq!(two.head(), one.head());
    let record = Record::of_log(&two.journal().read(0).unwrap()).unwrap();
    assert_eq!(record.len(), 1);
}

#[test]
fn a_record_is_never_overwritten() {
    let (_folder, path) = place();
    Store::create(&path, origin()).unwrap();
    let refused = Store::create(&path, origin()).unwrap_err();
    assert!(matches!(refused, StoreError::Exists { .. }), "{refused}");
    assert!(Store::open(&path).is_ok());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file_that_holds_the_key() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place();
    Store::create(&path, origin()).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
