//! What every side reads at every piece of the base, as fingerprints, and how long it can be worth
//! comparing them.
//!
//! Readings are told apart by a fingerprint of their tokens (a polynomial modulo 2^64) and their
//! number of words. What is printed is made from the readings themselves, so that a collision could
//! at worst cost an optimum, never a byte.

use super::atoms::Atom;
use crate::node::ALTERNATIVE_COST;
use crate::token::{TokenKind, fingerprint, tokens};

const RADIX: u64 = 0x0B9A_7CE1_3F52_D86B;

/// A stretch of tokens as its fingerprint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Print {
    pub(super) hash: u64,
    /// The radix to the power of the number of tokens: odd, so that 1 means none.
    power: u64,
    pub(super) words: u64,
}

/// Returns the inverse of an odd number modulo 2^64, by Newton's method: an odd number is its own
/// inverse modulo 8, and each round doubles the bits that hold.
fn inverse(odd: u64) -> u64 {
    let round = |inverse: u64| inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
    (0..5).fold(odd, |inverse, _| round(inverse))
}

impl Print {
    pub(super) const EMPTY: Self = Self { hash: 0, power: 1, words: 0 };

    /// Returns the fingerprint of `text` and that of its first token, or 0.
    fn of(text: &str) -> (Self, u64) {
        let mut print = Self::EMPTY;
        let mut first = 0;
        for token in tokens(text) {
            let own = fingerprint(token);
            first = if print.is_empty() { own } else { first };
            let words = u64::from(TokenKind::of(token) == TokenKind::Word);
            print = print.then(Self { hash: own, power: RADIX, words });
        }
        (print, first)
    }

    pub(super) fn then(self, next: Self) -> Self {
        Self {
            hash: self.hash.wrapping_mul(next.power).wrapping_add(next.hash),
            power: self.power.wrapping_mul(next.power),
            words: self.words + next.words,
        }
    }

    /// Returns what stands behind `front`, with which `self` begins.
    fn without(self, front: &Front) -> Self {
        let power = self.power.wrapping_mul(front.inverse);
        Self {
            hash: self.hash.wrapping_sub(front.print.hash.wrapping_mul(power)),
            power,
            words: self.words - front.print.words,
        }
    }

    /// A power of the radix is 1 again only after far more tokens than a text has.
    pub(super) fn is_empty(self) -> bool {
        self.power == 1
    }
}

/// A stretch that others begin with, and can be parted from.
#[derive(Clone, Copy, Debug)]
struct Front {
    print: Print,
    /// The inverse of its power modulo 2^64.
    inverse: u64,
}

impl Front {
    fn then(self, next: Print) -> Self {
        let inverse = self.inverse.wrapping_mul(inverse(next.power));
        Self { print: self.print.then(next), inverse }
    }
}

/// What one side does at an atom, where it does not just keep it.
pub(super) struct Event {
    pub(super) side: usize,
    pub(super) keeps: bool,
    /// What it inserts behind, and the first token of that.
    pub(super) inserted: Option<(Print, u64)>,
}

/// The readings of all sides, atom by atom.
pub(super) struct Readings {
    pub(super) prints: Vec<Print>,
    /// What the base reads up to each atom; last, all of it.
    fronts: Vec<Front>,
    /// The first token of each atom; 0 where there is none.
    pub(super) firsts: Vec<u64>,
    events: Vec<Event>,
    /// Where the events of each atom begin; last, where all end.
    starts: Vec<usize>,
    pub(super) bound: Bound,
}

