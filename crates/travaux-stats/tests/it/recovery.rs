//! Data drawn from the model give their truth back; what a point may rest on is counted once.

use travaux_stats::ideal_point::{
    Answer, Chain, Data, Frame, Item, Posterior, Settings, Standing, updated,
};
use travaux_stats::normal_table::Table;
use travaux_stats::random::Draws;

const PARTICIPANTS: usize = 60;

/// Points, and items with three categories drawn for them; one answer in eight is missing.
fn room(items: usize, seed: u64) -> (Vec<f64>, Data) {
    let (table, mut draws) = (Table::new(), Draws::new(seed, 0));
    let x: Vec<f64> = (0..PARTICIPANTS).map(|_| draws.normal(&table)).collect();
    let items = (0..items).map(|_| {
        let slope = draws.normal(&table);
        let low = draws.normal(&table) - 0.5;
        let high = low + draws.uniform();
        let mut answers = Vec::new();
        for (participant, x) in x.iter().enumerate() {
            let latent = slope * x + draws.normal(&table);
            if draws.uniform() < 0.875 {
                answers.push(Answer::exact(
                    participant,
                    0,
                    u8::from(latent > low) + u8::from(latent > high),
                ));
            }
        }
        Item { answers, weight: 1.0 }
    });
    let items = items.collect();
    (x, Data { participants: PARTICIPANTS, periods: 1, categories: 3, items })
}

fn posterior(data: &Data, truth: &[f64], sweeps: usize) -> (Frame, Posterior) {
    let by = |a: &usize, b: &usize| truth[*a].total_cmp(&truth[*b]);
    let anchors = ((0..truth.len()).max_by(by).unwrap(), (0..truth.len()).min_by(by).unwrap());
    let settings = Settings { anchors: Some(anchors), ..Settings::new(sweeps, 1) };
    let frame = Frame::new(data).unwrap();
    let runs = [0, 1].map(|number| Chain::new(&frame, &settings, number).run());
    let posterior = Posterior::new(&frame, runs.to_vec());
    (frame, posterior)
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / count, b.iter().sum::<f64>() / count);
    let product = |x: &[f64], mean_x: f64, y: &[f64], mean_y: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum()
    };
    product(a, mean_a, b, mean_b)
        / (product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b)).sqrt()
}

