//! What one reader sees: everything a page is made from, and the words and links common to all.
//!
//! The modules below turn the results of projections into views, one page each. They choose words
//! and order; they find nothing out that a projection could not be asked.

mod chrome;
mod counts;
mod coverage;
mod entry;
mod floor;
mod forecast;
mod holding;
mod life;
mod overview;
mod participant;
mod provision;
mod reading;
mod record;
mod redline;
mod references;
mod runs;
mod terms;
mod text;
mod words;

use jiff::civil::Date;
use travaux_negotiation::{Basis, Negotiation, Part, Sentence};
use travaux_record::{Evidence, ParticipantId};
use travaux_text::ProvisionId;

use self::holding::Holding;
use crate::address::Links;
use crate::view::{Certainty, Cited, Link, Phrase, Piece};
use crate::workbench::{Snapshot, Timeline};

pub(crate) use self::chrome::Here;
pub(crate) use self::floor::FloorAsked;
pub(crate) use self::record::Narrowing;
pub(crate) use self::redline::RedlineAsked;
pub(crate) use self::text::Asked;

/// What one reader sees.
pub(crate) struct Scene<'a> {
    /// What follows from the record for this reader on this day.
    pub(crate) snapshot: &'a Snapshot,
    /// The days and the calendar, beyond the day shown.
    pub(crate) timeline: &'a Timeline,
    /// The addresses, seen from where the reader stands.
    pub(crate) links: Links,
}

impl Scene<'_> {
    pub(crate) fn negotiation(&self) -> &Negotiation {
        self.snapshot.negotiation()
    }

    /// The day shown.
    pub(crate) fn day(&self) -> Date {
        self.links.vantage.as_of
    }

    /// Who stands behind which option and proposal.
    fn holding(&self) -> Holding<'_> {
        Holding::new(self.negotiation(), self.day())
    }

    fn participant(&self, id: &ParticipantId) -> Link {
        let name = self.negotiation().process.name(id);
        Link { to: self.links.participant(id), label: name.to_owned() }
    }

    fn provision(&self, id: &ProvisionId) -> Link {
        let label = self.negotiation().draft.citation(id).words;
        Link { to: self.links.provision(id), label }
    }

    fn entry(&self, basis: Basis) -> Link {
        Link { to: self.links.entry(basis.entry), label: basis.entry.short() }
    }

    /// Names an entry by its date.
    fn dated(&self, basis: Basis) -> Link {
        Link { to: self.links.entry(basis.entry), label: words::in_words(basis.at) }
    }

    /// Turns a sentence into a phrase with links, beginning with a capital.
    fn phrase(&self, sentence: &Sentence) -> Phrase {
        let pieces = sentence.parts().iter().map(|part| self.piece(part));
        let mut phrase = Phrase(pieces.collect());
        let first = phrase.0.iter_mut().find_map(|piece| match piece {
            Piece::Words(words) if words.is_empty() => None,
            Piece::Words(words) | Piece::Strong { strong: words } => Some(words),
            Piece::Link(link) => Some(&mut link.label),
        });
        if let Some(words) = first {
            *words = words::capital(words);
        }
        phrase
    }

    fn piece(&self, part: &Part) -> Piece {
        let label = self.negotiation().name(part).into_owned();
        match self.leads_to(part) {
            Some(to) => Piece::Link(Link { to, label }),
            None => Piece::Words(label),
        }
    }

    /// Returns where a part of a sentence leads.
    fn leads_to(&self, part: &Part) -> Option<String> {
        let negotiation = self.negotiation();
        let links = &self.links;
        match part {
            Part::Words(_) | Part::Milestone(_) => None,
            Part::Participant(id) => Some(links.participant(id)),
            Part::Provision(id) => Some(links.provision(id)),
            Part::ProvisionThen(then) => Some(links.provision(&then.provision)),
            Part::Source(id) => Some(links.source(id)),
            Part::Entry(id) => Some(links.entry(*id)),
            Part::Issue(id) => Some(links.record_with("about", &format!("issue:{id}"))),
            Part::Option(option) => {
                Some(links.record_with("about", &format!("issue:{}", option.issue)))
            }
            Part::Decision(id) => Some(links.record_with("about", &format!("decision:{id}"))),
            Part::Document(id) => {
                let document = negotiation.process.document(id.as_str())?;
                Some(links.entry(document.basis.entry))
            }
            Part::Session(id) => Some(links.record_with("about", &format!("session:{id}"))),
            Part::Proposal(id) => {
                let proposal = negotiation.draft.proposal(id)?;
                let on_the_table = negotiation.draft.is_on_the_table(proposal);
                match proposal.targets().first() {
                    Some(target) if on_the_table => Some(links.alternative(target, id.as_str())),
                    _ => Some(links.record_with("about", &format!("proposal:{id}"))),
                }
            }
        }
    }

    /// Turns a citation into what is shown of it.
    fn cited(&self, evidence: &Evidence) -> Cited {
        // Asked of what the viewer may see: a source, or a correction of one, may be private.
        let source = self.negotiation().process.source(&evidence.source).map(|told| &told.fact);
        let title = source.map_or(evidence.source.as_str(), |source| &source.title);
        let date = evidence.published.or_else(|| source.and_then(|source| source.published));
        let house = source.map_or("", |source| &source.publisher);
        let published: Vec<String> = [house.to_owned()]
            .into_iter()
            .chain(date.map(words::in_words))
            .filter(|words| !words.is_empty())
            .collect();
        let locator = source.and_then(|source| source.locator.as_deref());
        Cited {
            source: Link { to: self.links.source(&evidence.source), label: title.to_owned() },
            published: published.join(", "),
            outside: locator.filter(|locator| words::is_address(locator)).map(str::to_owned),
            place: evidence.place.clone(),
            quotation: evidence.quotation.clone(),
            coder: evidence.coder.clone(),
            certainty: Certainty::of(evidence.confidence),
            machine_made: source.is_some_and(|source| source.machine_made),
        }
    }
}
