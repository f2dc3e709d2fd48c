//! The Redline page, and what the Provision page tells of words: blame, leaning, languages.

use crate::{app, ask, attributes, main_of, page, words};

#[tokio::test]
async fn two_documents_are_compared_and_both_come_back_from_the_page() {
    let app = app("practice");
    let html = page(&app, "/redline?old=zero&new=revised&whole=yes&as_of=2025-02-14").await;
    let main = main_of(&html);
    assert!(main.contains("<del class=\"open\">") && main.contains("<ins class=\"open\">"));
    assert!(words(main).contains("struck out"), "{}", words(main));
    let json = ask(&app, "/redline.json?old=zero&new=revised&whole=yes&as_of=2025-02-14").await;
    let view: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    let runs = view["page"]["runs"].as_array().or(view["runs"].as_array()).unwrap();
    let text = |side: &str| -> String {
        let of = |run: &serde_json::Value| {
            run["same"].as_str().or(run[side].as_str()).unwrap_or_default().to_owned()
        };
        runs.iter().map(of).collect()
    };
    assert!(text("deleted").contains("deposit of the twelfth instrument"));
    assert!(text("inserted").contains("deposit of the tenth instrument"));
}

#[tokio::test]
async fn a_side_is_compared_with_the_text_before_the_body() {
    let app = app("practice");
    let html = page(&app, "/redline?old=base&new=KHE&as_of=2025-02-14").await;
    assert!(words(main_of(&html)).contains("As Khelivan would have it"));
    let refused = ask(&app, "/redline?old=base&new=CMR/9/9&as_of=2025-02-14").await;
    assert_eq!(refused.status, 404);
    assert!(refused.body.contains("No text of the name CMR/9/9"), "{}", refused.body);
}

#[tokio::test]
async fn every_word_of_a_provision_leads_to_who_brought_it() {
    let app = app("practice");
    let html = page(&app, "/provision/notice.1?as_of=2025-06-20").await;
    let main = main_of(&html);
    let rows: Vec<String> =
        attributes(main, "href").into_iter().filter(|to| to.starts_with("#word:")).collect();
    assert!(3 < rows.len(), "{rows:?}");
    for row in &rows {
        assert!(main.contains(&format!("id=\"{}\"", &row[1..])), "{row} leads nowhere");
    }
    assert!(words(main).contains("thirty-six"));
    assert!(words(main).contains("The body agrees to them"), "{}", words(main));
}

#[tokio::test]
async fn versions_stand_side_by_side_in_their_own_direction() {
    let app = app("practice");
    let html = page(&app, "/provision/force?as_of=2025-02-14").await;
    let main = main_of(&html);
    assert!(main.contains("lang=\"ar\" dir=\"rtl\""), "Arabic from right to left");
    assert!(main.contains("lang=\"fr\" dir=\"ltr\""));
    assert!(words(main).contains("1 wording behind the text since 29 November 2024"));
    let counts = page(&app, "/counts?as_of=2025-02-14").await;
    assert!(words(main_of(&counts)).contains("a version in Russian; 1 lags behind the text."));
}
