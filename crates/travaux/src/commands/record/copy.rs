//! `travaux record export` and `verify`: a sealed copy, and whether a copy is what was sealed.
//!
//! Sealing and checking are done by `travaux-record`; this says what was found.

use std::path::{Path, PathBuf};

use serde_json::json;
use travaux_record::{
    Comparison, Imported, Journal as _, Key, MemoryJournal, SignatureState, VerifyReport, verify,
};
use travaux_store::Store;

use crate::Outcome;
use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::{self, RecordArgs, viewer};
use crate::streams::Streams;

/// Writes a copy of a sealed record as JSON Lines: a header, one line an entry, a checkpoint.
///
/// For a viewer, the entries that viewer may not see are withheld: their hashes stay in place, so
/// that the copy can be checked against the whole. The format is described in
/// docs/record-format.md. The negotiations that ship are sealed with a published key:
/// they show how a seal works and prove nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux record export --record conference.travaux > copy.jsonl
  travaux record export --record conference.travaux --for public > for-the-press.jsonl
  travaux record export > ahc.jsonl")]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    record: RecordArgs,
    /// Withhold what this viewer may not see: `public`, or a participant by key or name.
    #[arg(long = "for", visible_alias = "as", value_name = "VIEWER")]
    viewer: Option<String>,
}

/// Checks that a record is what was sealed, a copy or a database, and names what was done to it if
/// not.
///
/// Finds a changed, dropped, reordered, inserted or forged entry and a tail cut off. The answer is
/// yes (exit code 0) or no (1); no comes with one line a finding. Without --key, the key is the one
/// that the file names itself: that shows whether the file is whole, not who made it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux record verify copy.jsonl
  travaux record verify conference.travaux
  travaux record verify copy.jsonl --key \"$(cat conference.key)\"
  travaux record verify for-the-press.jsonl --against copy.jsonl")]
pub(crate) struct VerifyArgs {
    /// The copy (.jsonl) or database (.travaux), or - for standard input.
    file: PathBuf,
    /// A key you trust, as it stands in the header of a copy you trust. May be given several times.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// Another copy or database: says whether both are of one record, whatever either withholds.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn export(args: &ExportArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let (opened, sealed) = args.record.sealed()?;
    let places = match &args.viewer {
        None => sealed.places,
        Some(written) => {
            let viewer = viewer(&opened.record, written)?;
            sealed.places.iter().map(|place| place.shown_to(&viewer, &opened.record)).collect()
        }
    };
    let copy = MemoryJournal::of(Imported { places, ..sealed });
    let lines = copy.export().map_err(|never| CommandError::input(never.to_string()))?;
    streams.remark(format_args!("exporting {}", opened.name));
    streams.print(lines)?;
    Ok(Outcome::Done)
}

pub(super) fn verify_copy(
    args: &VerifyArgs,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let keys = args.key.iter().map(|key| parse_key(key)).collect::<Result<Vec<_>, _>>()?;
    let report = report_on(&args.file, &keys)?;
    let comparison = match &args.against {
        None => None,
        Some(other) => {
            let other_report = report_on(other, &keys)?;
            if !other_report.is_intact() {
                return Err(CommandError::input(format!(
                    "cannot compare with {}: that copy is not what was sealed either",
                    other.display()
                ))
                .hint(format!("check it first: travaux record verify {}", other.display())));
            }
            Some(report.compare(&other_report))
        }
    };
    let differs = matches!(comparison, Some(Comparison::Part { .. }));
    if args.json {
        streams.print(format!("{}\n", as_json(&report, comparison)))?;
    } else {
        streams.say(&in_words(&report, comparison))?;
    }
    Ok(if report.is_intact() && !differs { Outcome::Done } else { Outcome::No })
}

fn report_on(file: &Path, keys: &[Key]) -> Result<VerifyReport, CommandError> {
    if opened::is_database(file) {
        let mut report = verify(Store::as_kept(file)?.as_bytes(), keys);
        // The lines are of our own making; places say where.
        report.findings.iter_mut().for_each(|finding| finding.line = None);
        return Ok(report);
    }
    let input = Input::from(file);
    let bytes = input.bytes()?;
    if !opened::is_sealed(&bytes) && opened::record_of_lines(&bytes, &input.to_string()).is_ok() {
        return Err(CommandError::input(format!(
            "cannot verify {input}: it is a list of entries that was never sealed"
        ))
        .hint("a sealed copy is written by `travaux record export`"));
    }
    Ok(verify(&bytes, keys))
}

pub(super) fn parse_key(written: &str) -> Result<Key, CommandError> {
    Key::parse(written).map_err(|error| {
        CommandError::usage(format!("--key: {error}"))
            .hint("the header of a copy holds its key, behind \"key\"")
    })
}

pub(crate) fn in_words(report: &VerifyReport, comparison: Option<Comparison>) -> String {
    let mut lines = Vec::new();
    if report.is_intact() {
        let whose = report.origin.as_ref().map_or_else(String::new, |origin| format!(" {origin}"));
        lines.push(format!(
            "intact: the record{whose}, {} entries shown, {} withheld",
            report.shown, report.withheld
        ));
        lines.push(match report.signature {
            SignatureState::Known => "signed by a key you trust".to_owned(),
            _ => "signed by the key that the file names itself: compare that key with one you \
                  trust (--key)"
                .to_owned(),
        });
        lines.extend(report.beside());
    } else {
        lines.extend(report.findings.iter().map(ToString::to_string));
        let count = report.findings.len();
        lines.push(format!("not the record that was sealed: {count} finding(s)"));
    }
    lines.extend(comparison.map(|comparison| comparison.to_string()));
    lines.join("\n") + "\n"
}

/// Says for readers of the workbench what was found when the record was opened.
///
/// Nothing in it tells how many entries there are, nor where: that would tell who sees a part of
/// them how many are kept from it.
pub(crate) fn seal_in_words(report: &VerifyReport) -> String {
    let whose = report.origin.as_ref().map_or_else(String::new, |origin| format!(" {origin}"));
    if report.is_intact() {
        format!(
            "When the server started, the record{whose} was intact: every entry is as it was \
             sealed. To check it yourself, verify a copy (travaux record verify)."
        )
    } else {
        format!(
            "When the server started, the record{whose} was not what was sealed. Whoever keeps it \
             can say what was done to it (travaux record verify)."
        )
    }
}

fn as_json(report: &VerifyReport, comparison: Option<Comparison>) -> serde_json::Value {
    let findings: Vec<serde_json::Value> = report
        .findings
        .iter()
        .map(|finding| {
            json!({
                "line": finding.line,
                "place": finding.place,
                "entry": finding.id,
                "what": finding.to_string(),
            })
        })
        .collect();
    json!({
        "intact": report.is_intact(),
        "origin": report.origin.as_ref().map(ToString::to_string),
        "shown": report.shown,
        "withheld": report.withheld,
        "signed_by_known_key": report.signature == SignatureState::Known,
        "signatures_beside": report.signatures_beside,
        "findings": findings,
        "comparison": comparison.map(|comparison| comparison.to_string()),
    })
}
