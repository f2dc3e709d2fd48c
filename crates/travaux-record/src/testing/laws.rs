//! The laws of DESIGN, section 2, for any projection on any record.
//!
//! Each is checked against the plain fold; two values are the same if they print the same.

use std::fmt::Debug;

use jiff::civil::Date;

use crate::{
    Audience, Entry, Fact, Folded, Moment, ParticipantId, Projection, Record, View, Viewer, project,
};

/// Checks every law for one projection on one record.
///
/// # Panics
/// When a law does not hold.
pub fn laws<P: Projection + Debug>(record: &Record) {
    for viewer in viewers(record) {
        let view = View::of(viewer);
        incremental_equals_rebuilt::<P>(record, &view);
        late_equals_in_time::<P>(record, &view);
        audience_hides::<P>(record, &view);
        moved_equals_rebuilt::<P>(record, &view);
        if let Some(entry) = record.entries().nth(record.len() / 2) {
            let cut = view.as_of(entry.at.counts_from());
            incremental_equals_rebuilt::<P>(record, &cut);
            audience_hides::<P>(record, &cut.known_by(entry.recorded_at));
        }
    }
}

/// Returns one viewer of each sort there is in a record: the public first, then everybody named.
pub fn viewers(record: &Record) -> Vec<Viewer> {
    let admitted = record.entries().filter_map(|entry| match &entry.fact {
        Fact::ParticipantAdmitted(fact) => Some(Viewer::Participant(fact.participant.clone())),
        _ => None,
    });
    [Viewer::Public].into_iter().chain(admitted).collect()
}

/// Following the record entry by entry gives, after each, what folding it anew gives.
///
/// # Panics
/// When it doesn't.
pub fn incremental_equals_rebuilt<P: Projection + Debug>(record: &Record, view: &View) {
    let mut growing = Record::new();
    let mut folded = Folded::<P>::new(view.clone());
    for entry in record.entries() {
        growing.append(entry.clone()).expect("admitted before in the same order");
        let followed = folded.catch_up(&growing).expect("entries of this version");
        let rebuilt = project::<P>(&growing, view).expect("entries of this version");
        assert_eq!(
            format!("{followed:?}"),
            format!("{rebuilt:?}"),
            "{view:?} after the {} entry {}",
            entry.fact.kind(),
            entry.id
        );
    }
}

/// Moving from any day to any other gives what folding anew up to that day gives.
///
/// # Panics
/// When it doesn't.
pub fn moved_equals_rebuilt<P: Projection + Debug>(record: &Record, view: &View) {
    let mut days: Vec<Option<Date>> =
        record.entries().map(|entry| Some(entry.at.counts_from())).collect();
    days.push(None);
    let mut folded = Folded::<P>::new(view.clone());
    folded.catch_up(record).expect("entries of this version");
    // Forth and back: the order of the log is not that of the days.
    for as_of in days.into_iter().step_by(3) {
        folded = folded.up_to(record, as_of).expect("entries of this version");
        let cut = View { as_of, ..view.clone() };
        let rebuilt = project::<P>(record, &cut).expect("entries of this version");
        let found = folded.value();
        assert_eq!(format!("{found:?}"), format!("{rebuilt:?}"), "{view:?} moved to {as_of:?}");
    }
}

/// An entry that is recorded late, for an earlier date, counts as if it had come in time.
///
/// # Panics
/// When it doesn't.
pub fn late_equals_in_time<P: Projection + Debug>(record: &Record, view: &View) {
    let in_time: Vec<Entry> = sorted(record.entries().cloned());
    let Ok(in_order) = Record::of(in_time.iter().cloned()) else { return };
    let expected = project::<P>(&in_order, view).expect("entries of this version");
    for index in 0..in_time.len() {
        let mut order = in_time.clone();
        let late = order.remove(index);
        // Among entries of one date the log decides, so only what has its date alone, corrections
        // included, can be late; of two corrections the log says which is the later one.
        let is_correction = matches!(late.fact, Fact::Correction(_));
        if is_correction || dates(&in_time).filter(|date| *date == late.at).count() > 1 {
            continue;
        }
        order.push(late);
        let Ok(shuffled) = Record::of(order) else { continue };
        let found = project::<P>(&shuffled, view).expect("entries of this version");
        assert_eq!(format!("{expected:?}"), format!("{found:?}"), "{view:?}, entry {index} late");
        let mut followed = Folded::<P>::new(view.clone());
        let mut growing = Record::new();
        for entry in shuffled.entries() {
            growing.append(entry.clone()).expect("admitted before in the same order");
            followed.catch_up(&growing).expect("entries of this version");
        }
        let found = followed.value();
        assert_eq!(format!("{expected:?}"), format!("{found:?}"), "{view:?}, entry {index} late");
    }
}

/// Taking away what the viewer may not see changes nothing that the viewer sees.
///
/// # Panics
/// When it does.
pub fn audience_hides<P: Projection + Debug>(record: &Record, view: &View) {
    let whole = project::<P>(record, view).expect("entries of this version");
    let seen = record.entries().filter(|entry| record.sees(&view.viewer, entry)).cloned();
    let cut = Record::of(seen).expect("what a viewer sees refers only to what the viewer sees");
    let part = project::<P>(&cut, view).expect("entries of this version");
    assert_eq!(format!("{whole:?}"), format!("{part:?}"), "{view:?}");
    for probe in probes(record) {
        let mut more = record.clone();
        if record.sees(&view.viewer, &probe) || more.append(probe).is_err() {
            continue;
        }
        let after = project::<P>(&more, view).expect("entries of this version");
        assert_eq!(format!("{whole:?}"), format!("{after:?}"), "{view:?}");
    }
}

/// Copies of the record's entries under other ids, each addressed to one delegation alone.
fn probes(record: &Record) -> Vec<Entry> {
    let delegations: Vec<ParticipantId> = viewers(record)
        .into_iter()
        .filter_map(|viewer| match viewer {
            Viewer::Participant(id) => Some(id),
            Viewer::Public => None,
        })
        .take(3)
        .collect();
    let mut probes = Vec::new();
    for (number, entry) in record.entries().enumerate() {
        for delegation in &delegations {
            let id = super::id(0x7000_0000 + probes.len() as u64 + number as u64);
            let audience = Audience::Delegation(delegation.clone());
            probes.push(Entry { id, audience, ..entry.clone() });
        }
    }
    probes
}

/// The dates at which anything stands or, by a correction, may stand.
fn dates(entries: &[Entry]) -> impl Iterator<Item = Moment> {
    entries.iter().filter_map(|entry| match &entry.fact {
        Fact::Correction(correction) => correction.at,
        _ => Some(entry.at),
    })
}

/// Orders entries by date, keeping the order of the log within one.
fn sorted(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}
