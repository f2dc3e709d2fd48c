//! The room as a whole: who departs from its group, whose groups contradict each other, who moved, who
//! stands between, and what divides.
//!
//! Only what is on record counts. Why somebody stands where it does is not known here, nor what the silent think.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use travaux_record::{
    EntryId, IssueId, Moment, OptionId, ParticipantClass, ParticipantId, SessionId, Strength,
};

use super::inheritance::{Bonds, Route};
use super::{Leaning, Positions, Stance};
use crate::process::Process;

/// A member that speaks otherwise than the negotiating group that would speak for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deviation {
    /// The member.
    pub participant: ParticipantId,
    /// The group.
    pub group: ParticipantId,
    /// The issue.
    pub issue: IssueId,
    /// What the member is on record for, or against.
    pub own: Vec<(OptionId, Leaning)>,
    /// What the group is.
    pub of_group: Vec<(OptionId, Leaning)>,
    /// The entries both rest on.
    pub entries: Vec<EntryId>,
}

/// Two groups that both speak for a silent member, and contradict each other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GroupConflict {
    /// The member.
    pub participant: ParticipantId,
    /// The issue.
    pub issue: IssueId,
    /// The option.
    pub option: OptionId,
    /// What each of its groups says of it.
    pub groups: Vec<(ParticipantId, Leaning)>,
    /// The entries this rests on.
    pub entries: Vec<EntryId>,
}

/// A change of attitude to one option.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Movement {
    /// Who moved.
    pub participant: ParticipantId,
    /// On what issue.
    pub issue: IssueId,
    /// On which option.
    pub option: OptionId,
    /// The attitude before.
    pub from: Strength,
    /// The attitude after.
    pub to: Strength,
    /// When the later position was taken.
    pub at: Moment,
    /// At which session, where that is recorded.
    pub session: Option<SessionId>,
    /// The entries both rest on.
    pub entries: Vec<EntryId>,
}

/// A participant on record for more than one option of an issue.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Between {
    /// Who.
    pub participant: ParticipantId,
    /// On what issue.
    pub issue: IssueId,
    /// The options it is for, or could accept.
    pub options: Vec<OptionId>,
    /// How many others are for each of them and for no other.
    pub joins: Vec<usize>,
    /// The entries this rests on.
    pub entries: Vec<EntryId>,
}

/// How far an issue divides those who are on record on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Division {
    /// The issue.
    pub issue: IssueId,
    /// How many participants, groups not counted, are on record for or against an option of it.
    pub on_record: usize,
    /// How many are for each option, in the order of the issue.
    pub each: Vec<usize>,
    /// 1 where those on record spread evenly over all options, 0 where all are for one.
    pub spread: f64,
}

impl Positions {
    /// Returns where a member departs from a group that would speak for it, by issue and member.
    pub fn deviations(&self, process: &Process, on: Date) -> Vec<Deviation> {
        let mut found = Vec::new();
        for issue in &self.framed {
            let bonds = Bonds::new(process, on);
            let stances = by_participant(self.stances_by(issue, &bonds));
            for (participant, own) in &stances {
                if own.iter().all(|stance| matches!(stance.route, Route::SpokenFor(_))) {
                    continue;
                }
                for group in bonds.negotiating_groups(participant) {
                    let of_group = self.stances_within(group, issue, &bonds);
                    let (mine, theirs) = (leanings(own), leanings(&of_group));
                    if differ(&mine, &theirs) {
                        let entries =
                            own.iter().chain(&of_group).flat_map(|one| one.entries.clone());
                        found.push(Deviation {
                            participant: participant.clone(),
                            group: group.clone(),
                            issue: issue.clone(),
                            own: mine,
                            of_group: theirs,
                            entries: entries.collect(),
                        });
                    }
                }
            }
        }
        found
    }

