//! `travaux floor`: what may happen next in the meeting, under which rule, and what is missing.

use std::fmt::Write as _;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Value, json};
use travaux_negotiation::Negotiation;
use travaux_negotiation::procedure::{
    Breach, Debate, Floor, MeetingState, Move, Passing, Question, Room, Rules, rules_page, speak,
};
use travaux_record::{
    Audience, DecisionId, Entry, Fact, Ledger, LedgerError, Majority, ParticipantId, Tally, View,
    Viewer, project,
};
use travaux_store::{Store, random};

use super::record::write::{refused, salted};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::nearest;
use crate::opened::{Seen, ViewArgs, participant};
use crate::streams::Streams;

/// Shows the floor: who is there, who speaks, what is pending, and what may happen next.
///
/// Each move says who may ask for it, who decides, the majority and the rule, and the line that does it
/// (docs/procedure.md lists them). With --all, also what is not in order, with the rule, the reason and the
/// way out; with --irregular, the acts on record against which a rule spoke.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  travaux floor --practice --as-of latest        # the meeting with which the practice record ends
  travaux floor --practice --as-of latest --all  # also what is not in order, and why
  travaux floor --irregular --as-of latest       # what is irregular in the shipped case
  travaux floor move --record c.travaux --by SEC 'present 20'
  travaux floor what-if --in-favour 94 --against 59 --abstaining 24 --needing two-thirds
  travaux floor rules ahc                        # the rules, on a page"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    view: ViewArgs,
    /// The rules of procedure: the key of rules that ship with the program, or a file. Without it,
    /// those that the record names.
    #[arg(long, value_name = "KEY|FILE")]
    rules: Option<String>,
    /// Also what is not in order, and why.
    #[arg(long)]
    all: bool,
    /// The acts on record against which a rule spoke, instead of what may come.
    #[arg(long, conflicts_with = "all")]
    irregular: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// What else can be done about the floor.
#[derive(Debug, clap::Subcommand)]
enum Action {
    Move(MoveArgs),
    WhatIf(WhatIfArgs),
    Rules(RulesArgs),
}

/// Records an act of the meeting, or says which rule speaks against it.
///
/// The act is one line, as a secretary types it. What is not in order is not recorded, and the rule, the
/// reason and the way out are told; with --irregular it is recorded all the same, for the record is what
/// happened.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux floor move --record c.travaux --by SEC 'present 20'
  travaux floor move --record c.travaux --by SEC 'open \"1st meeting\"'
  travaux floor move --record c.travaux --by SEC 'ARD moves adjourn_debate as m1'
  travaux floor move --record c.travaux --by SEC --irregular 'result q1 94 59 24 carried'")]
struct MoveArgs {
    /// The act.
    line: String,
    /// The record to add to.
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Who records it: a participant by key or name.
    #[arg(long, visible_alias = "as", value_name = "PARTICIPANT")]
    by: String,
    /// The day on which it happened; without it, today.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The rules of procedure, where the record does not name them.
    #[arg(long, value_name = "KEY|FILE")]
    rules: Option<String>,
    /// Record it although a rule speaks against it.
    #[arg(long)]
    irregular: bool,
}

/// Says whether a count would carry, and what exactly would be missing.
///
/// Without the key of a question, --needing says which majority it takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux floor what-if --in-favour 94 --against 59 --abstaining 24 --needing two-thirds
  travaux floor what-if ahc-2024-08-08-art6-2 --as-of latest \\
      --in-favour 23 --against 102 --abstaining 26")]
