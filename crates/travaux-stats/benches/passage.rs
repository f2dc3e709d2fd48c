//! Times the exact distribution of a vote: `cargo bench -p travaux-stats --bench passage [-- CHANCES]`.
//!
//! CHANCES is a file with one probability a line (else 193 are made up from a seed); a line of JSON a
//! task. `benches/passage/run` sets its peers beside it.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::hint::black_box;
use std::time::Instant;

use travaux_stats::passage::{Chances, Passing, Rule, Vote, pivots, shaken};

const DELEGATIONS: usize = 193;
const DRAWS: usize = 2_000;

fn main() {
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let plain: Vec<f64> = if let Some(path) = file {
        let text = std::fs::read_to_string(path).expect("the file is readable");
        text.lines().map(|line| line.parse().expect("a probability a line")).collect()
    } else {
        let mut dice = Dice(193);
        (0..DELEGATIONS).map(|_| dice.next()).collect()
    };
    let coins: Vec<Chances> = plain
        .iter()
        .map(|yes| Chances::new([*yes, 1.0 - yes, 0.0, 0.0]).expect("a chance"))
        .collect();
    let seconds = median(201, || {
        black_box(travaux_stats::passage::count_distribution(black_box(&coins), Vote::Yes));
    });
    report("Poisson-binomial", coins.len(), 1, seconds);
    let draws = posterior();
    for rule in [Rule::TWO_THIRDS, Rule::SIMPLE, Rule::TWO_THIRDS.with_quorum(97)] {
        let seconds = median(5, || {
            let mut passing = Passing::new(rule);
            for room in &draws {
                passing.add(1.0, room).expect("rooms of one size");
            }
            black_box(passing.finish().expect("a room"));
        });
        report(&rule.to_string(), DELEGATIONS, DRAWS, seconds);
    }
    let one = [(1.0, draws[0].clone())];
    let seconds = median(21, || {
        black_box(pivots(Rule::TWO_THIRDS, &one).expect("a room"));
    });
    report("pivots, two thirds", DELEGATIONS, 1, seconds);
    let seconds = median(21, || {
        black_box(shaken(&draws[0], &[0.7; DELEGATIONS], 9));
    });
    report("chances at 9 points of a shared shock", DELEGATIONS, 1, seconds);
}

/// Draws of a posterior: leanings of delegations from blocs, moved together from draw to draw.
fn posterior() -> Vec<Vec<Chances>> {
    let mut dice = Dice(2026);
    let leaning: Vec<f64> =
        (0..DELEGATIONS).map(|i| [0.9, 0.55, 0.2][i % 3] + 0.1 * dice.next()).collect();
    let draw = |dice: &mut Dice| -> Vec<Chances> {
        let shift = 0.2 * (dice.next() - 0.5);
        let one = |leaning: &f64| {
            let yes = (leaning + shift + 0.05 * (dice.next() - 0.5)).clamp(0.01, 0.95);
            let rest = 1.0 - yes;
            Chances::new([yes, 0.6 * rest, 0.25 * rest, 0.15 * rest]).expect("chances")
        };
        leaning.iter().map(one).collect()
    };
    (0..DRAWS).map(|_| draw(&mut dice)).collect()
}

fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[runs / 2]
}

fn report(task: &str, delegations: usize, draws: usize, seconds: f64) {
    println!(
        "{{\"task\": {task:?}, \"delegations\": {delegations}, \"draws\": {draws}, \"seconds\": {seconds}}}"
    );
}

/// A generator that needs no crate: splitmix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let unit = ((z ^ (z >> 31)) >> 11) as f64;
        unit / 9_007_199_254_740_992.0
    }
}
