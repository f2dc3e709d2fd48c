//! From matched lines to acts: replaced, deleted, added, moved, with the place of each.
//!
//! Lines are gone through in the order of the file, so that what is added stands behind what it follows
//! there. A provision of which nothing is left is suppressed with all below it; one of which the file
//! says nothing stays untouched.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use travaux_text::{Act, Change, IssuedText, Place, ProvisionId, ProvisionKind};

use super::captions::{Caption, caption, is_roman};
use super::hand::{Wanted, wanted};
use super::matching::{Match, Matching, squashed};
use super::{Aside, Attention, BracketAsked, Manner, Placed, Submission};
use crate::lines::{Line, Part};
use crate::word::{WordLine, WordSpan};

/// A provision as far as its place is concerned.
#[derive(Clone, Debug)]
struct Spot {
    parent: Option<ProvisionId>,
    kind: ProvisionKind,
    level: usize,
    number: String,
}

impl Spot {
    /// Ranks kinds: what may stand under what.
    fn rank(&self) -> usize {
        rank(self.kind, self.level)
    }
}

fn rank(kind: ProvisionKind, level: usize) -> usize {
    match kind {
        ProvisionKind::Title
        | ProvisionKind::Preamble
        | ProvisionKind::Chapter
        | ProvisionKind::Annex => 1,
        ProvisionKind::Section => 2,
        ProvisionKind::Article => 3,
        ProvisionKind::Paragraph => 4,
        ProvisionKind::Subparagraph => 4 + level.max(1),
    }
}

/// A file that is being read.
pub(super) struct Reading<'m> {
    text: &'m IssuedText,
    matching: &'m Matching,
    proposal: &'m str,
    names: &'m [&'m str],
    spots: BTreeMap<ProvisionId, Spot>,
    /// The provision that the last line was about.
    previous: Option<ProvisionId>,
    /// Whether the last line was the heading of an addition that may still get words of its own.
    open_heading: Option<(ProvisionId, String)>,
    added: usize,
    /// The lines of the base that are moved.
    moved: BTreeSet<usize>,
    submission: Submission,
}

