//! The best alignment where the texts differ little: only places that some alignment with the
//! fewest edits passes are ever looked at.
//!
//! First the furthest-reaching paths of E. W. Myers ("An O(ND) difference algorithm", Algorithmica
//! 1, 1986) give the number of edits, and with it the edits needed to reach any place. Then the
//! places of all shortest paths are visited from the end, row by row. It does not know what to do
//! with more edits than it is allowed.

use super::Line;
use super::walk::{Cell, Open, Pair, Step, Steps, walk};

/// Returns the matched pairs of the best alignment; None where it needs more than `edits_max` edits.
pub(super) fn pairs(base: &Line, side: &Line, edits_max: usize) -> Option<Vec<Pair>> {
    let reach = Reach::new(&base.class, &side.class, edits_max)?;
    let rows = Field { base, side, reach }.rows();
    let mut pairs = Vec::with_capacity(base.class.len());
    let end = (base.class.len(), side.class.len());
    walk((0, 0, Step::Match), &mut pairs, |i, j| {
        ((i, j) != end).then(|| {
            let row = &rows.rows[i];
            rows.steps[row.start + row.high - j]
        })
    });
    Some(pairs)
}

/// How far down each diagonal one gets with a number of edits.
struct Reach {
    edits: usize,
    /// For d edits, at `d²`…, the furthest base place on the diagonals -d to d (base place less side
    /// place); negative where the diagonal is out of reach.
    furthest: Vec<i32>,
}

impl Reach {
    fn new(base: &[u32], side: &[u32], edits_max: usize) -> Option<Self> {
        let (n, m) = (signed(base.len()), signed(side.len()));
        let mut reach = Self { edits: 0, furthest: Vec::with_capacity(256) };
        for d in 0..=signed(edits_max) {
            for diagonal in -d..=d {
                let mut i = reach.start(d, diagonal).min(n).min(m + diagonal);
                if i < 0 || i < diagonal || (d - diagonal) % 2 != 0 {
                    reach.furthest.push(i32::MIN);
                    continue;
                }
                let rest = base[index(i)..].iter().zip(&side[index(i - diagonal)..]);
                i += signed(rest.take_while(|(b, s)| b == s).count());
                reach.furthest.push(i);
                if i == n && i - diagonal == m {
                    // What lies beyond on this d is never asked for.
                    reach.furthest.resize(index((d + 1) * (d + 1)), i32::MIN);
                    reach.edits = index(d);
                    return Some(reach);
                }
            }
        }
        None
    }

    fn start(&self, d: i32, diagonal: i32) -> i32 {
        if d == 0 {
            return 0;
        }
        let deleting = self.furthest(d - 1, diagonal - 1).saturating_add(1);
        deleting.max(self.furthest(d - 1, diagonal + 1))
    }

    fn furthest(&self, d: i32, diagonal: i32) -> i32 {
        if diagonal.abs() > d { i32::MIN } else { self.furthest[index(d * d + d + diagonal)] }
    }

    /// Reports whether `(i, j)` can be reached with at most `edits`.
    fn reaches(&self, i: usize, j: usize, edits: i32) -> bool {
        edits >= 0 && self.furthest(edits, signed(i) - signed(j)) >= signed(i)
    }
}

fn signed(at: usize) -> i32 {
    i32::try_from(at).expect("a text has fewer than 2^31 tokens")
}

fn index(at: i32) -> usize {
    usize::try_from(at).expect("only places within the table are asked for")
}

/// The steps of all rows' places, each row from its `high` down.
struct Rows {
    rows: Vec<Row>,
    steps: Vec<Steps>,
}

struct Row {
    start: usize,
    high: usize,
}

/// A place on a shortest path: the edits behind it, and what clean steps can still be won.
#[derive(Clone, Copy)]
struct Place {
    edits: i32,
    cell: Cell<u32>,
}

/// The places of one row that lie on shortest paths; they stand between `low` and `high`.
struct Places {
    low: usize,
    high: usize,
    at: Vec<Option<Place>>,
}

impl Places {
    fn get(&self, j: usize) -> Option<Place> {
        if self.low <= j && j <= self.high { self.at[j] } else { None }
    }
}

