//! Which proposal, participant or provision somebody means, and how words relate to the world.
//!
//! Names come from the record alone; nothing is guessed but for hints.

use travaux_negotiation::{Negotiation, SideError};
use travaux_record::Standing;
use travaux_text::ProvisionId;

use crate::command_error::CommandError;
use crate::nearest;

/// Says that nothing is called as `written`, with what may have been meant.
pub(crate) fn unknown_side(
    negotiation: &Negotiation,
    written: &str,
    error: &SideError,
) -> CommandError {
    let participants = negotiation.process.participants();
    let names = negotiation
        .draft
        .proposals()
        .map(|proposal| proposal.id.as_str())
        .chain(participants.iter().flat_map(|p| [p.participant.as_str(), p.name.as_str()]));
    nearest::hint(CommandError::input(error), written, "proposals and participants", names)
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

/// Finds a provision as [`provision`] does, or one that only an earlier text or proposal had, by its
/// id.
///
/// # Errors
/// When nothing was ever called so.
pub(crate) fn provision_ever(
    negotiation: &Negotiation,
    written: &str,
) -> Result<ProvisionId, CommandError> {
    let draft = &negotiation.draft;
    let id = ProvisionId::new(written);
    let earlier = draft.bases().any(|base| base.text.provision(&id).is_some());
    let added = draft.proposals().any(|proposal| {
        let of_proposal = written.strip_prefix(proposal.id.as_str());
        of_proposal.is_some_and(|rest| rest.starts_with('~'))
    });
    if earlier || added { Ok(id) } else { provision(negotiation, written) }
}

/// Says how words relate to the world, in a few words; nothing for the authentic ones.
pub(crate) fn standing(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Authentic => None,
        Standing::Reported => Some("a source reports the proposal; the wording is a paraphrase"),
        Standing::Paraphrase => Some("a paraphrase, not the words of the document"),
        Standing::Alternative => Some("our wording of an option; nobody tabled these words"),
        Standing::Illustrative => {
            Some("illustrative: made up to show a dispute; nobody tabled these words")
        }
    }
}