impl<'m> Reading<'m> {
    pub(super) fn new(
        text: &'m IssuedText,
        proposal: &'m str,
        matching: &'m Matching,
        names: &'m [&'m str],
    ) -> Self {
        let spots = text.provisions().iter().map(|provision| {
            let level = std::iter::once(provision)
                .chain(text.ancestors(&provision.id))
                .filter(|above| above.kind == ProvisionKind::Subparagraph)
                .count();
            let spot = Spot {
                parent: provision.parent.clone(),
                kind: provision.kind,
                level,
                number: provision.number.clone(),
            };
            (provision.id.clone(), spot)
        });
        let manner = if matching.is_tracked { Manner::Tracked } else { Manner::Plain };
        Self {
            text,
            matching,
            proposal,
            names,
            spots: spots.collect(),
            previous: None,
            open_heading: None,
            added: 0,
            moved: moved(matching),
            submission: Submission { manner, ..Submission::default() },
        }
    }

    pub(super) fn finish(self) -> Submission {
        self.submission
    }

    /// Goes through the file.
    pub(super) fn read(&mut self) {
        for (paragraph, reads, base) in &self.matching.unlike {
            let why = format!(
                "with all changes rejected this does not read as the base, which has “{}”",
                squashed(base)
            );
            self.attend(*paragraph, why, squashed(reads));
        }
        for &paragraph in &self.matching.repeated {
            let why =
                "this paragraph bears the hidden name of another one; it is read by its words";
            self.attend(paragraph, why, String::new());
        }
        let matching = self.matching;
        let seen = |at: &usize| !matching.found[*at].is_empty();
        let first = (0..matching.current.len()).find(seen);
        let last = (0..matching.current.len()).rfind(seen);
        let (Some(first), Some(last)) = (first, last) else {
            self.nothing_found();
            return;
        };
        for (at, line) in matching.current.iter().enumerate() {
            match matching.found[at].first() {
                Some(&found) => self.known(line, found, &matching.found[at]),
                None if line.text().trim().is_empty() && line.number.is_empty() => {}
                None => self.unknown(line, at, &(first..last)),
            }
        }
        self.gone();
        let seen = matching.found.iter().flatten();
        let seen: BTreeSet<&ProvisionId> =
            seen.map(|found| &matching.base[found.line].id).collect();
        self.submission.provisions_seen = seen.len();
    }

    fn nothing_found(&mut self) {
        for line in &self.matching.current {
            self.aside(line, "text that is not the base's");
        }
        self.attend(
            0,
            "nothing in this file reads like the base; was it made on another text?",
            "",
        );
    }

    fn attend(&mut self, paragraph: usize, why: impl Into<String>, words: impl Into<String>) {
        let (why, words) = (why.into(), words.into());
        self.submission.attention.push(Attention { paragraph, why, words });
    }

    fn aside(&mut self, line: &WordLine, what: &str) {
        let words = squashed(&super::matching::printed(line));
        if !words.is_empty() {
            let paragraph = line.paragraphs.first().copied().unwrap_or(0);
            self.submission.aside.push(Aside { paragraph, what: what.to_owned(), words });
        }
    }

    fn change(&mut self, target: &ProvisionId, act: Act, (paragraph, by_name): (usize, bool)) {
        let provision = match &act {
            Act::Add { .. } => ProvisionId::added(self.proposal, self.added),
            _ => target.clone(),
        };
        self.submission.changes.push(Change { target: target.clone(), act });
        self.submission.placed.push(Placed { provision, paragraph, by_name });
    }

    /// Reads a line that was a line of the base.
    fn known(&mut self, line: &WordLine, found: Match, all: &[Match]) {
        let matching = self.matching;
        let base = &matching.base[found.line];
        let paragraph = line.paragraphs.first().copied().unwrap_or(0);
        self.open_heading = None;
        if self.moved.contains(&found.line) {
            self.transfer(base, paragraph, found);
        }
        self.previous = Some(base.id.clone());
        let (spans, is_renumbered) = without_caption(line, base);
        if is_renumbered {
            let why = format!(
                "another number stands here than {}; numbers follow from the text, and are not proposed",
                if base.caption.is_empty() { "none" } else { &base.caption }
            );
            if line.number.is_empty() {
                self.attend(paragraph, why, squashed(&line.text()));
            }
        }
        let wanted = if matching.is_tracked {
            Wanted {
                text: spans.iter().map(|span| span.text.as_str()).collect(),
                ..Wanted::default()
            }
        } else {
            wanted(&spans, &base.text, self.names)
        };
        if wanted.by_hand && self.submission.manner == Manner::Plain {
            self.submission.manner = Manner::ByHand;
        }
        for doubt in &wanted.doubts {
            self.attend(paragraph, doubt.clone(), squashed(&line.text()));
        }
        for words in wanted.brackets {
            let words = (squashed(&words) != squashed(&base.text)).then_some(words);
            let provision = base.id.clone();
            self.submission.brackets.push(BracketAsked { provision, words, paragraph });
        }
        if wanted.text != base.text {
            self.reworded(base, wanted.text, paragraph, found);
        }
        for merged in all.iter().skip(1) {
            let other = &matching.base[merged.line];
            let why = format!(
                "this paragraph holds two of the base; {} is read as part of it",
                named(other)
            );
            self.attend(paragraph, why, squashed(&line.text()));
        }
    }

    fn reworded(&mut self, base: &Line, text: String, paragraph: usize, found: Match) {
        const SURE: u8 = 40;
        if !found.by_name && found.sureness < SURE {
            let why = format!("taken for {} by the likeness of its words alone", named(base));
            self.attend(paragraph, why, squashed(&text));
        }
        let act = match base.part {
            Part::Heading => Act::Retitle { heading: text },
            Part::Words => Act::Replace { text },
        };
        self.change(&base.id.clone(), act, (paragraph, found.by_name));
    }

    fn transfer(&mut self, base: &Line, paragraph: usize, found: Match) {
        let by_name = found.by_name;
        // What stands under a provision moves with it.
        let above: Vec<&ProvisionId> =
            self.text.ancestors(&base.id).map(|above| &above.id).collect();
        let moves =
            |id: &ProvisionId| self.moved.iter().any(|&line| self.matching.base[line].id == *id);
        let has_heading =
            self.matching.base.iter().any(|line| line.id == base.id && line.part == Part::Heading);
        if above.into_iter().any(moves) || (base.part == Part::Words && has_heading) {
            return;
        }
        let spot = self.spots[&base.id].clone();
        let Some(place) = self.place(&spot, None) else {
            self.attend(
                paragraph,
                "moved before everything else, where nothing can be placed",
                named(base),
            );
            return;
        };
        if !self.matching.is_tracked && !by_name {
            let why =
                format!("{} stands in another order here; that is read as a move", named(base));
            self.attend(paragraph, why, squashed(&base.text));
        }
        if let Some(spot) = self.spots.get_mut(&base.id) {
            spot.parent = parent_of(&place, &BTreeMap::new(), self.text).cloned();
        }
        self.change(&base.id.clone(), Act::Transfer { place }, (paragraph, by_name));
    }

    /// Reads a line that was no line of the base.
    fn unknown(&mut self, line: &WordLine, at: usize, base: &Range<usize>) {
        let is_within = base.contains(&at);
        let paragraph = line.paragraphs.first().copied().unwrap_or(0);
        let text = line.text();
        if EXPLAINS.iter().any(|word| text.trim_start().to_lowercase().starts_with(word)) {
            self.aside(line, "explanation");
            return;
        }
        if line.paragraphs.iter().any(|place| self.matching.foreign.contains(place)) {
            self.aside(line, "text that is not the base's, and no tracked change");
            if is_within {
                let why = "these words are not the base's, and no tracked change put them in";
                self.attend(paragraph, why, squashed(&text));
            }
            return;
        }
        let read = read_caption(line);
        if !self.matching.is_tracked && !is_within {
            let is_behind = self.previous.is_some();
            if !is_behind || read.is_none() {
                self.aside(line, if is_behind { "text behind the base's" } else { "cover" });
                if is_behind {
                    let why = "text behind the last provision; is it part of what is proposed?";
                    self.attend(paragraph, why, squashed(&text));
                }
                return;
            }
        }
        let names = line.names.iter().find(|name| name.starts_with("_Tv"));
        let digest = names.map(|name| name[4..].to_owned());
        if let (Some((id, heading)), Some(digest)) = (&self.open_heading, &digest)
            && heading == digest
        {
            // The words of an addition whose heading stood before.
            let id = id.clone();
            self.word(&id, text);
            self.open_heading = None;
            return;
        }
        self.add(line, read, (paragraph, at), digest);
    }

    /// Gives words to an addition that had a heading alone.
    fn word(&mut self, id: &ProvisionId, words: String) {
        let place = self.submission.placed.iter().position(|placed| placed.provision == *id);
        if let Some(Act::Add { text, .. }) =
            place.map(|place| &mut self.submission.changes[place].act)
        {
            *text = words;
        }
    }

    fn add(
        &mut self,
        line: &WordLine,
        read: Option<(Caption, String)>,
        (paragraph, at): (usize, usize),
        digest: Option<String>,
    ) {
        let (styled, level) = by_style(line);
        let (kind, number, rest) = match read {
            Some((caption, rest)) => (caption.kind, caption.number, rest),
            None => (styled.unwrap_or(ProvisionKind::Paragraph), String::new(), line.text()),
        };
        let level = match kind {
            ProvisionKind::Subparagraph => level.unwrap_or_else(|| self.level(&number)),
            _ => 0,
        };
        let spot = Spot { parent: None, kind, level, number: number.clone() };
        let Some(place) = self.place(&spot, Some(at)) else {
            self.aside(line, "text before the base's");
            let why = "stands before everything else, where nothing can be placed";
            self.attend(paragraph, why, squashed(&rest));
            return;
        };
        self.added += 1;
        let id = ProvisionId::added(self.proposal, self.added);
        let parent = parent_of(&place, &self.spots, self.text).cloned();
        self.spots.insert(id.clone(), Spot { parent, ..spot });
        let is_heading = kind.is_division() || line.heading == Some(4);
        let (heading, text) =
            if is_heading { (rest, String::new()) } else { (String::new(), rest) };
        let act = Act::Add { place, kind, number, heading, text };
        self.change(&id, act, (paragraph, false));
        self.open_heading = digest.filter(|_| is_heading).map(|digest| (id.clone(), digest));
        self.previous = Some(id);
    }

    /// Tells how deep a subparagraph stands from its number and the one before.
    fn level(&self, number: &str) -> usize {
        let before = self.previous.as_ref().and_then(|id| self.spots.get(id));
        let Some(before) = before.filter(|spot| spot.kind == ProvisionKind::Subparagraph) else {
            return 1;
        };
        match (is_roman(&before.number), is_roman(number)) {
            (false, true) if before.number != "(h)" => before.level + 1,
            (true, false) => before.level.saturating_sub(1).max(1),
            _ => before.level,
        }
    }

    /// Finds the place of something that comes behind the last line.
    fn place(&self, spot: &Spot, at: Option<usize>) -> Option<Place> {
        if let Some(parent) = at.and_then(|at| self.silent_parent(spot, at)) {
            return Some(Place::FirstUnder(parent));
        }
        let mut id = self.previous.clone()?;
        let rank = spot.rank();
        if self.spots.get(&id)?.rank() < rank {
            return Some(Place::FirstUnder(id));
        }
        // Climb to the sibling behind whose all it stands.
        for _ in 0..self.spots.len() {
            let parent = self.spots.get(&id)?.parent.clone();
            match parent
                .filter(|parent| self.spots.get(parent).is_some_and(|above| rank <= above.rank()))
            {
                Some(parent) => id = parent,
                None => break,
            }
        }
        Some(Place::After(id))
    }

    /// Finds a provision of which nothing is printed, such as a preamble, whose first child follows.
    fn silent_parent(&self, spot: &Spot, at: usize) -> Option<ProvisionId> {
        let next = self.matching.found[at + 1..].iter().find_map(|found| found.first())?;
        let next = &self.matching.base[next.line].id;
        let parent = self.spots.get(next)?.parent.clone()?;
        let is_first = self.text.children(&parent).next().is_some_and(|first| first.id == *next);
        let is_silent = !self.matching.base.iter().any(|line| line.id == parent);
        let is_alike = self.spots.get(next)?.rank() == spot.rank();
        let is_behind = self.previous.as_ref().is_none_or(|before| {
            self.spots.get(before).and_then(|spot| spot.parent.as_ref()) != Some(&parent)
        });
        (is_first && is_silent && is_alike && is_behind).then_some(parent)
    }

    /// Deals with lines of the base that are not in the file as it is read.
    fn gone(&mut self) {
        let matching = self.matching;
        let there: BTreeSet<usize> =
            matching.found.iter().flatten().map(|found| found.line).collect();
        let mut gone: BTreeSet<usize> = BTreeSet::new();
        let mut silent = 0;
        for at in 0..matching.base.len() {
            if there.contains(&at) {
                continue;
            }
            if matching.is_tracked {
                if matching.taken_out.contains(&at) {
                    gone.insert(at);
                } else {
                    silent += 1;
                }
            } else if self.is_framed(at, &there) {
                gone.insert(at);
            } else {
                silent += 1;
            }
        }
        if 0 < silent {
            let why = format!(
                "{silent} lines of the base are not in this file; they are read as not touched, not as \
                 deleted"
            );
            self.attend(0, why, "");
        }
        self.suppress(&gone);
    }

    /// Reports whether what stands before and behind a missing line is there: then it was taken out.
    fn is_framed(&self, at: usize, there: &BTreeSet<usize>) -> bool {
        const FRAME: usize = 12;
        let before = (0..at).rev().take(FRAME).find(|line| there.contains(line));
        let behind =
            (at + 1..self.matching.base.len()).take(FRAME).find(|line| there.contains(line));
        let ends = (at == 0, at + 1 == self.matching.base.len());
        match (before, behind) {
            (Some(_), Some(_)) => true,
            // The last line of a text that is there as a whole.
            (Some(before), None) => ends.1 && before + 1 == at && self.is_whole(there),
            (None, _) => false,
        }
    }

    fn is_whole(&self, there: &BTreeSet<usize>) -> bool {
        self.matching.base.len() <= there.len() * 10 / 9
    }

    fn suppress(&mut self, gone: &BTreeSet<usize>) {
        let matching = self.matching;
        let mut of: BTreeMap<&ProvisionId, Vec<usize>> = BTreeMap::new();
        for (at, line) in matching.base.iter().enumerate() {
            of.entry(&line.id).or_default().push(at);
        }
        let is_gone = |id: &ProvisionId| {
            let own = of.get(id).into_iter().flatten();
            own.fold((true, false), |(all, any), at| {
                (all && gone.contains(at), any || gone.contains(at))
            })
        };
        let mut covered: BTreeSet<&ProvisionId> = BTreeSet::new();
        for provision in self.text.provisions() {
            let id = &provision.id;
            if covered.contains(id) {
                continue;
            }
            let below = self.text.subtree(id);
            let states = below.iter().map(|one| is_gone(&one.id));
            let (all, any) = states.fold((true, false), |(a, b), (c, d)| (a && c, b || d));
            if all && any {
                covered.extend(below.iter().map(|one| &one.id));
                self.change(id, Act::Suppress, (0, true));
                continue;
            }
            for &at in of.get(id).into_iter().flatten().filter(|at| gone.contains(at)) {
                let line = &matching.base[at];
                let why = format!("{} is deleted, and what stands under it is not", named(line));
                self.attend(0, why, squashed(&line.text));
                let act = match line.part {
                    Part::Heading => Act::Retitle { heading: String::new() },
                    Part::Words => Act::Replace { text: String::new() },
                };
                self.change(id, act, (0, true));
            }
        }
    }
}

