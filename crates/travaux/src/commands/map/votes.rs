//! A map of roll calls in tables, in the form of the public data sets of General Assembly votes.
//!
//! Codes of participants are taken as they stand; "NA" is Namibia, never a missing value.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::json;
use travaux_stats::ideal_point::{Answer, Data, Frame, Item, Posterior};

use super::{
    Args, By, MARK, METHOD, anchors, drawn, in_words, json_of_diagnostics, rounded, settings,
};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::streams::Streams;

/// From this session on, roll calls on paragraphs and amendments are left out.
const WHOLE_TEXTS_FROM: u32 = 45;

/// Votes laid out by roll call.
struct Votes {
    data: Data,
    participants: Vec<String>,
    periods: Vec<String>,
}

pub(super) fn run(
    args: &Args,
    (votes, roll_calls): (&Path, &Path),
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let calls = calls(roll_calls, args)?;
    let votes = read(votes, &calls, args.by)?;
    let anchors = anchors(args, &votes.participants, &votes.data)?;
    let (frame, posterior) = drawn(&votes.data, &settings(args, anchors))?;
    if args.json {
        print_json(args, &votes, anchors, (&frame, &posterior), streams)?;
    } else {
        streams.say(&words(&votes, anchors, &frame, &posterior))?;
    }
    Ok(Outcome::Done)
}

fn print_json(
    args: &Args,
    votes: &Votes,
    (upper, lower): (usize, usize),
    (frame, posterior): (&Frame, &Posterior),
    streams: &mut Streams,
) -> Result<(), CommandError> {
    let points: Vec<_> = frame
        .points()
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let found = posterior.summary(place);
            json!({
                "participant": votes.participants[point.participant],
                "period": votes.periods[point.period],
                "mean": rounded(found.mean),
                "low": rounded(found.low),
                "high": rounded(found.high),
                "items": frame.informing(place),
            })
        })
        .collect();
    super::super::print_json(
        streams,
        &json!({
            "note": MARK,
            "method": METHOD,
            "anchors": { "upper": votes.participants[upper], "lower": votes.participants[lower] },
            "points": points,
            "diagnostics": json_of_diagnostics(&posterior.diagnostics(frame), args),
        }),
    )
}

/// The last period, from one end to the other.
fn words(
    votes: &Votes,
    (upper, lower): (usize, usize),
    frame: &Frame,
    posterior: &Posterior,
) -> String {
    let mut out = format!("{MARK}\n{}", in_words(&posterior.diagnostics(frame)));
    let last = frame.points().last().map_or(0, |point| point.period);
    let mut shown: Vec<_> = frame
        .points()
        .iter()
        .enumerate()
        .filter(|(_, point)| point.period == last)
        .map(|(place, point)| (posterior.summary(place), point.participant, frame.informing(place)))
        .collect();
    shown.sort_by(|a, b| a.0.mean.total_cmp(&b.0.mean));
    let period = &votes.periods[last];
    writeln!(
        out,
        "{period}, from the end of {} to that of {}; earlier periods: --json",
        votes.participants[lower], votes.participants[upper]
    )
    .expect("a string takes what is written");
    for (found, participant, items) in shown {
        let name = &votes.participants[participant];
        writeln!(
            out,
            "  {name:<6} {:>6.2}  [{:>5.2}, {:>5.2}]  {items} items",
            found.mean, found.low, found.high
        )
        .expect("a string takes what is written");
    }
    out
}

/// A table with the places of the columns that were asked for.
type Opened = (Input, csv::Reader<std::io::Cursor<Vec<u8>>>, Vec<Option<usize>>);

/// Opens a table, compressed or not, and finds its columns.
fn table(path: &Path, columns: &[&str]) -> Result<Opened, CommandError> {
    let input = Input::from(path);
    let mut bytes = input.bytes()?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut text = Vec::new();
        GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut text)
            .map_err(|error| CommandError::input(format!("cannot unpack {input}: {error}")))?;
        bytes = text;
    }
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(std::io::Cursor::new(bytes));
    let header = reader.headers().map_err(|error| malformed(&input, &error))?.clone();
    let named = |name: &str| {
        header
            .iter()
            .position(|known| known.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
    };
    Ok((input, reader, columns.iter().map(|name| named(name)).collect()))
}

fn malformed(input: &Input, error: &csv::Error) -> CommandError {
    CommandError::input(format!("cannot read {input} as a table: {error}"))
}

fn lacks(input: &Input, column: &str) -> CommandError {
    CommandError::input(format!("cannot read {input} as a table: it has no column {column:?}"))
        .hint("votes have rcid, iso3, vote and, for --by year, date; roll calls have rcid and session")
}

/// Returns the session of each roll call that is kept.
fn calls(path: &Path, args: &Args) -> Result<BTreeMap<String, String>, CommandError> {
    let (input, mut reader, columns) = table(path, &["rcid", "session", "para", "amend"])?;
    let [call, session, para, amend] = columns[..] else { return Err(lacks(&input, "rcid")) };
    let call = call.ok_or_else(|| lacks(&input, "rcid"))?;
    let session = session.ok_or_else(|| lacks(&input, "session"))?;
    let mut kept = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| malformed(&input, &error))? {
        let partial = [para, amend].iter().flatten().any(|column| &row[*column] == "1");
        let late = row[session].parse().is_ok_and(|session: u32| session >= WHOLE_TEXTS_FROM);
        if args.all || !(partial && late) {
            kept.insert(row[call].to_owned(), row[session].to_owned());
        }
    }
    Ok(kept)
}

