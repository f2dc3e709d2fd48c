//! A map of a record: what positions and votes of the room put where.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::positions::{Defining, ITEMS_MIN, MapItem, RoomMap};
use travaux_negotiation::{Negotiation, Part};
use travaux_record::SourceId;
use travaux_stats::ideal_point::Settings;

use super::{Args, MARK, METHOD, in_words, json_of_diagnostics, rounded};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Seen, participant};
use crate::streams::Streams;

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    let map = drawn(args, &seen)?;
    streams.remark(&seen);
    if args.json {
        super::super::print_json(streams, &json_of(args, &seen.negotiation, &map))?;
    } else {
        streams.say(&words(&seen.negotiation, &map))?;
    }
    Ok(Outcome::Done)
}

fn drawn(args: &Args, seen: &Seen) -> Result<RoomMap, CommandError> {
    let without: BTreeSet<SourceId> =
        args.without_source.iter().map(|source| SourceId::new(source.as_str())).collect();
    if let Some(unknown) =
        without.iter().find(|source| seen.negotiation.process.source(source).is_none())
    {
        return Err(CommandError::input(format!(
            "cannot leave out source {:?}: the record describes none of that key",
            unknown.as_str()
        )));
    }
    let negotiation = &seen.negotiation;
    let day = seen.view.as_of.unwrap_or(jiff::civil::Date::MAX);
    let answers =
        negotiation.positions.answers(&negotiation.process, &negotiation.decisions, day, &without);
    let place = |written: &str| {
        let id = participant(&seen.opened.record, written.trim(), "anchor the line at")?;
        answers.participants.iter().position(|known| *known == id).ok_or_else(|| {
            CommandError::input(format!(
                "cannot anchor the line at {written:?}: only States have a point of their own"
            ))
        })
    };
    let anchors = match &args.anchors {
        None => None,
        Some(asked) => match asked.split_once(',') {
            Some((upper, lower)) if upper.trim() != lower.trim() => {
                Some((place(upper)?, place(lower)?))
            }
            _ => {
                return Err(CommandError::usage(format!(
                    "--anchors {asked}: name two participants, UPPER,LOWER"
                )));
            }
        },
    };
    answers
        .map(&Settings::new(args.sweeps as usize, args.seed), anchors)
        .map_err(|error| CommandError::input(format!("cannot draw a map: {error}")))
}

/// Says what an item asks, and which option or answer lies at the upper end.
fn label(negotiation: &Negotiation, item: &MapItem) -> (String, String, String) {
    match item {
        MapItem::Issue(issue, options) => {
            let option = |at: Option<&travaux_record::OptionId>| {
                at.and_then(|option| negotiation.positions.option_label(issue, option))
                    .unwrap_or("")
                    .to_owned()
            };
            (
                negotiation.name(&Part::Issue(issue.clone())).into_owned(),
                option(options.last()),
                option(options.first()),
            )
        }
        MapItem::Option(option) => {
            let title = negotiation.name(&Part::Issue(option.issue.clone())).into_owned();
            let name = negotiation.name(&Part::Option(option.clone())).into_owned();
            (format!("{title}: {name}"), "for it".to_owned(), "for another, or against".to_owned())
        }
        MapItem::Vote(decision) => {
            let question = negotiation.name(&Part::Decision(decision.clone())).into_owned();
            (format!("vote {question}"), "yes".to_owned(), "no".to_owned())
        }
    }
}

/// Returns what lies at the upper and at the lower end of an item.
fn ends(negotiation: &Negotiation, defining: &Defining) -> (String, String, String) {
    let (title, high, low) = label(negotiation, &defining.item);
    if defining.slope.mean > 0.0 { (title, high, low) } else { (title, low, high) }
}

fn json_of(args: &Args, negotiation: &Negotiation, map: &RoomMap) -> Value {
    let name = |id| negotiation.process.name(id).to_owned();
    let points: Vec<Value> = map
        .placed
        .iter()
        .map(|one| {
            json!({
                "participant": one.participant.as_str(),
                "name": name(&one.participant),
                "mean": rounded(one.point.mean),
                "low": rounded(one.point.low),
                "high": rounded(one.point.high),
                "items": one.items,
                "above_the_middle": rounded(one.above_the_middle),
            })
        })
        .collect();
    let items: Vec<Value> = map
        .defining
        .iter()
        .map(|defining| {
            let (title, upper, lower) = ends(negotiation, defining);
            json!({
                "item": title,
                "upper_end": upper,
                "lower_end": lower,
                "slope": rounded(defining.slope.mean.abs()),
                "sure": defining.slope.low > 0.0 || defining.slope.high < 0.0,
                "answers": defining.answers,
            })
        })
        .collect();
    let absent = map
        .not_placeable
        .iter()
        .map(|(id, items)| json!({ "participant": id.as_str(), "name": name(id), "items": items }));
    json!({
        "note": MARK,
        "method": METHOD,
        "anchors": { "upper": map.anchors.0.as_str(), "lower": map.anchors.1.as_str() },
        "points": points,
        "not_placeable": absent.collect::<Vec<Value>>(),
        "items": items,
        "items_min": ITEMS_MIN,
        "without_sources": args.without_source,
        "diagnostics": json_of_diagnostics(&map.diagnostics, args),
    })
}

/// How many items are listed.
const ITEMS_SHOWN: usize = 8;

fn words(negotiation: &Negotiation, map: &RoomMap) -> String {
    let mut out = format!("{MARK}\n{}", in_words(&map.diagnostics));
    let (upper, lower) =
        (negotiation.process.name(&map.anchors.0), negotiation.process.name(&map.anchors.1));
    let mut line = |text: String| writeln!(out, "{text}").expect("a string takes what is written");
    line(format!(
        "from the end of {lower} to that of {upper}: these two say which end is which, nothing else"
    ));
    for one in &map.placed {
        let straddles =
            if (0.2..0.8).contains(&one.above_the_middle) { "  near the middle" } else { "" };
        line(format!(
            "  {:<46} {:>6.2}  [{:>5.2}, {:>5.2}]  {} items{straddles}",
            negotiation.process.name(&one.participant),
            one.point.mean,
            one.point.low,
            one.point.high,
            one.items
        ));
    }
    line(format!(
        "not placeable: {} of {}, who answered fewer than {ITEMS_MIN} items",
        map.not_placeable.len(),
        map.not_placeable.len() + map.placed.len()
    ));
    line("what defines the line most:".to_owned());
    for defining in map.defining.iter().take(ITEMS_SHOWN) {
        let (title, upper, lower) = ends(negotiation, defining);
        let sure = if defining.slope.low > 0.0 || defining.slope.high < 0.0 {
            ""
        } else {
            ", which way is not sure"
        };
        line(format!(
            "  {title} ({} answers{sure})\n    above: {upper}; below: {lower}",
            defining.answers
        ));
    }
    out
}
