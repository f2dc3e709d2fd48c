//! The provisions that a reference can point at: ranks, numbers, and what stands under what.
//!
//! It holds no words but headings, so that one structure serves every side of a text.

use std::collections::BTreeMap;

use crate::issued::IssuedText;
use crate::provision::{ProvisionId, ProvisionKind};
use crate::rolling::{Position, RollingText};

/// One provision in its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Placed {
    /// The provision.
    pub id: ProvisionId,
    /// The one it stands under.
    pub parent: Option<ProvisionId>,
    /// Its rank.
    pub kind: ProvisionKind,
    /// The number as printed; may be empty.
    pub number: String,
    /// The heading; may be empty.
    pub heading: String,
}

/// The provisions of a text in document order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Structure {
    rows: Vec<Placed>,
    index: BTreeMap<ProvisionId, usize>,
}

impl Structure {
    /// Takes provisions in document order; each stands behind the one it is under.
    pub fn new(rows: impl IntoIterator<Item = Placed>) -> Self {
        let rows: Vec<Placed> = rows.into_iter().collect();
        let index = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        Self { rows, index }
    }

    /// Takes the provisions of a text as issued.
    pub fn of_issued(text: &IssuedText) -> Self {
        Self::new(text.provisions().iter().map(|provision| Placed {
            id: provision.id.clone(),
            parent: provision.parent.clone(),
            kind: provision.kind,
            number: provision.number.clone(),
            heading: provision.heading.clone(),
        }))
    }

    /// Takes the provisions of a rolling text where they stand, with what proposals add.
    pub fn of_rolling(text: &RollingText) -> Self {
        let standing = text.provisions().filter(|met| met.position() == Position::Standing);
        Self::new(standing.map(|met| Placed {
            id: met.id().clone(),
            parent: met.parent().cloned(),
            kind: met.kind(),
            number: met.number().to_owned(),
            heading: met.words().heading.clone(),
        }))
    }

    /// Returns the provisions in document order.
    pub fn rows(&self) -> &[Placed] {
        &self.rows
    }

    /// Finds a provision.
    pub fn row(&self, id: &ProvisionId) -> Option<&Placed> {
        self.index.get(id).map(|at| &self.rows[*at])
    }

    /// Returns the place of a provision in document order.
    pub fn position(&self, id: &ProvisionId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Returns the provisions above one, the nearest first.
    pub fn above<'a>(&'a self, id: &ProvisionId) -> impl Iterator<Item = &'a Placed> {
        let parent = |row: &'a Placed| row.parent.as_ref().and_then(|parent| self.row(parent));
        std::iter::successors(self.row(id).and_then(parent), move |row| parent(row))
    }

    /// Reports whether `id` is `above`, or stands somewhere under it.
    pub fn is_within(&self, id: &ProvisionId, above: &ProvisionId) -> bool {
        id == above || self.above(id).any(|row| row.id == *above)
    }

    /// Returns a provision and all under it, in document order; nothing for an unknown one.
    pub fn subtree(&self, id: &ProvisionId) -> &[Placed] {
        let Some(from) = self.position(id) else { return &[] };
        let below = self.rows[from..].iter().take_while(|row| self.is_within(&row.id, id));
        &self.rows[from..from + below.count()]
    }

    /// Returns the nearest provision of a rank, the one itself included.
    pub fn nearest(&self, id: &ProvisionId, kind: ProvisionKind) -> Option<&Placed> {
        self.row(id).into_iter().chain(self.above(id)).find(|row| row.kind == kind)
    }

    /// Returns the article, annex or preamble that a provision is or stands in; else the provision
    /// itself. Pictures and tables count by these.
    pub fn division(&self, id: &ProvisionId) -> ProvisionId {
        let chain = self.row(id).into_iter().chain(self.above(id));
        let mut divisions = chain.filter(|row| row.kind.is_division());
        divisions.next().map_or_else(|| id.clone(), |row| row.id.clone())
    }
}