    /// Returns where groups that speak for a silent member contradict each other.
    pub fn conflicts(&self, process: &Process, on: Date) -> Vec<GroupConflict> {
        let bonds = Bonds::new(process, on);
        let mut found = Vec::new();
        for issue in &self.framed {
            for (participant, own) in by_participant(self.stances_by(issue, &bonds)) {
                let spoken_for =
                    own.iter().any(|stance| matches!(stance.route, Route::SpokenFor(_)));
                if spoken_for {
                    found.extend(self.conflicts_of(&participant, issue, &bonds));
                }
            }
        }
        found
    }

    fn conflicts_of(
        &self,
        participant: &ParticipantId,
        issue: &IssueId,
        bonds: &Bonds,
    ) -> Vec<GroupConflict> {
        let mut by_option: BTreeMap<OptionId, Vec<(ParticipantId, Leaning, Vec<EntryId>)>> =
            BTreeMap::new();
        for group in bonds.negotiating_groups(participant) {
            for stance in self.stances_within(group, issue, bonds) {
                let said = (group.clone(), stance.leaning(), stance.entries.clone());
                by_option.entry(stance.option.clone()).or_default().push(said);
            }
        }
        let contradictory = by_option.into_iter().filter(|(_, said)| {
            let has = |leaning| said.iter().any(|(_, one, _)| *one == leaning);
            has(Leaning::For) && has(Leaning::Against)
        });
        contradictory
            .map(|(option, said)| GroupConflict {
                participant: participant.clone(),
                issue: issue.clone(),
                option,
                entries: said.iter().flat_map(|(_, _, entries)| entries.clone()).collect(),
                groups: said.into_iter().map(|(group, leaning, _)| (group, leaning)).collect(),
            })
            .collect()
    }

    /// Returns every change of attitude in order of date: two positions of one participant on one option,
    /// one after the other, of different strength. Reports by others are no change of its own.
    pub fn movements(&self) -> Vec<Movement> {
        let mut last: BTreeMap<(&ParticipantId, &IssueId, &OptionId), usize> = BTreeMap::new();
        let mut found = Vec::new();
        for (place, position) in self.taken.iter().enumerate() {
            let taken = &position.taken;
            let key = (&taken.participant, &taken.option.issue, &taken.option.option);
            if let Some(before) = last.insert(key, place).map(|before| &self.taken[before])
                && before.taken.strength != taken.strength
            {
                found.push(Movement {
                    participant: taken.participant.clone(),
                    issue: taken.option.issue.clone(),
                    option: taken.option.option.clone(),
                    from: before.taken.strength,
                    to: taken.strength,
                    at: position.basis.at,
                    session: taken.session.clone(),
                    entries: before.basis.entries().chain(position.basis.entries()).collect(),
                });
            }
        }
        found
    }

    /// Returns who is on record for several options of an issue, and how many it could join: whoever
    /// is for options that others hold apart straddles them, and could be a bridge.
    pub fn between(&self, process: &Process, on: Date) -> Vec<Between> {
        let bonds = Bonds::new(process, on);
        let mut found = Vec::new();
        for issue in &self.framed {
            let stances = self.stances_by(issue, &bonds);
            let of_states = stances.into_iter().filter(|stance| stands_for_itself(process, stance));
            let by =
                by_participant(of_states.filter(|one| one.leaning() == Leaning::For).collect());
            let sets: Vec<BTreeSet<&OptionId>> =
                by.values().map(|own| own.iter().map(|stance| &stance.option).collect()).collect();
            for (participant, own) in &by {
                if own.len() < 2 {
                    continue;
                }
                let only = |option: &OptionId| {
                    sets.iter().filter(|set| set.len() == 1 && set.contains(option)).count()
                };
                found.push(Between {
                    participant: participant.clone(),
                    issue: issue.clone(),
                    options: own.iter().map(|stance| stance.option.clone()).collect(),
                    joins: own.iter().map(|stance| only(&stance.option)).collect(),
                    entries: own.iter().flat_map(|stance| stance.entries.clone()).collect(),
                });
            }
        }
        found
    }

