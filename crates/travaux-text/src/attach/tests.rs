//! What is matched by number, by place and by words, and what is left; all words are invented.

use super::*;
use crate::bracketed::BracketedDraft;

fn read(source: &str) -> IssuedText {
    let draft = BracketedDraft::read(source).unwrap();
    let provisions = draft.provisions().into_iter().map(|read| read.provision).collect();
    IssuedText::new(provisions).unwrap()
}

/// Attaches one file to another, and lists what was matched as "words ← words (by)".
#[track_caller]
fn check(onto: &str, from: &str, expected: &[&str], unmatched: &[&str], missing: usize) {
    let (onto, from) = (read(onto), read(from));
    let found = attach(&onto, &from);
    let shown: Vec<String> = found
        .attached
        .iter()
        .filter(|one| !one.text.is_empty())
        .map(|one| {
            let known = on_one_line(&onto.provision(&one.provision).unwrap().text);
            format!("{known} \u{2190} {} ({:?})", one.text, one.by)
        })
        .collect();
    assert_eq!(shown, expected, "{:?}", from.provisions());
    assert_eq!(found.unmatched, unmatched);
    assert_eq!(found.missing.len(), missing, "{:?}", found.missing);
}

#[test]
fn paragraphs_are_matched_by_their_numbers_under_the_article() {
    check(
        "Article 5. Notice\n\n1. Tell at once.\n\n2. Say:\n\n(a) where;\n\n(b) when.\n",
        "Article 5\nNotice\n\n1. Each Party shall notify\n   without delay.\n\n2. A notice shall state:\n\n(a) The place;\n\n(b) The time.\n",
        &[
            "Tell at once. \u{2190} Each Party shall notify without delay. (Number)",
            "Say: \u{2190} A notice shall state: (Number)",
            "where; \u{2190} The place; (Number)",
            "when. \u{2190} The time. (Number)",
        ],
        &[],
        0,
    );
}

#[test]
fn a_heading_may_stand_on_a_line_of_its_own() {
    check(
        "Article 5. Notice\n\nTell at once.\n",
        "Article 5\n\nNotice of movement\n\nEach Party shall notify.\n",
        &["Tell at once. \u{2190} Each Party shall notify. (Place)"],
        &[],
        0,
    );
}

#[test]
fn a_renumbered_article_is_found_by_its_heading() {
    check(
        "Article 5. Notice\n\n1. Tell.\n\nArticle 6. Diversion\n\n1. Divert.\n",
        "Article 6. Notice\n\n1. Notify.\n\nArticle 7. Diversion\n\n1. Turn aside.\n",
        &["Tell. \u{2190} Notify. (Number)", "Divert. \u{2190} Turn aside. (Number)"],
        &[],
        0,
    );
}

#[test]
fn headings_that_speak_against_a_number_keep_apart_what_stands_under_it() {
    check(
        "Article 5. Notice\n\n1. Tell.\n",
        "Article 5. Diversion\n\n1. Turn aside.\n",
        &[],
        &["5 Diversion", "1. Turn aside."],
        1,
    );
}

#[test]
fn what_bears_no_number_is_matched_by_its_place_where_there_are_as_many() {
    check(
        "Preamble\n\nThe Parties,\n\nAgree:\n\nArticle 1. Scope\n\nIt covers rivers.\n",
        "Preamble\n\nThe Parties to this Convention,\n\nHave agreed as follows:\n\nArticle 1. Scope\n\nThis Convention shall apply to rivers.\n",
        &[
            "The Parties, \u{2190} The Parties to this Convention, (Place)",
            "Agree: \u{2190} Have agreed as follows: (Place)",
            "It covers rivers. \u{2190} This Convention shall apply to rivers. (Place)",
        ],
        &[],
        0,
    );
}

#[test]
fn what_is_in_one_of_the_two_alone_is_told() {
    check(
        "Article 1. Scope\n\n1. It covers rivers.\n\n2. It covers lakes.\n",
        "Article 1. Scope\n\n1. This Convention covers rivers.\n\n3. Seas are another matter.\n",
        &["It covers rivers. \u{2190} This Convention covers rivers. (Number)"],
        &["3. Seas are another matter."],
        1,
    );
}

#[test]
fn a_text_laid_over_itself_is_matched_whole() {
    let text = "Preamble\n\nThe Parties,\n\nChapter I. General\n\nArticle 1. Scope\n\n1. It covers rivers:\n\n(a) long ones;\n\n(b) short ones.\n\nArticle 2. Terms\n\nRivers move.\n";
    let read = read(text);
    let found = attach(&read, &read);
    assert!(found.unmatched.is_empty() && found.missing.is_empty(), "{found:?}");
    for one in &found.attached {
        assert_eq!(one.text, on_one_line(&read.provision(&one.provision).unwrap().text));
    }
}
