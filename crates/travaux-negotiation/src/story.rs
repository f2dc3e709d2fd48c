//! Records made by hand for the tests of this crate: a date, then what happened.
//!
//! A story keeps entries in the order they are told and folds them in the order of their dates,
//! as a view of a record does. It knows no audiences and no corrections.

use travaux_record::*;
use travaux_text::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};

/// A record in the making.
#[derive(Clone, Default)]
pub(crate) struct Story {
    entries: Vec<Entry>,
}

impl Story {
    /// Tells what happened on a date.
    pub(crate) fn on(mut self, at: &str, fact: Fact) -> Self {
        let mut bytes = [0; 16];
        let number = u64::try_from(self.entries.len() + 1).unwrap();
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        self.entries.push(Entry {
            version: Entry::VERSION,
            id: EntryId::from_random(bytes),
            at: at.parse().unwrap(),
            recorded_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            by: ParticipantId::new("secretariat"),
            audience: Audience::Public,
            evidence: Vec::new(),
            fact,
        });
        self
    }

    /// Returns the id of the entry told last.
    pub(crate) fn last(&self) -> EntryId {
        self.entries.last().unwrap().id
    }

    /// Folds the story.
    pub(crate) fn fold<P: Projection>(&self) -> P {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| entry.at);
        let mut projection = P::default();
        for entry in entries {
            let at = entry.at;
            projection.apply(Occurrence { entry, fact: &entry.fact, at, corrected_by: None });
        }
        projection
    }
}

/// The day a date is written as.
pub(crate) fn day(written: &str) -> jiff::civil::Date {
    written.parse().unwrap()
}

pub(crate) fn who(key: &str) -> ParticipantId {
    ParticipantId::new(key)
}

pub(crate) fn provision(key: &str) -> ProvisionId {
    ProvisionId::new(key)
}

pub(crate) fn proposal(key: &str) -> ProposalId {
    ProposalId::new(key)
}

/// Admits a participant whose name is its key.
pub(crate) fn admitted(key: &str, class: ParticipantClass) -> Fact {
    Fact::ParticipantAdmitted(ParticipantAdmitted {
        participant: who(key),
        name: key.to_owned(),
        class,
    })
}

pub(crate) fn joined_group(group: &str, members: &[&str], until: Option<&str>) -> Fact {
    Fact::MembershipRecorded(MembershipRecorded {
        group: who(group),
        members: members.iter().map(|member| who(member)).collect(),
        until: until.map(day),
        note: String::new(),
    })
}

/// A text of articles, each written `id: words`, and of paragraphs under them, `id/under: words`.
pub(crate) fn base(document: &str, provisions: &[&str]) -> Fact {
    let base = BaseIssued {
        provisions: provisions.iter().enumerate().map(written).collect(),
        standing: Standing::Authentic,
        decision: TextDecision::None,
        as_issued: None,
    };
    Fact::DocumentIssued(DocumentIssued {
        document: DocumentId::new(document),
        symbol: document.to_uppercase(),
        title: format!("Text {document}"),
        session: None,
        base: Some(base),
        note: String::new(),
    })
}

/// The same, adopted by the body.
pub(crate) fn adopted(document: &str, provisions: &[&str]) -> Fact {
    let Fact::DocumentIssued(mut issued) = base(document, provisions) else { unreachable!() };
    if let Some(base) = &mut issued.base {
        base.decision = TextDecision::Adopted;
    }
    Fact::DocumentIssued(issued)
}

fn written((index, written): (usize, &&str)) -> Provision {
    let (id, text) = written.split_once(": ").unwrap_or((written, ""));
    let (id, parent) = id.split_once('/').map_or((id, None), |(id, under)| (id, Some(under)));
    Provision {
        id: provision(id),
        parent: parent.map(provision),
        kind: if parent.is_some() { ProvisionKind::Paragraph } else { ProvisionKind::Article },
        number: (index + 1).to_string(),
        heading: String::new(),
        text: text.to_owned(),
    }
}

