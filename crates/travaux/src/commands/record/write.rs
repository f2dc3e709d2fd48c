//! `travaux record init`, `import` and `append`: the commands that write.
//!
//! A batch is recorded whole or not at all. Ids, salts and the time of recording are drawn here,
//! where an author leaves them out; nothing else is made up.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Map, Value};
use travaux_record::{
    Entry, Ledger, LedgerError, Origin, ParticipantId, Read, ReadError, Record, Refusal, Salt,
    decode, encode, import,
};
use travaux_store::{Store, StoreError, random};

use super::copy::parse_key;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::{self, not_intact, participant};
use crate::streams::Streams;

/// Begins an empty record in a new file, with a key of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The public key is printed: give it to those who are to check copies.

Examples:
  travaux record init conference.travaux --origin conference.example/2031
  travaux record init mine.travaux > mine.key")]
pub(crate) struct InitArgs {
    /// The file; it must not exist yet.
    file: PathBuf,
    /// The name of the log in the world, by which its checkpoints are known: a host and a path,
    /// without spaces. Without it, the name of the file.
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
}

/// Takes a file into a new record: a sealed copy, or a list of entries.
///
/// A sealed copy keeps its seal to the byte and is checked first; without its key, it can be read
/// and copied on but not added to. A list of entries is sealed now, with a new key.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux record import copy.jsonl --into copy.travaux
  travaux record import entries.jsonl --into mine.travaux --origin ministry.example/mine")]
pub(crate) struct ImportArgs {
    /// What to take in, or - for standard input.
    source: PathBuf,
    /// The new file; it must not exist yet.
    #[arg(long, value_name = "FILE")]
    into: PathBuf,
    /// The name of the log in the world, for a list of entries.
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
    /// A key you trust: a sealed copy signed by another is refused. May be given several times.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
}

/// Adds entries to a record: all of them, or none.
///
/// Entries are JSON, one a line, as described in docs/record-format.md. What an author need not
/// write is filled in: the version, a random id, the time of recording, and with --by who records.
/// An entry that breaks a rule of admission is refused with the rule; what is merely irregular in
/// the negotiation is recorded, and the irregularity is named where it is shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples, of which the first begins a record with the one who keeps it:
  travaux record init conference.travaux
  echo '{\"at\":\"2031-05-01\",\"fact\":{\"kind\":\"participant_admitted\",
    \"participant\":\"SEC\",\"name\":\"Secretariat\",\"class\":\"secretariat\"}}' | tr -d '\\n' \\
    | travaux record append - --record conference.travaux --by SEC
  travaux record append entries.jsonl --record conference.travaux --by SEC")]
pub(crate) struct AppendArgs {
    /// The entries, or - for standard input.
    entries: PathBuf,
    /// The record to add to.
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Who records them, where an entry does not say: a participant by key or name.
    #[arg(long, visible_alias = "as", value_name = "PARTICIPANT")]
    by: Option<String>,
}

pub(super) fn init(args: &InitArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let store = Store::create(&args.file, origin(args.origin.as_deref(), &args.file)?)?;
    let ledger = Ledger::open(store).map_err(|error| refused(&args.file, error))?;
    report(&ledger, &args.file, streams)
}

pub(super) fn take_in(args: &ImportArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let input = Input::from(args.source.as_path());
    let (bytes, name) = (input.bytes()?, input.to_string());
    let keys = args.key.iter().map(|key| parse_key(key)).collect::<Result<Vec<_>, _>>()?;
    if opened::is_sealed(&bytes) {
        let copy = import(&bytes, &keys).map_err(|error| not_intact(&name, &error))?;
        let ledger = Ledger::open(Store::create_copy(&args.into, &copy)?)
            .map_err(|error| refused(&args.into, error))?;
        return report(&ledger, &args.into, streams);
    }
    if !keys.is_empty() {
        return Err(CommandError::usage(format!(
            "cannot check {name} against a key: it is a list of entries that was never sealed"
        ))
        .hint("leave --key out, or ask for a sealed copy"));
    }
    let text = input.checked(&bytes)?;
    // All is judged before the file is made: a refused list leaves nothing behind.
    let entries: Vec<Entry> =
        read_lines(&input, text, None)?.into_iter().map(|(_, entry)| entry).collect();
    Record::of(entries.iter().cloned()).map_err(|error| {
        CommandError::input(format!("cannot take in {name}: entry {}: {error}", error.index + 1))
            .hints(error.hint())
    })?;
    if let Some(place) = entries.iter().position(|entry| entry.fact.is_local()) {
        return Err(CommandError::input(format!(
            "cannot take in {name}: entry {}: {}",
            place + 1,
            Refusal::LocalOnly
        ))
        .hints(Refusal::LocalOnly.hint()));
    }
    let batch = salted(entries)?;
    let store = Store::create(&args.into, origin(args.origin.as_deref(), &args.into)?)?;
    let mut ledger = Ledger::open(store).map_err(|error| refused(&args.into, error))?;
    ledger.append(&batch).map_err(|error| refused(&args.into, error))?;
    report(&ledger, &args.into, streams)
}

