//! Whether chains of draws agree, and how many independent draws they are worth.
//!
//! Split R-hat and the effective sample size as Gelman and others define them (Bayesian Data
//! Analysis, third edition, 11.4 and 11.5), with Geyer's initial monotone sequence. Agreement of chains is necessary, not sufficient.

/// Returns the split R-hat of chains of one quantity: each is halved; near 1 all halves agree.
///
/// It is 1 where there is nothing to compare, and where nothing varies.
pub fn split_r_hat(chains: &[Vec<f64>]) -> f64 {
    let halves = halves(chains);
    let Some((within, total, _)) = variances(&halves) else { return 1.0 };
    if within > 0.0 { libm::sqrt(total / within) } else { 1.0 }
}

/// Returns how many independent draws the chains are worth, at most as many as there are.
pub fn effective_draws(chains: &[Vec<f64>]) -> f64 {
    let halves = halves(chains);
    let all = whole(halves.iter().map(|half| half.len()).sum());
    let Some((_, total, length)) = variances(&halves) else { return all };
    if total <= 0.0 {
        return all;
    }
    let correlation = |lag: usize| {
        let apart: f64 = halves
            .iter()
            .map(|half| {
                let pairs = half[lag..].iter().zip(*half);
                pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f64>() / whole(length - lag)
            })
            .sum::<f64>()
            / whole(halves.len());
        1.0 - apart / (2.0 * total)
    };
    let (mut sum, mut last) = (0.0, f64::INFINITY);
    let mut lag = 1;
    while lag + 1 < length {
        let pair = (if lag == 1 { 1.0 } else { correlation(lag - 1) }) + correlation(lag);
        if pair <= 0.0 {
            break;
        }
        last = pair.min(last);
        sum += last;
        lag += 2;
    }
    (all / (2.0 * sum - 1.0).max(1.0 / all)).min(all)
}

fn halves(chains: &[Vec<f64>]) -> Vec<&[f64]> {
    let length = chains.iter().map(Vec::len).min().unwrap_or_default() / 2;
    chains.iter().flat_map(|chain| [&chain[..length], &chain[chain.len() - length..]]).collect()
}

/// Returns the variance within, the estimate of the variance of all, and the length of a half.
fn variances(halves: &[&[f64]]) -> Option<(f64, f64, usize)> {
    let length = halves.first()?.len();
    if length < 2 || halves.len() < 2 {
        return None;
    }
    let (count, draws) = (whole(halves.len()), whole(length));
    let means: Vec<f64> = halves.iter().map(|half| half.iter().sum::<f64>() / draws).collect();
    let within = halves
        .iter()
        .zip(&means)
        .map(|(half, mean)| {
            half.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (draws - 1.0)
        })
        .sum::<f64>()
        / count;
    let mean = means.iter().sum::<f64>() / count;
    let between = means.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / (count - 1.0);
    Some((within, within * (draws - 1.0) / draws + between, length))
}

#[expect(clippy::cast_precision_loss, reason = "counts of draws")]
fn whole(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal_table::Table;
    use crate::random::Draws;

    /// A chain in which each draw keeps `memory` of the one before, around `mean`.
    fn chain(stream: u32, memory: f64, mean: f64) -> Vec<f64> {
        let (mut draws, table) = (Draws::new(11, stream), Table::new());
        let mut x = 0.0;
        (0..4_000)
            .map(|_| {
                x = memory * x + libm::sqrt(1.0 - memory * memory) * draws.normal(&table);
                x + mean
            })
            .collect()
    }

    #[test]
    fn independent_draws_of_one_distribution_agree_and_are_worth_what_they_are() {
        let chains = [chain(0, 0.0, 0.0), chain(1, 0.0, 0.0)];
        assert!(split_r_hat(&chains) < 1.005);
        assert!(effective_draws(&chains) > 7_000.0);
    }

    #[test]
    fn a_chain_with_memory_is_worth_less_as_theory_says() {
        // Of an autoregression with memory m, (1 - m) / (1 + m) of the draws count.
        let chains = [chain(0, 0.8, 0.0), chain(1, 0.8, 0.0)];
        let worth = effective_draws(&chains) / 8_000.0;
        assert!((worth - 0.2 / 1.8).abs() < 0.025, "{worth}");
    }

    #[test]
    fn chains_around_different_means_are_found_out() {
        assert!(split_r_hat(&[chain(0, 0.0, 0.0), chain(1, 0.0, 1.0)]) > 1.1);
        let drifting: Vec<f64> = (0_u32..1_000).map(|at| f64::from(at) / 100.0).collect();
        assert!(split_r_hat(&[drifting]) > 1.5);
    }

    #[test]
    fn nothing_to_compare_is_agreement() {
        let is = |found: f64, expected: f64| (found - expected).abs() < 1e-12;
        assert!(is(split_r_hat(&[]), 1.0));
        assert!(is(split_r_hat(&[vec![2.0; 10]]), 1.0));
        assert!(is(effective_draws(&[vec![2.0; 10]]), 10.0));
    }
}
