//! A participant, and the list of them.

use serde::Serialize;

use super::{Certainty, Link, Mark, Phrase};

/// The list of participants.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ParticipantsPage {
    /// How many there are, by what they are, in a sentence.
    pub lead: Phrase,
    /// Them, by what they are.
    pub groups: Vec<(String, Vec<ListedParticipant>)>,
}

/// A participant in the list.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ListedParticipant {
    /// Its key.
    pub key: String,
    /// Its name and page.
    pub participant: Link,
    /// On how many issues it is on record, itself or through a group.
    pub issues: usize,
    /// How many proposals it sponsors or sponsored.
    pub proposals: usize,
    /// How many recorded votes it cast.
    pub votes: usize,
    /// For a group, how many members; otherwise zero.
    pub members: usize,
}

/// One participant.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ParticipantPage {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub class: String,
    /// A sentence that sums up the page.
    pub lead: Phrase,
    /// Its groups on the day, with what each passes on.
    pub groups: Vec<Phrase>,
    /// Its members, where it is a group.
    pub members: Vec<Link>,
    /// What it is on record for.
    pub positions: Vec<PositionRow>,
    /// Its proposals.
    pub proposals: Vec<ProposalRow>,
    /// Its votes.
    pub votes: Vec<VoteRow>,
    /// Where nobody else, or hardly anybody, stands with it.
    pub alone: Vec<AloneRow>,
    /// What it keeps to itself; only ever filled for its own eyes.
    pub mandates: Vec<Phrase>,
    /// What it said, decided and signed, the latest first.
    pub acts: Vec<super::HistoryLine>,
}

/// A position.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PositionRow {
    /// The question.
    pub issue: Phrase,
    /// The option.
    pub option: String,
    /// The attitude to it: "supports", "opposes".
    pub strength: String,
    /// Since when, and the entry of that day.
    pub since: Link,
    /// When it said so again, and the entry of that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Link>,
    /// Whether it is its own or a group's.
    pub through: String,
    /// On what it depends.
    pub condition: String,
    /// What was said.
    pub note: String,
    /// The provisions the question is about.
    pub provisions: Vec<Link>,
    /// How sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// Whether its delegation disputes it.
    pub disputed: bool,
}

/// A proposal.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ProposalRow {
    /// Its label and where to see it.
    pub proposal: Link,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// What became of it: "open", "withdrawn".
    pub status: String,
    /// The provisions it is about.
    pub provisions: Vec<Link>,
    /// The other sponsors.
    pub with: Vec<Link>,
    /// Since when, in words.
    pub since: String,
}

/// A vote it cast.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct VoteRow {
    /// When.
    pub date: String,
    /// What was put.
    pub question: Phrase,
    /// How it voted: "in favour", "against", "abstained".
    pub ballot: String,
    /// How it ended, with the count.
    pub outcome: String,
    /// The entry.
    pub entry: Link,
}

/// Where hardly anybody stands with it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AloneRow {
    /// On what.
    pub what: Phrase,
    /// Who stands with it, if anybody does.
    pub with: Vec<Link>,
    /// How many are on record otherwise.
    pub otherwise: usize,
}
