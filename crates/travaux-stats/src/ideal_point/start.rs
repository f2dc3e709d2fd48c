//! Where a chain starts: the main line of the answers, found by power iteration, and cuts from how many
//! answered what.

use super::Settings;
use super::data::{Asked, CATEGORIES_MAX, Frame};
use super::item::Parameters;
use crate::normal_table::Table;

const ROUNDS: usize = 30;

/// Returns a place for every point, the same in all periods of a participant.
pub(super) fn points(frame: &Frame, settings: &Settings) -> Vec<f64> {
    let scores = scores(frame);
    let who = |place: usize| frame.points[frame.places[place] as usize].participant;
    let mut counts = vec![0.0_f64; frame.paths.len()];
    for place in 0..frame.places.len() {
        counts[who(place)] += 1.0;
    }
    // Any start that is not all alike leads to the main line; this one is spread out by number.
    let mut at: Vec<f64> = (0..frame.paths.len()).map(spread).collect();
    for _ in 0..ROUNDS {
        let mut next = vec![0.0; at.len()];
        for asked in &frame.asked {
            let answers = || asked.blocks.iter().flat_map(|block| block.from..block.to);
            let load: f64 = answers().map(|place| scores[place] * at[who(place)]).sum();
            let count: f64 = answers().map(|_| 1.0).sum();
            for place in answers() {
                next[who(place)] += asked.weight * scores[place] * load / count;
            }
        }
        for (next, count) in next.iter_mut().zip(&counts) {
            *next /= f64::max(*count, 5.0);
        }
        scale(&mut next, &counts);
        at = next;
    }
    if let Some((upper, lower)) = settings.anchors
        && at.get(upper).copied().unwrap_or_default() < at.get(lower).copied().unwrap_or_default()
    {
        for x in &mut at {
            *x = -*x;
        }
    }
    frame.points.iter().map(|point| at[point.participant].clamp(-2.5, 2.5)).collect()
}

/// Returns cuts that give each category its share where the slope is nought, and that slope.
pub(super) fn parameters(frame: &Frame, asked: &Asked, table: &Table) -> Parameters {
    let mut at = [0.0; CATEGORIES_MAX];
    let count = |keep: &dyn Fn(usize) -> bool| -> f64 {
        let blocks = asked.blocks.iter().filter(|block| block.high.is_some_and(keep));
        blocks
            .map(|block| frame.places[block.from..block.to].iter().map(|_| 1.0).sum::<f64>())
            .sum()
    };
    let all = count(&|_| true)
        + asked
            .blocks
            .iter()
            .filter(|block| block.high.is_none())
            .map(|block| frame.places[block.from..block.to].iter().map(|_| 1.0).sum::<f64>())
            .sum::<f64>();
    let mut last = f64::NEG_INFINITY;
    for cut in 0..asked.above.len() {
        let share = (count(&|high| high <= cut) + 0.5) / (all + 1.0);
        // Ranges may leave two cuts with the same share; they stand apart all the same.
        last = table.quantile(share.clamp(1e-6, 1.0 - 1e-6)).max(last + 0.05);
        at[cut + 1] = last;
    }
    at
}

/// Returns of each answer how far above the item's mean it lies.
fn scores(frame: &Frame) -> Vec<f64> {
    let mut scores = vec![0.0; frame.places.len()];
    for asked in &frame.asked {
        let cuts = asked.above.len();
        let (mut sum, mut count) = (0.0, 0.0);
        for block in &asked.blocks {
            let middle = whole(block.low.map_or(0, |low| low + 1))
                .midpoint(whole(block.high.unwrap_or(cuts)));
            for score in &mut scores[block.from..block.to] {
                *score = middle;
                sum += middle;
                count += 1.0;
            }
        }
        for block in &asked.blocks {
            for score in &mut scores[block.from..block.to] {
                *score -= sum / count;
            }
        }
    }
    scores
}

fn scale(at: &mut [f64], counts: &[f64]) {
    let there = || counts.iter().map(|count| if *count > 0.0 { 1.0 } else { 0.0 });
    let count: f64 = there().sum();
    if count < 1.0 {
        return;
    }
    let mean = at.iter().zip(there()).map(|(x, one)| x * one).sum::<f64>() / count;
    let square =
        at.iter().zip(there()).map(|(x, one)| one * (x - mean) * (x - mean)).sum::<f64>() / count;
    let scale = libm::sqrt(square).max(1e-12);
    for (x, one) in at.iter_mut().zip(there()) {
        *x = one * (*x - mean) / scale;
    }
}

fn spread(number: usize) -> f64 {
    let turned = (whole(number) + 1.0) * 0.618_033_988_749_895;
    turned - libm::floor(turned) - 0.5
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn whole(number: usize) -> f64 {
    number as f64
}
