//! Which provision of a text each provision of a file is, so that official words can be laid over a
//! paraphrase: by number and heading first, by place and by words where there is no number.
//!
//! Nothing is forced: what has no certain counterpart stays on its own side and is told. Nobody's words
//! are changed but for line breaks within a paragraph, which are white space. This module does not
//! know which of the two texts is the official one.

use std::collections::{BTreeMap, BTreeSet};

use crate::correspond::{CorrespondenceKind, correspond};
use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId, ProvisionKind};
use crate::token::{TokenKind, tokens};

/// How sure a match by words alone has to be.
const SURE_ENOUGH: f64 = 0.6;

/// By what two provisions were found to be one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum AttachedBy {
    /// The number of the article, and the numbers under it; or the same heading.
    Number,
    /// The place among the paragraphs without a number.
    Place,
    /// The words.
    Words,
}

/// A provision of the file that is one of the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attached {
    /// The provision of the text.
    pub provision: ProvisionId,
    /// The heading in the file; may be empty.
    pub heading: String,
    /// The words in the file, on one line; may be empty.
    pub text: String,
    /// By what they were matched.
    pub by: AttachedBy,
}

/// What could be laid over a text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Attachment {
    /// What was matched, in the order of the text.
    pub attached: Vec<Attached>,
    /// What stands in the file alone, in its order: its number, heading and words.
    pub unmatched: Vec<String>,
    /// The provisions with words of the text for which the file has none, in order.
    pub missing: Vec<ProvisionId>,
}

/// Tells which provision of `onto` each provision of `from` is.
pub fn attach(onto: &IssuedText, from: &IssuedText) -> Attachment {
    let from = &headed(from);
    let mut matching = Matching { onto, from, pairs: BTreeMap::new(), taken: BTreeSet::new() };
    matching.divisions();
    matching.numbered();
    matching.unnumbered();
    matching.by_words();
    matching.finish()
}

/// How many words a heading on a line of its own may have.
const HEADING_WORDS_MAX: usize = 15;

/// Takes for the heading of an article what stands alone in the line behind its number.
fn headed(text: &IssuedText) -> IssuedText {
    let is_heading = |words: &str| {
        let words = words.trim();
        !words.is_empty()
            && !words.ends_with(['.', ';', ':', ',', '\u{3002}'])
            && words.split_whitespace().count() <= HEADING_WORDS_MAX
    };
    let mut provisions = text.provisions().to_vec();
    let mut headings: BTreeSet<usize> = BTreeSet::new();
    for place in 0..provisions.len() {
        let division = &provisions[place];
        let is_bare = division.kind.is_division()
            && !matches!(division.kind, ProvisionKind::Title | ProvisionKind::Preamble)
            && division.heading.is_empty();
        if !is_bare {
            continue;
        }
        if is_heading(&division.text) {
            provisions[place].heading = std::mem::take(&mut provisions[place].text);
        } else if let Some(next) = provisions.get(place + 1)
            && division.text.is_empty()
            && next.parent.as_ref() == Some(&division.id)
            && next.number.is_empty()
            && !next.kind.is_division()
            && is_heading(&next.text)
            && text.children(&next.id).next().is_none()
        {
            let heading = next.text.clone();
            provisions[place].heading = heading;
            headings.insert(place + 1);
        }
    }
    let mut place = 0;
    provisions.retain(|_| {
        place += 1;
        !headings.contains(&(place - 1))
    });
    IssuedText::new(provisions).expect("a text without some that nothing stands under is a text")
}

struct Matching<'t> {
    onto: &'t IssuedText,
    from: &'t IssuedText,
    /// Of each provision of the text that of the file, by place in each.
    pairs: BTreeMap<usize, (usize, AttachedBy)>,
    taken: BTreeSet<usize>,
}

impl<'t> Matching<'t> {
    fn pair(&mut self, onto: usize, from: usize, by: AttachedBy) {
        if !self.pairs.contains_key(&onto) && self.taken.insert(from) {
            self.pairs.insert(onto, (from, by));
        }
    }

