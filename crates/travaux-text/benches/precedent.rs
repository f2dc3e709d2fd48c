//! Looks for the paragraphs of a folder of treaties with a fifth of their words changed.
//!
//! `cargo bench -p travaux-text --bench precedent -- FOLDER [QUERIES [INPUTS]]` builds an index of all
//! `.md`, `.txt` and `.html` files of the folder, writes it, reads it back, and prints one line of
//! JSON. INPUTS is where the queries are written for the peers, one JSON object a line.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops where it cannot go on")]

mod dice;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use travaux_text::{Formula, Precedents, PrecedentsBuilder, TokenKind, text_of_html, tokens};

use dice::Dice;

/// Shorter paragraphs are no query: too little is left when a fifth of their words is changed.
const WORDS_MIN: usize = 20;
/// One word in so many is changed.
const CHANGED: usize = 5;

struct Query {
    paragraph: String,
    asked: String,
}

fn main() {
    // Cargo adds `--bench`.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let Some(folder) = args.first() else {
        println!("name a folder of treaties");
        return;
    };
    let wanted = args.get(1).map_or(1000, |wanted| wanted.parse().unwrap());
    let texts = texts(folder);
    let begun = Instant::now();
    let mut builder = PrecedentsBuilder::new();
    for (name, text) in &texts {
        builder.add(name, text).unwrap();
    }
    let bytes = builder.finish().to_bytes();
    let built = begun.elapsed();
    let begun = Instant::now();
    let index = Precedents::from_bytes(&bytes).unwrap();
    let loaded = begun.elapsed();
    let queries = queries(&texts, wanted);
    if let Some(inputs) = args.get(2) {
        let lines = queries.iter().fold(String::new(), |mut lines, query| {
            let (paragraph, asked) = (json(&query.paragraph), json(&query.asked));
            writeln!(lines, "{{\"paragraph\":{paragraph},\"asked\":{asked}}}").unwrap();
            lines
        });
        fs::write(inputs, lines).unwrap();
    }
    let found = Found::of(&index, &queries);
    let counts = index.counts();
    println!(
        "{{\"texts\":{},\"passages\":{},\"formulas\":{},\"words\":{},\"build_s\":{:.2},\"load_s\":{:.3},\
         \"bytes\":{},\"queries\":{},\"first\":{},\"first_with_near\":{},\"first_five\":{},\
         \"mean_ms\":{:.2},\"p99_ms\":{:.2},\"most_ms\":{:.2}}}",
        counts.sources,
        counts.passages,
        counts.formulas,
        counts.words,
        built.as_secs_f64(),
        loaded.as_secs_f64(),
        bytes.len(),
        queries.len(),
        found.first,
        found.with_near,
        found.five,
        found.ms.iter().sum::<f64>() / f64::from(u32::try_from(found.ms.len()).unwrap()),
        found.ms[found.ms.len() * 99 / 100],
        found.ms.last().unwrap(),
    );
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn texts(folder: &str) -> Vec<(String, String)> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let read = |path: std::path::PathBuf| {
        let ending = path.extension()?.to_str()?.to_owned();
        let text = fs::read_to_string(&path).ok()?;
        let name = path.file_name()?.to_str()?.to_owned();
        match ending.as_str() {
            "md" | "txt" => Some((name, text)),
            "html" => Some((name, text_of_html(&text))),
            _ => None,
        }
    };
    names.into_iter().filter_map(read).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = tokens(text).filter(|token| TokenKind::of(token) == TokenKind::Word);
    words.map(|word| word.to_lowercase().replace('\u{2019}', "'")).collect()
}

/// Draws paragraphs (whatever stands between empty lines) and changes a fifth of their words.
fn queries(texts: &[(String, String)], wanted: usize) -> Vec<Query> {
    let mut dice = Dice(20_261_124);
    let mut paragraphs: Vec<&str> = Vec::new();
    for (_, text) in texts {
        // What follows a heading in a line of its own is another paragraph.
        let blocks = text.split("\n\n").flat_map(|block| block.split("\n#")).map(str::trim);
        paragraphs.extend(
            blocks.filter(|block| !block.starts_with('#') && words(block).len() >= WORDS_MIN),
        );
    }
    let pool: Vec<&str> = texts.iter().flat_map(|(_, text)| tokens(text)).collect();
    (0..wanted)
        .map(|_| {
            let paragraph = paragraphs[dice.below(paragraphs.len())];
            Query { paragraph: paragraph.to_owned(), asked: changed(paragraph, &pool, &mut dice) }
        })
        .collect()
}

/// Replaces, removes, or puts a word of some treaty beside, one word in five each time.
fn changed(paragraph: &str, pool: &[&str], dice: &mut Dice) -> String {
    let all: Vec<&str> = tokens(paragraph).collect();
    let mut places: Vec<usize> =
        (0..all.len()).filter(|&at| TokenKind::of(all[at]) == TokenKind::Word).collect();
    let changes = places.len().div_ceil(CHANGED);
    for at in 0..changes {
        let other = at + dice.below(places.len() - at);
        places.swap(at, other);
    }
    let mut out: Vec<String> = all.iter().map(|&token| token.to_owned()).collect();
    for &place in &places[..changes] {
        let mut word = pool[dice.below(pool.len())];
        while TokenKind::of(word) != TokenKind::Word {
            word = pool[dice.below(pool.len())];
        }
        match dice.below(4) {
            0 => out[place].clear(),
            1 => {
                out[place].push(' ');
                out[place].push_str(word);
            }
            _ => word.clone_into(&mut out[place]),
        }
    }
    out.concat()
}

#[derive(Default)]
struct Found {
    /// The very words stand in the wording shown first.
    first: usize,
    /// They stand in it or in one listed with it.
    with_near: usize,
    /// They stand in one of the first five, or in one listed with them.
    five: usize,
    /// How long each took, ascending.
    ms: Vec<f64>,
}

impl Found {
    fn of(index: &Precedents, queries: &[Query]) -> Self {
        let mut all = Self::default();
        for query in queries {
            let begun = Instant::now();
            let found = black_box(index.find(&query.asked, 5));
            all.ms.push(begun.elapsed().as_secs_f64() * 1000.0);
            let holds = |text: &str| is_in(&query.paragraph, text);
            let near = |formula: &Formula<'_>| {
                holds(formula.text) || formula.near.iter().any(|near| holds(near.text))
            };
            all.first += usize::from(found.first().is_some_and(|first| holds(first.text)));
            all.with_near += usize::from(found.first().is_some_and(near));
            all.five += usize::from(found.iter().any(near));
            if std::env::var_os("SHOW_MISSES").is_some()
                && !found.first().is_some_and(|first| holds(first.text))
            {
                println!("ASKED {}\nMEANT {}", query.asked, query.paragraph);
                for formula in &found {
                    println!("  {} {}", formula.likeness, formula.text);
                }
            }
        }
        all.ms.sort_by(f64::total_cmp);
        all
    }
}

/// Reports whether all words of a paragraph stand together in a text; the number apart that the
/// paragraph may begin with.
fn is_in(paragraph: &str, text: &str) -> bool {
    let (paragraph, text) = (words(paragraph), words(text));
    let holds = |sought: &[String]| text.windows(sought.len()).any(|window| window == sought);
    holds(&paragraph) || holds(&paragraph[1..])
}
