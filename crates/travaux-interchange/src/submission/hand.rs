//! What is meant by marks made by hand: bold or underlined for added, struck for deleted, brackets.
//!
//! A mark means what the base proves it to mean: without what is marked as added, and with what is
//! marked as deleted, the words have to be those of the base. Where they are not, nothing is concluded.

use super::matching::squashed;
use crate::word::{Look, WordSpan};

/// What a line asks for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Wanted {
    /// The words as they should read.
    pub(super) text: String,
    /// Words of the base around which brackets are asked for.
    pub(super) brackets: Vec<String>,
    /// What a person has to look at.
    pub(super) doubts: Vec<String>,
    /// Whether marks by hand were read.
    pub(super) by_hand: bool,
}

impl Wanted {
    fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Reads a line that stands for `base`. `names` are what the author is called.
pub(super) fn wanted(spans: &[WordSpan], base: &str, names: &[&str]) -> Wanted {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    // Words that are struck through are the base's, and yet not wanted.
    let is_struck =
        spans.iter().any(|span| span.look.has(Look::STRUCK) && !span.text.trim().is_empty());
    if text == base && !is_struck {
        return Wanted::plain(text);
    }
    if squashed(&text) == squashed(base) && !is_struck {
        // White space alone is no change that anybody asks for.
        return Wanted::plain(base.to_owned());
    }
    if let Some(wanted) = by_look(spans, base) {
        return wanted;
    }
    let brackets = |text: &str| text.contains('[') || text.contains(']');
    if brackets(&text) && !brackets(base) {
        return in_brackets(&text, base, names);
    }
    Wanted::plain(text)
}

/// Reads words marked by look.
fn by_look(spans: &[WordSpan], base: &str) -> Option<Wanted> {
    let struck = spans.iter().any(|span| span.look.has(Look::STRUCK));
    let added = [Look::BOLD, Look::UNDERLINED, Look::COLOURED, Look::ITALIC];
    // The least that explains the base comes first.
    for set in 0..16_u8 {
        let is_added = |span: &WordSpan| {
            let marks = added.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
            let marked = marks.into_iter().any(|(_, mark)| span.look.has(*mark));
            marked && !span.look.has(Look::STRUCK)
        };
        if set == 0 && !struck {
            continue;
        }
        let join = |keep: &dyn Fn(&WordSpan) -> bool| -> String {
            spans.iter().filter(|span| keep(span)).map(|span| span.text.as_str()).collect()
        };
        let old = join(&|span| !is_added(span));
        let new = join(&|span| !span.look.has(Look::STRUCK));
        for bare in [false, true] {
            let (old, new) = if bare {
                (unbracketed(&old), unbracketed(&new))
            } else {
                (old.clone(), new.clone())
            };
            if loose(&old) == loose(base) && loose(&new) != loose(base) {
                return Some(Wanted { text: tidy(&new), by_hand: true, ..Wanted::default() });
            }
        }
    }
    if !struck {
        return None;
    }
    let text: String =
        spans.iter().filter(|span| !span.look.has(Look::STRUCK)).map(|s| s.text.as_str()).collect();
    let doubt =
        "struck words are read as deleted, but what else stands here is not the base's".to_owned();
    Some(Wanted { text: tidy(&text), by_hand: true, doubts: vec![doubt], ..Wanted::default() })
}

fn unbracketed(text: &str) -> String {
    text.replace(['[', ']'], "")
}

/// Returns text by which two are compared that differ by hand: without white space.
fn loose(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Mends the white space that is left where words were taken out.
fn tidy(text: &str) -> String {
    let mut tidy = squashed(text);
    for mark in [",", ".", ";", ":", ")"] {
        tidy = tidy.replace(&format!(" {mark}"), mark);
    }
    tidy.replace("( ", "(")
}

/// A stretch of a line with brackets.
#[derive(Debug)]
enum Stretch {
    Words(String),
    /// Alternatives.
    Choice(Vec<String>),
}

/// How many ways to read the brackets of one line are tried.
const READINGS_MAX: usize = 4_096;

/// Reads brackets: which alternative is the base's, and which is wanted.
fn in_brackets(text: &str, base: &str, names: &[&str]) -> Wanted {
    let doubtful = |why: &str| Wanted {
        text: text.to_owned(),
        by_hand: true,
        doubts: vec![why.to_owned()],
        ..Wanted::default()
    };
    let Some(stretches) = cut(text, names) else {
        return doubtful("the brackets do not pair; the words are taken as they stand");
    };
    let counts: Vec<usize> = stretches
        .iter()
        .map(|stretch| match stretch {
            Stretch::Words(_) => 1,
            Stretch::Choice(options) => options.len() + 1,
        })
        .collect();
    let readings = counts.iter().try_fold(1_usize, |all, count| all.checked_mul(*count));
    let target = loose(base);
    let found = readings.filter(|all| *all <= READINGS_MAX).and_then(|all| {
        (0..all).map(|number| chosen(number, &counts)).find(|chosen| {
            let read: String = stretches.iter().zip(chosen).map(|(s, at)| option(s, *at)).collect();
            loose(&read) == target
        })
    });
    match found {
        Some(chosen) => asked(&stretches, &chosen),
        None => doubtful(
            "no way of reading the brackets gives the base; the words are taken as they stand",
        ),
    }
}

fn chosen(mut number: usize, counts: &[usize]) -> Vec<usize> {
    let digit = |count: &usize| {
        let at = number % count;
        number /= count;
        at
    };
    counts.iter().map(digit).collect()
}

/// Returns one alternative of a stretch; the last is nothing.
fn option(stretch: &Stretch, at: usize) -> &str {
    match stretch {
        Stretch::Words(words) => words,
        Stretch::Choice(options) => options.get(at).map_or("", String::as_str),
    }
}

/// Makes of the base's alternatives what is wanted: the other one.
fn asked(stretches: &[Stretch], chosen: &[usize]) -> Wanted {
    let mut wanted = Wanted { by_hand: true, ..Wanted::default() };
    for (stretch, &at) in stretches.iter().zip(chosen) {
        let Stretch::Choice(options) = stretch else {
            wanted.text.push_str(option(stretch, 0));
            continue;
        };
        let others: Vec<&String> = options
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, it)| it)
            .collect();
        match (&others[..], options.get(at)) {
            ([], Some(own)) => {
                wanted.brackets.push(own.trim().to_owned());
                wanted.text.push_str(own);
            }
            ([only], _) => wanted.text.push_str(only),
            ([first, rest @ ..], _) => {
                wanted.text.push_str(first);
                let rest: Vec<String> = rest.iter().map(|it| format!("“{}”", it.trim())).collect();
                wanted.doubts.push(format!(
                    "several alternatives stand in one bracket; the first is taken, and not {}",
                    rest.join(", ")
                ));
            }
            ([], None) => {}
        }
    }
    wanted.text = tidy(&wanted.text);
    wanted
}