    /// Pairs articles, chapters and annexes: by heading, then by number where no heading speaks
    /// against it; the title and the preamble by what they are.
    fn divisions(&mut self) {
        let divisions = |text: &'t IssuedText| -> Vec<(usize, &'t Provision)> {
            let all = text.provisions().iter().enumerate();
            all.filter(|(_, provision)| provision.kind.is_division()).collect()
        };
        let (onto, from) = (divisions(self.onto), divisions(self.from));
        let heading = |provision: &Provision| match provision.kind {
            ProvisionKind::Title | ProvisionKind::Preamble => String::new(),
            _ => folded(&provision.heading),
        };
        let number = |provision: &Provision| match provision.kind {
            ProvisionKind::Title | ProvisionKind::Preamble => "only".to_owned(),
            _ => bare(&provision.number),
        };
        for key in [&heading as &dyn Fn(&Provision) -> String, &number] {
            let (places, others) = (unique(&onto, key), unique(&from, key));
            for (name, place) in places {
                let Some(&other) = others.get(&name) else { continue };
                let (one, two) = (&self.onto.provisions()[place], &self.from.provisions()[other]);
                if !contradict(&one.heading, &two.heading) {
                    self.pair(place, other, AttachedBy::Number);
                }
            }
        }
    }

    /// Pairs numbered paragraphs under paired divisions, from the outermost in.
    fn numbered(&mut self) {
        for place in 0..self.onto.len() {
            let Some(&(other, _)) = self.pairs.get(&place) else { continue };
            let onto = numbered_below(self.onto, place);
            let from = numbered_below(self.from, other);
            for (path, below) in onto {
                if let Some(&other) = from.get(&path) {
                    self.pair(below, other, AttachedBy::Number);
                }
            }
        }
    }

    /// Pairs the paragraphs without a number under each paired provision: in order where there are as
    /// many, else by their words.
    fn unnumbered(&mut self) {
        for place in 0..self.onto.len() {
            let Some(&(other, _)) = self.pairs.get(&place) else { continue };
            let onto = free_below(self.onto, place, |at| self.pairs.contains_key(&at));
            let from = free_below(self.from, other, |at| self.taken.contains(&at));
            if onto.len() == from.len() {
                for (place, other) in onto.into_iter().zip(from) {
                    self.pair(place, other, AttachedBy::Place);
                }
            } else {
                self.alike(&onto, &from);
            }
        }
    }

    /// Pairs what is left by its words, wherever it stands.
    fn by_words(&mut self) {
        let with_words = |text: &IssuedText, is_paired: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let all = text.provisions().iter().enumerate();
            all.filter(|(at, provision)| !provision.text.is_empty() && !is_paired(*at))
                .map(|(at, _)| at)
                .collect()
        };
        let onto = with_words(self.onto, &|at| self.pairs.contains_key(&at));
        let from = with_words(self.from, &|at| self.taken.contains(&at));
        self.alike(&onto, &from);
    }

    fn alike(&mut self, onto: &[usize], from: &[usize]) {
        let words = |text: &'t IssuedText, places: &[usize]| -> Vec<&'t str> {
            places.iter().map(|at| text.provisions()[*at].text.as_str()).collect()
        };
        for found in correspond(&words(self.onto, onto), &words(self.from, from)) {
            let is_one =
                matches!(found.kind, CorrespondenceKind::Same | CorrespondenceKind::Changed);
            if let ([place], [other], true) = (&found.old[..], &found.new[..], is_one)
                && SURE_ENOUGH <= found.confidence
            {
                self.pair(onto[*place], from[*other], AttachedBy::Words);
            }
        }
    }

    fn finish(self) -> Attachment {
        let attached = self.pairs.iter().map(|(place, (other, by))| {
            let found = &self.from.provisions()[*other];
            Attached {
                provision: self.onto.provisions()[*place].id.clone(),
                heading: on_one_line(&found.heading),
                text: on_one_line(&found.text),
                by: *by,
            }
        });
        let attached: Vec<Attached> =
            attached.filter(|one| !one.heading.is_empty() || !one.text.is_empty()).collect();
        let has_words: BTreeSet<&ProvisionId> =
            attached.iter().filter(|one| !one.text.is_empty()).map(|one| &one.provision).collect();
        let all = self.onto.provisions().iter();
        let missing = all
            .filter(|provision| !provision.text.is_empty() && !has_words.contains(&provision.id))
            .map(|provision| provision.id.clone())
            .collect();
        let alone = self.from.provisions().iter().enumerate();
        let unmatched = alone
            .filter(|(at, _)| !self.taken.contains(at))
            .map(|(_, provision)| {
                let parts = [&provision.number, &provision.heading, &provision.text];
                let parts = parts.iter().filter(|part| !part.is_empty());
                parts.map(|part| on_one_line(part)).collect::<Vec<_>>().join(" ")
            })
            .filter(|said| said.contains(char::is_alphanumeric))
            .collect();
        Attachment { attached, unmatched, missing }
    }
}

