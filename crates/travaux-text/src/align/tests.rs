//! The alignment against an oracle that tries every matching.

use super::*;

/// A text over a tiny alphabet: letters are words, a space or an underscore is white space.
fn symbols(text: &str) -> Vec<Symbol> {
    let unique = |byte| text.bytes().filter(|other| *other == byte).count() == 1;
    text.bytes()
        .map(|b| Symbol {
            class: u32::from(b),
            is_space: b == b' ' || b == b'_',
            is_unique: unique(b),
        })
        .collect()
}

/// Counts the maximal stretches of unmatched tokens.
fn runs(base: usize, side: usize, pairs: &[(u32, u32)]) -> usize {
    let end = (u32::try_from(base).unwrap(), u32::try_from(side).unwrap());
    let mut at = (0, 0);
    let mut runs = 0;
    for &(i, j) in pairs.iter().chain([&end]) {
        runs += usize::from((i, j) != at);
        at = (i + 1, j + 1);
    }
    runs
}

/// All lists of pairs of equal words that never cross.
fn matchings(base: &[Symbol], side: &[Symbol], from: (usize, usize)) -> Vec<Vec<(u32, u32)>> {
    let mut all = vec![Vec::new()];
    for i in from.0..base.len() {
        for j in from.1..side.len() {
            if base[i].class == side[j].class && base[i].class != FOREIGN && !base[i].is_space {
                for mut rest in matchings(base, side, (i + 1, j + 1)) {
                    rest.insert(0, pair(i, j));
                    all.push(rest);
                }
            }
        }
    }
    all
}

/// White space by the letter of the rule, one token at a time.
fn with_space_slowly(base: &[Symbol], side: &[Symbol], words: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(i64, i64)> = words.iter().map(|&(i, j)| (i.into(), j.into())).collect();
    let mut anchors = pairs.clone();
    anchors.push((-1, -1));
    anchors.push((base.len().try_into().unwrap(), side.len().try_into().unwrap()));
    for step in [1, -1] {
        for &(i, j) in &anchors {
            let (i, j) = (i + step, j + step);
            let (Ok(at), Ok(side_at)) = (usize::try_from(i), usize::try_from(j)) else { continue };
            let free = !pairs.iter().any(|pair| pair.0 == i || pair.1 == j);
            if let (Some(b), Some(s)) = (base.get(at), side.get(side_at))
                && free
                && b.is_space
                && s.is_space
                && b.class == s.class
                && b.class != FOREIGN
            {
                pairs.push((i, j));
            }
        }
    }
    pairs.sort_unstable();
    pairs.into_iter().map(|(i, j)| (i.try_into().unwrap(), j.try_into().unwrap())).collect()
}

fn oracle(base: &[Symbol], side: &[Symbol]) -> Vec<(u32, u32)> {
    matchings(base, side, (0, 0))
        .into_iter()
        .map(|words| {
            let pairs = with_space_slowly(base, side, &words);
            let key = (usize::MAX - words.len(), runs(base.len(), side.len(), &pairs), words);
            (key, pairs)
        })
        .min()
        .expect("the empty matching is one")
        .1
}

/// All matched pairs, those that were matched without looking included.
fn all(base: &[Symbol], side: &[Symbol], edits_max: usize) -> Vec<Pair> {
    let matches = align_within(base, side, edits_max).into_iter();
    matches.flat_map(|m| (0..m.len).map(move |at| pair(m.base + at, m.side + at))).collect()
}

/// Every text of up to `len` tokens in which no two white spaces stand together.
fn texts(alphabet: &[u8], len: usize) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..len {
        let upto = all.len();
        for at in from..upto {
            for &letter in alphabet {
                let text: &Vec<u8> = &all[at];
                let spaces = |b: &u8| matches!(b, b' ' | b'_');
                if !(spaces(&letter) && text.last().is_some_and(spaces)) {
                    all.push([text.as_slice(), &[letter]].concat());
                }
            }
        }
        from = upto;
    }
    all
}

#[track_caller]
fn check(base: &str, side: &str) {
    let (b, s) = (symbols(base), symbols(side));
    let expected = oracle(&b, &s);
    assert_eq!(all(&b, &s, EDITS_MAX), expected, "few edits: {base:?} {side:?}");
    assert_eq!(all(&b, &s, 0), expected, "many edits: {base:?} {side:?}");
}

#[test]
fn every_pair_of_short_texts_without_white_space_agrees_with_the_oracle() {
    let all = texts(b"ab", 5);
    for base in &all {
        for side in &all {
            check(std::str::from_utf8(base).unwrap(), std::str::from_utf8(side).unwrap());
        }
    }
}

#[test]
fn every_pair_of_short_texts_with_white_space_agrees_with_the_oracle() {
    let all = texts(b"ab ", 4);
    for base in &all {
        for side in &all {
            check(std::str::from_utf8(base).unwrap(), std::str::from_utf8(side).unwrap());
        }
    }
}

#[test]
fn unequal_white_space_agrees_with_the_oracle() {
    let all = texts(b"a _", 5);
    for base in &all {
        for side in &all {
            check(std::str::from_utf8(base).unwrap(), std::str::from_utf8(side).unwrap());
        }
    }
}

proptest::proptest! {
    #[test]
    fn longer_texts_agree_with_the_oracle(base in "([ab]|[abc] |b_){0,5}", side in "([abx]|[ab] |c_){0,5}") {
        check(&base, &side);
    }

    /// Both methods on lengths that the oracle cannot reach.
    #[test]
    fn both_methods_agree_on_long_texts(
        base in "([abcd] ?){0,60}",
        side in "([abce] ?){0,60}",
    ) {
        let (b, s) = (symbols(&base), symbols(&side));
        proptest::prop_assert_eq!(align(&b, &s), align_within(&b, &s, 0));
    }
}
