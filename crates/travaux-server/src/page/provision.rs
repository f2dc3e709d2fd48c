//! One provision: as brackets, side by side, and with what stands behind each side.

use maud::{Markup, html};

use super::part::{Notes, chip, cited, holder, link, links, marks, numbered, phrase, runs};
use crate::view::{
    AlternativeView, BlameView, Column, HistoryLine, Holders, OptionView, ProvisionPage,
    VersionView,
};

/// One provision.
pub(crate) fn provision(page: &ProvisionPage) -> Markup {
    let notes = Notes {
        anchor: "alternative",
        names: page
            .alternatives
            .iter()
            .map(|one| (one.mark.as_str(), one.label.as_str()))
            .collect(),
    };
    html! {
        div.page.provision {
            header.lead {
                p.under { (links_under(page)) }
                h1 { (page.citation) @if !page.heading.is_empty() { " " span.heading dir="auto" { (page.heading) } } }
                @if let Some(state) = &page.state { p.state { (chip(state)) " " (phrase(&page.why)) (marks(&page.marks)) } }
                (around(page))
            }
            section.bracketed {
                h2 #brackets { "With brackets" }
                p.treaty dir="auto" {
                    @if !page.caption.is_empty() { span.num { (page.caption) } " " }
                    (runs(&page.runs, &notes))
                    @if page.runs.is_empty() { span.none { "It has no words of its own." } }
                }
                @for asked in &page.asked { p.asked { (phrase(asked)) } }
                @if let Some(official) = &page.official {
                    h3 #official { "Official words" }
                    p.treaty dir="auto" { (official.text) }
                    p.quiet { (official.from) " Brackets are measured against the words on record." }
                }
            }
            (versions(&page.versions))
            @if page.columns.len() > 1 { (side_by_side(page, &notes)) }
            @if !page.alternatives.is_empty() {
                section {
                    h2 #alternatives { "Alternatives" }
                    div.two { @for one in &page.alternatives { (alternative(one)) } }
                }
            }
            (options(&page.options))
            @if !page.issues.is_empty() {
                section {
                    h2 #issues { "Questions that hang on it" }
                    ul { @for issue in &page.issues { li { (phrase(issue)) } } }
                }
            }
            (children(page))
            (leaning(page))
            (blame(page))
            (history(&page.history, "Nothing is recorded of this provision by this day."))
        }
    }
}

fn links_under(page: &ProvisionPage) -> Markup {
    html! {
        @for (index, up) in page.under.iter().enumerate() {
            @if index > 0 { span aria-hidden="true" { " \u{203a} " } }
            (link(up))
        }
    }
}

fn around(page: &ProvisionPage) -> Markup {
    html! {
        nav.around aria-label="Neighbours" {
            @if let Some(previous) = &page.previous { a rel="prev" href=(previous.to) { "\u{2039} " (previous.label) } }
            @if let Some(next) = &page.next { a rel="next" href=(next.to) { (next.label) " \u{203a}" } }
        }
    }
}

/// The distinct readings as columns.
fn side_by_side(page: &ProvisionPage, notes: &Notes<'_>) -> Markup {
    html! {
        section.sides {
            h2 #sides { "Side by side" }
            p.quiet { "Each column is one distinct reading. " ins { "Underlined" } ": not in the base. " del { "Struck" } ": in the base only." }
            div.wide tabindex="0" role="region" aria-labelledby="sides" {
                table.columns {
                    thead { tr { @for column in &page.columns { th scope="col" { (column_head(column, notes)) } } } }
                    tbody { tr { @for column in &page.columns {
                        td dir="auto" {
                            @if column.runs.is_empty() { span.none { "nothing" } } @else { (runs(&column.runs, notes)) }
                        }
                    } } }
                }
            }
        }
    }
}

fn column_head(column: &Column, notes: &Notes<'_>) -> Markup {
    html! {
        span.title { (column.title) }
        @for number in &column.by { " " (numbered(*number, notes)) }
        @if !column.behind.is_empty() { span.quiet { (column.behind) } }
    }
}

fn alternative(one: &AlternativeView) -> Markup {
    html! {
        article.alternative id={ "alternative:" (one.number) } {
            h3 id=(one.proposal) { span.k { (one.mark) } " " (one.label) (marks(&one.marks)) }
            @if let Some(option) = &one.option { p.option { (phrase(option)) } }
            p.quiet { (one.asks) ". " (phrase(&one.since)) " " a.ev href=(one.entry.to) { "entry " (one.entry.label) } }
            @if !one.sponsors.is_empty() {
                div.holders {
                    h4 { "Sponsors " span.quiet { (one.sponsors.len()) } }
                    ul { @for sponsor in &one.sponsors { li { (holder(sponsor)) } } }
                }
            }
            @if let Some(text) = &one.text {
                details {
                    summary { "The whole text of this side" }
                    p.treaty dir="auto" { (text) }
                }
            }
            @if !one.evidence.is_empty() {
                ul.evidence aria-label="Evidence" { @for citation in &one.evidence { li { (cited(citation)) } } }
            }
        }
    }
}

