//! The Overview: where the negotiation stands.

use std::cmp::Reverse;

use jiff::civil::Date;
use travaux_negotiation::changes::{Family, Happening};
use travaux_negotiation::decisions::{Decision, Outcome, Vote};
use travaux_negotiation::draft::{ByState, ChapterState};
use travaux_negotiation::process::{self, Milestone, SessionState};
use travaux_negotiation::{CONTESTED_ORDER, Negotiation};
use travaux_record::{Moment, SessionConvened, SessionForm, TextDecision};
use travaux_text::ProvisionId;

use super::{Scene, words};
use crate::address::Address;
use crate::view::{
    Agreement, CalendarMark, CalendarView, ChangeLine, ChapterRow, ContestedRow, DecisionRow, Link,
    Overview, Phrase, SessionSpan, Since, TallyView,
};

/// How many contested provisions are listed.
const CONTESTED_MAX: usize = 12;
/// How many changes are listed; the rest is in the record.
const CHANGES_MAX: usize = 16;

impl Scene<'_> {
    /// Returns the Overview.
    ///
    /// `earlier` is what was seen when the last session closed; see [`Scene::last_closed`].
    pub(crate) fn overview(&self, earlier: Option<&Negotiation>) -> Overview {
        let draft = &self.negotiation().draft;
        let base = draft.base();
        Overview {
            lead: self.lead(),
            base: base.map(|_| self.base_line()),
            base_marks: base.and_then(|base| words::standing(base.standing)).into_iter().collect(),
            totals: agreement(draft.total().provisions),
            chapters: draft.chapters().iter().filter_map(|chapter| self.chapter(chapter)).collect(),
            contested: self.contested(),
            contested_order: CONTESTED_ORDER.to_owned(),
            calendar: self.calendar(),
            since: earlier.and_then(|earlier| self.since(earlier)),
            decisions: self.decided(),
        }
    }

    fn lead(&self) -> Phrase {
        let draft = &self.negotiation().draft;
        let day = words::in_words(Moment::Day(self.day()));
        let Some(base) = draft.base() else {
            return Phrase::words("On ").strong(day).then(" no text was before the body.");
        };
        let ByState { bracketed, clean, agreed } = draft.total().provisions;
        let total = bracketed + clean + agreed;
        let verb = |number: usize| if number == 1 { "is" } else { "are" };
        let phrase = Phrase::words("On ").strong(day).then(", ");
        let (phrase, agreed_as) = match base.decision {
            TextDecision::Adopted => (phrase.then("the text had been adopted. "), "adopted"),
            TextDecision::Approved => {
                (phrase.then("the text had been approved, and not adopted. "), "approved")
            }
            TextDecision::None => {
                let title =
                    format!("the text before the body was \u{201c}{}\u{201d}. ", base.title);
                (phrase.then(title), "agreed ad referendum")
            }
        };
        phrase
            .then("Of its ")
            .strong(format!("{} provisions", thousands(total)))
            .then(", ")
            .strong(format!("{} {} in brackets", none_or(bracketed), verb(bracketed)))
            .then(format!(", {} {} clean but not agreed, and ", none_or(clean), verb(clean)))
            .strong(format!("{} {} {agreed_as}", none_or(agreed), verb(agreed)))
            .then(".")
    }

    /// Names the base with its document.
    pub(super) fn base_line(&self) -> Phrase {
        let Some(base) = self.negotiation().draft.base() else {
            return Phrase::words("No text was before the body on this day.");
        };
        let line = Phrase::words("Base: ")
            .link(self.links.entry(base.basis.entry), base.symbol.clone())
            .then(format!(", {}, issued {}", base.title, words::in_words(base.basis.at)));
        let undecided = self.negotiation().draft.undecided_proposals().count();
        let line = match undecided {
            0 => line,
            _ => line.then(format!(
                "; {} on earlier texts awaiting a decision",
                words::count(undecided, "proposal", "proposals")
            )),
        };
        match base.dropped_unasked().count() {
            0 => line,
            dropped => line.then(format!(
                "; {} of the text before it not in it, though no proposal or decision on record \
                 asks for that",
                words::count(dropped, "provision", "provisions")
            )),
        }
    }

    fn chapter(&self, chapter: &ChapterState) -> Option<ChapterRow> {
        let states = agreement(chapter.provisions);
        (states.total() > 0).then(|| ChapterRow {
            chapter: match &chapter.chapter {
                None => Link { to: self.links.text(), label: "Title and preamble".to_owned() },
                Some(id) => Link { to: self.to_part(id), label: self.division(id) },
            },
            states,
            alternatives: chapter.proposals.len(),
        })
    }

    /// Names a chapter by its number and heading.
    pub(super) fn division(&self, id: &ProvisionId) -> String {
        let Some(words) = self.negotiation().draft.text().words(id) else { return id.to_string() };
        match (words.number.as_str(), words.heading.as_str()) {
            ("", heading) => heading.to_owned(),
            (number, "") => number.to_owned(),
            (number, heading) => format!("{number}. {heading}"),
        }
    }

    fn contested(&self) -> Vec<ContestedRow> {
        let negotiation = self.negotiation();
        let contested = negotiation.contested();
        contested
            .iter()
            .take(CONTESTED_MAX)
            .map(|contested| ContestedRow {
                provision: self.cited_with_capital(&contested.provision),
                heading: negotiation.draft.citation(&contested.provision).heading,
                alternatives: contested.alternatives.len(),
                participants: contested.participants.len(),
            })
            .collect()
    }

    pub(super) fn cited_with_capital(&self, id: &ProvisionId) -> Link {
        let link = self.provision(id);
        Link { label: words::capital(&link.label), ..link }
    }

    /// The last day of the last session of the body that had closed before the day shown.
    pub(crate) fn last_closed(&self) -> Option<Date> {
        self.last_session().map(|session| session.until)
    }

    fn last_session(&self) -> Option<&SessionConvened> {
        let sessions = self.negotiation().process.sessions().into_iter();
        let of_the_body = sessions.map(|session| &session.fact).filter(|session| {
            matches!(session.form, SessionForm::Organizational | SessionForm::Negotiating)
        });
        of_the_body
            .filter(|session| process::state(session, self.day()) == SessionState::Past)
            .max_by_key(|session| session.until)
    }

    fn since(&self, earlier: &Negotiation) -> Option<Since> {
        let negotiation = self.negotiation();
        let last = self.last_session()?;
        let mut happened: Vec<&Happening> =
            negotiation.changes.between(last.until, self.day()).collect();
        // The latest first; of one day what was done before what was said.
        happened.sort_by_key(|happening| {
            (Reverse(happening.basis.at), happening.description.family == Family::Positions)
        });
        let lines = happened.iter().take(CHANGES_MAX).map(|happening| ChangeLine {
            date: words::in_words(happening.basis.at),
            what: self.phrase(&happening.description.sentence),
            entry: self.entry(happening.basis),
        });
        let all = Address::new(&["record"])
            .with("from", last.until.tomorrow().unwrap_or(last.until).to_string());
        let summary = Phrase::words(format!(
            "Since {} closed on {}: ",
            last.name,
            words::in_words(Moment::Day(last.until))
        ));
        Some(Since {
            words: self.summary(summary, earlier, &happened),
            lines: lines.collect(),
            more: happened.len().saturating_sub(CHANGES_MAX),
            all: Link {
                to: all.seen_from(&self.links.vantage),
                label: format!("All {} entries in the record", thousands(happened.len())),
            },
        })
    }

    /// Sums up what is different from an earlier day.
    fn summary(&self, phrase: Phrase, earlier: &Negotiation, happened: &[&Happening]) -> Phrase {
        let draft = &self.negotiation().draft;
        let (before, now) = (earlier.draft.total().provisions, draft.total().provisions);
        let same_base = earlier.draft.base().map(|base| base.basis.entry)
            == draft.base().map(|base| base.basis.entry);
        let phrase = match draft.base() {
            Some(base) if !same_base => {
                phrase.then("a new base, ").strong(base.symbol.clone()).then("; ")
            }
            Some(_) | None => phrase,
        };
        let differences = draft.since(&earlier.draft);
        let opened: usize = differences.iter().map(|difference| difference.opened.len()).sum();
        let ended: usize = differences.iter().map(|difference| difference.ended.len()).sum();
        let positions = happened
            .iter()
            .filter(|happening| happening.description.family == Family::Positions)
            .count();
        phrase
            .then("provisions in brackets went from ")
            .strong(format!("{} to {}", before.bracketed, now.bracketed))
            .then(", those agreed from ")
            .strong(format!("{} to {}", before.agreed, now.agreed))
            .then(format!(
                "; {} opened and {} ended; ",
                words::count(opened, "alternative was", "alternatives were"),
                words::count(ended, "was", "were").replace("no were", "none was"),
            ))
            .strong(words::count(positions, "position or statement", "positions and statements"))
            .then(" came on record.")
    }
}

