//! What proposals and participants are called, and which one somebody means.
//!
//! Names come from the record alone; nothing is guessed but for hints.

use travaux_negotiation::Negotiation;
use travaux_negotiation::draft::Proposal;
use travaux_record::{ParticipantId, ProposalId, Standing};
use travaux_text::{ProposalKey, ProvisionId};

use crate::command_error::CommandError;
use crate::nearest;

/// Whose text is meant.
pub(crate) enum Whose<'a> {
    /// That of one proposal.
    Proposal(&'a Proposal),
    /// That of a participant: the open proposals it sponsors.
    Participant(&'a ParticipantId),
}

/// Finds whose text `written` means: a proposal by key, or a participant by key or name.
///
/// # Errors
/// When nothing is called so.
pub(crate) fn whose<'a>(
    negotiation: &'a Negotiation,
    written: &str,
) -> Result<Whose<'a>, CommandError> {
    if let Some(proposal) = negotiation.draft.proposal(&ProposalId::new(written)) {
        return Ok(Whose::Proposal(proposal));
    }
    if let Some(participant) = negotiation.process.find(written) {
        return Ok(Whose::Participant(&participant.participant));
    }
    let participants = negotiation.process.participants();
    let names = negotiation
        .draft
        .proposals()
        .map(|proposal| proposal.id.as_str())
        .chain(participants.iter().flat_map(|p| [p.participant.as_str(), p.name.as_str()]));
    Err(nearest::hint(
        CommandError::input(format!(
            "cannot read the side {written:?}: no proposal and no participant is called so on \
             this date"
        )),
        written,
        "proposals and participants",
        names,
    ))
}

/// Returns the names of proposals as they stand in a sentence: label and key.
pub(crate) fn list(negotiation: &Negotiation, keys: &[ProposalKey]) -> String {
    let names: Vec<String> = keys
        .iter()
        .map(|key| {
            let id = ProposalId::new(key.as_str());
            format!("{} ({id})", negotiation.short_attribution(&id))
        })
        .collect();
    names.join(", ")
}

/// Finds a provision by its id, or by its citation ("article 5, paragraph 2").
///
/// # Errors
/// When no provision of the present text, with what open proposals add to it, is called so.
pub(crate) fn provision(
    negotiation: &Negotiation,
    written: &str,
) -> Result<ProvisionId, CommandError> {
    let draft = &negotiation.draft;
    let ids: Vec<&ProvisionId> = draft.states().iter().map(|state| &state.provision).collect();
    if let Some(id) = ids.iter().find(|id| id.as_str() == written) {
        return Ok((*id).clone());
    }
    let cited = |id: &ProvisionId| draft.citation(id).words.eq_ignore_ascii_case(written);
    if let Some(id) = ids.iter().find(|id| cited(id)) {
        return Ok((*id).clone());
    }
    Err(nearest::hint(
        CommandError::input(format!(
            "cannot show the provision {written:?}: the text before the body has none of that id"
        )),
        written,
        "provisions",
        ids.iter().map(|id| id.as_str()),
    ))
}

/// Says how words relate to the world, in a few words; nothing for the authentic ones.
pub(crate) fn standing(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Authentic => None,
        Standing::Reported => Some("a source reports the proposal; the wording is a paraphrase"),
        Standing::Paraphrase => Some("a paraphrase, not the words of the document"),
        Standing::Alternative => Some("our wording of an option; nobody tabled these words"),
        Standing::Illustrative => Some("illustrative; nobody is on record for it"),
    }
}
