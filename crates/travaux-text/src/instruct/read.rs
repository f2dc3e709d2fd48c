//! Reads instructions in the wording of conference room papers: verbs, words, places, new texts.
//!
//! Only the instruction is read here, not the text it is about. What cannot be read in one way alone
//! is refused; nothing is chosen.

mod fresh;
mod object;
mod verb;

use super::error::{INSTRUCTION, InstructError};
use super::lex::{Pieces, snippet};
use super::locus::{Locus, LocusPart, Nth, Target};
use crate::provision::ProvisionKind;
use verb::Verb;

/// One thing asked, with the place it is asked about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    /// The words that ask for it.
    pub(super) words: String,
    /// The place named before it, if any.
    pub(super) scope: Option<Locus>,
    pub(super) nature: Nature,
    pub(super) ask: Ask,
}

/// Whether a change is said to be of form only.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Nature {
    Substance,
    Form,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// Only a place is named, for what follows.
    Speak,
    Replace(Wanted, String),
    Delete(Wanted),
    Insert(String, Spot),
    MoveWords(Wanted, Spot),
    Rewrite(Locus, String),
    Suppress(Locus),
    Retain(Locus),
    Add(Fresh, Stand),
    Merge(Vec<Locus>, Option<String>),
    Move(Locus, Stand),
    /// Something that follows by itself.
    Consequence,
}

/// Words of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) words: Needle,
    pub(super) which: Which,
    pub(super) within: Option<Locus>,
}

/// How words of the text are named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Needle {
    Words(String),
    /// From some words to others, both included.
    FromTo(String, String),
    /// All behind some words, up to the mark that ends the text.
    Behind(String),
}

/// Which of the places where words stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Which {
    /// The only one.
    Only,
    Nth(Nth),
    All,
    /// All, and there are so many.
    Count(usize),
    /// The one at the end of the text.
    AtEnd,
}

/// A place for words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spot {
    After(Wanted),
    Before(Wanted),
    Between(Wanted, Wanted),
    End(Option<Locus>),
    Start(Option<Locus>),
    /// Behind or before a whole sentence.
    Beside(Locus, bool),
}

/// A new provision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Fresh {
    pub(super) kind: ProvisionKind,
    pub(super) number: String,
    pub(super) heading: String,
    pub(super) text: String,
    /// Whether the text stands without quotation marks, so that it may hold numbered parts.
    pub(super) is_block: bool,
}

/// Where a provision is to stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stand {
    After(Locus),
    Before(Locus),
    EndOf(Locus),
    StartOf(Locus),
    /// Where its number puts it, else at the end.
    In(Locus),
    Unsaid,
}

/// Reads all that an instruction asks.
pub(super) fn read(pieces: &Pieces<'_>) -> Result<Vec<Statement>, InstructError> {
    let mut reader =
        Reader { p: pieces, scope: None, editorial: false, is_throughout: false, carried: None };
    let mut all: Vec<Statement> = Vec::new();
    let mut at = reader.skip_lead_in(reader.skip(0));
    while at < pieces.len() {
        let (statement, next) = reader.statement(at)?;
        debug_assert!(at < next);
        at = reader.skip(next);
        // "Delete “a” and “b”": the verb of the one is that of the other.
        let is_joined = (next..at).all(|at| reader.is(at, &[",", "and"]));
        reader.carried = match &statement.ask {
            Ask::Delete(_) | Ask::Suppress(_) if is_joined => Some(Verb::Delete),
            Ask::Retain(_) if is_joined => Some(Verb::Retain),
            Ask::Replace(..) if is_joined => Some(Verb::Replace),
            _ => None,
        };
        all.push(statement);
    }
    if all.is_empty() { Err(InstructError::Empty) } else { Ok(all) }
}

/// Reads statement by statement. Each method takes the piece to read at, and gives what it read and
/// the piece behind it.
struct Reader<'p, 't> {
    p: &'p Pieces<'t>,
    scope: Option<Locus>,
    editorial: bool,
    /// Whether the scope was introduced by "throughout".
    is_throughout: bool,
    /// The verb before, where "and" joins what follows to it.
    carried: Option<Verb>,
}

type Read<T> = Result<(T, usize), InstructError>;