/// The calendar.
impl Scene<'_> {
    fn calendar(&self) -> CalendarView {
        let process = &self.negotiation().process;
        let (from, until) = self.years();
        let days = |day: Date| (day - from).get_days();
        let years = (from.year()..=until.year())
            .filter_map(|year| Some((days(Date::new(year, 1, 1).ok()?), year.to_string())));
        let drawn = |session: &&process::Stated<SessionConvened>| {
            session.fact.from <= until && from <= session.fact.until
        };
        let sessions = process.sessions().into_iter().filter(drawn).map(|session| {
            let fact = &session.fact;
            SessionSpan {
                session: Link { to: self.links.overview_on(fact.until), label: fact.name.clone() },
                label: fact.session.to_string(),
                of_the_body: matches!(
                    fact.form,
                    SessionForm::Organizational | SessionForm::Negotiating
                ),
                from: days(fact.from.max(from)),
                days: (fact.until.min(until) - fact.from.max(from)).get_days() + 1,
                dates: words::interval(fact.from, fact.until),
                place: fact.place.clone(),
                outcome: match process::state(fact, self.day()) {
                    // What came of a session is not known before it has closed.
                    SessionState::Past => fact.outcome.clone(),
                    SessionState::Current if self.day() == fact.until => fact.outcome.clone(),
                    SessionState::Current | SessionState::ToCome => String::new(),
                },
                state: match process::state(fact, self.day()) {
                    SessionState::Past => "past",
                    SessionState::Current => "sitting",
                    SessionState::ToCome => "to come",
                }
                .to_owned(),
            }
        });
        CalendarView {
            from: from.to_string(),
            until: until.to_string(),
            days: days(until),
            today: days(self.day()),
            today_words: words::in_words(Moment::Day(self.day())),
            years: years.collect(),
            sessions: sessions.collect(),
            marks: self
                .calendar_marks(from)
                .into_iter()
                .filter(|mark| (0..=days(until)).contains(&mark.day))
                .collect(),
        }
    }

    /// The years drawn, whole: those of the sessions and milestones, and the day shown where it is
    /// near them. Where they are very many, those around the day shown.
    fn years(&self) -> (Date, Date) {
        let sessions = self.negotiation().process.sessions();
        let dates = sessions.iter().flat_map(|session| [session.fact.from, session.fact.until]);
        let milestones = self.negotiation().process.milestones();
        let due = milestones.iter().map(|milestone| milestone.due().counts_from());
        let years = dates.chain(due).map(Date::year);
        let (first, last) = years
            .fold((i16::MAX, i16::MIN), |(first, last), year| (first.min(year), last.max(year)));
        let (first, last) = years_drawn(first, last, self.day().year());
        let year = |year| Date::new(year, 1, 1).unwrap_or(self.day());
        (year(first), year(last).last_of_year())
    }

    fn calendar_marks(&self, from: Date) -> Vec<CalendarMark> {
        let process = &self.negotiation().process;
        let days = |day: Date| (day - from).get_days();
        let documents = process.documents().iter().map(|document| {
            let what = Phrase::default()
                .link(self.links.entry(document.basis.entry), document.symbol.clone())
                .then(format!(" {}", document.title));
            CalendarMark {
                kind: if document.base.is_some() { "base" } else { "document" }.to_owned(),
                what,
                day: days(document.basis.at.counts_from()),
                date: words::in_words(document.basis.at),
                slip: None,
            }
        });
        let milestones = process.milestones().into_iter().map(|milestone| {
            let state = if milestone.is_reached() { "" } else { " (due)" };
            let basis = milestone.basis();
            let what = Phrase::words(format!("{}{state} ", milestone.title()))
                .link(self.links.entry(basis.entry), basis.entry.short());
            CalendarMark {
                kind: "milestone".to_owned(),
                what,
                day: days(milestone.due().counts_from()),
                date: words::in_words(milestone.due()),
                slip: slip(milestone),
            }
        });
        let mut marks: Vec<CalendarMark> = documents.chain(milestones).collect();
        marks.sort_by_key(|mark| mark.day);
        marks
    }
}

