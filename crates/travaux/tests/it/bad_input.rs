//! What is refused, and in which words: one table of them all.

use crate::program::Folder;

/// Runs each line of `commands` and writes down what was said.
fn transcript(folder: &Folder, commands: &[&str]) -> String {
    commands
        .iter()
        .map(|command| folder.run(&command.split(' ').collect::<Vec<_>>()).to_string())
        .collect::<Vec<_>>()
        .join("\n")
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
