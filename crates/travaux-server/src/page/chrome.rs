//! What stands around every page: masthead, time bar, viewer switch, cautions, foot.

use maud::{DOCTYPE, Markup, html};

use crate::assets;
use crate::page::chart;
use crate::page::part::{link, marks};
use crate::view::{Chrome, Current, Jump, MarkKind, Tab, TimeBar, ViewerSwitch};

/// A whole document.
pub(crate) fn document(chrome: &Chrome, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(chrome))
            body data-live=(chrome.live) {
                a.skip href="#main" { "Skip to the page" }
                (chart::patterns())
                (masthead(chrome))
                (view_bar(chrome))
                (cautions(chrome))
                main #main tabindex="-1" { (main) }
                (foot(chrome))
            }
        }
    }
}

/// A document with nothing around it, for when nothing can be said of the record.
pub(crate) fn bare(title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href=(assets::STYLE.path());
            }
            body { main #main { (main) } }
        }
    }
}

fn head(chrome: &Chrome) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="same-origin";
            title { (chrome.title) " \u{00b7} " (chrome.masthead.short_name) }
            link rel="canonical" href=(chrome.canonical);
            link rel="alternate" type="application/json" href=(chrome.json);
            link rel="icon" type="image/svg+xml" href=(assets::ICON.path());
            link rel="stylesheet" href=(assets::STYLE.path());
            script src=(assets::SCRIPT.path()) defer {}
        }
    }
}

fn masthead(chrome: &Chrome) -> Markup {
    let navigation = &chrome.navigation;
    html! {
        header.mast {
            p.brand {
                a href=(navigation.sections.first().map_or("/", |tab| tab.link.to.as_str())) { "Travaux" }
            }
            p.negotiation { (chrome.masthead.short_name) (marks(&chrome.masthead.marks)) }
            nav.sections aria-label="Sections" { (tabs(&navigation.sections)) }
            @if !navigation.pages.is_empty() {
                nav.pages aria-label="Pages of this section" { (tabs(&navigation.pages)) }
            }
        }
    }
}

fn tabs(tabs: &[Tab]) -> Markup {
    let current = |tab: &Tab| match tab.current {
        Current::Elsewhere => None,
        Current::Within => Some("true"),
        Current::Here => Some("page"),
    };
    html! {
        ul {
            @for tab in tabs {
                li { a href=(tab.link.to) data-label=(tab.link.label) aria-current=[current(tab)] { (tab.link.label) } }
            }
        }
    }
}

/// The time slider and the viewer switch: one form, so that it works without the script.
fn view_bar(chrome: &Chrome) -> Markup {
    html! {
        form #view.view method="get" action=(chrome.path) aria-label="Time and viewer" {
            @for (name, value) in &chrome.query {
                input type="hidden" name=(name) value=(value);
            }
            (track(&chrome.time))
            (when(&chrome.time))
            (who(&chrome.viewer))
            (jumps(&chrome.time))
        }
    }
}

fn when(time: &TimeBar) -> Markup {
    html! {
        div.when {
            p.day #day { (time.as_of_words) }
            p.place #place { (time.place) }
        }
    }
}

fn track(time: &TimeBar) -> Markup {
    let last = time.stops.len().saturating_sub(1);
    let days: Vec<&str> = time.stops.iter().map(|stop| stop.day.as_str()).collect();
    let places: Vec<&str> = time.stops.iter().map(|stop| stop.place.as_str()).collect();
    html! {
        div.track {
            input #slide type="range" min="0" max=(last) value=(time.at.unwrap_or(0)) step="1" hidden
                aria-label="Day shown" aria-valuetext={ (time.as_of_words) ", " (time.place) }
                data-days=(days.join(" ")) data-places=(runs_of(&places));
            svg.line width="100%" height="46" aria-hidden="true" focusable="false" {
                (drawn_track(time, last))
            }
        }
    }
}

/// Writes equal neighbours once, with how often: the places of 200 stops in a few hundred bytes.
fn runs_of(places: &[&str]) -> String {
    places
        .chunk_by(|a, b| a == b)
        .map(|run| format!("{}\u{00d7}{}", run.len(), run[0]))
        .collect::<Vec<_>>()
        .join("|")
}

