//! Letters to sponsors: what became of their proposals when a new text was issued.
//!
//! It compares two texts, and says in words of instructions what was asked, what the new text did and
//! what is left to ask. It suggests; the record decides what is carried and what lapses. Why the new text
//! reads as it does is not known here, nor whether anybody agreed to it. A proposal without a sponsor on
//! record is nobody's: it is listed apart, and no participant is named for it.

mod words;

use std::collections::BTreeMap;

use travaux_record::{DocumentId, ParticipantId, ProposalId, ProposalOutcome};
use travaux_text::{
    Act, Change, IssuedText, Outcome, Proposal as Asked, ProposalKey, ProposalRebase, RollingText,
    rebase_proposal,
};

use crate::draft::{Base, Draft, Fate, LifeStep, Proposal};

/// What became of the proposals open when a document was issued, by sponsor.
#[derive(Clone, Debug)]
pub struct Letters<'n> {
    /// The text before it.
    pub before: &'n Base,
    /// The new text.
    pub after: &'n Base,
    /// What became of each proposal, in order of tabling.
    pub accounts: Vec<Account<'n>>,
}

/// What became of one proposal.
#[derive(Clone, Debug)]
pub struct Account<'n> {
    /// The proposal.
    pub proposal: &'n Proposal,
    /// Its sponsors when the new text was issued, in order of joining.
    pub sponsors: Vec<ParticipantId>,
    /// What it asked for then.
    pub asked: Vec<Change>,
    /// What the comparison of the two texts finds, and suggests.
    pub rebase: ProposalRebase,
    /// What the record says became of it.
    pub fate: Fate<'n>,
    /// What it asked for, as an instruction; a line for each change.
    pub request: Vec<String>,
    /// What became of it, in sentences that quote the words.
    pub findings: Vec<String>,
    /// What is suggested to be tabled on the new text, as an instruction.
    pub suggestion: Vec<String>,
}

impl Draft {
    /// Compares each proposal that was open when a document was issued with what the document reads;
    /// nothing where it brought no text, or no text was before the body until then.
    pub fn letters<'n>(&'n self, document: &'n DocumentId) -> Option<Letters<'n>> {
        let place = self.bases().position(|base| base.document == *document)?;
        let before = self.bases().nth(place.checked_sub(1)?)?;
        let after = self.bases().nth(place)?;
        let open: Vec<(&'n Proposal, Fate<'n>)> = self.account(document).collect();
        let mut sides: Vec<(ProposalKey, Asked)> = Vec::new();
        for (order, (proposal, _)) in (0..).zip(&open) {
            let Ok(key) = ProposalKey::new(proposal.id.as_str()) else { continue };
            let side = Asked::new(order, words_at(proposal, document));
            let amended = proposal.amends.as_ref();
            let amended = amended.and_then(|amended| ProposalKey::new(amended.as_str()).ok());
            sides.push((
                key,
                match amended {
                    Some(amended) => side.amending(amended),
                    None => side,
                },
            ));
        }
        let old = RollingText::with_proposals(before.text.clone(), sides.clone());
        let texts = (with_additions(&before.text, &sides), &after.text);
        let accounts = open.into_iter().filter_map(|(proposal, fate)| {
            let key = ProposalKey::new(proposal.id.as_str()).ok()?;
            let rebase = rebase_proposal(&old, &after.text, &key)?;
            let asked = words_at(proposal, document);
            let said = words::Said::of((&texts.0, texts.1), &key, &asked, &rebase);
            Some(Account {
                proposal,
                sponsors: sponsors_at(proposal, after),
                asked,
                rebase,
                fate,
                request: said.request,
                findings: said.findings,
                suggestion: said.suggestion,
            })
        });
        Some(Letters { before, after, accounts: accounts.collect() })
    }
}

impl Letters<'_> {
    /// Returns the accounts by sponsor, a joint proposal under each of its sponsors; those of
    /// proposals that nobody sponsors stand under none.
    pub fn by_sponsor(&self) -> BTreeMap<Option<&ParticipantId>, Vec<&Account<'_>>> {
        let mut letters: BTreeMap<Option<&ParticipantId>, Vec<&Account<'_>>> = BTreeMap::new();
        for account in &self.accounts {
            if account.sponsors.is_empty() {
                letters.entry(None).or_default().push(account);
            }
            for sponsor in &account.sponsors {
                letters.entry(Some(sponsor)).or_default().push(account);
            }
        }
        letters
    }
}

