//! Small drafts and what is read in them.

use proptest::prelude::*;

use super::*;
use crate::provision::{Provision, ProvisionId};

fn read(source: &str) -> BracketedDraft<'_> {
    BracketedDraft::read(source).expect("a test draft is small")
}

#[test]
fn adjacent_brackets_are_alternatives() {
    let draft = read("Parties [shall][should] [may] / [other] act [at once].");
    let counts = draft.counts();
    assert_eq!((counts.brackets_open, counts.alternatives, counts.depth_max), (5, 1, 1));
    assert_eq!(draft.brackets()[0].alternative(), Some(1));
    assert_eq!(draft.brackets()[3].alternative(), None);
}

#[test]
fn an_alternative_may_hold_brackets_of_its_own() {
    let draft = read("[each [developed] Party][all Parties]");
    assert_eq!(draft.brackets()[0].alternative(), Some(2));
    assert_eq!(draft.counts().alternatives, 1);
    assert_eq!(draft.counts().depth_max, 2);
}

#[test]
fn a_bracket_without_partner_is_named_with_its_line() {
    let draft = read("one]\ntwo [three\nfour [five]\n");
    let faults: Vec<_> = draft.diagnostics().iter().map(|d| (d.line, d.fault)).collect();
    assert_eq!(faults, [(1, DraftFault::NeverOpened), (2, DraftFault::NeverCloses)]);
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
            BlockKind::Matter => "matter".to_owned(),
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
    assert!(refusal.to_string().contains("at most 8388608 are read"));
}

fn labels<'t>(draft: &BracketedDraft<'t>) -> Vec<(&'t str, usize)> {
    let source = draft.source();
    draft.options().iter().map(|option| (&source[option.label.clone()], option.set)).collect()
}

#[test]
fn options_of_one_style_belong_together() {
    let draft = read(
        "1. **Option 1:** a\n\n2. Option2: b\n\nText.\n\nOption 2:\n\nOption (a): c\n\nd\n\n\
         Option (b): e\n\nOption 3: f\n\n## Article 2\n\nOption I: g",
    );
    assert_eq!(
        labels(&draft),
        [
            ("Option 1", 0),
            ("Option2", 0),
            ("Option 2", 1),
            ("Option (a)", 2),
            ("Option (b)", 2),
            ("Option 3", 1),
            ("Option I", 3)
        ]
    );
    let counts = draft.counts();
    assert_eq!((counts.options, counts.option_sets), (7, 4));
    let alone: Vec<_> = draft.diagnostics().iter().map(|d| (d.line, d.fault)).collect();
    assert_eq!(alone, [(19, DraftFault::OptionAlone)]);
}

/// A list item carries the first option behind its number; the others stand in it, set in.
#[test]
fn an_option_behind_a_number_has_the_others_under_it() {
    let draft = read(
        "1. **Option 1:** a\n\n    b\n\n    **Option 2:** c\n\n2. **Option 1:** d\n\n    **Option 2:** e",
    );
    let sets: Vec<usize> = labels(&draft).iter().map(|(_, set)| *set).collect();
    assert_eq!(sets, [0, 0, 1, 1]);
    assert!(draft.diagnostics().is_empty());
}

/// Brackets pair as characters do; whole articles are bracketed from where a block begins. One that
/// opens amid a sentence and closes under another heading was forgotten, and takes no article along.
#[test]
fn a_bracket_forgotten_amid_a_sentence_takes_no_other_article_along() {
    let draft = read("# Article 1\n\nA [b c.\n\nD.\n\n# Article 2\n\nE f] g.\n");
    assert_eq!(draft.counts().words_inside, 2);
    assert_eq!(draft.diagnostics().len(), 1);
    assert_eq!(
        draft.diagnostics()[0].to_string(),
        "line 3: this bracket closes only under another heading"
    );
    assert!(draft.counts().unbalanced.is_empty());
    let whole = read("# Article 1\n\n1. [A b.\n\n# Article 2\n\nE] g.\n");
    assert_eq!(whole.counts().words_inside, 5);
}

#[test]
fn words_of_an_option_are_open_without_brackets() {
    let counts = read("One two.\n\n  Option 1:\n\n  three\n\n  Option 2: four\n\nfive").counts();
    assert_eq!((counts.words_bracketed, counts.words_inside), (6, 0));
    assert_eq!((counts.words, counts.words_clean, counts.words_agreed), (9, 3, 0));
}

#[test]
fn only_a_mark_makes_words_of_a_draft_agreed() {
    let counts =
        read("1. Clean text.\n\n2. Settled [text] (Agreed ad ref.)\n\n3. not agreed ad ref.")
            .counts();
    assert_eq!((counts.agreed_marks, counts.words_bracketed), (1, 1));
    assert_eq!((counts.words_agreed, counts.words_clean), (5, 8));
}

