//! What is refused, in which words and with which hint; and what is recorded although irregular.

use travaux_text::{Act, Change, ProvisionId};

use crate::testing::{Builder, id, instant, laws, person};
use crate::*;

/// A conference: three States, a group of two of them, an accredited stakeholder, an issue, a text,
/// a public proposal `p1`, and `secret`, a draft that AAA keeps to itself.
fn conference() -> Builder {
    let mut builder = Builder::default();
    for state in ["AAA", "BBB", "CCC"] {
        builder.admit(state, ParticipantClass::State);
    }
    builder.admit("GRP", ParticipantClass::NegotiatingGroup);
    builder.admit("NGO", ParticipantClass::Stakeholder(StakeholderClass::Accredited));
    builder.join("GRP", &["AAA", "BBB"]);
    builder.add(issue());
    builder.add(document("d1"));
    builder.add(tabled("p1"));
    builder.to(Audience::Delegation(person("AAA"))).add(tabled("secret"));
    builder.to(Audience::Public);
    builder
}

fn json(fact: &str) -> Fact {
    serde_json::from_str(fact).unwrap()
}

fn issue() -> Fact {
    json(
        r#"{"kind":"issue_framed","issue":"scope","title":"How far?","options":[
            {"option":"wide","label":"Wide"},{"option":"narrow","label":"Narrow"}],"ordered":true}"#,
    )
}

fn document(key: &str) -> Fact {
    json(&format!(
        r#"{{"kind":"document_issued","document":"{key}","symbol":"A/1","title":"Draft","base":{{
            "provisions":[{{"id":"art.1","kind":"article","number":"1","text":"Parties shall."}}],
            "standing":"authentic"}}}}"#
    ))
}

fn tabled(key: &str) -> Fact {
    Fact::ProposalTabled(ProposalTabled {
        proposal: ProposalId::new(key),
        document: DocumentId::new("d1"),
        label: "CRP.1".to_owned(),
        changes: vec![Change { target: ProvisionId::new("art.1"), act: Act::NoChange }],
        standing: Standing::Authentic,
        amends: None,
        option: None,
        note: String::new(),
    })
}

fn sponsor(proposal: &str, participant: &str) -> Fact {
    Fact::SponsorJoined(Sponsorship {
        proposal: ProposalId::new(proposal),
        participant: person(participant),
    })
}

fn position(participant: &str, option: &str) -> Fact {
    json(&format!(
        r#"{{"kind":"position_taken","participant":"{participant}","issue":"scope",
            "option":"{option}","strength":"supports","form":"statement"}}"#
    ))
}

fn mandate(participant: &str) -> Fact {
    json(&format!(
        r#"{{"kind":"mandate_set","participant":"{participant}","force":"red_line",
            "subject":{{"provision":"art.1"}},"text":"no"}}"#
    ))
}

fn correction(of: EntryId, fact: Option<Fact>) -> Fact {
    let fact = fact.map(Box::new);
    Fact::Correction(Correction { of, fact, at: None, reason: "checked".to_owned() })
}

fn entry(by: &str, fact: Fact) -> Entry {
    let at: Moment = "2030-03-01".parse().unwrap();
    Entry::new(id(900), at, instant(90_000), person(by), fact)
}

/// Refuses `entry` on top of the conference, with this reason and hint.
#[track_caller]
fn refused(entry: Entry, reason: &str, hint: &str) {
    refused_after(&conference(), entry, reason, hint);
}

#[track_caller]
fn refused_after(before: &Builder, entry: Entry, reason: &str, hint: &str) {
    let mut record = Record::of(before.entries.clone()).expect("the setup is admitted");
    let len = record.len();
    let kind = entry.fact.kind();
    let of = entry.id;
    let refused = record.append(entry).expect_err("it should be refused");
    assert_eq!(refused.to_string(), format!("can't record the {kind} entry {of}: {reason}"));
    assert_eq!(refused.hint().unwrap_or_default(), hint);
    assert_eq!(record.len(), len);
}

#[track_caller]
fn recorded(entry: Entry) {
    let mut record = Record::of(conference().entries).expect("the setup is admitted");
    record.append(entry).expect("it should be recorded");
}

