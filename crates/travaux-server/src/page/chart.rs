//! Charts in SVG, made on the server, each beside the table that says the same.
//!
//! Lengths are per cent of the drawing's width, so that a chart needs no script to fit a phone.
//! States are told apart by hatching and fill as well as by colour.

use maud::{Markup, html};

use crate::view::{Agreement, CalendarView, DraftRow, TallyView, WordCount};

/// The hatchings that the charts use; once a page.
pub(crate) fn patterns() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern #hatch width="5" height="5" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect.hatch-ground width="5" height="5" {}
                    rect.hatch-line width="2.2" height="5" {}
                }
                pattern #dots width="5" height="5" patternUnits="userSpaceOnUse" {
                    rect.dots-ground width="5" height="5" {}
                    circle.dots-dot cx="1.5" cy="1.5" r="0.8" {}
                }
            }
        }
    }
}

/// Writes a share as per cent with two places, rounded to the nearest.
pub(crate) fn per_cent(part: usize, whole: usize) -> String {
    let hundredths = (part * 20_000 + whole.max(1)) / (2 * whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// How many provisions stand how, as one bar of the same scale for all rows of a table.
pub(crate) fn agreement(states: Agreement, widest: usize) -> Markup {
    let parts = [
        ("bar br", states.bracketed, 0),
        ("bar cl", states.clean, states.bracketed),
        ("bar ag", states.agreed, states.bracketed + states.clean),
    ];
    html! {
        svg.bars width="100%" height="14" role="img" aria-hidden="true" focusable="false" {
            @for (class, count, before) in parts {
                @if count > 0 {
                    rect class=(class) x=(per_cent(before, widest)) y="0.5"
                        width=(per_cent(count, widest)) height="13" {}
                }
            }
        }
    }
}

/// How the whole text stands, as one bar across the page.
pub(crate) fn whole(states: Agreement) -> Markup {
    let total = states.total();
    let parts = [
        ("bar br", states.bracketed, 0),
        ("bar cl", states.clean, states.bracketed),
        ("bar ag", states.agreed, states.bracketed + states.clean),
    ];
    html! {
        svg.bars.whole width="100%" height="30" aria-hidden="true" focusable="false" {
            @for (class, count, before) in parts {
                @if count > 0 {
                    rect class=(class) x=(per_cent(before, total)) y="0.5"
                        width=(per_cent(count, total)) height="29" {}
                }
            }
        }
    }
}

/// Writes a share as whole per cent; what is more than nothing is never written as nothing.
pub(crate) fn whole_per_cent(part: usize, whole: usize) -> String {
    let share = (part * 200 + whole.max(1)) / (2 * whole.max(1));
    if part > 0 && share == 0 { "<1%".to_owned() } else { format!("{share}%") }
}

/// Words by state as a bar, of the same scale for all cells of a table.
pub(crate) fn words(words: WordCount, widest: usize) -> Markup {
    let states = Agreement { bracketed: words.bracketed, clean: words.clean, agreed: words.agreed };
    agreement(states, widest)
}

/// How high the row of one draft is in the chart over drafts.
const DRAFT_ROW: usize = 68;

/// Draft after draft: its words by state, of one scale, and under them its brackets, of another.
pub(crate) fn over_drafts(drafts: &[DraftRow]) -> Markup {
    let widest = drafts.iter().map(|draft| draft.words.total()).max().unwrap_or(0);
    let brackets = |draft: &DraftRow| draft.printed.map_or(draft.brackets, |printed| printed.open);
    let most = drafts.iter().map(brackets).max().unwrap_or(0);
    html! {
        svg.over-drafts width="100%" height=(drafts.len() * DRAFT_ROW + 4) aria-hidden="true" focusable="false" {
            @for (row, draft) in drafts.iter().enumerate() {
                @let top = row * DRAFT_ROW;
                @let words = draft.words;
                text.draft x="0" y=(top + 14) { (draft.draft.label) }
                text.on x="100%" y=(top + 14) text-anchor="end" { (draft.issued) }
                @for (class, count, before) in [
                    ("bar br", words.bracketed, 0),
                    ("bar cl", words.clean, words.bracketed),
                    ("bar ag", words.agreed, words.bracketed + words.clean),
                ] {
                    @if count > 0 {
                        rect class=(class) x=(per_cent(before, widest)) y=(top + 20)
                            width=(per_cent(count, widest)) height="20" {}
                    }
                }
                // Half the width, so that the figure finds room behind the longest.
                rect.brackets x="0" y=(top + 45) width=(per_cent(brackets(draft), most * 2)) height="7" {}
                svg x=(per_cent(brackets(draft), most * 2)) y=(top + 53) overflow="visible" {
                    text.on dx="6" {
                        (brackets(draft)) @if draft.printed.is_some() { " brackets printed" } @else { " brackets" }
                    }
                }
            }
        }
    }
}

/// A count of votes as a bar: in favour, abstaining, against.
pub(crate) fn tally(tally: TallyView) -> Markup {
    let [yes, abstain, no] =
        [tally.in_favour, tally.abstaining, tally.against].map(|count| count as usize);
    let whole = yes + abstain + no;
    html! {
        svg.bars.tally width="100%" height="14" aria-hidden="true" focusable="false" {
            rect.bar.yes x="0" y="0.5" width=(per_cent(yes, whole)) height="13" {}
            rect.bar.abstain x=(per_cent(yes, whole)) y="0.5"
                width=(per_cent(abstain, whole)) height="13" {}
            rect.bar.no x=(per_cent(yes + abstain, whole)) y="0.5"
                width=(per_cent(no, whole)) height="13" {}
        }
    }
}

/// The calendar: years, sessions as bars, documents and milestones as signs, the day shown.
pub(crate) fn calendar(calendar: &CalendarView) -> Markup {
    let at = |day: i32| {
        let whole = usize::try_from(calendar.days).unwrap_or(1);
        per_cent(usize::try_from(day.clamp(0, calendar.days)).unwrap_or(0), whole)
    };
    html! {
        svg.calendar width="100%" height="128" aria-hidden="true" focusable="false" {
            @for (day, year) in &calendar.years {
                line.year x1=(at(*day)) x2=(at(*day)) y1="8" y2="112" {}
                text.year x=(at(*day)) y="124" dx="3" { (year) }
            }
            line.axis x1="0" x2="100%" y1="64" y2="64" {}
            @for session in &calendar.sessions {
                a href=(session.session.to) tabindex="-1" {
                    title { (session.session.label) ", " (session.dates) }
                    rect.session.between[!session.of_the_body] x=(at(session.from)) y="54"
                        width=(at(session.days)) height="20" {}
                }
            }
            @for mark in &calendar.marks {
                svg.sign x=(at(mark.day)) y=(if mark.kind == "milestone" { "88" } else { "34" }) overflow="visible" {
                    title { (mark.date) ": " (mark.what.plain()) }
                    path class=(mark.kind) d=(if mark.kind == "milestone" { "M0-5 5 4H-5Z" } else { "M0-6 5 0 0 6-5 0Z" }) {}
                }
            }
            line.today x1=(at(calendar.today)) x2=(at(calendar.today)) y1="10" y2="112" {}
            svg x=(at(calendar.today)) y="9" overflow="visible" {
                text.today dx=(if calendar.today * 2 > calendar.days { "-5" } else { "5" })
                    text-anchor=(if calendar.today * 2 > calendar.days { "end" } else { "start" }) { (calendar.today_words) }
            }
        }
    }
}
