//! The verbs of instructions, active and passive, and what follows each.

use super::{Ask, Needle, Read, Reader, Stand};
use crate::instruct::error::InstructError;
use crate::instruct::locus::{Locus, LocusPart};

/// What is to be done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verb {
    Replace,
    Substitute,
    Amend,
    Delete,
    Insert,
    Move,
    Merge,
    Retain,
    Renumber,
    Bracket,
    Split,
}

impl Verb {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "replace" | "replaced" | "exchange" => Self::Replace,
            "substitute" | "substituted" => Self::Substitute,
            "amend" | "amended" | "change" | "changed" | "modify" | "modified" | "revise"
            | "revised" | "redraft" | "redrafted" | "reword" | "reworded" | "rephrase" => {
                Self::Amend
            }
            "delete" | "deleted" | "remove" | "removed" | "omit" | "omitted" | "suppress"
            | "suppressed" | "strike" | "struck" | "drop" | "dropped" | "eliminate" => Self::Delete,
            "insert" | "inserted" | "add" | "added" | "include" | "included" | "append"
            | "appended" => Self::Insert,
            "move" | "moved" | "transfer" | "transferred" | "relocate" | "relocated" | "shift" => {
                Self::Move
            }
            "merge" | "merged" | "combine" | "combined" | "consolidate" | "consolidated"
            | "join" => Self::Merge,
            "retain" | "retained" | "keep" | "kept" | "maintain" | "maintained" => Self::Retain,
            "renumber" | "renumbered" | "reletter" | "relettered" | "adjust" | "readjust" => {
                Self::Renumber
            }
            "bracket" | "bracketed" | "place" | "placed" | "put" | "enclose" | "unbracket" => {
                Self::Bracket
            }
            "split" | "divide" | "divided" => Self::Split,
            _ => return None,
        })
    }

    /// Says why some verbs ask for no proposal.
    pub(super) fn refused(self) -> Option<InstructError> {
        match self {
            Self::Bracket => Some(InstructError::NoProposal {
                asked: "putting words in brackets, or taking brackets away,",
                instead: "brackets are asked for by an entry of the kind bracket_requested; what is \
                          in brackets is freed by agreeing on words",
            }),
            Self::Split => Some(InstructError::NoProposal {
                asked: "splitting a provision without saying how both parts read",
                instead: "say how the first reads, and insert the second: \"replace paragraph 2 by \
                          “…”; insert after paragraph 2 a new paragraph 2 bis reading “…”\"",
            }),
            _ => None,
        }
    }
}

impl Reader<'_, '_> {
    /// Reads a verb in the imperative, or "to" with a verb.
    pub(super) fn verb(&self, at: usize) -> Option<(Verb, usize)> {
        if self.p.quote(at).is_some() {
            return None;
        }
        let from = at + usize::from(self.is(at, &["to"]));
        let word = self.lower(from);
        // Participles belong to passives.
        let is_participle = word.ends_with("ed") || word == "struck" || word == "kept";
        let verb = Verb::of(word).filter(|_| !is_participle)?;
        let out = usize::from(verb == Verb::Delete && self.is(from + 1, &["out"]));
        Some((verb, from + 1 + out))
    }

    /// Reads "should be deleted", "to be replaced", "is deleted".
    pub(super) fn passive(&self, at: usize) -> Option<(Verb, usize)> {
        const HELPERS: [&str; 14] = [
            "should",
            "shall",
            "must",
            "would",
            "to",
            "be",
            "is",
            "are",
            "could",
            "may",
            "will",
            "being",
            "also",
            "therefore",
        ];
        let mut from = at;
        while self.is(from, &HELPERS) && self.p.quote(from).is_none() {
            from += 1;
        }
        let word = self.lower(from);
        let is_participle =
            word.ends_with("ed") || ["struck", "kept", "put", "split"].contains(&word);
        let verb = Verb::of(word).filter(|_| is_participle)?;
        let out = usize::from(self.is(from + 1, &["out"]));
        Some((verb, from + 1 + out))
    }

