//! The Procedure page: the meeting, its question and votes, and what may happen next.

use maud::{Markup, html};

use super::part::{link, phrase};
use crate::view::{
    AgainstView, BoardView, FloorPage, JudgedView, MoveView, QuestionView, SpeakerView,
};

/// The meeting; `view` keeps the view through the forms.
pub(crate) fn floor(page: &FloorPage, view: &[(String, String)]) -> Markup {
    if page.is_projector {
        return projector(page);
    }
    html! {
        div.page.floor data-follows="yes" {
            header.lead {
                h1 { @if page.title.is_empty() { "Procedure" } @else { (page.title) } }
                p.standfirst {
                    strong { "Meeting: " (page.state) } ". "
                    @if !page.item.is_empty() { "Item " (page.item) ". " (page.debate) ". " }
                    (page.quorum) "."
                }
                p.under {
                    "Rules: " (page.rules) ". " (page.caution) " "
                    (link(&page.projector))
                    @if let Some(now) = &page.now { ". This is an earlier day: acts are recorded in " (link(now)) "." }
                }
            }
            @if page.writer.is_some() { (command(page, view)) }
            @if let Some(judged) = &page.judged { (said(judged, view)) }
            div.two {
                div {
                    (question(page, view))
                    (next(page, view))
                }
                div {
                    (speakers(page))
                    (not_next(page))
                    (irregular(page))
                }
            }
        }
    }
}

fn projector(page: &FloorPage) -> Markup {
    html! {
        div.page.floor.projector data-follows="yes" {
            h1 { @if page.title.is_empty() { "Procedure" } @else { (page.title) } " \u{00b7} " (page.state) }
            @if !page.item.is_empty() { p.item { "Item " (page.item) } }
            @let voted = page.question.as_ref().is_some_and(|question| question.board.is_some());
            @if !voted && !page.announced.is_empty() { p.announced { (page.announced) } }
            @if let Some(question) = &page.question {
                p.put { (question.words) }
                @if let Some(board) = &question.board { (tally(board)) (votes(board)) }
                @else { p.under { (question.condition) } }
            }
            @if let Some(now) = &page.speaking { (speaking(now, page.minutes)) }
            @if !page.speakers.is_empty() {
                p.list { "Next: " (names(&page.speakers)) @if page.list_closed { " (list closed)" } }
            }
            p.quiet { (link(&page.projector)) }
        }
    }
}

/// The view as hidden fields, for a form that acts.
fn kept(view: &[(String, String)]) -> Markup {
    html! {
        @for (name, value) in view { @if name == "as" { input type="hidden" name=(name) value=(value); } }
    }
}

/// Where a secretary types.
fn command(page: &FloorPage, view: &[(String, String)]) -> Markup {
    let Some(writer) = &page.writer else { return html! {} };
    html! {
        form.act method="post" action="/procedure" {
            (kept(view))
            label for="line" {
                @if writer.keeps_minutes { "Act of the meeting, recorded by " (writer.name) }
                @else { "Act of " (writer.name) }
            }
            span.typed {
                input #line name="line" list="lines" autocomplete="off" spellcheck="false" autofocus
                    placeholder=(if writer.keeps_minutes { "open \"1st meeting\"" } else { "asks for the floor" });
                datalist #lines { @for one in &page.moves { option value=(one.line) { (one.what) } } }
                button { "Record" }
            }
        }
    }
}

fn said(judged: &JudgedView, view: &[(String, String)]) -> Markup {
    html! {
        section.judged #judged role="alert" {
            h2 { "Not recorded: " code { (judged.line) } }
            @if !judged.fault.is_empty() { p { (judged.fault) "." } }
            (against(&judged.against))
            @if judged.fault.is_empty() && judged.against.is_empty() {
                p { "Nothing speaks against it: record it above." }
            } @else if judged.may_record {
                form method="post" action="/procedure" {
                    (kept(view))
                    input type="hidden" name="line" value=(judged.line);
                    input type="hidden" name="irregular" value="yes";
                    button { "It happened all the same: record it, with the irregularity named" }
                }
            }
        }
    }
}

fn against(all: &[AgainstView]) -> Markup {
    html! {
        @if !all.is_empty() {
            ul.against {
                @for one in all {
                    li { strong { (one.rule) } ": " (one.why) ". " span.way { "Way out: " (one.way_out) "." } }
                }
            }
        }
    }
}

fn question(page: &FloorPage, view: &[(String, String)]) -> Markup {
    html! {
        section {
            h2 #question { "The question" }
            @for motion in &page.pending { p.pending { "Pending: " (motion) } }
            @if let Some(question) = &page.question { (asked(question, page, view)) }
            @else { p.none { "Nothing awaits a decision." } }
            @if !page.announced.is_empty() { p.announced { strong { "Last decided: " } (page.announced) } }
        }
    }
}

