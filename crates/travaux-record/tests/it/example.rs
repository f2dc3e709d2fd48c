//! The example of `docs/record-format.md` is a real record, intact, and read like any other.

use travaux_record::{Entry, Record, View, Viewer, encode, import, verify};

const PAGE: &str = include_str!("../../../../docs/record-format.md");

/// The code blocks of a language on the page.
fn blocks(language: &str) -> Vec<&'static str> {
    PAGE.split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'))
        .collect()
}

#[test]
fn the_examples_on_the_page_are_intact_copies_of_one_record() {
    let [whole, observer] = blocks("jsonl")[..] else { panic!("the page shows two copies") };
    let (whole, observer) = (verify(whole.as_bytes(), &[]), verify(observer.as_bytes(), &[]));
    assert!(whole.is_intact() && observer.is_intact(), "{whole}\n{observer}");
    assert_eq!((whole.shown, observer.shown, observer.withheld), (4, 3, 1));
    assert_eq!(whole.compare(&observer), travaux_record::Comparison::Same);
}

#[test]
fn the_example_is_what_is_made_of_its_entries() {
    let file = blocks("jsonl")[0];
    let copy = import(file.as_bytes(), &[]).unwrap();
    let record = Record::of_log(&copy.places).unwrap();
    for (entry, place) in record.entries().zip(&copy.places) {
        assert_eq!(Some(encode(entry).as_str()), place.bytes());
    }
    let shown = copy.places.iter().map(|place| place.shown_to(&Viewer::Public, &record));
    let places: Vec<_> = shown.collect();
    let written = travaux_record::export::write(&copy.key, &places, &copy.checkpoint);
    assert_eq!(written, blocks("jsonl")[1]);
    assert_eq!(record.timeline(&View::public()).unwrap().len(), 3);
}

#[test]
fn the_entry_on_the_page_is_one() {
    for block in blocks("json") {
        serde_json::from_str::<Entry>(block).unwrap_or_else(|error| panic!("{error}: {block}"));
    }
    assert!(!blocks("json").is_empty());
}
