//! Measures the merge of N sides over one paragraph, and writes the inputs for its peers.
//!
//! The generator is seeded: each side makes three edits of a paragraph of 176 words (inserts 1 to 8
//! words, deletes 1 to 10, or replaces 1 to 4), a quarter of the insertions copied from another
//! side. `--inputs DIR` also writes each case as JSON; results are JSON, one case a line. `--large`
//! measures one wholly different side of 100 kB instead. It does not know its peers:
//! `benches/merge/run` sets the table.

#![expect(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::fmt::Write as _;
use std::time::Instant;

use travaux_text::{Merge, Reader, SideName, cost, side_of};

const SIDES: [usize; 9] = [2, 5, 10, 20, 40, 80, 120, 160, 193];

const PARAGRAPH: &str = "\
Each State Party shall adopt such legislative and other measures as may be necessary to ensure that \
the powers and procedures provided for in this chapter are subject to conditions and safeguards \
established under its domestic law, which shall provide for the protection of human rights, in \
accordance with its obligations under international law, and which shall incorporate the principle \
of proportionality. Such conditions and safeguards shall, as appropriate in view of the nature of \
the procedure or power concerned, include judicial or other independent review, the right to an \
effective remedy, grounds justifying application, and limitation of the scope and the duration of \
such power or procedure. To the extent that it is consistent with the public interest, in particular \
the proper administration of justice, each State Party shall consider the impact of the powers and \
procedures in this chapter upon the rights, responsibilities and legitimate interests of third \
parties. Each State Party shall report every two years to the Conference of the Parties on the \
measures taken under it, including all their known costs.";

const WORDS: &str = "shall should may not and or effective adequate timely independent prior judicial \
technical financial assistance capacity building developing countries upon request consistent with \
national law where appropriate relevant stakeholders civil society private sector personal data \
privacy necessity legality non discrimination gender equality children vulnerable groups transparent \
periodic review competent authorities cooperation exchange of information best practices";

/// `SplitMix64`: small, seeded, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, from: usize, to: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let span = (to - from + 1) as u64;
        from + usize::try_from((z ^ (z >> 31)) % span).unwrap_or_default()
    }
}

/// Something inserted, to be copied by others: where in the base, and which words.
type Insertion = (usize, Vec<String>);

fn side(dice: &mut Dice, made: &mut Vec<Insertion>) -> String {
    let base: Vec<&str> = PARAGRAPH.split(' ').collect();
    let vocabulary: Vec<&str> = WORDS.split(' ').collect();
    // One edit in each third, from the last to the first, so that places stay those of the base.
    let mut words: Vec<String> = base.iter().map(|&word| word.to_owned()).collect();
    for third in (0..3).rev() {
        let (from, to) = (third * base.len() / 3, (third + 1) * base.len() / 3 - 11);
        let at = dice.roll(from, to);
        let new = |dice: &mut Dice, most: usize| -> Vec<String> {
            let count = dice.roll(1, most);
            (0..count).map(|_| vocabulary[dice.roll(0, vocabulary.len() - 1)].to_owned()).collect()
        };
        match dice.roll(0, 2) {
            0 => {
                let near: Vec<&Insertion> =
                    made.iter().filter(|(at, _)| (from..=to).contains(at)).collect();
                let (at, text) = if !near.is_empty() && dice.roll(0, 3) == 0 {
                    near[dice.roll(0, near.len() - 1)].clone()
                } else {
                    (at, new(dice, 8))
                };
                made.push((at, text.clone()));
                words.splice(at..at, text);
            }
            1 => drop(words.drain(at..at + dice.roll(1, 10))),
            _ => {
                let count = dice.roll(1, 4);
                let text = new(dice, 4);
                words.splice(at..at + count, text);
            }
        }
    }
    words.join(" ")
}

fn sides(count: usize) -> Vec<(SideName, String)> {
    let mut dice = Dice(176);
    let mut made = Vec::new();
    (0..count)
        .map(|at| {
            let name = SideName::new(&format!("P{at:03}")).expect("the name is no reserved word");
            (name, side(&mut dice, &mut made))
        })
        .collect()
}

fn merge(sides: &[(SideName, String)]) -> Merge {
    let sides = sides.iter().map(|(name, text)| (name.clone(), text.as_str()));
    Merge::with_sides(PARAGRAPH, sides).expect("names are distinct")
}

