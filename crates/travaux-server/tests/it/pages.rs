//! Every page, at several dates and for several viewers: there, small, clean, and leading on.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;

use crate::{app, ask, ask_as, attributes, main_of, page, words};

/// The largest page, in bytes before compression.
const PAGE_BYTES_MAX: usize = 200_000;

const AHC_VIEWS: [&str; 5] = [
    "as_of=2017-01-01",
    "as_of=2023-04-21",
    "as_of=2023-04-21&as=KEN&known_by=2026-12-31",
    "as_of=2024-08-08&as=EU",
    "as_of=2024-12-24",
];

/// Returns the addresses of the main pages, and of some of every other kind.
async fn addresses(app: &Router, view: &str) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/text",
        "/redline",
        "/counts",
        "/references",
        "/coverage",
        "/forecast",
        "/outcome",
        "/packages",
        "/calendar",
        "/entry-into-force",
        "/terms",
        "/participants",
        "/record",
        "/sources",
    ]
    .iter()
    .map(|path| format!("{path}?{view}"))
    .collect();
    let mut leads: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for address in all.clone() {
        for link in attributes(&page(app, &address).await, "href") {
            let kind = [
                "/provision/",
                "/participant/",
                "/record/",
                "/text?",
                "/record?",
                "/references?on",
                "/redline?",
            ]
            .into_iter()
            .find(|kind| link.starts_with(kind));
            if let Some(kind) = kind {
                let link = link.split('#').next().unwrap_or_default().to_owned();
                leads.entry(kind).or_default().insert(link);
            }
        }
    }
    for (_, links) in leads {
        let step = links.len().div_ceil(4);
        all.extend(links.into_iter().step_by(step.max(1)));
    }
    all
}

fn check(address: &str, html: &str) {
    assert!(html.len() < PAGE_BYTES_MAX, "{address}: {} bytes", html.len());
    // The content policy would silently drop these.
    assert!(!html.contains(" style=\"") && !html.contains("<style"), "{address}: inline style");
    assert!(!html.contains("<script>") && !html.contains(" onclick="), "{address}: inline script");
    for source in attributes(html, "src") {
        assert!(source.starts_with("/assets/"), "{address}: loads {source}");
    }
    let ids = attributes(html, "id");
    let distinct: BTreeSet<&String> = ids.iter().collect();
    let twice: Vec<&String> = distinct
        .iter()
        .filter(|id| ids.iter().filter(|other| other == *id).count() > 1)
        .copied()
        .collect();
    assert!(twice.is_empty(), "{address}: ids stand twice: {twice:?}");
    for link in attributes(html, "href") {
        if let Some(fragment) = link.strip_prefix('#') {
            assert!(ids.iter().any(|id| id == fragment), "{address}: #{fragment} leads nowhere");
        }
    }
}

async fn every_page(name: &str, views: &[&str]) {
    let app = app(name);
    for view in views {
        for address in addresses(&app, view).await {
            check(&address, &page(&app, &address).await);
        }
    }
}

#[tokio::test]
async fn every_page_of_the_convention_is_there_small_and_clean() {
    every_page("ahc", &AHC_VIEWS).await;
}

