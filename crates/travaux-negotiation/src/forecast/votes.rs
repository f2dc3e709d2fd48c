//! What a vote on an option would give, and whether a decision is taken without one.
//!
//! States on record vote as they said, with some doubt. The silent are not given positions: how many
//! of them would be in favour is unknown and shared by all, so that the distribution is as wide as
//! what is not known. Who would come, and who would abstain without having spoken, is taken from the
//! General Assembly.

use travaux_record::{IssueId, OptionId, ParticipantId};
use travaux_stats::passage::{
    Chances, Consensus, Passage, Pivot, Rule, Switch, Vote, consensus, passage, pivots,
    smallest_switches,
};

use super::issues::number;
use super::{Forecast, Known, PastScore, Silence, Voice};
use crate::decisions::Outcome;
use crate::positions::Leaning;

/// What a vote on an option would give.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteForecast {
    /// The States, in the order of the lists below.
    pub states: Vec<ParticipantId>,
    /// What the vote needs.
    pub rule: Rule,
    /// Its distribution.
    pub passage: Passage,
    /// What each State's vote would change.
    pub pivots: Vec<Pivot>,
    /// The fewest that would turn the likeliest result, if any would.
    pub switches: Option<Vec<Switch>>,
    /// Whether nobody would block consensus on it, as far as is on record.
    pub consensus: Option<Consensus>,
    /// How many States are on record for it, against it, and neither.
    pub on_record: [usize; 3],
    /// How many are silent.
    pub silent: usize,
}

/// Fewer States than this on record say nothing about the silent.
const LEAST_STATES: usize = 3;
/// Points at which the share of the silent in favour is taken.
const POINTS: u32 = 41;
/// Of votes cast in the General Assembly, sessions 56 to 65, absent and abstaining.
const ABSENT: f64 = 0.09;
const ABSTAIN: f64 = 0.09;
/// How often a State does otherwise than it is on record for: an assumption.
const DOUBT: f64 = 0.1;

const METHOD: &str = "States on record vote as they said, one time in ten otherwise; the share of the silent in favour is unknown \
                      and the same for all (a Beta distribution from the speakers on record, a group being one, and one added to either side); 9 % are absent and 9 % \
                      abstain, as in the General Assembly; counted exactly";

/// Forecasts a vote on an option of an issue, under a rule.
pub fn vote(
    known: &Known<'_>,
    issue: &IssueId,
    option: &OptionId,
    rule: Rule,
) -> Option<Forecast<VoteForecast>> {
    let framed = known.negotiation.positions.issue(issue)?;
    let label = known.negotiation.positions.option_label(issue, option)?;
    let voices = known.voices(issue);
    let mut inputs = Known::entries(&voices);
    inputs.extend(framed.basis.entries());
    Some(Forecast {
        question: format!("Would \"{label}\" ({}) be carried: {rule}?", framed.fact.title),
        answer: counted(known, &voices, option, rule),
        method: METHOD,
        inputs,
        known: known.on,
        in_hindsight: framed.fact.in_hindsight,
        past_score: PastScore::Unknown,
    })
}

fn counted(
    known: &Known<'_>,
    voices: &[Voice],
    option: &OptionId,
    rule: Rule,
) -> Result<VoteForecast, Silence> {
    let states: Vec<ParticipantId> = known.states().into_iter().cloned().collect();
    let leanings: Vec<Option<Leaning>> =
        states.iter().map(|state| leaning(voices, state, option)).collect();
    let count = |wanted: Leaning| leanings.iter().filter(|one| **one == Some(wanted)).count();
    let on_record = [Leaning::For, Leaning::Against, Leaning::Neither].map(count);
    if on_record[0] + on_record[1] < LEAST_STATES {
        return Err(Silence::new(
            format!("{} States are on record for or against it", on_record[0] + on_record[1]),
            format!("at least {LEAST_STATES} States on record for or against this option"),
        ));
    }
    if let Some(why) = rule.out_of_reach(u32::try_from(states.len()).unwrap_or(u32::MAX)) {
        return Err(Silence::new(why, "more States that take part, or another majority"));
    }
    // A group's statement tells as much about the silent as one State's.
    let mut speakers: Vec<(&ParticipantId, bool)> = Vec::new();
    for (state, leaning) in states.iter().zip(&leanings) {
        let for_it = match leaning {
            Some(Leaning::For) => true,
            Some(Leaning::Against) => false,
            Some(Leaning::Neither) | None => continue,
        };
        let own = voices.iter().filter(|voice| voice.participant == *state);
        speakers.extend(own.map(|voice| (&voice.speaker, for_it)).take(1));
    }
    speakers.sort_unstable();
    speakers.dedup();
    let for_it = speakers.iter().filter(|(_, for_it)| *for_it).count();
    let shares = beta(1.0 + number(for_it), 1.0 + number(speakers.len() - for_it));
    let rooms: Vec<(f64, Vec<Chances>)> = shares
        .into_iter()
        .map(|(weight, share)| (weight, leanings.iter().map(|one| chances(*one, share)).collect()))
        .collect();
    let nothing = |error| Silence::new(format!("{error}"), "States that may vote");
    let likeliest: Vec<Vote> = leanings.iter().map(|one| usual(*one, on_record)).collect();
    let middle = &rooms[rooms.len() / 2].1;
    Ok(VoteForecast {
        rule,
        passage: passage(rule, &rooms).map_err(nothing)?,
        pivots: pivots(rule, &rooms).map_err(nothing)?,
        switches: smallest_switches(rule, &likeliest, middle),
        consensus: blocked(on_record[1], states.len()),
        silent: leanings.iter().filter(|one| one.is_none()).count(),
        on_record,
        states,
    })
}

