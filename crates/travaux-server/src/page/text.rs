//! The rolling text: brackets in the text, those behind them in the margin.

use maud::{Markup, html};

use super::part::{Notes, chip, link, marks, phrase, runs};
use crate::view::{
    AlternativeNote, Block, ContentsLine, SideOption, StateChip, TextPage, TextState, Tone,
};

/// The rolling text; `path` and `query` are where its form goes.
pub(crate) fn text(page: &TextPage, query: &[(String, String)]) -> Markup {
    html! {
        div.page.text {
            header.lead {
                h1 { "The text" }
                p.base { (phrase(&page.base)) (marks(&page.marks)) }
                (legend())
                (tools(page, query))
                @if let Some(words) = &page.side_words { p.notice.side role="status" { (phrase(words)) } }
                @if let Some(narrowed) = &page.narrowed { p.notice role="status" { (phrase(narrowed)) } }
            }
            (contents(&page.contents))
            article.treaty {
                @if page.blocks.is_empty() { p.none { "Nothing to show here." } }
                @for block in &page.blocks { (provision(block)) }
                (around(page))
            }
        }
    }
}

/// What brackets and marks mean, once.
fn legend() -> Markup {
    html! {
        p.legend.quiet {
            span.a.base { b { "[" } "words" b { "]" } } " of the text before the body; "
            span.a { b { "[" } "words" span.n { "1" } b { "]" } } " of an alternative, listed beside; "
            span.a { b { "[" } "\u{2014}" span.n { "1" } b { "]" } } " nothing, as that alternative asks. "
            em { "Our wording of an option" } ": nobody tabled these words; those counted are on record for the option. "
            em { "Reported" } ": a source reports the proposal, the wording is ours. "
            em { "Illustrative" } ": made up to show a dispute, nobody tabled it."
        }
    }
}

/// The form that narrows the text; it keeps the view it stands in.
fn tools(page: &TextPage, view: &[(String, String)]) -> Markup {
    html! {
        form.tools method="get" action="/text" role="search" aria-label="The text" {
            @for (name, value) in view { input type="hidden" name=(name) value=(value); }
            span.field {
                label for="side" { "Read" }
                select #side name="side" {
                    option value="" selected[page.side.is_empty()] { "All sides, with brackets" }
                    (sides(&page.sides, &page.side))
                }
            }
            span.field {
                label for="q" { "Find" }
                input #q type="search" name="q" value=(page.search) placeholder="words in the text";
            }
            span.field.check {
                input #only type="checkbox" name="only" value="bracketed" checked[page.only_bracketed];
                label for="only" { "only what is bracketed" }
            }
            button type="submit" { "Show" }
        }
    }
}

pub(super) fn sides(all: &[SideOption], chosen: &str) -> Markup {
    html! {
        @for group in all.chunk_by(|a, b| a.group == b.group) {
            optgroup label=(group[0].group) {
                @for side in group {
                    option value=(side.key) selected[side.key == chosen] { (side.name) }
                }
            }
        }
    }
}

fn contents(lines: &[ContentsLine]) -> Markup {
    html! {
        details.contents {
            summary { "Contents" }
            nav aria-label="Contents" {
                ol {
                    @for line in lines {
                        li class={ "d" (line.depth) } {
                            (link(&line.link))
                            @if line.bracketed > 0 {
                                " " span.count title={ (line.bracketed) " of " (line.provisions) " bracketed" } {
                                    "[" (line.bracketed) "]" span.vh { " bracketed" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One provision with its margin.
fn provision(block: &Block) -> Markup {
    let notes = Notes {
        anchor: &block.id,
        names: block
            .alternatives
            .iter()
            .map(|note| (note.mark.as_str(), note.label.as_str()))
            .collect(),
    };
    let bracketed = block.is_bracketed();
    html! {
        @if matches!(block.kind.as_str(), "paragraph" | "subparagraph") {
            div id=(block.id) class={ "p d" (block.depth) @if bracketed { " open" } } {
                (words(block, &notes))
                (margin(block))
            }
        } @else {
            section id=(block.id) class={ (block.kind) @if bracketed { " open" } } {
                (heading(block, &notes))
                @if !block.runs.is_empty() || !block.alternatives.is_empty() || !block.asked.is_empty() {
                    div.p { (words(block, &notes)) (margin(block)) }
                }
            }
        }
    }
}

fn heading(block: &Block, notes: &Notes<'_>) -> Markup {
    let inner = html! {
        @if block.caption.is_empty() {
            a.caption href=(block.to) dir="auto" { (runs(&block.heading, notes)) }
        } @else {
            a.caption href=(block.to) { (block.caption) } " "
            span dir="auto" { (runs(&block.heading, notes)) }
        }
    };
    html! {
        @match block.kind.as_str() {
            "article" => h3 { (inner) },
            _ => h2 { (inner) },
        }
    }
}

fn words(block: &Block, notes: &Notes<'_>) -> Markup {
    let own_number = matches!(block.kind.as_str(), "paragraph" | "subparagraph");
    html! {
        p dir="auto" {
            @if own_number && !block.caption.is_empty() {
                a.num href=(block.to) { (block.caption) } " "
            } @else {
                a.num.pil href=(block.to) aria-label="this provision" { "\u{00b6}" } " "
            }
            (runs(&block.runs, notes))
        }
    }
}

/// Who stands behind the alternatives, one line each.
fn margin(block: &Block) -> Markup {
    html! {
        @let said = block.state.as_ref().filter(|state| is_said(state));
        @if !block.alternatives.is_empty() || !block.asked.is_empty() || said.is_some() {
            div.m {
                @if let Some(state) = said { (chip(state)) }
                @for asked in &block.asked { p.asked { (phrase(asked)) } }
                @if !block.alternatives.is_empty() {
                    ol { @for note in &block.alternatives { (note_line(block, note)) } }
                }
            }
        }
    }
}

/// Brackets and clean words speak for themselves; an agreement has to be said.
fn is_said(state: &StateChip) -> bool {
    state.note.is_some() || state.state == TextState::Agreed
}

fn note_line(block: &Block, note: &AlternativeNote) -> Markup {
    html! {
        li id={ (block.id) ":" (note.number) } {
            span.k { (note.mark) } " " (note.gist)
            @if !note.behind.is_empty() { span.quiet { " \u{00b7} " (note.behind) } }
            // What the marks mean is said once, above the text.
            @for mark in &note.marks { " " span.mark.caution[mark.tone == Tone::Caution] { (mark.word) } }
        }
    }
}

fn around(page: &TextPage) -> Markup {
    html! {
        nav.around aria-label="Parts of the text" {
            @if let Some(previous) = &page.previous { a rel="prev" href=(previous.to) { "\u{2039} " (previous.label) } }
            @if let Some(next) = &page.next { a rel="next" href=(next.to) { (next.label) " \u{203a}" } }
        }
    }
}
