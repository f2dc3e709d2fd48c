//! Averages over a standard normal, as a short sum: Gauss and Hermite's points and weights.
//!
//! With `n` points the average of any polynomial up to degree `2n - 1` is exact. Whether a function
//! is smooth enough for few points is not known here.

/// One point and its weight; the weights of a rule add up to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Where the function is taken.
    pub at: f64,
    /// How much it counts.
    pub weight: f64,
}

/// Returns the rule with `n` points for a standard normal, from the least point up; `n` at least 1.
pub fn gauss_hermite(n: usize) -> Vec<Node> {
    let n = n.max(1);
    // All roots lie within twice the root of n; between two neighbours there are at least twenty
    // steps of the scan, so that none is missed.
    #[expect(clippy::cast_precision_loss, reason = "a rule has few points")]
    let order = n as f64;
    let reach = 2.0 * libm::sqrt(order) + 1.0;
    let step = 1.0 / (20.0 * libm::sqrt(order));
    let mut nodes = Vec::with_capacity(n);
    // Started beside the lattice of zero, which is a root of every odd rule.
    let mut left = -reach - step / 3.0;
    while nodes.len() < n && left < reach {
        let right = left + step;
        if last(n, left) * last(n, right) < 0.0 {
            let at = root(n, left, right);
            let sum: f64 = hermite(n, at)[..n].iter().map(|value| value * value).sum();
            nodes.push(Node { at, weight: 1.0 / sum });
        }
        left = right;
    }
    nodes
}

fn root(n: usize, mut left: f64, mut right: f64) -> f64 {
    let positive = last(n, right) > 0.0;
    for _ in 0..80 {
        let middle = 0.5 * (left + right);
        if (last(n, middle) > 0.0) == positive {
            right = middle;
        } else {
            left = middle;
        }
    }
    0.5 * (left + right)
}

fn last(n: usize, x: f64) -> f64 {
    hermite(n, x)[n]
}

/// The Hermite polynomials up to degree `n` at `x`, each scaled to unit length under the normal.
fn hermite(n: usize, x: f64) -> Vec<f64> {
    let mut values = vec![1.0, x];
    let mut degree = 1.0;
    for k in 1..n {
        let next = (x * values[k] - libm::sqrt(degree) * values[k - 1]) / libm::sqrt(degree + 1.0);
        values.push(next);
        degree += 1.0;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_normal_are_exact() {
        for n in 1..=32 {
            let nodes = gauss_hermite(n);
            assert_eq!(nodes.len(), n);
            let mut moment = 1.0;
            for half in 0..n.min(8) {
                let power = i32::try_from(2 * half).expect("small");
                let sum: f64 = nodes.iter().map(|node| node.weight * node.at.powi(power)).sum();
                assert!((sum - moment).abs() < 1e-9 * moment, "{n} points, moment {power}: {sum}");
                moment *= f64::from(power) + 1.0;
            }
        }
    }
}
