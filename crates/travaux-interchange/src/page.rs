//! A sheet as a page of HTML, as Markdown and as plain text.
//!
//! The page of HTML stands alone: its style is in it, it has no script and fetches nothing, and it can be
//! read on a phone and printed. Provisions keep their ids, so that a link leads to one.

use std::fmt::Write as _;

use travaux_text::{Cover, ProvisionKind, Sheet, SheetBlock, SheetPiece, plain_pieces};

use crate::xml::{escape, escaped};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--soft:#5a5a5a;--rule:#c8c8c8;--mark:#1f4e79;--alt:#eef3f8}\
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e6;--paper:#16181b;--soft:#a8a8a6;--rule:#44474c;--mark:#8fbbe6;--alt:#20262d}}\
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 Georgia,'Times New Roman',serif}\
main{max-width:44rem;margin:0 auto;padding:1.5rem 1.1rem 4rem}\
header{border-bottom:2px solid var(--ink);margin-bottom:1.5rem;padding-bottom:.6rem}\
.head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.3rem 1rem;font-size:.9rem}\
h1{font-size:1.6rem;line-height:1.25;margin:1.2rem 0 .4rem}h2{font-size:1.25rem;text-align:center;margin:2.2rem 0 .8rem}\
h3,h4{font-size:1.06rem;text-align:center;margin:1.8rem 0 .6rem}h5{margin:1rem 0 .3rem}\
h2,h3,h4,h5{line-height:1.3;break-after:avoid}.subtitle{font-weight:bold}.remark{font-style:italic;color:var(--soft);font-size:.93rem}\
p{margin:.55rem 0;hyphens:auto}.s1{margin-inline-start:1.6rem}.s2{margin-inline-start:3.2rem}.s3{margin-inline-start:4.8rem}\
.mark{color:var(--mark);font-weight:bold}.by{color:var(--soft);font-style:italic;font-size:.86em}\
.alt{background:var(--alt);border-radius:.15rem;box-decoration-break:clone;-webkit-box-decoration-break:clone}\
nav{border:1px solid var(--rule);border-radius:.3rem;padding:.4rem .9rem;font-size:.93rem}nav summary{cursor:pointer;padding:.4rem 0}\
nav ol{list-style:none;margin:.2rem 0 .6rem;padding:0}nav li{padding:.15rem 0}nav .l3{padding-inline-start:1.2rem}\
a{color:var(--mark);text-underline-offset:.15em}:target{outline:2px solid var(--mark);outline-offset:.3rem}\
@media print{body{font-size:10.5pt;background:#fff;color:#000}main{max-width:none;padding:0}nav{display:none}.alt{background:none}a{color:inherit;text-decoration:none}@page{margin:2cm}}\
@media(max-width:30rem){.s2{margin-inline-start:2.4rem}.s3{margin-inline-start:3.2rem}h1{font-size:1.35rem}}";

/// Sets a sheet as a page of HTML that stands alone. `language` is that of the text, as in "en".
pub fn html_page(cover: &Cover, sheet: &Sheet, language: &str) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<header>\n<div class=\"head\"><span>{}</span><span>{}</span></div>\n",
        escaped(language),
        escaped(&cover.title),
        escaped(&cover.body),
        escaped(&cover.symbol)
    );
    let below = [&cover.distribution, &cover.date];
    let below: Vec<String> =
        below.into_iter().filter(|line| !line.is_empty()).map(|line| escaped(line)).collect();
    if !below.is_empty() {
        writeln!(page, "<div class=\"head\"><span></span><span>{}</span></div>", below.join(" · "))
            .expect("a string takes it");
    }
    writeln!(page, "<h1 dir=\"auto\">{}</h1>", escaped(&cover.title)).expect("a string takes it");
    if !cover.subtitle.is_empty() {
        writeln!(page, "<p class=\"subtitle\">{}</p>", escaped(&cover.subtitle))
            .expect("a string takes it");
    }
    for remark in &cover.remarks {
        writeln!(page, "<p class=\"remark\">{}</p>", escaped(remark)).expect("a string takes it");
    }
    page.push_str("</header>\n");
    contents(sheet, &mut page);
    for block in &sheet.blocks {
        html_block(block, &mut page);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// The rank of a provision's heading on a page, the title being the first.
fn rank(kind: ProvisionKind) -> u8 {
    match kind {
        ProvisionKind::Title
        | ProvisionKind::Preamble
        | ProvisionKind::Chapter
        | ProvisionKind::Annex => 2,
        ProvisionKind::Section => 3,
        ProvisionKind::Article => 4,
        ProvisionKind::Paragraph | ProvisionKind::Subparagraph => 5,
    }
}

/// Whether a heading of its own is printed over a provision.
fn is_headed(block: &SheetBlock) -> bool {
    block.kind.is_division() && !block.caption().is_empty() || !block.heading.is_empty()
}

fn contents(sheet: &Sheet, page: &mut String) {
    let headed: Vec<&SheetBlock> = sheet
        .blocks
        .iter()
        .filter(|block| is_headed(block) && matches!(rank(block.kind), 2 | 4))
        .collect();
    if headed.len() < 2 {
        return;
    }
    page.push_str("<nav aria-label=\"Contents\"><details><summary>Contents</summary><ol>\n");
    for block in headed {
        let words = [block.caption(), plain_pieces(&block.heading)];
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        writeln!(
            page,
            "<li class=\"l{}\"><a href=\"#{}\" dir=\"auto\">{}</a></li>",
            rank(block.kind) - 1,
            escaped(&anchor(block)),
            escaped(&words.join(". "))
        )
        .expect("a string takes it");
    }
    page.push_str("</ol></details></nav>\n");
}

/// An id of HTML has no white space.
fn anchor(block: &SheetBlock) -> String {
    block.id.as_str().replace(char::is_whitespace, "_")
}

fn html_block(block: &SheetBlock, page: &mut String) {
    let opening = if block.is_opened { "<span class=\"mark\">[</span>" } else { "" };
    let mut caption = escaped(&block.caption());
    let mut before = opening;
    let id = format!(" id=\"{}\"", escaped(&anchor(block)));
    let mut id = id.as_str();
    let worded: Vec<&Vec<SheetPiece>> =
        block.texts.iter().filter(|pieces| !pieces.is_empty()).collect();
    let closing = |page: &mut String| {
        if !block.remark.is_empty() {
            write!(page, "<span class=\"by\">{}</span>", escaped(&block.remark))
                .expect("a string takes it");
        }
        if !block.closing.is_empty() {
            write!(page, "<span class=\"mark\">{}</span>", escaped(&block.closing))
                .expect("a string takes it");
        }
    };
    if is_headed(block) {
        let rank = rank(block.kind);
        write!(page, "<h{rank}{id} dir=\"auto\">{before}{caption}").expect("a string takes it");
        if !caption.is_empty() && !block.heading.is_empty() {
            page.push_str("<br>");
        }
        html_pieces(&block.heading, page);
        if worded.is_empty() {
            closing(page);
        }
        writeln!(page, "</h{rank}>").expect("a string takes it");
        (before, id) = ("", "");
        caption.clear();
    } else if worded.is_empty() {
        write!(page, "<p{id} dir=\"auto\">{before}{caption}").expect("a string takes it");
        closing(page);
        page.push_str("</p>\n");
        return;
    }
    let class = match block.level {
        0 => String::new(),
        level => format!(" class=\"s{}\"", level.min(3)),
    };
    let count = worded.len();
    for (at, pieces) in worded.into_iter().enumerate() {
        write!(page, "<p{id}{class} dir=\"auto\">{before}").expect("a string takes it");
        if !caption.is_empty() {
            write!(page, "{caption} ").expect("a string takes it");
        }
        html_pieces(pieces, page);
        if at + 1 == count {
            closing(page);
        }
        page.push_str("</p>\n");
        (before, id) = ("", "");
        caption.clear();
    }
}

fn html_pieces(pieces: &[SheetPiece], page: &mut String) {
    for piece in pieces {
        match piece {
            SheetPiece::Text(text) => escape(text, page),
            SheetPiece::Mark(text) => {
                write!(page, "<span class=\"mark\">{}</span>", escaped(text))
                    .expect("a string takes it");
            }
            SheetPiece::Attribution(text) => {
                write!(page, "<span class=\"by\">{}</span>", escaped(text))
                    .expect("a string takes it");
            }
            SheetPiece::Alternative(alternative) => {
                page.push_str("<span class=\"alt\">");
                html_pieces(&alternative.pieces, page);
                page.push_str("</span>");
            }
        }
    }
}

/// Sets a sheet as Markdown. Words that would be taken for marks are escaped.
pub fn markdown(cover: &Cover, sheet: &Sheet) -> String {
    let mut text = String::new();
    let title = [&cover.symbol, &cover.title];
    let title: Vec<String> =
        title.into_iter().filter(|line| !line.is_empty()).map(|line| marked(line)).collect();
    if !title.is_empty() {
        write!(text, "# {}\n\n", title.join(" – ")).expect("a string takes it");
    }
    let below = [&cover.body, &cover.distribution, &cover.date];
    let below: Vec<String> =
        below.into_iter().filter(|line| !line.is_empty()).map(|line| marked(line)).collect();
    if !below.is_empty() {
        write!(text, "{}\n\n", below.join(" · ")).expect("a string takes it");
    }
    if !cover.subtitle.is_empty() {
        write!(text, "**{}**\n\n", marked(&cover.subtitle)).expect("a string takes it");
    }
    for remark in &cover.remarks {
        write!(text, "> {}\n\n", marked(remark)).expect("a string takes it");
    }
    for block in &sheet.blocks {
        markdown_block(block, &mut text);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn markdown_block(block: &SheetBlock, text: &mut String) {
    let mut caption = marked(&block.caption());
    let mut before = if block.is_opened { "\\[" } else { "" };
    let worded: Vec<String> = block
        .texts
        .iter()
        .filter(|pieces| !pieces.is_empty())
        .map(|pieces| marked(&plain_pieces(pieces)))
        .collect();
    let ending = format!("{}{}", marked(&block.remark), marked(&block.closing));
    if is_headed(block) {
        let words = [caption.clone(), marked(&plain_pieces(&block.heading))];
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        let marks = "#".repeat(usize::from(rank(block.kind)));
        let ending = if worded.is_empty() { ending.as_str() } else { "" };
        let words = words.join(". ").replace('\n', " ");
        write!(text, "{marks} {before}{words}{ending}\n\n").expect("a string takes it");
        before = "";
        caption.clear();
    } else if worded.is_empty() {
        write!(text, "{before}{caption}{ending}\n\n").expect("a string takes it");
    }
    let indent = "    ".repeat(block.level.saturating_sub(1));
    let bullet = if block.level == 0 { "" } else { "- " };
    let count = worded.len();
    for (at, words) in worded.into_iter().enumerate() {
        let caption = if caption.is_empty() { String::new() } else { format!("{caption} ") };
        let ending = if at + 1 == count { ending.as_str() } else { "" };
        let words = words.replace('\n', "\\\n");
        write!(text, "{indent}{bullet}{before}{caption}{words}{ending}\n\n")
            .expect("a string takes it");
        before = "";
    }
}

/// Escapes what Markdown would take for marks.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_start = true;
    for (at, letter) in text.char_indices() {
        let is_mark = matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~' | '&')
            || is_start && matches!(letter, '#' | '>' | '+' | '-' | '=')
            // "1." would begin a list, and be counted anew.
            || matches!(letter, '.' | ')') && 0 < at && text[..at].bytes().all(|b| b.is_ascii_digit());
        if is_mark {
            out.push('\\');
        }
        out.push(letter);
        is_start = letter == '\n';
    }
    out
}

/// Sets a sheet as plain text under its cover.
pub fn plain_page(cover: &Cover, sheet: &Sheet) -> String {
    let head = [
        &cover.body,
        &cover.symbol,
        &cover.distribution,
        &cover.date,
        &cover.title,
        &cover.subtitle,
    ];
    let mut lines: Vec<&str> =
        head.into_iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    lines.extend(cover.remarks.iter().map(String::as_str));
    if lines.is_empty() {
        return sheet.plain();
    }
    format!("{}\n\n{}\n\n{}", lines.join("\n"), "_".repeat(12), sheet.plain())
}

#[cfg(test)]
mod tests {
    use travaux_text::{IssuedText, Provision, ProvisionId};

    use super::*;

    fn sheet() -> Sheet {
        let provision = |id: &str, kind, number: &str, text: &str| Provision {
            id: ProvisionId::new(id),
            parent: None,
            kind,
            number: number.to_owned(),
            heading: String::new(),
            text: text.to_owned(),
        };
        let text = IssuedText::new(vec![
            provision("a", ProvisionKind::Article, "1", ""),
            provision("b", ProvisionKind::Paragraph, "1", "A <b> & [c] *d*"),
            provision("c", ProvisionKind::Subparagraph, "(a)", "To act;"),
        ]);
        text.unwrap().sheet()
    }

    #[test]
    fn html_escapes_words_and_stands_alone() {
        let cover = Cover { title: "T & U".to_owned(), ..Cover::default() };
        let page = html_page(&cover, &sheet(), "en");
        assert!(page.contains("<title>T &amp; U</title>"));
        assert!(page.contains("<p id=\"b\" dir=\"auto\">1. A &lt;b&gt; &amp; [c] *d*</p>"));
        assert!(page.contains("<p id=\"c\" class=\"s1\" dir=\"auto\">(a) To act;</p>"));
        for foreign in ["src=", "http:", "https:", "@import", "url("] {
            assert!(!page.contains(foreign), "{foreign}");
        }
    }

    #[test]
    fn markdown_escapes_what_would_be_a_mark() {
        let text = markdown(&Cover::default(), &sheet());
        assert_eq!(text, "#### Article 1\n\n1\\. A \\<b> \\& \\[c\\] \\*d\\*\n\n- (a) To act;\n");
    }
}
