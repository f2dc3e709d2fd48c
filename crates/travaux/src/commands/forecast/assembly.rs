//! `travaux forecast backtest --votes`: tallies of the General Assembly, forecast and scored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use travaux_stats::distribution::Distribution;
use travaux_stats::passage::{Chances, Vote, count_distribution};
use travaux_stats::recurring::{PastVote, Recurring, Settings, choose};
use travaux_stats::score;

use super::ANALYSIS;
use super::table::Table;
use crate::command_error::CommandError;

/// How many sessions are learnt from, and how many of these choose the settings.
const SESSIONS: u16 = 10;
const CHOOSING: u16 = 5;

/// Reads roll calls with their votes, from a session on; States in alphabetical order of their codes.
fn read(votes: &Path, roll_calls: &Path, from: u16) -> Result<Vec<PastVote>, CommandError> {
    let columns = ["rcid", "session", "amend", "para", "issues", "short", "descr"];
    let mut calls: BTreeMap<u64, PastVote> = BTreeMap::new();
    for row in Table::read(roll_calls, &columns)?.rows() {
        let session: u16 = row.whole("session")?;
        if session >= from {
            let mut words = words(row.text("descr").split(" : ").next().unwrap_or(""), 40);
            words.extend(
                self::words(row.text("short"), 40).into_iter().map(|word| format!("#{word}")),
            );
            words.extend(
                row.text("issues")
                    .split('|')
                    .filter(|one| !one.is_empty())
                    .map(|one| format!("@{one}")),
            );
            words.extend(
                ["amend", "para"]
                    .iter()
                    .filter(|mark| row.text(mark) == "1")
                    .map(|mark| format!("@{mark}")),
            );
            calls.insert(row.whole("rcid")?, PastVote { session, words, votes: Vec::new() });
        }
    }
    let table = Table::read(votes, &["rcid", "iso3", "vote"])?;
    let states: BTreeSet<&str> = table.rows().map(|row| row.text("iso3")).collect();
    let place: BTreeMap<&str, usize> =
        states.iter().enumerate().map(|(place, code)| (*code, place)).collect();
    for row in table.rows() {
        let Some(call) = calls.get_mut(&row.whole("rcid")?) else { continue };
        call.votes.resize(states.len(), None);
        call.votes[place[row.text("iso3")]] = Some(match row.text("vote") {
            "yes" => Vote::Yes,
            "no" => Vote::No,
            "abstain" => Vote::Abstain,
            "absent" => Vote::Absent,
            other => {
                return Err(
                    row.refused(format!("vote is {other:?}, none of yes, no, abstain, absent"))
                );
            }
        });
    }
    Ok(calls.into_values().filter(|call| !call.votes.is_empty()).collect())
}

fn words(title: &str, most: usize) -> BTreeSet<String> {
    let title = title.to_lowercase();
    let words =
        title.split(|letter: char| !letter.is_ascii_lowercase()).filter(|word| word.len() > 2);
    words.take(most).map(str::to_owned).collect()
}

/// One way to forecast, with what it said of each vote.
struct Method {
    name: &'static str,
    said: Vec<(Distribution, i64)>,
}

/// The scored forecasts of the sessions after `train_to`, up to `test_to`.
pub(super) struct Scored {
    settings: Settings,
    learnt: usize,
    methods: Vec<Method>,
    sessions: [u16; 2],
}

/// Forecasts and scores.
///
/// # Errors
/// When a table cannot be read, or there are too few votes to learn from.
pub(super) fn scored(
    votes: &Path,
    roll_calls: &Path,
    train_to: u16,
    test_to: u16,
) -> Result<Scored, CommandError> {
    let first = (train_to + 1).saturating_sub(SESSIONS);
    let all = read(votes, roll_calls, first)?;
    let (past, later): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|vote| vote.session <= train_to);
    let test: Vec<PastVote> = later.into_iter().filter(|vote| vote.session <= test_to).collect();
    let refused = |error: travaux_stats::recurring::RecurringError| {
        CommandError::input(format!("cannot learn from sessions {first} to {train_to}: {error}"))
    };
    if test.is_empty() {
        return Err(CommandError::input(format!(
            "cannot score forecasts: there is no vote of sessions {} to {test_to}",
            train_to + 1
        )));
    }
    let settings = choose(&past, (train_to + 1).saturating_sub(CHOOSING)).map_err(refused)?;
    let model = Recurring::learn(&past, settings).map_err(refused)?;
    let plain = Settings { doubt: 0.06, shock: 0.0, likeness: 0.0, half_life: 1e9, any: 0.0 };
    let templates =
        Recurring::learn(&past, plain).map_err(refused)?.forecast(&BTreeSet::new(), test_to);
    let (base, coins) = (base_rate(&past), coins(&past)?);
    let said = |of: &dyn Fn(&PastVote) -> Distribution| -> Vec<(Distribution, i64)> {
        test.iter().map(|vote| (of(vote), vote.yes())).collect()
    };
    let methods = vec![
        Method { name: "model", said: said(&|vote| model.forecast(&vote.words, vote.session)) },
        Method { name: "template mixture", said: said(&|_| templates.clone()) },
        Method { name: "base rate", said: said(&|_| base.clone()) },
        Method { name: "independent coins", said: said(&|_| coins.clone()) },
    ];
    Ok(Scored { settings, learnt: past.len(), methods, sessions: [train_to + 1, test_to] })
}

