//! Words of the text as instructions name them: quoted, from some to others, the second occurrence.

use super::{Ask, Needle, Read, Reader, Spot, Wanted, Which};
use crate::instruct::error::InstructError;
use crate::instruct::locus::{Locus, nth};

/// Nouns that say that words follow.
const NOUNS: [&str; 25] = [
    "word",
    "words",
    "phrase",
    "phrases",
    "term",
    "terms",
    "expression",
    "expressions",
    "text",
    "wording",
    "number",
    "figure",
    "reference",
    "references",
    "clause",
    "letter",
    "letters",
    "sentence",
    "formulation",
    "mention",
    "qualifier",
    "adjective",
    "verb",
    "mark",
    "passage",
];

/// What stands before those nouns.
const ADJECTIVES: [&str; 12] = [
    "the",
    "a",
    "an",
    "following",
    "new",
    "additional",
    "other",
    "entire",
    "existing",
    "present",
    "concluding",
    "opening",
];

impl Reader<'_, '_> {
    /// Reads words of the text.
    pub(super) fn wanted(&self, at: usize) -> Read<Wanted> {
        match self.object(at) {
            Some(found) => Ok(found),
            None => self.refuse(at, "words in quotation marks"),
        }
    }

    /// Reads words of the text, if some are named here: with nouns, which of them, and where.
    pub(super) fn object(&self, at: usize) -> Option<(Wanted, usize)> {
        let (which, from) = self.which_before(at);
        let (words, next) = self.needle(from)?;
        let (behind, next) = match self.edge(next) {
            // "Replace the full stop at the end by …"
            Some((true, end)) if self.p.quote(next - 1).is_none() => (Some(Which::AtEnd), end),
            _ => self.which_behind(next),
        };
        let mut wanted =
            Wanted { words, which: behind.or(which).unwrap_or(self.default_which()), within: None };
        let mut end = next;
        if let Some((locus, next)) = self.within(end) {
            wanted.within = Some(locus);
            let (behind, next) = self.which_behind(next);
            wanted.which = behind.unwrap_or(wanted.which);
            end = next;
        }
        Some((wanted, end))
    }

    fn default_which(&self) -> Which {
        if self.is_throughout { Which::All } else { Which::Only }
    }

    /// Reads "the second occurrence of", "all occurrences of", "the second" before a quotation.
    fn which_before(&self, at: usize) -> (Option<Which>, usize) {
        let from = at + usize::from(self.is(at, &["the"]));
        let is_occurrence = |at: usize| {
            self.is(
                at,
                &["occurrence", "occurrences", "instance", "instances", "mention", "use", "uses"],
            )
        };
        if self.is(from, &["all", "every", "each", "any", "both"]) {
            let which = if self.is(from, &["both"]) { Which::Count(2) } else { Which::All };
            let noun = from + 1 + usize::from(self.is(from + 1, &["the", "of"]));
            if is_occurrence(noun) && self.is(noun + 1, &["of"]) {
                return (Some(which), noun + 2);
            }
        }
        if let Some(nth) = nth(self.lower(from)) {
            if is_occurrence(from + 1) && self.is(from + 2, &["of"]) {
                return (Some(Which::Nth(nth)), from + 3);
            }
            let noun = from + 1 + usize::from(self.is(from + 1, &["word", "phrase", "term"]));
            if self.p.quote(noun).is_some() {
                return (Some(Which::Nth(nth)), noun);
            }
        }
        (None, at)
    }

    /// Reads what is named, without which of it.
    pub(super) fn needle(&self, at: usize) -> Option<(Needle, usize)> {
        let mut from = at;
        while self.is(from, &ADJECTIVES) && self.p.quote(from).is_none() {
            from += 1;
        }
        if self.is(from, &["everything", "all", "remainder", "rest"]) {
            return self.behind_words(from);
        }
        let noun = from;
        while self.is(from, &NOUNS) && self.p.quote(from).is_none() {
            from += 1;
        }
        let from = from
            + usize::from(
                noun < from
                    && self.is(from, &["to", "that", ":", "of"])
                    && self.p.quote(from + 1).is_some(),
            );
        if self.is(from, &["from"]) && self.p.quote(from + 1).is_some() {
            return self.stretch(from);
        }
        if let Some(words) = self.p.quote(from) {
            return Some((Needle::Words(words.to_owned()), from + 1));
        }
        // "the comma after “x”": a mark by its name.
        let mark = mark_named(self.lower(from), self.lower(from + 1));
        let (mark, len) = mark.filter(|_| at < from)?;
        Some((Needle::Words(mark.to_owned()), from + len))
    }

    /// Reads "from “a” to “b”".
    fn stretch(&self, at: usize) -> Option<(Needle, usize)> {
        let first = self.p.quote(at + 1)?;
        let to = at + 2 + usize::from(self.is(at + 2, &["up"]));
        let mut quote = to + 1;
        while self.is(quote, &["and", "including", "the", "word", "words", "to"]) {
            quote += 1;
        }
        let last = self.p.quote(quote).filter(|_| self.is(to, &["to", "until", "through"]))?;
        Some((Needle::FromTo(first.to_owned(), last.to_owned()), quote + 1))
    }

