//! Measures a Word file of a hundred pages, read and written, beside python-docx and pandoc.
//!
//! The text is made: 1,300 paragraphs of some 35 words, every fifth of them changed by tracked changes. Ours
//! is the median of nine runs within one process; python-docx is timed within its own process,
//! start and import left out; pandoc as a program. A peer that is not at hand is left out.

#![expect(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use travaux_interchange::{Keep, WordDocument, WordWriter, submission};
use travaux_text::{Cover, IssuedText, Provision, ProvisionId, ProvisionKind};

const WORDS: &str = "each State Party shall adopt such legislative and other measures as may be \
    necessary to ensure that the powers and procedures provided for in this chapter are subject to \
    conditions and safeguards established under its domestic law and shall report on them";

/// A text of so many articles with ten paragraphs each; every `changed`-th paragraph words it otherwise.
fn text(articles: usize, changed: Option<usize>) -> IssuedText {
    let mut provisions = Vec::new();
    let provision =
        |id: String, parent: Option<String>, kind, number: usize, words: [String; 2]| {
            let [heading, text] = words;
            Provision {
                id: ProvisionId::new(id),
                parent: parent.map(ProvisionId::new),
                kind,
                number: number.to_string(),
                heading,
                text,
            }
        };
    for article in 1..=articles {
        let id = format!("a{article}");
        let heading = [format!("Subject {article}"), String::new()];
        provisions.push(provision(id.clone(), None, ProvisionKind::Article, article, heading));
        for paragraph in 1..=10 {
            let at = article * 10 + paragraph;
            let is_changed = changed.is_some_and(|every| at % every == 0);
            let words = if is_changed {
                WORDS.replace("shall adopt", "may endeavour to adopt")
            } else {
                WORDS.to_owned()
            };
            let words = [String::new(), format!("In case {at} {words}.")];
            let own = format!("{id}.{paragraph}");
            provisions.push(provision(
                own,
                Some(id.clone()),
                ProvisionKind::Paragraph,
                paragraph,
                words,
            ));
        }
    }
    IssuedText::new(provisions).expect("articles with their paragraphs are a text")
}

/// The median of nine runs, in milliseconds.
fn median<T>(mut run: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[4]
}

const PYTHON: &str = "import sys, time, docx\n\
t = time.perf_counter()\n\
d = docx.Document(sys.argv[1])\n\
n = sum(len(p.text) for p in d.paragraphs)\n\
r = time.perf_counter()\n\
d.save(sys.argv[2])\n\
print((r - t) * 1000, (time.perf_counter() - r) * 1000)\n";

fn python(file: &Path, again: &Path) -> Option<(f64, f64)> {
    let output = Command::new("python3").args(["-c", PYTHON]).args([file, again]).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let mut times = said.split_whitespace().filter_map(|it| it.parse().ok());
    Some((times.next()?, times.next()?))
}

fn pandoc(from: &Path, to: &Path) -> Option<f64> {
    let start = Instant::now();
    let ran = Command::new("pandoc").args(["--track-changes=all", "-o"]).args([to, from]).status();
    let time = start.elapsed().as_secs_f64() * 1_000.0;
    ran.is_ok_and(|status| status.success()).then_some(time)
}

fn main() {
    let (base, side) = (text(130, None), text(130, Some(5)));
    let writer = WordWriter::new(Cover::default(), "2031-05-02T00:00:00Z");
    let file = writer.tracked(&base, &side, "Norway");
    let words: usize = side.plain().split_whitespace().count();
    println!("{words} words, {} bytes", file.len());
    println!(
        "travaux      write tracked  {:8.1} ms",
        median(|| writer.tracked(&base, &side, "Norway"))
    );
    println!("travaux      write brackets {:8.1} ms", median(|| writer.master(&side.sheet())));
    println!(
        "travaux      read           {:8.1} ms",
        median(|| {
            let document = WordDocument::read(&file).expect("it was written by us");
            (document.text(Keep::Accepted), document.text(Keep::Rejected))
        })
    );
    let document = WordDocument::read(&file).expect("it was written by us");
    println!(
        "travaux      as a proposal  {:8.1} ms",
        median(|| submission(&document, &base, "P", Keep::Accepted, &[]))
    );
    let folder = std::env::temp_dir().join("travaux-word-bench");
    std::fs::create_dir_all(&folder).expect("there is a folder for temporary files");
    let (path, again, plain) =
        (folder.join("in.docx"), folder.join("out.docx"), folder.join("out.md"));
    std::fs::write(&path, &file).expect("there is room for a file");
    if let Some((read, write)) = python(&path, &again) {
        println!(
            "python-docx  read           {read:8.1} ms (accepted words only, without changes)"
        );
        println!("python-docx  write          {write:8.1} ms");
    }
    if let Some(read) = pandoc(&path, &plain) {
        println!("pandoc       read           {read:8.1} ms (start included)");
        if let Some(write) = pandoc(&plain, &again) {
            println!("pandoc       write          {write:8.1} ms (start included)");
        }
    }
}
