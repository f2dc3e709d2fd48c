//! Who takes part, and when the Committee met: delegations, groups, officers, sessions, milestones.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use travaux_record::{
    Confidence, Fact, MembershipRecorded, MilestoneId, MilestoneSet, Moment, OfficerElected,
    ParticipantAdmitted, ParticipantClass, ParticipantId, SessionConvened, SessionForm, SessionId,
};
use travaux_text::ProvisionId;

use super::FIRST_DAY;
use super::evidence::Sources;
use super::rows::{self, Dated, Provenance};
use crate::Mint;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delegation {
    id: String,
    name: String,
    #[serde(default)]
    observer: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    id: String,
    name: String,
    class: ParticipantClass,
    kind: String,
    from: Dated,
    list_as_of: String,
    members: Vec<String>,
    confidence: Confidence,
    source_id: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    former: Vec<Former>,
}

/// Members that left.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Former {
    members: Vec<ParticipantId>,
    until: Date,
}

/// Admits delegations and groups, records memberships and officers.
pub(super) fn admit(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let admit = |mint: &mut Mint, id: &str, name: String, class| {
        let participant = ParticipantId::new(id);
        let fact = Fact::ParticipantAdmitted(ParticipantAdmitted { participant, name, class });
        mint.enter(&format!("participant/{id}"), FIRST_DAY.into(), vec![], fact);
    };
    for row in rows::read::<Delegation>(folder, "delegations.json")? {
        let class = if row.observer { ParticipantClass::Observer } else { ParticipantClass::State };
        admit(mint, &row.id, row.name, class);
    }
    let groups = rows::read::<Group>(folder, "groups.json")?;
    for group in &groups {
        admit(mint, &group.id, group.name.clone(), group.class);
    }
    for group in groups.into_iter().filter(|group| !group.members.is_empty()) {
        members(group, sources, mint)?;
    }
    officers(folder, sources, mint)
}

fn members(group: Group, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let source = group.source_id.as_deref().unwrap_or("recall");
    let mut evidence = sources.cite(source, group.confidence)?;
    evidence.place = Some(format!("list as of {}", group.list_as_of));
    let id = ParticipantId::new(&group.id);
    for former in group.former {
        let recorded = MembershipRecorded {
            group: id.clone(),
            members: former.members,
            until: Some(former.until),
            note: "recalled, to be checked".to_owned(),
        };
        let key = format!("membership/{id}/until-{}", former.until);
        let evidence = vec![sources.cite("recall", Confidence::Low)?];
        mint.enter(&key, group.from.0, evidence, Fact::MembershipRecorded(recorded));
    }
    let recorded = MembershipRecorded {
        members: group.members.into_iter().map(ParticipantId::new).collect(),
        until: None,
        note: format!("{}. {}", group.kind, group.note).trim_end().to_owned(),
        group: id,
    };
    let key = format!("membership/{}", group.id);
    mint.enter(&key, group.from.0, vec![evidence], Fact::MembershipRecorded(recorded));
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Officer {
    role: String,
    name: String,
    state: String,
    elected: Dated,
    prov: Provenance,
    source_id: String,
    note: Option<String>,
}

fn officers(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    for row in rows::read::<Officer>(folder, "officers.json")? {
        let elected = OfficerElected {
            office: row.role.clone(),
            person: Some(row.name.clone()),
            participant: Some(ParticipantId::new(&row.state)),
        };
        let key = format!("officer/{}/{}", row.role, row.state);
        let mut evidence = sources.known(&row.source_id, &row.prov)?;
        for citation in &mut evidence {
            citation.place.clone_from(&row.note);
        }
        mint.enter(&key, row.elected.0, evidence, Fact::OfficerElected(elected));
    }
    Ok(())
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    id: String,
    name: String,
    form: SessionForm,
    from: Date,
    until: Date,
    place: String,
    programme: Vec<ProvisionId>,
    outcome: String,
    prov: Provenance,
    source_id: String,
    set: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Milestone {
    id: String,
    date: Dated,
    planned: Option<Dated>,
    #[serde(rename = "kind")]
    _kind: String,
    text: String,
    prov: Provenance,
    source_id: String,
    set: Option<Dated>,
    as_planned: Option<String>,
    #[serde(default)]
    moved: Vec<Moved>,
    met: Option<Dated>,
    #[serde(default)]
    to_come: bool,
}

/// A change of plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    on: Dated,
    to: Dated,
}

/// Records sessions, first as set and again at their end with what came of them.
pub(super) fn convene(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    for row in rows::read::<Session>(folder, "sessions.json")? {
        let evidence = sources.known(&row.source_id, &row.prov)?;
        let convened = |outcome: String| {
            Fact::SessionConvened(SessionConvened {
                session: SessionId::new(&row.id),
                name: row.name.clone(),
                form: row.form,
                from: row.from,
                until: row.until,
                place: row.place.clone(),
                programme: row.programme.clone(),
                outcome,
            })
        };
        let set = match row.set {
            Some(_) => vec![sources.cite("recall", Confidence::Low)?],
            None => evidence.clone(),
        };
        let set_on = Moment::Day(row.set.unwrap_or(row.from));
        mint.enter(&format!("session/{}", row.id), set_on, set, convened(String::new()));
        if !row.outcome.is_empty() {
            let key = format!("session/{}/outcome", row.id);
            mint.enter(&key, row.until.into(), evidence, convened(row.outcome.clone()));
        }
    }
    Ok(())
}

/// Records milestones: as planned from the day they were set, as moved, and as reached.
pub(super) fn milestones(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    for row in rows::read::<Milestone>(folder, "milestones.json")? {
        let evidence = sources.known(&row.source_id, &row.prov)?;
        let mut enter = |step: &str, at: Moment, due: Moment, planned: Option<Dated>| {
            let reached = step.is_empty();
            let title = if reached { None } else { row.as_planned.as_ref() };
            let set = MilestoneSet {
                milestone: MilestoneId::new(&row.id),
                title: title.unwrap_or(&row.text).clone(),
                due,
                planned: planned.map(|planned| planned.0),
                reached,
            };
            let key = format!("milestone/{}{step}", row.id);
            mint.enter(&key, at, evidence.clone(), Fact::MilestoneSet(set));
        };
        if let Some(set) = row.set {
            enter("/set", set.0, row.planned.unwrap_or(row.date).0, None);
        }
        for (index, moved) in row.moved.iter().enumerate() {
            enter(&format!("/moved/{}", index + 1), moved.on.0, moved.to.0, row.planned);
        }
        match row.met {
            Some(met) => enter("", met.0, met.0, Some(row.date)),
            None if row.to_come => {}
            None => enter("", row.date.0, row.date.0, row.planned),
        }
    }
    Ok(())
}
