//! New provisions and new texts: "a new paragraph 4 bis: …", "to read as follows: …".
//!
//! A text without quotation marks reaches to the end of the instruction; where another instruction
//! seems to stand in it, nothing is decided.

use super::object::mark_named;
use super::{Ask, Fresh, Read, Reader, Spot, Stand};
use crate::instruct::error::InstructError;
use crate::instruct::lex::snippet;
use crate::provision::ProvisionKind;
use crate::references::{is_adverb, is_digits, is_letter, is_roman, rank_at};

/// A new text, and whether it stands in quotation marks.
pub(super) struct New {
    pub(super) text: String,
    pub(super) is_block: bool,
}

/// What a new provision is called: its rank and number.
pub(super) struct Head {
    kind: ProvisionKind,
    number: String,
}

impl Reader<'_, '_> {
    /// Reads what is to be inserted, and where: words or a provision.
    pub(super) fn insert(&self, at: usize) -> Read<Ask> {
        if self.fresh_head(at).is_some() {
            return self.fresh(at, Stand::Unsaid);
        }
        // "Insert after paragraph 4 a new paragraph", "insert in article 5 …", "insert, after “x”, “y”".
        let from = at + usize::from(self.is(at, &[","]));
        let is_place = self.is(from, &["after", "before", "between", "immediately", "at"]);
        if is_place {
            if let Ok((spot, next)) = self.spot(from) {
                let next = next + usize::from(self.is(next, &[",", ":"]));
                if self.fresh_head(next).is_none() {
                    let (new, end) = self.new_words(next)?;
                    return Ok((Ask::Insert(new, spot), end));
                }
            }
            let (stand, next) = self.stand(from);
            if stand != Stand::Unsaid {
                let next = next + usize::from(self.is(next, &[","]));
                return self.fresh(next, stand);
            }
        }
        if self.is(from, &["in", "under", "to"])
            && let Some((locus, next)) = self.p.locus(from + 1)
        {
            let next = next + usize::from(self.is(next, &[","]));
            if self.fresh_head(next).is_some() {
                return self.fresh(next, Stand::In(locus));
            }
        }
        let (new, next) = self.inserted_words(at)?;
        let (spot, end) = self.spot_within(next)?;
        Ok((Ask::Insert(new, spot), end))
    }

    /// Reads the words to insert: quoted, or a mark by its name.
    fn inserted_words(&self, at: usize) -> Read<String> {
        match self.needle(at) {
            Some((super::Needle::Words(words), next)) => Ok((words, next)),
            _ => self.refuse(at, "the new words in quotation marks, or a new provision,"),
        }
    }

    /// Reads a place for words, if need be with the provision it is in before it.
    fn spot_within(&self, at: usize) -> Read<Spot> {
        if let Ok(found) = self.spot(at) {
            return Ok(found);
        }
        if let Some((locus, next)) = self.within(at) {
            let comma = next + usize::from(self.is(next, &[","]));
            if let Ok((spot, end)) = self.spot(comma) {
                return Ok((placed_in(spot, locus), end));
            }
        }
        self.refuse(at, "\"after\", \"before\" or \"at the end\"")
    }

    /// Reads the head of a new provision: "a new paragraph 4 bis", "the following new subparagraph".
    pub(super) fn fresh_head(&self, at: usize) -> Option<(Head, usize)> {
        let mut from = at;
        let mut is_new = false;
        while self
            .is(from, &["a", "an", "the", "new", "following", "additional", "another", "further"])
        {
            is_new |=
                self.is(from, &["a", "an", "new", "following", "additional", "another", "further"]);
            from += 1;
        }
        let from = from + usize::from(self.is(from, &["preambular", "operative"]));
        let (kind, is_plural, next) = rank_at(&self.p.words, from)?;
        if is_plural || !is_new {
            return None;
        }
        let (number, next) = self.fresh_number(next);
        Some((Head { kind, number }, next))
    }