/// All places between two texts, and what is known of paths through them.
struct Field<'a> {
    base: &'a Line,
    side: &'a Line,
    reach: Reach,
}

impl Field<'_> {
    fn rows(&self) -> Rows {
        let (n, m) = (self.base.class.len(), self.side.class.len());
        let mut rows = Rows { rows: Vec::with_capacity(n + 1), steps: Vec::with_capacity(n * 4) };
        let mut below = Places { low: m + 1, high: m, at: vec![None; m + 1] };
        let mut here = Places { low: m + 1, high: m, at: vec![None; m + 1] };
        let mut i = n + 1;
        while i > 0 {
            if below.low == below.high && i <= n {
                i = self.slide(i, &mut below, &mut rows);
                if i == 0 {
                    break;
                }
            }
            i -= 1;
            let high = below.high;
            rows.rows.push(Row { start: rows.steps.len(), high });
            (here.low, here.high) = (high + 1, high);
            for j in (0..=high).rev() {
                if j + 1 < below.low && j < high && here.at[j + 1].is_none() {
                    break;
                }
                let place = self.visit((i, j), (&here, &below));
                rows.steps.push(place.map(|place| place.cell.steps).unwrap_or_default());
                here.at[j] = place;
                here.low = j;
            }
            std::mem::swap(&mut here, &mut below);
            while below.high > below.low && below.at[below.high].is_none() {
                below.high -= 1;
            }
            while below.low < below.high && below.at[below.low].is_none() {
                below.low += 1;
            }
        }
        rows.rows.reverse();
        rows
    }

    /// Goes up along a diagonal of matches as long as no other place is on a shortest path, from the
    /// single place in row `i`; returns the row where it stands then.
    fn slide(&self, mut i: usize, below: &mut Places, rows: &mut Rows) -> usize {
        let Self { base, side, reach } = self;
        let mut j = below.low;
        let Some(mut place) = below.at[j] else { return i };
        // With one edit less, the neighbouring diagonals are reached down to here and no further.
        let diagonal = signed(i) - signed(j);
        let fewer = place.edits - 1;
        let reached = if fewer < 0 {
            -1
        } else {
            reach.furthest(fewer, diagonal - 1).max(reach.furthest(fewer, diagonal + 1))
        };
        while i > 0 && j > 0 && base.class[i - 1] == side.class[j - 1] && signed(i) > reached + 2 {
            i -= 1;
            j -= 1;
            let clean = u32::from(base.before[i] == side.before[j]);
            place.cell = place.cell.before_match(clean);
            rows.rows.push(Row { start: rows.steps.len(), high: j });
            rows.steps.push(place.cell.steps);
        }
        below.at[j] = Some(place);
        (below.low, below.high) = (j, j);
        i
    }

    /// Returns what place `(i, j)` is worth, if a shortest path passes it.
    fn visit(&self, (i, j): (usize, usize), (here, below): (&Places, &Places)) -> Option<Place> {
        let Self { base, side, reach } = self;
        let (n, m) = (base.class.len(), side.class.len());
        if (i, j) == (n, m) {
            let clean = u32::from(base.before[n] == side.before[m]);
            return Some(Place { edits: signed(reach.edits), cell: Cell::end(clean) });
        }
        // An edge between places is on a shortest path if it leads to one, and the edits behind agree.
        let one_less = |next: &Place| reach.reaches(i, j, next.edits - 1);
        let matching = below.get(j + 1).filter(|_| i < n && base.class[i] == side.class[j]);
        let inserting = if j < m { here.get(j + 1).filter(one_less) } else { None };
        let deleting = below.get(j).filter(one_less);
        let edits = matching
            .map(|next| next.edits)
            .or(inserting.map(|next| next.edits - 1))
            .or(deleting.map(|next| next.edits - 1))?;
        let clean = |next: Place| next.cell.matched + u32::from(base.before[i] == side.before[j]);
        let open = Open {
            matching: matching.map(|next| (clean(next), next.cell.matched)),
            inserting: inserting.map(|next| next.cell),
            deleting: deleting.map(|next| next.cell.skipped),
        };
        Some(Place { edits, cell: Cell::of(&open) })
    }
}
