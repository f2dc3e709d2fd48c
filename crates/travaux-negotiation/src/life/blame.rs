//! Blame: for every word of a provision who brought it, and what became of it since.
//!
//! Each answer names the entries it rests on. Words are compared, not intentions: that a document
//! reads as a proposal asked is told by the words alone, unless the record says so. Headings are
//! not followed.

use std::collections::BTreeSet;
use std::ops::Range;

use travaux_record::{NewerKind, ParticipantId, ProposalId, Record, View};
use travaux_text::{Likeness, Lineage, Phrase, ProvisionId, TokenKind, tokens};

use super::strand::{Strand, WordLife};
use super::{Step, follow};
use crate::draft::{Proposal, Stands};
use crate::{Basis, Negotiation};

/// Every word of a provision with its life.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Blame {
    /// The provision.
    pub provision: ProvisionId,
    /// Where it stands; none where it is gone, and these are its last words.
    pub stands: Option<Stands>,
    /// Its words, in order; concatenated they are its text to the byte.
    pub words: Vec<BlamedWords>,
    /// How open proposals would have it read, in order of tabling; each concatenates to the text
    /// that the proposal wants.
    pub sides: Vec<(ProposalId, Vec<BlamedWords>)>,
    /// The entry by which the body agreed to these words, if the agreement stands.
    pub agreed: Option<Basis>,
}

/// Neighbouring words of one life.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BlamedWords {
    /// The words, with the white space behind them.
    pub text: String,
    /// What is known of them.
    pub life: WordLife,
    /// The stakeholders' submissions that asked for them, in order of date.
    pub submissions: Vec<Submitted>,
}

/// A submission that asks for words of the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Submitted {
    /// Who made it.
    pub participant: ParticipantId,
    /// Its title.
    pub title: String,
    /// The words it asks for, as it writes them.
    pub words: String,
    /// Its entry.
    pub basis: Basis,
    /// Reports whether it was made before the words were first written in a proposal or a text.
    pub is_first: bool,
}

impl Negotiation {
    /// Follows every word of a provision through all that the view shows; none where the provision
    /// was in no text and in no proposal. The view must be the one this was projected from.
    ///
    /// # Errors
    /// When the record holds a kind of fact that this program does not know.
    pub fn blame(
        &self,
        record: &Record,
        view: &View,
        provision: &ProvisionId,
    ) -> Result<Option<Blame>, NewerKind> {
        let mut strand = Strand::default();
        let wanted = BTreeSet::from([provision.clone()]);
        follow(record, view, &wanted, |step: Step<'_>| strand.take_in(&step, &self.draft))?;
        let Some(text) = strand.text() else { return Ok(None) };
        let blamed = |lineage| self.blamed(provision, &strand, lineage);
        let mut sides: Vec<_> = strand.sides().collect();
        sides.sort_by_key(|(id, _)| self.draft.proposal(id).map(Proposal::order_of_tabling));
        let agreement = self.draft.agreement(provision).and_then(|agreement| agreement.latest());
        let agreed = agreement.filter(|_| self.draft.is_held(provision));
        Ok(Some(Blame {
            provision: provision.clone(),
            stands: strand.stands().cloned(),
            words: blamed(text),
            sides: sides.into_iter().map(|(id, side)| (id.clone(), blamed(side))).collect(),
            agreed: agreed.map(|agreed| agreed.basis),
        }))
    }

    /// Gathers neighbouring words of one life.
    fn blamed(
        &self,
        provision: &ProvisionId,
        strand: &Strand,
        lineage: &Lineage<usize>,
    ) -> Vec<BlamedWords> {
        let submitted = self.submitted(provision, lineage.text());
        let mut gathered: Vec<BlamedWords> = Vec::new();
        let mut at = 0;
        for (token, word) in tokens(lineage.text()).zip(lineage.marks()) {
            let life = strand.life(*word);
            let is_first = |basis: Basis| {
                self.changes.place(basis.entry) < self.changes.place(life.brought.entry)
            };
            let submissions: Vec<Submitted> = submitted
                .iter()
                .filter(|(range, _)| range.contains(&at))
                .map(|(_, ask)| Submitted { is_first: is_first(ask.basis), ..ask.clone() })
                .collect();
            at += token.len();
            let is_space = TokenKind::of(token) == TokenKind::Space;
            match gathered.last_mut() {
                // White space goes with the words before it.
                Some(last) if is_space || last.life == *life && last.submissions == submissions => {
                    last.text.push_str(token);
                }
                _ => {
                    let (text, life) = (token.to_owned(), life.clone());
                    gathered.push(BlamedWords { text, life, submissions });
                }
            }
        }
        gathered
    }

    /// Finds the words that stakeholders asked for on a provision, or on what it stands under, in
    /// its text, in order of date.
    fn submitted(&self, provision: &ProvisionId, text: &str) -> Vec<(Range<usize>, Submitted)> {
        let mut about = vec![provision];
        for base in self.draft.bases() {
            about.extend(base.text.ancestors(provision).map(|above| &above.id));
        }
        let mut submitted = Vec::new();
        for submission in self.process.submissions() {
            let fact = &submission.fact;
            let named = fact.provisions.iter().any(|id| about.contains(&id));
            for words in fact.words.iter().filter(|_| named) {
                let Some(phrase) = Phrase::new(words, Likeness::AnyCase) else { continue };
                let ask = Submitted {
                    participant: fact.participant.clone(),
                    title: fact.title.clone(),
                    words: words.clone(),
                    basis: submission.basis,
                    is_first: false,
                };
                submitted.extend(phrase.find(text).into_iter().map(|range| (range, ask.clone())));
            }
        }
        submitted
    }
}

impl Blame {
    /// Returns the text.
    pub fn text(&self) -> String {
        self.words.iter().map(|words| words.text.as_str()).collect()
    }

    /// Returns the lives of the words of a phrase, cut to it, wherever it stands in the text; in any
    /// case of letters.
    pub fn of_phrase(&self, phrase: &str) -> Vec<Vec<BlamedWords>> {
        let text = self.text();
        let found = Phrase::new(phrase, Likeness::AnyCase).map(|phrase| phrase.find(&text));
        found.unwrap_or_default().into_iter().map(|range| cut(&self.words, &range)).collect()
    }
}

/// Returns the words within a range of bytes.
fn cut(words: &[BlamedWords], range: &Range<usize>) -> Vec<BlamedWords> {
    let mut at = 0;
    let mut cut = Vec::new();
    for blamed in words {
        let own = at..at + blamed.text.len();
        at = own.end;
        let (from, to) = (own.start.max(range.start), own.end.min(range.end));
        if from < to {
            let text = blamed.text[from - own.start..to - own.start].to_owned();
            cut.push(BlamedWords { text, ..blamed.clone() });
        }
    }
    cut
}
