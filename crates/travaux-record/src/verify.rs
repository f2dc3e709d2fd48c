//! Is this file the record that was sealed, and if not, what was done to it?
//!
//! The signed root decides whether; the chain of links, the places and the order of the lines say
//! what and where. Every line counts, to the byte. What an entry means is not asked here, so a kind
//! of entry that this program doesn't know verifies like any other.

mod locate;
mod report;

pub use report::{Comparison, Finding, SignatureState, VerifyReport, What};

use crate::export::{Line, PlaceLine, read_line};
use crate::{Checkpoint, Head, Key, Leaf, Tree};

/// A line of the log with its number in the file, counted from one.
#[derive(Clone, Debug)]
struct Slot {
    line: usize,
    leaf: Leaf,
    stated: PlaceLine,
}

/// A line that can't be read.
#[derive(Clone, Debug)]
struct BadLine {
    line: usize,
    reason: String,
}

/// The lines of a file by what they are.
#[derive(Debug, Default)]
struct Lines {
    headers: Vec<(usize, Key)>,
    slots: Vec<Slot>,
    checkpoints: Vec<(usize, Checkpoint)>,
    bad: Vec<BadLine>,
    count: usize,
    is_terminated: bool,
}

/// Checks an exported record. `known` are the keys the reader trusts; with none, the key that the
/// file names is used and the report says so.
pub fn verify(file: &[u8], known: &[Key]) -> VerifyReport {
    verified(file, known).1
}

/// Checks an exported record and returns its places, which mean something only if it is intact.
pub(crate) fn verified(file: &[u8], known: &[Key]) -> (Parts, VerifyReport) {
    let lines = read(file);
    let mut report = VerifyReport::default();
    if file.starts_with(br#"{"v":"#) {
        report.find(What::Unsealed, Some(1));
        return (Parts { key: None, places: Vec::new(), checkpoint: None }, report);
    }
    frame(&lines, &mut report);
    let tree: Tree = lines.slots.iter().map(|slot| slot.leaf).collect();
    check_signature(&lines, known, tree.head(), &mut report);
    locate::locate(&lines, &tree.head(), &mut report);
    report.count(&lines.slots, tree);
    let Lines { headers, slots, checkpoints, .. } = lines;
    let parts = Parts {
        key: headers.into_iter().next().map(|(_, key)| key),
        places: slots.into_iter().map(|slot| slot.stated).collect(),
        checkpoint: checkpoints.into_iter().last().map(|(_, checkpoint)| checkpoint),
    };
    (parts, report)
}

/// The parts of a file.
pub(crate) struct Parts {
    pub(crate) key: Option<Key>,
    pub(crate) places: Vec<PlaceLine>,
    pub(crate) checkpoint: Option<Checkpoint>,
}

fn read(file: &[u8]) -> Lines {
    let mut lines = Lines { is_terminated: file.ends_with(b"\n"), ..Lines::default() };
    let body = file.strip_suffix(b"\n").unwrap_or(file);
    let mut offset = 0;
    for (index, bytes) in body.split(|&byte| byte == b'\n').enumerate() {
        let line = index + 1;
        let read = match std::str::from_utf8(bytes) {
            Ok(text) => read_line(text),
            Err(error) => Err(format!(
                "expected UTF-8, found another byte at offset {} of the file",
                offset + error.valid_up_to()
            )),
        };
        match read {
            Ok(Line::Header(key)) => lines.headers.push((line, key)),
            Ok(Line::Place(stated)) => {
                lines.slots.push(Slot { line, leaf: stated.sealed.leaf(), stated });
            }
            Ok(Line::Checkpoint(checkpoint)) => lines.checkpoints.push((line, checkpoint)),
            Err(reason) => lines.bad.push(BadLine { line, reason }),
        }
        offset += bytes.len() + 1;
        lines.count = line;
    }
    lines
}

/// Checks that there is one header in front and one checkpoint at the end.
fn frame(lines: &Lines, report: &mut VerifyReport) {
    let is_bad = |line: usize| lines.bad.iter().any(|bad| bad.line == line);
    match lines.headers.first() {
        Some((1, _)) => {}
        Some((line, _)) => report.find(What::HeaderNotFirst, Some(*line)),
        None if is_bad(1) => {}
        None => report.find(What::NoHeader, Some(1)),
    }
    for (line, _) in lines.headers.iter().skip(1) {
        report.find(What::SecondHeader, Some(*line));
    }
    if let Some(((last, _), others)) = lines.checkpoints.split_last() {
        for (line, _) in others {
            report.find(What::SecondCheckpoint, Some(*line));
        }
        if *last != lines.count {
            report.find(What::BehindCheckpoint, Some(last + 1));
        }
    } else if !is_bad(lines.count) || !lines.is_terminated {
        report.find(What::NoCheckpoint, Some(lines.count));
    }
    if !lines.is_terminated {
        report.find(What::Unterminated, Some(lines.count));
    }
}

/// Checks who signed the checkpoint; `head` is what the lines amount to.
fn check_signature(lines: &Lines, known: &[Key], head: Head, report: &mut VerifyReport) {
    let stated = lines.headers.first().map(|(_, key)| key);
    report.origin = stated.map(|key| key.origin().clone());
    let Some((line, checkpoint)) = lines.checkpoints.last() else { return };
    report.checkpoint = Some(checkpoint.clone());
    if let Some(key) = known.iter().find(|key| checkpoint.is_signed_by(key)) {
        report.signature = SignatureState::Known;
        report.signatures_beside = checkpoint.signatures_beside(key);
        if stated.is_some_and(|stated| stated != key) {
            report.find(What::OtherKey, Some(1));
        }
        return;
    }
    match stated {
        Some(key) if checkpoint.is_signed_by(key) => {
            report.signatures_beside = checkpoint.signatures_beside(key);
            if known.is_empty() {
                report.signature = SignatureState::OfTheFile;
            } else {
                report.signature = SignatureState::Foreign;
                report.find(What::UnknownKey, Some(*line));
            }
        }
        None if known.is_empty() => {}
        _ => {
            report.signature = SignatureState::Bad;
            let mut keys = known.iter().chain(stated);
            let what = if keys.any(|key| checkpoint.signs(key, key.origin(), head)) {
                What::CheckpointAltered
            } else {
                What::BadSignature
            };
            report.find(what, Some(*line));
        }
    }
}

#[cfg(test)]
mod tests;