fn asked(question: &QuestionView, page: &FloorPage, view: &[(String, String)]) -> Markup {
    html! {
        p.put { (question.words) " " span.quiet { (question.key) } }
        p.under { (question.condition) ". Carried: " (question.carried) ". Not carried: " (question.not_carried) "." }
        @if !question.opposite.is_empty() { p.under { (question.opposite) "." } }
        @if !question.before.is_empty() {
            p.under { "Before it may be put: " (question.before.join("; ")) "." }
        }
        @if let Some(board) = &question.board {
            (tally(board))
            @if let Some(writer) = page.writer.as_ref().filter(|writer| !writer.keeps_minutes) {
                div.cast {
                    @for (verb, words) in [("yes", "In favour"), ("no", "Against"), ("abstain", "Abstain")] {
                        (button(&format!("{verb} {} {}", question.key, writer.key), words, view))
                    }
                }
            }
            (votes(board))
        }
    }
}

fn tally(board: &BoardView) -> Markup {
    html! {
        p.tally {
            strong { (board.in_favour) } " in favour, "
            strong { (board.against) } " against, "
            strong { (board.abstaining) } " abstaining; "
            (board.needed) " in favour needed"
        }
        p.under { (board.standing) }
    }
}

fn votes(board: &BoardView) -> Markup {
    html! {
        ul.board aria-label="Votes by member" {
            @for (name, how) in &board.votes {
                li data-vote=(how) {
                    span.sign aria-hidden="true" { (how) } " " (name)
                    span.vh { ": " (match *how { "+" => "in favour", "a" => "abstaining", "." => "has not voted", _ => "against" }) }
                }
            }
        }
    }
}

fn button(line: &str, words: &str, view: &[(String, String)]) -> Markup {
    html! {
        form.one method="post" action="/procedure" {
            (kept(view))
            input type="hidden" name="line" value=(line);
            button title=(line) { (words) }
        }
    }
}

fn next(page: &FloorPage, view: &[(String, String)]) -> Markup {
    html! {
        section {
            h2 #next { "What may happen next" }
            @if page.moves.is_empty() { p.none { "Nothing." } }
            ul.moves { @for one in page.moves.iter().filter(|one| one.is_whole) { li { (one_move(one, page, view)) } } }
            @let to_fill = page.moves.iter().filter(|one| !one.is_whole);
            @if to_fill.clone().count() > 0 {
                details { summary { "With words of its own (" (to_fill.clone().count()) ")" }
                    ul.moves { @for one in to_fill { li { (one_move(one, page, view)) } } }
                }
            }
        }
    }
}

fn one_move(one: &MoveView, page: &FloorPage, view: &[(String, String)]) -> Markup {
    html! {
        @if page.writer.is_some() && one.is_whole { (button(&one.line, &one.what, view)) }
        @else if page.writer.is_some() {
            form.blank method="post" action="/procedure" {
                (kept(view))
                span.what { (one.what) }
                span.typed {
                    input name="line" value=(one.line) aria-label=(one.what) autocomplete="off" spellcheck="false";
                    button { "Record" }
                }
            }
        }
        @else { span.what { (one.what) } }
        span.quiet { (one.by) " \u{00b7} " (one.rule) }
    }
}

fn not_next(page: &FloorPage) -> Markup {
    html! {
        @if !page.barred.is_empty() {
            section {
                h2 #barred { "What is not in order" }
                ul.barred {
                    @for one in &page.barred {
                        li { details { summary { (one.what) } (against(&one.against)) } }
                    }
                }
            }
        }
    }
}

fn speakers(page: &FloorPage) -> Markup {
    html! {
        section {
            h2 #speakers { "Speakers" @if page.list_closed { span.quiet { " the list is closed" } } }
            @match &page.speaking {
                Some(now) => (speaking(now, page.minutes)),
                None => p.none { "Nobody has the floor." },
            }
            @if page.speakers.is_empty() { p.none { "Nobody is on the list." } }
            @else {
                ol.speakers {
                    @for one in &page.speakers {
                        li { (link(&one.who)) @if !one.speech.is_empty() { span.quiet { " " (one.speech) } } }
                    }
                }
            }
        }
    }
}

fn speaking(now: &SpeakerView, minutes: Option<u32>) -> Markup {
    html! {
        p.speaking {
            strong { (link(&now.who)) } " has the floor"
            @if !now.speech.is_empty() { ", " (now.speech) }
            " "
            time.timer datetime=(now.since) data-minutes=(minutes.unwrap_or(0)) { "since " (now.since.get(11..16).unwrap_or("")) " UTC" }
            @if let Some(minutes) = minutes { span.quiet { " of " (minutes) " minutes" } }
        }
    }
}

fn names(all: &[SpeakerView]) -> Markup {
    html! {
        @for (index, one) in all.iter().enumerate() {
            @if index > 0 { ", " }
            (one.who.label)
        }
    }
}

fn irregular(page: &FloorPage) -> Markup {
    html! {
        @if !page.irregular.is_empty() {
            section {
                h2 #irregular { "Irregular, as recorded" }
                ul.irregular {
                    @for one in &page.irregular {
                        li { p { (phrase(&one.what)) " " span.quiet { (link(&one.entry)) } } (against(&one.against)) }
                    }
                }
            }
        }
    }
}
