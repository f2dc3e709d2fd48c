//! One text as tracked changes to another, and a text to be worked on.
//!
//! Lines of both texts are paired by provision. Those that keep their order stay and are compared word
//! by word, as the merge does; the others are deleted, inserted or moved as a whole. Numbers stand as
//! words here, since a number that Word makes would change with what is accepted.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use travaux_text::{IssuedText, Merge, ProvisionId, SideName};

use super::{Body, WordWriter, indent, style_of};
use crate::lines::{Line, Part, Stand, hidden_name, lines};
use crate::xml::escaped;

/// What becomes of a line.
enum Step<'l> {
    Kept(&'l Line, &'l Line),
    Deleted(&'l Line),
    Inserted(&'l Line),
    MovedAway(&'l Line, usize),
    MovedHere(&'l Line, usize),
}

impl WordWriter {
    /// Writes `side` as tracked changes to `base`, made by `author`.
    ///
    /// All accepted, the paragraphs are those of `side`; all rejected, those of `base`: to the byte,
    /// but for characters that XML cannot hold. The body of the document has nothing else.
    pub fn tracked(&self, base: &IssuedText, side: &IssuedText, author: &str) -> Vec<u8> {
        let (base, side) = (lines(base), lines(side));
        let steps = steps(&base, &side);
        let mut body = Body::new(self);
        let change = format!(
            "w:author=\"{}\" w:date=\"{}\"",
            escaped(if author.is_empty() { "Unknown" } else { author }),
            escaped(&self.date)
        );
        for step in &steps {
            body.step(step, &change);
        }
        // The end of the last paragraph cannot be taken out: another one has to follow.
        if !matches!(steps.last(), Some(Step::Kept(..))) {
            body.open("", "");
            body.close();
        }
        body.package()
    }

    /// Writes a text to be worked on: real numbers and headings, and a hidden name on each paragraph by
    /// which it is known again, whatever becomes of its number.
    pub fn skeleton(&self, base: &IssuedText) -> Vec<u8> {
        let mut body = Body::new(self);
        for line in &lines(base) {
            let list = body.lists.place(&line.caption);
            let properties = match (&list, line.part) {
                (Some(list), Part::Words) => format!("{list}{}", indent(line.level)),
                (Some(list), Part::Heading) => list.clone(),
                (None, _) => String::new(),
            };
            body.open(style_of(line), &properties);
            let close = body.bookmark(&hidden_name(&line.id, line.part, Stand::Here));
            if list.is_none() {
                body.run(&line.caption, "");
            }
            let gap = match (line.part, list.is_some()) {
                // The tab behind a number of Word's is Word's.
                (Part::Words, true) => "",
                (Part::Heading, _) | (Part::Words, false) => line.gap(),
            };
            body.run(&format!("{gap}{}", line.text), "");
            body.raw(&close);
            body.close();
        }
        body.package()
    }
}

/// Pairs the lines of two texts.
fn steps<'l>(base: &'l [Line], side: &'l [Line]) -> Vec<Step<'l>> {
    let places: BTreeMap<(&ProvisionId, Part), usize> =
        side.iter().enumerate().map(|(at, line)| (line.key(), at)).collect();
    let pairs: Vec<(usize, usize)> = base
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, *places.get(&line.key())?)))
        .collect();
    let kept = longest_rising(&pairs);
    let mut moves: BTreeMap<(&ProvisionId, Part), usize> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| !kept.contains(pair)) {
        let next = moves.len() + 1;
        moves.insert(base[pair.0].key(), next);
    }
    let mut steps = Vec::new();
    let (mut in_base, mut in_side) = (0, 0);
    for &(at, to) in kept.iter().chain([&(base.len(), side.len())]) {
        steps.extend(base[in_base..at].iter().map(|line| match moves.get(&line.key()) {
            Some(&mark) => Step::MovedAway(line, mark),
            None => Step::Deleted(line),
        }));
        steps.extend(side[in_side..to].iter().map(|line| match moves.get(&line.key()) {
            Some(&mark) => Step::MovedHere(line, mark),
            None => Step::Inserted(line),
        }));
        if let (Some(line), Some(wanted)) = (base.get(at), side.get(to)) {
            steps.push(Step::Kept(line, wanted));
        }
        (in_base, in_side) = (at + 1, to + 1);
    }
    steps
}

