//! A base: a text issued for the body to negotiate on.
//!
//! Whether it was approved, adopted or is a chair's proposal is told by the record, not by its being
//! clean.

use std::collections::BTreeMap;
use std::sync::Arc;

use travaux_record::{BaseIssued, DocumentId, DocumentIssued, ProposalId, Standing, TextDecision};
use travaux_text::{
    Act, BracketCounts, BracketedDraft, IssuedError, IssuedText, Provision, ProvisionId,
};

use super::{Draft, Official, Proposal, issued};
use crate::Basis;
use crate::lazy::Lazy;

/// A text issued as the base of the negotiation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Base {
    /// The document that brought it.
    pub document: DocumentId,
    /// The document's symbol as printed.
    pub symbol: String,
    /// The document's title.
    pub title: String,
    /// The text.
    pub text: IssuedText,
    /// Whether the words are the document's or a paraphrase.
    pub standing: Standing,
    /// What was decided of the whole of it: then it is agreed, not merely clean.
    pub decision: TextDecision,
    /// The provisions of the text before it that it does not have, in their order.
    pub dropped: Vec<Dropped>,
    /// The entry.
    pub basis: Basis,
    /// The whole text as issued, where it came with brackets of its own.
    pub as_issued: Option<Arc<str>>,
    /// Its official words, where a reader has laid them over a paraphrase.
    pub official: Option<Arc<Official>>,
    pub(super) order: u32,
    pub(super) issued: Lazy<BTreeMap<ProvisionId, BracketCounts>>,
    pub(super) printed: Lazy<Option<BracketCounts>>,
}

impl Base {
    /// Counts what is printed in the document; nothing where it came without brackets of its own.
    pub fn printed(&self) -> Option<&BracketCounts> {
        let read = || {
            let draft = BracketedDraft::read(self.as_issued.as_deref()?).ok()?;
            Some(draft.counts())
        };
        self.printed.or_work_out(read).as_ref()
    }

    /// Returns what stands in brackets and options of the document itself, by provision; nothing
    /// for a text whose brackets are all made by proposals.
    pub fn issued(&self) -> &BTreeMap<ProvisionId, BracketCounts> {
        self.issued.or_work_out(|| match self.as_issued {
            Some(_) => issued::by_provision(&self.text),
            None => BTreeMap::new(),
        })
    }
}

/// A provision that a new base does not have any more.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dropped {
    /// The provision.
    pub provision: ProvisionId,
    /// The proposals open until then that asked for its deletion, or that of what it stood in.
    pub proposals: Vec<ProposalId>,
}

impl Base {
    /// Returns what it dropped though no proposal asked for it and nothing was decided of the
    /// text, in the order of the text before it.
    ///
    /// What the body agreed to delete was no longer in the text before it.
    pub fn dropped_unasked(&self) -> impl Iterator<Item = &ProvisionId> {
        let undecided = self.decision == TextDecision::None;
        let dropped = self.dropped.iter();
        dropped
            .filter(move |dropped| undecided && dropped.proposals.is_empty())
            .map(|dropped| &dropped.provision)
    }
}

/// Makes a base of a document, with what was wrong with its list of provisions.
///
/// A list that is no text is read flat: the first of every id stands, under no other, so that no
/// provision is lost to a wrong parent.
pub(super) fn base(
    document: &DocumentIssued,
    issued: &BaseIssued,
    basis: Basis,
    order: u32,
) -> (Base, Option<IssuedError>) {
    let (text, error) = match IssuedText::new(issued.provisions.clone()) {
        Ok(text) => (text, None),
        Err(error) => (flat(&issued.provisions), Some(error)),
    };
    let base = Base {
        document: document.document.clone(),
        symbol: document.symbol.clone(),
        title: document.title.clone(),
        text,
        standing: issued.standing,
        decision: issued.decision,
        dropped: Vec::new(),
        basis,
        as_issued: issued.as_issued.as_deref().map(Arc::from),
        official: None,
        order,
        issued: Lazy::default(),
        printed: Lazy::default(),
    };
    (base, error)
}

/// Returns what stands in the text before the body and not in the one about to be issued.
pub(super) fn dropped(draft: &Draft, next: &Base) -> Vec<Dropped> {
    let now = draft.present();
    let gone = now.provisions().iter().filter(|now| next.text.provision(&now.id).is_none());
    let dropped = gone.map(|gone| {
        let mut within = vec![&gone.id];
        while let Some(above) = within.last().and_then(|id| now.provision(id)?.parent.as_ref()) {
            within.push(above);
        }
        let asks = |proposal: &&Proposal| {
            let mut changes = proposal.changes.iter();
            changes.any(|change| change.act == Act::Suppress && within.contains(&&change.target))
        };
        let proposals = draft.open_proposals().filter(asks);
        Dropped {
            provision: gone.id.clone(),
            proposals: proposals.map(|proposal| proposal.id.clone()).collect(),
        }
    });
    dropped.collect()
}

fn flat(provisions: &[Provision]) -> IssuedText {
    let mut first: Vec<Provision> = Vec::new();
    for provision in provisions {
        if first.iter().all(|known| known.id != provision.id) {
            first.push(Provision { parent: None, ..provision.clone() });
        }
    }
    IssuedText::new(first).expect("provisions of different ids under no other are a text")
}
