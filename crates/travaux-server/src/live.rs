//! News of entries as they are recorded, for whoever may see them.
//!
//! Who may not see an entry is not told that there is one: neither its place nor its number.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query as Pairs, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt as _};
use travaux_record::{Entry, EntryId, Record, Viewer};

use crate::answer::{self, Form};
use crate::query::Query;
use crate::workbench::{Workbench, viewer};

/// How often an idle stream says that it is alive.
const ALIVE_EVERY: Duration = Duration::from_secs(20);

/// One piece of news.
#[derive(Serialize)]
struct News {
    /// The entry.
    entry: EntryId,
    /// The day from which it counts.
    at: String,
}

/// The stream of news for one viewer.
pub(crate) async fn live(
    State(workbench): State<Workbench>,
    Pairs(pairs): Pairs<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let looking = match answer::viewer_of(&workbench, &Query::new(pairs)) {
        Ok(id) => viewer(id.as_ref()),
        Err(refused) => return (refused.status, format!("{}\n", refused.why)).into_response(),
    };
    let Some(place) = workbench.place_to_listen() else { return answer::busy(Form::Json) };
    // Listen first, then look what was missed: what comes in between is then told once or twice,
    // never not at all.
    let heard = workbench.listen();
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| EntryId::parse(id).ok());
    let missed = last.map_or_else(Vec::new, |last| missed(&workbench.record(), &looking, last));
    let stream = tokio_stream::iter(missed).map(Some).chain(told(workbench, looking, heard));
    let events = stream.filter_map(move |event| {
        // The place is kept for as long as the stream is listened to.
        let _place = &place;
        event.map(Ok::<_, Infallible>)
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE_EVERY)).into_response()
}

fn told(
    workbench: Workbench,
    looking: Viewer,
    heard: tokio::sync::broadcast::Receiver<EntryId>,
) -> impl Stream<Item = Option<Event>> {
    let mut seen = seen_by(&workbench.record(), &looking);
    BroadcastStream::new(heard).map(move |heard| {
        let record = workbench.record();
        if let Ok(id) = heard {
            return record.entry(id).filter(|entry| record.sees(&looking, entry)).and_then(event);
        }
        // Too slow to be told of each: look again, if there is anything this viewer may see.
        let before = std::mem::replace(&mut seen, seen_by(&record, &looking));
        (before < seen).then(|| Event::default().event("again").data("{}"))
    })
}

/// Counts the entries that the viewer may see.
fn seen_by(record: &Record, looking: &Viewer) -> usize {
    record.entries().filter(|entry| record.sees(looking, entry)).count()
}

/// Returns what the viewer may see of what was recorded behind the entry it was told of last.
///
/// An entry that it may not see was never told of: what stands behind it is none of its business.
fn missed(record: &Record, looking: &Viewer, last: EntryId) -> Vec<Event> {
    if !record.entry(last).is_some_and(|entry| record.sees(looking, entry)) {
        return Vec::new();
    }
    let behind = record.entries().skip_while(|entry| entry.id != last).skip(1);
    behind.filter(|entry| record.sees(looking, entry)).filter_map(event).collect()
}

fn event(entry: &Entry) -> Option<Event> {
    let news = News { entry: entry.id, at: entry.at.counts_from().to_string() };
    Event::default().id(entry.id.to_string()).event("entry").json_data(news).ok()
}
