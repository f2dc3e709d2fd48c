//! How long each page of the shipped case takes on the server, and how many bytes it has.
//!
//! Run with `cargo bench -p travaux-server`; a number as argument asks for as many rounds, a word
//! for the pages whose name has it. Each page is asked for as a browser asks, without compression. *Cold* is a server that has just been
//! started: it folds the record and lays out every word. *First* is a page not yet asked for of a
//! view that another page was made of; *warm* the same page again. Times are the median and the
//! worst; nothing is asserted: they are of the machine it runs on.

#![expect(clippy::print_stdout, reason = "the figures are the purpose of this program")]

#[path = "../tests/it/shipped.rs"]
mod shipped;

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt as _;
use travaux_record::Record;
use travaux_server::{Settings, Viewers, Workbench, router};

const PAGES: [(&str, &str); 16] = [
    ("Overview", "/?"),
    ("Text", "/text?"),
    ("Text, whole", "/text?part=all&"),
    ("Text, a side", "/text?side=base&"),
    ("Text, what is bracketed", "/text?only=bracketed&"),
    ("Text, words found", "/text?q=personal+data&"),
    ("Provision", "/provision/safeguards.chapeau?"),
    ("Counts", "/counts?"),
    ("References", "/references?"),
    ("Coverage", "/coverage?"),
    ("Terms", "/terms?"),
    ("Participants", "/participants?"),
    ("Participant", "/participant/RUS?"),
    ("Record", "/record?"),
    ("Record, about one", "/record?participant=USA&"),
    ("Sources", "/sources?"),
];
/// How often a page is asked for again in each round.
const AGAIN: usize = 5;
const DAYS: [&str; 2] = ["2023-04-21", "2024-08-08"];

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let rounds = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(21);
    let wanted = arguments.iter().find(|argument| argument.parse::<usize>().is_err());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .build()
        .expect("a runtime starts");
    let record = shipped::record("ahc");
    println!("{:>8} {:>15} {:>15} {:>15}", "bytes", "cold, ms", "first, ms", "warm, ms");
    for day in DAYS {
        for (name, page) in PAGES {
            if wanted.is_some_and(|wanted| !name.contains(wanted.as_str())) {
                continue;
            }
            let address = format!("{page}as_of={day}");
            runtime.block_on(one(&record, &format!("{name} at {day}"), &address, rounds));
        }
    }
}

async fn one(record: &Record, name: &str, address: &str, rounds: usize) {
    let (mut cold, mut first, mut warm) = (Vec::new(), Vec::new(), Vec::new());
    let mut bytes = 0;
    for _round in 0..rounds {
        let app = started(record);
        let (time, size) = asked(&app, address).await;
        cold.push(time);
        bytes = size;
        for _again in 0..AGAIN {
            warm.push(asked(&app, address).await.0);
        }
        let app = started(record);
        // A page with little on it, of the same view.
        let day = address.rsplit('=').next().expect("an address names its day");
        asked(&app, &format!("/record?q=zzzz&as_of={day}")).await;
        first.push(asked(&app, address).await.0);
    }
    println!("{bytes:>8} {} {} {}  {name}", said(cold), said(first), said(warm));
}

fn said(mut times: Vec<Duration>) -> String {
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    format!("{:>7.2} {:>7.2}", ms(middle), ms(worst))
}

fn started(record: &Record) -> Router {
    let settings = Settings { viewers: Viewers::Anybody, ..Settings::default() };
    router(Workbench::new(record.clone(), settings))
}

async fn asked(app: &Router, address: &str) -> (Duration, usize) {
    let request = Request::get(address).body(Body::empty()).expect("a well-formed request");
    let start = Instant::now();
    let response = app.clone().oneshot(request).await.expect("a router answers");
    assert!(response.status().is_success(), "{address}: {}", response.status());
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a page ends");
    (start.elapsed(), body.len())
}
