//! Whose a proposal is, and who is on record for what it embodies: two things never mixed.
//!
//! Sponsors tabled the words. Whoever is on record for an option favours that option and did not
//! table these words. What a viewer may not see of sponsors is simply not here.

use jiff::civil::Date;
use travaux_record::{ProposalId, Standing};
use travaux_text::{Labels, ProvisionId, Reader, StandingNote, TextState};

use super::Negotiation;
use crate::draft::{Proposal, SponsorSpell};
use crate::positions::OnRecord;

/// Whose a proposal is.
#[derive(Clone, Debug)]
pub struct Attribution<'a> {
    /// The proposal.
    pub proposal: &'a Proposal,
    /// Its present sponsors, in order of joining.
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
            sponsors: proposal.sponsors().collect(),
            on_record: on_record.unwrap_or_default(),
        })
    }

    /// Returns what a proposal is called in a printed text: its sponsors, or else its label.
    pub fn short_attribution(&self, proposal: &ProposalId) -> String {
        let Some(proposal) = self.draft.proposal(proposal) else { return proposal.to_string() };
        let sponsors: Vec<&str> =
            proposal.sponsors().map(|spell| self.process.name(&spell.participant)).collect();
        if sponsors.is_empty() { proposal.label.clone() } else { sponsors.join(", ") }
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

    fn mark(&self, provision: &ProvisionId) -> Option<String> {
        let draft = &self.0.draft;
        let standing = draft.state(provision)?.standing;
        let mut marks: Vec<String> = Vec::new();
        if standing.state == TextState::AgreedAdReferendum {
            marks.push("agreed ad ref.".to_owned());
        }
        let note = standing.note.and_then(|note| match note {
            StandingNote::Closed => None,
            StandingNote::Reopened => Some("reopened"),
            StandingNote::ContestedSinceAgreed => Some("contested since"),
            StandingNote::AgreedToOtherWords => Some("agreed earlier in other words"),
        });
        marks.extend(note.map(str::to_owned));
        for request in draft.requests(provision) {
            let who: Vec<&str> =
                request.participants.iter().map(|id| self.0.process.name(id)).collect();
            let around = match &request.words {
                Some(words) => format!("brackets asked for around \"{words}\""),
                None => "brackets asked for".to_owned(),
            };
            marks.push(if who.is_empty() {
                around
            } else {
                format!("{around} by {}", who.join(", "))
            });
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
