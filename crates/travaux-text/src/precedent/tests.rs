//! Small indexes and what is found in them; the written form against every kind of damage.

use proptest::prelude::*;

use super::*;

const ONE: &str = "# Convention on Mines\n\n### Article 1\n\n#### Scope\n\n1. Each Party shall take the \
                   measures necessary to close its mines.\n\n2.  No Party shall open a mine in a lake.\n";
const TWO: &str = "Treaty on Lakes\n\nArticle 4\n\n7) Each Party shall take the measures necessary to \
                   close its mines.\n\nThe depositary shall notify all Parties; no Party shall open a \
                   mine in a lake or a river; reservations are not permitted under this Treaty.\n";

fn index(texts: &[(&str, &str)]) -> Precedents {
    let mut builder = PrecedentsBuilder::new();
    for (name, text) in texts {
        builder.add(name, text).unwrap();
    }
    builder.finish()
}

fn small() -> Precedents {
    index(&[("one.md", ONE), ("two.txt", TWO)])
}

#[test]
fn the_same_words_are_one_formula_wherever_they_recur_whatever_their_number() {
    let index = small();
    assert_eq!(index.counts().passages, 4);
    assert_eq!(index.counts().formulas, 3);
    let found = index.find("Each Party shall take measures to close all its mines", 5);
    assert_eq!(
        found[0].text,
        "1. Each Party shall take the measures necessary to close its mines."
    );
    let places: Vec<_> =
        found[0].places.iter().map(|at| (at.source, at.title, at.heading, at.line)).collect();
    let expected = [
        ("one.md", "Convention on Mines", "Article 1, Scope", 7),
        ("two.txt", "Treaty on Lakes", "Article 4", 5),
    ];
    assert_eq!(places, expected);
    assert_eq!((found[0].shared, found[0].asked), (9, 10));
}

#[test]
fn a_clause_is_found_inside_a_long_paragraph_and_shown_as_such() {
    let index = small();
    let found = index.find("no State shall open a mine in a lake or a river", 1);
    let stretch = &found[0].text[found[0].stretch.clone()];
    assert_eq!(stretch, "no Party shall open a mine in a lake or a river;");
    let pieces = &found[0].pieces;
    assert_eq!(pieces[0], AlignedPiece::Both("no".to_owned()));
    assert_eq!(pieces[1], AlignedPiece::Asked("State".to_owned()));
    assert_eq!(pieces[2], AlignedPiece::Precedent(" Party".to_owned()));
}

#[test]
fn wordings_that_differ_little_are_listed_together() {
    let long = "The Parties shall cooperate in good faith in order to protect the lakes, rivers, \
                forests and glaciers of the northern basin from any lasting harm.";
    let other = long.replace("northern", "southern");
    let far = "The Parties shall meet to protect the northern forests once a year.";
    let index = index(&[("a", long), ("b", &other), ("c", far)]);
    let found = index.find(long, 5);
    assert_eq!((found[0].likeness, found[0].text), (1000, long));
    assert_eq!(found[0].near.len(), 1);
    assert_eq!(found[0].near[0].places[0].source, "b");
    let found = index.find(far, 1);
    assert_eq!((found[0].text, found[0].near.len()), (far, 0));
}

#[test]
fn a_rare_word_weighs_more_than_boilerplate() {
    let mut texts: Vec<(String, String)> = (0..40)
        .map(|at| {
            (format!("t{at:02}"), format!("This Agreement shall enter into force on day {at}."))
        })
        .collect();
    texts
        .push(("moon".to_owned(), "The moon shall be used for peaceful purposes only.".to_owned()));
    let texts: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let index = index(&texts);
    let found = index.find("This Agreement shall be used on the moon for peaceful ends", 1);
    assert_eq!(found[0].places[0].source, "moon");
}

#[test]
fn nothing_is_found_for_nothing() {
    assert!(small().find("", 5).is_empty());
    assert!(small().find("...", 5).is_empty());
    assert!(small().find("zebra quagga", 5).is_empty());
    assert!(index(&[]).find("Each Party shall", 5).is_empty());
    assert!(small().find("Each Party shall take the measures", 0).is_empty());
}