/// Returns the longest subsequence of pairs that rises in both; the first of them where several are.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair with the least end, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let chain = std::iter::successors(ends.last().copied(), |&at| before[at]);
    let mut chain: Vec<(usize, usize)> = chain.map(|at| pairs[at]).collect();
    chain.reverse();
    chain
}

impl Body<'_> {
    fn step(&mut self, step: &Step<'_>, change: &str) {
        match step {
            Step::Kept(line, wanted) => self.kept(line, wanted, change),
            Step::Deleted(line) => self.whole(line, "w:del", change, None),
            Step::Inserted(line) => self.whole(line, "w:ins", change, None),
            Step::MovedAway(line, mark) => self.whole(line, "w:moveFrom", change, Some(*mark)),
            Step::MovedHere(line, mark) => self.whole(line, "w:moveTo", change, Some(*mark)),
        }
    }

    /// Writes a paragraph that stays, its words compared.
    fn kept(&mut self, line: &Line, wanted: &Line, change: &str) {
        self.open(style_of(line), "");
        let close = self.bookmark(&hidden_name(&line.id, line.part, Stand::Here));
        let before = |line: &Line| format!("{}{}", line.caption, line.gap());
        let (old, new) = (before(line), before(wanted));
        if old == new {
            self.run(&old, "");
        } else {
            self.changed("w:del", &old, change);
            self.changed("w:ins", &new, change);
        }
        self.compared(&line.text, &wanted.text, change);
        self.raw(&close);
        self.close();
    }

    fn compared(&mut self, old: &str, new: &str, change: &str) {
        let mut merge = Merge::new(old);
        let side = SideName::new("side").expect("a word names a side");
        merge.table(side.clone(), new).expect("there is no side yet");
        let made = merge.change(&side).expect("it was tabled");
        let mut deleted = made.deleted().iter().peekable();
        let mut inserted = made.inserted().peekable();
        let mut passed = 0;
        loop {
            let next = deleted.peek().map_or(merge.base_len(), |range| range.start);
            let next = next.min(inserted.peek().map_or(merge.base_len(), |(gap, _)| *gap));
            self.run(merge.base_text(passed..next), "");
            passed = next;
            if let Some((_, text)) = inserted.next_if(|(gap, _)| *gap == passed) {
                self.changed("w:ins", text, change);
            } else if let Some(range) = deleted.next_if(|range| range.start == passed) {
                self.changed("w:del", merge.base_text(range.clone()), change);
                passed = range.end;
            } else {
                return;
            }
        }
    }

    /// Writes words within a tracked change.
    fn changed(&mut self, element: &str, text: &str, change: &str) {
        if text.is_empty() {
            return;
        }
        let id = self.id();
        write!(self.xml, "<{element} w:id=\"{id}\" {change}>").expect("a string takes it");
        if element == "w:del" {
            self.deleted_run(text);
        } else {
            self.run(text, "");
        }
        write!(self.xml, "</{element}>").expect("a string takes it");
    }

    /// Writes a paragraph that is taken out or put in as a whole, its end included.
    fn whole(&mut self, line: &Line, element: &str, change: &str, moved: Option<usize>) {
        let id = self.id();
        let range = moved.map(|mark| {
            let id = self.id();
            write!(self.xml, "<{element}RangeStart w:id=\"{id}\" w:name=\"move{mark}\" {change}/>")
                .expect("a string takes it");
            id
        });
        let mark = format!("<w:rPr><{element} w:id=\"{id}\" {change}/></w:rPr>");
        self.open(style_of(line), &mark);
        // A name that the base does not know tells which lines of an addition belong together.
        let stand = if element == "w:moveTo" { Stand::Arriving } else { Stand::Here };
        let close = self.bookmark(&hidden_name(&line.id, line.part, stand));
        let text = format!("{}{}{}", line.caption, line.gap(), line.text);
        self.changed(element, &text, change);
        self.raw(&close);
        self.close();
        if let Some(id) = range {
            write!(self.xml, "<{element}RangeEnd w:id=\"{id}\"/>").expect("a string takes it");
        }
    }
}