/// Which way a State leans on an option. Being for another option of the issue is leaning against.
fn leaning(voices: &[Voice], state: &ParticipantId, option: &OptionId) -> Option<Leaning> {
    let own = voices.iter().filter(|voice| voice.participant == *state);
    let on_it = own.clone().find(|voice| voice.option == *option).map(|voice| voice.leaning);
    let for_another = || own.clone().any(|voice| voice.leaning == Leaning::For);
    on_it.or_else(|| for_another().then_some(Leaning::Against))
}

fn chances(leaning: Option<Leaning>, share: f64) -> Chances {
    let there = 1.0 - ABSENT;
    let parts = match leaning {
        Some(Leaning::For) => {
            [there * (1.0 - DOUBT), there * DOUBT / 2.0, there * DOUBT / 2.0, ABSENT]
        }
        Some(Leaning::Against) => {
            [there * DOUBT / 2.0, there * (1.0 - DOUBT), there * DOUBT / 2.0, ABSENT]
        }
        Some(Leaning::Neither) => [there * 0.25, there * 0.25, there * 0.5, ABSENT],
        None => {
            let voting = there - ABSTAIN;
            [voting * share, voting * (1.0 - share), ABSTAIN, ABSENT]
        }
    };
    Chances::new(parts).expect("the parts add up to one")
}

fn usual(leaning: Option<Leaning>, [for_it, against, _]: [usize; 3]) -> Vote {
    match leaning {
        Some(Leaning::For) => Vote::Yes,
        Some(Leaning::Neither) => Vote::Abstain,
        None if for_it >= against => Vote::Yes,
        None | Some(Leaning::Against) => Vote::No,
    }
}

/// A Beta distribution as points between nought and one with their weights.
fn beta(for_it: f64, against: f64) -> Vec<(f64, f64)> {
    let points = (0..POINTS).map(|place| (f64::from(place) + 0.5) / f64::from(POINTS));
    let logs: Vec<(f64, f64)> = points
        .map(|share| {
            let log = (for_it - 1.0) * libm::log(share) + (against - 1.0) * libm::log1p(-share);
            (log, share)
        })
        .collect();
    let highest = logs.iter().map(|(log, _)| *log).fold(f64::MIN, f64::max);
    let weights: Vec<(f64, f64)> =
        logs.into_iter().map(|(log, share)| (libm::exp(log - highest), share)).collect();
    let sum: f64 = weights.iter().map(|(weight, _)| weight).sum();
    weights.into_iter().map(|(weight, share)| (weight / sum, share)).collect()
}

/// The chance that nobody on record against blocks consensus, where how readily they would is unknown
/// and shared by all.
fn blocked(against: usize, states: usize) -> Option<Consensus> {
    let rooms = beta(0.5, 0.5).into_iter().map(|(weight, readily)| {
        let room = (0..states).map(|place| if place < against { readily } else { 0.0 });
        (weight, room.collect())
    });
    consensus(&rooms.collect::<Vec<_>>()).ok()
}

/// Forecasts whether the next decision of the process is taken without a vote, from those before it.
pub fn consensus_or_vote(known: &Known<'_>) -> Forecast<f64> {
    let decided = known.negotiation.decisions.all().into_iter().filter_map(|decision| {
        let without = match decision.outcome() {
            Outcome::WithoutVote => true,
            Outcome::Carried | Outcome::NotCarried => false,
            Outcome::Pending => return None,
        };
        Some((without, decision))
    });
    let decided: Vec<_> = decided.collect();
    let without = decided.iter().filter(|(without, _)| *without).count();
    let answer = if decided.len() < LEAST_STATES {
        Err(Silence::new(
            format!("{} decisions are on record by {}", decided.len(), known.on),
            format!("at least {LEAST_STATES} decisions taken in this process"),
        ))
    } else {
        Ok((number(without) + 0.5) / (number(decided.len()) + 1.0))
    };
    let bases = decided.iter().flat_map(|(_, decision)| decision.bases());
    Forecast {
        question: "Is the next decision of substance taken without a vote?".to_owned(),
        answer,
        method: "how many of this process's decisions were, half a decision added on either side",
        inputs: bases.flat_map(|basis| basis.entries()).collect(),
        known: known.on,
        in_hindsight: false,
        past_score: PastScore::Unknown,
    }
}
