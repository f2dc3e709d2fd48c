//! How a disputed issue ends: which option comes.
//!
//! Options on a line end where positions balance (the compromise), as far as the errors allow; others
//! by how much acceptance they have. Salience is on record for nobody, so all count equal, and that is
//! said. What a group says is one voice however many it speaks for, when it comes to how much is known.

use std::collections::BTreeMap;

use travaux_record::{IssueFramed, IssueId, OptionId, Strength};
use travaux_stats::bargaining::{Actor, Known as Baselines, Said, outcome};
use travaux_stats::normal;

use super::{Forecast, Known, Options, PastScore, Silence, Voice};
use crate::positions::Leaning;

/// What is said of an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueForecast {
    /// How likely each option is.
    pub options: Options,
    /// Where the positions balance, for options on a line.
    pub compromise: Option<Compromise>,
    /// How many States are for each option, and how many against, in the order of framing.
    pub support: Vec<(usize, usize)>,
    /// How many statements these rest on: a group's counts once.
    pub speakers: usize,
}

/// The compromise beside plain alternatives, in options counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compromise {
    /// What the methods say.
    pub said: Said,
    /// How far the answer may lie off: the error of the compromise with that of the method.
    pub spread: f64,
}

/// Fewer statements than this say nothing about an issue.
const LEAST_SPEAKERS: usize = 3;
/// How far outcomes lie off a compromise although positions are known: a quarter of the line. An
/// assumption; on votes of States nothing has been measured.
const OFF: f64 = 0.25;
/// As if each option had been supported by one statement before anybody spoke.
const PRIOR: f64 = 1.0;

const LINE: &str = "positions on a line balance (mean by power, one State one unit; salience is not on record \
                    and counts equal), with the errors of few statements and of the method; options take \
                    the part of the line nearest to them";
const ACCEPTANCE: &str = "options by the States for them less those against, each statement counting once towards how much is known, \
                          as if every option had had one statement for it before";

/// Forecasts which option of an issue comes.
pub fn issue(known: &Known<'_>, id: &IssueId) -> Option<Forecast<IssueForecast>> {
    let framed = known.negotiation.positions.issue(id)?;
    let voices = known.voices(id);
    let speakers = Known::speakers(&voices).len();
    let answer = if speakers < LEAST_SPEAKERS {
        Err(Silence::new(
            format!("{} on record by {}", statements(speakers), known.on),
            format!("at least {LEAST_SPEAKERS} statements of different speakers on this issue"),
        ))
    } else {
        Ok(answered(&framed.fact, &voices, speakers))
    };
    let mut inputs = Known::entries(&voices);
    inputs.extend(framed.basis.entries());
    Some(Forecast {
        question: format!("Which option comes: {}", framed.fact.title),
        answer,
        method: if framed.fact.ordered { LINE } else { ACCEPTANCE },
        inputs,
        known: known.on,
        in_hindsight: framed.fact.in_hindsight,
        past_score: PastScore::Unknown,
    })
}

fn statements(count: usize) -> String {
    match count {
        0 => "no statement is".to_owned(),
        1 => "one statement is".to_owned(),
        more => format!("{more} statements are"),
    }
}

fn answered(framed: &IssueFramed, voices: &[Voice], speakers: usize) -> IssueForecast {
    let of = |option: &OptionId, leaning: Leaning| {
        voices.iter().filter(|voice| voice.option == *option && voice.leaning == leaning).count()
    };
    let support: Vec<(usize, usize)> = framed
        .options
        .iter()
        .map(|one| (of(&one.option, Leaning::For), of(&one.option, Leaning::Against)))
        .collect();
    let compromise = if framed.ordered { compromise(framed, voices) } else { None };
    let shares = match compromise {
        Some(compromise) => on_line(&compromise, framed.options.len()),
        None => by_acceptance(&support),
    };
    // What few statements say is mixed with not knowing.
    let (heard, prior) = (number(speakers), PRIOR * number(shares.len()));
    let chances = framed
        .options
        .iter()
        .zip(shares)
        .map(|(one, share)| (one.option.clone(), (heard * share + PRIOR) / (heard + prior)));
    IssueForecast {
        options: Options { issue: framed.issue.clone(), chances: chances.collect() },
        compromise,
        support,
        speakers,
    }
}

fn by_acceptance(support: &[(usize, usize)]) -> Vec<f64> {
    let net: Vec<f64> = support
        .iter()
        .map(|(for_it, against)| (number(*for_it) - number(*against)).max(0.0))
        .collect();
    let sum: f64 = net.iter().sum();
    let equal = 1.0 / number(net.len());
    net.into_iter().map(|one| if sum > 0.0 { one / sum } else { equal }).collect()
}

/// Where those who are for something balance. One speaker is one actor, as powerful as the States it
/// speaks for are many; standing for two options it stands between them.
fn compromise(framed: &IssueFramed, voices: &[Voice]) -> Option<Compromise> {
    let place = |option: &OptionId| framed.options.iter().position(|one| one.option == *option);
    let mut stands: BTreeMap<_, Vec<(f64, f64)>> = BTreeMap::new();
    for voice in voices.iter().filter(|voice| voice.leaning == Leaning::For) {
        // Whoever can accept an option would rather have another.
        let weight = if voice.strength == Strength::CanAccept { 0.5 } else { 1.0 };
        let at = number(place(&voice.option)?);
        stands.entry(&voice.speaker).or_default().push((at, weight));
    }
    let actors: Vec<Actor> = stands
        .values()
        .map(|stands| {
            let power: f64 = stands.iter().map(|(_, weight)| weight).sum();
            let position = stands.iter().map(|(at, weight)| at * weight).sum::<f64>() / power;
            // Half an option is what coding a statement as one option leaves open.
            Actor { position, unsure: 0.5, salience: None, power }
        })
        .collect();
    let said = outcome(&actors, Baselines::default())?;
    let off = OFF * number(framed.options.len() - 1);
    Some(Compromise { said, spread: libm::sqrt(said.error * said.error + off * off) })
}

/// The chance of each option: that of the part of the line nearest to it.
fn on_line(compromise: &Compromise, options: usize) -> Vec<f64> {
    let below = |edge: f64| normal::below((edge - compromise.said.compromise) / compromise.spread);
    let last = options.saturating_sub(1);
    (0..options)
        .map(|place| {
            let from = if place == 0 { 0.0 } else { below(number(place) - 0.5) };
            let to = if place == last { 1.0 } else { below(number(place) + 0.5) };
            to - from
        })
        .collect()
}

pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
