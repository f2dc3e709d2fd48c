//! Every page in a real browser: at two widths, in both themes, with and without scripts.
//!
//! What is looked for stands in `tests/browser/look.mjs`; how a meeting is run, in `meeting.mjs`. It needs Node.js, Chromium and two
//! packages from npm, so it runs where `TRAVAUX_CHROMIUM` names a browser (`scripts/browser-tests`
//! sees to all of them) and says that it was skipped elsewhere.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and say so where they skip"
)]

#[path = "it/keeper.rs"]
mod keeper;
#[path = "it/shipped.rs"]
mod shipped;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use travaux_server::{Settings, Viewers, Workbench, serve};

use keeper::Keeper;
use shipped::record;

/// The browser to look with, and where pictures go, if anywhere.
fn browser() -> Option<(String, Option<String>)> {
    let chromium = std::env::var("TRAVAUX_CHROMIUM").ok()?;
    Some((chromium, std::env::var("TRAVAUX_SCREENSHOTS").ok()))
}

/// Starts a script on a workbench with a negotiation that ships.
fn run(script: &str, name: &str, arguments: &[&str]) {
    let Some((chromium, pictures)) = browser() else {
        eprintln!("skipped: TRAVAUX_CHROMIUM names no browser; run scripts/browser-tests");
        return;
    };
    let settings = Settings { viewers: Viewers::Anybody, ..Settings::default() };
    let workbench = Workbench::new(record(name), settings);
    if script == MEETING {
        workbench.records_with(Arc::new(Keeper::new(&workbench)));
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serving = runtime.spawn(serve(listener, workbench, std::future::pending()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser").join(script);
    let looked = Command::new("node")
        .arg(script)
        .arg(&address)
        .args(arguments)
        .arg(&chromium)
        .args(pictures)
        .status()
        .unwrap_or_else(|why| panic!("node can't be started: {why}"));
    serving.abort();
    assert!(looked.success(), "what is wrong is said above");
}

const MEETING: &str = "meeting.mjs";

fn look_at(name: &str) {
    run("look.mjs", name, &[name]);
}

#[test]
fn a_meeting_is_run_with_the_keyboard_alone_to_a_recorded_vote_and_the_projector_follows() {
    run(MEETING, "practice", &[]);
}

#[test]
fn every_page_of_the_convention_is_accessible_and_works() {
    look_at("ahc");
}

#[test]
fn every_page_of_the_practice_is_accessible_and_works() {
    look_at("practice");
}
