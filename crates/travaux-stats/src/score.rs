//! How good forecasts were: Brier and log score, coverage of intervals, reliability.
//!
//! Lower is better for the Brier score, higher for the log score. Whether a forecast was made before
//! its answer was known is for the caller to see to.

/// Returns the mean squared difference between chances and what happened; none without forecasts.
pub fn brier(forecasts: &[(f64, bool)]) -> Option<f64> {
    mean(forecasts.iter().map(|(chance, happened)| {
        let miss = chance - f64::from(u8::from(*happened));
        miss * miss
    }))
}

/// Returns the mean natural logarithm of the chance given to what happened; none without forecasts.
pub fn log_score(forecasts: &[(f64, bool)]) -> Option<f64> {
    mean(
        forecasts
            .iter()
            .map(|(chance, happened)| libm::log(if *happened { *chance } else { 1.0 - chance })),
    )
}

/// Returns the mean; none of nothing.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

/// One class of a reliability diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// How many forecasts fall in it.
    pub forecasts: usize,
    /// The mean chance they gave.
    pub said: f64,
    /// The share of them that came true.
    pub happened: f64,
}

/// Sorts forecasts into `classes` of equal width and compares what was said with what happened;
/// classes without a forecast are left out.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the number of a class, and counts of forecasts"
)]
pub fn reliability(forecasts: &[(f64, bool)], classes: usize) -> Vec<Reliability> {
    let mut sums = vec![(0_usize, 0.0, 0_usize); classes];
    for (chance, happened) in forecasts {
        let class = ((chance * classes as f64) as usize).min(classes - 1);
        sums[class].0 += 1;
        sums[class].1 += chance;
        sums[class].2 += usize::from(*happened);
    }
    let used = sums.into_iter().filter(|(count, ..)| *count > 0);
    used.map(|(forecasts, said, happened)| Reliability {
        forecasts,
        said: said / forecasts as f64,
        happened: happened as f64 / forecasts as f64,
    })
    .collect()
}

/// How often an interval held what happened, where some answers are not known yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// The share below the interval.
    pub below: f64,
    /// The share within it.
    pub within: f64,
    /// The share above it.
    pub above: f64,
    /// How many forecasts were counted.
    pub forecasts: usize,
}

/// Returns how often the central interval of `share` held the answer, by Kaplan and Meier's estimate.
///
/// Each forecast is given as the place of its answer in the forecast distribution (0 to 1), and
/// whether that is the answer, or only how far it is known not to have come by now. Leaving the
/// latter out would count quick answers only.
#[expect(clippy::cast_precision_loss, reason = "counts of forecasts")]
pub fn coverage(places: &[(f64, bool)], share: f64) -> Option<Coverage> {
    if places.is_empty() {
        return None;
    }
    let mut sorted = places.to_vec();
    // What is known to that place only has not happened at that place.
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    let (low, high) = ((1.0 - share) / 2.0, f64::midpoint(1.0, share));
    let (mut left, mut at_low, mut at_high) = (1.0, 1.0, 1.0);
    for (count, (place, known)) in sorted.iter().enumerate() {
        if *known {
            left *= 1.0 - 1.0 / (sorted.len() - count) as f64;
        }
        if *place < low {
            at_low = left;
        }
        if *place <= high {
            at_high = left;
        }
    }
    let (below, above) = (1.0 - at_low, at_high);
    Some(Coverage { below, within: at_low - at_high, above, forecasts: places.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certain_forecast_that_comes_true_scores_best() {
        let right = [(1.0, true), (0.0, false)];
        assert_eq!((brier(&right), log_score(&right)), (Some(0.0), Some(0.0)));
        assert_eq!(brier(&[(0.5, true), (0.5, false)]), Some(0.25));
        assert_eq!((brier(&[]), log_score(&[])), (None, None));
    }

    #[test]
    fn reliability_compares_what_was_said_with_what_happened() {
        let classes = reliability(&[(0.1, false), (0.3, true), (0.9, true), (1.0, true)], 2);
        assert_eq!(classes.len(), 2);
        assert!((classes[0].said - 0.2).abs() < 1e-12 && (classes[0].happened - 0.5).abs() < 1e-12);
        assert!(
            (classes[1].said - 0.95).abs() < 1e-12 && (classes[1].happened - 1.0).abs() < 1e-12
        );
    }

    #[test]
    fn coverage_counts_answers_and_what_is_not_known_yet() {
        let all_known: Vec<(f64, bool)> =
            (0..100).map(|i| (f64::from(i) / 100.0 + 0.005, true)).collect();
        let found = coverage(&all_known, 0.8).expect("forecasts");
        assert!((found.within - 0.8).abs() < 1e-9 && (found.below - 0.1).abs() < 1e-9);
        // Half of the answers are known only not to have come by the middle: what comes later is
        // spread as it was for the others, which is not known here either, so all weight goes above.
        let half: Vec<(f64, bool)> = all_known
            .iter()
            .map(|(place, _)| if *place < 0.5 { (*place, true) } else { (0.5, false) })
            .collect();
        let found = coverage(&half, 0.8).expect("forecasts");
        assert!((found.below - 0.1).abs() < 1e-9 && (found.within - 0.4).abs() < 1e-9);
        assert!((found.above - 0.5).abs() < 1e-9);
    }
}