    /// Returns how far each issue divides the room, the most divided first.
    ///
    /// The spread is the entropy of the shares of the options, over its largest value; a participant
    /// for two options counts for half in each.
    pub fn divisions(&self, process: &Process, on: Date) -> Vec<Division> {
        let bonds = Bonds::new(process, on);
        let mut found: Vec<Division> = Vec::new();
        for issue in &self.framed {
            let Some(framed) = self.issue(issue) else { continue };
            let stances = self.stances_by(issue, &bonds);
            let of_states = stances.into_iter().filter(|stance| stands_for_itself(process, stance));
            let by =
                by_participant(of_states.filter(|one| one.leaning() != Leaning::Neither).collect());
            let mut weights = vec![0.0; framed.fact.options.len()];
            let mut each = vec![0; framed.fact.options.len()];
            for own in by.values() {
                let held: Vec<usize> = own
                    .iter()
                    .filter(|stance| stance.leaning() == Leaning::For)
                    .filter_map(|one| {
                        framed.fact.options.iter().position(|known| known.option == one.option)
                    })
                    .collect();
                for place in &held {
                    each[*place] += 1;
                    weights[*place] += 1.0 / count(held.len());
                }
            }
            found.push(Division {
                issue: issue.clone(),
                on_record: by.len(),
                each,
                spread: spread(&weights),
            });
        }
        found.sort_by(|a, b| {
            b.spread.total_cmp(&a.spread).then_with(|| b.on_record.cmp(&a.on_record))
        });
        found
    }
}

/// Reports whether it is a participant and no group.
fn stands_for_itself(process: &Process, stance: &Stance<'_>) -> bool {
    process.class(&stance.participant).is_none_or(|class| !class.is_group())
}

fn by_participant(stances: Vec<Stance<'_>>) -> BTreeMap<ParticipantId, Vec<Stance<'_>>> {
    let mut by: BTreeMap<ParticipantId, Vec<Stance<'_>>> = BTreeMap::new();
    for stance in stances {
        by.entry(stance.participant.clone()).or_default().push(stance);
    }
    by
}

fn leanings(stances: &[Stance<'_>]) -> Vec<(OptionId, Leaning)> {
    stances.iter().map(|stance| (stance.option.clone(), stance.leaning())).collect()
}

/// Two differ where one opposes what the other is for, or both are for options and share none.
fn differ(a: &[(OptionId, Leaning)], b: &[(OptionId, Leaning)]) -> bool {
    let opposed = a.iter().any(|(option, leaning)| {
        b.iter().any(|(other, theirs)| {
            option == other
                && matches!(
                    (leaning, theirs),
                    (Leaning::For, Leaning::Against) | (Leaning::Against, Leaning::For)
                )
        })
    });
    let favoured = |list: &[(OptionId, Leaning)]| -> BTreeSet<OptionId> {
        list.iter()
            .filter(|(_, one)| *one == Leaning::For)
            .map(|(option, _)| option.clone())
            .collect()
    };
    let (mine, theirs) = (favoured(a), favoured(b));
    opposed || (!mine.is_empty() && !theirs.is_empty() && mine.is_disjoint(&theirs))
}

/// The entropy of shares over that of even shares; 0 where fewer than two have one.
fn spread(weights: &[f64]) -> f64 {
    let all: f64 = weights.iter().sum();
    if all <= 0.0 || weights.len() < 2 {
        return 0.0;
    }
    let shares = weights.iter().map(|weight| weight / all).filter(|share| *share > 0.0);
    let entropy: f64 = shares.map(|share| -share * libm::log(share)).sum();
    (entropy / libm::log(count(weights.len()))).abs()
}

#[expect(clippy::cast_precision_loss, reason = "a room is small")]
fn count(number: usize) -> f64 {
    number as f64
}

impl Bonds {
    fn negotiating_groups(&self, member: &ParticipantId) -> impl Iterator<Item = &ParticipantId> {
        let groups = self.groups(member).iter();
        groups
            .filter(|(_, class)| *class == ParticipantClass::NegotiatingGroup)
            .map(|(group, _)| group)
    }
}