struct WhatIfArgs {
    /// The key of a question on record.
    question: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    /// The rules of procedure, where the record does not name them.
    #[arg(long, value_name = "KEY|FILE")]
    rules: Option<String>,
    /// How many in favour.
    #[arg(long, value_name = "N")]
    in_favour: u32,
    /// How many against.
    #[arg(long, value_name = "N")]
    against: u32,
    /// How many abstaining.
    #[arg(long, value_name = "N", default_value_t = 0)]
    abstaining: u32,
    /// The majority it takes: simple or two-thirds.
    #[arg(long, value_name = "MAJORITY", conflicts_with = "question")]
    needing: Option<Needing>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Needing {
    /// More in favour than against.
    Simple,
    /// Two thirds of those present and voting.
    TwoThirds,
}

/// Prints rules of procedure as a page: what each says, where it stands, how we know.
#[derive(Debug, clap::Args)]
struct RulesArgs {
    /// The key of rules that ship with the program, or a file.
    #[arg(value_name = "KEY|FILE", default_value = "ahc")]
    rules: String,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    match &args.action {
        Some(Action::Move(args)) => record_move(args, streams),
        Some(Action::WhatIf(args)) => what_if(args, streams),
        Some(Action::Rules(args)) => {
            streams.print(rules_page(&rules_of(&args.rules)?))?;
            Ok(Outcome::Done)
        }
        None => show(args, streams),
    }
}

/// Reads the rules of a key or a file.
fn rules_of(written: &str) -> Result<Rules, CommandError> {
    if let Some(shipped) = Rules::shipped(written) {
        return Ok(shipped);
    }
    let path = PathBuf::from(written);
    if !path.exists() {
        return Err(nearest::hint(
            CommandError::input(format!(
                "cannot read the rules {written:?}: no rules of that key ship, and there is no such file"
            )),
            written,
            "keys of rules",
            Rules::shipped_keys(),
        ));
    }
    let input = crate::input::Input::from(path.as_path());
    Rules::over_shipped(&input.text()?)
        .map_err(|error| CommandError::input(format!("{input}: {error}")).hint(error.hint()))
}

/// The rules given, else those that the meeting or the process names.
fn rules_for(given: Option<&str>, negotiation: &Negotiation) -> Result<Rules, CommandError> {
    let of_meeting = negotiation.procedure.room().meeting_rules();
    let of_process = negotiation.process.opened().map_or("", |opened| &opened.fact.procedure);
    let named = given.unwrap_or(if of_meeting.is_empty() { of_process } else { of_meeting });
    if named.is_empty() {
        return Err(CommandError::usage(
            "cannot say what may happen next: the record names no rules of procedure",
        )
        .hint("name them: --rules ga-committees, or --rules FILE"));
    }
    rules_of(named)
}

fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
}

/// The day on which the floor is looked at: the one shown, else the day of the last act.
fn day_of(seen: &Seen) -> Date {
    let last = seen.negotiation.procedure.room().latest();
    seen.view.as_of.or_else(|| last.map(|basis| basis.at.counts_from())).unwrap_or_else(today)
}

fn show(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let rules = rules_for(args.rules.as_deref(), &seen.negotiation)?;
    let floor = seen.negotiation.procedure.floor(&rules, day_of(&seen));
    if args.irregular {
        return irregular(args, &seen, &rules, streams);
    }
    let moves = floor.next();
    if args.json {
        let json = json!({
            "rules": rules.body().key,
            "day": floor.today,
            "room": room_json(&floor),
            "moves": moves.iter().filter(|one| args.all || one.is_in_order()).collect::<Vec<_>>(),
        });
        super::print_json(streams, &super::text::with_context(&seen, json))?;
        return Ok(Outcome::Done);
    }
    streams.say(&room_in_words(&floor))?;
    streams.say(&moves_in_words(&moves, args))?;
    Ok(Outcome::Done)
}

fn irregular(
    args: &Args,
    seen: &Seen,
    rules: &Rules,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let found = seen.negotiation.procedure.irregular(rules);
    if args.json {
        let acts: Vec<Value> = found
            .iter()
            .map(|act| {
                let id = act.basis.entry;
                json!({ "entry": id, "at": act.basis.at, "kind": act.kind, "against": act.breaches })
            })
            .collect();
        super::print_json(streams, &super::text::with_context(seen, json!({ "irregular": acts })))?;
        return Ok(Outcome::Done);
    }
    let mut lines = String::new();
    for act in &found {
        let told = seen.negotiation.changes.entry(act.basis.entry);
        let words = told.map_or_else(
            || act.kind.to_owned(),
            |told| seen.negotiation.words(&told.description.sentence),
        );
        let _ = writeln!(lines, "{} {words} (entry {})", act.basis.at, act.basis.entry.short());
        against(&mut lines, &act.breaches);
    }
    if found.is_empty() {
        lines.push_str("No act on record breaks a rule that is judged.\n");
    }
    streams.say(&lines)?;
    Ok(Outcome::Done)
}

fn against(lines: &mut String, breaches: &[Breach]) {
    for breach in breaches {
        let _ = writeln!(lines, "    {}: {}", breach.rule, breach.why);
        let _ = writeln!(lines, "    way out: {}", breach.way_out);
    }
}

