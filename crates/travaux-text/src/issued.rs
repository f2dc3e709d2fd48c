//! A text as issued: its provisions in document order, checked once.
//!
//! It is the base that proposals are measured against. It knows no proposals, no brackets and no
//! date; a chair's text and an adopted treaty look alike here (see `assent` for the difference).

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::provision::{Provision, ProvisionId, ProvisionKind};
use crate::setting::{self, Block};

/// A text as issued: provisions in document order, each directly or indirectly behind its parent.
///
/// Ids are unique, a parent stands before its children, and all that stands under a provision
/// follows it without a gap. Every value of this type keeps these three.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct IssuedText {
    provisions: Vec<Provision>,
    index: BTreeMap<ProvisionId, usize>,
    /// For each provision the position behind the last one that stands under it.
    ends: Vec<usize>,
    depths: Vec<usize>,
}

/// Says why a list of provisions is not a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum IssuedError {
    /// Two provisions have one id.
    Repeated {
        /// The id.
        id: ProvisionId,
        /// Position of the second one, counted from zero.
        position: usize,
    },
    /// The parent is nowhere in the text.
    ParentUnknown {
        /// The provision.
        id: ProvisionId,
        /// The parent it names.
        parent: ProvisionId,
    },
    /// The parent stands behind the provision (or is the provision itself).
    ParentFollows {
        /// The provision.
        id: ProvisionId,
        /// The parent it names.
        parent: ProvisionId,
    },
    /// Something that does not stand under the parent comes between it and the provision.
    Scattered {
        /// The provision.
        id: ProvisionId,
        /// The parent it names.
        parent: ProvisionId,
        /// The provision that comes between.
        between: ProvisionId,
    },
}

impl fmt::Display for IssuedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated { id, position } => write!(
                f,
                "cannot read the text: provision `{id}` stands a second time, at place {}; \
                 ids are unique in a text",
                position + 1
            ),
            Self::ParentUnknown { id, parent } => {
                write!(f, "cannot place provision `{id}`: its parent `{parent}` is not in the text")
            }
            Self::ParentFollows { id, parent } => write!(
                f,
                "cannot place provision `{id}`: its parent `{parent}` does not stand before it"
            ),
            Self::Scattered { id, parent, between } => write!(
                f,
                "cannot place provision `{id}` under `{parent}`: `{between}`, which is not under \
                 `{parent}`, comes between them"
            ),
        }
    }
}

impl std::error::Error for IssuedError {}

impl IssuedError {
    /// Says what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Repeated { .. } => "give the second provision an id of its own",
            Self::ParentUnknown { .. } => "add the parent, or leave `parent` out",
            Self::ParentFollows { .. } => "list each provision behind the one it stands under",
            Self::Scattered { .. } => {
                "list all that stands under a provision directly behind it, in document order"
            }
        }
    }
}

impl IssuedText {
    /// Checks that `provisions`, in document order, form a text.
    ///
    /// # Errors
    ///
    /// Returns the first breach of the three rules stated at the type.
    pub fn new(provisions: Vec<Provision>) -> Result<Self, IssuedError> {
        let mut index = BTreeMap::new();
        for (position, provision) in provisions.iter().enumerate() {
            if index.insert(provision.id.clone(), position).is_some() {
                return Err(IssuedError::Repeated { id: provision.id.clone(), position });
            }
        }
        let mut ends = vec![provisions.len(); provisions.len()];
        let mut depths = Vec::with_capacity(provisions.len());
        let mut open: Vec<usize> = Vec::new();
        for (position, provision) in provisions.iter().enumerate() {
            let keep = open_ancestors(&provisions, &index, &open, position)?;
            for closed in open.drain(keep..) {
                ends[closed] = position;
            }
            depths.push(open.len());
            open.push(position);
            debug_assert!(provision.parent.is_some() == (depths[position] > 0));
        }
        Ok(Self { provisions, index, ends, depths })
    }

    /// Returns the provisions in document order.
    pub fn provisions(&self) -> &[Provision] {
        &self.provisions
    }

    /// Returns the number of provisions.
    pub fn len(&self) -> usize {
        self.provisions.len()
    }

    /// Reports whether there is no provision at all.
    pub fn is_empty(&self) -> bool {
        self.provisions.is_empty()
    }

    /// Finds a provision by its id.
    pub fn provision(&self, id: &ProvisionId) -> Option<&Provision> {
        self.position(id).map(|position| &self.provisions[position])
    }

