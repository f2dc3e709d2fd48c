//! The Terms page: what competes, what is defined, what is used without definition.

use maud::{Markup, html};

use super::chart::per_cent;
use super::part::{link, links, phrase};
use crate::view::{FamilyView, TermRow, TermsPage};

/// The terms.
pub(crate) fn terms(page: &TermsPage) -> Markup {
    html! {
        div.page.terms {
            header.lead { h1 { "Terms" } p.standfirst { (phrase(&page.lead)) } }
            section {
                h2 #competing { "Words that compete for one thing" }
                p.under { "Counted in the text before the body; under each, the proposals on whose side it stands too." }
                @if page.families.is_empty() { p.none { "None on this day." } }
                @for family in &page.families { (self::family(family)) }
            }
            section {
                h2 #undefined { "Used here, defined in another text or quoted" }
                @if page.undefined.is_empty() { p.none { "None." } }
                ul.leans { @for one in &page.undefined { li {
                    strong { (one.term) } " " span.count { (one.uses) "\u{00d7}" }
                    span.quiet { (where_it_stands(one)) }
                } } }
            }
            section {
                h2 #defined { "Defined" }
                @if page.defined.is_empty() { p.none { "This text defines no terms." } }
                @else {
                    table.defined {
                        thead { tr { th scope="col" { "Term" } th scope="col" { "Defined in" } th.n scope="col" { "Uses" } th scope="col" { span.vh { "Remark" } } } }
                        tbody { @for one in &page.defined { tr {
                            th scope="row" { (one.term) }
                            td { (link(&one.at)) }
                            td.n { (one.uses) }
                            td { @if !one.note.is_empty() { span.mark.caution { (one.note) } } }
                        } } }
                    }
                }
            }
        }
    }
}

fn family(family: &FamilyView) -> Markup {
    html! {
        div.family {
            h3 { (family.why) }
            table {
                thead.vh { tr { th scope="col" { "Term" } th scope="col" { "Uses" } } }
                tbody { @for one in &family.terms { tr {
                    th scope="row" {
                        (one.term)
                        @if !one.sides.is_empty() { span.quiet { "on the side of " (links(&one.sides)) } }
                    }
                    td {
                        div.amount {
                            svg.bars width="100%" height="12" aria-hidden="true" focusable="false" {
                                rect.bar.cl x="0" y="0.5" width=(per_cent(one.uses, family.most)) height="11" {}
                            }
                            span { (one.uses) }
                        }
                        @if !one.provisions.is_empty() {
                            details { summary { (one.provisions.len()) @if one.provisions.len() == 1 { " provision" } @else { " provisions" } } p.quiet { (links(&one.provisions)) } }
                        }
                    }
                } } }
            }
        }
    }
}

fn where_it_stands(one: &TermRow) -> Markup {
    html! { "in " (links(&one.provisions)) }
}