impl Readings {
    pub(super) fn new<'t>(atoms: &[Atom<'_>], text: impl Fn(&Atom<'_>) -> &'t str) -> Self {
        let mut readings = Self {
            prints: Vec::with_capacity(atoms.len()),
            fronts: Vec::with_capacity(atoms.len() + 1),
            firsts: Vec::with_capacity(atoms.len()),
            events: Vec::with_capacity(atoms.len() * 2),
            starts: Vec::with_capacity(atoms.len() + 1),
            bound: Bound::new(atoms),
        };
        let mut front = Front { print: Print::EMPTY, inverse: 1 };
        for atom in atoms {
            let (print, first) = Print::of(text(atom));
            readings.prints.push(print);
            readings.fronts.push(front);
            front = front.then(print);
            readings.firsts.push(first);
            readings.starts.push(readings.events.len());
            readings.push_events(atom);
        }
        readings.fronts.push(front);
        readings.starts.push(readings.events.len());
        readings
    }

    fn push_events(&mut self, atom: &Atom<'_>) {
        for (text, by) in &atom.run.inserted {
            let inserted = Some(Print::of(text));
            let keeps = |side| !atom.run.deleters.contains(side);
            self.events.extend(by.iter().map(|side| Event { side, keeps: keeps(side), inserted }));
        }
        let silent = atom.run.deleters.and(&atom.empty);
        let leaves = |side| Event { side, keeps: false, inserted: None };
        self.events.extend(silent.iter().map(leaves));
    }

    /// Returns what the base reads from one atom up to another.
    pub(super) fn base(&self, start: usize, end: usize) -> Print {
        self.fronts[end].print.without(&self.fronts[start])
    }

    pub(super) fn events(&self, atom: usize) -> &[Event] {
        &self.events[self.starts[atom]..self.starts[atom + 1]]
    }

    /// Reports whether anything is contested at `atom`; if not, no interval that is worth printing
    /// side by side begins or ends there.
    pub(super) fn is_contested(&self, atom: usize) -> bool {
        !self.events(atom).is_empty()
    }
}

/// Why no longer interval can be worth printing side by side.
///
/// Some readers' readings are certain to differ however far the interval reaches: each has parted
/// from the base at some token, with another token than the base's, and no two at the same place
/// with the same token. Printing side by side writes each of them out, and each keeps the base
/// words to come except those it deletes somewhere ahead.
pub(super) struct Bound {
    /// Plain cost of all atoms in front.
    plain: Vec<i64>,
    /// For each number of readers in `READERS` and each atom: by how much the plain form can at
    /// most outgrow that many readings from here to any later place.
    gain: Vec<Vec<i64>>,
}

const READERS: [u64; 16] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96];

impl Bound {
    fn new(atoms: &[Atom<'_>]) -> Self {
        let mut plain = vec![0];
        for atom in atoms {
            plain.push(plain[plain.len() - 1] + signed(atom.plain[1]));
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

    /// Returns the cost of the plain form of the atoms from `start` to `end`.
    pub(super) fn plain(&self, start: usize, end: usize) -> i64 {
        self.plain[end] - self.plain[start]
    }

    /// Reports whether no interval that reaches beyond `end` can be worth printing side by side,
    /// where up to there `certain` readings differ and the plain form costs `plain`.
    pub(super) fn rules_out(&self, certain: &Certain, plain: i64, end: usize) -> bool {
        certain.cost - certain.ahead - plain >= self.gain[certain.row][end]
    }
}

pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Readings that are certain to differ, however far the interval reaches.
#[derive(Clone, Copy)]
pub(super) struct Certain {
    pub(super) readers: u64,
    /// Which of the listed numbers of readers that is at least.
    row: usize,
    /// What they cost side by side.
    pub(super) cost: i64,
    /// Words of the base that they leave out further ahead.
    pub(super) ahead: i64,
}

impl Certain {
    /// Returns the base alone, which is certain to differ from all that part from it.
    pub(super) fn base() -> Self {
        Self { readers: 1, row: 0, cost: signed(ALTERNATIVE_COST), ahead: 0 }
    }

    pub(super) fn add(&mut self, words: u64, ahead: u64) {
        self.readers += 1;
        self.cost += signed(words + ALTERNATIVE_COST);
        self.ahead += signed(ahead);
        if READERS.get(self.row + 1).is_some_and(|&listed| listed <= self.readers) {
            self.row += 1;
        }
    }
}
