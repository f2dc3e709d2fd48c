//! Times the search for packages on two families of problems: `cargo bench -p travaux-stats --bench package`.
//!
//! It prints a line of JSON a problem; with `write FOLDER` it writes the problems themselves, in the
//! form that `travaux forecast package --problem` reads, for `benches/package/run` to give to a peer.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::fmt::Write as _;
use std::time::Instant;

use travaux_stats::normal;
use travaux_stats::package::{Budget, Delegation, Need, Objective, Open, Problem, solve};
use travaux_stats::passage::Rule;

/// A family of problems: blocs, issues, delegations, and what share of its ideal each asks for.
struct Family {
    name: &'static str,
    blocs: usize,
    issues: usize,
    delegations: usize,
    asks: f64,
}

const FAMILIES: [Family; 2] = [
    Family { name: "three-bloc", blocs: 3, issues: 20, delegations: 60, asks: 0.45 },
    Family { name: "eight-bloc", blocs: 8, issues: 40, delegations: 193, asks: 0.1 },
];
const SEEDS: u64 = 3;
const OPTIONS: usize = 3;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    for family in &FAMILIES {
        for seed in 0..SEEDS {
            let problem = generate(family, seed);
            if let [write, folder] = args.as_slice() {
                assert_eq!(write, "write");
                let path = format!("{folder}/{}-{seed}.json", family.name);
                std::fs::write(path, written(&problem)).expect("the folder can be written to");
                continue;
            }
            for (name, objective) in
                [("acceptances", Objective::Acceptances), ("worst-off", Objective::WorstOff)]
            {
                let start = Instant::now();
                let found =
                    solve(&problem, objective, 1, Budget::default()).expect("a sound problem");
                let seconds = start.elapsed().as_secs_f64();
                let best = found.best.first().map(|(_, outcome)| outcome.value(objective));
                let best = best.map_or_else(|| "null".to_owned(), |best| best.to_string());
                println!(
                    "{{\"problem\": \"{}-{seed}\", \"objective\": \"{name}\", \"seconds\": {seconds}, \
                     \"best\": {best}, \"bound\": {}, \"proved\": {}, \"points\": {}}}",
                    family.name,
                    finite(found.bound),
                    found.proved,
                    found.points
                );
            }
        }
    }
}

/// A number as JSON has them.
fn finite(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { "null".to_owned() }
}

/// Blocs want at random; delegations want what their bloc wants, and half as much again of their own.
/// The first option is the text as it stands, and worth nothing to anybody.
fn generate(family: &Family, seed: u64) -> Problem {
    let mut dice = Dice(seed);
    let mut table = |noise: f64| -> Vec<Vec<f64>> {
        let salience = 0.5 + 1.5 * dice.next();
        let one = |dice: &mut Dice| {
            (0..OPTIONS)
                .map(|option| if option == 0 { 0.0 } else { noise * salience * dice.normal() })
                .collect()
        };
        (0..family.issues).map(|_| one(&mut dice)).collect()
    };
    let blocs: Vec<Vec<Vec<f64>>> = (0..family.blocs).map(|_| table(1.0)).collect();
    let delegations = (0..family.delegations)
        .map(|place| {
            let (of_bloc, own) = (&blocs[place % family.blocs], table(0.5));
            let worth: Vec<Vec<f64>> = of_bloc
                .iter()
                .zip(own)
                .map(|(bloc, own)| bloc.iter().zip(own).map(|(bloc, own)| bloc + own).collect())
                .collect();
            let ideal: f64 = worth
                .iter()
                .map(|options: &Vec<f64>| options.iter().copied().fold(0.0, f64::max))
                .sum();
            Delegation { threshold: family.asks * ideal, worth, ..Delegation::default() }
        })
        .collect();
    let open = Open { options: OPTIONS, current: Some(0), locked: None };
    Problem { issues: vec![open; family.issues], delegations, need: Need::Vote(Rule::TWO_THIRDS) }
}

/// The problem as JSON.
fn written(problem: &Problem) -> String {
    let mut json = String::from("{\"rule\": \"two-thirds\", \"issues\": [");
    for issue in 0..problem.issues.len() {
        let comma = if issue > 0 { ", " } else { "" };
        let options = "[\"o0\", \"o1\", \"o2\"]";
        write!(
            json,
            "{comma}{{\"issue\": \"i{issue}\", \"options\": {options}, \"current\": \"o0\"}}"
        )
        .expect("a string");
    }
    json.push_str("], \"delegations\": [");
    for (place, one) in problem.delegations.iter().enumerate() {
        let comma = if place > 0 { ",\n" } else { "" };
        write!(
            json,
            "{comma}{{\"participant\": \"d{place}\", \"threshold\": {:?}, \"worth\": {{",
            one.threshold
        )
        .expect("a string");
        for (issue, worth) in one.worth.iter().enumerate() {
            let comma = if issue > 0 { ", " } else { "" };
            write!(
                json,
                "{comma}\"i{issue}\": {{\"o0\": {:?}, \"o1\": {:?}, \"o2\": {:?}}}",
                worth[0], worth[1], worth[2]
            )
            .expect("a string");
        }
        json.push_str("}}");
    }
    json.push_str("]}\n");
    json
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

    fn normal(&mut self) -> f64 {
        normal::quantile(self.next().clamp(1e-12, 1.0 - 1e-12))
    }
}
