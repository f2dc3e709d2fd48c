//! How far participants agree: within a group, two by two, and two coders with each other.
//!
//! Some agreement comes about by chance: where nearly all vote yes, two who do not know each other agree most of the time. Scott's pi,
//! Cohen's kappa and Krippendorff's alpha take that away. What the categories mean is not known here.

use crate::random::Draws;

/// A figure between two bounds that hold nine tenths of its resampled values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounded {
    /// The figure.
    pub value: f64,
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// Returns the agreement index of one vote (Hix, Noury and Roland 2005): 1 where all voted alike, 0 where the votes spread evenly
/// over three choices. None where nobody voted.
pub fn agreement_index(yes: u32, no: u32, abstain: u32) -> Option<f64> {
    let all = f64::from(yes) + f64::from(no) + f64::from(abstain);
    let most = f64::from(yes.max(no).max(abstain));
    (all > 0.0).then(|| (most - 0.5 * (all - most)) / all)
}

/// Returns the mean agreement index over votes, with the bounds of resampling the votes `rounds` times.
///
/// Votes in which nobody took part are left aside; none where nobody ever voted.
pub fn cohesion(votes: &[[u32; 3]], rounds: usize, seed: u64) -> Option<Bounded> {
    let each: Vec<f64> =
        votes.iter().filter_map(|vote| agreement_index(vote[0], vote[1], vote[2])).collect();
    if each.is_empty() {
        return None;
    }
    let mut draws = Draws::new(seed, 0);
    let mut means: Vec<f64> = (0..rounds)
        .map(|_| mean((0..each.len()).map(|_| each[draws.below(each.len())]), each.len()))
        .collect();
    means.sort_by(f64::total_cmp);
    let value = mean(each.iter().copied(), each.len());
    let at = |share: usize| means.get(means.len() * share / 20).copied().unwrap_or(value);
    Some(Bounded { value, low: at(1), high: at(19) })
}

/// How two participants, or two coders, put the same things into categories: `table[a][b]` things were `a` for the
/// one and `b` for the other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Paired {
    table: Vec<Vec<u32>>,
}

impl Paired {
    /// Counts pairs of categories below `categories`; others are left aside.
    pub fn new(categories: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut table = vec![vec![0; categories]; categories];
        for (a, b) in pairs {
            if let Some(count) = table.get_mut(a).and_then(|row| row.get_mut(b)) {
                *count += 1;
            }
        }
        Self { table }
    }

    /// Returns how many things both put into a category.
    pub fn count(&self) -> u32 {
        self.table.iter().flatten().sum()
    }

    /// Returns the share of things in the same category for both; none where there are none.
    pub fn observed(&self) -> Option<f64> {
        let alike: u32 = (0..self.table.len()).map(|category| self.table[category][category]).sum();
        let all = self.count();
        (all > 0).then(|| f64::from(alike) / f64::from(all))
    }

    /// Returns Scott's pi: agreement beyond chance, both drawing from the same shares. None where there is nothing
    /// to compare, or chance alone would make them agree always.
    pub fn pi(&self) -> Option<f64> {
        let all = f64::from(self.count());
        let expected =
            self.margins().map(|(a, b)| ((a + b) / (2.0 * all)) * ((a + b) / (2.0 * all))).sum();
        beyond(self.observed()?, expected)
    }

    /// Returns Cohen's kappa: the same, each drawing from shares of its own.
    pub fn kappa(&self) -> Option<f64> {
        let all = f64::from(self.count());
        let expected = self.margins().map(|(a, b)| (a / all) * (b / all)).sum();
        beyond(self.observed()?, expected)
    }

    /// How often the one and the other used each category.
    fn margins(&self) -> impl Iterator<Item = (f64, f64)> {
        (0..self.table.len()).map(|category| {
            let row: u32 = self.table[category].iter().sum();
            let column: u32 = self.table.iter().map(|row| row[category]).sum();
            (f64::from(row), f64::from(column))
        })
    }
}

/// How categories lie to each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scale {
    /// One is as far from another as any.
    Nominal,
    /// They stand in order; how far apart is given by how many units lie between.
    Ordinal,
}