#[test]
fn points_drawn_from_the_model_are_found_again_within_their_intervals() {
    let (truth, data) = room(300, 5);
    let (frame, posterior) = posterior(&data, &truth, 1_500);
    let found: Vec<_> = (0..PARTICIPANTS).map(|point| posterior.summary(point)).collect();
    let means: Vec<f64> = found.iter().map(|summary| summary.mean).collect();
    assert!(correlation(&truth, &means) > 0.99);
    let mean = truth.iter().sum::<f64>() / PARTICIPANTS as f64;
    let scale =
        (truth.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / PARTICIPANTS as f64).sqrt();
    let inside = truth.iter().zip(&found).filter(|(x, one)| {
        let x = (**x - mean) / scale;
        one.low <= x && x <= one.high
    });
    // Nine in ten of sixty, give or take three standard deviations.
    let inside = inside.count();
    assert!((47..=60).contains(&inside), "{inside}");
    let diagnostics = posterior.diagnostics(&frame);
    assert!(diagnostics.r_hat_max < 1.1, "{diagnostics:?}");
    assert!(diagnostics.effective_min > 40.0, "{diagnostics:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_these_are_known() {
    let (truth, data) = room(20, 9);
    let bits = || {
        let (_, posterior) = posterior(&data, &truth, 50);
        let sum = (0..posterior.draws()).flat_map(|draw| posterior.draw(draw).unwrap().to_vec());
        sum.fold(0_u64, |all, x| all.rotate_left(5) ^ u64::from(x.to_bits()))
    };
    assert_eq!(bits(), bits());
    // Written down once: a machine on which this differs would show other figures for the same record.
    assert_eq!(bits(), 5_525_262_665_471_230_502);
}

#[test]
fn ten_copies_of_an_item_at_a_tenth_each_count_for_one() {
    let (truth, data) = room(40, 3);
    let width = |data: &Data| {
        let (_, posterior) = posterior(data, &truth, 1_200);
        (0..PARTICIPANTS).map(|point| posterior.summary(point).deviation).sum::<f64>()
            / PARTICIPANTS as f64
    };
    let copied = |weight: f64| {
        let mut copied = data.clone();
        copied.items =
            data.items.iter().flat_map(|item| vec![Item { weight, ..item.clone() }; 10]).collect();
        copied
    };
    let (once, weighted, unweighted) = (width(&data), width(&copied(0.1)), width(&copied(1.0)));
    assert!((weighted / once - 1.0).abs() < 0.2, "{weighted} for {once}");
    assert!(unweighted < 0.6 * once, "{unweighted} for {once}");
}

#[test]
fn who_answers_nothing_has_no_point_and_moves_nobody() {
    let (truth, mut data) = room(30, 4);
    let (_, without) = posterior(&data, &truth, 100);
    data.participants += 1;
    let (_, with) = posterior(&data, &truth, 100);
    assert_eq!(with.place(PARTICIPANTS, 0), None);
    assert_eq!(with.draw(3), without.draw(3));
}

#[test]
fn a_range_of_categories_says_less_than_one_of_them() {
    let (truth, data) = room(60, 8);
    let mut vague = data.clone();
    for answer in vague.items.iter_mut().flat_map(|item| &mut item.answers) {
        if answer.participant == 0 && answer.highest > 0 {
            (answer.lowest, answer.highest) = (1, 2);
        }
    }
    let width = |data: &Data| posterior(data, &truth, 1_000).1.summary(0).deviation;
    assert!(width(&vague) > 1.02 * width(&data));
}

#[test]
fn one_more_item_moves_points_at_once_as_a_full_run_would() {
    let (truth, data) = room(40, 12);
    let mut before = data.clone();
    let item = before.items.pop().unwrap();
    let (_, earlier) = posterior(&before, &truth, 2_000);
    let (_, full) = posterior(&data, &truth, 2_000);
    let known: Vec<Standing> =
        (0..PARTICIPANTS).map(|point| earlier.summary(point).into()).collect();
    let quick = updated(&known, &item, 3, 1).unwrap();
    let moved: Vec<f64> = quick.iter().zip(&known).map(|(a, b)| a.mean - b.mean).collect();
    let expected: Vec<f64> =
        (0..PARTICIPANTS).map(|point| full.summary(point).mean - known[point].mean).collect();
    assert!(correlation(&moved, &expected) > 0.6, "{}", correlation(&moved, &expected));
}

#[test]
fn paths_over_periods_are_smooth_and_follow_the_answers() {
    // One participant walks from one end to the other; the others stand still.
    let (table, mut draws) = (Table::new(), Draws::new(21, 0));
    let stand: Vec<f64> = (0..30).map(|_| draws.normal(&table)).collect();
    let periods = 8;
    let mut items = Vec::new();
    for period in 0..periods {
        for _ in 0..25 {
            let slope = draws.normal(&table);
            let cut = draws.normal(&table);
            let answers = (0..30).map(|participant| {
                let x =
                    if participant == 0 { -1.75 + 0.5 * period as f64 } else { stand[participant] };
                Answer::exact(participant, period, u8::from(slope * x + draws.normal(&table) > cut))
            });
            items.push(Item { answers: answers.collect(), weight: 1.0 });
        }
    }
    let data = Data { participants: 30, periods, categories: 2, items };
    let (_, posterior) = posterior(&data, &[&[0.0], &stand[1..]].concat(), 1_000);
    let path: Vec<f64> = (0..periods)
        .map(|period| posterior.summary(posterior.place(0, period).unwrap()).mean)
        .collect();
    assert!(path[periods - 1] - path[0] > 1.2, "{path:?}");
    let moved = posterior
        .difference(posterior.place(0, periods - 1).unwrap(), posterior.place(0, 0).unwrap());
    assert!(moved.low > 0.5, "{moved:?}");
    let still = posterior
        .difference(posterior.place(5, periods - 1).unwrap(), posterior.place(5, 0).unwrap());
    assert!(still.low < 0.3 && still.high > -0.3, "{still:?}");
}