    /// Reads what follows a verb in the imperative.
    pub(super) fn active(&self, verb: Verb, at: usize) -> Read<Ask> {
        match verb {
            Verb::Replace | Verb::Amend => self.replace(at),
            Verb::Substitute => self.substitute(at),
            Verb::Delete => self.delete(at),
            Verb::Insert => self.insert(at),
            Verb::Move => self.moved(at),
            Verb::Merge => {
                let (locus, next) = self.locus_of_provision(at)?;
                self.merged(vec![locus], next)
            }
            Verb::Retain => {
                let (locus, next) = self.scope_or_locus(at);
                Ok((Ask::Retain(locus), self.behind_retain(next)))
            }
            Verb::Renumber => Ok((Ask::Consequence, self.to_end_of_sentence(at))),
            Verb::Bracket | Verb::Split => match verb.refused() {
                Some(error) => Err(error),
                None => self.refuse(at, super::INSTRUCTION),
            },
        }
    }

    fn to_end_of_sentence(&self, at: usize) -> usize {
        let ends = |at: &usize| self.is(*at, &[".", ";"]) || self.p.opens_line(*at);
        (at..self.p.len()).find(ends).unwrap_or(self.p.len())
    }

    fn locus_of_provision(&self, at: usize) -> Read<Locus> {
        match self.p.locus(at) {
            Some(found) => Ok(found),
            None => self.refuse(at, "the name of a provision, or words in quotation marks,"),
        }
    }

    fn replace(&self, at: usize) -> Read<Ask> {
        if let Some((old, next)) = self.object(at) {
            let (new, end) = self.replacement(next)?;
            return Ok(self.with_tail(old, new, end));
        }
        if let Some((locus, next)) = self.p.locus(self.of_text(at)) {
            let next = self.behind_whole(next);
            let (new, end) = self.replacement(next)?;
            return Ok((Ask::Rewrite(locus, new), end));
        }
        let (old, new, end) = self.bare_pair(at)?;
        Ok(self.with_tail(old, new, end))
    }

    /// Passes over "the text of", "the wording of" before a place.
    fn of_text(&self, at: usize) -> usize {
        let from = at + usize::from(self.is(at, &["the"]));
        let is_noun = self.is(from, &["text", "wording", "existing", "current", "contents"]);
        if is_noun && self.is(from + 1, &["of"]) {
            from + 2
        } else if is_noun && self.p.locus(from + 1).is_some() {
            from + 1
        } else {
            at
        }
    }

    /// Passes over "in its entirety", "as a whole".
    fn behind_whole(&self, at: usize) -> usize {
        let next = at + usize::from(self.is(at, &[","]));
        match (self.lower(next), self.lower(next + 1), self.lower(next + 2)) {
            ("in", "its" | "their", "entirety") | ("as", "a", "whole") => next + 3,
            ("altogether" | "entirely", ..) => next + 1,
            _ => at,
        }
    }

    /// Reads "substitute Y for X"; "substitute X by Y" as well.
    fn substitute(&self, at: usize) -> Read<Ask> {
        let (first, next) = self.wanted(at)?;
        if !self.is(next, &["for"]) {
            let (new, end) = self.replacement(next)?;
            return Ok(self.with_tail(first, new, end));
        }
        let Needle::Words(new) = first.words else { return self.refuse(at, "the new words") };
        let (old, end) = self.wanted(next + 1)?;
        Ok((Ask::Replace(old, new), end))
    }

    fn delete(&self, at: usize) -> Read<Ask> {
        if let Some((wanted, next)) = self.object(at) {
            return Ok((Ask::Delete(wanted), next));
        }
        let noun = at + usize::from(self.is(at, &["the"]));
        if self.is(noun, &["bracket", "brackets", "square"])
            && let Some(error) = Verb::Bracket.refused()
        {
            return Err(error);
        }
        if self.is(at, &["it", "them"]) {
            return Ok((Ask::Suppress(self.own_scope()), at + 1));
        }
        let (locus, next) = self.locus_of_provision(at)?;
        Ok((Ask::Suppress(locus), self.behind_whole(next)))
    }

