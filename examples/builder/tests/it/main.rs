//! What ships is what is built, and nothing of the source files is lost on the way.

mod ahc;

use travaux_examples::Example;

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
