//! Two wordings beside each other, word by word: what both hold, and what only one does.
//!
//! White space is not compared; letters and marks are, to the byte. It does not know which of the
//! two is the better wording.

use std::collections::HashMap;

use crate::align::{FOREIGN, Symbol, align};
use crate::token::{TokenKind, tokens};

/// A stretch of two wordings laid beside each other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AlignedPiece {
    /// Both read so; the white space is the precedent's.
    Both(String),
    /// Only the precedent reads so.
    Precedent(String),
    /// Only the words asked for read so.
    Asked(String),
}

/// Lays the words asked for beside a precedent.
///
/// What both hold and what only the precedent holds is, one after the other, the precedent to the
/// byte. What both hold and what only the words asked for hold are these, apart from white space.
pub fn aligned(asked: &str, precedent: &str) -> Vec<AlignedPiece> {
    let mut classes = HashMap::new();
    let (ours, theirs) = (spaced(asked), spaced(precedent));
    let ours_seen: Vec<u32> = ours.iter().map(|token| class(&mut classes, token.0)).collect();
    let theirs_seen: Vec<u32> =
        theirs.iter().map(|token| classes.get(token.0).copied().unwrap_or(FOREIGN)).collect();
    let mut pieces = Pieces::default();
    let (mut i, mut j) = (0, 0);
    for found in align(&symbols(&ours_seen), &symbols(&theirs_seen)) {
        pieces.differs(&ours[i..found.base], &theirs[j..found.side]);
        (i, j) = (found.base + found.len, found.side + found.len);
        theirs[found.side..j].iter().for_each(|token| pieces.both(token));
    }
    pieces.differs(&ours[i..], &theirs[j..]);
    let end = precedent.len() - precedent.trim_end().len();
    pieces.end(&precedent[precedent.len() - end..]);
    pieces.0
}

/// A token with the white space before it.
type Spaced<'a> = (&'a str, &'a str);

fn spaced(text: &str) -> Vec<Spaced<'_>> {
    let mut space = "";
    let mut all = Vec::new();
    for token in tokens(text) {
        if TokenKind::of(token) == TokenKind::Space {
            space = token;
        } else {
            all.push((token, std::mem::take(&mut space)));
        }
    }
    all
}

/// Returns the number of a token, giving it the next one where it is new.
pub(super) fn class<'a>(classes: &mut HashMap<&'a str, u32>, token: &'a str) -> u32 {
    let next = u32::try_from(classes.len()).expect("a text holds fewer tokens than 32 bits count");
    *classes.entry(token).or_insert(next)
}

/// Returns what the alignment wants to know of tokens that are no white space.
pub(super) fn symbols(classes: &[u32]) -> Vec<Symbol> {
    let most = classes.iter().filter(|&&class| class != FOREIGN).max().map_or(0, |&max| max + 1);
    let mut count = vec![0_u8; most as usize];
    for &class in classes {
        if let Some(count) = count.get_mut(class as usize) {
            *count = count.saturating_add(1);
        }
    }
    let is_unique = |class: u32| count.get(class as usize) == Some(&1);
    let symbol = |&class| Symbol { class, is_space: false, is_unique: is_unique(class) };
    classes.iter().map(symbol).collect()
}

#[derive(Default)]
struct Pieces(Vec<AlignedPiece>);

impl Pieces {
    fn both(&mut self, (token, space): &Spaced<'_>) {
        if !matches!(self.0.last(), Some(AlignedPiece::Both(_))) {
            self.0.push(AlignedPiece::Both(String::new()));
        }
        if let Some(AlignedPiece::Both(text)) = self.0.last_mut() {
            text.push_str(space);
            text.push_str(token);
        }
    }

    fn differs(&mut self, ours: &[Spaced<'_>], theirs: &[Spaced<'_>]) {
        let join = |tokens: &[Spaced<'_>]| -> String {
            tokens.iter().flat_map(|(token, space)| [*space, *token]).collect()
        };
        if !ours.is_empty() {
            self.0.push(AlignedPiece::Asked(join(ours).trim_start().to_owned()));
        }
        if !theirs.is_empty() {
            self.0.push(AlignedPiece::Precedent(join(theirs)));
        }
    }

    fn end(&mut self, space: &str) {
        let last = self.0.iter_mut().rev().find_map(|piece| match piece {
            AlignedPiece::Both(text) | AlignedPiece::Precedent(text) => Some(text),
            AlignedPiece::Asked(_) => None,
        });
        if let Some(text) = last {
            text.push_str(space);
        }
    }
}
