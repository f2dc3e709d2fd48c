//! `travaux compile`: a night's submissions become proposals of a record and one compilation.
//!
//! Each file is read for itself: one that cannot be read holds up no other, and has its receipt like the rest.
//! All that was read is recorded at once, or nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use travaux_interchange::{Keep, WordDocument, WordWriter, html_page, markdown, plain_page};
use travaux_record::{Entry, Ledger, LedgerError, ParticipantId, ProposalId, Record, Viewer};
use travaux_store::Store;
use travaux_text::{Cover, Sheet};

use super::record::write::{refused, salted};
use super::submissions::{Ground, Received, moment, read, word};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::streams::Streams;

/// Reads a folder of delegations' Word files into a record, with a receipt for each.
///
/// Whose a file is is told by the list `participants.csv` in the folder (a line `file,participant` each), else
/// by the authors of tracked changes where several participants made them in one file (each is then read for
/// itself), else by the beginning of its name: the key or the name of a participant ("NOR-article5.docx",
/// "Norway 2.docx"), else by the one author of its tracked changes.
///
/// A file that cannot be read, or of which nobody knows whose it is, is named with the reason; the others are
/// read nevertheless. What was read is recorded at once, or with --dry-run not at all. The exit
/// code is 1 where a file was left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux compile night/ --record conference.travaux --dry-run
  travaux compile night/ --record conference.travaux --receipts receipts/ -o compilation.docx")]
pub(crate) struct Args {
    /// The folder of files; what is no .docx in it is left aside.
    folder: PathBuf,
    /// The record to add to.
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// When they were submitted: YYYY-MM-DD. Without it, as the names of files say, else today.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// A folder for receipts: one file each, named after what it is the receipt of.
    #[arg(long, value_name = "FOLDER")]
    receipts: Option<PathBuf>,
    /// The compilation: a .docx, .html, .md or .txt file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say what would be recorded, and record nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print the receipts as JSON.
    #[arg(long)]
    json: bool,
}

/// What became of one file.
enum Fate {
    Read(Box<Received>),
    LeftOut { file: String, why: String, hint: String },
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let files = files(&args.folder)?;
    let mut ledger =
        Ledger::open(Store::open(&args.record)?).map_err(|error| refused(&args.record, error))?;
    let name = args.record.display().to_string();
    let ground = Ground::of(ledger.record(), Viewer::Public, &name)?;
    let list = list(&args.folder)?;
    let fates = fates(args, &ground, (&files, &list), streams)?;
    let mut entries: Vec<Entry> = Vec::new();
    for fate in &fates {
        if let Fate::Read(received) = fate {
            entries.extend(received.entries(&ground, ledger.record())?);
        }
    }
    let compiled = compiled(&entries, ledger.record(), &args.record)?;
    let sheet = |record: &Record| -> Result<(Sheet, Cover), CommandError> {
        let after = Ground::of(record, Viewer::Public, &name)?;
        let sheet = after.negotiation.draft.text().sheet(&after.negotiation.labels());
        Ok((sheet, cover(&after, &fates)))
    };
    if let Some(path) = &args.output {
        let (sheet, cover) = sheet(&compiled)?;
        save(path, &set(path, &sheet, &cover)?)?;
    }
    if let Some(folder) = &args.receipts {
        receipts(folder, &ground, &fates)?;
    }
    if !args.dry_run && !entries.is_empty() {
        let batch = salted(entries)?;
        ledger.append(&batch).map_err(|error| refused(&args.record, error))?;
    }
    report(args, &ground, &fates, streams)
}

/// Judges all entries at once; returns the record with them.
fn compiled(entries: &[Entry], record: &Record, path: &Path) -> Result<Record, CommandError> {
    let mut tried = record.clone();
    tried
        .append_all(entries.iter().cloned())
        .map_err(|error| refused(path, LedgerError::Refused(error)).hint("nothing was recorded"))?;
    Ok(tried)
}

