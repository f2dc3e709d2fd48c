//! The record: its entries in words, narrowed as asked, and the sources they cite.

use std::collections::BTreeMap;

use jiff::civil::Date;
use travaux_negotiation::Part;
use travaux_negotiation::changes::Happening;
use travaux_negotiation::draft::CitedIn;
use travaux_record::{
    DecisionId, Evidence, IssueId, ParticipantId, ProposalId, SessionId, SourceId,
};
use travaux_text::ProvisionId;

use super::chrome::viewer_groups;
use super::overview::thousands;
use super::{Scene, words};
use crate::address::Address;
use crate::view::{
    Certainty, EntryRow, Link, Phrase, RecordFilterView, RecordPage, SourceRow, SourcesPage,
};

/// How many entries stand on one page.
const ENTRIES_MAX: usize = 100;

/// What the record is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrowing {
    /// A kind, as the record names it in words.
    pub(crate) kind: String,
    /// A participant.
    pub(crate) participant: String,
    /// A provision.
    pub(crate) provision: String,
    /// Something else it is about: `issue:…`, `proposal:…`, `decision:…`, `session:…`.
    pub(crate) about: String,
    /// A source it cites.
    pub(crate) source: String,
    /// The first day.
    pub(crate) from: Option<Date>,
    /// The last day.
    pub(crate) until: Option<Date>,
    /// Words to find.
    pub(crate) find: String,
    /// The page, from 1.
    pub(crate) number: usize,
}

impl Narrowing {
    /// Returns it as part of an address, the page left aside.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        [
            ("kind", self.kind.clone()),
            ("participant", self.participant.clone()),
            ("provision", self.provision.clone()),
            ("about", self.about.clone()),
            ("source", self.source.clone()),
            ("from", day(self.from)),
            ("until", day(self.until)),
            ("q", self.find.clone()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    fn page(&self, number: usize) -> Address {
        let address = Address::new(&["record"]);
        let address = self
            .fields()
            .into_iter()
            .fold(address, |address, (name, value)| address.with(&name, value));
        if number > 1 { address.with("page", number.to_string()) } else { address }
    }

    /// What the entries must be about.
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if !self.participant.is_empty() {
            parts.push(Part::Participant(ParticipantId::new(self.participant.as_str())));
        }
        if !self.provision.is_empty() {
            parts.push(Part::Provision(ProvisionId::new(self.provision.as_str())));
        }
        parts.extend(self.about());
        parts
    }

    fn about(&self) -> Option<Part> {
        match self.about.split_once(':') {
            Some(("issue", id)) => Some(Part::Issue(IssueId::new(id))),
            Some(("proposal", id)) => Some(Part::Proposal(ProposalId::new(id))),
            Some(("decision", id)) => Some(Part::Decision(DecisionId::new(id))),
            Some(("session", id)) => Some(Part::Session(SessionId::new(id))),
            _ => None,
        }
    }
}

