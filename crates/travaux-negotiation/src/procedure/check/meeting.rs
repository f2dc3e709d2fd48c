//! Opening, suspending and adjourning; the agenda; informal consultations.

use travaux_record::{InformalsReported, ItemTakenUp, MeetingContinued, MeetingStep};

use super::Judge;
use crate::procedure::MeetingState;
use crate::procedure::rules::Law;

impl Judge<'_, '_> {
    /// A meeting opens with a quorum, and not while another is open.
    pub(super) fn open(&mut self) {
        match self.floor.room.meeting() {
            MeetingState::Open => {
                self.against("chair_powers", "a meeting is open", "adjourn it first");
            }
            MeetingState::Suspended => {
                self.against("chair_powers", "the meeting is suspended", "resume the meeting");
            }
            MeetingState::Unrecorded | MeetingState::Adjourned => {}
        }
        let Some((rule, open, _)) = self.floor.quorum() else { return };
        match self.floor.room.present() {
            None => self.against_rule(
                rule,
                "presence was not noted",
                "note how many members are present",
            ),
            Some(present) if present < open => {
                let members = self.floor.members();
                self.against_rule(
                    rule,
                    format!(
                        "{present} of {members} members are present, and a meeting opens with {open}"
                    ),
                    format!("wait for {} more", open - present),
                );
            }
            Some(_) => {}
        }
    }

    pub(super) fn go_on(&mut self, fact: &MeetingContinued) {
        match (fact.step, self.floor.room.meeting()) {
            (MeetingStep::Suspended, MeetingState::Open) => self.not_during_a_vote(),
            (MeetingStep::Adjourned, MeetingState::Open | MeetingState::Suspended) => {
                self.not_during_a_vote();
            }
            (MeetingStep::Resumed, MeetingState::Suspended) => {}
            (MeetingStep::Resumed, MeetingState::Open) => {
                self.against("chair_powers", "the meeting is not suspended", "go on with it");
            }
            (MeetingStep::Suspended, MeetingState::Suspended) => {
                self.against("chair_powers", "the meeting is suspended already", "resume it first");
            }
            (_, MeetingState::Unrecorded | MeetingState::Adjourned) => {
                self.against("chair_powers", "no meeting is open", "open a meeting");
            }
        }
    }

    /// Where the rules ask for an agenda, only what is on it is taken up.
    pub(super) fn item(&mut self, fact: &ItemTakenUp) {
        self.sitting();
        self.not_during_a_vote();
        let has_rule = self.floor.rules.find(|law| matches!(law, Law::Agenda {}).then_some(()));
        let agenda = self.floor.room.agenda();
        if has_rule.is_some() && agenda.iter().all(|item| item.item != fact.item) {
            let why = if agenda.is_empty() {
                "no agenda is adopted".to_owned()
            } else {
                format!("item {} is not on the agenda", fact.item)
            };
            self.against("agenda", why, "adopt an agenda that has it");
        }
    }

    pub(super) fn report(&mut self, fact: &InformalsReported) {
        self.not_during_a_vote();
        if !self.floor.room.informals().contains(&fact.group) {
            self.against(
                "informals",
                format!("{} was not convened, or has reported", fact.group),
                "convene it, and let its facilitators report to the body",
            );
        }
    }
}