    /// Returns the place of a provision in document order, counted from zero.
    pub fn position(&self, id: &ProvisionId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Returns a provision and all that stands under it, in document order; nothing if there is
    /// no such provision.
    pub fn subtree(&self, id: &ProvisionId) -> &[Provision] {
        self.position(id).map_or(&[], |position| &self.provisions[self.range(position)])
    }

    /// Returns the provisions that stand directly under `id`, in order.
    pub fn children<'a>(&'a self, id: &'a ProvisionId) -> impl Iterator<Item = &'a Provision> {
        self.subtree(id).iter().filter(move |provision| provision.parent.as_ref() == Some(id))
    }

    /// Returns the provisions that stand under no other, in order.
    pub fn roots(&self) -> impl Iterator<Item = &Provision> {
        self.provisions.iter().filter(|provision| provision.parent.is_none())
    }

    /// Returns the provisions above `id`, the nearest first.
    pub fn ancestors<'a>(&'a self, id: &ProvisionId) -> impl Iterator<Item = &'a Provision> {
        let parent = |provision: &'a Provision| {
            provision.parent.as_ref().and_then(|parent| self.provision(parent))
        };
        std::iter::successors(self.provision(id).and_then(parent), move |above| parent(above))
    }

    /// Returns the number of provisions above `id`, or nothing if there is no such provision.
    pub fn depth(&self, id: &ProvisionId) -> Option<usize> {
        self.position(id).map(|position| self.depths[position])
    }

    /// Returns the provisions of one kind, in document order.
    pub fn of_kind(&self, kind: ProvisionKind) -> impl Iterator<Item = &Provision> {
        self.provisions.iter().filter(move |provision| provision.kind == kind)
    }

    /// Returns the chapters, in document order.
    pub fn chapters(&self) -> impl Iterator<Item = &Provision> {
        self.of_kind(ProvisionKind::Chapter)
    }

    /// Returns the articles, in document order.
    pub fn articles(&self) -> impl Iterator<Item = &Provision> {
        self.of_kind(ProvisionKind::Article)
    }

    /// Returns the nearest provision of `kind` that is `id` or stands above it.
    pub fn within(&self, id: &ProvisionId, kind: ProvisionKind) -> Option<&Provision> {
        self.provision(id)
            .into_iter()
            .chain(self.ancestors(id))
            .find(|provision| provision.kind == kind)
    }

    /// Sets the whole text without brackets, as United Nations documents set it: chapter and
    /// article headings with their numbers, numbered paragraphs, subparagraphs indented.
    pub fn plain(&self) -> String {
        let blocks = self.provisions.iter().map(|provision| Block {
            kind: provision.kind,
            level: self.level(&provision.id),
            number: &provision.number,
            heading: &provision.heading,
            text: &provision.text,
        });
        setting::set(blocks)
    }

    /// Sets the whole text as [`Self::plain`] does, and says which provision stands where in it.
    pub fn passages(&self) -> Passages {
        let mut passages = Passages { text: String::new(), ends: Vec::new(), ids: Vec::new() };
        for provision in &self.provisions {
            let block = Block {
                kind: provision.kind,
                level: self.level(&provision.id),
                number: &provision.number,
                heading: &provision.heading,
                text: &provision.text,
            };
            let set = block.set();
            if set.is_empty() {
                continue;
            }
            if let Some(end) = passages.ends.last_mut() {
                passages.text.push_str("\n\n");
                *end = passages.text.len();
            }
            passages.text.push_str(&set);
            passages.ends.push(passages.text.len());
            passages.ids.push(provision.id.clone());
        }
        if let Some(end) = passages.ends.last_mut() {
            passages.text.push('\n');
            *end = passages.text.len();
        }
        passages
    }

    /// Counts how many subparagraphs a provision stands in, itself included.
    pub(crate) fn level(&self, id: &ProvisionId) -> usize {
        self.provision(id)
            .into_iter()
            .chain(self.ancestors(id))
            .filter(|provision| provision.kind == ProvisionKind::Subparagraph)
            .count()
    }

    fn range(&self, position: usize) -> Range<usize> {
        position..self.ends[position]
    }
}

/// A text set in plain characters, and which provision stands where in it; made by
/// [`IssuedText::passages`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passages {
    text: String,
    /// The byte at which each passage ends, the blank line behind it included.
    ends: Vec<usize>,
    ids: Vec<ProvisionId>,
}

impl Passages {
    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the provisions that have words, each with the bytes it takes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&ProvisionId, Range<usize>)> {
        self.ids.iter().enumerate().map(|(place, id)| {
            let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
            (id, from..self.ends[place])
        })
    }
}

