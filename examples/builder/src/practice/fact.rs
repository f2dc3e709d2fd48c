//! Acts of the log that need nothing but themselves: from an [`Item`] to the facts it states.
//!
//! Acts on the text depend on the draft and on other proposals; they are in [`super::act`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use travaux_record::{
    Ballot, ConsensusReached, ConsensusSought, ConsentRecorded, DecisionId, DocumentId,
    EffortsExhausted, ExhaustionStep, ExplanationGiven, Fact, IssueFramed, IssueId, IssueOption,
    Majority, MandateSet, MandateSubject, MembershipRecorded, MilestoneId, MilestoneSet, Moment,
    MotionMade, NotYetSigned, ObjectionRaised, OfficerElected, OpenedForSignature, OptionId,
    OptionNamed, ParticipantAdmitted, ParticipantClass, ParticipantId, PositionTaken,
    ProcessOpened, ProposalId, SessionConvened, SessionForm, SessionId, Signed, SourceDescribed,
    SourceId, StatementDelivered, Subject, SubmissionReceived, Tally, VersionMade, VersionReviewed,
    VoteTaken,
};
use travaux_text::ProvisionId;

use super::log::{Detail, Item, SourceError};

type Stated<T> = Result<T, SourceError>;

/// Returns the facts an act states by itself, or nothing where its verb is not among these.
pub(super) fn facts(item: &Item) -> Stated<Option<Vec<Fact>>> {
    let one = |fact: Fact| Ok(Some(vec![fact]));
    match item.verb.as_str() {
        "process" => one(Fact::ProcessOpened(process(item)?)),
        "source" => one(Fact::SourceDescribed(source(item)?)),
        "admit" => one(Fact::ParticipantAdmitted(admission(item)?)),
        "members" => one(Fact::MembershipRecorded(membership(item)?)),
        "elect" => one(Fact::OfficerElected(officer(item)?)),
        "session" => one(Fact::SessionConvened(session(item)?)),
        "milestone" => one(Fact::MilestoneSet(milestone(item)?)),
        "submission" => one(Fact::SubmissionReceived(submission(item)?)),
        "version" => one(Fact::VersionMade(version(item)?)),
        "review" => one(Fact::VersionReviewed(review(item)?)),
        "frame" => one(Fact::IssueFramed(issue(item)?)),
        "position" => one(Fact::PositionTaken(position(item)?)),
        "statement" | "memo" => one(Fact::StatementDelivered(statement(item)?)),
        "mandate" => one(Fact::MandateSet(mandate(item)?)),
        "motion" => one(Fact::MotionMade(motion(item)?)),
        "seek" => one(Fact::ConsensusSought(consensus_sought(item)?)),
        "object" => one(Fact::ObjectionRaised(objection(item)?)),
        "exhausted" => one(Fact::EffortsExhausted(exhaustion(item)?)),
        "vote" => one(Fact::VoteTaken(vote(item)?)),
        "consensus" => one(Fact::ConsensusReached(consensus(item)?)),
        "explain" => one(Fact::ExplanationGiven(explanation(item)?)),
        "opened" => one(Fact::OpenedForSignature(opened(item)?)),
        "sign" => Ok(Some(signatures(item))),
        "floor" => floor(item).map(Some),
        "unsigned" => {
            let participant = participant(item.name(0)?);
            one(Fact::NotYetSigned(NotYetSigned { participant }))
        }
        "consent" => one(Fact::ConsentRecorded(ConsentRecorded {
            participant: participant(item.name(0)?),
            form: word(item, &item.name(1)?)?,
            stage: word(item, &item.name(2)?)?,
            note: item.text("note"),
        })),
        _ => Ok(None),
    }
}

/// Reads acts of a meeting, each a line in the written form of the record.
fn floor(item: &Item) -> Stated<Vec<Fact>> {
    let read = |detail: &Detail| {
        let error = |why: serde_json::Error| item.error_at(detail.line, format!("no fact: {why}"));
        serde_json::from_str(&detail.text).map_err(error)
    };
    item.details.iter().map(read).collect()
}

/// Reads a word of the record's own vocabulary, for instance a strength or a majority.
pub(super) fn word<T: DeserializeOwned>(item: &Item, written: &str) -> Stated<T> {
    serde_json::from_value(serde_json::Value::from(written))
        .map_err(|error| item.error(format!("{written:?}: {error}")))
}

/// Reads a date.
pub(super) fn moment(item: &Item, written: &str) -> Stated<Moment> {
    written.parse().map_err(|error| item.error(format!("{error}")))
}

