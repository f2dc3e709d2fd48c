//! What a rewritten text owes to the one before it and to others, one rule each.

use proptest::prelude::*;

use super::*;

/// A text of one hand.
fn by(hand: char, text: &str) -> Lineage<(char, usize)> {
    let mut count = 0;
    Lineage::new(text, || {
        count += 1;
        (hand, count)
    })
}

/// Rewrites a text, marking what is new with `X`; shows runs of one hand as `A:words`.
#[track_caller]
fn check(base: &str, sides: &[(char, &str)], text: &str, expected: &str) {
    let base = by('B', base);
    let sides: Vec<_> = sides
        .iter()
        .map(|(hand, side)| {
            let mut count = 0;
            let fresh = || {
                count += 1;
                (*hand, count)
            };
            base.rewritten(side, &[], fresh).lineage
        })
        .collect();
    let sources: Vec<_> = sides.iter().collect();
    let mut count = 0;
    let rewritten = base.rewritten(text, &sources, || {
        count += 1;
        ('X', count)
    });
    let hands = Lineage {
        text: text.to_owned(),
        marks: rewritten.lineage.marks().iter().map(|(hand, _)| *hand).collect(),
    };
    let shown: Vec<String> =
        hands.runs().into_iter().map(|(words, hand)| format!("{hand}:{}", words.trim())).collect();
    assert_eq!(shown.join(" | "), expected);
}

#[test]
fn what_is_carried_keeps_its_mark_and_what_is_new_has_another() {
    check(
        "Each Party shall act.",
        &[],
        "Each Party should act.",
        "B:Each Party | X:should | B:act.",
    );
}

#[test]
fn what_a_side_asked_for_has_the_mark_of_that_side() {
    check(
        "Each Party shall act.",
        &[('P', "Each Party should act."), ('Q', "Each Party shall act promptly.")],
        "Each Party should act promptly.",
        "B:Each Party | P:should | B:act | Q:promptly | B:.",
    );
}

#[test]
fn of_two_sides_with_the_same_words_the_first_counts() {
    check(
        "Each Party shall act.",
        &[('P', "Each Party should act."), ('Q', "Each Party should act.")],
        "Each Party should act.",
        "B:Each Party | P:should | B:act.",
    );
}

#[test]
fn a_passage_of_three_words_is_taken_from_a_longer_one() {
    check(
        "Each Party shall act.",
        &[('P', "Each Party shall act within thirty-six hours of learning of it.")],
        "Each Party shall act within thirty-six hours.",
        "B:Each Party shall act | P:within thirty-six hours | B:.",
    );
}

#[test]
fn a_stray_word_of_a_longer_passage_is_chance() {
    check(
        "Each Party shall act.",
        &[('P', "Each Party shall act in the manner set out in its law.")],
        "Each Party shall act at the border.",
        "B:Each Party shall act | X:at the border | B:.",
    );
}

#[test]
fn words_joined_by_a_hyphen_are_one() {
    check(
        "Within forty-eight hours.",
        &[('P', "Within thirty-six hours.")],
        "Within thirty-six hours.",
        "B:Within | P:thirty-six | B:hours.",
    );
}

#[test]
fn who_else_had_the_words_is_told() {
    let base = by('B', "We act.");
    let (one, two) = (by('P', "We act now."), by('Q', "We act now."));
    let rewritten = base.rewritten("We act now.", &[&one, &two], || ('X', 0));
    let hand = |marks: &[(char, usize)]| marks.iter().map(|(hand, _)| *hand).collect::<String>();
    let at = tokens("We act now.").position(|token| token == "now").unwrap();
    assert_eq!(rewritten.lineage.marks()[at].0, 'P');
    assert_eq!(hand(&rewritten.also[at]), "Q");
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "shall",
        "may",
        "act",
        "Party",
        ",",
        "can't",
        "the",
        "thirty-six",
        "forty-six",
        "3.5",
        "缔约国",
    ]);
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

/// The oracle: words carried from `old` to `new` are equal, in order, and none is used twice.
fn is_carried(old: &str, new: &str, found: &[Option<usize>]) {
    let (old, new): (Vec<&str>, Vec<&str>) = (tokens(old).collect(), tokens(new).collect());
    assert_eq!(found.len(), new.len());
    let pairs: Vec<(usize, usize)> =
        found.iter().enumerate().filter_map(|(at, from)| Some((at, (*from)?))).collect();
    assert!(pairs.iter().all(|(at, from)| new[*at] == old[*from]));
    assert!(pairs.windows(2).all(|pair| pair[0].1 < pair[1].1));
}

proptest! {
    #[test]
    fn every_word_has_one_mark_and_the_runs_are_the_text(
        base in text(),
        sides in prop::collection::vec(text(), 0..4),
        new in text(),
    ) {
        is_carried(&base, &new, &carried(&base, &new));
        let mut count = 0;
        let mut fresh = || { count += 1; count };
        let base = Lineage::new(&base, &mut fresh);
        let sides: Vec<_> =
            sides.iter().map(|side| base.rewritten(side, &[], &mut fresh).lineage).collect();
        let sources: Vec<_> = sides.iter().collect();
        let rewritten = base.rewritten(&new, &sources, &mut fresh).lineage;
        let runs: String = rewritten.runs().into_iter().map(|(words, _)| words).collect();
        prop_assert_eq!(&runs, &new);
        prop_assert_eq!(rewritten.marks().len(), tokens(&new).count());
        // A mark names one word of the text.
        let distinct: std::collections::BTreeSet<_> = rewritten.marks().iter().collect();
        prop_assert_eq!(distinct.len(), rewritten.marks().len());
        // What a mark is on reads as where it was first.
        let all = || std::iter::once(&base).chain(&sides);
        for (token, mark) in tokens(&new).zip(rewritten.marks()) {
            for source in all() {
                let place = source.marks().iter().position(|known| known == mark);
                if let Some(place) = place {
                    prop_assert_eq!(tokens(source.text()).nth(place), Some(token));
                }
            }
        }
    }

    #[test]
    fn a_text_that_stays_keeps_every_mark(base in text(), sides in prop::collection::vec(text(), 0..3)) {
        let mut count = 0;
        let mut fresh = || { count += 1; count };
        let kept = Lineage::new(&base, &mut fresh);
        let sides: Vec<_> = sides.iter().map(|side| Lineage::new(side, &mut fresh)).collect();
        let sources: Vec<_> = sides.iter().collect();
        prop_assert_eq!(&kept.rewritten(&base, &sources, &mut fresh).lineage, &kept);
    }
}
