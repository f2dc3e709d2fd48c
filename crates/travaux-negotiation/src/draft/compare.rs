//! What is different between two moments of a draft, provision by provision.
//!
//! It compares what stands; what happened in between is told by the record of changes.

use std::collections::{BTreeMap, BTreeSet};

use travaux_record::ProposalId;
use travaux_text::{ProvisionId, TextState};

use super::{Draft, ProvisionState};

/// What is different about one provision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The provision.
    pub provision: ProvisionId,
    /// How it stood; none where it was not in the text.
    pub before: Option<TextState>,
    /// How it stands; none where it no longer is.
    pub after: Option<TextState>,
    /// Whether the present text of it, open proposals aside, reads otherwise.
    pub words: WordsChange,
    /// The alternatives it has gained, by key.
    pub opened: Vec<ProposalId>,
    /// The alternatives it has lost, by key.
    pub ended: Vec<ProposalId>,
}

/// Whether a provision reads as it did.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum WordsChange {
    /// To the byte.
    Same,
    /// Its words or its heading are other ones.
    Changed,
}

impl Draft {
    /// Returns what is different from an earlier moment, in the order of the present text; what
    /// is gone comes last, in the order of the earlier one.
    pub fn since(&self, earlier: &Self) -> Vec<Difference> {
        let before: BTreeMap<&ProvisionId, &ProvisionState> =
            earlier.states().iter().map(|state| (&state.provision, state)).collect();
        let now: BTreeSet<&ProvisionId> =
            self.states().iter().map(|state| &state.provision).collect();
        let present = self.states().iter().map(|state| {
            self.difference(earlier, before.get(&state.provision).copied(), Some(state))
        });
        let gone = earlier.states().iter().filter(|state| !now.contains(&state.provision));
        let gone = gone.map(|state| self.difference(earlier, Some(state), None));
        present.chain(gone).flatten().collect()
    }

    fn difference(
        &self,
        earlier: &Self,
        before: Option<&ProvisionState>,
        after: Option<&ProvisionState>,
    ) -> Option<Difference> {
        let provision = after.or(before)?.provision.clone();
        let alternatives = |state: Option<&ProvisionState>| -> BTreeSet<ProposalId> {
            state.into_iter().flat_map(|state| state.alternatives.iter().cloned()).collect()
        };
        let (had, has) = (alternatives(before), alternatives(after));
        let words = match (earlier.text().words(&provision), self.text().words(&provision)) {
            (Some(was), Some(is)) if (&was.text, &was.heading) != (&is.text, &is.heading) => {
                WordsChange::Changed
            }
            (Some(_), Some(_)) | (None, _) | (_, None) => WordsChange::Same,
        };
        let difference = Difference {
            provision,
            before: before.map(|state| state.status.state),
            after: after.map(|state| state.status.state),
            words,
            opened: has.difference(&had).cloned().collect(),
            ended: had.difference(&has).cloned().collect(),
        };
        let is_same = difference.before == difference.after
            && difference.words == WordsChange::Same
            && difference.opened.is_empty()
            && difference.ended.is_empty();
        (!is_same).then_some(difference)
    }
}
