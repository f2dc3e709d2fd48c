//! What the server holds: the record, and the projections that were asked for, kept for the next
//! reader.
//!
//! A projection is made from what its viewer may see, and from nothing else; it is kept under its
//! viewer and the last thing it contains, so that nobody is handed another's, and days on which
//! nothing happened share one. The record is the only thing that is written.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast};
use travaux_negotiation::Negotiation;
use travaux_negotiation::process::Process;
use travaux_record::{
    AppendError, Entry, EntryId, Fact, Folded, NewerKind, ParticipantId, Record, View, Viewer,
    project,
};

use crate::address::Vantage;
use crate::derived::Derived;
use crate::kept::Kept;
use crate::recorder::Recorder;
use crate::turns::Turns;

/// How many projections are kept. One of the shipped case, with its text laid out, is about 12 MB.
const SNAPSHOTS_MAX: NonZeroUsize = NonZeroUsize::new(16).expect("16 is not zero");

/// How many calendars are kept, one for each who looks.
const TIMELINES_MAX: NonZeroUsize = NonZeroUsize::new(32).expect("32 is not zero");

/// How many may listen for news at once: each keeps a connection for itself.
const LISTENERS_MAX: usize = 256;

/// How many entries a slow listener may lag behind before it is told to look again.
const LAG_MAX: usize = 256;

/// Whom a reader may look as.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Viewers {
    /// Only the public: for a server that strangers reach.
    #[default]
    PublicOnly,
    /// Anybody: for a program that its owner runs for himself, over a record he holds anyway.
    Anybody,
}

/// What the program decides about a workbench.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whom a reader may look as.
    pub viewers: Viewers,
    /// The day shown where the address names none; else the day the process sets for newcomers,
    /// else the last day on record.
    pub opening_view: Option<Date>,
}

/// The workbench: a record with its readers. Cloning it shares it.
#[derive(Clone)]
pub struct Workbench {
    held: Arc<Held>,
}

struct Held {
    record: RwLock<Arc<Record>>,
    /// What was found when the record was last verified, in words.
    seal: RwLock<Option<String>>,
    settings: Settings,
    /// Who keeps what is done on a page; none where pages are only read.
    recorder: OnceLock<Arc<dyn Recorder>>,
    /// One act at a time is judged and recorded.
    acting: Mutex<()>,
    snapshots: Kept<Contents, Snapshot>,
    timelines: Kept<Knowing, Timeline>,
    /// The one looked at last: most of its text stands alike in the next.
    last: Mutex<Weak<Snapshot>>,
    turns: Turns,
    news: broadcast::Sender<EntryId>,
    listeners: Arc<Semaphore>,
}

impl Held {
    /// Takes over from the snapshot looked at last how those provisions are printed that stand
    /// alike in both, so that a day costs what is different about it.
    fn share_layouts(&self, snapshot: &Arc<Snapshot>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let known = std::mem::replace(&mut *last, Arc::downgrade(snapshot)).upgrade();
        drop(last);
        if let Some(known) = known.filter(|known| !Arc::ptr_eq(known, snapshot)) {
            snapshot.negotiation().draft.lay_out_as(&known.negotiation().draft);
        }
    }
}

/// Who looks, knowing what was entered by which instant: none knows all that is on record.
///
/// The instant is the last at which anything was entered, so that dates of knowledge between which
/// nothing was are one.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Knowing {
    viewer: Option<ParticipantId>,
    known_by: Option<Timestamp>,
}

impl Knowing {
    fn of(knowledge: &Knowledge, record: &Record) -> Self {
        let known_by = knowledge.view().known_by.and_then(|instant| record.known_at(instant));
        Self { viewer: knowledge.viewer.clone(), known_by }
    }

    fn view(&self) -> View {
        let view = View::of(viewer(self.viewer.as_ref()));
        match self.known_by {
            Some(instant) => view.known_by(instant),
            None => view,
        }
    }
}

/// What a projection is kept under: its viewer, and the last day of what it contains: none is
/// everything on record.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Contents {
    knowing: Knowing,
    until: Option<Date>,
}

