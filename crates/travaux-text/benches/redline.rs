//! Times the redline of pairs of drafts: `cargo bench -p travaux-text --bench redline -- OLD NEW [OLD NEW]…`.
//!
//! It prints a line of JSON for each pair: the least time of 25, and the redline. Nothing here is compared
//! with a clock in a test.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::hint::black_box;
use std::time::Instant;

use travaux_text::redline;

const RUNS: usize = 25;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    for pair in files.chunks_exact(2) {
        let read = |path: &str| std::fs::read_to_string(path).expect("a draft is readable");
        let (old, new) = (read(&pair[0]), read(&pair[1]));
        let mut seconds: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                black_box(redline(&old, &new));
                start.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let pieces = serde_json::to_value(redline(&old, &new)).expect("a redline is JSON");
        let line = serde_json::json!({
            "old": pair[0], "new": pair[1], "seconds": seconds[0], "redline": pieces,
        });
        println!("{line}");
    }
}
