//! Which record a command reads, who looks at it, and up to when.
//!
//! The one place that turns `--record`, `--with`, `--as`, `--as-of` and `--known-by` into a record
//! and a view of it. What follows from them is asked of `travaux-negotiation`.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use travaux_negotiation::Negotiation;
use travaux_record::{
    Entry, Fact, ImportError, Imported, Journal as _, Ledger, Moment, ParticipantId, Read, Record,
    View, Viewer, decode_lines, import, project,
};

use travaux_store::Store;

use crate::command_error::CommandError;
use crate::commands::record::write::refused;
use crate::drafted;
use crate::input::Input;
use crate::nearest;
use crate::shipped::Shipped;

/// Which record to read.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct RecordArgs {
    /// The record to read: a database (.travaux), an export (.jsonl), or - for standard input.
    ///
    /// Without it, the negotiation that ships with the program: the United Nations cybercrime
    /// convention.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// The shipped practice conference instead.
    #[arg(long, conflicts_with = "record")]
    practice: bool,
    /// A local record to lay over it: your own mandate, red lines and drafts, as a list of entries
    /// (JSON Lines) or a database. Only read, never sent anywhere. May be given several times.
    #[arg(long, value_name = "FILE")]
    with: Vec<PathBuf>,
}

/// Who looks, and up to when.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    record: RecordArgs,
    /// Show the negotiation as it stood at the end of this date: YYYY-MM-DD, YYYY-MM, YYYY, or
    /// `latest`, the symbol of a document (the day it was issued) or the key of a session (its last
    /// day).
    ///
    /// Without it, the day that the record names for newcomers, else all that is recorded.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Leave out what was entered after this date.
    #[arg(long, value_name = "DATE")]
    known_by: Option<String>,
    /// Who looks: `public`, or a participant by key or name. Nobody is asked to prove it: this is
    /// your own machine.
    #[arg(long = "as", value_name = "VIEWER", default_value = "public")]
    viewer: String,
}

/// A record that was opened.
pub(crate) struct Opened {
    /// The record, with what was laid over it.
    pub(crate) record: Record,
    /// What it is called in messages.
    pub(crate) name: String,
    /// The record as an export, without what was laid over it; none for a bare list of entries.
    pub(crate) export: Option<Cow<'static, [u8]>>,
    /// The database it lies in, to which others may be adding.
    pub(crate) database: Option<PathBuf>,
}

/// What a viewer sees of an opened record.
pub(crate) struct Seen {
    /// Where it comes from.
    pub(crate) opened: Opened,
    /// Who looks, and up to when.
    pub(crate) view: View,
    /// What follows from it.
    pub(crate) negotiation: Negotiation,
}

impl RecordArgs {
    /// Reports whether something is laid over the record.
    pub(crate) fn is_laid_over(&self) -> bool {
        !self.with.is_empty()
    }

    /// Opens the record with its seal, and nothing laid over it.
    ///
    /// # Errors
    /// When it cannot be read, was never sealed, or something is to be laid over it.
    pub(crate) fn sealed(&self) -> Result<(Opened, Imported), CommandError> {
        if let Some(local) = self.with.first() {
            return Err(CommandError::usage(format!(
                "cannot export a record with {} laid over it: local entries are not part of it",
                local.display()
            ))
            .hint("leave --with out"));
        }
        let opened = self.open()?;
        let Some(export) = &opened.export else {
            return Err(CommandError::input(format!(
                "cannot export {}: it is a list of entries that was never sealed",
                opened.name
            ))
            .hint("take it into a record: travaux record import FILE --into NEW.travaux"));
        };
        let sealed = import(export, &[]).map_err(|error| not_intact(&opened.name, &error))?;
        Ok((opened, sealed))
    }

    /// Opens the record and lays the local ones over it.
    ///
    /// # Errors
    /// When one of them cannot be read, or a local entry does not fit on top.
    pub(crate) fn open(&self) -> Result<Opened, CommandError> {
        let mut opened = match &self.record {
            Some(path) => open(path)?,
            None if self.practice => Shipped::Practice.open()?,
            None => Shipped::Case.open()?,
        };
        for path in &self.with {
            let name = Input::from(path.as_path()).to_string();
            let entries = local_entries(path)?;
            opened.record = opened.record.overlay(entries).map_err(|error| {
                CommandError::input(format!(
                    "cannot lay {name} over {}: entry {}: {error}",
                    opened.name,
                    error.index + 1
                ))
                .hints(error.hint())
            })?;
            opened.name = format!("{} with {name}", opened.name);
        }
        Ok(opened)
    }
}

impl ViewArgs {
    /// Opens the record and computes what follows for the viewer at the date.
    ///
    /// # Errors
    /// When the record cannot be read, nobody is called so, or a date is malformed.
    pub(crate) fn see(&self) -> Result<Seen, CommandError> {
        let opened = self.record.open()?;
        let view = self.view(&opened)?;
        let negotiation = project::<Negotiation>(&opened.record, &view)
            .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
        Ok(Seen { opened, view, negotiation })
    }

