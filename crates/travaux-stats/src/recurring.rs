//! What a vote will give in a body that votes on much the same questions year after year.
//!
//! Each past vote is a room: delegations do again what they did, with some doubt and a shock that moves
//! all together, and its count is computed exactly. A new question is a mixture of these rooms: of
//! those whose title shares its words more than of others, and of recent ones more than of old ones.
//! How much more is chosen on the last sessions before the forecast. Why a State votes as it does is
//! not known here, nor whether a draft with an old title says something new.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::distribution::Distribution;
use crate::passage::{Chances, Vote, count_distribution, shaken};

/// A vote that was taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastVote {
    /// The session, by number.
    pub session: u16,
    /// The words of its title and other marks known before the vote.
    pub words: BTreeSet<String>,
    /// What each State did, in one order; none for those that were not members.
    pub votes: Vec<Option<Vote>>,
}

impl PastVote {
    /// Returns how many were in favour.
    pub fn yes(&self) -> i64 {
        let yes = self.votes.iter().filter(|vote| **vote == Some(Vote::Yes));
        i64::try_from(yes.count()).unwrap_or(i64::MAX)
    }
}

/// How past votes are drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The share of doubt that a delegation does as it did; then it does as it does on average.
    pub doubt: f64,
    /// How much moves all together (see [`shaken`]).
    pub shock: f64,
    /// How much more a vote counts whose title has the same words: its weight grows by the
    /// exponential of this times the likeness.
    pub likeness: f64,
    /// After how many sessions a vote counts half.
    pub half_life: f64,
    /// The share of any recent vote, alike or not.
    pub any: f64,
}

/// Why nothing can be learnt.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum RecurringError {
    /// There are too few past votes.
    #[error("{found} past votes are known; at least {LEAST} are needed")]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// Two votes list different numbers of States.
    #[error("one vote lists {first} States, another {other}")]
    Sizes {
        /// How many the first lists.
        first: usize,
        /// How many the other lists.
        other: usize,
    },
}

/// Of fewer past votes than this, nothing is learnt.
pub const LEAST: usize = 50;
/// Points of the shared shock.
const POINTS: usize = 7;
/// After how many sessions any vote, alike or not, counts half.
const LONG: f64 = 50.0;

/// Past votes, ready to be asked.
#[derive(Clone, Debug)]
pub struct Recurring {
    settings: Settings,
    past: Vec<(u16, Vec<(usize, f64)>)>,
    counts: Vec<Distribution>,
    /// How much a word tells, and its number.
    words: BTreeMap<String, (usize, f64)>,
    states: usize,
}

impl Recurring {
    /// Learns from past votes.
    ///
    /// # Errors
    /// When there are too few, or their lists of States differ in length.
    pub fn learn(past: &[PastVote], settings: Settings) -> Result<Self, RecurringError> {
        let states = check(past)?;
        let words = telling(past);
        let usual = usual(past, states);
        let count = |vote: &PastVote| {
            let room: Vec<Chances> = vote
                .votes
                .iter()
                .zip(&usual)
                .map(|(vote, usual)| again(*vote, *usual, settings.doubt))
                .collect();
            mixed(
                states,
                shaken(&room, &vec![settings.shock; states], POINTS)
                    .into_iter()
                    .map(|(weight, room)| (weight, count_distribution(&room, Vote::Yes))),
            )
        };
        Ok(Self {
            settings,
            past: past.iter().map(|vote| (vote.session, profile(&vote.words, &words))).collect(),
            counts: past.iter().map(count).collect(),
            words,
            states,
        })
    }

