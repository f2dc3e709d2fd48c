//! One provision: its readings side by side, who stands behind each, how it came here.

use std::collections::BTreeMap;

use travaux_negotiation::Part;
use travaux_negotiation::draft::{Proposal, ProvisionState};
use travaux_negotiation::positions::{OnRecord, Route};
use travaux_text::{Act, Origin, Place, ProvisionId, Reader, RollingProvision, SideName};

use super::holding::Holding;
use super::runs::{Numbers, compared};
use super::text::{is_counted, numbers};
use super::{Scene, words};
use crate::view::{
    AlternativeView, Certainty, Column, HistoryLine, Holder, Holders, Link, Phrase, ProvisionPage,
    Run, StateChip,
};

/// How many lines of history are shown; the rest is in the record.
const HISTORY_MAX: usize = 60;

impl Scene<'_> {
    /// Returns the page of a provision; nothing where it is in no text.
    pub(crate) fn provision_page(&self, id: &ProvisionId) -> Option<ProvisionPage> {
        let draft = &self.negotiation().draft;
        let Some(met) = draft.text().provision(id) else { return self.former(id) };
        let holding = self.holding();
        let proposals = self.proposals_on(&met);
        let numbers = numbers(&met, &proposals);
        let state = draft.state(id).filter(|state| is_counted(state));
        let block = self.block(&met, state, &holding);
        let (previous, next) = self.neighbours(id);
        let citation = draft.citation(id);
        let base = draft.base().filter(|_| matches!(met.origin(), Origin::Base));
        Some(ProvisionPage {
            id: id.to_string(),
            citation: words::capital(&citation.words),
            heading: citation.heading,
            under: self.above(&met),
            state: block.state,
            why: state.map_or_else(Phrase::default, |state| self.why(id, state)),
            marks: base.and_then(|base| words::standing(base.standing)).into_iter().collect(),
            caption: block.caption,
            runs: block.runs,
            asked: block.asked,
            columns: columns(&met, &proposals, &numbers, &holding, self),
            alternatives: proposals
                .iter()
                .enumerate()
                .map(|(index, proposal)| self.alternative(index + 1, proposal, &met, &holding))
                .collect(),
            issues: self.issues_on(id),
            children: self.children(id),
            history: self.history(&Part::Provision(id.clone())),
            previous,
            next,
        })
    }

    /// The page of a provision that was in an earlier text and is not in this one.
    fn former(&self, id: &ProvisionId) -> Option<ProvisionPage> {
        let draft = &self.negotiation().draft;
        let history = self.history(&Part::Provision(id.clone()));
        let base = draft.bases().rev().find(|base| base.text.provision(id).is_some());
        if base.is_none() && history.is_empty() {
            return None;
        }
        let citation = draft.citation(id);
        let why = match base {
            Some(base) => Phrase::words(format!(
                "It is not in the text before the body on this day. Its words in {}:",
                base.symbol
            )),
            None => Phrase::words("It is not in the text before the body on this day."),
        };
        let text = base.and_then(|base| base.text.provision(id)).map_or("", |found| &found.text);
        let runs = if text.is_empty() { Vec::new() } else { vec![Run::Text(text.to_owned())] };
        Some(ProvisionPage {
            id: id.to_string(),
            citation: words::capital(&citation.words),
            heading: citation.heading,
            under: Vec::new(),
            state: None,
            why,
            marks: base.and_then(|base| words::standing(base.standing)).into_iter().collect(),
            caption: String::new(),
            runs,
            asked: Vec::new(),
            columns: Vec::new(),
            alternatives: Vec::new(),
            issues: self.issues_on(id),
            children: Vec::new(),
            history,
            previous: None,
            next: None,
        })
    }

    /// Says in a sentence why a provision stands as it does.
    fn why(&self, id: &ProvisionId, state: &ProvisionState) -> Phrase {
        use crate::view::TextState;
        let agreement = self.negotiation().draft.agreement(id);
        let agreed = agreement.and_then(|agreement| agreement.latest());
        match words::state(state.standing.state) {
            TextState::Bracketed => match state.alternatives.len() {
                0 => Phrase::words("Brackets are asked for, without an alternative."),
                open => Phrase::words(format!(
                    "{} open on it.",
                    words::capital(&words::count(open, "alternative is", "alternatives are"))
                )),
            },
            TextState::CleanNotAgreed => Phrase::words(
                "No open proposal asks for other words, and the body has agreed to nothing: a clean text is a proposal, not consent.",
            ),
            TextState::Agreed => match agreed {
                Some(agreed) => Phrase::words("Agreed to these words: ")
                    .link(self.links.entry(agreed.basis.entry), words::in_words(agreed.basis.at)),
                None => Phrase::words("Adopted by the body."),
            },
        }
    }

    fn above(&self, met: &RollingProvision<'_>) -> Vec<Link> {
        let text = self.negotiation().draft.text();
        let mut above = Vec::new();
        let mut at = met.parent();
        while let Some(id) = at {
            above.push(self.cited_with_capital(id));
            at = text.parent(id);
        }
        above.reverse();
        above
    }

    fn neighbours(&self, id: &ProvisionId) -> (Option<Link>, Option<Link>) {
        let states = self.negotiation().draft.states();
        let Some(at) = states.iter().position(|state| state.provision == *id) else {
            return (None, None);
        };
        let with_words = |state: &&ProvisionState| is_counted(state);
        let before = states[..at].iter().rev().find(with_words);
        let behind = states[at + 1..].iter().find(with_words);
        let link = |state: &ProvisionState| self.cited_with_capital(&state.provision);
        (before.map(link), behind.map(link))
    }

    fn children(&self, id: &ProvisionId) -> Vec<(Link, Option<StateChip>)> {
        let text = self.negotiation().draft.text();
        let below = self.negotiation().draft.states().iter();
        below
            .filter(|state| text.parent(&state.provision) == Some(id))
            .map(|state| {
                let link = self.cited_with_capital(&state.provision);
                let heading = text.words(&state.provision).map_or("", |words| &words.heading);
                let label = if heading.is_empty() {
                    link.label
                } else {
                    format!("{}, {heading}", link.label)
                };
                let chip = is_counted(state).then(|| words::chip(state.standing));
                (Link { label, ..link }, chip)
            })
            .collect()
    }

    /// The questions that hang on a provision, with how many are on record for each option.
    fn issues_on(&self, id: &ProvisionId) -> Vec<Phrase> {
        let negotiation = self.negotiation();
        let issues = negotiation.positions.issues();
        issues
            .filter(|issue| issue.fact.provisions.contains(id))
            .map(|issue| {
                let to = self.links.record_with("about", &format!("issue:{}", issue.fact.issue));
                let mut phrase = Phrase::default().link(to, issue.fact.title.clone());
                let stances =
                    negotiation.positions.stances(&issue.fact.issue, &negotiation.process, self.day());
                for (index, option) in issue.fact.options.iter().enumerate() {
                    let on_record = stances
                        .iter()
                        .filter(|stance| stance.option == option.option)
                        .filter(|stance| {
                            stance.leaning() == travaux_negotiation::positions::Leaning::For
                        })
                        .count();
                    let mark = if index == 0 { ": " } else { "; " };
                    phrase = phrase.then(format!("{mark}{} ", option.label));
                    phrase = phrase.strong(format!("({on_record} on record)"));
                }
                if issue.fact.in_hindsight {
                    phrase = phrase.then(" \u{2013} framed in hindsight");
                }
                phrase
            })
            .collect()
    }

    /// What happened about something, the latest first.
    pub(super) fn history(&self, part: &Part) -> Vec<HistoryLine> {
        let about = self.negotiation().changes.about(part).rev().take(HISTORY_MAX);
        about
            .map(|happening| HistoryLine {
                date: words::in_words(happening.basis.at),
                what: self.phrase(&happening.description.sentence),
                entry: self.entry(happening.basis),
            })
            .collect()
    }
}

