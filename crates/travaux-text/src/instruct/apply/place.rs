//! What an instruction asks of whole provisions: new words, deletion, new ones, merging, moving.

use super::{Applied, Slot};
use crate::bracketed::BracketedDraft;
use crate::instruct::error::InstructError;
use crate::instruct::find::{Part, last_number};
use crate::instruct::locus::{Locus, LocusPart, Target};
use crate::instruct::read::{Fresh, Nature, Stand};
use crate::instruct::words::deletion;
use crate::provision::{Act, Change, Place, ProvisionId, ProvisionKind};
use crate::references::{bare, depth};

impl Applied<'_> {
    /// Resolves a place, beginning from the provision spoken of.
    fn provisions(&self, locus: &Locus) -> Result<Vec<usize>, InstructError> {
        if locus.target == Target::Text {
            return Err(InstructError::NoProposal {
                asked: "a change of the text as a whole",
                instead: "name the provisions: an instruction is about some of them",
            });
        }
        self.ground.resolve(locus, self.spoken)
    }

    fn one(&self, locus: &Locus) -> Result<usize, InstructError> {
        match self.provisions(locus)?[..] {
            [one] => Ok(one),
            ref several => Err(InstructError::SeveralProvisions {
                named: locus.named.clone(),
                meant: several.iter().map(|at| self.ground.cite(*at)).collect(),
            }),
        }
    }

    fn id(&self, at: usize) -> ProvisionId {
        self.ground.provision(at).id.clone()
    }

    fn change(&mut self, target: ProvisionId, act: Act) {
        self.slots.push(Slot::Change(Change { target, act }));
    }

    /// Lists what stands below a provision's own words, for a message.
    fn parts_below(&self, at: usize) -> Vec<String> {
        let own = self.ground.own(at);
        let below = self.ground.subtree(at).filter(|below| {
            *below != at && *below != own && !self.ground.words(*below, Part::Text).is_empty()
        });
        below.map(|below| self.ground.cite(below)).collect()
    }

    pub(super) fn rewrite(
        &mut self,
        locus: &Locus,
        new: &str,
        nature: Nature,
    ) -> Result<(), InstructError> {
        let at = self.one(locus)?;
        if let Some(nth) = locus.sentence {
            let (at, part, range) = self.sentence(at, nth)?;
            self.edit((at, part), range, new.to_owned(), nature);
            return Ok(());
        }
        let (at, part) = match locus.part {
            LocusPart::Heading => self.ground.parts(&[at], LocusPart::Heading)[0],
            LocusPart::Chapeau => (self.ground.own(at), Part::Text),
            LocusPart::Whole => {
                let parts = self.parts_below(at);
                if !parts.is_empty() {
                    let provision = self.ground.cite(at);
                    return Err(InstructError::HasParts { provision, parts });
                }
                let own = self.ground.own(at);
                let is_title = self.ground.words(own, Part::Text).is_empty()
                    && !self.ground.words(own, Part::Heading).is_empty();
                (own, if is_title { Part::Heading } else { Part::Text })
            }
        };
        let asked = self.asked((at, part), nature);
        let twice = asked.whole.replace(new.to_owned()).is_some();
        if twice { Err(self.overlap(at, new)) } else { Ok(()) }
    }

    pub(super) fn suppress(&mut self, locus: &Locus) -> Result<(), InstructError> {
        let found = self.provisions(locus)?;
        if let Some(nth) = locus.sentence {
            for at in found {
                let (at, part, range) = self.sentence(at, nth)?;
                let range = deletion(self.ground.words(at, part), &range);
                self.edit((at, part), range, String::new(), Nature::Substance);
            }
            return Ok(());
        }
        for at in found {
            match locus.part {
                LocusPart::Whole => self.change(self.id(at), Act::Suppress),
                LocusPart::Heading | LocusPart::Chapeau => {
                    let place = self.ground.parts(&[at], locus.part)[0];
                    self.asked(place, Nature::Substance).whole = Some(String::new());
                }
            }
        }
        Ok(())
    }

    pub(super) fn retain(&mut self, locus: &Locus) -> Result<(), InstructError> {
        for at in self.provisions(locus)? {
            let at = if locus.part == LocusPart::Chapeau { self.ground.own(at) } else { at };
            self.change(self.id(at), Act::NoChange);
        }
        Ok(())
    }

    pub(super) fn merge(&mut self, loci: &[Locus], new: Option<&str>) -> Result<(), InstructError> {
        let mut all = Vec::new();
        for locus in loci {
            all.extend(self.provisions(locus)?);
        }
        for &at in &all {
            let parts = self.parts_below(at);
            if !parts.is_empty() {
                let provision = self.ground.cite(at);
                return Err(InstructError::HasParts { provision, parts });
            }
        }
        let [first, rest @ ..] = &all[..] else { return Err(InstructError::Empty) };
        if rest.is_empty() {
            return Err(InstructError::NotRead {
                words: String::new(),
                wanted: "a second provision to merge",
            });
        }
        let texts: Vec<&str> =
            all.iter().map(|at| self.ground.words(self.ground.own(*at), Part::Text)).collect();
        let text = new.map_or_else(|| texts.join(" "), str::to_owned);
        let own = self.ground.own(*first);
        let asked = self.asked((own, Part::Text), Nature::Substance);
        if asked.whole.replace(text.clone()).is_some() {
            return Err(self.overlap(own, &text));
        }
        for at in rest {
            self.change(self.id(*at), Act::Suppress);
        }
        Ok(())
    }

    pub(super) fn transfer(&mut self, locus: &Locus, stand: &Stand) -> Result<(), InstructError> {
        let mut behind = None;
        for at in self.provisions(locus)? {
            let kind = self.ground.provision(at).kind;
            let place = match behind {
                // Several provisions go one behind the other.
                Some(before) => Place::After(before),
                None => self.place(stand, kind, "", &locus.named)?,
            };
            behind = Some(self.id(at));
            self.change(self.id(at), Act::Transfer { place });
        }
        Ok(())
    }

    pub(super) fn add(&mut self, fresh: &Fresh, stand: &Stand) -> Result<(), InstructError> {
        let named = format!("the new {} {}", fresh.kind, fresh.number);
        let named = named.trim();
        let place = self.place(stand, fresh.kind, &fresh.number, named)?;
        let (text, parts) =
            if fresh.is_block { blocks(fresh) } else { (fresh.text.clone(), Vec::new()) };
        let id = self.enter(place, fresh, text);
        // The last of each depth, the new provision first.
        let mut last: Vec<ProvisionId> = vec![id];
        for part in parts {
            let sibling = last.get(part.depth).cloned();
            last.truncate(part.depth);
            let place = match (sibling, last.last()) {
                (Some(sibling), _) => Place::After(sibling),
                (None, Some(above)) => Place::FirstUnder(above.clone()),
                (None, None) => continue,
            };
            let own = Fresh {
                kind: part.kind,
                number: part.number,
                heading: String::new(),
                text: String::new(),
                is_block: false,
            };
            let id = self.enter(place, &own, part.text);
            last.push(id);
        }
        Ok(())
    }

    fn enter(&mut self, place: Place, fresh: &Fresh, text: String) -> ProvisionId {
        let id = ProvisionId::added(self.key.as_str(), self.added.len() + 1);
        self.added.push((id.clone(), fresh.kind, fresh.number.clone()));
        let target = place.anchor().clone();
        let (kind, number, heading) = (fresh.kind, fresh.number.clone(), fresh.heading.clone());
        self.change(target, Act::Add { place, kind, number, heading, text });
        id
    }

    /// Returns the place that an instruction gives a provision.
    fn place(
        &self,
        stand: &Stand,
        kind: ProvisionKind,
        number: &str,
        named: &str,
    ) -> Result<Place, InstructError> {
        match stand {
            Stand::After(locus) => {
                if let Some(own) = self.own_addition(locus) {
                    return Ok(Place::After(own));
                }
                let anchor = self.one(locus)?;
                // Named by its id, it is meant to the letter.
                let is_below = depth(self.ground.provision(anchor).kind) < depth(kind)
                    && !matches!(locus.target, Target::Id(_));
                let id = self.id(anchor);
                Ok(if is_below { Place::FirstUnder(id) } else { Place::After(id) })
            }
            Stand::Before(locus) => self.before(self.one(locus)?, named),
            Stand::StartOf(locus) => {
                if let Some(own) = self.own_addition(locus) {
                    return Ok(Place::FirstUnder(own));
                }
                let at = self.one(locus)?;
                let is_exact = matches!(locus.target, Target::Id(_));
                let at = if is_exact { at } else { self.holder(at, kind) };
                Ok(Place::FirstUnder(self.id(at)))
            }
            Stand::EndOf(locus) => Ok(self.at_end(self.holder(self.one(locus)?, kind))),
            Stand::In(locus) if number.is_empty() => {
                Ok(self.at_end(self.holder(self.one(locus)?, kind)))
            }
            Stand::In(locus) => {
                let at = self.one(locus)?;
                self.by_number(Some(at), kind, number, named)
            }
            Stand::Unsaid => match self.spoken {
                Some(at) if number.is_empty() => Ok(self.at_end(self.holder(at, kind))),
                spoken if !number.is_empty() => self.by_number(spoken, kind, number, named),
                _ => Err(InstructError::NoPlace { named: named.to_owned() }),
            },
        }
    }

    /// Returns the provision that this instruction adds, if a place names it by its id or number.
    fn own_addition(&self, locus: &Locus) -> Option<ProvisionId> {
        let is_own = |(id, _, number): &&(ProvisionId, ProvisionKind, String)| match &locus.target {
            Target::Id(named) => id.as_str() == named,
            _ => last_number(locus).is_some_and(|named| {
                bare(named) == bare(number) && self.provisions(locus).is_err()
            }),
        };
        self.added.iter().find(is_own).map(|(id, ..)| id.clone())
    }

    fn before(&self, at: usize, named: &str) -> Result<Place, InstructError> {
        let siblings = self.ground.siblings(at);
        let place = siblings.iter().position(|sibling| *sibling == at).unwrap_or_default();
        match (place.checked_sub(1), &self.ground.provision(at).parent) {
            (Some(before), _) => Ok(Place::After(self.id(siblings[before]))),
            (None, Some(parent)) => Ok(Place::FirstUnder(parent.clone())),
            (None, None) => Err(InstructError::NoPlace { named: named.to_owned() }),
        }
    }

    fn at_end(&self, holder: usize) -> Place {
        match self.ground.children(holder).last() {
            Some(last) => Place::After(self.id(*last)),
            None => Place::FirstUnder(self.id(holder)),
        }
    }

    /// Returns the provision under which one of a rank stands if it is to stand in another: the
    /// subparagraphs of an article often stand under the paragraph that opens it.
    fn holder(&self, at: usize, kind: ProvisionKind) -> usize {
        let provision = self.ground.provision(at);
        if kind == ProvisionKind::Subparagraph && provision.kind.is_division() {
            let own = self.ground.own(at);
            let below = self.ground.children(own);
            if own != at && below.iter().any(|below| self.ground.provision(*below).kind == kind) {
                return own;
            }
        }
        at
    }

    /// Returns the place that a number gives: behind the one before it.
    fn by_number(
        &self,
        spoken: Option<usize>,
        kind: ProvisionKind,
        number: &str,
        named: &str,
    ) -> Result<Place, InstructError> {
        let beside = self.beside(spoken, kind);
        let own = bare(number);
        if let Some(taken) =
            beside.iter().find(|at| bare(&self.ground.provision(**at).number) == own)
        {
            let taken = self.ground.cite(*taken);
            return Err(InstructError::NumberTaken { named: named.to_owned(), taken });
        }
        let (root, has_adverb) = root_of(number);
        let before = if has_adverb { Some(root.clone()) } else { preceding(&root) };
        let is_before = |number: &str| before.as_ref() == Some(&root_of(number).0);
        let added = self.added.iter().rev();
        if let Some((id, ..)) =
            added.filter(|(_, own, _)| *own == kind).find(|(_, _, number)| is_before(number))
        {
            return Ok(Place::After(id.clone()));
        }
        let last = beside.iter().rev().find(|at| is_before(&self.ground.provision(**at).number));
        match (last, before) {
            (Some(at), _) => Ok(Place::After(self.id(*at))),
            (None, None) if beside.is_empty() => match spoken {
                Some(at) => Ok(Place::FirstUnder(self.id(at))),
                None => Err(InstructError::NoPlace { named: named.to_owned() }),
            },
            _ => Err(InstructError::NoPlace { named: named.to_owned() }),
        }
    }

    /// Returns the provisions of a rank among which a new one of that rank is numbered.
    fn beside(&self, spoken: Option<usize>, kind: ProvisionKind) -> Vec<usize> {
        let throughout =
            matches!(kind, ProvisionKind::Article | ProvisionKind::Chapter | ProvisionKind::Annex);
        let of_kind = |at: &usize| self.ground.provision(*at).kind == kind;
        if throughout || spoken.is_none() {
            return (0..self.ground.text.len()).filter(of_kind).collect();
        }
        let mut at = spoken.unwrap_or_default();
        loop {
            let holder = self.holder(at, kind);
            let is_deep = depth(self.ground.provision(at).kind) < depth(kind);
            if is_deep {
                let below: Vec<usize> =
                    self.ground.children(holder).into_iter().filter(of_kind).collect();
                return below;
            }
            let parent = self.ground.provision(at).parent.as_ref();
            match parent.and_then(|parent| self.ground.text.position(parent)) {
                Some(parent) => at = parent,
                None => return self.ground.siblings(at).into_iter().filter(of_kind).collect(),
            }
        }
    }
}

