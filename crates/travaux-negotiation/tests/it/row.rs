//! What a row of a scenario's table says, read into facts.
//!
//! The verbs are those of a meeting's record: issues, tables, revises, withdraws, joins, leaves,
//! agrees, reopens. Words stand in double quotes. A row that cannot be read fails the scenario.

use travaux_record::*;
use travaux_text::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};

/// Reads what `who` does.
pub(crate) fn fact(who: &str, what: &str) -> Fact {
    let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
    let actors = || match who {
        "secretariat" | "the body" | "the Chair" => Vec::new(),
        who => vec![ParticipantId::new(who)],
    };
    let named = || ProposalNamed { proposal: ProposalId::new(rest), participants: actors() };
    let sponsorship =
        || Sponsorship { proposal: ProposalId::new(rest), participant: ParticipantId::new(who) };
    match verb {
        "issues" => issued(rest),
        "tables" => {
            let (key, changes) = keyed(rest);
            let (key, document) = key.split_once(" on ").expect("tables P1 on D1: …");
            tabled(key, document, changes, Standing::Authentic)
        }
        // A source says that it did; the words are a paraphrase.
        "reportedly" => {
            let (key, changes) = keyed(rest.strip_prefix("tables ").expect("reportedly tables P1"));
            let (key, document) = key.split_once(" on ").expect("reportedly tables P1 on D1: …");
            tabled(key, document, changes, Standing::Reported)
        }
        "revises" => {
            let (key, changes) = keyed(rest);
            Fact::ProposalRevised(ProposalRevised {
                proposal: ProposalId::new(key),
                changes,
                participants: actors(),
            })
        }
        "withdraws" => Fact::ProposalWithdrawn(named()),
        "re-introduces" => Fact::ProposalReintroduced(named()),
        "joins" => Fact::SponsorJoined(sponsorship()),
        "leaves" => Fact::SponsorLeft(sponsorship()),
        "carries" => {
            let (key, document) = rest.split_once(" to ").expect("carries P1 to D2");
            let (proposal, document) = (ProposalId::new(key), DocumentId::new(document));
            Fact::ProposalCarried(ProposalCarried { proposal, document, changes: None })
        }
        "records" => ended(rest),
        "asks" => brackets(who, rest),
        "agrees" => agreed(rest),
        "reopens" => Fact::ProvisionReopened(provision(rest)),
        "frames" => framed(rest),
        "reserves" => reserved(who, rest),
        "closes" => Fact::ProvisionClosed(provision(rest)),
        "submits" => submitted(who, rest),
        "translates" => version(rest),
        "reviews" => reviewed(rest),
        "attaches" => attached(rest),
        _ => panic!("no such act: {what:?}"),
    }
}

fn provision(id: &str) -> ProvisionNamed {
    ProvisionNamed { provision: ProvisionId::new(id), reason: String::new() }
}

/// Reads `KEY: CHANGE; CHANGE`.
fn keyed(rest: &str) -> (&str, Vec<Change>) {
    let (key, changes) = rest.split_once(": ").unwrap_or_else(|| panic!("no colon in {rest:?}"));
    (key, changes.split("; ").map(change).collect())
}

/// Reads `5 "words"`, `delete 5`, `keep 5` or `after 5 "words"`.
fn change(written: &str) -> Change {
    let (words, text) = quoted(written);
    let (verb, target) = words.split_once(' ').unwrap_or(("", words));
    let text = || text.unwrap_or_else(|| panic!("no words in {written:?}")).to_owned();
    let target = ProvisionId::new(target);
    let act = match verb {
        "" => Act::Replace { text: text() },
        "delete" => Act::Suppress,
        "keep" => Act::NoChange,
        "after" => Act::Add {
            place: Place::After(target.clone()),
            kind: ProvisionKind::Article,
            number: String::new(),
            heading: String::new(),
            text: text(),
        },
        _ => panic!("no such change: {written:?}"),
    };
    Change { target, act }
}

