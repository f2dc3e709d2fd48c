//! The page that says where the negotiation stands.

use serde::Serialize;

use super::{Link, Mark, Phrase};

/// Where the negotiation stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Overview {
    /// The answer in one or two sentences.
    pub lead: Phrase,
    /// The base in a line, with its marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Phrase>,
    /// The marks of the base.
    pub base_marks: Vec<Mark>,
    /// How the whole text stands.
    pub totals: Agreement,
    /// How each chapter stands.
    pub chapters: Vec<ChapterRow>,
    /// The most contested provisions, first the most.
    pub contested: Vec<ContestedRow>,
    /// How they are ranked, in words.
    pub contested_order: String,
    /// The calendar.
    pub calendar: CalendarView,
    /// What changed since the last session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// What was decided, the latest first.
    pub decisions: Vec<DecisionRow>,
}

/// How many provisions stand how. A clean text is never counted as agreed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Agreement {
    /// Bracketed.
    pub bracketed: usize,
    /// Clean but not agreed.
    pub clean: usize,
    /// Agreed ad referendum.
    pub agreed: usize,
}

impl Agreement {
    /// Returns how many there are in all.
    pub const fn total(self) -> usize {
        self.bracketed + self.clean + self.agreed
    }
}

/// How a chapter stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ChapterRow {
    /// The chapter.
    pub chapter: Link,
    /// How its provisions stand.
    pub states: Agreement,
    /// How many alternatives are open on it.
    pub alternatives: usize,
}

/// A contested provision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ContestedRow {
    /// The provision.
    pub provision: Link,
    /// What it is about.
    pub heading: String,
    /// How many alternatives are open on it.
    pub alternatives: usize,
    /// How many participants sponsor one of them or are on record for one.
    pub participants: usize,
}

/// The calendar.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CalendarView {
    /// The first day of the first year drawn.
    pub from: String,
    /// The last day of the last year drawn.
    pub until: String,
    /// How many days lie between.
    pub days: i32,
    /// The day shown, as a number of days from the first.
    pub today: i32,
    /// The day shown, in words.
    pub today_words: String,
    /// Years, with the day each begins on.
    pub years: Vec<(i32, String)>,
    /// Sessions and meetings.
    pub sessions: Vec<SessionSpan>,
    /// Documents and milestones.
    pub marks: Vec<CalendarMark>,
}

/// A session in the calendar.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SessionSpan {
    /// Its name, leading to its last day.
    pub session: Link,
    /// A short label.
    pub label: String,
    /// Whether it is a session of the body.
    pub of_the_body: bool,
    /// Its first day, counted from the first day drawn.
    pub from: i32,
    /// How many days it lasts.
    pub days: i32,
    /// Its dates in words.
    pub dates: String,
    /// Where it is held.
    pub place: String,
    /// What came of it.
    pub outcome: String,
    /// Whether it is past, current or to come.
    pub state: String,
}

/// A document or a milestone in the calendar.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CalendarMark {
    /// What it is: "document", "base", "milestone".
    pub kind: String,
    /// What it says.
    pub what: Phrase,
    /// The day, counted from the first day drawn.
    pub day: i32,
    /// The date in words.
    pub date: String,
    /// By how much it slipped, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slip: Option<String>,
}

/// What changed since a day.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Since {
    /// Since when, and what that comes to, in words.
    pub words: Phrase,
    /// What changed.
    pub lines: Vec<ChangeLine>,
    /// How many more there are.
    pub more: usize,
    /// Where all of them are.
    pub all: Link,
}

/// One change.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ChangeLine {
    /// When, in words.
    pub date: String,
    /// What.
    pub what: Phrase,
    /// The entry it rests on.
    pub entry: Link,
}

/// A decision.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DecisionRow {
    /// When, in words.
    pub date: String,
    /// What was put.
    pub question: Phrase,
    /// How it ended: "carried", "not carried", "without a vote", "pending".
    pub outcome: String,
    /// The count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tally: Option<TallyView>,
    /// The whole condition of passing, in words.
    pub condition: String,
    /// The entries it rests on.
    pub entries: Vec<Link>,
}

/// A count of votes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct TallyView {
    /// In favour.
    pub in_favour: u32,
    /// Against.
    pub against: u32,
    /// Abstaining.
    pub abstaining: u32,
}
