//! Small texts and what a reader is shown of their difference; laws on texts at random.

use proptest::prelude::*;

use super::*;

/// Checks the laws of one redline and returns it in plain characters.
fn told(old: &str, new: &str) -> String {
    let redline = redline(old, new);
    check(&redline, old, new);
    redline.notation()
}

#[track_caller]
fn check(redline: &Redline<'_>, old: &str, new: &str) {
    assert_eq!(redline.old_text(), old);
    assert_eq!(redline.new_text(), new);
    assert_eq!(redline_texts(&redline.notation()), Ok((old.to_owned(), new.to_owned())));
    let mut away = BTreeMap::new();
    let mut here = BTreeMap::new();
    for piece in redline.pieces() {
        match piece {
            RedlinePiece::MovedAway { mark, text } => {
                assert!(away.insert(*mark, (*text).to_owned()).is_none(), "{mark} twice");
            }
            RedlinePiece::MovedHere { mark, pieces } => {
                let inner = Redline { pieces: pieces.clone() };
                assert!(here.insert(*mark, inner.old_text()).is_none(), "{mark} twice");
            }
            RedlinePiece::Same(text)
            | RedlinePiece::Deleted(text)
            | RedlinePiece::Inserted(text) => {
                assert!(!text.is_empty(), "an empty piece");
            }
        }
    }
    assert_eq!(away, here, "what was moved away is what was moved here, changes apart");
}

#[test]
fn words_are_struck_out_and_added() {
    assert_eq!(
        told("Each Party shall act.", "Each Party should act."),
        "Each Party {--shall--}{++should++} act."
    );
    assert_eq!(
        told("Each Party shall act.", "Each developed Party shall act."),
        "Each {++developed ++}Party shall act."
    );
}

#[test]
fn an_island_that_costs_more_than_it_saves_is_given_up() {
    // One word kept between two replacements would make four fragments of two.
    assert_eq!(
        told("We shall take measures now as agreed.", "We may take steps now as agreed."),
        "We {--shall take measures--}{++may take steps++} now as agreed."
    );
    // Two separate additions stay two.
    assert_eq!(
        told("All Parties act.", "All the Parties will act."),
        "All {++the ++}Parties {++will ++}act."
    );
}

#[test]
fn a_text_is_the_same_as_itself() {
    for text in ["", "a", "One.\n\nTwo.\n", "\u{feff} \n\n"] {
        assert!(redline(text, text).is_unchanged());
        assert_eq!(redline(text, text).counts(), RedlineCounts::default());
        assert!(redline(text, text).pieces().len() <= 1);
    }
}

const PARAGRAPHS: [&str; 4] = [
    "1. Each Party shall prepare a national contribution and communicate it every five years.\n\n",
    "2. The secretariat shall keep a public registry of what the Parties have communicated.\n\n",
    "3. Developed countries should provide finance to developing countries for adaptation.\n\n",
    "4. A committee of twelve experts facilitates implementation without being punitive.\n\n",
];

#[test]
fn a_paragraph_that_moved_is_shown_as_moved_with_what_changed_in_it() {
    let [one, two, three, four] = PARAGRAPHS;
    let changed = one.replace("five", "ten");
    let old = [one, two, three, four].concat();
    let new = [two, three, &changed, four].concat();
    let here = format!("{{<<1:{}<<}}", one.replace("five", "{--five--}{++ten++}"));
    assert_eq!(told(&old, &new), [&format!("{{>>1:{one}>>}}"), two, three, &here, four].concat());
    let counts = redline(&old, &new).counts();
    assert_eq!((counts.moves, counts.deleted_words, counts.inserted_words), (1, 1, 1));
}

#[test]
fn neighbours_that_move_together_are_one_move() {
    let [one, two, three, four] = PARAGRAPHS;
    let five =
        "5. Nothing in this Agreement requires any Party to disclose secrets of its defence.\n\n";
    let old = [one, two, three, four, five].concat();
    let new = [three, four, five, one, two].concat();
    told(&old, &new);
    assert_eq!(redline(&old, &new).counts().moves, 1);
}

#[test]
fn words_that_moved_within_a_paragraph_are_shown_as_moved() {
    let phrase = "in accordance with the principles of equity and common but differentiated duties";
    let old =
        format!("Parties shall, {phrase}, prepare a plan that is public and reviewed yearly.");
    let new = format!("Parties shall prepare a plan that is public and reviewed yearly {phrase}.");
    let told = told(&old, &new);
    assert!(told.contains(">>1:") && told.contains("<<1:"), "{told}");
}

