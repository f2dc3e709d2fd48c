//! `travaux record …`: what is copied, and what a check of a copy finds.

use std::fs;

use crate::program::Folder;

fn export(folder: &Folder, args: &[&str]) -> Vec<u8> {
    let args: Vec<&str> = ["record", "export"].iter().chain(args).copied().collect();
    let run = folder.run(&args);
    assert_eq!(run.code, Some(0), "{run}");
    run.out
}

#[test]
fn a_copy_is_intact_and_reads_like_the_record() {
    let folder = Folder::new();
    let copy = export(&folder, &["--practice"]);
    let folder = folder.with("copy.jsonl", &copy);
    let check = folder.run(&["record", "verify", "copy.jsonl"]).good();
    assert!(check.starts_with("intact: "), "{check}");
    // The key that the file names, once trusted, makes the answer firmer.
    let header = String::from_utf8(copy.split(|&b| b == b'\n').next().unwrap().to_vec()).unwrap();
    let header: serde_json::Value = serde_json::from_str(&header).unwrap();
    let key = header["key"].as_str().unwrap();
    let check = folder.run(&["record", "verify", "copy.jsonl", "--key", key]).good();
    assert!(check.contains("signed by a key you trust"), "{check}");
    let shipped = folder.run(&["text", "--practice"]);
    let copied = folder.run(&["text", "--record", "copy.jsonl"]);
    assert_eq!(shipped.out, copied.out);
    let again = export(&folder, &["--record", "copy.jsonl"]);
    assert!(again == copy, "export, import, export gives other bytes");
}

#[test]
fn a_copy_for_the_public_checks_against_the_whole_and_shows_nothing_private() {
    let folder = Folder::new();
    let whole = export(&folder, &["--practice"]);
    let public = export(&folder, &["--practice", "--for", "public"]);
    let held = |copy: &[u8]| String::from_utf8_lossy(copy).matches("\"withheld\"").count();
    assert_eq!(held(&whole), 0);
    assert!(held(&public) > 0, "the practice conference has nothing to withhold");
    assert!(!String::from_utf8_lossy(&public).contains("mandate_set"), "a red line got out");
    let folder = folder.with("whole.jsonl", &whole).with("public.jsonl", &public);
    let check =
        folder.run(&["record", "verify", "public.jsonl", "--against", "whole.jsonl"]).good();
    assert!(check.contains("both are copies of one record at the same moment"), "{check}");
}

/// Every way of tampering with a line, on lines all over the file: each is found and named.
#[test]
fn a_hundred_mutations_are_caught_and_placed() {
    let folder = Folder::new();
    let copy = String::from_utf8(export(&folder, &["--practice"])).unwrap();
    let lines: Vec<&str> = copy.lines().collect();
    let (first, last) = (1, lines.len() - 2);
    let mut caught = 0;
    for at in (first..last).step_by((last - first) / 25) {
        let entry: serde_json::Value = serde_json::from_str(lines[at]).unwrap();
        let (id, year) = (entry["entry"]["id"].as_str().unwrap(), &entry["entry"]["at"]);
        let year = &year.as_str().unwrap()[..4];
        let changed = lines[at].replacen(&format!("\"at\":\"{year}"), "\"at\":\"1999", 1);
        let mut mutations: Vec<Vec<&str>> = vec![lines.clone(); 4];
        mutations[0][at] = &changed;
        mutations[1].remove(at);
        mutations[2].swap(at, at + 1);
        mutations[3].insert(at, lines[if at > 1 { at - 1 } else { last }]);
        for (kind, mutated) in mutations.iter().enumerate() {
            let file = mutated.join("\n") + "\n";
            assert_ne!(file, copy);
            let run = folder.run_with(&["record", "verify", "-"], &file);
            assert_eq!(run.code, Some(1), "{kind} at line {}: {run}", at + 1);
            let said = String::from_utf8_lossy(&run.out).into_owned();
            let place = format!("entry {at}");
            assert!(
                said.contains(id)
                    || said.contains(&place)
                    || said.contains(&format!("line {}", at + 1)),
                "{kind} at line {}: neither the entry nor its place is named: {said}",
                at + 1
            );
            caught += 1;
        }
    }
    assert!(caught >= 100, "only {caught} mutations were tried");
}

#[test]
fn a_list_says_what_happened_in_sentences() {
    let folder = Folder::new();
    let run = folder.run(&["record", "list", "--practice", "--as-of", "latest"]);
    let lines = String::from_utf8(run.out).unwrap();
    assert!(lines.lines().count() > 300, "{lines}");
    let dates: Vec<&str> = lines.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(dates.iter().all(|date| date.starts_with("20")), "{dates:?}");
}

