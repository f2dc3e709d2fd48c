//! How many distinct readings an interval has, and how many words: for all intervals that begin at
//! one place, until it is certain that no longer one is worth printing side by side.
//!
//! Readings are told apart by a fingerprint of their tokens (a polynomial modulo 2^61 - 1) and their
//! number of words. What is printed is made from the readings themselves, so that a collision could
//! at worst cost an optimum, never a byte.

use super::atoms::Atom;
use crate::node::ALTERNATIVE_COST;
use crate::token::{tokens, words};

/// The distinct readings of the interval from a start to `end`, those apart that are nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideBySide {
    pub(super) end: usize,
    /// The number of distinct readings that are something.
    pub(super) readings: u64,
    /// The words in them.
    pub(super) words: u64,
}

impl SideBySide {
    /// Returns the cost where nobody who reads nothing in the interval reaches it, and where
    /// somebody does.
    pub(super) fn costs(&self) -> [u64; 2] {
        [self.readings, self.readings + 1].map(|alternatives| match alternatives {
            0 | 1 => self.words,
            _ => self.words + ALTERNATIVE_COST * alternatives,
        })
    }
}

const PRIME: u64 = (1 << 61) - 1;
const RADIX: u64 = 0x0B9A_7CE1_3F52_D86B;

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let low = u64::try_from(product & u128::from(PRIME)).unwrap_or_default();
    let high = u64::try_from(product >> 61).unwrap_or_default();
    let sum = low + high;
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// A stretch of tokens as its fingerprint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Print {
    hash: u64,
    power: u64,
    words: u64,
}

impl Print {
    const EMPTY: Self = Self { hash: 0, power: 1, words: 0 };

    fn of(text: &str) -> Self {
        let mut print = Self { words: words(text), ..Self::EMPTY };
        for token in tokens(text) {
            print.hash = (times(print.hash, RADIX) + token_print(token)) % PRIME;
            print.power = times(print.power, RADIX);
        }
        print
    }

    fn then(self, next: Self) -> Self {
        let hash = times(self.hash, next.power) + next.hash;
        Self {
            hash: if hash >= PRIME { hash - PRIME } else { hash },
            power: times(self.power, next.power),
            words: self.words + next.words,
        }
    }

    /// Only nothing has no tokens: a power of the radix is 1 again after far more than a text.
    fn is_empty(self) -> bool {
        self.power == 1
    }
}

/// A token's own fingerprint; never 0, so that tokens are not lost in front.
fn token_print(token: &str) -> u64 {
    token.bytes().fold(1, |print, byte| (times(print, 263) + u64::from(byte) + 1) % PRIME).max(1)
}

/// What one side does at an atom, where it does not just keep it.
struct Event {
    side: usize,
    keeps: bool,
    inserted: Option<Inserted>,
}

#[derive(Clone, Copy)]
struct Inserted {
    print: Print,
    first: u64,
}

/// The readings of all sides, atom by atom.
pub(super) struct Readings {
    prints: Vec<Print>,
    /// The first token of each atom; 0 where there is none.
    firsts: Vec<u64>,
    events: Vec<Vec<Event>>,
    bound: Bound,
}

impl Readings {
    pub(super) fn new<'t>(atoms: &[Atom<'_>], text: impl Fn(&Atom<'_>) -> &'t str) -> Self {
        let mut readings = Self {
            prints: Vec::with_capacity(atoms.len()),
            firsts: Vec::with_capacity(atoms.len()),
            events: Vec::with_capacity(atoms.len()),
            bound: Bound::new(atoms),
        };
        for atom in atoms {
            let text = text(atom);
            readings.prints.push(Print::of(text));
            readings.firsts.push(tokens(text).next().map_or(0, token_print));
            readings.events.push(events(atom));
        }
        readings
    }

    /// Reports whether anything is contested at `atom`; if not, no interval that is worth printing
    /// side by side begins or ends there.
    pub(super) fn is_contested(&self, atom: usize) -> bool {
        !self.events[atom].is_empty()
    }
}

fn events(atom: &Atom<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for (text, by) in &atom.run.inserted {
        let first = tokens(text).next().map_or(0, token_print);
        let inserted = Some(Inserted { print: Print::of(text), first });
        for side in by.iter() {
            events.push(Event { side, keeps: !atom.run.deleters.contains(side), inserted });
        }
    }
    let silent = atom.run.deleters.and(&atom.empty);
    events.extend(silent.iter().map(|side| Event { side, keeps: false, inserted: None }));
    events
}

