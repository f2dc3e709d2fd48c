//! Small conferences at random: participants, groups, a text, proposals, positions, corrections.
//!
//! Every step is tried and kept only where the record admits it, so that rare sequences come up
//! without a model of what is regular; irregular acts are among them by design.

#![expect(clippy::missing_panics_doc, reason = "a failing assertion is what a test is for")]

use proptest::prelude::*;
use travaux_text::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};

use super::build::{Builder, id, instant, person};
// In tests the lint is silent of its own.
#[cfg_attr(
    not(test),
    expect(clippy::wildcard_imports, reason = "it makes nearly every kind of fact there is")
)]
use crate::*;

const STATES: [&str; 4] = ["AAA", "BBB", "CCC", "DDD"];
const PROPOSALS: [&str; 4] = ["p1", "p2", "p3", "p4"];
const PROVISIONS: [&str; 3] = ["art.1", "art.2", "art.3"];

/// Records of up to about forty admitted entries.
pub fn records() -> impl Strategy<Value = Record> {
    prop::collection::vec((0_u8..47, any::<[u8; 4]>(), 0_u8..20), 0..32).prop_map(|steps| {
        let mut record = Record::of(opening()).expect("the opening is admitted");
        for (number, step) in steps.into_iter().enumerate() {
            // Most steps fit; the others are what an author would be told about.
            let _refused = record.append(entry(&record, number as u64, step)).is_err();
        }
        record
    })
}

/// The entries of [`records`], in log order.
pub fn entries() -> impl Strategy<Value = Vec<Entry>> {
    records().prop_map(|record| record.entries().cloned().collect())
}

/// Who takes part, and the first text.
fn opening() -> Vec<Entry> {
    let mut builder = Builder::default();
    for state in STATES {
        builder.admit(state, ParticipantClass::State);
    }
    builder.admit("GRP", ParticipantClass::NegotiatingGroup);
    builder.admit("NGO", ParticipantClass::Stakeholder(StakeholderClass::Accredited));
    builder.join("GRP", &["AAA", "BBB"]);
    builder.add(issue());
    builder.add(text("d1", "Each party shall act."));
    builder.entries
}

fn issue() -> Fact {
    let options = ["yes", "no"]
        .map(|option| IssueOption { option: OptionId::new(option), label: option.to_owned() });
    Fact::IssueFramed(IssueFramed {
        issue: IssueId::new("i1"),
        title: "Whether".to_owned(),
        options: options.into(),
        ordered: true,
        provisions: Vec::new(),
        description: String::new(),
        in_hindsight: false,
    })
}

fn text(document: &str, words: &str) -> Fact {
    let provisions = PROVISIONS.map(|id| Provision {
        id: ProvisionId::new(id),
        parent: None,
        kind: ProvisionKind::Article,
        number: id[4..].to_owned(),
        heading: String::new(),
        text: words.to_owned(),
    });
    Fact::DocumentIssued(DocumentIssued {
        document: DocumentId::new(document),
        symbol: document.to_uppercase(),
        title: "A text".to_owned(),
        session: None,
        base: Some(BaseIssued {
            provisions: provisions.into(),
            standing: Standing::Authentic,
            decision: TextDecision::None,
            as_issued: None,
        }),
        note: String::new(),
    })
}

/// The entry that a step stands for; `pick` chooses among names, `day` its date.
fn entry(record: &Record, number: u64, (kind, pick, day): (u8, [u8; 4], u8)) -> Entry {
    let fact = fact(record, kind, pick);
    let day = jiff::civil::Date::constant(2030, 1, 2 + (day % 20).cast_signed());
    let at = if pick[3] % 11 == 0 { Moment::Month(day.first_of_month()) } else { Moment::Day(day) };
    let by = match &fact {
        Fact::PositionDisputed(dispute) => dispute.participant.clone(),
        _ => person("SEC"),
    };
    let recorded_at = instant(10_000 + 60 * i64::try_from(number).expect("few steps"));
    Entry::new(id(1000 + number), at, recorded_at, by, fact).to(audience(pick[2]))
}

