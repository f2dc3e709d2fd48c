//! How long a record of a million entries takes to record, read, show and check.
//!
//! Run with `cargo bench -p travaux-record`; a number as argument asks for another size. It prints
//! seconds and asserts none: they are of the machine it runs on.

#![expect(clippy::print_stdout, reason = "the figures are the purpose of this program")]

use std::time::Instant;

use travaux_record::{
    Audience, Correction, Entry, EntryId, Fact, Folded, Head, IssueFramed, IssueId, IssueOption,
    Journal as _, MemoryJournal, Moment, Occurrence, OptionId, OptionNamed, Origin,
    ParticipantAdmitted, ParticipantClass, ParticipantId, PositionForm, PositionTaken, Projection,
    Read, Record, Salt, Sealed, Signer, Strength, View, Viewer, decode, encode, project, verify,
};

const STATES: usize = 193;

/// A projection that does next to nothing, so that the record's own time is seen.
#[derive(Clone, Debug, Default)]
struct Count(usize);

impl Projection for Count {
    fn apply(&mut self, _occurrence: Occurrence<'_>) {
        self.0 += 1;
    }
}

fn main() {
    let size = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let entries = measured("made", || entries(size));
    let mut record = Record::new();
    measured("admitted and recorded", || {
        record.append_all(entries.iter().cloned()).expect("regular entries");
    });
    let delegation = Viewer::Participant(state(7));
    let views = [
        ("public", View::public()),
        ("a delegation's", View::of(delegation)),
        ("public as of half-way", View::public().as_of(day(size / 2).first_day())),
    ];
    for (name, view) in views {
        let count = measured(&format!("{name} timeline folded"), || {
            project::<Count>(&record, &view).expect("entries of this version")
        });
        println!("  {} occurrences", count.0);
    }
    let mut folded = Folded::<Count>::new(View::public());
    folded.catch_up(&record).expect("entries of this version");
    let mut one_more = entries[size - 1].clone();
    one_more.id = EntryId::from_random([0xff; 16]);
    record.append(one_more).expect("a regular entry");
    measured("one more entry folded in", || {
        folded.catch_up(&record).expect("entries of this version");
    });

    let lines: Vec<String> = measured("written as JSON", || entries.iter().map(encode).collect());
    measured("read from JSON", || {
        let read =
            lines.iter().filter(|line| matches!(decode(line.as_bytes()), Ok(Read::Known(_))));
        assert_eq!(read.count(), size);
    });
    let places: Vec<Sealed> =
        lines.into_iter().map(|line| Sealed::new(Salt::from_random([1; 32]), line)).collect();
    let origin = Origin::new("bench.example/record").expect("a well-formed origin");
    let mut journal = MemoryJournal::new(Signer::from_seed(origin, &[1; 32]));
    measured("sealed", || {
        journal.append(Head::empty(), &places).expect("nothing came in between");
    });
    let file = measured("exported", || journal.export().expect("memory does not fail"));
    println!("  {} MB", file.len() / 1_000_000);
    measured("verified", || assert!(verify(file.as_bytes(), &[]).is_intact()));
}

fn measured<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    println!("{:>10.3} s  {what}", start.elapsed().as_secs_f64());
    value
}

fn state(number: usize) -> ParticipantId {
    ParticipantId::new(format!("S{number:03}"))
}

/// Dates go forward a day every few hundred entries.
fn day(number: usize) -> Moment {
    let start: Moment = "2020-01-01".parse().expect("a date");
    let days = i64::try_from(number / 300).expect("few days");
    Moment::Day(start.first_day().saturating_add(jiff::SignedDuration::from_hours(24 * days)))
}

/// So many entries: admissions, an issue, then positions; some private, some late, some corrected.
fn entries(size: usize) -> Vec<Entry> {
    (0..size).map(entry).collect()
}

fn id(number: usize) -> EntryId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    EntryId::from_random(bytes)
}

fn entry(number: usize) -> Entry {
    let (fact, by) = match number {
        0 => (admitted("SEC".to_owned(), ParticipantClass::Secretariat), "SEC".to_owned()),
        1..=STATES => (admitted(state(number).to_string(), ParticipantClass::State), "SEC".into()),
        _ if number == STATES + 1 => (framed(), "SEC".to_owned()),
        _ if number.is_multiple_of(100) => {
            let of = id(number - 1);
            let fact = Some(Box::new(position(number)));
            let reason = "checked".to_owned();
            (Fact::Correction(Correction { of, fact, at: None, reason }), "SEC".to_owned())
        }
        _ => (position(number), "SEC".to_owned()),
    };
    let late = if number.is_multiple_of(50) { number / 2 } else { number };
    let recorded_at = "2020-01-01T00:00:00Z".parse().expect("an instant");
    let entry = Entry::new(id(number), day(late), recorded_at, ParticipantId::new(by), fact);
    if number > 1000 && number % 20 == 1 {
        entry.to(Audience::Delegation(state(1 + number % STATES)))
    } else {
        entry
    }
}

fn admitted(key: String, class: ParticipantClass) -> Fact {
    let participant = ParticipantId::new(key.clone());
    Fact::ParticipantAdmitted(ParticipantAdmitted { participant, name: key, class })
}

fn framed() -> Fact {
    let options =
        ["yes", "no"].map(|key| IssueOption { option: OptionId::new(key), label: key.to_owned() });
    Fact::IssueFramed(IssueFramed {
        issue: IssueId::new("scope"),
        title: "How far?".to_owned(),
        options: options.into(),
        ordered: true,
        provisions: Vec::new(),
        description: String::new(),
        in_hindsight: false,
    })
}

fn position(number: usize) -> Fact {
    let option = OptionId::new(if number.is_multiple_of(3) { "yes" } else { "no" });
    Fact::PositionTaken(PositionTaken {
        participant: state(1 + number % STATES),
        option: OptionNamed { issue: IssueId::new("scope"), option },
        strength: Strength::Supports,
        form: PositionForm::Statement,
        session: None,
        condition: String::new(),
        note: "It said so in the plenary, in so many words.".to_owned(),
    })
}
