//! What becomes of a side when a new base is issued: a suggestion, and an account of every edit.
//!
//! It suggests; the record decides which proposals are carried and which lapse (DESIGN, section
//! 5). It never guesses: what has no certain place in the new base is kept word for word for a
//! person to look at, and is not written into the suggestion.

mod proposal;

use std::fmt;

use crate::merge::{Merge, SideChange};
use crate::node::SideName;

pub use proposal::{ChangeRebase, ChangeTrouble, Outcome, ProposalRebase, rebase_proposal};

/// What becomes of one edit of a side.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Fate {
    /// It applies to the new base and is in the suggestion.
    Carried,
    /// The new base already has it.
    Absorbed,
    /// It has no certain place in the new base; a person has to look.
    Attention(Doubt),
}

/// Why an edit has no certain place in the new base.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Doubt {
    /// The new base has other words in the same gap.
    OtherWordsThere,
    /// The new base deletes the words around it.
    SurroundingsDeleted,
    /// The new base has new words inside what the side deletes.
    NewWordsInside,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherWordsThere => "the new base has other words there",
            Self::SurroundingsDeleted => "the new base deletes the words around it",
            Self::NewWordsInside => "the new base has new words inside it",
        })
    }
}

/// Whether an edit takes away or brings in.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum EditKind {
    /// Words of the old base that the side deletes.
    Deletion,
    /// Words that the side inserts.
    Insertion,
}

/// One edit of a side: consecutive deleted words with one fate, or the string inserted in one
/// gap.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Edit {
    /// Whether it takes away or brings in.
    pub kind: EditKind,
    /// The words, to the byte.
    pub text: String,
    /// Where it stands in the old base: its first token for a deletion, its gap for an insertion.
    pub place: usize,
    /// What becomes of it.
    pub fate: Fate,
}

/// The suggestion for one side over a new base, with its account.
///
/// The edits are exactly what the side changes in the old base: each deleted token is in one
/// deletion, each inserted string is one insertion.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TextRebase {
    /// The side over the new base, with what is carried and without what needs attention.
    pub suggestion: String,
    /// Every edit, in the order of the old base.
    pub edits: Vec<Edit>,
}

impl TextRebase {
    /// Counts the edits that are carried.
    pub fn carried(&self) -> usize {
        self.count(|fate| fate == Fate::Carried)
    }

    /// Counts the edits that the new base already has.
    pub fn absorbed(&self) -> usize {
        self.count(|fate| fate == Fate::Absorbed)
    }

    /// Counts the edits that a person has to look at.
    pub fn attention(&self) -> usize {
        self.count(|fate| matches!(fate, Fate::Attention(_)))
    }

    /// Says in one word what becomes of the side.
    pub fn outcome(&self) -> Outcome {
        let taken_up =
            |edit: &Edit| edit.kind == EditKind::Insertion && edit.fate == Fate::Absorbed;
        match (self.carried(), self.absorbed(), self.attention()) {
            (_, 0, 0) => Outcome::Applies,
            (0, _, 0) => Outcome::Absorbed,
            (_, _, 0) => Outcome::PartlyAbsorbed,
            // That both delete the same words is no part of what the side wants in their place.
            (0, _, _) if !self.edits.iter().any(taken_up) => Outcome::Superseded,
            (_, _, _) => Outcome::NeedsAttention,
        }
    }

    fn count(&self, is: impl Fn(Fate) -> bool) -> usize {
        self.edits.iter().filter(|edit| is(edit.fate)).count()
    }
}

/// Suggests how `side`, written over the base `old`, reads over the base `new`.
///
/// The suggestion over the old base itself is the side; over a base that takes up the whole side
/// it is that base, everything absorbed.
#[expect(clippy::missing_panics_doc, reason = "two constant names are valid and differ")]
pub fn rebase_text(old: &str, new: &str, side: &str) -> TextRebase {
    let mut merge = Merge::new(old);
    let [side_name, new_name] =
        ["side", "new"].map(|name| SideName::new(name).expect("neither name is empty or `base`"));
    for (name, text) in [(&side_name, side), (&new_name, new)] {
        merge.table(name.clone(), text).expect("two different names");
    }
    let change = |name: &SideName| merge.change(name).expect("both have just been tabled");
    let (asked, issued) = (change(&side_name), change(&new_name));
    let mut edits = Vec::new();
    for hunk in hunks(asked) {
        hunk.decide(&merge, issued, &mut edits);
    }
    TextRebase { suggestion: written(&merge, issued, &edits), edits }
}