fn audience(pick: u8) -> Audience {
    match pick % 12 {
        0 => Audience::Participants,
        1 => Audience::Secretariat,
        2 | 3 => Audience::Delegation(state(pick / 12)),
        4 => Audience::Observers(vec![StakeholderClass::Accredited]),
        5 | 6 => {
            Audience::Group { group: person("GRP"), members: vec![person("AAA"), person("BBB")] }
        }
        _ => Audience::Public,
    }
}

fn fact(record: &Record, kind: u8, pick: [u8; 4]) -> Fact {
    let [a, b, c, _] = pick;
    match kind {
        0..=4 => tabled(a, b, c),
        5 => Fact::ProposalRevised(ProposalRevised {
            proposal: proposal(a),
            changes: vec![change(b, c)],
            participants: vec![state(c)],
        }),
        6 => Fact::ProposalWithdrawn(ProposalNamed {
            proposal: proposal(a),
            participants: vec![state(b)],
        }),
        7 => Fact::ProposalReintroduced(ProposalNamed {
            proposal: proposal(a),
            participants: Vec::new(),
        }),
        8 | 9 => Fact::SponsorJoined(sponsorship(a, b)),
        10 => Fact::SponsorLeft(sponsorship(a, b)),
        11..=14 => position(a, b, c),
        15 => bracket(a, b),
        16 => lifted(record, a),
        17 => agreed(a, b),
        18 => Fact::ProvisionReopened(named(a)),
        19 => Fact::ProvisionClosed(named(a)),
        20 => text("d2", "Each party shall endeavour to act."),
        21 => lapsed(a, b),
        22 => mandate(a, b),
        23 => vote(a, b, c),
        24 => disputed(record, a),
        25 => version(a, b, c),
        26 => reviewed(a, b, c),
        31..=46 => procedure(record, kind, pick),
        _ => correction(record, a, b),
    }
}

/// What happens in a meeting: motions, rulings, votes as they are cast, in any order.
fn procedure(record: &Record, kind: u8, [a, b, c, _]: [u8; 4]) -> Fact {
    let question = || DecisionId::new(["v1", "v2", "m1"][usize::from(a) % 3]);
    let asked = |speech| FloorAsked { participant: state(b), speech };
    let words = || "Shall it be so?".to_owned();
    match kind {
        31 => Fact::MeetingOpened(MeetingOpened {
            title: "1st meeting".to_owned(),
            session: None,
            rules: String::new(),
        }),
        32 => Fact::MeetingContinued(MeetingContinued {
            step: [MeetingStep::Suspended, MeetingStep::Resumed, MeetingStep::Adjourned]
                [usize::from(b) % 3],
            note: String::new(),
        }),
        33 => Fact::PresenceNoted(PresenceNoted {
            arrived: vec![state(a)],
            left: vec![state(b)],
            counted: c.is_multiple_of(3).then_some(u32::from(c)),
        }),
        34 => Fact::SpeakerInscribed(asked(Speech::Statement)),
        35 => Fact::FloorGiven(asked(Speech::Reply)),
        36 => Fact::SpeakersListSet(SpeakersListSet { open: a.is_multiple_of(2) }),
        37 => Fact::MotionMade(MotionMade {
            motion: question(),
            question: words(),
            movers: vec![state(b)],
            supporters: Vec::new(),
            subject: Subject::Proposal(proposal(c)),
            under: ["close_debate", "adjourn_meeting", ""][usize::from(c) % 3].to_owned(),
        }),
        38 => Fact::RulingGiven(RulingGiven {
            decision: question(),
            ruling: words(),
            subject: None,
            granted: b.is_multiple_of(2),
        }),
        39 | 40 => Fact::QuestionPut(QuestionPut {
            decision: question(),
            question: words(),
            subject: Subject::Provision(provision(b)),
            effect: [QuestionEffect::Delete, QuestionEffect::Retain][usize::from(c) % 2],
            majority: Majority::TwoThirds,
            method: VotingMethod::Recorded,
            at_request_of: None,
            first: None,
        }),
        41..=43 => Fact::VoteCast(VoteCast {
            decision: question(),
            participant: state(b),
            ballot: [Ballot::Yes, Ballot::No, Ballot::Abstain][usize::from(c) % 3],
        }),
        44 => Fact::ConsensusSought(ConsensusSought {
            decision: question(),
            question: words(),
            subject: Subject::Proposal(proposal(b)),
        }),
        45 => Fact::ObjectionRaised(ObjectionRaised {
            participant: state(b),
            subject: Subject::Decision(question()),
            decision: Some(question()),
            ground: String::new(),
            remedy: String::new(),
        }),
        _ => Fact::ObjectionLifted(ObjectionLifted {
            objection: some(record, "objection_raised", b),
        }),
    }
}

