//! The text as one side would have it: a proposal's, or all of a participant's together.
//!
//! Sides compose where they can; where they can't, every reading is shown and it is said. A
//! participant's side is made of the words it sponsors, never of options it is on record for.

use std::collections::BTreeMap;

use travaux_negotiation::{ReadSide, SideError, Whose};
use travaux_record::ParticipantId;
use travaux_text::{
    ProposalKey, ProvisionId, ProvisionKind, Reading as OneReading, Side, SideProvision,
};

use super::runs::{as_read, compared};
use super::text::{caption, headed};
use super::{Scene, words};
use crate::view::{Block, Phrase, Run, RunAlternative, SideOption};

/// The side that is the base itself.
const BASE: &str = "base";

/// A side being read.
pub(super) struct Reading<'a> {
    side: Side<'a>,
    /// What reading it means.
    pub(super) words: Phrase,
}

impl Scene<'_> {
    /// Finds the side of a name: none for all sides at once.
    ///
    /// # Errors
    /// When there is no such side before the body.
    pub(super) fn reading(&self, name: &str) -> Result<Option<Reading<'_>>, SideError> {
        let negotiation = self.negotiation();
        let (side, words) = match name {
            "" => return Ok(None),
            BASE => {
                let no_proposal: [&ProposalKey; 0] = [];
                let words = "The text before the body, without any proposal.".to_owned();
                (negotiation.draft.text().side(no_proposal), words)
            }
            name => {
                let read = negotiation.side(name)?;
                let words = self.said_of(&read);
                (read.side, words)
            }
        };
        let words = Phrase::words(format!("{words} ")).link(self.links.text(), "Show all sides");
        Ok(Some(Reading { side, words }))
    }

    /// Says what reading a side means, and what in it can't be shown as one text.
    fn said_of(&self, read: &ReadSide<'_>) -> String {
        let mut said = match (&read.whose, read.proposals.as_slice()) {
            (Whose::Participant(id), []) => format!(
                "{} sponsors no open proposal, so its side is the text before the body.",
                self.negotiation().process.name(id)
            ),
            (Whose::Participant(id), proposals) => format!(
                "The text as {} would have it, with its {} put together. Underlined: not in the base.",
                self.negotiation().process.name(id),
                words::count(proposals.len(), "open proposal", "open proposals")
            ),
            (Whose::Proposal(id), proposals) => {
                let label = proposals.first().map_or(id.as_str(), |proposal| &proposal.label);
                let mark =
                    proposals.first().and_then(|proposal| words::standing(proposal.standing));
                let mark = mark.map_or_else(String::new, |mark| format!(" ({})", mark.word));
                format!("The text as {label}{mark} would have it. Underlined: not in the base.")
            }
        };
        let clashes = read.clashes();
        if !clashes.is_empty() {
            said.push_str(
                " Its proposals do not all compose; every reading is shown in brackets: ",
            );
            said.push_str(&clashes.join("; "));
            said.push('.');
        }
        for left_out in read.left_out() {
            said.push(' ');
            said.push_str(&words::capital(&left_out));
            said.push('.');
        }
        said
    }

    /// The sides that can be read.
    pub(super) fn sides(&self) -> Vec<SideOption> {
        let negotiation = self.negotiation();
        let draft = &negotiation.draft;
        let base = SideOption {
            key: BASE.to_owned(),
            name: "The text before the body".to_owned(),
            group: "Without brackets".to_owned(),
        };
        let mut sponsors: Vec<ParticipantId> = draft
            .open_proposals()
            .flat_map(|proposal| proposal.sponsors().map(|spell| spell.participant.clone()))
            .collect();
        sponsors.sort_unstable();
        sponsors.dedup();
        negotiation.process.sort(&mut sponsors);
        let participants = sponsors.iter().map(|id| SideOption {
            key: id.to_string(),
            name: negotiation.process.name(id).to_owned(),
            group: "What a participant sponsors".to_owned(),
        });
        let proposals = draft.open_proposals().map(|proposal| {
            let on = proposal
                .targets()
                .first()
                .map_or_else(String::new, |target| format!(", {}", draft.citation(target).words));
            SideOption {
                key: proposal.id.to_string(),
                name: format!("{}{on}", proposal.label),
                group: "One proposal or alternative".to_owned(),
            }
        });
        std::iter::once(base).chain(participants).chain(proposals).collect()
    }

    /// The provisions as the side reads them, those of one part where a part is asked for.
    pub(super) fn blocks_read(
        &self,
        reading: &Reading<'_>,
        part: Option<&ProvisionId>,
    ) -> Vec<Block> {
        let mut outermost: BTreeMap<ProvisionId, ProvisionId> = BTreeMap::new();
        let mut blocks = Vec::new();
        for met in reading.side.provisions() {
            let above = met.parent.as_ref().and_then(|parent| outermost.get(parent));
            let above = above.unwrap_or(&met.id).clone();
            let is_shown = part.is_none_or(|part| *part == above);
            outermost.insert(met.id.clone(), above);
            if is_shown {
                blocks.extend(self.block_read(&met));
            }
        }
        blocks
    }

    /// One provision as the side reads it; nothing where it is gone in every reading.
    fn block_read(&self, met: &SideProvision) -> Option<Block> {
        met.readings.iter().find(|reading| reading.wording.is_some())?;
        let base = self.negotiation().draft.present().provision(&met.id);
        let (heading, text) = base.map_or(("", ""), |base| (&base.heading, &base.text));
        let wanted = |reading: &OneReading, of: fn(&travaux_text::Wording) -> &str| {
            reading.wording.as_ref().map_or_else(String::new, |wording| of(wording).to_owned())
        };
        let asked = (met.readings.len() > 1)
            .then(|| Phrase::words("Its proposals do not compose here: every reading is shown."));
        Some(Block {
            id: met.id.to_string(),
            depth: usize::from(met.kind == ProvisionKind::Subparagraph),
            kind: met.kind.name().to_owned(),
            caption: caption(met.kind, &met.number),
            heading: headed(
                read(heading, &met.readings, |one| wanted(one, |words| &words.heading)),
                met.kind,
                &met.number,
            ),
            runs: read(text, &met.readings, |one| wanted(one, |words| &words.text)),
            to: self.links.provision(&met.id),
            state: None,
            asked: asked.into_iter().collect(),
            alternatives: Vec::new(),
        })
    }
}

/// The words of all readings; a choice where they differ.
fn read(base: &str, readings: &[OneReading], of: impl Fn(&OneReading) -> String) -> Vec<Run> {
    let mut texts: Vec<String> = readings.iter().map(of).collect();
    texts.dedup();
    match texts.as_slice() {
        [one] => as_read(compared(base, one)),
        several => {
            let alternatives = several.iter().map(|text| RunAlternative {
                base: text == base,
                by: Vec::new(),
                runs: as_read(compared(base, text)),
            });
            vec![Run::Choice(alternatives.collect())]
        }
    }
}
