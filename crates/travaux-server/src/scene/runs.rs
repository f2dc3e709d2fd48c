//! Bracketed words as views: whose text reads so, by the numbers of the alternatives.
//!
//! `by` says whose text reads so. With the base stand only those who ask by name for no change:
//! who says nothing there is not counted as reading the base.

use std::collections::BTreeMap;

use travaux_text::{Alternative, Merge, Node, Reader, SideName};

use crate::view::{Run, RunAlternative};

/// The numbers of the alternatives on one provision.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    by_key: BTreeMap<String, usize>,
    keeping: Vec<usize>,
}

impl Numbers {
    /// Numbers keys from 1 in the order given.
    pub(super) fn new<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        let by_key =
            keys.into_iter().enumerate().map(|(index, key)| (key.to_owned(), index + 1)).collect();
        Self { by_key, keeping: Vec::new() }
    }

    /// Says who asks by name that nothing change.
    pub(super) fn keep<'k>(&mut self, keys: impl IntoIterator<Item = &'k str>) {
        self.keeping = keys.into_iter().filter_map(|key| self.of(key)).collect();
    }

    /// Returns the number of a key.
    pub(super) fn of(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Returns the numbers of several, in order.
    pub(super) fn all<'k>(&self, keys: impl IntoIterator<Item = &'k SideName>) -> Vec<usize> {
        let mut numbers: Vec<usize> =
            keys.into_iter().filter_map(|key| self.of(key.as_str())).collect();
        numbers.sort_unstable();
        numbers
    }

    fn readers(&self, alternative: &Alternative) -> Vec<usize> {
        let mut numbers = self.all(alternative.by.sides());
        if alternative.by.has_base() {
            numbers.retain(|number| self.keeping.contains(number));
        }
        numbers
    }
}

/// Turns bracketed words into a view.
pub(super) fn runs(nodes: &[Node], numbers: &Numbers) -> Vec<Run> {
    nodes
        .iter()
        .map(|node| match node {
            Node::Text(words) => Run::Text(words.clone()),
            Node::Choice(alternatives) => Run::Choice(
                alternatives
                    .iter()
                    .map(|alternative| RunAlternative {
                        base: alternative.by.has_base(),
                        by: numbers.readers(alternative),
                        runs: runs(&alternative.nodes, numbers),
                    })
                    .collect(),
            ),
        })
        .collect()
}

/// Compares a text with the base: what only it has, and what only the base has.
pub(super) fn compared(base: &str, text: &str) -> Vec<Run> {
    let side = SideName::new("side").expect("`side` names a side");
    let merge = Merge::with_sides(base, [(side, text)]).expect("one side stands alone");
    let mut compared = Vec::new();
    for node in merge.nodes() {
        match node {
            Node::Text(words) => compared.push(Run::Text(words)),
            Node::Choice(alternatives) => {
                for alternative in alternatives {
                    let reader =
                        if alternative.by.has_base() { Reader::Base } else { side_reader() };
                    let words = travaux_text::side_of(&alternative.nodes, &reader);
                    let Some(words) = words.filter(|words| !words.is_empty()) else { continue };
                    compared.push(match reader {
                        Reader::Base => Run::Left(words),
                        Reader::Side(_) => Run::Own(words),
                    });
                }
            }
        }
    }
    compared
}

fn side_reader() -> Reader {
    Reader::Side(SideName::new("side").expect("`side` names a side"))
}

/// Leaves out what only the base has: the text as the side reads.
pub(super) fn as_read(mut runs: Vec<Run>) -> Vec<Run> {
    runs.retain(|run| !matches!(run, Run::Left(_)));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| match run {
                Run::Text(words) => words.clone(),
                Run::Own(words) => format!("+{words}+"),
                Run::Left(words) => format!("-{words}-"),
                Run::Choice(alternatives) => {
                    let each = alternatives.iter().map(|one| {
                        let base = if one.base { "base" } else { "" };
                        format!("{base}{:?}: {}", one.by, written(&one.runs))
                    });
                    format!("[{}]", each.collect::<Vec<_>>().join(" | "))
                }
            })
            .collect()
    }

    #[test]
    fn a_comparison_shows_both_and_reads_as_the_side() {
        let compared = compared("States shall act.", "States may act.");
        assert_eq!(written(&compared), "States -shall-+may+ act.");
        assert_eq!(written(&as_read(compared)), "States +may+ act.");
    }

    #[test]
    fn who_says_nothing_is_not_shown_as_reading_the_base() {
        let name = |name| SideName::new(name).unwrap();
        let merge = Merge::with_sides(
            "States shall act.",
            [
                (name("a"), "States may act."),
                (name("b"), "States shall act!"),
                (name("c"), "States shall act."),
            ],
        )
        .unwrap();
        let mut numbers = Numbers::new(["a", "b", "c"]);
        numbers.keep(["c"]);
        assert_eq!(
            written(&runs(&merge.nodes(), &numbers)),
            "States [base[3]: shall | [1]: may] act[base[3]: . | [2]: !]"
        );
    }
}
