//! Who has signed, who has consented to be bound, and when the treaty enters into force.
//!
//! That a parliament approved, that an instrument is deposited and that the treaty is in force are
//! three facts; only a deposit counts (Vienna Convention on the Law of Treaties, articles 11 to 16
//! and 24). The clause is read from the entry that opened the treaty for signature; nothing here
//! guesses when missing instruments will come.

mod force;

use std::collections::{BTreeMap, BTreeSet};

use travaux_record::{
    ConsentRecorded, ConsentStage, Fact, Occurrence, OpenedForSignature, ParticipantClass,
    ParticipantId, Projection, Signed,
};

pub use force::EntryIntoForce;

use crate::process::Stated;
use crate::{Basis, Irregularity, Sentence};

/// What one participant has done towards being bound.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Ties {
    /// Its signature.
    pub signature: Option<Stated<Signed>>,
    /// The entries that report that it had not signed by their date.
    pub not_signed: Vec<Basis>,
    /// Its steps of consent, in order of date.
    pub consents: Vec<Stated<ConsentRecorded>>,
}

impl Ties {
    /// Returns the deposit of its instrument, if there is one.
    pub fn deposit(&self) -> Option<&Stated<ConsentRecorded>> {
        self.consents.iter().find(|consent| consent.fact.stage == ConsentStage::Deposited)
    }

    /// Returns how far its consent has come, if any step is recorded.
    pub fn stage(&self) -> Option<ConsentStage> {
        self.consents.iter().map(|consent| consent.fact.stage).max()
    }
}

/// Signatures, consents and entry into force: a projection.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Depositary {
    opened: Option<Stated<OpenedForSignature>>,
    ties: BTreeMap<ParticipantId, Ties>,
    organizations: BTreeSet<ParticipantId>,
    irregularities: Vec<Irregularity>,
}

impl Projection for Depositary {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let basis = Basis::of(&occurrence);
        match occurrence.fact {
            Fact::ParticipantAdmitted(fact) => {
                if fact.class == ParticipantClass::Organization || fact.class.is_group() {
                    self.organizations.insert(fact.participant.clone());
                } else {
                    self.organizations.remove(&fact.participant);
                }
            }
            Fact::OpenedForSignature(fact) => {
                self.opened = Some(Stated { fact: fact.clone(), basis });
            }
            Fact::Signed(fact) => self.sign(fact, basis),
            Fact::NotYetSigned(fact) => {
                self.ties.entry(fact.participant.clone()).or_default().not_signed.push(basis);
            }
            Fact::ConsentRecorded(fact) => self.consent(fact, basis),
            fact => debug_assert!(!Self::concerns(fact), "a depositary fact was passed over"),
        }
    }
}

impl Depositary {
    /// Reports whether a fact changes this projection.
    pub fn concerns(fact: &Fact) -> bool {
        matches!(
            fact,
            Fact::ParticipantAdmitted(_)
                | Fact::OpenedForSignature(_)
                | Fact::Signed(_)
                | Fact::NotYetSigned(_)
                | Fact::ConsentRecorded(_)
        )
    }

    /// Returns how the treaty was opened for signature, if it was.
    pub fn opened(&self) -> Option<&Stated<OpenedForSignature>> {
        self.opened.as_ref()
    }

    /// Returns what a participant has done towards being bound, if anything is recorded.
    pub fn ties(&self, participant: &ParticipantId) -> Option<&Ties> {
        self.ties.get(participant)
    }

    /// Returns the signatories in order of date, then of key.
    pub fn signatories(&self) -> Vec<&Stated<Signed>> {
        let mut signed: Vec<_> =
            self.ties.values().filter_map(|ties| ties.signature.as_ref()).collect();
        signed.sort_by_key(|signature| signature.basis.at);
        signed
    }

    /// Returns who is reported not to have signed and has not signed since, with the reports.
    pub fn not_signed(&self) -> impl Iterator<Item = (&ParticipantId, &[Basis])> {
        let reported = self
            .ties
            .iter()
            .filter(|(_, ties)| ties.signature.is_none() && !ties.not_signed.is_empty());
        reported.map(|(participant, ties)| (participant, ties.not_signed.as_slice()))
    }

    /// Returns the deposits that count, in order of date, then of key.
    ///
    /// The instrument of an organization is not counted as additional to those of its members.
    pub fn deposits(&self) -> Vec<&Stated<ConsentRecorded>> {
        let counting = self.ties.iter().filter(|(id, _)| !self.organizations.contains(*id));
        let mut deposits: Vec<_> = counting.filter_map(|(_, ties)| ties.deposit()).collect();
        deposits.sort_by_key(|deposit| deposit.basis.at);
        deposits
    }

    /// Returns the participants whose consent has come exactly so far, with the step.
    pub fn at_stage(&self, stage: ConsentStage) -> Vec<&Stated<ConsentRecorded>> {
        let reached = self.ties.values().filter(|ties| ties.stage() == Some(stage));
        reached
            .filter_map(|ties| ties.consents.iter().find(|consent| consent.fact.stage == stage))
            .collect()
    }

    /// Returns when the treaty enters into force, or what is missing; none before it is opened.
    pub fn entry_into_force(&self) -> Option<EntryIntoForce> {
        let opened = self.opened.as_ref()?;
        Some(force::entry_into_force(&opened.fact, &self.deposits()))
    }

    /// Returns the acts against which a rule speaks.
    pub fn irregularities(&self) -> &[Irregularity] {
        &self.irregularities
    }

    fn sign(&mut self, fact: &Signed, basis: Basis) {
        let opening = self.opened.as_ref().map(|opened| (opened.basis.at, opened.fact.until));
        let day = basis.at.counts_from();
        match opening {
            None => self.irregular(
                basis,
                Sentence::new(&fact.participant)
                    .then(" signed before the treaty was opened for signature"),
                "a treaty is signed while it is open for signature",
                "record the opening, dated no later than the signature",
            ),
            Some((_, Some(until))) if until < basis.at.first_day() => self.irregular(
                basis,
                Sentence::new(&fact.participant)
                    .then(format!(" signed on {day}, after the last day for signature, {until}")),
                "a treaty is signed while it is open for signature",
                "check the date; after that day a State may accede",
            ),
            Some(_) => {}
        }
        let ties = self.ties.entry(fact.participant.clone()).or_default();
        if ties.signature.is_some() {
            self.irregular(
                basis,
                Sentence::new(&fact.participant).then(" signed a second time"),
                "a State signs once",
                "strike the entry out by a correction, or record what was really done",
            );
        } else {
            ties.signature = Some(Stated { fact: fact.clone(), basis });
        }
    }

    fn consent(&mut self, fact: &ConsentRecorded, basis: Basis) {
        let ties = self.ties.entry(fact.participant.clone()).or_default();
        let again = fact.stage == ConsentStage::Deposited && ties.deposit().is_some();
        ties.consents.push(Stated { fact: fact.clone(), basis });
        if again {
            self.irregular(
                basis,
                Sentence::new(&fact.participant).then(" deposited a second instrument"),
                "a State's consent to be bound is deposited once; the first deposit counts",
                "strike the entry out by a correction, or record what was really deposited",
            );
        }
    }

    fn irregular(&mut self, basis: Basis, what: Sentence, rule: &'static str, hint: &'static str) {
        self.irregularities.push(Irregularity { basis, what, rule, hint });
    }
}

#[cfg(test)]
mod tests;