/// How many years before and behind the day shown are drawn at most.
const YEARS_AROUND: i16 = 20;

/// Returns the first and the last year to draw, for what is on record from `first` to `last` and a
/// day in `shown`; where nothing is on record `last` is before `first`.
fn years_drawn(first: i16, last: i16, shown: i16) -> (i16, i16) {
    if last < first {
        return (shown, shown);
    }
    // A day far from everything is drawn at the edge.
    let shown = shown.clamp(first.saturating_sub(YEARS_AROUND), last.saturating_add(YEARS_AROUND));
    let around = |year: i16| year.clamp(shown - YEARS_AROUND, shown + YEARS_AROUND);
    (around(first.min(shown)), around(last.max(shown)))
}

/// Decisions.
impl Scene<'_> {
    fn decided(&self) -> Vec<DecisionRow> {
        let mut all = self.negotiation().decisions.all();
        all.reverse();
        all.into_iter().map(|decision| self.decision(decision)).collect()
    }

    pub(super) fn decision(&self, decision: &Decision) -> DecisionRow {
        let vote = decision.votes.last();
        let objecting: Vec<String> = decision
            .standing_objections()
            .map(|objection| &objection.raised.fact.participant)
            .map(|id| self.negotiation().process.name(id).to_owned())
            .collect();
        let mut condition = vote.map_or_else(String::new, Vote::condition);
        if !objecting.is_empty() {
            condition = format!("Objecting: {}. {condition}", words::listed(&objecting));
        }
        let question = decision.question().unwrap_or(decision.id.as_str());
        let about = self.links.record_with("about", &format!("decision:{}", decision.id));
        DecisionRow {
            date: decision.decided_by().map_or_else(String::new, |basis| words::in_words(basis.at)),
            question: Phrase::default().link(about, question),
            outcome: outcome(decision.outcome()).to_owned(),
            tally: vote.and_then(|vote| vote.tally).map(|tally| TallyView {
                in_favour: tally.in_favour,
                against: tally.against,
                abstaining: tally.abstaining,
            }),
            condition,
            entries: decision.bases().iter().map(|basis| self.entry(*basis)).collect(),
        }
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pending => "Pending",
        Outcome::WithoutVote => "Decided without a vote",
        Outcome::Carried => "Carried by a vote",
        Outcome::NotCarried => "Not carried",
    }
}

