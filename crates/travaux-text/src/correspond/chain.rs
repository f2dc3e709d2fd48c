//! Which of many pairs keep their order: the heaviest chain that never crosses.

/// Returns, for each pair of places, whether it belongs to the heaviest set of pairs that never
/// cross; of equally heavy sets, one that is fixed by the pairs alone.
///
/// `pairs` are (old place, new place, weight), by old place; no place stands twice.
pub(crate) fn heaviest_chain(pairs: &[(usize, usize, u64)]) -> Vec<bool> {
    let width = pairs.iter().map(|pair| pair.1 + 1).max().unwrap_or(0);
    // A Fenwick tree over new places: the heaviest chain that ends before one, and its last pair.
    let mut tree: Vec<(u64, usize)> = vec![(0, usize::MAX); width + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut best = (0, usize::MAX);
    for (index, &(_, new, weight)) in pairs.iter().enumerate() {
        let mut found = (0, usize::MAX);
        let mut at = new;
        while at > 0 {
            if tree[at].0 > found.0 {
                found = tree[at];
            }
            at &= at - 1;
        }
        before[index] = found.1;
        let total = (found.0 + weight.max(1), index);
        if total.0 > best.0 {
            best = total;
        }
        let mut at = new + 1;
        while at <= width {
            if total.0 > tree[at].0 {
                tree[at] = total;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut chosen = vec![false; pairs.len()];
    let mut last = best.1;
    while last != usize::MAX {
        chosen[last] = true;
        last = before[last];
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tries every subset.
    fn slow(pairs: &[(usize, usize, u64)]) -> u64 {
        let sets = 0_u32..1 << pairs.len();
        let weigh = |set: u32| {
            let mut last = None;
            let mut total = 0;
            for (index, &(_, new, weight)) in pairs.iter().enumerate() {
                if set >> index & 1 == 1 {
                    if last.is_some_and(|last| last > new) {
                        return 0;
                    }
                    last = Some(new);
                    total += weight.max(1);
                }
            }
            total
        };
        sets.map(weigh).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_set_of_pairs_that_never_cross_is_heavier(
            order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
            weights in prop::collection::vec(0..20_u64, 9),
        ) {
            let pairs: Vec<_> =
                order.iter().zip(&weights).enumerate().map(|(i, (&j, &w))| (i, j, w)).collect();
            let chosen = heaviest_chain(&pairs);
            let kept: Vec<_> = pairs.iter().zip(&chosen).filter(|(_, is)| **is).collect();
            prop_assert!(kept.windows(2).all(|two| two[0].0.1 < two[1].0.1));
            let total: u64 = kept.iter().map(|(pair, _)| pair.2.max(1)).sum();
            prop_assert_eq!(total, slow(&pairs));
        }
    }
}
