//! The text as one side would have it: a proposal's, or all of a participant's together.
//!
//! Sides compose where they can; where they can't, every reading is shown and it is said. A
//! participant's side is made of the words it sponsors, never of options it is on record for.

use std::collections::BTreeSet;

use travaux_record::{ParticipantId, ProposalId};
use travaux_text::{
    Merge, Origin, Position, ProposalKey, ProvisionKind, RollingProvision, compose,
};

use super::runs::{as_read, compared};
use super::text::caption;
use super::{Scene, words};
use crate::view::{Block, Phrase, Run, RunAlternative, SideOption};

/// The side that is the base itself.
const BASE: &str = "base";

/// A side being read.
pub(super) struct Reading {
    keys: BTreeSet<ProposalKey>,
    /// What reading it means.
    pub(super) words: Phrase,
}

impl Scene<'_> {
    /// Finds the side of a key: none for all sides at once; nothing where there is no such side.
    #[expect(clippy::option_option, reason = "no side asked for and no such side differ")]
    pub(super) fn reading(&self, key: &str) -> Option<Option<Reading>> {
        let draft = &self.negotiation().draft;
        let all = Phrase::words(" ").link(self.links.text(), "Show all sides");
        let with_all = |phrase: Phrase| Phrase(phrase.0.into_iter().chain(all.0.clone()).collect());
        let named = |id: &ProposalId| ProposalKey::new(id.as_str()).ok();
        if key.is_empty() {
            return Some(None);
        }
        if key == BASE {
            let words = with_all(Phrase::words("The text before the body, without any proposal."));
            return Some(Some(Reading { keys: BTreeSet::new(), words }));
        }
        if let Some(proposal) = draft.proposal(&ProposalId::new(key)) {
            if !draft.is_on_the_table(proposal) {
                return None;
            }
            let words = Phrase::words(format!(
                "The text as {} would have it{}. Underlined: not in the base.",
                proposal.label,
                words::standing(proposal.standing)
                    .map_or_else(String::new, |mark| format!(" ({})", mark.word)),
            ));
            let keys = named(&proposal.id).into_iter().collect();
            return Some(Some(Reading { keys, words: with_all(words) }));
        }
        let id = ParticipantId::new(key);
        self.negotiation().process.participant(&id)?;
        let keys: BTreeSet<ProposalKey> =
            draft.sponsored_by(&id).filter_map(|proposal| named(&proposal.id)).collect();
        let name = self.negotiation().process.name(&id);
        let words = if keys.is_empty() {
            format!("{name} sponsors no open proposal, so its side is the text before the body.")
        } else {
            format!(
                "The text as {name} would have it, with its {} put together. Underlined: not in the base.",
                words::count(keys.len(), "open proposal", "open proposals")
            )
        };
        Some(Some(Reading { keys, words: with_all(Phrase::words(words)) }))
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

    /// One provision as the side reads it; nothing where the side is without it.
    pub(super) fn block_read(
        &self,
        met: &RollingProvision<'_>,
        reading: &Reading,
    ) -> Option<Block> {
        let keys = &reading.keys;
        let is_own = |key: &ProposalKey| keys.contains(key);
        let added = match met.origin() {
            Origin::Base => false,
            Origin::Added { by, .. } if is_own(by) => true,
            Origin::Added { .. } => return None,
        };
        let leaves = met.transfers().any(|(by, _)| is_own(by));
        match met.position() {
            Position::Standing if leaves => return None,
            Position::Standing => {}
            Position::Arriving { by } if is_own(by) => {}
            Position::Arriving { .. } => return None,
        }
        if met.suppressed_by().any(is_own) || met.covered_by().into_iter().any(is_own) {
            return None;
        }
        let mut block = Block {
            id: met.id().to_string(),
            depth: usize::from(met.kind() == ProvisionKind::Subparagraph),
            kind: met.kind().name().to_owned(),
            caption: caption(met.kind(), met.number()),
            heading: read(met.heading(), keys),
            runs: read(met.text(), keys),
            to: self.links.provision(met.id()),
            state: None,
            asked: Vec::new(),
            alternatives: Vec::new(),
        };
        if block.runs.iter().chain(&block.heading).any(|run| matches!(run, Run::Choice(_))) {
            block
                .asked
                .push(Phrase::words("Its proposals do not compose here: every reading is shown."));
        }
        if added {
            block.runs = owned(std::mem::take(&mut block.runs));
        }
        Some(block)
    }
}

/// The words as the sides together read them; a choice between readings where they can't.
fn read(merge: &Merge, keys: &BTreeSet<ProposalKey>) -> Vec<Run> {
    let readings = compose(merge, keys).readings;
    let compared = |text: &str| as_read(compared(merge.base(), text));
    match readings.as_slice() {
        [] if merge.base().is_empty() => Vec::new(),
        [] => vec![Run::Text(merge.base().to_owned())],
        [one] => compared(&one.text),
        several => vec![Run::Choice(
            several
                .iter()
                .map(|reading| RunAlternative {
                    base: false,
                    by: Vec::new(),
                    runs: compared(&reading.text),
                })
                .collect(),
        )],
    }
}

/// Marks all words as the side's own: the base has none of them.
fn owned(runs: Vec<Run>) -> Vec<Run> {
    runs.into_iter()
        .map(|run| match run {
            Run::Text(words) => Run::Own(words),
            other => other,
        })
        .collect()
}
