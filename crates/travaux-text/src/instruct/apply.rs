//! What a proposal must ask so that it does what an instruction says.
//!
//! All parts of an instruction speak of the text as it stands before any of them is carried out.
//! What two of them ask of the same words is refused.

mod place;

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::InstructError;
use super::find::{Ground, Part};
use super::locus::{Locus, LocusPart, Nth, Target};
use super::read::{Ask, Nature, Needle, Spot, Statement, Wanted, Which};
use super::words::{
    Worded, deletion, insertion_after, insertion_at_end, insertion_at_start, insertion_before,
    sentences,
};
use crate::provision::{Act, Change, ProvisionId, ProvisionKind};
use crate::rolling::ProposalKey;
use crate::token::tokens;

/// Carries statements out on a text, without changing it.
pub(super) struct Applied<'t> {
    ground: Ground<'t>,
    key: &'t ProposalKey,
    /// The provision spoken of.
    spoken: Option<usize>,
    /// What is asked, in order; words of one provision once.
    slots: Vec<Slot>,
    words: BTreeMap<(usize, Part), Asked>,
    /// What the instruction adds: id, rank and number.
    added: Vec<(ProvisionId, ProvisionKind, String)>,
    notes: Vec<String>,
}

enum Slot {
    Words(usize, Part),
    Change(Change),
}

#[derive(Default)]
struct Asked {
    editorial: bool,
    whole: Option<String>,
    edits: Vec<Edit>,
}

struct Edit {
    range: Range<usize>,
    new: String,
}

/// Words of the text that were found: where, and their bytes.
#[derive(Clone, Debug)]
struct Found {
    at: usize,
    part: Part,
    range: Range<usize>,
}

/// Whether an instruction names a line, which a text does not have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Lines {
    Named,
    Unnamed,
}

/// Where words come to stand: the provision's part, the byte, and the words.
type Placed = ((usize, Part), usize, String);

/// A stretch of a provision's words in which something is looked for.
type Stretch = (usize, Part, Range<usize>);

