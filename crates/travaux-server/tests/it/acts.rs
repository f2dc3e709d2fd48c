//! Acts from the Procedure page: who may act, what is refused, and what becomes of what is not in order.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;
use travaux_server::{Settings, Viewers, Workbench, router};

use crate::keeper::Keeper;
use crate::shipped::record;
use crate::{Answer, answered, page};

fn meeting() -> (Workbench, Router) {
    let settings = Settings { viewers: Viewers::Anybody, ..Settings::default() };
    let workbench = Workbench::new(record("practice"), settings);
    workbench.records_with(Arc::new(Keeper::new(&workbench)));
    let app = router(workbench.clone());
    (workbench, app)
}

/// Sends a form as a page of the workbench itself does.
async fn send(app: &Router, fields: &str) -> Answer {
    send_from(app, fields, "same-origin").await
}

async fn send_from(app: &Router, fields: &str, site: &str) -> Answer {
    let request = Request::post("/procedure")
        .header(header::HOST, "127.0.0.1:8080")
        .header("sec-fetch-site", site)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(fields.to_owned()))
        .unwrap();
    answered(app.clone().oneshot(request).await.unwrap()).await
}

fn sent_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_act_in_order_is_recorded_and_shown() {
    let (workbench, app) = meeting();
    let before = workbench.record().len();
    let to = sent_to(&send(&app, "as=SECR&line=close+list").await);
    // The list is closed already where the practice record ends: that is not in order.
    assert_eq!(workbench.record().len(), before);
    let shown = page(&app, &to).await;
    assert!(shown.contains("the list of speakers is closed already"), "{to}");
    let to = sent_to(&send(&app, "as=SECR&line=open+list").await);
    assert_eq!(workbench.record().len(), before + 1);
    assert!(!page(&app, &to).await.contains("Not recorded"), "{to}");
}

#[tokio::test]
async fn what_is_not_in_order_is_recorded_when_it_happened_all_the_same() {
    let (workbench, app) = meeting();
    let before = workbench.record().len();
    let line = "line=put+q9+on+%22Shall+it+be+so%3F%22";
    let shown = page(&app, &sent_to(&send(&app, &format!("as=SECR&{line}")).await)).await;
    assert_eq!(workbench.record().len(), before);
    for part in ["consensus has not been sought", "Way out: the Chair asks", "record it, with the"]
    {
        assert!(shown.contains(part), "{part}");
    }
    let to = sent_to(&send(&app, &format!("as=SECR&{line}&irregular=yes")).await);
    assert_eq!(workbench.record().len(), before + 1);
    assert!(page(&app, &to).await.contains("Irregular, as recorded"));
}

#[tokio::test]
async fn a_delegation_acts_in_no_name_but_its_own() {
    let (workbench, app) = meeting();
    let before = workbench.record().len();
    for line in ["YHE+asks+for+the+floor+to+reply", "open+list", "chair+informs+q1"] {
        let to = sent_to(&send(&app, &format!("as=MIR&line={line}&irregular=yes")).await);
        assert!(
            page(&app, &to).await.contains("in nobody&#39;s name but its own")
                || page(&app, &to).await.contains("in nobody's name but its own"),
            "{line}"
        );
    }
    // Nor does it record what is not in order, in its own.
    let own = "line=MIR+asks+for+the+floor&irregular=yes";
    let shown = page(&app, &sent_to(&send(&app, &format!("as=MIR&{own}")).await)).await;
    assert!(shown.contains("Not recorded") && shown.contains("Way out: "), "{shown}");
    assert!(!shown.contains("It happened all the same"), "{shown}");
    assert_eq!(workbench.record().len(), before);
    sent_to(&send(&app, "as=MIR&line=MIR+asks+for+the+floor+to+reply").await);
    assert_eq!(workbench.record().len(), before + 1);
}

#[tokio::test]
async fn nobody_acts_as_the_public_from_another_site_or_where_nothing_is_kept() {
    let (workbench, app) = meeting();
    let before = workbench.record().len();
    assert_eq!(send(&app, "line=open+list").await.status, StatusCode::FORBIDDEN);
    let foreign = send_from(&app, "as=SECR&line=open+list", "cross-site").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    // A name of another site that leads here is to the browser the same site.
    let renamed = Request::post("/procedure")
        .header(header::HOST, "elsewhere.example:8080")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from("as=SECR&line=open+list"))
        .unwrap();
    let renamed = answered(app.clone().oneshot(renamed).await.unwrap()).await;
    assert_eq!(renamed.status, StatusCode::FORBIDDEN);
    assert!(renamed.body.contains("opened by the number of its address"), "{}", renamed.body);
    assert_eq!(workbench.record().len(), before);
    let reads = crate::app("practice");
    assert_eq!(send(&reads, "as=SECR&line=open+list").await.status, StatusCode::FORBIDDEN);
    let shown = page(&reads, "/procedure?as=SECR&as_of=2026-02-02").await;
    assert!(!shown.contains("method=\"post\""), "a page that is only read has no form that acts");
}

#[tokio::test]
async fn the_meeting_is_shown_with_its_question_its_speakers_and_what_may_come() {
    let (_, app) = meeting();
    let shown = page(&app, "/procedure?as_of=2026-02-02").await;
    for part in [
        "Preparatory meeting",
        "Place of the first Conference",
        "What may happen next",
        "Rule 114".to_lowercase().as_str(),
    ] {
        assert!(shown.contains(part), "{part}");
    }
}
