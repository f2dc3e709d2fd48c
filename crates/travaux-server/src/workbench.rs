//! What the server holds: the record, and the projections that were asked for, kept for the next
//! reader.
//!
//! A projection is made from what its viewer may see, and from nothing else; it is kept under the
//! whole view, so that nobody is handed another's. The record is the only thing that is written.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use lru::LruCache;
use tokio::sync::broadcast;
use travaux_negotiation::Negotiation;
use travaux_negotiation::process::Process;
use travaux_record::{
    AppendError, Entry, EntryId, Fact, Folded, NewerKind, ParticipantId, Record, View, Viewer,
    project,
};

use crate::address::Vantage;

/// How many projections are kept; the longest unused is let go.
const KEPT: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");

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
    snapshots: Mutex<LruCache<Vantage, Arc<Snapshot>>>,
    timelines: Mutex<LruCache<Knowledge, Arc<Timeline>>>,
    news: broadcast::Sender<EntryId>,
}

/// Who looks, knowing what was entered by when.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Knowledge {
    pub(crate) viewer: Option<ParticipantId>,
    pub(crate) known_by: Option<Date>,
}

impl Knowledge {
    fn view(&self) -> View {
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

/// What one viewer sees on one day, with the record it was made from.
pub(crate) struct Snapshot {
    pub(crate) record: Arc<Record>,
    folded: Folded<Negotiation>,
    pub(crate) view: View,
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
    /// The days, in order, each once.
    pub(crate) days: Vec<Date>,
    /// Sessions and documents.
    pub(crate) process: Process,
}

impl Workbench {
    /// Puts a record on the workbench.
    pub fn new(record: Record, settings: Settings) -> Self {
        let held = Held {
            record: RwLock::new(Arc::new(record)),
            seal: RwLock::new(None),
            settings,
            snapshots: Mutex::new(LruCache::new(KEPT)),
            timelines: Mutex::new(LruCache::new(KEPT)),
            news: broadcast::Sender::new(LAG_MAX),
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

    pub(crate) fn listen(&self) -> broadcast::Receiver<EntryId> {
        self.held.news.subscribe()
    }

    /// Returns what is seen from a vantage, kept or made anew.
    pub(crate) fn snapshot(&self, vantage: &Vantage) -> Result<Arc<Snapshot>, NewerKind> {
        let record = self.record();
        let kept = lock(&self.held.snapshots).get(vantage).cloned();
        if let Some(kept) = &kept
            && kept.record.len() == record.len()
        {
            return Ok(Arc::clone(kept));
        }
        let knowledge = Knowledge { viewer: vantage.viewer.clone(), known_by: vantage.known_by };
        let view = knowledge.view().as_of(vantage.as_of);
        let mut folded = kept.map_or_else(|| Folded::new(view.clone()), |kept| kept.folded.clone());
        folded.catch_up(&record)?;
        let made = Arc::new(Snapshot { record, folded, view });
        lock(&self.held.snapshots).put(vantage.clone(), Arc::clone(&made));
        Ok(made)
    }

    /// Returns the days and the calendar that a viewer may see, kept or made anew.
    pub(crate) fn timeline(&self, knowledge: &Knowledge) -> Result<Arc<Timeline>, NewerKind> {
        let record = self.record();
        if let Some(kept) = lock(&self.held.timelines).get(knowledge)
            && kept.entries == record.len()
        {
            return Ok(Arc::clone(kept));
        }
        let view = knowledge.view();
        let mut days: Vec<Date> = record
            .timeline(&view)?
            .iter()
            // That a source or a participant is known is no event of the negotiation.
            .filter(|occurrence| !is_setting(occurrence.fact))
            .map(|occurrence| occurrence.at.counts_from())
            .collect();
        let process: Process = project(&record, &view)?;
        days.extend(
            process.sessions().iter().flat_map(|session| [session.fact.from, session.fact.until]),
        );
        days.sort_unstable();
        days.dedup();
        let made = Arc::new(Timeline { entries: record.len(), days, process });
        lock(&self.held.timelines).put(knowledge.clone(), Arc::clone(&made));
        Ok(made)
    }
}

/// Reports whether a fact sets the scene rather than happening in it.
fn is_setting(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::SourceDescribed(_) | Fact::ParticipantAdmitted(_) | Fact::MembershipRecorded(_)
    )
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is kept is whole at every moment, so a panic elsewhere spoils nothing.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