#[test]
fn marks_of_the_file_are_counted_as_brackets_and_bracket_no_words() {
    use BracketRole::{Footnote, Link, Text};
    let draft = read(
        "---\ntitle: x\n---\n\nSee [the draft][source][^1] [shall][may](b).\n\n\
                      [source]: https://example.org\n\n[^1]: A note.",
    );
    let counts = draft.counts();
    assert_eq!((counts.brackets_open, counts.brackets_close), (7, 7));
    assert_eq!((counts.words_inside, counts.alternatives, counts.footnotes), (2, 1, 2));
    assert!(draft.diagnostics().is_empty());
    let roles: Vec<_> = draft.brackets().iter().map(Bracket::role).collect();
    assert_eq!(roles, [Link, Link, Footnote, Text, Text, Link, Footnote]);
}

/// What is marked, as "kind: words".
fn told(source: &str) -> Vec<String> {
    let draft = read(source);
    draft
        .marks()
        .iter()
        .map(|mark| format!("{:?}: {}", mark.kind, &source[mark.bytes.clone()]))
        .collect()
}

#[test]
fn attributions_are_read_in_the_forms_in_use() {
    let forms = [
        ("[shall \u{2013} EU, USA]", "EU, USA"),
        ("[shall - Norway and Chile]", "Norway and Chile"),
        ("[shall (CHN)]", "CHN"),
        ("[shall] (CHN, IND)", "CHN, IND"),
        ("[shall][may] (Group of 77 and China)", "Group of 77 and China"),
        ("[EU, USA: shall]", "EU, USA"),
        ("[G77: shall]", "G77"),
        (
            "[shall [not] \u{2014} Viet Nam; C\u{f4}te d\u{2019}Ivoire]",
            "Viet Nam; C\u{f4}te d\u{2019}Ivoire",
        ),
        ("[shall (on behalf of the African Group)]", ""),
    ];
    for (source, names) in forms {
        let expected =
            if names.is_empty() { vec![] } else { vec![format!("Attribution: {names}")] };
        assert_eq!(told(source), expected, "{source}");
    }
}

#[test]
fn what_only_looks_like_an_attribution_is_none() {
    for source in [
        "[the least developed countries (LDC)]",
        "[small island developing States (SIDS)]",
        "[nationally determined mitigation contributions as referred to in Article 2 bis, which each Party communicates] (NDMC)",
        "[as set out in the Convention \u{2013} Article 4]",
        "[commitments]/[contributions] (a)",
        "nationally determined mitigation [contribution][commitment] (NDMC)",
        "[by 2050 (II)]",
        "[Placeholder: outcome]",
        "[low - carbon transformation]",
        "[Option 1: shall]",
    ] {
        let marks = told(source);
        assert!(!marks.iter().any(|mark| mark.starts_with("Attribution")), "{source}: {marks:?}");
    }
}

#[test]
fn the_names_of_an_attribution_are_told_apart() {
    let draft = read("[shall \u{2013} EU, Norway and Chile; Group of 77 and China]");
    let names = draft.attributed_to(&draft.marks()[0]);
    assert_eq!(names, ["EU", "Norway", "Chile", "Group of 77 and China"]);
}

#[test]
fn placeholders_and_slashes_are_marks() {
    let source =
        "by [X] [\u{2026}] [to be elaborated] [placeholder for a [new] text] [xylophone] a / b";
    let marks = told(source);
    assert_eq!(marks.iter().filter(|mark| mark.starts_with("Placeholder")).count(), 4, "{marks:?}");
    assert_eq!(marks.last().map(String::as_str), Some("Slash: /"));
}

/// The provisions as "parent/id kind number | heading | text".
fn outline(source: &str) -> Vec<String> {
    let provisions = read(source).provisions();
    let all: Vec<_> = provisions.iter().map(|one| one.provision.clone()).collect();
    crate::IssuedText::new(all).expect("provisions form a text");
    let line = |one: &DraftProvision| {
        let Provision { id, parent, kind, number, heading, text } = &one.provision;
        let parent = parent.as_ref().map_or("", ProvisionId::as_str);
        format!("{parent}/{id} {kind} {number} | {heading} | {text}")
    };
    provisions.iter().map(line).collect()
}

