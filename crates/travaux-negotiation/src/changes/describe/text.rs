//! Sentences about proposals, brackets and agreement.

use travaux_record::{
    Audience, BracketLifted, BracketRequested, Concordance, OutcomeBasis, ParticipantId,
    PlaceholderSet, ProposalCarried, ProposalId, ProposalLapsed, ProposalNamed, ProposalOutcome,
    ProposalRevised, ProposalTabled, ProvisionAgreed, ProvisionNamed, Sponsorship, Standing,
    TextAttached, VersionMade, VersionReviewed,
};

use super::super::Changes;
use super::{Family, Told};
use crate::draft::Tabling;
use crate::wording::gist;
use crate::{Part, Sentence};

/// More provisions than this are counted instead of named.
const NAMED_MAX: usize = 3;

fn told(kind: &'static str) -> Told {
    Told::new(Family::Text, kind)
}

fn of_proposal(kind: &'static str, proposal: &ProposalId, before: &Changes) -> Told {
    told(kind).links(proposal).touches(before.targets_of(proposal))
}

/// Names who acted, where that is known.
fn by(sentence: Sentence, participants: &[ParticipantId]) -> Sentence {
    if participants.is_empty() { sentence } else { sentence.then(" by ").list(participants) }
}

pub(super) fn tabled(fact: &ProposalTabled, audience: &Audience, before: &Changes) -> Told {
    let drafted = Tabling::of(audience) == Tabling::Drafted;
    let verb = match fact.standing {
        Standing::Authentic | Standing::Paraphrase if drafted => " is drafted, not tabled",
        Standing::Authentic => " is tabled",
        Standing::Reported => " is reported as tabled (wording paraphrased)",
        Standing::Paraphrase => " is tabled (paraphrased)",
        Standing::Alternative => " is recorded as an alternative that nobody tabled in these words",
        Standing::Illustrative => " is recorded as an illustration that nobody tabled",
    };
    let targets = before.targets_of(&fact.proposal);
    let mut sentence = Sentence::new(&fact.proposal).then(verb);
    sentence = match targets.len() {
        0 => sentence.then(", without changes, on "),
        1..=NAMED_MAX => sentence.then(", on ").list(targets).then(" of "),
        many => sentence.then(format!(", on {many} provisions of ")),
    };
    sentence = sentence.then(&fact.document);
    if let Some(amended) = &fact.amends {
        sentence = sentence.then(", amending ").then(amended);
    }
    of_proposal("proposal tabled", &fact.proposal, before)
        .touches(&fact.option)
        .on_text(&fact.document)
        .says(sentence)
}

pub(super) fn revised(fact: &ProposalRevised, before: &Changes) -> Told {
    of_proposal("proposal revised", &fact.proposal, before)
        .says(by(Sentence::new(&fact.proposal).then(" is revised"), &fact.participants))
}

pub(super) fn withdrawn(fact: &ProposalNamed, before: &Changes) -> Told {
    of_proposal("proposal withdrawn", &fact.proposal, before)
        .says(by(Sentence::new(&fact.proposal).then(" is withdrawn"), &fact.participants))
}

pub(super) fn reintroduced(fact: &ProposalNamed, before: &Changes) -> Told {
    of_proposal("proposal re-introduced", &fact.proposal, before)
        .says(by(Sentence::new(&fact.proposal).then(" is re-introduced"), &fact.participants))
}

pub(super) fn carried(fact: &ProposalCarried, before: &Changes) -> Told {
    let restated = if fact.changes.is_some() { ", restated for it" } else { "" };
    of_proposal("proposal carried", &fact.proposal, before).says(
        Sentence::new(&fact.proposal).then(" stays open on ").then(&fact.document).then(restated),
    )
}

pub(super) fn lapsed(fact: &ProposalLapsed, before: &Changes) -> Told {
    let outcome = match fact.outcome {
        ProposalOutcome::Reflected => "reflected in ",
        ProposalOutcome::ReflectedInPart => "reflected in part in ",
        ProposalOutcome::NotReflected => "not reflected in ",
        ProposalOutcome::LeftOpen => "the point was left open in ",
    };
    let known = match fact.basis {
        OutcomeBasis::Stated => "",
        OutcomeBasis::Comparison => " (found by comparing the texts)",
    };
    of_proposal("proposal lapsed", &fact.proposal, before).says(
        Sentence::new(&fact.proposal)
            .then(" lapsed: ")
            .then(outcome)
            .then(&fact.document)
            .then(known),
    )
}

pub(super) fn joined(fact: &Sponsorship, before: &Changes) -> Told {
    of_proposal("sponsor joined", &fact.proposal, before)
        .says(Sentence::new(&fact.participant).then(" joins the sponsors of ").then(&fact.proposal))
}