/// How often each tally was seen, smoothed by a normal of four votes.
fn base_rate(past: &[PastVote]) -> Distribution {
    let states = past.first().map_or(0, |vote| vote.votes.len());
    let number = |place: usize| f64::from(u32::try_from(place).unwrap_or(u32::MAX));
    let mut mass = vec![0.2; states + 1];
    for vote in past {
        for (place, sum) in mass.iter_mut().enumerate() {
            let away = (number(place) - number(usize::try_from(vote.yes()).unwrap_or(0))) / 4.0;
            *sum += travaux_stats::normal::density(away) / 4.0;
        }
    }
    let sum: f64 = mass.iter().sum();
    Distribution::new(0, mass.into_iter().map(|one| one / sum).collect())
}

/// Each State tossing its own coin, as it voted on average.
fn coins(past: &[PastVote]) -> Result<Distribution, CommandError> {
    let states = past.first().map_or(0, |vote| vote.votes.len());
    let room = (0..states).map(|state| {
        let votes = past.iter().filter_map(|vote| vote.votes[state]);
        let yes =
            score::mean(votes.map(|vote| f64::from(u8::from(vote == Vote::Yes)))).unwrap_or(0.5);
        Chances::new([yes, 1.0 - yes, 0.0, 0.0]).map_err(CommandError::input)
    });
    Ok(count_distribution(&room.collect::<Result<Vec<_>, _>>()?, Vote::Yes))
}

impl Method {
    fn log_score(&self) -> f64 {
        let logs = self.said.iter().map(|(said, yes)| said.at(*yes).max(1e-300).ln());
        score::mean(logs).unwrap_or(f64::NAN)
    }

    fn covered(&self) -> f64 {
        let inside = self.said.iter().map(|(said, yes)| {
            let (low, high) = said.band(0.8);
            f64::from(u8::from((low..=high).contains(yes)))
        });
        score::mean(inside).unwrap_or(f64::NAN)
    }

    fn width(&self) -> f64 {
        let widths = self.said.iter().map(|(said, _)| {
            let (low, high) = said.band(0.8);
            f64::from(u32::try_from(high - low).unwrap_or(u32::MAX))
        });
        score::mean(widths).unwrap_or(f64::NAN)
    }

    /// For each tenth, how many of the tallies lay at or below it; a tally counts as far as its place
    /// lies below, since whole numbers jump.
    fn reliability(&self) -> Vec<(f64, f64)> {
        (1..10)
            .map(|tenth| {
                let level = f64::from(tenth) / 10.0;
                let below = self.said.iter().map(|(said, yes)| {
                    let (to, at) = (1.0 - said.at_least(*yes), said.at(*yes));
                    ((level - to) / at.max(1e-12)).clamp(0.0, 1.0)
                });
                (level, score::mean(below).unwrap_or(f64::NAN))
            })
            .collect()
    }
}

impl Scored {
    pub(super) fn json(&self) -> Value {
        let methods = self.methods.iter().map(|method| {
            json!({
                "method": method.name,
                "log_score": method.log_score(),
                "band_80_held": method.covered(),
                "band_80_width": method.width(),
                "reliability": method.reliability().iter().map(|(said, happened)| {
                    json!({ "said": said, "happened": happened })
                }).collect::<Vec<_>>(),
            })
        });
        json!({
            "sessions": self.sessions,
            "learnt_from": self.learnt,
            "forecasts": self.methods[0].said.len(),
            "methods": methods.collect::<Vec<_>>(),
            "settings": {
                "doubt": self.settings.doubt, "shock": self.settings.shock, "any": self.settings.any,
                "likeness": self.settings.likeness, "half_life": self.settings.half_life,
            },
            "standing": ANALYSIS,
        })
    }

    pub(super) fn lines(&self) -> String {
        let [from, to] = self.sessions;
        let mut lines = format!(
            "{ANALYSIS}\n\nTallies in favour in the General Assembly, sessions {from} to {to}: {} votes, each forecast from\n\
             its title and {} earlier votes. These are votes of the Assembly, not of a treaty committee.\n\n\
             method             log score  80 % band held  its width\n",
            self.methods[0].said.len(),
            self.learnt
        );
        for method in &self.methods {
            _ = writeln!(
                lines,
                "{:18} {:>9.3}  {:>12.1} %  {:>9.1}",
                method.name,
                method.log_score(),
                100.0 * method.covered(),
                method.width()
            );
        }
        lines.push_str("\nModel: tallies at or below the tenth, in per cent\n");
        for (said, happened) in self.methods[0].reliability() {
            _ = writeln!(lines, "  {:>3.0} said  {:>5.1} happened", 100.0 * said, 100.0 * happened);
        }
        lines
    }
}
