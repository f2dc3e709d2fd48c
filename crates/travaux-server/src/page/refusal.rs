//! The page shown instead of one that can't be: what was looked for, why not, and what to try.

use maud::{Markup, html};

use super::part::links;
use crate::view::Link;

/// A refusal.
pub(crate) fn refusal(what: &str, why: &str, hint: &str, nearest: &[Link]) -> Markup {
    html! {
        div.page.refusal {
            h1 { (what) }
            p.standfirst { (why) }
            p { (hint) }
            @if !nearest.is_empty() { p { "Nearest: " (links(nearest)) } }
        }
    }
}
