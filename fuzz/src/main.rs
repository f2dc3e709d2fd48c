//! Runs a target: `cargo run --release -p travaux-fuzz -- TARGET RUNS [SEED [FIRST]]`.
//!
//! It prints how many runs there were and what they took, or the input of the run that failed.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use travaux_fuzz::{Mutations, TARGETS, Target};

/// How often it is said how far it has come.
const SAY_EVERY: u64 = 1_000_000;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| match args.get(at) {
        Some(written) => written.replace('_', "").parse().ok(),
        None => Some(default),
    };
    let target = args.first().and_then(|name| TARGETS.iter().find(|target| target.name == *name));
    let numbers = (number(1, 10_000), number(2, 1), number(3, 0));
    let (Some(target), (Some(runs), Some(seed), Some(first))) = (target, numbers) else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        say(&format!("usage: travaux-fuzz {} RUNS [SEED [FIRST]]", names.join("|")));
        return ExitCode::from(2);
    };
    match corpus(target.name) {
        Ok(corpus) => run(*target, &corpus, seed, first..first.saturating_add(runs)),
        Err(error) => {
            say(&format!("cannot read the corpus of {}: {error}", target.name));
            ExitCode::from(4)
        }
    }
}

fn run(target: Target, corpus: &[Vec<u8>], seed: u64, runs: std::ops::Range<u64>) -> ExitCode {
    let mutations = Mutations::new(corpus, target.words, seed);
    let started = Instant::now();
    let first = runs.start;
    let mut input = Vec::new();
    let mut bytes = 0_u64;
    for run in runs.clone() {
        mutations.fill(run, &mut input);
        bytes += input.len() as u64;
        // A stack that overflows ends the program: what was said last tells near which run.
        if catch_unwind(AssertUnwindSafe(|| (target.read)(&input))).is_err() {
            let input = String::from_utf8_lossy(&input);
            say(&format!("{}: run {run} of seed {seed} failed on {input:?}", target.name));
            return ExitCode::FAILURE;
        }
        if (run + 1 - first).is_multiple_of(SAY_EVERY) {
            let seconds = started.elapsed().as_secs();
            say(&format!("{}: {} runs, {seconds} s", target.name, run + 1 - first));
        }
    }
    let (count, seconds) = (runs.end - first, started.elapsed().as_secs_f64());
    say(&format!(
        "{}: {count} runs of seed {seed} from {first}, {} MB, {seconds:.1} s, no failure",
        target.name,
        bytes / 1_000_000
    ));
    ExitCode::SUCCESS
}

/// Reads the corpus of a target, by the names of its files.
fn corpus(name: &str) -> io::Result<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<io::Result<_>>()?;
    files.sort();
    files.into_iter().map(std::fs::read).collect()
}

fn say(words: &str) {
    // Where nobody listens there is nobody to tell.
    drop(writeln!(io::stdout().lock(), "{words}"));
}