fn room_json(floor: &Floor<'_>) -> Value {
    let room = floor.room;
    json!({
        "meeting": state_of(room),
        "title": room.meeting_title(),
        "item": room.item(),
        "debate": debate_of(room),
        "present": room.present(),
        "members": floor.members(),
        "quorum": floor.quorum().map(|(rule, open, decide)| {
            json!({ "open": open, "decide": decide, "rule": rule })
        }),
        "speaking": room.speaking().map(|now| now.participant.clone()),
        "speakers": room.speakers().iter().map(|one| one.participant.clone()).collect::<Vec<_>>(),
        "list_closed": room.is_list_closed(),
        "pending": room.pending().iter().map(|one| json!({
            "motion": one.motion,
            "kind": one.kind.name(),
        })).collect::<Vec<_>>(),
        "voting": room.voting().and_then(|matter| {
            let question = floor.question(&matter.id)?;
            let tally = matter.voting.as_ref()?.tally();
            Some(question_json(&question, &question.missing(tally)))
        }),
        "open_proposals": room.open_proposals().iter().map(|one| one.id.clone()).collect::<Vec<_>>(),
    })
}

fn state_of(room: &Room) -> &'static str {
    match room.meeting() {
        MeetingState::Unrecorded => "not on record",
        MeetingState::Open => "open",
        MeetingState::Suspended => "suspended",
        MeetingState::Adjourned => "adjourned",
    }
}

fn debate_of(room: &Room) -> &'static str {
    match room.debate() {
        Debate::Open => "open",
        Debate::Closed => "closed",
        Debate::Adjourned => "adjourned",
    }
}

fn room_in_words(floor: &Floor<'_>) -> String {
    let room = floor.room;
    let mut lines = String::new();
    let title = if room.meeting_title().is_empty() { "Meeting" } else { room.meeting_title() };
    let _ = writeln!(lines, "{title}: {}. Rules: {}", state_of(room), floor.rules.body().title);
    if let Some(item) = room.item() {
        let title = room.agenda().iter().find(|one| one.item == item);
        let title = title.map_or("", |one| one.title.as_str());
        let _ = writeln!(lines, "Item {item}, {title}; the debate is {}", debate_of(room));
    }
    if let Some((rule, open, decide)) = floor.quorum() {
        let present = room.present().map_or_else(|| "not noted".to_owned(), |n| n.to_string());
        let _ = writeln!(
            lines,
            "Present: {present} of {} members; {open} to open, {decide} to decide ({rule})",
            floor.members()
        );
    }
    if let Some(now) = room.speaking() {
        let _ = writeln!(lines, "On the floor: {}", now.participant);
    }
    let list: Vec<&str> = room.speakers().iter().map(|one| one.participant.as_str()).collect();
    if !list.is_empty() || room.is_list_closed() {
        let state = if room.is_list_closed() { "closed" } else { "open" };
        let names = if list.is_empty() { "nobody".to_owned() } else { list.join(", ") };
        let _ = writeln!(lines, "List of speakers ({state}): {names}");
    }
    for pending in room.pending() {
        let _ = writeln!(lines, "Pending: {}, {}", pending.motion, pending.kind.words());
    }
    if let Some(matter) = room.voting()
        && let Some(question) = floor.question(&matter.id)
        && let Some(voting) = &matter.voting
    {
        let _ = writeln!(lines, "Voting: {}", matter.words);
        lines.push_str(&question_in_words(&question, &question.missing(voting.tally())));
    }
    lines
}

fn moves_in_words(moves: &[Move], args: &Args) -> String {
    let mut lines = String::from("\nWhat may happen next\n");
    let majority = |one: &Move| match one.majority {
        Some(Majority::Simple) => ", a simple majority decides",
        Some(Majority::TwoThirds) => ", two thirds decide",
        None => "",
    };
    for one in moves.iter().filter(|one| one.is_in_order()) {
        let who = one.who.in_words();
        let _ = writeln!(lines, "  {}\n      {who}{} ({})", one.what, majority(one), one.rule);
        let _ = writeln!(lines, "      {}", one.say);
    }
    let barred: Vec<&Move> = moves.iter().filter(|one| !one.is_in_order()).collect();
    if !args.all {
        if !barred.is_empty() {
            let _ = writeln!(lines, "\nNot in order: {} more; --all says why", barred.len());
        }
        return lines;
    }
    lines.push_str("\nWhat is not in order\n");
    for one in barred {
        let _ = writeln!(lines, "  {}", one.what);
        against(&mut lines, &one.barred);
    }
    lines
}

fn question_json(question: &Question, passing: &Passing) -> Value {
    let (carried, failed) = question.outcomes();
    json!({
        "question": question,
        "count": passing,
        "if_carried": carried,
        "if_not_carried": failed,
        "put_the_other_way": question.opposite(),
    })
}

