//! Writes the records of the shipped negotiations, or checks that they are what would be written.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use travaux_examples::Example;

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => false,
        ["--check"] => true,
        _ => anyhow::bail!("can't run with {arguments:?}: the one option is --check"),
    };
    let mut stale = false;
    for example in Example::ALL {
        let path = example.folder().join("record.jsonl");
        let mint = example.mint()?;
        let kinds = mint.kinds();
        let built = mint.into_sealed()?;
        for (kind, number) in kinds {
            report(&path, &format!("{number:5} {kind}"));
        }
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