    /// Reads "everything after “x”", "the rest of the paragraph after “x”".
    fn behind_words(&self, at: usize) -> Option<(Needle, usize)> {
        let mut from = at + 1;
        while self
            .is(from, &["of", "the", "words", "text", "that", "follows", "sentence", "paragraph"])
        {
            from += 1;
        }
        if !self.is(from, &["after", "following", "behind"]) {
            return None;
        }
        let mut quote = from + 1;
        while self.is(quote, &["the", "word", "words"]) && self.p.quote(quote).is_none() {
            quote += 1;
        }
        let words = self.p.quote(quote)?;
        Some((Needle::Behind(words.to_owned()), quote + 1))
    }

    /// Reads which of them behind words: "(second occurrence)", "wherever it occurs", "throughout".
    pub(super) fn which_behind(&self, at: usize) -> (Option<Which>, usize) {
        let comma = at + usize::from(self.is(at, &[","]));
        let open = usize::from(self.is(comma, &["("]));
        let from = comma + open;
        let Some((which, end)) = self.which_words(from) else { return (None, at) };
        if open == 1 && !self.is(end, &[")"]) {
            return (None, at);
        }
        let end = end + open;
        let closes = usize::from(self.is(end, &[","]) && comma > at);
        (Some(which), end + closes)
    }

    fn which_words(&self, at: usize) -> Option<(Which, usize)> {
        const PLACES: [&str; 8] = [
            "occurrence",
            "occurrences",
            "instances",
            "places",
            "cases",
            "time",
            "mention",
            "instance",
        ];
        let from = at + usize::from(self.is(at, &["the", "in", "on", "for"]));
        let from = from + usize::from(self.is(from, &["the"]));
        match self.lower(from) {
            "wherever" | "whenever" => {
                let mut next = from + 1;
                while self.is(
                    next,
                    &[
                        "it",
                        "they",
                        "that",
                        "this",
                        "term",
                        "word",
                        "words",
                        "occurs",
                        "occur",
                        "appears",
                        "appear",
                        "else",
                        "expression",
                    ],
                ) {
                    next += 1;
                }
                Some((Which::All, next))
            }
            "throughout" if self.p.locus(from + 1).is_none() => Some((Which::All, from + 1)),
            "both" if self.is(from + 1, &PLACES) => Some((Which::Count(2), from + 2)),
            "all" | "each" | "every" if self.is(from + 1, &PLACES) => {
                let mut next = from + 2;
                while self.is(next, &["it", "they", "occurs", "occur", "appears", "appear"]) {
                    next += 1;
                }
                Some((Which::All, next))
            }
            "where" => {
                let mut next = from + 1;
                while self
                    .is(next, &["it", "they", "occurs", "occur", "appears", "appear", "for", "the"])
                {
                    next += 1;
                }
                let nth = nth(self.lower(next))?;
                self.is(next + 1, &["time"]).then_some((Which::Nth(nth), next + 2))
            }
            word => {
                let nth = nth(word)?;
                self.is(from + 1, &PLACES).then_some((Which::Nth(nth), from + 2))
            }
        }
    }

    /// Reads "in paragraph 2", "of the chapeau" behind words; a mark at the end of it as well.
    pub(super) fn within(&self, at: usize) -> Option<(Locus, usize)> {
        let at = at + usize::from(self.is(at, &[","]) && self.is(at + 1, &["in"]));
        if !self.is(at, &["in", "of", "from", "under", "throughout"]) {
            return None;
        }
        let (locus, next) = self.p.locus(at + 1)?;
        // "in subparagraph (a), replace" begins the next statement.
        let begins = self.is(next, &[",", ":"]) && self.verb(next + 1).is_some();
        (!begins).then_some((locus, next))
    }

    /// Reads where words are to come: behind or before others, at the end, at the beginning.
    pub(super) fn spot(&self, at: usize) -> Read<Spot> {
        let at = at + usize::from(self.is(at, &[","]));
        let at = at + usize::from(self.is(at, &["immediately", "directly", "just", "right"]));
        let at = at + usize::from(self.is(at, &["to"]) && self.is(at + 1, &["after", "before"]));
        if self.is(at, &["after", "following", "behind", "before", "preceding"]) {
            let is_after = !self.is(at, &["before", "preceding"]);
            if let Some((wanted, next)) = self.object(at + 1) {
                let spot = if is_after { Spot::After(wanted) } else { Spot::Before(wanted) };
                return Ok((spot, next));
            }
            if let Some((locus, next)) = self.p.locus(at + 1)
                && locus.sentence.is_some()
            {
                return Ok((Spot::Beside(locus, is_after), next));
            }
            return self.refuse(at + 1, "words in quotation marks");
        }
        if self.is(at, &["between"]) {
            let (first, next) = self.wanted(at + 1)?;
            let (second, next) = self.wanted(next + usize::from(self.is(next, &["and"])))?;
            return Ok((Spot::Between(first, second), next));
        }
        if let Some((is_end, next)) = self.edge(at) {
            let locus = if self.is(next, &["of", "in"]) { self.p.locus(next + 1) } else { None };
            let (locus, end) = locus.map_or((None, next), |(locus, end)| (Some(locus), end));
            return Ok((if is_end { Spot::End(locus) } else { Spot::Start(locus) }, end));
        }
        self.refuse(at, "\"after\", \"before\" or \"at the end\"")
    }

