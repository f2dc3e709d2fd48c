//! What is refused, and in which words: one table of them all.

use crate::program::Folder;

/// Runs each line of `commands` and writes down what was said.
fn transcript(folder: &Folder, commands: &[&str]) -> String {
    // Which record is read is said each time, and is no part of what is refused.
    let is_remark = |line: &&str| {
        ["reading ", "text: ", "note: "].iter().any(|remark| line.starts_with(remark))
    };
    let said = |command: &&str| {
        let run = folder.run(&command.split(' ').collect::<Vec<_>>()).to_string();
        run.lines().filter(|line| !is_remark(line)).fold(String::new(), |all, l| all + l + "\n")
    };
    commands.iter().map(said).collect::<Vec<_>>().join("\n")
}

#[test]
fn merge_and_side() {
    let folder = Folder::new()
        .with("base.txt", "The Parties shall report.\n")
        .with("a.txt", "The Parties may report.\n")
        .with("latin1.txt", b"d\xe9l\xe9gations")
        .with("not.json", "{\"base\": ")
        .with("other.json", "{\"base\": \"x\"}");
    let merged = folder.run(&["merge", "base.txt", "Norway=a.txt", "--json"]).good();
    let folder = folder
        .with("merged.json", &merged)
        .with("tampered.json", merged.replacen("may", "should", 1));
    insta::assert_snapshot!(transcript(
        &folder,
        &[
            "merge base.txt a.txt",
            "merge base.txt base=a.txt",
            "merge base.txt =a.txt",
            "merge base.txt A=",
            "merge base.txt A=a.txt A=base.txt",
            "merge base.txt A=absent.txt",
            "merge base.txt A=.",
            "merge base.txt A=latin1.txt",
            "side Norwya merged.json",
            "side Norway not.json",
            "side Norway other.json",
            "side Norway tampered.json",
            "side Norway absent.json",
        ]
    ));
}

/// Names that are not there, dates that are none.
#[test]
fn names_and_dates() {
    let folder = Folder::new();
    insta::assert_snapshot!(transcript(
        &folder,
        &[
            "text --side Norwya --plain",
            "text --side cnd-064 --as-of 2024-01-01",
            "text --as Narnia",
            "text --as-of 2023-13",
            "text --as-of 2017",
            "text --as-of A/AC.291/220",
            "text --record http://127.0.0.1:8080/export",
            "text --known-by tomorrow",
            "provision safegaurds.chapeau",
            "provision zzz",
            "text --record absent.jsonl",
            "text --record absent.travaux",
            "text --practice --record absent.jsonl",
        ],
    ));
}

const ADMIT: &str = r#"{"at":"2031-05-01","fact":{"kind":"participant_admitted","participant":"SEC","name":"Secretariat","class":"secretariat"}}"#;

/// Entries that cannot be recorded, and files that are no record. Nothing is left behind.
#[test]
fn entries_and_records() {
    let issue = r#"{"at":"2031-05-02","fact":{"kind":"document_issued","document":"D1","symbol":"L.1","title":"Draft"}}"#;
    let sponsor = r#"{"at":"2031-05-02","fact":{"kind":"sponsor_joined","proposal":"CRP.4","participant":"SEC"}}"#;
    let folder = Folder::new()
        .with("admit.jsonl", format!("{ADMIT}\n"))
        .with("cut.jsonl", format!("{issue}\n\n{}\n", &issue[..40]))
        .with("unknown-name.jsonl", format!("{issue}\n{sponsor}\n"))
        .with("unknown-member.jsonl", issue.replacen("\"title\"", "\"tilte\"", 1))
        .with("unknown-kind.jsonl", issue.replacen("document_issued", "dokument", 1))
        .with("bad-date.jsonl", issue.replacen("2031-05-02", "2031-02-30", 1))
        .with("latin1.jsonl", b"{\"at\": \"d\xe9but\"}")
        .with("foreign.travaux", b"SQLite format 3\0 but not really")
        .with("no-database.travaux", "once upon a time\n".repeat(100));
    folder.run(&["record", "init", "r.travaux", "--origin", "conference.example/r"]);
    let admitted =
        folder.run(&["record", "append", "admit.jsonl", "--record", "r.travaux", "--by", "SEC"]);
    assert_eq!(admitted.code, Some(0), "{admitted}");
    let before = folder.run(&["record", "export", "--record", "r.travaux"]).out;
    let whole = std::fs::read(folder.path().join("r.travaux")).unwrap();
    let folder = folder.with("short.travaux", &whole[..whole.len() / 2]);
    let append = |file: &str| format!("record append {file}.jsonl --record r.travaux --by SEC");
    let said = transcript(
        &folder,
        &[
            &append("cut"),
            &append("unknown-name"),
            &append("unknown-member"),
            &append("unknown-kind"),
            &append("bad-date"),
            &append("latin1"),
            "record append admit.jsonl --record r.travaux --by Narnia",
            "record append admit.jsonl --record r.travaux",
            "record append admit.jsonl --record absent.travaux --by SEC",
            "record append admit.jsonl --record admit.jsonl --by SEC",
            "record init r.travaux",
            "record init no/such/folder.travaux",
            "record import admit.jsonl --into r.travaux",
            "text --record short.travaux",
            "text --record foreign.travaux",
            "text --record no-database.travaux",
            "text --record cut.jsonl",
            "record verify admit.jsonl",
            "record verify absent.jsonl",
            "record verify admit.jsonl --key nonsense",
        ],
    );
    // Ids are drawn at random; what is said of them is not.
    let id = |line: &str| {
        line.split(' ')
            .map(|word| {
                let is_id =
                    word.trim_end_matches(':').len() == 36 && word.matches('-').count() == 4;
                if is_id { "[id]" } else { word }.to_owned()
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let said: Vec<String> = said.lines().map(id).collect();
    insta::assert_snapshot!(said.join("\n"));
    let after = folder.run(&["record", "export", "--record", "r.travaux"]).out;
    assert!(before == after, "something of a refused batch was recorded");
}
