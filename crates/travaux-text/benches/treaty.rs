//! Times a whole treaty: 70 articles under 10,000 open proposals, built anew, and after one more.
//!
//! It prints milliseconds; what is to be reached is said in DESIGN, section 8. Nothing here is
//! compared with a clock in a test.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod dice;

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use travaux_text::{
    Act, Change, IssuedText, Place, Proposal, ProposalKey, Provision, ProvisionId, ProvisionKind,
    RollingText,
};

use dice::Dice;

const ARTICLES: usize = 70;
const PARAGRAPHS: usize = 4;
const PROPOSALS: usize = 10_000;
const WORDS: usize = 60;

fn provision(id: String, parent: Option<&str>, kind: ProvisionKind, number: usize) -> Provision {
    Provision {
        id: ProvisionId::new(id),
        parent: parent.map(ProvisionId::new),
        kind,
        number: number.to_string(),
        heading: String::new(),
        text: String::new(),
    }
}

fn treaty(dice: &mut Dice) -> IssuedText {
    let mut provisions = Vec::new();
    for article in 1..=ARTICLES {
        let id = format!("a{article}");
        provisions.push(provision(id.clone(), None, ProvisionKind::Article, article));
        for paragraph in 1..=PARAGRAPHS {
            let own = format!("{id}.{paragraph}");
            let mut own = provision(own, Some(&id), ProvisionKind::Paragraph, paragraph);
            for at in 0..WORDS {
                let space = if at == 0 { "" } else { " " };
                write!(own.text, "{space}word{}", dice.below(400)).expect("a string takes all");
            }
            provisions.push(own);
        }
    }
    IssuedText::new(provisions).expect("the generated treaty is a text")
}

fn proposal(dice: &mut Dice, base: &IssuedText, at: usize) -> (ProposalKey, Proposal) {
    let paragraphs: Vec<&Provision> = base.of_kind(ProvisionKind::Paragraph).collect();
    let target = paragraphs[dice.below(paragraphs.len())];
    let mut words: Vec<String> = target.text.split(' ').map(str::to_owned).collect();
    let act = match dice.below(20) {
        0 => Act::Suppress,
        1 => Act::Add {
            place: Place::After(target.id.clone()),
            kind: ProvisionKind::Paragraph,
            number: String::new(),
            heading: String::new(),
            text: format!("A new paragraph of proposal {at}."),
        },
        _ => {
            for _ in 0..3 {
                let place = dice.below(words.len());
                match dice.below(3) {
                    0 => words[place] = format!("other{}", dice.below(40)),
                    1 => words.insert(place, format!("added{}", dice.below(40))),
                    _ => drop(words.remove(place)),
                }
            }
            Act::Replace { text: words.join(" ") }
        }
    };
    let key = ProposalKey::new(&format!("P{at:05}")).expect("a name");
    let tabled = u32::try_from(at).expect("a small number");
    (key, Proposal::new(tabled, vec![Change { target: target.id.clone(), act }]))
}

fn main() {
    let mut dice = Dice(7);
    let base = treaty(&mut dice);
    let proposals: Vec<_> = (0..PROPOSALS).map(|at| proposal(&mut dice, &base, at)).collect();
    let more: Vec<_> =
        (PROPOSALS..PROPOSALS + 50).map(|at| proposal(&mut dice, &base, at)).collect();

    let start = Instant::now();
    let mut rolling = RollingText::with_proposals(base, proposals);
    let built = start.elapsed();

    let start = Instant::now();
    for provision in rolling.provisions() {
        black_box(provision.text().printed());
    }
    let printed = start.elapsed();

    let start = Instant::now();
    let mut slowest = 0.0_f64;
    for (key, proposal) in more {
        let start = Instant::now();
        rolling.table(key.clone(), proposal);
        for id in rolling.touched_by(&key) {
            if let Some(provision) = rolling.provision(&id) {
                black_box(provision.text().printed());
            }
        }
        slowest = slowest.max(start.elapsed().as_secs_f64());
    }
    let after = start.elapsed() / 50;

    let keys: Vec<ProposalKey> =
        rolling.proposals().map(|(key, _)| key.clone()).step_by(100).collect();
    let start = Instant::now();
    let side = black_box(rolling.side(&keys).provisions());
    let sided = start.elapsed();

    let millis = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    println!("{ARTICLES} articles, {PROPOSALS} proposals");
    println!("  built anew                          {:9.3} ms", millis(built));
    println!("  every provision printed             {:9.3} ms", millis(printed));
    println!("  one more, touched provision printed {:9.3} ms", millis(after));
    println!("    the slowest of fifty              {:9.3} ms", slowest * 1000.0);
    println!(
        "  a side of {} proposals ({} provisions) {:.3} ms",
        keys.len(),
        side.len(),
        millis(sided)
    );
}
