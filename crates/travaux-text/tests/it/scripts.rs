//! Tokens of every script, and that a merge keeps them to the byte.

use proptest::prelude::*;
use travaux_text::{Merge, SideName, TokenKind, text_from_bytes, tokens, words};
use unicode_segmentation::UnicodeSegmentation as _;

#[track_caller]
fn cuts(text: &str, expected: &[&str]) {
    assert_eq!(tokens(text).collect::<Vec<_>>(), expected);
}

#[test]
fn latin_words_marks_and_white_space() {
    cuts("shall  report,\r\nor", &["shall", "  ", "report", ",", "\r\n", "or"]);
    cuts("(a) don't", &["(", "a", ")", " ", "don't"]);
    cuts("3.14 and 1,000.", &["3.14", " ", "and", " ", "1,000", "."]);
    cuts("A/AC.291/22", &["A", "/", "AC", ".", "291", "/", "22"]);
    cuts("a_b __ --", &["a_b", " ", "__", " ", "-", "-"]);
    cuts("", &[]);
}

#[test]
fn chinese_is_cut_into_characters() {
    cuts("缔约国应当。", &["缔", "约", "国", "应", "当", "。"]);
}

#[test]
fn arabic_and_cyrillic_words_stay_whole() {
    cuts("دولة طرف،", &["دولة", " ", "طرف", "،"]);
    cuts("Государство-участник", &["Государство", "-", "участник"]);
}

#[test]
fn combining_marks_joiners_and_flags_stay_with_what_they_belong_to() {
    cuts("e\u{301}quitable", &["e\u{301}quitable"]);
    cuts("👩‍👩‍👧👍🏽", &["👩‍👩‍👧", "👍🏽"]);
    cuts("🇳🇴🇸🇪", &["🇳🇴", "🇸🇪"]);
    // A mark without a letter in front is a token of its own: white space stays white space.
    cuts("a \u{301}b", &["a", " ", "\u{301}", "b"]);
}

#[test]
fn white_space_is_the_unicode_property() {
    cuts("a\u{a0}\u{2003}b\u{200b}c", &["a", "\u{a0}\u{2003}", "b", "\u{200b}", "c"]);
    assert_eq!(TokenKind::of("\u{a0}"), TokenKind::Space);
    assert_eq!(TokenKind::of("§"), TokenKind::Mark);
    assert_eq!(TokenKind::of("24"), TokenKind::Word);
}

#[test]
fn words_are_what_a_reader_reads() {
    assert_eq!(words("Each State Party, in 24 months:"), 6);
    assert_eq!(words("缔约国。"), 3);
}

#[test]
fn other_input_is_refused_with_its_offset() {
    assert_eq!(text_from_bytes("état".as_bytes()), Ok("état"));
    let error = text_from_bytes(b"caf\xe9 de").expect_err("Latin-1 is no UTF-8");
    assert_eq!(error.offset, 3);
    assert_eq!(error.to_string(), "cannot read text: the byte at offset 3 is not UTF-8");
    assert!(error.hint().contains("UTF-8"));
}

/// The rule itself: runs of white space, and between them the word boundaries of Annex 29.
fn slowly(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_space = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != is_space).unwrap_or(rest.len());
        let (stretch, after) = rest.split_at(end);
        if is_space {
            all.push(stretch);
        } else {
            all.extend(stretch.split_word_bounds());
        }
        rest = after;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn tokens_agree_with_the_rule(
        text in "([a-c1-3 ._,'():;/\\-\"&\u{a0}\u{301}\u{200d}éشק国カ한🇳👩\u{ad}\u{2019}]){0,12}|\\PC{0,8}",
    ) {
        prop_assert_eq!(tokens(&text).collect::<Vec<_>>(), slowly(&text));
    }

    /// Joining readings and cutting them again gives the tokens they were made of.
    #[test]
    fn a_stretch_of_tokens_is_cut_again_as_it_was(
        text in "([a-c1-3 ._,'\u{301}\u{200d}éش国カ🇳👩]){0,12}",
        from in 0_usize..12,
        to in 0_usize..13,
    ) {
        let all: Vec<&str> = tokens(&text).collect();
        let to = to.min(all.len());
        let from = from.min(to);
        let again = all[from..to].concat();
        prop_assert_eq!(words(&again), all[from..to].iter().map(|token| words(token)).sum::<u64>());
    }

    #[test]
    fn any_two_texts_come_back(base in "\\PC{0,40}|[ab \r\n]{0,30}", side in "\\PC{0,40}|[ab \r\n]{0,30}") {
        let name = SideName::new("A").expect("a name");
        let merge = Merge::with_sides(&base, [(name.clone(), side.as_str())]).expect("one side");
        prop_assert_eq!(merge.side(&name), Some(side));
        prop_assert_eq!(merge.base_text(0..merge.base_len()), base.as_str());
    }
}

#[test]
fn a_wholly_different_side_of_many_pages_comes_back() {
    let text = |seed: u32| {
        let mut state = seed;
        let mut text = String::new();
        while text.len() < 20_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text += ["shall ", "may ", "State ", "Party ", "of ", "the ", "and ", "law, "]
                [(state >> 24) as usize % 8];
        }
        text
    };
    let (base, side) = (text(1), text(2));
    let name = SideName::new("A").expect("a name");
    let merge = Merge::with_sides(&base, [(name.clone(), side.as_str())]).expect("one side");
    assert_eq!(merge.side(&name), Some(side));
}
