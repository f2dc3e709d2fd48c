//! The record: a filter, the entries, one entry, the sources.

use maud::{Markup, html};

use super::part::{certainty, cited, link, links, marks, phrase};
use crate::view::{EntryPage, EntryRow, RecordFilterView, RecordPage, SourcesPage};

/// The entries; `view` keeps the view through the form.
pub(crate) fn record(page: &RecordPage, view: &[(String, String)]) -> Markup {
    html! {
        div.page.record {
            header.lead {
                h1 { "The record" }
                p.standfirst { (phrase(&page.lead)) }
                @if let Some(seal) = &page.seal { p.seal { (seal) } }
                (filter(&page.filter, view))
            }
            @if page.entries.is_empty() { p.none { "No entry matches." } }
            ol.entries { @for row in &page.entries { (line(row)) } }
            nav.around aria-label="Pages of the record" {
                @if let Some(previous) = &page.previous { a rel="prev" href=(previous.to) { "\u{2039} " (previous.label) } }
                @if page.pages > 1 { span { "page " (page.number) " of " (page.pages) } }
                @if let Some(next) = &page.next { a rel="next" href=(next.to) { (next.label) " \u{203a}" } }
            }
        }
    }
}

fn filter(filter: &RecordFilterView, view: &[(String, String)]) -> Markup {
    html! {
        form.tools method="get" action="/record" role="search" aria-label="The record" {
            @for (name, value) in view { input type="hidden" name=(name) value=(value); }
            span.field {
                label for="kind" { "Kind" }
                select #kind name="kind" {
                    option value="" selected[filter.kind.is_empty()] { "every kind" }
                    @for (key, words, count) in &filter.kinds {
                        option value=(key) selected[*key == filter.kind] { (words) " (" (count) ")" }
                    }
                }
            }
            span.field {
                label for="participant" { "About" }
                select #participant name="participant" {
                    option value="" selected[filter.participant.is_empty()] { "anybody" }
                    @for group in &filter.participants {
                        optgroup label=(group.label) { @for one in &group.options {
                            option value=(one.key) selected[one.key == filter.participant] { (one.name) }
                        } }
                    }
                }
            }
            span.field { label for="provision" { "Provision" } input #provision type="text" name="provision" value=(filter.provision) size="14"; }
            span.field { label for="from" { "From" } input #from type="date" name="from" value=(filter.from); }
            span.field { label for="until" { "until" } input #until type="date" name="until" value=(filter.until); }
            span.field { label for="q" { "Find" } input #q type="search" name="q" value=(filter.text); }
            button type="submit" { "Show" }
        }
    }
}

fn line(row: &EntryRow) -> Markup {
    html! {
        li {
            span.date { (row.at) }
            span.kind { (row.kind) }
            span.what { (phrase(&row.what)) (marks(&row.marks)) }
            span.ev {
                @if let Some(sure) = row.certainty { (certainty(sure)) " " }
                (link(&row.entry))
            }
        }
    }
}

/// One entry.
pub(crate) fn entry(page: &EntryPage) -> Markup {
    html! {
        div.page.entry {
            header.lead {
                p.under { (page.kind) }
                h1 { (phrase(&page.what)) (marks(&page.marks)) }
            }
            dl.envelope {
                dt { "Happened" } dd { (page.at) }
                dt { "Entered" } dd { (page.recorded_at) " by " (link(&page.by)) }
                dt { "May be seen by" } dd { (page.audience) }
                @if let Some(corrected) = &page.corrected { dt { "Corrected" } dd { (phrase(corrected)) } }
                dt { "Entry" } dd { code { (page.id) } }
            }
            section {
                h2 #evidence { "How it is known" }
                @if page.evidence.is_empty() { p.none { "No source is cited." } }
                ul.evidence { @for citation in &page.evidence { li { (cited(citation)) } } }
            }
            @if !page.shown.is_empty() {
                section { h2 #shown { "Where it is shown" } p { (links(&page.shown)) } }
            }
            section {
                h2 #fields { "As recorded" }
                dl.fields { @for (name, value) in &page.fields { dt { (name) } dd dir="auto" { (value) } } }
                details { summary { "As a line of the interchange format" } pre tabindex="0" { code { (page.json) } } }
            }
        }
    }
}

/// The sources.
pub(crate) fn sources(page: &SourcesPage) -> Markup {
    html! {
        div.page.sources {
            header.lead { h1 { "Sources" } p.standfirst { (phrase(&page.lead)) } }
            ol.sources {
                @for source in &page.sources {
                    li id=(source.key) {
                        p.title { (source.title) (marks(&source.marks)) }
                        p.quiet {
                            (source.publisher) @if !source.published.is_empty() { ", " (source.published) }
                            @if source.is_address { " \u{00b7} " a.outside href=(source.locator) rel="noreferrer external" { "open source" } }
                            @else if !source.locator.is_empty() { " \u{00b7} " (source.locator) }
                            " \u{00b7} " (link(&source.cited))
                        }
                        @if !source.note.is_empty() { p.quiet { (source.note) } }
                    }
                }
            }
        }
    }
}
