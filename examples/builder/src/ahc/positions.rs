//! Issues and the positions taken on them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use jiff::civil::Date;
use serde::Deserialize;
use travaux_record::{
    Confidence, Fact, IssueFramed, IssueId, IssueOption, Moment, OptionId, OptionNamed,
    ParticipantId, PositionForm, PositionTaken, SessionId, StatementDelivered, Strength,
};
use travaux_text::ProvisionId;

use super::evidence::Sources;
use super::rows::{self, Dated};
use crate::Mint;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issue {
    id: IssueId,
    title: String,
    /// Where in the texts the question lies, in words.
    provision: String,
    ordered: bool,
    options: Vec<OptionRow>,
    description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionRow {
    id: OptionId,
    label: String,
}

/// What a proposal says of the issue it belongs to.
#[derive(Deserialize)]
struct Embodiment {
    target: ProvisionId,
    option: Option<OptionNamed>,
    date: Dated,
}

/// What a position says of the issue it is filed under.
#[derive(Deserialize)]
struct Filed {
    issue: IssueId,
    date: Dated,
    session: String,
}

/// Frames the issues. An issue is about the provisions on which its options are embodied; it was
/// framed afterwards, and is shown from the first day on which anything is filed under it.
pub(super) fn frame_issues(folder: &Path, mint: &mut Mint) -> anyhow::Result<()> {
    let mut provisions: BTreeMap<IssueId, BTreeSet<ProvisionId>> = BTreeMap::new();
    let mut first: BTreeMap<IssueId, Moment> = BTreeMap::new();
    let mut seen = |issue: &IssueId, at: Moment| {
        let first = first.entry(issue.clone()).or_insert(at);
        *first = at.min(*first);
    };
    for row in rows::read::<Embodiment>(folder, "proposals.json")? {
        if let Some(option) = row.option {
            seen(&option.issue, row.date.0);
            provisions.entry(option.issue).or_default().insert(row.target);
        }
    }
    let ends = session_ends(folder)?;
    for row in rows::read::<Filed>(folder, "positions.json")? {
        seen(&row.issue, bounded(row.date.0, ends.get(&row.session).copied()));
    }
    for row in rows::read::<Issue>(folder, "issues.json")? {
        let key = format!("issue/{}", row.id);
        let at = first.get(&row.id).copied();
        let at = at.with_context(|| format!("nothing is filed under issue {}", row.id))?;
        let framed = IssueFramed {
            provisions: provisions.remove(&row.id).unwrap_or_default().into_iter().collect(),
            issue: row.id,
            title: row.title,
            options: row
                .options
                .into_iter()
                .map(|option| IssueOption { option: option.id, label: option.label })
                .collect(),
            ordered: row.ordered,
            description: format!("{}. {}", row.provision, row.description).trim_end().to_owned(),
            in_hindsight: true,
        };
        mint.enter(&key, at, vec![], Fact::IssueFramed(framed));
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    id: String,
    delegation: ParticipantId,
    issue: IssueId,
    option: OptionId,
    strength: StrengthRow,
    date: Dated,
    session: String,
    source_id: String,
    confidence: Confidence,
    kind: Kind,
    #[serde(default)]
    note: String,
    #[serde(default)]
    condition: String,
}

#[derive(Clone, Copy, Deserialize)]
enum StrengthRow {
    #[serde(rename = "propose")]
    Propose,
    #[serde(rename = "support")]
    Support,
    #[serde(rename = "can live with")]
    CanLiveWith,
    #[serde(rename = "abstain")]
    Abstain,
    #[serde(rename = "oppose")]
    Oppose,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Statement,
    JointStatement,
    GroupStatement,
    Act,
    RecordedVote,
    /// What somebody else says of them.
    Report,
}

#[derive(Deserialize)]
struct Sitting {
    id: String,
    until: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FloorList {
    id: String,
    session: String,
    date: Dated,
    text: String,
    source_id: String,
    speakers: Vec<ParticipantId>,
}

/// Returns the last day of each session.
pub(super) fn session_ends(folder: &Path) -> anyhow::Result<BTreeMap<String, Date>> {
    let sittings = rows::read::<Sitting>(folder, "sessions.json")?;
    Ok(sittings.into_iter().map(|sitting| (sitting.id, sitting.until)).collect())
}

/// Where and when a position was taken, for what rests on it.
pub(super) struct OnRecord {
    pub(super) option: OptionNamed,
    pub(super) source: String,
    pub(super) at: Moment,
    pub(super) confidence: Confidence,
}

/// Returns the positions by their row ids.
pub(super) fn on_record(folder: &Path) -> anyhow::Result<BTreeMap<String, OnRecord>> {
    let ends = session_ends(folder)?;
    let rows = rows::read::<Position>(folder, "positions.json")?;
    let on_record = |row: Position| {
        let at = bounded(row.date.0, ends.get(&row.session).copied());
        let option = OptionNamed { issue: row.issue, option: row.option };
        let (source, confidence) = (row.source_id, row.confidence);
        (row.id, OnRecord { option, source, at, confidence })
    };
    Ok(rows.into_iter().map(on_record).collect())
}

/// Records the positions and who took the floor.
pub(super) fn take(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let ends = session_ends(folder)?;
    for row in rows::read::<Position>(folder, "positions.json")? {
        let evidence = sources
            .stated(&row.source_id, row.confidence)
            .with_context(|| format!("position {} of positions.json", row.id))?;
        let end = ends.get(&row.session);
        let taken = PositionTaken {
            participant: row.delegation,
            option: OptionNamed { issue: row.issue, option: row.option },
            strength: strength(row.strength),
            form: form(row.kind),
            session: end.is_some().then(|| SessionId::new(&row.session)),
            condition: row.condition,
            note: row.note,
        };
        let at = bounded(row.date.0, end.copied());
        mint.enter(&format!("position/{}", row.id), at, vec![evidence], Fact::PositionTaken(taken));
    }
    for row in rows::read::<FloorList>(folder, "speakers.json")? {
        for participant in row.speakers {
            let key = format!("speaker/{}/{participant}", row.id);
            let delivered = StatementDelivered {
                participant,
                on_behalf_of: vec![],
                aligned: vec![],
                session: Some(SessionId::new(&row.session)),
                provisions: vec![],
                text: row.text.clone(),
            };
            let evidence = vec![sources.cite(&row.source_id, Confidence::Medium)?];
            mint.enter(&key, row.date.0, evidence, Fact::StatementDelivered(delivered));
        }
    }
    Ok(())
}

/// A position taken at a session, dated to the month in which that session ended, was taken at the
/// latest on its last day.
fn bounded(date: Moment, session_end: Option<Date>) -> Moment {
    match (date, session_end) {
        (Moment::Month(first), Some(end)) if (first..=first.last_of_month()).contains(&end) => {
            Moment::Day(end)
        }
        _ => date,
    }
}

fn strength(row: StrengthRow) -> Strength {
    match row {
        StrengthRow::Propose => Strength::Sponsors,
        StrengthRow::Support => Strength::Supports,
        StrengthRow::CanLiveWith => Strength::CanAccept,
        StrengthRow::Abstain => Strength::Abstained,
        StrengthRow::Oppose => Strength::Opposes,
    }
}

fn form(kind: Kind) -> PositionForm {
    match kind {
        Kind::Statement | Kind::GroupStatement => PositionForm::Statement,
        Kind::JointStatement => PositionForm::JointStatement,
        Kind::Act => PositionForm::Act,
        Kind::RecordedVote => PositionForm::Vote,
        Kind::Report => PositionForm::Report,
    }
}
