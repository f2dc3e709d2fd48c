//! The records that ship, for the tests and the bench of this crate.

use std::path::Path;

use travaux_record::{Read, Record, decode_lines};

/// Reads a record that ships.
pub(crate) fn record(name: &str) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let bytes = std::fs::read(path.join("record.jsonl")).expect("the examples ship with a record");
    let mut record = Record::new();
    for read in decode_lines(&bytes).expect("what ships is well-formed") {
        match read {
            Read::Known(entry) => record.append(*entry).map(drop).expect("what ships is regular"),
            Read::Newer(newer) => record.append_newer(newer),
        }
    }
    record
}
