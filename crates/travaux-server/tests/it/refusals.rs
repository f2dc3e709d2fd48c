//! What can't be shown: the status, what was looked for, and what to try instead.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;

use crate::{app, ask, words};

#[track_caller]
fn says(address: &str, html: &str, expected: &[&str]) {
    let said = words(html);
    for words in expected {
        assert!(said.contains(words), "{address} does not say {words:?}: {said}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_named_with_what_is_near() {
    let app = app("ahc");
    let table: [(&str, &[&str]); 8] = [
        ("/nowhere", &["No such page", "Nothing is kept at /nowhere", "/provision/"]),
        (
            "/provision/safegaurds.chapeau",
            &["No provision of the name safegaurds.chapeau", "Nearest", "safeguards.chapeau"],
        ),
        ("/participant/Kenia", &["No participant of the name Kenia", "Nearest", "Kenya"]),
        ("/record/00000000-0000-4000-8000-000000000000", &["No entry 00000000", "may see"]),
        ("/record/zzz", &["No entry zzz"]),
        (
            "/text?side=nobody-at-all",
            &["No side of the name nobody-at-all", "no proposal or participant is called so"],
        ),
        ("/provision/a%2Fb%3Cscript%3E", &["No provision of the name a/b"]),
        ("/participant/", &["No such page"]),
    ];
    for (address, expected) in table {
        let answer = ask(&app, address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        says(address, &answer.body, expected);
        assert!(!answer.body.contains("<script>"), "{address}: what was asked is escaped");
    }
}

#[tokio::test]
async fn an_address_that_can_not_be_read_says_how_to_write_it() {
    let app = app("ahc");
    let table: [(&str, &[&str]); 7] = [
        ("/?as_of=yesterday", &["No such day: as_of=yesterday", "YYYY-MM-DD", "2023-04-21"]),
        ("/?as_of=2023-02-30", &["No such day", "2023-02-30"]),
        ("/text?known_by=1", &["No such day: known_by=1"]),
        ("/record?from=04%2F21%2F2023", &["No such day: from=04/21/2023"]),
        ("/?as=Kenia", &["Nobody of the name Kenia", "Kenya (KEN)"]),
        ("/record?page=0", &["No such page: page=0", "1, 2, 3"]),
        ("/record?page=many", &["No such page: page=many"]),
    ];
    for (address, expected) in table {
        let answer = ask(&app, address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        says(address, &answer.body, expected);
    }
}

#[tokio::test]
async fn odd_addresses_break_nothing() {
    let app = app("ahc");
    for address in [
        "/?as_of=9999-12-31",
        "/?as_of=-9999",
        "/%",
        "/%ff",
        "/?as=%ff",
        "/?%ff=1",
        "/text?q=%F0%9F%8F%B3",
        "/text?part=nowhere",
        "/record?about=nothing",
        "/record?about=issue:nowhere&kind=no+such+kind",
        "/record?page=18446744073709551615",
        "/record?from=2024-01-01&until=2020-01-01",
        "//",
        "/text/",
        "/provision/..%2f..%2fetc%2fpasswd",
        "/assets/nothing.css",
        "/assets/..%2f..%2fCargo.toml",
    ] {
        let status = ask(&app, address).await.status;
        assert!(!status.is_server_error(), "{address}: {status}");
    }
}

#[tokio::test]
async fn pages_are_read_and_nothing_else() {
    let app: Router = app("ahc");
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let request = Request::builder().method(method).uri("/text").body(Body::from("x")).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let long = format!("/text?q={}", "x".repeat(9_000));
    assert_eq!(ask(&app, &long).await.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn every_answer_keeps_itself_to_itself() {
    let app = app("ahc");
    for address in ["/", "/nowhere", "/?as_of=x", "/healthz", "/text.json"] {
        let headers = ask(&app, address).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{address}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{address}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{address}");
    }
    let html = ask(&app, "/").await;
    assert_eq!(html.headers["cache-control"], "private, no-cache");
    for asset in crate::attributes(&html.body, "src") {
        let answer = ask(&app, &asset).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.headers["cache-control"].to_str().unwrap().contains("immutable"));
    }
}
