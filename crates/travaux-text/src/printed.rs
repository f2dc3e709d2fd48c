//! How a merge is best printed: the same words as its normal form, arranged to be read.
//!
//! The normal form is cut into intervals; each owns its base tokens and the gap after each. An
//! interval is printed in one of three forms: *plain*, as the normal form has it; *side by side*,
//! each distinct reading written out; or *stay or leave*, where those who read nothing in the whole
//! interval are one alternative and, for the others, the interval is cut again. Of all printings so
//! made this module finds one that costs least to read (DESIGN section 5, *Printed form*); an oracle
//! that tries them all agrees on small cases.
//!
//! **Invariant:** arranging changes no side by a byte, and costs no reader more than the normal
//! form does. Who looks at the printing, and in which script, is not known here.

mod asked;
mod atoms;
mod layout;
mod plan;
mod readings;
mod scan;
mod search;

pub use self::layout::{Block, Form, Layout, LayoutError, Pinned};

use self::plan::Planner;
use crate::merge::Merge;
use crate::node::{Node, Readers, cost};
use crate::normal::Kernel;

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

impl Merge {
    /// Returns the printed form that costs least to read, nothing having been issued before.
    pub fn printed(&self) -> Printed {
        self.printed_with(&Layout::default())
    }

    /// Returns the printed form that keeps what `layout` says has been issued, and among those the
    /// one that costs least to read.
    ///
    /// An issued block keeps its place, its form and the numbers of its alternatives, whatever
    /// sides are tabled or withdrawn. Only what is contested outside all blocks is arranged anew;
    /// it may enclose whole blocks as *stay or leave*, and never cuts one.
    pub fn printed_with(&self, layout: &Layout) -> Printed {
        let kernel = Kernel::new(self);
        let planner = Planner::new(&kernel, layout.blocks());
        let (mut nodes, blocks) = planner.print();
        let layout = layout.issued(blocks, &nodes);
        for range in self.asked() {
            let everybody = Readers::new(kernel.roster.clone(), kernel.everybody.clone());
            nodes = asked::bracketed(nodes, &range, self.base().len(), &everybody);
        }
        Printed { cost: cost(&nodes), nodes, layout }
    }
}

#[cfg(test)]
mod tests;
