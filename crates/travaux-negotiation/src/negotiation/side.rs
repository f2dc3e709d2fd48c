//! Whose text is read: the text before the body as one proposal, or one participant, would have it.
//!
//! A participant's side is made of exactly the open proposals it sponsors now; a group's words are
//! the group's own, and no member's. Where proposals of one sponsor do not compose, every reading
//! is given with the reason. Nothing is read into silence: who sponsors nothing has the base.

use std::fmt::Write as _;

use travaux_record::{ParticipantId, ProposalId};
use travaux_text::{Clash, ClashReason, LeftOut, ProposalKey, ProposalStatus, Side, SideProvision};

use super::Negotiation;
use crate::draft::Proposal;

/// Whose side is read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Whose {
    /// One proposal's.
    Proposal(ProposalId),
    /// One participant's.
    Participant(ParticipantId),
}

/// A side of the rolling text, with the proposals it is made of.
#[derive(Clone, Debug)]
pub struct ReadSide<'a> {
    /// Whose it is.
    pub whose: Whose,
    /// The proposals composed, in order of tabling; none gives the base.
    pub proposals: Vec<&'a Proposal>,
    /// Their texts: one, or every reading where they do not compose.
    pub side: Side<'a>,
    negotiation: &'a Negotiation,
}

/// Why no side can be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SideError {
    /// Neither a proposal nor a participant is called so.
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// The proposal is not open on the text before the body.
    NotOnTheTable {
        /// The proposal.
        proposal: ProposalId,
        /// What has become of it.
        status: ProposalStatus,
    },
}

impl std::fmt::Display for SideError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { name } => {
                write!(f, "can't read the side {name:?}: no proposal or participant is called so")
            }
            Self::NotOnTheTable { proposal, status } => {
                let why = match status {
                    ProposalStatus::Open | ProposalStatus::Carried => {
                        "it was made on another text than that before the body"
                    }
                    ProposalStatus::Withdrawn => "it was withdrawn",
                    ProposalStatus::Lapsed => "it lapsed when a new text was issued",
                    ProposalStatus::TakenUp => "the text agreed since reads as it asked",
                    ProposalStatus::Rejected => "what it asked is settled by agreements since",
                };
                write!(f, "can't read the side of proposal {proposal}: {why}")
            }
        }
    }
}

impl std::error::Error for SideError {}

impl SideError {
    /// Returns what the reader of the message can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => {
                "name a proposal by its key or label, or a participant by its key or name; what \
                 you may not see is unknown here"
            }
            Self::NotOnTheTable { .. } => "choose a date on which it was open",
        }
    }
}

impl Negotiation {
    /// Reads the side of a proposal or a participant, by key, label or name; keys come first.
    ///
    /// # Errors
    /// When nothing a viewer may see is called so, or the proposal is not open on the text before
    /// the body (DESIGN, section 5).
    pub fn side(&self, name: &str) -> Result<ReadSide<'_>, SideError> {
        if let Some(proposal) = self.draft.proposal(&ProposalId::new(name)) {
            return self.side_of_proposal(&proposal.id);
        }
        if let Some(participant) = self.process.find(name) {
            return Ok(self.side_of_participant(&participant.participant));
        }
        // Labels such as "Alternative 2" recur; the one on the table is meant.
        let labelled = self.draft.open_proposals().find(|proposal| proposal.label == name);
        match labelled {
            Some(proposal) => self.side_of_proposal(&proposal.id),
            None => Err(SideError::Unknown { name: name.to_owned() }),
        }
    }

    /// Reads the text before the body with exactly one proposal on it.
    ///
    /// # Errors
    /// When the proposal is unknown or not open on the text before the body.
    pub fn side_of_proposal(&self, id: &ProposalId) -> Result<ReadSide<'_>, SideError> {
        let Some(proposal) = self.draft.proposal(id) else {
            return Err(SideError::Unknown { name: id.to_string() });
        };
        if !self.draft.is_on_the_table(proposal) {
            let (proposal, status) = (id.clone(), self.draft.status(proposal));
            return Err(SideError::NotOnTheTable { proposal, status });
        }
        Ok(self.read(Whose::Proposal(id.clone()), vec![proposal]))
    }

    /// Reads the text before the body with exactly the open proposals a participant sponsors now.
    pub fn side_of_participant(&self, participant: &ParticipantId) -> ReadSide<'_> {
        let proposals = self.draft.open_proposals();
        let own = proposals.filter(|proposal| proposal.is_sponsored_by(participant)).collect();
        self.read(Whose::Participant(participant.clone()), own)
    }

    fn read<'a>(&'a self, whose: Whose, proposals: Vec<&'a Proposal>) -> ReadSide<'a> {
        let keys: Vec<ProposalKey> = proposals
            .iter()
            .filter_map(|proposal| ProposalKey::new(proposal.id.as_str()).ok())
            .collect();
        let side = self.draft.text().side(&keys);
        ReadSide { whose, proposals, side, negotiation: self }
    }
}

