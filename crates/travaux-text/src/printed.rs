//! How a merge is best printed: the same words as its normal form, arranged to be read.
//!
//! **Invariant:** arranging changes no side by a byte, and costs no reader more than the normal
//! form does. Who looks at the printing, and in which script, is not known here.

use crate::merge::Merge;
use crate::node::{Node, SideName, cost};

/// A merge arranged for reading, and the arrangement, to be handed back when it is printed again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Printed {
    /// The bracketed text.
    pub nodes: Vec<Node>,
    /// What reading it costs.
    pub cost: u64,
    /// Where the brackets stand and how their alternatives are numbered.
    pub layout: Layout,
}

/// Where the brackets of an issued text stand, and how their alternatives are numbered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Layout {
    tabled: Vec<SideName>,
}

impl Layout {
    /// Returns an empty layout: nothing has been issued. Alternatives will be numbered in the order
    /// in which their sides were tabled, earliest first.
    pub fn new(tabled: impl IntoIterator<Item = SideName>) -> Self {
        Self { tabled: tabled.into_iter().collect() }
    }
}

impl Merge {
    /// Returns the printed form, nothing having been issued before.
    pub fn printed(&self) -> Printed {
        self.printed_with(&Layout::default())
    }

    /// Returns the printed form that keeps what `layout` says has been issued.
    pub fn printed_with(&self, layout: &Layout) -> Printed {
        let nodes = self.nodes();
        Printed { cost: cost(&nodes), nodes, layout: layout.clone() }
    }
}
