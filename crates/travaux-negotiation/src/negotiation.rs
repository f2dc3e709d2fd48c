//! Everything that follows from a record, in one fold: what the faces ask.
//!
//! It joins the projections where a question needs several, and gives names to what sentences
//! refer to. It computes nothing that one projection could answer alone.

mod asked;
mod attribution;
mod contested;
mod history;
mod side;

use std::borrow::Cow;
use std::sync::Arc;

use travaux_record::{Fact, Occurrence, Projection};

pub use attribution::{Attributed, Attribution};
pub use contested::{CONTESTED_ORDER, Contested};
pub use history::{Became, HistoryLine};
pub use side::{ReadSide, SideError, Whose};

use crate::changes::Changes;
use crate::decisions::Decisions;
use crate::depositary::Depositary;
use crate::draft::Draft;
use crate::positions::Positions;
use crate::procedure::{Proceedings, Rules};
use crate::process::Process;
use crate::wording::capital;
use crate::{Irregularity, Part, ProvisionThen, Sentence};

/// A negotiation as a viewer may see it at a moment: the product of its projections.
///
/// Each part is shared by the copies of a value until one of them changes it, so that keeping a
/// copy of every day of a negotiation is cheap.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Negotiation {
    /// Who takes part, when the body meets, what is issued.
    pub process: Arc<Process>,
    /// The text and the proposals on it.
    pub draft: Arc<Draft>,
    /// Who stands where.
    pub positions: Arc<Positions>,
    /// What was decided.
    pub decisions: Arc<Decisions>,
    /// The acts in meetings, and the room they leave.
    pub procedure: Arc<Proceedings>,
    /// Signatures, consents and entry into force.
    pub depositary: Arc<Depositary>,
    /// What happened, in words.
    pub changes: Arc<Changes>,
}

impl Projection for Negotiation {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let fact = occurrence.fact;
        if Process::concerns(fact) {
            Arc::make_mut(&mut self.process).apply(occurrence);
        }
        if Draft::concerns(fact) {
            Arc::make_mut(&mut self.draft).apply(occurrence);
        }
        if Positions::concerns(fact) {
            Arc::make_mut(&mut self.positions).apply(occurrence);
        }
        if Decisions::concerns(fact) {
            Arc::make_mut(&mut self.decisions).apply(occurrence);
        }
        if Proceedings::concerns(fact) {
            Arc::make_mut(&mut self.procedure).apply(occurrence);
        }
        if Depositary::concerns(fact) {
            Arc::make_mut(&mut self.depositary).apply(occurrence);
        }
        Arc::make_mut(&mut self.changes).apply(occurrence);
    }
}

/// Names.
impl Negotiation {
    /// Returns what a part of a sentence is called.
    pub fn name<'a>(&'a self, part: &'a Part) -> Cow<'a, str> {
        match part {
            Part::Words(words) => Cow::Borrowed(words),
            Part::Participant(participant) => Cow::Borrowed(self.process.name(participant)),
            Part::Proposal(proposal) => {
                let known = self.draft.proposal(proposal);
                Cow::Borrowed(known.map_or(proposal.as_str(), |known| &known.label))
            }
            Part::Provision(provision) => Cow::Owned(self.draft.citation(provision).words),
            Part::ProvisionThen(then) => Cow::Owned(self.cited_then(then)),
            Part::Document(document) => {
                let known = self.process.document(document.as_str());
                Cow::Borrowed(known.map_or(document.as_str(), |known| &known.symbol))
            }
            Part::Decision(decision) => {
                let question = self.decisions.decision(decision).and_then(|known| known.question());
                question.map_or(Cow::Borrowed(decision.as_str()), |question| {
                    Cow::Owned(format!("\"{question}\""))
                })
            }
            Part::Issue(issue) => {
                let known = self.positions.issue(issue);
                Cow::Borrowed(known.map_or(issue.as_str(), |known| &known.fact.title))
            }
            Part::Option(option) => {
                let label = self.positions.option_label(&option.issue, &option.option);
                Cow::Owned(format!("\"{}\"", label.unwrap_or(option.option.as_str())))
            }
            Part::Session(session) => {
                let known = self.process.session(session);
                Cow::Borrowed(known.map_or(session.as_str(), |known| &known.fact.name))
            }
            Part::Milestone(milestone) => {
                let known = self.process.milestone(milestone);
                Cow::Borrowed(known.map_or(milestone.as_str(), |known| known.title()))
            }
            Part::Source(source) => {
                let known = self.process.source(source);
                Cow::Borrowed(known.map_or(source.as_str(), |known| &known.fact.title))
            }
            Part::Entry(entry) => Cow::Owned(entry.short()),
        }
    }

    /// Returns a sentence in plain words, beginning with a capital and without a full stop.
    pub fn words(&self, sentence: &Sentence) -> String {
        let words: String = sentence.parts().iter().map(|part| self.name(part)).collect();
        capital(&words)
    }

    /// Cites a provision by the numbers of the text it was then spoken of, which is named where it
    /// is no longer the text before the body.
    fn cited_then(&self, then: &ProvisionThen) -> String {
        let ProvisionThen { provision, document, document_is_named } = then;
        let of_present = self.draft.base().is_none_or(|base| base.document == *document);
        let earlier = self.draft.base_of(document).filter(|_| !of_present);
        let cited = earlier.and_then(|base| Some((base.citation(provision)?.words, base)));
        match cited {
            None => self.draft.citation(provision).words,
            Some((words, _)) if *document_is_named => words,
            Some((words, base)) => format!("{words} of {}", base.symbol),
        }
    }
}

/// By which rules.
impl Negotiation {
    /// Returns the rules of procedure that the meeting or else the process names, where they ship
    /// with the program.
    pub fn rules(&self) -> Option<Rules> {
        let of_meeting = self.procedure.room().meeting_rules();
        let of_process = || self.process.opened().map_or("", |opened| &opened.fact.procedure);
        Rules::shipped(if of_meeting.is_empty() { of_process() } else { of_meeting })
    }
}

/// What was irregular.
impl Negotiation {
    /// Returns every act against which a rule speaks, in order of date.
    pub fn irregularities(&self) -> Vec<&Irregularity> {
        let mut all: Vec<&Irregularity> = self
            .process
            .irregularities()
            .iter()
            .chain(self.draft.irregularities())
            .chain(self.positions.irregularities())
            .chain(self.decisions.irregularities())
            .chain(self.depositary.irregularities())
            .collect();
        all.sort_by_key(|irregularity| irregularity.basis.at);
        all
    }

    /// Reports whether any part but the words of the record takes a fact into account.
    pub fn concerns(fact: &Fact) -> bool {
        Process::concerns(fact)
            || Draft::concerns(fact)
            || Positions::concerns(fact)
            || Decisions::concerns(fact)
            || Proceedings::concerns(fact)
            || Depositary::concerns(fact)
    }
}
