//! Where a participant stands alone: on an option, in the whole room or within a group.
//!
//! Only those who are on record count; the silent are neither with it nor against it. Standing
//! alone needs company elsewhere: somebody else must be on record for another option of the issue.

use jiff::civil::Date;
use travaux_record::{EntryId, IssueId, OptionId, ParticipantClass, ParticipantId};

use super::inheritance::Bonds;
use super::{Leaning, Positions, Stance};
use crate::process::Process;

/// The circle within which a participant is alone.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Within {
    /// All participants.
    TheRoom,
    /// The members of this group.
    Group(ParticipantId),
}

/// A participant alone on an option.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alone {
    /// The issue.
    pub issue: IssueId,
    /// The option only it is on record for.
    pub option: OptionId,
    /// The circle.
    pub within: Within,
    /// How many others of the circle are on record for other options of the issue.
    pub others: usize,
    /// The entries its own position rests on.
    pub entries: Vec<EntryId>,
}

impl Positions {
    /// Returns where a participant is alone on a day, in the order of the issues.
    ///
    /// Groups are counted through the members they speak for; a group that speaks for itself only
    /// is no company. Within a group is said only where the room as a whole has company for it.
    pub fn alone(&self, participant: &ParticipantId, process: &Process, on: Date) -> Vec<Alone> {
        let circles = circles(participant, process, on);
        let bonds = Bonds::new(process, on);
        let mut found = Vec::new();
        for issue in &self.framed {
            let stances = self.stances_by(issue, &bonds);
            let favourable: Vec<&Stance<'_>> = stances
                .iter()
                .filter(|stance| stance.leaning() == Leaning::For)
                .filter(|stance| counts(process, &stance.participant))
                .collect();
            let own = favourable.iter().filter(|stance| stance.participant == *participant);
            for stance in own {
                let alone = circles.iter().find_map(|(within, members)| {
                    alone_within(stance, issue, within, members.as_deref(), &favourable)
                });
                found.extend(alone);
            }
        }
        found
    }
}

/// Returns the circles a participant stands in, the widest first.
fn circles(
    participant: &ParticipantId,
    process: &Process,
    on: Date,
) -> Vec<(Within, Option<Vec<ParticipantId>>)> {
    let groups = process.memberships(participant, on);
    let spoken_for = groups.into_iter().filter(|membership| {
        // A label of an analyst is nobody's circle.
        process.class(&membership.group) != Some(ParticipantClass::AnalystLabel)
    });
    let of_groups = spoken_for.map(|membership| {
        let members = process.members(&membership.group, on);
        (Within::Group(membership.group.clone()), Some(members))
    });
    std::iter::once((Within::TheRoom, None)).chain(of_groups).collect()
}

fn counts(process: &Process, participant: &ParticipantId) -> bool {
    process.class(participant).is_none_or(|class| !class.is_group())
}

fn alone_within(
    stance: &Stance<'_>,
    issue: &IssueId,
    within: &Within,
    members: Option<&[ParticipantId]>,
    favourable: &[&Stance<'_>],
) -> Option<Alone> {
    let others = || {
        favourable.iter().filter(|other| {
            other.participant != stance.participant
                && members.is_none_or(|members| members.contains(&other.participant))
        })
    };
    if others().any(|other| other.option == stance.option) {
        return None;
    }
    let mut elsewhere: Vec<&ParticipantId> = others().map(|other| &other.participant).collect();
    elsewhere.sort();
    elsewhere.dedup();
    (!elsewhere.is_empty()).then(|| Alone {
        issue: issue.clone(),
        option: stance.option.clone(),
        within: within.clone(),
        others: elsewhere.len(),
        entries: stance.entries.clone(),
    })
}