    /// The same, but up to the latest entry where no date is given: for what is asked by name.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub(crate) fn see_to_the_end(&self) -> Result<Seen, CommandError> {
        let as_of = self.as_of.clone().or_else(|| Some("latest".to_owned()));
        Self { as_of, ..self.clone() }.see()
    }

    /// Reports whether no record is named, and none laid over it.
    pub(crate) fn reads_no_record(&self) -> bool {
        self.record.record.is_none() && !self.record.practice && self.record.with.is_empty()
    }

    /// Sees a draft in a file as the one document of a record of its own, or the record where none is given.
    ///
    /// # Errors
    /// When the file is no draft that can be read; else as [`Self::see`].
    pub(crate) fn see_draft(&self, file: Option<&Path>) -> Result<Seen, CommandError> {
        let Some(file) = file else { return self.see() };
        let opened = drafted::open(file)?;
        let view = View { as_of: None, ..self.view(&opened)? };
        let negotiation = project::<Negotiation>(&opened.record, &view)
            .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
        Ok(Seen { opened, view, negotiation })
    }

    /// Returns the day written as `--as-of`, for what reads no record.
    ///
    /// # Errors
    /// When there is none, or it is no day.
    pub(crate) fn day_written(&self) -> Result<Date, CommandError> {
        let written = self.as_of.as_deref().ok_or_else(|| {
            CommandError::usage("cannot forecast: --as-of is missing")
                .hint("dates are written YYYY-MM-DD")
        })?;
        written.parse().map_err(|_no_day| {
            CommandError::usage(format!("cannot use --as-of {written}: it is no day"))
                .hint("dates are written YYYY-MM-DD")
        })
    }

    fn view(&self, opened: &Opened) -> Result<View, CommandError> {
        let mut view = View::of(viewer(&opened.record, &self.viewer)?);
        view.as_of = match self.as_of.as_deref() {
            Some("latest") => None,
            Some(written) => Some(day(&opened.record, written)?),
            None => opening_view(&opened.record),
        };
        Ok(match &self.known_by {
            Some(written) => view.known_by_day(date("--known-by", written)?),
            None => view,
        })
    }
}

impl fmt::Display for Seen {
    /// Says which record is read, by whom and up to when: a line for standard error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "reading {}", self.opened.name)?;
        if let Some(day) = self.view.as_of {
            write!(f, " as of {day}")?;
        }
        if let Viewer::Participant(id) = &self.view.viewer {
            write!(f, ", as {} sees it", self.negotiation.process.name(id))?;
        }
        Ok(())
    }
}

/// Opens a file of any form: a database, a sealed export or a list of entries.
fn open(path: &Path) -> Result<Opened, CommandError> {
    let written = path.to_string_lossy();
    if written.starts_with("http://") || written.starts_with("https://") {
        return Err(CommandError::input(format!(
            "cannot read {written}: this program reads records from files, not yet from addresses"
        ))
        .hint("save a copy first, and name the file"));
    }
    if is_database(path) {
        return open_database(path);
    }
    let input = Input::from(path);
    let (bytes, name) = (input.bytes()?, input.to_string());
    if is_sealed(&bytes) {
        let sealed = import(&bytes, &[]).map_err(|error| not_intact(&name, &error))?;
        let record = Record::of_log(&sealed.places)
            .map_err(|error| CommandError::input(format!("cannot read {name}: {error}")))?;
        return Ok(Opened { record, name, export: Some(bytes.into()), database: None });
    }
    let record = record_of_lines(&bytes, &name)?;
    Ok(Opened { record, name, export: None, database: None })
}

/// Reads the entries of a local record, which may refer to the record it will be laid over and so
/// need not stand by itself.
fn local_entries(path: &Path) -> Result<Vec<Entry>, CommandError> {
    let input = Input::from(path);
    let bytes = if is_database(path) {
        let places = Store::open_to_read(path)?.read(0)?;
        let lines: Vec<&str> = places.iter().filter_map(|place| place.bytes()).collect();
        lines.join("\n").into_bytes()
    } else {
        input.bytes()?
    };
    let read = decode_lines(&bytes).map_err(|error| {
        CommandError::input(format!("cannot read {input}: {error}")).hint(error.hint())
    })?;
    read.into_iter()
        .map(|read| match read {
            Read::Known(entry) => Ok(*entry),
            Read::Newer(newer) => Err(CommandError::input(format!(
                "cannot lay {input} over a record: entry {} is of a kind this program does not \
                 know, {:?}",
                newer.id, newer.kind
            ))
            .hint("upgrade the program")),
        })
        .collect()
}

/// Reports whether a file is meant as a database: by its name, or by how it begins.
pub(crate) fn is_database(path: &Path) -> bool {
    let begins = || {
        let mut start = [0; DATABASE.len()];
        File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok()
            && start == *DATABASE
    };
    path.extension().is_some_and(|extension| extension == "travaux") || begins()
}

/// How every SQLite database begins.
const DATABASE: &[u8; 16] = b"SQLite format 3\0";