fn day(item: &Item, written: &str) -> Stated<Date> {
    written
        .parse()
        .map_err(|error| item.error(format!("{written:?} is no day, YYYY-MM-DD: {error}")))
}

fn participant(id: impl Into<String>) -> ParticipantId {
    ParticipantId::new(id)
}

/// Returns the participants that a clause names.
pub(super) fn participants(item: &Item, clause: &str) -> Vec<ParticipantId> {
    item.clause(clause).into_iter().map(ParticipantId::new).collect()
}

fn provisions(names: Vec<String>) -> Vec<ProvisionId> {
    names.into_iter().map(ProvisionId::new).collect()
}

fn at_session(item: &Item) -> Option<SessionId> {
    item.clause_word("at")
        .or_else(|| item.particular("session").map(str::to_owned))
        .map(SessionId::new)
}

fn process(item: &Item) -> Stated<ProcessOpened> {
    Ok(ProcessOpened {
        name: item.needs_quoted(0)?,
        short_name: item.needs("short")?.to_owned(),
        body: item.needs("body")?.to_owned(),
        mandate: item.list("mandate"),
        rules: item.needs("rules")?.to_owned(),
        procedure: "practice".to_owned(),
        caution: item.particular("caution").map(str::to_owned),
        fictional: true,
        opening_view: item.particular("opening").map(|written| day(item, written)).transpose()?,
    })
}

fn source(item: &Item) -> Stated<SourceDescribed> {
    Ok(SourceDescribed {
        source: SourceId::new(item.name(0)?),
        title: item.needs_quoted(0)?,
        publisher: item.clause_quoted("by").unwrap_or_default(),
        published: item.particular("published").map(|date| moment(item, date)).transpose()?,
        locator: item.particular("symbol").map(str::to_owned),
        machine_made: item.particular("machine").is_some(),
        note: item.text("note"),
    })
}

fn admission(item: &Item) -> Stated<ParticipantAdmitted> {
    let class = match item.name(1)?.as_str() {
        "stakeholder" => ParticipantClass::Stakeholder(word(item, &item.name(2)?)?),
        class => word(item, class)?,
    };
    let name = item.needs_quoted(0)?;
    if !class.is_group() {
        item.needs("interests")?;
    }
    Ok(ParticipantAdmitted { participant: participant(item.name(0)?), name, class })
}

fn membership(item: &Item) -> Stated<MembershipRecorded> {
    let mut members = item.names().into_iter().map(ParticipantId::new);
    Ok(MembershipRecorded {
        group: members.next().ok_or_else(|| item.error("members of which group?"))?,
        members: members.collect(),
        until: item.clause_word("until").map(|written| day(item, &written)).transpose()?,
        note: item.text("note"),
    })
}

fn officer(item: &Item) -> Stated<OfficerElected> {
    Ok(OfficerElected {
        office: item.needs_quoted(0)?,
        person: item.quoted(1),
        participant: item.names().into_iter().next().map(ParticipantId::new),
    })
}

fn session(item: &Item) -> Stated<SessionConvened> {
    let bound = |clause: &str| match item.clause_word(clause) {
        Some(written) => day(item, &written),
        None => Err(item.error(format!("a session needs its dates: {clause} YYYY-MM-DD"))),
    };
    Ok(SessionConvened {
        session: SessionId::new(item.name(0)?),
        name: item.needs_quoted(0)?,
        form: word::<SessionForm>(item, &item.name(1)?)?,
        from: bound("from")?,
        until: bound("until")?,
        place: item.clause_quoted("at").unwrap_or_default(),
        programme: provisions(item.list("programme")),
        outcome: item.text("outcome"),
    })
}

fn milestone(item: &Item) -> Stated<MilestoneSet> {
    let due = item.clause_word("due").ok_or_else(|| item.error("a milestone is due on a date"))?;
    let planned = item.clause_word("planned");
    Ok(MilestoneSet {
        milestone: MilestoneId::new(item.name(0)?),
        title: item.needs_quoted(0)?,
        due: moment(item, &due)?,
        planned: planned.map(|written| moment(item, &written)).transpose()?,
        reached: ["due", "planned"]
            .iter()
            .any(|clause| item.clause(clause).contains(&"reached".to_owned())),
    })
}

fn submission(item: &Item) -> Stated<SubmissionReceived> {
    Ok(SubmissionReceived {
        participant: participant(item.name(0)?),
        title: item.needs_quoted(0)?,
        provisions: provisions(item.clause("on")),
        text: item.needs("text")?.to_owned(),
        words: item.particular("words").into_iter().map(str::to_owned).collect(),
    })
}

