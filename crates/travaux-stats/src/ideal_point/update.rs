//! What one more item says, at once: a small posterior around the points as they stood.
//!
//! The other items are not asked again; their whole say is the normal distribution that each point had. A full
//! run with the new item is the answer to keep; this one is for the minutes before it is there.

use super::Settings;
use super::chain::Chain;
use super::data::{Data, DataError, Frame, Item};
use super::posterior::{Posterior, Summary};

/// What is known of one participant's point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub deviation: f64,
}

impl From<Summary> for Standing {
    fn from(summary: Summary) -> Self {
        Self { mean: summary.mean, deviation: summary.deviation }
    }
}

/// Returns where the participants stand after one more item, in the order of `known`.
///
/// The answers name participants by their place in `known` and period 0.
///
/// # Errors
///
/// The answers name somebody who is not in `known`, or contradict themselves.
pub fn updated(
    known: &[Standing],
    item: &Item,
    categories: u8,
    seed: u64,
) -> Result<Vec<Standing>, DataError> {
    const SWEEPS: usize = 500;
    let data =
        Data { participants: known.len(), periods: 1, categories, items: vec![item.clone()] };
    let frame = Frame::new(&data)?;
    let before = known.iter().map(|one| Some((one.mean, one.deviation * one.deviation))).collect();
    let settings = Settings { kept: 1, standardised: false, before, ..Settings::new(SWEEPS, seed) };
    let posterior = Posterior::new(&frame, vec![Chain::new(&frame, &settings, 0).run()]);
    let standing = |(participant, one): (usize, &Standing)| {
        posterior.place(participant, 0).map_or(*one, |place| posterior.summary(place).into())
    };
    Ok(known.iter().enumerate().map(standing).collect())
}