#[test]
fn a_text_without_paragraphs_is_said_to_have_none() {
    let mut builder = PrecedentsBuilder::new();
    for text in ["", " \n\n ", "# Title only", "one two", "<meta charset='utf-8' />"] {
        assert_eq!(builder.add("empty", text), Ok(0), "{text:?}");
    }
    assert_eq!(builder.finish().counts().sources, 0);
}

#[test]
fn headings_are_told_from_sentences() {
    let text = "Article 5\n\nfirst words of it here\n\nArticle 6 applies to all Parties.\n\n\
                ANNEX II. Lists\n\nsecond words of it here\n\n## Final words\n\nthird words of it here";
    let cut = passage::cut(text);
    let under: Vec<_> = cut.passages.iter().map(|p| cut.headings[p.heading].as_str()).collect();
    assert_eq!(under, ["Article 5", "Article 5", "ANNEX II. Lists", "Final words"]);
}

#[test]
fn numbers_of_paragraphs_are_no_words_of_theirs() {
    let number = |text: &'static str| &text[fold::number(text)..];
    let words = [
        ("1. Each", " Each"),
        ("(a) Each", " Each"),
        ("2. (iv) Each", " Each"),
        ("b) Each", " Each"),
        ("States. Each", "States. Each"),
        ("A. Each", "A. Each"),
        ("(the) Each", "(the) Each"),
        ("1.5 million", "1.5 million"),
        ("", ""),
    ];
    for (text, expected) in words {
        assert_eq!(number(text), expected, "{text:?}");
    }
}

#[test]
fn a_paragraph_beyond_the_limit_is_cut_and_nothing_of_it_lost() {
    let sentence = "Each Party shall take all the measures that are necessary to close mines. ";
    let text = sentence.repeat(400);
    let cut = passage::cut(&text);
    assert!(cut.passages.len() > 4);
    let joined: Vec<&str> = cut.passages.iter().map(|p| &text[p.at.clone()]).collect();
    assert_eq!(joined.join(" "), text.trim_end());
    assert!(joined.iter().all(|part| part.ends_with('.')));
}

#[test]
fn a_page_is_read_as_its_words() {
    let page = "<!doctype html><html><head><title>x</title><style>p{}</style></head><body>\
                <h2>Article&nbsp;3</h2><p>Each <b>Party</b> shall &lt;act&#33;&gt;<br>at once</p>\
                <script>if (a<b) {}</script><p>a < b & c &unknown; <!-- no --> end";
    let text = text_of_html(page);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let expected = ["# Article 3", "Each Party shall <act!>", "at once", "a < b & c &unknown; end"];
    assert_eq!(lines, expected);
}

#[test]
fn an_index_comes_back_from_its_bytes() {
    for index in [small(), index(&[])] {
        assert!(Precedents::from_bytes(&index.to_bytes()) == Ok(index));
    }
}

