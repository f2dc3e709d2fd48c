//! The Coverage page: the form, the matrix, what is left uncovered.

use maud::{Markup, html};
use travaux_text::coverage::CoverKind;

use super::part::{link, phrase};
use crate::view::{CellView, CoveragePage, PowerView};

/// The matrix; `view` keeps the view through the form.
pub(crate) fn coverage(page: &CoveragePage, view: &[(String, String)]) -> Markup {
    html! {
        div.page.coverage {
            header.lead {
                h1 { "Coverage" }
                p.standfirst { (phrase(&page.lead)) }
                (form(page, view))
            }
            @if !page.uncovered.is_empty() {
                section {
                    h2 #uncovered { "Left without a safeguard they had" }
                    ul.leans { @for row in &page.uncovered {
                        li { (link(&row.provision)) " " (row.heading) span.quiet { (row.safeguards) } }
                    } }
                }
            }
            section {
                h2 #matrix { "Powers and safeguards" }
                (legend())
                @if page.powers.is_empty() { p.none { "No article of this text gives a power that is looked for." } }
                @else { (matrix(page)) }
            }
            section {
                h2 #why { "What is looked for, and why" }
                p.under { "That words are there does not make them good law. The catalogue, with the words by which each is recognized, is catalogue/coverage.md." }
                div.two {
                    dl.why { @for one in &page.safeguards { dt { (one.name) } dd { (one.why) } } }
                    dl.why { @for one in &page.powers { dt { (one.name) } dd { (one.why) } } }
                }
            }
        }
    }
}

fn form(page: &CoveragePage, view: &[(String, String)]) -> Markup {
    html! {
        form.tools method="get" action="/coverage" role="search" aria-label="Coverage" {
            @for (name, value) in view { input type="hidden" name=(name) value=(value); }
            span.field {
                label for="without" { "Without" }
                input #without type="search" name="without" value=(page.without) size="24" placeholder="article 42";
            }
            span.field {
                label for="side" { "On the side of" }
                select #side name="side" {
                    option value="" selected[page.side.is_empty()] { "the text before the body" }
                    @for side in &page.sides {
                        option value=(side.key) selected[side.key == page.side] { (side.name) }
                    }
                }
            }
            button type="submit" { "Show" }
        }
    }
}

fn legend() -> Markup {
    let kinds = [CoverKind::Direct, CoverKind::ByReference, CoverKind::ByClause, CoverKind::None];
    html! {
        p.key { @for kind in kinds { span { b.cell { (sign(kind).0) } " " (sign(kind).1) } } }
    }
}

fn matrix(page: &CoveragePage) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label="The matrix of powers and safeguards" {
            table.matrix {
                thead { tr {
                    th scope="col" { "Article" }
                    @for one in &page.safeguards { th.turned scope="col" { span { (one.name) } } }
                } }
                @for power in &page.powers { (rows(power, page)) }
            }
        }
    }
}

fn rows(power: &PowerView, page: &CoveragePage) -> Markup {
    html! {
        tbody {
            tr.power { th scope="rowgroup" colspan=(page.safeguards.len() + 1) { span { (power.name) } } }
            @for row in &power.rows {
                tr {
                    th scope="row" { (link(&row.provision)) " " span.quiet { (row.heading) } }
                    @for one in &row.cells { (cell(one)) }
                }
            }
        }
    }
}

fn cell(cell: &CellView) -> Markup {
    let (mark, words) = sign(cell.kind);
    let before = cell.was.map(|was| format!(" (was {})", sign(was).1)).unwrap_or_default();
    let said = match cell.words.as_str() {
        "" => format!("{words}{before}"),
        evidence => format!("{words}{before}: {evidence}"),
    };
    html! {
        td.lost[cell.was.is_some()].no[cell.kind == CoverKind::None] {
            @match &cell.to {
                Some(to) => a href=(to) title=(said) aria-label=(said) { (mark) },
                None => span title=(said) { span aria-hidden="true" { (mark) } span.vh { (said) } },
            }
        }
    }
}

/// The sign of a way of being covered, and its words.
const fn sign(kind: CoverKind) -> (&'static str, &'static str) {
    match kind {
        CoverKind::Direct => ("\u{25cf}", "direct"),
        CoverKind::ByReference => ("\u{2192}", "by reference"),
        CoverKind::ByClause => ("\u{2229}", "by a clause over it"),
        CoverKind::None => ("\u{00b7}", "not covered"),
    }
}