impl Reader<'_, '_> {
    fn lower(&self, at: usize) -> &str {
        self.p.lower(at)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(at))
    }

    /// Refuses what stands at a piece.
    fn refuse<T>(&self, at: usize, wanted: &'static str) -> Result<T, InstructError> {
        let words = snippet(self.p.written.get(self.p.start(at)..).unwrap_or_default());
        Err(InstructError::NotRead { words, wanted })
    }

    /// Passes over what joins statements: marks, "and", "then", bullets and numbers of a list.
    fn skip(&self, mut at: usize) -> usize {
        const JOINTS: [&str; 20] = [
            ",",
            ";",
            ".",
            ":",
            "-",
            "\u{2013}",
            "\u{2014}",
            "*",
            "\u{2022}",
            "\u{b7}",
            "and",
            "then",
            "also",
            "please",
            "further",
            "furthermore",
            "finally",
            "moreover",
            "kindly",
            "#",
        ];
        loop {
            if self.p.opens_line(at)
                && let Some(next) = self.list_number(at)
            {
                at = next;
            } else if at < self.p.len() && self.is(at, &JOINTS) && self.p.quote(at).is_none() {
                at += 1;
            } else {
                return at;
            }
        }
    }

    /// Reads the number of an item in a list: "1.", "2)", "(a)", "(iv)".
    fn list_number(&self, at: usize) -> Option<usize> {
        let is_short = |at: usize| {
            let word = self.lower(at);
            !word.is_empty()
                && word.len() <= 4
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if self.lower(at) == "(" && is_short(at + 1) && self.lower(at + 2) == ")" {
            return Some(at + 3);
        }
        let is_item = is_short(at) && self.is(at + 1, &[".", ")"]) && at + 2 < self.p.len();
        (is_item && !self.is_statement(at)).then_some(at + 2)
    }

    /// Passes over who proposes: "Norland proposes to".
    fn skip_lead_in(&self, at: usize) -> usize {
        const PROPOSES: [&str; 7] =
            ["proposes", "propose", "proposed", "suggests", "suggest", "suggested", "wishes"];
        const WINDOW: usize = 16;
        let line_end =
            (at + 1..self.p.len()).find(|next| self.p.opens_line(*next)).unwrap_or(self.p.len());
        let window = at..line_end.min(at + WINDOW);
        if let Some(verb) = window.clone().find(|at| self.is(*at, &PROPOSES)) {
            let behind = verb + 1;
            let to = behind + usize::from(self.is(behind, &["to", "that", ":"]));
            let before = self.is_statement(at) && verb != at;
            return if before { at } else { self.skip(to) };
        }
        // A heading of its own line: "Proposed amendments:", "Proposal by Norland".
        let is_heading = self.is(at, &["proposal", "amendment", "amendments", "proposals", "the"])
            && self.is(line_end - 1, &[":"])
            && !self.is_statement(at)
            && self.p.locus(at).is_none_or(|(_, next)| next < line_end - 1);
        if is_heading { self.skip(line_end) } else { at }
    }

    /// Reports whether a statement seems to begin at a piece.
    fn is_statement(&self, at: usize) -> bool {
        if let Some((_, next)) = self.verb(at) {
            let next = next + usize::from(self.is(next, &["the", "a", "an", "in", "after", "new"]));
            return self.p.quote(next).is_some()
                || self
                    .is(next, &["word", "words", "following", "new", "phrase", "term", "chapeau"])
                || self.p.locus(next).is_some_and(|(locus, _)| locus.names_something())
                || self.p.quote(next + 1).is_some();
        }
        if self.is(at, &["in", "throughout", "at"])
            && let Some((locus, next)) = self.p.locus(at + 1)
        {
            let next = next + usize::from(self.is(next, &[",", ":"]));
            let place = self.is(next, &["after", "before", "at"]);
            return locus.names_something() && (self.verb(next).is_some() || place);
        }
        if self.is(at, &["after", "before"])
            && let Some((_, next)) = self.object(at + 1)
        {
            let next = next + usize::from(self.is(next, &[","]));
            return self.verb(next).is_some_and(|(verb, _)| verb == Verb::Insert);
        }
        false
    }

    /// Reads one statement, or a place for those that follow.
    fn statement(&mut self, at: usize) -> Read<Statement> {
        let from = at;
        let at = self.editorial(at);
        let at = self.scope_at(at);
        if from < at && (self.p.opens_line(at) || self.p.len() <= at) && self.verb(at).is_none() {
            return Ok((self.state(from, at, Ask::Speak), at));
        }
        // "Replace, in article 7, …": the place stands behind the verb.
        if let Some((verb, behind)) = self.verb(at)
            && let comma = behind + usize::from(self.is(behind, &[","]))
            && self.is(comma, &["in"])
            && let Some((locus, next)) = self.p.locus(comma + 1)
            && self.is(next, &[","])
        {
            self.scope = Some(locus);
            let (ask, end) = self.active(verb, next + 1)?;
            return Ok((self.state(from, end, ask), end));
        }
        let (ask, next) = self.ask(at)?;
        Ok((self.state(from, next, ask), next))
    }

    fn state(&self, from: usize, to: usize, ask: Ask) -> Statement {
        Statement {
            words: self.p.between(from, to).to_owned(),
            scope: self.scope.clone(),
            nature: if self.editorial { Nature::Form } else { Nature::Substance },
            ask,
        }
    }

    /// Reads "Editorial:" before a statement; it holds for the line.
    fn editorial(&mut self, at: usize) -> usize {
        if self.p.opens_line(at) {
            self.editorial = false;
        }
        if !self.is(at, &["editorial", "editorially"]) {
            return at;
        }
        self.editorial = true;
        let noun = ["change", "correction", "amendment", "point"];
        let next = at + 1 + usize::from(self.is(at + 1, &noun));
        next + usize::from(self.is(next, &[":", ",", "\u{2014}", "\u{2013}", "-"]))
    }

    /// Reads "In article 5, paragraph 2," before a statement.
    fn scope_at(&mut self, at: usize) -> usize {
        let is_throughout = self.is(at, &["throughout"]);
        let leads =
            is_throughout || self.is(at, &["in", "under", "within", "for", "on", "to", "at"]);
        let Some((locus, next)) = self.p.locus(at + usize::from(leads)) else { return at };
        // "At the end of paragraph 2" is a place for words, and "article 5 should read" a subject.
        let is_place = self.is(at, &["at"]) && !locus.names_something() && !locus.has_line;
        let ends =
            self.is(next, &[",", ":"]) || self.p.opens_line(next) || self.verb(next).is_some();
        let is_place_first = self.is(next, &["after", "before"]);
        if is_place
            || !(ends || is_place_first && leads)
            || (!leads && self.passive(next).is_some())
        {
            return at;
        }
        // "Paragraph 2, after …" without "in" is a scope only before a comma or a colon.
        if !leads && !self.is(next, &[":", ","]) && !self.p.opens_line(next) {
            return at;
        }
        let is_passage = locus.target == Target::Context(None) && self.scope.is_some();
        self.scope = Some(match (&self.scope, is_passage) {
            // "In line 3" and "in the second sentence" stay in the paragraph spoken of.
            (Some(own), true) => Locus { target: own.target.clone(), ..locus },
            _ => locus,
        });
        self.is_throughout = is_throughout;
        let mut next = next;
        while self.is(next, &[",", ":"]) && self.p.quote(next).is_none() {
            next += 1;
        }
        next
    }

    fn ask(&self, at: usize) -> Read<Ask> {
        if let Some((verb, next)) = self.verb(at) {
            return self.active(verb, next);
        }
        if self.is(at, &["for", "for:"]) {
            return self.for_read(at);
        }
        if self
            .is(at, &["after", "before", "between", "at", "immediately", "following", "directly"])
        {
            return self.place_first(at);
        }
        if self.is(at, &["no"]) && self.is(at + 1, &["change", "changes"]) {
            let to = at + 2 + usize::from(self.is(at + 2, &["to", "in"]));
            let (locus, next) = self.scope_or_locus(to);
            return Ok((Ask::Retain(locus), next));
        }
        self.subject_first(at)
    }

    /// Reads a place, or takes the one spoken of.
    fn scope_or_locus(&self, at: usize) -> (Locus, usize) {
        self.p.locus(at).unwrap_or_else(|| (self.own_scope(), at))
    }

    /// Returns the place spoken of.
    fn own_scope(&self) -> Locus {
        self.scope.clone().unwrap_or(Locus {
            named: String::new(),
            target: Target::Context(None),
            part: LocusPart::Whole,
            sentence: None,
            has_line: false,
        })
    }

    /// Reads "For “X” read “Y”".
    fn for_read(&self, at: usize) -> Read<Ask> {
        let (old, next) = self.wanted(at + 1)?;
        let next = next + usize::from(self.is(next, &[","]));
        if !self.is(next, &["read", "substitute"]) {
            return self.refuse(next, "\"read\" and the new words");
        }
        let (new, next) = self.new_words(next + 1)?;
        Ok((Ask::Replace(old, new), next))
    }

    /// Reads what is done to something named first: "paragraph 3 should be deleted".
    fn subject_first(&self, at: usize) -> Read<Ask> {
        let (object, next) = match self.object(at) {
            Some((wanted, next)) => (Err(wanted), next),
            None => match self.p.locus(at) {
                Some((locus, next)) => (Ok(locus), next),
                None => return self.refuse(at, INSTRUCTION),
            },
        };
        let next = next + usize::from(self.is(next, &[":"]));
        if let Some(behind) = self.reads(next) {
            let (new, end) = self.new_text(behind)?;
            return Ok((
                match object {
                    Ok(locus) => Ask::Rewrite(locus, new.text),
                    Err(wanted) => Ask::Replace(wanted, new.text),
                },
                end,
            ));
        }
        let Some((verb, behind)) = self.passive(next) else {
            return match (self.carried, object) {
                (Some(Verb::Delete), Err(wanted)) => Ok((Ask::Delete(wanted), next)),
                (Some(Verb::Delete), Ok(locus)) => Ok((Ask::Suppress(locus), next)),
                (Some(Verb::Retain), Ok(locus)) => Ok((Ask::Retain(locus), next)),
                (Some(Verb::Replace), Err(wanted)) if self.is(next, &["by", "with"]) => {
                    let (new, end) = self.replacement(next)?;
                    Ok((Ask::Replace(wanted, new), end))
                }
                _ => self.refuse(next, "what is to be done with it"),
            };
        };
        match (verb, object) {
            (Verb::Replace, Err(wanted)) => {
                let (new, end) = self.replacement(behind)?;
                Ok((Ask::Replace(wanted, new), end))
            }
            (Verb::Replace, Ok(locus)) => {
                let (new, end) = self.replacement(behind)?;
                Ok((Ask::Rewrite(locus, new), end))
            }
            (Verb::Delete, Err(wanted)) => Ok((Ask::Delete(wanted), behind)),
            (Verb::Delete, Ok(locus)) => Ok((Ask::Suppress(locus), behind)),
            (Verb::Retain, Ok(locus)) => Ok((Ask::Retain(locus), self.behind_retain(behind))),
            (Verb::Insert, Err(wanted)) => {
                let Needle::Words(words) = wanted.words else {
                    return self.refuse(at, "the words to insert");
                };
                let (spot, end) = self.spot(behind)?;
                Ok((Ask::Insert(words, spot), end))
            }
            (Verb::Move, Ok(locus)) => {
                let (stand, end) = self.stand(behind);
                Ok((Ask::Move(locus, stand), end))
            }
            (Verb::Merge, Ok(locus)) => self.merged(vec![locus], behind),
            (verb, _) => verb.refused().map_or_else(|| self.refuse(at, INSTRUCTION), Err),
        }
    }

    /// Reads "should read", "to read", "is amended to read".
    fn reads(&self, at: usize) -> Option<usize> {
        let mut next = at;
        while self.is(
            next,
            &[
                "should", "shall", "is", "to", "be", "would", "will", "must", "amended", "now",
                "revised", "as", "follows",
            ],
        ) {
            next += 1;
        }
        let is_read = self.is(next, &["read", "reads"]);
        is_read.then_some(next + 1)
    }

    fn behind_retain(&self, at: usize) -> usize {
        let mut next =
            at + usize::from(self.is(at, &[","]) && self.is(at + 1, &["as", "unchanged"]));
        while self.is(
            next,
            &[
                "as",
                "is",
                "it",
                "they",
                "stands",
                "stand",
                "are",
                "unchanged",
                "drafted",
                "in",
                "its",
                "their",
                "present",
                "current",
                "form",
            ],
        ) {
            next += 1;
        }
        next
    }
}