    /// Returns how much each past vote counts for a question in a session; the weights add up to one.
    pub fn weights(&self, words: &BTreeSet<String>, session: u16) -> Vec<f64> {
        let asked = profile(words, &self.words);
        let age = |then: u16| f64::from(session.saturating_sub(then));
        let scaled = |weights: Vec<f64>| -> Vec<f64> {
            let sum: f64 = weights.iter().sum();
            weights.into_iter().map(|weight| weight / sum).collect()
        };
        let alike = scaled(
            self.past
                .iter()
                .map(|(then, profile)| {
                    let recent = libm::exp2(-age(*then) / self.settings.half_life);
                    recent * libm::exp(self.settings.likeness * likeness(&asked, profile))
                })
                .collect(),
        );
        let any =
            scaled(self.past.iter().map(|(then, _)| libm::exp2(-age(*then) / LONG)).collect());
        let share = self.settings.any;
        alike.into_iter().zip(any).map(|(alike, any)| (1.0 - share) * alike + share * any).collect()
    }

    /// Returns the distribution of those in favour, for a question in a session.
    pub fn forecast(&self, words: &BTreeSet<String>, session: u16) -> Distribution {
        let weights = self.weights(words, session);
        mixed(self.states, weights.into_iter().zip(self.counts.iter().cloned()))
    }

    /// The chance that exactly so many are in favour.
    fn chance(&self, words: &BTreeSet<String>, session: u16, yes: i64) -> f64 {
        let weights = self.weights(words, session);
        weights.iter().zip(&self.counts).map(|(weight, count)| weight * count.at(yes)).sum()
    }
}

/// Chooses settings by how they would have forecast the votes from session `from` on, knowing those
/// before it alone.
///
/// # Errors
/// When there are too few votes before it.
pub fn choose(past: &[PastVote], from: u16) -> Result<Settings, RecurringError> {
    let (known, asked): (Vec<PastVote>, Vec<PastVote>) =
        past.iter().cloned().partition(|vote| vote.session < from);
    let mut best: Option<(f64, Settings)> = None;
    for shock in [0.3, 0.5, 0.7] {
        let start = Settings { doubt: 0.03, shock, likeness: 0.0, half_life: 1.0, any: 0.0 };
        let mut recurring = Recurring::learn(&known, start)?;
        for likeness in [4.0, 6.0, 8.0] {
            for half_life in [2.0, 3.0, 5.0] {
                for any in [0.02, 0.1] {
                    recurring.settings = Settings { likeness, half_life, any, ..start };
                    let logs = asked.iter().map(|vote| {
                        libm::log(
                            recurring.chance(&vote.words, vote.session, vote.yes()).max(1e-300),
                        )
                    });
                    let score = crate::score::mean(logs).unwrap_or(f64::NEG_INFINITY);
                    if best.is_none_or(|(known, _)| score > known) {
                        best = Some((score, recurring.settings));
                    }
                }
            }
        }
    }
    best.map(|(_, settings)| settings).ok_or(RecurringError::TooFew { found: known.len() })
}

fn check(past: &[PastVote]) -> Result<usize, RecurringError> {
    if past.len() < LEAST {
        return Err(RecurringError::TooFew { found: past.len() });
    }
    let first = past[0].votes.len();
    match past.iter().find(|vote| vote.votes.len() != first) {
        Some(other) => Err(RecurringError::Sizes { first, other: other.votes.len() }),
        None => Ok(first),
    }
}

fn mixed(states: usize, parts: impl Iterator<Item = (f64, Distribution)>) -> Distribution {
    let mut mass = vec![0.0; states + 1];
    for (weight, part) in parts {
        let from = usize::try_from(part.lowest()).unwrap_or(0);
        for (sum, chance) in mass[from..].iter_mut().zip(part.mass()) {
            *sum += weight * chance;
        }
    }
    Distribution::new(0, mass)
}

/// What each State does on average, in the order in favour, against, abstaining, absent.
fn usual(past: &[PastVote], states: usize) -> Vec<[f64; 4]> {
    (0..states)
        .map(|state| {
            // As if each had done a little of everything before.
            let mut counts = [1.0, 0.3, 0.3, 0.3];
            for vote in past.iter().filter_map(|vote| vote.votes[state]) {
                counts[place(vote)] += 1.0;
            }
            let sum: f64 = counts.iter().sum();
            counts.map(|count| count / sum)
        })
        .collect()
}

fn place(vote: Vote) -> usize {
    match vote {
        Vote::Yes => 0,
        Vote::No => 1,
        Vote::Abstain => 2,
        Vote::Absent => 3,
    }
}