fn agreement(counts: ByState<usize>) -> Agreement {
    Agreement { bracketed: counts.bracketed, clean: counts.clean, agreed: counts.agreed }
}

fn none_or(number: usize) -> String {
    if number == 0 { "none".to_owned() } else { thousands(number) }
}

/// Writes a number with a comma between thousands, as UN documents in English do.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

fn slip(milestone: &Milestone) -> Option<String> {
    let slip = milestone.slip()?;
    let days = |days: i32| words::count(days.unsigned_abs() as usize, "day", "days");
    let planned = words::in_words(slip.planned);
    Some(match (slip.days_min, slip.days_max) {
        (min, max) if min == max && min < 0 => format!("{} early (planned {planned})", days(min)),
        (min, max) if min == max => format!("{} late (planned {planned})", days(min)),
        (min, max) => format!("{min} to {max} days late (planned {planned})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_bounded_and_holds_what_is_near() {
        assert_eq!(years_drawn(2017, 2026, 2023), (2017, 2026));
        assert_eq!(years_drawn(2017, 2026, 2030), (2017, 2030));
        assert_eq!(years_drawn(2017, 2026, 9999), (2026, 2046));
        assert_eq!(years_drawn(2017, 2026, -9999), (1997, 2017));
        assert_eq!(years_drawn(-9999, 9999, 2023), (2003, 2043));
        assert_eq!(years_drawn(-9999, 9999, 9999), (9979, 9999));
        assert_eq!(years_drawn(i16::MAX, i16::MIN, 2023), (2023, 2023));
    }

    #[test]
    fn thousands_are_set_apart() {
        let written: Vec<String> = [0, 12, 999, 1_000, 12_345, 1_234_567].map(thousands).into();
        assert_eq!(written, ["0", "12", "999", "1,000", "12,345", "1,234,567"]);
    }
}