#[test]
fn provisions_are_known_by_headings_numbers_and_indentation() {
    let source = "# Draft agreement\n\n## Preamble\n\n*Recalling* a,\n\n## [Article 3bis] *(REDD)*\n\n\
                  [1. **Goal** NDMC* are\n\n    **Option 1:**\n\n    Each [Party].\n\n    **Option 2:** No\n\n\
                  (a) sub;\n\n(i) subsub]\n\n2. [See][s](x)\n\n[s]: https://example.org\n\nArticle 4. Aim\n\nAll.";
    let expected = [
        "/title title  | Draft agreement | ",
        "/preamble preamble  | Preamble | ",
        "preamble/preamble.p1 paragraph  |  | Recalling a,",
        "/article-3bis article [3bis] | (REDD) | ",
        "article-3bis/article-3bis.1 paragraph 1. |  | [Goal NDMC* are",
        "article-3bis.1/article-3bis.1.option-1 subparagraph Option 1 |  | ",
        "article-3bis.1.option-1/article-3bis.1.option-1.p1 subparagraph  |  | Each [Party].",
        "article-3bis.1/article-3bis.1.option-2 subparagraph Option 2 |  | No",
        "article-3bis.1/article-3bis.1.a subparagraph (a) |  | sub;",
        "article-3bis.1.a/article-3bis.1.a.i subparagraph (i) |  | subsub]",
        "article-3bis/article-3bis.2 paragraph 2. |  | See(x)",
        "/article-4 article 4 | Aim | ",
        "article-4/article-4.p1 paragraph  |  | All.",
    ];
    assert_eq!(outline(source), expected);
}

#[test]
fn a_number_that_stands_twice_gives_two_names() {
    let provisions = outline("1. a\n\n1. b\n\n1. c");
    assert_eq!(
        provisions,
        ["/1 paragraph 1. |  | a", "/1~2 paragraph 1. |  | b", "/1~3 paragraph 1. |  | c"]
    );
}

#[test]
fn a_million_brackets_within_each_other_are_read() {
    let deep = 1_000_000;
    let source = "[".repeat(deep) + &"]".repeat(deep);
    let draft = read(&source);
    assert_eq!(draft.counts().depth_max, deep);
    assert!(draft.reprint() == source);
    let open = "[".repeat(deep);
    assert_eq!(read(&open).counts().unbalanced.len(), deep);
}

/// The same line many times over: what takes the square of their number would not end.
#[test]
fn many_of_one_kind_are_read() {
    for line in [
        "# a\n",
        "1. a\n",
        "Option 1:\n\n",
        "[^1]: [^1]\n",
        "[X] (EU) a / b\n",
        "  [a](#\n",
        "]\n",
        "agreed ad ref. ",
    ] {
        let source = line.repeat(20_000);
        let draft = read(&source);
        assert!(draft.reprint() == source);
        assert_eq!(
            draft.chapters().iter().map(|c| c.counts.words).sum::<u64>(),
            draft.counts().words
        );
        assert!(!draft.provisions().is_empty());
    }
}

proptest! {
    #[test]
    fn printing_gives_the_source_back(source in "[\\[\\]a /\\n(é]{0,60}|\\PC{0,40}") {
        prop_assert_eq!(read(&source).reprint(), source);
    }

    /// Whatever the text, its parts sum up to the whole, and its provisions form a text that keeps
    /// every bracket which is none of the file.
    #[test]
    fn counts_sum_up_and_no_bracket_is_dropped(source in "([\\[\\]a1.()# \\n*^:/-]|Option 1:|agreed ad ref.|\u{2013} EU){0,40}") {
        let draft = read(&source);
        let counts = draft.counts();
        prop_assert_eq!(counts.words, counts.words_bracketed + counts.words_clean + counts.words_agreed);
        prop_assert_eq!(counts.brackets_open, source.matches('[').count());
        prop_assert_eq!(counts.brackets_close, source.matches(']').count());
        let provisions: Vec<_> = draft.provisions().into_iter().map(|one| one.provision).collect();
        let kept: usize = provisions
            .iter()
            .map(|p| [&p.number, &p.heading, &p.text].map(|text| text.matches('[').count()).iter().sum::<usize>())
            .sum();
        let of_text = draft.brackets().iter().filter(|b| b.role() != BracketRole::Link && b.open().is_some());
        prop_assert_eq!(kept, of_text.count());
        prop_assert!(crate::IssuedText::new(provisions).is_ok());
    }

    /// The oracle removes innermost pairs until none is left.
    #[test]
    fn brackets_pair_as_by_removing_innermost_pairs(source in "[\\[\\]a]{0,24}") {
        let mut left: String = source.chars().filter(|c| "[]".contains(*c)).collect();
        while left.contains("[]") {
            left = left.replace("[]", "");
        }
        let draft = read(&source);
        let faults = draft.diagnostics().iter().filter(|d| d.fault.is_unbalanced()).count();
        prop_assert_eq!(faults, left.len());
    }
}