#[test]
fn a_record_is_begun_added_to_copied_and_taken_in_again() {
    let folder = Folder::new();
    let begun = folder.run(&["record", "init", "r.travaux", "--origin", "conference.example/r"]);
    assert_eq!(begun.code, Some(0), "{begun}");
    let key = String::from_utf8(begun.out).unwrap();
    assert!(key.starts_with("conference.example/r+"), "{key}");
    let append = |entry: &str| {
        let args = ["record", "append", "-", "--record", "r.travaux", "--by", "SEC"];
        let run = folder.run_with(&args, entry);
        assert_eq!(run.code, Some(0), "{run}");
        String::from_utf8(run.out).unwrap()
    };
    let id = append(
        r#"{"at":"2031-05-01","fact":{"kind":"participant_admitted","participant":"SEC","name":"Secretariat","class":"secretariat"}}"#,
    );
    assert_eq!(id.trim().len(), 36, "the id of what was recorded is printed: {id}");
    append(
        r#"{"at":"2031-05-02","fact":{"kind":"document_issued","document":"D1","symbol":"L.1","title":"Draft","base":{"standing":"authentic","provisions":[{"id":"a","kind":"article","number":"1","text":"The Parties shall report."}]}}}"#,
    );
    append(
        r#"{"at":"2031-05-03","audience":"secretariat","fact":{"kind":"proposal_tabled","proposal":"P1","document":"D1","label":"P1","standing":"authentic","changes":[{"target":"a","act":"replace","text":"The Parties may report."}]}}"#,
    );
    let check = folder.run(&["record", "verify", "r.travaux"]).good();
    assert!(check.contains("3 entries shown, 0 withheld"), "{check}");
    let copy = export(&folder, &["--record", "r.travaux", "--for", "public"]);
    fs::write(folder.path().join("copy.jsonl"), copy).unwrap();
    let check = folder.run(&["record", "verify", "copy.jsonl", "--against", "r.travaux"]).good();
    assert!(check.contains("both are copies of one record at the same moment"), "{check}");
    let text = |args: &[&str]| {
        let args: Vec<&str> =
            ["text", "--record", "r.travaux"].iter().chain(args).copied().collect();
        String::from_utf8(folder.run(&args).out).unwrap()
    };
    assert_eq!(text(&[]), "Article 1\n\nThe Parties shall report.\n");
    assert!(text(&["--as", "SEC"]).contains("[shall / may (P1)]"));
    assert!(!text(&["--as", "SEC", "--as-of", "2031-05-02"]).contains("may"));

    let copy = export(&folder, &["--record", "r.travaux"]);
    let folder = folder.with("copy.jsonl", &copy);
    let key = key.trim();
    let taken =
        folder.run(&["record", "import", "copy.jsonl", "--into", "c.travaux", "--key", key]);
    assert_eq!(taken.code, Some(0), "{taken}");
    assert!(
        export(&folder, &["--record", "c.travaux"]) == copy,
        "import, export gives other bytes"
    );
    // A copy without its key can be read and not added to.
    let entry = r#"{"at":"2031-05-04","audience":"secretariat","fact":{"kind":"proposal_withdrawn","proposal":"P1"}}"#;
    let refused =
        folder.run_with(&["record", "append", "-", "--record", "c.travaux", "--by", "SEC"], entry);
    assert_eq!(refused.code, Some(3), "{refused}");
    assert!(refused.err.contains("without the key"), "{refused}");
}

/// A red line kept in a file of its own: the delegation sees it in its place, nobody else does, and
/// it is part of no copy.
#[test]
fn a_local_record_is_laid_over_a_shared_one() {
    let line = r#"{"v":1,"id":"00000000-0000-4000-8000-000000000001","at":"2024-01-01","recorded_at":"2030-01-01T00:00:00Z","by":"RCN","audience":{"delegation":"RCN"},"fact":{"kind":"mandate_set","participant":"RCN","force":"red_line","subject":{"provision":"PROVISION"},"text":"no fees for boats"}}"#;
    let folder = Folder::new().with("mine.jsonl", line.replace("PROVISION", "purpose"));
    let list = |who: &str| {
        let args = ["record", "list", "--practice", "--with", "mine.jsonl", "--as-of", "latest"];
        let args: Vec<&str> = args.into_iter().chain(["--as", who]).collect();
        let run = folder.run(&args);
        assert_eq!(run.code, Some(0), "{run}");
        String::from_utf8(run.out).unwrap()
    };
    assert!(list("RCN").contains("00000000"), "{}", list("RCN"));
    assert!(!list("public").contains("00000000"));
    assert!(!list("SECR").contains("00000000"));
    let exported = folder.run(&["record", "export", "--practice", "--with", "mine.jsonl"]);
    assert_eq!(exported.code, Some(2), "{exported}");
}
