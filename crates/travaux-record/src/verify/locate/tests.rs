//! A hundred ways to tamper with a file, each caught and placed.

use proptest::prelude::*;

use crate::testing::{laws, records, sealed, signer};
use crate::*;

/// What is done to a file, to one or two of its lines (header and checkpoint included).
#[derive(Clone, Debug)]
enum Tampering {
    FlipBit { line: usize, byte: usize, bit: u8 },
    InsertByte { line: usize, byte: usize, with: u8 },
    RemoveByte { line: usize, byte: usize },
    DropLine { line: usize },
    RepeatLine { line: usize, before: usize },
    SwapLines { line: usize, with: usize },
    MoveLine { line: usize, before: usize },
    ForgeEntry { line: usize, before: usize },
    ReplaceEntry { line: usize },
    ChangeSalt { line: usize, digit: usize },
    CutTail { line: usize, byte: usize },
    CutLines { line: usize },
    CheckpointOf { line: usize },
}

fn tamperings() -> impl Strategy<Value = Tampering> {
    use Tampering::*;
    let line = any::<prop::sample::Index>().prop_map(|index| index.index(10_000));
    let byte = any::<prop::sample::Index>().prop_map(|index| index.index(10_000));
    (0..13, line.clone(), line, byte, any::<u8>()).prop_map(|(kind, line, other, byte, with)| {
        match kind {
            0 => FlipBit { line, byte, bit: with % 8 },
            1 => InsertByte { line, byte, with },
            2 => RemoveByte { line, byte },
            3 => DropLine { line },
            4 => RepeatLine { line, before: other },
            5 => SwapLines { line, with: other },
            6 => MoveLine { line, before: other },
            7 => ForgeEntry { line, before: other },
            8 => ReplaceEntry { line },
            9 => ChangeSalt { line, digit: byte },
            10 => CutTail { line, byte },
            11 => CutLines { line },
            _ => CheckpointOf { line },
        }
    })
}

/// The file after tampering, and where it was done: at least one finding must name a line or a
/// place among these.
struct Tampered {
    file: Vec<u8>,
    lines: Vec<usize>,
    places: Vec<u64>,
}

