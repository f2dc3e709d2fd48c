//! Whose a proposal is, and who is on record for what it embodies: two things never mixed.
//!
//! Sponsors tabled the words. Whoever is on record for an option favours that option and did not
//! table these words. What a viewer may not see of sponsors is simply not here.

use jiff::civil::Date;
use travaux_record::{ProposalId, Standing};
use travaux_text::{Assent, Labels, ProvisionId, Reader, StatusNote, TextState};

use super::Negotiation;
use crate::draft::{Proposal, ProvisionState, SponsorSpell};
use crate::positions::OnRecord;

/// Whose a proposal is.
#[derive(Clone, Debug)]
pub struct Attribution<'a> {
    /// The proposal.
    pub proposal: &'a Proposal,
    /// Its present sponsors, in English alphabetical order.
    pub sponsors: Vec<&'a SponsorSpell>,
    /// Who is on record for the option it embodies, and from when; nobody where it embodies none.
    pub on_record: Vec<OnRecord<'a>>,
}

impl Attribution<'_> {
    /// Returns how the words relate to the world; shown wherever the proposal is.
    pub fn standing(&self) -> Standing {
        self.proposal.standing
    }
}

/// The labels of alternatives and marks of provisions in a printed text.
#[derive(Clone, Copy, Debug)]
pub struct Attributed<'a>(&'a Negotiation);

impl Negotiation {
    /// Returns whose a proposal is on a day; none where it was never tabled.
    pub fn attribution(&self, proposal: &ProposalId, on: Date) -> Option<Attribution<'_>> {
        let proposal = self.draft.proposal(proposal)?;
        let on_record = proposal.option.as_ref();
        let on_record = on_record.map(|option| self.positions.on_record(option, &self.process, on));
        Some(Attribution {
            proposal,
            sponsors: self.sponsors(proposal),
            on_record: on_record.unwrap_or_default(),
        })
    }

    /// Returns the present sponsors of a proposal in English alphabetical order.
    pub fn sponsors<'a>(&self, proposal: &'a Proposal) -> Vec<&'a SponsorSpell> {
        let mut sponsors: Vec<&SponsorSpell> = proposal.sponsors().collect();
        self.process.sort_by_participant(&mut sponsors, |spell| &spell.participant);
        sponsors
    }

    /// Returns what a proposal is called in a printed text: its sponsors, or else its label.
    ///
    /// Where a source reports the act and the wording is a paraphrase, the label says so: no
    /// participant's bare name stands after words it did not table.
    pub fn short_attribution(&self, proposal: &ProposalId) -> String {
        let Some(proposal) = self.draft.proposal(proposal) else { return proposal.to_string() };
        let sponsors = self.sponsors(proposal).into_iter();
        let sponsors: Vec<&str> =
            sponsors.map(|spell| self.process.name(&spell.participant)).collect();
        let called = match sponsors.as_slice() {
            [] if proposal.is_without_sponsors() => format!("{}, without sponsors", proposal.label),
            [] => proposal.label.clone(),
            [_, ..] => sponsors.join(", "),
        };
        match proposal.standing {
            Standing::Reported => format!("reported: {called}"),
            Standing::Paraphrase if !sponsors.is_empty() => format!("paraphrased: {called}"),
            Standing::Authentic
            | Standing::Paraphrase
            | Standing::Alternative
            | Standing::Illustrative => called,
        }
    }

    /// Returns who asked for the brackets that stand on a provision without an alternative, each
    /// once, in order of date; nothing where nobody is named.
    pub fn askers(&self, provision: &ProvisionId) -> Option<String> {
        let asked = self.draft.requests(provision).flat_map(|request| &request.participants);
        let mut names: Vec<&str> = Vec::new();
        for name in asked.map(|id| self.process.name(id)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Returns what a reader has to know of a provision besides its state, in words: "reopened",
    /// "P1 received since".
    pub fn notes(&self, provision: &ProvisionId) -> Option<String> {
        let mut notes: Vec<String> = Vec::new();
        if let Some(state) = self.draft.state(provision) {
            self.notes_on(state, &mut notes);
        }
        for proposal in self.draft.awaiting_decision(provision) {
            let document = self.process.document(proposal.document.as_str());
            let on = document.map_or(proposal.document.as_str(), |document| &document.symbol);
            notes.push(format!("{} on {on} awaits a decision", proposal.label));
        }
        (!notes.is_empty()).then(|| notes.join("; "))
    }

    fn notes_on(&self, state: &ProvisionState, notes: &mut Vec<String>) {
        match state.status.note {
            Some(StatusNote::Closed) => notes.push("closed".to_owned()),
            Some(StatusNote::Reopened) => notes.push("reopened".to_owned()),
            Some(StatusNote::AgreedToOtherWords) => {
                notes.push("agreed earlier in other words".to_owned());
            }
            // What was approved or adopted is called so, instead of agreed.
            Some(StatusNote::Approved | StatusNote::Adopted | StatusNote::ReceivedSince) | None => {
            }
        }
        let labels = state.received.iter().filter_map(|id| self.draft.proposal(id));
        let labels: Vec<&str> = labels.map(|proposal| proposal.label.as_str()).collect();
        if !labels.is_empty() {
            notes.push(format!("{} received since", labels.join(", ")));
        }
        let names: Vec<&str> =
            state.brackets_received.iter().map(|id| self.process.name(id)).collect();
        if !names.is_empty() {
            notes.push(format!("brackets asked for since: {}", names.join(", ")));
        }
    }

    /// Returns the labels and marks with which the rolling text is printed.
    ///
    /// Who is on record for an option is no label: it did not table the words.
    pub fn labels(&self) -> Attributed<'_> {
        Attributed(self)
    }
}

impl Labels for Attributed<'_> {
    fn label(&self, _provision: &ProvisionId, reader: &Reader) -> Option<String> {
        match reader {
            Reader::Base => None,
            Reader::Side(side) => Some(self.0.short_attribution(&ProposalId::new(side.as_str()))),
        }
    }

    fn askers(&self, provision: &ProvisionId) -> Option<String> {
        self.0.askers(provision)
    }

    fn mark(&self, provision: &ProvisionId) -> Option<String> {
        let draft = &self.0.draft;
        let state = draft.state(provision)?;
        let mut marks: Vec<String> = Vec::new();
        if state.status.state == TextState::AgreedAdReferendum {
            let mark = match state.assent {
                Assent::Approved | Assent::Adopted => state.words(),
                Assent::None | Assent::AdReferendum | Assent::Closed | Assent::Reopened => {
                    "agreed ad ref."
                }
            };
            marks.push(mark.to_owned());
        }
        marks.extend(
            self.0.notes(provision).filter(|_| state.status.note != Some(StatusNote::Closed)),
        );
        for request in draft.unplaced_requests(provision) {
            let words = request.words.as_deref().unwrap_or_default();
            marks.push(format!(
                "brackets were asked for around \u{201c}{words}\u{201d}, which does not stand here \
                 exactly once: the whole is bracketed"
            ));
        }
        let open = || !state.alternatives.is_empty() || draft.requests(provision).next().is_some();
        if let Some((official, words)) = draft.official(provision).filter(|_| open()) {
            let from = &official.source;
            marks.push(format!("official words, from {from}: \u{201c}{}\u{201d}", words.text));
        }
        for placeholder in draft.placeholders(provision) {
            marks.push(match &placeholder.participant {
                Some(who) => format!("{} awaits instructions", self.0.process.name(who)),
                None => format!("awaiting {}", placeholder.awaiting),
            });
        }
        (!marks.is_empty()).then(|| marks.join("; "))
    }
}