/// Returns how many of the `open` provisions stay open when the one at `position` begins.
fn open_ancestors(
    provisions: &[Provision],
    index: &BTreeMap<ProvisionId, usize>,
    open: &[usize],
    position: usize,
) -> Result<usize, IssuedError> {
    let provision = &provisions[position];
    let Some(parent) = provision.parent.clone() else { return Ok(0) };
    let id = provision.id.clone();
    let Some(&above) = index.get(&parent) else {
        return Err(IssuedError::ParentUnknown { id, parent });
    };
    if above >= position {
        return Err(IssuedError::ParentFollows { id, parent });
    }
    if let Some(depth) = open.iter().position(|&ancestor| ancestor == above) {
        return Ok(depth + 1);
    }
    // The parent is closed: name the first provision behind it that is not under it.
    let closed_by = (above + 1..position)
        .find(|&later| !stands_under(provisions, index, later, above))
        .expect("a closed provision was closed by one that is not under it");
    Err(IssuedError::Scattered { id, parent, between: provisions[closed_by].id.clone() })
}

/// Reports whether the provision at `position` has the one at `above` among its ancestors.
///
/// Only asked of provisions that have been placed, whose parents stand before them.
fn stands_under(
    provisions: &[Provision],
    index: &BTreeMap<ProvisionId, usize>,
    position: usize,
    above: usize,
) -> bool {
    let parent = |at: usize| provisions[at].parent.as_ref().and_then(|id| index.get(id)).copied();
    std::iter::successors(parent(position), |&at| parent(at)).any(|at| at == above)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provision(id: &str, parent: &str, kind: ProvisionKind) -> Provision {
        Provision {
            id: ProvisionId::new(id),
            parent: (!parent.is_empty()).then(|| ProvisionId::new(parent)),
            kind,
            number: String::new(),
            heading: String::new(),
            text: String::new(),
        }
    }

    fn issued(rows: &[(&str, &str)]) -> Result<IssuedText, IssuedError> {
        let rows = rows.iter().map(|(id, parent)| provision(id, parent, ProvisionKind::Paragraph));
        IssuedText::new(rows.collect())
    }

    #[track_caller]
    fn refused(rows: &[(&str, &str)], message: &str) {
        let error = issued(rows).expect_err("the list should be refused");
        assert_eq!(error.to_string(), message);
        assert!(!error.hint().is_empty());
    }

    fn ids<'a>(provisions: impl IntoIterator<Item = &'a Provision>) -> Vec<&'a str> {
        provisions.into_iter().map(|provision| provision.id.as_str()).collect()
    }

    #[test]
    fn a_text_knows_what_stands_under_what() {
        let text =
            issued(&[("a", ""), ("b", "a"), ("c", "b"), ("d", "a"), ("e", "")]).expect("a text");
        let [a, b, c] = ["a", "b", "c"].map(ProvisionId::new);
        assert_eq!(ids(text.children(&a)), ["b", "d"]);
        assert_eq!(ids(text.subtree(&a)), ["a", "b", "c", "d"]);
        assert_eq!(ids(text.subtree(&b)), ["b", "c"]);
        assert_eq!(ids(text.ancestors(&c)), ["b", "a"]);
        assert_eq!(ids(text.roots()), ["a", "e"]);
        assert_eq!(text.depth(&c), Some(2));
        assert_eq!(text.subtree(&ProvisionId::new("nowhere")), &[]);
    }

    #[test]
    fn passages_are_the_plain_text_cut_by_provision() {
        let mut rows: Vec<Provision> = ["a", "b", "c", "d"]
            .map(|id| provision(id, "", ProvisionKind::Paragraph))
            .into_iter()
            .collect();
        "one".clone_into(&mut rows[0].text);
        "two".clone_into(&mut rows[2].text);
        let text = IssuedText::new(rows).expect("a text");
        let passages = text.passages();
        assert_eq!(passages.text(), text.plain());
        let cut: Vec<_> =
            passages.iter().map(|(id, range)| (id.as_str(), &passages.text()[range])).collect();
        assert_eq!(cut, [("a", "one\n\n"), ("c", "two\n")]);
        assert_eq!(issued(&[]).expect("a text").passages().text(), "");
    }

    #[test]
    fn an_id_stands_once() {
        refused(
            &[("a", ""), ("a", "")],
            "cannot read the text: provision `a` stands a second time, at place 2; \
             ids are unique in a text",
        );
    }

    #[test]
    fn a_parent_is_in_the_text_and_stands_first() {
        refused(&[("a", "b")], "cannot place provision `a`: its parent `b` is not in the text");
        refused(
            &[("a", "b"), ("b", "")],
            "cannot place provision `a`: its parent `b` does not stand before it",
        );
        refused(
            &[("a", "a")],
            "cannot place provision `a`: its parent `a` does not stand before it",
        );
    }

    #[test]
    fn what_stands_under_a_provision_follows_it_without_a_gap() {
        refused(
            &[("a", ""), ("b", "a"), ("c", ""), ("d", "a")],
            "cannot place provision `d` under `a`: `c`, which is not under `a`, comes between them",
        );
    }
}
