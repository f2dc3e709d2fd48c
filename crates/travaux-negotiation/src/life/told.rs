//! The life of words in sentences, in order of date: what brought them, opened them and freed them.
//!
//! Each sentence rests on one entry. What the acts themselves are called is told by `changes`.

use travaux_record::{EntryId, ParticipantId, ProposalId, Standing};

use super::blame::{BlamedWords, Submitted};
use super::strand::{Entered, WordLife, WordOrigin};
use crate::draft::Opening;
use crate::{Basis, Negotiation, Sentence};

/// One step in the life of words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LifeLine {
    /// The entry.
    pub basis: Basis,
    /// What happened to the words, without a full stop.
    pub sentence: Sentence,
}

/// What one entry ended.
struct Ends<'a> {
    basis: Basis,
    /// The proposals that would have had other words, or none.
    against: Vec<&'a ProposalId>,
    /// The proposals that asked for the words.
    asking: Vec<&'a ProposalId>,
    other: Option<&'static str>,
}

impl Negotiation {
    /// Tells the life of words, in order of date.
    pub fn life_of(&self, words: &BlamedWords) -> Vec<LifeLine> {
        let life = &words.life;
        let mut lines = vec![LifeLine { basis: life.brought, sentence: self.brought(life) }];
        if !life.also.is_empty() {
            let sentence = Sentence::default().list(&life.also).then(" asks for them too");
            let sentence = match life.also.as_slice() {
                [_] => sentence,
                _ => Sentence::default().list(&life.also).then(" ask for them too"),
            };
            lines.push(LifeLine { basis: life.brought, sentence });
        }
        if let Some(entered) = life.entered.as_ref().filter(|e| e.basis() != life.brought) {
            let sentence = match entered {
                Entered::Issued(document, _) => Sentence::new(document).then(" takes them in"),
                Entered::Agreed(_) => Sentence::new("the body agrees to them"),
            };
            lines.push(LifeLine { basis: entered.basis(), sentence });
        }
        for stood in life.documents.iter().skip(1) {
            let sentence = Sentence::new("they stand in ").then(&stood.document);
            lines.push(LifeLine { basis: stood.since, sentence });
        }
        for spell in &life.brackets {
            // That a proposal asks for words it brings is said already.
            let is_said = matches!((&spell.opening, &life.origin),
                (Opening::Asked(by), WordOrigin::Proposal(from)) if by == from)
                && spell.since == life.brought;
            if !is_said {
                lines.push(LifeLine { basis: spell.since, sentence: self.opened(&spell.opening) });
            }
        }
        lines.extend(self.ends(life));
        lines.extend(words.submissions.iter().map(submitted));
        lines.sort_by_key(|line| self.changes.place(line.basis.entry));
        lines
    }

    /// Says who first wrote words, in which session, and how the words relate to the world: nobody is
    /// said to have brought a paraphrase.
    fn brought(&self, life: &WordLife) -> Sentence {
        let (mut sentence, standing) = match &life.origin {
            WordOrigin::Proposal(id) => {
                let proposal = self.draft.proposal(id);
                let sponsors: Vec<&ParticipantId> = proposal
                    .map(|known| self.sponsors(known).into_iter().map(|s| &s.participant).collect())
                    .unwrap_or_default();
                let mut sentence = Sentence::new(id);
                if !sponsors.is_empty() {
                    sentence = sentence.then(" (").list(sponsors).then(")");
                }
                (sentence.then(" brings them"), proposal.map(|known| known.standing))
            }
            WordOrigin::Document(document) => {
                let base = self.draft.base_of(document);
                let sentence = Sentence::new(document).then(" brings them");
                (sentence, base.map(|base| base.standing))
            }
            WordOrigin::Agreement => {
                let what = "the body agrees to them; neither the text nor a proposal had them";
                (Sentence::new(what), None)
            }
        };
        let day = life.brought.at.counts_from();
        if let Some(session) = self.process.current_session(day) {
            sentence = sentence.then(", ").then(&session.fact.session);
        }
        match standing.and_then(said_of) {
            Some(said) => sentence.then(said),
            None => sentence,
        }
    }