/// Returns the paragraphs directly under a provision that bear no number and have words.
fn free_below(text: &IssuedText, place: usize, is_paired: impl Fn(usize) -> bool) -> Vec<usize> {
    let id = &text.provisions()[place].id;
    let children = text.children(id).filter(|child| {
        child.number.is_empty() && !child.text.is_empty() && !child.kind.is_division()
    });
    let places = children.filter_map(|child| text.position(&child.id));
    places.filter(|at| !is_paired(*at)).collect()
}

/// Returns the divisions by a key of theirs, those whose key others have too left out.
fn unique(
    divisions: &[(usize, &Provision)],
    key: &dyn Fn(&Provision) -> String,
) -> BTreeMap<(ProvisionKind, String), usize> {
    let mut found: BTreeMap<(ProvisionKind, String), Option<usize>> = BTreeMap::new();
    for (place, provision) in divisions {
        let name = key(provision);
        if !name.is_empty() {
            let entry = found.entry((provision.kind, name));
            entry.and_modify(|known| *known = None).or_insert(Some(*place));
        }
    }
    found.into_iter().filter_map(|(name, place)| Some((name, place?))).collect()
}

/// Returns the numbered paragraphs below a division, those under divisions of their own left out, by
/// their numbers one under the other; a number that stands twice names nothing.
fn numbered_below(text: &IssuedText, place: usize) -> BTreeMap<Vec<String>, usize> {
    let top = &text.provisions()[place];
    let mut found: BTreeMap<Vec<String>, Option<usize>> = BTreeMap::new();
    if !top.kind.is_division() {
        return BTreeMap::new();
    }
    for below in text.subtree(&top.id).iter().skip(1) {
        if below.number.is_empty() || below.kind.is_division() {
            continue;
        }
        let between: Vec<&Provision> =
            text.ancestors(&below.id).take_while(|above| above.id != top.id).collect();
        if between.iter().any(|above| above.kind.is_division()) {
            continue;
        }
        let path = between.iter().rev().copied().chain([below]).map(|one| bare(&one.number));
        let path: Vec<String> = path.filter(|number| !number.is_empty()).collect();
        let at = text.position(&below.id);
        found.entry(path).and_modify(|known| *known = None).or_insert(at);
    }
    found.into_iter().filter_map(|(path, at)| Some((path, at?))).collect()
}

/// Reports whether two headings speak against each other: both say something, and no word of
/// substance is in both.
fn contradict(one: &str, other: &str) -> bool {
    let words = |heading: &str| -> BTreeSet<String> {
        let words = tokens(heading).filter(|token| TokenKind::of(token) == TokenKind::Word);
        words.filter(|word| 3 < word.chars().count()).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
}

/// Returns a number without the punctuation and the rank it is printed with, in small letters.
fn bare(number: &str) -> String {
    let lower = number.to_lowercase();
    let ranks = ["article", "chapter", "section", "part", "annex"];
    let rest = ranks.iter().find_map(|rank| lower.strip_prefix(rank)).unwrap_or(&lower);
    rest.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn folded(heading: &str) -> String {
    on_one_line(heading).to_lowercase().trim_end_matches('.').to_owned()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
