//! What is said of a file that was tampered with, word for word.

use crate::testing::{Builder, salt, sealed, signer};
use crate::*;

/// Six sealed admissions as lines: a header, places 1 to 6, a checkpoint.
fn lines() -> Vec<String> {
    let mut builder = Builder::default();
    for state in ["AAA", "BBB", "CCC", "DDD", "EEE"] {
        builder.admit(state, ParticipantClass::State);
    }
    let record = Record::of(builder.entries).unwrap();
    sealed(&record).export().unwrap().lines().map(str::to_owned).collect()
}

fn file(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

/// Tampers with the lines and checks all that is found.
#[track_caller]
fn check(tamper: impl FnOnce(&mut Vec<String>), expected: &[&str]) {
    let mut lines = lines();
    tamper(&mut lines);
    let report = verify(&file(&lines), &[]);
    let found: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_intact_file_is_called_intact() {
    let report = verify(&file(&lines()), &[]);
    assert_eq!(
        report.to_string(),
        "record test.example/record: intact, 6 entries; signed with the key named in the file \
         (compare it with the one you know)"
    );
    let report = verify(&file(&lines()), &[signer(0).key()]);
    assert_eq!(
        report.to_string(),
        "record test.example/record: intact, 6 entries; signed with a key you gave"
    );
}

/// The checkpoint with a line added behind its signature.
fn cosigned(line: &str) -> Vec<u8> {
    let mut lines = lines();
    let last = lines.last_mut().expect("a checkpoint");
    *last = last.replacen("\\n\"}", &format!("\\n{line}\\n\"}}"), 1);
    file(&lines)
}

#[test]
fn signatures_by_other_keys_are_left_aside_and_counted() {
    // A witness's signature has a time before it, so it is longer than an Ed25519 signature.
    for witness in ["\u{2014} witness.example AAAAAQIDBA==", "\u{2014} w AAAAAQID"] {
        let report = verify(&cosigned(witness), &[signer(0).key()]);
        assert!(report.is_intact(), "{report}");
        assert_eq!(report.signatures_beside, 1);
        assert_eq!(
            report.to_string(),
            "record test.example/record: intact, 6 entries; signed with a key you gave; a signature \
             by another key stands beside it and was not checked"
        );
    }
    for broken in ["\u{2014} witness.example AAAA", "\u{2014} a b AAAAAQID", "witness AAAAAQID", ""]
    {
        assert!(!verify(&cosigned(broken), &[]).is_intact(), "{broken:?}");
    }
}

#[test]
fn a_second_signature_that_claims_the_key_and_does_not_hold_is_found() {
    let whole = String::from_utf8(file(&lines())).unwrap();
    let (_, own) = whole.rsplit_once("\\n\u{2014} ").expect("a signature");
    let (name, signature) = own.split_once(' ').expect("a name and a signature");
    let (signature, _) = signature.split_once("\\n").expect("a signature");
    let forged = format!("\u{2014} {name} {}A{}", &signature[..20], &signature[21..]);
    let report = verify(&cosigned(&forged), &[signer(0).key()]);
    assert!(!report.is_intact(), "{report}");
}

#[test]
fn a_changed_entry_is_named() {
    check(
        |lines| lines[3] = lines[3].replace("BBB", "XXX"),
        &[
            "line 4: entry 3 (3c6ef372-fe94-482a-8000-000000000002) was changed: neither it nor its \
           salt may differ from what was sealed",
        ],
    );
    // The last entry has none behind it whose link would tell.
    check(
        |lines| lines[6] = lines[6].replace("EEE", "XXX"),
        &[
            "line 7: entry 6 (1715609f-7c74-4c69-8000-000000000005) was changed: neither it nor its \
           salt may differ from what was sealed",
        ],
    );
}

#[test]
fn two_changed_entries_are_both_named() {
    let mut lines = lines();
    for line in [2, 3] {
        lines[line] = lines[line].replacen("\"state\"", "\"observer\"", 1);
    }
    let report = verify(&file(&lines), &[]);
    let places: Vec<_> =
        report.findings.iter().map(|found| (found.what.clone(), found.place.unwrap())).collect();
    assert_eq!(places, [(What::Changed, 2), (What::Changed, 3)]);
}

#[test]
fn dropped_entries_and_a_cut_tail_are_counted() {
    check(|lines| drop(lines.remove(3)), &["line 4: entry 3 was dropped"]);
    check(|lines| drop(lines.drain(2..5)), &["line 3: entries 2 to 4 were dropped"]);
    check(
        |lines| drop(lines.drain(5..7)),
        &["line 6: the tail was cut off: entries 5 to 6 are missing"],
    );
    check(
        |lines| lines.truncate(5),
        &["line 5: the tail was cut off: a record ends in a checkpoint"],
    );
}

#[test]
fn reordered_and_repeated_entries_are_named() {
    check(
        |lines| lines.swap(2, 3),
        &["line 3: entry 3 (3c6ef372-fe94-482a-8000-000000000002) was moved here from its place"],
    );
    check(
        |lines| lines.insert(6, lines[2].clone()),
        &["line 7: entry 2 (9e3779b9-7f4a-4c15-8000-000000000001) stands here a second time"],
    );
}

#[test]
fn a_forged_entry_is_named() {
    check(
        |lines| lines.insert(4, lines[3].replace("BBB", "XXX")),
        &["line 5: entry 3 (3c6ef372-fe94-482a-8000-000000000002) was inserted: nothing like it \
           was sealed there"],
    );
}

#[test]
fn an_altered_link_or_place_does_not_make_the_entry_a_changed_one() {
    let link = |line: &str| line.find(r#""link":""#).unwrap() + 8;
    check(
        |lines| {
            let at = link(&lines[3]);
            let digit = if &lines[3][at..=at] == "0" { "1" } else { "0" };
            lines[3].replace_range(at..=at, digit);
        },
        &[
            "line 4: entry 3 (3c6ef372-fe94-482a-8000-000000000002) is as recorded, but the link on \
           its line was changed",
        ],
    );
    check(
        |lines| lines[3] = lines[3].replacen(r#""place":3"#, r#""place":5"#, 1),
        &["line 4: entry 3 (3c6ef372-fe94-482a-8000-000000000002) is as recorded, but the place \
           its line states was changed"],
    );
}

#[test]
fn a_damaged_line_is_placed_and_its_fault_told() {
    check(
        |lines| lines[3].insert(2, '"'),
        &["line 4: entry 3 was damaged and can't be read: unknown field ``, expected one of \
           `place`, `link`, `salt`, `entry`, `withheld` at column 3"],
    );
    check(
        |lines| lines[3].insert(1, ' '),
        &["line 4: entry 3 was damaged and can't be read: expected the line exactly as it was \
           written, to the byte"],
    );
}

/// Somebody without the key writes the whole file anew: nothing in it is at odds with itself.
#[test]
fn a_record_rewritten_without_its_key_does_not_pass() {
    let mut builder = Builder::default();
    builder.admit("XXX", ParticipantClass::State);
    let forged = sealed(&Record::of(builder.entries).unwrap());
    let places = forged.read(0).unwrap();
    let mut lines = lines();
    let checkpoint = lines.pop().unwrap();
    let note: serde_json::Value = serde_json::from_str(&checkpoint).unwrap();
    let checkpoint = Checkpoint::parse(note["checkpoint"].as_str().unwrap()).unwrap();
    // As many entries as were signed, all of them others.
    let places: Vec<Sealed> = places.iter().cycle().take(6).cloned().collect();
    let file = export::write(&forged.key().unwrap(), &places, &checkpoint);
    let report = verify(file.as_bytes(), &[]);
    assert_eq!(
        report.to_string(),
        "record test.example/record: not intact; signed with the key named in the file (compare \
         it with the one you know)\n  the entries agree with one another, but are not those the \
         checkpoint was signed for: the record was rewritten without its key; compare it with an \
         earlier copy to see from where"
    );
}

#[test]
fn a_checkpoint_is_checked_against_the_keys_one_trusts() {
    let good = file(&lines());
    let report = verify(&good, &[signer(9).key()]);
    assert_eq!(
        report.to_string(),
        "record test.example/record: not intact; signed, but with none of the keys you gave\n  \
         line 8: the checkpoint is signed, but by none of the keys given"
    );
    check(
        |lines| lines[7] = lines[7].replace("\\n6\\n", "\\n7\\n"),
        &["line 8: the checkpoint was changed; the entries are those it was signed for"],
    );
    check(
        |lines| {
            let forged = signer(9).sign(Head { size: 6, root: [0; 32] }).to_string();
            lines[7] = format!(r#"{{"checkpoint":{}}}"#, serde_json::Value::from(forged));
        },
        &["line 8: the signature doesn't hold: the checkpoint, or the key in the header, was \
           changed or forged"],
    );
    check(
        |lines| lines.insert(3, lines[7].clone()),
        &["line 4: a checkpoint was inserted before the last one"],
    );
    check(
        |lines| drop(lines.remove(0)),
        &["line 1: the header is missing: a record begins with {\"travaux\":\"record\"…"],
    );
}

#[test]
fn a_list_of_entries_is_told_from_a_sealed_record() {
    let mut builder = Builder::default();
    builder.admit("AAA", ParticipantClass::State);
    let report = verify(encode_lines(&builder.entries).as_bytes(), &[]);
    assert_eq!(
        report.to_string(),
        "record: not intact; no signature could be checked\n  line 1: these are entries without \
         seals, so there is nothing to verify; `travaux record append` takes them in"
    );
}

#[test]
fn a_later_copy_extends_an_earlier_one_and_a_rewritten_one_parts_from_it() {
    let mut builder = Builder::default();
    let places = |builder: &Builder| -> Vec<Sealed> {
        builder.entries.iter().zip(0..).map(|(e, n)| Sealed::new(salt(n), encode(e))).collect()
    };
    for state in ["AAA", "BBB"] {
        builder.admit(state, ParticipantClass::State);
    }
    let mut journal = MemoryJournal::new(signer(0));
    let first = journal.append(Head::empty(), &places(&builder)).unwrap();
    let earlier = journal.export().unwrap();
    builder.admit("CCC", ParticipantClass::State);
    let second = journal.append(first.head, &places(&builder)[3..]).unwrap();
    let later = journal.export().unwrap();

    let (earlier, later) = (verify(earlier.as_bytes(), &[]), verify(later.as_bytes(), &[]));
    assert_eq!(earlier.compare(&later), Comparison::Earlier);
    assert_eq!(later.compare(&earlier), Comparison::Later);
    assert!(later.extends(&first.head) && !earlier.extends(&second.head));
    // The same by proofs, for who has heads only.
    let proof = journal.tree().prove_extends(3).unwrap();
    assert!(second.head.extends(&first.head, &proof));
    assert!(!second.head.extends(&Head { root: [0; 32], ..first.head }, &proof));
    let leaf = journal.tree().leaves()[2];
    let proof = journal.tree().prove_includes(2).unwrap();
    assert!(second.head.includes(&leaf, 2, &proof));
    assert!(!second.head.includes(&leaf, 1, &proof));

    let mut rewritten = MemoryJournal::new(signer(0));
    let mut other = places(&builder);
    other[1] = Sealed::new(salt(99), other[1].bytes().unwrap());
    rewritten.append(Head::empty(), &other).unwrap();
    let rewritten = verify(rewritten.export().unwrap().as_bytes(), &[]);
    assert!(rewritten.is_intact());
    let comparison = later.compare(&rewritten);
    assert_eq!(
        comparison.to_string(),
        "they are not copies of one record: they part at entry 2, so one of them was rewritten \
         from there on"
    );
}

/// RFC 6962, section 2.1: the root of an empty tree and of a single leaf, from the definition.
#[test]
fn the_tree_is_that_of_the_rfc() {
    use sha2::{Digest as _, Sha256};
    let leaf = |byte: u8| Leaf::from_bytes([byte; 32]);
    let hash = |prefix: u8, parts: &[&[u8]]| -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update([prefix]);
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    };
    assert_eq!(Head::empty().root, <[u8; 32]>::from(Sha256::digest(b"")));
    let leaves: Vec<[u8; 32]> = (1..=3).map(|n| hash(0, &[leaf(n).as_bytes()])).collect();
    let two = hash(1, &[&leaves[0], &leaves[1]]);
    let three = hash(1, &[&two, &leaves[2]]);
    let root = |count: u8| (1..=count).map(leaf).collect::<Tree>().head().root;
    assert_eq!(root(1), leaves[0]);
    assert_eq!(root(2), two);
    assert_eq!(root(3), three);
}

/// A key and a note as C2SP tools write them: names, hash, base64, the em dash.
#[test]
fn keys_and_checkpoints_are_read_back_as_written() {
    let key = signer(0).key();
    assert_eq!(Key::parse(&key.to_string()).unwrap(), key);
    let checkpoint = signer(0).sign(Head::empty());
    let written = checkpoint.to_string();
    assert_eq!(Checkpoint::parse(&written).unwrap(), checkpoint);
    assert!(checkpoint.is_signed_by(&key) && !checkpoint.is_signed_by(&signer(1).key()));
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines[..2], ["test.example/record", "0"]);
    assert_eq!(lines[2], "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert!(lines[4].starts_with("\u{2014} test.example/record "), "{written}");
    for bad in ["", "x", "a+b+c", "test.example/record+00000000+AAAA"] {
        assert!(Key::parse(bad).is_err(), "{bad:?}");
    }
}