fn question_in_words(question: &Question, passing: &Passing) -> String {
    let (carried, failed) = question.outcomes();
    let mut lines = format!("{}\n{}\n", question.condition(None), passing.in_words());
    let _ = writeln!(lines, "Carried: {carried}. Not carried: {failed}.");
    if let Some(opposite) = question.opposite() {
        let _ = writeln!(lines, "{opposite}.");
    }
    for step in &question.before {
        let _ = writeln!(lines, "Before it may be put: {step}.");
    }
    lines
}

fn what_if(args: &WhatIfArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let tally =
        Tally { in_favour: args.in_favour, against: args.against, abstaining: args.abstaining };
    let Some(key) = &args.question else {
        let majority = match args.needing {
            Some(Needing::TwoThirds) => Majority::TwoThirds,
            Some(Needing::Simple) => Majority::Simple,
            None => {
                return Err(CommandError::usage(
                    "cannot say what is missing: expected the key of a question, or --needing",
                )
                .hint("for instance --needing two-thirds"));
            }
        };
        let passing = Passing::new(majority, tally);
        if args.json {
            super::print_json(streams, &json!({ "count": passing }))?;
        } else {
            streams.say(&format!("{}\n", passing.in_words()))?;
        }
        return Ok(answer(&passing));
    };
    let seen = args.view.see()?;
    streams.remark(&seen);
    let rules = rules_for(args.rules.as_deref(), &seen.negotiation)?;
    let floor = seen.negotiation.procedure.floor(&rules, day_of(&seen));
    let question = floor.question(&DecisionId::new(key.as_str())).ok_or_else(|| {
        let error = CommandError::input(format!("no question of the key {key:?} is on record"));
        let keys = seen.negotiation.procedure.room().matters().map(|matter| matter.id.as_str());
        nearest::hint(error, key, "questions and motions", keys)
    })?;
    let passing = question.missing(tally);
    if args.json {
        let json = question_json(&question, &passing);
        super::print_json(streams, &super::text::with_context(&seen, json))?;
    } else {
        streams.say(&format!("{}\n{}", question.words, question_in_words(&question, &passing)))?;
    }
    Ok(answer(&passing))
}

fn answer(passing: &Passing) -> Outcome {
    if passing.carried { Outcome::Done } else { Outcome::No }
}

fn record_move(args: &MoveArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let mut ledger =
        Ledger::open(Store::open(&args.record)?).map_err(|error| refused(&args.record, error))?;
    let by = participant(ledger.record(), &args.by, "record as")?;
    let view = View::of(Viewer::Participant(by.clone()));
    let negotiation = project::<Negotiation>(ledger.record(), &view)
        .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
    let rules = rules_for(args.rules.as_deref(), &negotiation)?;
    let day = args.on.unwrap_or_else(today);
    let floor = negotiation.procedure.floor(&rules, day);
    let spoken = speak(&floor, &args.line).map_err(|error| {
        CommandError::input(&error).hint("docs/procedure.md lists the acts in words")
    })?;
    let breaches: Vec<Breach> = spoken.facts.iter().flat_map(|fact| floor.check(fact)).collect();
    if !breaches.is_empty() && !args.irregular {
        let mut error = CommandError::input(format!("not in order: {}", args.line));
        for breach in &breaches {
            error = error.hint(format!("{}: {}; {}", breach.rule, breach.why, breach.way_out));
        }
        return Err(error.hint("nothing was recorded; --irregular records it all the same"));
    }
    let batch = salted(entries(spoken.facts, &by, day)?)?;
    ledger.append(&batch).map_err(|error| match error {
        LedgerError::Refused(error) => {
            CommandError::input(format!("cannot record {:?}: {error}", args.line))
                .hints(error.hint())
                .hint("nothing was recorded")
        }
        error => refused(&args.record, error),
    })?;
    for (entry, _) in &batch {
        streams.print(format!("{}\n", entry.id))?;
    }
    for breach in &breaches {
        streams.remark(format_args!("irregular: {breach}"));
    }
    Ok(Outcome::Done)
}

pub(super) fn entries(
    facts: Vec<Fact>,
    by: &ParticipantId,
    day: Date,
) -> Result<Vec<Entry>, CommandError> {
    facts
        .into_iter()
        .map(|fact| {
            let id = random::entry_id()?;
            let entry = Entry::new(id, day, Timestamp::now(), by.clone(), fact);
            Ok(entry.to(Audience::Public))
        })
        .collect()
}
