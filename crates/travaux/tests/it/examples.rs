//! Every example of the README and the help pages runs as it is written.
//!
//! The files that examples name stand for the reader's own: they are laid out here, but for those
//! that a page's own examples make. What serves until it is stopped is tried elsewhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::floor::conference;
use crate::help::pages;
use crate::program::Folder;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");

/// Runs one example as a reader's shell would.
#[track_caller]
fn run(folder: &Folder, example: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_travaux")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-e", "-c", example])
        .current_dir(folder.path())
        .env("PATH", format!("{}:{path}", program.display()))
        .env("HOME", folder.path())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    // 1 is an answer too: the question was understood, and the answer is no.
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "does not run as written:\n{example}\n{err}"
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_examples_of_the_readme_run_one_after_the_other() {
    let readme = fs::read_to_string(README).unwrap();
    let shown = readme.split("## What it does").nth(1).unwrap();
    let shown = shown.split("\n## ").next().unwrap();
    let folder = Folder::new();
    let lines: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let mut ran = 0;
    for (at, line) in lines.iter().enumerate() {
        let example = line.strip_prefix("$ ").unwrap_or(line);
        if !["travaux ", "printf "].iter().any(|opening| example.starts_with(opening)) {
            continue;
        }
        let printed = run(&folder, example);
        // What a prompt shows is shown with its answer.
        let answer = lines.get(at + 1).filter(|_| line.starts_with("$ travaux"));
        if let Some(answer) = answer {
            assert_eq!(printed.trim_end(), *answer, "{example}");
        }
        ran += 1;
    }
    assert!(ran >= 9, "only {ran} examples were found");
}

/// The examples of a help page, lines that continue put together.
fn examples(help: &str) -> Vec<String> {
    let behind = help.lines().skip_while(|line| !line.starts_with("Example"));
    let mut examples: Vec<String> = Vec::new();
    for line in behind.skip(1).take_while(|line| line.starts_with("  ")) {
        let goes_on = line.starts_with("    ");
        match examples.last_mut() {
            Some(last) if goes_on => {
                last.push('\n');
                last.push_str(line);
            }
            _ => examples.push(line.trim_start().to_owned()),
        }
    }
    examples
}

/// A conference that has just begun: who keeps its record, a text, a proposal.
const BEGUN: &str = r#"{"at":"2031-05-01","fact":{"kind":"participant_admitted","participant":"SEC","name":"Secretariat","class":"secretariat"}}"#;
const ENTRIES: &str = r#"{"at":"2031-05-01","fact":{"kind":"participant_admitted","participant":"NOR","name":"Norway","class":"state"}}
{"at":"2031-05-01","fact":{"kind":"document_issued","document":"D1","symbol":"L.1","title":"Draft","base":{"standing":"authentic","provisions":[{"id":"a","kind":"article","number":"1","text":"The bank shall report to the Parties."}]}}}
{"at":"2031-05-01","audience":"secretariat","fact":{"kind":"proposal_tabled","proposal":"CRP.4","document":"D1","label":"CRP.4","standing":"authentic","changes":[{"target":"a","act":"replace","text":"The bank may report to the Parties."}]}}
"#;
const DRAFT: &str = "Article 1\n\n1. Each Party shall afford one another [the widest measure of] mutual legal \
                     assistance.\n\n2. Parties [shall][may] report annually.\n";

const TREATY: &str = "Article 7\n\n1. States Parties shall ensure that they implement their obligations \
    in accordance with applicable international human rights law.\n\n2. Each Party shall afford one \
    another mutual legal assistance.\n";

const PROBLEM: &str = r#"{"rule":"simple","issues":[{"issue":"scope","options":["narrow","broad"],"current":"broad"}],"delegations":[{"participant":"Averne","worth":{"scope":{"narrow":2,"broad":0}}},{"participant":"Belisar","worth":{"scope":{"narrow":1,"broad":0}}}]}"#;

/// Invented words in the places of official ones.
const OFFICIAL: [(&str, &str); 2] = [
    ("zero-draft.txt", "Article 24. Conditions and safeguards\n\n1. Words of a test.\n"),
    ("words.md", "Article 5. Notice of movement\n\n1. Words of a test.\n"),
];

