//! What stands in brackets of the document itself, where a text was issued with brackets.
//!
//! A bracket may open in one provision and close in another, so the provisions are read together,
//! in document order. Who wants which words is not known: such brackets are the document's.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use travaux_text::{BracketCounts, BracketedDraft, IssuedText, ProvisionId};

/// How far each provision is set in under the one it stands under; deeper ones no further.
const INDENT: usize = 4;
const DEPTH_MAX: usize = 16;

/// Counts what is open in each provision of a text issued with brackets.
pub(super) fn by_provision(text: &IssuedText) -> BTreeMap<ProvisionId, BracketCounts> {
    let (written, starts) = written(text);
    // Too large a text is shown without its brackets being counted; importers refuse it first.
    let Ok(draft) = BracketedDraft::read(&written) else { return BTreeMap::new() };
    let ids = text.provisions().iter().map(|provision| provision.id.clone());
    ids.zip(draft.counts_from(&starts)).collect()
}

/// Writes the provisions as a draft, with the place where each begins.
fn written(text: &IssuedText) -> (String, Vec<usize>) {
    let mut written = String::new();
    let mut starts = Vec::with_capacity(text.len());
    let mut under: Vec<&ProvisionId> = Vec::new();
    let mut outer = 0;
    for provision in text.provisions() {
        let parent = provision.parent.as_ref();
        let keep = parent.and_then(|parent| under.iter().position(|open| *open == parent));
        under.truncate(keep.map_or(0, |at| at + 1));
        let depth = under.len();
        under.push(&provision.id);
        starts.push(written.len());
        let (number, heading, words) = (&provision.number, &provision.heading, &provision.text);
        if provision.kind.is_division() {
            outer = depth + 1;
            write!(written, "## {} {number} {heading}\n\n{words}", provision.kind)
                .expect("a string takes what is written");
        } else {
            let indent = INDENT * depth.saturating_sub(outer).min(DEPTH_MAX);
            write!(written, "{:indent$}{number} {words}", "")
                .expect("a string takes what is written");
        }
        written.push_str("\n\n");
    }
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    (written, starts)
}