    /// Reads the number of a new provision as it is written: "4 bis", "(d)", "numbered “4.”".
    fn fresh_number(&self, at: usize) -> (String, usize) {
        if self.is(at, &["numbered"])
            && let Some(number) = self.p.quote(at + 1)
        {
            return (number.to_owned(), at + 2);
        }
        let is_number = |at: usize| {
            let word = self.p.words.get(at).map_or("", |word| word.text);
            let lower = self.lower(at);
            is_digits(lower) || is_roman(word) || (is_letter(lower) && lower != "a")
        };
        let adverb = |at: usize| usize::from(is_adverb(self.lower(at)));
        if self.is(at, &["("]) {
            let word = at + 1;
            let close = word + 1 + adverb(word + 1);
            if self.is(close, &[")"]) && (is_number(word) || self.is(word, &["a"])) {
                let end = close + 1 + adverb(close + 1);
                return (self.p.between(at, end).to_owned(), end);
            }
        } else if is_number(at) && self.p.quote(at).is_none() {
            let end = at + 1 + adverb(at + 1);
            return (self.p.between(at, end).to_owned(), end);
        }
        (String::new(), at)
    }

    /// Reads a new provision: its head, its title, its place and its text, in any order they come in.
    pub(super) fn fresh(&self, at: usize, stand: Stand) -> Read<Ask> {
        let Some((head, mut next)) = self.fresh_head(at) else {
            return self.refuse(at, "\"a new paragraph\" or another new provision");
        };
        let mut fresh = Fresh {
            kind: head.kind,
            number: head.number,
            heading: String::new(),
            text: String::new(),
            is_block: false,
        };
        let mut stand = stand;
        let mut has_place = !matches!(stand, Stand::Unsaid | Stand::In(_));
        loop {
            let from = next + usize::from(self.is(next, &[","]));
            if let Some((title, behind)) = self.entitled(from) {
                fresh.heading = title;
                next = behind;
                continue;
            }
            let (found, behind) = self.stand(from);
            let is_exact = !matches!(found, Stand::Unsaid | Stand::In(_));
            if is_exact && !has_place || (stand == Stand::Unsaid && found != Stand::Unsaid) {
                (stand, next, has_place) = (found, behind, is_exact);
                continue;
            }
            break;
        }
        if let Some(from) = self.text_follows(next) {
            let (new, end) = self.new_text(from)?;
            (fresh.text, fresh.is_block, next) = (new.text, new.is_block, end);
            // "…: “text”, after paragraph 4"
            let comma = next + usize::from(self.is(next, &[","]));
            let (found, behind) = self.stand(comma);
            if !has_place && found != Stand::Unsaid {
                (stand, next) = (found, behind);
            }
        } else if fresh.heading.is_empty() {
            return self.refuse(next, "\"reading\" or a colon, and the new text,");
        }
        Ok((Ask::Add(fresh, stand), next))
    }

    /// Reads "entitled “…”", "with the title “…”".
    fn entitled(&self, at: usize) -> Option<(String, usize)> {
        let mut from = at;
        while self.is(
            from,
            &["with", "under", "the", "and", "entitled", "title", "heading", "headed", "titled"],
        ) {
            from += 1;
        }
        let is_titled =
            (at..from).any(|at| self.is(at, &["entitled", "title", "heading", "headed", "titled"]));
        let title = self.p.quote(from).filter(|_| is_titled)?;
        Some((title.to_owned(), from + 1))
    }

    /// Returns where a new text begins, if one follows.
    fn text_follows(&self, at: usize) -> Option<usize> {
        let comma = at + usize::from(self.is(at, &[","]));
        if self.is(comma, &["to"]) && self.is(comma + 1, &["read"]) {
            return Some(comma + 2);
        }
        let with = comma + usize::from(self.is(comma, &["with", "and", "which", "that"]));
        if self.is(with, &["reading", "reads", "worded", "stating", "read", "text", "the"])
            && (self.is(with, &["reading", "reads", "worded", "stating"])
                || self.is(with + 1, &["following", "text"]))
        {
            return Some(
                with + usize::from(self.is(with, &["reading", "reads", "worded", "stating"])),
            );
        }
        if self.is(comma, &["should", "shall"]) {
            return self.reads(comma);
        }
        let follows = self.is(at, &[":"])
            || self.p.quote(at).is_some()
            || (self.p.opens_line(at) && at < self.p.len());
        follows.then_some(at)
    }

