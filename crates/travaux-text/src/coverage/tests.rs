//! Powers and safeguards of the shipped case, before and after a provision goes.
//!
//! The lists were written from the shipped texts with a pencil.

use std::collections::BTreeSet;

use super::*;
use crate::provision::ProvisionId;
use crate::shipped_texts::shipped;

fn place(catalogue: &Catalogue, key: &str) -> usize {
    catalogue.safeguards.iter().position(|one| one.key == key).expect("a key of the catalogue")
}

/// The articles that lose a safeguard altogether when an article goes.
fn losing(text: &str, gone: &str, safeguard: &str) -> BTreeSet<String> {
    let catalogue = Catalogue::shipped();
    let text = shipped(text);
    let before = Coverage::of(&text, &catalogue);
    let after = Coverage::of(&without(&text, &ProvisionId::new(gone)), &catalogue);
    let wanted = place(&catalogue, safeguard);
    let lost = before.lost(&after).into_iter();
    lost.filter(|lost| lost.safeguard == wanted)
        .filter(|lost| lost.before.is_covered() && !lost.after.is_covered())
        .map(|lost| lost.provision.to_string())
        .collect()
}

fn set(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn without_its_safeguards_the_consolidated_document_leaves_both_chapters_without_proportionality() {
    let expected = set(&[
        "preservation",
        "partial-disclosure",
        "production-order",
        "search-seizure",
        "realtime-traffic",
        "interception",
        "freezing",
        "coop-principles",
        "extradition",
        "sentenced-persons",
        "transfer-proceedings",
        "mla",
        "247-network",
        "coop-preservation",
        "coop-disclosure",
        "mla-stored",
        "cross-border",
        "mla-realtime",
        "mla-interception",
        "le-cooperation",
        "joint-investigations",
        "return-assets",
        "ta",
        "training",
    ]);
    assert_eq!(losing("cnd", "safeguards", "proportionality"), expected);
}

#[test]
fn in_the_final_text_cooperation_had_no_proportionality_to_lose() {
    let expected = set(&[
        "preservation",
        "partial-disclosure",
        "production-order",
        "search-seizure",
        "realtime-traffic",
        "interception",
        "freezing",
        "ta",
    ]);
    assert_eq!(losing("final", "safeguards", "proportionality"), expected);
}

fn cover(text: &str, article: &str, safeguard: &str) -> Cover {
    let catalogue = Catalogue::shipped();
    let coverage = Coverage::of(&shipped(text), &catalogue);
    let row = coverage.rows.iter().find(|row| row.provision.as_str() == article);
    row.expect("a power").covers[place(&catalogue, safeguard)].clone()
}

#[test]
fn a_cell_says_where_the_words_stand_and_by_which_path() {
    match cover("final", "extradition", "political") {
        Cover::Direct(says) => {
            assert_eq!(
                (says.at.as_str(), says.words.as_str()),
                ("extradition.p15", "political opinions")
            );
        }
        other => panic!("{other:?}"),
    }
    match cover("final", "interception", "proportionality") {
        Cover::ByReference { path, says } => {
            let steps: Vec<(&str, &str)> =
                path.iter().map(|step| (step.words.words.as_str(), step.to.as_str())).collect();
            assert_eq!(steps, [("articles 23 and 24", "safeguards")]);
            assert_eq!(says.at.as_str(), "safeguards.chapeau");
        }
        other => panic!("{other:?}"),
    }
    match cover("cnd", "extradition", "review") {
        Cover::ByClause { clause, path, says } => {
            assert_eq!(clause.at.as_str(), "coop-principles.safeguards");
            assert_eq!(path.len(), 1);
            assert_eq!(says.at.as_str(), "safeguards.p2");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(cover("final", "mla-interception", "proportionality"), Cover::None);
}

#[test]
fn a_clause_that_excludes_a_safeguard_is_not_taken_for_it() {
    assert_eq!(cover("final", "coop-preservation", "dual-criminality").rests_on().first(), None);
}

#[test]
fn a_cell_never_rests_on_what_is_gone() {
    let catalogue = Catalogue::shipped();
    for name in ["cnd", "zero", "rev3", "final"] {
        let text = shipped(name);
        for article in text.articles() {
            let left = without(&text, &article.id);
            let after = Coverage::of(&left, &catalogue);
            for row in &after.rows {
                for cover in &row.covers {
                    for id in cover.rests_on() {
                        assert!(
                            left.provision(id).is_some(),
                            "{name}: {id} without {}",
                            article.id
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_cell_rests_on_words_that_stand_there() {
    let catalogue = Catalogue::shipped();
    for name in ["cnd", "zero", "rev3", "final"] {
        let text = shipped(name);
        for row in Coverage::of(&text, &catalogue).rows {
            for cover in row.covers {
                let (Cover::Direct(says)
                | Cover::ByReference { says, .. }
                | Cover::ByClause { says, .. }) = cover
                else {
                    continue;
                };
                let provision = text.provision(&says.at).expect("it stands in the text");
                let words = match says.part {
                    crate::references::Part::Heading => &provision.heading,
                    crate::references::Part::Text => &provision.text,
                };
                assert_eq!(words[says.range], says.words);
            }
        }
    }
}

#[test]
fn patterns_stand_for_words() {
    let find = |pattern: &str, text: &str| {
        let found = Patterns::read(pattern).find(text);
        found.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(find("dual criminality", "of Dual  criminality, and"), ["Dual  criminality"]);
    assert_eq!(
        find("limit* ... duration", "limits on its scope and duration"),
        ["limits on its scope and duration"]
    );
    assert_eq!(find("judicial ... review", "judicial a b c d e f g h i review"), [""; 0]);
    assert_eq!(find("a b; a b c", "a b c a b"), ["a b c", "a b"]);
    assert_eq!(find("", "anything"), [""; 0]);
}

#[test]
fn a_page_that_is_no_catalogue_is_refused_with_its_line() {
    let error = Catalogue::read("## Powers\n\n| a | b |\n").expect_err("too few cells");
    assert_eq!(error.to_string(), "cannot read the catalogue: line 3: there are 2 cells, not 5");
    let error = Catalogue::read("# Nothing\n").expect_err("no table");
    assert_eq!(
        error.to_string(),
        "cannot read the catalogue: line 1: there is no table under \"## Powers\""
    );
}