/// What the secretariat may record of a proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Disposal {
    /// It stays open on the new text, with these changes where they are not those it had.
    Carry(Option<Vec<Change>>),
    /// It lapses.
    Lapse(ProposalOutcome),
}

impl Account<'_> {
    /// Returns what a rule may decide without asking anybody: what applies, whole or in part, is
    /// carried, and what the new text has lapses as reflected. The rest is for a person.
    pub fn by_rule(&self) -> Option<Disposal> {
        match self.rebase.outcome {
            Outcome::Applies | Outcome::PartlyAbsorbed => Some(self.carried()),
            Outcome::Absorbed => Some(self.lapsed()),
            Outcome::Superseded | Outcome::NeedsAttention => None,
        }
    }

    /// Returns the proposal carried with what is suggested for the new text.
    pub fn carried(&self) -> Disposal {
        let changes = &self.rebase.suggestion.changes;
        Disposal::Carry((*changes != self.asked).then(|| changes.clone()))
    }

    /// Returns the proposal lapsed with what the comparison of the texts found.
    pub fn lapsed(&self) -> Disposal {
        let has_some = |outcome| self.rebase.changes.iter().any(|one| one.outcome == outcome);
        let has_part = has_some(Outcome::PartlyAbsorbed) || has_some(Outcome::Absorbed);
        let outcome = self.rebase.outcome;
        let needs_attention = outcome == Outcome::NeedsAttention;
        Disposal::Lapse(if outcome == Outcome::Absorbed {
            ProposalOutcome::Reflected
        } else if outcome == Outcome::PartlyAbsorbed || (needs_attention && has_part) {
            ProposalOutcome::ReflectedInPart
        } else {
            ProposalOutcome::NotReflected
        })
    }
}

/// Returns what a proposal asked for when a document was issued.
fn words_at(proposal: &Proposal, document: &DocumentId) -> Vec<Change> {
    let mut changes: &[Change] = &[];
    for event in &proposal.life {
        match &event.step {
            LifeStep::Carried { document: onto, .. } if onto == document => break,
            LifeStep::Lapsed(lapse) if lapse.document == *document => break,
            LifeStep::Tabled(words)
            | LifeStep::Revised(words)
            | LifeStep::Carried { changes: Some(words), .. } => changes = words,
            _ => {}
        }
    }
    changes.to_vec()
}

/// Returns who sponsored a proposal when a text was issued.
fn sponsors_at(proposal: &Proposal, issued: &Base) -> Vec<ParticipantId> {
    let day = issued.basis.at.counts_from();
    let spells = proposal.sponsorships.iter().filter(|spell| {
        let has_left = spell.left.is_some_and(|left| left.at.counts_from() < day);
        spell.joined.at.counts_from() <= day && !has_left
    });
    let mut sponsors: Vec<ParticipantId> = Vec::new();
    for spell in spells {
        if !sponsors.contains(&spell.participant) {
            sponsors.push(spell.participant.clone());
        }
    }
    sponsors
}

/// Returns a text with all that proposals add to it, so that what others ask of it can be cited.
fn with_additions(text: &IssuedText, sides: &[(ProposalKey, Asked)]) -> IssuedText {
    let mut rolling = RollingText::new(text.clone());
    let mut keys = Vec::new();
    for (key, side) in sides {
        let added = side.changes.iter().filter(|change| matches!(change.act, Act::Add { .. }));
        let added: Vec<Change> = added.cloned().collect();
        if !added.is_empty() {
            rolling.table(key.clone(), Asked::new(side.tabled, added));
            keys.push(key.clone());
        }
    }
    rolling.side(&keys).preferring(&keys)
}

/// Says in a word or two what became of a proposal.
pub const fn word(found: Outcome) -> &'static str {
    match found {
        Outcome::Applies => "applies",
        Outcome::PartlyAbsorbed => "partly absorbed",
        Outcome::Absorbed => "absorbed",
        Outcome::Superseded => "superseded",
        Outcome::NeedsAttention => "needs attention",
    }
}

/// Names a proposal for messages.
pub fn label(proposal: &Proposal) -> String {
    if proposal.label == proposal.id.as_str() {
        proposal.label.clone()
    } else {
        format!("{} ({})", proposal.label, proposal.id)
    }
}

/// Finds the account of a proposal.
impl<'n> Letters<'n> {
    /// Returns what became of a proposal, if it was open when the text was issued.
    pub fn of(&self, proposal: &ProposalId) -> Option<&Account<'n>> {
        self.accounts.iter().find(|account| account.proposal.id == *proposal)
    }
}