/// Returns Krippendorff's alpha of several coders: 1 where they agree on everything, 0 where as chance would have it.
///
/// A row is a thing, with the category each coder gave it, or none. Things with fewer than two codes say
/// nothing. None where nothing varies (Krippendorff, *Content Analysis*, chapter 11).
pub fn alpha(things: &[Vec<Option<usize>>], scale: Scale) -> Option<f64> {
    let categories = things.iter().flatten().flatten().max()? + 1;
    let mut coincidences = vec![vec![0.0; categories]; categories];
    for thing in things {
        let codes: Vec<usize> = thing.iter().flatten().copied().collect();
        if codes.len() < 2 {
            continue;
        }
        let share = 1.0 / whole(codes.len() - 1);
        for (place, a) in codes.iter().enumerate() {
            for b in codes.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, b)| b) {
                coincidences[*a][*b] += share;
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = totals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..categories {
        for b in 0..categories {
            let apart = distance(a, b, &totals, scale);
            observed += coincidences[a][b] * apart;
            expected += totals[a] * totals[b] * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
}

/// Krippendorff's squared difference between two categories.
fn distance(a: usize, b: usize, totals: &[f64], scale: Scale) -> f64 {
    if a == b {
        return 0.0;
    }
    match scale {
        Scale::Nominal => 1.0,
        Scale::Ordinal => {
            let (low, high) = (a.min(b), a.max(b));
            let between: f64 = totals[low..=high].iter().sum();
            let apart = between - f64::midpoint(totals[low], totals[high]);
            apart * apart
        }
    }
}

/// Agreement beyond chance, of what chance leaves open.
fn beyond(observed: f64, expected: f64) -> Option<f64> {
    (expected < 1.0 - 1e-12).then(|| (observed - expected) / (1.0 - expected))
}

fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / whole(count)
}

#[expect(clippy::cast_precision_loss, reason = "counts of votes and coders")]
fn whole(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} is not {expected}");
    }

    #[test]
    fn the_agreement_index_equals_a_table_computed_by_hand() {
        // Yes, no, abstain; the largest less half of the rest, of all.
        for (yes, no, abstain, by_hand) in [
            (27, 0, 0, 1.0),
            (9, 9, 9, 0.0),
            (20, 5, 2, 33.0 / 54.0),
            (1, 1, 0, 0.25),
            (0, 0, 4, 1.0),
            (93, 72, 28, (93.0 - 50.0) / 193.0),
        ] {
            near(agreement_index(yes, no, abstain), by_hand);
        }
        assert_eq!(agreement_index(0, 0, 0), None);
    }

    #[test]
    fn cohesion_is_the_mean_over_votes_between_its_bounds() {
        let votes = [[27, 0, 0], [20, 5, 2], [0, 0, 0], [9, 9, 9]];
        let found = cohesion(&votes, 1_000, 1).unwrap();
        near(Some(found.value), (1.0 + 33.0 / 54.0) / 3.0);
        assert!(found.low <= found.value && found.value <= found.high);
        assert_eq!(cohesion(&votes, 1_000, 1), Some(found));
        assert_eq!(cohesion(&[[0, 0, 0]], 10, 1), None);
    }

    #[test]
    fn agreement_beyond_chance_equals_cohens_example() {
        // Cohen 1960 writes shares; 25 + 10 and 15 + 50 of a hundred are a known example: po 0.75.
        let pairs = [((0, 0), 25), ((0, 1), 10), ((1, 0), 15), ((1, 1), 50)];
        let paired = Paired::new(2, pairs.iter().flat_map(|(pair, times)| vec![*pair; *times]));
        near(paired.observed(), 0.75);
        // Margins 35/65 and 40/60: chance alone 0.14 + 0.39.
        near(paired.kappa(), (0.75 - 0.53) / 0.47);
        // The mean shares 0.375 and 0.625.
        let expected = 0.375 * 0.375 + 0.625 * 0.625;
        near(paired.pi(), (0.75 - expected) / (1.0 - expected));
    }

    #[test]
    fn where_all_say_yes_agreement_says_nothing() {
        let paired = Paired::new(3, vec![(2, 2); 40]);
        near(paired.observed(), 1.0);
        assert_eq!((paired.pi(), paired.kappa()), (None, None));
        assert_eq!(Paired::new(3, []).observed(), None);
    }

    #[test]
    fn alpha_equals_krippendorffs_worked_example() {
        // Two coders, ten things, categories 0 and 1 (Krippendorff 2011, example A): alpha 0.095.
        let first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
        let second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        let things: Vec<Vec<Option<usize>>> =
            first.iter().zip(second).map(|(a, b)| vec![Some(*a), Some(b)]).collect();
        let found = alpha(&things, Scale::Nominal).unwrap();
        assert!((found - 0.095).abs() < 5e-4, "{found}");
    }

    #[test]
    fn alpha_is_one_for_coders_who_agree_and_leaves_single_codes_aside() {
        let agreed = vec![vec![Some(0), Some(0)], vec![Some(2), Some(2)], vec![Some(1), None]];
        near(alpha(&agreed, Scale::Ordinal), 1.0);
        assert_eq!(alpha(&[vec![Some(1), Some(1)]], Scale::Nominal), None);
        // A near miss costs less than a far one where categories stand in order.
        let miss = |code| {
            let mut things: Vec<Vec<Option<usize>>> =
                (0..12).map(|at| vec![Some(at % 4), Some(at % 4)]).collect();
            things[0][1] = Some(code);
            alpha(&things, Scale::Ordinal).unwrap()
        };
        assert!(miss(1) > miss(3));
    }
}