/// How a line opens that explains and does not propose.
const EXPLAINS: [&str; 7] = [
    "explanation",
    "explanatory note",
    "rationale",
    "justification",
    "note:",
    "comment:",
    "reason:",
];

/// Names a line of the base for a reader.
fn named(line: &Line) -> String {
    if line.caption.is_empty() {
        format!("the {} `{}`", line.kind, line.id)
    } else {
        format!("{} (`{}`)", line.caption, line.id)
    }
}

/// Returns the lines of the base that stand in another order in the file: the fewest.
fn moved(matching: &Matching) -> BTreeSet<usize> {
    let order: Vec<usize> =
        matching.found.iter().filter_map(|found| found.first()).map(|found| found.line).collect();
    // The longest rising run stays; each place keeps the least end of a run of its length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(order.len());
    for (at, line) in order.iter().enumerate() {
        let length = ends.partition_point(|&end| order[end] < *line);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let kept: BTreeSet<usize> =
        std::iter::successors(ends.last().copied(), |&at| before[at]).map(|at| order[at]).collect();
    order.into_iter().filter(|line| !kept.contains(line)).collect()
}

/// Returns the provision above a place.
fn parent_of<'a>(
    place: &'a Place,
    spots: &'a BTreeMap<ProvisionId, Spot>,
    text: &'a IssuedText,
) -> Option<&'a ProvisionId> {
    match place {
        Place::FirstUnder(parent) => Some(parent),
        Place::After(sibling) => match spots.get(sibling) {
            Some(spot) => spot.parent.as_ref(),
            None => text.provision(sibling).and_then(|one| one.parent.as_ref()),
        },
    }
}