/// What a side changes between two tokens it keeps: words deleted, a string in the gap behind
/// them, or both. The halves of a replacement are carried together or not at all.
struct Hunk<'a> {
    deleted: std::ops::Range<usize>,
    inserted: Option<&'a str>,
}

fn hunks(change: &SideChange) -> Vec<Hunk<'_>> {
    let mut hunks: Vec<Hunk<'_>> = change
        .deleted()
        .iter()
        .map(|deleted| Hunk { deleted: deleted.clone(), inserted: change.insertion(deleted.end) })
        .collect();
    let behind_deletion = |gap: usize| change.deleted().iter().any(|range| range.end == gap);
    let alone = change.inserted().filter(|(gap, _)| !behind_deletion(*gap));
    hunks.extend(alone.map(|(gap, text)| Hunk { deleted: gap..gap, inserted: Some(text) }));
    hunks.sort_by_key(|hunk| hunk.deleted.end);
    hunks
}

impl Hunk<'_> {
    fn gap(&self) -> usize {
        self.deleted.end
    }

    /// Finds why the hunk has no certain place in the base that makes the change `issued`.
    fn doubt(&self, issued: &SideChange) -> Option<Doubt> {
        let gap = self.gap();
        if (self.deleted.start + 1..gap).any(|inside| issued.insertion(inside).is_some()) {
            return Some(Doubt::NewWordsInside);
        }
        let inserted = self.inserted?;
        match issued.insertion(gap) {
            Some(other) if other == inserted => None,
            Some(_) => Some(Doubt::OtherWordsThere),
            None if gap > 0 && issued.deletes(gap - 1) && issued.deletes(gap) => {
                Some(Doubt::SurroundingsDeleted)
            }
            None => None,
        }
    }

    fn decide(&self, merge: &Merge, issued: &SideChange, edits: &mut Vec<Edit>) {
        let doubt = self.doubt(issued);
        let open = doubt.map_or(Fate::Carried, Fate::Attention);
        let mut from = self.deleted.start;
        while from < self.deleted.end {
            let gone = issued.deletes(from);
            let to = (from..self.deleted.end)
                .find(|&at| issued.deletes(at) != gone)
                .unwrap_or(self.deleted.end);
            edits.push(Edit {
                kind: EditKind::Deletion,
                text: merge.base_text(from..to).to_owned(),
                place: from,
                fate: if gone { Fate::Absorbed } else { open },
            });
            from = to;
        }
        if let Some(inserted) = self.inserted {
            let there = issued.insertion(self.gap()) == Some(inserted);
            edits.push(Edit {
                kind: EditKind::Insertion,
                text: inserted.to_owned(),
                place: self.gap(),
                fate: if there { Fate::Absorbed } else { open },
            });
        }
    }
}

