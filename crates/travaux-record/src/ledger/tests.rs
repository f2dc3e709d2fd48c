//! Two authors on one log: what overtakes an append, and what doesn't.

use std::cell::RefCell;
use std::rc::Rc;

use crate::testing::{Builder, id, instant, person, salt, signer};
use crate::*;

/// One log that several ledgers hold.
#[derive(Clone, Debug)]
struct Shared(Rc<RefCell<MemoryJournal>>);

impl Journal for Shared {
    type Error = Never;

    fn key(&self) -> Result<Key, Never> {
        self.0.borrow().key()
    }

    fn checkpoint(&self) -> Result<Checkpoint, Never> {
        self.0.borrow().checkpoint()
    }

    fn read(&self, from: u64) -> Result<Vec<Sealed>, Never> {
        self.0.borrow().read(from)
    }

    fn append(&mut self, on: Head, batch: &[Sealed]) -> Result<Checkpoint, JournalError<Never>> {
        self.0.borrow_mut().append(on, batch)
    }
}

/// A log with the secretariat and two delegations admitted, as two clerks hold it.
fn two_clerks() -> (Ledger<Shared>, Ledger<Shared>) {
    let shared = Shared(Rc::new(RefCell::new(MemoryJournal::new(signer(0)))));
    let mut one = Ledger::open(shared.clone()).unwrap();
    let mut builder = Builder::default();
    builder.admit("AAA", ParticipantClass::State);
    builder.admit("BBB", ParticipantClass::State);
    let batch: Vec<(Entry, Salt)> = builder.entries.into_iter().zip((0..).map(salt)).collect();
    one.append(&batch).unwrap();
    (one, Ledger::open(shared).unwrap())
}

fn mandate(number: u64, delegation: &str) -> (Entry, Salt) {
    let fact = Fact::MandateSet(MandateSet {
        participant: person(delegation),
        force: MandateForce::RedLine,
        subject: MandateSubject::Provision(travaux_text::ProvisionId::new("art.1")),
        text: "not this".to_owned(),
    });
    let at: Moment = "2030-02-01".parse().unwrap();
    let by = person(delegation);
    let entry = Entry::new(id(number), at, instant(1000), by.clone(), fact);
    (entry.to(Audience::Delegation(by)), salt(number))
}

#[test]
fn what_the_author_does_not_see_does_not_overtake_an_append() {
    let (mut one, mut two) = two_clerks();
    one.append(&[mandate(100, "AAA")]).unwrap();
    two.append(&[mandate(101, "BBB")]).unwrap();
    assert_eq!(two.record().len(), 5);
    assert_eq!(two.journal().checkpoint().unwrap().head, two.head());
    assert_eq!(one.catch_up().unwrap(), 1);
    assert_eq!(one.head(), two.head());
}

#[test]
fn what_the_author_sees_is_shown_before_anything_is_recorded() {
    let (mut one, mut two) = two_clerks();
    one.append(&[mandate(100, "AAA")]).unwrap();
    let overtaken = two.append(&[mandate(101, "AAA")]).unwrap_err();
    assert_eq!(
        overtaken.to_string(),
        "can't record it yet: an entry came in since this was decided on"
    );
    let LedgerError::Overtaken { between } = overtaken else { panic!("{overtaken}") };
    assert_eq!(between, [mandate(100, "AAA").0]);
    assert_eq!(two.record().len(), 4);
    // Shown and decided again, it is recorded.
    two.append(&[mandate(101, "AAA")]).unwrap();
}

#[test]
fn a_refused_entry_is_not_kept() {
    let (mut one, _) = two_clerks();
    let before = one.journal().export().unwrap();
    let refused = one.append(&[mandate(100, "AAA"), mandate(101, "XXX")]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!(
            "can't record the mandate_set entry {}: the participant \"XXX\" is not on record",
            id(101)
        )
    );
    assert_eq!(one.journal().export().unwrap(), before);
    assert_eq!(one.record().len(), 3);
}

#[test]
fn a_copy_without_the_key_can_be_read_and_not_added_to() {
    let (one, _) = two_clerks();
    let file = one.journal().export().unwrap();
    let copy = MemoryJournal::of(import(file.as_bytes(), &[]).unwrap());
    let mut ledger = Ledger::open(copy).unwrap();
    let refused = ledger.append(&[mandate(100, "AAA")]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "can't append: this is a copy of the record test.example/record, without the key it is \
         signed with"
    );
    assert_eq!(ledger.record().len(), 3);
}

#[test]
fn what_is_laid_over_a_record_on_one_machine_is_never_taken_in() {
    let mut builder = Builder::default();
    builder.admit("AAA", ParticipantClass::State);
    let attached = |by: &str| {
        let fact = Fact::TextAttached(TextAttached {
            document: DocumentId::new("d1"),
            source: "a file".to_owned(),
            provisions: Vec::new(),
            unmatched: Vec::new(),
        });
        Entry::new(id(900), jiff::civil::date(2030, 1, 2), instant(900), person(by), fact)
    };
    let mut ledger = Ledger::open(MemoryJournal::new(signer(0))).unwrap();
    let refused = ledger.append(&[(attached(Entry::LOCAL), salt(1))]).unwrap_err();
    assert!(refused.to_string().contains("no record that is kept or shared"), "{refused}");
    let record = Record::of(builder.entries).unwrap();
    let refused = record.overlay([attached("SEC")]).unwrap_err();
    assert_eq!(*refused.reason, Refusal::LocalAuthor);
}
