//! The words of an HTML page, paragraph by paragraph.
//!
//! It reads whatever it is given: a tag that never ends is text. It keeps the characters that a
//! browser would show and nothing of how they look; it is no parser of HTML.

/// Elements whose content nobody reads.
const HIDDEN: [&str; 4] = ["script", "style", "template", "head"];
/// Elements that stand inside a line; every other one begins a paragraph.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "u",
];
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Returns the words of an HTML page as plain text, with an empty line between paragraphs.
///
/// Headings are marked by `#`. Entities that are not known stay as they are written.
pub fn text_of_html(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        words(&rest[..at], &mut out);
        rest = tag(&rest[at..], &mut out);
    }
    words(rest, &mut out);
    out
}

/// Reads what begins with `<` and returns what stands behind it.
fn tag<'a>(rest: &'a str, out: &mut String) -> &'a str {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    let inside = &rest[1..];
    let begins = inside.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
    let Some(end) = inside.find('>').filter(|_| begins) else {
        out.push('<');
        return inside;
    };
    let behind = &inside[end + 1..];
    let closing = inside.starts_with('/');
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if HIDDEN.contains(&name.as_str()) && !closing {
        return behind_hidden(behind, &name);
    }
    if name == "br" {
        out.push('\n');
    } else if !INLINE.contains(&name.as_str()) {
        out.push_str("\n\n");
        if HEADINGS.contains(&name.as_str()) && !closing {
            out.push_str("# ");
        }
    }
    behind
}

/// Returns what stands behind the end of an element that nobody reads.
fn behind_hidden<'a>(behind: &'a str, name: &str) -> &'a str {
    let ends = behind.match_indices("</").find(|(at, _)| {
        let tag = &behind.as_bytes()[at + 2..];
        tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    });
    match ends {
        Some((at, _)) => behind[at..].find('>').map_or("", |end| &behind[at + end + 1..]),
        // A page cut off in its head: what follows is read rather than lost.
        None => behind,
    }
}

/// Writes the words between two tags, entities read and white space as one space.
fn words(between: &str, out: &mut String) {
    let mut rest = between;
    while let Some(first) = rest.chars().next() {
        let (shown, len) = match first {
            '&' => entity(rest).unwrap_or(('&', 1)),
            _ => (first, first.len_utf8()),
        };
        rest = &rest[len..];
        if !shown.is_whitespace() {
            out.push(shown);
        } else if !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
}

/// Reads the entity that `rest` begins with: its character and its length.
fn entity(rest: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let shown = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "rsquo" => '\u{2019}',
        "lsquo" => '\u{2018}',
        "rdquo" => '\u{201d}',
        "ldquo" => '\u{201c}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "eacute" => '\u{e9}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((shown, end + 1))
}