fn state(pick: u8) -> ParticipantId {
    person(STATES[usize::from(pick) % STATES.len()])
}

fn proposal(pick: u8) -> ProposalId {
    ProposalId::new(PROPOSALS[usize::from(pick) % PROPOSALS.len()])
}

fn provision(pick: u8) -> ProvisionId {
    ProvisionId::new(PROVISIONS[usize::from(pick) % PROVISIONS.len()])
}

fn named(pick: u8) -> ProvisionNamed {
    ProvisionNamed { provision: provision(pick), reason: String::new() }
}

fn sponsorship(a: u8, b: u8) -> Sponsorship {
    Sponsorship { proposal: proposal(a), participant: state(b) }
}

fn change(target: u8, act: u8) -> Change {
    let text = ["Each party shall not act.", "The parties may act.", ""][usize::from(act) % 3];
    let act = match act % 7 {
        0 => Act::Suppress,
        1 => Act::NoChange,
        2 => Act::Add {
            place: Place::After(provision(target)),
            kind: ProvisionKind::Article,
            number: String::new(),
            heading: String::new(),
            text: text.to_owned(),
        },
        _ => Act::Replace { text: text.to_owned() },
    };
    Change { target: provision(target), act }
}

fn tabled(a: u8, b: u8, c: u8) -> Fact {
    Fact::ProposalTabled(ProposalTabled {
        proposal: proposal(a),
        document: DocumentId::new(if b.is_multiple_of(5) { "d2" } else { "d1" }),
        label: format!("CRP.{}", a % 4),
        changes: vec![change(b, c)],
        standing: Standing::Authentic,
        amends: None,
        option: None,
        note: String::new(),
    })
}

fn position(a: u8, b: u8, c: u8) -> Fact {
    let strengths = [Strength::Supports, Strength::CanAccept, Strength::Opposes];
    Fact::PositionTaken(PositionTaken {
        participant: if a.is_multiple_of(7) { person("GRP") } else { state(a) },
        option: OptionNamed {
            issue: IssueId::new("i1"),
            option: OptionId::new(if b.is_multiple_of(2) { "yes" } else { "no" }),
        },
        strength: strengths[usize::from(c) % 3],
        form: PositionForm::Statement,
        session: None,
        condition: String::new(),
        note: String::new(),
    })
}

fn bracket(a: u8, b: u8) -> Fact {
    Fact::BracketRequested(BracketRequested {
        provision: provision(a),
        words: b.is_multiple_of(2).then(|| "shall".to_owned()),
        participants: vec![state(b)],
    })
}

/// Some entry of a kind, or a random id where there is none.
fn some(record: &Record, kind: &str, pick: u8) -> EntryId {
    let found: Vec<EntryId> = record
        .entries()
        .filter(|entry| kind.is_empty() || entry.fact.kind() == kind)
        .map(|entry| entry.id)
        .collect();
    found.get(usize::from(pick) % found.len().max(1)).copied().unwrap_or_else(|| id(99_999))
}