fn open_database(path: &Path) -> Result<Opened, CommandError> {
    let ledger = Ledger::open(Store::open_to_read(path)?).map_err(|error| refused(path, error))?;
    Ok(Opened {
        record: ledger.record().clone(),
        name: path.display().to_string(),
        export: Some(ledger.journal().export()?.into_bytes().into()),
        database: Some(path.to_owned()),
    })
}

/// Reports whether a file is meant as an export of a sealed record, also if its header is lost.
pub(crate) fn is_sealed(bytes: &[u8]) -> bool {
    let openings = [&b"{\"travaux\""[..], b"{\"place\"", b"{\"checkpoint\""];
    let mut lines = bytes.split(|&byte| byte == b'\n').take(3);
    lines.any(|line| openings.iter().any(|opening| line.starts_with(opening)))
}

pub(crate) fn not_intact(name: &str, error: &ImportError) -> CommandError {
    let findings: Vec<String> = error.0.findings.iter().map(ToString::to_string).collect();
    CommandError::input(format!("cannot read {name}: it is not what was sealed"))
        .hints(findings.into_iter().take(3))
        .hint(format!("`travaux record verify {name}` says all that was done to it"))
}

/// Reads a record from JSON Lines.
pub(crate) fn record_of_lines(bytes: &[u8], name: &str) -> Result<Record, CommandError> {
    let mut record = Record::new();
    let read = decode_lines(bytes).map_err(|error| {
        CommandError::input(format!("cannot read {name}: {error}")).hint(error.hint())
    })?;
    for (index, read) in read.into_iter().enumerate() {
        match read {
            Read::Known(entry) => {
                record.append(*entry).map_err(|error| {
                    CommandError::input(format!("cannot read {name}: entry {}: {error}", index + 1))
                        .hints(error.hint())
                })?;
            }
            Read::Newer(entry) => record.append_newer(entry),
        }
    }
    Ok(record)
}

/// The day that a record names for newcomers.
fn opening_view(record: &Record) -> Option<Date> {
    record.entries().find_map(|entry| match &entry.fact {
        Fact::ProcessOpened(opened) => opened.opening_view,
        _ => None,
    })
}

/// Reads the moment to show: a date, or what happened on it.
fn day(record: &Record, written: &str) -> Result<Date, CommandError> {
    if written.starts_with(|first: char| first.is_ascii_digit()) {
        return date("--as-of", written);
    }
    let events: Vec<(&str, Date)> = record
        .entries()
        .flat_map(|entry| match &entry.fact {
            Fact::DocumentIssued(issued) => {
                let day = entry.at.counts_from();
                vec![(issued.symbol.as_str(), day), (issued.document.as_str(), day)]
            }
            Fact::SessionConvened(session) => vec![(session.session.as_str(), session.until)],
            _ => Vec::new(),
        })
        .collect();
    let found = events.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(written));
    found.map(|(_, day)| *day).ok_or_else(|| {
        let error = CommandError::input(format!(
            "cannot show the negotiation as of {written:?}: it is no date, and no document or \
             session is called so"
        ));
        let names = events.iter().map(|(name, _)| *name);
        nearest::hint(error, written, "documents and sessions", names)
            .hint("a date is written 2023-04-21, 2023-04 (its last day) or 2023")
    })
}

/// Reads a date of an option; it counts at its last day.
pub(crate) fn date(option: &str, written: &str) -> Result<Date, CommandError> {
    match written.parse::<Moment>() {
        Ok(moment) => Ok(moment.counts_from()),
        Err(error) => Err(CommandError::usage(format!("{option}: {error}"))
            .hint("for instance 2023-04-21, 2023-04 (its last day), 2023, or latest")),
    }
}

/// Finds who looks by what was written: `public`, a key, or a name.
pub(crate) fn viewer(record: &Record, written: &str) -> Result<Viewer, CommandError> {
    match written {
        "public" => Ok(Viewer::Public),
        _ => participant(record, written, "look as").map(Viewer::Participant),
    }
}

/// Finds a participant by key or name; `doing` says what for, for the message.
pub(crate) fn participant(
    record: &Record,
    written: &str,
    doing: &str,
) -> Result<ParticipantId, CommandError> {
    let admitted: Vec<(&str, &str)> = record
        .entries()
        .filter_map(|entry| match &entry.fact {
            Fact::ParticipantAdmitted(admitted) => {
                Some((admitted.participant.as_str(), admitted.name.as_str()))
            }
            _ => None,
        })
        .collect();
    let found = admitted
        .iter()
        .find(|(key, _)| *key == written)
        .or_else(|| admitted.iter().find(|(_, name)| name.eq_ignore_ascii_case(written)));
    match found {
        Some((key, _)) => Ok(ParticipantId::new(*key)),
        None => Err(nearest::hint(
            CommandError::input(format!(
                "cannot {doing} {written:?}: no participant of that key or name was ever admitted"
            )),
            written,
            "keys and names of participants",
            admitted.iter().flat_map(|&(key, name)| [key, name]),
        )),
    }
}
