//! What follows from a record as tables, a feed and a calendar: one row a thing, as its viewer sees it.

use jiff::civil::Date;
use serde::Serialize;
use travaux_interchange::{CalendarItem, Cell, Feed, FeedItem, Table, calendar};
use travaux_negotiation::Negotiation;
use travaux_record::{ParticipantId, ProposalId};
use travaux_text::ProvisionId;

/// The tables there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub(super) enum Named {
    /// The provisions of the text before the body.
    Provisions,
    /// Every proposal ever tabled.
    Proposals,
    /// Every position taken.
    Positions,
    /// Every vote, by ballot where it is known.
    Votes,
    /// Signatures and consents to be bound.
    Instruments,
}

/// Writes a value as the record names it.
fn word(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Cell::Text(word),
        Ok(other) => Cell::Text(other.to_string()),
        Err(_) => Cell::Nothing,
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Nothing } else { Cell::text(text) }
}

fn count(number: usize) -> Cell {
    Cell::Number(u64::try_from(number).unwrap_or(u64::MAX))
}

impl Named {
    /// Makes the table.
    pub(super) fn table(self, negotiation: &Negotiation) -> Table {
        match self {
            Self::Provisions => provisions(negotiation),
            Self::Proposals => proposals(negotiation),
            Self::Positions => positions(negotiation),
            Self::Votes => votes(negotiation),
            Self::Instruments => instruments(negotiation),
        }
    }
}

fn provisions(negotiation: &Negotiation) -> Table {
    let draft = &negotiation.draft;
    let base = draft.text().base();
    let rows = base.provisions().iter().map(|provision| {
        let state = draft.state(&provision.id);
        vec![
            Cell::text(provision.id.as_str()),
            provision.parent.as_ref().map_or(Cell::Nothing, |id| Cell::text(id.as_str())),
            Cell::text(provision.kind.name()),
            text(&provision.number),
            text(&provision.heading),
            text(&provision.text),
            state.map_or(Cell::Nothing, |state| Cell::text(state.words())),
            state.map_or(Cell::Nothing, |state| count(state.alternatives.len())),
        ]
    });
    Table {
        name: "provisions",
        about: "The provisions of the text before the body, in order.",
        columns: &[
            ("id", "The stable id of the provision"),
            ("parent", "The provision it stands under"),
            ("kind", "Its rank: chapter, article, paragraph …"),
            ("number", "Its number as printed"),
            ("heading", "Its heading"),
            ("text", "Its words, no proposal taken up"),
            ("state", "What the body has decided of it, in words"),
            ("alternatives", "How many open proposals ask for other words"),
        ],
        rows: rows.collect(),
    }
}

fn names(negotiation: &Negotiation, ids: impl Iterator<Item = ParticipantId>) -> Cell {
    Cell::Many(ids.map(|id| negotiation.process.name(&id).to_owned()).collect())
}

fn proposals(negotiation: &Negotiation) -> Table {
    let draft = &negotiation.draft;
    let rows = draft.proposals().map(|proposal| {
        let sponsors = negotiation.sponsors(proposal).into_iter();
        let targets: Vec<String> =
            proposal.targets().iter().map(|id| id.as_str().to_owned()).collect();
        vec![
            Cell::text(proposal.id.as_str()),
            text(&proposal.label),
            Cell::Text(proposal.tabled().at.to_string()),
            Cell::text(proposal.document.as_str()),
            word(&proposal.standing),
            Cell::Is(draft.is_on_the_table(proposal)),
            names(negotiation, sponsors.map(|spell| spell.participant.clone())),
            Cell::Many(targets),
            count(proposal.changes.len()),
        ]
    });
    Table {
        name: "proposals",
        about: "Every proposal tabled, in the order of tabling.",
        columns: &[
            ("id", "Its key"),
            ("label", "What it is called"),
            ("tabled", "When it was tabled"),
            ("document", "The base on which it stands"),
            ("standing", "Whether the words are a participant's, a paraphrase, or ours"),
            ("open", "Whether it is open on the text before the body"),
            ("sponsors", "Its sponsors now, in English alphabetical order"),
            ("provisions", "The provisions it asks something of"),
            ("changes", "How many changes it asks for"),
        ],
        rows: rows.collect(),
    }
}

