//! A room small enough to integrate: the sampler gives the means of the sum over a grid.

use travaux_stats::ideal_point::{Answer, Chain, Data, Frame, Item, Posterior, Settings};
use travaux_stats::normal::{below as chance, density};

/// What three participants answered to three items, two of them in the first period and one in the second.
const ANSWERS: [[u8; 3]; 3] = [[0, 1, 1], [0, 0, 1], [1, 0, 1]];
const CUT_VARIANCE: f64 = 1.0;
const STEP_VARIANCE: f64 = 0.5;

fn data() -> Data {
    let items = ANSWERS.iter().enumerate().map(|(number, answers)| Item {
        answers: answers
            .iter()
            .enumerate()
            .map(|(participant, category)| Answer::exact(participant, number / 2, *category))
            .collect(),
        weight: 1.0,
    });
    Data { participants: 3, periods: 2, categories: 2, items: items.collect() }
}

/// Knots and weights for the mean over a standard normal distribution.
fn grid(count: u32, reach: f64) -> Vec<(f64, f64)> {
    let step = 2.0 * reach / f64::from(count - 1);
    let knots: Vec<(f64, f64)> = (0..count)
        .map(|knot| f64::from(knot) * step - reach)
        .map(|x| (x, density(x) * step))
        .collect();
    let all: f64 = knots.iter().map(|(_, weight)| weight).sum();
    knots.into_iter().map(|(x, weight)| (x, weight / all)).collect()
}

/// The probability of an item's answers at these points, over all slopes and cuts, after a step of this
/// variance from the points.
fn likelihood(answers: [u8; 3], x: [f64; 3], step: f64, parameters: &[(f64, f64)]) -> f64 {
    let mut sum = 0.0;
    for (slope, slope_weight) in parameters {
        // The step and the noise are one normal noise.
        let spread = (1.0 + slope * slope * step).sqrt();
        for (cut, cut_weight) in parameters {
            let each = answers.iter().zip(x).map(|(category, x)| {
                let below = chance((cut * CUT_VARIANCE.sqrt() - slope * x) / spread);
                if *category == 0 { below } else { 1.0 - below }
            });
            sum += slope_weight * cut_weight * each.product::<f64>();
        }
    }
    sum
}

/// The posterior mean of the products of all pairs among the points of the first period, by the grid.
fn exact() -> [f64; 3] {
    let (points, parameters) = (grid(15, 3.8), grid(25, 4.2));
    let mut sums = [0.0; 4];
    for (a, a_weight) in &points {
        for (b, b_weight) in &points {
            for (c, c_weight) in &points {
                let x = [*a, *b, *c];
                let weight = a_weight
                    * b_weight
                    * c_weight
                    * likelihood(ANSWERS[0], x, 0.0, &parameters)
                    * likelihood(ANSWERS[1], x, 0.0, &parameters)
                    * likelihood(ANSWERS[2], x, STEP_VARIANCE, &parameters);
                for (sum, product) in sums.iter_mut().zip([a * b, a * c, b * c, 1.0]) {
                    *sum += weight * product;
                }
            }
        }
    }
    [sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3]]
}

#[test]
fn the_sampler_gives_the_means_of_the_sum_over_a_grid() {
    let data = data();
    let frame = Frame::new(&data).unwrap();
    let settings = Settings {
        standardised: false,
        cut_variance: CUT_VARIANCE,
        step_variance: STEP_VARIANCE,
        kept: 200_000,
        ..Settings::new(250_000, 3)
    };
    let posterior = Posterior::new(&frame, vec![Chain::new(&frame, &settings, 0).run()]);
    let place = |participant| posterior.place(participant, 0).unwrap();
    let product = |a, b| {
        let products = posterior.drawn(place(a)).zip(posterior.drawn(place(b))).map(|(a, b)| a * b);
        products.sum::<f64>() / posterior.draws() as f64
    };
    let found = [product(0, 1), product(0, 2), product(1, 2)];
    let expected = exact();
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 0.015, "{found} is not {expected}");
    }
}
