//! `travaux import`: drafts as files become documents of a record, with their brackets as issued.
//!
//! What a draft says is read by `travaux-text`; this makes facts of it. Nobody is made to have
//! agreed to anything by it: a clean paragraph is clean, and "agreed ad ref." in a draft is
//! reported, for a secretary to record.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_interchange::Keep;
use travaux_record::{
    BaseIssued, Confidence, DocumentId, DocumentIssued, Entry, Evidence, Fact, Ledger, LedgerError,
    Moment, ParticipantAdmitted, ParticipantClass, ParticipantId, ProposalId, Record,
    SourceDescribed, SourceId, Standing, TextDecision, Viewer,
};
use travaux_store::{Store, random};
use travaux_text::{BlockKind, BracketCounts, BracketedDraft, DraftMarkKind, IssuedText};

use super::record::write::{refused, salted};
use super::submissions;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::participant;
use crate::streams::Streams;

/// Takes files into a record: drafts as documents, a delegation's Word file as a proposal.
///
/// A Word file (.docx) is read as what the participant named with --by asks for on the text before the body:
/// tracked changes, plain edits, words set bold and struck through or in brackets by hand, a skeleton filled
/// in. It becomes one proposal, and a receipt is printed: what was understood and where it was placed, what
/// was ignored, and what needs a person's eye. `travaux compile` does the same for a folder.
///
/// Any other file is a draft: it becomes a document issued, with its text as a new base. A draft is plain text or Markdown, as it is found: brackets nested or unbalanced, options, numbers,
/// footnotes. Nothing in it is refused or dropped; what could not be read is said. Its brackets stay
/// as issued, and the whole file is kept to the byte. Where symbol, title and date are not given, they
/// are taken from the name of the file and its front matter, and what was taken is said.
///
/// A provision keeps its name from draft to draft where its printed number is the same; renumbering
/// is not followed. Nothing is recorded as agreed: not what is clean, and not what a draft marks
/// "agreed ad ref.", which is listed for a secretary to record.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux record init paris.travaux
  travaux import 23-oct-2015.md 4-dec-2015.md --record paris.travaux
  travaux import draft.md --record paris.travaux --symbol CRP.7 --date 2031-05-02 --title 'Draft'
  travaux import draft.md --record paris.travaux --date 2031-06-01 --dry-run   # only shows
  travaux import norway.docx --by NOR --record conference.travaux --dry-run   # what it asks for")]