impl Tampering {
    #[expect(clippy::too_many_lines, reason = "one arm a way of tampering")]
    /// Tampers with a file of `lines`; the line at index `i` > 0 holds place `i`.
    fn apply(&self, file: &str) -> Tampered {
        let mut lines: Vec<Vec<u8>> = file.lines().map(|line| line.as_bytes().to_vec()).collect();
        let count = lines.len();
        let body = |line: usize| 1 + line % (count - 2);
        let mut touched: Vec<usize>;
        let mut places: Vec<u64> = Vec::new();
        let mut cut = None;
        match *self {
            Self::FlipBit { line, byte, bit } => {
                let line = line % count;
                let byte = byte % lines[line].len();
                lines[line][byte] ^= 1 << bit;
                touched = vec![line, line + 1];
                places = vec![line as u64, line as u64 + 1];
            }
            Self::InsertByte { line, byte, with } => {
                let line = line % count;
                let byte = byte % (lines[line].len() + 1);
                lines[line].insert(byte, with);
                touched = vec![line, line + 1];
                places = vec![line as u64];
            }
            Self::RemoveByte { line, byte } => {
                let line = line % count;
                let byte = byte % lines[line].len();
                lines[line].remove(byte);
                touched = vec![line];
            }
            Self::DropLine { line } => {
                let line = line % count;
                lines.remove(line);
                touched = vec![line, line.min(lines.len() - 1)];
                places = vec![line as u64];
            }
            Self::RepeatLine { line, before } => {
                let (line, before) = (line % count, before % (count + 1));
                lines.insert(before, lines[line].clone());
                touched = vec![line, line + 1, before, before + 1, lines.len() - 1];
                places = vec![line as u64];
            }
            Self::SwapLines { line, with } => {
                let (line, with) = (line % count, with % count);
                lines.swap(line, with);
                touched = vec![line, with, line + 1, with + 1];
                places = vec![line as u64, with as u64];
            }
            Self::MoveLine { line, before } => {
                let (line, before) = (line % count, before % count);
                let moved = lines.remove(line);
                lines.insert(before, moved);
                touched = vec![line, before, before + 1];
                places = vec![line as u64];
            }
            Self::ForgeEntry { line, before } => {
                let (line, before) = (body(line), 1 + before % (count - 1));
                let forged = forge(&lines[line]);
                lines.insert(before, forged);
                touched = vec![before];
            }
            Self::ReplaceEntry { line } => {
                let line = body(line);
                lines[line] = forge(&lines[line]);
                touched = vec![line];
                places = vec![line as u64];
            }
            Self::ChangeSalt { line, digit } => {
                let line = body(line);
                let text = String::from_utf8(lines[line].clone()).unwrap();
                let at = text.find(r#""salt":""#).unwrap() + 8 + digit % 64;
                lines[line][at] = if lines[line][at] == b'0' { b'1' } else { b'0' };
                touched = vec![line];
                places = vec![line as u64];
            }
            Self::CutTail { line, byte } => {
                let line = line % count;
                cut = Some((line, byte % (lines[line].len() + 1)));
                touched = vec![line, line.saturating_sub(1)];
            }
            Self::CutLines { line } => {
                let line = 1 + line % (count - 1);
                lines.truncate(line);
                touched = vec![line - 1];
            }
            Self::CheckpointOf { line } => {
                // A checkpoint of another moment, or of another key, in the place of the right one.
                let text = String::from_utf8(lines[count - 1].clone()).unwrap();
                let other = signer(1 + line as u64).sign(Head::empty());
                lines[count - 1] = format!("{{\"checkpoint\":{:?}}}", other.to_string()).into();
                assert_ne!(text.as_bytes(), lines[count - 1]);
                touched = vec![count - 1];
            }
        }
        let mut file: Vec<u8> = lines.iter().flat_map(|line| [&line[..], b"\n"].concat()).collect();
        if let Some((line, byte)) = cut {
            let before: usize = lines[..line].iter().map(|line| line.len() + 1).sum();
            file.truncate(before + byte);
        }
        touched.sort_unstable();
        Tampered { file, lines: touched.into_iter().map(|index| index + 1).collect(), places }
    }
}

/// The same line with another text in its entry; salt and link are kept.
fn forge(line: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(line.to_vec()).unwrap();
    let (head, entry) = text.split_once(r#""entry":"#).unwrap();
    let forged = entry.replacen("2030", "2031", 1);
    assert_ne!(entry, forged);
    format!(r#"{head}"entry":{forged}"#).into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_tampering_is_caught_and_placed(record in records(), tampering in tamperings()) {
        let file = sealed(&record).export().unwrap();
        let tampered = tampering.apply(&file);
        prop_assume!(tampered.file != file.as_bytes());
        let report = verify(&tampered.file, &[]);
        prop_assert!(!report.is_intact(), "{tampering:?} went unnoticed");
        let is_placed = report.findings.iter().any(|finding| {
            finding.line.is_some_and(|line| tampered.lines.contains(&line))
                || finding.place.is_some_and(|place| tampered.places.contains(&place))
        });
        prop_assert!(is_placed, "{tampering:?} at {:?} is misplaced: {report}", tampered.lines);
        prop_assert!(import(&tampered.file, &[]).is_err());
    }

    #[test]
    fn a_sealed_record_is_intact_and_comes_back_with_the_same_seals(record in records()) {
        let journal = sealed(&record);
        let file = journal.export().unwrap();
        let report = verify(file.as_bytes(), &[journal.key().unwrap()]);
        prop_assert!(report.is_intact(), "{report}");
        prop_assert_eq!(report.signature, SignatureState::Known);
        let copy = import(file.as_bytes(), &[]).unwrap();
        let back = Record::of_log(&copy.places).unwrap();
        prop_assert_eq!(encode_lines(back.entries()), encode_lines(record.entries()));
        prop_assert_eq!(MemoryJournal::of(copy).export().unwrap(), file);
    }

    #[test]
    fn a_copy_for_anybody_has_the_seal_of_the_whole_and_nothing_more(record in records()) {
        let journal = sealed(&record);
        let whole = verify(journal.export().unwrap().as_bytes(), &[]);
        for viewer in laws::viewers(&record) {
            let shown: Vec<Sealed> =
                journal.read(0).unwrap().iter().map(|place| place.shown_to(&viewer, &record)).collect();
            let file = export::write(
                &journal.key().unwrap(),
                &shown,
                &journal.checkpoint().unwrap(),
            );
            let report = verify(file.as_bytes(), &[]);
            prop_assert!(report.is_intact(), "{report}");
            prop_assert_eq!(whole.compare(&report), Comparison::Same);
            // What is left is a record by the same rules, and shows that viewer the same.
            let copy = Record::of_log(&import(file.as_bytes(), &[]).unwrap().places).unwrap();
            let seen: Vec<&Entry> =
                record.entries().filter(|entry| record.sees(&viewer, entry)).collect();
            prop_assert_eq!(copy.entries().collect::<Vec<_>>(), seen);
        }
    }
}
