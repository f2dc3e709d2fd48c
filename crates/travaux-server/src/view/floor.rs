//! The meeting: the question, the speakers, what may happen next, the votes as they are cast.

use serde::Serialize;

use super::{Link, Phrase};

/// The meeting, for one who may act in it or only watches.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FloorPage {
    /// What the meeting is called.
    pub title: String,
    /// Whether it is open, in a word.
    pub state: String,
    /// Whose rules apply, with what to say of them.
    pub rules: String,
    /// A caution about the rules.
    pub caution: String,
    /// The item of the agenda, with its title.
    pub item: String,
    /// Whether the item is debated.
    pub debate: String,
    /// Who is present, and how many must be.
    pub quorum: String,
    /// Whether enough are present to decide.
    pub may_decide: bool,
    /// Who has the floor.
    pub speaking: Option<SpeakerView>,
    /// How long each speaker has, in minutes.
    pub minutes: Option<u32>,
    /// Who waits, next first.
    pub speakers: Vec<SpeakerView>,
    /// Whether the list is closed.
    pub list_closed: bool,
    /// Motions that await a decision, the last made first.
    pub pending: Vec<String>,
    /// The question being voted on, or the one that awaits a decision.
    pub question: Option<QuestionView>,
    /// What was decided last, in the form in which it is announced.
    pub announced: String,
    /// What may happen next.
    pub moves: Vec<MoveView>,
    /// What may not, and why.
    pub barred: Vec<MoveView>,
    /// A line that was typed and is not in order, or cannot be read.
    pub judged: Option<JudgedView>,
    /// The latest acts against which a rule spoke.
    pub irregular: Vec<IrregularView>,
    /// Who may act here; nobody where the page is only read.
    pub writer: Option<WriterView>,
    /// Where the meeting is now, where another day is shown.
    pub now: Option<Link>,
    /// The view for the projector, or back from it.
    pub projector: Link,
    /// Whether this is the view for the projector.
    pub is_projector: bool,
}

/// Somebody who speaks or waits.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SpeakerView {
    /// Who.
    pub who: Link,
    /// What for, where it is no statement.
    pub speech: String,
    /// Since when, as an instant.
    pub since: String,
}

/// A question with its votes.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct QuestionView {
    /// Its key.
    pub key: String,
    /// The question.
    pub words: String,
    /// What it needs, and under which rule.
    pub condition: String,
    /// What follows if it is carried.
    pub carried: String,
    /// What follows if it is not.
    pub not_carried: String,
    /// What the opposite question would need.
    pub opposite: String,
    /// What must come before it is put.
    pub before: Vec<String>,
    /// The votes, while it is voted on.
    pub board: Option<BoardView>,
}

/// A board of votes.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct BoardView {
    /// In favour.
    pub in_favour: u32,
    /// Against.
    pub against: u32,
    /// Abstaining.
    pub abstaining: u32,
    /// How many of those who voted must be in favour.
    pub needed: u64,
    /// How it stands, in a sentence.
    pub standing: String,
    /// How each member voted, in alphabetical order; "." has not voted.
    pub votes: Vec<(String, &'static str)>,
}

/// A move.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MoveView {
    /// What happens.
    pub what: String,
    /// Who may ask, who decides and by which majority.
    pub by: String,
    /// The rule.
    pub rule: String,
    /// The line that does it.
    pub line: String,
    /// Whether the line is whole, so that a button can send it.
    pub is_whole: bool,
    /// What speaks against it.
    pub against: Vec<AgainstView>,
}

/// What speaks against an act.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AgainstView {
    /// The rule.
    pub rule: String,
    /// The reason.
    pub why: String,
    /// The way out.
    pub way_out: String,
}

/// A line that was typed and not recorded.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct JudgedView {
    /// The line.
    pub line: String,
    /// Why it cannot be read or recorded; empty where it can.
    pub fault: String,
    /// What speaks against it.
    pub against: Vec<AgainstView>,
    /// Whether who acts may record it all the same.
    pub may_record: bool,
}

/// An act on record against which a rule spoke.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct IrregularView {
    /// What happened.
    pub what: Phrase,
    /// The entry.
    pub entry: Link,
    /// What speaks against it.
    pub against: Vec<AgainstView>,
}

/// Who acts.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct WriterView {
    /// The key by which the acts are recorded.
    pub key: String,
    /// The name.
    pub name: String,
    /// Whether it keeps the minutes: then it records the acts of all.
    pub keeps_minutes: bool,
}
