//! How long a sweep takes, and how good the points are: on data drawn from the model beside R's
//! `pscl::ideal` and `MCMCpack::MCMCirt1d`, and on General Assembly roll calls beside published points.
//!
//! `cargo bench -p travaux-stats --bench ideal_point [static|assembly]`; peers run where `Rscript` with these
//! packages is installed, the roll calls where the folder `TRAVAUX_DATA` (else `../shared/data`) is.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench prints and stops"
)]

mod assembly;
mod drawn;

use std::time::Instant;

use travaux_stats::ideal_point::{Chain, Data, Frame, Posterior, Settings};

fn main() {
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wanted = |what: &str| asked.is_empty() || asked.iter().any(|word| word == what);
    if wanted("static") {
        drawn::bench();
    }
    if wanted("assembly") {
        assembly::bench();
    }
}

/// Runs two chains side by side; returns their posterior and how many seconds the longer was at work.
fn run(data: &Data, settings: &Settings) -> (Frame, Posterior, f64) {
    let frame = Frame::new(data).unwrap();
    let runs = std::thread::scope(|scope| {
        let chains = [0, 1].map(|number| {
            let frame = &frame;
            scope.spawn(move || {
                let start = Instant::now();
                let run = Chain::new(frame, settings, number).run();
                (run, at_work(start))
            })
        });
        chains.map(|chain| chain.join().unwrap_or_else(|_| panic!("a chain failed")))
    });
    let seconds = runs.iter().map(|(_, seconds)| *seconds).fold(0.0, f64::max);
    let posterior = Posterior::new(&frame, runs.map(|(run, _)| run).to_vec());
    (frame, posterior, seconds)
}

/// Returns the seconds this thread has been at work, on a machine others may be using: of the processor
/// where the system says so, else of the clock.
fn at_work(since: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| since.elapsed().as_secs_f64(), |nanoseconds| nanoseconds * 1e-9)
}

/// Returns the correlation of two lists.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / count, b.iter().sum::<f64>() / count);
    let product = |x: &[f64], mean_x: f64, y: &[f64], mean_y: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum()
    };
    product(a, mean_a, b, mean_b)
        / (product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b)).sqrt()
}