impl Scene<'_> {
    /// Says which things the record is narrowed to are nowhere in what the viewer may see, in
    /// sentences. What comes later than the day shown is known.
    pub(crate) fn unknown(&self, narrowing: &Narrowing) -> Vec<String> {
        let negotiation = self.negotiation();
        let later = &self.timeline.process;
        let mut unknown = Vec::new();
        let mut check = |what: &str, written: &str, is_known: bool| {
            if !written.is_empty() && !is_known {
                unknown.push(format!("{what} \u{201c}{written}\u{201d} by this day."));
            }
        };
        let kind = |kind: &str| {
            negotiation.changes.all().any(|happening| happening.description.kind == kind)
        };
        check("There is no entry of the kind", &narrowing.kind, kind(&narrowing.kind));
        let participant = ParticipantId::new(narrowing.participant.as_str());
        let is_known = later.class(&participant).is_some();
        check("Nobody was admitted under the key", &narrowing.participant, is_known);
        let provision = ProvisionId::new(narrowing.provision.as_str());
        let is_known = negotiation.draft.citation(&provision).found != CitedIn::Nowhere;
        check("There is no provision under the key", &narrowing.provision, is_known);
        let source = SourceId::new(narrowing.source.as_str());
        check("There is no source", &narrowing.source, later.source(&source).is_some());
        let is_known = narrowing.about().is_some_and(|part| match part {
            Part::Issue(id) => negotiation.positions.issue(&id).is_some(),
            Part::Proposal(id) => negotiation.draft.proposal(&id).is_some(),
            Part::Decision(id) => negotiation.decisions.decision(&id).is_some(),
            Part::Session(id) => later.session(&id).is_some(),
            _ => false,
        });
        check("The record has nothing called", &narrowing.about, is_known);
        unknown
    }

    /// Returns the record, narrowed.
    pub(crate) fn record(&self, narrowing: &Narrowing, seal: Option<String>) -> RecordPage {
        let found = self.found(narrowing);
        let pages = found.len().div_ceil(ENTRIES_MAX).max(1);
        let number = narrowing.number.clamp(1, pages);
        let shown = found.iter().rev().skip((number - 1) * ENTRIES_MAX).take(ENTRIES_MAX);
        let to = |number: usize, label: &str| Link {
            to: narrowing.page(number).seen_from(&self.links.vantage),
            label: label.to_owned(),
        };
        RecordPage {
            lead: self.record_lead(narrowing, found.len()),
            seal,
            filter: self.filter(narrowing),
            entries: shown.map(|happening| self.row(happening)).collect(),
            matching: found.len(),
            number,
            pages,
            previous: (number > 1).then(|| to(number - 1, "later entries")),
            next: (number < pages).then(|| to(number + 1, "earlier entries")),
        }
    }

    fn found(&self, narrowing: &Narrowing) -> Vec<&Happening> {
        let changes = &self.negotiation().changes;
        let parts = narrowing.parts();
        let wanted = narrowing.find.to_lowercase();
        let matches = |happening: &&Happening| {
            let day = happening.basis.at.counts_from();
            (narrowing.kind.is_empty() || happening.description.kind == narrowing.kind)
                && parts.iter().all(|part| happening.is_about(part))
                && narrowing.from.is_none_or(|from| from <= day)
                && narrowing.until.is_none_or(|until| day <= until)
                && (narrowing.source.is_empty() || cites(&happening.evidence, &narrowing.source))
                && (wanted.is_empty() || self.says(happening, &wanted))
        };
        match parts.first() {
            Some(part) => changes.about(part).filter(matches).collect(),
            None => changes.all().filter(matches).collect(),
        }
    }

    /// Reports whether an entry's sentence, id or quotations hold some words.
    fn says(&self, happening: &Happening, wanted: &str) -> bool {
        let sentence = self.negotiation().words(&happening.description.sentence);
        sentence.to_lowercase().contains(wanted)
            || happening.basis.entry.to_string().starts_with(wanted)
            || happening.evidence.iter().any(|evidence| {
                evidence
                    .quotation
                    .as_ref()
                    .is_some_and(|words| words.to_lowercase().contains(wanted))
            })
    }

    fn record_lead(&self, narrowing: &Narrowing, matching: usize) -> Phrase {
        let viewer = match &self.links.vantage.viewer {
            Some(id) => self.negotiation().process.name(id).to_owned(),
            None => "the public".to_owned(),
        };
        let day = words::in_words(self.day().into());
        let all = self.negotiation().changes.len();
        if narrowing.fields().is_empty() {
            let entries =
                format!("{} {}", thousands(all), if all == 1 { "entry" } else { "entries" });
            return Phrase::default()
                .strong(entries)
                .then(format!(" that {viewer} may see, up to {day}."));
        }
        let mut phrase = Phrase::default()
            .strong(format!("{} of {} entries", thousands(matching), thousands(all)))
            .then(format!(" that {viewer} may see, up to {day}"));
        let parts = narrowing.parts();
        for (index, part) in parts.iter().enumerate() {
            phrase = phrase.then(if index == 0 { ", about " } else { " and " });
            phrase = phrase.then(self.negotiation().name(part).into_owned());
        }
        if !narrowing.source.is_empty() {
            let id = SourceId::new(narrowing.source.as_str());
            let source = self.negotiation().process.source(&id);
            let title = source.map_or(narrowing.source.as_str(), |told| told.fact.title.as_str());
            phrase = phrase.then(format!(", citing \u{201c}{title}\u{201d}"));
        }
        phrase.then(". ").link(self.links.record(), "Show all")
    }

    fn filter(&self, narrowing: &Narrowing) -> RecordFilterView {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for happening in self.negotiation().changes.all() {
            *kinds.entry(happening.description.kind).or_default() += 1;
        }
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        RecordFilterView {
            kind: narrowing.kind.clone(),
            kinds: kinds
                .into_iter()
                .map(|(kind, number)| (kind.to_owned(), kind.to_owned(), number))
                .collect(),
            participant: narrowing.participant.clone(),
            participants: viewer_groups(&self.negotiation().process),
            provision: narrowing.provision.clone(),
            from: day(narrowing.from),
            until: day(narrowing.until),
            text: narrowing.find.clone(),
        }
    }

    fn row(&self, happening: &Happening) -> EntryRow {
        let process = &self.negotiation().process;
        EntryRow {
            entry: self.entry(happening.basis),
            at: words::in_words(happening.basis.at),
            kind: happening.description.kind.to_owned(),
            what: self.phrase(&happening.description.sentence),
            marks: words::audience_mark(&happening.audience, process).into_iter().collect(),
            certainty: surest(&happening.evidence),
            citations: happening.evidence.len(),
        }
    }

    /// Returns the sources.
    pub(crate) fn sources(&self) -> SourcesPage {
        let mut citing: BTreeMap<&SourceId, usize> = BTreeMap::new();
        for happening in self.negotiation().changes.all() {
            for evidence in &happening.evidence {
                *citing.entry(&evidence.source).or_default() += 1;
            }
        }
        let process = &self.timeline.process;
        let sources: Vec<SourceRow> = process
            .sources()
            .map(|stated| {
                let source = &stated.fact;
                let cited = citing.get(&source.source).copied().unwrap_or(0);
                SourceRow {
                    key: source.source.to_string(),
                    title: source.title.clone(),
                    publisher: source.publisher.clone(),
                    published: source.published.map(words::in_words).unwrap_or_default(),
                    locator: source.locator.clone().unwrap_or_default(),
                    is_address: source.locator.as_deref().is_some_and(words::is_address),
                    marks: words::source(source),
                    note: source.note.clone(),
                    cited: Link {
                        to: self.links.record_with("source", source.source.as_str()),
                        label: format!("cited by {}", words::count(cited, "entry", "entries")),
                    },
                }
            })
            .collect();
        let cited = process.sources().filter(|told| citing.contains_key(&told.fact.source)).count();
        SourcesPage {
            lead: Phrase::default()
                .strong(words::capital(&words::count(sources.len(), "source", "sources")))
                .then(format!(
                    ", {} of them cited by an entry that may be seen here. How sure a fact is stands with each entry: its own words, an official source or a roll call high; one secondary source medium at most; inference or recollection low.",
                    if cited == 0 { "none".to_owned() } else { cited.to_string() }
                )),
            sources,
        }
    }
}

fn cites(evidence: &[Evidence], source: &str) -> bool {
    evidence.iter().any(|evidence| evidence.source.as_str() == source)
}

/// Returns how sure the surest citation is.
pub(super) fn surest(evidence: &[Evidence]) -> Option<Certainty> {
    evidence.iter().map(|evidence| evidence.confidence).max().map(Certainty::of)
}