    /// Reads a new text: in quotation marks, a mark by its name, or a block.
    pub(super) fn new_text(&self, at: usize) -> Read<New> {
        const WORDS: [&str; 19] = [
            "the",
            "a",
            "an",
            "words",
            "word",
            "following",
            "text",
            "phrase",
            "term",
            "terms",
            "wording",
            "sentence",
            "expression",
            "as",
            "follows",
            "reading",
            "new",
            "formulation",
            "paragraph",
        ];
        let mut from = at;
        while self.is(from, &WORDS) && self.p.quote(from).is_none() {
            if let Some((mark, len)) = mark_named(self.lower(from + 1), self.lower(from + 2))
                && self.is(from, &["a", "the"])
            {
                let new = New { text: mark.to_owned(), is_block: false };
                return Ok((new, from + 1 + len));
            }
            from += 1;
        }
        let has_colon = self.is(from, &[":"]);
        let from = from + usize::from(has_colon);
        let is_block = has_colon || (self.p.opens_line(from) && at < self.p.len());
        if let Some(words) = self.p.quote(from)
            && (!is_block || self.ends_behind(from + 1))
        {
            return Ok((New { text: words.to_owned(), is_block: false }, from + 1));
        }
        if is_block && from < self.p.len() {
            return self.block(from);
        }
        self.refuse(from, "the new words in quotation marks, or a colon before them,")
    }

    /// Reports whether an instruction can end, or another begin, behind a quotation.
    fn ends_behind(&self, at: usize) -> bool {
        if at >= self.p.len() || self.is(at, &[";", "."]) || self.p.opens_line(at) {
            return true;
        }
        let next = self.skip(at);
        self.is(at, &[",", "and"])
            && (self.is_statement(next) || self.stand(next).0 != Stand::Unsaid)
            || self.stand(at).0 != Stand::Unsaid
            || self.is(at, &["in"])
    }

    /// Reads a text without quotation marks, up to the end of the instruction.
    fn block(&self, from: usize) -> Read<New> {
        let mut opens = true;
        for at in from..self.p.len() {
            let begins = self.p.opens_line(at) || opens;
            if at > from && begins {
                let item = self.list_number(at).unwrap_or(at);
                let bullet = item + usize::from(self.is(item, &["-", "*", "\u{2022}", "\u{2013}"]));
                if self.is_statement(bullet) {
                    let words = self.p.written.get(self.p.start(at)..).unwrap_or_default();
                    return Err(InstructError::BlockUnclear { words: snippet(words) });
                }
            }
            opens = self.is(at, &[";", "."]);
        }
        let text = self.p.written.get(self.p.start(from)..).unwrap_or_default().trim();
        Ok((New { text: text.to_owned(), is_block: true }, self.p.len()))
    }
}

/// Places a spot in a provision that was named before it.
fn placed_in(spot: Spot, locus: crate::instruct::locus::Locus) -> Spot {
    let within = |mut wanted: super::Wanted| {
        wanted.within = wanted.within.or_else(|| Some(locus.clone()));
        wanted
    };
    match spot {
        Spot::After(wanted) => Spot::After(within(wanted)),
        Spot::Before(wanted) => Spot::Before(within(wanted)),
        Spot::Between(first, second) => Spot::Between(within(first), within(second)),
        Spot::End(own) => Spot::End(own.or(Some(locus))),
        Spot::Start(own) => Spot::Start(own.or(Some(locus))),
        Spot::Beside(own, is_after) => Spot::Beside(own, is_after),
    }
}