/// Who is on record for the options that alternatives embody; never authors of the words.
fn options(all: &[OptionView]) -> Markup {
    html! {
        @if !all.is_empty() {
            section.options {
                h2 #on-record { "On record" }
                p.quiet { "Those named are on record for an option. They did not table the words of the alternatives that embody it." }
                @for one in all {
                    article.alternative id=(one.anchor) {
                        h3 { (phrase(&one.option)) }
                        p.quiet {
                            "Embodied by "
                            @for (index, (mark, label)) in one.embodied_by.iter().enumerate() {
                                @if index > 0 { ", " }
                                span.k { (mark) } " " (label)
                            }
                            @if !one.behind.is_empty() { " \u{00b7} " (one.behind) }
                        }
                        @for group in &one.holders { (holders(group)) }
                    }
                }
            }
        }
    }
}

fn holders(group: &Holders) -> Markup {
    html! {
        div.holders {
            h4 {
                (group.how) " " span.quiet { (group.who.len()) }
                @if let Some(since) = &group.since { " " a.since href=(since.to) { "since " (since.label) } }
            }
            @if group.since.is_some() {
                p.names { @for (index, one) in group.who.iter().enumerate() { @if index > 0 { ", " } (holder(one)) } }
            } @else {
                ul { @for one in &group.who { li { (holder(one)) } } }
            }
        }
    }
}

/// The text in the other languages, side by side.
fn versions(all: &[VersionView]) -> Markup {
    html! {
        @if !all.is_empty() {
            section.versions {
                h2 #languages { "In other languages" }
                div.two {
                    @for one in all {
                        article.version {
                            h3 { (one.language) @if one.lags { " " span.count { "lags" } } }
                            p.treaty lang=(one.lang) dir=(one.dir) { (one.text) }
                            p.quiet { (phrase(&one.stands)) ". " a.ev href=(one.entry.to) { "entry " (one.entry.label) } }
                        }
                    }
                }
            }
        }
    }
}

fn leaning(page: &ProvisionPage) -> Markup {
    html! {
        @if let Some(all) = &page.leaning_all {
            section.leaning {
                h2 #leaning { "What leans on it" }
                p {
                    @for (index, one) in page.leaning.iter().enumerate() { @if index > 0 { ", " } (link(one)) }
                    @if !page.leaning.is_empty() { ". " }
                    (link(all))
                }
            }
        }
    }
}

/// Who brought each word: in the text, where a word tells it when it is pointed at or reached with
/// the keyboard, and as a table.
fn blame(page: &ProvisionPage) -> Markup {
    html! {
        @if !page.blame.is_empty() {
            section.blame {
                h2 #blame { "Who brought these words" }
                p.quiet { "Cut where the history of the words differs; each leads to its row." }
                p.treaty.blamed dir="auto" {
                    @for (index, one) in page.blame.iter().enumerate() {
                        @if one.words.contains(char::is_alphanumeric) {
                            a href={ "#word:" (index + 1) } data-said=(said(one)) class=[one.open.then_some("open")] { (one.words.trim_end()) }
                        } @else { (one.words.trim_end()) }
                        @if one.words.ends_with(char::is_whitespace) { " " }
                    }
                }
                div.wide tabindex="0" role="region" aria-labelledby="blame" {
                    table.figures.words {
                        thead { tr { th scope="col" { "Words" } th scope="col" { "Brought by" } th scope="col" { "What became of them" } } }
                        tbody { @for (index, one) in page.blame.iter().enumerate() { (word(one, Some(index + 1))) } }
                        @if !page.asked_words.is_empty() {
                            tbody {
                                tr { th.group colspan="3" scope="rowgroup" { "Not in the text; asked for by open proposals" } }
                                @for one in &page.asked_words { (word(one, None)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn said(one: &BlameView) -> String {
    let open = if one.open { "; open" } else { "" };
    match one.life.first() {
        Some(first) => format!("{}, {}{open}", one.by, first.date),
        None => one.by.clone(),
    }
}

fn word(one: &BlameView, number: Option<usize>) -> Markup {
    html! {
        tr id=[number.map(|number| format!("word:{number}"))] {
            th scope="row" dir="auto" { (one.words.trim()) @if one.open { " " span.count { "open" } } }
            td { (one.by) }
            td {
                ul.life {
                    @for line in &one.life {
                        li { span.date { (line.date) } " " (phrase(&line.what)) " " a.ev href=(line.entry.to) { (line.entry.label) } }
                    }
                    @if one.more > 0 { li.quiet { (one.more) " more; " code { "travaux blame" } " tells them all" } }
                }
            }
        }
    }
}

fn children(page: &ProvisionPage) -> Markup {
    html! {
        @if !page.children.is_empty() {
            section {
                h2 #below { "Under it" }
                ul.below {
                    @for (to, state) in &page.children {
                        li { (link(to)) " " @if let Some(state) = state { (chip(state)) } }
                    }
                }
            }
        }
    }
}

/// What happened, the latest first.
pub(super) fn history(lines: &[HistoryLine], nothing: &str) -> Markup {
    html! {
        section.history {
            h2 #history { "History" }
            @if lines.is_empty() { p.none { (nothing) } }
            ol.ledger {
                @for line in lines {
                    li {
                        span.date { (line.date) }
                        span.what { (phrase(&line.what)) }
                        (links_ev(line))
                    }
                }
            }
        }
    }
}

fn links_ev(line: &HistoryLine) -> Markup {
    html! { span.ev { (links(std::slice::from_ref(&line.entry))) } }
}
