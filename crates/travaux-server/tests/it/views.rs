//! The view in the address: links keep it, a link reproduces it, time and viewer change what shows.

use axum::http::StatusCode;

use crate::{app, ask, attributes, main_of, page, words};

#[tokio::test]
async fn every_link_keeps_the_whole_view() {
    let app = app("ahc");
    let view = "as_of=2024-07-29&as=KEN&known_by=2026-12-01";
    for path in ["/", "/text", "/provision/human-rights", "/participants", "/record", "/sources"] {
        let html = page(&app, &format!("{path}?{view}")).await;
        for link in attributes(&html, "href") {
            let is_page = link.starts_with('/') && !link.starts_with("/assets/");
            if is_page {
                assert!(link.contains("as_of="), "{path}: {link}");
                assert!(
                    link.contains("as=KEN") && link.contains("known_by=2026-12-01"),
                    "{path}: {link}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_link_reproduces_what_its_sender_saw() {
    let first = page(&app("ahc"), "/").await;
    let canonical = attributes(&first, "href")
        .into_iter()
        .find(|link| link.starts_with("/?as_of="))
        .expect("a page says where it is");
    assert_eq!(
        canonical, "/?as_of=2023-04-21",
        "the case opens on the last day of the fifth session"
    );
    assert_eq!(page(&app("ahc"), &canonical).await, first, "another server, the same record");
}

#[tokio::test]
async fn time_changes_the_text() {
    let app = app("ahc");
    let text = |html: &str| words(main_of(html));
    let in_2023 = text(&page(&app, "/text?as_of=2023-04-21").await);
    let in_2024 = text(&page(&app, "/text?as_of=2024-12-31").await);
    let before = text(&page(&app, "/text?as_of=2019-01-01").await);
    assert!(in_2023.contains('[') && in_2023.contains("on record"));
    assert!(in_2024.contains("cybercrime") && in_2024 != in_2023);
    assert!(before.contains("No text was before the body"));
}

#[tokio::test]
async fn what_was_recorded_later_was_not_known_then() {
    let app = app("ahc");
    let html = page(&app, "/?as_of=2023-04-21&known_by=2020-01-01").await;
    assert!(words(main_of(&html)).contains("no text was before the body"));
}

#[tokio::test]
async fn a_month_or_a_year_stands_for_its_last_day() {
    let app = app("ahc");
    let month = page(&app, "/?as_of=2023-04").await;
    assert_eq!(month, page(&app, "/?as_of=2023-04-30").await);
}

#[tokio::test]
async fn a_side_reads_without_brackets() {
    let app = app("ahc");
    let html = page(&app, "/text?as_of=2023-04-21&side=base").await;
    assert!(!main_of(&html).contains("class=\"treaty\"><b>["));
    let article = main_of(&html).split("<article class=\"treaty\">").nth(1).unwrap();
    assert!(!words(article).contains('['), "the base has no brackets");
    let side = page(&app, "/text?as_of=2023-04-21&side=cnd-002").await;
    assert!(main_of(&side).contains("<ins>"), "what only the side has is marked");
}

#[tokio::test]
async fn the_text_is_narrowed_to_what_is_asked_for() {
    let app = app("ahc");
    let all = page(&app, "/text?as_of=2023-04-21").await;
    let bracketed = page(&app, "/text?as_of=2023-04-21&only=bracketed").await;
    let found = page(&app, "/text?as_of=2023-04-21&q=sovereign").await;
    let none = page(&app, "/text?as_of=2023-04-21&q=xyzzy").await;
    assert!(found.len() < bracketed.len() && bracketed.len() < all.len());
    assert!(words(main_of(&found)).to_lowercase().contains("sovereign"));
    assert!(words(main_of(&none)).contains("no provisions"));
}

#[tokio::test]
async fn strangers_are_shown_what_is_public_only() {
    use travaux_server::{Settings, Workbench, router};
    let app = router(Workbench::new(crate::record("practice"), Settings::default()));
    assert_eq!(ask(&app, "/").await.status, StatusCode::OK);
    for path in ["/?as=SECRETARIAT", "/text?as=XXX", "/live?as=XXX"] {
        assert_eq!(ask(&app, path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let html = page(&app, "/").await;
    assert!(!html.contains("<optgroup"), "nobody else is offered");
}
