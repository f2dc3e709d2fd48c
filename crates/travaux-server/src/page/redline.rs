//! The Redline page: pickers for two texts, and what changed from one to the other.

use maud::{Markup, html};

use super::part::{link, marks, phrase};
use super::text::sides;
use crate::view::{RedlinePage, RedlineRun};

/// The Redline page; `view` are the fields that keep from where it is looked at.
pub(crate) fn redline(page: &RedlinePage, view: &[(String, String)]) -> Markup {
    html! {
        div.page.redline {
            header.lead {
                h1 { "Redline" }
                p.standfirst { (phrase(&page.lead)) }
                (pickers(page, view))
                dl.fields {
                    dt { "Old" } dd { (phrase(&page.old_text.0)) (marks(&page.old_text.1)) }
                    dt { "New" } dd { (phrase(&page.new_text.0)) (marks(&page.new_text.1)) }
                }
                @for note in &page.notes { p.notice role="status" { (note) } }
                p.legend.quiet {
                    del { "Struck" } ": in the old text only. " ins { "Underlined" } ": in the new text only. "
                    del.moved { "Moved away" } " and " ins.moved { "moved here" } " bear the same number. "
                    "Keys: j the next change, k the one before."
                }
            }
            @if !page.runs.is_empty() {
                article.treaty.redlined { (runs(&page.runs)) }
            }
        }
    }
}

fn pickers(page: &RedlinePage, view: &[(String, String)]) -> Markup {
    html! {
        form.tools method="get" action="/redline" role="search" aria-label="What is compared" {
            @for (name, value) in view { input type="hidden" name=(name) value=(value); }
            span.field {
                label for="old" { "Old" }
                select #old name="old" { (sides(&page.options, &page.old)) }
            }
            span.field {
                label for="new" { "New" }
                select #new name="new" { (sides(&page.options, &page.new)) }
            }
            @if page.parts.len() > 1 {
                span.field {
                    label for="part" { "Part" }
                    select #part name="part" {
                        option value="" selected[page.part.is_empty()] { "All of it" }
                        @for (key, name) in &page.parts {
                            option value=(key) selected[*key == page.part] { (name) }
                        }
                    }
                }
            }
            span.field.check {
                input #whole type="checkbox" name="whole" value="yes" checked[page.whole];
                label for="whole" { "also what did not change" }
            }
            button type="submit" { "Compare" }
            span.field.check { (link(&page.turned)) }
        }
    }
}

fn runs(all: &[RedlineRun]) -> Markup {
    html! {
        @for run in all {
            @match run {
                RedlineRun::Same(text) => { (text) }
                RedlineRun::Folded(words) => {
                    span.folded { "\u{2026} " (words) " words unchanged \u{2026}" } "\n\n"
                }
                RedlineRun::Deleted(text) => { del.open { (text) } }
                RedlineRun::Inserted(text) => { ins.open { (text) } }
                RedlineRun::MovedAway { mark, text } => {
                    del.moved.open id={ "move-" (mark) "-from" } {
                        a.mark href={ "#move-" (mark) "-to" } { "moved away, " (mark) } " " (text)
                    }
                }
                RedlineRun::MovedHere { mark, runs: moved } => {
                    ins.moved.open id={ "move-" (mark) "-to" } {
                        a.mark href={ "#move-" (mark) "-from" } { "moved here, " (mark) } " " (runs(moved))
                    }
                }
            }
        }
    }
}