#[test]
fn braces_of_the_text_are_told_from_those_of_the_redline() {
    assert_eq!(told("a {--b--} c", "a \\ c"), "a {--\\{--b--\\}--}{++\\\\++} c");
    for broken in ["{", "}", "{--a", "a--}", "\\a", "{>>x:a>>}", "{~~a~~}"] {
        assert!(redline_texts(broken).is_err(), "{broken} was read");
    }
}

#[test]
fn html_is_escaped_and_moves_are_linked() {
    let [one, two, three, _] = PARAGRAPHS;
    let (old, new) = ([one, two, three, "<b> x"].concat(), [two, three, one, "<b> y"].concat());
    let html = redline(&old, &new).html();
    assert!(html.contains("&lt;b&gt; <del>x</del><ins>y</ins>"), "{html}");
    assert!(
        html.contains("id=\"move-1-from\"") && html.contains("href=\"#move-1-from\""),
        "{html}"
    );
}

#[test]
fn no_script_is_changed() {
    told("على كل دولة طرف أن تتخذ التدابير", "على كل دولة طرف اتخاذ ما يلزم من التدابير");
    assert_eq!(
        told("各缔约国应当采取措施", "各缔约国可以采取措施"),
        "各缔约国{--应当--}{++可以++}采取措施"
    );
    told("Cafe\u{301} e\u{301}tat", "Café état");
    told("👩‍👩‍👧 [sic]\r\n", "👩‍👩‍👦 [sic]\n");
}

#[test]
fn what_repeats_itself_costs_no_more_than_its_length() {
    let (ab, ba) = ("a b ".repeat(100_000), "b a a ".repeat(70_000));
    told(&ab, &ba);
    let lines = "The same line again and again and again.\n\n".repeat(20_000);
    told(&lines, &lines.replacen("again", "once", 7_000));
    let unbroken = (0..60_000_u32).map(|at| format!("w{} ", at % 977)).collect::<Vec<_>>().concat();
    let other =
        (0..60_000_u32).map(|at| format!("w{} ", at * 7 % 977)).collect::<Vec<_>>().concat();
    told(&unbroken, &other);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-f]{1,2}",
        Just("\n\n".to_owned()),
        Just("\n".to_owned()),
        Just(". ".to_owned()),
        "[各缔{}\\\\\u{301}]",
        Just("1. ".to_owned()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((word(), " ?"), 0..60)
        .prop_map(|words| words.into_iter().map(|(word, space)| word + &space).collect())
}

/// Paragraphs of which no two share a word but their number.
fn paragraphs(count: usize, words: usize) -> Vec<String> {
    (0..count)
        .map(|at| {
            let words: Vec<String> =
                (0..words + at % 5).map(|word| format!("w{at}x{word}")).collect();
            format!("{}. {}.\n\n", at + 1, words.join(" "))
        })
        .collect()
}

proptest! {
    #[test]
    fn both_texts_come_back_to_the_byte(old in text(), new in text()) {
        check(&redline(&old, &new), &old, &new);
    }

    #[test]
    fn what_was_cut_and_pasted_comes_back_too(
        text in text(), from in 0..60_usize, len in 0..40_usize, to in 0..60_usize,
    ) {
        let tokens: Vec<&str> = crate::tokens(&text).collect();
        let from = from.min(tokens.len());
        let end = (from + len).min(tokens.len());
        let rest: Vec<&str> = [&tokens[..from], &tokens[end..]].concat();
        let to = to.min(rest.len());
        let new = [&rest[..to], &tokens[from..end], &rest[to..]].concat().concat();
        check(&redline(&text, &new), &text, &new);
    }

    #[test]
    fn a_paragraph_moved_is_neither_deleted_nor_inserted(
        count in 3..12_usize, from in 0..12_usize, to in 0..12_usize,
    ) {
        let old = paragraphs(count, 12);
        let (from, to) = (from % count, to % count);
        prop_assume!(from != to);
        let mut new = old.clone();
        let moved = new.remove(from);
        new.insert(to, moved);
        let (old, new) = (old.concat(), new.concat());
        let redline = redline(&old, &new);
        check(&redline, &old, &new);
        let counts = redline.counts();
        prop_assert_eq!((counts.deleted_words, counts.inserted_words, counts.moves), (0, 0, 1));
    }
}
