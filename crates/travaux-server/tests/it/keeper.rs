//! Keeps in memory what is done on a page, as the program keeps it in a database.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;
use travaux_record::{Entry, EntryId, Fact, ParticipantId};
use travaux_server::{Recorder, Workbench};

/// A recorder without a database.
pub(crate) struct Keeper {
    workbench: Workbench,
    next: AtomicU64,
}

impl Keeper {
    pub(crate) fn new(workbench: &Workbench) -> Self {
        Self { workbench: workbench.clone(), next: AtomicU64::new(1) }
    }
}

impl Recorder for Keeper {
    fn record(&self, by: &ParticipantId, on: Date, facts: Vec<Fact>) -> Result<(), String> {
        let entries = facts.into_iter().map(|fact| {
            let mut bytes = [0xa5; 16];
            let number = self.next.fetch_add(1, Ordering::SeqCst);
            bytes[..8].copy_from_slice(&number.to_be_bytes());
            Entry::new(EntryId::from_random(bytes), on, Timestamp::now(), by.clone(), fact)
        });
        let kept = self.workbench.append_all(entries);
        kept.map(|_| ()).map_err(|error| error.to_string())
    }
}