/// Seconds that this thread has worked, so that other work on the machine does not count; where the
/// system does not tell, seconds on the clock.
fn worked(since: Instant) -> f64 {
    // The first number is the nanoseconds spent on a processor (Linux, scheduler statistics).
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let first = told.as_deref().and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    first.map_or_else(|| since.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Seconds for one round of `work`: the mean of a batch, of several batches the fastest.
fn fastest<T>(mut work: impl FnMut() -> T) -> f64 {
    let since = Instant::now();
    let mut rounds = 1_u32;
    let mut batch = |rounds: u32| {
        let start = worked(since);
        for _ in 0..rounds {
            std::hint::black_box(work());
        }
        worked(since) - start
    };
    // The scheduler keeps its books every few milliseconds: a batch must be long against that.
    while batch(rounds) < 0.1 {
        rounds *= 2;
    }
    (0..8).map(|_| batch(rounds)).fold(f64::INFINITY, f64::min) / f64::from(rounds)
}

fn measure(count: usize) -> String {
    let sides = sides(count);
    let kernel = fastest(|| merge(&sides));
    let whole = merge(&sides);
    let nodes = fastest(|| whole.nodes());
    let printed = fastest(|| whole.printed());
    let all = fastest(|| {
        let merge = merge(&sides);
        (merge.nodes(), merge.printed())
    });
    let print = whole.printed();
    let exact = sides
        .iter()
        .filter(|(name, text)| {
            let reader = Reader::Side(name.clone());
            [&whole.nodes(), &print.nodes]
                .iter()
                .all(|nodes| side_of(nodes, &reader).as_ref() == Some(text))
        })
        .count();
    let backwards: Vec<(SideName, String)> = sides.iter().rev().cloned().collect();
    let same = merge(&backwards).printed() == print;
    format!(
        "{{\"sides\":{count},\"exact\":{exact},\"order_independent\":{same},\"seconds\":{all:.6},\
         \"kernel\":{kernel:.6},\"nodes\":{nodes:.6},\"printed\":{printed:.6},\
         \"cost\":{},\"cost_nodes\":{}}}",
        print.cost,
        cost(&whole.nodes())
    )
}

/// Measures one side that has nothing but its vocabulary in common with a base of 100 kB.
fn measure_large() -> String {
    let vocabulary: Vec<&str> = WORDS.split(' ').collect();
    let text = |seed: u64| {
        let mut dice = Dice(seed);
        let mut text = String::new();
        while text.len() < 100_000 {
            text += vocabulary[dice.roll(0, vocabulary.len() - 1)];
            text.push(' ');
        }
        text
    };
    let (base, side) = (text(1), text(2));
    let since = Instant::now();
    let start = worked(since);
    let name = SideName::new("A").expect("the name is no reserved word");
    let merge = Merge::with_sides(&base, [(name, side.as_str())]).expect("there is one side");
    let kernel = worked(since) - start;
    let print = merge.printed();
    let printed = worked(since) - start - kernel;
    format!(
        "{{\"bytes\":100000,\"kernel\":{kernel:.3},\"printed\":{printed:.3},\"cost\":{}}}",
        print.cost
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn input(count: usize) -> String {
    let mut json = format!("{{\"base\":{},\"sides\":{{", quoted(PARAGRAPH));
    for (at, (name, text)) in sides(count).iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(json, "{comma}{}:{}", quoted(name.as_str()), quoted(text))
            .expect("a string can be written to");
    }
    json + "}}\n"
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--inputs") {
        let folder = arguments.get(at + 1).expect("--inputs takes a folder");
        for count in SIDES {
            let file = format!("{folder}/{count:03}.json");
            std::fs::write(&file, input(count)).expect("the folder for inputs can be written to");
        }
    }
    if arguments.iter().any(|argument| argument == "--large") {
        println!("{}", measure_large());
        return;
    }
    let only = arguments.iter().position(|argument| argument == "--sides");
    let only: Option<usize> =
        only.and_then(|at| arguments.get(at + 1)).and_then(|count| count.parse().ok());
    for count in SIDES.into_iter().filter(|count| only.is_none_or(|only| only == *count)) {
        println!("{}", measure(count));
    }
}
