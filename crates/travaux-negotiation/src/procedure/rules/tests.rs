//! Rules files that cannot be applied are refused, and say why.

use super::*;

const GA: &str = include_str!("../../../../../rules/ga-committees.toml");
const AHC: &str = include_str!("../../../../../rules/ahc.toml");
const COP: &str = include_str!("../../../../../rules/cop.toml");
const PRACTICE: &str = include_str!("../../../../../rules/practice.toml");

fn refused(texts: &[&str]) -> String {
    let error = Rules::read(texts).unwrap_err();
    assert!(!error.hint().is_empty());
    error.to_string()
}

#[test]
fn the_shipped_files_can_be_applied() {
    for texts in [&[GA][..], &[AHC, GA], &[COP, GA], &[PRACTICE, GA]] {
        let rules = Rules::read(texts).unwrap();
        assert!(rules.in_force().len() > 28);
    }
}

#[test]
fn the_quorum_of_193_is_49_to_open_and_97_to_decide() {
    let rules = Rules::read(&[AHC, GA]).unwrap();
    let (_, numbers) = rules
        .find(|law| match law {
            Law::Quorum { open, decide } => Some((open.of(193), decide.of(193))),
            _ => None,
        })
        .unwrap();
    assert_eq!(numbers, (49, 97));
}

#[test]
fn an_upper_rule_takes_the_place_of_the_lower_one_it_names() {
    let rules = Rules::read(&[AHC, GA]).unwrap();
    assert!(rules.numbered("125").is_none(), "its place is taken");
    assert_eq!(rules.citing("majority").unwrap().number, "75/282, para. 5 (procedure)");
    assert_eq!(rules.layers().len(), 2);
}

#[test]
fn unknown_keys_are_refused() {
    let with = |old: &str, new: &str| GA.replacen(old, new, 1);
    let told = refused(&[&with("title = \"Quorum\"", "title = \"Quorum\"\nquorom = 3")]);
    assert!(told.contains("unknown field `quorom`"), "{told}");
    let told = refused(&[&with("topic = \"ties\"", "topic = \"tie\"")]);
    assert!(told.contains("unknown variant `tie`"), "{told}");
    let told = refused(&[&with("topic = \"ties\"", "topic = \"ties\", then = \"lost\"")]);
    assert!(told.contains("unknown field `then`"), "{told}");
    let told = refused(&[&with("open = \"1/4\"", "open = \"5/4\"")]);
    assert!(told.contains("expected a share"), "{told}");
}

#[test]
fn a_missing_rule_is_named() {
    let without = GA.replacen("law = { topic = \"ties\" }", "law = { topic = \"agenda\" }", 1);
    assert_eq!(
        refused(&[&without]),
        "no rule answers \"ties\", and no meeting can be conducted without it"
    );
}

#[test]
fn contradictions_are_named() {
    let contradicting = AHC.replacen("instead_of = \"125\"\n", "", 1);
    assert_eq!(
        refused(&[&contradicting, GA]),
        "rules 75/282, para. 5 (procedure) and 125 both answer \"majority\", and neither takes the \
         other's place"
    );
    let wrong = AHC.replacen("instead_of = \"125\"", "instead_of = \"126\"", 1);
    assert!(refused(&[&wrong, GA]).contains("which answers something else"));
    let wrong = AHC.replacen("instead_of = \"125\"", "instead_of = \"999\"", 1);
    assert!(refused(&[&wrong, GA]).contains("which no layer below has"));
    let twice = GA.replacen("number = \"109\"", "number = \"108\"", 1);
    assert_eq!(refused(&[&twice]), "rule 108 stands twice in \"ga-committees\"");
}

#[test]
fn layers_lie_over_one_another_as_they_say() {
    assert_eq!(
        refused(&[AHC]),
        "the rules \"ahc\" are laid over \"ga-committees\", and nothing was given under them"
    );
    assert!(refused(&[AHC, COP, GA]).contains("\"cop\" was given under them"));
    assert_eq!(refused(&[]), "can't read the rules: there is no rules file");
}

#[test]
fn an_order_of_motions_that_are_not_provided_for_is_refused() {
    let broken = GA.replacen("motion = \"adjourn_debate\"", "motion = \"classification\"", 1);
    assert!(refused(&[&broken]).contains("puts \"adjourn_debate\" in an order"));
    let broken = GA.replacen(
        "order = [\"suspend_meeting\", ",
        "order = [\"suspend_meeting\", \"suspend_meeting\", ",
        1,
    );
    assert!(refused(&[&broken]).contains("stands twice in the order"));
}

#[test]
fn a_file_may_be_json() {
    let json =
        r#"{"body": {"key": "x", "title": "X", "source": "its rules", "over": "ga-committees"}}"#;
    assert_eq!(Rules::read(&[json, GA]).unwrap().body().key, "x");
}

#[test]
fn what_is_recalled_is_cited_as_recalled() {
    let rules = Rules::read(&[AHC, GA]).unwrap();
    assert_eq!(rules.citing("quorum").unwrap().to_string(), "rule 108, as recalled");
    assert_eq!(rules.citing("decision").unwrap().to_string(), "75/282, para. 5");
}

#[test]
fn what_ships_is_found_by_its_key_and_laid_under_a_file_that_names_it() {
    for key in Rules::shipped_keys() {
        assert_eq!(Rules::shipped(key).unwrap().body().key, key);
    }
    assert!(Rules::shipped("nobody").is_none());
    assert_eq!(Rules::over_shipped(AHC).unwrap(), Rules::read(&[AHC, GA]).unwrap());
    let lost = AHC.replacen("over = \"ga-committees\"", "over = \"ga-plenary\"", 1);
    assert!(Rules::over_shipped(&lost).unwrap_err().to_string().contains("ga-plenary"));
}
