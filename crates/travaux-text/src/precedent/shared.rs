//! Which words two sequences share in their order: a longest common subsequence, 64 words at a time.
//!
//! It decides what is found, not what is shown: the brackets' alignment minimizes the runs of change as
//! well, and costs more. It sees numbers and knows nothing of words.

/// Returns, for each element of `theirs`, whether a longest common subsequence with `ours` holds it.
///
/// Row by row over `theirs`, a bit for each of `ours`: a bit is 0 where taking that element into
/// account makes the longest common subsequence so far one longer (Hyyrö 2004). All rows are kept,
/// and the way back through them gives the elements.
pub(super) fn shared(ours: &[u32], theirs: &[u32]) -> Vec<bool> {
    let width = ours.len().div_ceil(64);
    let mut is_shared = vec![false; theirs.len()];
    if width == 0 {
        return is_shared;
    }
    let places = Places::of(ours, width);
    let mut rows: Vec<u64> = vec![u64::MAX; width];
    rows.reserve(width * theirs.len());
    for &element in theirs {
        let above = rows.len() - width;
        let mut carry = false;
        for at in 0..width {
            let (row, here) = (rows[above + at], places.bits(element, at));
            let both = row & here;
            let (sum, first) = row.overflowing_add(both);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            rows.push(sum | (row & !here));
        }
    }
    let is_one =
        |row: usize, column: usize| rows[row * width + column / 64] >> (column % 64) & 1 == 1;
    let (mut row, mut column) = (theirs.len(), ours.len());
    while row > 0 && column > 0 {
        if is_one(row, column - 1) {
            column -= 1;
        } else if is_one(row - 1, column - 1) {
            row -= 1;
            column -= 1;
            is_shared[row] = true;
        } else {
            row -= 1;
        }
    }
    is_shared
}

/// Where each element stands in a sequence, as bits.
struct Places {
    width: usize,
    /// For each element the bits of its places, one after the other; then a row of none.
    bits: Vec<u64>,
    /// For each element, which row of `bits` is its own.
    rows: Vec<u32>,
    none: u32,
}

impl Places {
    fn of(ours: &[u32], width: usize) -> Self {
        let most = ours.iter().max().map_or(0, |&most| most as usize + 1);
        let mut rows = vec![u32::MAX; most];
        let (mut bits, mut next) = (Vec::new(), 0);
        for (at, &element) in ours.iter().enumerate() {
            let row = &mut rows[element as usize];
            if *row == u32::MAX {
                *row = next;
                next += 1;
                bits.resize(bits.len() + width, 0);
            }
            bits[*row as usize * width + at / 64] |= 1 << (at % 64);
        }
        bits.resize(bits.len() + width, 0);
        Self { width, bits, rows, none: next }
    }

    fn bits(&self, element: u32, at: usize) -> u64 {
        let row = self.rows.get(element as usize).copied().unwrap_or(u32::MAX);
        self.bits[row.min(self.none) as usize * self.width + at]
    }
}