/// Alternatives.
impl Scene<'_> {
    fn alternative(
        &self,
        number: usize,
        proposal: &Proposal,
        met: &RollingProvision<'_>,
        holding: &Holding<'_>,
    ) -> AlternativeView {
        let negotiation = self.negotiation();
        let happening = negotiation.changes.entry(proposal.tabled().entry);
        let evidence = happening.map_or(&[][..], |happening| &happening.evidence);
        let mut marks: Vec<_> = words::standing(proposal.standing).into_iter().collect();
        marks.extend(
            happening
                .and_then(|happening| words::audience_mark(&happening.audience, &negotiation.process)),
        );
        AlternativeView {
            number,
            proposal: proposal.id.to_string(),
            label: proposal.label.clone(),
            marks,
            asks: self.asks(proposal, met.id()),
            option: proposal.option.as_ref().map(|option| {
                let to = self.links.record_with("about", &format!("issue:{}", option.issue));
                let issue = negotiation.positions.issue(&option.issue);
                let title = issue.map_or(option.issue.as_str(), |issue| &issue.fact.title);
                let label = negotiation.positions.option_label(&option.issue, &option.option);
                Phrase::default()
                    .link(to, title)
                    .then(" ")
                    .strong(label.unwrap_or(option.option.as_str()))
            }),
            since: self.since_tabled(proposal),
            holders: self.holders(proposal, holding),
            text: side_text(met, proposal),
            evidence: evidence.iter().map(|evidence| self.cited(evidence)).collect(),
            entry: self.entry(proposal.tabled()),
        }
    }

    fn since_tabled(&self, proposal: &Proposal) -> Phrase {
        let tabled = words::in_words(proposal.tabled().at);
        let tabled = if proposal.standing == travaux_record::Standing::Authentic {
            Phrase::words(format!("Tabled {tabled}."))
        } else {
            Phrase::words(format!("On the table since {tabled}."))
        };
        match proposal.note.as_str() {
            "" => tabled,
            note => tabled.then(format!(" {note}")),
        }
    }

    /// Says what a proposal asks of a provision.
    fn asks(&self, proposal: &Proposal, id: &ProvisionId) -> String {
        let draft = &self.negotiation().draft;
        let mut ordinal = 0;
        let mut asks = Vec::new();
        for change in proposal.changes.iter() {
            let adds = matches!(change.act, Act::Add { .. });
            ordinal += usize::from(adds);
            let target = if adds {
                ProvisionId::added(proposal.id.as_str(), ordinal)
            } else {
                change.target.clone()
            };
            if target != *id {
                continue;
            }
            let place = |place: &Place| match place {
                Place::After(id) => format!("after {}", draft.citation(id).words),
                Place::FirstUnder(id) => format!("first under {}", draft.citation(id).words),
            };
            asks.push(match &change.act {
                Act::Replace { .. } => "asks for other words".to_owned(),
                Act::Editorial { .. } => "asks for other words, of form only".to_owned(),
                Act::Retitle { .. } => "asks for another heading".to_owned(),
                Act::Add { place: at, .. } => format!("adds it {}", place(at)),
                Act::Suppress => "asks to delete it".to_owned(),
                Act::NoChange => "asks for no change".to_owned(),
                Act::Transfer { place: at } => format!("asks to move it {}", place(at)),
            });
        }
        words::capital(&words::listed(&asks))
    }

    /// Those who stand behind a proposal: sponsors, and those on record for its option.
    fn holders(&self, proposal: &Proposal, holding: &Holding<'_>) -> Vec<Holders> {
        let negotiation = self.negotiation();
        let mut groups = Vec::new();
        let sponsors: Vec<Holder> = proposal
            .sponsors()
            .map(|spell| Holder {
                participant: self.participant(&spell.participant),
                since: words::in_words(spell.joined.at),
                through: String::new(),
                certainty: None,
                entry: self.links.entry(spell.joined.entry),
            })
            .collect();
        if !sponsors.is_empty() {
            groups.push(Holders { how: "Sponsors".to_owned(), who: sponsors });
        }
        let Some(option) = &proposal.option else { return groups };
        if holding.for_option(option).next().is_none() {
            return groups;
        }
        let on_record = negotiation.positions.on_record(option, &negotiation.process, self.day());
        let mut by_how: BTreeMap<(u8, &str), Vec<Holder>> = BTreeMap::new();
        for on in on_record {
            let class = negotiation.process.class(&on.stance.participant);
            let how = match class {
                Some(class) if class.is_group() => (1, "Groups on record for this option"),
                _ => (0, "On record for this option"),
            };
            by_how.entry(how).or_default().push(self.on_record(&on));
        }
        groups.extend(
            by_how.into_iter().map(|((_, how), who)| Holders { how: how.to_owned(), who }),
        );
        groups
    }

    fn on_record(&self, on: &OnRecord<'_>) -> Holder {
        let stance = &on.stance;
        let mut through = vec![self.route(&stance.route, stance.position.taken.form)];
        if stance.position.taken.strength == travaux_record::Strength::CanAccept {
            through.push("can accept it".to_owned());
        }
        if let Some((option, since)) = on.later.last() {
            let label = self
                .negotiation()
                .positions
                .option_label(&stance.position.taken.option.issue, option)
                .unwrap_or(option.as_str());
            through.push(format!(
                "later also for \u{201c}{}\u{201d} ({})",
                words::gist(label, 60),
                words::in_words(*since)
            ));
        }
        if stance.is_disputed() {
            through.push("coding disputed by the delegation".to_owned());
        }
        Holder {
            participant: self.participant(&stance.participant),
            since: words::in_words(stance.since),
            through: through.join(", "),
            certainty: stance.position.confidence.map(Certainty::of),
            entry: self.links.entry(stance.position.basis.entry),
        }
    }

    /// Says by which route a position is a participant's.
    pub(super) fn route(&self, route: &Route, form: travaux_record::PositionForm) -> String {
        let name = |id| self.negotiation().process.name(id).to_owned();
        match route {
            Route::Own => words::form(form).to_owned(),
            Route::Signed(statement) => format!("signed {}", name(statement)),
            Route::SpokenFor(group) => format!("through {}", name(group)),
        }
    }
}