/// Reads `version fr scope.2 after zero`, with the words as a particular.
fn version(item: &Item) -> Stated<VersionMade> {
    Ok(VersionMade {
        language: word(item, &item.name(0)?)?,
        provision: ProvisionId::new(item.name(1)?),
        heading: String::new(),
        text: item.needs("text")?.to_owned(),
        document: item.clause_word("after").map(DocumentId::new),
    })
}

fn review(item: &Item) -> Stated<VersionReviewed> {
    Ok(VersionReviewed {
        language: word(item, &item.name(0)?)?,
        provision: ProvisionId::new(item.name(1)?),
        found: word(item, &item.name(2)?)?,
        note: item.text("note"),
    })
}

fn issue(item: &Item) -> Stated<IssueFramed> {
    let option = |text: &str| {
        let (option, label) = text.strip_prefix("* ")?.split_once(": ")?;
        Some(IssueOption { option: OptionId::new(option), label: label.to_owned() })
    };
    let mut options = Vec::new();
    for detail in &item.details {
        let read = option(&detail.text);
        options.push(read.ok_or_else(|| {
            item.error_at(detail.line, "an option reads \"* key: what it says\"")
        })?);
    }
    Ok(IssueFramed {
        issue: IssueId::new(item.name(0)?),
        title: item.needs_quoted(0)?,
        options,
        ordered: item.names().iter().any(|word| word == "ordered"),
        provisions: provisions(item.list("provisions")),
        description: item.text("about"),
        in_hindsight: item.particular("hindsight").is_some(),
    })
}

/// Reads `issue/option`.
pub(super) fn option(item: &Item, written: &str) -> Stated<OptionNamed> {
    let (issue, option) = written
        .split_once('/')
        .ok_or_else(|| item.error(format!("{written:?} names no option: issue/option")))?;
    Ok(OptionNamed { issue: IssueId::new(issue), option: OptionId::new(option) })
}

fn position(item: &Item) -> Stated<PositionTaken> {
    Ok(PositionTaken {
        participant: participant(item.name(0)?),
        strength: word(item, &item.name(1)?)?,
        option: option(item, &item.name(2)?)?,
        form: word(item, &item.name(3)?)?,
        session: at_session(item),
        condition: item.text("condition"),
        note: item
            .quoted(0)
            .or_else(|| item.clause_quoted("at"))
            .unwrap_or_else(|| item.text("note")),
    })
}

fn statement(item: &Item) -> Stated<StatementDelivered> {
    let is_memo = item.verb == "memo";
    Ok(StatementDelivered {
        participant: participant(if is_memo {
            super::SECRETARIAT.to_owned()
        } else {
            item.name(0)?
        }),
        on_behalf_of: participants(item, "for"),
        aligned: participants(item, "aligned"),
        session: at_session(item),
        provisions: provisions(item.clause("on")),
        text: if is_memo { item.needs_quoted(0)? } else { item.needs("text")?.to_owned() },
    })
}

fn mandate(item: &Item) -> Stated<MandateSet> {
    let key = item.name(3)?;
    let subject = match item.name(2)?.as_str() {
        "issue" => MandateSubject::Issue(IssueId::new(key)),
        "proposal" => MandateSubject::Proposal(ProposalId::new(key)),
        "provision" => MandateSubject::Provision(ProvisionId::new(key)),
        other => return Err(item.error(format!("a mandate is on no {other:?}"))),
    };
    Ok(MandateSet {
        participant: participant(item.name(0)?),
        force: word(item, &item.name(1)?)?,
        subject,
        text: item.needs_quoted(0)?,
    })
}

fn subject(item: &Item, clause: &str) -> Stated<Subject> {
    if let Some(matter) = item.clause_quoted(clause) {
        return Ok(Subject::Matter(matter));
    }
    match item.clause(clause).as_slice() {
        [kind, key] if kind == "provision" => Ok(Subject::Provision(ProvisionId::new(key.as_str()))),
        [kind, key] if kind == "proposal" => Ok(Subject::Proposal(ProposalId::new(key.as_str()))),
        [kind, key] if kind == "document" => Ok(Subject::Document(DocumentId::new(key.as_str()))),
        _ => Err(item.error(format!(
            "{clause:?} is followed by provision, proposal or document and its key, or matter and words"
        ))),
    }
}

fn decision(item: &Item, ordinal: usize) -> Stated<DecisionId> {
    item.name(ordinal).map(DecisionId::new)
}

fn motion(item: &Item) -> Stated<MotionMade> {
    Ok(MotionMade {
        motion: decision(item, 0)?,
        question: item.needs_quoted(0)?,
        movers: participants(item, "by"),
        supporters: participants(item, "supported"),
        subject: subject(item, "on")?,
        under: String::new(),
    })
}

