//! The pages, asked for as a browser asks, on both negotiations that ship.
//!
//! What they look like is for the browser tests; here it is what they say, to whom, and in what
//! words they refuse.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod acts;
mod keeper;
mod leak;
mod life;
mod live;
mod pages;
mod refusals;
mod shipped;
mod views;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use tower::ServiceExt as _;
use travaux_server::{Settings, Viewers, Workbench, router};

use shipped::record;

/// An answer, whole.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

fn workbench(name: &str) -> Workbench {
    let settings = Settings { viewers: Viewers::Anybody, ..Settings::default() };
    Workbench::new(record(name), settings)
}

/// Asks for an address.
async fn ask(app: &Router, address: &str) -> Answer {
    ask_as(app, address, "text/html").await
}

async fn ask_as(app: &Router, address: &str, accept: &str) -> Answer {
    let request = Request::get(address).header("accept", accept).body(Body::empty()).unwrap();
    answered(app.clone().oneshot(request).await.unwrap()).await
}

/// Takes in an answer, whole.
async fn answered(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 4 << 20).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// Asks for a page that must be there.
async fn page(app: &Router, address: &str) -> String {
    let answer = ask(app, address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    answer.body
}

fn app(name: &str) -> Router {
    router(workbench(name))
}

/// Returns the values of an attribute, unescaped as far as addresses need it.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| value.replace("&amp;", "&"))
        .collect()
}

/// Returns the words of a page without its markup.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut is_inside = false;
    for letter in html.chars() {
        match letter {
            '<' => is_inside = true,
            '>' => is_inside = false,
            _ if !is_inside => words.push(letter),
            _ => {}
        }
    }
    words.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">")
}

/// The part of a page that is the page.
fn main_of(html: &str) -> &str {
    let from = html.find("<main").expect("a page has a main part");
    let until = html.find("</main>").expect("a page has a main part");
    &html[from..until]
}