    /// Reads "by" or "with" and the new words.
    pub(super) fn replacement(&self, at: usize) -> Read<String> {
        let at = at + usize::from(self.is(at, &[","]));
        if self.is(at, &["by", "with", "to", "into"]) {
            let read = usize::from(self.is(at, &["to"]) && self.is(at + 1, &["read"]));
            return self.new_words(at + 1 + read);
        }
        match self.reads(at) {
            Some(behind) => self.new_words(behind),
            None if self.is(at, &["as", ":"]) => self.new_words(at),
            None => self.refuse(at, "\"by\" and the new words"),
        }
    }

    /// Reads new words, quoted, named as a mark, or as a block behind a colon.
    pub(super) fn new_words(&self, at: usize) -> Read<String> {
        let (new, end) = self.new_text(at)?;
        Ok((new.text, end))
    }

    /// Reads "shall by may" without quotation marks, if it can be cut in one way only.
    pub(super) fn bare_pair(&self, at: usize) -> Result<(Wanted, String, usize), InstructError> {
        let ends = |at: &usize| {
            self.is(*at, &[".", ";"]) || self.p.opens_line(*at) || self.p.quote(*at).is_some()
        };
        let end = (at + 1..self.p.len()).find(ends).unwrap_or(self.p.len());
        let mut from = at;
        while self.is(from, &["the", "word", "words", "term"]) {
            from += 1;
        }
        let joints: Vec<usize> = (from..end).filter(|at| self.is(*at, &["by", "with"])).collect();
        let [joint] = joints[..] else {
            if joints.is_empty() || self.p.quote(end).is_some() {
                return self.refuse(at, "words in quotation marks, then \"by\" and the new words,");
            }
            let words = self.p.between(at, end).to_owned();
            return Err(InstructError::BareUnclear { words });
        };
        let mut new_from = joint + 1;
        while self.is(new_from, &["the", "word", "words", "term"]) {
            new_from += 1;
        }
        let (old, new) = (self.p.between(from, joint), self.p.between(new_from, end));
        let has_joint = |words: &str| words.contains(',') || words.is_empty();
        let goes_on =
            (new_from..end).any(|at| self.is(at, &["in", "and", "wherever", "throughout"]));
        if has_joint(old) || has_joint(new) || goes_on || self.p.quote(end).is_some() {
            let words = self.p.between(at, end).to_owned();
            return Err(InstructError::BareUnclear { words });
        }
        let words = Needle::Words(old.to_owned());
        let wanted = Wanted { words, which: self.default_which(), within: None };
        Ok((wanted, new.to_owned(), end))
    }

    /// Reads an insertion whose place is named first: "after “x”, insert “y”".
    pub(super) fn place_first(&self, at: usize) -> Read<Ask> {
        if let Ok((spot, next)) = self.spot(at) {
            let next = next + usize::from(self.is(next, &[","]));
            let Some((super::Verb::Insert, behind)) = self.verb(next) else {
                return self.refuse(next, "\"insert\" and the new words");
            };
            // "At the end of article 5, add a new paragraph": a provision, not words.
            if let (Spot::End(locus) | Spot::Start(locus), Some(_)) =
                (&spot, self.fresh_head(behind))
            {
                let locus = locus.clone().unwrap_or_else(|| self.own_scope());
                let is_end = matches!(spot, Spot::End(_));
                let stand =
                    if is_end { super::Stand::EndOf(locus) } else { super::Stand::StartOf(locus) };
                return self.fresh(behind, stand);
            }
            let (new, end) = self.new_words(behind)?;
            return Ok((Ask::Insert(new, spot), end));
        }
        let (stand, next) = self.stand(at);
        if stand == super::Stand::Unsaid {
            return self.refuse(at, "words in quotation marks, or the name of a provision,");
        }
        let next = next + usize::from(self.is(next, &[","]));
        match self.verb(next) {
            Some((super::Verb::Insert, behind)) => self.fresh(behind, stand),
            _ => self.refuse(next, "\"insert\" and the new provision"),
        }
    }
}

/// Returns a mark of punctuation by its name, and how many pieces that takes.
pub(super) fn mark_named(first: &str, second: &str) -> Option<(&'static str, usize)> {
    match (first, second) {
        ("comma", _) => Some((",", 1)),
        ("semicolon" | "semi-colon", _) => Some((";", 1)),
        ("colon", _) => Some((":", 1)),
        ("period", _) => Some((".", 1)),
        ("full", "stop") => Some((".", 2)),
        _ => None,
    }
}
