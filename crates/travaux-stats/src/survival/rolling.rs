//! Forecasts as they would have been made, year by year, each with what was known before that year.
//!
//! A model is fitted at the beginning of each year to what had happened by then, recalibrated on how
//! the forecasts of earlier years had done by then, and asked about the treaties of that year. Nothing
//! later is looked at. Selection is not undone: only treaties that came to be are seen.

use super::{FitError, Knows, Model, Origin, Seen, Treaty, Wait, fit};

/// A forecast that was made, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rolled {
    /// When and in what case.
    pub origin: Origin,
    /// What the model said.
    pub wait: Wait,
}

/// After how many years a case counts half.
const HALF_LIFE: f64 = 10.0;
/// A case counts once it has been watched for so long.
const WATCHED: f64 = 0.25;

/// Makes the forecasts of every year from `first` on, and the model of the end of observation.
///
/// # Errors
/// When even at the end there are too few cases to fit a model.
pub fn roll(
    treaties: &[Treaty],
    knows: Knows,
    first: u16,
) -> Result<(Vec<Rolled>, Model), FitError> {
    let mut origins: Vec<Origin> = Vec::new();
    for (place, treaty) in treaties.iter().enumerate() {
        origins.extend(treaty.origins(place));
    }
    if knows == Knows::Deposits {
        for origin in &mut origins {
            origin.case.pending = None;
        }
    }
    let end = treaties.iter().map(|treaty| treaty.opened + treaty.observed).fold(0.0, f64::max);
    let mut rolled: Vec<Rolled> = Vec::new();
    let mut year = f64::from(first);
    while year < end {
        // In the first years there is too little to learn from; no forecast is made then.
        if let Ok(model) = learnt(&origins, &rolled, year) {
            let of_year = origins.iter().filter(|one| (year..year + 1.0).contains(&one.at));
            rolled.extend(of_year.map(|one| Rolled { origin: *one, wait: model.wait(&one.case) }));
        }
        year += 1.0;
    }
    let model = learnt(&origins, &rolled, end)?;
    Ok((rolled, model))
}

/// The model that could be fitted at a time.
fn learnt(origins: &[Origin], rolled: &[Rolled], at: f64) -> Result<Model, FitError> {
    let seen = weighed(origins.iter(), at, Some(HALF_LIFE));
    let places: Vec<Origin> = rolled.iter().map(|one| one.origin).collect();
    let outcomes = weighed(places.iter(), at, None);
    // The waits of earlier years, with the spread their models had before it was recalibrated.
    let made = rolled.iter().filter(|one| one.origin.at < at - WATCHED).map(|one| one.wait.plain());
    let earlier: Vec<(Seen, Wait)> = outcomes.into_iter().zip(made).collect();
    fit(&seen, &earlier)
}

/// What was known at a time of each case watched long enough; the cases of one treaty together count
/// as one (times ten, against the ridge), and the less the older they are with a half-life.
fn weighed<'a>(
    origins: impl Iterator<Item = &'a Origin> + Clone,
    at: f64,
    half_life: Option<f64>,
) -> Vec<Seen> {
    let watched = origins.filter(|one| one.at < at - WATCHED);
    let mut of_treaty: Vec<f64> = Vec::new();
    for one in watched.clone() {
        if of_treaty.len() <= one.treaty {
            of_treaty.resize(one.treaty + 1, 0.0);
        }
        of_treaty[one.treaty] += 1.0;
    }
    watched
        .map(|one| {
            let since = at - one.at;
            let share = half_life.map_or(1.0, |half_life| 10.0 * libm::exp2(-since / half_life));
            one.seen(since, share / of_treaty[one.treaty])
        })
        .collect()
}
