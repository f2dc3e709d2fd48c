//! Density, slope and curvature of an item against plain sums and differences.

use super::*;
use crate::ideal_point::{Answer, Data, Frame, Item};
use crate::normal::below as chance;

/// An item with all kinds of answers, ranges among them.
fn frame() -> Frame {
    let ranges = [(0, 0), (3, 3), (1, 1), (2, 2), (0, 1), (2, 3), (1, 2), (0, 0), (3, 3), (1, 1)];
    let answers = ranges
        .iter()
        .enumerate()
        .map(|(participant, (lowest, highest))| Answer {
            participant,
            period: 0,
            lowest: *lowest,
            highest: *highest,
        })
        .collect();
    let items = vec![Item { answers, weight: 1.0 }];
    Frame::new(&Data { participants: 10, periods: 1, categories: 4, items }).unwrap()
}

const X: [f64; 10] = [-1.2, 0.9, 0.3, -0.4, 2.0, 0.1, -0.7, 1.5, -2.2, 0.6];
const AT: Parameters = [0.8, -0.5, 0.2, 1.1, 0.0];

fn plain(frame: &Frame, at: &Parameters) -> f64 {
    let mut sum =
        -0.5 * at[0] * at[0] - 0.5 * 0.04 * at[1..4].iter().map(|cut| cut * cut).sum::<f64>();
    for block in &frame.asked[0].blocks {
        for place in &frame.places[block.from..block.to] {
            let x = X[*place as usize];
            let below = block.high.map_or(1.0, |high| chance(at[high + 1] - at[0] * x));
            let under = block.low.map_or(0.0, |low| chance(at[low + 1] - at[0] * x));
            sum += libm::log(below - under);
        }
    }
    sum
}

#[test]
fn density_slope_and_curvature_are_those_of_the_plain_sum() {
    let (frame, table) = (frame(), Table::new());
    let seen = Seen {
        asked: &frame.asked[0],
        places: &frame.places,
        x: &X,
        table: &table,
        prior: (1.0, 0.04),
    };
    let found = seen.evaluate(&AT);
    assert!((found.log_density - plain(&frame, &AT)).abs() < 1e-6);
    let step = 1e-4;
    let moved = |parameter: usize, by: f64, other: usize, by_other: f64| {
        let mut at = AT;
        at[parameter] += by;
        at[other] += by_other;
        plain(&frame, &at)
    };
    for a in 0..4 {
        let slope = (moved(a, step, a, 0.0) - moved(a, -step, a, 0.0)) / (2.0 * step);
        assert!((found.gradient[a] - slope).abs() < 1e-5, "{a}: {} {slope}", found.gradient[a]);
        for b in 0..4 {
            let bend =
                (moved(a, step, b, step) - moved(a, step, b, -step) - moved(a, -step, b, step)
                    + moved(a, -step, b, -step))
                    / (4.0 * step * step);
            assert!((found.information[a][b] + bend).abs() < 1e-4, "{a} {b}");
        }
    }
}

#[test]
fn a_proposal_is_the_normal_density_it_says() {
    let (frame, table) = (frame(), Table::new());
    let seen = Seen {
        asked: &frame.asked[0],
        places: &frame.places,
        x: &X,
        table: &table,
        prior: (1.0, 0.04),
    };
    let found = seen.evaluate(&AT);
    let proposal = Proposal::new(&AT, &found, 4).unwrap();
    let standard = [0.3, -1.1, 0.4, 2.0, 0.0];
    let drawn = proposal.draw(standard);
    let square: f64 = standard.iter().map(|part| part * part).sum();
    let expected = proposal.log_root - 0.5 * square;
    assert!((proposal.log_density(&drawn) - expected).abs() < 1e-9);
    // A Newton step leads uphill.
    assert!(plain(&frame, &proposal.mean) > plain(&frame, &AT));
}