/// Cuts a line at its outermost brackets; nothing where they do not pair. Brackets side by side, and
/// words parted by an oblique within one, are alternatives.
fn cut(text: &str, names: &[&str]) -> Option<Vec<Stretch>> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut depth = 0_usize;
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => {
                if depth == 0 {
                    stretches.push(Stretch::Words(text[from..at].to_owned()));
                    from = at + 1;
                }
                depth += 1;
            }
            ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    put(&mut stretches, options(&text[from..at], names));
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    stretches.push(Stretch::Words(text[from..].to_owned()));
    (depth == 0).then_some(stretches)
}

/// Adds alternatives; those of a bracket that stands directly before them are joined by them.
fn put(stretches: &mut Vec<Stretch>, more: Vec<String>) {
    if let [.., Stretch::Choice(options), Stretch::Words(between)] = &mut stretches[..]
        && between.trim().is_empty()
    {
        options.extend(more);
        stretches.pop();
        return;
    }
    stretches.push(Stretch::Choice(more));
}

fn options(inner: &str, names: &[&str]) -> Vec<String> {
    let inner = unbracketed(inner);
    let parts: Vec<&str> =
        if inner.contains(" / ") { inner.split(" / ").collect() } else { vec![&inner] };
    parts
        .into_iter()
        .map(|part| {
            let known =
                names.iter().find_map(|name| part.trim_end().strip_suffix(&format!("({name})")));
            known.map_or(part, str::trim_end).to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(marked: &[(&str, Look)]) -> Vec<WordSpan> {
        marked
            .iter()
            .map(|(text, look)| WordSpan { text: (*text).to_owned(), look: *look })
            .collect()
    }

    const BASE: &str = "Each Party shall give notice.";

    #[track_caller]
    fn brackets(text: &str, expected: &str, asked: &[&str]) {
        let wanted = wanted(&spans(&[(text, Look::default())]), BASE, &["Norway"]);
        assert_eq!(
            (wanted.text.as_str(), &wanted.brackets[..]),
            (expected, &asked.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..]),
            "{:?}",
            wanted.doubts
        );
        assert!(wanted.doubts.is_empty());
    }

    #[test]
    fn bold_is_added_and_struck_is_deleted_where_the_base_proves_it() {
        let marked = spans(&[
            ("Each Party ", Look::default()),
            ("shall", Look::STRUCK),
            (" may", Look::BOLD),
            (" give notice.", Look::default()),
        ]);
        let read = wanted(&marked, BASE, &[]);
        assert_eq!((read.text.as_str(), read.by_hand), ("Each Party may give notice.", true));
        let struck = spans(&[
            ("Each Party shall ", Look::default()),
            ("give notice", Look::STRUCK),
            (".", Look::default()),
        ]);
        assert_eq!(wanted(&struck, BASE, &[]).text, "Each Party shall.");
        // All in bold is emphasis, not addition.
        let bold = spans(&[("Each Party may give notice.", Look::BOLD)]);
        assert_eq!(wanted(&bold, BASE, &[]).text, "Each Party may give notice.");
        assert!(!wanted(&bold, BASE, &[]).by_hand);
    }

    #[test]
    fn brackets_are_read_as_alternatives_additions_or_requests() {
        brackets("Each Party [shall][may] give notice.", "Each Party may give notice.", &[]);
        brackets(
            "Each Party [shall / may (Norway)] give notice.",
            "Each Party may give notice.",
            &[],
        );
        brackets(
            "Each Party shall [promptly] give notice.",
            "Each Party shall promptly give notice.",
            &[],
        );
        brackets("Each Party [shall] give notice.", BASE, &["shall"]);
    }

    #[test]
    fn what_the_base_does_not_prove_is_left_to_a_person() {
        for text in ["Each Party [should][may] give notice.", "Each Party [shall give notice."] {
            let read = wanted(&spans(&[(text, Look::default())]), BASE, &[]);
            assert_eq!((read.text.as_str(), read.doubts.len()), (text, 1));
        }
        let several = "Each Party [shall][may][should] give notice.";
        let read = wanted(&spans(&[(several, Look::default())]), BASE, &[]);
        assert_eq!((read.text.as_str(), read.doubts.len()), ("Each Party may give notice.", 1));
    }

    #[test]
    fn white_space_alone_asks_for_nothing() {
        let read =
            wanted(&spans(&[("Each  Party shall give notice. ", Look::default())]), BASE, &[]);
        assert_eq!(read, Wanted { text: BASE.to_owned(), ..Wanted::default() });
    }
}