fn positions(negotiation: &Negotiation) -> Table {
    let rows = negotiation.positions.all().map(|position| {
        let taken = &position.taken;
        let label = negotiation.positions.option_label(&taken.option.issue, &taken.option.option);
        vec![
            Cell::Text(position.basis.at.to_string()),
            Cell::text(taken.participant.as_str()),
            Cell::text(negotiation.process.name(&taken.participant)),
            Cell::text(taken.option.issue.as_str()),
            Cell::text(taken.option.option.as_str()),
            text(label.unwrap_or_default()),
            word(&taken.strength),
            word(&taken.form),
            text(&taken.condition),
            text(&taken.note),
            Cell::Is(position.disputed.is_some()),
            Cell::Text(position.basis.entry.to_string()),
        ]
    });
    Table {
        name: "positions",
        about: "Every position taken on an option of an issue, in order of date.",
        columns: &[
            ("date", "When it was taken"),
            ("participant", "The key of who took it"),
            ("name", "The name of who took it"),
            ("issue", "The key of the issue"),
            ("option", "The key of the option"),
            ("option_in_words", "The option in words"),
            ("strength", "The attitude to that option"),
            ("form", "How it was expressed"),
            ("condition", "On what it depends"),
            ("note", "What was said, in a sentence"),
            ("disputed", "Whether the delegation itself disputes the record"),
            ("entry", "The entry that states it"),
        ],
        rows: rows.collect(),
    }
}

fn votes(negotiation: &Negotiation) -> Table {
    let mut rows = Vec::new();
    let decisions = negotiation.decisions.all();
    for vote in decisions.iter().flat_map(|decision| &decision.votes) {
        let fact = &vote.taken.fact;
        let tally = |of: fn(&travaux_record::Tally) -> u32| {
            vote.tally.as_ref().map_or(Cell::Nothing, |tally| Cell::Number(u64::from(of(tally))))
        };
        let row = |participant: Cell, name: Cell, ballot: Cell| {
            vec![
                Cell::Text(vote.taken.basis.at.to_string()),
                Cell::text(fact.decision.as_str()),
                Cell::text(&fact.question),
                word(&fact.majority),
                tally(|it| it.in_favour),
                tally(|it| it.against),
                tally(|it| it.abstaining),
                Cell::Is(fact.carried),
                participant,
                name,
                ballot,
            ]
        };
        if fact.ballots.is_empty() {
            rows.push(row(Cell::Nothing, Cell::Nothing, Cell::Nothing));
        }
        for (who, ballot) in &fact.ballots {
            let name = negotiation.process.name(who);
            rows.push(row(Cell::text(who.as_str()), Cell::text(name), word(ballot)));
        }
    }
    Table {
        name: "votes",
        about: "Every vote; a row a ballot where ballots are known, else one row.",
        columns: &[
            ("date", "When it was taken"),
            ("decision", "Its key"),
            ("question", "What was put"),
            ("majority", "The majority it needed"),
            ("in_favour", "Votes in favour"),
            ("against", "Votes against"),
            ("abstaining", "Abstentions, which do not count as voting"),
            ("carried", "Whether it was carried, as announced"),
            ("participant", "The key of who cast the ballot"),
            ("name", "The name of who cast the ballot"),
            ("ballot", "How it voted"),
        ],
        rows,
    }
}

