//! The Overview: where are we.

use maud::{Markup, html};

use super::chart;
use super::part::{link, links, marks, phrase};
use crate::view::{Agreement, CalendarView, DecisionRow, Overview, Since};

/// The Overview.
pub(crate) fn overview(page: &Overview) -> Markup {
    html! {
        div.page.overview {
            header.lead {
                h1 { "Where are we" }
                p.standfirst { (phrase(&page.lead)) }
                @if let Some(base) = &page.base { p.base { (phrase(base)) (marks(&page.base_marks)) } }
            }
            (chapters(page))
            (contested(page))
            (calendar(&page.calendar))
            @if let Some(since) = &page.since { (changes(since)) }
            (decisions(&page.decisions))
        }
    }
}

/// The three states with their signs, so that the bars need no colour to be read.
pub(super) fn key() -> Markup {
    let sample = |class| {
        html! {
            svg.swatch width="18" height="12" aria-hidden="true" focusable="false" {
                rect class={ "bar " (class) } x="0.5" y="0.5" width="17" height="11" {}
            }
        }
    };
    html! {
        p.key {
            span { (sample("br")) " bracketed" } " "
            span { (sample("cl")) " clean, not agreed" } " "
            span { (sample("ag")) " agreed ad referendum" }
        }
    }
}

fn chapters(page: &Overview) -> Markup {
    let widest = page.chapters.iter().map(|row| row.states.total()).max().unwrap_or(0);
    html! {
        section.chapters {
            h2 #chapters { "State of the text" }
            @if page.totals.total() > 0 { (chart::whole(page.totals)) }
            (key())
            @if page.chapters.is_empty() {
                p.none { "No text was before the body on this day." }
            } @else {
                div.wide tabindex="0" role="region" aria-labelledby="chapters" {
                    table.figures {
                        caption.vh { "Provisions with words of their own, by chapter and state" }
                        thead { tr {
                            th scope="col" { "Chapter" }
                            th.bar-cell scope="col" { span.vh { "As a bar" } }
                            th.n scope="col" { "Bracketed" }
                            th.n scope="col" { "Clean, not agreed" }
                            th.n scope="col" { "Agreed" }
                            th.n scope="col" { "Open alternatives" }
                        } }
                        tbody {
                            @for row in &page.chapters {
                                tr {
                                    th scope="row" { (link(&row.chapter)) }
                                    td.bar-cell { (chart::agreement(row.states, widest)) }
                                    (counts(row.states))
                                    td.n { (row.alternatives) }
                                }
                            }
                        }
                        tfoot { tr {
                            th scope="row" { "The whole text" }
                            td.bar-cell { (chart::agreement(page.totals, page.totals.total())) }
                            (counts(page.totals))
                            td.n { (page.chapters.iter().map(|row| row.alternatives).sum::<usize>()) }
                        } }
                    }
                }
            }
        }
    }
}

fn counts(states: Agreement) -> Markup {
    html! {
        @for count in [states.bracketed, states.clean, states.agreed] {
            td.n.zero[count == 0] { (count) }
        }
    }
}

fn contested(page: &Overview) -> Markup {
    let most = page.contested.iter().map(|row| row.alternatives).max().unwrap_or(0);
    html! {
        section.contested {
            h2 #contested { "Most contested" }
            @if page.contested.is_empty() {
                p.none { "Nothing was in brackets on this day." }
            } @else {
                p.quiet { (page.contested_order) }
                div.wide tabindex="0" role="region" aria-labelledby="contested" {
                table.figures {
                    caption.vh { "The most contested provisions" }
                    thead { tr {
                        th scope="col" { "Provision" }
                        th.bar-cell scope="col" { span.vh { "As a bar" } }
                        th.n scope="col" { "Alternatives" }
                        th.n scope="col" { "Participants" }
                    } }
                    tbody {
                        @for row in &page.contested {
                            tr {
                                th scope="row" { (link(&row.provision)) " " span.quiet { (row.heading) } }
                                td.bar-cell { (chart::agreement(Agreement { bracketed: row.alternatives, ..Agreement::default() }, most)) }
                                td.n { (row.alternatives) }
                                td.n.zero[row.participants == 0] { (row.participants) }
                            }
                        }
                    }
                }
                }
            }
        }
    }
}

