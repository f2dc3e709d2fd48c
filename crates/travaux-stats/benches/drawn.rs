//! 193 participants and 700 items drawn from the model, as a matrix without periods.

use std::process::Command;
use std::time::Instant;

use travaux_stats::ideal_point::{Answer, Chain, Data, Frame, Item, Settings};
use travaux_stats::normal_table::Table;
use travaux_stats::random::Draws;

const PARTICIPANTS: usize = 193;
const ITEMS: usize = 700;

/// Data and the truth they were drawn from.
fn drawn() -> (Data, Vec<f64>) {
    let (table, mut draws) = (Table::new(), Draws::new(2_026, 0));
    let truth: Vec<f64> = (0..PARTICIPANTS).map(|_| draws.normal(&table)).collect();
    let items = (0..ITEMS).map(|_| {
        let slope = draws.normal(&table);
        let low = 0.8 * draws.normal(&table) - 1.0;
        let high = low + 0.1 + 0.7 * draws.uniform();
        let mut answers = Vec::new();
        for (participant, x) in truth.iter().enumerate() {
            let latent = slope * x + draws.normal(&table);
            if draws.uniform() < 0.126 {
                continue;
            }
            answers.push(Answer::exact(
                participant,
                0,
                u8::from(latent > low) + u8::from(latent > high),
            ));
        }
        Item { answers, weight: 1.0 }
    });
    let items = items.collect();
    (Data { participants: PARTICIPANTS, periods: 1, categories: 3, items }, truth)
}

pub(crate) fn bench() {
    let (data, truth) = drawn();
    let mut settings = Settings::new(1_000, 1);
    settings.anchors = Some(extremes(&truth));
    let frame = Frame::new(&data).unwrap();
    let mut chain = Chain::new(&frame, &settings, 0);
    for _ in 0..20 {
        chain.sweep();
    }
    let start = Instant::now();
    let before = crate::at_work(start);
    for _ in 0..200 {
        chain.sweep();
    }
    let ours = (crate::at_work(start) - before) / 200.0;
    let (frame, posterior, seconds) = crate::run(&data, &settings);
    let found: Vec<_> = (0..frame.points().len()).map(|point| posterior.summary(point)).collect();
    let means: Vec<f64> = found.iter().map(|summary| summary.mean).collect();
    // The truth on the scale of the draws: over those very participants.
    let mean = truth.iter().sum::<f64>() / truth.len() as f64;
    let scale = (truth.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / truth.len() as f64).sqrt();
    let inside = truth.iter().zip(&found).filter(|(x, summary)| {
        let x = (**x - mean) / scale;
        summary.low <= x && x <= summary.high
    });
    println!("static {PARTICIPANTS} x {ITEMS}, {} answers", frame.answers());
    println!("  ours: {:.2} ms a sweep, one core", ours * 1e3);
    println!(
        "  ours: 2 chains of {} sweeps in {seconds:.1} s; r = {:.5}; 90 % intervals cover {:.1} %",
        settings.sweeps,
        crate::correlation(&means, &truth),
        100.0 * inside.count() as f64 / truth.len() as f64
    );
    println!("  {:?}", posterior.diagnostics(&frame));
    peers(&data, ours);
}

fn extremes(truth: &[f64]) -> (usize, usize) {
    let by = |a: &usize, b: &usize| truth[*a].total_cmp(&truth[*b]);
    ((0..truth.len()).max_by(by).unwrap(), (0..truth.len()).min_by(by).unwrap())
}

/// Runs the peers on the same data, as yes and not yes, which is what they take.
fn peers(data: &Data, ours: f64) {
    let folder = std::env::temp_dir().join("travaux-bench-ideal-point");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("votes.csv");
    let mut matrix = vec![vec!["NA"; ITEMS]; PARTICIPANTS];
    for (number, item) in data.items.iter().enumerate() {
        for answer in &item.answers {
            matrix[answer.participant][number] = if answer.highest == 2 { "1" } else { "0" };
        }
    }
    let lines: Vec<String> = matrix.iter().map(|row| row.join(",")).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/ideal_point.R");
    let Ok(ran) = Command::new("Rscript").arg(script).arg(&file).output() else {
        println!("  peers: Rscript is not installed");
        return;
    };
    for line in String::from_utf8_lossy(&ran.stdout).lines().map(str::trim) {
        match line.split_once(' ').and_then(|(peer, time)| Some((peer, time.parse::<f64>().ok()?)))
        {
            Some((peer, time)) => {
                println!(
                    "  {peer}: {:.2} ms a sweep; ours is {:.1} times as fast",
                    time * 1e3,
                    time / ours
                );
            }
            None => println!("  {line}"),
        }
    }
}
