//! The best alignment by a full dynamic program, for texts that differ much.
//!
//! Every √n-th row is kept on the way up; on the way down the rows between two kept ones are
//! computed again with their steps. It does not know how many edits there are.

use super::Line;
use super::walk::{Cell, Open, Pair, Step, Steps, walk};

/// Matched tokens in the upper half, clean steps in the lower: one comparison orders both.
type Value = u64;
const MATCHED: Value = 1 << 32;

/// Returns the matched pairs of the best alignment.
pub(super) fn pairs(base: &Line, side: &Line) -> Vec<Pair> {
    let (n, m) = (base.class.len(), side.class.len());
    let stride = n.isqrt().max(1);
    let mut kept = vec![last_row(base, side)];
    let mut row = kept[0].clone();
    for i in (0..n).rev() {
        row = row_above(base, side, i, &row);
        if i % stride == 0 {
            kept.push(row.clone());
        }
    }
    // kept now holds the rows n, then the multiples of the stride below n, downwards.
    kept.pop();
    let mut pairs = Vec::with_capacity(n.min(m));
    let mut state = (0, 0, Step::Match);
    let mut steps: Vec<Steps> = Vec::new();
    for top in (0..n).step_by(stride) {
        let bottom = (top + stride).min(n);
        let mut below = kept.pop().expect("one row is kept for each stretch of rows");
        steps.clear();
        for i in (top..bottom).rev() {
            below = row_above(base, side, i, &below);
            steps.extend(below.iter().map(|cell| cell.steps));
        }
        state = walk(state, &mut pairs, |i, j| {
            (i < bottom).then(|| steps[(bottom - 1 - i) * (m + 1) + j])
        });
    }
    pairs
}

fn last_row(base: &Line, side: &Line) -> Vec<Cell<Value>> {
    let (n, m) = (base.class.len(), side.class.len());
    let mut row = vec![Cell::end(u64::from(base.before[n] == side.before[m])); m + 1];
    for j in (0..m).rev() {
        row[j] = Cell::of(&Open { matching: None, inserting: Some(row[j + 1]), deleting: None });
    }
    row
}

fn row_above(base: &Line, side: &Line, i: usize, below: &[Cell<Value>]) -> Vec<Cell<Value>> {
    let m = side.class.len();
    let mut row = vec![Cell::default(); m + 1];
    for j in (0..=m).rev() {
        let matching = (j < m && base.class[i] == side.class[j]).then(|| {
            let value = MATCHED + below[j + 1].matched;
            (value + u64::from(base.before[i] == side.before[j]), value)
        });
        let inserting = (j < m).then(|| row[j + 1]);
        row[j] = Cell::of(&Open { matching, inserting, deleting: Some(below[j].skipped) });
    }
    row
}
