//! Where bargaining on a line of options ends: the compromise model beside plain alternatives.
//!
//! The compromise is the mean of positions, each weighed by salience and power; on decisions of the
//! European Union it was found hard to beat (Thomson, Stokman, Achen and König 2006; Schneider, Finke
//! and Bailer 2010). Error bars come from errors in the positions (Leinaweaver and Thomson 2014). What
//! the positions are is not known here, and salience is never made up: without it, it counts equal and
//! the answer says so.

use crate::normal;

/// One actor on one issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Actor {
    /// Where it stands on the line.
    pub position: f64,
    /// How unsure that is: a standard deviation.
    pub unsure: f64,
    /// How much the issue matters to it, if known.
    pub salience: Option<f64>,
    /// How much it weighs.
    pub power: f64,
}

/// Where an issue may end, and what is known without any model.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// Where the text stood before.
    pub status_quo: Option<f64>,
    /// What the chair last proposed.
    pub chairs_text: Option<f64>,
}

/// What each method says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// The mean by salience and power.
    pub compromise: f64,
    /// The standard error of the compromise.
    pub error: f64,
    /// The plain mean.
    pub mean: f64,
    /// The median by power.
    pub median: f64,
    /// Where the text stood before.
    pub status_quo: Option<f64>,
    /// What the chair last proposed.
    pub chairs_text: Option<f64>,
    /// Of how many actors the salience is known.
    pub with_salience: usize,
}

impl Said {
    /// Returns the central interval of `share` around the compromise.
    pub fn interval(&self, share: f64) -> (f64, f64) {
        let reach = self.error * normal::quantile(f64::midpoint(1.0, share));
        (self.compromise - reach, self.compromise + reach)
    }

    /// Returns how far apart the methods lie: the spread that a single number would hide.
    pub fn disagreement(&self) -> f64 {
        let all = [
            Some(self.compromise),
            Some(self.mean),
            Some(self.median),
            self.status_quo,
            self.chairs_text,
        ];
        let all = all.into_iter().flatten();
        all.clone().fold(f64::MIN, f64::max) - all.fold(f64::MAX, f64::min)
    }
}

/// Says where an issue would end; none where nobody has a position or any weight.
///
/// Beside the errors of the positions, the error counts that other actors than those heard could have
/// been heard: the weighted scatter of the positions themselves, as of a sample.
pub fn outcome(actors: &[Actor], known: Known) -> Option<Said> {
    let with_salience = actors.iter().filter(|actor| actor.salience.is_some()).count();
    let heard: Vec<f64> = actors.iter().filter_map(|actor| actor.salience).collect();
    // Who gave no salience counts as the mean of those who did; where none did, all count equal.
    let usual = if heard.is_empty() { 1.0 } else { mean(&heard)? };
    let weights: Vec<f64> =
        actors.iter().map(|actor| actor.salience.unwrap_or(usual) * actor.power).collect();
    let total: f64 = weights.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return None;
    }
    let of = |value: &dyn Fn(&Actor) -> f64| -> f64 {
        actors.iter().zip(&weights).map(|(actor, weight)| weight * value(actor)).sum::<f64>()
            / total
    };
    let compromise = of(&|actor| actor.position);
    let variance: f64 = actors
        .iter()
        .zip(&weights)
        .map(|(actor, weight)| {
            let share = weight / total;
            let scatter = actor.position - compromise;
            share * share * (actor.unsure * actor.unsure + scatter * scatter)
        })
        .sum();
    let positions: Vec<f64> = actors.iter().map(|actor| actor.position).collect();
    Some(Said {
        compromise,
        error: libm::sqrt(variance),
        mean: mean(&positions)?,
        median: median(actors)?,
        status_quo: known.status_quo,
        chairs_text: known.chairs_text,
        with_salience,
    })
}

fn mean(values: &[f64]) -> Option<f64> {
    crate::score::mean(values.iter().copied())
}