/// Writes the new base with the carried edits.
fn written(merge: &Merge, issued: &SideChange, edits: &[Edit]) -> String {
    let len = merge.base_len();
    let mut deleted: Vec<bool> = (0..len).map(|token| issued.deletes(token)).collect();
    let mut inserted: Vec<Option<&str>> = (0..=len).map(|gap| issued.insertion(gap)).collect();
    for edit in edits.iter().filter(|edit| edit.fate == Fate::Carried) {
        match edit.kind {
            EditKind::Insertion => inserted[edit.place] = Some(&edit.text),
            EditKind::Deletion => {
                let mut left = edit.text.len();
                let mut token = edit.place;
                while left > 0 {
                    deleted[token] = true;
                    left -= merge.base_text(token..token + 1).len();
                    token += 1;
                }
            }
        }
    }
    let mut text = String::new();
    for (gap, string) in inserted.into_iter().enumerate() {
        text.push_str(string.unwrap_or_default());
        if gap < len && !deleted[gap] {
            text.push_str(merge.base_text(gap..gap + 1));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compose::compose;

    fn some_text() -> impl Strategy<Value = String> {
        let words = vec!["a", "b", "c", "d", "x", "y", ","];
        proptest::collection::vec(proptest::sample::select(words), 0..8)
            .prop_map(|words| words.join(" "))
    }

    fn all(rebase: &TextRebase, is: impl Fn(Fate) -> bool) -> bool {
        rebase.edits.iter().all(|edit| is(edit.fate))
    }

    fn change(base: &str, side: &str) -> (Merge, SideName) {
        let name = SideName::new("it").expect("a name");
        let merge = Merge::with_sides(base, [(name.clone(), side)]).expect("one side");
        (merge, name)
    }

    proptest! {
        #[test]
        fn the_old_base_again_changes_nothing(base in some_text(), side in some_text()) {
            let rebase = rebase_text(&base, &base, &side);
            prop_assert_eq!(&rebase.suggestion, &side);
            prop_assert!(all(&rebase, |fate| fate == Fate::Carried));
        }

        #[test]
        fn a_base_that_is_the_side_absorbs_all_of_it(base in some_text(), side in some_text()) {
            let rebase = rebase_text(&base, &side, &side);
            prop_assert_eq!(&rebase.suggestion, &side);
            prop_assert!(all(&rebase, |fate| fate == Fate::Absorbed));
        }

        #[test]
        fn who_asks_nothing_gets_the_new_base(base in some_text(), new in some_text()) {
            let rebase = rebase_text(&base, &new, &base);
            prop_assert_eq!(&rebase.suggestion, &new);
            prop_assert!(rebase.edits.is_empty());
        }

        /// Each deleted token and each inserted string has one fate, and absorbed is what the new
        /// base has: the oracle asks token by token and gap by gap.
        #[test]
        fn every_edit_has_exactly_one_fate(
            base in some_text(),
            new in some_text(),
            side in some_text(),
        ) {
            let rebase = rebase_text(&base, &new, &side);
            let (asked, it) = change(&base, &side);
            let (issued, _) = change(&base, &new);
            let mut place = 0;
            for token in 0..asked.base_len() {
                let text = asked.base_text(token..token + 1);
                let start = place;
                place += text.len();
                let mut fates = Vec::new();
                for edit in rebase.edits.iter().filter(|it| it.kind == EditKind::Deletion) {
                    let from = asked.base_text(0..edit.place).len();
                    if (from..from + edit.text.len()).contains(&start) {
                        fates.push(edit.fate);
                    }
                }
                let deleted = asked.deleters(token).contains(&it);
                prop_assert_eq!(fates.len(), usize::from(deleted));
                for fate in fates {
                    let gone = issued.deleters(token).contains(&it);
                    prop_assert_eq!(fate == Fate::Absorbed, gone);
                }
            }
            for gap in 0..=asked.base_len() {
                let edits = rebase.edits.iter().filter(|it| it.kind == EditKind::Insertion);
                let here: Vec<&Edit> = edits.filter(|edit| edit.place == gap).collect();
                let inserted = asked.insertions(gap).remove(&it);
                prop_assert_eq!(here.len(), usize::from(inserted.is_some()));
                if let (Some(edit), Some(string)) = (here.first(), inserted) {
                    prop_assert_eq!(&edit.text, &string);
                    let there = issued.insertions(gap).remove(&it) == Some(string);
                    prop_assert_eq!(edit.fate == Fate::Absorbed, there);
                }
            }
        }

        /// Nothing needs attention exactly where side and new base compose over the old base, and
        /// then the suggestion is both composed.
        #[test]
        fn what_composes_with_the_new_base_is_carried(
            base in some_text(),
            new in some_text(),
            side in some_text(),
        ) {
            let rebase = rebase_text(&base, &new, &side);
            let names = ["new", "side"].map(|name| SideName::new(name).expect("a name"));
            let texts = [new.as_str(), side.as_str()];
            let merge = Merge::with_sides(&base, names.clone().into_iter().zip(texts))
                .expect("two names");
            let composition = compose(&merge, &names);
            if let [reading] = composition.readings.as_slice() {
                prop_assert_eq!(rebase.attention(), 0);
                prop_assert_eq!(&rebase.suggestion, &reading.text);
            } else {
                prop_assert!(rebase.attention() > 0 || rebase.absorbed() > 0);
            }
        }
    }

    #[test]
    fn a_replacement_is_carried_whole_or_not_at_all() {
        let rebase = rebase_text("they shall act", "they must act", "they should act");
        assert_eq!(rebase.suggestion, "they must act");
        assert_eq!(rebase.attention(), 1);
        assert_eq!(rebase.absorbed(), 1, "both delete the old word");
    }
}