fn consensus_sought(item: &Item) -> Stated<ConsensusSought> {
    let (decision, question) = (decision(item, 0)?, item.needs_quoted(0)?);
    Ok(ConsensusSought { decision, question, subject: subject(item, "on")? })
}

fn objection(item: &Item) -> Stated<ObjectionRaised> {
    Ok(ObjectionRaised {
        participant: participant(item.name(0)?),
        subject: subject(item, "to")?,
        decision: item.clause_word("in").map(DecisionId::new),
        ground: item.clause_quoted("because").unwrap_or_default(),
        remedy: item.clause_quoted("remedy").unwrap_or_default(),
    })
}

fn exhaustion(item: &Item) -> Stated<EffortsExhausted> {
    let step = match item.name(1)?.as_str() {
        "bureau" => ExhaustionStep::BureauDecided,
        "chair" => ExhaustionStep::ChairInformed,
        other => return Err(item.error(format!("{other:?} does not exhaust efforts"))),
    };
    Ok(EffortsExhausted { decision: decision(item, 0)?, step })
}

fn vote(item: &Item) -> Stated<VoteTaken> {
    let mut ballots = BTreeMap::new();
    let mut count = |key: &str, ballot: Ballot| -> Stated<u32> {
        let voters = item.list(key);
        for voter in &voters {
            if ballots.insert(participant(voter), ballot).is_some() {
                return Err(item.error(format!("{voter} votes twice")));
            }
        }
        u32::try_from(voters.len()).map_err(|error| item.error(error.to_string()))
    };
    let tally = Tally {
        in_favour: count("yes", Ballot::Yes)?,
        against: count("no", Ballot::No)?,
        abstaining: count("abstain", Ballot::Abstain)?,
    };
    let majority: Majority = word(item, item.needs("needing")?)?;
    let carried = match item.needs("result")? {
        "carried" => true,
        "lost" => false,
        other => return Err(item.error(format!("{other:?} is no result: carried or lost"))),
    };
    if carries(majority, tally) != carried {
        return Err(item.error(format!("the result announced is not that of {tally:?}")));
    }
    Ok(VoteTaken {
        decision: decision(item, 0)?,
        question: item.needs_quoted(0)?,
        subject: subject(item, "on")?,
        body: item.text("body"),
        session: at_session(item),
        movers: item.list("movers").into_iter().map(ParticipantId::new).collect(),
        majority,
        rule: item.text("rule"),
        tally: Some(tally),
        ballots,
        carried,
        note: item.text("note"),
    })
}

/// Reports whether a tally carries (rules of procedure, rules 31 and 34): of those present and
/// voting, which leaves out those who abstain.
fn carries(majority: Majority, tally: Tally) -> bool {
    let voting = tally.in_favour + tally.against;
    match majority {
        Majority::Simple => tally.against < tally.in_favour,
        Majority::TwoThirds => 0 < voting && 2 * voting <= 3 * tally.in_favour,
    }
}

fn consensus(item: &Item) -> Stated<ConsensusReached> {
    Ok(ConsensusReached {
        decision: decision(item, 0)?,
        question: item.needs_quoted(0)?,
        subject: subject(item, "on")?,
        body: item.text("body"),
        session: at_session(item),
        note: item.text("note"),
    })
}

fn explanation(item: &Item) -> Stated<ExplanationGiven> {
    Ok(ExplanationGiven {
        participant: participant(item.name(0)?),
        form: word(item, &item.name(1)?)?,
        decision: decision(item, 2)?,
        text: item.needs_quoted(0)?,
    })
}

fn opened(item: &Item) -> Stated<OpenedForSignature> {
    let number = |key: &str| -> Stated<u32> {
        let written = item.needs(key)?;
        written.parse().map_err(|error| item.error(format!("{written:?} is no number: {error}")))
    };
    Ok(OpenedForSignature {
        treaty: item.needs_quoted(0)?,
        place: item.clause_quoted("at").unwrap_or_default(),
        until: item.particular("until").map(|written| day(item, written)).transpose()?,
        instruments_needed: number("instruments")?,
        delay_days: number("delay")?,
        depositary: item.needs("depositary")?.to_owned(),
    })
}

fn signatures(item: &Item) -> Vec<Fact> {
    let place = item.clause_quoted("at").unwrap_or_default();
    let sign = |id: String| {
        Fact::Signed(Signed {
            participant: participant(id),
            place: place.clone(),
            note: item.text("note"),
        })
    };
    item.names().into_iter().map(sign).collect()
}
