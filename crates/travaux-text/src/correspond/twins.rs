//! Which passages are the same in both drafts beyond doubt, found without looking at their words.
//!
//! Passages of equal content (white space at the ends apart) that stand once in each draft are twins;
//! so are equal neighbours of twins, on the same side. All other work is done on what is left.

/// The passages of two drafts by what they hold.
#[derive(Debug)]
pub(crate) struct Twins {
    /// Of each old passage, its twin in the new draft.
    pub(crate) to_new: Vec<Option<usize>>,
    /// Of each new passage, its twin in the old draft.
    pub(crate) to_old: Vec<Option<usize>>,
    /// Of each old and each new passage, a number that is equal for equal content.
    pub(super) content: (Vec<u32>, Vec<u32>),
    /// Of each content, its bytes.
    bytes: Vec<usize>,
}

/// About so many bytes stand for a word, where words are not counted.
const WORD_BYTES: usize = 6;

impl Twins {
    /// Finds the twins among the passages of two drafts.
    pub(crate) fn find<'t>(
        old: impl ExactSizeIterator<Item = &'t str>,
        new: impl ExactSizeIterator<Item = &'t str>,
    ) -> Self {
        let mut table = Contents::new(old.len() + new.len());
        let mut to_new = vec![None; old.len()];
        let mut to_old = vec![None; new.len()];
        let olds: Vec<u32> = old.map(|text| table.number(text.trim())).collect();
        let news: Vec<u32> = new.map(|text| table.number(text.trim())).collect();
        // Of each content, how often it stands in the old draft and in the new, and where last.
        let mut places = vec![((0_u32, 0), (0_u32, 0)); table.known.len()];
        for (at, &content) in olds.iter().enumerate() {
            let place = &mut places[content as usize].0;
            *place = (place.0 + 1, at);
        }
        for (at, &content) in news.iter().enumerate() {
            let place = &mut places[content as usize].1;
            *place = (place.0 + 1, at);
        }
        for (text, &((in_old, old), (in_new, new))) in table.known.iter().zip(&places) {
            if in_old == 1 && in_new == 1 && !text.is_empty() {
                to_new[old] = Some(new);
                to_old[new] = Some(old);
            }
        }
        let bytes = table.known.iter().map(|text| text.len()).collect();
        let mut twins = Self { to_new, to_old, content: (olds, news), bytes };
        let count = twins.to_new.len();
        for old in 0..count {
            twins.spread(old, |at| at.checked_add(1));
        }
        for old in (0..count).rev() {
            twins.spread(old, |at| at.checked_sub(1));
        }
        twins
    }

    /// Returns about how many words content has.
    pub(super) fn words(&self, content: u32) -> u64 {
        1 + (self.bytes[content as usize] / WORD_BYTES) as u64
    }

    /// Makes twins of the next passages in one direction, if they are equal and have none yet.
    fn spread(&mut self, old: usize, next: impl Fn(usize) -> Option<usize>) {
        let Some(new) = self.to_new[old] else { return };
        let (Some(old), Some(new)) = (next(old), next(new)) else { return };
        let is_free = |to: &[Option<usize>], at: usize| to.get(at) == Some(&None);
        if is_free(&self.to_new, old)
            && is_free(&self.to_old, new)
            && self.content.0[old] == self.content.1[new]
        {
            self.to_new[old] = Some(new);
            self.to_old[new] = Some(old);
        }
    }
}

/// Numbers texts in the order of first appearance: a table that is only ever asked, never walked.
struct Contents<'t> {
    /// (hash, number + 1), or zeros; the length is a power of two, more than twice the texts.
    slots: Vec<(u64, u32)>,
    known: Vec<&'t str>,
}

impl<'t> Contents<'t> {
    fn new(texts: usize) -> Self {
        Self { slots: vec![(0, 0); (2 * texts + 2).next_power_of_two()], known: Vec::new() }
    }

    fn number(&mut self, text: &'t str) -> u32 {
        let mask = self.slots.len() - 1;
        let hash = crate::token::fingerprint(text);
        let mut slot = usize::try_from(hash >> 32).unwrap_or_default() & mask;
        loop {
            match self.slots[slot] {
                (_, 0) => break,
                (other, held) if other == hash && self.known[held as usize - 1] == text => {
                    return held - 1;
                }
                _ => slot = (slot + 1) & mask,
            }
        }
        self.known.push(text);
        let count = u32::try_from(self.known.len()).expect("passages are fewer than 2^32");
        self.slots[slot] = (hash, count);
        count - 1
    }
}
