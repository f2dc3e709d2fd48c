//! What became of words over time: who brought them, when they were open, and where they stood.
//!
//! It follows provisions through the record, act by act, and asks the draft after each how their
//! words stand. Nothing is kept: the answer is worked out from the record when somebody asks, as of
//! any date and for any viewer. Why somebody wanted words is not known here.

mod blame;
mod phrase;
mod strand;
mod told;

use std::collections::BTreeSet;

use travaux_record::{EntryId, Fact, NewerKind, Projection as _, ProposalId, Record, View};
use travaux_text::{Act, ProvisionId};

use crate::Basis;
use crate::draft::{Draft, LifeStep, Proposal, Stand};

pub use blame::{Blame, BlamedWords, Submitted};
pub use phrase::{PhraseHolder, PhraseLife, PhraseSpell};
pub use strand::{BracketSpell, Entered, Stood, WordLife, WordOrigin};
pub use told::LifeLine;

/// How a provision stands after an act that may have changed its words.
pub(crate) struct Step<'a> {
    /// The act.
    pub(crate) basis: Basis,
    pub(crate) fact: &'a Fact,
    /// The provision, and how it stands now.
    pub(crate) provision: &'a ProvisionId,
    pub(crate) stand: Option<Stand>,
    /// The draft after the act.
    pub(crate) draft: &'a Draft,
}

/// Follows provisions through all that a view shows, and visits each act about one of them.
pub(crate) fn follow(
    record: &Record,
    view: &View,
    wanted: &BTreeSet<ProvisionId>,
    mut visit: impl FnMut(Step<'_>),
) -> Result<(), NewerKind> {
    let mut draft = Draft::default();
    for occurrence in record.timeline(view)? {
        if !Draft::concerns(occurrence.fact) {
            continue;
        }
        let mut about = About::default();
        about.gather(&draft, occurrence.fact);
        draft.apply(occurrence);
        about.gather(&draft, occurrence.fact);
        for provision in wanted {
            if about.all || about.provisions.contains(provision) {
                let (basis, fact) = (Basis::of(&occurrence), occurrence.fact);
                let stand = draft.stand(provision);
                visit(Step { basis, fact, provision, stand, draft: &draft });
            }
        }
    }
    Ok(())
}

/// The provisions whose words an act may change, before it or behind it.
#[derive(Default)]
struct About {
    all: bool,
    provisions: BTreeSet<ProvisionId>,
}

impl About {
    fn gather(&mut self, draft: &Draft, fact: &Fact) {
        match fact {
            Fact::DocumentIssued(fact) => self.all |= fact.base.is_some(),
            Fact::ProposalTabled(fact) => self.proposal(draft, &fact.proposal),
            Fact::ProposalRevised(fact) => self.proposal(draft, &fact.proposal),
            Fact::ProposalWithdrawn(fact) | Fact::ProposalReintroduced(fact) => {
                self.proposal(draft, &fact.proposal);
            }
            Fact::ProposalCarried(fact) => self.proposal(draft, &fact.proposal),
            Fact::ProposalLapsed(fact) => self.proposal(draft, &fact.proposal),
            Fact::BracketRequested(fact) => self.within(draft, &fact.provision),
            Fact::BracketLifted(fact) => {
                self.provisions.extend(draft.asked_by(fact.request).cloned());
            }
            Fact::ProvisionAgreed(fact) => {
                self.within(draft, &fact.provision);
                // It takes what it agrees to up, and the rest of these proposals may follow.
                fact.proposals.iter().for_each(|proposal| self.proposal(draft, proposal));
            }
            Fact::ProvisionReopened(fact) | Fact::ProvisionClosed(fact) => {
                self.within(draft, &fact.provision);
            }
            _ => {}
        }
    }

    fn proposal(&mut self, draft: &Draft, proposal: &ProposalId) {
        let Some(proposal) = draft.proposal(proposal) else { return };
        for target in proposal.targets() {
            self.within(draft, &target);
        }
        for added in additions(proposal) {
            self.within(draft, &added);
        }
    }

    fn within(&mut self, draft: &Draft, provision: &ProvisionId) {
        self.provisions.insert(provision.clone());
        let below = draft.present().subtree(provision).iter();
        self.provisions.extend(below.map(|provision| provision.id.clone()));
    }
}

/// Returns the ids of all that a proposal has ever added: a revision may have taken some back.
fn additions(proposal: &Proposal) -> Vec<ProvisionId> {
    let ever = proposal.life.iter().filter_map(|event| match &event.step {
        LifeStep::Tabled(changes) | LifeStep::Revised(changes) => Some(changes),
        LifeStep::Carried { changes, .. } => changes.as_ref(),
        LifeStep::Withdrawn
        | LifeStep::Reintroduced
        | LifeStep::Lapsed(_)
        | LifeStep::TakenUp(_)
        | LifeStep::SponsorJoined(_)
        | LifeStep::SponsorLeft(_) => None,
    });
    let adds = |changes: &[travaux_text::Change]| {
        changes.iter().filter(|change| matches!(change.act, Act::Add { .. })).count()
    };
    let most = ever.map(|changes| adds(changes)).max().unwrap_or(0);
    (1..=most).map(|ordinal| ProvisionId::added(proposal.id.as_str(), ordinal)).collect()
}

impl Draft {
    /// Returns the provision that an entry asked brackets on.
    fn asked_by(&self, entry: EntryId) -> impl Iterator<Item = &ProvisionId> {
        self.all_requests()
            .filter(move |request| request.basis.entry == entry)
            .map(|request| &request.provision)
    }
}