/// Who looks, knowing what was entered by when.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Knowledge {
    pub(crate) viewer: Option<ParticipantId>,
    pub(crate) known_by: Option<Date>,
}

impl Knowledge {
    pub(crate) fn view(&self) -> View {
        let view = View::of(viewer(self.viewer.as_ref()));
        match self.known_by {
            Some(day) => view.known_by_day(day),
            None => view,
        }
    }
}

/// Returns who looks.
pub(crate) fn viewer(id: Option<&ParticipantId>) -> Viewer {
    id.map_or(Viewer::Public, |id| Viewer::Participant(id.clone()))
}

/// What one viewer sees up to some day, with the record it was made from.
pub(crate) struct Snapshot {
    pub(crate) record: Arc<Record>,
    knowing: Knowing,
    folded: Folded<Negotiation>,
    /// What is worked out of its text.
    pub(crate) derived: Derived,
}

impl Snapshot {
    /// Returns what follows from the record.
    pub(crate) fn negotiation(&self) -> &Negotiation {
        self.folded.value()
    }
}

/// The days on which anything happened that a viewer may see, and the sessions and documents by
/// which to find one's way among them. It reaches beyond any day shown.
pub(crate) struct Timeline {
    /// How many entries the record had.
    entries: usize,
    /// The days from which anything counts that is in a projection, in order, each once.
    counted: Vec<Date>,
    /// The days, in order, each once.
    pub(crate) days: Vec<Date>,
    /// Sessions and documents.
    pub(crate) process: Process,
}

impl Timeline {
    /// Returns the last day from which anything counts.
    pub(crate) fn last_counted(&self) -> Option<Date> {
        self.counted.last().copied()
    }

    /// Returns the last day up to `as_of` on which anything happened; none where that is all there
    /// is on record.
    fn until(&self, as_of: Date) -> Option<Date> {
        let behind = self.counted.partition_point(|day| *day <= as_of);
        if behind == self.counted.len() {
            return None;
        }
        // Before the first day there is nothing, on whatever day one looks.
        Some(behind.checked_sub(1).map_or(Date::MIN, |last| self.counted[last]))
    }
}

impl Workbench {
    /// Puts a record on the workbench.
    pub fn new(record: Record, settings: Settings) -> Self {
        let held = Held {
            record: RwLock::new(Arc::new(record)),
            seal: RwLock::new(None),
            settings,
            recorder: OnceLock::new(),
            acting: Mutex::default(),
            snapshots: Kept::new(SNAPSHOTS_MAX),
            timelines: Kept::new(TIMELINES_MAX),
            last: Mutex::default(),
            turns: Turns::of_this_machine(),
            news: broadcast::Sender::new(LAG_MAX),
            listeners: Arc::new(Semaphore::new(LISTENERS_MAX)),
        };
        Self { held: Arc::new(held) }
    }

