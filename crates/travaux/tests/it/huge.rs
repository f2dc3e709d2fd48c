//! Files that are no draft: empty, binary, malformed, or far too large. Each command that reads files says what
//! is wrong, or marks it in what it reads; none goes down.

use std::fmt::Write as _;
use std::fs::File;

use crate::program::Folder;

/// A hundred million bytes that take no place on the disk.
const HUGE: u64 = 100_000_000;

fn folder() -> Folder {
    let brackets = "[".repeat(20_000) + &"]".repeat(19_990);
    let folder = Folder::new()
        .with("empty.md", "")
        .with("blank.md", " \n\t\n\u{feff}\n")
        .with(
            "binary.md",
            (0..4096_u32)
                .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0])
                .collect::<Vec<u8>>(),
        )
        .with("zeros.md", [0; 4096])
        .with("broken.md", "## Article 1 [\n\n1. ]]] {++ \\ [^ [a (b\n\n2. \u{202e}x\u{301}\n")
        .with("nested.md", brackets)
        .with("line.md", "word ".repeat(200_000))
        .with("good.md", "## Article 1. Scope\n\n1. Each Party [shall] report under article 2.\n")
        .with("deep.json", "[".repeat(100_000))
        .with("half.json", "{\"base\": \"x\", \"sides\": [\"A\"], \"nodes\": [{\"choice\": [");
    File::create(folder.path().join("huge.md")).unwrap().set_len(HUGE).unwrap();
    folder
}

/// Each command with `FILE` in the place of a file.
const COMMANDS: [&str; 13] = [
    "counts FILE",
    "counts FILE --json",
    "text FILE --reprint",
    "redline FILE good.md --json",
    "redline good.md FILE",
    "align FILE good.md --json",
    "references FILE --json",
    "coverage FILE --json",
    "terms FILE --json",
    "import FILE --record new.travaux --date 2031-05-02 --dry-run",
    "merge good.md A=FILE",
    "merge FILE A=good.md",
    "side A FILE",
];

const FILES: [&str; 11] = [
    "empty.md",
    "blank.md",
    "binary.md",
    "zeros.md",
    "broken.md",
    "nested.md",
    "line.md",
    "huge.md",
    "deep.json",
    "half.json",
    "absent.md",
];

#[test]
fn whatever_a_file_holds_a_command_reads_it_or_says_what_is_wrong() {
    let folder = folder();
    folder.run(&["record", "init", "new.travaux"]);
    let mut said = String::new();
    for command in COMMANDS {
        for file in FILES {
            let args: Vec<String> =
                command.split(' ').map(|arg| arg.replace("FILE", file)).collect();
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let run = folder.run(&args);
            let line = args.join(" ");
            // 0 is done, 3 what was given is wrong; anything else is a command that went down.
            assert!(matches!(run.code, Some(0 | 3 | 4)), "{line}: {run}");
            assert!(!run.err.contains("panicked"), "{line}: {run}");
            if run.code != Some(0) {
                let error = run.err.lines().find(|one| one.starts_with("error")).unwrap_or("");
                assert!(error.contains(file), "{line} does not say which file: {run}");
                assert!(run.err.contains("hint: "), "{line} has no hint: {run}");
                writeln!(said, "{line}\n  {error}").unwrap();
            }
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn an_index_that_is_none_is_refused() {
    let folder = folder();
    for file in ["empty.md", "binary.md", "zeros.md", "huge.md", "absent.md", "good.md"] {
        let run = folder.run(&["precedent", "find", "each Party shall report", "--index", file]);
        assert!(matches!(run.code, Some(3 | 4)) && run.err.contains(file), "{run}");
    }
    let run = folder.run(&["precedent", "build", ".", "--index", "made.index"]);
    assert_eq!(run.code, Some(0), "{run}");
    for left_out in ["empty.md", "binary.md", "zeros.md", "huge.md"] {
        assert!(run.err.contains(&format!("left out {left_out}")), "{run}");
    }
}