fn side_text(met: &RollingProvision<'_>, proposal: &Proposal) -> Option<String> {
    let name = SideName::new(proposal.id.as_str()).ok()?;
    let added = matches!(met.origin(), Origin::Added { by, .. } if *by == name);
    if added {
        return Some(met.words().text.clone());
    }
    met.text().change(&name)?;
    travaux_text::side_of(&met.text().nodes(), &Reader::Side(name))
}

/// The distinct readings: the base first, then by the number of the first who reads so.
fn columns(
    met: &RollingProvision<'_>,
    proposals: &[&Proposal],
    numbers: &Numbers,
    holding: &Holding<'_>,
    scene: &Scene<'_>,
) -> Vec<Column> {
    let base = met.text().base();
    let mut readings: Vec<(String, Vec<&Proposal>)> = vec![(base.to_owned(), Vec::new())];
    for proposal in proposals {
        let deletes = met.suppressed_by().any(|by| by.as_str() == proposal.id.as_str());
        let text = if deletes { Some(String::new()) } else { side_text(met, proposal) };
        let Some(text) = text else { continue };
        match readings.iter_mut().find(|(known, _)| *known == text) {
            Some((_, by)) => by.push(proposal),
            None => readings.push((text, vec![proposal])),
        }
    }
    let is_base = matches!(met.origin(), Origin::Base);
    readings
        .into_iter()
        .enumerate()
        .map(|(index, (text, by))| {
            let behind: Vec<String> = by
                .iter()
                .map(|proposal| holding.behind(proposal).words(scene.negotiation()))
                .filter(|words| !words.is_empty())
                .collect();
            let title = match (index, by.as_slice()) {
                (0, []) if is_base => "The text before the body".to_owned(),
                (0, _) if is_base => "The text before the body, kept by".to_owned(),
                (_, [one]) if text.is_empty() => format!("{}: deletion", one.label),
                (_, [one]) => one.label.clone(),
                (_, _) if text.is_empty() => "Deletion".to_owned(),
                (_, several) => {
                    let labels: Vec<String> =
                        several.iter().map(|proposal| proposal.label.clone()).collect();
                    words::listed(&labels)
                }
            };
            Column {
                base: index == 0,
                by: by.iter().filter_map(|proposal| numbers.of(proposal.id.as_str())).collect(),
                title,
                behind: behind.join("; "),
                runs: match (index, text.is_empty()) {
                    (0, true) => Vec::new(),
                    (0, false) => vec![Run::Text(text)],
                    (_, true) => Vec::new(),
                    (_, false) => compared(base, &text),
                },
            }
        })
        .collect()
}
