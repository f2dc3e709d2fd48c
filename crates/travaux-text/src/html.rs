//! How a bracketed text is written as a fragment of HTML.
//!
//! The fragment reads as [`crate::un_text`] does where no style sheet is applied: brackets and
//! obliques are characters, so that copying, printing and screen readers keep them. Its classes:
//!
//! | element | class | stands for |
//! |---|---|---|
//! | `span` | `choice` | a bracket with all its alternatives |
//! | `span` | `alt base` | the alternative that the base text reads |
//! | `span` | `alt other` | an alternative that only sides read; `data-by` holds their keys |
//! | `span` | `alt … none` | an alternative without text |
//! | `ins` | | words within `alt other`: the base does not read them here |
//! | `del` | | words within `alt base` that some side does not read here |
//! | `span` | `mark` | `[`, `]` and the oblique: characters of the draft, not of the text |
//! | `span` | `by` | the attribution behind an alternative |
//!
//! `data-by` separates keys by spaces, so that `[data-by~="A"]` selects; white space within a key
//! is written `_`. Who silently reads the base is not listed.
//!
//! **Invariant:** all text is escaped. Colours, fonts and scripts are not known here.

use crate::node::{Alternative, Node, Reader};
use crate::notation::{NO_TEXT, shared_space};

/// What a face calls a reader; None where the reader is not to be named.
pub type Label = Option<String>;

/// Writes `nodes` as a fragment of HTML; `label` names the readers of alternatives that depart from
/// the base, and the base itself.
pub fn html(nodes: &[Node], label: &dyn Fn(&Reader) -> Label) -> String {
    let mut out = String::new();
    write(nodes, &Within::Text, label, &mut out);
    out
}

/// Where a text stands, which decides the element around it.
enum Within {
    Text,
    Base,
    Other,
}

fn write(nodes: &[Node], within: &Within, label: &dyn Fn(&Reader) -> Label, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                let (open, close) = match within {
                    Within::Text => ("", ""),
                    Within::Base => ("<del>", "</del>"),
                    Within::Other => ("<ins>", "</ins>"),
                };
                out.push_str(open);
                escape(text, out);
                out.push_str(close);
            }
            Node::Choice(alternatives) => choice(alternatives, label, out),
        }
    }
}

fn choice(alternatives: &[Alternative], label: &dyn Fn(&Reader) -> Label, out: &mut String) {
    // White space that opens or closes all texts stands outside, where all alternatives are text.
    let texts: Vec<&str> = alternatives.iter().filter_map(text).collect();
    let all_text = texts.len() == alternatives.iter().filter(|a| !a.nodes.is_empty()).count();
    let (before, after) = if all_text { shared_space(&texts) } else { ("", "") };
    escape(before, out);
    bracket(alternatives, (before, after), label, out);
    escape(after, out);
}

/// Returns the text of an alternative that is one text.
fn text(alternative: &Alternative) -> Option<&str> {
    match &alternative.nodes[..] {
        [Node::Text(text)] => Some(text),
        _ => None,
    }
}

fn bracket(
    alternatives: &[Alternative],
    (before, after): (&str, &str),
    label: &dyn Fn(&Reader) -> Label,
    out: &mut String,
) {
    out.push_str("<span class=\"choice\"><span class=\"mark\">[</span>");
    let printed = alternatives.iter().filter(|alternative| !alternative.nodes.is_empty()).count();
    let mut is_first = true;
    for alternative in alternatives {
        // Brackets asked for without an alternative: all read the same.
        let is_alone = alternatives.len() == 1;
        let by = labels(alternative, label).filter(|_| !is_alone);
        let is_shown = !alternative.nodes.is_empty() || printed > 1 || by.is_some();
        if is_shown && !is_first {
            out.push_str("<span class=\"mark\"> / </span>");
        }
        is_first &= !is_shown;
        open(alternative, out);
        let within = match (is_alone, alternative.by.has_base()) {
            (true, _) => Within::Text,
            (false, true) => Within::Base,
            (false, false) => Within::Other,
        };
        match text(alternative) {
            Some(text) => {
                let inner = &text[before.len()..text.len() - after.len()];
                write(&[Node::Text(inner.to_owned())], &within, label, out);
            }
            None => write(&alternative.nodes, &within, label, out),
        }
        if alternative.nodes.is_empty() && is_shown {
            out.push_str(NO_TEXT);
        }
        if let Some(by) = by {
            out.push_str("<span class=\"by\"> (");
            escape(&by, out);
            out.push_str(")</span>");
        }
        out.push_str("</span>");
    }
    out.push_str("<span class=\"mark\">]</span></span>");
}

/// Names those who read an alternative: only the base where the base is among them.
fn labels(alternative: &Alternative, label: &dyn Fn(&Reader) -> Label) -> Option<String> {
    if alternative.by.has_base() {
        return label(&Reader::Base);
    }
    let named: Vec<String> = alternative.by.iter().filter_map(|reader| label(&reader)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

fn open(alternative: &Alternative, out: &mut String) {
    let has_base = alternative.by.has_base();
    out.push_str("<span class=\"alt ");
    out.push_str(if has_base { "base" } else { "other" });
    out.push_str(if alternative.nodes.is_empty() { " none\"" } else { "\"" });
    if !has_base {
        let keys: Vec<String> = alternative
            .by
            .sides()
            .map(|name| name.as_str().replace(char::is_whitespace, "_"))
            .collect();
        out.push_str(" data-by=\"");
        escape(&keys.join(" "), out);
        out.push('"');
    }
    out.push('>');
}

/// Appends `text` so that it can stand in an element or in a quoted attribute.
pub(crate) fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
}
