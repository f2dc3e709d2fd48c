//! Sides as Word files: what is exported is accepted, rejected and read back as what it was.
//!
//! The acceptance is done by a program of another language and library, where it is at hand.

use std::path::Path;
use std::process::Command;

use jiff::civil::Date;
use travaux_interchange::{AknMeta, Keep, WordDocument, WordWriter, akn, read_akn, submission};
use travaux_negotiation::Negotiation;
use travaux_record::{Fact, Read, Record, View, Viewer, decode_lines, project};
use travaux_text::{Cover, IssuedText, Proposal, ProposalKey, RollingText};

use crate::program::Folder;

fn shipped(name: &str) -> Record {
    let path = format!("{}/../../examples/{name}/record.jsonl", env!("CARGO_MANIFEST_DIR"));
    let lines = decode_lines(&std::fs::read(path).unwrap()).unwrap();
    let entries = lines.into_iter().map(|read| match read {
        Read::Known(entry) => *entry,
        Read::Newer(newer) => panic!("{newer:?}"),
    });
    Record::of(entries).unwrap()
}

fn negotiation(record: &Record, viewer: Viewer, day: Date) -> Negotiation {
    project(record, &View::of(viewer).as_of(day)).unwrap()
}

/// A side with the base it is made on.
struct Case {
    name: String,
    base: IssuedText,
    side: IssuedText,
}

/// The sides of all participants of the practice conference, as each sees them, on some days.
fn practice() -> Vec<Case> {
    let record = shipped("practice");
    let mut cases = Vec::new();
    for day in ["2024-06-07", "2025-02-14"] {
        let day: Date = day.parse().unwrap();
        let participants = record.entries().filter_map(|entry| match &entry.fact {
            Fact::ParticipantAdmitted(fact) => Some(fact.participant.clone()),
            _ => None,
        });
        for participant in participants {
            let viewer = Viewer::Participant(participant.clone());
            let negotiation = negotiation(&record, viewer, day);
            if negotiation.draft.base().is_none() {
                continue;
            }
            let read = negotiation.side_of_participant(&participant);
            let order: Vec<ProposalKey> = read
                .proposals
                .iter()
                .filter_map(|proposal| ProposalKey::new(proposal.id.as_str()).ok())
                .collect();
            cases.push(Case {
                name: format!("{participant} on {day}"),
                base: negotiation.draft.text().base().clone(),
                side: read.side.preferring(&order),
            });
        }
    }
    cases
}

/// The side of each alternative of the shipped case, on days that have some.
fn alternatives() -> Vec<Case> {
    let record = shipped("ahc");
    let mut cases = Vec::new();
    for day in ["2023-04-21", "2024-02-09"] {
        let negotiation = negotiation(&record, Viewer::Public, day.parse().unwrap());
        if negotiation.draft.base().is_none() {
            continue;
        }
        for proposal in negotiation.draft.open_proposals() {
            let read = negotiation.side_of_proposal(&proposal.id).unwrap();
            cases.push(Case {
                name: format!("{} on {day}", proposal.id),
                base: negotiation.draft.text().base().clone(),
                side: read.side.preferring([]),
            });
        }
    }
    cases
}

/// The passages of a text as lines of a page: a tab behind the number before words.
fn lines(text: &IssuedText) -> Vec<String> {
    let plain = text.plain();
    plain
        .split("\n\n")
        .map(|line| line.trim_start_matches(' ').trim_end_matches('\n').to_owned())
        .collect()
}

/// Paragraphs as they are printed in plain characters.
fn printed(paragraphs: impl IntoIterator<Item = String>) -> Vec<String> {
    let worded = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty());
    worded.map(|paragraph| paragraph.replacen('\t', " ", 1)).collect()
}

fn write(case: &Case) -> Vec<u8> {
    let cover = Cover { title: case.name.clone(), ..Cover::default() };
    WordWriter::new(cover, "2025-02-14T00:00:00Z").tracked(&case.base, &case.side, "Author")
}

#[track_caller]
fn comes_back(case: &Case) {
    let document = WordDocument::read(&write(case)).unwrap();
    let read = |keep| {
        let lines = document.lines(keep).into_iter().map(|line| line.text());
        printed(lines)
    };
    assert_eq!(read(Keep::Accepted), lines(&case.side), "{}: accepted", case.name);
    assert_eq!(read(Keep::Rejected), lines(&case.base), "{}: rejected", case.name);
    let read = submission(&document, &case.base, "IMPORTED", Keep::Accepted, &[]);
    let key = ProposalKey::new("IMPORTED").unwrap();
    let proposal = Proposal::new(0, read.changes.clone());
    let rolling = RollingText::with_proposals(case.base.clone(), [(key.clone(), proposal)]);
    let side = rolling.side([&key]);
    let text = side.text().unwrap_or_else(|| panic!("{}: {:?}", case.name, side.clashes()));
    assert_eq!(text.plain(), case.side.plain(), "{}: {:#?}", case.name, read.changes);
    assert_eq!(side.left_out(), [], "{}", case.name);
    if case.base == case.side {
        assert_eq!(read.changes, [], "{}", case.name);
    }
    assert_eq!(read.attention, [], "{}", case.name);
}

