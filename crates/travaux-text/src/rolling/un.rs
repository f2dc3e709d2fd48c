//! The rolling text as United Nations documents set it: alternatives in square brackets, whole
//! provisions in brackets where their being there is open.
//!
//! Whose name stands in a bracket is asked of the caller: this module knows keys, not sponsors.

use std::collections::BTreeMap;

use super::{Origin, Place, Position, ProposalKey, RollingProvision, RollingText};
use crate::node::{Alternative, Node, Reader};
use crate::notation;
use crate::provision::{ProvisionId, ProvisionKind};
use crate::setting::{Block, caption};
use crate::token::words;

/// Names the readers of an alternative, and marks provisions.
///
/// A reader is not a supporter: what a label says (sponsors, delegations on record, "Alternative
/// 2", nothing) is decided where that is known. A function from reader to label will do.
pub trait Labels {
    /// Returns the label of `reader` in `provision`, or nothing if none is to be printed.
    fn label(&self, provision: &ProvisionId, reader: &Reader) -> Option<String>;

    /// Returns who asked for brackets in `provision` without an alternative; nothing by default.
    fn askers(&self, _provision: &ProvisionId) -> Option<String> {
        None
    }

    /// Returns what is to be said of `provision` behind its words, such as "agreed ad ref.";
    /// nothing by default.
    fn mark(&self, _provision: &ProvisionId) -> Option<String> {
        None
    }
}

impl<F: Fn(&Reader) -> Option<String>> Labels for F {
    fn label(&self, _provision: &ProvisionId, reader: &Reader) -> Option<String> {
        self(reader)
    }
}

/// Sets a rolling text in plain characters with brackets. Made by [`RollingText::un_text`].
struct UnText<'a> {
    rolling: &'a RollingText,
    labels: &'a dyn Labels,
    numbers: BTreeMap<&'a ProvisionId, String>,
    blocks: Vec<String>,
    /// The brackets still open: the depth of the provision that opened them, and what closes
    /// them.
    open: Vec<(usize, String)>,
}