/// Lists the Word files of a folder by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let listing = std::fs::read_dir(folder)
        .map_err(|error| CommandError::reading(folder.display(), &error))?;
    let mut files = Vec::new();
    for entry in listing {
        let path = entry.map_err(|error| CommandError::reading(folder.display(), &error))?.path();
        let is_word = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx"));
        // Word leaves such files beside those that are open.
        let is_lock = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with("~$"));
        if is_word && !is_lock {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(CommandError::input(format!(
            "cannot compile {}: there is no .docx file in it",
            folder.display()
        ))
        .hint("name the folder in which the submissions lie"));
    }
    Ok(files)
}

/// Reads whose files are, where a list says so.
fn list(folder: &Path) -> Result<BTreeMap<String, String>, CommandError> {
    let path = folder.join("participants.csv");
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = crate::input::Input::from(path.as_path()).text()?;
    let rows = text.lines().filter_map(|line| line.split_once(','));
    Ok(rows
        .map(|(file, who)| {
            let bare = |word: &str| word.trim().trim_matches('"').to_owned();
            (bare(file), bare(who))
        })
        .collect())
}

fn fates(
    args: &Args,
    ground: &Ground,
    (files, list): (&[PathBuf], &BTreeMap<String, String>),
    streams: &Streams,
) -> Result<Vec<Fate>, CommandError> {
    let mut fates = Vec::new();
    let mut taken: Vec<ProposalId> = Vec::new();
    let mut known: BTreeMap<Vec<u8>, String> = BTreeMap::new();
    for (at, path) in files.iter().enumerate() {
        let file = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let left_out = |why: String, hint: String| Fate::LeftOut { file: file.clone(), why, hint };
        let bytes = crate::input::Input::from(path.as_path())
            .bytes_up_to(travaux_interchange::FILE_BYTES_MAX + 1)?;
        let twin = known.get(&bytes).cloned();
        known.entry(bytes).or_insert_with(|| file.clone());
        if let Some(twin) = twin {
            let why = format!("it is {twin} again, to the byte");
            fates.push(left_out(why, "take one of them out of the folder".to_owned()));
            continue;
        }
        let (document, size) = match word(path) {
            Ok(read) => read,
            Err(error) => {
                fates.push(left_out(error.said(), error.first_hint()));
                continue;
            }
        };
        let owners = match whose(ground, &file, &document, list) {
            Ok(owners) => owners,
            Err(why) => {
                let hint = "say whose it is in participants.csv: file,participant".to_owned();
                fates.push(left_out(why, hint));
                continue;
            }
        };
        let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let when = moment(args.date.as_deref(), &stem)?;
        for (participant, author) in owners {
            let proposal = ground.free_key(&participant, &taken);
            taken.push(proposal.clone());
            let keep = author.as_deref().map_or(Keep::Accepted, Keep::Of);
            let submission = read(ground, &document, &participant, &proposal, keep);
            streams.remark(format_args!(
                "[{}/{}] {file}: {}, {} changes, {} to be looked at",
                at + 1,
                files.len(),
                ground.name(&participant),
                submission.changes.len(),
                submission.attention.len()
            ));
            fates.push(Fate::Read(Box::new(Received {
                file: file.clone(),
                bytes: size,
                participant,
                proposal,
                label: stem.clone(),
                at: when,
                submission,
                author,
            })));
        }
    }
    Ok(fates)
}

/// Tells whose a file is; where several made changes in it, each with the name under which.
fn whose(
    ground: &Ground,
    file: &str,
    document: &WordDocument,
    list: &BTreeMap<String, String>,
) -> Result<Vec<(ParticipantId, Option<String>)>, String> {
    let process = &ground.negotiation.process;
    if let Some(listed) = list.get(file) {
        return match process.find(listed) {
            Some(found) => Ok(vec![(found.participant.clone(), None)]),
            None => {
                Err(format!("participants.csv says it is {listed:?}'s, and nobody is called so"))
            }
        };
    }
    let authors: Vec<(ParticipantId, String)> = document
        .authors()
        .into_iter()
        .filter_map(|author| Some((process.find(author)?.participant.clone(), author.to_owned())))
        .collect();
    if 1 < authors.len() {
        return Ok(authors.into_iter().map(|(who, author)| (who, Some(author))).collect());
    }
    let plain = |text: &str| -> String {
        text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let begins = |name: &str| {
        let rest = stem.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
        let is_whole = stem[rest.map_or(0, str::len)..]
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric());
        let spelt = plain(name);
        rest.is_some() && is_whole || 4 <= spelt.len() && plain(stem).starts_with(&spelt)
    };
    let participants = process.participants();
    let named = participants
        .iter()
        .flat_map(|it| [(it.participant.as_str(), *it), (it.name.as_str(), *it)])
        .filter(|(name, _)| begins(name))
        .max_by_key(|(name, _)| name.len());
    if let Some((_, found)) = named {
        return Ok(vec![(found.participant.clone(), None)]);
    }
    match authors.into_iter().next() {
        Some((who, _)) => Ok(vec![(who, None)]),
        None => {
            Err("nobody knows whose it is: neither its name nor the author of its changes is a \
                     participant's"
                .to_owned())
        }
    }
}

