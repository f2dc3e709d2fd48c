//! One provision: its readings side by side, who stands behind each, how it came here.

use std::collections::BTreeMap;

use travaux_negotiation::Part;
use travaux_negotiation::draft::{Proposal, ProvisionState};
use travaux_negotiation::positions::{Leaning, OnRecord, Route};
use travaux_record::{
    OptionNamed, ParticipantClass, ParticipantId, PositionForm, Standing, Strength,
};
use travaux_text::{Origin, ProvisionId, Reader, RollingProvision, SideName};

use super::holding::Holding;
use super::runs::{Numbers, compared};
use super::text::{is_counted, marks, numbers};
use super::{Scene, words};
use crate::view::{
    AlternativeView, Certainty, Column, HistoryLine, Holder, Holders, Link, OptionView, Phrase,
    ProvisionPage, Run, StateChip,
};

/// How many lines of history are shown; the rest is in the record.
const HISTORY_MAX: usize = 60;

impl Scene<'_> {
    /// Returns the page of a provision; nothing where it is in no text.
    pub(crate) fn provision_page(&self, id: &ProvisionId) -> Option<ProvisionPage> {
        let mut page = self.provision_alone(id)?;
        self.add_life(&mut page, id);
        Some(page)
    }

    /// The page without what needs other provisions or the record.
    fn provision_alone(&self, id: &ProvisionId) -> Option<ProvisionPage> {
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
            official: self.official(id),
            versions: self.versions(id),
            blame: Vec::new(),
            asked_words: Vec::new(),
            leaning: Vec::new(),
            leaning_all: None,
            alternatives: self.alternatives(&proposals, &met),
            options: self.options(&proposals, &holding),
            issues: self.issues_on(id),
            children: self.children(id),
            history: self.provision_history(id),
            previous,
            next,
        })
    }

    /// The page of a provision that was in an earlier text and is not in this one.
    fn former(&self, id: &ProvisionId) -> Option<ProvisionPage> {
        let draft = &self.negotiation().draft;
        let history = self.provision_history(id);
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
            official: None,
            versions: Vec::new(),
            blame: Vec::new(),
            asked_words: Vec::new(),
            leaning: Vec::new(),
            leaning_all: None,
            alternatives: Vec::new(),
            options: Vec::new(),
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
        match words::state(state.status.state) {
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
                Some(agreed) => Phrase::words(match state.assent {
                    travaux_text::Assent::Approved => "Approved with the whole text: ",
                    travaux_text::Assent::Adopted => "Adopted with the whole text: ",
                    _ => "Agreed to these words: ",
                })
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
                let chip = is_counted(state).then(|| words::chip(state.status));
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
                let stances = negotiation.positions.stances(
                    &issue.fact.issue,
                    &negotiation.process,
                    self.day(),
                );
                for (index, option) in issue.fact.options.iter().enumerate() {
                    let on_record = stances
                        .iter()
                        .filter(|stance| stance.option == option.option)
                        .filter(|stance| stance.leaning() == Leaning::For)
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

    /// What happened to a provision and what each base made of it, the latest first.
    fn provision_history(&self, id: &ProvisionId) -> Vec<HistoryLine> {
        let lines = self.negotiation().history(id);
        let line = |line: &travaux_negotiation::HistoryLine<'_>| {
            let what = self.phrase(&line.happening.description.sentence);
            HistoryLine {
                date: words::in_words(line.happening.basis.at),
                what: match line.became {
                    Some(became) => what.then(": ").strong(became.words()),
                    None => what,
                },
                entry: self.entry(line.happening.basis),
            }
        };
        lines.iter().rev().take(HISTORY_MAX).map(line).collect()
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
    fn alternatives(
        &self,
        proposals: &[&Proposal],
        met: &RollingProvision<'_>,
    ) -> Vec<AlternativeView> {
        let marked = proposals.iter().zip(marks(proposals));
        let view = |(index, (proposal, mark)): (usize, (&&Proposal, String))| AlternativeView {
            number: index + 1,
            mark,
            ..self.alternative(proposal, met)
        };
        marked.enumerate().map(view).collect()
    }

    /// One alternative, not yet numbered.
    fn alternative(&self, proposal: &Proposal, met: &RollingProvision<'_>) -> AlternativeView {
        let negotiation = self.negotiation();
        let happening = negotiation.changes.entry(proposal.tabled().entry);
        let evidence = happening.map_or(&[][..], |happening| &happening.evidence);
        let mut marks: Vec<_> = words::standing(proposal.standing).into_iter().collect();
        marks.extend(
            happening.and_then(|happening| {
                words::audience_mark(&happening.audience, &negotiation.process)
            }),
        );
        AlternativeView {
            number: 0,
            mark: String::new(),
            proposal: proposal.id.to_string(),
            label: proposal.label.clone(),
            marks,
            asks: words::capital(&negotiation.asks(proposal, met.id())),
            option: proposal.option.as_ref().map(|option| {
                Phrase::default().link(format!("#{}", anchor(option)), self.label(option))
            }),
            since: since_tabled(proposal),
            sponsors: self.sponsors(proposal),
            text: side_text(met, proposal),
            evidence: evidence.iter().map(|evidence| self.cited(evidence)).collect(),
            entry: self.entry(proposal.tabled()),
        }
    }

    fn sponsors(&self, proposal: &Proposal) -> Vec<Holder> {
        let sponsors = self.negotiation().sponsors(proposal).into_iter().map(|spell| Holder {
            participant: self.participant(&spell.participant),
            since: words::in_words(spell.joined.at),
            entry: self.links.entry(spell.joined.entry),
            note: String::new(),
            certainty: None,
        });
        sponsors.collect()
    }

    /// Returns the words of an option.
    fn label<'a>(&'a self, option: &'a OptionNamed) -> &'a str {
        let label = self.negotiation().positions.option_label(&option.issue, &option.option);
        label.unwrap_or(option.option.as_str())
    }

    /// The options that alternatives embody, each once, with who is on record for it.
    fn options(&self, proposals: &[&Proposal], holding: &Holding<'_>) -> Vec<OptionView> {
        let mut options: Vec<Embodied<'_>> = Vec::new();
        for (proposal, mark) in proposals.iter().zip(marks(proposals)) {
            let Some(option) = &proposal.option else { continue };
            let alternative = (mark, proposal.label.clone());
            match options.iter_mut().find(|known| known.option == option) {
                Some(known) => known.by.push(alternative),
                None => options.push(Embodied { option, proposal, by: vec![alternative] }),
            }
        }
        options
            .into_iter()
            .map(|Embodied { option, proposal, by }| {
                let to = self.links.record_with("about", &format!("issue:{}", option.issue));
                let issue = self.negotiation().positions.issue(&option.issue);
                let title = issue.map_or(option.issue.as_str(), |issue| &issue.fact.title);
                OptionView {
                    anchor: anchor(option),
                    option: Phrase::default().link(to, title).then(" ").strong(self.label(option)),
                    embodied_by: by,
                    behind: holding.behind(proposal).on_record_words(),
                    holders: self.holders(option),
                }
            })
            .collect()
    }

    /// Those on record for an option, by the route by which the position is theirs.
    fn holders(&self, option: &OptionNamed) -> Vec<Holders> {
        let negotiation = self.negotiation();
        let on_record = negotiation.positions.on_record(option, &negotiation.process, self.day());
        let mut by_route: BTreeMap<(u8, Option<&ParticipantId>), Vec<&OnRecord<'_>>> =
            BTreeMap::new();
        for on in &on_record {
            let class = negotiation.process.class(&on.stance.participant);
            let route = match &on.stance.route {
                Route::Own if class.is_some_and(ParticipantClass::is_group) => (3, None),
                Route::Own => (0, None),
                Route::Signed(statement) => (1, Some(statement)),
                Route::SpokenFor(group) => (2, Some(group)),
            };
            by_route.entry(route).or_default().push(on);
        }
        let mut alphabetical: Vec<ParticipantId> =
            on_record.iter().map(|on| on.stance.participant.clone()).collect();
        negotiation.process.sort(&mut alphabetical);
        let place =
            |on: &&OnRecord<'_>| alphabetical.iter().position(|id| *id == on.stance.participant);
        by_route
            .into_iter()
            .map(|(route, mut who)| {
                // Those in their own name stand by date, the others as they are seated.
                if route.1.is_some() {
                    who.sort_by_key(place);
                }
                self.by_route(route, &who)
            })
            .collect()
    }

    fn by_route(&self, route: (u8, Option<&ParticipantId>), who: &[&OnRecord<'_>]) -> Holders {
        let name = |id| self.negotiation().process.name(id).to_owned();
        let how = match route {
            (_, Some(group)) if route.0 == 1 => format!("Signed {}", name(group)),
            (_, Some(group)) => format!("Through {}", name(group)),
            (0, None) => "In their own name".to_owned(),
            (_, None) => "Groups, for themselves".to_owned(),
        };
        // Where one entry is all that everybody's position rests on, it is named once.
        let first = who.first().map(|on| on.stance.first.basis);
        let shared = first.filter(|first| {
            route.1.is_some() && who.iter().all(|on| on.stance.first.basis == *first)
        });
        Holders {
            how,
            since: shared.map(|basis| self.dated(basis)),
            who: who
                .iter()
                .map(|on| {
                    let holder = self.on_record(on);
                    if shared.is_some() {
                        Holder { since: String::new(), certainty: None, ..holder }
                    } else {
                        holder
                    }
                })
                .collect(),
        }
    }

    fn on_record(&self, on: &OnRecord<'_>) -> Holder {
        let stance = &on.stance;
        let mut notes = Vec::new();
        let form = stance.position.taken.form;
        if stance.route == Route::Own && form != PositionForm::Statement {
            notes.push(words::form(form).to_owned());
        }
        if stance.position.taken.strength == Strength::CanAccept {
            notes.push("can accept it".to_owned());
        }
        if let Some((option, since)) = on.later.last() {
            let issue = &stance.position.taken.option.issue;
            let label = self.negotiation().positions.option_label(issue, option);
            notes.push(format!(
                "later also for \u{201c}{}\u{201d} ({})",
                words::gist(label.unwrap_or(option.as_str()), 60),
                words::in_words(*since)
            ));
        }
        let (first, latest) = (stance.first, stance.position);
        if first.basis.at < latest.basis.at {
            notes.push(format!("again {}", words::in_words(latest.basis.at)));
        }
        if stance.is_disputed() {
            notes.push("coding disputed by the delegation".to_owned());
        }
        Holder {
            participant: self.participant(&stance.participant),
            since: words::in_words(first.basis.at),
            entry: self.links.entry(first.basis.entry),
            note: notes.join(", "),
            certainty: first.confidence.map(Certainty::of),
        }
    }

    /// Says by which route a position is a participant's.
    pub(super) fn route(&self, route: &Route, form: PositionForm) -> String {
        let name = |id| self.negotiation().process.name(id).to_owned();
        match route {
            Route::Own => words::form(form).to_owned(),
            Route::Signed(statement) => format!("signed {}", name(statement)),
            Route::SpokenFor(group) => format!("through {}", name(group)),
        }
    }
}

/// Says since when a proposal is on the table, and what else the record says of it.
fn since_tabled(proposal: &Proposal) -> Phrase {
    let tabled = words::in_words(proposal.tabled().at);
    let tabled = if proposal.standing == Standing::Authentic {
        Phrase::words(format!("Tabled {tabled}."))
    } else {
        Phrase::words(format!("On the table since {tabled}."))
    };
    match proposal.note.as_str() {
        "" => tabled,
        note => tabled.then(format!(" {note}")),
    }
}

/// An option with the alternatives that embody it.
struct Embodied<'a> {
    option: &'a OptionNamed,
    /// One of them.
    proposal: &'a Proposal,
    /// Their marks and labels.
    by: Vec<(String, String)>,
}

/// Where an option is on the page.
fn anchor(option: &OptionNamed) -> String {
    format!("option.{}.{}", option.issue, option.option)
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
                    (_, true) => Vec::new(),
                    (0, false) => vec![Run::Text(text)],
                    (_, false) => compared(base, &text),
                },
            }
        })
        .collect()
}
