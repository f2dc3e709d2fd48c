//! Terms of the shipped case and of small texts.

use super::*;
use crate::issued::IssuedText;
use crate::provision::{Act, Provision, ProvisionId, ProvisionKind};
use crate::rolling::{Proposal, ProposalKey, RollingText};
use crate::shipped_texts::shipped;

fn text(rows: &[(&str, &str)]) -> IssuedText {
    let rows = rows.iter().map(|(id, text)| Provision {
        id: ProvisionId::new(*id),
        parent: None,
        kind: ProvisionKind::Paragraph,
        number: String::new(),
        heading: String::new(),
        text: (*text).to_owned(),
    });
    IssuedText::new(rows.collect()).expect("a text")
}

#[test]
fn the_final_text_defines_sixteen_terms() {
    let vocabulary = Vocabulary::of(&shipped("final"), []);
    let terms: Vec<&str> = vocabulary.definitions.iter().map(|one| one.term.as_str()).collect();
    assert_eq!(
        terms,
        [
            "information and communications technology system",
            "Electronic data",
            "Traffic data",
            "Content data",
            "service provider",
            "Subscriber information",
            "Personal data",
            "serious crime",
            "Property",
            "Proceeds of crime",
            "Freezing",
            "seizure",
            "Confiscation",
            "predicate offence",
            "regional economic integration organization",
            "emergency",
        ]
    );
}

#[test]
fn a_term_that_is_defined_and_not_used_is_found() {
    let vocabulary = Vocabulary::of(&shipped("final"), []);
    let unused: Vec<&str> = vocabulary.unused().map(|one| one.term.as_str()).collect();
    // Each was looked for in the source with a search for its letters.
    assert_eq!(unused, ["emergency"]);
}

#[test]
fn a_term_that_another_draft_defines_is_used_here_without_definition() {
    let known = ["computer system", "electronic data", "nowhere used"];
    let vocabulary = Vocabulary::of(&shipped("cnd"), known);
    let all: Vec<&str> = vocabulary.undefined.iter().map(|one| one.term.as_str()).collect();
    assert!(!all.contains(&"nowhere used"));
    for one in &vocabulary.undefined {
        assert!(!one.uses.is_empty(), "{}", one.term);
    }
}

#[test]
fn definitions_are_told_from_quotations() {
    let found = |words: &str| -> Vec<String> {
        let vocabulary = Vocabulary::of(&text(&[("a", words)]), []);
        vocabulary.definitions.into_iter().map(|one| one.term).collect()
    };
    assert_eq!(found("\u{201c}Ship\u{201d} means a vessel."), ["Ship"]);
    assert_eq!(found("The term \"ship\" shall mean a vessel."), ["ship"]);
    assert_eq!(
        found("For this article, \u{201c}Freezing\u{201d} or \u{201c}seizure\u{201d} means"),
        ["Freezing", "seizure"]
    );
    assert_eq!(found("The word \u{201c}ship\u{201d} is to be avoided."), [""; 0]);
    assert_eq!(found("\u{201c}unclosed means"), [""; 0]);
}

#[test]
fn the_longer_term_is_counted_before_the_shorter() {
    let terms = Terms::new(["data", "traffic data"]);
    let found = terms.find("Traffic data and data of a party; computer Data");
    assert_eq!(found.iter().map(|one| one.term).collect::<Vec<_>>(), [1, 0, 0]);
}

#[test]
fn the_shipped_texts_went_from_the_computer_system_to_the_wider_word() {
    let families = Families::shipped();
    let counts = |name: &str| {
        let all = families.count(&RollingText::new(shipped(name)));
        let system = all.into_iter().find(|one| one.family.key == "system").expect("a family");
        system.in_base()
    };
    let (zero, last) = (counts("zero"), counts("final"));
    assert!(zero[1] < zero[0], "the zero draft speaks of computer systems: {zero:?}");
    assert_eq!(last[0], 0, "the final text speaks of them no more: {last:?}");
    assert!(0 < last[1]);
}

#[test]
fn a_term_on_one_side_is_counted_on_that_side() {
    let mut rolling = RollingText::new(text(&[("a", "Combat cybercrime.")]));
    let wide =
        "Combat the use of information and communications technologies for criminal purposes.";
    let change = crate::Change {
        target: ProvisionId::new("a"),
        act: Act::Replace { text: wide.to_owned() },
    };
    rolling.table(ProposalKey::new("P").expect("a name"), Proposal::new(1, vec![change]));
    let all = Families::shipped().count(&rolling);
    let subject = all.iter().find(|one| one.family.key == "subject-matter").expect("a family");
    let read: Vec<(usize, &str)> =
        subject.uses.iter().map(|one| (one.term, one.reader.as_str())).collect();
    assert_eq!(read, [(0, "base"), (1, "P")]);
    assert!(subject.is_open());
}

#[test]
fn a_term_is_replaced_in_its_number_and_capital_and_with_its_article() {
    let text = text(&[
        ("a", "A computer system, or computer systems. Computer systems are"),
        ("b", "nothing here"),
        ("c", "an \u{201c}emergency\u{201d}; a computer system"),
    ]);
    let changed = resolve_term(&text, "computer system", "information system");
    assert_eq!(changed.count, 4);
    let texts: Vec<(&str, &str)> = changed
        .changes
        .iter()
        .map(|change| match &change.act {
            Act::Replace { text } => (change.target.as_str(), text.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        texts,
        [
            ("a", "An information system, or information systems. Information systems are"),
            ("c", "an \u{201c}emergency\u{201d}; an information system"),
        ]
    );
}

#[test]
fn what_was_settled_is_gone_everywhere() {
    let text = shipped("zero");
    let changed =
        resolve_term(&text, "computer system", "information and communications technology system");
    let mut rolling = RollingText::new(text);
    let key = ProposalKey::new("P").expect("a name");
    rolling.table(key.clone(), Proposal::new(1, changed.changes));
    let side = rolling.side([&key]).text().expect("one proposal composes with itself");
    let left = Terms::new(["computer system"]);
    for provision in side.provisions() {
        assert!(left.find(&provision.text).is_empty() && left.find(&provision.heading).is_empty());
    }
}