fn again(vote: Option<Vote>, usual: [f64; 4], doubt: f64) -> Chances {
    let mut chances = usual;
    if let Some(vote) = vote {
        for (at, chance) in chances.iter_mut().enumerate() {
            *chance = doubt * *chance + if at == place(vote) { 1.0 - doubt } else { 0.0 };
        }
    }
    Chances::new(chances).expect("a mixture of distributions is one")
}

/// How much each word tells: the rarer, the more.
fn telling(past: &[PastVote]) -> BTreeMap<String, (usize, f64)> {
    let mut seen: BTreeMap<&str, f64> = BTreeMap::new();
    for word in past.iter().flat_map(|vote| &vote.words) {
        *seen.entry(word).or_insert(0.0) += 1.0;
    }
    let all = f64::from(u32::try_from(past.len()).unwrap_or(u32::MAX));
    let tells = |count: f64| libm::log((all + 1.0) / (count + 0.5)).max(0.1);
    let numbered = seen.into_iter().enumerate();
    numbered.map(|(number, (word, count))| (word.to_owned(), (number, tells(count)))).collect()
}

/// The known words of a title, each with what it tells, scaled to length one. Unknown words count in
/// the length: a title of new words is like no other.
fn profile(words: &BTreeSet<String>, known: &BTreeMap<String, (usize, f64)>) -> Vec<(usize, f64)> {
    let new = known.values().map(|(_, tells)| *tells).fold(0.1, f64::max);
    let square: f64 = words
        .iter()
        .map(|word| known.get(word).map_or(new, |known| known.1))
        .map(|tells| tells * tells)
        .sum();
    let length = libm::sqrt(square.max(1e-18));
    let mut profile: Vec<(usize, f64)> = words
        .iter()
        .filter_map(|word| known.get(word))
        .map(|(number, tells)| (*number, tells / length))
        .collect();
    profile.sort_by_key(|(number, _)| *number);
    profile
}

/// How alike two titles are, from nought to one.
fn likeness(one: &[(usize, f64)], other: &[(usize, f64)]) -> f64 {
    let (mut sum, mut at) = (0.0, 0);
    for (number, tells) in one {
        while at < other.len() && other[at].0 < *number {
            at += 1;
        }
        if at < other.len() && other[at].0 == *number {
            sum += tells * other[at].1;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(session: u16, words: &str, yes: usize) -> PastVote {
        let votes =
            (0..40).map(|state| Some(if state < yes { Vote::Yes } else { Vote::No })).collect();
        PastVote { session, words: words.split(' ').map(str::to_owned).collect(), votes }
    }

    fn past() -> Vec<PastVote> {
        (1..=10)
            .flat_map(|session| {
                let usual = (0..6).map(move |kind| {
                    vote(session, &format!("title {kind} of no interest"), 20 + kind)
                });
                usual.chain([vote(session, "embargo against an island", 38)])
            })
            .collect()
    }

    #[test]
    fn a_question_that_recurs_is_forecast_from_its_own_past() {
        let settings = choose(&past(), 9).expect("enough votes");
        let recurring = Recurring::learn(&past(), settings).expect("enough votes");
        let words = |words: &str| words.split(' ').map(str::to_owned).collect();
        let embargo = recurring.forecast(&words("embargo against an island"), 11);
        let sum: f64 = embargo.mass().iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert!((36..=39).contains(&embargo.quantile(0.5)), "{}", embargo.quantile(0.5));
        let new = recurring.forecast(&words("whales"), 11);
        assert!((19..=27).contains(&new.quantile(0.5)), "{}", new.quantile(0.5));
    }

    #[test]
    fn of_too_few_votes_nothing_is_learnt() {
        let settings =
            Settings { doubt: 0.03, shock: 0.3, likeness: 4.0, half_life: 2.0, any: 0.1 };
        let error = Recurring::learn(&past()[..20], settings).expect_err("too few");
        assert_eq!(error.to_string(), "20 past votes are known; at least 50 are needed");
    }
}
