//! The words of a block without the marks of the file: emphasis, list marks, addresses of links.
//!
//! Brackets of the text stay, to the last one. A star that opens or closes nothing stays too: drafts
//! use it as a mark of their own ("NDMC*").

use super::super::{Bracket, BracketRole, BracketedDraft};

/// Returns the words of `source`, which begins at the byte `at` of the draft.
pub(super) fn words(draft: &BracketedDraft<'_>, at: usize, source: &str) -> String {
    let linked = without_links(draft, at, source);
    let mut lines = String::with_capacity(linked.len());
    for line in linked.lines() {
        let line = line.trim();
        if !lines.is_empty() && !line.is_empty() {
            lines.push('\n');
        }
        lines.push_str(line);
    }
    let listed = lines.trim_start_matches(['>', ' ']);
    let listed =
        ["- ", "* ", "+ "].iter().find_map(|mark| listed.strip_prefix(mark)).unwrap_or(listed);
    without_emphasis(listed)
}

/// Leaves links out but for their words.
fn without_links(draft: &BracketedDraft<'_>, at: usize, source: &str) -> String {
    let brackets = draft.brackets();
    let first = brackets.partition_point(|bracket| bracket.first_byte() < at);
    let here = brackets[first..].iter().take_while(|b| b.first_byte() < at + source.len());
    let mut out = String::with_capacity(source.len());
    let mut from = at;
    let mut is_label = false;
    for bracket in here.filter(|bracket| bracket.role() == BracketRole::Link) {
        let (Some(open), Some(close)) = (bracket.open(), bracket.close()) else { continue };
        if open < from || close >= at + source.len() {
            continue;
        }
        out.push_str(&draft.source()[from..open]);
        if !is_label {
            out.push_str(&draft.source()[open + 1..close]);
        }
        from = close + 1;
        let behind = &draft.source()[from..at + source.len()];
        if !is_label && behind.starts_with('(') {
            from += behind.find(')').map_or(0, |end| end + 1);
        }
        let beside = bracket.alternative().map(|beside| &brackets[beside]);
        is_label = !is_label && beside.is_some_and(|beside| follows(bracket, beside));
    }
    out.push_str(&draft.source()[from..at + source.len()]);
    out
}

fn follows(bracket: &Bracket, beside: &Bracket) -> bool {
    beside.role() == BracketRole::Link
        && beside.open().is_some_and(|open| Some(open) == bracket.close().map(|close| close + 1))
}

/// Leaves out the stars that set words in italics or bold: those that open and close (as in Markdown,
/// "left-flanking" and "right-flanking" runs).
fn without_emphasis(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut drop = vec![false; bytes.len()];
    // The stars that may open, by place.
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'*' {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
        let before = text[..at].chars().next_back();
        let after = text[at + run..].chars().next();
        let opens = flanks(before, after);
        let closes = flanks(after, before);
        let mut left = run;
        while closes && left > 0 {
            let Some(opener) = open.pop() else { break };
            drop[opener] = true;
            drop[at + run - left] = true;
            left -= 1;
        }
        if opens {
            open.extend(at + run - left..at + run);
        }
        at += run;
    }
    let kept = text.char_indices().filter(|(at, _)| !drop[*at]);
    kept.map(|(_, c)| c).collect()
}

/// Reports whether a run leans on what follows it: `outer` before it, `inner` behind.
fn flanks(outer: Option<char>, inner: Option<char>) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    !is_space(inner) && (!is_mark(inner) || is_space(outer) || is_mark(outer))
}
