//! The help pages: `docs/commands.md` is what `--help` prints, page by page.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::program::Folder;

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commands.md");

/// The commands that have a page, in the order of the general help; groups with their members.
pub(crate) fn pages(folder: &Folder, above: &[&str]) -> Vec<Vec<String>> {
    let mut args = above.to_vec();
    args.push("--help");
    let help = folder.run(&args).good();
    let mut pages = vec![above.iter().map(|&arg| arg.to_owned()).collect()];
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in listed.take_while(|line| !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        if name != "help" && line.starts_with("  ") && !line.starts_with("   ") {
            let below: Vec<&str> = above.iter().copied().chain([name]).collect();
            pages.extend(self::pages(folder, &below));
        }
    }
    pages
}

#[test]
fn the_reference_is_what_help_prints() {
    let folder = Folder::new();
    let mut reference = String::from(
        "# Commands\n\nWhat `travaux help` prints, page by page. A test holds this page to the \
         program;\n`BLESS=1 cargo test -p travaux the_reference_is_what_help_prints` writes it anew.\n",
    );
    for page in pages(&folder, &[]) {
        let mut args: Vec<&str> = page.iter().map(String::as_str).collect();
        let title = format!("travaux {}", page.join(" "));
        args.push("--help");
        let help = folder.run(&args).good();
        let (title, help) = (title.trim(), help.trim_end());
        write!(reference, "\n## `{title}`\n\n```text\n{help}\n```\n").unwrap();
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(REFERENCE, &reference).unwrap();
    }
    let written = fs::read_to_string(Path::new(REFERENCE)).unwrap_or_default();
    assert!(written == reference, "docs/commands.md is not what help prints; run with BLESS=1");
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = folder.run(&["completions", shell]).good();
        for command in ["merge", "side"] {
            assert!(script.contains(command), "{shell} does not complete `{command}`");
        }
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    // The page is longer than a pipe that nobody reads will take.
    let folder = Folder::new().with("base.txt", "word ".repeat(200_000));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_travaux"))
        .args(["merge", "base.txt"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