    fn opened(&self, opening: &Opening) -> Sentence {
        match opening {
            Opening::Changed { proposal, instead } if instead.is_empty() => {
                Sentence::new(proposal).then(" would delete them")
            }
            Opening::Changed { proposal, instead } => Sentence::new(proposal)
                .then(format!(" would replace them by \u{201c}{instead}\u{201d}")),
            Opening::Suppressed(proposal) => {
                Sentence::new(proposal).then(" would delete the provision")
            }
            Opening::Asked(proposal) => Sentence::new(proposal).then(" asks for them"),
            Opening::Requested(entry) => {
                let askers = self.askers_of(*entry);
                let asked = Sentence::new("brackets are asked for around them");
                if askers.is_empty() { asked } else { asked.then(" by ").list(askers) }
            }
            Opening::Printed(document) => {
                Sentence::new(document).then(" prints them in square brackets")
            }
        }
    }

    /// Says what ended times in brackets, one sentence for all that one entry ended; nothing where
    /// that is the words' coming into the text, which is said already.
    fn ends(&self, life: &WordLife) -> Vec<LifeLine> {
        let mut ends: Vec<Ends<'_>> = Vec::new();
        for spell in &life.brackets {
            let Some(basis) = spell.until else { continue };
            let enters = life.entered.as_ref().is_some_and(|entered| entered.basis() == basis);
            if enters && matches!(spell.opening, Opening::Asked(_)) {
                continue;
            }
            let known = ends.iter().position(|known| known.basis == basis);
            let at = known.unwrap_or_else(|| {
                let (against, asking) = (Vec::new(), Vec::new());
                ends.push(Ends { basis, against, asking, other: None });
                ends.len() - 1
            });
            let ends = &mut ends[at];
            match &spell.opening {
                Opening::Changed { proposal, .. } | Opening::Suppressed(proposal) => {
                    if !ends.against.contains(&proposal) {
                        ends.against.push(proposal);
                    }
                }
                Opening::Asked(proposal) => ends.asking.push(proposal),
                Opening::Requested(_) => ends.other = Some("the brackets asked for are gone"),
                Opening::Printed(_) => ends.other = Some("they stand without square brackets"),
            }
        }
        let mut lines = Vec::new();
        for Ends { basis, against, asking, other } in ends {
            let mut said: Vec<Sentence> = Vec::new();
            said.extend(no_longer(&against, ["stands against them", "stand against them"]));
            said.extend(no_longer(&asking, ["asks for them", "ask for them"]));
            said.extend(other.map(Sentence::new));
            let act = self.changes.entry(basis.entry).map(|act| &act.description.sentence);
            lines.extend(said.into_iter().map(|said| {
                let parts = act.map_or(&[][..], |act| act.parts());
                let start = if parts.is_empty() { said } else { said.then(": ") };
                let sentence = parts.iter().fold(start, |told, part| told.then(part.clone()));
                LifeLine { basis, sentence }
            }));
        }
        lines
    }

    /// Returns who asked for brackets by an entry.
    fn askers_of(&self, entry: EntryId) -> Vec<&ParticipantId> {
        let mut requests = self.draft.all_requests();
        let request = requests.find(|request| request.basis.entry == entry);
        request.map(|request| request.participants.iter().collect()).unwrap_or_default()
    }
}

/// Says that proposals no longer do something; nothing where there is none.
fn no_longer(proposals: &[&ProposalId], [one, several]: [&'static str; 2]) -> Option<Sentence> {
    let what = if proposals.len() == 1 { one } else { several };
    let named = Sentence::default().list(proposals.iter().copied());
    (!proposals.is_empty()).then(|| named.then(" no longer ").then(what))
}

/// Says how words relate to the world; nothing of the authentic ones.
fn said_of(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Authentic => None,
        Standing::Reported => Some(" (a source reports the proposal; the wording is a paraphrase)"),
        Standing::Paraphrase => Some(" (in a paraphrase, not the words of the document)"),
        Standing::Alternative => Some(" (an unattributed wording of an option; nobody tabled it)"),
        Standing::Illustrative => Some(" (illustrative; nobody is on record for it)"),
    }
}

fn submitted(submission: &Submitted) -> LifeLine {
    let first = if submission.is_first { ", before any text or proposal" } else { "" };
    let sentence = Sentence::new(&submission.participant).then(format!(
        " asks for \u{201c}{}\u{201d} in \u{201c}{}\u{201d}{first}",
        submission.words, submission.title
    ));
    LifeLine { basis: submission.basis, sentence }
}