fn instruments(negotiation: &Negotiation) -> Table {
    let depositary = &negotiation.depositary;
    let row = |at: String, who: &ParticipantId, act: Cell, stage: Cell, note: &str| {
        vec![
            Cell::Text(at),
            Cell::text(who.as_str()),
            Cell::text(negotiation.process.name(who)),
            act,
            stage,
            text(note),
        ]
    };
    let mut rows = Vec::new();
    for signed in depositary.signatories() {
        let (at, fact) = (signed.basis.at.to_string(), &signed.fact);
        rows.push(row(at, &fact.participant, Cell::text("signature"), Cell::Nothing, &fact.note));
        let consents = depositary.ties(&fact.participant).map(|ties| &ties.consents);
        for consent in consents.into_iter().flatten() {
            let fact = &consent.fact;
            let at = consent.basis.at.to_string();
            let (form, stage) = (word(&fact.form), word(&fact.stage));
            rows.push(row(at, &fact.participant, form, stage, &fact.note));
        }
    }
    Table {
        name: "instruments",
        about: "Signatures, each with the signatory's consents to be bound.",
        columns: &[
            ("date", "When it was done"),
            ("participant", "The key of who did it"),
            ("name", "The name of who did it"),
            ("act", "Signature, or the form of the consent"),
            ("stage", "How far a consent has come"),
            ("note", "Anything else worth knowing of it"),
        ],
        rows,
    }
}

/// How many of the last things that happened a feed has.
const ITEMS_MAX: usize = 200;

/// Makes a feed of what happened, the latest first; `about` leaves all else out.
pub(super) fn feed(negotiation: &Negotiation, about: Option<&str>) -> Feed {
    use travaux_negotiation::Part;
    let parts: Vec<Part> = about.map_or_else(Vec::new, |about| {
        let participant = negotiation.process.find(about).map(|it| it.participant.clone());
        vec![
            Part::Participant(participant.unwrap_or_else(|| ParticipantId::new(about))),
            Part::Provision(ProvisionId::new(about)),
            Part::Proposal(ProposalId::new(about)),
        ]
    });
    let concerns = |it: &&travaux_negotiation::changes::Happening| {
        parts.is_empty() || parts.iter().any(|part| it.is_about(part))
    };
    let items =
        negotiation.changes.all().rev().filter(concerns).take(ITEMS_MAX).map(|it| FeedItem {
            id: format!("urn:uuid:{}", it.basis.entry),
            title: negotiation.words(&it.description.sentence),
            day: it.basis.at.counts_from().to_string(),
            entered: it.recorded_at.to_string(),
        });
    let opened = negotiation.process.opened().map(|opened| &opened.fact);
    let name = opened.map_or("Negotiation", |opened| &opened.short_name);
    let title = about.map_or_else(|| name.to_owned(), |about| format!("{name}: {about}"));
    Feed {
        id: format!("urn:travaux:{}", title.replace(char::is_whitespace, "-")),
        title,
        author: opened.map_or_else(String::new, |opened| opened.body.clone()),
        items: items.collect(),
    }
}

/// Makes a calendar of sessions and milestones.
pub(super) fn sessions(negotiation: &Negotiation, stamp: Date) -> String {
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    let next = |date: Date| day(date.tomorrow().unwrap_or(date));
    let process = &negotiation.process;
    let opened = process.opened().map(|opened| &opened.fact);
    let name = opened.map_or("Negotiation", |opened| &opened.short_name);
    let key = name.replace(char::is_whitespace, "-");
    let sessions = process.sessions().into_iter().map(|session| CalendarItem {
        id: format!("session-{}@{key}", session.fact.session),
        title: format!("{name}: {}", session.fact.name),
        about: session.fact.outcome.clone(),
        place: session.fact.place.clone(),
        from: day(session.fact.from),
        until: next(session.fact.until),
    });
    let milestones = process.milestones().into_iter().map(|milestone| {
        let due = milestone.due().counts_from();
        CalendarItem {
            id: format!("milestone-{}@{key}", milestone.id()),
            title: format!("{name}: {}", milestone.title()),
            from: day(due),
            until: next(due),
            ..CalendarItem::default()
        }
    });
    let items: Vec<CalendarItem> = sessions.chain(milestones).collect();
    calendar(name, &format!("{}T000000Z", day(stamp)), &items)
}
