//! The Counts page: a chart over successive drafts, with the table that says the same.

use maud::{Markup, html};

use super::chart;
use super::overview::key;
use super::part::{link, phrase};
use crate::view::{ChapterCell, CountsPage, DraftRow, WordCount};

/// The Counts page.
pub(crate) fn counts(page: &CountsPage) -> Markup {
    html! {
        div.page.counts {
            header.lead {
                h1 { "Counts over drafts" }
                p.standfirst { (phrase(&page.lead)) }
            }
            @if !page.drafts.is_empty() {
                (drafts(page))
                (chapters(page))
            }
        }
    }
}

fn drafts(page: &CountsPage) -> Markup {
    html! {
        section.drafts {
            h2 #drafts { "From draft to draft" }
            (key())
            figure { (chart::over_drafts(&page.drafts)) }
            div.wide tabindex="0" role="region" aria-labelledby="drafts" {
                table.figures.dense {
                    caption { "Words and brackets of each draft on its last day before the body" }
                    thead { tr {
                        th scope="col" { "Draft" }
                        th scope="col" { "Issued" }
                        th.n scope="col" { "Words bracketed" }
                        th.n scope="col" { "Clean, not agreed" }
                        th.n scope="col" { "Agreed" }
                        th.n scope="col" { "Bracketed" }
                        th.n scope="col" { "Brackets in the text" }
                        th.n scope="col" { "Open proposals" }
                    } }
                    tbody { @for draft in &page.drafts { (row(draft)) } }
                }
            }
            @if page.drafts.iter().any(|draft| draft.printed.is_some()) { (printed(page)) }
        }
    }
}

fn row(draft: &DraftRow) -> Markup {
    html! {
        tr {
            th scope="row" {
                (link(&draft.draft)) " " span.quiet { (draft.title) }
                @if draft.adopted { " " span.quiet { "(adopted)" } }
            }
            td.date { (draft.issued) }
            (words(draft.words))
            td.n { (chart::per_cent(draft.words.bracketed, draft.words.total())) }
            td.n.zero[draft.brackets == 0] { (draft.brackets) }
            td.n.zero[draft.proposals == 0] { (draft.proposals) }
        }
    }
}

fn words(words: WordCount) -> Markup {
    html! {
        @for count in [words.bracketed, words.clean, words.agreed] {
            td.n.zero[count == 0] { (count) }
        }
    }
}

/// What is printed in the documents, where they came with brackets of their own.
fn printed(page: &CountsPage) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label="As printed" {
            table.figures.dense {
                caption { "As printed in the documents: every square bracket, those of footnote marks and links included" }
                thead { tr {
                    th scope="col" { "Draft" }
                    th.n scope="col" { "Opening" }
                    th.n scope="col" { "Closing" }
                    th.n scope="col" { "Without a partner" }
                    th.n scope="col" { "Deepest" }
                    th.n scope="col" { "Options" }
                } }
                tbody {
                    @for (draft, printed) in page.drafts.iter().filter_map(|draft| Some((draft, draft.printed?))) {
                        tr {
                            th scope="row" { (link(&draft.draft)) }
                            @for count in [printed.open, printed.close, printed.unbalanced, printed.depth, printed.options] {
                                td.n.zero[count == 0] { (count) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn chapters(page: &CountsPage) -> Markup {
    let cells = page.chapters.iter().flat_map(|line| line.drafts.iter().flatten());
    let widest = cells.map(|cell| cell.words.total()).max().unwrap_or(0);
    let heads = page.chapter_drafts.iter().filter_map(|at| page.drafts.get(*at));
    html! {
        section.by-chapter {
            h2 #chapters { "By chapter" }
            p.quiet { "In each draft: the share of words in brackets or options, and how many brackets stand in it. The bars are as long as the chapter has words." }
            div.wide tabindex="0" role="region" aria-labelledby="chapters" {
                table.figures.dense.matrix {
                    caption.vh { "Share of words in brackets and number of brackets, by chapter and draft" }
                    thead { tr {
                        th scope="col" { "Chapter" }
                        @for draft in heads { th scope="col" { (draft.draft.label) br; span.quiet { (draft.issued) } } }
                    } }
                    tbody {
                        @for line in &page.chapters {
                            tr {
                                th scope="row" { (line.chapter) }
                                @for cell in &line.drafts {
                                    td { @match cell { Some(cell) => (self::cell(*cell, widest)), None => span.quiet { "\u{2014}" } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(cell: ChapterCell, widest: usize) -> Markup {
    html! {
        (chart::words(cell.words, widest))
        span.figure {
            (chart::whole_per_cent(cell.words.bracketed, cell.words.total()))
            @if cell.words.agreed > 0 { ", agreed " (chart::whole_per_cent(cell.words.agreed, cell.words.total())) }
            " \u{00b7} " (cell.brackets) " [ ]"
        }
    }
}