#[tokio::test]
async fn every_page_of_the_practice_is_there_small_and_clean() {
    let app = app("practice");
    let start = page(&app, "/").await;
    let days: Vec<String> = attributes(&start, "data-days")
        .iter()
        .flat_map(|days| days.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let viewers = attributes(&start, "value");
    let viewer = viewers.iter().rfind(|value| value.len() == 3).expect("states may look");
    let views = [
        format!("as_of={}", days[0]),
        format!("as_of={}&as={viewer}", days[days.len() / 2]),
        format!("as_of={}", days[days.len() - 1]),
    ];
    let views: Vec<&str> = views.iter().map(String::as_str).collect();
    every_page("practice", &views).await;
}

#[tokio::test]
async fn every_provision_has_its_page_and_every_page_its_neighbours() {
    let app = app("ahc");
    let text = page(&app, "/text?as_of=2023-04-21").await;
    let links: BTreeSet<String> = attributes(main_of(&text), "href")
        .into_iter()
        .filter(|link| link.starts_with("/provision/"))
        .collect();
    assert!(links.len() > 200, "{} provisions", links.len());
    // Every third, so that all kinds are met and the test stays short.
    for link in links.iter().step_by(3) {
        let html = page(&app, link).await;
        check(link, &html);
        for neighbour in attributes(main_of(&html), "href") {
            if let Some(neighbour) = neighbour.strip_prefix("/provision/") {
                let known = links.iter().any(|link| link.ends_with(neighbour));
                let is_elsewhere = neighbour.contains('#');
                assert!(known || is_elsewhere, "{link} leads to {neighbour}");
            }
        }
    }
}

#[tokio::test]
async fn every_page_has_its_twin_in_json() {
    let app = app("ahc");
    let pages = [
        ("/?as_of=2023-04-21", "/overview.json?as_of=2023-04-21"),
        ("/text?as_of=2023-04-21", "/text.json?as_of=2023-04-21"),
        (
            "/provision/safeguards.chapeau?as_of=2023-04-21",
            "/provision/safeguards.chapeau.json?as_of=2023-04-21",
        ),
        (
            "/references?on=safeguards&as_of=2023-04-21",
            "/references.json?on=safeguards&as_of=2023-04-21",
        ),
        (
            "/coverage?without=safeguards&as_of=2023-04-21",
            "/coverage.json?without=safeguards&as_of=2023-04-21",
        ),
        ("/terms?as_of=2023-04-21", "/terms.json?as_of=2023-04-21"),
        ("/participants?as_of=2023-04-21", "/participants.json?as_of=2023-04-21"),
        ("/participant/KEN?as_of=2023-04-21", "/participant/KEN.json?as_of=2023-04-21"),
        ("/record?as_of=2023-04-21", "/record.json?as_of=2023-04-21"),
        ("/sources?as_of=2023-04-21", "/sources.json?as_of=2023-04-21"),
    ];
    for (address, twin) in pages {
        let by_accept = ask_as(&app, address, "application/json").await.body;
        let by_suffix = ask(&app, twin).await.body;
        assert_eq!(by_accept, by_suffix, "{address}");
        let json: serde_json::Value = serde_json::from_str(&by_accept).unwrap();
        assert_eq!(json["as_of"], "2023-04-21");
        assert!(json["page"].is_object(), "{address}");
    }
}

#[tokio::test]
async fn what_is_not_a_partys_own_wording_is_marked_so() {
    let app = app("ahc");
    let provision = page(&app, "/provision/safeguards.chapeau?as_of=2023-04-21").await;
    let said = words(&provision);
    for mark in ["paraphrase", "our wording of an option", "illustrative", "confidence"] {
        assert!(said.contains(mark) || provision.contains(mark), "{mark}");
    }
    assert!(said.contains("They did not table the words"));
    assert!(!said.contains("Sponsors"), "no State is author of our wording");
    assert!(said.contains("Caution."));
    let practice = page(&self::app("practice"), "/").await;
    assert!(words(&practice).contains("fictional"));
}

#[tokio::test]
async fn a_clean_text_is_never_counted_as_agreed() {
    let app = app("ahc");
    for view in ["as_of=2023-04-21", "as_of=2024-07-29"] {
        let json = ask(&app, &format!("/overview.json?{view}")).await.body;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let totals = &json["page"]["totals"];
        assert_eq!(totals["agreed"], 0, "{view}: nothing had been agreed");
        assert!(totals["clean"].as_u64() > Some(0), "{view}");
        let by_chapter: u64 = json["page"]["chapters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|chapter| chapter["states"]["clean"].as_u64().unwrap())
            .sum();
        assert_eq!(totals["clean"].as_u64(), Some(by_chapter), "{view}: chapters sum up");
    }
}

#[tokio::test]
async fn every_page_is_light_on_any_day_and_for_any_viewer() {
    let cases = [
        (
            "ahc",
            ["", "RUS"],
            ["0001-01-01", "2022-03-01", "2023-04-21", "2024-08-08", "9999-12-31"],
        ),
        (
            "practice",
            ["", "SECR"],
            ["0001-01-01", "2024-06-30", "2025-03-01", "2025-12-31", "9999-12-31"],
        ),
    ];
    for (name, viewers, days) in cases {
        let app = app(name);
        for day in days {
            for viewer in viewers {
                for path in ["/", "/text", "/participants", "/record", "/sources"] {
                    let address = format!("{path}?as_of={day}&as={viewer}");
                    let size = page(&app, &address).await.len();
                    assert!(size <= PAGE_BYTES_MAX, "{name} {address}: {size} bytes");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_a_page_makes_nothing_of_is_said() {
    let app = app("ahc");
    for (address, said) in [
        (
            "/text?sied=cnd-002",
            "This page knows nothing called \u{201c}sied\u{201d}. Did you mean \u{201c}side\u{201d}?",
        ),
        (
            "/text?only=clean",
            "\u{201c}only\u{201d} is bracketed, and \u{201c}clean\u{201d} says nothing here.",
        ),
        ("/text?part=ch.nowhere", "The text has no part \u{201c}ch.nowhere\u{201d}"),
        (
            "/record?kind=motions",
            "There is no entry of the kind \u{201c}motions\u{201d} by this day.",
        ),
        ("/record?participant=kenya", "Nobody was admitted under the key \u{201c}kenya\u{201d}"),
        ("/record?provision=art.42", "There is no provision under the key \u{201c}art.42\u{201d}"),
        (
            "/record?about=issue:gendre",
            "The record has nothing called \u{201c}issue:gendre\u{201d}",
        ),
        ("/sources?find=x", "This page knows nothing called \u{201c}find\u{201d}."),
    ] {
        let page = words(&page(&app, address).await);
        assert!(page.contains(said), "{address} does not say: {said}");
    }
    for address in
        ["/text?side=cnd-002&only=bracketed", "/record?kind=position%20taken&participant=KEN", "/?"]
    {
        assert!(!words(&page(&app, address).await).contains("Please note"), "{address}");
    }
}