fn lifted(record: &Record, pick: u8) -> Fact {
    Fact::BracketLifted(BracketLifted {
        request: some(record, "bracket_requested", pick),
        participants: Vec::new(),
    })
}

fn agreed(a: u8, b: u8) -> Fact {
    Fact::ProvisionAgreed(ProvisionAgreed {
        provision: provision(a),
        text: ["Each party shall act.", "The parties may act."][usize::from(b) % 2].to_owned(),
        proposals: Vec::new(),
    })
}

fn version(a: u8, b: u8, c: u8) -> Fact {
    Fact::VersionMade(VersionMade {
        provision: provision(a),
        language: Language::ALL[usize::from(b) % Language::ALL.len()],
        heading: String::new(),
        text: ["Chaque partie agit.", "Toute partie agit."][usize::from(c) % 2].to_owned(),
        document: c.is_multiple_of(3).then(|| DocumentId::new("d1")),
    })
}

fn reviewed(a: u8, b: u8, c: u8) -> Fact {
    let found = [Concordance::Concordant, Concordance::Discordant, Concordance::Referred];
    Fact::VersionReviewed(VersionReviewed {
        provision: provision(a),
        language: Language::ALL[usize::from(b) % Language::ALL.len()],
        found: found[usize::from(c) % 3],
        note: String::new(),
    })
}

fn lapsed(a: u8, b: u8) -> Fact {
    Fact::ProposalLapsed(ProposalLapsed {
        proposal: proposal(a),
        document: DocumentId::new(if b.is_multiple_of(2) { "d2" } else { "d1" }),
        outcome: ProposalOutcome::ReflectedInPart,
        basis: OutcomeBasis::Comparison,
        note: String::new(),
    })
}

fn mandate(a: u8, b: u8) -> Fact {
    Fact::MandateSet(MandateSet {
        participant: state(a),
        force: MandateForce::RedLine,
        subject: MandateSubject::Provision(provision(b)),
        text: "not below this".to_owned(),
    })
}

fn vote(a: u8, b: u8, c: u8) -> Fact {
    let ballots = STATES.iter().enumerate().map(|(index, state)| {
        let ballot = [Ballot::Yes, Ballot::No, Ballot::Abstain][(usize::from(c) + index) % 3];
        (person(state), ballot)
    });
    Fact::VoteTaken(VoteTaken {
        decision: DecisionId::new(["v1", "v2"][usize::from(a) % 2]),
        question: "Shall it be so?".to_owned(),
        subject: Subject::Proposal(proposal(b)),
        body: String::new(),
        session: None,
        movers: Vec::new(),
        majority: Majority::TwoThirds,
        rule: String::new(),
        tally: None,
        ballots: ballots.collect(),
        carried: c.is_multiple_of(2),
        note: String::new(),
    })
}

fn disputed(record: &Record, pick: u8) -> Fact {
    let entry = some(record, "position_taken", pick);
    let participant = match record.entry(entry).map(|entry| &entry.fact) {
        Some(Fact::PositionTaken(position)) => position.participant.clone(),
        _ => state(pick),
    };
    Fact::PositionDisputed(PositionDisputed { entry, participant, reason: "not so".to_owned() })
}

/// A correction that strikes an entry out, moves it, or states it again.
fn correction(record: &Record, a: u8, b: u8) -> Fact {
    let of = some(record, "", a);
    let day = jiff::civil::Date::constant(2030, 1, 1 + (b % 25).cast_signed());
    let fact = record.entry(of).map(|entry| Box::new(entry.fact.clone()));
    let (fact, at) = match b % 3 {
        0 => (None, None),
        1 => (None, Some(Moment::Day(day))),
        _ => (fact.filter(|fact| fact.kind() != "correction"), Some(Moment::Day(day))),
    };
    Fact::Correction(Correction { of, fact, at, reason: "checked again".to_owned() })
}
