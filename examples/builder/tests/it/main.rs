//! What ships is what is built, and nothing of the source files is lost on the way.

mod ahc;

use travaux_examples::{Example, demonstration_signer};
use travaux_record::{Record, decode_lines, import};

#[test]
fn what_ships_is_what_is_built() {
    for example in Example::ALL {
        let path = example.folder().join("record.jsonl");
        let shipped = std::fs::read_to_string(&path).unwrap_or_default();
        let built = example.build().expect("the source files are sound");
        let same = shipped == built;
        assert!(same, "{} is stale: run `cargo run -p travaux-examples`", path.display());
    }
}

#[test]
fn what_ships_is_sealed_whole_with_the_published_key() {
    for (example, seed) in
        [(Example::Ahc, "travaux/ahc/1"), (Example::Practice, "travaux/practice/1")]
    {
        let built = example.build().expect("the source files are sound");
        let key = demonstration_signer(seed).expect("a seed names a log").key();
        let imported = import(built.as_bytes(), &[key]).expect("the seal holds");
        let mint = example.mint().expect("the source files are sound");
        assert_eq!(imported.places.len(), mint.entries().len());
        let record = Record::of_log(&imported.places).expect("every entry is admitted");
        assert!(record.entries().eq(mint.entries()));
        let read = decode_lines(built.as_bytes()).expect("a sealed file can be read as a list");
        assert_eq!(read.len(), mint.entries().len());
    }
}

#[test]
fn a_word_changed_in_what_ships_is_found() {
    let built = Example::Ahc.build().expect("the source files are sound");
    let changed = built.replacen("African Group", "African group", 1);
    assert_ne!(built, changed);
    let refused = import(changed.as_bytes(), &[]).expect_err("the seal is broken");
    assert!(!refused.0.is_intact());
}
