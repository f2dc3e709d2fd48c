//! Numbers one behind the other: "6, 7 and 9", "23 to 40", "1 (b) and (c)", "6, paragraph 1".

use super::{Level, Numeral, Pick, Pointer, Reader, depth};
use crate::provision::ProvisionKind;
use crate::references::numeral::{is_adverb, is_digits, is_letter, is_roman};

/// Paths that one item of a list stands for, and the place behind it.
type Item = (Vec<Pointer>, usize);

impl Reader<'_, '_> {
    /// Reads a rank with its numbers.
    pub(super) fn list(&self, at: usize) -> Option<Item> {
        let (kind, plural, from) = self.unit(at)?;
        let (mut pointers, mut next) = self.item(from, kind)?;
        if let [first] = pointers.as_mut_slice() {
            first.range.start = self.words[at].range.start;
        }
        while let Some(behind) = self.separator(next) {
            // "(b) and (c)": the same paragraph, another subparagraph.
            let further = self
                .further_letters(behind, pointers.last())
                .or_else(|| if plural { self.item(behind, kind) } else { None });
            let Some((more, end)) = further else { break };
            pointers.extend(more);
            next = end;
        }
        Some((pointers, next))
    }

    /// Reads one number with what stands below it: "1 (b)", "6, paragraph 2", "23 to 40", "6(2)".
    pub(super) fn item(&self, at: usize, kind: ProvisionKind) -> Option<Item> {
        let (mut path, mut next) = self.number(at, kind)?;
        if path.len() == 1
            && ["to", "through", "-", "\u{2013}", "\u{2014}"].contains(&self.lower(next))
            && let Some((mut until, behind)) = self.number(next + 1, kind)
            && until.len() == 1
            && let (Pick::Number(first), Some(Level { pick: Pick::Number(last), .. })) =
                (&path[0].pick, until.pop())
        {
            path = vec![Level { kind, pick: Pick::Span(first.clone(), last) }];
            next = behind;
        }
        let own = Pointer { range: self.bytes(at, next), path };
        // "article 6, paragraph 1 (b)": a lower rank behind a comma or nothing.
        let lower = next + usize::from(self.lower(next) == ",");
        if let Some((rank, ..)) = self.unit(lower)
            && depth(kind) < depth(rank)
            && matches!(own.path[0].pick, Pick::Number(_))
            && let Some((below, behind)) = self.list(lower)
        {
            let nested = below.into_iter().map(|pointer| Pointer {
                range: pointer.range,
                path: own.path.iter().cloned().chain(pointer.path).collect(),
            });
            let mut nested: Vec<Pointer> = nested.collect();
            if let Some(first) = nested.first_mut() {
                first.range.start = own.range.start;
            }
            return Some((nested, behind));
        }
        Some((vec![own], next))
    }

    /// Reads one number and the brackets that follow it, as levels below one another.
    fn number(&self, at: usize, kind: ProvisionKind) -> Option<(Vec<Level>, usize)> {
        if kind == ProvisionKind::Subparagraph {
            return self.brackets(at);
        }
        let word = self.words.get(at)?;
        let in_letters = matches!(kind, ProvisionKind::Annex | ProvisionKind::Section)
            && word.text.len() == 1
            && word.is_capital();
        let in_roman = kind != ProvisionKind::Paragraph && is_roman(word.text);
        if let Some((article, paragraph)) = dotted(word.text, kind) {
            let start = word.range.start;
            let split = start + article.len();
            let level = |kind, number: &str, range| Level {
                kind,
                pick: Pick::Number(Numeral { number: number.to_owned(), range }),
            };
            let levels = vec![
                level(kind, article, start..split),
                level(ProvisionKind::Paragraph, paragraph, split + 1..word.range.end),
            ];
            return Some((levels, at + 1));
        }
        if !(is_digits(word.text) || in_letters || in_roman) {
            return None;
        }
        let mut next = at + 1;
        let mut number = word.text.to_owned();
        if is_adverb(self.lower(next)) {
            number = format!("{number} {}", self.words[next].text);
            next += 1;
        }
        let numeral = Numeral { number, range: self.bytes(at, next) };
        let mut levels = vec![Level { kind, pick: Pick::Number(numeral) }];
        if matches!(kind, ProvisionKind::Article | ProvisionKind::Paragraph)
            && let Some((below, behind)) = self.brackets(next)
        {
            levels.extend(below);
            next = behind;
        }
        Some((levels, next))
    }

    /// Reads "(2) (a) (i)": digits are paragraphs, letters subparagraphs below one another.
    fn brackets(&self, at: usize) -> Option<(Vec<Level>, usize)> {
        let mut levels = Vec::new();
        let mut next = at;
        while self.lower(next) == "(" && self.closing(next).is_some() {
            let word = &self.words[next + 1];
            let kind = match word.lower.as_str() {
                digits if is_digits(digits) => ProvisionKind::Paragraph,
                letter if is_letter(letter) => ProvisionKind::Subparagraph,
                _ => break,
            };
            let end = self.closing(next).unwrap_or(next + 2);
            let mut numeral = Numeral { number: word.text.to_owned(), range: word.range.clone() };
            if end == next + 3 {
                numeral.number = format!("{} {}", word.text, self.words[next + 2].text);
                numeral.range.end = self.words[next + 2].range.end;
            }
            levels.push(Level { kind, pick: Pick::Number(numeral) });
            next = end + 1;
        }
        // "(a) to (c)" in brackets of the last level.
        if let Some(Level { kind: ProvisionKind::Subparagraph, pick }) = levels.last_mut()
            && ["to", "through", "-", "\u{2013}"].contains(&self.lower(next))
            && self.lower(next + 1) == "("
            && self.lower(next + 3) == ")"
            && is_letter(self.lower(next + 2))
            && let Pick::Number(first) = pick.clone()
        {
            let word = &self.words[next + 2];
            let last = Numeral { number: word.text.to_owned(), range: word.range.clone() };
            *pick = Pick::Span(first, last);
            next += 4;
        }
        (!levels.is_empty()).then_some((levels, next))
    }

    /// Returns where the bracket closes that opens around a number: "(a)", "(d bis)".
    fn closing(&self, open: usize) -> Option<usize> {
        if self.lower(open + 2) == ")" {
            return Some(open + 2);
        }
        (is_adverb(self.lower(open + 2)) && self.lower(open + 3) == ")").then_some(open + 3)
    }

    /// Reads another subparagraph of what the last pointer stood in.
    fn further_letters(&self, at: usize, last: Option<&Pointer>) -> Option<Item> {
        let last = last?;
        let above = last.path.iter().take_while(|level| level.kind != ProvisionKind::Subparagraph);
        let above: Vec<_> = above.cloned().collect();
        if above.len() == last.path.len() {
            return None;
        }
        let (below, next) = self.brackets(at)?;
        let is_letter = below[0].kind == ProvisionKind::Subparagraph;
        let path = above.into_iter().chain(below).collect();
        is_letter.then(|| (vec![Pointer { range: self.bytes(at, next), path }], next))
    }

    /// Reads what stands between two items.
    fn separator(&self, at: usize) -> Option<usize> {
        let comma = usize::from(self.lower(at) == ",");
        let word = usize::from(["and", "or"].contains(&self.lower(at + comma)));
        (comma + word > 0).then_some(at + comma + word)
    }
}

/// Splits "4.2" into article and paragraph.
fn dotted(word: &str, kind: ProvisionKind) -> Option<(&str, &str)> {
    let (article, paragraph) = word.split_once('.')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (kind == ProvisionKind::Article && digits(article) && digits(paragraph))
        .then_some((article, paragraph))
}
