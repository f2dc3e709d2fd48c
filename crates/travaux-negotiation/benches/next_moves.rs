//! How long it takes to say what may happen next, with ten thousand acts behind the meeting.
//!
//! Run with `cargo bench -p travaux-negotiation`; a number as argument asks for another count. It
//! prints microseconds and asserts none: they are of the machine it runs on. There is no peer to
//! hold it against: beside it stand what one more act costs, and folding all of them.

#![expect(clippy::print_stdout, reason = "the figures are the purpose of this program")]

use std::hint::black_box;
use std::time::Instant;

use travaux_negotiation::procedure::{Floor, Proceedings, Rules, speak};
use travaux_record::{
    Entry, EntryId, Fact, Moment, Occurrence, ParticipantAdmitted, ParticipantClass, ParticipantId,
    Projection as _,
};

const STATES: usize = 193;
const ROUNDS: u32 = 200;

fn entry(number: usize, fact: Fact) -> Entry {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    let at: Moment = "2031-05-02".parse().expect("a day");
    let recorded_at = "2031-05-02T10:00:00Z".parse().expect("an instant");
    Entry::new(EntryId::from_random(bytes), at, recorded_at, ParticipantId::new("SEC"), fact)
}

fn apply(proceedings: &mut Proceedings, number: usize, fact: Fact) {
    let entry = entry(number, fact);
    let at = entry.at;
    proceedings.apply(Occurrence { entry: &entry, fact: &entry.fact, at, corrected_by: None });
}

fn main() {
    let wanted = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let rules = Rules::shipped("ahc").expect("rules that ship");
    let today = "2031-05-02".parse().expect("a day");
    let mut proceedings = Proceedings::default();
    for state in 0..STATES {
        apply(&mut proceedings, state, admission(state));
    }
    // Speakers, motions and roll-calls, over and over.
    let mut count = STATES;
    let mut round = 0;
    let start = Instant::now();
    for line in ["present 150".to_owned(), "open \"1st meeting\"".to_owned()] {
        act(&mut proceedings, &rules, &mut count, &line);
    }
    while count < wanted {
        for line in lines(round) {
            act(&mut proceedings, &rules, &mut count, &line);
        }
        round += 1;
    }
    println!("{count} acts spoken and folded: {:?}", start.elapsed());
    let floor = Floor::new(proceedings.room(), &rules, today);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(floor.next());
    }
    println!("next moves: {:?} for {} of them", start.elapsed() / ROUNDS, floor.next().len());
    let start = Instant::now();
    let found = proceedings.irregular(&rules).len();
    println!("all acts judged anew: {:?}, {found} irregular", start.elapsed());
}

fn admission(state: usize) -> Fact {
    let name = format!("S{state:03}");
    Fact::ParticipantAdmitted(ParticipantAdmitted {
        participant: ParticipantId::new(name.as_str()),
        name,
        class: ParticipantClass::State,
    })
}

fn lines(round: usize) -> Vec<String> {
    let who = |offset: usize| format!("S{:03}", (round * 7 + offset) % STATES);
    let mut lines: Vec<String> = (0..20)
        .flat_map(|at| [format!("{} asks for the floor", who(at)), format!("floor to {}", who(at))])
        .collect();
    let motion = format!("m{round}");
    lines.push(format!("{} moves limit_speaking_time as {motion}", who(0)));
    lines.push(format!("put {motion} by record asked by {}", who(1)));
    let all = |from: usize, to: usize| {
        (from..to).map(|at| format!("S{at:03}")).collect::<Vec<_>>().join(" ")
    };
    lines.push(format!("yes {motion} {}", all(0, 80)));
    lines.push(format!("no {motion} {}", all(80, 140)));
    lines.push(format!("abstain {motion} {}", all(140, 150)));
    lines.push(format!("result {motion}"));
    lines
}

fn act(proceedings: &mut Proceedings, rules: &Rules, count: &mut usize, line: &str) {
    let today = "2031-05-02".parse().expect("a day");
    let spoken = speak(&proceedings.floor(rules, today), line).expect("a line that can be read");
    for fact in spoken.facts {
        *count += 1;
        apply(proceedings, *count, fact);
    }
}