    /// Returns the record as it now is.
    pub fn record(&self) -> Arc<Record> {
        Arc::clone(&self.held.record.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds entries that have been made durable elsewhere, and tells those who are looking.
    ///
    /// # Errors
    /// When one of them is refused; the record is then unchanged and nobody is told.
    pub fn append_all(
        &self,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<Vec<EntryId>, AppendError> {
        let appended = {
            let mut record = self.held.record.write().unwrap_or_else(PoisonError::into_inner);
            Arc::make_mut(&mut record).append_all(entries)?
        };
        for entry in &appended {
            // Nobody listening is no failure.
            let _listeners = self.held.news.send(*entry);
        }
        Ok(appended)
    }

    /// Lets acts be recorded from the pages. The first recorder given stays.
    pub fn records_with(&self, recorder: Arc<dyn Recorder>) {
        let _again = self.held.recorder.set(recorder).is_err();
    }

    pub(crate) fn recorder(&self) -> Option<Arc<dyn Recorder>> {
        self.held.recorder.get().cloned()
    }

    /// Waits until no other act is being judged: what is in order may no longer be after it.
    pub(crate) fn acting(&self) -> MutexGuard<'_, ()> {
        self.held.acting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what was found when the record was last verified, in words for the Record page.
    pub fn verified(&self, words: impl Into<String>) {
        *self.held.seal.write().unwrap_or_else(PoisonError::into_inner) = Some(words.into());
    }

    pub(crate) fn seal(&self) -> Option<String> {
        self.held.seal.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.held.settings
    }

    /// Takes a place among those who listen for news; none where too many listen already.
    pub(crate) fn place_to_listen(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.held.listeners).try_acquire_owned().ok()
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<EntryId> {
        self.held.news.subscribe()
    }

    /// Returns whose turn it is to have a page made.
    pub(crate) fn turns(&self) -> &Turns {
        &self.held.turns
    }

    /// Returns what is seen from a vantage, kept or made anew.
    pub(crate) fn snapshot(&self, vantage: &Vantage) -> Result<Arc<Snapshot>, NewerKind> {
        loop {
            let record = self.record();
            let knowing = Knowing::of(&vantage.knowledge(), &record);
            let timeline = self.timeline_of(&record, &knowing)?;
            let mut view = knowing.view();
            view.as_of = timeline.until(vantage.as_of);
            let contents = Contents { knowing, until: view.as_of };
            let is_current = |kept: &Snapshot| record.len() <= kept.record.len();
            let snapshot = self.held.snapshots.current(contents.clone(), is_current, |old| {
                let near = self.held.last.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
                let is_near = |near: &&Arc<Snapshot>| {
                    near.knowing == contents.knowing && near.record.len() <= record.len()
                };
                let folded = match (old, near.as_ref().filter(is_near)) {
                    (Some(old), _) => old.folded.up_to(&record, view.as_of)?,
                    // Of who looks from elsewhere in time, what lies between is all there is to do.
                    (None, Some(near)) => near.folded.up_to(&record, view.as_of)?,
                    (None, None) => {
                        let mut folded = Folded::new(view);
                        folded.catch_up(&record)?;
                        folded
                    }
                };
                let record = Arc::clone(&record);
                let knowing = contents.knowing.clone();
                Ok(Snapshot { record, knowing, folded, derived: Derived::default() })
            })?;
            self.held.share_layouts(&snapshot);
            // What another has made of a longer record may contain more than the days looked at.
            if timeline.entries == record.len() && snapshot.record.len() == record.len() {
                return Ok(snapshot);
            }
        }
    }

    /// Returns the days and the calendar that a viewer may see, kept or made anew.
    pub(crate) fn timeline(&self, knowledge: &Knowledge) -> Result<Arc<Timeline>, NewerKind> {
        let record = self.record();
        self.timeline_of(&record, &Knowing::of(knowledge, &record))
    }

    fn timeline_of(&self, record: &Record, knowing: &Knowing) -> Result<Arc<Timeline>, NewerKind> {
        let is_current = |kept: &Timeline| record.len() <= kept.entries;
        let make = |_: Option<&Timeline>| timeline(record, &knowing.view());
        self.held.timelines.current(knowing.clone(), is_current, make)
    }
}

fn timeline(record: &Record, view: &View) -> Result<Timeline, NewerKind> {
    let occurrences = record.timeline(view)?;
    let mut counted: Vec<Date> =
        occurrences.iter().map(|occurrence| occurrence.at.counts_from()).collect();
    counted.dedup();
    let mut days: Vec<Date> = occurrences
        .iter()
        // That a source or a participant is known is no event of the negotiation.
        .filter(|occurrence| !is_setting(occurrence.fact))
        .map(|occurrence| occurrence.at.counts_from())
        .collect();
    let process: Process = project(record, view)?;
    days.extend(
        process.sessions().iter().flat_map(|session| [session.fact.from, session.fact.until]),
    );
    days.sort_unstable();
    days.dedup();
    Ok(Timeline { entries: record.len(), counted, days, process })
}

/// Reports whether a fact sets the scene rather than happening in it.
fn is_setting(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::SourceDescribed(_) | Fact::ParticipantAdmitted(_) | Fact::MembershipRecorded(_)
    )
}

#[cfg(test)]
mod tests;
