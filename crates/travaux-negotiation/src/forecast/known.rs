//! Which positions were known on a day: taken by then, and published by then.
//!
//! A statement of April that was reported in August was nobody's knowledge in May. Where a source's
//! date is not known, the day of the position counts. Entries later than the view's moment are not in
//! the projection and so cannot be looked at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use travaux_record::{EntryId, IssueId, OptionId, ParticipantId, Strength};

use crate::Negotiation;
use crate::positions::{Leaning, Position, Route, Stance};

/// What a State says on an option, by itself or through another.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The State.
    pub participant: ParticipantId,
    /// The option.
    pub option: OptionId,
    /// How strongly.
    pub strength: Strength,
    /// Which way that leans.
    pub leaning: Leaning,
    /// Whose statement it is: its own, or that of the group or joint statement.
    pub speaker: ParticipantId,
    /// On what it depends, in words.
    pub condition: String,
    /// The entries it rests on.
    pub entries: Vec<EntryId>,
}

/// What was known on a day.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The negotiation, as a viewer sees it up to that day or an earlier one.
    pub negotiation: &'a Negotiation,
    /// The day.
    pub on: Date,
}

impl<'a> Known<'a> {
    /// Reports whether a position had been published by the day.
    fn published(&self, position: &Position) -> bool {
        let mut dated = false;
        for (source, published) in &position.cited {
            let described = self.negotiation.process.source(source);
            let date = published.or_else(|| described.and_then(|source| source.fact.published));
            if let Some(date) = date {
                dated = true;
                if date.counts_from() <= self.on {
                    return true;
                }
            }
        }
        !dated && position.basis.at.counts_from() <= self.on
    }

    /// Returns what each State says on an issue, in order of State and option.
    pub fn voices(&self, issue: &IssueId) -> Vec<Voice> {
        let process = &self.negotiation.process;
        // Who spoke for itself but is not known to have is still spoken for: what is not known is
        // left out before groups are.
        let known = self.negotiation.positions.keeping(|position| self.published(position));
        let stances = known.stances(issue, process, self.on);
        let states: std::collections::BTreeSet<_> =
            process.states().into_iter().map(|state| &state.participant).collect();
        let heard = stances
            .into_iter()
            .filter(|stance| states.contains(&stance.participant) && !stance.is_disputed());
        heard.map(|stance| voice(&stance)).collect()
    }

    /// Returns what one participant itself says on an issue, whoever it is: its latest position on each
    /// option.
    pub fn own(&self, participant: &ParticipantId, issue: &IssueId) -> Vec<Voice> {
        let mut latest: BTreeMap<OptionId, Voice> = BTreeMap::new();
        for position in self.negotiation.positions.own(participant, issue) {
            if !self.published(position) || position.disputed.is_some() {
                continue;
            }
            let taken = &position.taken;
            let voice = Voice {
                participant: participant.clone(),
                option: taken.option.option.clone(),
                strength: taken.strength,
                leaning: position.leaning(),
                speaker: participant.clone(),
                condition: taken.condition.clone(),
                entries: position.basis.entries().collect(),
            };
            latest.insert(taken.option.option.clone(), voice);
        }
        latest.into_values().collect()
    }

    /// Returns each speaker with how many voices it gives.
    pub fn speakers(voices: &[Voice]) -> BTreeMap<ParticipantId, usize> {
        let mut speakers: BTreeMap<ParticipantId, usize> = BTreeMap::new();
        for voice in voices {
            *speakers.entry(voice.speaker.clone()).or_insert(0) += 1;
        }
        speakers
    }

    /// Returns the States that may vote.
    pub fn states(&self) -> Vec<&'a ParticipantId> {
        let states = self.negotiation.process.states();
        states.into_iter().map(|state| &state.participant).collect()
    }

    /// Returns the entries that some voices rest on, each once, in order.
    pub fn entries(voices: &[Voice]) -> Vec<EntryId> {
        let mut entries: Vec<EntryId> =
            voices.iter().flat_map(|voice| voice.entries.iter().copied()).collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }
}

fn voice(stance: &Stance<'_>) -> Voice {
    let speaker = match &stance.route {
        Route::Own => &stance.participant,
        Route::Signed(group) | Route::SpokenFor(group) => group,
    };
    Voice {
        participant: stance.participant.clone(),
        option: stance.option.clone(),
        strength: stance.position.taken.strength,
        leaning: stance.leaning(),
        speaker: speaker.clone(),
        condition: stance.position.taken.condition.clone(),
        entries: stance.entries.clone(),
    }
}
