//! A page of forecasts: bars beside figures, what they rest on, and what nothing is said of.

use maud::{Markup, html};

use super::chart::per_cent;
use super::part::{links, phrase};
use crate::view::{ChanceRow, ForecastPage, ForecastView};

/// The forecasts.
pub(crate) fn forecast(page: &ForecastPage) -> Markup {
    html! {
        div.page.forecast {
            header.lead {
                h1 { (page.title) }
                p.standfirst { (phrase(&page.lead)) }
                p { span.mark.caution { (page.standing) } }
            }
            @for one in &page.forecasts { (view(one)) }
            @if !page.silent.is_empty() {
                section {
                    h2 #silent { "Nothing is said of" }
                    div.wide tabindex="0" role="group" aria-label="Nothing is said of" {
                        table.refs {
                            thead { tr { th scope="col" { "Question" } th scope="col" { "Why" } th scope="col" { "Missing" } } }
                            tbody { @for row in &page.silent { tr {
                                td { (row.question) }
                                td { (row.why) }
                                td { (row.missing) }
                            } } }
                        }
                    }
                }
            }
        }
    }
}

fn view(one: &ForecastView) -> Markup {
    html! {
        section {
            h2 { (one.question) }
            @if one.in_hindsight { p.under { span.mark.caution { "framed in hindsight" } } }
            div.wide tabindex="0" role="group" aria-label=(one.question) {
                table.chances {
                    thead.vh { tr { th scope="col" { "Answer" } th scope="col" { "Chance" } } }
                    tbody { @for row in &one.rows { (chance(row)) } }
                }
            }
            @for note in &one.notes { p.under { (note) } }
            details {
                summary { "Method, past score and " (one.rests_on.len() + one.more) " entries" }
                p.quiet { "Method: " (one.method) ". Past score: " (one.past_score) "." }
                p.quiet {
                    "Rests on " (links(&one.rests_on))
                    @if one.more > 0 { " and " (one.more) " more" }
                    "."
                }
            }
        }
    }
}

fn chance(row: &ChanceRow) -> Markup {
    html! {
        tr {
            th scope="row" {
                (row.label)
                @if !row.note.is_empty() { span.quiet.sides { (row.note) } }
            }
            td {
                div.amount {
                    svg.bars width="100%" height="12" aria-hidden="true" focusable="false" {
                        rect.bar.cl x="0" y="0.5" width=(per_cent(row.hundredths, 10_000)) height="11" {}
                    }
                    span { (row.chance) }
                }
            }
        }
    }
}
