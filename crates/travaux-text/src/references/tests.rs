//! References as treaties write them, and what the shipped case leans on.

use super::*;
use std::collections::BTreeMap;

use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId};
use crate::shipped_texts::shipped;

fn ids(leans: &[Lean]) -> Vec<&str> {
    leans.iter().map(|lean| lean.at.as_str()).collect()
}

#[track_caller]
fn leans(text: &str, on: &str, straight: &[&str], through: &[&str]) {
    let references = References::of_issued(&shipped(text));
    let leaning = references.leaning(&ProvisionId::new(on));
    assert_eq!(ids(&leaning.straight), straight, "straight, in {text}");
    assert_eq!(ids(&leaning.through), through, "through others, in {text}");
    for lean in leaning.all() {
        assert_eq!(lean.path[0].from, lean.at);
        for hop in &lean.path {
            let words = &references.occurrences()[hop.occurrence].words;
            assert!(!words.is_empty(), "each step stands in words");
        }
    }
}

// The lists below were written from the shipped texts with a pencil, before there was a program.

#[test]
fn what_leans_on_the_safeguards_of_the_consolidated_document() {
    leans(
        "cnd",
        "safeguards",
        &[
            "preservation.p1",
            "production-order.p1",
            "search-seizure.p1",
            "realtime-traffic.p1",
            "interception.p1",
            "coop-principles.safeguards",
            "data-protection.p2",
            "mla.p1",
            "247-network.p1",
            "coop-preservation.p1",
            "mla-stored.p1",
            "mla-realtime.p1",
            "mla-interception.p1",
            "le-cooperation.p1",
            "ta.p3",
            "training.p1",
        ],
        &["scope.chapeau.b", "partial-disclosure.p1", "coop-disclosure.p1"],
    );
}

#[test]
fn what_leans_on_the_safeguards_of_the_zero_draft() {
    leans(
        "zero",
        "safeguards",
        &[
            "preservation.p2",
            "production-order.p1",
            "search-seizure.p3",
            "realtime-traffic.p2",
            "interception.p2",
            "coop-principles.safeguards",
            "data-protection.p2",
            "mla.p1",
            "247-network.p1",
            "mla-realtime.p1",
            "mla-interception.p1",
            "le-cooperation.p1",
            "ta.p2",
        ],
        &[
            "scope.chapeau.b",
            "scope-procedural.p3",
            "partial-disclosure.p1",
            "coop-principles.p1.c",
            "coop-principles.p2",
            "mla.p3",
            "coop-preservation.p1",
            "coop-disclosure.p1",
            "mla-stored.p1",
        ],
    );
}

#[test]
fn what_leans_on_the_safeguards_of_the_final_text() {
    leans(
        "final",
        "safeguards",
        &["scope-procedural.p4", "search-seizure.p3", "interception.p2", "ta.p2"],
        &["scope.chapeau.b", "scope-procedural.p3"],
    );
}

#[test]
fn every_reference_of_the_shipped_texts_points_at_something() {
    let mut dangling = Vec::new();
    for name in ["cnd", "zero", "rev3", "final"] {
        let references = References::of_issued(&shipped(name));
        for one in references.dangling() {
            dangling.push(format!("{name} {}: {}", one.at, one.words));
        }
    }
    assert_eq!(dangling, [""; 0]);
}

#[test]
fn the_numbers_of_the_shipped_texts_were_changed_with_their_references() {
    let read = |name| References::of_issued(&shipped(name));
    for (earlier, later) in [("zero", "rev3"), ("rev3", "final")] {
        assert_eq!(shifts(&read(earlier), &read(later)), [], "{earlier} to {later}");
    }
}

#[test]
fn without_an_article_the_references_to_it_are_left_dangling() {
    let references = References::of_issued(&shipped("final"));
    let gaps = references.without(&ProvisionId::new("safeguards"));
    let gaps: Vec<(&str, &str, bool)> = gaps
        .iter()
        .map(|gap| (gap.occurrence.at.as_str(), gap.occurrence.words.as_str(), gap.is_partial))
        .collect();
    assert_eq!(
        gaps,
        [
            ("scope-procedural.p4", "article 24", false),
            ("search-seizure.p3", "article 24", false),
            ("interception.p2", "articles 23 and 24", true),
            ("ta.p2", "article 24", false),
        ]
    );
}

/// Deletes an article and numbers the rest anew.
fn deleted(text: &IssuedText, gone: &str) -> IssuedText {
    let gone = ProvisionId::new(gone);
    let under: Vec<ProvisionId> = text.subtree(&gone).iter().map(|one| one.id.clone()).collect();
    let left = text.provisions().iter().filter(|one| !under.contains(&one.id)).cloned();
    renumbered(&IssuedText::new(left.collect()).expect("a text"))
}

#[test]
fn after_renumbering_the_corrections_make_every_reference_mean_what_it_meant() {
    for name in ["zero", "rev3", "final"] {
        let text = shipped(name);
        let before = References::of_issued(&text);
        for gone in ["sovereignty", "misuse-devices", "preservation", "mla"] {
            let after = deleted(&text, gone);
            let shifted = shifts(&before, &References::of_issued(&after));
            assert!(!shifted.is_empty(), "{name} without {gone}");
            let by_place: BTreeMap<&str, Vec<_>> =
                shifted.iter().fold(BTreeMap::new(), |mut all, shift| {
                    let at: &mut Vec<_> = all.entry(shift.at.as_str()).or_default();
                    at.extend(shift.corrections.clone());
                    all
                });
            let mended = after.provisions().iter().map(|provision| {
                let corrections = by_place.get(provision.id.as_str());
                let text = corrections.map(|corrections| corrected(&provision.text, corrections));
                Provision { text: text.unwrap_or(provision.text.clone()), ..provision.clone() }
            });
            let mended = IssuedText::new(mended.collect()).expect("a text");
            means_the_same(&before, &References::of_issued(&mended), gone);
        }
    }
}

/// The slow oracle: every reference, one by one, by the ids it means.
fn means_the_same(before: &References, after: &References, gone: &str) {
    for then in before.occurrences() {
        let at: Vec<_> = before.occurrences().iter().filter(|one| one.at == then.at).collect();
        let place = at.iter().position(|one| *one == then).expect("it is there");
        let Some(now) = after.occurrences().iter().filter(|one| one.at == then.at).nth(place)
        else {
            assert!(before.structure().is_within(&then.at, &ProvisionId::new(gone)), "{then:?}");
            continue;
        };
        let gone = ProvisionId::new(gone);
        let targets = |one: &Occurrence| -> Vec<ProvisionId> {
            one.resolved.iter().flat_map(|one| one.targets.clone()).collect()
        };
        let mut meant = targets(then);
        if meant.iter().any(|id| before.structure().is_within(id, &gone)) {
            continue;
        }
        meant.retain(|id| !before.structure().is_within(id, &gone));
        assert_eq!(targets(now), meant, "{} in {} without {gone}", now.words, now.at);
    }
}

#[test]
fn the_picture_is_the_same_every_time_and_has_an_arc_for_each_pair() {
    let references = References::of_issued(&shipped("final"));
    let picture = references.picture();
    assert_eq!(picture.svg(), References::of_issued(&shipped("final")).picture().svg());
    let from: Vec<&str> = picture
        .arcs
        .iter()
        .filter(|arc| arc.to.as_str() == "safeguards")
        .map(|arc| arc.from.as_str())
        .collect();
    assert_eq!(from, ["scope-procedural", "search-seizure", "interception", "ta"]);
    assert!(picture.svg().starts_with("<svg"));
}
