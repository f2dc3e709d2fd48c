//! Votes that move together: each delegation's chances, given what shakes them all.
//!
//! A vote is where a delegation falls on a line from against over abstaining to in favour. What is
//! shared moves all of them, each by its own loading; what is left is its own. The line is scaled so
//! that the chances without knowledge of the shock stay exactly what they were. Whether a delegation
//! comes at all is not moved. How large the loadings are is for the caller to estimate.

use super::{Chances, Vote};
use crate::normal;
use crate::quadrature::gauss_hermite;

/// Returns the chances of all delegations at each point of the shared shock, with its weight.
///
/// `loadings` are in standard deviations of a delegation's own part: at 1, half of the variance is
/// shared. The weights add up to one.
pub fn shaken(room: &[Chances], loadings: &[f64], points: usize) -> Vec<(f64, Vec<Chances>)> {
    let nodes = gauss_hermite(points);
    let at = |shock: f64| {
        room.iter().zip(loadings).map(|(chances, loading)| chances.given(*loading, shock)).collect()
    };
    nodes.into_iter().map(|node| (node.weight, at(node.at))).collect()
}

impl Chances {
    /// Returns the chances given the shared shock, in standard deviations; those in favour rise with
    /// the shock where the loading is positive.
    #[must_use]
    pub fn given(&self, loading: f64, shock: f64) -> Self {
        let present = self.of(Vote::Yes) + self.of(Vote::No) + self.of(Vote::Abstain);
        if present <= 0.0 {
            return *self;
        }
        let scale = libm::sqrt(1.0 + loading * loading);
        let below = |share: f64| normal::below(normal::quantile(share) * scale - loading * shock);
        let no = below((self.no / present).clamp(0.0, 1.0));
        // Measured from the other end, so that a small chance in favour keeps its digits.
        let yes = {
            let share = (self.yes / present).clamp(0.0, 1.0);
            normal::below(normal::quantile(share) * scale + loading * shock)
        };
        let abstain = (1.0 - no - yes).max(0.0);
        Self {
            yes: present * yes,
            no: present * no,
            abstain: present * abstain,
            absent: self.absent,
        }
    }
}