#[test]
fn foreign_truncated_and_changed_bytes_are_refused() {
    let bytes = small().to_bytes();
    let refused = |bytes: &[u8]| Precedents::from_bytes(bytes).expect_err("it is no index");
    assert_eq!(refused(b""), PrecedentsError::Foreign);
    assert_eq!(refused(b"{\"travaux\":1}"), PrecedentsError::Foreign);
    for len in 1..bytes.len() {
        let error = refused(&bytes[..len]);
        assert!(matches!(error, PrecedentsError::Length { .. }), "{len}: {error:?}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(matches!(refused(&longer), PrecedentsError::Length { .. }));
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        refused(&changed);
    }
}

#[test]
fn the_logarithm_is_right_to_the_last_place() {
    for number in (1..5000_u32).chain([1 << 31, u32::MAX]) {
        let exact = (f64::from(number).log2() * f64::from(BIT)).floor();
        assert!((f64::from(log2(number.into())) - exact).abs() <= 1.0, "{number}");
    }
    assert_eq!((log2(1 << 40), log2(u64::MAX)), (40 * BIT, 64 * BIT - 1));
}

/// What the written form must bear: the hash put right after a change, as an adversary would.
fn with_right_hash(mut bytes: Vec<u8>) -> Vec<u8> {
    let index = bytes::sealed_again(&bytes[28..]);
    bytes[12..28].copy_from_slice(&index);
    bytes
}

proptest! {
    #[test]
    fn an_index_forged_to_look_right_is_refused_or_searched_without_a_crash(
        changes in proptest::collection::vec((28_usize..2000, any::<u8>()), 1..4),
    ) {
        let mut bytes = small().to_bytes();
        for (at, byte) in changes {
            let at = 28 + (at - 28) % (bytes.len() - 28);
            bytes[at] = byte;
        }
        if let Ok(index) = Precedents::from_bytes(&with_right_hash(bytes)) {
            index.find("Each Party shall take the measures necessary to close its mines", 5);
        }
    }

    #[test]
    fn what_is_shared_is_a_longest_common_subsequence(
        ours in proptest::collection::vec(0..6_u32, 0..150),
        theirs in proptest::collection::vec(0..7_u32, 0..150),
    ) {
        let is_shared = shared::shared(&ours, &theirs);
        let taken: Vec<u32> =
            theirs.iter().zip(&is_shared).filter(|pair| *pair.1).map(|pair| *pair.0).collect();
        let mut rest = ours.iter();
        prop_assert!(taken.iter().all(|element| rest.any(|own| own == element)));
        let mut rows = vec![vec![0; theirs.len() + 1]; ours.len() + 1];
        for (i, one) in ours.iter().enumerate() {
            for (j, other) in theirs.iter().enumerate() {
                let longer = rows[i][j] + usize::from(one == other);
                rows[i + 1][j + 1] = longer.max(rows[i][j + 1]).max(rows[i + 1][j]);
            }
        }
        prop_assert_eq!(taken.len(), rows[ours.len()][theirs.len()]);
    }

    #[test]
    fn pieces_give_both_wordings_back(
        asked in "([abc],? ?\n?|é ){0,12}",
        precedent in "([abd]\\.? ?|é\t){0,12}",
    ) {
        let (mut theirs, mut ours) = (String::new(), String::new());
        for piece in aligned(&asked, &precedent) {
            match piece {
                AlignedPiece::Both(text) => {
                    theirs.push_str(&text);
                    ours.push_str(&text);
                }
                AlignedPiece::Precedent(text) => theirs.push_str(&text),
                AlignedPiece::Asked(text) => ours.push_str(&text),
            }
        }
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        if precedent.trim().is_empty() {
            prop_assert!(theirs.trim().is_empty());
        } else {
            prop_assert_eq!(theirs, precedent);
        }
        prop_assert_eq!(bare(&ours), bare(&asked));
    }

    #[test]
    fn any_text_is_cut_into_passages_that_stand_in_it(text in "([a-d]{1,3}[ .\n#*;]{0,3}|\\PC|Article 5\n){0,60}") {
        let cut = passage::cut(&text);
        let mut last = 0;
        for passage in cut.passages {
            prop_assert!(passage.at.start >= last && passage.at.end <= text.len());
            prop_assert_eq!(text[passage.at.clone()].trim(), &text[passage.at.clone()]);
            let line = text[..passage.at.start].matches('\n').count() + 1;
            prop_assert_eq!(passage.line as usize, line);
            last = passage.at.end;
        }
    }

    #[test]
    fn any_page_is_read(page in "(<|</|<!--|-->|>|&#x?[0-9a-z]{0,9};?|&amp;|script|p|é|head| |\\PC){0,40}") {
        let text = text_of_html(&page);
        prop_assert!(text.len() <= page.len() * 4);
    }

    /// The index is only a faster way to read everything: words that stand in a passage find it.
    #[test]
    fn a_passage_is_found_by_its_own_words(texts in proptest::collection::vec("([a-h]{1,2} ){4,20}", 1..12)) {
        let named: Vec<(&str, &str)> = texts.iter().map(|text| ("t", text.as_str())).collect();
        let index = index(&named);
        for text in &texts {
            let found = index.find(text, 1);
            let words: Vec<_> = fold::words(text).map(|word| word.folded).collect();
            prop_assume!(words.len() >= 4);
            prop_assert_eq!(found[0].likeness, 1000);
            prop_assert_eq!(found[0].shared, words.len());
        }
    }
}
