//! Small drafts and what is read in them.

use proptest::prelude::*;

use super::*;

fn read(source: &str) -> BracketedDraft<'_> {
    BracketedDraft::read(source).expect("a test draft is small")
}

#[test]
fn adjacent_brackets_are_alternatives() {
    let draft = read("Parties [shall][should] [may] / [other] act [at once].");
    let counts = draft.counts();
    assert_eq!((counts.brackets_open, counts.alternatives, counts.depth_max), (5, 1, 1));
    assert_eq!(draft.brackets()[0].alternative, Some(1));
    assert_eq!(draft.brackets()[3].alternative, None);
}

#[test]
fn an_alternative_may_hold_brackets_of_its_own() {
    let draft = read("[each [developed] Party][all Parties]");
    assert_eq!(draft.brackets()[0].alternative, Some(2));
    assert_eq!(draft.counts().alternatives, 1);
    assert_eq!(draft.counts().depth_max, 2);
}

#[test]
fn a_bracket_without_partner_is_named_with_its_line() {
    let draft = read("one]\ntwo [three\nfour [five]\n");
    let faults: Vec<_> = draft.diagnostics().iter().map(|d| (d.line, d.fault)).collect();
    assert_eq!(faults, [(1, BracketFault::NeverOpened), (2, BracketFault::NeverCloses)]);
    assert_eq!(draft.diagnostics()[0].to_string(), "line 1: this bracket closes nothing");
    assert_eq!(draft.counts().unbalanced, [1, 2]);
}

#[test]
fn words_in_nested_brackets_count_once() {
    let counts = read("a [b [c] d] e").counts();
    assert_eq!((counts.words, counts.words_inside), (5, 3));
}

#[test]
fn blocks_are_known_by_their_first_words() {
    let source = "## Article 3\n\n**Option 1:** Each Party\nshall act\n    Alt 2: no\n\n3.3bis Alt Each\n\
                  (a) one\n2. [two]\n\nNo text\n\n[^1]: note\n\noptional words";
    let kinds: Vec<_> = read(source).blocks().iter().map(|block| block.kind.clone()).collect();
    let printed = |range: &Range<usize>| source[range.clone()].to_owned();
    let told: Vec<String> = kinds
        .iter()
        .map(|kind| match kind {
            BlockKind::Heading(level) => format!("heading {level}"),
            BlockKind::Option(label) => format!("option {}", printed(label)),
            BlockKind::Numbered(number) => format!("number {}", printed(number)),
            BlockKind::NoText => "no text".to_owned(),
            BlockKind::Footnote => "footnote".to_owned(),
            BlockKind::Paragraph => "paragraph".to_owned(),
        })
        .collect();
    let expected = [
        "heading 2",
        "option Option 1",
        "option Alt 2",
        "number 3.3bis",
        "number (a)",
        "number 2.",
        "no text",
        "footnote",
        "paragraph",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_source_beyond_the_limit_is_refused_in_words() {
    let source = " ".repeat(SOURCE_BYTES_MAX + 1);
    let refusal = BracketedDraft::read(&source).expect_err("it is too large");
    assert!(refusal.to_string().contains("at most 33554432 are read"));
}

proptest! {
    #[test]
    fn printing_gives_the_source_back(source in "[\\[\\]a /\\n(é]{0,60}|\\PC{0,40}") {
        prop_assert_eq!(read(&source).reprint(), source);
    }

    /// The oracle removes innermost pairs until none is left.
    #[test]
    fn brackets_pair_as_by_removing_innermost_pairs(source in "[\\[\\]a]{0,24}") {
        let mut left: String = source.chars().filter(|c| "[]".contains(*c)).collect();
        while left.contains("[]") {
            left = left.replace("[]", "");
        }
        let faults = read(&source).diagnostics().len();
        prop_assert_eq!(faults, left.len());
    }
}
