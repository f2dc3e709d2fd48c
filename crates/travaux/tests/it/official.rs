//! `travaux attach` and `text --language`: official words and the other languages. Every text laid
//! over a record here is invented for these tests.

use serde_json::Value;

use crate::program::Folder;

/// A text in the manner of a document, for the practice negotiation; invented.
const PRACTICE: &str = "TEST TEXT, INVENTED\n\nPreamble\n\nThe Parties to this Test,\n\n\
    Article 3\nScope and sovereignty\n\n1. This test text shall apply to announcements of movement\n\
    and to measures.\n\n2. No test river shall of itself alter any test frontier.\n\n\
    Article 5. Notice of movement\n\n1. Each Party shall give test notice.\n\n\
    2. A test notice shall state:\n\n(a) The last known test position;\n\n\
    4. A paragraph that the text on record does not have.\n\n\
    Article 99. Test clauses of no other text\n\nNothing like this is on record anywhere.\n";

#[track_caller]
fn run(folder: &Folder, args: &[&str]) -> String {
    let run = folder.run(args);
    assert_eq!(run.code, Some(0), "{run}");
    String::from_utf8(run.out).unwrap()
}

#[test]
fn official_words_are_shown_in_the_place_of_those_on_record() {
    let folder = Folder::new().with("test.txt", PRACTICE);
    let args = ["attach", "CMR/1/3", "test.txt", "--practice", "--into", "words.jsonl"];
    let said = run(&folder, &args);
    assert!(said.contains("In the file alone, and left out"), "{said}");
    assert!(said.contains("4. A paragraph that the text on record does not have."), "{said}");
    assert!(said.contains("Test clauses of no other text"), "{said}");
    assert!(said.contains("[notice.2.b]"), "what has no official words is listed: {said}");

    let on = ["--practice", "--with", "words.jsonl", "--as-of", "2024-05-01"];
    let text = run(&folder, &[&["text"][..], &on].concat());
    assert!(text.contains("No test river shall of itself alter any test frontier."), "{text}");
    assert!(
        text.contains("announcements of movement and to measures."),
        "lines are joined: {text}"
    );
    assert!(!text.contains("The movement of a migratory river shall not"), "{text}");
    let plain = run(&folder, &[&["text", "--plain"][..], &on].concat());
    assert!(plain.contains("Each Party shall give test notice."), "{plain}");

    // Where something is open, brackets are measured against the words on record.
    let later = ["--practice", "--with", "words.jsonl", "--as-of", "2024-06-07"];
    let text = run(&folder, &[&["text"][..], &later].concat());
    assert!(text.contains("without delay"), "{text}");
    let marked =
        "official words, from test.txt: \u{201c}Each Party shall give test notice.\u{201d}";
    assert!(text.contains(marked), "{text}");
    let one = run(&folder, &[&["provision", "notice.1"][..], &later].concat());
    assert!(one.contains("Official words, from test.txt:\n  Each Party shall give test notice."));

    // The next text has words of its own.
    let next = ["--practice", "--with", "words.jsonl", "--as-of", "2024-12-01"];
    assert!(!run(&folder, &[&["text"][..], &next].concat()).contains("test notice"));
    let redline = ["redline", "CMR/1/3", "CMR/2/3", "--practice", "--with", "words.jsonl"];
    assert_ne!(run(&folder, &redline), run(&folder, &redline[..4]), "a redline reads them too");
}

#[test]
fn a_paraphrase_is_covered_by_official_words_as_far_as_they_go() {
    let text = "INVENTED TEST TEXT\n\nArticle 24. Conditions and safeguards\n\n\
        1. Test words for the first paragraph.\n\n2. Test words for the second.\n";
    let folder = Folder::new().with("invented.md", text);
    let args = ["attach", "A/AC.291/22", "invented.md", "--json"];
    let found: Value = serde_json::from_str(&run(&folder, &args)).unwrap();
    let first = &found["attached"].as_array().unwrap()[0];
    assert_eq!(first["by"], "number", "{found:#}");
    assert_eq!(found["into"], "official-A-AC.291-22.jsonl");
    assert!(found["missing"].as_array().unwrap().len() > 100);
    let on = ["--with", "official-A-AC.291-22.jsonl", "--as-of", "2023-06-01"];
    let said = folder.run(&[&["text", "--plain"][..], &on].concat());
    assert!(said.err.contains("laid over the text on this machine from invented.md"), "{said}");
    assert!(String::from_utf8(said.out).unwrap().contains("Test words for the first paragraph."));
    // What is there is left alone.
    let again = folder.run(&["attach", "A/AC.291/22", "invented.md"]);
    assert_eq!(again.code, Some(4), "{again}");
    assert!(again.err.contains("--into"), "{again}");
}

#[test]
fn attached_words_never_get_into_a_record_that_is_kept() {
    let folder = Folder::new().with("test.txt", PRACTICE);
    run(&folder, &["attach", "CMR/1/3", "test.txt", "--practice", "--into", "words.jsonl"]);
    let out = folder.run(&["record", "export", "--practice"]);
    let folder = folder.with("copy.jsonl", &out.out);
    run(&folder, &["record", "import", "copy.jsonl", "--into", "own.travaux"]);
    let refused = folder.run(&["record", "append", "words.jsonl", "--record", "own.travaux"]);
    assert_eq!(refused.code, Some(3), "{refused}");
    assert!(refused.err.contains("no record that is kept or shared takes it in"), "{refused}");
    let refused = folder.run(&["record", "export", "--practice", "--with", "words.jsonl"]);
    assert_eq!(refused.code, Some(2), "{refused}");
    let refused = folder.run(&["record", "import", "words.jsonl", "--into", "new.travaux"]);
    assert_eq!(refused.code, Some(3), "{refused}");
    assert!(!folder.path().join("new.travaux").exists());
}

#[test]
fn what_cannot_be_matched_at_all_is_refused() {
    let folder =
        Folder::new().with("other.txt", "A poem about the sea, with nothing else in it.\n");
    let refused = folder.run(&["attach", "CMR/1/3", "other.txt", "--practice"]);
    assert_eq!(refused.code, Some(3), "{refused}");
    assert!(refused.err.contains("could be matched"), "{refused}");
    let refused = folder.run(&["attach", "CMR/9/9", "other.txt", "--practice"]);
    assert!(refused.err.contains("CMR/9/9"), "{refused}");
}

#[test]
fn the_text_is_printed_in_another_language_and_says_what_lags() {
    let folder = Folder::new();
    let args = ["text", "--practice", "--language", "ru", "--as-of", "2024-12-01"];
    let printed = folder.run(&args);
    assert!(printed.err.contains("in Russian, 2 of "), "{printed}");
    assert!(printed.err.contains("1 lag behind"), "{printed}");
    let text = String::from_utf8(printed.out).unwrap();
    assert!(text.contains("согласились о нижеследующем:"), "{text}");
    assert!(text.contains("[lags behind the text since 2024-11-29]"), "{text}");
    assert!(text.contains("[not in Russian] The Parties to this Convention,"), "{text}");
    let one = run(&folder, &["provision", "force", "--practice", "--as-of", "2025-02-14"]);
    assert!(one.contains("French (fr), as the text reads; concordant: La pr"), "{one}");
    assert!(one.contains("Russian (ru), one wording behind since 2024-11-29; not concordant"));
    let refused = folder.run(&["text", "--practice", "--language", "latin"]);
    assert_eq!(refused.code, Some(2), "{refused}");
    let refused = folder.run(&["text", "--language", "fr"]);
    assert_eq!(refused.code, Some(3), "{refused}");
}
