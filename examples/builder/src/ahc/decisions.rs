//! Votes, decisions without a vote, and what came after adoption.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{bail, ensure};
use jiff::civil::Date;
use serde::Deserialize;
use travaux_record::{
    Ballot, Confidence, ConsensusReached, ConsentForm, ConsentRecorded, ConsentStage, DecisionId,
    DocumentId, Evidence, ExplanationForm, ExplanationGiven, Fact, Majority, MeetingContinued,
    MeetingStep, Moment, MotionMade, NotYetSigned, OpenedForSignature, ParticipantId,
    QuestionEffect, QuestionPut, SessionId, Signed, Subject, Tally, VoteTaken, VotingMethod,
};
use travaux_text::ProvisionId;

use super::evidence::{Sources, remarked};
use super::rows::{self, Dated, Provenance};
use crate::Mint;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vote {
    id: String,
    body: String,
    date: Date,
    session: Option<SessionId>,
    document: Option<DocumentId>,
    kind: Kind,
    /// What carrying it does, where it is recorded as put to the vote.
    effect: Option<QuestionEffect>,
    question: String,
    target: Option<ProvisionId>,
    #[serde(default)]
    moved_by: Vec<ParticipantId>,
    #[serde(default)]
    supported_by: Vec<ParticipantId>,
    rule: String,
    threshold: Threshold,
    tally: Option<TallyRow>,
    result: String,
    /// The file with every State's vote, where a list was found.
    ballots: Option<String>,
    prov: Provenance,
    source_id: String,
    #[serde(default)]
    note: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    RecordedVote,
    WithoutVote,
    Consensus,
    Unknown,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Threshold {
    SimpleMajority,
    TwoThirds,
    Consensus,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct TallyRow {
    yes: u32,
    no: u32,
    abstain: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cast {
    participant: ParticipantId,
    vote: BallotRow,
}

#[derive(Clone, Copy, Deserialize)]
enum BallotRow {
    Y,
    N,
    A,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    decision: String,
    participant: ParticipantId,
    date: Date,
    source_id: String,
    text: String,
    prov: Provenance,
    #[serde(rename = "position_ids")]
    _positions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FloorRow {
    id: String,
    date: Date,
    step: MeetingStep,
    note: String,
    prov: Provenance,
    source_id: String,
}

/// Records when a session was suspended and when it went on.
pub(super) fn floor(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    for row in rows::read::<FloorRow>(folder, "floor.json")? {
        let evidence = sources.known(&row.source_id, &row.prov)?;
        let fact = Fact::MeetingContinued(MeetingContinued { step: row.step, note: row.note });
        mint.enter(&format!("floor/{}", row.id), row.date.into(), evidence, fact);
    }
    Ok(())
}

/// Records the votes and decisions of these days, and what participants said of them.
pub(super) fn decide(
    folder: &Path,
    sources: &Sources,
    days: impl Fn(Date) -> bool,
    mint: &mut Mint,
) -> anyhow::Result<()> {
    let mut decided = BTreeSet::new();
    for row in rows::read::<Vote>(folder, "votes.json")? {
        decided.insert(row.id.clone());
        if days(row.date) {
            let evidence = sources.known(&row.source_id, &row.prov)?;
            let ballots = match &row.ballots {
                Some(name) => rows::read::<Cast>(folder, name)?,
                None => vec![],
            };
            decision(row, ballots, evidence, mint)?;
        }
    }
    for row in rows::read::<Explanation>(folder, "explanations.json")? {
        let is_of_a_decision = decided.contains(&row.decision);
        ensure!(is_of_a_decision, "explanations.json names no decision {}", row.decision);
        if !days(row.date) {
            continue;
        }
        let evidence = sources.known(&row.source_id, &row.prov)?;
        let given = ExplanationGiven {
            participant: row.participant.clone(),
            decision: DecisionId::new(&row.decision),
            form: ExplanationForm::OfPosition,
            text: row.text,
        };
        let key = format!("explanation/{}/{}", row.decision, row.participant);
        mint.enter(&key, row.date.into(), evidence, Fact::ExplanationGiven(given));
    }
    Ok(())
}

fn decision(
    row: Vote,
    ballots: Vec<Cast>,
    evidence: Vec<Evidence>,
    mint: &mut Mint,
) -> anyhow::Result<()> {
    let at = Moment::Day(row.date);
    let subject = match (&row.target, &row.document) {
        (Some(provision), None) => Subject::Provision(provision.clone()),
        (None, Some(document)) => Subject::Document(document.clone()),
        (None, None) => Subject::Matter(row.question.clone()),
        (Some(_), Some(_)) => bail!("decision {} is about a provision or a document", row.id),
    };
    let decision = DecisionId::new(&row.id);
    let body = if row.body == "Ad Hoc Committee" { String::new() } else { row.body.clone() };
    if !row.moved_by.is_empty() {
        let moved = MotionMade {
            motion: decision.clone(),
            question: match row.kind {
                // That it was moved is known, not whether it was put to a vote.
                Kind::Unknown => format!("{}. {}", row.question, row.note),
                _ => row.question.clone(),
            },
            movers: row.moved_by.clone(),
            supporters: row.supported_by.clone(),
            subject: subject.clone(),
            under: String::new(),
        };
        mint.enter(&format!("motion/{}", row.id), at, evidence.clone(), Fact::MotionMade(moved));
    }
    if let Some(put) = put(&row, &subject)? {
        mint.enter(&format!("put/{}", row.id), at, evidence.clone(), Fact::QuestionPut(put));
    }
    let fact = match row.kind {
        Kind::RecordedVote => Fact::VoteTaken(VoteTaken {
            decision,
            subject,
            body,
            session: row.session.clone(),
            movers: row.moved_by.clone(),
            majority: majority(&row)?,
            rule: row.rule.clone(),
            tally: row.tally.map(|tally| Tally {
                in_favour: tally.yes,
                against: tally.no,
                abstaining: tally.abstain,
            }),
            ballots: ballots
                .into_iter()
                .map(|cast| (cast.participant, ballot(cast.vote)))
                .collect(),
            carried: matches!(row.result.as_str(), "approved" | "adopted"),
            note: match row.result.as_str() {
                "approved" | "adopted" | "rejected" => row.note,
                result => format!("{result}. {}", row.note),
            },
            question: row.question,
        }),
        Kind::WithoutVote | Kind::Consensus => Fact::ConsensusReached(ConsensusReached {
            decision,
            question: row.question,
            subject,
            body,
            session: row.session,
            note: row.note,
        }),
        Kind::Unknown => return Ok(()),
    };
    mint.enter(&format!("decision/{}", row.id), at, evidence, fact);
    Ok(())
}

/// Returns how a question was put, where that is told.
fn put(row: &Vote, subject: &Subject) -> anyhow::Result<Option<QuestionPut>> {
    let Some(effect) = row.effect else { return Ok(None) };
    Ok(Some(QuestionPut {
        decision: DecisionId::new(&row.id),
        question: row.question.clone(),
        subject: subject.clone(),
        effect,
        majority: majority(row)?,
        method: VotingMethod::Recorded,
        at_request_of: None,
        first: None,
    }))
}

fn majority(row: &Vote) -> anyhow::Result<Majority> {
    Ok(match row.threshold {
        Threshold::SimpleMajority => Majority::Simple,
        Threshold::TwoThirds => Majority::TwoThirds,
        Threshold::Consensus => bail!("vote {} needs a majority, not consensus", row.id),
    })
}

fn ballot(row: BallotRow) -> Ballot {
    match row {
        BallotRow::Y => Ballot::Yes,
        BallotRow::N => Ballot::No,
        BallotRow::A => Ballot::Abstain,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Treaty {
    name: String,
    opened: Date,
    place: String,
    until: Date,
    instruments: u32,
    delay_days: u32,
    depositary: String,
    source_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    participant: ParticipantId,
    date: Date,
    #[serde(default)]
    place: String,
    source_id: String,
    prov: Provenance,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unsigned {
    participant: ParticipantId,
    as_of: Date,
    #[serde(rename = "status")]
    _status: String,
    prov: Provenance,
    source_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instrument {
    participant: ParticipantId,
    act: Act,
    approved: Option<Dated>,
    reported: Dated,
    status: String,
    source_id: String,
    prov: Provenance,
    confidence: Option<Confidence>,
    #[serde(default)]
    note: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Ratification,
    Conclusion,
}

/// Records the opening for signature, signatures, and steps towards consent to be bound.
pub(super) fn after_adoption(
    folder: &Path,
    sources: &Sources,
    mint: &mut Mint,
) -> anyhow::Result<()> {
    for row in rows::read::<Treaty>(folder, "treaty.json")? {
        let evidence = vec![sources.cite(&row.source_id, Confidence::High)?];
        let opened = OpenedForSignature {
            treaty: row.name,
            place: row.place,
            until: Some(row.until),
            instruments_needed: row.instruments,
            delay_days: row.delay_days,
            depositary: row.depositary,
        };
        mint.enter("opened", row.opened.into(), evidence, Fact::OpenedForSignature(opened));
    }
    for row in rows::read::<Signature>(folder, "signatures.json")? {
        let citation = remarked(sources.stated(&row.source_id, row.confidence)?, &row.prov);
        let key = format!("signed/{}", row.participant);
        let signed = Signed { participant: row.participant, place: row.place, note: String::new() };
        mint.enter(&key, row.date.into(), vec![citation], Fact::Signed(signed));
    }
    for row in rows::read::<Unsigned>(folder, "not_signed.json")? {
        let evidence = sources.known(&row.source_id, &row.prov)?;
        let key = format!("unsigned/{}", row.participant);
        let withheld = NotYetSigned { participant: row.participant };
        mint.enter(&key, row.as_of.into(), evidence, Fact::NotYetSigned(withheld));
    }
    for row in rows::read::<Instrument>(folder, "instruments.json")? {
        let key = format!("consent/{}", row.participant);
        let recorded = ConsentRecorded {
            participant: row.participant,
            form: match row.act {
                Act::Ratification => ConsentForm::Ratification,
                Act::Conclusion => ConsentForm::Approval,
            },
            // No deposit date was found for any instrument: none is recorded as deposited.
            stage: if row.status == "deposit reported" {
                ConsentStage::DepositReported
            } else {
                ConsentStage::ApprovedAtHome
            },
            note: format!("{}. {}", row.status, row.note).trim_end().to_owned(),
        };
        let mut evidence = sources.known(&row.source_id, &row.prov)?;
        for (citation, confidence) in evidence.iter_mut().zip(row.confidence) {
            citation.confidence = confidence;
        }
        let at = row.approved.unwrap_or(row.reported).0;
        mint.enter(&key, at, evidence, Fact::ConsentRecorded(recorded));
    }
    Ok(())
}
