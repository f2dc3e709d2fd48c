//! Acts from a page: who may act, whether the act is in order, and handing it to who keeps the record.
//!
//! The server does not know where the record lies: the program gives it a [`Recorder`], or none, and
//! then pages are read only. What a rule speaks against is shown on the page instead, with the rule,
//! the reason and the way out; who keeps the minutes may record it all the same, since it happened.
//!
//! It does not know who sits at the keyboard: one acts as the viewer chosen, until there are accounts.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::extract::{Query as Pairs, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use travaux_negotiation::procedure::{acts_as, speak};
use travaux_record::{Fact, ParticipantClass, ParticipantId};

use crate::address::{Address, Vantage};
use crate::answer;
use crate::query::Query;
use crate::refusal::Refusal;
use crate::workbench::{Knowledge, Workbench};

/// Makes acts durable, and hands them to the workbench.
pub trait Recorder: Send + Sync {
    /// Records facts in this order, all or none, as entered by a participant on a day.
    ///
    /// # Errors
    /// When they are refused or cannot be kept: why, in a sentence.
    fn record(&self, by: &ParticipantId, on: Date, facts: Vec<Fact>) -> Result<(), String>;
}

/// The longest act, in bytes: it is one line, and stands in an address where it is not in order.
const LINE_BYTES_MAX: usize = 2_000;

/// Takes an act from a form.
pub(crate) async fn act(
    State(workbench): State<Workbench>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_asked_by_address(&headers) {
        let refusal = forbidden(
            "Acts are taken where the workbench is opened by the number of its address, or as localhost.",
            "A name can be made to lead here from a page of another site.",
        );
        return answer::refused(&workbench, PAGE, &refusal, answer::Form::Html);
    }
    let acted = tokio::task::spawn_blocking(move || {
        acted(&workbench, &body).unwrap_or_else(|refusal| {
            answer::refused(&workbench, PAGE, &refusal, answer::Form::Html)
        })
    });
    acted.await.unwrap_or_else(|_| answer::broken())
}

const PAGE: &str = "/procedure";

/// Reports whether the server is asked for by number or as this machine. Another site can let its own
/// name lead to this machine, and would then pass for the workbench.
fn is_asked_by_address(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else { return true };
    let Ok(authority) = Authority::try_from(host.as_bytes()) else { return false };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok()
}

fn forbidden(why: &str, hint: &str) -> Refusal {
    not_recorded(StatusCode::FORBIDDEN, why, hint)
}

fn not_recorded(status: StatusCode, why: &str, hint: &str) -> Refusal {
    Refusal { status, ..Refusal::unreadable("Not recorded", why, hint) }
}

/// Records what a form asks for, and leads back to the meeting.
fn acted(workbench: &Workbench, body: &[u8]) -> Result<Response, Refusal> {
    let Some(recorder) = workbench.recorder() else {
        return Err(forbidden(
            "This workbench is read only.",
            "Acts are recorded where the program serves a database on this machine.",
        ));
    };
    let query = read(body)?;
    let Some(viewer) = answer::viewer_of(workbench, &query)? else {
        return Err(forbidden("The public only looks.", "Choose who acts, above the page."));
    };
    let line = query.value("line");
    let allowed = match query.value("irregular") {
        "yes" => Allowed::Irregular,
        _ => Allowed::InOrder,
    };
    let _alone = workbench.acting();
    let day = today(workbench, &viewer)?;
    let is_recorded = recorded(workbench, &*recorder, &viewer, (line, allowed, day))?;
    let line = if is_recorded { "" } else { line };
    let vantage = Vantage { as_of: day, viewer: Some(viewer), known_by: None };
    let to = Address::new(&["procedure"]).with("line", line).seen_from(&vantage);
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// Reads a form: its fields are written as a query is.
fn read(body: &[u8]) -> Result<Query, Refusal> {
    let hint = "Write one act in a line, as docs/procedure.md lists them.";
    let unreadable = |why| not_recorded(StatusCode::BAD_REQUEST, why, hint);
    let written = std::str::from_utf8(body).ok().and_then(|body| format!("/?{body}").parse().ok());
    let uri: Uri = written.ok_or_else(|| unreadable("The form can't be read."))?;
    let Ok(Pairs(pairs)) = Pairs::<Vec<(String, String)>>::try_from_uri(&uri) else {
        return Err(unreadable("The form can't be read."));
    };
    let query = Query::new(pairs);
    if LINE_BYTES_MAX < query.value("line").len() {
        return Err(unreadable("The act is longer than 2,000 bytes."));
    }
    Ok(query)
}

/// What is to be recorded.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Allowed {
    /// Only what is in order.
    InOrder,
    /// Also what is not, since it happened.
    Irregular,
}

/// Records a line where nothing speaks against it; else reports that it did not.
fn recorded(
    workbench: &Workbench,
    recorder: &dyn Recorder,
    viewer: &ParticipantId,
    (line, allowed, day): (&str, Allowed, Date),
) -> Result<bool, Refusal> {
    let vantage = Vantage { as_of: day, viewer: Some(viewer.clone()), known_by: None };
    let snapshot = workbench.snapshot(&vantage).map_err(|newer| answer::too_new(&newer))?;
    let negotiation = snapshot.negotiation();
    // Without rules there is no page to act on, and it says so; what can't be read it shows.
    let Some(rules) = negotiation.rules() else { return Ok(false) };
    let floor = negotiation.procedure.floor(&rules, day);
    let Ok(spoken) = speak(&floor, line) else { return Ok(false) };
    let keeps_minutes = floor.room.class(viewer) == Some(ParticipantClass::Secretariat);
    let is_own = spoken.facts.iter().all(|fact| acts_as(fact) == Some(viewer));
    let is_in_order = spoken.facts.iter().all(|fact| floor.check(fact).is_empty());
    let is_taken = if keeps_minutes {
        is_in_order || allowed == Allowed::Irregular
    } else {
        is_own && is_in_order
    };
    if !is_taken {
        return Ok(false);
    }
    recorder.record(viewer, day, spoken.facts).map_err(|why| {
        let hint = "Nothing was recorded; the meeting stands as it did.";
        not_recorded(StatusCode::CONFLICT, &format!("{line}: {why}."), hint)
    })?;
    Ok(true)
}

/// Today, or the last day that the viewer sees anything on where that is later: a meeting is not
/// written backwards.
fn today(workbench: &Workbench, viewer: &ParticipantId) -> Result<Date, Refusal> {
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();
    let knowledge = Knowledge { viewer: Some(viewer.clone()), known_by: None };
    let timeline = workbench.timeline(&knowledge).map_err(|newer| answer::too_new(&newer))?;
    Ok(timeline.last_counted().map_or(today, |last| last.max(today)))
}