/// Splits `anything "words"` into what stands before the words and the words.
fn quoted(written: &str) -> (&str, Option<&str>) {
    let Some((before, rest)) = written.split_once('"') else { return (written.trim(), None) };
    let words = rest.trim_end().strip_suffix('"').expect("a closing quotation mark");
    (before.trim(), Some(words))
}

/// Reads `Notes on 5 asking for "words"`.
fn submitted(who: &str, rest: &str) -> Fact {
    let (said, words) = quoted(rest);
    let (title, on) = said.split_once(" on ").expect("submits Notes on 5");
    let on = on.trim_end_matches(" asking for");
    Fact::SubmissionReceived(SubmissionReceived {
        participant: ParticipantId::new(who),
        title: title.to_owned(),
        provisions: vec![ProvisionId::new(on)],
        text: "Its gist.".to_owned(),
        words: words.map(str::to_owned).into_iter().collect(),
    })
}

/// Reads `5 into fr after D1 "words"`.
fn version(rest: &str) -> Fact {
    let (said, words) = quoted(rest);
    let (id, into) = said.split_once(" into ").expect("translates 5 into fr");
    let (language, document) = match into.split_once(" after ") {
        Some((language, document)) => (language, Some(DocumentId::new(document))),
        None => (into, None),
    };
    Fact::VersionMade(VersionMade {
        provision: ProvisionId::new(id),
        language: Language::find(language).expect("an official language"),
        heading: String::new(),
        text: words.expect("the words of the version").to_owned(),
        document,
    })
}

/// Reads `fr of 5 as concordant`.
fn reviewed(rest: &str) -> Fact {
    let (language, rest) = rest.split_once(" of ").expect("reviews fr of 5 as concordant");
    let (id, found) = rest.split_once(" as ").expect("reviews fr of 5 as concordant");
    let found = match found {
        "concordant" => Concordance::Concordant,
        "discordant" => Concordance::Discordant,
        "referred" => Concordance::Referred,
        _ => panic!("no such finding: {found:?}"),
    };
    Fact::VersionReviewed(VersionReviewed {
        provision: ProvisionId::new(id),
        language: Language::find(language).expect("an official language"),
        found,
        note: String::new(),
    })
}

/// Reads `to D1: 5 "words"`.
fn attached(rest: &str) -> Fact {
    let (document, rest) = rest.split_once(": ").expect("attaches to D1: 5 \"…\"");
    let words = rest.split("; ").map(|one| {
        let (id, text) = quoted(one);
        OfficialWords {
            provision: ProvisionId::new(id),
            heading: String::new(),
            text: text.expect("the official words").to_owned(),
            matched: MatchedBy::Number,
        }
    });
    Fact::TextAttached(TextAttached {
        document: DocumentId::new(document.trim_start_matches("to ")),
        source: "official.txt".to_owned(),
        provisions: words.collect(),
        unmatched: Vec::new(),
    })
}

fn issued(rest: &str) -> Fact {
    let (key, articles) = rest.split_once(": ").expect("issues D1: 5 \"…\"");
    let (key, decision) = match key.split_once(" as ") {
        Some((key, "approved")) => (key, TextDecision::Approved),
        Some((key, "adopted")) => (key, TextDecision::Adopted),
        Some((_, other)) => panic!("a text is not issued as {other:?}"),
        None => (key, TextDecision::None),
    };
    let provisions = articles.split("; ").map(|article| {
        let (id, text) = quoted(article);
        Provision {
            id: ProvisionId::new(id),
            parent: None,
            kind: ProvisionKind::Article,
            number: id.to_owned(),
            heading: String::new(),
            text: text.expect("the words of an article").to_owned(),
        }
    });
    let base = BaseIssued {
        provisions: provisions.collect(),
        standing: Standing::Authentic,
        decision,
        as_issued: None,
    };
    Fact::DocumentIssued(DocumentIssued {
        document: DocumentId::new(key),
        symbol: key.to_owned(),
        title: "Draft text".to_owned(),
        session: None,
        base: Some(base),
        note: String::new(),
    })
}

