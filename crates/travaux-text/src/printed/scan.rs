//! How many distinct readings an interval has, and how many words: for all intervals that begin at
//! one place, until it is certain that no longer one is worth printing side by side.
//!
//! Only sides that change something are followed, and only where they do: what they read of the
//! base in between is added when it is asked for.

use super::readings::{Certain, Event, Print, Readings, signed};
use crate::node::ALTERNATIVE_COST;

/// The distinct readings of the interval from a start to `end`, those apart that are nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideBySide {
    pub(super) end: usize,
    /// The number of distinct readings that are something.
    readings: u64,
    /// The words in them.
    words: u64,
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

/// How far a side has gone, among the readings from one start.
#[derive(Clone, Copy)]
struct Reading {
    /// What it reads up to the atom `upto`; behind it, it has read on with the base.
    print: Print,
    upto: usize,
    /// Words of the base that it left out since the start.
    deleted: u64,
    parting: Parting,
}

/// Where a reading parts from the base.
#[derive(Clone, Copy)]
enum Parting {
    /// It has not yet.
    Not,
    /// It reads on without what the base reads at an atom, whose first token is given; its own next
    /// token will tell.
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
    /// Sides whose parting is pending.
    pending: Vec<usize>,
    /// Words of the base that each side leaves out from the last start on.
    deleted: Vec<u64>,
    certain: Certain,
    seen: Seen,
    parted: Seen,
}

impl Scan {
    pub(super) fn new(sides: usize) -> Self {
        let reading = Reading { print: Print::EMPTY, upto: 0, deleted: 0, parting: Parting::Not };
        Self {
            readings: vec![reading; sides],
            touched: Vec::with_capacity(sides),
            touched_at: vec![usize::MAX; sides],
            pending: Vec::with_capacity(sides),
            deleted: vec![0; sides],
            certain: Certain::base(),
            seen: Seen::new(sides),
            parted: Seen::new(sides),
        }
    }

    /// Forgets where the last stretch began.
    pub(super) fn restart(&mut self) {
        self.deleted.fill(0);
        self.touched_at.fill(usize::MAX);
    }

    /// Returns the intervals that begin at `start` and may be worth printing side by side, up to
    /// `limit`. Starts are to be asked for backwards, one after the other.
    pub(super) fn from(&mut self, all: &Readings, start: usize, limit: usize) -> Vec<SideBySide> {
        let mut intervals = Vec::new();
        if !all.is_contested(start) {
            return intervals;
        }
        for event in all.events(start).iter().filter(|event| !event.keeps) {
            self.deleted[event.side] += all.prints[start].words;
        }
        self.touched.clear();
        self.pending.clear();
        self.parted.clear();
        self.certain = Certain::base();
        for atom in start..limit {
            self.step(all, start, atom);
            let plain = all.bound.plain(start, atom + 1);
            if self.certain.cost < plain && all.is_contested(atom) {
                intervals.push(self.count(all, start, atom + 1));
            }
            if all.bound.rules_out(&self.certain, plain, atom + 1) {
                break;
            }
        }
        intervals
    }

    /// Moves all readings over `atom`.
    fn step(&mut self, all: &Readings, start: usize, atom: usize) {
        let words = signed(all.prints[atom].words);
        self.certain.cost += words * signed(self.certain.readers);
        for event in all.events(atom) {
            if self.touched_at[event.side] != start {
                self.touched_at[event.side] = start;
                self.touched.push(event.side);
                self.readings[event.side] = Reading {
                    print: all.base(start, atom),
                    upto: atom,
                    deleted: 0,
                    parting: Parting::Not,
                };
            }
            self.pass(all, atom, event);
        }
        // Who is pending and does nothing here keeps the atom: its first token tells.
        let mut at = 0;
        while at < self.pending.len() {
            let side = self.pending[at];
            if self.readings[side].upto == atom + 1 {
                if matches!(self.readings[side].parting, Parting::Pending(..)) {
                    at += 1;
                } else {
                    self.pending.swap_remove(at);
                }
                continue;
            }
            self.pending.swap_remove(at);
            self.part(side, all.firsts[atom]);
            if matches!(self.readings[side].parting, Parting::Certain) {
                let reading = self.upto(all, atom + 1, side);
                self.add_certain(reading, side);
            }
        }
    }

    /// Moves one reading over an atom where it does something.
    fn pass(&mut self, all: &Readings, atom: usize, event: &Event) {
        let side = event.side;
        if self.readings[side].upto != atom {
            self.readings[side].print = self.upto(all, atom, side);
        }
        self.readings[side].upto = atom + 1;
        let was_certain = matches!(self.readings[side].parting, Parting::Certain);
        if event.keeps {
            self.part(side, all.firsts[atom]);
            self.readings[side].print = self.readings[side].print.then(all.prints[atom]);
        } else {
            self.leave(all, atom, side);
        }
        let Some((inserted, first)) = event.inserted else { return };
        if let Parting::Not = self.readings[side].parting {
            let next = all.firsts.get(atom + 1).copied().unwrap_or_default();
            self.readings[side].parting = Parting::Pending(next, atom + 1);
        }
        self.part(side, first);
        self.readings[side].print = self.readings[side].print.then(inserted);
        if was_certain {
            self.certain.cost += signed(inserted.words);
        } else if matches!(self.readings[side].parting, Parting::Certain) {
            self.add_certain(self.readings[side].print, side);
        }
    }

    /// Has a reading leave out the base's words at `atom`.
    fn leave(&mut self, all: &Readings, atom: usize, side: usize) {
        let words = all.prints[atom].words;
        let reading = &mut self.readings[side];
        reading.deleted += words;
        match reading.parting {
            Parting::Not => {
                reading.parting = Parting::Pending(all.firsts[atom], atom);
                self.pending.push(side);
            }
            Parting::Certain => {
                self.certain.cost -= signed(words);
                self.certain.ahead -= signed(words);
            }
            Parting::Pending(..) | Parting::Unknown => {}
        }
    }

    fn add_certain(&mut self, print: Print, side: usize) {
        self.certain.add(print.words, self.deleted[side] - self.readings[side].deleted);
    }

    /// Tells a pending parting by the token that was read.
    fn part(&mut self, side: usize, token: u64) {
        if let Parting::Pending(base, at) = self.readings[side].parting
            && token != 0
        {
            let key = token ^ (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let is_certain = token != base && self.parted.insert(key);
            self.readings[side].parting =
                if is_certain { Parting::Certain } else { Parting::Unknown };
        }
    }

    /// Returns what `side`, which has been touched, reads from the start up to `atom`.
    fn upto(&self, all: &Readings, atom: usize, side: usize) -> Print {
        let reading = &self.readings[side];
        if reading.upto == atom {
            return reading.print;
        }
        reading.print.then(all.base(reading.upto, atom))
    }

    fn count(&mut self, all: &Readings, start: usize, end: usize) -> SideBySide {
        self.seen.clear();
        let mut interval = SideBySide { end, readings: 0, words: 0 };
        let base = all.base(start, end);
        for at in 0..=self.touched.len() {
            let print = self.touched.get(at).map_or(base, |&side| self.upto(all, end, side));
            if !print.is_empty() && self.seen.insert(print.hash) {
                interval.readings += 1;
                interval.words += print.words;
            }
        }
        interval
    }
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
