//! News: whoever may see an entry is told of it, nobody else is.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use tokio_stream::StreamExt as _;
use tower::ServiceExt as _;
use travaux_record::{
    Audience, Entry, EntryId, Fact, MandateForce, MandateSet, MandateSubject, ParticipantClass,
    ParticipantId, Record,
};
use travaux_server::{Workbench, router};

use crate::{page, workbench};

/// Listens and returns what has been told by a short while after `act`.
async fn told(app: &Router, query: &str, last: Option<EntryId>, act: impl FnOnce()) -> String {
    let mut request = Request::get(format!("/live?{query}"));
    if let Some(last) = last {
        request = request.header("last-event-id", last.to_string());
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let mut stream = response.into_body().into_data_stream();
    act();
    let mut told = String::new();
    while let Ok(Some(Ok(bytes))) =
        tokio::time::timeout(Duration::from_millis(300), stream.next()).await
    {
        told.push_str(std::str::from_utf8(&bytes).unwrap());
    }
    told
}

fn delegation(record: &Record) -> ParticipantId {
    let mut states = record.entries().filter_map(|entry| match &entry.fact {
        Fact::ParticipantAdmitted(fact) if fact.class == ParticipantClass::State => {
            Some(fact.participant.clone())
        }
        _ => None,
    });
    states.next_back().expect("the practice has states")
}

/// A red line on an issue of the record, for its delegation alone.
fn red_line(workbench: &Workbench, id: EntryId) -> Entry {
    let record = workbench.record();
    let participant = delegation(&record);
    let issue = record.entries().find_map(|entry| match &entry.fact {
        Fact::IssueFramed(fact) => Some(fact.issue.clone()),
        _ => None,
    });
    Entry {
        version: Entry::VERSION,
        id,
        at: "2040-01-02".parse().unwrap(),
        recorded_at: "2040-01-02T00:00:00Z".parse().unwrap(),
        by: participant.clone(),
        audience: Audience::Delegation(participant.clone()),
        evidence: Vec::new(),
        fact: Fact::MandateSet(MandateSet {
            participant,
            force: MandateForce::RedLine,
            subject: MandateSubject::Issue(issue.expect("the practice frames issues")),
            text: "never before Tuesday".to_owned(),
        }),
    }
}

#[tokio::test]
async fn whoever_may_see_an_entry_is_told_and_nobody_else() {
    let workbench = workbench("practice");
    let app = router(workbench.clone());
    let own = delegation(&workbench.record());
    let ids = [1, 2].map(|byte| EntryId::from_random([byte; 16]));
    let add = |id| {
        let workbench = workbench.clone();
        move || drop(workbench.append_all([red_line(&workbench, id)]).unwrap())
    };
    let heard = told(&app, &format!("as={own}"), None, add(ids[0])).await;
    assert!(heard.contains(&ids[0].to_string()) && heard.contains("2040-01-02"), "{heard}");
    let others = told(&app, "", None, add(ids[1])).await;
    assert!(!others.contains("data:"), "{others}");

    // Whoever was away is told what was missed, and nothing else.
    let missed = told(&app, &format!("as={own}"), Some(ids[0]), || {}).await;
    assert!(missed.contains(&ids[1].to_string()) && !missed.contains(&ids[0].to_string()));
    let others = told(&app, "", Some(ids[0]), || {}).await;
    assert!(!others.contains("data:"), "{others}");
}

#[tokio::test]
async fn a_page_shows_what_was_recorded_since() {
    let workbench = workbench("practice");
    let app = router(workbench.clone());
    let own = delegation(&workbench.record());
    let address = format!("/participant/{own}?as={own}&as_of=2041-01-01");
    assert!(!page(&app, &address).await.contains("never before Tuesday"));
    workbench.append_all([red_line(&workbench, EntryId::from_random([7; 16]))]).unwrap();
    assert!(page(&app, &address).await.contains("never before Tuesday"));
    let others = format!("/participant/{own}?as_of=2041-01-01");
    assert!(!page(&app, &others).await.contains("never before Tuesday"));
}
