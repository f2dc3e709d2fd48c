//! The rolling text as United Nations documents set it: alternatives in square brackets, whole
//! provisions in brackets where their being there is open.
//!
//! Whose name stands in a bracket is asked of the caller: this module knows keys, not sponsors.

use std::collections::BTreeMap;

use super::{Origin, Place, Position, ProposalKey, RollingProvision, RollingText};
use crate::node::{Alternative, Node, Reader};
use crate::notation;
use crate::provision::{ProvisionId, ProvisionKind};
use crate::setting::caption;
use crate::sheet::{self, Sheet, SheetBlock, SheetPiece};
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

/// Lays a rolling text out with brackets. Made by [`RollingText::sheet`].
struct Layout<'a> {
    rolling: &'a RollingText,
    labels: &'a dyn Labels,
    numbers: BTreeMap<&'a ProvisionId, String>,
    blocks: Vec<SheetBlock>,
    /// The brackets still open: the depth of the provision that opened them, and what closes
    /// them.
    open: Vec<(usize, String)>,
}

impl RollingText {
    /// Sets the whole text with brackets: alternatives side by side, each named by `labels`;
    /// provisions to be deleted, inserted or transferred in brackets of their own that say so.
    pub fn un_text(&self, labels: &dyn Labels) -> String {
        self.sheet(labels).plain()
    }

    /// Lays the whole text out with brackets, as [`Self::un_text`] sets it.
    pub fn sheet(&self, labels: &dyn Labels) -> Sheet {
        let numbers = self.numbers();
        let mut layout =
            Layout { rolling: self, labels, numbers, blocks: Vec::new(), open: Vec::new() };
        for provision in self.provisions() {
            layout.close(provision.depth());
            layout.set(&provision);
        }
        layout.close(0);
        Sheet { blocks: layout.blocks }
    }
}

impl Layout<'_> {
    /// Closes the brackets of provisions that have ended where one of `depth` begins.
    fn close(&mut self, depth: usize) {
        while self.open.last().is_some_and(|(opened, _)| *opened >= depth) {
            if let (Some((_, closing)), Some(last)) = (self.open.pop(), self.blocks.last_mut()) {
                last.closing.push_str(&closing);
            }
        }
    }

    fn set(&mut self, provision: &RollingProvision<'_>) {
        let id = provision.id();
        if let Position::Arriving { by } = provision.position() {
            let names = self.named(id, &[by]);
            let what = self.describe(id);
            self.blocks.push(bare(id, format!("[{what} to stand here{names}]")));
            return;
        }
        let mut block = self.block(provision);
        if block.is_blank() {
            // A provision without number and words still has to show what is said of it.
            block = bare(id, format!("({})", provision.kind()));
        }
        if let Some(askers) = self.labels.askers(id).filter(|_| provision.is_bracketed()) {
            block.remark = format!(" (brackets: {askers})");
        }
        if let Some(mark) = self.labels.mark(id) {
            block.remark.extend([" [", &mark, "]"]);
        }
        let closing = self.closing(provision);
        if !closing.is_empty() {
            block.is_opened = true;
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

    /// Lays out what stands before the words, and the words with their brackets.
    fn block(&self, provision: &RollingProvision<'_>) -> SheetBlock {
        let nodes = &provision.text().laid_out().nodes;
        let options = options(provision, nodes, self.labels);
        let texts = options.unwrap_or_else(|| vec![inline(provision, nodes, self.labels)]);
        let heading = inline(provision, &provision.heading().laid_out().nodes, self.labels);
        let is_worded = texts.iter().any(|pieces| !pieces.is_empty());
        SheetBlock {
            id: provision.id().clone(),
            kind: provision.kind(),
            level: level(self.rolling, provision.id()),
            number: provision.number().to_owned(),
            heading: match provision.kind() {
                // The title is its words; its heading only names it for the reader of a list.
                ProvisionKind::Title if is_worded => Vec::new(),
                _ => heading,
            },
            texts,
            is_opened: false,
            remark: String::new(),
            closing: String::new(),
        }
    }
}

/// Lays out a line that is not a provision's words but says something of it.
fn bare(id: &ProvisionId, said: String) -> SheetBlock {
    SheetBlock {
        id: id.clone(),
        kind: ProvisionKind::Paragraph,
        level: 0,
        number: String::new(),
        heading: Vec::new(),
        texts: vec![vec![SheetPiece::Mark(said)]],
        is_opened: false,
        remark: String::new(),
        closing: String::new(),
    }
}

/// Lays out words and brackets in one line.
fn inline(
    provision: &RollingProvision<'_>,
    nodes: &[Node],
    labels: &dyn Labels,
) -> Vec<SheetPiece> {
    sheet::pieces(nodes, &|alternative| attributed(provision, alternative, labels))
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

/// Lays out alternatives to the whole of a provision as options, each in brackets of its own, the
/// first included; nothing where they share words, or are short.
fn options(
    provision: &RollingProvision<'_>,
    nodes: &[Node],
    labels: &dyn Labels,
) -> Option<Vec<Vec<SheetPiece>>> {
    // A full stop that all share does not make them alternatives to a part.
    let (alternatives, stop) = match nodes {
        [Node::Choice(alternatives)] => (alternatives, ""),
        [Node::Choice(alternatives), Node::Text(stop)] if words(stop) == 0 => {
            (alternatives, stop.as_str())
        }
        _ => return None,
    };
    let laid: Vec<Vec<SheetPiece>> = alternatives
        .iter()
        .map(|alternative| inline(provision, &alternative.nodes, labels))
        .collect();
    let texts: Vec<String> = laid.iter().map(|pieces| sheet::plain_pieces(pieces)).collect();
    let worded = texts.iter().filter(|text| !text.trim().is_empty()).count();
    if worded < 2 || texts.iter().all(|text| words(text) <= LINE_WORDS_MAX) {
        return None;
    }
    let set = alternatives.iter().zip(texts).zip(laid).zip(1..);
    let set = set.map(|(((alternative, text), mut pieces), ordinal)| {
        if text.trim().is_empty() {
            pieces = vec![SheetPiece::Mark(notation::NO_TEXT.to_owned())];
        } else {
            let inner = text.trim_start();
            let (before, after) = (text.len() - inner.len(), inner.len() - inner.trim_end().len());
            sheet::trim(&mut pieces, before, after);
            sheet::push_text(&mut pieces, stop);
        }
        let names = attributed(provision, alternative, labels);
        let mut line = Vec::new();
        sheet::mark(&mut line, format!("[Option {ordinal}: "));
        line.push(SheetPiece::Alternative(sheet::named(alternative, names, pieces)));
        sheet::mark(&mut line, "]");
        line
    });
    Some(set.collect())
}

impl RollingProvision<'_> {
    /// Sets its words in one line with their brackets, each alternative named by `labels`; what
    /// is asked of it as a whole is left to the caller.
    pub fn un_text(&self, labels: &dyn Labels) -> String {
        sheet::plain_pieces(&inline(self, &self.text().laid_out().nodes, labels))
    }
}

fn level(rolling: &RollingText, id: &ProvisionId) -> usize {
    std::iter::successors(Some(id), |above| rolling.parent(above))
        .filter_map(|above| rolling.words(above))
        .filter(|provision| provision.kind == ProvisionKind::Subparagraph)
        .count()
}
