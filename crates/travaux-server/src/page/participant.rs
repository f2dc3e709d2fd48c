//! A participant: what it is on record for, what it proposed, how it voted, where it is alone.

use maud::{Markup, html};

use super::part::{certainty, link, links, marks, phrase};
use super::provision::history;
use crate::view::{AloneRow, ParticipantPage, ParticipantsPage, PositionRow, ProposalRow, VoteRow};

/// The list of participants.
pub(crate) fn participants(page: &ParticipantsPage) -> Markup {
    html! {
        div.page.participants {
            header.lead { h1 { "Participants" } p.standfirst { (phrase(&page.lead)) } }
            @for (index, (what, listed)) in page.groups.iter().enumerate() {
                section {
                    h2 id={ "kind" (index) } { (what) " " span.quiet { (listed.len()) } }
                    div.wide tabindex="0" role="region" aria-labelledby={ "kind" (index) } {
                        table.figures.sortable {
                            thead { tr {
                                th scope="col" { "Name" }
                                @if listed.iter().any(|one| one.members > 0) { th.n scope="col" { "Members" } }
                                th.n scope="col" { "Issues on record" }
                                th.n scope="col" { "Proposals" }
                                th.n scope="col" { "Votes cast" }
                            } }
                            tbody {
                                @for one in listed {
                                    tr {
                                        th scope="row" { (link(&one.participant)) }
                                        @if listed.iter().any(|one| one.members > 0) { td.n.zero[one.members == 0] { (one.members) } }
                                        @for count in [one.issues, one.proposals, one.votes] { td.n.zero[count == 0] { (count) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One participant.
pub(crate) fn participant(page: &ParticipantPage) -> Markup {
    html! {
        div.page.participant {
            header.lead {
                p.under { (page.class) }
                h1 { (page.name) }
                p.standfirst { (phrase(&page.lead)) }
            }
            @if !page.mandates.is_empty() {
                section.private {
                    h2 #mandate { "Instructions from the capital " span.mark.restricted { "only this delegation" } }
                    ul { @for mandate in &page.mandates { li { (phrase(mandate)) } } }
                }
            }
            (positions(&page.positions))
            (alone(&page.alone))
            (proposals(&page.proposals))
            (votes(&page.votes))
            (groups(page))
            (history(&page.acts, "Nothing is recorded of it by this day."))
        }
    }
}

fn positions(rows: &[PositionRow]) -> Markup {
    html! {
        section {
            h2 #positions { "On record" }
            @if rows.is_empty() { p.none { "It is on record for nothing by this day. Nothing is inferred for the silent." } }
            @for row in rows {
                article.position {
                    h3 { (phrase(&row.issue)) }
                    p { strong { (row.strength) } " " q { (row.option) }
                        @if !row.condition.is_empty() { ", on condition that " (row.condition) }
                        @if row.disputed { " " span.mark.caution { "disputed by the delegation" } } }
                    @if !row.note.is_empty() { p.note dir="auto" { (row.note) } }
                    p.quiet {
                        a.since href=(row.since.to) { "since " (row.since.label) }
                        @if let Some(again) = &row.again { ", " a.since href=(again.to) { "again " (again.label) } }
                        @if !row.through.is_empty() { ", " (row.through) }
                        @if let Some(sure) = row.certainty { " " (certainty(sure)) }
                        @if !row.provisions.is_empty() { " \u{00b7} " (links(&row.provisions)) }
                    }
                }
            }
        }
    }
}

fn alone(rows: &[AloneRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.alone {
                h2 #alone { "Where it stands alone, or nearly" }
                ul {
                    @for row in rows {
                        li {
                            (phrase(&row.what))
                            span.quiet {
                                @if row.with.is_empty() { " \u{00b7} nobody else" } @else { " \u{00b7} with " (links(&row.with)) }
                                ", " (row.otherwise) " on record otherwise"
                            }
                        }
                    }
                }
            }
        }
    }
}

fn proposals(rows: &[ProposalRow]) -> Markup {
    html! {
        section {
            h2 #proposals { "Proposals" }
            @if rows.is_empty() { p.none { "It sponsors none on record." } }
            ul.proposals {
                @for row in rows {
                    li {
                        (link(&row.proposal)) (marks(&row.marks)) " " strong { (row.status) }
                        " \u{00b7} " (links(&row.provisions))
                        span.quiet { " \u{00b7} since " (row.since) @if !row.with.is_empty() { ", with " (links(&row.with)) } }
                    }
                }
            }
        }
    }
}

fn votes(rows: &[VoteRow]) -> Markup {
    html! {
        section {
            h2 #votes { "Votes" }
            @if rows.is_empty() { p.none { "No recorded vote of its own by this day." } } @else {
                div.wide tabindex="0" role="region" aria-labelledby="votes" {
                    table {
                        thead { tr { th scope="col" { "Date" } th scope="col" { "Question" } th scope="col" { "Its vote" } th scope="col" { "Result" } } }
                        tbody { @for row in rows {
                            tr { td.date { (row.date) } td { (phrase(&row.question)) " " a.ev href=(row.entry.to) { (row.entry.label) } }
                                td { strong { (row.ballot) } } td { (row.outcome) } }
                        } }
                    }
                }
            }
        }
    }
}

fn groups(page: &ParticipantPage) -> Markup {
    html! {
        @if !page.groups.is_empty() {
            section {
                h2 #groups { "Groups" }
                ul { @for group in &page.groups { li { (phrase(group)) } } }
            }
        }
        @if !page.members.is_empty() {
            section {
                h2 #members { "Members " span.quiet { (page.members.len()) } }
                p.names { (links(&page.members)) }
            }
        }
    }
}