pub(super) fn append(args: &AppendArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let input = Input::from(args.entries.as_path());
    let mut ledger =
        Ledger::open(Store::open(&args.record)?).map_err(|error| refused(&args.record, error))?;
    let by = match &args.by {
        None => None,
        // Who admits the first participant is not admitted yet.
        Some(written) if ledger.record().is_empty() => Some(ParticipantId::new(written)),
        Some(written) => Some(participant(ledger.record(), written, "record as")?),
    };
    let entries = read_lines(&input, &input.text()?, by.as_ref())?;
    let lines: Vec<usize> = entries.iter().map(|(line, _)| *line).collect();
    let batch = salted(entries.into_iter().map(|(_, entry)| entry))?;
    match ledger.append(&batch) {
        Ok(_) => {}
        Err(LedgerError::Refused(error)) => {
            let line = lines.get(error.index).copied().unwrap_or_default();
            return Err(CommandError::input(format!(
                "cannot record {input}: line {line}: {error}"
            ))
            .hints(error.hint())
            .hint("nothing was recorded"));
        }
        Err(error) => return Err(refused(&args.record, error)),
    }
    for (entry, _) in &batch {
        streams.print(format!("{}\n", entry.id))?;
    }
    let count = batch.len();
    streams.remark(format_args!(
        "recorded {count} {} in {}",
        if count == 1 { "entry" } else { "entries" },
        args.record.display()
    ));
    Ok(Outcome::Done)
}

/// Reads entries one a line, with the number of each line.
fn read_lines(
    input: &Input,
    text: &str,
    by: Option<&ParticipantId>,
) -> Result<Vec<(usize, Entry)>, CommandError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| match read(line, by) {
            Ok(entry) => Ok((at + 1, entry)),
            Err(error) => {
                Err(CommandError::input(format!("cannot record {input}: line {}: {error}", at + 1))
                    .hint("nothing was recorded; docs/record-format.md lists what each kind holds"))
            }
        })
        .collect()
}

/// Reads an entry and fills in what its author need not write.
fn read(line: &str, by: Option<&ParticipantId>) -> Result<Entry, String> {
    let mut value: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default();
        format!("expected one JSON object, found at column {}: {why}", error.column())
    })?;
    let id = random::entry_id().map_err(|error| error.to_string())?;
    value.entry("v").or_insert(Entry::VERSION.into());
    value.entry("id").or_insert(id.to_string().into());
    value.entry("recorded_at").or_insert(Timestamp::now().to_string().into());
    if let Some(by) = by {
        value.entry("by").or_insert(by.as_str().into());
    }
    if !value.contains_key("by") {
        return Err("expected \"by\", who records it (or --by)".to_owned());
    }
    match decode(Value::Object(value).to_string().as_bytes()) {
        Ok(Read::Known(entry)) => Ok(*entry),
        Ok(Read::Newer(newer)) => {
            Err(format!("this program does not know entries of the kind {:?}", newer.kind))
        }
        Err(ReadError::Malformed { reason, .. }) => Err(reason),
        Err(error @ ReadError::NotUtf8 { .. }) => Err(error.to_string()),
    }
}

pub(crate) fn salted(
    entries: impl IntoIterator<Item = Entry>,
) -> Result<Vec<(Entry, Salt)>, CommandError> {
    entries.into_iter().map(|entry| Ok((entry, random::salt()?))).collect()
}

fn origin(given: Option<&str>, file: &Path) -> Result<Origin, CommandError> {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().replace([' ', '+'], "-"));
    Origin::new(given.map_or_else(|| stem.unwrap_or_default(), str::to_owned)).map_err(|error| {
        CommandError::usage(format!("--origin: {error}"))
            .hint("for instance conference.example/2031")
    })
}

/// Says what a record now is.
fn report(
    ledger: &Ledger<Store>,
    file: &Path,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    use travaux_record::Journal as _;
    let key = ledger.journal().key()?;
    streams.print(format!("{key}\n"))?;
    streams.remark(format_args!(
        "{} holds {} entries; the line above is its public key, by which copies are checked",
        file.display(),
        ledger.record().len()
    ));
    Ok(Outcome::Done)
}

/// Says why a record could not be opened or added to.
pub(crate) fn refused(file: &Path, error: LedgerError<StoreError>) -> CommandError {
    use travaux_record::JournalError;
    match error {
        LedgerError::Journal(JournalError::Keeper(error)) => CommandError::from(error),
        LedgerError::Journal(error @ JournalError::Unsigned { .. }) => {
            CommandError::input(format!("{}: {error}", file.display()))
                .hint("add to the record it was copied from")
        }
        LedgerError::Overtaken { between } => {
            let error = CommandError::input(format!(
                "cannot record in {}: something came in since that its author sees",
                file.display()
            ));
            error.hints(between.iter().map(|entry| format!("meanwhile: {}", encode(entry))))
        }
        error => CommandError::input(format!("{}: {error}", file.display())),
    }
}
