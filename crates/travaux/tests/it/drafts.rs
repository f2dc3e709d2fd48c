//! Drafts as files: counted, printed back, taken into a record.

use serde_json::Value;

use crate::program::Folder;

const FIRST: &str = "---\ntitle: Draft of 2 May 2031\n---\n\n## Article 1 *(aim)*\n\n1. Parties [shall][should] act.\n\n\
                     2. Option 1: Report [to [X].\n\nOption 2: No report.\n\n## Article 2\n\n1. Parties meet.\n";
const SECOND: &str = "Article 1\n\n1. Parties shall act.\n\n2. Parties report. (agreed ad ref.)\n\nArticle 2\n\n1. Parties meet[.\n";

fn folder() -> Folder {
    Folder::new().with("2-may-2031.md", FIRST).with("2031-06-03.txt", SECOND)
}

fn json(out: &[u8]) -> Value {
    serde_json::from_slice(out).unwrap()
}

#[test]
fn one_file_is_counted_at_the_top_and_several_in_a_list() {
    let folder = folder();
    let one = json(&folder.run(&["counts", "2-may-2031.md", "--json"]).out);
    assert_eq!(one["brackets_open"], 4);
    assert_eq!(one["brackets_close"], 3);
    assert_eq!(one["depth_max"], 2);
    assert_eq!(one["options"], 2);
    assert_eq!(one["unbalanced"], serde_json::json!([9]));
    let headings: Vec<_> =
        one["chapters"].as_array().unwrap().iter().map(|c| &c["heading"]).collect();
    assert_eq!(headings, ["Article 1 *(aim)*", "Article 2"]);
    let many = json(&folder.run(&["counts", "2-may-2031.md", "2031-06-03.txt", "--json"]).out);
    assert_eq!(many["files"][0], one);
    // "Parties report" and the mark itself; nothing else is agreed by being clean.
    assert_eq!(many["files"][1]["words_agreed"], 6);
    assert_eq!(many["files"][1]["unbalanced"], serde_json::json!([9]));
}

#[test]
fn a_draft_is_printed_back_to_the_byte() {
    let folder = folder().with("odd.txt", "]] [a\r\n\0[\u{301} no end").with("empty.txt", "");
    for (name, source) in
        [("2-may-2031.md", FIRST), ("odd.txt", "]] [a\r\n\0[\u{301} no end"), ("empty.txt", "")]
    {
        assert_eq!(folder.run(&["text", name, "--reprint"]).good(), source);
    }
}

#[test]
fn what_is_no_text_or_too_large_is_refused_in_words() {
    let folder =
        Folder::new().with("binary", [0xff, 0xfe, 0]).with("huge.txt", vec![b'['; (8 << 20) + 1]);
    for (name, why) in
        [("binary", "offset 0 is not UTF-8"), ("huge.txt", "more than 8388608 bytes")]
    {
        for args in [["counts", name, "--json"], ["text", name, "--reprint"]] {
            let run = folder.run(&args);
            assert_eq!(run.code, Some(3), "{run}");
            assert!(run.err.contains(why) && run.err.contains("hint: "), "{run}");
        }
    }
}

#[test]
fn imported_drafts_are_counted_over_time_and_nothing_clean_is_agreed() {
    let folder = folder();
    let import = ["import", "2-may-2031.md", "2031-06-03.txt", "--record", "r.travaux"];
    folder.run(&["record", "init", "r.travaux"]);
    let tried = folder.run(&[&import[..], &["--dry-run", "--json"]].concat());
    assert_eq!(json(&tried.out)["documents"][0]["issued"], "2031-05-02");
    let done = folder.run(&import);
    assert_eq!(done.code, Some(0), "{done}");
    assert!(done.err.contains("line 5 is marked as agreed ad referendum"), "{done}");
    let again = folder.run(&import);
    assert_eq!(again.code, Some(3), "{again}");

    let counts = json(&folder.run(&["counts", "--record", "r.travaux", "--json"]).out);
    let drafts = counts["drafts"].as_array().unwrap();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[0]["on"], "2031-06-02");
    assert_eq!(drafts[0]["printed"]["brackets_open"], 4);
    assert_eq!(drafts[0]["provisions"]["bracketed"], 3);
    assert_eq!(drafts[1]["provisions"]["clean_not_agreed"], 2);
    for draft in drafts {
        assert_eq!(draft["words"]["agreed"], 0, "{draft}");
        assert_eq!(draft["chapters"].as_array().unwrap().len(), 2, "{draft}");
    }
    let text = String::from_utf8(
        folder.run(&["text", "--record", "r.travaux", "--as-of", "2031-05-02"]).out,
    );
    assert!(text.unwrap().contains("Parties [shall][should] act."));
}

#[test]
fn the_texts_of_the_case_are_counted() {
    let folder = Folder::new();
    let counts = json(&folder.run(&["counts", "--as-of", "latest", "--json"]).out);
    let drafts = counts["drafts"].as_array().unwrap();
    assert!(drafts.len() > 2);
    let last = drafts.last().unwrap();
    assert_eq!(
        (&last["adopted"], &last["words"]["clean_not_agreed"]),
        (&Value::Bool(true), &0.into())
    );
    assert_eq!(drafts[0]["words"]["agreed"], 0);
}
