//! What is admitted, what is refused and in which words, and what a viewer then sees.

use proptest::prelude::*;

use crate::testing::{id, laws, records};
use crate::*;

/// Keeps what it is given, so that the laws show any difference of order or content.
#[derive(Clone, Debug, Default)]
struct Transcript(Vec<String>);

impl Projection for Transcript {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let Occurrence { entry, fact, at, corrected_by } = occurrence;
        let line = format!("{at} {} {fact:?} {corrected_by:?}", entry.id);
        // The last line depends on all before it, so that a fold that skips one is found out.
        self.0.push(format!("{} {line}", self.0.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_transcript_obeys_the_laws_of_projections(record in records()) {
        laws::<Transcript>(&record);
    }

    #[test]
    fn entries_are_read_back_as_written(record in records()) {
        let written = encode_lines(record.entries());
        let read = decode_lines(written.as_bytes()).unwrap();
        let entries: Vec<Entry> = read
            .into_iter()
            .map(|read| match read {
                Read::Known(entry) => *entry,
                Read::Newer(newer) => panic!("{newer:?} is ours"),
            })
            .collect();
        prop_assert_eq!(encode_lines(&entries), written);
        prop_assert_eq!(entries, record.entries().cloned().collect::<Vec<_>>());
    }

    #[test]
    fn a_refused_batch_leaves_no_trace(record in records()) {
        let mut tried = record.clone();
        let mut batch: Vec<Entry> = Vec::new();
        for (number, entry) in record.entries().enumerate() {
            // Corrections, memberships and namings in the batch must all be undone.
            if !matches!(entry.fact, Fact::ParticipantAdmitted(_)) {
                batch.push(Entry { id: id(50_000 + number as u64), ..entry.clone() });
            }
        }
        batch.push(Entry { version: 99, ..record.entries().next().unwrap().clone() });
        prop_assert!(tried.append_all(batch).is_err());
        prop_assert_eq!(format!("{:?}", tried.state()), format!("{:?}", record.state()));
    }
}