pub(super) fn left(fact: &Sponsorship, before: &Changes) -> Told {
    of_proposal("sponsor left", &fact.proposal, before).says(
        Sentence::new(&fact.participant)
            .then(" leaves the sponsors of ")
            .then(&fact.proposal)
            .then("; the words stay"),
    )
}

pub(super) fn bracketed(fact: &BracketRequested) -> Told {
    let verb = match fact.participants.len() {
        0 => "Brackets are asked for around ",
        1 => " asks for brackets around ",
        _ => " ask for brackets around ",
    };
    let mut sentence = Sentence::default().list(&fact.participants).then(verb);
    if let Some(words) = &fact.words {
        sentence = sentence.then(format!("\"{}\" in ", gist(words, 80)));
    }
    told("brackets asked for").links(&fact.provision).says(sentence.then(&fact.provision))
}

pub(super) fn unbracketed(fact: &BracketLifted, before: &Changes) -> Told {
    let target = before.target_of_entry(fact.request);
    let sentence = match (target, fact.participants.len()) {
        (Some(target), 0) => Sentence::new("Brackets in ").then(target.clone()).then(" are lifted"),
        (Some(target), several) => Sentence::default()
            .list(&fact.participants)
            .then(if several == 1 { " lifts its" } else { " lift their" })
            .then(" brackets in ")
            .then(target.clone()),
        (None, _) => Sentence::new("The brackets asked for by entry ")
            .then(&fact.request)
            .then(" are lifted"),
    };
    told("brackets lifted")
        .links(target.cloned().unwrap_or(Part::Entry(fact.request)))
        .touches(before.about_entry(fact.request))
        .says(sentence)
}

pub(super) fn placeholder(fact: &PlaceholderSet) -> Told {
    let sentence = match (&fact.participant, fact.awaiting.as_str()) {
        (Some(participant), "") => Sentence::new(participant)
            .then(" no longer awaits instructions on ")
            .then(&fact.provision),
        (Some(participant), awaiting) => Sentence::new(participant)
            .then(" awaits instructions on ")
            .then(&fact.provision)
            .then(format!(": {awaiting}")),
        (None, "") => Sentence::new(&fact.provision).then(" no longer awaits text"),
        (None, awaiting) => {
            Sentence::new(&fact.provision).then(format!(" awaits text: {awaiting}"))
        }
    };
    told("placeholder set").links(&fact.provision).says(sentence)
}

pub(super) fn agreed(fact: &ProvisionAgreed) -> Told {
    let mut sentence = Sentence::new(&fact.provision).then(" is agreed ad referendum");
    if !fact.proposals.is_empty() {
        sentence = sentence.then(", with the words of ").list(&fact.proposals);
    }
    told("provision agreed").links(&fact.provision).says(sentence)
}

pub(super) fn reopened(fact: &ProvisionNamed) -> Told {
    told("provision reopened").links(&fact.provision).says(named(fact, " is reopened"))
}

pub(super) fn closed(fact: &ProvisionNamed) -> Told {
    told("provision closed").links(&fact.provision).says(named(fact, " is closed"))
}

fn named(fact: &ProvisionNamed, what: &'static str) -> Sentence {
    let sentence = Sentence::new(&fact.provision).then(what);
    if fact.reason.is_empty() { sentence } else { sentence.then(format!(": {}", fact.reason)) }
}

pub(super) fn version(fact: &VersionMade) -> Told {
    let sentence = Sentence::new(format!("the {} version of ", fact.language.name()))
        .then(&fact.provision)
        .then(" is made");
    let sentence = match &fact.document {
        Some(document) => sentence.then(", after ").then(document),
        None => sentence,
    };
    told("language version").links(&fact.provision).says(sentence)
}

pub(super) fn reviewed(fact: &VersionReviewed) -> Told {
    let found = match fact.found {
        Concordance::Concordant => " concordant",
        Concordance::Discordant => " not concordant",
        Concordance::Referred => " in need of an answer by the body",
    };
    let mut sentence =
        Sentence::new(format!("the language group finds the {} version of ", fact.language.name()))
            .then(&fact.provision)
            .then(found);
    if !fact.note.is_empty() {
        sentence = sentence.then(format!(": {}", gist(&fact.note, GIST_MAX)));
    }
    told("language review").links(&fact.provision).says(sentence)
}

/// How much of a note is told.
const GIST_MAX: usize = 160;

pub(super) fn attached(fact: &TextAttached) -> Told {
    let many = fact.provisions.len();
    let what = if many == 1 { "1 provision" } else { &format!("{many} provisions") };
    let sentence = Sentence::new(format!("official words of {what} are laid over "))
        .then(&fact.document)
        .then(format!(", from {}; on this machine alone", fact.source));
    told("official text attached").links(&fact.document).says(sentence)
}