fn cover(ground: &Ground, fates: &[Fate]) -> Cover {
    let opened = ground.negotiation.process.opened().map(|opened| &opened.fact);
    let read = fates.iter().filter(|fate| matches!(fate, Fate::Read(_))).count();
    Cover {
        body: opened.map(|opened| opened.body.clone()).unwrap_or_default(),
        title: "Compilation of proposals".to_owned(),
        subtitle: format!("On {}", ground.symbol),
        remarks: [format!("With {read} submissions read from files.")]
            .into_iter()
            .chain(opened.and_then(|opened| opened.caution.clone()))
            .collect(),
        ..Cover::default()
    }
}

/// Writes the compilation in the form that the name of the file says.
fn set(path: &Path, sheet: &Sheet, cover: &Cover) -> Result<Vec<u8>, CommandError> {
    let form = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    Ok(match form.as_str() {
        "docx" => WordWriter::new(cover.clone(), "1970-01-01T00:00:00Z").master(sheet),
        "html" => html_page(cover, sheet, "en").into_bytes(),
        "md" => markdown(cover, sheet).into_bytes(),
        "txt" => plain_page(cover, sheet).into_bytes(),
        _ => {
            return Err(CommandError::usage(format!(
                "cannot write the compilation to {}: its name does not say in which form",
                path.display()
            ))
            .hint("end it in .docx, .html, .md or .txt"));
        }
    })
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    std::fs::write(path, bytes).map_err(|error| CommandError::writing(path.display(), &error))
}

fn receipts(folder: &Path, ground: &Ground, fates: &[Fate]) -> Result<(), CommandError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| CommandError::writing(folder.display(), &error))?;
    for fate in fates {
        let (name, text) = match fate {
            Fate::Read(received) => {
                let who = received.author.as_ref().map(|_| format!(" {}", received.participant));
                let name = format!("{}{}.txt", received.file, who.unwrap_or_default());
                (name, received.receipt(ground))
            }
            Fate::LeftOut { file, why, hint } => (
                format!("{file}.txt"),
                format!("{file} was left out of the compilation: {why}\nhint: {hint}\n"),
            ),
        };
        save(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}

fn report(
    args: &Args,
    ground: &Ground,
    fates: &[Fate],
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let (mut read, mut left_out): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for fate in fates {
        match fate {
            Fate::Read(received) => {
                if !args.json {
                    streams.say(&received.receipt(ground))?;
                    streams.print("\n")?;
                }
                read.push(received.json(ground));
            }
            Fate::LeftOut { file, why, hint } => {
                streams.remark(format_args!("left out: {file}: {why} ({hint})"));
                left_out.push(json!({ "file": file, "why": why, "hint": hint }));
            }
        }
    }
    let verb = if args.dry_run { "would be recorded in" } else { "recorded in" };
    streams.remark(format_args!(
        "{} submissions {verb} {}, {} files left out",
        read.len(),
        args.record.display(),
        left_out.len()
    ));
    let is_whole = left_out.is_empty();
    if args.json {
        super::print_json(
            streams,
            &json!({ "receipts": read, "left_out": left_out, "recorded": !args.dry_run }),
        )?;
    }
    Ok(if is_whole { Outcome::Done } else { Outcome::No })
}
