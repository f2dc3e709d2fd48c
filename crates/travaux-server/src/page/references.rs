//! The References page: the form, what leans on a provision, the picture, the table.

use maud::{Markup, html};

use super::part::{link, links, phrase};
use crate::view::{LeanRow, LeaningView, PictureView, ReferenceRow, ReferencesPage};

/// The references; `view` keeps the view through the form.
pub(crate) fn references(page: &ReferencesPage, view: &[(String, String)]) -> Markup {
    html! {
        div.page.references {
            header.lead {
                h1 { "References" }
                p.standfirst { (phrase(&page.lead)) }
                form.tools method="get" action="/references" role="search" aria-label="What leans on a provision" {
                    @for (name, value) in view { input type="hidden" name=(name) value=(value); }
                    span.field {
                        label for="on" { "What leans on" }
                        input #on type="search" name="on" value=(page.on) size="24" placeholder="article 42";
                    }
                    button type="submit" { "Show" }
                }
            }
            @if let Some(leaning) = &page.leaning { (leaning_on(leaning)) }
            section {
                h2 #picture { "Who names whom" }
                p.under { "Each line is an article; an arc leads from it to the article it names, to the right if that stands below, to the left if above. Dashed: on the side of a proposal only." }
                @if page.picture.arcs.is_empty() { p.none { "No article names another." } }
                @else { div.wide tabindex="0" role="group" aria-label="The graph of references" { (picture(&page.picture)) } }
            }
            section {
                h2 #all { "All references" }
                (table(&page.rows))
            }
        }
    }
}

fn leaning_on(leaning: &LeaningView) -> Markup {
    html! {
        section {
            h2 #leaning {
                "What leans on " (link(&leaning.provision))
                @if !leaning.heading.is_empty() { span.quiet { " " (leaning.heading) } }
            }
            div.two {
                div { h3 { "Straight: " (leaning.straight.len()) } (leans(&leaning.straight)) }
                div { h3 { "Through others: " (leaning.through.len()) } (leans(&leaning.through)) }
            }
            h3.after { "If it goes" }
            p.under { "These references point at nothing, in whole or in part. See also " (link(&leaning.coverage)) "." }
            (table(&leaning.dangling))
        }
    }
}

fn leans(rows: &[LeanRow]) -> Markup {
    html! {
        @if rows.is_empty() { p.none { "Nothing." } }
        ul.leans {
            @for row in rows {
                li {
                    (link(&row.provision))
                    @if !row.heading.is_empty() { " " (row.heading) }
                    span.quiet { (phrase(&row.path)) }
                }
            }
        }
    }
}

fn table(rows: &[ReferenceRow]) -> Markup {
    html! {
        @if rows.is_empty() { p.none { "There are none." } }
        @else {
            div.wide tabindex="0" role="group" aria-label="References" {
                table.refs {
                    thead { tr { th scope="col" { "In" } th scope="col" { "Words" } th scope="col" { "Points at" } } }
                    tbody {
                        @for row in rows {
                            tr {
                                th scope="row" { (link(&row.at)) }
                                td.words { (row.words) }
                                td {
                                    (points_at(row))
                                    @if !row.sides.is_empty() { span.quiet.sides { (row.sides) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn points_at(row: &ReferenceRow) -> Markup {
    html! {
        @match row.points_at.as_slice() {
            [first, .., last] if row.points_at.len() > 4 => {
                (link(first)) " to " (link(last)) span.quiet { " (" (row.points_at.len()) " provisions)" }
            }
            all => (links(all)),
        }
        @if !row.note.is_empty() {
            @if !row.points_at.is_empty() { ", " }
            span.mark.caution[row.is_dangling] { (row.note) }
        }
    }
}

fn picture(picture: &PictureView) -> Markup {
    let view_box = format!("0 0 {} {}", picture.width, picture.height);
    html! {
        svg.graph viewBox=(view_box) width=(picture.width) height=(picture.height)
            aria-hidden="true" focusable="false" {
            @for arc in &picture.arcs {
                g.asked[arc.is_asked] {
                    title { (arc.title) }
                    path.arc.proposed[arc.is_proposed] d=(arc.curve) stroke-width=(arc.width) {}
                    path.tip d=(arc.head) {}
                }
            }
            @for row in &picture.rows {
                a href=(row.link.to) tabindex="-1" {
                    text.heading[row.is_heading].asked[row.is_asked] x=(picture.left + 6) y=(row.y + 4) { (row.link.label) }
                }
            }
        }
    }
}