impl RollingText {
    /// Sets the whole text with brackets: alternatives side by side, each named by `labels`;
    /// provisions to be deleted, inserted or transferred in brackets of their own that say so.
    pub fn un_text(&self, labels: &dyn Labels) -> String {
        let numbers = self.numbers();
        let mut setter =
            UnText { rolling: self, labels, numbers, blocks: Vec::new(), open: Vec::new() };
        for provision in self.provisions() {
            setter.close(provision.depth());
            setter.set(&provision);
        }
        setter.close(0);
        let mut text = setter.blocks.join("\n\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

impl UnText<'_> {
    /// Closes the brackets of provisions that have ended where one of `depth` begins.
    fn close(&mut self, depth: usize) {
        while self.open.last().is_some_and(|(opened, _)| *opened >= depth) {
            if let (Some((_, closing)), Some(last)) = (self.open.pop(), self.blocks.last_mut()) {
                last.push_str(&closing);
            }
        }
    }

    fn set(&mut self, provision: &RollingProvision<'_>) {
        let id = provision.id();
        if let Position::Arriving { by } = provision.position() {
            let names = self.named(id, &[by]);
            let what = self.describe(id);
            self.blocks.push(format!("[{what} to stand here{names}]"));
            return;
        }
        let mut block = self.block(provision);
        let mark = self.labels.mark(id);
        if block.is_empty() {
            // A provision without number and words still has to show what is said of it.
            block = format!("({})", provision.kind());
        }
        if let Some(askers) = self.labels.askers(id).filter(|_| provision.is_bracketed()) {
            block = format!("{block} (brackets: {askers})");
        }
        if let Some(mark) = mark {
            block = format!("{block} [{mark}]");
        }
        let closing = self.closing(provision);
        if !closing.is_empty() {
            let indent = block.len() - block.trim_start_matches(' ').len();
            block.insert(indent, '[');
            self.open.push((provision.depth(), closing));
        }
        self.blocks.push(block);
    }

    /// Returns what closes the brackets around a whole provision; nothing where it has none.
    fn closing(&self, provision: &RollingProvision<'_>) -> String {
        let id = provision.id();
        let mut closing = String::new();
        let suppressed: Vec<&ProposalKey> = provision.suppressed_by().collect();
        let transfers: Vec<_> = provision.transfers().collect();
        if let Origin::Added { by, instead_of } = provision.origin() {
            let mut said: Vec<String> =
                self.labels.label(id, &Reader::Side(by.clone())).into_iter().collect();
            let same_gap = |other: &ProvisionId| {
                instead_of.is_some_and(|key| self.added_beside(id, other, key))
            };
            let others = self.numbers.iter().filter(|(other, _)| same_gap(other));
            said.extend(others.map(|(_, number)| format!("alternative to {number}")));
            if !said.is_empty() {
                closing = format!(" ({})", said.join("; "));
            }
            closing.push(']');
        } else if !suppressed.is_empty()
            || !transfers.is_empty()
            // A provision without words of its own is bracketed with what stands under it.
            || provision.is_bracketed() && provision.text().base().is_empty()
        {
            closing.push(']');
        }
        if !suppressed.is_empty() {
            let names = self.named(id, &suppressed);
            closing.extend([" [Deletion", &names, "]"]);
        }
        for (key, place) in transfers {
            let place = match place {
                Place::After(anchor) => format!("after {}", self.describe(anchor)),
                Place::FirstUnder(anchor) => format!("first under {}", self.describe(anchor)),
            };
            let names = self.named(id, &[key]);
            closing.extend([" [Transfer ", &place, &names, "]"]);
        }
        closing
    }

    /// Reports whether `other` is an insertion of `key` in the gap where `id` is inserted.
    fn added_beside(&self, id: &ProvisionId, other: &ProvisionId, key: &ProposalKey) -> bool {
        let added = |id: &ProvisionId| self.rolling.state(id)?.standing.as_ref()?.added.clone();
        match (added(id), added(other)) {
            (Some((_, place)), Some((by, beside))) => by == *key && place == beside,
            (Some(_) | None, _) => false,
        }
    }

    /// Returns the labels of `keys` in parentheses, with a space before, or nothing.
    fn named(&self, id: &ProvisionId, keys: &[&ProposalKey]) -> String {
        let mut labels: Vec<String> = keys
            .iter()
            .filter_map(|key| self.labels.label(id, &Reader::Side((*key).clone())))
            .collect();
        // "Deletion (Deletion)" would say it twice.
        labels.retain(|label| label != "Deletion");
        if labels.is_empty() { String::new() } else { format!(" ({})", labels.join("; ")) }
    }

    /// Names a provision in a sentence: "article 5", "paragraph 2 of article 5".
    fn describe(&self, id: &ProvisionId) -> String {
        // Insertions can stand in a circle, which has no top; only what has a place has one.
        let Some(provision) = self.rolling.words(id).filter(|_| self.rolling.stands(id)) else {
            return format!("`{id}`");
        };
        let number = self.numbers.get(id).map_or("", String::as_str);
        let own = match (provision.kind, number, provision.heading.as_str()) {
            (ProvisionKind::Subparagraph, number, _) if !number.is_empty() => {
                format!("subparagraph {}", caption(provision.kind, number))
            }
            (kind, "", "") => format!("the {kind} `{id}`"),
            (kind, "", heading) => format!("the {kind} “{heading}”"),
            (kind, number, _) => format!("{kind} {}", number.trim_end_matches('.')),
        };
        match self.rolling.parent(id) {
            Some(above) if !provision.kind.is_division() => {
                format!("{own} of {}", self.describe_above(above))
            }
            Some(_) | None => own,
        }
    }

    /// Names what a provision stands in, passing over lead-in lines, which have no number.
    fn describe_above(&self, id: &ProvisionId) -> String {
        let passed_over = self.rolling.words(id).is_some_and(|provision| {
            !provision.kind.is_division() && !self.numbers.contains_key(id)
        });
        match self.rolling.parent(id) {
            Some(above) if passed_over => self.describe_above(above),
            Some(_) | None => self.describe(id),
        }
    }

    /// Sets what stands before the words, and the words with their brackets.
    fn block(&self, provision: &RollingProvision<'_>) -> String {
        let heading = inline(provision, &provision.heading().laid_out().nodes, self.labels);
        let nodes = &provision.text().laid_out().nodes;
        let options = options(provision, nodes, self.labels);
        let text = options.unwrap_or_else(|| inline(provision, nodes, self.labels));
        Block {
            kind: provision.kind(),
            level: level(self.rolling, provision.id()),
            number: provision.number(),
            heading: &heading,
            text: &text,
        }
        .set()
    }
}

/// Sets words and brackets in one line.
fn inline(provision: &RollingProvision<'_>, nodes: &[Node], labels: &dyn Labels) -> String {
    notation::un_text(nodes, &|alternative| attributed(provision, alternative, labels))
}

/// Returns who is named with an alternative.
///
/// Silence is not consent: with the words of the base stand only those who ask that nothing
/// change. Another proposal reads as the base there because it asks for nothing there.
fn attributed(
    provision: &RollingProvision<'_>,
    alternative: &Alternative,
    labels: &dyn Labels,
) -> Option<String> {
    let with_base = alternative.by.has_base();
    let asserts = |reader: &Reader| match reader {
        Reader::Base => true,
        Reader::Side(key) => !with_base || provision.asserted_by().any(|by| by == key),
    };
    let readers = alternative.by.iter().filter(asserts);
    let names: Vec<String> =
        readers.filter_map(|reader| labels.label(provision.id(), &reader)).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// A provision of which no alternative has more words than this is set in one line.
const LINE_WORDS_MAX: u64 = 8;

/// Sets alternatives to the whole of a provision as options, each in brackets of its own, the
/// first included; nothing where they share words, or are short.
fn options(
    provision: &RollingProvision<'_>,
    nodes: &[Node],
    labels: &dyn Labels,
) -> Option<String> {
    // A full stop that all share does not make them alternatives to a part.
    let (alternatives, stop) = match nodes {
        [Node::Choice(alternatives)] => (alternatives, ""),
        [Node::Choice(alternatives), Node::Text(stop)] if words(stop) == 0 => {
            (alternatives, stop.as_str())
        }
        _ => return None,
    };
    let texts: Vec<String> = alternatives
        .iter()
        .map(|alternative| inline(provision, &alternative.nodes, labels))
        .collect();
    let worded = texts.iter().filter(|text| !text.trim().is_empty()).count();
    if worded < 2 || texts.iter().all(|text| words(text) <= LINE_WORDS_MAX) {
        return None;
    }
    let set = alternatives.iter().zip(&texts).zip(1..).map(|((alternative, text), ordinal)| {
        let text = text.trim();
        let text =
            if text.is_empty() { notation::NO_TEXT.to_owned() } else { format!("{text}{stop}") };
        let by = attributed(provision, alternative, labels);
        let by = by.map_or_else(String::new, |by| format!(" ({by})"));
        format!("[Option {ordinal}: {text}{by}]")
    });
    Some(set.collect::<Vec<_>>().join("\n\n"))
}

impl RollingProvision<'_> {
    /// Sets its words in one line with their brackets, each alternative named by `labels`; what
    /// is asked of it as a whole is left to the caller.
    pub fn un_text(&self, labels: &dyn Labels) -> String {
        inline(self, &self.text().laid_out().nodes, labels)
    }
}

fn level(rolling: &RollingText, id: &ProvisionId) -> usize {
    std::iter::successors(Some(id), |above| rolling.parent(above))
        .filter_map(|above| rolling.words(above))
        .filter(|provision| provision.kind == ProvisionKind::Subparagraph)
        .count()
}