impl ReadSide<'_> {
    /// Returns the whole text without brackets, to the byte.
    ///
    /// Where the proposals do not compose it is the text in which the earlier one prevails,
    /// followed by every reading of the provisions concerned and by the reasons.
    pub fn plain(&self) -> String {
        let order: Vec<ProposalKey> = self
            .proposals
            .iter()
            .filter_map(|proposal| ProposalKey::new(proposal.id.as_str()).ok())
            .collect();
        let mut text = self.side.preferring(&order).plain();
        if !self.side.composes() {
            text.push_str("\n----\nThese proposals do not compose; above, the earlier prevails.\n");
            for clash in self.clashes() {
                let _ = writeln!(text, "\n{clash}.");
            }
            for provision in self.side.provisions() {
                if 1 < provision.readings.len() {
                    self.write_readings(&mut text, &provision);
                }
            }
        }
        text
    }

    /// Returns, in sentences without a full stop, which proposals do not compose, where and why.
    pub fn clashes(&self) -> Vec<String> {
        self.side.clashes().iter().map(|clash| self.describe(clash)).collect()
    }

    /// Returns, in sentences without a full stop, what is asked and stands in no reading.
    pub fn left_out(&self) -> Vec<String> {
        let told = |key: &ProposalKey| self.label(key);
        self.side
            .left_out()
            .iter()
            .map(|left| match left {
                LeftOut::NotOpen { proposal } => format!("{} is not open", told(proposal)),
                LeftOut::NotThere { proposal, provision } => format!(
                    "{} asks something of {}, which is not in this text",
                    told(proposal),
                    self.negotiation.draft.citation(provision).words
                ),
                LeftOut::Amended { proposal, provision, by } => format!(
                    "on {} the amendment {} stands instead of {}",
                    self.negotiation.draft.citation(provision).words,
                    told(by),
                    told(proposal)
                ),
                LeftOut::DeletedByItself { proposal, provision } => format!(
                    "{} words {} and deletes it too",
                    told(proposal),
                    self.negotiation.draft.citation(provision).words
                ),
            })
            .collect()
    }

    fn label(&self, key: &ProposalKey) -> String {
        let id = ProposalId::new(key.as_str());
        let known = self.negotiation.draft.proposal(&id);
        known.map_or_else(|| id.to_string(), |proposal| proposal.label.clone())
    }

    fn describe(&self, clash: &Clash) -> String {
        let (one, other) = (self.label(&clash.proposals.0), self.label(&clash.proposals.1));
        let at = self.negotiation.draft.citation(&clash.provision).words;
        match &clash.reason {
            ClashReason::Text(_) => {
                format!("{one} and {other} word {at} differently at one place")
            }
            ClashReason::Heading(_) => {
                format!("{one} and {other} word the heading of {at} differently")
            }
            ClashReason::Deleted { provision } => {
                let deleted = self.negotiation.draft.citation(provision).words;
                format!("of {one} and {other}, one deletes {deleted} and one wants something in it")
            }
            ClashReason::Places => {
                format!("{one} and {other} want {at} at different places")
            }
            ClashReason::Alternatives => {
                format!("{one} and {other} insert at {at} what they say are alternatives")
            }
        }
    }

    fn write_readings(&self, text: &mut String, provision: &SideProvision) {
        let citation = self.negotiation.draft.citation(&provision.id).words;
        let _ = writeln!(text, "\n{citation}:");
        for reading in &provision.readings {
            let by: Vec<String> = reading.by.iter().map(|key| self.label(key)).collect();
            let words = reading.wording.as_ref().map_or("(deleted)", |wording| &wording.text);
            let _ = writeln!(text, "  as in {}: {words}", by.join(", "));
        }
    }
}