fn tabled(key: &str, document: &str, changes: Vec<Change>, standing: Standing) -> Fact {
    Fact::ProposalTabled(ProposalTabled {
        proposal: ProposalId::new(key),
        document: DocumentId::new(document),
        label: key.to_owned(),
        changes,
        standing,
        amends: None,
        option: None,
        note: String::new(),
    })
}

/// Reads `P1 as reflected in D2`.
fn ended(rest: &str) -> Fact {
    let (key, rest) = rest.split_once(" as ").expect("records P1 as OUTCOME in D2");
    let (outcome, document) = rest.rsplit_once(" in ").expect("records P1 as OUTCOME in D2");
    let outcome = match outcome {
        "reflected" => ProposalOutcome::Reflected,
        "reflected in part" => ProposalOutcome::ReflectedInPart,
        "not reflected" => ProposalOutcome::NotReflected,
        "left open" => ProposalOutcome::LeftOpen,
        _ => panic!("no such outcome: {outcome:?}"),
    };
    Fact::ProposalLapsed(ProposalLapsed {
        proposal: ProposalId::new(key),
        document: DocumentId::new(document),
        outcome,
        basis: OutcomeBasis::Stated,
        note: String::new(),
    })
}

/// Reads `for brackets in 5` or `for brackets in 5 around "words"`.
fn brackets(who: &str, rest: &str) -> Fact {
    let (before, words) = quoted(rest);
    let id = before.strip_prefix("for brackets in ").expect("asks for brackets in 5");
    Fact::BracketRequested(BracketRequested {
        provision: ProvisionId::new(id.trim_end_matches(" around")),
        words: words.map(str::to_owned),
        participants: vec![ParticipantId::new(who)],
    })
}

/// Reads `Q on 5: shall / should`: a question with its options, each called by what it says.
fn framed(rest: &str) -> Fact {
    let (key, options) = rest.split_once(": ").expect("frames Q on 5: shall / should");
    let (key, id) = key.split_once(" on ").expect("frames Q on 5: shall / should");
    let options = options
        .split(" / ")
        .map(|option| IssueOption { option: OptionId::new(option), label: option.to_owned() });
    Fact::IssueFramed(IssueFramed {
        issue: IssueId::new(key),
        title: key.to_owned(),
        options: options.collect(),
        ordered: false,
        provisions: vec![ProvisionId::new(id)],
        description: String::new(),
        in_hindsight: false,
    })
}

/// Reads `its position on shall of Q`.
fn reserved(who: &str, rest: &str) -> Fact {
    let rest = rest.strip_prefix("its position on ").expect("reserves its position on shall of Q");
    let (option, issue) = rest.split_once(" of ").expect("reserves its position on shall of Q");
    Fact::PositionTaken(PositionTaken {
        participant: ParticipantId::new(who),
        option: OptionNamed { issue: IssueId::new(issue), option: OptionId::new(option) },
        strength: Strength::ReservesPosition,
        form: PositionForm::Statement,
        session: None,
        condition: String::new(),
        note: String::new(),
    })
}

/// Reads `on 5 "words"` or `on 5 with P1 "words"`.
fn agreed(rest: &str) -> Fact {
    let (before, text) = quoted(rest);
    let before = before.strip_prefix("on ").expect("agrees on 5 \"…\"");
    let (id, proposals) = before.split_once(" with ").unwrap_or((before, ""));
    let proposals = proposals.split(", ").filter(|key| !key.is_empty());
    Fact::ProvisionAgreed(ProvisionAgreed {
        provision: ProvisionId::new(id),
        text: text.expect("the words agreed").to_owned(),
        proposals: proposals.map(ProposalId::new).collect(),
    })
}