pub(crate) struct Args {
    /// The drafts, in the order in which they were issued; or Word files of one delegation.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The record to add to.
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// The symbol of the document; once for each file.
    #[arg(long, value_name = "SYMBOL")]
    symbol: Vec<String>,
    /// When it was issued: YYYY-MM-DD, YYYY-MM or YYYY; once for each file.
    #[arg(long, value_name = "DATE")]
    date: Vec<String>,
    /// Its title; once for each file.
    #[arg(long, value_name = "TITLE")]
    title: Vec<String>,
    /// Who records it: a participant by key or name. Without it, the secretariat. Of a Word file: whose
    /// proposal it is.
    #[arg(long, visible_alias = "as", value_name = "PARTICIPANT")]
    by: Option<String>,
    /// Say what would be recorded, and record nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// A draft with what is said of it.
struct Issue {
    file: String,
    symbol: String,
    title: String,
    at: Moment,
    source: String,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    if args.files.iter().any(|file| submissions::is_word(file)) {
        return submitted(args, streams);
    }
    let issues = issues(args)?;
    let mut ledger =
        Ledger::open(Store::open(&args.record)?).map_err(|error| refused(&args.record, error))?;
    let (by, mut entries) = author(args, ledger.record(), issues[0].at)?;
    let mut said = Vec::new();
    for issue in &issues {
        let draft = super::counts::read(&Input::from(Path::new(&issue.file)), &issue.source)?;
        let (fact, told) = document(issue, &draft);
        entries.extend(described(issue, &by, ledger.record())?);
        let source = SourceId::new(&issue.symbol);
        let entry = entry(issue.at, &by, fact)?;
        entries.push(entry.citing(Evidence {
            source,
            place: None,
            quotation: None,
            published: None,
            coder: Some("read from the file by program".to_owned()),
            confidence: Confidence::Medium,
        }));
        said.push(told);
    }
    let batch = salted(entries)?;
    let tried = batch.iter().map(|(entry, _)| entry.clone());
    let judged = ledger.record().clone().append_all(tried).map(drop);
    match judged.map_err(LedgerError::Refused) {
        Ok(()) if args.dry_run => {}
        Ok(()) => {
            ledger.append(&batch).map_err(|error| refused(&args.record, error))?;
        }
        Err(error) => {
            return Err(refused(&args.record, error).hint("nothing was recorded").hint(
                "a document is issued once: give another draft a symbol of its own with --symbol",
            ));
        }
    }
    report(args, &issues, &said, streams)?;
    Ok(Outcome::Done)
}

/// Takes Word files as what a participant asks for.
fn submitted(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let Some(by) = &args.by else {
        return Err(CommandError::usage(
            "cannot take in a Word file: it is read as a delegation's submission, and nobody is named",
        )
        .hint("name the participant whose it is: --by KEY")
        .hint("a draft is taken in as Markdown or plain text"));
    };
    if args.symbol.len() > args.files.len() || args.title.len() > args.files.len() {
        return Err(CommandError::usage("cannot tell which --symbol or --title is for which file")
            .hint("give them once for each file, in the same order, or not at all"));
    }
    let mut ledger =
        Ledger::open(Store::open(&args.record)?).map_err(|error| refused(&args.record, error))?;
    let who = participant(ledger.record(), by, "take in a file of")?;
    let name = args.record.display().to_string();
    let viewer = Viewer::Participant(who.clone());
    let ground = submissions::Ground::of(ledger.record(), viewer, &name)?;
    let (mut received, mut taken, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for (at, file) in args.files.iter().enumerate() {
        let (document, bytes) = submissions::word(file)?;
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_else(|| "submission".to_owned());
        let proposal = match args.symbol.get(at) {
            Some(symbol) => ProposalId::new(symbol),
            None => ground.free_key(&who, &taken),
        };
        taken.push(proposal.clone());
        let submission = submissions::read(&ground, &document, &who, &proposal, Keep::Accepted);
        let one = submissions::Received {
            file: file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default(),
            bytes,
            participant: who.clone(),
            proposal,
            label: args
                .title
                .get(at)
                .or(args.symbol.get(at))
                .cloned()
                .unwrap_or_else(|| stem.clone()),
            at: submissions::moment(args.date.get(at).map(String::as_str), &stem)?,
            submission,
            author: None,
        };
        entries.extend(one.entries(&ground, ledger.record())?);
        received.push(one);
    }
    let count = entries.len();
    let batch = salted(entries)?;
    let tried = batch.iter().map(|(entry, _)| entry.clone());
    let judged = ledger.record().clone().append_all(tried).map(drop);
    judged.map_err(|error| {
        refused(&args.record, LedgerError::Refused(error)).hint("nothing was recorded")
    })?;
    if !args.dry_run && !batch.is_empty() {
        ledger.append(&batch).map_err(|error| refused(&args.record, error))?;
    }
    if args.json {
        let receipts: Vec<Value> = received.iter().map(|one| one.json(&ground)).collect();
        super::print_json(streams, &json!({ "receipts": receipts, "recorded": !args.dry_run }))?;
    } else {
        for one in &received {
            streams.say(&one.receipt(&ground))?;
        }
    }
    let verb = if args.dry_run { "would be recorded in" } else { "recorded in" };
    streams.remark(format_args!("{count} entries {verb} {}", args.record.display()));
    Ok(Outcome::Done)
}

fn report(
    args: &Args,
    issues: &[Issue],
    said: &[Value],
    streams: &mut Streams,
) -> Result<(), CommandError> {
    if args.json {
        super::print_json(streams, &json!({ "documents": said, "recorded": !args.dry_run }))?;
    }
    for (issue, told) in issues.iter().zip(said).filter(|_| !args.json) {
        streams.print(format!(
            "{}: {}, {:?}, issued {}; {} provisions, {} brackets\n",
            issue.file,
            issue.symbol,
            issue.title,
            issue.at,
            told["provisions"],
            told["counts"]["brackets_open"]
        ))?;
        for fault in told["diagnostics"].as_array().into_iter().flatten() {
            streams.remark(format_args!("note: {}: {}", issue.file, fault.as_str().unwrap_or("")));
        }
        for agreed in told["marked_agreed"].as_array().into_iter().flatten() {
            streams.remark(format_args!(
                "note: {}: line {agreed} is marked as agreed ad referendum; that is not recorded as \
                 an agreement (`travaux record append` does)",
                issue.file
            ));
        }
    }
    let verb = if args.dry_run { "would be recorded in" } else { "recorded in" };
    streams.remark(format_args!("{} drafts {verb} {}", issues.len(), args.record.display()));
    Ok(())
}

/// Reads the drafts and what is said of each.
fn issues(args: &Args) -> Result<Vec<Issue>, CommandError> {
    for (name, given) in
        [("--symbol", &args.symbol), ("--date", &args.date), ("--title", &args.title)]
    {
        if !given.is_empty() && given.len() != args.files.len() {
            return Err(CommandError::usage(format!(
                "cannot tell which {name} is for which draft: {} given for {} files",
                given.len(),
                args.files.len()
            ))
            .hint("give it once for each file, in the same order, or not at all"));
        }
    }
    args.files.iter().enumerate().map(|(at, file)| issue(args, at, file)).collect()
}

fn issue(args: &Args, at: usize, file: &Path) -> Result<Issue, CommandError> {
    let input = Input::from(file);
    let source = input.draft()?;
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.filter(|stem| stem != "-").unwrap_or_else(|| "draft".to_owned());
    let front = front_title(&source);
    let title = args.title.get(at).cloned().or_else(|| front.clone());
    let title = title.or_else(|| first_heading(&source)).unwrap_or_else(|| stem.clone());
    let date = match args.date.get(at) {
        Some(written) => Some(written.parse::<Moment>().map_err(|error| {
            CommandError::usage(format!("--date: {error}")).hint("for instance 2015-10-23")
        })?),
        None => [Some(&stem), front.as_ref()].into_iter().flatten().find_map(|words| dated(words)),
    };
    let date = date.ok_or_else(|| {
        CommandError::usage(format!(
            "cannot tell when {input} was issued: neither its name nor its title has a date"
        ))
        .hint("say so: --date 2015-10-23")
    })?;
    let symbol = args.symbol.get(at).cloned().unwrap_or(stem);
    Ok(Issue { file: input.to_string(), symbol, title, at: date, source })
}

/// Returns who records: as given, or the one secretariat there is; a fresh record admits it first.
fn author(
    args: &Args,
    record: &Record,
    at: Moment,
) -> Result<(ParticipantId, Vec<Entry>), CommandError> {
    if record.is_empty() {
        let by = ParticipantId::new(args.by.as_deref().unwrap_or("SEC"));
        let admitted = Fact::ParticipantAdmitted(ParticipantAdmitted {
            participant: by.clone(),
            name: "Secretariat".to_owned(),
            class: ParticipantClass::Secretariat,
        });
        let entry = entry(at, &by, admitted)?;
        return Ok((by, vec![entry]));
    }
    if let Some(written) = &args.by {
        return Ok((participant(record, written, "record as")?, Vec::new()));
    }
    let mut secretariats = record.entries().filter_map(|entry| match &entry.fact {
        Fact::ParticipantAdmitted(one) if one.class == ParticipantClass::Secretariat => {
            Some(&one.participant)
        }
        _ => None,
    });
    match (secretariats.next(), secretariats.next()) {
        (Some(one), None) => Ok((one.clone(), Vec::new())),
        _ => Err(CommandError::usage("cannot tell who records: the record has no one secretariat")
            .hint("name the participant: --by KEY")),
    }
}

fn entry(at: Moment, by: &ParticipantId, fact: Fact) -> Result<Entry, CommandError> {
    Ok(Entry::new(random::entry_id()?, at, Timestamp::now(), by.clone(), fact))
}

/// Describes the file as the source of what is recorded from it.
fn described(
    issue: &Issue,
    by: &ParticipantId,
    record: &Record,
) -> Result<Option<Entry>, CommandError> {
    let known = record.entries().any(|entry| {
        matches!(&entry.fact, Fact::SourceDescribed(source) if source.source.as_str() == issue.symbol)
    });
    if known {
        return Ok(None);
    }
    let name = Path::new(&issue.file).file_name().map(|name| name.to_string_lossy().into_owned());
    let fact = Fact::SourceDescribed(SourceDescribed {
        source: SourceId::new(&issue.symbol),
        title: issue.title.clone(),
        publisher: String::new(),
        published: Some(issue.at),
        locator: None,
        machine_made: false,
        note: format!(
            "Read from the file {}, {} bytes.",
            name.unwrap_or_else(|| issue.file.clone()),
            issue.source.len()
        ),
    });
    entry(issue.at, by, fact).map(Some)
}

/// Makes the fact of a draft, and what is to be said of it.
fn document(issue: &Issue, draft: &BracketedDraft<'_>) -> (Fact, Value) {
    let read = draft.provisions();
    let provisions: Vec<_> = read.into_iter().map(|one| one.provision).collect();
    debug_assert!(IssuedText::new(provisions.clone()).is_ok());
    let counts: BracketCounts = draft.counts();
    let line_of = |at: usize| 1 + issue.source[..at].matches('\n').count();
    let agreed = draft.marks().iter().filter(|mark| mark.kind == DraftMarkKind::Agreed);
    let left_out = draft.blocks().iter().filter(|block| block.kind == BlockKind::Matter);
    let told = json!({
        "file": issue.file,
        "symbol": issue.symbol,
        "title": issue.title,
        "issued": issue.at.to_string(),
        "provisions": provisions.len(),
        "counts": counts,
        "diagnostics": draft.diagnostics().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "marked_agreed": agreed.map(|mark| line_of(mark.bytes.start)).collect::<Vec<_>>(),
        // Front matter and definitions of links: kept in the file's text, and no provision.
        "no_provision": left_out.map(|block| block.line).collect::<Vec<_>>(),
    });
    let fact = Fact::DocumentIssued(DocumentIssued {
        document: DocumentId::new(&issue.symbol),
        symbol: issue.symbol.clone(),
        title: issue.title.clone(),
        session: None,
        base: Some(BaseIssued {
            provisions,
            standing: Standing::Authentic,
            decision: TextDecision::None,
            as_issued: Some(issue.source.clone()),
        }),
        note: String::new(),
    });
    (fact, told)
}

/// Returns the title in the front matter: `title: …` between two lines of hyphens.
fn front_title(source: &str) -> Option<String> {
    let front = source.strip_prefix("---")?.split("\n---").next()?;
    let title = front.lines().find_map(|line| line.strip_prefix("title:"))?;
    let title = title.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

fn first_heading(source: &str) -> Option<String> {
    let line = source.lines().find(|line| line.starts_with('#'))?;
    let title = line.trim_start_matches(['#', ' ']).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Finds a day in some words: "2015-10-23", "23-oct-2015", "23 October 2015".
pub(super) fn dated(words: &str) -> Option<Moment> {
    let parts: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<i16>().ok();
    let month = |part: &str| {
        let lower = part.to_lowercase();
        let at = MONTHS.iter().position(|name| lower.len() >= 3 && name.starts_with(&lower));
        at.and_then(|at| i16::try_from(at + 1).ok())
    };
    parts.windows(3).find_map(|three| {
        let [a, b, c] = [three[0], three[1], three[2]];
        let (year, month, day) = match (number(a), month(b), number(c)) {
            (Some(day), Some(month), Some(year)) => (year, month, day),
            (Some(year), None, Some(day)) if a.len() == 4 => (year, number(b)?, day),
            _ => return None,
        };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        (date.year() >= 1000).then_some(Moment::Day(date))
    })
}