/// Returns a line's words without the number before them, and whether another number stands there than
/// in the base.
fn without_caption(line: &WordLine, base: &Line) -> (Vec<WordSpan>, bool) {
    let text = line.text();
    if !line.number.is_empty() {
        let cut = text.len() - text.trim_start_matches(['\t', '\n', ' ']).len();
        let is_other = squashed(&line.number) != base.caption;
        return (cut_off(&line.spans, cut), is_other);
    }
    if base.caption.is_empty() {
        return (line.spans.clone(), false);
    }
    if let Some(rest) = text.strip_prefix(&base.caption) {
        let gap = match base.gap() {
            gap if !gap.is_empty() && rest.starts_with(gap) => gap.len(),
            _ => rest.len() - rest.trim_start_matches(['\t', '\n', ' ', '.', '\u{a0}']).len(),
        };
        if rest.is_empty() || 0 < gap {
            return (cut_off(&line.spans, base.caption.len() + gap), false);
        }
    }
    match caption(&text) {
        Some(caption) => (cut_off(&line.spans, caption.len), true),
        None => (line.spans.clone(), base.part == Part::Words && !base.caption.is_empty()),
    }
}

/// Takes so many bytes off the front.
fn cut_off(spans: &[WordSpan], mut bytes: usize) -> Vec<WordSpan> {
    let mut rest = Vec::new();
    for span in spans {
        let cut = bytes.min(span.text.len());
        bytes -= cut;
        if let Some(text) = span.text.get(cut..).filter(|text| !text.is_empty()) {
            rest.push(WordSpan { text: text.to_owned(), look: span.look });
        }
    }
    rest
}