pub(crate) fn replace(target: &str, text: &str) -> Change {
    Change { target: provision(target), act: Act::Replace { text: text.to_owned() } }
}

pub(crate) fn suppress(target: &str) -> Change {
    Change { target: provision(target), act: Act::Suppress }
}

pub(crate) fn add_after(target: &str, text: &str) -> Change {
    let act = Act::Add {
        place: Place::After(provision(target)),
        kind: ProvisionKind::Article,
        number: String::new(),
        heading: String::new(),
        text: text.to_owned(),
    };
    Change { target: provision(target), act }
}

pub(crate) fn tabled(key: &str, document: &str, changes: Vec<Change>) -> Fact {
    Fact::ProposalTabled(ProposalTabled {
        proposal: proposal(key),
        document: DocumentId::new(document),
        label: key.to_uppercase(),
        changes,
        standing: Standing::Authentic,
        amends: None,
        option: None,
        note: String::new(),
    })
}

pub(crate) fn revised(key: &str, changes: Vec<Change>) -> Fact {
    Fact::ProposalRevised(ProposalRevised {
        proposal: proposal(key),
        changes,
        participants: Vec::new(),
    })
}

fn named(key: &str) -> ProposalNamed {
    ProposalNamed { proposal: proposal(key), participants: Vec::new() }
}

pub(crate) fn withdrawn(key: &str) -> Fact {
    Fact::ProposalWithdrawn(named(key))
}

pub(crate) fn reintroduced(key: &str) -> Fact {
    Fact::ProposalReintroduced(named(key))
}

pub(crate) fn carried(key: &str, document: &str) -> Fact {
    let document = DocumentId::new(document);
    Fact::ProposalCarried(ProposalCarried { proposal: proposal(key), document, changes: None })
}

pub(crate) fn lapsed(key: &str, document: &str, outcome: ProposalOutcome) -> Fact {
    Fact::ProposalLapsed(ProposalLapsed {
        proposal: proposal(key),
        document: DocumentId::new(document),
        outcome,
        basis: OutcomeBasis::Comparison,
        note: String::new(),
    })
}

pub(crate) fn joins(participant: &str, key: &str) -> Fact {
    Fact::SponsorJoined(Sponsorship { proposal: proposal(key), participant: who(participant) })
}

pub(crate) fn leaves(participant: &str, key: &str) -> Fact {
    Fact::SponsorLeft(Sponsorship { proposal: proposal(key), participant: who(participant) })
}

pub(crate) fn agreed(target: &str, text: &str, proposals: &[&str]) -> Fact {
    Fact::ProvisionAgreed(ProvisionAgreed {
        provision: provision(target),
        text: text.to_owned(),
        proposals: proposals.iter().map(|key| proposal(key)).collect(),
    })
}

pub(crate) fn reopened(target: &str) -> Fact {
    Fact::ProvisionReopened(ProvisionNamed { provision: provision(target), reason: String::new() })
}

pub(crate) fn framed(issue: &str, options: &[&str]) -> Fact {
    let options = options
        .iter()
        .map(|option| IssueOption { option: OptionId::new(*option), label: (*option).to_owned() });
    Fact::IssueFramed(IssueFramed {
        issue: IssueId::new(issue),
        title: format!("Issue {issue}"),
        options: options.collect(),
        ordered: false,
        provisions: Vec::new(),
        description: String::new(),
        in_hindsight: false,
    })
}

pub(crate) fn option(issue: &str, option: &str) -> OptionNamed {
    OptionNamed { issue: IssueId::new(issue), option: OptionId::new(option) }
}

/// A participant takes a position on `issue/option`.
pub(crate) fn position(participant: &str, on: &str, strength: Strength) -> Fact {
    let (issue, chosen) = on.split_once('/').unwrap();
    Fact::PositionTaken(PositionTaken {
        participant: who(participant),
        option: option(issue, chosen),
        strength,
        form: PositionForm::Statement,
        session: None,
        condition: String::new(),
        note: String::new(),
    })
}
