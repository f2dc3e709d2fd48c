//! Real bracketed drafts: the four Paris drafts of 2015, where they are at hand.
//!
//! They are read from the folder named by `TRAVAUX_DATA`, else from `../shared/data`; the tests
//! skip with a message where neither is there.

use std::path::PathBuf;

use travaux_text::BracketedDraft;

pub(crate) fn draft(name: &str) -> Option<String> {
    let data = std::env::var_os("TRAVAUX_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = data.join("cop21").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        skip(name);
    }
    text
}

#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn skip(name: &str) {
    eprintln!("skipped: {name} is not at hand (set TRAVAUX_DATA)");
}

/// Reads a draft and checks it against its raw counts: opening and closing brackets, the deepest
/// nesting, and the lines of brackets without a partner.
#[track_caller]
fn check(name: &str, brackets: (usize, usize), depth_max: usize, unbalanced: &[usize]) {
    let Some(text) = draft(name) else { return };
    let draft = BracketedDraft::read(&text).expect("the draft is not too large");
    assert_eq!(draft.reprint(), text, "{name} is not printed back as it was");
    let counts = draft.counts();
    assert_eq!((counts.brackets_open, counts.brackets_close), brackets, "{name}");
    assert_eq!(text.matches('[').count(), counts.brackets_open, "{name}");
    assert_eq!(text.matches(']').count(), counts.brackets_close, "{name}");
    assert_eq!(counts.depth_max, depth_max, "{name}");
    assert_eq!(counts.unbalanced, unbalanced, "{name}");
    let chapters = draft.chapters();
    let open: usize = chapters.iter().map(|chapter| chapter.counts.brackets_open).sum();
    assert_eq!(open, counts.brackets_open, "{name}: chapters partition the draft");
}

#[test]
fn the_draft_the_conference_began_with() {
    check("23-oct-2015.md", (1052, 1053), 7, &[24, 30, 869]);
}

#[test]
fn the_draft_of_the_fourth_of_december() {
    check("4-dec-2015.md", (1055, 1058), 10, &[25, 39, 45, 661, 741]);
}

#[test]
fn the_draft_of_the_ninth_of_december() {
    check("9-dec-2015.md", (222, 223), 5, &[109, 177, 228]);
}

#[test]
fn the_agreement_as_adopted_has_only_its_footnote_marks() {
    check("12-dec-2015.md", (6, 6), 1, &[]);
}