/// Reads the number of a line, by Word or in words, and what stands behind it.
fn read_caption(line: &WordLine) -> Option<(Caption, String)> {
    let text = line.text();
    if line.number.is_empty() {
        let caption = caption(&text)?;
        let rest = text[caption.len..].to_owned();
        return Some((caption, rest));
    }
    let read = caption(&line.number)?;
    Some((read, text.trim_start_matches(['\t', '\n', ' ']).to_owned()))
}

/// Reads the rank of a provision from our own styles, and how deep a subparagraph stands.
fn by_style(line: &WordLine) -> (Option<ProvisionKind>, Option<usize>) {
    match line.style.as_str() {
        "Travaux Paragraph" => (Some(ProvisionKind::Paragraph), None),
        "Travaux Subparagraph 1" => (Some(ProvisionKind::Subparagraph), Some(1)),
        "Travaux Subparagraph 2" => (Some(ProvisionKind::Subparagraph), Some(2)),
        "Travaux Subparagraph 3" => (Some(ProvisionKind::Subparagraph), Some(3)),
        "heading 1" => (Some(ProvisionKind::Chapter), None),
        "heading 2" => (Some(ProvisionKind::Section), None),
        "heading 3" => (Some(ProvisionKind::Article), None),
        _ => (None, None),
    }
}
