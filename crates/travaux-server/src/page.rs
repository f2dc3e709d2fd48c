//! How the views look: HTML from view values, in maud.
//!
//! A page is a function from a view to markup. It decides nothing: what is not in the view is not
//! on the page. No style or script stands in the markup, so that the strict content policy holds.

mod chart;
mod chrome;
mod counts;
mod overview;
mod part;
mod participant;
mod provision;
mod record;
mod refusal;
mod text;

pub(crate) use chrome::{bare, document};
pub(crate) use counts::counts;
pub(crate) use overview::overview;
pub(crate) use participant::{participant, participants};
pub(crate) use provision::provision;
pub(crate) use record::{entry, record, sources};
pub(crate) use refusal::refusal;
pub(crate) use text::text;
