//! Writes the records of the shipped negotiations, or checks that they are what would be written.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use travaux_examples::Example;

fn main() -> anyhow::Result<ExitCode> {
    let check = std::env::args().any(|argument| argument == "--check");
    let mut stale = false;
    for example in Example::ALL {
        let path = example.folder().join("record.jsonl");
        let built = example.build()?;
        if check {
            let shipped = std::fs::read_to_string(&path).unwrap_or_default();
            stale |= shipped != built;
            report(&path, if shipped == built { "is what is built" } else { "is stale" });
        } else {
            std::fs::write(&path, &built)
                .with_context(|| format!("can't write {}", path.display()))?;
            report(
                &path,
                &format!("written, {} lines, {} bytes", built.lines().count(), built.len()),
            );
        }
    }
    Ok(if stale { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

#[expect(clippy::print_stdout, reason = "this program reports to its caller")]
fn report(path: &Path, what: &str) {
    println!("{}: {what}", path.display());
}
