//! Passages of drafts by the numbers printed on them, and which became which.
//!
//! A number is printed once in its article, so it is named with the article it stands under:
//! `3(2)(a)`; without articles it is `2` or `2(a)`. What bears no number is named by its place: `¶7`.

use std::collections::BTreeMap;

use super::{Correspondence, CorrespondenceKind, correspond, in_reading_order, mark_crossing};
use crate::bracketed::{Block, BlockKind, BracketedDraft};
use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId, ProvisionKind};

/// A passage of a draft.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passage<'t> {
    /// What it is called: its printed number, with those above it.
    pub name: String,
    /// The line it begins in, counted from one; none where the draft is no file.
    pub line: Option<usize>,
    /// The provision's stable id, where there is one.
    pub id: Option<&'t ProvisionId>,
    /// Its words, without the number.
    pub words: String,
}

/// Returns the passages of a draft as it was found: paragraphs and headings.
pub fn draft_passages<'t>(draft: &BracketedDraft<'t>) -> Vec<Passage<'t>> {
    let mut numbers = Numbers::default();
    let source = draft.source();
    let blocks = draft
        .blocks()
        .iter()
        .filter(|block| source[block.bytes.clone()].contains(char::is_alphanumeric));
    let passages = blocks.enumerate().map(|(place, block)| {
        let words = match &block.kind {
            BlockKind::Numbered(number) => &source[number.end..block.bytes.end],
            _ => &source[block.bytes.clone()],
        };
        let name = numbers.name(source, block).unwrap_or_else(|| format!("¶{}", place + 1));
        Passage { name, line: Some(block.line), id: None, words: words.to_owned() }
    });
    passages.collect()
}

/// The numbers that stand above the next passage.
#[derive(Default)]
struct Numbers {
    article: Option<String>,
    /// (indentation, number) of the paragraph and the subparagraphs that are open.
    open: Vec<(usize, String)>,
}

impl Numbers {
    fn name(&mut self, source: &str, block: &Block) -> Option<String> {
        match &block.kind {
            BlockKind::Heading(_) => {
                self.open.clear();
                let heading = source[block.bytes.clone()].trim_start_matches('#').trim();
                let head = heading.get(..8).filter(|head| head.eq_ignore_ascii_case("article "));
                let number = head.and_then(|_| heading[8..].split_whitespace().next());
                self.article =
                    number.map(|number| number.trim_end_matches([':', '.', '*']).to_owned());
                self.article.as_ref().map(|number| format!("Article {number}"))
            }
            BlockKind::Numbered(range) => {
                let printed = &source[range.clone()];
                let is_lettered = printed.starts_with('(');
                let number = printed.trim_matches(|c| "().: ".contains(c)).to_owned();
                if is_lettered {
                    // A letter stands under the number before it, whatever the indentation.
                    self.open.retain(|(indent, held)| {
                        *indent < block.indent || held.starts_with(|c: char| c.is_ascii_digit())
                    });
                } else {
                    self.open.clear();
                }
                self.open.push((block.indent, number));
                let numbers = self.open.iter().map(|(_, number)| number.as_str());
                Some(joined(self.article.as_deref(), numbers))
            }
            BlockKind::Matter
            | BlockKind::Option(_)
            | BlockKind::NoText
            | BlockKind::Footnote
            | BlockKind::Paragraph => None,
        }
    }
}

/// Sets numbers one under the other: `3(2)(a)`.
fn joined<'n>(article: Option<&'n str>, numbers: impl Iterator<Item = &'n str>) -> String {
    let mut name = String::new();
    for number in article.into_iter().chain(numbers) {
        if name.is_empty() {
            name.push_str(number);
        } else {
            name.extend(["(", number, ")"]);
        }
    }
    name
}

/// Returns the passages of a text as issued: the provisions that carry words.
pub fn issued_passages(text: &IssuedText) -> Vec<Passage<'_>> {
    let all = text
        .provisions()
        .iter()
        .filter(|provision| !provision.text.is_empty() || !provision.heading.is_empty());
    let passages = all.enumerate().map(|(place, provision)| Passage {
        name: issued_name(text, provision).unwrap_or_else(|| format!("¶{}", place + 1)),
        line: None,
        id: Some(&provision.id),
        words: [provision.heading.as_str(), provision.text.as_str()].join(" ").trim().to_owned(),
    });
    passages.collect()
}

fn issued_name(text: &IssuedText, provision: &Provision) -> Option<String> {
    if provision.number.is_empty() {
        return None;
    }
    if provision.kind.is_division() {
        let kind = match provision.kind {
            ProvisionKind::Article => "Article",
            ProvisionKind::Chapter => "Chapter",
            ProvisionKind::Section => "Section",
            ProvisionKind::Annex => "Annex",
            ProvisionKind::Title
            | ProvisionKind::Preamble
            | ProvisionKind::Paragraph
            | ProvisionKind::Subparagraph => "",
        };
        return Some(format!("{kind} {}", provision.number).trim_start().to_owned());
    }
    let mut above: Vec<&Provision> = text.ancestors(&provision.id).collect();
    above.insert(0, provision);
    above.retain(|one| !one.kind.is_division() || one.kind == ProvisionKind::Article);
    let numbers = above.iter().rev().map(|one| one.number.trim_matches(|c| "(). ".contains(c)));
    Some(joined(None, numbers.filter(|number| !number.is_empty())))
}

/// Tells which passage became which: by stable id where both drafts know it, by words where not.
pub fn correspond_passages(old: &[Passage<'_>], new: &[Passage<'_>]) -> Vec<Correspondence> {
    let place: BTreeMap<&ProvisionId, usize> =
        new.iter().enumerate().filter_map(|(place, one)| Some((one.id?, place))).collect();
    let mut found = Vec::new();
    let mut is_known = (vec![false; old.len()], vec![false; new.len()]);
    for (at, one) in old.iter().enumerate() {
        let Some(&other) = one.id.and_then(|id| place.get(id)) else { continue };
        (is_known.0[at], is_known.1[other]) = (true, true);
        let is_same = one.words == new[other].words;
        let kind = if is_same { CorrespondenceKind::Same } else { CorrespondenceKind::Changed };
        let (old, new) = (vec![at], vec![other]);
        found.push(Correspondence { old, new, kind, is_moved: false, confidence: 1.0 });
    }
    let rest = |is_known: &[bool]| -> Vec<usize> {
        (0..is_known.len()).filter(|&at| !is_known[at]).collect()
    };
    let (olds, news) = (rest(&is_known.0), rest(&is_known.1));
    let old_words: Vec<&str> = olds.iter().map(|&at| old[at].words.as_str()).collect();
    let new_words: Vec<&str> = news.iter().map(|&at| new[at].words.as_str()).collect();
    for mut one in correspond(&old_words, &new_words) {
        one.old.iter_mut().for_each(|at| *at = olds[*at]);
        one.new.iter_mut().for_each(|at| *at = news[*at]);
        found.push(one);
    }
    mark_crossing(&mut found, |at| crate::token::words(&old[at].words));
    in_reading_order(found)
}