fn drawn_track(time: &TimeBar, last: usize) -> Markup {
    let at = |stop: usize| chart::per_cent(stop, last);
    // A session reaches a little beyond its first and last stop, so that one of a day is seen.
    let begin = |stop: usize| chart::per_cent((stop * 10).saturating_sub(4), last * 10);
    let end = |stop: usize| chart::per_cent((stop * 10 + 4).min(last * 10), last * 10);
    let mut free_from = 0;
    html! {
        line.axis x1="0" x2="100%" y1="14" y2="14" {}
        @for mark in &time.marks {
            a href=(mark.to) tabindex="-1" {
                title { (mark.title) }
                @match mark.kind {
                    MarkKind::Session | MarkKind::Between => {
                        line class=(if mark.kind == MarkKind::Session { "band" } else { "band between" })
                            x1=(begin(mark.from)) x2=(end(mark.until)) y1="14" y2="14" {}
                    }
                    MarkKind::Base | MarkKind::Document => {
                        svg x=(at(mark.from)) y="14" overflow="visible" {
                            path class=(if mark.kind == MarkKind::Base { "doc new" } else { "doc" })
                                d=(if mark.kind == MarkKind::Base { "M0-8 6 0 0 8-6 0Z" } else { "M0-4 3 0 0 4-3 0Z" }) {}
                        }
                    }
                }
                @if let Some(middle) = label_place(mark.kind, usize::midpoint(mark.from, mark.until), &mut free_from, last) {
                    text x=(at(middle)) y="40" text-anchor="middle" { (mark.label) }
                }
            }
        }
        @if let Some(stop) = time.at {
            line.now x1=(at(stop)) x2=(at(stop)) y1="0" y2="28" {}
        }
    }
}

/// Returns where a session's label stands, or nothing where the one before leaves no room.
fn label_place(kind: MarkKind, middle: usize, free_from: &mut usize, last: usize) -> Option<usize> {
    let width = last / 26 + 1;
    let fits = kind == MarkKind::Session && *free_from <= middle;
    fits.then(|| {
        *free_from = middle + width;
        middle
    })
}

fn who(viewer: &ViewerSwitch) -> Markup {
    html! {
        div.who {
            label for="as" { "Seen by" }
            select #as name="as" {
                option value="" selected[viewer.chosen.is_empty()] { "The public" }
                @for group in &viewer.groups {
                    optgroup label=(group.label) {
                        @for option in &group.options {
                            option value=(option.key) selected[option.key == viewer.chosen] { (option.name) }
                        }
                    }
                }
            }
        }
    }
}

fn jumps(time: &TimeBar) -> Markup {
    html! {
        div.set {
            label.vh for="as_of" { "Day shown" }
            input #as_of type="date" name="as_of" value=(time.as_of);
            button type="submit" { "Go" }
            @if let Some(previous) = &time.previous {
                a.step rel="prev" href=(previous.to) title=(previous.label) aria-label={ "Earlier: " (previous.label) } { "\u{2039}" }
            }
            @if let Some(next) = &time.next {
                a.step rel="next" href=(next.to) title=(next.label) aria-label={ "Later: " (next.label) } { "\u{203a}" }
            }
            details.jump {
                summary { "Jump to" }
                div.sheet {
                    ol { @for jump in &time.jumps { (jump_line(jump)) } }
                    p.known {
                        label for="known_by" { "Only what was recorded by" } " "
                        input #known_by type="date" name="known_by" value=[time.known_by.as_deref()];
                        " " button type="submit" { "Go" }
                    }
                }
            }
        }
    }
}

fn jump_line(jump: &Jump) -> Markup {
    let class = match jump.kind {
        MarkKind::Session => "session",
        MarkKind::Between => "between",
        MarkKind::Base => "new",
        MarkKind::Document => "document",
    };
    html! {
        li class=(class) aria-current=[jump.current.then_some("date")] {
            (link(&jump.link)) " " span.quiet { (jump.dates) }
        }
    }
}

fn cautions(chrome: &Chrome) -> Markup {
    let viewer = &chrome.viewer;
    html! { aside #cautions aria-label="Cautions" {
        @if let Some(caution) = &chrome.masthead.caution {
            p.notice { strong { "Caution. " } (caution) }
        }
        @if !viewer.chosen.is_empty() {
            p.notice.eyes {
                strong { "Seen by " (viewer.words) ". " } (viewer.meaning)
            }
        }
        @if let Some(known_by) = &chrome.time.known_by {
            p.notice { strong { "As known on " (known_by) ". " } "What was recorded later is left out." }
        }
        @for said in &chrome.passed_over {
            p.notice.aside { strong { "Please note. " } (said) }
        }
        p #news.notice.news role="status" hidden {}
    } }
}

fn foot(chrome: &Chrome) -> Markup {
    let masthead = &chrome.masthead;
    html! {
        footer.foot {
            h2 { "What this is" }
            p {
                strong { (masthead.name) } ". " (masthead.body)
                @if !masthead.mandate.is_empty() { " (" (masthead.mandate.join(", ")) ")" }
                ". " (masthead.rules)
            }
            p {
                "Every page is computed from the entries of the record that the chosen viewer may see, up to the day shown. "
                "Text stands in one of three states: " em { "bracketed" } ", " em { "clean but not agreed" }
                " \u{2013} a text without brackets is a proposal, not consent \u{2013} and " em { "agreed ad referendum" } ". "
                "Where the wording of an option is marked as ours, no State is its author: those named are on record for the option, not for the words."
            }
            p.links {
                a href=(chrome.canonical) rel="bookmark" { "Link to this view" } " \u{00b7} "
                a href=(chrome.json) { "This page as JSON" }
                span.keys hidden { " \u{00b7} " button #keys type="button" { "Keyboard shortcuts" } }
            }
        }
    }
}