#[test]
fn a_name_that_is_not_on_record_is_refused_with_the_nearest() {
    refused(
        entry("SEC", sponsor("p1", "AAB")),
        "the participant \"AAB\" is not on record",
        "did you mean \"AAA\"?",
    );
    refused(
        entry("SEC", position("AAA", "widee")),
        "the option \"widee\" of issue \"scope\" is not on record",
        "did you mean \"wide\"?",
    );
    refused(
        entry("SEC", json(r#"{"kind":"provision_reopened","provision":"art.10"}"#)),
        "the provision \"art.10\" is not on record",
        "did you mean \"art.1\"?",
    );
    refused(
        entry("SEC", json(r#"{"kind":"proposal_withdrawn","proposal":"L.99"}"#)),
        "the proposal \"L.99\" is not on record",
        "record the proposal first, for the same audience or a wider one",
    );
    refused(
        entry("Nobody", document("d2")),
        "the participant \"Nobody\" is not on record",
        "record the participant first, for the same audience or a wider one",
    );
    let evidence = Evidence {
        source: SourceId::new("press"),
        place: None,
        quotation: None,
        published: None,
        coder: None,
        confidence: Confidence::Low,
    };
    refused(
        entry("SEC", document("d2")).citing(evidence),
        "the source \"press\" is not on record",
        "record the source first, for the same audience or a wider one",
    );
}

#[test]
fn what_part_of_the_audience_does_not_see_is_not_referred_to() {
    refused(
        entry("AAA", sponsor("secret", "AAA")),
        "its audience (everybody) is wider than that of the proposal \"secret\", and an entry \
         refers only to what its whole audience sees",
        "address it to a narrower audience, or release what it refers to first",
    );
    // To somebody who doesn't see it, it is not there, and no hint gives it away.
    refused(
        entry("BBB", sponsor("secret", "BBB")),
        "the proposal \"secret\" is not on record",
        "record the proposal first, for the same audience or a wider one",
    );
    refused(
        entry("BBB", sponsor("secre", "BBB")),
        "the proposal \"secre\" is not on record",
        "record the proposal first, for the same audience or a wider one",
    );
    recorded(entry("AAA", sponsor("secret", "AAA")).to(Audience::Delegation(person("AAA"))));

    let hidden = conference().entries.last().unwrap().id;
    refused(
        entry("AAA", correction(hidden, None)),
        &format!(
            "its audience (everybody) is wider than that of the entry {hidden}, and an entry \
             refers only to what its whole audience sees"
        ),
        "address it to a narrower audience, or release what it refers to first",
    );
    refused(
        entry("BBB", correction(hidden, None)),
        &format!("the entry {hidden} it refers to is not on record"),
        "give the id in full, as the record shows it",
    );
}

#[test]
fn a_name_stands_for_one_thing_and_an_id_for_one_entry() {
    refused(
        entry("SEC", tabled("p1")),
        "the proposal \"p1\" is on record already, and a name stands for one thing only",
        "choose another name for the proposal, or correct the entry",
    );
    refused(
        Entry { id: id(0), ..entry("SEC", document("d2")) },
        "another entry has this id, and ids are unique in a record",
        "draw another id; if it is the same entry, it is recorded",
    );
    refused(
        Entry { version: 2, ..entry("SEC", document("d2")) },
        "it is of version 2 and this program writes version 1",
        "upgrade to a program that reads version 2",
    );
}

#[test]
fn who_takes_part_is_public_and_a_mandate_is_not() {
    let admitted =
        r#"{"kind":"participant_admitted","participant":"DDD","name":"D","class":"state"}"#;
    refused(
        entry("SEC", json(admitted)).to(Audience::Secretariat),
        "it is addressed to the secretariat, and process, admission and membership are public",
        "leave the audience out",
    );
    refused(
        entry("AAA", mandate("AAA")),
        "it is addressed to everybody, and a mandate is for its delegation (AAA) alone or for a \
         group it belongs to",
        "address it to the delegation AAA",
    );
    refused(
        entry("SEC", mandate("AAA")).to(Audience::Secretariat),
        "it is addressed to the secretariat, and a mandate is for its delegation (AAA) alone or \
         for a group it belongs to",
        "address it to the delegation AAA",
    );
    recorded(entry("AAA", mandate("AAA")).to(Audience::Delegation(person("AAA"))));
}

#[test]
fn a_group_is_addressed_as_the_members_it_has() {
    let group = |members: &[&str]| Audience::Group {
        group: person("GRP"),
        members: members.iter().copied().map(person).collect(),
    };
    recorded(entry("AAA", mandate("AAA")).to(group(&["BBB", "AAA"])));
    refused(
        entry("AAA", mandate("AAA")).to(group(&["AAA", "CCC"])),
        "it is addressed to GRP as AAA, CCC, whose members are AAA, BBB when it is recorded",
        "record a change of membership first, or name the members on record",
    );
    // Membership counts as it is when the entry is recorded.
    let mut left = conference();
    left.add(json(
        r#"{"kind":"membership_recorded","group":"GRP","members":["BBB"],"until":"2030-01-01"}"#,
    ));
    refused_after(
        &left,
        entry("AAA", mandate("AAA")).to(group(&["AAA", "BBB"])),
        "it is addressed to GRP as AAA, BBB, whose members are AAA when it is recorded",
        "record a change of membership first, or name the members on record",
    );
}

#[test]
fn a_correction_is_of_an_original_and_of_the_same_thing() {
    let mut corrected = conference();
    let framed = corrected.entries[7].id;
    assert_eq!(corrected.entries[7].fact.kind(), "issue_framed", "the setup");
    let first = corrected.add(correction(framed, None));
    refused_after(
        &corrected,
        entry("SEC", correction(first, None)),
        &format!("{first} is itself a correction, and a correction refers to the original entry"),
        &format!("correct {framed} instead"),
    );
    refused(
        entry("SEC", correction(framed, Some(document("d9")))),
        &format!(
            "it replaces the issue_framed fact of {framed} by one of another kind or under \
             another name, and references to it would point nowhere"
        ),
        "strike the entry out with a correction without a fact, and record anew",
    );
    let admitted = corrected.entries[1].id;
    let state = |class: &str| {
        json(&format!(
            r#"{{"kind":"participant_admitted","participant":"AAA","name":"A","class":"{class}"}}"#
        ))
    };
    refused(
        entry("SEC", correction(admitted, Some(state("organization")))),
        "AAA would no longer see what has been addressed to it as it was admitted, and an \
         audience is fixed when an entry is recorded",
        "admit it under another name, and address it by that from now on",
    );
    recorded(entry("SEC", correction(admitted, Some(state("observer")))));
}

#[test]
fn a_coding_is_disputed_by_the_delegation_concerned_alone() {
    let mut coded = conference();
    let taken = coded.add(position("AAA", "wide"));
    let disputed = |by: &str, participant: &str, of: EntryId| {
        let fact = json(&format!(
            r#"{{"kind":"position_disputed","entry":"{of}","participant":"{participant}",
                "reason":"misheard"}}"#
        ));
        entry(by, fact)
    };
    refused_after(
        &coded,
        disputed("BBB", "AAA", taken),
        "BBB disputes a position of AAA, and only the delegation concerned may",
        "",
    );
    refused_after(
        &coded,
        disputed("BBB", "BBB", taken),
        "BBB disputes a position of AAA, and only the delegation concerned may",
        "",
    );
    let framed = coded.entries[7].id;
    refused_after(
        &coded,
        disputed("AAA", "AAA", framed),
        &format!("it must refer to a position_taken entry, and {framed} is a issue_framed entry"),
        "",
    );
    let mut record = Record::of(coded.entries).unwrap();
    record.append(disputed("AAA", "AAA", taken)).unwrap();
}

/// DESIGN, section 6: an irregular act can be recorded, with the irregularity named.
#[test]
fn irregular_acts_are_recorded() {
    let mut builder = conference();
    for fact in [
        // A sponsor who joins twice, one who leaves without having joined.
        sponsor("p1", "AAA"),
        sponsor("p1", "AAA"),
        json(r#"{"kind":"sponsor_left","proposal":"p1","participant":"CCC"}"#),
        // What was never closed is reopened; what is withdrawn is withdrawn again, then revised.
        json(r#"{"kind":"provision_reopened","provision":"art.1"}"#),
        json(r#"{"kind":"proposal_withdrawn","proposal":"p1"}"#),
        json(r#"{"kind":"proposal_withdrawn","proposal":"p1"}"#),
        json(r#"{"kind":"proposal_revised","proposal":"p1","changes":[]}"#),
        // A vote on substance without exhaustion.
        json(
            r#"{"kind":"vote_taken","decision":"v1","question":"Yes?","subject":{"proposal":"p1"},
                "majority":"simple","carried":true}"#,
        ),
        // A text in which a provision is no more, and a proposal on that provision.
        json(
            r#"{"kind":"document_issued","document":"d2","symbol":"A/2","title":"Draft","base":{
                "provisions":[],"standing":"authentic"}}"#,
        ),
        json(
            r#"{"kind":"proposal_tabled","proposal":"p2","document":"d2","label":"CRP.2",
                "changes":[{"target":"art.1","act":"suppress"}],"standing":"authentic"}"#,
        ),
    ] {
        builder.add(fact);
    }
    let count = builder.entries.len();
    assert_eq!(Record::of(builder.entries).unwrap().len(), count);
}

#[test]
fn a_provision_that_a_proposal_adds_can_be_amended() {
    let add = r#"{"kind":"proposal_tabled","proposal":"p2","document":"d1","label":"CRP.2",
        "changes":[{"target":"art.1","act":"add","place":{"after":"art.1"},"kind":"article",
        "text":"New."}],"standing":"authentic"}"#;
    let amend = r#"{"kind":"proposal_tabled","proposal":"p3","document":"d1","label":"CRP.3",
        "changes":[{"target":"p2~1","act":"replace","text":"Newer."}],"amends":"p2",
        "standing":"authentic"}"#;
    let mut builder = conference();
    builder.add(json(add));
    builder.add(json(amend));
    Record::of(builder.entries).unwrap();
}

#[test]
fn a_batch_is_admitted_whole_or_not_at_all() {
    let mut record = Record::of(conference().entries).unwrap();
    let before = record.len();
    let mut second = entry("SEC", tabled("p2"));
    second.id = id(901);
    let refused = record
        .append_all([second, entry("SEC", sponsor("p2", "AAA")), entry("SEC", document("d2"))])
        .unwrap_err();
    assert_eq!((refused.index, &*refused.reason), (2, &Refusal::IdTaken));
    assert_eq!(record.len(), before);
}

#[test]
fn a_local_record_may_refer_to_the_shared_one_and_changes_neither() {
    let shared = Record::of(conference().entries).unwrap();
    let local = entry("AAA", mandate("AAA")).to(Audience::Delegation(person("AAA")));
    let both = shared.overlay([local.clone()]).unwrap();
    assert_eq!(both.len(), shared.len() + 1);
    let of = |id: &str| View::of(Viewer::Participant(person(id)));
    assert_eq!(both.timeline(&of("AAA")).unwrap().last().unwrap().entry, &local);
    let others = both.timeline(&of("BBB")).unwrap().len();
    assert_eq!(others, shared.timeline(&of("BBB")).unwrap().len());
    let clash = shared.overlay([entry("SEC", tabled("p1"))]).unwrap_err();
    assert!(matches!(*clash.reason, Refusal::NameTaken { .. }), "{clash}");
}

/// The oracle asks every viewer there can be, instead of reasoning about classes.
#[test]
fn an_audience_within_another_has_no_viewer_outside_it() {
    let record = Record::of(conference().entries).unwrap();
    let class = |id: &ParticipantId| record.class_of(id);
    let group = |members: &[&str]| Audience::Group {
        group: person("GRP"),
        members: members.iter().copied().map(person).collect(),
    };
    let audiences = [
        Audience::Public,
        Audience::Participants,
        Audience::Secretariat,
        Audience::Observers(vec![]),
        Audience::Observers(vec![StakeholderClass::Accredited]),
        Audience::Observers(vec![StakeholderClass::Academia]),
        Audience::Delegation(person("AAA")),
        Audience::Delegation(person("NGO")),
        Audience::Delegation(person("SEC")),
        group(&["AAA", "BBB"]),
        group(&["AAA"]),
    ];
    let viewers: Vec<Viewer> = laws::viewers(&record);
    for one in &audiences {
        for other in &audiences {
            let is_within = one.within(other, &class);
            let has_outsider = viewers
                .iter()
                .any(|viewer| one.admits(viewer, &class) && !other.admits(viewer, &class));
            assert!(!(is_within && has_outsider), "{one:?} within {other:?}");
            // Where classes alone decide, the answer is exact but for those yet to be admitted.
            let is_by_name = matches!(other, Audience::Group { .. } | Audience::Delegation(_));
            let may_grow = matches!(one, Audience::Observers(_) | Audience::Secretariat);
            if !is_by_name && !may_grow {
                assert_eq!(is_within, !has_outsider, "{one:?} within {other:?}");
            }
        }
        assert!(one.within(one, &class), "{one:?} within itself");
    }
}

fn admitted(key: &str, name: &str) -> Entry {
    let fact = ParticipantAdmitted {
        participant: person(key),
        name: name.to_owned(),
        class: ParticipantClass::State,
    };
    entry("SEC", Fact::ParticipantAdmitted(fact))
}

#[test]
fn names_that_can_not_be_shown_typed_or_addressed_are_refused() {
    let key = "choose a short key of letters and digits, such as KEN or art.5";
    let direction = "it has a control character, or one that changes the direction of writing";
    let long = "x".repeat(65);
    let reserved = "that word is reserved, since commands and addresses use it";
    for (written, shown, why) in [
        ("", "", "it is empty"),
        (" AAB", " AAB", "it begins or ends with a space"),
        ("A\u{1b}[2J", "A\\u{1b}[2J", direction),
        ("A\u{202e}B", "A\\u{202e}B", direction),
        ("public", "public", reserved),
        ("Public", "Public", reserved),
        ("base", "base", reserved),
        ("secretariat", "secretariat", reserved),
        (&long, &long, "it has 65 characters, and 64 is the most"),
    ] {
        let reason = format!("the key of the participant can't be \"{shown}\": {why}");
        refused(admitted(written, "Freedonia"), &reason, key);
    }
    refused(
        entry("SEC", tabled("base")),
        &format!("the key of the proposal can't be \"base\": {reserved}"),
        key,
    );
    let long = "\u{e9}".repeat(1 << 16);
    refused(
        entry("SEC", document(&long)),
        &format!(
            "the key of the document can't be \"{}\u{2026}\": it has 65536 characters, and 120 is \
             the most",
            "\u{e9}".repeat(80)
        ),
        key,
    );
    for (name, why) in [("", "it is empty"), ("A\nB", direction)] {
        let reason = format!("the name of the participant can't be {name:?}: {why}");
        refused(admitted("AAB", name), &reason, "give the name as it is printed on lists");
    }
    recorded(admitted("AAB", &"x".repeat(200)));
    recorded(admitted(&"x".repeat(64), "C\u{f4}te d\u{2019}Ivoire"));
}

#[test]
fn a_log_that_was_written_under_other_rules_is_read_as_it_is() {
    let mut record = Record::of(conference().entries).expect("the setup is admitted");
    let old = [admitted("public", ""), {
        let mut later = entry("SEC", position("public", "wide"));
        later.id = id(901);
        later
    }];
    let sealed: Vec<Sealed> =
        old.iter().map(|entry| Sealed::new(Salt::from_random([1; 32]), encode(entry))).collect();
    record.extend(&sealed, 1).expect("it is in a log");
    assert!(record.class_of(&person("public")).is_some());
    let renamed = json(
        r#"{"kind":"participant_admitted","participant":"public","name":"P","class":"state"}"#,
    );
    let mut mended = entry("SEC", correction(old[0].id, Some(renamed)));
    mended.id = id(902);
    record.append(mended).expect("what is on record can be corrected");
}