/// Lays out the files that examples name.
fn laid_out() -> Folder {
    let full = |entries: &str| {
        let filled = |(at, line): (usize, &str)| {
            let envelope = format!(
                "{{\"v\":1,\"id\":\"00000000-0000-4000-8000-{at:012}\",\"recorded_at\":\"2031-05-01T12:00:00Z\",\"by\":\"SEC\","
            );
            line.replacen('{', &envelope, 1) + "\n"
        };
        entries.lines().enumerate().map(filled).collect::<String>()
    };
    let folder = Folder::new();
    for name in ["draft.md", "old.md", "first.md", "23-oct-2015.md"] {
        fs::write(folder.path().join(name), DRAFT).unwrap();
    }
    for name in ["new.md", "second.md", "4-dec-2015.md"] {
        fs::write(folder.path().join(name), DRAFT.replace("annually", "every two years")).unwrap();
    }
    let sides = [("base", "shall report annually"), ("averne", "may report annually")];
    let more = [("belisar", "shall report"), ("a", "may report"), ("b", "shall report")];
    for (name, words) in sides.into_iter().chain(more) {
        let text = format!("The Parties {words}.\n");
        fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
    }
    for (name, words) in OFFICIAL {
        fs::write(folder.path().join(name), words).unwrap();
    }
    fs::create_dir(folder.path().join("treaties")).unwrap();
    fs::write(folder.path().join("treaties/assistance.txt"), TREATY).unwrap();
    let folder = folder
        .with("begun.jsonl", full(BEGUN))
        .with("entries.jsonl", full(&format!("{BEGUN}\n{ENTRIES}")));
    for args in [
        "record import begun.jsonl --into paris.travaux",
        "record import entries.jsonl --into conference.travaux > conference.key",
        "record export --record conference.travaux > copy.jsonl",
        "record export --record conference.travaux --for public > for-the-press.jsonl",
        "precedent build treaties",
    ] {
        run(&folder, &format!("travaux {args}"));
    }
    fs::write(folder.path().join("entries-alone.jsonl"), ENTRIES).unwrap();
    fs::create_dir(folder.path().join("night")).unwrap();
    for file in ["norway.docx", "'night/Norway 1.docx'"] {
        let export = "travaux export --record conference.travaux --format docx --skeleton -o";
        run(&folder, &format!("{export} {file}"));
    }
    fs::copy(conference().path().join("c.travaux"), folder.path().join("c.travaux")).unwrap();
    let room = "participant,yes,no,abstain,absent\nAverne,1,0,0,0\nBelisar,0.5,0.5,0,0\n";
    let dated = |day: &str| format!("participant,date\nAverne,{day}\nBelisar,2002-06-01\n");
    let folder = folder
        .with("P.csv", room)
        .with("votes.csv", "rcid,date,iso3,vote\n1,2030-10-01,AVE,yes\n1,2030-10-01,BEL,no\n")
        .with("roll_calls.csv", "rcid,session\n1,85\n")
        .with("P.json", PROBLEM)
        .with("S.csv", dated("2000-12-12"))
        .with("D.csv", dated("2001-07-20"));
    for folders in [".local/share/bash-completion/completions", ".config/fish/completions"] {
        fs::create_dir_all(folder.path().join(folders)).unwrap();
    }
    folder
}

/// Takes away what the page's own examples make.
fn make_room(folder: &Folder, examples: &[String]) {
    for example in examples {
        for making in ["record init ", "--into "] {
            let made =
                example.split(making).nth(1).and_then(|behind| behind.split_whitespace().next());
            if let Some(made) = made {
                drop(fs::remove_file(folder.path().join(made)));
            }
        }
    }
    if examples.iter().any(|example| example.starts_with("echo")) {
        fs::rename(folder.path().join("entries-alone.jsonl"), folder.path().join("entries.jsonl"))
            .unwrap();
    }
}

#[test]
fn the_examples_of_every_help_page_run_one_after_the_other() {
    let mut ran = 0;
    let about = Folder::new();
    for page in pages(&about, &[]) {
        let name = page.join(" ");
        // Two serve until they are stopped; two want a table of many treaties, which does not ship.
        if ["demo", "serve", "forecast fit", "forecast backtest"].contains(&name.as_str()) {
            continue;
        }
        let args: Vec<&str> = page.iter().map(String::as_str).chain(["--help"]).collect();
        let examples = examples(&about.run(&args).good());
        if examples.is_empty() {
            continue;
        }
        let folder = laid_out();
        make_room(&folder, &examples);
        for example in &examples {
            run(&folder, example);
            ran += 1;
        }
    }
    assert!(ran >= 50, "only {ran} examples were found");
}