#[test]
fn every_side_of_the_practice_conference_comes_back_from_word() {
    let cases = practice();
    assert!(cases.iter().filter(|case| case.base != case.side).count() > 40);
    for case in &cases {
        comes_back(case);
    }
}

#[test]
fn every_alternative_of_the_case_comes_back_from_word() {
    let cases = alternatives();
    assert!(cases.len() > 100);
    for case in &cases {
        comes_back(case);
    }
}

/// Runs the independent acceptance over files; nothing, with a message, where it is not at hand.
fn independent(how: &str, files: &[&Path]) -> Option<Vec<Vec<String>>> {
    let has = Command::new("python3").args(["-c", "import docx"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 with python-docx is not at hand");
        return None;
    }
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../travaux-interchange/tests/accept.py");
    let output = Command::new("python3").arg(script).arg(how).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn another_program_accepts_and_rejects_to_the_byte() {
    let folder = Folder::new();
    let mut cases = practice();
    cases.extend(alternatives());
    cases.retain(|case| case.base != case.side);
    let files: Vec<_> =
        (0..cases.len()).map(|at| folder.path().join(format!("{at}.docx"))).collect();
    for (case, file) in cases.iter().zip(&files) {
        std::fs::write(file, write(case)).unwrap();
    }
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let (Some(accepted), Some(rejected)) =
        (independent("accept", &files), independent("reject", &files))
    else {
        return;
    };
    for ((case, accepted), rejected) in cases.iter().zip(accepted).zip(rejected) {
        assert_eq!(printed(accepted), lines(&case.side), "{}: accepted", case.name);
        assert_eq!(printed(rejected), lines(&case.base), "{}: rejected", case.name);
    }
}

/// The schema at hand, under the name of the standard's namespace; nothing, with a message, where there
/// is none.
fn schema(folder: &Folder) -> Option<std::path::PathBuf> {
    let root = std::env::var_os("TRAVAUX_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        Into::into,
    );
    let has = Command::new("xmllint").arg("--version").output().is_ok();
    let schema = std::fs::read_to_string(root.join("akn/akomantoso30.xsd")).ok().filter(|_| has);
    let Some(schema) = schema else {
        eprintln!("skipped: xmllint or the schema is not at hand");
        return None;
    };
    let place = folder.path().join("akomantoso30.xsd");
    std::fs::write(&place, schema.replace("ns/akn/3.0/WD17\"", "ns/akn/3.0\"")).unwrap();
    std::fs::copy(root.join("akn/xml.xsd"), folder.path().join("xml.xsd")).unwrap();
    Some(place)
}

#[test]
fn every_draft_of_the_case_is_valid_akoma_ntoso_and_comes_back() {
    let record = shipped("ahc");
    let folder = Folder::new();
    let schema = schema(&folder);
    let issued = record.entries().filter_map(|entry| match &entry.fact {
        Fact::DocumentIssued(issued) if issued.base.is_some() => Some(entry.at.counts_from()),
        _ => None,
    });
    let days = issued.chain(["2023-04-21".parse().unwrap(), "2024-02-09".parse().unwrap()]);
    let mut files = Vec::new();
    for day in days {
        let negotiation = negotiation(&record, Viewer::Public, day);
        let rolling = negotiation.draft.text();
        let meta = AknMeta { date: day.to_string(), ..AknMeta::default() };
        let written = akn(&meta, rolling, &|_| Vec::new());
        let read = read_akn(written.as_bytes()).unwrap();
        assert_eq!(read.text, *rolling.base(), "{day}");
        let proposals = read.proposals.into_iter().map(|it| (it.key, it.proposal));
        let again = RollingText::with_proposals(read.text, proposals);
        let expected = RollingText::with_proposals(
            rolling.base().clone(),
            rolling.proposals().map(|(key, proposal)| (key.clone(), proposal.clone())),
        );
        assert_eq!(again, expected, "{day}");
        let file = folder.path().join(format!("{}.xml", files.len()));
        std::fs::write(&file, written).unwrap();
        files.push(file);
    }
    assert!(6 < files.len());
    if let Some(schema) = schema {
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(schema)
            .args(&files)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