    fn moved(&self, at: usize) -> Read<Ask> {
        if let Some((wanted, next)) = self.object(at) {
            let (spot, end) = self.spot(next)?;
            return Ok((Ask::MoveWords(wanted, spot), end));
        }
        let (locus, next) = self.locus_of_provision(at)?;
        let next = next + usize::from(self.is(next, &[","]));
        let (stand, end) = self.stand(next);
        if stand == Stand::Unsaid {
            return self.refuse(next, "\"after\" or \"before\" and the name of a provision");
        }
        Ok((Ask::Move(locus, stand), end))
    }

    /// Reads further provisions to merge, and how they are to read.
    pub(super) fn merged(&self, mut all: Vec<Locus>, at: usize) -> Read<Ask> {
        let mut next = at;
        while self.is(next, &["and", "with", "into", ","])
            && let Some((locus, behind)) = self.p.locus(next + 1)
        {
            all.push(locus);
            next = behind;
        }
        if self.is(next, &["into"]) && self.is(next + 1, &["one", "a"]) {
            next += 2;
            while self.is(next, &["single", "paragraph", "subparagraph", "article"]) {
                next += 1;
            }
        }
        let comma = next + usize::from(self.is(next, &[","]));
        match self.reads(comma) {
            Some(behind) => {
                let (new, end) = self.new_text(behind)?;
                Ok((Ask::Merge(all, Some(new.text)), end))
            }
            None => Ok((Ask::Merge(all, None), next)),
        }
    }

    /// Reads where a provision is to stand.
    pub(super) fn stand(&self, at: usize) -> (Stand, usize) {
        let at =
            at + usize::from(self.is(at, &["to", "so"]) && self.is(at + 1, &["after", "before"]));
        let at = at + usize::from(self.is(at, &["immediately", "directly", "just", "right"]));
        let place = |locus: Locus| Locus { part: LocusPart::Whole, ..locus };
        if self.is(at, &["after", "following", "behind"])
            && let Some((locus, next)) = self.p.locus(at + 1)
        {
            return (Stand::After(place(locus)), next);
        }
        if self.is(at, &["before", "preceding"])
            && let Some((locus, next)) = self.p.locus(at + 1)
        {
            return (Stand::Before(place(locus)), next);
        }
        if let Some((is_end, next)) = self.edge(at) {
            let of = next + usize::from(self.is(next, &["of", "in"]));
            let (locus, end) =
                if next < of { self.scope_or_locus(of) } else { (self.own_scope(), next) };
            return (if is_end { Stand::EndOf(locus) } else { Stand::StartOf(locus) }, end);
        }
        if self.is(at, &["to", "in", "under", "into"])
            && let Some((locus, next)) = self.p.locus(at + 1)
            && locus.names_something()
        {
            return (Stand::In(locus), next);
        }
        (Stand::Unsaid, at)
    }

    /// Reads "at the end", "at the beginning", "to the start"; says whether it is the end.
    pub(super) fn edge(&self, at: usize) -> Option<(bool, usize)> {
        if !self.is(at, &["at", "to", "as", "from"]) {
            return None;
        }
        let word = at + 1 + usize::from(self.is(at + 1, &["the"]));
        let word = word + usize::from(self.is(word, &["very"]));
        match self.lower(word) {
            "end" => Some((true, word + 1)),
            "beginning" | "start" | "outset" => Some((false, word + 1)),
            _ => None,
        }
    }

    /// Takes in the place that may follow a replacement: "replace X by Y in paragraph 2".
    fn with_tail(&self, mut old: super::Wanted, new: String, at: usize) -> (Ask, usize) {
        let (which, next) = self.which_behind(at);
        if let Some(which) = which {
            old.which = which;
        }
        match self.within(next) {
            Some((locus, end)) if old.within.is_none() => {
                old.within = Some(locus);
                let (which, end) = self.which_behind(end);
                old.which = which.unwrap_or(old.which);
                (Ask::Replace(old, new), end)
            }
            _ => (Ask::Replace(old, new), next),
        }
    }
}