fn calendar(calendar: &CalendarView) -> Markup {
    html! {
        section {
            h2 #calendar { "Calendar" }
            figure {
                (chart::calendar(calendar))
                figcaption.key {
                    span { svg.swatch width="18" height="12" aria-hidden="true" { rect.session x="0.5" y="1" width="17" height="10" {} } " session" } " "
                    span { svg.swatch width="18" height="12" aria-hidden="true" { rect.session.between x="0.5" y="1" width="17" height="10" {} } " between sessions" } " "
                    span { svg.swatch width="14" height="12" aria-hidden="true" { svg x="7" y="6" overflow="visible" { path.base d="M0-6 5 0 0 6-5 0Z" {} } } " new base" } " "
                    span { svg.swatch width="14" height="12" aria-hidden="true" { svg x="7" y="6" overflow="visible" { path.document d="M0-6 5 0 0 6-5 0Z" {} } } " document" } " "
                    span { svg.swatch width="14" height="12" aria-hidden="true" { svg x="7" y="6" overflow="visible" { path.milestone d="M0-5 5 4H-5Z" {} } } " milestone" }
                }
            }
            details {
                summary { "The calendar as a table" }
                div.wide tabindex="0" role="region" aria-label="Sessions" {
                    table {
                        caption { "Sessions and meetings between them" }
                        thead { tr { th scope="col" { "Session" } th scope="col" { "Dates" } th scope="col" { "Place" } th scope="col" { "Then" } th scope="col" { "What came of it" } } }
                        tbody {
                            @for session in &calendar.sessions {
                                tr {
                                    th scope="row" { (link(&session.session)) }
                                    td { (session.dates) } td { (session.place) } td { (session.state) } td { (session.outcome) }
                                }
                            }
                        }
                    }
                }
                div.wide tabindex="0" role="region" aria-label="Documents and milestones" {
                    table {
                        caption { "Documents and milestones" }
                        thead { tr { th scope="col" { "Date" } th scope="col" { "What" } th scope="col" { "Slip" } } }
                        tbody {
                            @for mark in &calendar.marks {
                                tr { td.date { (mark.date) } td { (phrase(&mark.what)) } td { (mark.slip.as_deref().unwrap_or("")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changes(since: &Since) -> Markup {
    html! {
        section.changes {
            h2 #changes { "What changed" }
            p { (phrase(&since.words)) }
            @if since.lines.is_empty() { p.none { "Nothing is recorded." } }
            @else { p.quiet { "The latest:" } }
            ol.ledger {
                @for line in &since.lines {
                    li {
                        span.date { (line.date) }
                        span.what { (phrase(&line.what)) }
                        a.ev href=(line.entry.to) aria-label={ "Entry " (line.entry.label) } { (line.entry.label) }
                    }
                }
            }
            @if since.more > 0 { p.more { (link(&since.all)) } }
        }
    }
}

fn decisions(rows: &[DecisionRow]) -> Markup {
    html! {
        section.decisions {
            h2 #decisions { "Decisions" }
            @if rows.is_empty() { p.none { "None by this day." } }
            ol.decided {
                @for row in rows {
                    li {
                        p.date { (row.date) }
                        p.question { (phrase(&row.question)) }
                        p.outcome { strong { (row.outcome) } @if !row.condition.is_empty() { ". " (row.condition) } }
                        @if let Some(tally) = row.tally {
                            (chart::tally(tally))
                            p.tally { (tally.in_favour) " in favour, " (tally.against) " against, " (tally.abstaining) " abstaining" }
                        }
                        p.ev { (links(&row.entries)) }
                    }
                }
            }
        }
    }
}