/// One vote as it was read: participant, period, category.
type Cast = (u32, u32, u8);

fn read(path: &Path, calls: &BTreeMap<String, String>, by: By) -> Result<Votes, CommandError> {
    let (input, mut reader, columns) = table(path, &["rcid", "iso3", "vote", "date"])?;
    let [call, code, vote, date] = columns[..] else { return Err(lacks(&input, "rcid")) };
    let call = call.ok_or_else(|| lacks(&input, "rcid"))?;
    let code = code.ok_or_else(|| lacks(&input, "iso3"))?;
    let vote = vote.ok_or_else(|| lacks(&input, "vote"))?;
    let date = if by == By::Year { Some(date.ok_or_else(|| lacks(&input, "date"))?) } else { None };
    let (mut who, mut when) = (Numbers::default(), Numbers::default());
    let mut cast: BTreeMap<String, Vec<Cast>> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| malformed(&input, &error))? {
        let line = row.position().map_or(0, csv::Position::line);
        let category = match row[vote].to_ascii_lowercase().as_str() {
            "no" => 0,
            "abstain" => 1,
            "yes" => 2,
            "absent" | "" => continue,
            other => {
                return Err(CommandError::input(format!(
                    "cannot use {input}, line {line}: {other:?} is no vote"
                ))
                .hint("a vote is yes, no, abstain or absent"));
            }
        };
        let Some(session) = calls.get(&row[call]) else { continue };
        let period = date.map_or(Some(session.as_str()), |date| row[date].get(..4));
        let Some(period) = period else {
            return Err(CommandError::input(format!(
                "cannot use {input}, line {line}: it has no date"
            )));
        };
        let one = (who.of(&row[code]), when.of(period), category);
        cast.entry(row[call].to_owned()).or_default().push(one);
    }
    if cast.is_empty() {
        return Err(CommandError::input(format!(
            "cannot use {input}: no vote in it is on a roll call of the other table"
        ))
        .hint("the column rcid joins the two tables"));
    }
    laid_out(&input, cast, &who, &when)
}

/// Sorts participants and periods, and puts the votes under their numbers; a participant that voted twice on one
/// roll call is counted once if it voted alike, and refused if not.
fn laid_out(
    input: &Input,
    cast: BTreeMap<String, Vec<Cast>>,
    who: &Numbers,
    when: &Numbers,
) -> Result<Votes, CommandError> {
    let (participants, who_order) = who.sorted(Ord::cmp);
    // Sessions and years are numbers; whatever else is sorted as text.
    let number = |name: &String| name.parse::<u32>().map_err(|_no_number| name.clone());
    let (periods, when_order) = when.sorted(|a, b| number(a).cmp(&number(b)));
    let mut items = Vec::with_capacity(cast.len());
    for (call, votes) in cast {
        let mut seen: BTreeMap<(usize, usize), u8> = BTreeMap::new();
        for (participant, period, category) in votes {
            let place = (who_order[participant as usize], when_order[period as usize]);
            let before = *seen.entry(place).or_insert(category);
            if before != category {
                return Err(CommandError::input(format!(
                    "cannot use {input}: {} voted in two ways on roll call {call}",
                    participants[place.0]
                ))
                .hint("keep the vote as corrected afterwards, and strike the other"));
            }
        }
        let answers = seen
            .into_iter()
            .map(|((participant, period), category)| Answer::exact(participant, period, category));
        items.push(Item { answers: answers.collect(), weight: 1.0 });
    }
    let data =
        Data { participants: participants.len(), periods: periods.len(), categories: 3, items };
    Ok(Votes { data, participants, periods })
}

/// Names, numbered in the order in which they come.
#[derive(Default)]
struct Numbers {
    known: BTreeMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.known.get(name) {
            return *number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.insert(name.to_owned(), number);
        number
    }

    /// Returns the names in order, and the place of each number among them.
    fn sorted(
        &self,
        order: impl Fn(&String, &String) -> std::cmp::Ordering,
    ) -> (Vec<String>, Vec<usize>) {
        let mut names: Vec<(&String, u32)> =
            self.known.iter().map(|(name, number)| (name, *number)).collect();
        names.sort_by(|a, b| order(a.0, b.0));
        let mut places = vec![0; names.len()];
        for (place, (_, number)) in names.iter().enumerate() {
            places[*number as usize] = place;
        }
        (names.into_iter().map(|(name, _)| name.clone()).collect(), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_as_they_come_and_sorted_afterwards() {
        let mut numbers = Numbers::default();
        let given: Vec<u32> = ["10", "9", "10", "2"].iter().map(|name| numbers.of(name)).collect();
        assert_eq!(given, [0, 1, 0, 2]);
        let (names, places) = numbers.sorted(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        assert_eq!(names, ["2", "9", "10"]);
        assert_eq!(places, [2, 1, 0]);
    }
}
