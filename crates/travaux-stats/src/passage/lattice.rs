//! Sums of independent votes, added one delegation after the other: the dynamic programme.
//!
//! A cell holds the chance of one score; a delegation moves it up, down or not. Chances under 1e-40
//! at the ends are taken as nought: they could not change what is shown, and numbers so small slow a
//! machine down a hundredfold.

use super::Chances;
use super::rule::Score;

const NOUGHT: f64 = 1e-40;

/// Two rows of cells, used in turn: the chances of all scores after the delegations so far.
#[derive(Debug, Default)]
pub(super) struct Line {
    now: Vec<f64>,
    next: Vec<f64>,
    /// The cells in use: `low..high`, behind the padding.
    low: usize,
    high: usize,
}

impl Line {
    /// Starts with all chance on cell nought, with room for `cells`, where a step reaches `span` up.
    fn start(&mut self, cells: usize, span: usize) {
        let room = cells + 2 * span + 2;
        for buffer in [&mut self.now, &mut self.next] {
            buffer.clear();
            buffer.resize(room, 0.0);
        }
        self.now[span] = 1.0;
        (self.low, self.high) = (span, span + 1);
    }

    /// Moves the chance up by nought, by `middle` and by `span` cells with the chances given.
    fn step(&mut self, middle: usize, span: usize, [stay, some, all]: [f64; 3]) {
        let (low, high) = (self.low, self.high + span);
        let now = &self.now;
        let zipped = now[low..high].iter().zip(&now[low - middle..high - middle]);
        let zipped = zipped.zip(&now[low - span..high - span]);
        for (cell, ((here, below), far)) in self.next[low..high].iter_mut().zip(zipped) {
            *cell = stay * here + some * below + all * far;
        }
        self.settle(low, high, span);
    }

    /// Moves the chance up by nought and by one cell: a count.
    fn count(&mut self, chance: f64) {
        let (low, high) = (self.low, self.high + 1);
        let now = &self.now;
        let zipped = now[low..high].iter().zip(&now[low - 1..high - 1]);
        for (cell, (here, below)) in self.next[low..high].iter_mut().zip(zipped) {
            *cell = (1.0 - chance) * here + chance * below;
        }
        self.settle(low, high, 1);
    }

    fn settle(&mut self, mut low: usize, mut high: usize, span: usize) {
        let next = &mut self.next;
        while low + 1 < high && next[low] < NOUGHT {
            low += 1;
        }
        while low + 1 < high && next[high - 1] < NOUGHT {
            high -= 1;
        }
        // Whatever lies beside the cells in use is read by the next step, and must be nought.
        next[low.saturating_sub(span)..low].fill(0.0);
        let end = next.len().min(high + span);
        next[high..end].fill(0.0);
        (self.low, self.high) = (low, high);
        std::mem::swap(&mut self.now, &mut self.next);
    }

    /// The cells in use, and the number of the first.
    fn cells(&self, span: usize) -> (usize, &[f64]) {
        (self.low - span, &self.now[self.low..self.high])
    }

    /// Counts how many of the delegations do what each does with the chance given: cell `k` holds
    /// the chance of `k`.
    pub(super) fn counts(
        &mut self,
        chances: impl ExactSizeIterator<Item = f64>,
    ) -> (usize, &[f64]) {
        self.start(chances.len() + 1, 1);
        for chance in chances {
            self.count(chance);
        }
        self.cells(1)
    }

    /// Adds up the scores of all: cell `k` holds the chance of the score `k - n * no`.
    pub(super) fn scores(&mut self, score: Score, room: &[Chances]) -> (usize, &[f64]) {
        let (middle, span) = (score.no as usize, (score.no + score.yes) as usize);
        self.start(room.len() * span + 1, span);
        for chances in room {
            let neither = chances.abstain + chances.absent;
            self.step(middle, span, [chances.no, neither, chances.yes]);
        }
        self.cells(span)
    }
}

/// The chance that the score needed is reached with at least `quorum` present: the programme in two
/// dimensions, for rooms in which the quorum is in doubt.
pub(super) fn with_quorum(score: Score, quorum: usize, room: &[Chances]) -> f64 {
    let (middle, span) = (score.no as usize, (score.no + score.yes) as usize);
    let width = room.len() * span + 1;
    let mut rows = vec![vec![0.0; width]; quorum + 1];
    rows[0][0] = 1.0;
    let mut used = 1;
    for chances in room {
        // From the fullest row down, so that each still reads what was there before this delegation.
        for present in (0..=quorum).rev() {
            let mut cells = vec![0.0; width];
            let mut take = |row: &[f64], up: usize, chance: f64| {
                for (cell, from) in cells[up..].iter_mut().zip(&row[..used]) {
                    *cell += chance * from;
                }
            };
            take(&rows[present], middle, chances.absent);
            let comers = [present.checked_sub(1), (present == quorum).then_some(quorum)];
            for row in comers.into_iter().flatten() {
                take(&rows[row], 0, chances.no);
                take(&rows[row], middle, chances.abstain);
                take(&rows[row], span, chances.yes);
            }
            for cell in &mut cells {
                if *cell < NOUGHT {
                    *cell = 0.0;
                }
            }
            rows[present] = cells;
        }
        used += span;
    }
    rows[quorum][first_passing(score, room.len())..].iter().sum()
}

/// The first cell whose score passes.
pub(super) fn first_passing(score: Score, delegations: usize) -> usize {
    let lowest = delegations * score.no as usize;
    let needed = usize::try_from(score.needed).unwrap_or(0);
    (lowest + needed).min(delegations * (score.no + score.yes) as usize + 1)
}