/// Why no longer interval can be worth printing side by side.
///
/// Some readers' readings are certain to differ however far the interval reaches: each has parted
/// from the base at some token, with another token than the base's, and no two at the same place
/// with the same token. Printing side by side writes each of them out, and each keeps the base
/// words to come except those it deletes somewhere ahead.
struct Bound {
    /// Plain cost of all atoms in front.
    plain: Vec<u64>,
    /// For each number of readers in `READERS` and each atom: by how much the plain form can at
    /// most outgrow that many readings from here to any later place.
    gain: Vec<Vec<i64>>,
}

const READERS: [u64; 16] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96];

impl Bound {
    fn new(atoms: &[Atom<'_>]) -> Self {
        let mut plain = vec![0];
        for atom in atoms {
            plain.push(plain[plain.len() - 1] + atom.plain[1]);
        }
        let gain = READERS
            .iter()
            .map(|&readers| {
                let mut gain = vec![0; atoms.len() + 1];
                for (at, atom) in atoms.iter().enumerate().rev() {
                    let step = signed(atom.plain[1]) - signed(readers * atom.words);
                    gain[at] = (gain[at + 1] + step).max(0);
                }
                gain
            })
            .collect();
        Self { plain, gain }
    }

    /// Reports whether no interval that reaches beyond `end` can be worth printing side by side,
    /// where up to there `certain` readings differ and the plain form costs `plain`.
    fn rules_out(&self, certain: &Certain, plain: i64, end: usize) -> bool {
        let row = READERS.partition_point(|&listed| listed <= certain.readers) - 1;
        certain.cost - certain.ahead - plain >= self.gain[row][end]
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How far a side has gone, among the readings from one start.
#[derive(Clone, Copy)]
struct Reading {
    print: Print,
    /// Words of the base that it left out since the start.
    deleted: u64,
    parting: Parting,
}

/// Where a reading parts from the base.
#[derive(Clone, Copy)]
enum Parting {
    /// It reads on without what the base reads at this atom; its next token will tell.
    Pending(u64, usize),
    /// It is certain to differ from the base and from all other certain ones.
    Certain,
    /// It may yet come to read as another.
    Unknown,
}

/// Scans the intervals that begin at one place after the other; kept to reuse its memory.
pub(super) struct Scan {
    readings: Vec<Reading>,
    touched: Vec<usize>,
    touched_at: Vec<usize>,
    event_at: Vec<(usize, usize)>,
    /// Words of the base that each side leaves out from the last start on.
    deleted: Vec<u64>,
    seen: Seen,
    parted: Seen,
}

impl Scan {
    pub(super) fn new(sides: usize) -> Self {
        let reading = Reading { print: Print::EMPTY, deleted: 0, parting: Parting::Unknown };
        Self {
            readings: vec![reading; sides],
            touched: Vec::with_capacity(sides),
            touched_at: vec![usize::MAX; sides],
            event_at: vec![(usize::MAX, 0); sides],
            deleted: vec![0; sides],
            seen: Seen::new(sides),
            parted: Seen::new(sides),
        }
    }

    /// Forgets where the last stretch began.
    pub(super) fn restart(&mut self) {
        self.deleted.fill(0);
        self.touched_at.fill(usize::MAX);
        self.event_at.fill((usize::MAX, 0));
    }

    /// Returns the intervals that begin at `start` and may be worth printing side by side, up to
    /// `limit`. Starts are to be asked for backwards, one after the other.
    pub(super) fn from(&mut self, all: &Readings, start: usize, limit: usize) -> Vec<SideBySide> {
        let mut intervals = Vec::new();
        if !all.is_contested(start) {
            return intervals;
        }
        for event in all.events[start].iter().filter(|event| !event.keeps) {
            self.deleted[event.side] += all.prints[start].words;
        }
        self.touched.clear();
        self.parted.clear();
        let mut base = Print::EMPTY;
        for atom in start..limit {
            self.step(all, start, atom, base);
            base = base.then(all.prints[atom]);
            let certain = self.certain(base);
            let plain = signed(all.bound.plain[atom + 1] - all.bound.plain[start]);
            if all.is_contested(atom) && certain.cost < plain {
                intervals.push(self.count(atom + 1, base));
            }
            if all.bound.rules_out(&certain, plain, atom + 1) {
                break;
            }
        }
        intervals
    }

    /// Moves all readings that differ from the base's over `atom`.
    fn step(&mut self, all: &Readings, start: usize, atom: usize, base: Print) {
        for (at, event) in all.events[atom].iter().enumerate() {
            if self.touched_at[event.side] != start {
                self.touched_at[event.side] = start;
                self.touched.push(event.side);
                self.readings[event.side] =
                    Reading { print: base, deleted: 0, parting: Parting::Pending(0, usize::MAX) };
            }
            self.event_at[event.side] = (atom, at);
        }
        for at in 0..self.touched.len() {
            let side = self.touched[at];
            let event = match self.event_at[side] {
                (event_atom, at) if event_atom == atom => Some(&all.events[atom][at]),
                _ => None,
            };
            self.pass(all, side, atom, event);
        }
    }

    fn pass(&mut self, all: &Readings, side: usize, atom: usize, event: Option<&Event>) {
        let mut reading = self.readings[side];
        let keeps = event.is_none_or(|event| event.keeps);
        if let Parting::Pending(_, usize::MAX) = reading.parting
            && !keeps
        {
            reading.parting = Parting::Pending(all.firsts[atom], atom);
        }
        if keeps {
            reading.parting = self.part(reading.parting, all.firsts[atom]);
            reading.print = reading.print.then(all.prints[atom]);
        } else {
            reading.deleted += all.prints[atom].words;
        }
        if let Some(inserted) = event.and_then(|event| event.inserted) {
            if let Parting::Pending(_, usize::MAX) = reading.parting {
                let next = all.firsts.get(atom + 1).copied().unwrap_or_default();
                reading.parting = Parting::Pending(next, atom + 1);
            }
            reading.parting = self.part(reading.parting, inserted.first);
            reading.print = reading.print.then(inserted.print);
        }
        self.readings[side] = reading;
    }

    /// Returns the parting after a token was read.
    fn part(&mut self, parting: Parting, token: u64) -> Parting {
        match parting {
            Parting::Pending(base, at) if at != usize::MAX => {
                let key = times(token, RADIX) ^ (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                if token != base && token != 0 && self.parted.insert(key) {
                    Parting::Certain
                } else {
                    Parting::Unknown
                }
            }
            other => other,
        }
    }

    fn count(&mut self, end: usize, base: Print) -> SideBySide {
        self.seen.clear();
        let mut interval = SideBySide { end, readings: 0, words: 0 };
        let sides = self.touched.iter().map(|&side| self.readings[side].print);
        for print in sides.chain([base]).filter(|print| !print.is_empty()) {
            if self.seen.insert(print.hash) {
                interval.readings += 1;
                interval.words += print.words;
            }
        }
        interval
    }

    /// Sums up the readings that are certain to differ.
    fn certain(&self, base: Print) -> Certain {
        let cost = |print: Print| signed(print.words + ALTERNATIVE_COST);
        let mut certain = Certain { readers: 1, cost: cost(base), ahead: 0 };
        for &side in &self.touched {
            let reading = self.readings[side];
            if matches!(reading.parting, Parting::Certain) {
                certain.readers += 1;
                certain.cost += cost(reading.print);
                certain.ahead += signed(self.deleted[side] - reading.deleted);
            }
        }
        certain
    }
}

/// Readings that are certain to differ, however far the interval reaches.
struct Certain {
    readers: u64,
    /// What they cost side by side.
    cost: i64,
    /// Words of the base that they leave out further ahead.
    ahead: i64,
}

/// A set of fingerprints that is emptied at once.
struct Seen {
    slots: Vec<(u64, u32)>,
    round: u32,
}

impl Seen {
    fn new(sides: usize) -> Self {
        Self { slots: vec![(0, 0); (sides * 4).next_power_of_two().max(8)], round: 0 }
    }

    fn clear(&mut self) {
        self.round += 1;
    }

    fn insert(&mut self, print: u64) -> bool {
        let mask = self.slots.len() - 1;
        let mixed = print.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let mut slot = usize::try_from(mixed).unwrap_or_default() & mask;
        loop {
            let (held, round) = self.slots[slot];
            if round != self.round {
                self.slots[slot] = (print, self.round);
                return true;
            }
            if held == print {
                return false;
            }
            slot = (slot + 1) & mask;
        }
    }
}