impl<'t> Applied<'t> {
    pub(super) fn new(ground: Ground<'t>, key: &'t ProposalKey, at: Option<usize>) -> Self {
        Self {
            ground,
            key,
            spoken: at,
            slots: Vec::new(),
            words: BTreeMap::new(),
            added: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Takes in a provision that the same proposal adds before.
    pub(super) fn has_added(&mut self, kind: ProvisionKind, number: &str) {
        let id = ProvisionId::added(self.key.as_str(), self.added.len() + 1);
        self.added.push((id, kind, number.to_owned()));
    }

    /// Carries out one statement.
    pub(super) fn carry_out(&mut self, statement: &Statement) -> Result<(), InstructError> {
        let scope = match &statement.scope {
            Some(scope) => Some((scope, self.ground.resolve(scope, self.spoken)?)),
            None => None,
        };
        if let Some((scope, found)) = &scope
            && let [only] = found[..]
            && scope.target != Target::Text
        {
            self.spoken = Some(only);
        }
        let scope = statement.scope.as_ref();
        match &statement.ask {
            Ask::Speak => Ok(()),
            Ask::Consequence => {
                self.notes.push(
                    "numbers of provisions follow from where they stand; nothing is proposed for \
                     them"
                        .to_owned(),
                );
                Ok(())
            }
            Ask::Replace(old, new) => self.replace(scope, old, new, statement.nature),
            Ask::Delete(old) => self.replace(scope, old, "", statement.nature),
            Ask::Insert(new, spot) => self.insert(scope, new, spot, statement.nature),
            Ask::MoveWords(old, spot) => self.move_words(scope, old, spot, statement.nature),
            Ask::Rewrite(locus, new) => self.rewrite(locus, new, statement.nature),
            Ask::Suppress(locus) => self.suppress(locus),
            Ask::Retain(locus) => self.retain(locus),
            Ask::Add(fresh, stand) => self.add(fresh, stand),
            Ask::Merge(loci, new) => self.merge(loci, new.as_deref()),
            Ask::Move(locus, stand) => self.transfer(locus, stand),
        }
    }

    /// Returns the stretches of words that a place means.
    fn stretches(
        &self,
        within: Option<&Locus>,
        scope: Option<&Locus>,
    ) -> Result<Vec<Stretch>, InstructError> {
        let locus = within.or(scope);
        let (found, part, sentence) = match locus {
            Some(locus) => {
                let inherits = within.is_some() && !locus.names_something();
                let outer = scope.filter(|_| inherits);
                let found = self.ground.resolve(outer.unwrap_or(locus), self.spoken)?;
                let part = match (locus.part, outer) {
                    (LocusPart::Whole, Some(outer)) => outer.part,
                    (part, _) => part,
                };
                let sentence = locus.sentence.or(outer.and_then(|outer| outer.sentence));
                (found, part, sentence)
            }
            None => match self.spoken {
                Some(at) => (vec![at], LocusPart::Whole, None),
                None => ((0..self.ground.text.len()).collect(), LocusPart::Whole, None),
            },
        };
        let found = self.ground.topmost(&found);
        if let Some(nth) = sentence {
            return found.iter().map(|at| self.sentence(*at, nth)).collect();
        }
        let parts = self.ground.parts(&found, part).into_iter();
        Ok(parts.map(|(at, part)| (at, part, 0..self.ground.words(at, part).len())).collect())
    }

    /// Returns a sentence of a provision's own words.
    fn sentence(&self, at: usize, nth: Nth) -> Result<Stretch, InstructError> {
        let own = self.ground.own(at);
        let all = sentences(self.ground.words(own, Part::Text));
        match nth.among(all.len()) {
            Some(place) => Ok((own, Part::Text, all[place].clone())),
            None => Err(InstructError::NoSuchSentence {
                within: self.ground.cite(own),
                wanted: nth.to_string(),
                count: all.len(),
            }),
        }
    }

    /// Names the place that stretches make up, for messages.
    fn named(&self, stretches: &[Stretch]) -> String {
        let mut cited: Vec<String> = Vec::new();
        for (at, part, _) in stretches {
            let name = self.ground.cite_own(*at, *part);
            if !cited.contains(&name) {
                cited.push(name);
            }
        }
        match cited.as_slice() {
            [one] => one.clone(),
            [first, .., last] if cited.len() < 8 => format!("{first} to {last}"),
            _ => "the text".to_owned(),
        }
    }

    /// Finds the words meant.
    fn find(
        &mut self,
        wanted: &Wanted,
        scope: Option<&Locus>,
    ) -> Result<Vec<Found>, InstructError> {
        let stretches = self.stretches(wanted.within.as_ref(), scope)?;
        let has_line = scope.or(wanted.within.as_ref()).is_some_and(|locus| locus.has_line);
        let by_line = if has_line { Lines::Named } else { Lines::Unnamed };
        let needle = match &wanted.words {
            Needle::Words(words) if self.places(words, &stretches).is_empty() => elided(words),
            _ => None,
        };
        match needle.as_ref().unwrap_or(&wanted.words) {
            Needle::Words(words) => {
                let found = self.find_words(words, wanted.which, &stretches, by_line)?;
                if has_line {
                    self.notes
                        .push(format!("the line was not looked at: \"{words}\" stands there once"));
                }
                Ok(found)
            }
            Needle::FromTo(first, last) => {
                let [from] = &self.find_words(first, wanted.which, &stretches, by_line)?[..] else {
                    return Err(self.absent(first, &stretches));
                };
                let behind = |(at, part, range): &Stretch| {
                    let is_same = *at == from.at && *part == from.part;
                    is_same.then_some((*at, *part, from.range.start..range.end))
                };
                let rest: Vec<Stretch> = stretches.iter().filter_map(behind).collect();
                let ends = self.places(last, &rest);
                match ends.first() {
                    Some(end) if end.range.end >= from.range.end => {
                        Ok(vec![Found { range: from.range.start..end.range.end, ..from.clone() }])
                    }
                    _ => Err(self.absent(last, &rest)),
                }
            }
            Needle::Behind(words) => {
                let [from] = &self.find_words(words, wanted.which, &stretches, by_line)?[..] else {
                    return Err(self.absent(words, &stretches));
                };
                let is_in = |(at, part, range): &&Stretch| {
                    *at == from.at && *part == from.part && range.end >= from.range.end
                };
                let end = stretches.iter().find(is_in).map_or(from.range.end, |one| one.2.end);
                let text = self.ground.words(from.at, from.part);
                let kept = text[..end].trim_end().trim_end_matches(['.', ';', ',', ':']).len();
                let start = from.range.end + text[from.range.end..].len()
                    - text[from.range.end..].trim_start().len();
                self.notes.push("the mark that ends the text was kept".to_owned());
                Ok(vec![Found { range: start..kept.max(start), ..from.clone() }])
            }
        }
    }

    /// Returns every place of words in stretches, in document order.
    fn places(&self, words: &str, stretches: &[Stretch]) -> Vec<Found> {
        let places = |exactly: bool| {
            let mut found = Vec::new();
            for (at, part, within) in stretches {
                let worded = Worded::new(self.ground.words(*at, *part));
                let places =
                    if exactly { worded.places(words) } else { worded.places_alike(words) };
                let inside = places
                    .into_iter()
                    .filter(|range| within.start <= range.start && range.end <= within.end);
                found.extend(inside.map(|range| Found { at: *at, part: *part, range }));
            }
            found
        };
        let exact = places(true);
        if exact.is_empty() { places(false) } else { exact }
    }

    fn find_words(
        &mut self,
        words: &str,
        which: Which,
        stretches: &[Stretch],
        by_line: Lines,
    ) -> Result<Vec<Found>, InstructError> {
        let found = self.places(words, stretches);
        let Some(first) = found.first() else { return Err(self.absent(words, stretches)) };
        let stands = &self.ground.words(first.at, first.part)[first.range.clone()];
        if stands != words {
            self.notes.push(format!(
                "the text has \"{stands}\", which differs in quotation marks, dashes or spaces only"
            ));
        }
        let missing = |wanted: String| InstructError::NoSuchOccurrence {
            words: words.to_owned(),
            wanted,
            count: found.len(),
        };
        match which {
            Which::Only if found.len() == 1 => Ok(found),
            Which::Only => Err(InstructError::WordsSeveral {
                words: words.to_owned(),
                places: found.iter().map(|one| self.shown(one)).collect(),
                by_line: by_line == Lines::Named,
            }),
            Which::Nth(nth) => match nth.among(found.len()) {
                Some(place) => Ok(vec![found[place].clone()]),
                None => Err(missing(nth.to_string())),
            },
            Which::AtEnd => Ok(found.last().cloned().into_iter().collect()),
            Which::Count(count) if count == found.len() => Ok(apart(found)),
            Which::Count(count) => Err(missing(Nth::At(count).to_string())),
            Which::All => Ok(apart(found)),
        }
    }

    /// Shows where words stand: the citation, and the words around them.
    fn shown(&self, found: &Found) -> (String, String) {
        const AROUND: usize = 8;
        let text = self.ground.words(found.at, found.part);
        let before: Vec<&str> = tokens(&text[..found.range.start]).collect();
        let from = before.len().saturating_sub(AROUND);
        let lead = if from > 0 { "…" } else { "" };
        let before: String = before[from..].concat();
        let mut after = tokens(&text[found.range.end..]);
        let behind: String = after.by_ref().take(AROUND).collect();
        let trail = if after.next().is_some() { "…" } else { "" };
        let words = &text[found.range.clone()];
        let cited = self.ground.cite_own(found.at, found.part);
        (cited, format!("{lead}{before}*{words}*{behind}{trail}").trim().to_owned())
    }

    /// Says that words do not stand there, where they do, and what is like them.
    fn absent(&self, words: &str, stretches: &[Stretch]) -> InstructError {
        let near = stretches.iter().find_map(|(at, part, range)| {
            let text = self.ground.words(*at, *part).get(range.clone())?;
            Worded::new(text).near(words).map(str::to_owned)
        });
        let all: Vec<Stretch> = (0..self.ground.text.len())
            .map(|at| (at, Part::Text, 0..self.ground.words(at, Part::Text).len()))
            .collect();
        let mut elsewhere: Vec<String> = Vec::new();
        for found in self.places(words, &all) {
            let cited = self.ground.cite(found.at);
            if !elsewhere.contains(&cited) {
                elsewhere.push(cited);
            }
        }
        InstructError::WordsAbsent {
            words: words.to_owned(),
            within: self.named(stretches),
            elsewhere,
            near: near.filter(|near| near != words),
        }
    }

    fn replace(
        &mut self,
        scope: Option<&Locus>,
        old: &Wanted,
        new: &str,
        nature: Nature,
    ) -> Result<(), InstructError> {
        for found in self.find(old, scope)? {
            let text = self.ground.words(found.at, found.part);
            let range =
                if new.is_empty() { deletion(text, &found.range) } else { found.range.clone() };
            self.edit((found.at, found.part), range, new.to_owned(), nature);
        }
        Ok(())
    }

    fn insert(
        &mut self,
        scope: Option<&Locus>,
        new: &str,
        spot: &Spot,
        nature: Nature,
    ) -> Result<(), InstructError> {
        for (place, at, words) in self.spots(scope, new, spot)? {
            self.edit(place, at..at, words, nature);
        }
        Ok(())
    }

    fn move_words(
        &mut self,
        scope: Option<&Locus>,
        old: &Wanted,
        spot: &Spot,
        nature: Nature,
    ) -> Result<(), InstructError> {
        for found in self.find(old, scope)? {
            let text = self.ground.words(found.at, found.part);
            let words = text[found.range.clone()].to_owned();
            let range = deletion(text, &found.range);
            self.edit((found.at, found.part), range, String::new(), nature);
            self.insert(scope, &words, spot, nature)?;
        }
        Ok(())
    }

    /// Returns where words come to stand, and with what around them.
    fn spots(
        &mut self,
        scope: Option<&Locus>,
        new: &str,
        spot: &Spot,
    ) -> Result<Vec<Placed>, InstructError> {
        let ground = self.ground;
        let placed =
            |found: Found, (at, words): (usize, String)| ((found.at, found.part), at, words);
        match spot {
            Spot::After(_) | Spot::Between(..) => {
                let found = match spot {
                    Spot::Between(first, second) => self.between(scope, first, second)?,
                    Spot::After(wanted) => self.find(wanted, scope)?,
                    _ => Vec::new(),
                };
                let after = |one: Found| {
                    let text = ground.words(one.at, one.part);
                    let spot = insertion_after(text, one.range.end, new);
                    placed(one, spot)
                };
                Ok(found.into_iter().map(after).collect())
            }
            Spot::Before(wanted) => {
                let found = self.find(wanted, scope)?.into_iter();
                let before = |one: Found| {
                    let text = ground.words(one.at, one.part);
                    let spot = insertion_before(text, one.range.start, new);
                    placed(one, spot)
                };
                Ok(found.map(before).collect())
            }
            Spot::End(locus) | Spot::Start(locus) => {
                let is_end = matches!(spot, Spot::End(_));
                let stretch = self.one_stretch(locus.as_ref(), scope)?;
                let (at, part, range) = stretch;
                let text = &ground.words(at, part)[range.clone()];
                let (place, words) = if is_end {
                    insertion_at_end(text, new)
                } else {
                    insertion_at_start(text, new)
                };
                if !is_end && text.starts_with(char::is_uppercase) && !new.trim_end().ends_with('.')
                {
                    self.notes.push("the capital letter behind it was left as it is".to_owned());
                }
                if is_end && place < text.len() {
                    self.notes.push(format!("\"{new}\" was added before the mark at the end"));
                }
                Ok(vec![((at, part), range.start + place, words)])
            }
            Spot::Beside(locus, is_after) => {
                let (at, part, range) = self.one_stretch(Some(locus), scope)?;
                let text = ground.words(at, part);
                let (place, words) = if *is_after {
                    insertion_after(text, range.end, new)
                } else {
                    insertion_before(text, range.start, new)
                };
                Ok(vec![((at, part), place, words)])
            }
        }
    }

    /// Finds the words behind which others stand, with nothing but a space between them.
    fn between(
        &mut self,
        scope: Option<&Locus>,
        first: &Wanted,
        second: &Wanted,
    ) -> Result<Vec<Found>, InstructError> {
        let (Needle::Words(one), Needle::Words(other)) = (&first.words, &second.words) else {
            return self.find(first, scope);
        };
        let stretches = self.stretches(first.within.as_ref().or(second.within.as_ref()), scope)?;
        let is_followed = |found: &Found| {
            let text = self.ground.words(found.at, found.part);
            text[found.range.end..].trim_start().starts_with(other.as_str())
        };
        let mut found = self.places(one, &stretches);
        found.retain(is_followed);
        let both = format!("{one} {other}");
        match found.len() {
            0 => Err(self.absent(&both, &stretches)),
            1 => Ok(found),
            _ => Err(InstructError::WordsSeveral {
                words: both,
                places: found.iter().map(|one| self.shown(one)).collect(),
                by_line: false,
            }),
        }
    }

    /// Returns the one stretch of words that a place means: of several, that of its own words.
    fn one_stretch(
        &self,
        locus: Option<&Locus>,
        scope: Option<&Locus>,
    ) -> Result<Stretch, InstructError> {
        let stretches = self.stretches(locus, scope)?;
        if let [one] = stretches.as_slice() {
            return Ok(one.clone());
        }
        let named = locus.or(scope).map_or("", |locus| locus.named.as_str());
        let named = if named.is_empty() { "the text" } else { named };
        let meant = stretches.iter().map(|(at, ..)| self.ground.cite(*at)).collect();
        Err(InstructError::SeveralProvisions { named: named.to_owned(), meant })
    }

    fn edit(&mut self, place: (usize, Part), range: Range<usize>, new: String, nature: Nature) {
        let asked = self.asked(place, nature);
        asked.edits.push(Edit { range, new });
    }

    fn asked(&mut self, place: (usize, Part), nature: Nature) -> &mut Asked {
        if !self.words.contains_key(&place) {
            self.slots.push(Slot::Words(place.0, place.1));
        }
        let asked = self.words.entry(place).or_default();
        asked.editorial |= nature == Nature::Form;
        asked
    }

    /// Returns the changes, and what is to be said of them.
    pub(super) fn finish(self) -> Result<(Vec<Change>, Vec<String>), InstructError> {
        let mut changes = Vec::new();
        for slot in &self.slots {
            match slot {
                Slot::Change(change) => changes.push(change.clone()),
                Slot::Words(at, part) => {
                    let Some(asked) = self.words.get(&(*at, *part)) else { continue };
                    changes.push(self.worded((*at, *part), asked)?);
                }
            }
        }
        self.no_overlap(&changes)?;
        let mut notes = self.notes;
        notes.dedup();
        Ok((changes, notes))
    }

    fn worded(&self, place: (usize, Part), asked: &Asked) -> Result<Change, InstructError> {
        let (at, part) = place;
        let old = self.ground.words(at, part);
        let new = match &asked.whole {
            Some(whole) if asked.edits.is_empty() => whole.clone(),
            Some(whole) => return Err(self.overlap(at, whole)),
            None => self.edited(at, old, &asked.edits)?,
        };
        if new == old {
            return Err(InstructError::NothingAsked { within: self.ground.cite_own(at, part) });
        }
        let act = match (part, asked.editorial) {
            (Part::Heading, _) => Act::Retitle { heading: new },
            (Part::Text, true) => Act::Editorial { text: new },
            (Part::Text, false) => Act::Replace { text: new },
        };
        Ok(Change { target: self.ground.provision(at).id.clone(), act })
    }

    fn overlap(&self, at: usize, words: &str) -> InstructError {
        let words = super::lex::snippet(words);
        InstructError::Overlap { within: self.ground.cite_own(at, Part::Text), words }
    }

    /// Writes a text with edits made.
    fn edited(&self, at: usize, old: &str, edits: &[Edit]) -> Result<String, InstructError> {
        let mut sorted: Vec<(Range<usize>, &str)> =
            edits.iter().map(|edit| (edit.range.clone(), edit.new.as_str())).collect();
        // What is inserted before words stands before what takes their place.
        sorted.sort_by_key(|(range, _)| (range.start, !range.is_empty()));
        let mut joined: Vec<(Range<usize>, &str)> = Vec::new();
        for (range, new) in sorted {
            match joined.last_mut() {
                Some((last, before)) if range.start < last.end => {
                    let overlap = &old[range.start..last.end.min(range.end)];
                    let are_deletions = before.is_empty() && new.is_empty();
                    if !(are_deletions && overlap.trim().is_empty()) {
                        return Err(self.overlap(at, &old[range]));
                    }
                    // Two deletions share the space between them: together they are one.
                    let union = last.start..range.end.max(last.end);
                    let lead = old[union.clone()].len() - old[union.clone()].trim_start().len();
                    let words = old[union.clone()].trim().len();
                    let from = union.start + lead;
                    *last = deletion(old, &(from..from + words));
                }
                _ => joined.push((range, new)),
            }
        }
        let mut text = String::with_capacity(old.len() + 64);
        let mut from = 0;
        for (range, new) in joined {
            let Some(kept) = old.get(from..range.start) else {
                return Err(self.overlap(at, &old[range]));
            };
            text.push_str(kept);
            text.push_str(new);
            from = range.end;
        }
        text.push_str(&old[from..]);
        Ok(text)
    }

    /// Refuses that a provision is deleted or retained and changed at once.
    fn no_overlap(&self, changes: &[Change]) -> Result<(), InstructError> {
        let place = |change: &Change| self.ground.text.position(&change.target);
        for (at, change) in changes.iter().enumerate() {
            let Some(own) = place(change) else { continue };
            let held = match change.act {
                Act::Suppress => self.ground.subtree(own),
                Act::NoChange => own..own + 1,
                _ => continue,
            };
            let others = changes.iter().enumerate().filter(|(other, _)| *other != at);
            let mut others = others.filter(|(_, other)| !matches!(other.act, Act::Add { .. }));
            if others.any(|(_, other)| place(other).is_some_and(|other| held.contains(&other))) {
                return Err(self.overlap(own, self.ground.words(self.ground.own(own), Part::Text)));
            }
        }
        Ok(())
    }
}

/// Reads "first … last" in a quotation as words from some to others.
fn elided(words: &str) -> Option<Needle> {
    let dots = ["[…]", "[...]", "…", "..."].into_iter().find_map(|dots| words.split_once(dots));
    let (first, last) = dots?;
    let (first, last) = (first.trim(), last.trim());
    let is_whole = !first.is_empty() && !last.is_empty();
    is_whole.then(|| Needle::FromTo(first.to_owned(), last.to_owned()))
}

/// Keeps of places, in order, those that do not overlap one before.
fn apart(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let overlaps = kept.last().is_some_and(|last| {
            last.at == one.at && last.part == one.part && one.range.start < last.range.end
        });
        if !overlaps {
            kept.push(one);
        }
    }
    kept
}