/// Returns a number without its adverb, and whether it has one: "4" of "4 bis".
fn root_of(number: &str) -> (String, bool) {
    let mut words = number.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let root = words.next().unwrap_or_default().to_lowercase();
    (root, words.next().is_some())
}

/// Returns the number before one: "3" before "4", "c" before "d".
fn preceding(root: &str) -> Option<String> {
    if let Ok(number) = root.parse::<u32>() {
        return number.checked_sub(1).filter(|before| *before > 0).map(|before| before.to_string());
    }
    match root.as_bytes() {
        [letter @ b'b'..=b'z'] => Some(char::from(letter - 1).to_string()),
        _ => None,
    }
}

/// A numbered part of a new text.
struct BlockPart {
    kind: ProvisionKind,
    number: String,
    text: String,
    /// How deep it stands below the new provision, from 1.
    depth: usize,
}

/// Cuts a new text without quotation marks into its own words and its numbered parts.
fn blocks(fresh: &Fresh) -> (String, Vec<BlockPart>) {
    let Ok(draft) = BracketedDraft::read(&fresh.text) else {
        return (fresh.text.clone(), Vec::new());
    };
    let read: Vec<_> = draft.provisions().into_iter().map(|one| one.provision).collect();
    let Some((first, rest)) = read.split_first() else { return (String::new(), Vec::new()) };
    let has_own_number = !first.number.is_empty() && bare(&first.number) == bare(&fresh.number);
    let is_lead =
        fresh.kind != ProvisionKind::Article && (first.number.is_empty() || has_own_number);
    if rest.is_empty() && is_lead {
        let text = if has_own_number { first.text.clone() } else { fresh.text.clone() };
        return (text, Vec::new());
    }
    if rest.is_empty() && first.number.is_empty() {
        return (fresh.text.clone(), Vec::new());
    }
    let mut depths: Vec<(ProvisionId, usize)> = Vec::new();
    let mut parts = Vec::new();
    for provision in read.iter().skip(usize::from(is_lead)) {
        let above = provision.parent.as_ref();
        let above = above.and_then(|id| depths.iter().find(|(own, _)| own == id));
        let depth = above.map_or(1, |(_, depth)| depth + 1);
        depths.push((provision.id.clone(), depth));
        let is_paragraph = fresh.kind == ProvisionKind::Article && depth == 1;
        parts.push(BlockPart {
            kind: if is_paragraph { ProvisionKind::Paragraph } else { ProvisionKind::Subparagraph },
            number: provision.number.trim_end_matches('.').to_owned(),
            text: provision.text.clone(),
            depth,
        });
    }
    (if is_lead { first.text.clone() } else { String::new() }, parts)
}
