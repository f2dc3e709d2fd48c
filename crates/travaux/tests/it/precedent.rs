//! `travaux precedent`: an index of a folder, what is found in it, and what is refused.

use serde_json::Value;

use crate::program::Folder;

const MINES: &str = "# Convention on Mines\n\nArticle 3\n\n1. Each Party shall take the measures \
                     necessary to close its mines.\n";

fn indexed() -> Folder {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("t")).unwrap();
    let lakes = "<h1>Treaty on Lakes</h1><h2>Article 9</h2><p>Each Party shall take the measures \
                 necessary to <i>close</i> its mines.</p>";
    let folder = folder
        .with("t/mines.md", MINES)
        .with("t/lakes.html", lakes)
        .with("t/empty.txt", "")
        .with("t/latin.txt", b"Each Party shall \xe9 take measures")
        .with("t/binary.md", b"Each Party\0 shall take measures")
        .with("t/picture.png", b"\x89PNG");
    let run = folder.run(&["precedent", "build", "t"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(
        run.err,
        "left out binary.md: it is binary, not text\nleft out empty.txt: it holds no paragraph\n\
         left out latin.txt: the byte at offset 17 is not UTF-8\n"
    );
    folder
}

#[test]
fn the_same_words_are_found_with_every_place() {
    let folder = indexed();
    let asked = "Each State shall take the measures necessary to close mines";
    let json: Value =
        serde_json::from_str(&folder.run(&["precedent", "find", asked, "--json"]).good()).unwrap();
    let first = &json["results"][0];
    assert_eq!(first["count"], 2);
    assert_eq!(first["places"][1]["heading"], "Article 3");
    let text: String = first["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|piece| piece["both"].as_str().or(piece["precedent"].as_str()))
        .collect();
    assert_eq!(first["text"], text);
    let printed = folder.run(&["precedent", "find", asked]).good();
    assert!(printed.contains("[-State-] {+Party+} shall take"), "{printed}");
    assert!(printed.contains("- Convention on Mines, Article 3 (mines.md, line 5)"), "{printed}");
}

#[test]
fn what_is_no_index_is_refused() {
    let folder = indexed();
    let missing = folder.run(&["precedent", "find", "each Party", "--index", "no.index"]);
    assert_eq!(missing.code, Some(4));
    assert!(missing.err.contains("travaux precedent build"), "{missing}");
    let bytes = std::fs::read(folder.path().join("precedents.index")).unwrap();
    let folder = folder.with("cut.index", &bytes[..bytes.len() / 2]).with("other.index", MINES);
    for (name, why) in [("cut.index", "bytes and has"), ("other.index", "is no index")] {
        let refused = folder.run(&["precedent", "find", "each Party", "--index", name]);
        assert_eq!(refused.code, Some(3), "{refused}");
        assert!(refused.err.contains(why), "{refused}");
    }
}

#[test]
fn a_folder_without_texts_makes_no_index() {
    let folder = Folder::new().with("x.png", b"\x89PNG");
    let refused = folder.run(&["precedent", "build", "."]);
    assert_eq!(refused.code, Some(3), "{refused}");
    assert!(!folder.path().join("precedents.index").exists());
}
