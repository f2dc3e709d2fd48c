//! Where brackets stand that were asked for without an alternative.
//!
//! Such a pair is a choice of one alternative, which everybody who reaches it reads: no side
//! changes by a byte. It is laid around the printed form when that has been arranged, so it moves
//! no other bracket. Who asked is not known here.

use std::ops::Range;

use crate::node::{Alternative, Node, Readers, base_len, push_text};

/// Lays a pair of brackets around the bytes `asked` of a base of `len` bytes.
///
/// A choice that the words reach into is taken in whole; words that stand in one choice stand in
/// brackets already and get no second pair.
pub(super) fn bracketed(
    nodes: Vec<Node>,
    asked: &Range<usize>,
    len: usize,
    everybody: &Readers,
) -> Vec<Node> {
    let is_all = *asked == (0..len);
    let (mut before, mut inside, mut behind) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for node in nodes {
        let here = at..at + base_len(&node);
        at = here.end;
        match node {
            Node::Text(text) => {
                let cut = |byte: usize| byte.clamp(here.start, here.end) - here.start;
                let (from, to) = (cut(asked.start), cut(asked.end));
                push_text(&mut before, &text[..from]);
                push_text(&mut inside, &text[from..to]);
                push_text(&mut behind, &text[to..]);
            }
            choice @ Node::Choice(_) if is_all => inside.push(choice),
            choice @ Node::Choice(_) if here.end <= asked.start => before.push(choice),
            choice @ Node::Choice(_) if asked.end <= here.start => behind.push(choice),
            choice @ Node::Choice(_) => inside.push(choice),
        }
    }
    if let [] | [Node::Choice(_)] = inside.as_slice() {
        before.append(&mut inside);
    } else {
        let one = Alternative { by: everybody.clone(), nodes: inside };
        before.push(Node::Choice(vec![one]));
    }
    before.append(&mut behind);
    before
}