/// The position that half of the power lies at or below; between two, the middle.
fn median(actors: &[Actor]) -> Option<f64> {
    let mut sorted: Vec<&Actor> = actors.iter().collect();
    sorted.sort_by(|one, other| one.position.total_cmp(&other.position));
    let half = sorted.iter().map(|actor| actor.power).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    for (place, actor) in sorted.iter().enumerate() {
        sum += actor.power;
        if (sum - half).abs() <= 1e-12 * half.max(1.0) {
            let next = sorted.get(place + 1).map_or(actor.position, |next| next.position);
            return Some(f64::midpoint(actor.position, next));
        }
        if sum > half {
            return Some(actor.position);
        }
    }
    None
}

/// Pools several forecasts of the same options: the geometric mean of the chances, scaled to one.
///
/// Several experts together were found better than any one model (Sprinz and others 2016). None where
/// the forecasts differ in length, or rule everything out together.
pub fn pooled(forecasts: &[Vec<f64>]) -> Option<Vec<f64>> {
    let options = forecasts.first()?.len();
    if forecasts.iter().any(|one| one.len() != options) {
        return None;
    }
    let share = 1.0 / count(forecasts.len());
    let logs = (0..options).map(|option| {
        let sum: f64 = forecasts.iter().map(|one| libm::log(one[option])).sum();
        libm::exp(share * sum)
    });
    let chances: Vec<f64> = logs.collect();
    let total: f64 = chances.iter().sum();
    (total > 0.0).then(|| chances.iter().map(|chance| chance / total).collect())
}

fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(position: f64, salience: Option<f64>, power: f64) -> Actor {
        Actor { position, unsure: 0.0, salience, power }
    }

    #[test]
    fn the_compromise_weighs_by_salience_and_power() {
        let actors =
            [actor(0.0, Some(1.0), 1.0), actor(100.0, Some(3.0), 1.0), actor(50.0, Some(2.0), 2.0)];
        let said = outcome(&actors, Known::default()).expect("actors");
        assert!((said.compromise - (300.0 + 200.0) / 8.0).abs() < 1e-12);
        assert!((said.mean - 50.0).abs() < 1e-12 && (said.median - 50.0).abs() < 1e-12);
        assert_eq!(said.with_salience, 3);
    }

    #[test]
    fn without_salience_all_count_equal_and_it_is_said() {
        let said = outcome(&[actor(0.0, None, 1.0), actor(1.0, None, 1.0)], Known::default())
            .expect("actors");
        assert!((said.compromise - 0.5).abs() < 1e-12 && (said.median - 0.5).abs() < 1e-12);
        assert_eq!(said.with_salience, 0);
        assert_eq!(outcome(&[], Known::default()), None);
    }

    #[test]
    fn errors_of_positions_and_few_actors_widen_the_interval() {
        let few = [actor(0.0, None, 1.0), actor(1.0, None, 1.0)];
        let many: Vec<Actor> = few.iter().cycle().take(200).copied().collect();
        let unsure: Vec<Actor> = many.iter().map(|one| Actor { unsure: 2.0, ..*one }).collect();
        let error = |actors: &[Actor]| outcome(actors, Known::default()).expect("actors").error;
        assert!(error(&few) > 5.0 * error(&many) && error(&unsure) > 2.0 * error(&many));
        let said =
            outcome(&few, Known { status_quo: Some(-1.0), chairs_text: None }).expect("actors");
        assert!((said.disagreement() - 1.5).abs() < 1e-12);
        let (low, high) = said.interval(0.8);
        assert!(low < said.compromise && said.compromise < high);
    }

    #[test]
    fn pooling_needs_the_same_options_and_keeps_what_all_agree_on() {
        let one = vec![0.7, 0.2, 0.1];
        let pool = pooled(&[one.clone(), one.clone()]).expect("the same options");
        for (pooled, one) in pool.iter().zip(&one) {
            assert!((pooled - one).abs() < 1e-12);
        }
        assert_eq!(pooled(&[vec![1.0, 0.0], vec![0.0, 1.0]]), None);
        assert_eq!(pooled(&[vec![1.0], vec![0.5, 0.5]]), None);
    }
}
